"""A log of hours held against the desk and against itself: known entries, corrections, twins.

A row is *already here* when it says nothing that its entry of the desk does not say; it *corrects*
an entry that is clearly the same one and says something else; it *looks like* another row or entry
when nothing proves that both are one.  Each entry of the desk answers to one row at most, the
surest evidence first.  Entries are held against rows of the same person, whichever of their
apprenticeships each was entered for: a day that moved, or a second apprenticeship begun since, is
no reason to log the same hours twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.imports.corrections import Change, Correction
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import plain
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.identifying import People, Person, Programme
from apprentice_desk.imports.likeness import are_similar, is_rounded, is_same_text
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Fate, Review, ReviewedRow
from apprentice_desk.records.hours import HoursDetails, LoggedEntry

_MOST_COMPARED = 40  # rows of one person, day and length: more are no longer told apart
_LONGEST_QUOTED = 60
_PLACE = re.compile(r", row \d+(?:, columns? [^,]*)?(?:, part \d+)?$")
_IF_BOTH = "Take it in if both happened."

Row = ReviewedRow[HoursEntry]
Key = tuple[UUID, date]


def compare(
    review: Review[HoursEntry],
    table: Table,
    entries: Sequence[LoggedEntry],
    everyone: People,
    courses: Courses,
) -> Review[HoursEntry]:
    """Return *review* with the rows skipped or offered that the desk or the list has already."""
    comparison = _Comparison(review, table, _Apprenticeships(everyone, courses))
    if entries:
        comparison.with_desk(entries)
    comparison.with_itself()
    return replace(review, all_rows=tuple(comparison.rows))


class _Apprenticeships:
    """Whose each apprenticeship is, and what tells one of a person's from another."""

    def __init__(self, everyone: People, courses: Courses) -> None:
        self._courses = courses
        self._by_id: dict[UUID, tuple[Person, Programme]] = {
            programme.id: (person, programme)
            for person in everyone.everyone
            for programme in person.programmes
        }

    def person_of(self, details: HoursDetails) -> UUID:
        """Return the key of the person whose hours these are."""
        key = details.apprenticeship_id
        assert key is not None
        found = self._by_id.get(key)
        return found[0].id if found is not None else key

    def called(self, key: UUID) -> str:
        """Return what a person calls an apprenticeship: its course, and when training started."""
        programme = self._by_id[key][1]
        standard = self._courses.with_code(programme.standard_code)
        title = standard.title if standard is not None else programme.course_title
        started = programme.started_on
        return f"{title} from {table_day(started)}" if started is not None else title

    def moved(self, row: HoursDetails, entry: HoursDetails) -> tuple[UUID, UUID] | None:
        """Return the apprenticeships that an entry leaves and comes to by what the row says.

        None where it may stay: its own apprenticeship covers the day too, or no other does.
        """
        old, new, day = entry.apprenticeship_id, row.apprenticeship_id, row.done_on
        if old == new or old not in self._by_id or new not in self._by_id or day is None:
            return None
        stays = self._by_id[old][1].covers(day) or not self._by_id[new][1].covers(day)
        return None if stays else (old, new)


