"""A log that comes back filled in: what each of its rows would change, shown before it is written.

Nothing is matched: rows know their entries, and people their labels.  A row that nobody touched
says nothing, even where the desk has moved on.  One that was changed in both is a conflict, and
whoever brings the log in chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from apprentice_desk.domain import durations, ksb_codes
from apprentice_desk.domain.calendar import monday_of, show_day
from apprentice_desk.domain.days_hours import DAY_MINUTES
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import log_cells, log_sheets
from apprentice_desk.imports.corrections import Change, Correction
from apprentice_desk.imports.log_sheets import (
    ACTIVITY,
    CHANGE,
    DAY,
    HOURS,
    KSBS,
    LENGTH,
    ROW,
    WHAT,
    WHO,
    About,
)
from apprentice_desk.records.hours import HoursDetails, LoggedEntry, check
from apprentice_desk.sheets import Cell, SheetCells, Workbook, column_letter

SHORT_MINUTES = 15
"""Fewer minutes than these may be 1:30 that Excel has turned into a part of a day."""

_FIELDS = {
    "apprenticeship_id": WHO, "done_on": DAY, "minutes": LENGTH, "activity": ACTIVITY,
    "what": WHAT, "ksbs": KSBS,
}  # fmt: skip
_HEADINGS = (*_FIELDS.values(), ROW, CHANGE)
_BEYOND = ("began_at", "counts")  # what the log does not hold stays as it is in the desk


class RowKind(StrEnum):
    """What becomes of a row of the log."""

    NEW = "new"
    CORRECTION = "correction"
    CONFLICT = "changed in the desk too"
    GONE = "removed from the desk"
    WRONG = "cannot be taken"
    TAKEN_OUT = "taken out of the log"


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row that says something, or an entry whose row is not there any more.

    *details* are what would stand in the desk, *correction* what that changes.  *is_taken* is
    what is proposed; a row that *may_be_taken* can be taken all the same.
    """

    id: str
    kind: RowKind
    number: int | None
    name: str
    details: HoursDetails | None
    source: str
    why: str = ""
    correction: Correction | None = None
    findings: tuple[Finding, ...] = ()
    is_in_finished_week: bool = False
    is_taken: bool = False

    @property
    def may_be_taken(self) -> bool:
        """Whether it can be written at all."""
        return self.kind not in (RowKind.WRONG, RowKind.TAKEN_OUT)


@dataclass(frozen=True, slots=True)
class LogReview:
    """All that a log would change; rows that change nothing are only counted."""

    file_name: str
    rows: tuple[LogRow, ...]
    unchanged: int

    @property
    def taken(self) -> tuple[LogRow, ...]:
        """The rows that would be written."""
        return tuple(row for row in self.rows if row.is_taken)

    def with_taken(self, row_id: str, *, is_taken: bool) -> LogReview:
        """Return it with one row taken or left; one that cannot be taken stays as it is."""
        rows = tuple(
            replace(row, is_taken=is_taken) if row.id == row_id and row.may_be_taken else row
            for row in self.rows
        )
        return replace(self, rows=rows)


@dataclass(frozen=True, slots=True)
class DeskSide:
    """What the desk holds of those who stand in a log.

    *names* and *starts* are by apprenticeship; *finished* are weeks that are finished.  *counts*
    says whether hours of somebody count by the rules.  *ksbs* has the codes of each standard that
    is loaded.
    """

    today: date
    names: Mapping[UUID, str]
    starts: Mapping[UUID, date | None]
    entries: Sequence[LoggedEntry]
    finished: frozenset[tuple[UUID, date]]
    counts: Callable[[UUID, Activity, date], bool]
    ksbs: Mapping[UUID, tuple[str, ...]]


def source_of(about: About, row_key: str) -> str:
    """Return the source of a new entry, by which the same row is known when it comes again."""
    return f"Excel log {about.log_id.hex[:8]}, row {row_key}"


def review(book: Workbook, desk: DeskSide) -> LogReview:
    """Return what the log *book* would change in the desk.

    Raises Problem when it is no log, or another desk's.
    """
    about = log_sheets.read_about(book)
    if not any(key in desk.names for key in about.people.values()):
        raise Problem(
            f"Nobody who stands in “{book.file_name}” is in this desk.",
            "Open the desk that made the log, and bring it in there.",
        )
    sheet = book.sheet(HOURS)
    if sheet is None:
        raise Problem(
            f"“{book.file_name}” has no sheet called {HOURS} any more.",
            "Give the sheet its name back, or make a new log.",
        )
    return _Reviewing(book.file_name, sheet, about, desk).review()


