"""What typing, pasting and copying in the grid of a week do to the entries behind its cells.

A cell is one apprenticeship on one day and stands for any number of entries.  Nothing is written
here: each function returns steps, and what of it cannot be done, cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.days_hours import DAY_MINUTES
from apprentice_desk.domain.durations import parse_minutes, sentence
from apprentice_desk.domain.hours_rules import Activity

LONGEST_PASTE = 100_000
"""Characters: a year of a large team is far below it."""

_BLANK = ("", "·", ".", "-", "–", "—")
_NOTHING = ("n", "no", "none", "nothing", "nil")
_WEEK = timedelta(days=7)


class Cell(NamedTuple):
    """One apprenticeship on one day."""

    apprenticeship_id: UUID
    day: date


class CellEntry(Protocol):
    """One entry behind a cell."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def minutes(self) -> int:
        """How long it took."""

    @property
    def activity(self) -> Activity:
        """What was done."""

    @property
    def what(self) -> str:
        """What was learned."""

    @property
    def ksbs(self) -> str:
        """Which knowledge, skills and behaviours it is about."""

    @property
    def changed_in(self) -> int:
        """The change that it was last written by."""


@dataclass(frozen=True, slots=True)
class Log:
    """Log a new entry."""

    cell: Cell
    minutes: int
    activity: Activity
    what: str = ""
    ksbs: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """Give an entry another length."""

    cell: Cell
    entry_id: UUID
    minutes: int
    changed_in: int
    """The change that was read: one made since is not written over."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove an entry."""

    cell: Cell
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class SayNothing:
    """Say that nothing was done off the job in the week that the cell is in."""

    cell: Cell


Step = Log | Correct | Remove | SayNothing


@dataclass(frozen=True, slots=True)
class Refusal:
    """What cannot be done in *cell*, with what was *typed* there, and what to do."""

    cell: Cell
    typed: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done, and what cannot be; *left* are cells that were left as they are."""

    steps: tuple[Step, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left: tuple[Refusal, ...] = ()


Entries = Mapping[Cell, Sequence[CellEntry]]


def typed(
    cell: Cell, text: str, entries: Sequence[CellEntry], activity: Activity, today: date
) -> Planned:
    """Return what *text* in *cell*, which stands for *entries*, is to do.

    Blank or a dash removes what is there.  A length of time logs a new entry of *activity*, or
    corrects the one that is there.  Where several make up the cell their sum cannot be typed.
    "Nothing" says so of the whole week; whether it may be said is for the records to know.
    """
    if text.strip() in _BLANK:
        return removed({cell: entries})
    if text.strip().casefold() in _NOTHING:
        return Planned((SayNothing(cell),))
    try:
        minutes = parse_minutes(text)
    except ValueError as error:
        return _refuse(cell, text, str(error))
    return _set(cell, text, minutes, entries, activity, today)


def removed(entries: Entries) -> Planned:
    """Return the removal of all *entries*."""
    return Planned(tuple(Remove(cell, each.id) for cell, row in entries.items() for each in row))


def _set(
    cell: Cell,
    text: str,
    minutes: int,
    entries: Sequence[CellEntry],
    activity: Activity,
    today: date,
) -> Planned:
    if minutes == 0:
        return removed({cell: entries})
    if minutes > DAY_MINUTES:
        return _refuse(
            cell, text, f"{sentence(minutes)} does not fit in one day.", "A day has 24 hours."
        )
    if cell.day > today and not entries:
        return _refuse(
            cell, text, f"{show_day(cell.day)} is still to come.", "Log hours once they are done."
        )
    if not entries:
        return Planned((Log(cell, minutes, activity),))
    if sum(each.minutes for each in entries) == minutes:
        return Planned()
    if len(entries) > 1:
        return _refuse(
            cell,
            text,
            f"{len(entries)} entries make up this day, so it is not clear which is meant.",
            "Change one of them beside the grid.",
        )
    only = entries[0]
    return Planned((Correct(cell, only.id, minutes, only.changed_in),))


def _refuse(cell: Cell, text: str, message: str, remedy: str = "") -> Planned:
    return Planned(refused=(Refusal(cell, text, message, remedy),))


def pasted(
    text: str,
    cells: Sequence[Sequence[Cell]],
    entries: Entries,
    activity: Activity,
    today: date,
) -> Planned:
    """Return what a block copied from a spreadsheet does, its first value in ``cells[0][0]``.

    *cells* are those of the grid from there on, by row.  Blank values leave their cell alone.  A
    block that is larger than *cells* is refused whole, and so is one with any value that cannot
    be taken: nothing is half done.  One single value fills the first cell only.
    """
    corner = cells[0][0]
    if len(text) > LONGEST_PASTE:
        return _refuse(corner, "", "This is far more than a week of hours.", "Copy fewer cells.")
    rows = _block(text)
    across = max((len(row) for row in rows), default=0)
    if not any(value for row in rows for value in row):
        return _refuse(corner, "", "There is nothing to paste but blanks.")
    if len(rows) > len(cells) or across > len(cells[0]):
        return _refuse(
            corner,
            "",
            f"The block is {_count(len(rows), 'row')} by {_count(across, 'column')}, but from here"
            f" on the grid has {_count(len(cells), 'row')} and {_count(len(cells[0]), 'day')}.",
            "Begin further up or to the left, or copy fewer cells.",
        )
    steps: list[Step] = []
    refused: list[Refusal] = []
    for row, into in zip(rows, cells, strict=False):
        for value, cell in zip(row, into, strict=False):
            if value in _BLANK:
                continue
            planned = typed(cell, value, entries.get(cell, ()), activity, today)
            steps += planned.steps
            refused += planned.refused
    return Planned(refused=tuple(refused)) if refused else Planned(tuple(steps))


def _block(text: str) -> list[list[str]]:
    """Cells by row; rows of blanks at the end, which spreadsheets add, are left out."""
    rows = [[value.strip() for value in line.split("\t")] for line in text.splitlines()]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def copied(
    cells: Sequence[Cell],
    entries: Entries,
    before: Entries,
    today: date,
    why_not: Callable[[Cell], str],
) -> Planned:
    """Return what copying each of *cells* from a week before does.

    *before* are the entries of that week by their own cells.  A cell with hours is left as it is,
    and so is one that is still to come or for which *why_not* gives a reason (a bank holiday, a
    break); each of them is in ``left``, unless there was nothing to copy.
    """
    steps: list[Step] = []
    left: list[Refusal] = []
    for cell in cells:
        former = before.get(Cell(cell.apprenticeship_id, cell.day - _WEEK), ())
        if not former:
            continue
        why = why_not(cell)
        if entries.get(cell):
            why = "hours are logged there already"
        elif cell.day > today:
            why = "it is still to come"
        if why:
            left.append(Refusal(cell, "", f"{show_day(cell.day)}: {why}."))
            continue
        steps += [Log(cell, each.minutes, each.activity, each.what, each.ksbs) for each in former]
    return Planned(tuple(steps), left=tuple(left))
