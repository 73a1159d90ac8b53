"""Reviewing a log of hours: whose they are, when, how long, and whether they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain import people
from apprentice_desk.domain.calendar import WrittenDay, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity, HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import diaries, likeness, values
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import PERSON_FIELDS, Kind, own_words, plain
from apprentice_desk.imports.grid_cells import TOTALS
from apprentice_desk.imports.identifying import Clues, NotFound, People, Person, Programme, folded
from apprentice_desk.imports.lengths import LongDays, Times
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.preamble import Preamble
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import Providers
from apprentice_desk.imports.whose import clues_from, clues_of
from apprentice_desk.records import apprentices, hours
from apprentice_desk.records.apprentices import ApprenticeDetails, Held
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.resources import activity_words

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
) -> Review[HoursEntry]:
    """Return what becomes of each row of a log of hours, leaving aside what the desk has already.

    Raises Problem when nothing says whose hours they are, or *options* name nobody of the desk.
    """
    days = LongDays(weekly or {})
    reviewer = _Reviewer(table, matching, everyone, courses, rules, today, options, days)
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(reviewer.row(reader))
    says = reviewer.sheet_says(held, known_providers)
    blank = {change.field for change in says.changes if not change.old} if says else set()
    return Review(
        table.file_name, table.sheet, Kind.HOURS, matching, tuple(rows), tuple(reviewer.notes),
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
    ) -> None:
        self._table = table
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
        self._persons: dict[UUID, Person] = {}
        everyone.heed(options)
        self._seen: dict[object, str] = {}
        self._so_far = 0
        self._newcomers = 0
        self.notes: list[Finding] = []
        self._times = Times(table, matching)
        if self._times.note:
            self.notes.append(self._times.note)
        self._has_people = matching.has(*PERSON_FIELDS)
        if options.apprentice and self._only_sheets_name_people(matching):
            self._has_people = False
        self._named = self._named_apprentice()
        self._is_of_one = self._named is not None and self._is_about_one(matching)
        column = matching.column_of("on_or_off")
        self._on_or_off_heading = column.heading if column else ""

    # --- whose hours ---

    def _named_apprentice(self) -> Person | None:
        said = self._options.apprentice
        clues = clues_from(said) if said else self._preamble.clues
        if not said and self._has_people:
            return None
        if said and folded(said) == folded(self._preamble.clues.name):
            clues = self._preamble.clues  # it stands above the list, and may say a ULN too
        found = self._everyone.find(clues)
        if isinstance(found, Person):
            return found
        if self._may_add(found, clues):
            return self._newcomer(clues, self._preamble.get("course") or "")
        if said:
            raise Problem(found.message, "Check the name, ULN or reference that you gave.")
        above = f" Above it stands {clues.name}: {found.message}" if clues.name else ""
        raise Problem(
            f"“{self._table.file_name}” has no column that says whose hours they are.{above}",
            "Name the apprentice (--apprentice NAME on the command line), or add a column"
            " with names or ULNs.",
        )

    def _only_sheets_name_people(self, matching: Matching) -> bool:
        """Whether people are only named by sheets, and no sheet is called like anybody here."""
        people = {c.index for name in PERSON_FIELDS for c in matching.columns_of(name)}
        if people != {self._table.sheet_column}:
            return False
        sheets = (Clues(name=name) for name in self._table.joined)
        return all(isinstance(self._everyone.find(clues), NotFound) for clues in sheets)

    def _is_about_one(self, matching: Matching) -> bool:
        """Whether all rows name the same person, and nobody else of the desk than the one given."""
        first: dict[Clues, None] = {}
        for reader in RowReader.each(self._table, matching):
            if clues := clues_of(reader):
                first[clues] = None
                if len(first) > 1:
                    return False
        found = [self._everyone.find(clues) for clues in first]
        return all(one is self._named or isinstance(one, NotFound) for one in found)

    def _person(self, reader: RowReader) -> Person | None:
        """Return whose row it is; None with a finding where it is nobody's."""
        if self._named is not None and (self._is_of_one or not self._has_people):
            self._persons[self._named.id] = self._named
            return self._named
        clues = clues_of(reader)
        if reader.is_refused():
            return None
        found: Person | NotFound = self._everyone.find(clues)
        if isinstance(found, NotFound) and self._may_add(found, clues):
            found = self._newcomer(clues, values.said(reader.cell("course")), reader)
            if reader.is_refused():
                return None
        if isinstance(found, NotFound):
            reader.find(found.code, _columns_of_clue(found.clue), found.message, found.remedy)
            reader.near = found.near
            return None
        if self._named is not None and found is not self._named:
            reader.find(
                "IM205",
                PERSON_FIELDS,
                f"This row is about {found.name}, but the import is for {self._named.name}.",
                "Import the list without naming one apprentice.",
            )
            return None
        if clues.name and clues.uln and folded(clues.name) != folded(found.name):
            is_another = not likeness.may_be_one(clues.name, found.name)
            reader.find(
                "IM206",
                ("full_name", "family_name", "given_names"),
                f"The ULN is that of {found.name}.",
                "Check which of the two is right.",
                Level.ROW if is_another else Level.NOTE,
            )
            if is_another:
                return None
        self._persons[found.id] = found
        return found

    def _may_add(self, found: NotFound, clues: Clues) -> bool:
        """Whether somebody who is not in the desk is added: everybody, or this one by a word."""
        is_wanted = self._options.add_missing or self._everyone.is_newcomer(clues.name)
        return found.is_missing and is_wanted

    def _newcomer(self, clues: Clues, course: str, reader: RowReader | None = None) -> Person:
        given, family = people.split_name(clues.name)
        found = self._courses.find(course) if values.code(course) else None
        standard = found.standard if found else None
        unknown = f"Not known (from {self._table.file_name})"[:200]
        details = ApprenticeDetails(
            given_names=given,
            family_name=family,
            uln=clues.uln or None,
            email=clues.email,
            employee_reference="" if self._options.apprentice else clues.reference,
            standard_code=standard.code if standard else None,
            course_title="" if standard else (found.title if found else unknown),
        )
        wrong = apprentices.check(details, self._today)
        if reader is not None:
            reader.take_over(wrong, _columns_of_person)
        elif wrong:
            raise Problem(f"{wrong[0].message}", "Check the name that you gave.")
        self._newcomers += 1
        key = UUID(int=self._newcomers)  # stands for the key that adding the person will make
        person = Person(
            key,
            clues.name or clues.email or clues.uln or clues.reference,
            details.uln,
            details.email,
            {details.employee_reference} - {""},
            [Programme(key, details.standard_code, details.course_title, None, None)],
            details,
        )
        if reader is None or not reader.is_refused():
            self._everyone.add(person)
            self.notes.append(
                Finding(
                    Level.NOTE,
                    "IM405",
                    f"{person.name} is added"
                    + (f" on {standard.title}." if standard else "; the course is not known."),
                    "Add the course, the start and the planned end: without them the hours have no"
                    " plan to be held against.",
                    reader.place("full_name", *PERSON_FIELDS) if reader else Place(),
                )
            )
        return person

    # --- one row ---

    def row(self, reader: RowReader) -> ReviewedRow[HoursEntry]:
        """Return what becomes of one row."""
        minutes = self._times.minutes(reader)
        if reader.left_out:
            return _no_entry(reader, reader.left_out, "duration", minutes)
        day = reader.read("done_on", "IM101", values.day)
        if (day is None or minutes is None) and (no_entry := reader.why_no_entry()):
            return _no_entry(reader, no_entry, "done_on", minutes)
        is_sum = bool(minutes) and minutes == self._so_far
        if day is None and is_sum and reader.tells_only("duration", "minutes"):
            return _no_entry(reader, TOTALS, "duration", minutes)
        self._so_far += minutes or 0
        day = self._not_to_come(reader, day)
        if day is not None and not day.is_day_given:
            reader.find(
                "IM101", "done_on", "This is a month, not a day.", "Give the day, as 4/8/2026."
            )
        person = self._person(reader)
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
        return ", ".join(part for part in parts if part) or values.ksbs_in_brackets(what)

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

    def sheet_says(
        self, held: Mapping[UUID, Held], known_providers: Providers
    ) -> Correction | None:
        """Return what the preamble would change of the one person whom the rows are about."""
        if not self._preamble.facts or len(self._persons) != 1:
            return None
        (person,) = self._persons.values()
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


def _columns_of_clue(clue: str) -> tuple[str, ...]:
    names = ("full_name", "family_name", "given_names")
    return (*names, *PERSON_FIELDS) if clue == "name" else (clue, *PERSON_FIELDS)


def _columns_of_person(attribute: str) -> tuple[str, ...]:
    names = {"employee_reference": "reference", "course_title": "course"}
    return (names.get(attribute, attribute), "full_name", *PERSON_FIELDS)


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
