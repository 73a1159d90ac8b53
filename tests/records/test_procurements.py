"""Procurements as a desk keeps them: what is refused and read, and what comes of a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import event

from apprentice_desk import resources
from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.clarifications import Published
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.procuring import BidderStanding, Stage, StepKind, ToDo
from apprentice_desk.domain.scoring import PriceMethod
from apprentice_desk.domain.searching import Subject
from apprentice_desk.domain.standstill import FromDay
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import (
    contract_prices,
    contracts,
    procurement_decisions,
    procurement_items,
    procurement_scores,
    procurements,
    search,
)
from apprentice_desk.records.procurement_dates import due_procurements, procurement_dates
from apprentice_desk.records.procurement_decisions import check_among, contract_from
from apprentice_desk.records.procurement_details import (
    AbstentionDetails,
    BidderDetails,
    BidPriceDetails,
    ClarificationDetails,
    CriterionDetails,
    EvaluatorDetails,
    StepDetails,
)
from apprentice_desk.records.procurement_history import procurement_history
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from apprentice_desk.records.procurement_overview import (
    how_it_stands,
    procurement_overview,
    procurement_overviews,
)
from apprentice_desk.records.procurement_scores import ModeratedDetails, ScoreDetails
from procured import DECIDED, DETAILS, TODAY, TOLD, procured
from records.acting import changing

RULES = resources.procurement_rules()
HOLIDAYS = resources.bank_holidays()
GIVEN = ScoreDetails(Decimal(5), "As the bid says on page 4")


@pytest.fixture
def made(make):
    return procured(make)


@pytest.fixture
def decided(make):
    return procured(make, is_decided=True)


def overview(store, made):
    found = store.read(procurement_overview, made.id)
    assert found is not None
    return found


def standing(store, made, today=TODAY):
    return how_it_stands(overview(store, made), today, RULES, HOLIDAYS)


# --- what is read -------------------------------------------------------------------------------


def test_an_overview_holds_what_was_entered(store, made):
    found = overview(store, made)
    assert found.details == DETAILS
    assert found.name == "Software developers – “spring” cohort · EXB-P-7"
    assert [row.name for row in found.bidders] == ["Beta Skills", "College", "Gamma Training"]
    assert [row.details.kind for row in found.steps] == [
        StepKind.INVITE, StepKind.OTHER, StepKind.BIDS_BY,
    ]  # fmt: skip
    assert [(row.number, row.details.name) for row in found.criteria] == [
        (1, "Teaching"), (2, "Price"),
    ]  # fmt: skip
    assert [(row.number, row.bidder_name) for row in found.clarifications] == [
        (1, "Beta Skills"), (2, ""),
    ]  # fmt: skip
    assert [row.details.name for row in found.evaluators] == ["Grace Park", "Tom Reed"]
    assert found.prices[0].bidder_name == "College"
    assert len(found.scores) == 4
    assert len(found.moderated) == 2
    assert (found.decision, found.abandoned_on) == (None, None)


def test_all_are_read_by_reference_and_one_that_is_gone_is_none(store, make, made):
    other = changing(
        store,
        lambda session: procurements.plan_procurement(
            session, procurements.ProcurementDetails("A-1", "Data analysts")
        ),
    )
    found = store.read(procurement_overviews)
    assert [each.id for each in found] == [other, made.id]
    assert (found[0].steps, found[0].bidders, found[0].scores) == ((), (), {})
    assert store.read(procurement_overview, uuid4()) is None


def test_what_is_published_does_not_say_who_asked(store, made):
    assert overview(store, made).published() == (
        Published(1, "Is a portal of our own allowed?", "Yes.", date(2026, 6, 12)),
    )
    plain = ClarificationDetails(date(2026, 6, 11), None, "How many?", "", "Six.", TODAY)
    changing(store, lambda session: procurement_items.correct_item(
        session, made.questions[1], plain
    ))  # fmt: skip
    found = overview(store, made)
    assert len(found.published()) == 1, "the question as it came is never published"
    assert found.unpublished == (2,)
    assert standing(store, made).course.unanswered == 1
    worded = replace(plain, published_question="How many people?")
    changing(store, lambda session: procurement_items.correct_item(
        session, made.questions[1], worded
    ))  # fmt: skip
    found = overview(store, made)
    assert found.published()[1] == Published(2, "How many people?", "Six.", TODAY)
    assert (found.unpublished, found.hints) == ((), ())


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"published_question": "May beta  skills use its portal?"}, "Beta Skills"),
        ({"answer": "Ask Nadia Frost."}, "Nadia Frost"),
        ({"answer": "As College does it."}, "College"),
    ],
)
def test_a_name_of_a_bidder_is_not_published(store, made, changed, name):
    asked = store.read(procurement_items.item_details, ClarificationDetails, made.questions[0])
    with pytest.raises(Problem, match=f"All bidders would read {name} here"):
        changing(store, lambda session: procurement_items.correct_item(
            session, made.questions[0], replace(asked, **changed)
        ))  # fmt: skip
    assert set(overview(store, made).names) == {
        "Beta Skills", "College", "Gamma Training", "Nadia Frost",
    }  # fmt: skip


def test_a_word_of_the_askers_name_is_a_hint(store, made):
    asked = store.read(procurement_items.item_details, ClarificationDetails, made.questions[0])
    changing(store, lambda session: procurement_items.correct_item(
        session, made.questions[0], replace(asked, published_question="May Beta be used?")
    ))  # fmt: skip
    assert overview(store, made).hints == ((1, ("Beta",)),)


def test_the_number_of_a_question_that_was_removed_is_not_given_again(store, made):
    changing(store, lambda session: procurement_items.remove_item(
        session, ClarificationDetails, made.questions[1]
    ))  # fmt: skip
    another = ClarificationDetails(TODAY, None, "When?")
    key = changing(store, lambda s: procurement_items.add_item(s, made.id, another))
    numbers = {row.id: row.number for row in overview(store, made).clarifications}
    assert numbers == {made.questions[0]: 1, key: 3}


def test_only_bids_that_came_in_time_are_ranked(store, made):
    found = standing(store, made)
    assert found.stage is Stage.EVALUATING
    assert [(each.name, each.rank, str(each.total)) for each in found.ranked] == [
        ("College", 1, "92.00"), ("Beta Skills", 2, "76.00"),
    ]  # fmt: skip
    assert found.first == ToDo("Open day", date(2026, 6, 15), "10:00", made.steps[2].hex)
    assert found.to_do[-1] == ToDo("Decide")
    assert replace(found, to_do=()).first is None


def test_how_it_stands_follows_the_decision(store, decided):
    found = standing(store, decided)
    assert found.stage is Stage.DECIDED
    assert found.duty.is_required
    assert (found.course.waits, found.course.counted_from) == (True, FromDay.NOTICE)
    assert found.unknown == "It is counted from the day the contract award notice is published."
    changing(store, lambda session: procurement_decisions.follow_up(
        session, decided.id, TOLD, FollowUpDetails(), TODAY, RULES))  # fmt: skip
    told = standing(store, decided)
    # 27 August is the first of the eight; 31 August is a bank holiday.
    assert told.standstill is not None
    assert told.standstill.last_on == date(2026, 9, 8)
    assert (told.stage, told.unknown) == (Stage.STANDSTILL, "")
    assert standing(store, decided, date(2026, 9, 9)).stage is Stage.DECIDED
    own = replace(TOLD, standstill_to_on=date(2026, 9, 15))
    changing(store, lambda session: procurement_decisions.follow_up(
        session, decided.id, own, TOLD, TODAY, RULES))  # fmt: skip
    assert standing(store, decided, date(2026, 9, 15)).stage is Stage.STANDSTILL


def test_a_standstill_that_is_voluntary_waits_only_where_somebody_says_so(store, decided):
    changing(store, lambda session: procurements.correct_procurement(
        session, decided.id, replace(DETAILS, is_light_touch=True)
    ))  # fmt: skip
    assert standing(store, decided).course.waits is None
    for chosen in (True, False):
        held = overview(store, decided).decision.follow_up
        changing(store, lambda session, chosen=chosen, held=held: procurement_decisions.follow_up(
            session, decided.id, replace(TOLD, keeps_standstill=chosen), held, TODAY, RULES
        ))  # fmt: skip
        assert standing(store, decided).course.waits is chosen


@pytest.mark.parametrize(
    ("changes", "unknown"),
    [
        ({"regime": None}, ""),
        ({"regime": Regime.BELOW_THRESHOLD}, "The rules do not say how long it lasts"),
        ({"regime": Regime.PCR_2015}, "It is counted from the day the letters go to the bidders."),
    ],
)
def test_why_the_end_of_a_standstill_is_not_known_is_said(store, decided, changes, unknown):
    changing(store, lambda session: procurements.correct_procurement(
        session, decided.id, replace(DETAILS, **changes)
    ))  # fmt: skip
    changing(store, lambda session: procurement_decisions.follow_up(
        session, decided.id, FollowUpDetails(keeps_standstill=True), FollowUpDetails(), TODAY,
        RULES,
    ))  # fmt: skip
    found = standing(store, decided)
    assert found.unknown.startswith(unknown)
    assert (found.unknown == "") is (unknown == "")
    assert found.standstill is None


def test_where_a_standstill_is_required_none_is_left_out_without_a_ground(store, decided):
    def tell(held, **changed):
        told = replace(TOLD, keeps_standstill=False, **changed)
        changing(store, lambda session: procurement_decisions.follow_up(
            session, decided.id, told, held, TODAY, RULES
        ))  # fmt: skip
        return overview(store, decided).decision.follow_up

    with pytest.raises(Problem, match="A standstill is required"):
        tell(FollowUpDetails())
    with pytest.raises(Problem, match="A standstill is required"):
        tell(FollowUpDetails(), no_standstill_reason=" ")
    ground = RULES.grounds_for(Regime.ACT_2023)[0].ground
    held = tell(FollowUpDetails(), no_standstill_ground=ground)
    assert (held.no_standstill_ground, standing(store, decided).course.waits) == (ground, False)
    held = tell(held, no_standstill_reason="As Legal said on 26 August")
    assert standing(store, decided).course.waits is False
    changing(store, lambda session: procurement_decisions.follow_up(
        session, decided.id, replace(held, keeps_standstill=True), held, TODAY, RULES
    ))  # fmt: skip
    held = overview(store, decided).decision.follow_up
    assert (held.no_standstill_ground, held.no_standstill_reason) == (None, "")


def test_where_the_law_asks_for_one_later_the_contract_waits_without_a_ground(store, decided):
    """It was light touch when none was kept, and is not any more."""
    changing(store, lambda session: procurements.correct_procurement(
        session, decided.id, replace(DETAILS, is_light_touch=True)
    ))  # fmt: skip
    changing(store, lambda session: procurement_decisions.follow_up(
        session, decided.id, replace(TOLD, keeps_standstill=False), FollowUpDetails(), TODAY, RULES
    ))  # fmt: skip
    assert standing(store, decided).course.waits is False
    changing(store, lambda session: procurements.correct_procurement(session, decided.id, DETAILS))
    assert standing(store, decided).course.waits is True


def test_a_year_whose_bank_holidays_are_not_known_is_a_sentence(store, decided):
    few = replace(HOLIDAYS, last_year=2025)
    changing(store, lambda session: procurement_decisions.follow_up(
        session, decided.id, TOLD, FollowUpDetails(), TODAY, RULES
    ))  # fmt: skip
    found = how_it_stands(overview(store, decided), TODAY, RULES, few)
    assert found.unknown.startswith("The bank holidays of 2026 are not known")
    assert (found.standstill, found.course.waits) == (None, True)
    with pytest.raises(Problem, match="The bank holidays of 2026 are not known"):
        changing(store, lambda session: procurement_decisions.make_contract(
            session, decided.id, contract_from(overview(store, decided)), TODAY, RULES, few
        ))  # fmt: skip


# --- when bids were due -------------------------------------------------------------------------


def due_on(store, made, day, done_on=None):
    step = StepDetails(StepKind.BIDS_BY, day, "12:00", "", done_on)
    changing(store, lambda session: procurement_items.correct_item(session, made.steps[1], step))


def test_another_day_for_bids_goes_with_the_bids_that_came(store, made):
    due_on(store, made, date(2026, 7, 3))
    due_on(store, made, date(2026, 7, 1))
    with pytest.raises(Problem, match="some came after 30 Jun 2026: Beta Skills on 1 Jul 2026"):
        due_on(store, made, date(2026, 6, 30))
    beta = store.read(procurement_items.item_details, BidderDetails, made.bidders[1])
    changing(store, lambda session: procurement_items.correct_item(
        session, made.bidders[1], replace(beta, note="The portal was down")
    ))  # fmt: skip
    due_on(store, made, date(2026, 6, 30))


def test_another_day_for_bids_goes_with_decision_letters_and_notice(store, make):
    made = procured(make, is_decided=True, is_told=True)
    due_on(store, made, date(2026, 8, 25))
    with pytest.raises(Problem, match="It was decided on 25 Aug 2026, so bids cannot have been"):
        due_on(store, made, date(2026, 8, 26))
    due_on(store, made, date(2026, 8, 26), date(2026, 8, 20))  # they closed earlier
    with pytest.raises(Problem, match="It was decided on 25 Aug 2026"):
        changing(store, lambda session: procurement_items.remove_item(
            session, StepDetails, made.steps[1]
        )) or changing(store, lambda session: procurement_items.add_item(
            session, made.id, StepDetails(StepKind.BIDS_BY, date(2026, 9, 1))
        ))  # fmt: skip
    direct = replace(DETAILS, route=Route.DIRECT)
    changing(store, lambda s: procurements.correct_procurement(s, made.id, replace(
        direct, reference=overview(store, made).details.reference
    )))  # fmt: skip
    changing(store, lambda session: procurement_items.add_item(
        session, made.id, StepDetails(StepKind.BIDS_BY, date(2026, 9, 1))
    ))  # fmt: skip


def test_a_bid_that_is_too_late_though_it_came_in_time_is_named(store, made):
    assert overview(store, made).late_in_time == ()
    gamma = store.read(procurement_items.item_details, BidderDetails, made.bidders[2])
    changing(store, lambda session: procurement_items.correct_item(
        session, made.bidders[2], replace(gamma, answered_on=date(2026, 7, 3))
    ))  # fmt: skip
    assert overview(store, made).late_in_time == ()
    due_on(store, made, date(2026, 7, 3))
    assert overview(store, made).late_in_time == ("Gamma Training",)


def test_a_day_before_the_rules_is_a_sentence_and_not_a_guess(store, make):
    made = procured(make)
    changing(store, lambda session: procurement_items.remove_item(
        session, StepDetails, made.steps[1]
    ))  # fmt: skip
    early = replace(DECIDED, bidder_id=made.bidders[0], decided_on=date(2025, 2, 1))
    changing(store, lambda session: procurement_decisions.decide(
        session, made.id, early, None, TODAY
    ))  # fmt: skip
    assert standing(store, made).unknown.startswith("The standstill of Procurement Act 2023 is")


# --- the procurement itself ---------------------------------------------------------------------


def test_a_reference_is_taken_once(store, made):
    with pytest.raises(Problem, match="There is a procurement EXB-P-7 already"):
        changing(store, lambda session: procurements.plan_procurement(session, DETAILS))
    changing(store, lambda session: procurements.correct_procurement(session, made.id, DETAILS))


def test_a_procurement_that_is_gone_is_said(store, made):
    changing(store, lambda session: procurements.remove_procurement(session, made.id))
    assert store.read(procurement_overviews) == ()
    with pytest.raises(Conflict, match="This procurement was removed meanwhile"):
        store.read(procurements.procurement_details, made.id)
    for act in (
        lambda session: procurement_decisions.decide(
            session, made.id, replace(DECIDED, bidder_id=made.bidders[0]), None, TODAY
        ),
        lambda session: procurement_items.add_item(session, made.id, EvaluatorDetails("Ana")),
    ):
        with pytest.raises(Conflict, match="This procurement was removed meanwhile"):
            changing(store, act)


def test_the_form_edits_what_is_kept(store, made):
    assert store.read(procurements.procurement_details, made.id) == DETAILS
    found = store.read(procurement_items.item_details, EvaluatorDetails, made.evaluators[0])
    assert found == EvaluatorDetails("Grace Park", "Lead", date(2026, 7, 2), "none")


def test_giving_up_has_its_reason_and_can_be_taken_back(store, made):
    given_up = procurements.AbandonDetails(TODAY, "No bid was good enough")
    changing(store, lambda session: procurements.abandon(session, made.id, given_up, TODAY))
    found = overview(store, made)
    assert (found.abandoned_on, found.abandoned_reason) == (TODAY, "No bid was good enough")
    assert standing(store, made).stage is Stage.ABANDONED
    changing(store, lambda session: procurements.take_up_again(session, made.id))
    assert standing(store, made).stage is Stage.EVALUATING


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


# --- who does not score -------------------------------------------------------------------------


def leave_out(store, made, **kept):
    """Enter that Tom Reed leaves something out; return the key."""
    details = AbstentionDetails(made.evaluators[1], reason="A former job there.")
    details = replace(details, **kept)
    return changing(store, lambda s: procurement_items.add_item(s, made.id, details))


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


# --- the decision -------------------------------------------------------------------------------


def codes(found, details):
    return [each.code for each in check_among(found, details)]


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


# --- the contract -------------------------------------------------------------------------------


def test_the_contract_begins_with_what_is_known_and_takes_the_prices_over(store, make):
    made = procured(make)
    other = BidPriceDetails(made.bidders[1], "ST0116", Decimal(1), Decimal(1))
    changing(store, lambda session: procurement_items.add_item(session, made.id, other))
    won = replace(DECIDED, bidder_id=made.bidders[0])
    changing(store, lambda session: procurement_decisions.decide(
        session, made.id, won, None, TODAY
    ))  # fmt: skip
    tell(store, made)
    details = contract_from(overview(store, made))
    assert (details.reference, details.title) == ("EXB-P-7", DETAILS.title)
    assert (details.regime, details.route, details.lots) == (Regime.ACT_2023, Route.OPEN, "1")
    assert (details.starts_on, details.ends_on) == (date(2027, 3, 1), date(2029, 2, 28))
    assert details.value_limit == Decimal("108000.00")
    assert details.provider_id is not None

    def act(session):
        return procurement_decisions.make_contract(
            session, made.id, details, date(2026, 9, 9), RULES, HOLIDAYS
        )

    contract_id = changing(store, act)
    (price,) = store.read(contract_prices.price_rows, contract_id)
    assert (price.training_price, price.assessment_price) == (Decimal(13000), Decimal(2000))
    found = overview(store, made)
    assert (found.decision.contract_id, found.decision.contract_reference) == (
        contract_id, "EXB-P-7",
    )  # fmt: skip
    assert standing(store, made).stage is Stage.CONTRACT_MADE
    with pytest.raises(Problem, match="made already"):
        changing(store, act)
    for refused in (
        lambda session: procurement_decisions.take_decision_back(session, made.id),
        lambda session: procurement_decisions.decide(
            session, made.id, found.decision.details, found.decision.details, TODAY
        ),
        lambda session: procurements.abandon(
            session, made.id, procurements.AbandonDetails(TODAY, "Why"), TODAY
        ),
        lambda session: procurements.remove_procurement(session, made.id),
    ):
        with pytest.raises(Problem, match="A contract was made of"):
            changing(store, refused)
    changing(store, lambda session: contracts.remove_contract(session, contract_id))
    assert standing(store, made, date(2026, 9, 9)).stage is Stage.DECIDED


def tell(store, made, told=TOLD):
    held = overview(store, made).decision.follow_up
    changing(store, lambda session: procurement_decisions.follow_up(
        session, made.id, told, held, TODAY, RULES))  # fmt: skip


def contract_made(store, made, today, holidays=HOLIDAYS):
    details = contract_from(overview(store, made))
    return changing(store, lambda session: procurement_decisions.make_contract(
        session, made.id, details, today, RULES, holidays
    ))  # fmt: skip


def test_no_contract_is_made_while_the_standstill_lasts(store, make):
    made = procured(make, is_decided=True, is_told=True)
    with pytest.raises(Problem, match="lasts to the end of 8 Sep 2026"):
        contract_made(store, made, date(2026, 9, 8))
    contract_made(store, made, date(2026, 9, 9))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (None, "It is counted from the day the contract award notice is published"),
        (FollowUpDetails(TOLD.letters_on), "enter when letters and notice went out"),
    ],
)
def test_no_contract_is_made_before_the_standstill_that_is_owed_begins(store, make, told, says):
    made = procured(make, is_decided=True)
    if told is not None:
        tell(store, made, told)
    with pytest.raises(Problem, match=says):
        contract_made(store, made, date(2027, 1, 4))
    assert overview(store, made).decision.contract_id is None
    assert store.read(contracts.contract_rows, TODAY) == ()


def test_no_contract_is_made_while_the_bank_holidays_of_the_standstill_are_unknown(store, make):
    made = procured(make, is_decided=True, is_told=True)
    unknown = BankHolidays(frozenset(), 2024, 2025, "")
    with pytest.raises(Problem, match="ank holiday"):
        contract_made(store, made, date(2027, 1, 4), unknown)
    tell(store, made, replace(TOLD, standstill_to_on=date(2026, 9, 8)))
    contract_made(store, made, date(2026, 9, 9), unknown)


def test_a_voluntary_standstill_is_waited_for_unless_somebody_says_that_none_is_kept(store, make):
    made = procured(make, is_decided=True)
    changing(store, lambda session: procurements.correct_procurement(
        session, made.id, replace(DETAILS, is_light_touch=True)
    ))  # fmt: skip
    tell(store, made, FollowUpDetails(keeps_standstill=True))
    with pytest.raises(Problem, match="last day is not known"):
        contract_made(store, made, TODAY)
    tell(store, made, FollowUpDetails(keeps_standstill=False))
    contract_made(store, made, TODAY)


def test_no_contract_is_made_of_what_was_given_up(store, make):
    made = procured(make, is_decided=True, is_told=True)
    given_up = procurements.AbandonDetails(TODAY, "No money")
    changing(store, lambda session: procurements.abandon(session, made.id, given_up, TODAY))
    with pytest.raises(Problem, match="given up"):
        contract_made(store, made, date(2027, 1, 4))


def test_without_a_decision_the_contract_begins_without_a_provider(store, made):
    assert contract_from(overview(store, made)).provider_id is None
    with pytest.raises(Conflict, match="taken back"):
        changing(store, lambda session: procurement_decisions.make_contract(
            session, made.id, contract_from(overview(store, made)), TODAY, RULES, HOLIDAYS
        ))  # fmt: skip


def test_the_scale_is_what_a_bidder_who_withdrew_no_longer_needs(store, made):
    (beta,) = [row for row in overview(store, made).bidders if row.name == "Beta Skills"]
    gone = replace(beta.details, standing=BidderStanding.WITHDREW)
    changing(store, lambda session: procurement_items.correct_item(session, beta.id, gone))
    assert [each.name for each in standing(store, made).ranked] == ["College"]


# --- days for Today, the calendar and the search ------------------------------------------------


def test_the_days_to_come_are_put_into_a_calendar(store, make, made):
    sign = StepDetails(StepKind.SIGN_BY, date(2026, 9, 20), "14:00")
    changing(store, lambda session: procurement_items.add_item(session, made.id, sign))
    other = procured(make)
    read = (frozenset({made.id}), TODAY, RULES, HOLIDAYS)
    (event,) = store.read(procurement_dates, *read)
    assert (event.on, event.title) == (
        date(2026, 9, 20), "Sign the contract: Software developers – “spring” cohort",
    )  # fmt: skip
    assert event.words == "Procurement EXB-P-7. At 14:00."
    assert store.read(procurement_dates, frozenset({other.id}), *read[1:]) == ()
    later = replace(sign, due_on=date(2026, 9, 21), due_at="")
    (step,) = [row for row in overview(store, made).steps if row.details == sign]
    changing(store, lambda session: procurement_items.correct_item(session, step.id, later))
    (moved,) = store.read(procurement_dates, *read)
    assert (moved.uid, moved.on) == (event.uid, date(2026, 9, 21))
    assert moved.version > event.version
    assert moved.words == "Procurement EXB-P-7."


def test_each_day_in_a_calendar_has_its_own_time_and_keeps_its_name(store, make):
    made = procured(make, is_decided=True, is_told=True)
    for step in (
        StepDetails(StepKind.SIGN_BY, date(2026, 9, 8), "10:00"),
        StepDetails(StepKind.OTHER, date(2026, 9, 8), "", "Board"),
        StepDetails(StepKind.ANSWERS_BY, date(2026, 9, 8), "16:30"),
    ):
        changing(store, lambda session, step=step: procurement_items.add_item(
            session, made.id, step
        ))  # fmt: skip

    def read():
        events = store.read(procurement_dates, frozenset({made.id}), TODAY, RULES, HOLIDAYS)
        return {each.title.split(":")[0]: each for each in events}

    before = read()
    assert {title: each.words.partition(". ")[2] for title, each in before.items()} == {
        "Sign the contract": "At 10:00.",
        "Board": "",
        "1 question to answer": "At 16:30.",
        "Standstill ends": "",
    }
    assert len({each.uid for each in before.values()}) == 4
    question = ClarificationDetails(TODAY, None, "When?")
    changing(store, lambda session: procurement_items.add_item(session, made.id, question))
    (board,) = [row for row in overview(store, made).steps if row.details.what == "Board"]
    renamed = replace(board.details, what="Cabinet")
    changing(store, lambda session: procurement_items.correct_item(session, board.id, renamed))
    after = read()
    for old, new in (
        ("1 question to answer", "2 questions to answer"),
        ("Board", "Cabinet"),
        ("Standstill ends", "Standstill ends"),
        ("Sign the contract", "Sign the contract"),
    ):
        assert after[new].uid == before[old].uid


def test_today_hears_of_what_is_to_be_done_and_of_nothing_that_is_over(store, made):
    (due,) = store.read(due_procurements, TODAY, RULES, HOLIDAYS)
    assert (due.reference, due.stage) == ("EXB-P-7", Stage.EVALUATING)
    assert due.to_do[0].words == "Open day"
    given_up = procurements.AbandonDetails(TODAY, "No bids")
    changing(store, lambda session: procurements.abandon(session, made.id, given_up, TODAY))
    assert store.read(due_procurements, TODAY, RULES, HOLIDAYS) == ()


def test_a_procurement_is_found_by_title_reference_and_standard(store, made):
    shelf = store.read(search.shelf, Subject.PROCUREMENT, TODAY, {})
    for words in ("spring", "exb-p", "ST0116", "Framework 9"):
        assert [hit.line.key.id for hit in shelf.search(words, 5).best] == [made.id], words
    assert not shelf.search("spring", 5).best[0].line.is_past
    given_up = procurements.AbandonDetails(TODAY, "No bids")
    changing(store, lambda session: procurements.abandon(session, made.id, given_up, TODAY))
    (hit,) = store.read(search.shelf, Subject.PROCUREMENT, TODAY, {}).search("spring", 5).best
    assert hit.line.is_past
    assert "Given up 1 Sep 2026" in hit.line.detail


def test_one_whose_contract_was_made_is_past(store, make):
    made = procured(make, is_decided=True, is_told=True)
    contract_made(store, made, date(2026, 9, 9))
    (hit,) = store.read(search.shelf, Subject.PROCUREMENT, TODAY, {}).search("spring", 5).best
    assert "Contract made" in hit.line.detail


# --- history ------------------------------------------------------------------------------------


def test_the_history_has_all_that_hangs_on_it_the_newest_first(store, made):
    changing(store, lambda session: procurement_items.remove_item(
        session, EvaluatorDetails, procurement_items.add_item(
            session, made.id, EvaluatorDetails("Ana")
        )
    ), "In and out")  # fmt: skip
    changing(store, lambda session: procurements.correct_procurement(
        session, made.id, replace(DETAILS, note="Changed")
    ), "Correct it")  # fmt: skip
    newest, *_others, first = store.read(procurement_history, made.id)
    assert newest.label == "Correct it"
    (item,) = newest.items
    assert (item.table, item.before["note"], item.after["note"]) == (
        "procurement", "Ask Legal", "Changed",
    )  # fmt: skip
    assert newest.may_be_taken_back
    assert first.label == "Enter a procurement"
    assert {each.table for each in first.items} >= {"procurement", "bidder", "score"}
    assert not first.may_be_taken_back


def test_all_procurements_are_read_in_as_many_queries_whatever_their_number(store, make):
    def statements():
        ran = []

        def note(_connection, _cursor, statement, *_rest):
            ran.append(statement)

        event.listen(store._engine, "before_cursor_execute", note)
        assert store.read(procurement_overviews)
        event.remove(store._engine, "before_cursor_execute", note)
        return [each for each in ran if each.startswith("SELECT")]

    procured(make)
    of_one = len(statements())
    for _ in range(3):
        procured(make)
    assert len(statements()) == of_one == 13
