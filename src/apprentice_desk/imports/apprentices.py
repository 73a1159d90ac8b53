"""Reviewing a list of apprentices: who is new, who is here already, who starts another course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.calendar import Period, WrittenDay
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import differences, likeness, values
from apprentice_desk.imports.apprentice_facts import Ending, Facts, columns_of, end
from apprentice_desk.imports.corrections import Correction
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.following import clash, is_same_start
from apprentice_desk.imports.identifying import People, Person, Programme, folded
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.rows import Options, Review, ReviewedRow
from apprentice_desk.imports.training_providers import ProviderChoice, Providers
from apprentice_desk.records import apprentice_checks
from apprentice_desk.records.apprentices import ApprenticeDetails, Held

_EVERY = 200


@dataclass(frozen=True, slots=True)
class ApprenticeEntry:
    """An apprenticeship to be added.

    *person* is the key of somebody of the desk, or stands for somebody whom the list adds; rows
    of one person carry the same key.
    """

    details: ApprenticeDetails
    person: UUID
    is_new_person: bool
    provider: ProviderChoice | None = None
    paused_from: WrittenDay | None = None
    course: str = ""
    """What the course is called: by its standard where that is known, else as the list has it."""

    @property
    def name(self) -> str:
        """The person's name."""
        return full_name(self.details.given_names, self.details.family_name)


def review(
    table: Table,
    matching: Matching,
    everyone: People,
    courses: Courses,
    known_providers: Providers,
    held: Mapping[UUID, Held],
    today: date,
    options: Options,
    progress: Progress,
) -> Review[ApprenticeEntry]:
    """Return what becomes of each row of a list of apprentices."""
    everyone.heed(options)
    reviewer = _Reviewer(everyone, courses, known_providers, held, today)
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(reviewer.row(reader))
    return Review(table.file_name, table.sheet, Kind.APPRENTICES, matching, tuple(rows))


