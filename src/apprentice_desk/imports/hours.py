"""Reviewing a log of hours: whose they are, when, how long, and whether they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain import identifiers, people
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity, HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import values
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import PERSON_FIELDS, Kind, plain
from apprentice_desk.imports.identifying import Clues, NotFound, People, Person, Programme, folded
from apprentice_desk.imports.lengths import Times
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.rows import Options, Review, ReviewedRow, RowReader
from apprentice_desk.records import apprentices, hours
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.hours import HoursDetails, LoggedEntry
from apprentice_desk.resources import activity_words

_EVERY = 500  # rows between two words of progress


@dataclass(frozen=True, slots=True)
class HoursEntry:
    """An entry to be logged.

    *newcomer* is who must be added first; ``details.apprenticeship_id`` then only stands for the
    apprenticeship that adding makes.
    """

    details: HoursDetails
    source: str
    person: str
    newcomer: ApprenticeDetails | None = None


def clues_of(reader: RowReader) -> Clues:
    """Return what a row says about its person; a bad ULN refuses the row."""
    name = values.name(reader.cell("full_name"))
    if not name:
        parts = (values.name(reader.cell(each)) for each in ("given_names", "family_name"))
        name = " ".join(part for part in parts if part)
    return Clues(
        reader.read("uln", "IM104", values.uln) or "",
        values.code(reader.cell("reference")),
        values.code(reader.cell("email")),
        name,
    )


def people_in(table: Table, matching: Matching, everyone: People, options: Options) -> set[UUID]:
    """Return the keys of the desk's apprenticeships that rows of the table may belong to."""
    persons: dict[UUID, Person] = {}
    if options.apprentice:
        found = everyone.find(_clues_from(options.apprentice))
        if isinstance(found, Person):
            persons[found.id] = found
    if matching.has(*PERSON_FIELDS):
        for reader in RowReader.each(table, matching):
            found = everyone.find(clues_of(reader))
            if isinstance(found, Person):
                persons[found.id] = found
    return {each.id for person in persons.values() for each in person.programmes}


def review(
    table: Table,
    matching: Matching,
    everyone: People,
    courses: Courses,
    entries: frozenset[LoggedEntry],
    rules: HoursRules,
    today: date,
    options: Options,
    progress: Progress,
) -> Review[HoursEntry]:
    """Return what becomes of each row of a log of hours.

    Raises Problem when nothing says whose hours they are, or *options* name nobody of the desk.
    """
    reviewer = _Reviewer(table, matching, everyone, courses, entries, rules, today, options)
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(reviewer.row(reader))
    return Review(
        table.file_name, table.sheet, Kind.HOURS, matching, tuple(rows), tuple(reviewer.notes)
    )


def _clues_from(said: str) -> Clues:
    said = " ".join(said.split())
    try:
        return Clues(uln=identifiers.check_uln(said))
    except ValueError:
        if "@" in said:
            return Clues(email=said)
        return Clues(reference=said, name=said)


