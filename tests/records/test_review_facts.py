"""Actions, the facts of a review's period, and the days that go into a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.review_facts import ActivityMinutes, KsbMove, ReviewFacts
from apprentice_desk.domain.review_meetings import ActionDetails
from apprentice_desk.records import hours, learning, programmes, review_actions, review_meetings
from apprentice_desk.records.attention import attention
from apprentice_desk.records.dates_ahead import dates_ahead
from apprentice_desk.records.ksb_progress import KsbStatement
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.review_facts import review_facts
from apprentice_desk.records.store import Store
from records.acting import changing
from records.acts_on_learning import HELD, MEETING

TODAY = date(2026, 9, 1)
FIRST = date(2026, 6, 1)


def add(store: Store, key: Any, what: str, due_on: date | None = None, owner: str = "Ada") -> Any:
    details = ActionDetails(what, owner, due_on)
    return changing(store, lambda s: review_actions.add_action(s, key, details))


def finish(store: Store, action_id: Any, on: date = TODAY) -> None:
    changing(store, lambda s: review_actions.finish_action(s, action_id, on, TODAY))


# --- actions --------------------------------------------------------------------------------------


def test_open_actions_come_first_the_soonest_due_first(store: Store, make: Any) -> None:
    key, other = make.apprentice(), make.apprentice(family_name="King")
    finish(store, add(store, key, "Done", date(2026, 1, 1)))
    add(store, key, "Some day")
    add(store, key, "Soon", date(2026, 9, 2))
    add(store, other, "Theirs", date(2026, 8, 31))
    found = store.read(review_actions.action_rows, key)
    assert [row.what for row in found] == ["Soon", "Some day", "Done"]
    assert [row.is_open for row in found] == [True, True, False]
    whole = store.read(lambda s: review_actions.action_rows(s, only_open=True))
    assert [row.what for row in whole] == ["Theirs", "Soon", "Some day"]
    assert [row.is_overdue(TODAY) for row in whole] == [True, False, False]
    assert not found[2].is_overdue(TODAY)


def test_an_action_is_corrected_finished_once_and_reopened(store: Store, make: Any) -> None:
    key = make.apprentice()
    action_id = add(store, key, "Book")
    better = ActionDetails("Book the course", "Grace", TODAY, "Level 4")
    changing(store, lambda s: review_actions.correct_action(s, action_id, better))
    finish(store, action_id)
    with pytest.raises(Problem, match="done already"):
        finish(store, action_id)
    (row,) = store.read(review_actions.action_rows, key)
    assert (row.details, row.done_on) == (better, TODAY)
    changing(store, lambda s: review_actions.reopen_action(s, action_id))
    with pytest.raises(Problem, match="still to come"):
        finish(store, action_id, date(2026, 9, 2))
    for wrong, says in (
        (ActionDetails("", "Ada"), "what is to be done"),
        (ActionDetails("x" * 501, "Ada"), "there is room for 500"),
    ):
        with pytest.raises(Problem, match=says):
            changing(store, lambda s, w=wrong: review_actions.correct_action(s, action_id, w))
        with pytest.raises(Problem, match=says):
            changing(store, lambda s, w=wrong: review_actions.add_action(s, key, w))
    changing(store, lambda s: review_actions.remove_action(s, action_id))
    assert store.read(review_actions.action_rows) == ()


def test_today_hears_of_actions_that_are_overdue(store: Store, make: Any, rules: Any) -> None:
    key = make.apprentice()
    late, later = (
        add(store, key, "Late", date(2026, 8, 1)),
        add(store, key, "Old", date(2026, 7, 1)),
    )
    add(store, key, "Today", TODAY)
    add(store, key, "Some day")
    finish(store, add(store, key, "Done", date(2026, 7, 1)))
    found = store.read(attention, TODAY, rules, {}).late_actions
    assert [(each.id, each.what, each.owner) for each in found[key]] == [
        (later, "Old", "Ada"), (late, "Late", "Ada"),
    ]  # fmt: skip


# --- facts ----------------------------------------------------------------------------------------


def test_an_apprentice_of_whom_nothing_is_known_has_empty_facts(store: Store, make: Any) -> None:
    key = make.apprentice()
    assert store.read(review_facts, key, FIRST, TODAY) == ReviewFacts(FIRST, TODAY)


def test_hours_are_summed_by_activity_within_the_period_alone(store: Store, make: Any) -> None:
    """Counting: workshop 90 + 60, mentoring 30; verified is one of 90, evident one of 60."""
    key = make.apprentice()
    make.hours(key, done_on=date(2026, 5, 31), minutes=600)
    make.hours(key, done_on=date(2026, 9, 2), minutes=600)
    make.hours(make.apprentice(family_name="King"), done_on=FIRST)
    verified = make.hours(key, done_on=FIRST, minutes=90)
    make.evidence(make.hours(key, done_on=TODAY, minutes=60))
    make.hours(key, done_on=date(2026, 7, 1), minutes=30, activity=Activity.MENTORING)
    make.hours(key, done_on=date(2026, 7, 2), minutes=45, activity=Activity.ON_THE_JOB,
               counts=False)  # fmt: skip
    at = datetime(2026, 8, 1, tzinfo=UTC)
    changing(store, lambda s: hours.verify(s, [verified], "Grace", at))
    facts = store.read(review_facts, key, FIRST, TODAY, 500)
    assert facts.activities == (
        ActivityMinutes(Activity.WORKSHOP, 150, 0, 2),
        ActivityMinutes(Activity.MENTORING, 30, 0, 1),
        ActivityMinutes(Activity.ON_THE_JOB, 0, 45, 1),
    )
    assert (facts.counting_minutes, facts.other_minutes, facts.planned_minutes) == (180, 45, 500)
    assert (facts.counting_entries, facts.without_evidence) == (3, 2)
    assert facts.unverified_minutes == 90
    assert facts.last_entry_on == TODAY


def test_plan_progress_actions_and_old_concerns_are_read(store: Store, make: Any) -> None:
    key = make.apprentice()
    done = make.activity(key, "Done", due_on=date(2026, 7, 1))
    make.activity(key, "Late", due_on=date(2026, 8, 1))
    make.activity(key, "Next", due_on=date(2026, 10, 1))
    dropped = make.activity(key, "Dropped", due_on=date(2026, 8, 1))
    make.activity(make.apprentice(family_name="King"), "Theirs")

    def prepare(session: Any) -> None:
        session.get_one(PlanActivity, done).status = ActivityStatus.DONE
        learning.drop_activity(session, dropped)
        for voice, status, on in (
            (Voice.APPRENTICE, KsbStatus.READY_FOR_REVIEW, TODAY),
            (Voice.MANAGER, KsbStatus.IN_PROGRESS, date(2026, 5, 1)),
        ):
            session.add(
                KsbStatement(
                    apprenticeship_id=key, code="K4", voice=voice, status=status, said_on=on
                )
            )

    changing(store, prepare)
    add(store, key, "Open", date(2026, 8, 1))
    finish(store, add(store, key, "Closed"))
    for day, concern in ((date(2026, 6, 10), "Old"), (date(2026, 8, 14), "Little time")):
        held = replace(HELD, held_on=day, concerns=concern)
        review_id = make.review(key)
        changing(
            store,
            lambda s, r=review_id, h=held: review_meetings.hold(
                s, r, h, review_meetings.Outcome(), TODAY
            ),
        )
    facts = store.read(review_facts, key, FIRST, TODAY)
    assert [each.title for each in facts.done] == ["Done"]
    assert [each.title for each in facts.overdue] == ["Late"]
    assert [each.title for each in facts.coming] == ["Next"]
    assert facts.moves == (
        KsbMove("K4", Voice.APPRENTICE, KsbStatus.NOT_STARTED, KsbStatus.READY_FOR_REVIEW),
    )
    assert (facts.ready, facts.has_ksbs) == (("K4",), True)
    assert facts.actions == (ActionDetails("Open", "Ada", date(2026, 8, 1)),)
    assert facts.last_concerns == "Little time"


# --- calendar -------------------------------------------------------------------------------------


def test_reviews_actions_gateway_and_ends_are_days_of_a_calendar(store: Store, make: Any) -> None:
    key = make.apprentice(
        given_names="Ada", family_name="Obi", gateway_planned_on=date(2027, 6, 1),
        apprenticeship_planned_end_on=date(2027, 12, 31),
    )  # fmt: skip
    make.review(make.apprentice(family_name="King"))
    review_id = changing(store, lambda s: review_meetings.plan_review(s, key, MEETING))
    action_id = add(store, key, "Book", date(2026, 10, 1))
    add(store, key, "Some day")
    events = store.read(dates_ahead, [key], TODAY, 84)
    assert [(each.on, each.title) for each in events] == [
        (date(2026, 10, 1), "Book (Ada Obi)"),
        (date(2026, 11, 3), "Progress review: Ada Obi"),
        (date(2027, 6, 1), "Gateway planned: Ada Obi"),
        (date(2027, 8, 31), "Training is planned to end: Ada Obi"),
        (date(2027, 12, 31), "Apprenticeship is planned to end: Ada Obi"),
    ]
    action, review = events[:2]
    assert (action.uid, action.words) == (
        f"action-{action_id.hex}@apprentice-desk", "Taken on by Ada.",
    )  # fmt: skip
    assert (review.uid, review.began_at, review.place) == (
        f"review-{review_id.hex}@apprentice-desk", "09:30", "Room 2 – “east”",
    )  # fmt: skip


def test_what_was_done_lately_is_put_right_and_what_is_long_past_left_out(
    store: Store, make: Any
) -> None:
    key = make.apprentice(given_names="Ada", family_name="Obi", training_planned_end_on=None)
    kept, old = make.review(key), make.review(key)
    for review_id, day in ((kept, date(2026, 6, 9)), (old, date(2026, 6, 8))):
        held = replace(HELD, held_on=day)
        changing(
            store,
            lambda s, r=review_id, h=held: review_meetings.hold(
                s, r, h, review_meetings.Outcome(), TODAY
            ),
        )
    before = store.read(dates_ahead, [key], TODAY, 84)
    assert [each.title for each in before] == ["Progress review held: Ada Obi"]
    assert before[0].uid == f"review-{kept.hex}@apprentice-desk"
    finish(store, add(store, key, "Book", date(2026, 8, 1)), date(2026, 6, 9))
    finish(store, add(store, key, "Old", date(2026, 8, 1)), date(2026, 6, 8))
    titles = [each.title for each in store.read(dates_ahead, [key], TODAY, 84)]
    assert titles == ["Progress review held: Ada Obi", "Done: Book (Ada Obi)"]


def test_an_event_keeps_its_name_and_counts_its_changes(store: Store, make: Any) -> None:
    key = make.apprentice(training_planned_end_on=None)
    review_id = changing(store, lambda s: review_meetings.plan_review(s, key, MEETING))
    (before,) = store.read(dates_ahead, [key], TODAY, 84)
    moved = replace(MEETING, due_on=date(2026, 11, 10))
    changing(store, lambda s: review_meetings.move_review(s, review_id, moved))
    (after,) = store.read(dates_ahead, [key], TODAY, 84)
    assert after.uid == before.uid
    assert after.version > before.version
    assert after.on == date(2026, 11, 10)


def test_whoever_has_ended_or_passed_the_gateway_has_no_such_days(store: Store, make: Any) -> None:
    ended, passed = (
        make.apprentice(gateway_planned_on=date(2027, 6, 1), training_planned_end_on=None)
        for _ in range(2)
    )
    changing(store, lambda s: programmes.withdraw(s, ended, date(2026, 8, 1), "98"))
    changing(store, lambda s: programmes.enter_assessment(s, passed, date(2026, 8, 1)))
    assert store.read(dates_ahead, [ended, passed], TODAY, 84) == ()
    make_blank = add(store, passed, "Book", TODAY)
    with store.change("Take the owner away") as session:
        session.get_one(review_actions.ReviewAction, make_blank).owner = ""
    (event,) = store.read(dates_ahead, [passed], TODAY, 84)
    assert event.words == ""


def test_a_review_without_any_day_is_left_out(store: Store, make: Any) -> None:
    key = make.apprentice(training_planned_end_on=None)
    review_id = make.review(key)
    with store.change("Take the day away") as session:
        session.get_one(review_meetings.Review, review_id).due_on = None
    assert store.read(dates_ahead, [key], TODAY, 84) == ()