class _Reviewing:
    """One log on its way to a review."""

    def __init__(self, file_name: str, sheet: SheetCells, about: About, desk: DeskSide) -> None:
        self._file = file_name
        self._sheet = sheet
        self._about = about
        self._desk = desk
        self._columns = self._find_columns()
        self._by_id = {entry.id: entry for entry in desk.entries}
        self._by_source = {entry.source: entry for entry in desk.entries if entry.source}
        self._met: set[UUID] = set()
        self._unchanged = 0

    def _find_columns(self) -> dict[str, int]:
        head = self._sheet.rows[0] if self._sheet.rows else ()
        found = {str(cell).strip(): at for at, cell in enumerate(head) if cell is not None}
        missing = [name for name in _HEADINGS if name not in found]
        if missing:
            raise Problem(
                f"The sheet {HOURS} of “{self._file}” has no column {missing[0]} any more.",
                "Put the headings back as they were, or make a new log.",
            )
        return {name: found[name] for name in _HEADINGS}

    def review(self) -> LogReview:
        rows: list[LogRow] = []
        strangers: list[tuple[int, HoursDetails, str, tuple[Finding, ...]]] = []
        keys: set[str] = set()
        for index, cells in enumerate(self._sheet.rows[1:], start=1):
            number = self._sheet.row_number(index)
            key = str(self._cell(cells, ROW) or "").strip()
            if not key or key in keys:  # typed below, or a row that was copied
                key = f"R{number}"
            keys.add(key)
            if all(self._is_blank(self._cell(cells, name)) for name in _FIELDS.values()):
                continue  # an entry's own row, emptied: said with those taken out
            details, findings = self._details(cells, number)
            entry = self._entry_of(key)
            if entry is not None:
                self._met.add(entry.id)
            own_id = _uuid(key)
            known = self._about.known.get(own_id) if own_id is not None else None
            if known is not None and self._is_untouched(details, known.print):
                self._met.add(known.id)
                self._unchanged += 1
                continue
            details = log_cells.tidied(details)
            if any(finding.level is not Level.NOTE for finding in findings):
                rows.append(self._wrong(key, number, details, findings))
            elif entry is None and known is None:
                strangers.append((number, details, key, findings))
            elif entry is None:
                rows.append(self._gone(key, number, details, findings))
            else:
                row = self._of_entry(key, number, details, entry, findings)
                if row is not None:
                    rows.append(row)
        rows += self._new(strangers)
        rows = self._without_full_days(rows)
        rows.sort(key=lambda row: row.number or 0)
        return LogReview(self._file, (*rows, *self._taken_out()), self._unchanged)

    # one row

    def _cell(self, cells: Sequence[Cell], name: str) -> Cell:
        at = self._columns[name]
        return cells[at] if at < len(cells) else None

    def _is_blank(self, cell: Cell) -> bool:
        return cell is None or (isinstance(cell, str) and not cell.strip())

    def _place(self, number: int, field: str, cell: Cell = None) -> Place:
        heading = _FIELDS.get(field, "")
        column = column_letter(self._columns[heading] + 1) if heading else ""
        value = "" if cell is None else str(cell)
        return Place(self._file, HOURS, number, column, heading, field, value[:60])

    def _details(
        self, cells: Sequence[Cell], number: int
    ) -> tuple[HoursDetails, tuple[Finding, ...]]:
        """What a row says, and what is wrong with it."""
        findings: list[Finding] = []
        values: dict[str, object] = {}
        readers: Mapping[str, Callable[[Cell], object]] = {
            "apprenticeship_id": self._person, "done_on": log_cells.day,
            "minutes": log_cells.minutes,
            "activity": log_cells.activity, "what": log_cells.text, "ksbs": log_cells.text,
        }  # fmt: skip
        for field, read in readers.items():
            cell = self._cell(cells, _FIELDS[field])
            at = (number, self._columns[_FIELDS[field]] + 1)
            try:
                if at in self._sheet.unread:
                    raise ValueError(f"The cell {self._sheet.unread[at]}.")
                if not self._is_blank(cell):
                    values[field] = read(cell)
            except ValueError as error:
                findings.append(
                    Finding(Level.ROW, "LG001", str(error), place=self._place(number, field, cell))
                )
        wrong = {finding.place.field for finding in findings}
        if "activity" not in values and "activity" not in wrong:
            findings.append(
                Finding(
                    Level.ROW,
                    "LG002",
                    "Choose the activity.",
                    place=self._place(number, "activity"),
                )
            )
        details = HoursDetails(**values)  # type: ignore[arg-type]
        key = details.apprenticeship_id
        start = self._desk.starts.get(key) if key is not None else None
        for finding in check(details, self._desk.today, start):
            field = finding.place.field
            if field not in wrong:
                findings.append(replace(finding, place=self._place(number, field)))
        known = self._desk.ksbs.get(key) if key is not None else None
        at_codes = self._place(number, "ksbs", details.ksbs)
        findings += [replace(n, place=at_codes) for n in ksb_codes.notes(details.ksbs, known)]
        minutes = details.minutes
        if minutes is not None and minutes < SHORT_MINUTES:
            findings.append(
                Finding(
                    Level.NOTE,
                    "LG003",
                    f"This is read as {durations.sentence(minutes)}.",
                    "If a time such as 1:30 was typed, type 1.5 instead.",
                    self._place(number, "minutes"),
                )
            )
        return details, tuple(findings)

    def _person(self, cell: Cell) -> UUID:
        key = self._about.people.get(log_cells.text(cell).casefold())
        if key is None:
            said = log_cells.text(cell)
            raise ValueError(f"“{said}” is nobody of this log. Choose from the list.")
        if key not in self._desk.names:
            raise ValueError(f"{log_cells.text(cell)} is not in the desk any more.")
        return key

    def _entry_of(self, key: str) -> LoggedEntry | None:
        """The entry of the desk that a row is about: by its key, or taken in from it before."""
        entry_id = _uuid(key)
        own = self._by_id.get(entry_id) if entry_id is not None else None
        return own or self._by_source.get(source_of(self._about, key))

    def _is_untouched(self, details: HoursDetails, was: str) -> bool:
        return log_sheets.print_of(details) == was

    # what becomes of it

    def _row(
        self, key: str, kind: RowKind, number: int | None, details: HoursDetails | None,
        findings: tuple[Finding, ...] = (), *, why: str = "",
        correction: Correction | None = None, is_taken: bool = False,
        old: HoursDetails | None = None,
    ) -> LogRow:  # fmt: skip
        whose = details.apprenticeship_id if details is not None else None
        weeks = [
            (each.apprenticeship_id, monday_of(each.done_on))
            for each in (details, old)
            if each is not None and each.apprenticeship_id is not None and each.done_on is not None
        ]
        finished = [week for week in weeks if week in self._desk.finished]
        is_finished = bool(finished) and kind not in (RowKind.WRONG, RowKind.TAKEN_OUT)
        if is_finished:
            week = f"The week of {show_day(finished[0][1])} is finished."
            why = f"{why} {week}".strip()
        is_doubtful = any(finding.code == "LG003" for finding in findings)
        return LogRow(
            id=key,
            kind=kind,
            number=number,
            name=self._desk.names.get(whose, "") if whose is not None else "",
            details=details,
            source=source_of(self._about, key),
            why=" ".join(filter(None, (why, *(_said(each) for each in findings)))),
            correction=correction,
            findings=findings,
            is_in_finished_week=is_finished,
            is_taken=is_taken and not is_finished and not is_doubtful,
        )

    def _wrong(
        self, key: str, number: int, details: HoursDetails, findings: tuple[Finding, ...]
    ) -> LogRow:
        return self._row(key, RowKind.WRONG, number, details, findings)

    def _gone(
        self, key: str, number: int, details: HoursDetails, findings: tuple[Finding, ...]
    ) -> LogRow:
        """An entry that was changed in the log and removed from the desk meanwhile."""
        return self._row(
            key, RowKind.GONE, number, self._counted(details), findings,
            why="It was removed from the desk meanwhile; taking it logs it again.",
        )  # fmt: skip

    def _counted(self, details: HoursDetails) -> HoursDetails:
        """*details* as they are logged: whether they count is what the rules say."""
        assert details.apprenticeship_id is not None  # rows without either are wrong
        assert details.done_on is not None
        counts = self._desk.counts(details.apprenticeship_id, details.activity, details.done_on)
        return replace(details, counts=counts)

    def _of_entry(
        self, key: str, number: int, details: HoursDetails, entry: LoggedEntry,
        findings: tuple[Finding, ...],
    ) -> LogRow | None:  # fmt: skip
        """What a row changes in its entry; None where the desk says the same."""
        there = entry.details
        if log_sheets.print_of(log_cells.tidied(there)) == log_sheets.print_of(details):
            self._unchanged += 1
            return None
        is_judged_anew = (there.activity, there.done_on) != (details.activity, details.done_on)
        counted = self._counted(details) if is_judged_anew else details
        kept = {name: getattr(there, name) for name in _BEYOND if name != "counts"}
        kept["counts"] = counted.counts if is_judged_anew else there.counts
        new = replace(details, **kept)
        correction = Correction(entry.id, entry.changed_in, self._changes(there, new))
        known = self._about.known.get(entry.id)
        is_conflict = known is not None and known.changed_in != entry.changed_in
        if is_conflict:
            return self._row(
                key, RowKind.CONFLICT, number, new, findings, correction=correction, old=there,
                why="Somebody changed it in the desk since the log was made.",
            )  # fmt: skip
        return self._row(
            key, RowKind.CORRECTION, number, new, findings, correction=correction, is_taken=True,
            old=there,
        )  # fmt: skip

    def _changes(self, old: HoursDetails, new: HoursDetails) -> tuple[Change, ...]:
        found = []
        for field, heading in (*_FIELDS.items(), ("counts", "Whether it counts")):
            was, now = getattr(old, field), getattr(new, field)
            if isinstance(was, str) and not isinstance(was, Activity):
                is_same = was.strip() == now.strip() or (field, ksb_codes.tidy(was)) == (
                    "ksbs",
                    now,
                )
            else:
                is_same = was == now
            if not is_same:
                found.append(
                    Change(field, heading, self._told(was), self._told(now), ((field, now),))
                )
        return tuple(found)

    def _told(self, value: object) -> str:
        if isinstance(value, bool):
            return "counts" if value else "does not count"
        if isinstance(value, int):
            return durations.sentence(value)
        if isinstance(value, UUID):
            return self._desk.names.get(value, "")
        return show_day(value) if isinstance(value, date) else str(value)

    def _new(
        self, strangers: Iterable[tuple[int, HoursDetails, str, tuple[Finding, ...]]]
    ) -> list[LogRow]:
        """Rows that the desk does not know; one that says what an entry says already is none."""
        unmet: dict[str, int] = defaultdict(int)
        for entry in self._desk.entries:
            if entry.id not in self._met:
                unmet[log_sheets.print_of(log_cells.tidied(entry.details))] += 1
        rows = []
        for number, details, key, findings in strangers:
            mark = log_sheets.print_of(details)
            if unmet[mark]:
                unmet[mark] -= 1
                self._unchanged += 1
                continue
            rows.append(
                self._row(
                    key, RowKind.NEW, number, self._counted(details), findings, is_taken=True
                )
            )  # fmt: skip
        return rows

    def _without_full_days(self, rows: list[LogRow]) -> list[LogRow]:
        """Rows that would fill a day beyond 24 hours are wrong, the last ones first."""
        sums: dict[tuple[UUID | None, date | None], int] = defaultdict(int)
        for entry in self._desk.entries:
            sums[entry.details.apprenticeship_id, entry.details.done_on] += (
                entry.details.minutes or 0
            )
        made = []
        for row in rows:
            details = row.details
            if details is None or not row.may_be_taken:
                made.append(row)
                continue
            day = (details.apprenticeship_id, details.done_on)
            before = self._by_id[row.correction.of].details if row.correction else None
            if before is not None:
                sums[before.apprenticeship_id, before.done_on] -= before.minutes or 0
            total = sums[day] + (details.minutes or 0)
            if total > DAY_MINUTES:
                assert details.done_on is not None
                finding = Finding(
                    Level.ROW,
                    "LG004",
                    f"{show_day(details.done_on)} would have {durations.sentence(total)}; a day has"
                    " 24 hours.",
                    place=self._place(row.number or 0, "minutes"),
                )
                if before is not None:
                    sums[before.apprenticeship_id, before.done_on] += before.minutes or 0
                made.append(
                    replace(
                        row, kind=RowKind.WRONG, findings=(*row.findings, finding),
                        why=_said(finding), is_taken=False,
                    )
                )  # fmt: skip
                continue
            sums[day] = total
            made.append(row)
        return made

    def _taken_out(self) -> list[LogRow]:
        """Entries whose rows are gone from the log, or emptied; they stay in the desk."""
        return [
            self._row(
                str(key), RowKind.TAKEN_OUT, None, self._by_id[key].details,
                why="Its row is not in the log any more. The entry stays in the desk; remove it"
                " there if it is wrong.",
            )
            for key in self._about.known
            if key not in self._met and key in self._by_id
        ]  # fmt: skip


def _said(finding: Finding) -> str:
    cell = replace(finding.place, file="", sheet="").words()
    said = f"{finding.message} {finding.remedy}".strip()
    return f"{cell[:1].upper()}{cell[1:]}: {said}" if cell else said


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
