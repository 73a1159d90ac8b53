"""A procurement with everything in it: two bids that are scored, and one that came too late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import procurement_items, procurement_scores, procurements
from apprentice_desk.records.procurement_decisions import decide, follow_up
from apprentice_desk.records.procurement_details import (
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_outcomes import DecisionDetails, FollowUpDetails
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from apprentice_desk.records.procurements import ProcurementDetails

RULES = resources.procurement_rules()
TODAY = date(2026, 9, 1)

DETAILS = ProcurementDetails(
    reference="EXB-P-7",
    title="Software developers – “spring” cohort",
    standard_codes="ST0116",
    lots="1",
    apprentices=6,
    wanted="Six apprentices from March.",
    regime=Regime.ACT_2023,
    is_light_touch=False,
    route=Route.OPEN,
    framework="Framework 9",
    framework_ends_on=date(2028, 10, 27),
    value_limit=Decimal("108000.00"),
    cpv_codes="80530000",
    notices="2026/S 000-1",
    bids_to="portal.exampleton.example",
    contract_starts_on=date(2027, 3, 1),
    contract_ends_on=date(2029, 2, 28),
    contract_extension_to_on=date(2030, 2, 28),
    highest_score=Decimal("5.00"),
    price_method=PriceMethod.LOWEST,
    price_is_of="one apprentice",
    looked_after_by="Grace Park",
    note="Ask Legal",
)
DECIDED = DecisionDetails(
    None, date(2026, 8, 25), "Head of HR", "The best tender by the criteria", ""
)
TOLD = FollowUpDetails(date(2026, 8, 26), date(2026, 8, 27), True, None)


@dataclass
class Procured:
    """The keys of what was entered."""

    id: UUID
    steps: list[UUID] = field(default_factory=list)
    bidders: list[UUID] = field(default_factory=list)
    prices: list[UUID] = field(default_factory=list)
    questions: list[UUID] = field(default_factory=list)
    criteria: list[UUID] = field(default_factory=list)
    evaluators: list[UUID] = field(default_factory=list)


def _references(first: str) -> Iterator[str]:
    yield first
    for number in count(2):
        yield f"{first}-{number}"


def procured(
    make: Any, *, details: ProcurementDetails = DETAILS, has_scores: bool = True,
    is_decided: bool = False, is_told: bool = False,
) -> Procured:  # fmt: skip
    """Enter it; *is_decided* and *is_told* say how far it is."""
    provider_id = make.provider(name="College")
    taken = {each.details.reference for each in make.store.read(procurement_overviews)}
    free = next(each for each in _references(details.reference) if each not in taken)
    details = replace(details, reference=free)
    with make.store.change("Enter a procurement") as session:
        made = Procured(procurements.plan_procurement(session, details))

        def add(each: Any) -> UUID:
            return procurement_items.add_item(session, made.id, each)

        made.steps = [
            add(StepDetails(StepKind.INVITE, date(2026, 6, 1), "", "", date(2026, 6, 2))),
            add(StepDetails(StepKind.BIDS_BY, date(2026, 7, 1), "12:00")),
            add(StepDetails(StepKind.OTHER, date(2026, 6, 15), "10:00", "Open day")),
        ]
        made.bidders = [
            add(
                BidderDetails(
                    provider_id, "", "Nadia Frost", "nadia@college.example", date(2026, 6, 2),
                    BidderStanding.BID, date(2026, 6, 30), Decimal("15000.00"), "",
                    "1 College Road\nExampleton", "ABCD-1",
                )
            ),
            add(
                BidderDetails(
                    None, "Beta Skills", standing=BidderStanding.BID,
                    answered_on=date(2026, 7, 1), price=Decimal("12000.00"),
                )
            ),
            add(BidderDetails(None, "Gamma Training", standing=BidderStanding.LATE)),
        ]  # fmt: skip
        made.prices = [
            add(BidPriceDetails(made.bidders[0], "ST0116", Decimal("13000.00"), Decimal("2000.00")))
        ]
        made.questions = [
            add(
                ClarificationDetails(
                    date(2026, 6, 10), made.bidders[1], "Is Beta's own portal allowed?",
                    "Is a portal of our own allowed?", "Yes.", date(2026, 6, 12),
                )
            ),
            add(ClarificationDetails(date(2026, 6, 11), None, "How many at a time?")),
        ]  # fmt: skip
        made.criteria = [
            add(CriterionDetails("Teaching", Decimal("60.00"), False, Decimal("2.00"), "How?")),
            add(CriterionDetails("Price", Decimal("40.00"), True)),
        ]
        made.evaluators = [
            add(EvaluatorDetails("Grace Park", "Lead", date(2026, 7, 2), "none")),
            add(EvaluatorDetails("Tom Reed")),
        ]
        if has_scores:
            _score(session, made)
        if is_decided:
            won = DecisionDetails(
                made.bidders[0], DECIDED.decided_on, DECIDED.decided_by, DECIDED.reason
            )
            decide(session, made.id, won, None, TODAY)
        if is_told:
            follow_up(session, made.id, TOLD, FollowUpDetails(), TODAY, RULES)
    return made


def _score(session: Any, made: Procured) -> None:
    for bidder, score in zip(made.bidders[:2], (5, 3), strict=True):
        for evaluator in made.evaluators:
            procurement_scores.give_score(
                session, made.criteria[0], bidder, evaluator,
                ScoreDetails(Decimal(score), "As the bid says on page 4"), ScoreDetails(),
            )  # fmt: skip
        procurement_scores.moderate(
            session, made.criteria[0], bidder,
            ModeratedDetails(Decimal(score), "All agreed", date(2026, 7, 20)), ModeratedDetails(),
        )  # fmt: skip
