"""A week of everybody's entries: by person and day, in as many queries as ever."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import hours, week_grid, weeks
from apprentice_desk.records.hours import HoursDetails
from records.acting import AT, MONDAY, changing

SUNDAY = MONDAY + timedelta(days=6)
AS_AT = date(2026, 9, 1)


@pytest.fixture
def team(make):
    return [make.apprentice(given_names=name) for name in ("Ada", "Noor", "Zoe")]


def test_entries_stand_by_person_and_day_in_the_order_of_the_day(store, make, team):
    ada, noor, zoe = team
    late = make.hours(ada, done_on=MONDAY, began_at="14:00", ksbs="K1")
    early = make.hours(ada, done_on=MONDAY, began_at="09:00", counts=False)
    last = make.hours(ada, done_on=SUNDAY, activity=Activity.MENTORING)
    make.hours(ada, done_on=MONDAY - timedelta(days=1))
    make.hours(ada, done_on=SUNDAY + timedelta(days=1))
    make.evidence(early, "a.txt", b"A")
    make.evidence(early, "b.txt", b"B")
    changing(store, lambda s: hours.verify(s, [late], "Grace Park", AT))
    changing(store, lambda s: weeks.say_nothing(s, noor, MONDAY))
    grid = store.read(week_grid.week_grid, MONDAY, AS_AT)
    assert [entry.id for entry in grid.on(ada, MONDAY)] == [early, late]
    assert [entry.id for entry in grid.on(ada, SUNDAY)] == [last]
    assert grid.on(ada, MONDAY + timedelta(days=1)) == grid.on(zoe, MONDAY) == ()
    assert grid.entries.keys() == {ada}
    first, second = grid.on(ada, MONDAY)
    assert (first.evidence, first.verified_by, first.verified_at) == (2, "", None)
    assert (second.evidence, second.verified_by, second.verified_at) == (0, "Grace Park", AT)
    assert second.details == HoursDetails(
        ada, MONDAY, 90, Activity.WORKSHOP, True, "Unit testing", "K1", "14:00"
    )
    assert second.changed_in == store.latest_change().number - 1
    assert {key: row.is_nothing for key, row in grid.said.items()} == {noor: True}


def test_a_week_is_shown_as_far_as_a_day_and_of_some_people(store, make, team):
    ada, noor, _ = team
    for key in (ada, noor):
        for day in (0, 2, 4):
            make.hours(key, done_on=MONDAY + timedelta(days=day))
    changing(store, lambda s: weeks.finish_week(s, [ada, noor], MONDAY, "Grace Park", AT))
    grid = store.read(week_grid.week_grid, MONDAY, MONDAY + timedelta(days=2), [noor])
    assert grid.entries.keys() == {noor} == grid.said.keys()
    assert list(grid.entries[noor]) == [MONDAY, MONDAY + timedelta(days=2)]
    assert store.read(week_grid.week_grid, MONDAY, MONDAY - timedelta(days=1)).entries == {}
    assert store.read(week_grid.week_grid, MONDAY, AS_AT, []).entries == {}


def test_last_weeks_entries_are_there_to_be_copied(store, make, team):
    ada, noor, _ = team
    days = [MONDAY, SUNDAY, MONDAY - timedelta(days=1)]
    for key in (ada, noor):
        for day in days:
            make.hours(key, done_on=day)
    found = store.read(week_grid.entries_between, MONDAY, SUNDAY)
    assert [entry.done_on for entry in found] == [MONDAY, SUNDAY] * 2
    found = store.read(week_grid.entries_between, MONDAY, SUNDAY, [ada])
    assert {entry.apprenticeship_id for entry in found} == {ada}


def test_a_week_is_named_by_its_monday(store):
    with pytest.raises(ValueError, match="by its Monday, not by Sunday"):
        store.read(week_grid.week_grid, SUNDAY, AS_AT)


def test_three_queries_show_a_week_whatever_the_number_of_people(store, make):
    def statements():
        seen = []
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(store._engine, "before_cursor_execute", listen)
        store.read(week_grid.week_grid, MONDAY, AS_AT)
        event.remove(store._engine, "before_cursor_execute", listen)
        return [each for each in seen if each.startswith("SELECT")]

    make.hours(done_on=MONDAY)
    few = len(statements())
    for _ in range(5):
        make.hours(done_on=MONDAY)
    assert len(statements()) == few == 3


def test_the_entries_of_a_week_are_looked_up_in_the_index_of_the_totals(empty_desk, tmp_path):
    """Not searched for among all: that would take longer each year."""
    query = week_grid.statement(is_of_all=True)
    values = {"first": MONDAY.isoformat(), "last": SUNDAY.isoformat()}
    with closing(sqlite3.connect(empty_desk)) as file:
        plan = " ".join(row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {query}", values))
    index = "ix_off_the_job_entry_totals (apprenticeship_id=? AND done_on>? AND done_on<?)"
    assert index in plan
    assert "SCAN e" not in plan
