"""Procurements: what is read of them, the procurement itself, days to come and history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import event

from apprentice_desk.domain.clarifications import Published
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.procuring import Stage, StepKind, ToDo
from apprentice_desk.domain.searching import Subject
from apprentice_desk.domain.standstill import FromDay
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import procurement_decisions, procurement_items, procurements, search
from apprentice_desk.records.procurement_dates import due_procurements, procurement_dates
from apprentice_desk.records.procurement_decisions import contract_from
from apprentice_desk.records.procurement_details import (
    BidderDetails,
    ClarificationDetails,
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
from procured import DECIDED, DETAILS, TODAY, TOLD, procured
from records.acting import changing
from records.procuring import HOLIDAYS, RULES, contract_made, overview, standing


@pytest.fixture
def made(make):
    return procured(make)


@pytest.fixture
def decided(make):
    return procured(make, is_decided=True)


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


def due_on(store, made, day, done_on=None):
    step = StepDetails(StepKind.BIDS_BY, day, "12:00", "", done_on)
    changing(store, lambda session: procurement_items.correct_item(session, made.steps[1], step))


# --- when bids were due -------------------------------------------------------------------------


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