class _Reviewer:
    """What all rows of one list share."""

    def __init__(
        self,
        everyone: People,
        courses: Courses,
        known_providers: Providers,
        held: Mapping[UUID, Held],
        today: date,
    ) -> None:
        self._held = held
        self._corrected: dict[UUID, int] = {}
        self._everyone = everyone
        self._courses = courses
        self._facts = Facts(courses, known_providers)
        self._providers = known_providers
        self._today = today
        self._newcomers = 0

    def row(self, reader: RowReader) -> ReviewedRow[ApprenticeEntry]:
        """Return what becomes of one row."""
        if no_entry := reader.why_no_entry():
            return reader.skipped(no_entry, "full_name", "family_name")
        course = self._facts.course(reader)
        ending = self._facts.ending(reader)
        provider = self._facts.provider(reader)
        starts = reader.read("training_started_on", "IM101", values.day)
        ends = reader.read("training_planned_end_on", "IM101", end)
        details = self._facts.details(reader, course, ending, starts, ends)
        breaks = (Period(ending.paused_from.day),) if ending.paused_from else ()
        reader.take_over_if_new(apprentice_checks.check(details, self._today, breaks), columns_of)
        if reader.is_refused():
            return reader.refused()
        return self._placed(reader, details, provider, ending, starts)

    # --- whom it is about ---

    def _placed(
        self,
        reader: RowReader,
        details: ApprenticeDetails,
        provider: ProviderChoice | None,
        ending: Ending,
        starts: WrittenDay | None,
    ) -> ReviewedRow[ApprenticeEntry]:
        person, clue = self._same_person(details)
        named = full_name(details.given_names, details.family_name)
        if person is not None and not likeness.may_be_one(named, person.name):
            reader.find(
                "IM206", (clue, "full_name", "family_name"),
                f"This says {named}, but the desk or the list knows it as that of {person.name}.",
                "Put the number or the name right.",
            )  # fmt: skip
            return reader.refused()
        programme = Programme(
            UUID(int=0),
            details.standard_code,
            details.course_title,
            details.training_started_on,
            details.ended_on if details.outcome else details.training_planned_end_on,
            details.outcome is not None,
            details.is_start_day_given,
            reader.row_number,
        )
        if person is not None:
            for other in person.programmes:
                if self._is_same_course(other, programme) and is_same_start(other, starts):
                    return self._known(reader, person, other, details, provider, ending, clue)
            if moved := self._moved(person, programme, clue):
                return self._known(reader, person, moved, details, provider, ending, clue)
            if wrong := clash(person, programme):
                reader.find("IM301", ("training_started_on", "course", clue), *wrong)
                return reader.refused()
            if folded(named) != folded(person.name):
                reader.find(
                    "IM206", ("full_name", "family_name"), f"The desk calls them {person.name}.",
                    "Check that it is the same person.", Level.NOTE,
                )  # fmt: skip
            person.programmes.append(programme)
        else:
            self._warn_of_namesakes(reader, details)
            person = self._newcomer(details, programme)
        return reader.imported(
            ApprenticeEntry(
                details,
                person.id,
                person.details is not None,
                provider,
                ending.paused_from,
                self._called(details),
            )
        )

    def _known(
        self,
        reader: RowReader,
        person: Person,
        programme: Programme,
        details: ApprenticeDetails,
        provider: ProviderChoice | None,
        ending: Ending,
        clue: str,
    ) -> ReviewedRow[ApprenticeEntry]:
        """Return a row whose apprenticeship is here already, offering what it says otherwise."""
        cells = (clue, "full_name", "family_name")
        held = self._held.get(programme.id) if programme.row is None else None
        row = programme.row or self._corrected.get(programme.id)
        if held is None or row is not None:
            where = "Already here" if row is None else f"The same as row {row}"
            return reader.skipped(f"{where}: {person.name} with this course and start.", *cells)
        self._corrected[programme.id] = reader.number
        before = held.details
        changes = differences.of_details(before, details)
        if details.standard_code and not before.standard_code:
            standard = self._courses.with_code(details.standard_code)
            title = standard.title if standard else details.standard_code
            changes += differences.of_course(before, details.standard_code, title, "")
        changes += differences.of_provider(before, provider, self._providers.names)
        changes += differences.of_ending(before, held.breaks, details, ending.paused_from)
        if not changes:
            return reader.skipped(
                f"Already here: {person.name} with this course and start.", *cells
            )
        correction = Correction(programme.id, held.stamp, tuple(changes))
        put_right = replace(before, **differences.plain_values(correction))
        known = {
            finding.code for finding in apprentice_checks.check(before, self._today, held.breaks)
        }
        reader.take_over_if_new(
            [
                finding
                for finding in apprentice_checks.check(put_right, self._today, held.breaks)
                if finding.level is not Level.NOTE and finding.code not in known
            ],
            columns_of,
        )
        if reader.is_refused():
            return reader.refused()
        return reader.offering(
            ApprenticeEntry(details, person.id, False, provider, course=self._called(details)),
            correction,
            f"Corrects what the desk has of {person.name}, once it is accepted: {correction.said}.",
            *cells,
        )

    def _called(self, details: ApprenticeDetails) -> str:
        """Return what the course is called."""
        standard = self._courses.with_code(details.standard_code)
        return standard.title if standard else details.course_title

    def _moved(self, person: Person, programme: Programme, clue: str) -> Programme | None:
        """Return the apprenticeship of the desk that the row gives another start, if it is one."""
        if clue not in ("uln", "employee_reference"):
            return None
        same = [
            each
            for each in person.programmes
            if each.row is None and self._is_same_course(each, programme)
        ]
        if len(same) != 1 or len(person.programmes) != 1:
            return None
        return same[0] if clash(person, programme) else None

    def _warn_of_namesakes(self, reader: RowReader, details: ApprenticeDetails) -> None:
        """Note whose name is like a newcomer's, since nobody is taken for another silently."""
        name = full_name(details.given_names, details.family_name)
        if self._everyone.is_newcomer(name):
            return
        uln = details.uln
        near = tuple(
            each
            for each in self._everyone.like(name)
            if not (uln and (other := self._everyone.of_key(each.id)) and other.uln)
        )
        if near:
            reader.near = near
            reader.find(
                "IM203", ("full_name", "family_name"),
                f"{name} is new. Did you mean {' or '.join(each.said for each in near)}?",
                "If so, say it in the review or put the name right in the list.", Level.NOTE,
            )  # fmt: skip

    def _newcomer(self, details: ApprenticeDetails, programme: Programme) -> Person:
        self._newcomers += 1
        person = Person(
            UUID(int=self._newcomers),  # stands for the key that adding the person will make
            full_name(details.given_names, details.family_name),
            details.uln,
            details.email,
            {details.employee_reference, details.provider_reference} - {""},
            [programme],
            details,
        )
        self._everyone.add(person)
        return person

    def _same_person(self, details: ApprenticeDetails) -> tuple[Person | None, str]:
        """Return who of desk and list the row is about, and the field that says so.

        By ULN; where one of the two has none, by reference, by email if the name fits, else by
        name and course.
        """
        uln = details.uln
        has_uln = bool(uln) and not identifiers.is_temporary_uln(uln or "")
        if has_uln and (person := self._everyone.with_uln(uln or "")):
            return person, "uln"

        def may_be(one: Person) -> bool:
            return not (has_uln and one.uln and not identifiers.is_temporary_uln(one.uln))

        name = full_name(details.given_names, details.family_name)
        for clue in ("employee_reference", "provider_reference"):
            reference = getattr(details, clue)
            if reference:
                same = [one for one in self._everyone.with_reference(reference) if may_be(one)]
                # A provider's reference is only theirs: another provider's may be the same.
                is_sure = clue == "employee_reference" or (
                    len(same) == 1 and folded(same[0].name) == folded(name)
                )
                if len(same) == 1 and is_sure:
                    return same[0], clue
        for one in self._everyone.with_email(details.email):
            if may_be(one) and folded(one.name) == folded(name):
                return one, "full_name"  # the address only says that it is no namesake
        meant = self._everyone.meant_by(name)
        if meant is not None and may_be(meant):
            return meant, "full_name"
        wanted = self._courses.title_of(details.standard_code, details.course_title)
        for one in self._everyone.named(name):
            titles = {
                self._courses.title_of(each.standard_code, each.course_title)
                for each in one.programmes
            }
            if may_be(one) and wanted in titles:
                return one, "full_name"
        return None, ""

    def _is_same_course(self, one: Programme, other: Programme) -> bool:
        if one.row is None and bool(one.standard_code) is not bool(other.standard_code):
            held = self._held.get(one.id)
            if held is not None and one.started_on == other.started_on:
                return True  # only one of the two knows the standard by its code
        return self._courses.title_of(
            one.standard_code, one.course_title
        ) == self._courses.title_of(other.standard_code, other.course_title)
