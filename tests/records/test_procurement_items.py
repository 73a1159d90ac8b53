"""What is entered of a procurement, and who does not score."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.procuring import StepKind
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.records import procurement_items, procurement_scores, procurements
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_scores import ScoreDetails
from procured import DETAILS, TODAY, procured
from records.acting import changing
from records.procuring import GIVEN, overview


@pytest.fixture
def made(make):
    return procured(make)


@pytest.fixture
def decided(make):
    return procured(make, is_decided=True)


# --- what is entered of it ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "says"),
    [
        (StepDetails(StepKind.BIDS_BY, TODAY), "has its day for “bids due” already"),
        (BidderDetails(None, "beta skills"), "in the list already"),
        (CriterionDetails("Cost", Decimal(1), True), "Price is a criterion already"),
    ],
)
def test_what_there_is_one_of_is_refused_twice(store, made, details, says):
    with pytest.raises(Problem, match=says):
        changing(store, lambda session: procurement_items.add_item(session, made.id, details))


def test_a_provider_bids_once_and_has_one_price_for_a_standard(store, made):
    (college,) = [row for row in overview(store, made).bidders if row.name == "College"]
    for details, says in (
        (BidderDetails(college.details.provider_id), "in the list already"),
        (
            BidPriceDetails(college.id, "ST0116", Decimal(1), Decimal(1)),
            "has a price for ST0116 already",
        ),
    ):
        with pytest.raises(Problem, match=says):
            changing(store, lambda session, each=details: procurement_items.add_item(
                session, made.id, each
            ))  # fmt: skip


def test_days_that_are_called_other_may_be_several(store, made):
    fair = StepDetails(StepKind.OTHER, TODAY, "", "Fair")
    changing(store, lambda session: procurement_items.add_item(session, made.id, fair))
    assert len(overview(store, made).steps) == 4


def test_a_bidder_of_another_procurement_is_refused(store, make, made):
    other = procured(make)
    price = BidPriceDetails(other.bidders[1], "ST0116", Decimal(1), Decimal(1))
    with pytest.raises(Problem, match="belongs to another procurement"):
        changing(store, lambda session: procurement_items.add_item(session, made.id, price))


@pytest.mark.parametrize("what", ["provider", "bidder"])
def test_what_was_removed_meanwhile_cannot_be_named(store, made, what):
    details = (
        BidderDetails(uuid4())
        if what == "provider"
        else ClarificationDetails(TODAY, uuid4(), "Who asks?")
    )
    with pytest.raises(Conflict, match=f"This {what} was removed meanwhile"):
        changing(store, lambda session: procurement_items.add_item(session, made.id, details))


def test_what_something_hangs_on_is_not_removed(store, made):
    for kind, key in (
        (BidderDetails, made.bidders[1]),
        (CriterionDetails, made.criteria[0]),
        (EvaluatorDetails, made.evaluators[0]),
    ):
        with pytest.raises(Problem, match="Something hangs on this"):
            changing(store, lambda session, kind=kind, key=key: procurement_items.remove_item(
                session, kind, key
            ))  # fmt: skip
    changing(store, lambda session: procurement_items.remove_item(
        session, BidderDetails, made.bidders[2]
    ))  # fmt: skip
    assert len(overview(store, made).bidders) == 2


def leave_out(store, made, **kept):
    """Enter that Tom Reed leaves something out; return the key."""
    details = AbstentionDetails(made.evaluators[1], reason="A former job there.")
    details = replace(details, **kept)
    return changing(store, lambda s: procurement_items.add_item(s, made.id, details))


# --- who does not score -------------------------------------------------------------------------


def test_who_does_not_score_a_bid_gives_no_score_and_is_not_missed(store, make):
    made = procured(make, has_scores=False)
    key = leave_out(store, made, bidder_id=made.bidders[0])
    found = overview(store, made)
    assert [(row.id, row.evaluator_name) for row in found.abstentions] == [(key, "Tom Reed")]
    assert "Tom Reed has 1 score of 1 to give." in found.lacking
    assert "Grace Park has 2 scores of 2 to give." in found.lacking
    with pytest.raises(Problem, match="does not score this: A former job there"):
        changing(store, lambda session: procurement_scores.give_score(
            session, made.criteria[0], made.bidders[0], made.evaluators[1],
            ScoreDetails(Decimal(3), "Good"), ScoreDetails(),
        ))  # fmt: skip
    for kind, whose in (
        (BidderDetails, made.bidders[0]), (EvaluatorDetails, made.evaluators[1]),
    ):  # fmt: skip
        with pytest.raises(Problem, match="Something hangs on this"):
            changing(store, lambda session, kind=kind, whose=whose: procurement_items.remove_item(
                session, kind, whose
            ))  # fmt: skip


def test_a_score_that_was_given_is_taken_out_before_one_is_left_out(store, made):
    with pytest.raises(Problem, match="has given a score there already"):
        leave_out(store, made, criterion_id=made.criteria[0])
    with pytest.raises(Problem, match="has given a score there already"):
        leave_out(store, made, bidder_id=made.bidders[1])
    key = leave_out(store, made, criterion_id=made.criteria[1])  # price is not scored
    with pytest.raises(Problem, match="This is entered already"):
        leave_out(store, made, criterion_id=made.criteria[1])
    changing(store, lambda session: procurement_items.correct_item(
        session, key, AbstentionDetails(made.evaluators[1], None, made.criteria[1], "Kin")
    ))  # fmt: skip
    assert overview(store, made).abstentions[0].details.reason == "Kin"


def test_what_is_left_out_belongs_to_one_procurement(store, make, made):
    other = procured(make)
    for name, key, thing in (
        ("evaluator_id", other.evaluators[0], "evaluator"),
        ("bidder_id", other.bidders[0], "bidder"),
        ("criterion_id", other.criteria[1], "criterion"),
    ):
        with pytest.raises(Problem, match=f"This {thing} belongs to another procurement"):
            leave_out(store, made, **{"criterion_id": made.criteria[1], name: key})


def test_numbers_go_on_after_the_highest(store, made):
    changing(store, lambda session: procurement_items.remove_item(
        session, ClarificationDetails, made.questions[0]
    ))  # fmt: skip
    changing(store, lambda session: procurement_items.add_item(
        session, made.id, ClarificationDetails(TODAY, None, "When?")
    ))  # fmt: skip
    assert [row.number for row in overview(store, made).clarifications] == [2, 3]


def test_a_criterion_can_be_corrected_before_the_decision(store, made):
    better = CriterionDetails("Teaching and support", Decimal("60.00"), False, None, "How?")
    changing(store, lambda session: procurement_items.correct_item(
        session, made.criteria[0], better
    ))  # fmt: skip
    changing(store, lambda session: procurement_items.correct_item(
        session, made.criteria[0], better
    ))  # fmt: skip
    assert overview(store, made).criteria[0].details == better


def test_what_a_decision_rests_on_stays_as_it_was(store, decided):
    found = overview(store, decided)
    beta = next(row.details for row in found.bidders if row.name == "Beta Skills")
    for act in (
        lambda session: procurement_items.add_item(session, decided.id, EvaluatorDetails("Ana")),
        lambda session: procurement_items.add_item(session, decided.id, BidderDetails(None, "D")),
        lambda session: procurement_items.remove_item(
            session, BidPriceDetails, decided.prices[0]
        ),
        lambda session: procurement_items.correct_item(
            session, decided.criteria[1], CriterionDetails("Price", Decimal(30), True)
        ),
        lambda session: procurement_items.correct_item(
            session, decided.bidders[1], replace(beta, price=Decimal(1))
        ),
        lambda session: procurement_scores.give_score(
            session, decided.criteria[0], decided.bidders[0], decided.evaluators[0],
            replace(GIVEN, score=Decimal(1)), GIVEN,
        ),
        lambda session: procurements.correct_procurement(
            session, decided.id, replace(DETAILS, price_method=PriceMethod.SCORED)
        ),
    ):  # fmt: skip
        with pytest.raises(Problem, match="The decision is recorded"):
            changing(store, act)
    for act in (
        lambda session: procurement_items.correct_item(
            session, decided.bidders[1], replace(beta, contact="Ana Cole")
        ),
        lambda session: procurement_items.correct_item(
            session, decided.evaluators[0], EvaluatorDetails("Grace Hill")
        ),
        lambda session: procurement_items.add_item(
            session, decided.id, StepDetails(StepKind.SIGN_BY, TODAY)
        ),
        lambda session: procurements.correct_procurement(
            session, decided.id, replace(DETAILS, note="Kept")
        ),
    ):
        changing(store, act)
