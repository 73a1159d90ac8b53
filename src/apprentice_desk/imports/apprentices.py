"""Reviewing a list of apprentices: who is new, who is here already, who starts another course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain import identifiers, people
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import Period, WrittenDay, show_day
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import values
from apprentice_desk.imports.courses import Courses, FoundCourse
from apprentice_desk.imports.fields import Kind, Standing, plain, standings
from apprentice_desk.imports.identifying import People, Person, Programme, folded
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.rows import Review, ReviewedRow, RowReader
from apprentice_desk.imports.training_providers import ProviderChoice, Providers
from apprentice_desk.records import apprentices, providers
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.sheets import Cell

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
    today: date,
    progress: Progress,
) -> Review[ApprenticeEntry]:
    """Return what becomes of each row of a list of apprentices."""
    reviewer = _Reviewer(everyone, courses, known_providers, today)
    rows = []
    for done, reader in enumerate(RowReader.each(table, matching)):
        if done % _EVERY == 0:
            progress.step(done, len(table.rows), "Reading the rows")
        rows.append(reviewer.row(reader))
    return Review(table.file_name, table.sheet, Kind.APPRENTICES, matching, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Ending:
    """What a row's status and days say about breaks and ends."""

    outcome: Outcome | None = None
    ended_on: date | None = None
    paused_from: WrittenDay | None = None


