"""Reviewing a log of hours: whose they are, when, how long, and whether they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import WrittenDay, show_day
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.hours_rules import Activity, HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import diaries, labels, values
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports.carried_days import carried_days
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import PERSON_FIELDS, Kind, own_words, plain
from apprentice_desk.imports.grid_cells import TOTALS
from apprentice_desk.imports.identifying import People, Person, Programme
from apprentice_desk.imports.lengths import LongDays, Times
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.preamble import Preamble
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import Providers
from apprentice_desk.imports.whose import Whose
from apprentice_desk.records import hours
from apprentice_desk.records.apprentices import ApprenticeDetails, Held
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.resources import activity_words

_LONGEST_WITHOUT_YEAR = 25
_EVERY = 500  # rows between two words of progress


@dataclass(frozen=True, slots=True)
class HoursEntry:
    """An entry to be logged.

    *newcomer* is who must be added first; ``details.apprenticeship_id`` then only stands for the
    apprenticeship that adding makes.  *says_activity* and *says_counts* tell what the row says of
    itself from what is made of its silence; *why_not* is why it does not count.
    """

    details: HoursDetails
    source: str
    person: str
    newcomer: ApprenticeDetails | None = None
    says_activity: bool = False
    says_counts: bool = False
    why_not: str = ""


def review(
    table: Table,
    matching: Matching,
    everyone: People,
    courses: Courses,
    held: Mapping[UUID, Held],
    known_providers: Providers,
    rules: HoursRules,
    today: date,
    options: Options,
    progress: Progress,
    weekly: Mapping[UUID, Sequence[tuple[date, int]]] | None = None,
    ksbs: Mapping[UUID, Sequence[str]] | None = None,
) -> Review[HoursEntry]:
    """Return what becomes of each row of a log of hours, leaving aside what the desk has already.

    *ksbs* has the codes of each apprenticeship whose standard is loaded.

    Raises Problem when nothing says whose hours they are, or *options* name nobody of the desk.
    """
    days = LongDays(weekly or {})
    reviewer = _Reviewer(
        table, matching, everyone, courses, rules, today, options, days, ksbs or {}
    )  # fmt: skip
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(reviewer.row(reader))
    says = reviewer.sheet_says(held, known_providers)
    blank = {change.field for change in says.changes if not change.old} if says else set()
    return Review(
        table.file_name, table.sheet, Kind.HOURS, matching, tuple(rows),
        (*reviewer.notes, *reviewer.whose_notes),
        sheet_says=says, believed=frozenset(blank),
    )  # fmt: skip


class _Reviewer:
    """What all rows of one log share: the people, what was seen before, how times are read."""

    def __init__(
        self,
        table: Table,
        matching: Matching,
        everyone: People,
        courses: Courses,
        rules: HoursRules,
        today: date,
        options: Options,
        days: LongDays,
        known_ksbs: Mapping[UUID, Sequence[str]],
    ) -> None:
        self._table = table
        self._known_ksbs = known_ksbs
        self._days = days
        self._everyone = everyone
        self._courses = courses
        self._rules = rules
        self._today = today
        self._options = options
        self._words: Mapping[str, Activity] = activity_words()
        self._activities: dict[str, Activity | None] = {}
        self._why_not: dict[tuple[Activity, date], str] = {}
        self._preamble: Preamble = preambles.read(table)
        self._seen: dict[object, str] = {}
        self._so_far = self._so_far_in_block = 0
        self.notes: list[Finding] = []
        self._times = Times(table, matching)
        if self._times.note:
            self.notes.append(self._times.note)
        above = (values.line(c) for row in table.preamble for c in row.cells if c is not None)
        self._year = labels.year_in((*above, table.sheet, table.file_name))
        self._carried = carried_days(table, matching)
        self._whose = Whose(table, matching, everyone, courses, today, options, self._preamble)
        self._sections = self._whose.sections
        column = matching.column_of("on_or_off")
        self._on_or_off_heading = column.heading if column else ""

    # --- one row ---

    def row(self, reader: RowReader) -> ReviewedRow[HoursEntry]:
        """Return what becomes of one row."""
        minutes = self._times.minutes(reader)
        if self._sections.is_start(reader.number):
            self._so_far_in_block = 0
        if no_entry := self._sections.why_no_entry(reader.number):
            return reader.skipped(no_entry, minutes=0)
        if reader.left_out:
            return _no_entry(reader, reader.left_out, "duration", minutes)
        day = self._day(reader, minutes)
        if (day is None or minutes is None) and (no_entry := reader.why_no_entry()):
            return _no_entry(reader, no_entry, "done_on", minutes)
        is_sum = bool(minutes) and minutes in (self._so_far, self._so_far_in_block)
        if day is None and is_sum and reader.tells_only("duration", "minutes"):
            return _no_entry(reader, TOTALS, "duration", minutes)
        self._so_far += minutes or 0
        self._so_far_in_block += minutes or 0
        day = self._not_to_come(reader, day)
        if day is not None and not day.is_day_given:
            reader.find(
                "IM101", "done_on", "This is a month, not a day.", "Give the day, as 4/8/2026."
            )
        person = self._whose.person(reader)
        title = values.prose(reader.cell("title"))
        details = values.prose(reader.cell("details"))
        diary = values.prose(reader.cell("diary"))
        what = ": ".join(dict.fromkeys(part for part in (title, details, diary) if part))
        said = self._activity(reader, title, details, diaries.without_lengths(diary))
        activity = said or Activity.OTHER_TRAINING
        began_at = reader.read("began_at", "IM403", values.clock, is_note=True) or ""
        programme = _programme_on(person, day.day) if person and day else None
        entry = HoursDetails(
            apprenticeship_id=programme.id if programme else UUID(int=0),
            done_on=day.day if day else None,
            minutes=minutes,
            activity=activity,
            what=what,
            ksbs=self._ksbs(reader, what),
            began_at=began_at,
        )
        if wrong := hours.check(entry, self._today):
            reader.take_over_if_new(wrong, _columns_of_entry)
        if reader.is_refused() or person is None or programme is None or entry.done_on is None:
            return reader.refused(minutes or 0)
        is_off = self._is_off(reader)
        why_not = self._why_not_counting(reader, activity, entry.done_on, programme, is_off)
        if reader.is_refused():
            return reader.refused(minutes or 0)
        if why_not:
            entry = replace(entry, counts=False)
        self._look_at_codes(reader, entry.ksbs, programme.id)
        self._look_at_day(reader, entry)
        return self._told_apart(
            reader,
            HoursEntry(
                entry,
                self._source(reader),
                person.name,
                person.details,
                said is not None,
                is_off is not None,
                why_not,
            ),
        )

    def _day(self, reader: RowReader, minutes: int | None) -> WrittenDay | None:
        """Return the day: in its own cell, of several days the last, or the one left blank below.

        What is not simply in the cell is worth a look.
        """
        if (written := self._not_simply_a_day(reader)) is not None:
            return written
        day = reader.read("done_on", "IM101", values.day)
        if day is None and minutes and (above := self._carried.get(reader.number)) is not None:
            row, cell = above
            note = f"The day is that of row {row}: this one leaves it blank below it."
            reader.find("IM467", "done_on", note, "Check the day.", Level.NOTE)
            return values.day(cell)
        return day

    def _not_simply_a_day(self, reader: RowReader) -> WrittenDay | None:
        """Return the last of several days in a cell, or one whose year stands above the list."""
        cell = reader.cell("done_on")
        if not isinstance(cell, str):
            return None
        try:
            values.day(cell)
        except ValueError:
            pass
        else:
            return None
        if (days := values.span(cell)) is not None:
            note = (
                f"These are several days: the hours are entered on {show_day(days[1])}, the last."
            )
            reader.find("IM468", "done_on", note, "Part them by hand if it matters.", Level.NOTE)
            return WrittenDay(days[1], is_day_given=True)
        if self._year is None or len(cell) > _LONGEST_WITHOUT_YEAR:
            return None
        told = labels.day_without_year(values.line(cell), self._year)
        if told is None:
            return None
        note = f"The year is not said here; {told.year} is taken from above the list."
        reader.find("IM469", "done_on", note, "Check the year.", Level.NOTE)
        return WrittenDay(told, is_day_given=True)

    def _look_at_codes(self, reader: RowReader, said: str, apprenticeship_id: UUID) -> None:
        """Note codes that the standard does not have, where it is loaded."""
        known = self._known_ksbs.get(apprenticeship_id)
        if wrong := ksb_codes.not_known(ksb_codes.codes_in(said), known):
            message, has = wrong
            remedy = f"{has} The code is kept as it stands."
            reader.find("IM470", "ksbs", message, remedy, Level.NOTE)

    def _look_at_day(self, reader: RowReader, entry: HoursDetails) -> None:
        """Note more hours than a day has by the contract, and where a cell's hours were parted."""
        assert entry.apprenticeship_id is not None
        assert entry.done_on is not None
        number, parts = reader.part
        if parts > 1:
            reader.find(
                "IM460", "duration",
                f"The hours of one cell, too many for one day: part {number} of {parts}.", "",
                Level.NOTE,
            )  # fmt: skip
        if reader.period is not None or not entry.counts:
            return
        if said := self._days.add(entry.apprenticeship_id, entry.done_on, entry.minutes or 0):
            names = ("duration", "minutes", "diary", "finished_at")
            reader.find("IM450", names, said, "Check the hours, or the day.", Level.NOTE)

    def _not_to_come(self, reader: RowReader, day: WrittenDay | None) -> WrittenDay | None:
        """Return the day, or today for a week or month that is still going on."""
        period = reader.period
        if day is None or period is None or not period.first <= self._today < day.day:
            return day
        return replace(day, day=self._today)

    def _told_apart(self, reader: RowReader, entry: HoursEntry) -> ReviewedRow[HoursEntry]:
        minutes = entry.details.minutes or 0
        called = reader.called
        before = self._seen.setdefault(entry.details, called)
        if before != called:
            return reader.skipped(
                f"The same as {before} in every field.", "done_on", minutes=minutes
            )
        return reader.imported(entry, minutes)

    def _source(self, reader: RowReader) -> str:
        """Return where the row stands, as is kept with its entry."""
        file_name = self._table.file_name
        in_sheet = "" if file_name.startswith(f"{reader.sheet}.") else f"{reader.sheet}, "
        return f"{file_name}, {in_sheet}{reader.called.partition(' of “')[0]}"[-300:]

    def _activity(self, reader: RowReader, *texts: str) -> Activity | None:
        """Return what the row says was done; None where it does not say."""
        said = values.said(reader.cell("activity"))
        if said:
            if said not in self._activities:
                self._activities[said] = values.activity(said, self._words)
            return self._activities[said] or Activity.OTHER_TRAINING
        for words in texts:  # "Annual leave" alone in a diary names the activity too
            if words and (named := values.activity_named(words, self._words)):
                return named
        return None

    def _ksbs(self, reader: RowReader, what: str) -> str:
        cells = reader.cells("ksbs")
        if not cells and reader.cell("diary"):
            return values.ksbs_anywhere(what)
        if not cells:
            return values.ksbs_in_brackets(what)
        parts = []
        for column, cell in cells:
            own = plain(own_words(column.heading))
            first = own[:1].upper()
            is_one_kind = own in _ONE_KIND
            parts.append(values.ksbs(cell, first if is_one_kind else ""))
        said = ", ".join(part for part in parts if part)
        return ksb_codes.tidy(said) or values.ksbs_in_brackets(what)

    def _is_off(self, reader: RowReader) -> bool | None:
        """Return whether the row says off the job, None where it does not say."""
        try:
            return values.is_off_the_job(reader.cell("on_or_off"), self._on_or_off_heading)
        except ValueError as error:
            reader.find("IM404", "on_or_off", str(error), "It counts by its activity.", Level.NOTE)
            return None

    def _why_not_counting(
        self,
        reader: RowReader,
        activity: Activity,
        day: date,
        programme: Programme,
        is_off: bool | None,
    ) -> str:
        """Return why the row does not count towards the hours off the job, "" where it does."""
        key = (activity, day)
        if key not in self._why_not:
            try:
                rule = self._rules.counting_rule(activity, day)
            except Problem as problem:
                reader.find("IM407", ("activity", "done_on"), problem.what, problem.remedy)
                return ""
            self._why_not[key] = "" if rule.counts else f"Does not count: {activity}."
        why = self._why_not[key]
        if is_off is False and not why:
            why = "Does not count: it was on the job."
        if programme.started_on is not None and day < programme.started_on:
            reader.find(
                "IM401",
                "done_on",
                f"{show_day(day)} is before training started on {show_day(programme.started_on)},"
                " so it does not count.",
                "Check the day, or the start of training.",
                Level.NOTE,
            )
            why = why or "Does not count: it was before training started."
        return why

    # --- what stands above the rows ---

    @property
    def whose_notes(self) -> tuple[Finding, ...]:
        """What is worth knowing of how people were found, and who is added."""
        return tuple(self._whose.notes)

    def sheet_says(
        self, held: Mapping[UUID, Held], known_providers: Providers
    ) -> Correction | None:
        """Return what the preamble would change of the one person whom the rows are about."""
        persons = self._whose.persons
        if not self._preamble.facts or len(persons) != 1:
            return None
        (person,) = persons.values()
        programme = _programme_on(person, self._today)
        known = held.get(programme.id)
        before = known.details if known is not None else person.details
        if before is None:
            return None
        changes = self._preamble.changes_of(before, self._courses, known_providers)
        return (
            Correction(programme.id, known.stamp if known else None, changes) if changes else None
        )


_ONE_KIND = frozenset({"knowledge", "skills", "skill", "behaviours", "behaviour"})


def _columns_of_entry(attribute: str) -> tuple[str, ...]:
    match attribute:
        case "minutes":
            return ("duration", "minutes", "finished_at", "began_at", "diary")
        case "what":
            return ("details", "diary", "title")
        case "apprenticeship_id":
            return ("full_name", *PERSON_FIELDS)
    return (attribute,)


def _programme_on(person: Person, day: date) -> Programme:
    """Return the apprenticeship whose training covers *day*, else the last; the later of two."""
    covering = [each for each in person.programmes if each.covers(day)]
    return (covering or person.programmes)[-1]


def _no_entry(
    reader: RowReader, why: str, column: str, minutes: int | None
) -> ReviewedRow[HoursEntry]:
    """Skip a row that is no entry; a total says again what other rows say, so it has no hours."""
    return reader.skipped(why, column, minutes=0 if why == TOTALS else minutes or 0)
