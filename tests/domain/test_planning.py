"""Learning plans: how one stands on a day, moving it, and what is wrong with an activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import planning
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning import (
    ActivityDetails,
    ActivityStatus,
    DeliveredBy,
    PlanActivityRow,
)
from apprentice_desk.domain.planning_checks import (
    check_activity,
    check_done,
    check_line,
    check_minutes,
)
from apprentice_desk.domain.planning_templates import (
    TemplateLine,
    as_lines,
    copied,
    from_lines,
    taking,
)
from apprentice_desk.domain.problems import Problem

TODAY = date(2026, 9, 1)
WHOSE = UUID(int=7)


def activity(title: str = "SQL", due: str | None = None, minutes: int = 60, **more: Any):
    """An activity of a plan; days are written as ISO text."""
    for name in ("starts_on", "done_on"):
        if isinstance(more.get(name), str):
            more[name] = date.fromisoformat(more[name])
    values = {
        "id": uuid4(),
        "apprenticeship_id": WHOSE,
        "title": title,
        "due_on": None if due is None else date.fromisoformat(due),
        "planned_minutes": minutes,
        "ksbs": "",
        "is_mandatory": False,
        "status": ActivityStatus.PLANNED,
    } | more
    return PlanActivityRow(**values)


DONE, DROPPED = ActivityStatus.DONE, ActivityStatus.DROPPED
UNDER_WAY = ActivityStatus.UNDER_WAY

rows = st.builds(
    PlanActivityRow,
    id=st.uuids(),
    apprenticeship_id=st.just(WHOSE),
    title=st.sampled_from(["SQL", "sql ", "Networks", "Testing"]),
    due_on=st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31)),
    planned_minutes=st.integers(0, 6_000),
    ksbs=st.sampled_from(["", "K1", "K4-7, S2"]),
    is_mandatory=st.booleans(),
    status=st.sampled_from(ActivityStatus),
    kind=st.none() | st.sampled_from(Activity),
    delivered_by=st.none() | st.sampled_from(DeliveredBy),
    starts_on=st.none(),
)
plans = st.lists(rows, max_size=12)


# how it stands


def test_hours_and_activities_are_counted_by_today_without_what_is_dropped() -> None:
    plan = [
        activity("Induction", "2026-06-01", 420, status=DONE, done_on="2026-06-01"),
        activity("SQL", "2026-08-20", 600),
        activity("Networks", "2026-09-01", 300, status=UNDER_WAY),  # due today: not overdue yet
        activity("Testing", "2026-11-02", 900, starts_on="2026-10-05"),
        activity("Left out", "2026-07-01", 6_000, status=DROPPED),
        activity("Some day", None, 120),
    ]
    found = planning.progress(plan, TODAY, 1_200)
    assert (found.count, found.dropped, found.undated) == (5, 1, 1)
    assert found.planned_minutes == 420 + 600 + 300 + 900 + 120
    assert (found.due, found.due_minutes, found.due_done) == (3, 1_320, 1)
    assert found.done == 1
    assert found.against_plan_minutes == 1_200 - 1_320
    assert [each.title for each in found.overdue] == ["SQL"]
    assert found.overdue_words == "1 activity is overdue, 10 h: SQL (due 20 Aug 2026)."
    assert found.hours_words == "Planned to date 22 h, logged 20 h: 2 h below the plan."
    assert found.activities_words == (
        "Due by today: 3 activities, 1 done. Next: Networks, due 1 Sep 2026."
    )
    assert found.late_words == ""
    assert found.totals_words == (
        "5 activities, 39 h · 1 done · 1 without a last day · 1 dropped, not counted"
    )


def test_what_is_overdue_is_named_earliest_first_and_the_rest_counted() -> None:
    plan = [activity(f"Number {turn}", f"2026-08-{20 - turn}") for turn in range(5)]
    assert planning.progress(plan, TODAY).overdue_words == (
        "5 activities are overdue, 5 h together: Number 4 (due 16 Aug 2026),"
        " Number 3 (due 17 Aug 2026), Number 2 (due 18 Aug 2026) and 2 more."
    )


@pytest.mark.parametrize(
    ("logged", "says"),
    [
        (60, "Planned to date 1 h, logged 1 h: just as planned."),
        (90, "Planned to date 1 h, logged 1 h 30 m: 30 m ahead of the plan."),
    ],
)
def test_hours_at_and_above_the_plan(logged: int, says: str) -> None:
    assert planning.progress([activity(due="2026-08-01")], TODAY, logged).hours_words == says


def test_a_plan_without_days_says_so() -> None:
    found = planning.progress([activity()], TODAY, 60)
    assert found.against_plan_minutes is None
    assert found.hours_words.startswith("No activity has a last day yet")
    assert found.activities_words == "Nothing is due yet."
    assert found.overdue_words == ""
    assert found.totals_words == "1 activity, 1 h · 0 done · 1 without a last day"


def test_one_activity_due_and_what_begins_next() -> None:
    plan = [
        activity(due="2026-08-01", status=DONE),
        activity("Testing", "2026-11-02", starts_on="2026-10-05"),
        activity("Sooner due, later begun", "2026-10-20"),
    ]
    assert planning.progress(plan, TODAY).activities_words == (
        "Due by today: 1 activity, 1 done. Next: Testing, begins 5 Oct 2026."
    )


def test_none_done_is_said_in_a_word() -> None:
    found = planning.progress([activity(due="2026-08-01"), activity(due="2026-08-02")], TODAY)
    assert found.activities_words == "Due by today: 2 activities, none done."
    assert found.totals_words == "2 activities, 2 h · 0 done"


def test_what_lies_after_the_planned_end_is_said() -> None:
    end = date(2026, 12, 31)
    plan = [activity("Late", "2027-01-01"), activity("In time", "2026-12-31")]
    found = planning.progress(plan, TODAY, ends_on=end)
    assert found.late_words == (
        "1 activity is planned after the planned end of training, 31 Dec 2026: Late (1 Jan 2027)."
    )
    plan += [activity("Begins late", starts_on="2027-02-01"), activity("Done late", "2027-03-01",
             status=DONE)]  # fmt: skip
    found = planning.progress(plan, TODAY, ends_on=end)
    assert found.late_words.startswith("2 activities are planned after")
    assert "Done late" not in found.late_words


@given(plans, st.dates(date(2024, 1, 1), date(2029, 12, 31)))
def test_sums_hold_for_any_plan_on_any_day(plan: list[PlanActivityRow], day: date) -> None:
    found = planning.progress(plan, day)
    kept = [each for each in plan if each.status is not DROPPED]
    assert found.count + found.dropped == len(plan)
    assert found.due_minutes == sum(
        each.planned_minutes for each in kept if each.due_on and each.due_on <= day
    )
    assert 0 <= found.due_minutes <= found.planned_minutes
    assert found.due_done <= min(found.due, found.done)
    assert len(found.overdue) <= found.due - found.due_done
    later = planning.progress(plan, day + timedelta(days=400))
    assert later.due_minutes >= found.due_minutes
    assert set(found.overdue) <= set(later.overdue)
    # Dropping one takes its minutes out and nothing else.
    for each in kept:
        rest = [replace(other, status=DROPPED) if other is each else other for other in plan]
        took = each.planned_minutes if each.due_on and each.due_on <= day else 0
        assert planning.progress(rest, day).due_minutes == found.due_minutes - took


# moving


def test_after_a_break_what_was_open_moves_by_its_length() -> None:
    before = activity("Before", "2026-03-01")
    running = activity("Running", "2026-04-30", starts_on="2026-03-15", status=UNDER_WAY)
    on_the_day = activity("On the day", "2026-04-01")
    later = activity("Later", "2026-06-30", starts_on="2026-06-01")
    begins = activity("Begins", starts_on="2026-05-05")
    plan = [
        later, before, running, on_the_day, begins,
        activity("Done", "2026-05-01", status=DONE), activity("Gone", "2026-05-01", status=DROPPED),
        activity("No day"),
    ]  # fmt: skip
    moves = {move.title: move for move in planning.moved(plan, 91, date(2026, 4, 1))}
    assert list(moves) == ["On the day", "Running", "Begins", "Later"]
    assert moves["Running"].new_starts_on == date(2026, 3, 15)
    assert moves["Running"].new_due_on == date(2026, 7, 30)
    assert moves["On the day"].new_due_on == date(2026, 7, 1)
    assert moves["Later"].new_starts_on == date(2026, 8, 31)
    assert moves["Later"].new_due_on == date(2026, 9, 29)
    assert (moves["Begins"].new_starts_on, moves["Begins"].new_due_on) == (date(2026, 8, 4), None)


def test_without_a_break_all_that_is_open_moves_and_no_last_day_comes_before_a_first() -> None:
    plan = [activity(due="2026-04-20", starts_on="2026-04-10")]
    (move,) = planning.moved(plan, -7)
    assert (move.new_starts_on, move.new_due_on) == (date(2026, 4, 3), date(2026, 4, 13))
    (kept,) = planning.moved(plan, -30, date(2026, 4, 15))
    assert (kept.new_starts_on, kept.new_due_on) == (date(2026, 4, 10), date(2026, 4, 10))
    assert planning.moved(plan, 0) == ()


def test_a_plan_is_not_moved_by_more_than_ten_years() -> None:
    with pytest.raises(Problem, match="cannot be moved by 3,661 days"):
        planning.moved([], -3_661)


def test_the_days_to_a_chosen_day_are_counted_from_the_first_that_moves() -> None:
    plan = [
        activity("Running", "2026-05-10", starts_on="2026-03-01"),
        activity("Next", "2026-06-01", starts_on="2026-05-05"),
        activity("Done", "2026-04-15", status=DONE),
    ]
    assert planning.days_to(plan, date(2026, 7, 5), date(2026, 4, 1)) == 61
    assert planning.days_to(plan, date(2026, 3, 8)) == 7
    assert planning.days_to([activity(starts_on="2026-05-05")], date(2026, 5, 6)) == 1
    assert planning.days_to([], date(2026, 7, 5)) == 0
    assert planning.days_to([activity(due="2026-06-01")], date(2026, 6, 2)) == 1


@given(plans, st.integers(-400, 400), st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_moving_there_and_back_changes_nothing(
    plan: list[PlanActivityRow], by: int, after: date | None
) -> None:
    moves = {move.id: move for move in planning.moved(plan, by, after)}
    assert not [each for each in plan if each.id in moves and not each.is_open]
    there = [
        replace(each, due_on=moves[each.id].new_due_on) if each.id in moves else each
        for each in plan
    ]
    back = {move.id: move.new_due_on for move in planning.moved(there, -by)}
    for each in plan:
        if each.id in moves:
            assert back[each.id] == each.due_on


# what is wrong

WHOLE = ActivityDetails(
    "SQL", Activity.WORKSHOP, DeliveredBy.PROVIDER, date(2026, 9, 1), date(2026, 9, 2), 900, "K1",
    False, "https://exampleton.example/",
)  # fmt: skip


def test_a_whole_activity_has_nothing_wrong() -> None:
    assert check_activity(WHOLE) == []
    assert check_activity(ActivityDetails("SQL", planned_minutes=0)) == []


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"title": " "}, "title", "needs a title"),
        ({"planned_minutes": None}, "planned_minutes", "how long"),
        ({"planned_minutes": -1}, "planned_minutes", "below 0"),
        ({"planned_minutes": 120_001, "starts_on": None}, "planned_minutes", "more than a year"),
        ({"planned_minutes": 2_881}, "planned_minutes", "48 h 1 m does not fit into 2 days"),
        ({"planned_minutes": 1_441, "due_on": date(2026, 9, 1)}, "planned_minutes", "one day"),
        ({"due_on": date(2026, 8, 31)}, "due_on", "31 Aug 2026, is before the first, 1 Sep 2026"),
        ({"ksbs": "banana"}, "ksbs", "is not a code"),
        ({"link": "javascript:alert(1)"}, "link", "not the address of a web page"),
    ],
)
def test_what_is_wrong_with_an_activity_is_said_beside_its_field(
    changed: dict[str, Any], field: str, says: str
) -> None:
    (found,) = check_activity(replace(WHOLE, **changed))
    assert found.place.field == field
    assert says in found.message


LINE = TemplateLine("SQL", None, None, 3, 4, 900, "K1", False, "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"starts_after_days": -1}, "starts_after_days"),
        ({"due_after_days": 3_661}, "due_after_days"),
        ({"due_after_days": 2}, "due_after_days"),
        ({"due_after_days": 3, "planned_minutes": 1_441}, "planned_minutes"),
    ],
)
def test_what_is_wrong_with_a_line_of_a_template(changed: dict[str, Any], field: str) -> None:
    assert check_line(LINE) == []
    assert check_line(replace(LINE, starts_after_days=None)) == []
    assert [found.place.field for found in check_line(replace(LINE, **changed))] == [field]


def test_the_day_on_which_it_was_done_is_not_to_come() -> None:
    assert check_done(TODAY, TODAY) == []
    assert "still to come" in check_done(TODAY + timedelta(days=1), TODAY)[0].message
    assert "which day" in check_done(None, TODAY)[0].message


def test_an_hour_is_not_too_much() -> None:
    assert check_minutes(60, "minutes") == []


# templates and copies

START = date(2025, 9, 1)


def test_a_plan_becomes_a_template_and_the_template_a_plan() -> None:
    plan = [
        activity("Testing", "2025-12-01", 300, starts_on="2025-11-01", ksbs="K1"),
        activity("Before", "2025-08-20"),
        activity("Gone", "2025-10-01", status=DROPPED),
        activity("Some day"),
    ]
    lines = as_lines(plan, START)
    assert [(each.title, each.starts_after_days, each.due_after_days) for each in lines] == [
        ("Before", None, 0),
        ("Testing", 61, 91),
        ("Some day", None, None),
    ]
    made = from_lines(lines, date(2026, 1, 1))
    assert [(each.title, each.starts_on, each.due_on) for each in made] == [
        ("Before", None, date(2026, 1, 1)),
        ("Testing", date(2026, 3, 3), date(2026, 4, 2)),
        ("Some day", None, None),
    ]
    assert made[1].ksbs == "K1"


@given(plans)
def test_a_template_gives_back_the_plan_that_it_was_made_from(plan: list[PlanActivityRow]) -> None:
    start = date(2025, 1, 1)
    made = from_lines(as_lines(plan, start), start)
    kept = [each.details for each in planning.by_day(plan) if not each.is_dropped]
    assert list(made) == kept


def test_a_copy_moves_by_the_difference_of_the_starts() -> None:
    plan = [
        activity("SQL", "2025-12-01", starts_on="2025-11-01", status=DONE, done_on="2025-12-01"),
        activity("No day"),
        activity("Gone", "2025-12-01", status=DROPPED),
    ]
    sql, no_day = copied(plan, 30)
    assert (sql.starts_on, sql.due_on) == (date(2025, 12, 1), date(2025, 12, 31))
    assert (no_day.starts_on, no_day.due_on) == (None, None)


def test_what_is_there_already_is_told_apart_by_title_and_each_once() -> None:
    wanted = [
        ActivityDetails("Workshop", due_on=date(2026, 1, 5), planned_minutes=60),
        ActivityDetails("Workshop", due_on=date(2026, 2, 5), planned_minutes=60),
        ActivityDetails("Workshop", due_on=date(2026, 3, 5), planned_minutes=60),
        ActivityDetails("SQL", due_on=date(2026, 9, 9), planned_minutes=60),
    ]
    there = [activity(" workshop", "2026-02-05"), activity("SQL", "2026-04-01", status=DROPPED)]
    found = taking(wanted, there, date(2026, 2, 28))
    assert [each.due_on for each in found.new] == [date(2026, 1, 5), date(2026, 3, 5)]
    assert [each.title for each in found.there] == ["Workshop", "SQL"]
    assert [each.due_on for each in found.beyond] == [date(2026, 3, 5)]
    assert found.says == "2 new, 2 there already; 1 after the planned end, 28 Feb 2026"


def test_what_would_be_taken_is_said() -> None:
    one = [ActivityDetails("SQL", planned_minutes=60)]
    assert taking(one, []).says == "1 new"
    assert taking(one, [activity()]).says == "Has all of it already"
    assert taking([], [activity()]).says == "Nothing to take on"
    assert taking(one, [], date(2026, 1, 1)).beyond == ()


@given(plans, plans)
def test_taking_a_plan_on_twice_takes_nothing_the_second_time(
    plan: list[PlanActivityRow], there: list[PlanActivityRow]
) -> None:
    wanted = copied(plan, 10)
    first = taking(wanted, there)
    assert len(first.new) + len(first.there) == len(wanted)
    after = there + [
        activity(each.title, each.due_on and each.due_on.isoformat()) for each in first.new
    ]
    assert taking(wanted, after).new == ()


def test_planned_hours_are_summed_by_the_month_of_the_last_day() -> None:
    plan = [
        activity("later", "2026-11-30", 60),
        activity("first", "2026-09-01", 120),
        activity("same month", "2026-09-30", 30),
        activity("starts only", None, 15, starts_on="2026-10-05"),
        activity("no day", None, 999),
        activity("dropped", "2026-09-02", 999, status=DROPPED),
    ]
    assert planning.minutes_by_month(plan) == (
        (date(2026, 9, 1), 150), (date(2026, 10, 1), 15), (date(2026, 11, 1), 60),
    )  # fmt: skip
    assert planning.minutes_by_month([]) == ()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ((1, 1), "1 activity moved 1 day later"),
        ((2, -1), "2 activities moved 1 day earlier"),
        (
            (1200, 1400, TODAY),
            "1,200 activities moved 1,400 days later, of what ended on 1 Sep 2026 or after",
        ),
    ],
)
def test_a_move_is_told_with_how_many_and_how_far(told, says):
    assert planning.moved_in_words(*told) == says