class _Reviewer:
    """What all rows of one list share."""

    def __init__(
        self, everyone: People, courses: Courses, known_providers: Providers, today: date
    ) -> None:
        self._everyone = everyone
        self._courses = courses
        self._providers = known_providers
        self._today = today
        self._newcomers = 0

    def row(self, reader: RowReader) -> ReviewedRow[ApprenticeEntry]:
        """Return what becomes of one row."""
        if no_entry := reader.why_no_entry():
            return reader.skipped(no_entry, "full_name", "family_name")
        course = self._course(reader)
        ending = self._ending(reader)
        provider = self._provider(reader)
        starts = reader.read("training_started_on", "IM101", values.day)
        ends = reader.read("training_planned_end_on", "IM101", _end)
        details = self._details(reader, course, ending, starts, ends)
        breaks = (Period(ending.paused_from.day),) if ending.paused_from else ()
        reader.take_over_if_new(apprentices.check(details, self._today, breaks), _columns)
        if reader.is_refused():
            return reader.refused()
        return self._placed(reader, details, provider, ending, starts)

    # --- what the row says ---

    def _details(
        self,
        reader: RowReader,
        course: FoundCourse,
        ending: _Ending,
        starts: WrittenDay | None,
        ends: WrittenDay | None,
    ) -> ApprenticeDetails:
        given, family = _names(reader)
        born = reader.read("born_on", "IM101", values.day)
        if born is not None and not born.is_day_given:
            reader.find(
                "IM306", "born_on", "The date of birth has no day, so it is left out.",
                "Add it by hand if it is needed.", Level.NOTE,
            )  # fmt: skip
            born = None
        last = reader.read("apprenticeship_planned_end_on", "IM101", _end)
        version = values.checked(identifiers.check_version)
        return ApprenticeDetails(
            given_names=given,
            family_name=family,
            uln=reader.read("uln", "IM104", values.uln),
            born_on=born.day if born else None,
            email=values.code(reader.cell("email")),
            employee_reference=values.code(reader.cell("employee_reference")),
            standard_code=course.standard.code if course.standard else None,
            standard_version=reader.read("standard_version", "IM105", version) or "",
            course_title="" if course.standard else course.title,
            training_started_on=starts.day if starts else None,
            is_start_day_given=starts is None or starts.is_day_given,
            training_planned_end_on=ends.day if ends else None,
            is_end_day_given=ends is None or ends.is_day_given,
            apprenticeship_planned_end_on=last.day if last else None,
            ended_on=ending.ended_on,
            outcome=ending.outcome,
            provider_reference=values.code(reader.cell("provider_reference")),
            agreed_price=reader.read("agreed_price", "IM103", values.pounds),
            agreed_minutes=reader.read("agreed_minutes", "IM102", values.minutes),
            prior_learning_minutes=reader.read("prior_learning_minutes", "IM102", values.minutes),
            weekly_minutes=reader.read("weekly_minutes", "IM102", values.minutes),
            line_manager=values.name(reader.cell("line_manager")),
            line_manager_email=values.said(reader.cell("line_manager_email")),
            mentor=values.name(reader.cell("mentor")),
            note=_note(reader),
        )

    def _course(self, reader: RowReader) -> FoundCourse:
        code = reader.read(
            "standard_code", "IM105", values.checked(identifiers.check_standard_code)
        )
        text = values.said(reader.cell("course"))
        if code:
            standard = self._courses.with_code(code)
            if standard is not None:
                return FoundCourse(standard, standard.title)
            reader.find(
                "IM302", "standard_code", f"{code} is not in the catalogue of standards.",
                "The course is kept as it is written.", Level.NOTE,
            )  # fmt: skip
            return FoundCourse(None, text or code)
        if text:
            level = reader.read("level", "IM105", values.level, is_note=True)
            found = self._courses.find(text, level)
            if found.standard is None:
                reader.find(
                    "IM302", "course", found.why,
                    "The course is kept as it is written; choose the standard by hand.", Level.NOTE,
                )  # fmt: skip
            return found
        if lars := values.said(reader.cell("lars_code")):
            reader.find(
                "IM303", "lars_code", f"The standard with LARS code {lars} is not known.",
                "Choose the standard by hand.", Level.NOTE,
            )  # fmt: skip
            return FoundCourse(None, f"Standard with LARS code {lars}")
        return FoundCourse(None, "")

    def _ending(self, reader: RowReader) -> _Ending:
        said = values.said(reader.cell("status"))
        standing = standings().get(plain(said)) if said else None
        if said and standing is None:
            reader.find(
                "IM305", "status", f"“{said}” says nothing that is known about how it stands.",
                "It is kept in the note; record a break or an end by hand.", Level.NOTE,
            )  # fmt: skip
        paused = reader.read("paused_on", "IM101", values.day)
        ended = reader.read("ended_on", "IM101", _end)
        outcome = _OUTCOMES.get(standing) if standing else None
        if ended is not None and outcome is None:
            reader.find(
                "IM307", "ended_on", f"It ended on {show_day(ended.day)}, but not how.",
                "Record the end by hand.", Level.NOTE,
            )  # fmt: skip
        if standing is Standing.PAUSED and paused is None:
            reader.find(
                "IM306", "status", "It is paused, but not since when.",
                "Record the break by hand when you know its first day.", Level.NOTE,
            )  # fmt: skip
        is_paused = standing is Standing.PAUSED or (standing is None and outcome is None)
        if paused is not None and not is_paused:
            reader.find(
                "IM306", "paused_on",
                f"There was a break from {show_day(paused.day)}; when it ended is not known.",
                "Record the break by hand when you know both days.", Level.NOTE,
            )  # fmt: skip
        return _Ending(
            outcome,
            ended.day if ended and outcome else None,
            paused if is_paused else None,
        )

    def _provider(self, reader: RowReader) -> ProviderChoice | None:
        name = values.said(reader.cell("provider"))
        ukprn = reader.read("ukprn", "IM105", values.checked(identifiers.check_ukprn)) or ""
        choice = self._providers.choose(name, ukprn)
        if choice is not None and choice.id is None:
            reader.take_over(
                providers.check(choice.details),
                lambda attribute: ("ukprn" if attribute == "ukprn" else "provider", "ukprn"),
            )
        return choice

    # --- whom it is about ---

    def _placed(
        self,
        reader: RowReader,
        details: ApprenticeDetails,
        provider: ProviderChoice | None,
        ending: _Ending,
        starts: WrittenDay | None,
    ) -> ReviewedRow[ApprenticeEntry]:
        person, clue = self._same_person(details)
        programme = Programme(
            UUID(int=0),
            details.standard_code,
            details.course_title,
            details.training_started_on,
            details.ended_on if details.outcome else details.training_planned_end_on,
            details.outcome is not None,
            details.is_start_day_given,
            reader.number,
        )
        if person is not None:
            for other in person.programmes:
                if self._is_same_course(other, programme) and _is_same_start(other, starts):
                    where = "Already here" if other.row is None else f"The same as row {other.row}"
                    return reader.skipped(
                        f"{where}: {person.name} with this course and start.", clue, "full_name",
                        "family_name",
                    )  # fmt: skip
            if wrong := _clash(person, programme):
                reader.find("IM301", ("training_started_on", "course", clue), *wrong)
                return reader.refused()
            name = full_name(details.given_names, details.family_name)
            if folded(name) != folded(person.name):
                reader.find(
                    "IM206", ("full_name", "family_name"), f"The desk calls them {person.name}.",
                    "Check that it is the same person.", Level.NOTE,
                )  # fmt: skip
            person.programmes.append(programme)
        else:
            person = self._newcomer(details, programme)
        return reader.imported(
            ApprenticeEntry(
                details, person.id, person.details is not None, provider, ending.paused_from
            )
        )

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

        By ULN; where one of the two has none, by reference, else by name and course.
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
        return self._courses.title_of(
            one.standard_code, one.course_title
        ) == self._courses.title_of(other.standard_code, other.course_title)


