"""What typing, pasting and copying in the grid of a week do to the entries behind its cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.durations import grid
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.week_cells import (
    LONGEST_PASTE,
    Cell,
    Correct,
    Log,
    Planned,
    Remove,
    SayNothing,
    copied,
    pasted,
    removed,
    typed,
)

TODAY = date(2026, 11, 19)  # a Thursday
MONDAY = date(2026, 11, 16)
ADA, NOOR = UUID(int=1), UUID(int=2)
TUESDAY = Cell(ADA, date(2026, 11, 17))
FRIDAY = Cell(ADA, date(2026, 11, 20))
OTHER = Activity.OTHER_TRAINING


@dataclass(frozen=True)
class Entry:
    """An entry as the grid has it."""

    id: UUID
    minutes: int
    activity: Activity = Activity.WORKSHOP
    what: str = ""
    ksbs: str = ""
    changed_in: int = 7


def entry(minutes: int, what: str = "", ksbs: str = "") -> Entry:
    return Entry(uuid4(), minutes, what=what, ksbs=ksbs)


def put(text: str, *entries: Entry, cell: Cell = TUESDAY) -> Planned:
    return typed(cell, text, entries, OTHER, TODAY)


def messages(planned: Planned) -> list[str]:
    assert not planned.steps
    return [each.message for each in planned.refused]


@pytest.mark.parametrize("text", ["3:30", "3.5", "3h30", "3h 30m", "210m"])
def test_a_length_in_a_blank_cell_logs_an_entry(text: str) -> None:
    assert put(text) == Planned((Log(TUESDAY, 210, OTHER),))


def test_a_length_over_one_entry_corrects_it() -> None:
    there = entry(60)
    assert put("3:30", there) == Planned((Correct(TUESDAY, there.id, 210, 7),))


def test_the_same_length_again_changes_nothing() -> None:
    assert put("1:00", entry(60)) == Planned()
    assert put("2", entry(60), entry(60)) == Planned()


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "·", "0", "0:00"])
def test_blank_a_dash_or_nought_removes_what_is_there(text: str) -> None:
    first, second = entry(60), entry(90)
    planned = put(text, first, second)
    assert planned == Planned((Remove(TUESDAY, first.id), Remove(TUESDAY, second.id)))
    assert put(text) == Planned()


@pytest.mark.parametrize("text", ["n", "Nothing", " none "])
def test_nothing_is_an_answer_about_the_week(text: str) -> None:
    assert put(text) == Planned((SayNothing(TUESDAY),))


def test_the_sum_of_several_entries_cannot_be_typed() -> None:
    assert messages(put("3", entry(60), entry(60))) == [
        "2 entries make up this day, so it is not clear which is meant."
    ]


def test_what_is_no_length_of_time_is_refused_with_what_was_typed() -> None:
    planned = put("some")
    assert messages(planned) == [
        "“some” is not a length of time. Write hours as 7:30, 7.5 or 7h 30m, or minutes as 90m."
    ]
    assert planned.refused[0].typed == "some"


def test_a_day_has_24_hours() -> None:
    assert put("24").steps
    assert messages(put("24:01")) == ["24 h 1 m does not fit in one day."]


def test_a_day_to_come_takes_no_new_hours_but_lets_old_ones_be_corrected() -> None:
    assert messages(put("3", cell=FRIDAY)) == ["20 Nov 2026 is still to come."]
    assert put("3", entry(60), cell=FRIDAY).steps


def cells(rows: int = 2, days: int = 4) -> list[list[Cell]]:
    return [
        [Cell(person, MONDAY + timedelta(days=day)) for day in range(days)]
        for person in (ADA, NOOR)[:rows]
    ]


def paste(text: str, entries: dict[Cell, list[Entry]] | None = None) -> Planned:
    return pasted(text, cells(), entries or {}, OTHER, TODAY)


def test_a_block_goes_in_row_by_row_and_blanks_leave_cells_alone() -> None:
    there = entry(60)
    planned = paste("1\t\t2:30\n-\t45m\n\n", {Cell(ADA, MONDAY + timedelta(days=1)): [there]})
    assert planned.steps == (
        Log(Cell(ADA, MONDAY), 60, OTHER),
        Log(Cell(ADA, MONDAY + timedelta(days=2)), 150, OTHER),
        Log(Cell(NOOR, MONDAY + timedelta(days=1)), 45, OTHER),
    )


def test_a_block_over_entries_corrects_them() -> None:
    there = entry(60)
    cell = Cell(ADA, MONDAY)
    assert paste("2", {cell: [there]}).steps == (Correct(cell, there.id, 120, 7),)


def test_one_wrong_value_holds_the_whole_block_back() -> None:
    planned = paste("1\tmuch\t25")
    assert not planned.steps
    assert [(each.cell.day.day, each.typed) for each in planned.refused] == [
        (17, "much"),
        (18, "25"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\t1\t1\t1\t1", "The block is 1 row by 5 columns"),
        ("1\n1\n1", "The block is 3 rows by 1 column, but from here on the grid has 2 rows and 4"),
        ("", "There is nothing to paste but blanks."),
        ("\t\n\t", "There is nothing to paste but blanks."),
        ("1" * (LONGEST_PASTE + 1), "This is far more than a week of hours."),
    ],
)
def test_a_block_that_does_not_fit_is_refused_whole(text: str, said: str) -> None:
    (message,) = messages(paste(text))
    assert message.startswith(said)


@given(st.lists(st.lists(st.integers(1, 1440), min_size=1, max_size=4), min_size=1, max_size=2))
def test_a_block_in_any_form_gives_its_own_minutes(block: list[list[int]]) -> None:
    text = "\n".join("\t".join(grid(minutes) for minutes in row) for row in block)
    planned = paste(text)
    assert not planned.refused
    assert [step.minutes for step in planned.steps if isinstance(step, Log)] == [
        minutes for row in block for minutes in row
    ]


@given(st.text(max_size=60))
def test_nothing_that_is_pasted_is_half_done(text: str) -> None:
    planned = paste(text)
    assert not (planned.steps and planned.refused)


WEEK = timedelta(days=7)


def test_last_week_is_copied_with_what_was_done() -> None:
    former = entry(60, "Backups", "K3"), entry(30)
    before = {Cell(ADA, TUESDAY.day - WEEK): former}
    planned = copied([TUESDAY, Cell(NOOR, MONDAY)], {}, before, TODAY, lambda _cell: "")
    assert planned == Planned(
        (
            Log(TUESDAY, 60, Activity.WORKSHOP, "Backups", "K3"),
            Log(TUESDAY, 30, Activity.WORKSHOP),
        )
    )


@pytest.mark.parametrize(
    ("cell", "there", "why", "said"),
    [
        (TUESDAY, [entry(60)], "", "17 Nov 2026: hours are logged there already."),
        (FRIDAY, [], "", "20 Nov 2026: it is still to come."),
        (TUESDAY, [], "on a break", "17 Nov 2026: on a break."),
    ],
)
def test_what_is_not_copied_says_why(cell: Cell, there: list[Entry], why: str, said: str) -> None:
    before = {Cell(ADA, cell.day - WEEK): [entry(90)]}
    planned = copied([cell], {cell: there}, before, TODAY, lambda _cell: why)
    assert not planned.steps
    assert [each.message for each in planned.left] == [said]


def test_all_entries_of_several_cells_are_removed() -> None:
    first, second = entry(60), entry(90)
    assert removed({TUESDAY: [first], FRIDAY: [second]}).steps == (
        Remove(TUESDAY, first.id),
        Remove(FRIDAY, second.id),
    )
