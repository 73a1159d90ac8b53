"""A log of hours to fill in away from the desk: what its workbook looks like, and how it is known.

Three sheets: how to fill it in, the hours, and a hidden one by which the desk knows it again: its
mark, who may stand in it, and each entry as it was when the log was made.  The mark is cells, not
a property of the file: every program that keeps a workbook keeps those.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from apprentice_desk.domain import durations
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.hours import HoursDetails, LoggedEntry
from apprentice_desk.sheets import (
    ColumnSpec,
    SheetCells,
    SheetSpec,
    Value,
    Workbook,
    check_target,
    write_workbook,
    written_text,
)

MARK = "Apprentice Desk: log of hours to fill in"
VERSION = 1
HOURS, ABOUT, HOW = "Hours", "About this log", "How to fill it in"
WHO, DAY, LENGTH, ACTIVITY, WHAT, KSBS = (
    "Apprentice", "Day", "Hours", "Activity", "What was learned", "KSBs",
)  # fmt: skip
ROW, CHANGE = "Row", "Change"
"""The hidden columns: by which key a row is known, and the change that the entry was read at."""

FIRST_DAY = date(2010, 1, 1)
MOST_ROWS = 5_000
_ACTIVITIES = tuple(f"{each[:1].upper()}{each[1:]}" for each in Activity)


class FilledLogError(Problem):
    """A file that was to be imported is a log that a desk made: nothing in it need be matched."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(
            f"“{Path(path).name}” is a log of hours that a desk has made.",
            "Drop it onto the window, or take it in under Papers: its rows are known there.",
        )
        self.path = str(path)


@dataclass(frozen=True, slots=True)
class LogPerson:
    """Somebody whose hours may be logged: *label* tells them apart from all others in the log."""

    apprenticeship_id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Log:
    """What a log is made of: *log_id* tells it from all others, *blank_rows* are to be filled in.

    *entries* are those of *people* in *span*, whose last day is the last that can be typed.
    """

    log_id: UUID
    borough: str
    is_sample: bool
    made_at: datetime
    span: Period
    people: tuple[LogPerson, ...]
    entries: tuple[LoggedEntry, ...]
    blank_rows: int = 60


@dataclass(frozen=True, slots=True)
class KnownRow:
    """An entry as it was when the log was made: the change it was read at, and its *print*."""

    id: UUID
    changed_in: int
    print: str


@dataclass(frozen=True, slots=True)
class About:
    """What the hidden sheet says: whose log it is, who stands in it, and which entries did."""

    log_id: UUID
    people: Mapping[str, UUID]
    known: Mapping[UUID, KnownRow]


def labels(people: Sequence[tuple[UUID, str, str]]) -> tuple[LogPerson, ...]:
    """Return *people* (key, name, standard) with a label each that no other has."""
    made: list[LogPerson] = []
    taken: set[str] = set()
    names = [name.casefold() for _, name, _ in people]
    for key, name, standard in people:
        label = name
        if names.count(name.casefold()) > 1 and standard:
            label = f"{name}, {standard}"
        number, base = 2, label
        while label.casefold() in taken:
            label, number = f"{base} ({number})", number + 1
        taken.add(label.casefold())
        made.append(LogPerson(key, label))
    return tuple(made)


def print_of(details: HoursDetails) -> str:
    """Return what tells whether a row of the log was touched: all that stands in its cells."""
    told = (
        details.apprenticeship_id, details.done_on, details.minutes, details.activity.value,
        _plain(details.what), _plain(details.ksbs),
    )  # fmt: skip
    return hashlib.sha256(repr(tuple(map(str, told))).encode()).hexdigest()[:24]


def _plain(text: str) -> str:
    """*text* as a cell gives it back: the ends of lines alike, no space around it."""
    return written_text(text).strip()


# --- writing --------------------------------------------------------------------------------------


def write(path: str | Path, log: Log) -> Path:
    """Write *log* as a workbook; the same log gives the same bytes.

    Raises Problem when it is too long, names nobody, or cannot be written there.
    """
    path = check_target(path)
    if not log.people:
        raise Problem("Nobody was chosen for the log.", "Choose one apprentice at least.")
    if len(log.entries) > MOST_ROWS:
        raise Problem(
            f"There are {len(log.entries):,} entries from {log.span.shown()}; a log holds at most"
            f" {MOST_ROWS:,}.",
            "Choose fewer apprentices or a shorter span.",
        )
    specs = [_how(log), _hours(log), _about(log)]
    write_workbook(path, specs, title=f"Log of hours, {log.borough}", made_at=log.made_at)
    return path


def _columns(log: Log) -> tuple[ColumnSpec, ...]:
    last = log.span.last
    assert last is not None  # a log is for a while, not for ever
    return (
        ColumnSpec(WHO, width=24, choices=tuple(person.label for person in log.people),
                   is_locked=False, note="Choose from the list."),
        ColumnSpec(
            DAY, "date", 13, is_locked=False, is_left=True, between=(FIRST_DAY, last),
            refuses=f"Type a day up to {show_day(last)}, such as 17/11/2026.",
            note="The day it was done, such as 17/11/2026. What is still to come is refused.",
        ),
        ColumnSpec(
            LENGTH, "hours", 10, is_locked=False, between=(Decimal("0.01"), Decimal(24)),
            refuses="Type hours as a number, such as 1.5 for an hour and a half; a day has 24.",
            note="Hours as a number: 1.5 is an hour and a half, 0.25 a quarter of one.",
        ),
        ColumnSpec(ACTIVITY, width=26, choices=_ACTIVITIES, is_locked=False,
                   note="Choose from the list. Whether it counts is worked out in the desk."),
        ColumnSpec(WHAT, width=60, is_locked=False, is_wrapped=True,
                   note="A sentence on what was new is enough."),
        ColumnSpec(KSBS, width=16, is_locked=False,
                   note="Codes of the standard that it was for, such as K7, S3."),
        ColumnSpec(ROW, width=8, is_hidden=True),
        ColumnSpec(CHANGE, "integer", 8, is_hidden=True),
    )  # fmt: skip