_OUTCOMES = {
    Standing.COMPLETED: Outcome.COMPLETED,
    Standing.WITHDRAWN: Outcome.WITHDRAWN,
}


def _end(cell: Cell) -> WrittenDay | None:
    return values.day(cell, end=True)


def _names(reader: RowReader) -> tuple[str, str]:
    given = values.name(reader.cell("given_names"))
    family = values.name(reader.cell("family_name"))
    if given or family:
        return given, family
    return people.split_name(values.name(reader.cell("full_name")))


def _note(reader: RowReader) -> str:
    lines = []
    if alerts := values.said(reader.cell("alerts")):
        lines.append(
            "Alerts: " + "; ".join(part.strip() for part in alerts.split("|") if part.strip())
        )
    said = values.said(reader.cell("status"))
    if said and plain(said) not in standings():
        lines.append(f"Status: {said}")
    lines.append(values.prose(reader.cell("note")))
    return "\n".join(line for line in lines if line)


def _columns(attribute: str) -> tuple[str, ...]:
    match attribute:
        case "family_name" | "given_names":
            return ("full_name", "family_name", "given_names")
        case "standard_code" | "course_title":
            return ("course", "standard_code", "lars_code")
        case "breaks":
            return ("paused_on", "status")
        case "outcome":
            return ("status",)
        case "ended_on":
            return ("ended_on", "status")
        case "weekly_from_on":
            return ("training_started_on", "weekly_minutes")
        case "note":
            return ("note", "alerts")
    return (attribute,)


def _is_same_start(one: Programme, starts: WrittenDay | None) -> bool:
    if one.started_on is None or starts is None or one.started_on == starts.day:
        return True
    same_month = (one.started_on.year, one.started_on.month) == (starts.day.year, starts.day.month)
    return same_month and not starts.is_day_given


def _clash(person: Person, programme: Programme) -> tuple[str, str] | None:
    """Return why *programme* cannot be the person's next apprenticeship, None if it can."""
    for other in person.programmes:
        where = "" if other.row is None else f" (row {other.row})"
        if other.started_on is None or programme.started_on is None:
            return (
                f"{person.name} is on another course already{where}, and without both starts it"
                " cannot be told whether one follows the other.",
                "Add the starts, or put the apprenticeship in the desk right by hand.",
            )
        if _follows(programme, other) or _follows(other, programme):
            continue
        until = f" to {show_day(other.ends_on)}" if other.ends_on else ""
        return (
            f"{person.name} is already on an apprenticeship from {show_day(other.started_on)}"
            f"{until}{where}, which this one would overlap.",
            "Record how that one ended first, or put the days or the ULN right.",
        )
    return None


def _follows(later: Programme, earlier: Programme) -> bool:
    assert later.started_on is not None
    assert earlier.started_on is not None
    if later.started_on <= earlier.started_on:
        return False
    if earlier.ends_on is None:  # over on a day that is not known, or still going on
        return earlier.is_over
    if later.is_start_day_given:
        return earlier.ends_on < later.started_on
    # Of a start that is only a month, the earlier end may lie in that month.
    started = later.started_on
    return (earlier.ends_on.year, earlier.ends_on.month) <= (started.year, started.month)
