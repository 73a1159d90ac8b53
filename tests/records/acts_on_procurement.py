"""How each command about procurements is tried, from the plan to the contract.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.procuring import StepKind
from apprentice_desk.records import (
    procurement_decisions,
    procurement_details,
    procurement_items,
    procurement_overview,
    procurement_scores,
    procurements,
)
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from procured import DECIDED, TOLD, Procured, procured
from procured import DETAILS as PROCUREMENT
from records.acting import TODAY, Act, Preparing, once


def _procured(act: Callable[[Session, Procured], object], **how: bool) -> Preparing:
    """Prepare a procurement with everything in it, and *act* on it."""

    def prepare(make: Any) -> Act:
        made = procured(make, **how)
        return lambda session: act(session, made)

    return prepare


def _abandoned(make: Any) -> UUID:
    made = procured(make)
    with make.store.change("Give it up") as session:
        procurements.abandon(session, made.id, procurements.AbandonDetails(TODAY, "No bids"), TODAY)
    return made.id


def _make_contract(session: Session, made: Procured) -> object:
    found = procurement_overview.procurement_overview(session, made.id)
    assert found is not None
    return procurement_decisions.make_contract(
        session,
        made.id,
        procurement_decisions.contract_from(found),
        date(2026, 9, 30),
        resources.procurement_rules(),
        resources.bank_holidays(),
    )


ACTS: dict[str, Preparing] = {
    "procurement_decisions.decide": _procured(
        lambda session, it: procurement_decisions.decide(
            session, it.id, replace(DECIDED, bidder_id=it.bidders[0]), None, TODAY
        )
    ),
    "procurement_decisions.take_decision_back": _procured(
        lambda session, it: procurement_decisions.take_decision_back(session, it.id),
        is_decided=True,
    ),
    "procurement_decisions.follow_up": _procured(
        lambda session, it: procurement_decisions.follow_up(
            session, it.id, TOLD, FollowUpDetails(), TODAY, resources.procurement_rules()
        ),
        is_decided=True,
    ),
    "procurement_decisions.make_contract": _procured(_make_contract, is_decided=True, is_told=True),
    "procurement_items.add_item": _procured(
        lambda session, it: [
            procurement_items.add_item(session, it.id, details)
            for details in (
                procurement_details.StepDetails(StepKind.SIGN_BY, TODAY),
                procurement_details.BidderDetails(None, "Delta"),
                procurement_details.BidPriceDetails(
                    it.bidders[1], "ST0116", Decimal("10000.00"), Decimal(0)
                ),
                procurement_details.ClarificationDetails(TODAY, None, "When?"),
                procurement_details.CriterionDetails("Support", Decimal(0)),
                procurement_details.EvaluatorDetails("Ana Cole"),
                procurement_details.AbstentionDetails(
                    it.evaluators[1], it.bidders[2], None, "A former job there"
                ),
            )
        ]
    ),
    "procurement_items.correct_item": _procured(
        lambda session, it: procurement_items.correct_item(
            session, it.evaluators[0], procurement_details.EvaluatorDetails("Grace Hill")
        )
    ),
    "procurement_items.remove_item": _procured(
        lambda session, it: procurement_items.remove_item(
            session, procurement_details.StepDetails, it.steps[0]
        )
    ),
    "procurement_scores.give_score": _procured(
        lambda session, it: procurement_scores.give_score(
            session,
            it.criteria[0],
            it.bidders[0],
            it.evaluators[0],
            ScoreDetails(Decimal("4.50"), "Better"),
            ScoreDetails(),
        ),
        has_scores=False,
    ),
    "procurement_scores.moderate": _procured(
        lambda session, it: procurement_scores.moderate(
            session,
            it.criteria[0],
            it.bidders[0],
            ModeratedDetails(Decimal(4), "Agreed", TODAY),
            ModeratedDetails(),
        ),
        has_scores=False,
    ),
    "procurements.plan_procurement": once(
        lambda make: None,
        lambda session, it: procurements.plan_procurement(
            session, replace(PROCUREMENT, reference="EXB-NEW")
        ),
    ),
    "procurements.correct_procurement": _procured(
        lambda session, it: procurements.correct_procurement(
            session,
            it.id,
            replace(procurements.procurement_details(session, it.id), title="Other"),
        )
    ),
    "procurements.abandon": _procured(
        lambda session, it: procurements.abandon(
            session, it.id, procurements.AbandonDetails(TODAY, "No bids"), TODAY
        )
    ),
    "procurements.take_up_again": once(
        _abandoned, lambda session, it: procurements.take_up_again(session, it)
    ),
    "procurements.remove_procurement": _procured(
        lambda session, it: procurements.remove_procurement(session, it.id), is_decided=True
    ),
}
