"""Scores of bids and the decision that rests on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.procuring import BidderStanding, StepKind
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.vocabulary import Route
from apprentice_desk.records import (
    procurement_decisions,
    procurement_items,
    procurement_scores,
    procurements,
)
from apprentice_desk.records.procurement_decisions import check_among
from apprentice_desk.records.procurement_details import StepDetails
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from procured import DECIDED, DETAILS, TODAY, TOLD, procured
from records.acting import changing
from records.procuring import GIVEN, RULES, overview, standing, tell


@pytest.fixture
def made(make):
    return procured(make)


@pytest.fixture
def decided(make):
    return procured(make, is_decided=True)


# --- scores -------------------------------------------------------------------------------------


def test_a_score_is_changed_and_taken_out(store, made):
    cell = (made.criteria[0], made.bidders[0], made.evaluators[0])
    lower = ScoreDetails(Decimal("4.50"), "Little on support")
    changing(store, lambda session: procurement_scores.give_score(session, *cell, lower, GIVEN))
    assert overview(store, made).scores[cell] == lower
    nothing = ScoreDetails()
    changing(store, lambda session: procurement_scores.give_score(session, *cell, nothing, lower))
    changing(store, lambda session: procurement_scores.give_score(session, *cell, nothing, nothing))
    assert cell not in overview(store, made).scores
    assert overview(store, made).lacking == ("Grace Park has 1 score of 2 to give.",)


def test_a_moderated_score_is_changed_and_taken_out(store, made):
    cell = (made.criteria[0], made.bidders[0])
    held = overview(store, made).moderated[cell]
    changing(store, lambda session: procurement_scores.moderate(
        session, *cell, ModeratedDetails(), held
    ))  # fmt: skip
    assert overview(store, made).lacking == ("1 moderated score of 2 to agree.",)
    assert standing(store, made).ranked == ()


def test_a_score_outside_the_scale_or_without_reason_is_refused(store, made):
    cell = (made.criteria[0], made.bidders[0], made.evaluators[0])
    for details, says in (
        (ScoreDetails(Decimal(6), "Too much"), "from 0 to 5"),
        (ScoreDetails(Decimal(3), " "), "Write the reason"),
        (ScoreDetails(None, "No score"), "from 0 to 5"),
    ):
        with pytest.raises(Problem, match=says):
            changing(store, lambda session, each=details: procurement_scores.give_score(
                session, *cell, each, GIVEN
            ))  # fmt: skip


def test_the_scale_stays_while_there_are_scores_on_it(store, make):
    made = procured(make)
    other = replace(overview(store, made).details, highest_score=Decimal(10))

    def correct():
        changing(store, lambda session: procurements.correct_procurement(session, made.id, other))

    with pytest.raises(Problem, match="scale to 5 is in use by 4 scores and 2 moderated scores"):
        correct()
    for (criterion, bidder, evaluator), held in overview(store, made).scores.items():
        changing(store, lambda session, key=(criterion, bidder, evaluator), held=held: (
            procurement_scores.give_score(session, *key, ScoreDetails(), held)
        ))  # fmt: skip
    with pytest.raises(Problem, match="in use by 2 moderated scores"):
        correct()
    for cell, held in overview(store, made).moderated.items():
        changing(store, lambda session, cell=cell, held=held: procurement_scores.moderate(
            session, *cell, ModeratedDetails(), held
        ))  # fmt: skip
    correct()
    assert overview(store, made).details.highest_score == Decimal(10)


def test_the_way_to_score_price_may_be_chosen_while_there_are_scores(store, made):
    scored = replace(DETAILS, price_method=PriceMethod.SCORED, highest_score=Decimal(5))
    changing(store, lambda session: procurements.correct_procurement(session, made.id, scored))
    assert overview(store, made).details.price_method is PriceMethod.SCORED


def test_a_least_score_is_one_that_can_be_given(store, make):
    made = procured(make, has_scores=False)
    teaching, price = (row.details for row in overview(store, made).criteria)

    def correct(which, details):
        changing(store, lambda session: procurement_items.correct_item(
            session, made.criteria[which], details
        ))  # fmt: skip

    def score(**changes):
        details = replace(overview(store, made).details, **changes)
        changing(store, lambda session: procurements.correct_procurement(
            session, made.id, details
        ))  # fmt: skip

    with pytest.raises(Problem, match="Teaching cannot be above 5, the top of the scale"):
        correct(0, replace(teaching, least_score=Decimal("5.01")))
    correct(0, replace(teaching, least_score=Decimal(5)))
    with pytest.raises(Problem, match="Teaching cannot be above 4, the top of the scale"):
        score(highest_score=Decimal(4))
    with pytest.raises(Problem, match="nobody scores it"):
        correct(1, replace(price, least_score=Decimal(1)))
    score(price_method=PriceMethod.SCORED)
    correct(1, replace(price, least_score=Decimal(1)))
    with pytest.raises(Problem, match="nobody scores it"):
        score(price_method=PriceMethod.LOWEST)


def test_a_score_that_changed_meanwhile_is_a_conflict_with_both(store, made):
    cell = (made.criteria[0], made.bidders[0], made.evaluators[0])
    with pytest.raises(Conflict, match="changed by somebody else") as caught:
        changing(store, lambda session: procurement_scores.give_score(
            session, *cell, replace(GIVEN, score=Decimal(1)), ScoreDetails()
        ))  # fmt: skip
    assert caught.value.theirs == GIVEN


def test_what_a_form_of_a_score_edits_is_what_is_kept_or_blank(store, made):
    teaching, price = made.criteria
    cell = (teaching, made.bidders[0])
    assert store.read(procurement_scores.score_details, *cell, made.evaluators[0]) == GIVEN
    agreed = overview(store, made).moderated[cell]
    assert store.read(procurement_scores.moderated_details, *cell) == agreed
    other = (price, made.bidders[0])
    assert store.read(procurement_scores.score_details, *other, made.evaluators[0]) == (
        ScoreDetails()
    )
    assert store.read(procurement_scores.moderated_details, *other) == ModeratedDetails()


def test_a_score_keeps_to_one_procurement(store, make, made):
    other = procured(make)
    for bidder, evaluator in (
        (other.bidders[0], made.evaluators[0]),
        (made.bidders[0], other.evaluators[0]),
    ):
        with pytest.raises(Problem, match="belong to two procurements"):
            changing(store, lambda session, b=bidder, e=evaluator: procurement_scores.give_score(
                session, made.criteria[0], b, e, GIVEN, ScoreDetails()
            ))  # fmt: skip
    with pytest.raises(Problem, match="belong to two procurements"):
        changing(store, lambda session: procurement_scores.moderate(
            session, made.criteria[0], other.bidders[0], ModeratedDetails(), ModeratedDetails()
        ))  # fmt: skip


def codes(found, details):
    return [each.code for each in check_among(found, details)]


# --- the decision -------------------------------------------------------------------------------


def test_a_decision_goes_by_the_ranking(store, made):
    found = overview(store, made)
    assert codes(found, replace(DECIDED, bidder_id=made.bidders[0])) == []
    assert codes(found, replace(DECIDED, bidder_id=made.bidders[1])) == ["PD013"]
    assert codes(replace(found, abandoned_on=TODAY), DECIDED) == ["PD010"]
    assert codes(replace(found, scores={}), DECIDED) == ["PD011"]
    with pytest.raises(Problem, match="The ranking has College first"):
        changing(store, lambda session: procurement_decisions.decide(
            session, made.id, replace(DECIDED, bidder_id=made.bidders[1]), None, TODAY
        ))  # fmt: skip


def test_a_tie_is_broken_only_with_its_reason(store, made):
    found = overview(store, made)
    level = {key: ModeratedDetails(Decimal(4), "Level", TODAY) for key in found.moderated}
    same = tuple(
        replace(row, details=replace(row.details, price=Decimal(9000))) for row in found.bidders
    )
    tied = replace(found, moderated=level, bidders=same)
    for bidder in made.bidders[:2]:
        assert codes(tied, replace(DECIDED, bidder_id=bidder)) == ["PD014"]
        broken = replace(DECIDED, bidder_id=bidder, tie_reason="Higher score for teaching")
        assert codes(tied, broken) == []


def test_where_nobody_reaches_the_least_score_nobody_has_it(store, made):
    found = overview(store, made)
    low = {key: ModeratedDetails(Decimal(1), "Weak", TODAY) for key in found.moderated}
    (said,) = check_among(replace(found, moderated=low), DECIDED)
    assert said.message == "The ranking has nobody first."


def test_a_direct_award_needs_a_bid_and_no_scores(store, make):
    made = procured(make, has_scores=False)
    found = overview(store, made)
    direct = replace(found, details=replace(DETAILS, route=Route.DIRECT), criteria=())
    assert direct.lacking == ()
    assert codes(direct, replace(DECIDED, bidder_id=made.bidders[0])) == []
    assert codes(direct, replace(DECIDED, bidder_id=made.bidders[2])) == ["PD012"]
    assert "No bid" in replace(direct, bidders=()).lacking[0]
    assert replace(direct, criteria=found.criteria).lacking != ()


def test_a_decision_is_corrected_and_taken_back(store, decided):
    held = overview(store, decided).decision.details
    better = replace(held, reason="Best on teaching")
    with pytest.raises(Conflict, match="changed by somebody else") as caught:
        changing(store, lambda session: procurement_decisions.decide(
            session, decided.id, better, None, TODAY
        ))  # fmt: skip
    assert caught.value.theirs == held
    changing(store, lambda session: procurement_decisions.decide(
        session, decided.id, better, held, TODAY
    ))  # fmt: skip
    assert overview(store, decided).decision.details == better
    changing(store, lambda session: procurement_decisions.take_decision_back(session, decided.id))
    assert overview(store, decided).decision is None
    with pytest.raises(Conflict, match="This decision was taken back meanwhile"):
        changing(store, lambda session: procurement_decisions.follow_up(
            session, decided.id, TOLD, FollowUpDetails(), TODAY, RULES))  # fmt: skip


@pytest.mark.parametrize(
    "told", [FollowUpDetails(TOLD.letters_on), FollowUpDetails(None, TOLD.notice_on)]
)
def test_who_has_it_stays_once_letters_or_notice_went_out(store, decided, told):
    # Both are first, so that only what went out stands against the other.
    changing(store, lambda session: procurement_decisions.take_decision_back(session, decided.id))
    cell = (decided.criteria[0], decided.bidders[1])
    held = overview(store, decided).moderated[cell]
    level = ModeratedDetails(Decimal(5), "Level", TODAY)
    changing(store, lambda session: procurement_scores.moderate(session, *cell, level, held))
    (college,) = [row for row in overview(store, decided).bidders if row.name == "College"]
    changing(store, lambda session: procurement_items.correct_item(
        session, college.id, replace(college.details, price=Decimal(12000))
    ))  # fmt: skip
    first = replace(DECIDED, bidder_id=decided.bidders[0], tie_reason="As the invitation says")
    other = replace(first, bidder_id=decided.bidders[1])

    def decide(details, held):
        changing(store, lambda session: procurement_decisions.decide(
            session, decided.id, details, held, TODAY
        ))  # fmt: skip

    decide(first, None)
    decide(other, first)
    decide(first, other)
    tell(store, decided, told)
    with pytest.raises(Problem, match="Take the decision back first"):
        decide(other, first)
    better = replace(first, reason="Best on teaching", decided_by="The board")
    decide(better, first)
    assert overview(store, decided).decision.details == better


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (FollowUpDetails(TOLD.letters_on), "The letters went out on 26 Aug 2026"),
        (FollowUpDetails(None, TOLD.notice_on), "The notice was published on 27 Aug 2026"),
    ],
)
def test_a_decision_is_not_moved_behind_what_followed_it(store, decided, told, says):
    tell(store, decided, told)
    held = overview(store, decided).decision.details

    def move(on):
        changing(store, lambda session: procurement_decisions.decide(
            session, decided.id, replace(held, decided_on=on), held, TODAY
        ))  # fmt: skip

    with pytest.raises(Problem, match=says):
        move(date(2026, 8, 28))
    move(told.letters_on or told.notice_on)


def test_nothing_is_decided_before_bids_close(store, make):
    made = procured(make)
    found = overview(store, made)
    early = replace(DECIDED, bidder_id=made.bidders[0], decided_on=date(2026, 6, 30))
    assert codes(found, early) == ["PD015"]
    (said,) = check_among(found, early)
    assert said.message == "Bids may come until 1 Jul 2026, so nothing is decided before."
    assert codes(found, replace(early, decided_on=date(2026, 7, 1))) == []
    direct = replace(found, details=replace(found.details, route=Route.DIRECT))
    assert codes(direct, early) == []
    rows = tuple(
        replace(row, details=replace(row.details, done_on=date(2026, 6, 30)))
        if row.details.kind is StepKind.BIDS_BY else row for row in found.steps
    )  # fmt: skip
    assert codes(replace(found, steps=rows), early) == []  # all had bid by then
    open_end = tuple(row for row in found.steps if row.details.kind is not StepKind.BIDS_BY)
    assert codes(replace(found, steps=open_end), early) == []
    assert codes(found, replace(early, decided_on=None)) == []  # check_decision asks for the day


def test_a_bid_after_the_last_day_says_why_it_stands(store, made):
    (beta,) = [row for row in overview(store, made).bidders if row.name == "Beta Skills"]
    late = replace(beta.details, answered_on=date(2026, 7, 2))

    def correct(details):
        changing(store, lambda session: procurement_items.correct_item(session, beta.id, details))

    with pytest.raises(Problem, match="Bids were due by 1 Jul 2026: this one came after it"):
        correct(replace(late, note=" "))
    correct(replace(late, standing=BidderStanding.LATE))
    correct(replace(late, note="The portal was down"))
    correct(replace(late, answered_on=date(2026, 7, 1)))
    changing(store, lambda session: procurement_items.remove_item(
        session, StepDetails, made.steps[1]
    ))  # fmt: skip
    correct(late)
    with pytest.raises(Problem, match="the day the bid came"):
        correct(replace(late, answered_on=None))


def test_letters_and_notice_that_changed_meanwhile_are_a_conflict(store, decided):
    with pytest.raises(Conflict, match="changed by somebody else") as caught:
        changing(store, lambda session: procurement_decisions.follow_up(
            session, decided.id, FollowUpDetails(), TOLD, TODAY, RULES))  # fmt: skip
    assert caught.value.theirs == FollowUpDetails()