class _Reviewer:
    """What all rows of one log share: the people, what was seen before, how times are read."""

    def __init__(
        self,
        table: Table,
        matching: Matching,
        everyone: People,
        courses: Courses,
        entries: frozenset[LoggedEntry],
        rules: HoursRules,
        today: date,
        options: Options,
    ) -> None:
        self._table = table
        self._everyone = everyone
        self._courses = courses
        self._entries = entries
        self._rules = rules
        self._today = today
        self._options = options
        self._words: Mapping[str, Activity] = activity_words()
        self._activities: dict[str, Activity | None] = {}
        self._counts: dict[tuple[Activity, date], bool] = {}
        self._seen: dict[object, int] = {}
        self._newcomers = 0
        self.notes: list[Finding] = []
        self._times = Times(table, matching)
        if self._times.note:
            self.notes.append(self._times.note)
        self._has_people = matching.has(*PERSON_FIELDS)
        self._named = self._named_apprentice()
        self._is_of_one = self._named is not None and self._is_about_one(matching)
        column = matching.column_of("on_or_off")
        self._on_or_off_heading = column.heading if column else ""

    # --- whose hours ---

    def _named_apprentice(self) -> Person | None:
        said = self._options.apprentice
        if not said:
            if not self._has_people:
                raise Problem(
                    f"“{self._table.file_name}” has no column that says whose hours they are.",
                    "Name the apprentice (--apprentice NAME on the command line), or add a column"
                    " with names or ULNs.",
                )
            return None
        found = self._everyone.find(_clues_from(said))
        if isinstance(found, Person):
            return found
        if found.is_missing and self._options.add_missing:
            return self._newcomer(_clues_from(said), "")
        raise Problem(found.message, "Check the name, ULN or reference that you gave.")

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
            return self._named
        clues = clues_of(reader)
        if reader.is_refused():
            return None
        found: Person | NotFound = self._everyone.find(clues)
        if isinstance(found, NotFound) and found.is_missing and self._options.add_missing:
            found = self._newcomer(clues, values.said(reader.cell("course")), reader)
            if reader.is_refused():
                return None
        if isinstance(found, NotFound):
            reader.find(found.code, _columns_of_clue(found.clue), found.message, found.remedy)
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
            reader.find(
                "IM206",
                ("full_name", "family_name", "given_names"),
                f"The ULN is that of {found.name}.",
                "Check which of the two is right.",
                Level.NOTE,
            )
        return found

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
        day = reader.read("done_on", "IM101", values.day)
        if day is None and (no_entry := reader.why_no_entry()):
            return reader.skipped(no_entry, "done_on", minutes=minutes or 0)
        if day is not None and not day.is_day_given:
            reader.find(
                "IM101", "done_on", "This is a month, not a day.", "Give the day, as 4/8/2026."
            )
        person = self._person(reader)
        title = values.prose(reader.cell("title"))
        details = values.prose(reader.cell("details"))
        what = ": ".join(dict.fromkeys(part for part in (title, details) if part))
        activity = self._activity(reader, title, details)
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
        entry = replace(entry, counts=self._counts_as(reader, activity, entry.done_on, programme))
        if reader.is_refused():
            return reader.refused(minutes or 0)
        return self._told_apart(reader, entry, person)

    def _told_apart(
        self, reader: RowReader, entry: HoursDetails, person: Person
    ) -> ReviewedRow[HoursEntry]:
        minutes = entry.minutes or 0
        assert entry.apprenticeship_id is not None
        assert entry.done_on is not None
        logged = LoggedEntry(
            entry.apprenticeship_id, entry.done_on, minutes, entry.began_at, entry.what
        )
        if logged in self._entries:
            return reader.skipped(
                "Already here: the desk has this entry.", "done_on", minutes=minutes
            )
        before = self._seen.setdefault(entry, reader.number)
        if before != reader.number:
            return reader.skipped(
                f"The same as row {before} in every field.", "done_on", minutes=minutes
            )
        table = self._table
        in_sheet = "" if table.file_name.startswith(f"{table.sheet}.") else f"{table.sheet}, "
        source = f"{table.file_name}, {in_sheet}row {reader.number}"
        return reader.imported(
            HoursEntry(entry, source[-300:], person.name, person.details), minutes
        )

    def _activity(self, reader: RowReader, title: str, details: str) -> Activity:
        said = values.said(reader.cell("activity"))
        if said:
            if said not in self._activities:
                self._activities[said] = values.activity(said, self._words)
            return self._activities[said] or Activity.OTHER_TRAINING
        for words in (title, details):  # "Annual leave" alone in a diary names the activity too
            if words and (named := values.activity_named(words, self._words)):
                return named
        return Activity.OTHER_TRAINING

    def _ksbs(self, reader: RowReader, what: str) -> str:
        cells = reader.cells("ksbs")
        if not cells:
            return values.ksbs_in_brackets(what)
        parts = []
        for column, cell in cells:
            first = plain(column.heading)[:1].upper()
            is_one_kind = plain(column.heading) in _ONE_KIND
            parts.append(values.ksbs(cell, first if is_one_kind else ""))
        return ", ".join(part for part in parts if part)

    def _counts_as(
        self, reader: RowReader, activity: Activity, day: date, programme: Programme
    ) -> bool:
        key = (activity, day)
        if key not in self._counts:
            try:
                self._counts[key] = self._rules.counts(activity, day)
            except Problem as problem:
                reader.find("IM407", ("activity", "done_on"), problem.what, problem.remedy)
                return False
        counts = self._counts[key]
        try:
            is_off = values.is_off_the_job(reader.cell("on_or_off"), self._on_or_off_heading)
        except ValueError as error:
            is_off = None
            reader.find("IM404", "on_or_off", str(error), "It counts by its activity.", Level.NOTE)
        if is_off is False:
            counts = False
        if programme.started_on is not None and day < programme.started_on:
            reader.find(
                "IM401",
                "done_on",
                f"{show_day(day)} is before training started on {show_day(programme.started_on)},"
                " so it does not count.",
                "Check the day, or the start of training.",
                Level.NOTE,
            )
            counts = False
        return counts


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
            return ("duration", "minutes", "finished_at", "began_at")
        case "what":
            return ("details", "title")
        case "apprenticeship_id":
            return ("full_name", *PERSON_FIELDS)
    return (attribute,)


def _programme_on(person: Person, day: date) -> Programme:
    """Return the apprenticeship whose training covers *day*, else the last; the later of two."""
    covering = [
        each
        for each in person.programmes
        if each.started_on is not None
        and each.started_on <= day
        and (each.ends_on is None or day <= each.ends_on)
    ]
    return (covering or person.programmes)[-1]