class _Comparison:
    """The rows of one log, each settled at most once."""

    def __init__(
        self, review: Review[HoursEntry], table: Table, apprenticeships: _Apprenticeships
    ) -> None:
        self._apprenticeships = apprenticeships
        self.rows: list[Row] = list(review.all_rows)
        self._table = table
        self._columns = RowReader.columns_of(review.matching)
        self._open: dict[int, HoursEntry] = {
            at: row.entry for at, row in enumerate(self.rows) if row.entry is not None
        }
        self._read = dict(self._open)  # what stood in the rows, settled or not
        self._taken: set[UUID] = set()

    # --- against the desk ---

    def with_desk(self, entries: Sequence[LoggedEntry]) -> None:
        """Settle the rows that the desk has, from the surest evidence to the weakest."""
        exact: dict[tuple[Any, ...], list[LoggedEntry]] = {}
        for entry in entries:
            exact.setdefault(self._exactly(entry.details), []).append(entry)
        for at, row in list(self._open.items()):
            if known := exact.get(self._exactly(row.details)):
                self._settle_exact(at, row, known)
        if not self._open:
            return
        by_day: dict[Key, list[LoggedEntry]] = {}
        by_source: dict[str, list[LoggedEntry]] = {}
        for entry in entries:
            if entry.id not in self._taken:
                by_day.setdefault(self._day_of(entry.details), []).append(entry)
                by_source.setdefault(entry.source, []).append(entry)

        def same_day(row: HoursEntry) -> Iterable[LoggedEntry]:
            return by_day.get(self._day_of(row.details), ())

        def same_source(row: HoursEntry) -> Iterable[LoggedEntry]:
            return by_source.get(row.source, ())

        self._each(same_source, _is_of_that_row, self._correct)
        self._each(same_day, _begin_alike, self._correct)
        self._each(same_day, _say_the_same, self._correct_or_doubt)
        self._each(same_day, _are_alike, self._doubt)

    def _settle_exact(self, at: int, row: HoursEntry, known: list[LoggedEntry]) -> None:
        free = [entry for entry in known if entry.id not in self._taken] or known
        found = next((entry for entry in free if not self._changes(row, entry)), free[0])
        self._correct(at, row, found)

    def _each(
        self,
        candidates: Callable[[HoursEntry], Iterable[LoggedEntry]],
        is_it: Callable[[HoursEntry, LoggedEntry], bool],
        settle: Callable[[int, HoursEntry, LoggedEntry], None],
    ) -> None:
        for at, row in list(self._open.items()):
            for entry in candidates(row):
                if (
                    entry.id not in self._taken
                    and self._is_same_person(row, entry)
                    and is_it(row, entry)
                ):
                    settle(at, row, entry)
                    break

    def _correct(self, at: int, row: HoursEntry, entry: LoggedEntry) -> None:
        changes = self._changes(row, entry)
        self._taken.add(entry.id)
        if not changes:
            self._settle(at, self._skipped(at, "Already here: the desk has this entry."))
            return
        correction = Correction(entry.id, entry, changes)
        reason = f"Corrects what the desk has, once it is accepted: {correction.said}."
        self._settle(at, self._skipped(at, reason, offered=row, correction=correction))

    def _correct_or_doubt(self, at: int, row: HoursEntry, entry: LoggedEntry) -> None:
        mine, theirs = row.details.minutes or 0, entry.details.minutes or 0
        if _are_of_one_file(row, entry) or not (mine == theirs or is_rounded(mine, theirs)):
            self._correct(at, row, entry)
        else:
            self._doubt(at, row, entry)

    def _doubt(self, at: int, row: HoursEntry, entry: LoggedEntry) -> None:
        if _are_of_one_file(row, entry):
            self._correct(at, row, entry)
            return
        self._taken.add(entry.id)
        day = f" of {table_day(entry.details.done_on)}" if entry.details.done_on else ""
        reason = f"Looks like an entry{day} that the desk has: {_quoted(entry.details)}. {_IF_BOTH}"
        self._settle(at, self._skipped(at, reason, offered=row))

    # --- against itself ---

    def with_itself(self) -> None:
        """Set aside the rows that look like an earlier row of the same person and day."""
        by_day: dict[Key, list[int]] = {}
        for at, row in self._read.items():
            by_day.setdefault(self._day_of(row.details), []).append(at)
        for alike in by_day.values():
            if len(alike) > 1:
                self._with_each_other(alike)

    def _with_each_other(self, rows: list[int]) -> None:
        """Set aside what looks double among the rows of one person and day."""
        by_length: dict[int, list[int]] = {}
        by_text: dict[str, list[int]] = {}
        for at in rows:
            row = self._read[at]
            details = row.details
            alike = by_length.setdefault(details.minutes or 0, [])
            text = plain(details.what)
            same = by_text.setdefault(text, []) if text else []
            twin = None
            if at in self._open:
                twin = next(
                    (
                        other
                        for other in (*alike[:_MOST_COMPARED], *same[:_MOST_COMPARED])
                        if _are_twins(details, self._read[other].details)
                    ),
                    None,
                )
            if twin is None:
                alike.append(at)
                same.append(at)
                continue
            other = self.rows[twin]
            where = other.at or f"row {other.number}"
            quoted = _quoted(self._read[twin].details)
            reason = f"Looks like {where}: {quoted}. {_IF_BOTH}"
            self._settle(at, self._skipped(at, reason, offered=row))

    # --- whose, and what is said otherwise ---

    def _exactly(self, details: HoursDetails) -> tuple[Any, ...]:
        person = self._apprenticeships.person_of(details)
        return person, details.done_on, details.minutes, details.began_at, details.what

    def _day_of(self, details: HoursDetails) -> Key:
        assert details.done_on is not None
        return self._apprenticeships.person_of(details), details.done_on

    def _is_same_person(self, row: HoursEntry, entry: LoggedEntry) -> bool:
        person_of = self._apprenticeships.person_of
        return person_of(row.details) == person_of(entry.details)

    def _changes(self, row: HoursEntry, entry: LoggedEntry) -> tuple[Change, ...]:
        """Return what the row says otherwise, the apprenticeship that its day belongs to first."""
        changes = _changes(row, entry)
        moved = self._apprenticeships.moved(row.details, entry.details)
        if moved is None:
            return changes
        old, new = (self._apprenticeships.called(key) for key in moved)
        values = (("apprenticeship_id", moved[1]),)
        if changes and changes[0].field == "done_on":  # a day goes with its apprenticeship
            day = changes[0]
            return (
                replace(
                    day, old=f"{day.old} ({old})", new=f"{day.new} ({new})",
                    values=(*day.values, *values),
                ),
                *changes[1:],
            )  # fmt: skip
        return (Change("apprenticeship_id", "apprenticeship", old, new, values), *changes)

    # --- settling ---

    def _settle(self, at: int, row: Row) -> None:
        self.rows[at] = row
        self._open.pop(at, None)

    def _skipped(self, at: int, reason: str, **offer: Any) -> Row:
        reader = RowReader(self._table, self._columns, self._table.rows[at])
        return ReviewedRow(
            reader.number, Fate.SKIPPED, None, reason, reader.place("done_on"), (),
            self.rows[at].minutes, at=reader.at, **offer,
        )  # fmt: skip