def _hours(log: Log) -> SheetSpec:
    by_key = {person.apprenticeship_id: person.label for person in log.people}
    rows: list[tuple[Value, ...]] = []
    for entry in log.entries:
        details = entry.details
        assert details.apprenticeship_id is not None
        assert details.minutes is not None
        rows.append((
            by_key[details.apprenticeship_id], details.done_on,
            durations.decimal_hours(details.minutes), _shown(details.activity), details.what,
            details.ksbs, str(entry.id), entry.changed_in,
        ))  # fmt: skip
    rows += [
        (None, None, None, None, None, None, f"N{number}", None)
        for number in range(1, log.blank_rows + 1)
    ]
    return SheetSpec(
        HOURS, _columns(log), rows, is_protected=True, blank_rows=len(rows),
    )  # fmt: skip


def _shown(activity: Activity) -> str:
    return f"{activity[:1].upper()}{activity[1:]}"


def _how(log: Log) -> SheetSpec:
    sample = ("Sample: every person in it is invented.",) if log.is_sample else ()
    words = (
        *sample,
        f"Made by the desk of {log.borough} on {show_day(log.made_at.date())}, for"
        f" {log.span.shown()}.",
        "1. Go to the sheet Hours. What is in the desk already stands at the top; from row"
        f" {len(log.entries) + 2} on there are {log.blank_rows} empty rows. Fill in one row for"
        " each thing done on one day.",
        "2. Apprentice and Activity are chosen from lists. Hours are a number: 1.5 is an hour and a"
        " half. A sentence on what was learned is enough.",
        "3. To put right what is in the desk, change it in its row. To remove an entry, do that in"
        " the desk: emptying its row here leaves the entry as it is.",
        "4. Save the file, under any name, as an Excel workbook or as .ods, and send it back. In"
        " the desk it is dropped onto the window. Everything is shown before anything is written,"
        " and bringing it in twice changes nothing.",
        "It names people: keep it where only those who need it can open it, and delete it once it"
        " is back in the desk.",
    )
    return SheetSpec(
        HOW, (ColumnSpec(HOW, width=100, is_wrapped=True),), [(text,) for text in words],
        is_protected=True,
    )  # fmt: skip


def _about(log: Log) -> SheetSpec:
    rows: list[tuple[Value, ...]] = [
        ("mark", MARK, None, None),
        ("version", str(VERSION), None, None),
        ("log", str(log.log_id), None, None),
    ]
    rows += [("person", person.label, str(person.apprenticeship_id), None) for person in log.people]
    rows += [
        ("entry", str(entry.id), str(entry.changed_in), print_of(entry.details))
        for entry in log.entries
    ]
    columns = tuple(ColumnSpec(name, width=40) for name in ("What", "First", "Second", "Third"))
    return SheetSpec(ABOUT, columns, rows, is_protected=True, is_hidden=True)


# --- knowing it again -----------------------------------------------------------------------------


def is_log(book: Workbook) -> bool:
    """Return whether a workbook is a log that a desk made, by its mark."""
    sheet = book.sheet(ABOUT)
    return sheet is not None and any(row[:2] == ("mark", MARK) for row in sheet.rows)


def read_about(book: Workbook) -> About:
    """Return what a log says of itself.

    Raises Problem when it is none, was made by a newer program, or its hidden sheet is damaged.
    """
    sheet = book.sheet(ABOUT)
    if sheet is None or not is_log(book):
        raise Problem(
            f"“{book.file_name}” is no log that a desk has made.",
            "Make one under Papers, or import the list as a log of hours.",
        )
    try:
        return _read(sheet, book.file_name)
    except (ValueError, IndexError) as error:
        raise Problem(
            f"The hidden sheet of “{book.file_name}” was changed, so its rows are not known again.",
            "Make a new log and copy the rows into it, or import the file as a log of hours.",
        ) from error


def _read(sheet: SheetCells, file_name: str) -> About:
    log_id: UUID | None = None
    people: dict[str, UUID] = {}
    known: dict[UUID, KnownRow] = {}
    for row in sheet.rows:
        what, first, second, third = (str(cell or "") for cell in (*row, "", "", "", "")[:4])
        if what == "version" and int(first) > VERSION:
            raise Problem(
                f"“{file_name}” was made by a newer version of the program.",
                "Install that version, then bring the log in.",
            )
        if what == "log":
            log_id = UUID(first)
        elif what == "person":
            people[first.casefold()] = UUID(second)
        elif what == "entry":
            key = UUID(first)
            known[key] = KnownRow(key, int(second), third)
    if log_id is None:
        raise ValueError("it does not say which log it is")
    return About(log_id, people, known)
