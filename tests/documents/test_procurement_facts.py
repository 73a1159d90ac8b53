"""What documents are told of a procurement and of one bid, and what they are never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.procurement_facts import (
    Facts,
    called_standard,
    facts_of_bid,
    facts_of_procurement,
    known,
)
from apprentice_desk.documents.subjects import GIVEN, JUDGED, QUESTIONED
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.vocabulary import Regime, SubjectKind
from apprentice_desk.records import (
    procurement_decisions,
    procurement_items,
    procurement_scores,
    procurements,
)
from apprentice_desk.records.procurement_details import (
    BidderDetails,
    BidPriceDetails,
    CriterionDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_outcomes import DecisionDetails, FollowUpDetails
from apprentice_desk.records.procurement_overview import how_it_stands, procurement_overview
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from apprentice_desk.records.procurements import ProcurementDetails
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.records.store import Store
from procured import RULES, TODAY, TOLD, Procured, procured


def catalogue(store: Store) -> dict[str, Any]:
    return {row.code: row for row in store.read(standard_rows)}


def of_procurement(store: Store, key: UUID) -> Facts:
    found = store.read(procurement_overview, key)
    assert found is not None
    return facts_of_procurement(found, catalogue(store))


def of_bid(store: Store, key: UUID, bidder_id: UUID, **changed: Any) -> Facts:
    found = store.read(procurement_overview, key)
    assert found is not None
    found = replace(found, **changed)
    rules = resources.procurement_rules()
    standing = how_it_stands(found, TODAY, rules, resources.bank_holidays())
    (bidder,) = [each for each in found.bidders if each.id == bidder_id]
    standards = catalogue(store)
    return facts_of_procurement(found, standards) | facts_of_bid(
        found, bidder, standing, rules, standards
    )


def check_kinds(facts: Facts, kind: SubjectKind) -> None:
    """Every fact is a field, of its kind, and one that the subject can tell."""
    assert facts.keys() <= GIVEN[kind]
    for name, value in facts.items():
        assert unkeep(FIELDS[name], keep(FIELDS[name], value)) == value, name


def test_what_a_subject_tells_are_fields() -> None:
    for names in GIVEN.values():
        assert names <= FIELDS.keys()


def whole(make: Any, **how: Any) -> Procured:
    """A procurement of which everything is known that documents tell."""
    make.standard()
    made = procured(make, **how)
    if not how.get("is_decided"):
        with make.store.change("Enter more days") as session:
            for kind in (StepKind.QUESTIONS_BY, StepKind.ANSWERS_BY, StepKind.DECISION_BY):
                procurement_items.add_item(session, made.id, StepDetails(kind, date(2026, 6, 20)))
    return made


def test_every_field_that_a_procurement_can_tell_is_told_when_all_is_known(
    store: Store, make: Any
) -> None:
    facts = of_procurement(store, whole(make).id)
    check_kinds(facts, SubjectKind.PROCUREMENT)
    assert facts.keys() == GIVEN[SubjectKind.PROCUREMENT] - JUDGED - QUESTIONED
    assert facts["procurement_reference"] == "EXB-P-7"
    assert facts["regime"] == Regime.ACT_2023
    assert facts["standards"] == ("Software developer, level 4 (ST0116)",)
    assert facts["bids_by_on"] == date(2026, 7, 1)
    assert facts["bids_by_at"] == "12:00"
    assert (facts["price_weighs"], facts["price_is_formula"]) == (True, True)
    assert facts["least_scores"] == ("Teaching: 2 of 5",)
    assert facts["questions"] == ("Question 1, Teaching (60%). How?",)
    assert facts["standards_table"] == TableValue(
        ("Standard", "Code", "Level", "Typical length", "Funding band maximum"),
        (("Software developer", "ST0116", "4", "24 months", "£18,000.00"),),
        right=frozenset({2, 4}),
    )


def test_the_timetable_has_the_days_that_bidders_are_told_and_no_other(
    store: Store, make: Any
) -> None:
    made = whole(make)
    with store.change("Enter own days") as session:
        for kind in (StepKind.SCORES_BY, StepKind.MODERATION):
            procurement_items.add_item(session, made.id, StepDetails(kind, date(2026, 7, 9)))
    table = of_procurement(store, made.id)["timetable"]
    assert isinstance(table, TableValue)
    assert [row[1] for row in table.rows if row[0] == "Open day"] == ["Mon 15 Jun 2026, 10:00"]
    assert "Wed 1 Jul 2026, 12:00" in [row[1] for row in table.rows]
    assert not [row for row in table.rows if "9 Jul" in row[1]]


def test_what_is_not_known_is_left_out_to_be_asked_for(store: Store) -> None:
    key = planned(store, ProcurementDetails("EXB-P-9", "Something"))
    assert of_procurement(store, key) == {
        "procurement_reference": "EXB-P-9",
        "procurement_title": "Something",
    }


def planned(store: Store, details: ProcurementDetails) -> UUID:
    with store.change("Plan") as session:
        return procurements.plan_procurement(session, details)


def test_a_standard_that_the_catalogue_has_not_is_called_by_its_code(
    store: Store, make: Any
) -> None:
    facts = of_procurement(store, procured(make).id)
    assert facts["standards"] == ("ST0116",)
    table = facts["standards_table"]
    assert isinstance(table, TableValue)
    assert table.rows == (("ST0116", "ST0116", "", "", ""),)
    make.standard()
    rows = catalogue(store)
    flat = {"ST0116": replace(rows["ST0116"], level=None)}
    assert called_standard("ST0116", flat) == "Software developer (ST0116)"


def test_weights_without_a_scale_and_without_price(store: Store) -> None:
    key = planned(store, ProcurementDetails("EXB-P-9", "Something"))
    with store.change("Enter criteria") as session:
        procurement_items.add_item(session, key, CriterionDetails("Care", Decimal(100)))
    facts = of_procurement(store, key)
    assert facts["price_weighs"] is False
    assert "price_is_formula" not in facts
    assert "least_scores" not in facts
    assert "questions" not in facts


def test_what_says_nothing_is_not_known() -> None:
    assert known({"a": None, "b": "", "c": (), "d": False, "e": 0}) == {"d": False, "e": 0}


# --- one bid --------------------------------------------------------------------------------------


def test_every_field_that_a_bid_can_tell_is_told_to_somebody(store: Store, make: Any) -> None:
    told: set[str] = set()
    made = whole(make, is_decided=True, is_told=True)
    for bidder in made.bidders:
        facts = of_bid(store, made.id, bidder)
        check_kinds(facts, SubjectKind.BIDDER)
        told |= facts.keys()
    short = of_bid(store, made.id, made.bidders[1], criteria=_strict(store, made.id))
    check_kinds(short, SubjectKind.BIDDER)
    told |= short.keys()
    undecided = whole(make)
    told |= of_bid(store, undecided.id, undecided.bidders[0]).keys()
    assert told == GIVEN[SubjectKind.BIDDER] - {"tie_reason"}  # see those that share a place


def _strict(store: Store, key: UUID) -> tuple[Any, ...]:
    """The criteria, with a least score that the second bid does not reach."""
    found = store.read(procurement_overview, key)
    assert found is not None
    return tuple(
        replace(row, details=replace(row.details, least_score=Decimal(4)))
        if not row.details.is_price
        else row
        for row in found.criteria
    )


def test_a_losing_bidder_is_told_its_own_scores_beside_those_of_the_successful_one(
    store: Store, make: Any
) -> None:
    made = whole(make, is_decided=True, is_told=True)
    facts = of_bid(store, made.id, made.bidders[1])
    assert facts["bidder_name"] == "Beta Skills"
    assert facts["bidder_is_winner"] is False
    assert facts["winner_name"] == "College"
    assert facts["bids_scored"] == 2
    assert facts["bidder_rank"] == "2"
    assert facts["own_reasons"] == facts["winner_reasons"] == ("Teaching: All agreed",)
    beside = facts["scores_beside"]
    assert isinstance(beside, TableValue)
    assert beside.rows == (
        ("Teaching", "60%", "3", "36.00", "5", "60.00"),
        ("Price", "40%", "by formula", "40.00", "by formula", "32.00"),
        ("Total", "100%", "", "76.00", "", "92.00"),
    )
    assert (facts["bidder_points"], facts["winner_points"]) == (
        Decimal("76.00"), Decimal("92.00"),
    )  # fmt: skip
    assert facts["has_standstill"] is True
    assert facts["standstill_is_voluntary"] is False
    assert "own_prices" not in facts


def test_the_successful_bidder_is_not_set_beside_itself(store: Store, make: Any) -> None:
    made = whole(make, is_decided=True, is_told=True)
    facts = of_bid(store, made.id, made.bidders[0])
    assert facts["bidder_is_winner"] is True
    assert not facts.keys() & {"scores_beside", "winner_reasons"}
    prices = facts["own_prices"]
    assert isinstance(prices, TableValue)
    assert prices.rows == (
        ("Software developer, level 4 (ST0116)", "£13,000.00", "£2,000.00", "£15,000.00"),
    )


def test_a_bid_that_came_too_late_is_told_so_and_has_no_scores(store: Store, make: Any) -> None:
    made = whole(make, is_decided=True)
    facts = of_bid(store, made.id, made.bidders[2])
    assert facts["bid_was_scored"] is False
    assert facts["bid_was_not_scored_why"] == BidderStanding.LATE.value
    assert not facts.keys() & {"bidder_points", "bidder_rank", "own_scores", "own_reasons"}


def test_before_the_decision_nothing_of_it_is_told(store: Store, make: Any) -> None:
    made = whole(make)
    facts = of_bid(store, made.id, made.bidders[1])
    assert not facts.keys() & {"bidder_is_winner", "winner_name", "decided_on", "winner_points"}


def test_a_decision_without_scores_tells_no_points(store: Store, make: Any) -> None:
    made = whole(make, is_decided=True)
    facts = of_bid(store, made.id, made.bidders[1], scores={}, moderated={})
    assert facts["winner_name"] == "College"
    assert not facts.keys() & {"winner_points", "bidder_points", "scores_beside"}


def test_a_bid_below_a_least_score_has_no_place_and_a_shared_one_is_said_so(
    store: Store, make: Any
) -> None:
    made = whole(make, is_decided=True)
    short = of_bid(store, made.id, made.bidders[1], criteria=_strict(store, made.id))
    assert short["bidder_rank"] == "not ranked"
    assert short["short_of"] == ("Teaching",)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    assert found.decision is not None
    teaching = next(row for row in found.criteria if not row.details.is_price)
    alone = (replace(teaching, details=replace(teaching.details, weight=Decimal(100))),)
    same = {key: replace(each, score=Decimal(4)) for key, each in found.moderated.items()}
    broken = replace(found.decision, details=replace(found.decision.details, tie_reason="Qztie"))
    how = {"criteria": alone, "decision": broken}
    tied = of_bid(store, made.id, made.bidders[1], moderated=same, **how)
    assert tied["bidder_rank"] == "1 (shared)"
    assert tied["tie_reason"] == "Qztie"
    assert "tie_reason" not in of_bid(store, made.id, made.bidders[1], **how)
    assert "tie_reason" not in of_bid(store, made.id, made.bidders[2], moderated=same, **how)
    first, second = made.bidders[:2]
    third = uuid4()
    bids = (*found.bidders[:2], replace(found.bidders[0], id=third))
    of = {first: Decimal(5), second: Decimal(4), third: Decimal(4)}
    given = next(iter(found.scores.values()))
    agreed = next(iter(found.moderated.values()))
    ranked = of_bid(
        store,
        made.id,
        second,
        **how,
        bidders=bids,
        scores={(teaching.id, bid, who): given for bid in of for who in made.evaluators},
        moderated={(teaching.id, bid): replace(agreed, score=score) for bid, score in of.items()},
    )
    assert ranked["bidder_rank"] == "2 (shared)"
    assert "tie_reason" not in ranked


def test_a_standstill_that_the_rules_do_not_tell_is_left_out(store: Store, make: Any) -> None:
    made = whole(make, is_decided=True)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    assert found.decision is not None
    for regime, waits in (
        (None, True),
        (Regime.BELOW_THRESHOLD, None),
        (Regime.BELOW_THRESHOLD, True),
    ):
        facts = of_bid(
            store, made.id, made.bidders[1],
            details=replace(found.details, regime=regime),
            decision=replace(
                found.decision, follow_up=FollowUpDetails(date(2026, 8, 26), None, waits, None)
            ),
        )  # fmt: skip
        assert "standstill_rule" not in facts
        assert facts.get("has_standstill") is waits
        assert "standstill_ends_on" not in facts


def test_a_decision_older_than_the_rules_tells_no_rule(store: Store, make: Any) -> None:
    made = whole(make, is_decided=True)
    found = store.read(procurement_overview, made.id)
    assert found is not None
    assert found.decision is not None
    old = replace(found.decision.details, decided_on=date(1990, 1, 1))
    facts = of_bid(store, made.id, made.bidders[1], decision=replace(found.decision, details=old))
    assert "standstill_rule" not in facts


CANARIES = ("Qzdelta", "Qzreason", "Qzevaluator", "Qzasked", "17,171.00", "2,929.00")


@pytest.mark.parametrize("is_decided", [False, True])
def test_nobody_is_told_of_another_bidder_who_lost(
    store: Store, make: Any, *, is_decided: bool
) -> None:
    """A third bid with words and figures of its own: they get into nobody else's facts."""
    make.standard()
    made = procured(make, has_scores=False)
    with store.change("A third bid") as session:
        third = procurement_items.add_item(
            session,
            made.id,
            BidderDetails(
                None, "Qzdelta", "Qzasked", standing=BidderStanding.BID,
                answered_on=date(2026, 7, 1), price=Decimal("20100.00"),
            ),
        )  # fmt: skip
        procurement_items.add_item(
            session,
            made.id,
            BidPriceDetails(third, "ST0116", Decimal("17171.00"), Decimal("2929.00")),
        )
        for turn, bidder in enumerate((*made.bidders[:2], third)):
            words = "Qzreason" if bidder == third else "Fine"
            for evaluator in made.evaluators:
                procurement_scores.give_score(
                    session, made.criteria[0], bidder, evaluator,
                    ScoreDetails(Decimal(5 - turn), "Qzevaluator"), ScoreDetails(),
                )  # fmt: skip
            procurement_scores.moderate(
                session, made.criteria[0], bidder,
                ModeratedDetails(Decimal(5 - turn), words, date(2026, 7, 20)), ModeratedDetails(),
            )  # fmt: skip
        if is_decided:
            won = DecisionDetails(made.bidders[0], date(2026, 8, 25), "Head", "Best", "")
            procurement_decisions.decide(session, made.id, won, None, TODAY)
            procurement_decisions.follow_up(session, made.id, TOLD, FollowUpDetails(), TODAY, RULES)
    own = repr(of_bid(store, made.id, third))
    assert ("Qzreason" in own) is is_decided
    assert "17,171.00" in own
    assert "Qzevaluator" not in own
    points = of_bid(store, made.id, third).get("bidder_points")
    for bidder in made.bidders:
        told = repr(of_bid(store, made.id, bidder))
        assert not [each for each in CANARIES if each in told]
        assert points is None or f"{points:.2f}" not in told
    assert not [each for each in CANARIES if each in repr(of_procurement(store, made.id))]
