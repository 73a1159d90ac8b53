"""What is typed, pasted or copied in the grid of a week is carried out in one change."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.week_cells import Cell, Correct, Log, Remove, SayNothing, Step
from apprentice_desk.records.hours import HoursDetails, hours_rows, log_hours
from apprentice_desk.records.store import Store
from apprentice_desk.records.week_changes import carry_out
from apprentice_desk.records.weeks import week_rows
from records.dumps import dump

MONDAY, TUESDAY = date(2026, 8, 31), date(2026, 9, 1)


def counts(whose: UUID, activity: Activity, day: date) -> bool:
    return activity is not Activity.INDUCTION


def do(store: Store, *steps: Step) -> None:
    with store.change("Change the week") as session:
        carry_out(session, steps, counts)


def _newest(store: Store) -> int:
    newest = store.latest_change()
    assert newest is not None
    return newest.number


@pytest.fixture
def ada(make: Any) -> UUID:
    key: UUID = make.apprentice()
    return key


def entry(store: Store, whose: UUID, minutes: int = 60, what: str = "Routing") -> tuple[UUID, int]:
    with store.change("Log hours") as session:
        details = HoursDetails(whose, TUESDAY, minutes, Activity.WORKSHOP, what=what)
        key = log_hours(session, details)
    (row,) = [row for row in store.read(hours_rows) if row.id == key]
    return key, row.changed_in


def test_hours_are_logged_and_the_rules_say_whether_they_count(store: Store, ada: UUID) -> None:
    do(
        store,
        Log(Cell(ada, MONDAY), 90, Activity.WORKSHOP, "Routing", "K3"),
        Log(Cell(ada, TUESDAY), 30, Activity.INDUCTION),
    )
    rows = store.read(hours_rows)
    assert [(row.done_on, row.minutes, row.what, row.ksbs, row.counts) for row in rows] == [
        (TUESDAY, 30, "", "", False),
        (MONDAY, 90, "Routing", "K3", True),
    ]


def test_a_length_is_corrected_and_all_else_kept(store: Store, ada: UUID) -> None:
    key, changed_in = entry(store, ada)
    do(store, Correct(Cell(ada, TUESDAY), key, 75, changed_in))
    (row,) = store.read(hours_rows)
    assert (row.minutes, row.what, row.activity) == (75, "Routing", Activity.WORKSHOP)


def test_removing_correcting_and_logging_are_one_change_that_undo_takes_back(
    store: Store, ada: UUID
) -> None:
    first, _ = entry(store, ada)
    second, changed_in = entry(store, ada, 30, "Switches")
    before = dump(store)
    do(
        store,
        Log(Cell(ada, MONDAY), 90, Activity.WORKSHOP),
        Remove(Cell(ada, TUESDAY), first),
        Correct(Cell(ada, TUESDAY), second, 45, changed_in),
    )
    assert sorted(row.minutes for row in store.read(hours_rows)) == [45, 90]
    store.undo(_newest(store))
    assert dump(store) == before


def test_nothing_is_said_of_the_week_that_the_day_is_in(store: Store, ada: UUID) -> None:
    do(store, SayNothing(Cell(ada, TUESDAY)))
    (row,) = store.read(week_rows, MONDAY, MONDAY)
    assert (row.apprenticeship_id, row.is_nothing) == (ada, True)


def test_one_step_that_cannot_be_done_undoes_all(store: Store, ada: UUID) -> None:
    key, changed_in = entry(store, ada)
    before = dump(store)
    with pytest.raises(Conflict, match="removed meanwhile"):
        do(store, Remove(Cell(ada, TUESDAY), key), Correct(Cell(ada, MONDAY), uuid4(), 5, 1))
    with pytest.raises(Conflict, match="changed by somebody else"):
        do(store, Correct(Cell(ada, TUESDAY), key, 5, changed_in - 1))
    with pytest.raises(Problem, match="24 hours"):
        do(store, Log(Cell(ada, TUESDAY), 24 * 60, Activity.WORKSHOP))
    assert dump(store) == before
