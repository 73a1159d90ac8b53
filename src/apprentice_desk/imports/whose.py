"""Whose the rows of a log of hours are: the person of each, known, added or asked about."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from apprentice_desk.domain import people
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import likeness, sections, values
from apprentice_desk.imports import preamble as preambles
from apprentice_desk.imports.clues import clues_from, clues_of
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import PERSON_FIELDS
from apprentice_desk.imports.identifying import Clues, NotFound, People, Person, Programme, folded
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.preamble import Preamble
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Options
from apprentice_desk.records import apprentice_checks
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.sheets import Cell


def people_in(table: Table, matching: Matching, everyone: People, options: Options) -> set[UUID]:
    """Return the keys of the desk's apprenticeships that rows of the table may belong to."""
    persons: dict[UUID, Person] = {}
    everyone.heed(options)
    blocks = sections.find(table, matching, everyone, options)
    above = preambles.read(table).clues or blocks.above
    clues = clues_from(options.apprentice) if options.apprentice else above
    for each in (clues, *blocks.everybody()):
        found = everyone.find(each)
        if isinstance(found, Person):
            persons[found.id] = found
    if matching.has(*PERSON_FIELDS):
        columns = RowReader.columns_of(matching)
        telling = [column.index for column in matching.columns if column.field in PERSON_FIELDS]
        seen: set[tuple[Cell, ...]] = set()  # one person has many rows
        for row in table.rows:
            said = tuple([row.cells[index] for index in telling])
            if said in seen:
                continue
            seen.add(said)
            found = everyone.find(clues_of(RowReader(table, columns, row)))
            if isinstance(found, Person):
                persons[found.id] = found
    return {each.id for person in persons.values() for each in person.programmes}


class Whose:
    """Finds the person of each row of one log, by the row, what stands above it, or what is said.

    *persons* are those who were found, *notes* what is worth knowing of how.  Raises Problem when
    nothing says whose hours they are, or *options* name nobody of the desk.
    """

    def __init__(
        self,
        table: Table,
        matching: Matching,
        everyone: People,
        courses: Courses,
        today: date,
        options: Options,
        preamble: Preamble,
    ) -> None:
        self._table = table
        self._everyone = everyone
        self._courses = courses
        self._today = today
        self._options = options
        self._preamble = preamble
        self._newcomers = 0
        everyone.heed(options)
        self.sections = sections.find(table, matching, everyone, options)
        self.persons: dict[UUID, Person] = {}
        self.notes: list[Finding] = list(self.sections.notes())
        self._only_sheets = self._are_people_sheets(matching)
        self._has_people = matching.has(*PERSON_FIELDS) or bool(self.sections)
        if options.apprentice and self._only_sheets and not self.sections:
            self._has_people = not self._are_sheets_nobodys()
        self._named = self._named_apprentice()
        self._is_of_one = self._named is not None and self._is_about_one(matching)

    def _named_apprentice(self) -> Person | None:
        said = self._options.apprentice
        titled = self._preamble.clues or self.sections.above
        clues = clues_from(said) if said else titled
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

    def _are_people_sheets(self, matching: Matching) -> bool:
        """Whether no column names people but that of the sheets."""
        people = {c.index for name in PERSON_FIELDS for c in matching.columns_of(name)}
        return people == {self._table.sheet_column}

    def _are_sheets_nobodys(self) -> bool:
        """Whether no sheet is called like anybody here."""
        sheets = (Clues(name=name) for name in self._table.joined)
        return all(isinstance(self._everyone.find(clues), NotFound) for clues in sheets)

    def _is_about_one(self, matching: Matching) -> bool:
        """Whether all rows name the same person, and nobody else of the desk than the one given."""
        first: dict[Clues, None] = {}
        for reader in RowReader.each(self._table, matching):
            if not self.sections.why_no_entry(reader.number) and (clues := self._clues(reader)):
                first[clues] = None
                if len(first) > 1:
                    return False
        found = [self._everyone.find(clues) for clues in first]
        return all(one is self._named or isinstance(one, NotFound) for one in found)

    def _clues(self, reader: RowReader) -> Clues:
        """Return who the row says it is of, or who is named above it."""
        own = clues_of(reader)
        if not self.sections or (own and not self._only_sheets):
            return own
        return self.sections.clues_at(reader.number) or own

    def person(self, reader: RowReader) -> Person | None:
        """Return whose row it is; None with a finding where it is nobody's."""
        if self._named is not None and (self._is_of_one or not self._has_people):
            self.persons[self._named.id] = self._named
            return self._named
        clues = self._clues(reader)
        if reader.is_refused():
            return None
        found: Person | NotFound = self._everyone.find(clues)
        if isinstance(found, NotFound) and self._may_add(found, clues):
            found = self._newcomer(clues, values.said(reader.cell("course")), reader)
            if reader.is_refused():
                return None
        if isinstance(found, NotFound):
            where = "" if clues_of(reader) else self.sections.where(reader.number)
            message = f"{found.message} ({where[:1].upper()}{where[1:]} names them.)"
            names = _columns_of_clue(found.clue)
            reader.find(found.code, names, message if where else found.message, found.remedy)
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
        self.persons[found.id] = found
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
        wrong = apprentice_checks.check(details, self._today)
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


def _columns_of_clue(clue: str) -> tuple[str, ...]:
    names = ("full_name", "family_name", "given_names")
    return (*names, *PERSON_FIELDS) if clue == "name" else (clue, *PERSON_FIELDS)


def _columns_of_person(attribute: str) -> tuple[str, ...]:
    names = {"employee_reference": "reference", "course_title": "course"}
    return (names.get(attribute, attribute), "full_name", *PERSON_FIELDS)