def _file_of(source: str) -> str:
    """Return the file (and sheet) that a source names, without the place in it."""
    return _PLACE.sub("", source)


def _are_of_one_file(row: HoursEntry, entry: LoggedEntry) -> bool:
    return bool(entry.source) and _file_of(row.source) == _file_of(entry.source)


def _may_be_one(one: HoursDetails, other: HoursDetails) -> bool:
    """Whether their start times do not tell them apart."""
    return not (one.began_at and other.began_at) or one.began_at == other.began_at


def _is_of_that_row(row: HoursEntry, entry: LoggedEntry) -> bool:
    """Whether an entry that came from this row is still the same: rows may have moved."""
    mine, theirs = row.details, entry.details
    if mine.what and is_same_text(mine.what, theirs.what):
        return True
    if mine.done_on != theirs.done_on:
        return are_similar(mine.what, theirs.what)
    return not mine.what or not theirs.what or mine.minutes == theirs.minutes or (
        are_similar(mine.what, theirs.what)
    )  # fmt: skip


def _begin_alike(row: HoursEntry, entry: LoggedEntry) -> bool:
    return bool(row.details.began_at) and row.details.began_at == entry.details.began_at


def _say_the_same(row: HoursEntry, entry: LoggedEntry) -> bool:
    mine, theirs = row.details, entry.details
    return bool(mine.what) and is_same_text(mine.what, theirs.what) and _may_be_one(mine, theirs)


def _are_alike(row: HoursEntry, entry: LoggedEntry) -> bool:
    mine, theirs = row.details, entry.details
    return (
        mine.minutes == theirs.minutes
        and _may_be_one(mine, theirs)
        and are_similar(mine.what, theirs.what)
    )


def _are_twins(one: HoursDetails, other: HoursDetails) -> bool:
    """Whether two rows of one person and day look like one entry written down twice."""
    if not _may_be_one(one, other):
        return False
    mine, theirs = one.minutes or 0, other.minutes or 0
    if mine == theirs:
        if not one.what and not other.what:
            return one.activity is other.activity
        return are_similar(one.what, other.what)
    return bool(one.what) and is_same_text(one.what, other.what) and is_rounded(mine, theirs)


def _quoted(details: HoursDetails) -> str:
    text = " ".join(details.what.split())
    text = text if len(text) <= _LONGEST_QUOTED else f"{text[: _LONGEST_QUOTED - 1]}…"
    said = [sentence(details.minutes or 0)]
    if details.began_at:
        said.append(f"from {details.began_at}")
    return f"{' '.join(said)}{f', “{text}”' if text else f', {details.activity}'}"


def _changes(row: HoursEntry, entry: LoggedEntry) -> tuple[Change, ...]:
    """Return what the row says otherwise; what it leaves blank changes nothing."""
    mine, theirs = row.details, entry.details
    changes = []
    if mine.done_on != theirs.done_on and mine.done_on and theirs.done_on:
        changes.append(
            Change("done_on", "day", table_day(theirs.done_on), table_day(mine.done_on),
                   (("done_on", mine.done_on),))
        )  # fmt: skip
    if mine.minutes != theirs.minutes:
        changes.append(
            Change("minutes", "time spent", sentence(theirs.minutes or 0),
                   sentence(mine.minutes or 0), (("minutes", mine.minutes),))
        )  # fmt: skip
    if row.says_activity and mine.activity is not theirs.activity:
        changes.append(
            Change("activity", "kind of activity", str(theirs.activity), str(mine.activity),
                   (("activity", mine.activity), ("counts", mine.counts)))
        )  # fmt: skip
    elif mine.counts != theirs.counts and row.says_counts and row.source == entry.source:
        words: Mapping[bool, str] = {True: "yes", False: "no"}
        changes.append(
            Change("counts", "counts", words[theirs.counts], words[mine.counts],
                   (("counts", mine.counts),))
        )  # fmt: skip
    for name, words_of in (
        ("what", "description"),
        ("ksbs", "knowledge, skills and behaviours"),
        ("began_at", "start time"),
    ):
        new, old = getattr(mine, name), getattr(theirs, name)
        if new and new != (ksb_codes.tidy(old) if name == "ksbs" else old):
            changes.append(Change(name, words_of, old, new, ((name, new),)))
    return tuple(changes)
