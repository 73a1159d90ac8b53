"""The procurements of a sample borough: one out to bidders, and one in its standstill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import procurement_scores, procurements
from apprentice_desk.records.procurement_decisions import decide, follow_up
from apprentice_desk.records.procurement_details import (
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_items import add_item
from apprentice_desk.records.procurement_outcomes import DecisionDetails, FollowUpDetails
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from apprentice_desk.records.procurements import ProcurementDetails

_SATURDAY = 5


def procure(session: Session, providers: Mapping[str, UUID], today: date) -> None:
    """Put the procurements in; *providers* are those of the borough by name."""
    described: dict[str, Any] = resources.load_toml("sample", "procurements.toml")
    for entry in described["procurement"]:
        _Procuring(session, entry, providers, today).fill()


class _Procuring:
    """One procurement as it is put in."""

    def __init__(
        self, session: Session, entry: dict[str, Any], providers: Mapping[str, UUID], today: date
    ) -> None:
        self._session = session
        self._entry = entry
        self._providers = providers
        self._today = today
        self._key = procurements.plan_procurement(session, self._details())

    def fill(self) -> None:
        """Enter what is described, in the order in which it came."""
        entry = self._entry
        for each in entry["step"]:
            on = self._day(each["in_days"])
            done_on = on if each.get("done", False) else None
            self._add(StepDetails(StepKind(each["kind"]), on, each.get("at", ""), "", done_on))
        bidders = [self._add(self._bidder(each)) for each in entry["bidder"]]
        for each in entry.get("price", ()):
            training, assessment = (
                Decimal(each[f"{name}_pounds"]) for name in ("training", "assessment")
            )
            self._add(
                BidPriceDetails(bidders[each["bidder"]], each["standard"], training, assessment)
            )
        for each in entry["question"]:
            self._add(self._question(each, bidders))
        criteria = [
            self._add(
                CriterionDetails(
                    each["name"],
                    Decimal(each["weight"]),
                    each.get("is_price", False),
                    Decimal(each["least"]) if "least" in each else None,
                    each.get("asks", ""),
                )
            )
            for each in entry["criterion"]
        ]
        evaluators = [
            self._add(
                EvaluatorDetails(
                    each["name"],
                    each["role"],
                    self._maybe(each, "declared_in_days"),
                    each.get("interests", ""),
                )
            )
            for each in entry["evaluator"]
        ]
        for each in entry.get("scored", ()):
            self._score(each, criteria[each["criterion"]], bidders[each["bidder"]], evaluators)
        if "decision" in entry:
            self._decide(entry["decision"], bidders)

    def _details(self) -> ProcurementDetails:
        entry = self._entry
        return ProcurementDetails(
            reference=entry["reference"],
            title=entry["title"],
            standard_codes=entry["standard_codes"],
            apprentices=entry["apprentices"],
            wanted=entry["wanted"],
            regime=Regime(entry["regime"]),
            is_light_touch=entry["is_light_touch"],
            route=Route(entry["route"]),
            value_limit=Decimal(entry["value_pounds"]),
            cpv_codes=entry["cpv_codes"],
            notices=entry["notices"],
            bids_to=entry["bids_to"],
            contract_starts_on=self._day(entry["starts_in_days"]),
            contract_ends_on=self._day(entry["ends_in_days"]),
            contract_extension_to_on=self._maybe(entry, "extension_days"),
            highest_score=Decimal(entry["highest_score"]),
            price_method=PriceMethod(entry["price_method"]),
            price_is_of=entry["price_is_of"],
            looked_after_by=entry["looked_after_by"],
        )

    def _bidder(self, each: dict[str, Any]) -> BidderDetails:
        return BidderDetails(
            self._providers[each["provider"]] if "provider" in each else None,
            each.get("name", ""),
            each.get("contact", ""),
            each.get("email", ""),
            self._day(self._entry["step"][0]["in_days"]),
            BidderStanding(each["standing"]),
            self._maybe(each, "answered_in_days"),
            Decimal(each["price_pounds"]) if "price_pounds" in each else None,
            address=each.get("address", ""),
            identifier=each.get("identifier", ""),
        )

    def _question(self, each: dict[str, Any], bidders: list[UUID]) -> ClarificationDetails:
        return ClarificationDetails(
            self._day(each["asked_in_days"]),
            bidders[each["bidder"]],
            each["words"],
            each["published"],
            each.get("answer", ""),
            self._maybe(each, "answered_in_days"),
        )

    def _score(
        self, each: dict[str, Any], criterion: UUID, bidder: UUID, evaluators: list[UUID]
    ) -> None:
        for evaluator, given in zip(evaluators, each["given"], strict=True):
            procurement_scores.give_score(
                self._session,
                criterion,
                bidder,
                evaluator,
                ScoreDetails(Decimal(given), each["reason"]),
                ScoreDetails(),
            )
        agreed_on = self._day(
            next(step["in_days"] for step in self._entry["step"]
                 if step["kind"] == StepKind.MODERATION)
        )  # fmt: skip
        procurement_scores.moderate(
            self._session,
            criterion,
            bidder,
            ModeratedDetails(Decimal(each["agreed"]), each["reason"], agreed_on),
            ModeratedDetails(),
        )

    def _decide(self, each: dict[str, Any], bidders: list[UUID]) -> None:
        details = DecisionDetails(
            bidders[each["bidder"]],
            self._day(each["decided_in_days"]),
            each["decided_by"],
            each["reason"],
        )
        decide(self._session, self._key, details, None, self._today)
        told = FollowUpDetails(
            self._day(each["letters_in_days"]),
            self._day(each["notice_in_days"]),
            each["keeps_standstill"],
        )
        rules = resources.procurement_rules()
        follow_up(self._session, self._key, told, FollowUpDetails(), self._today, rules)

    def _add(self, details: Any) -> UUID:
        return add_item(self._session, self._key, details)

    def _maybe(self, each: dict[str, Any], name: str) -> date | None:
        return self._day(each[name]) if name in each else None

    def _day(self, in_days: int) -> date:
        """Return a day as far away; one at a weekend moves to the Friday or the Monday."""
        day = self._today + timedelta(days=in_days)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1 if in_days > 0 else -1)
        return day
