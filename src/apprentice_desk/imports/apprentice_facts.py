"""What one row of a list of apprentices says: the course, the days, how it stands, the provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain import identifiers, people
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.calendar import WrittenDay, show_day
from apprentice_desk.domain.findings import Level
from apprentice_desk.imports import lars_codes, values
from apprentice_desk.imports.courses import Courses, FoundCourse
from apprentice_desk.imports.fields import Standing, plain, standings
from apprentice_desk.imports.row_reading import RowReader
from apprentice_desk.imports.training_providers import ProviderChoice, Providers
from apprentice_desk.records import providers
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.standards import StandardRow
from apprentice_desk.sheets import Cell


@dataclass(frozen=True, slots=True)
class Ending:
    """What a row's status and days say about breaks and ends."""

    outcome: Outcome | None = None
    ended_on: date | None = None
    paused_from: WrittenDay | None = None


class Facts:
    """Reads the rows of one list with the courses and providers of the desk."""

    def __init__(self, courses: Courses, known_providers: Providers) -> None:
        self._courses = courses
        self._providers = known_providers

    def details(
        self,
        reader: RowReader,
        course: FoundCourse,
        ending: Ending,
        starts: WrittenDay | None,
        ends: WrittenDay | None,
    ) -> ApprenticeDetails:
        """Return everything that the row says of the person and the apprenticeship."""
        given, family = _names(reader)
        born = reader.read("born_on", "IM101", values.day)
        if born is not None and not born.is_day_given:
            reader.find(
                "IM306", "born_on", "The date of birth has no day, so it is left out.",
                "Add it by hand if it is needed.", Level.NOTE,
            )  # fmt: skip
            born = None
        last = reader.read("apprenticeship_planned_end_on", "IM101", end)
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

    def course(self, reader: RowReader) -> FoundCourse:
        """Return the course: by the code of its standard, its title, or its LARS code."""
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
            if found.standard is None and (standard := self._with_lars_code(reader)):
                reader.find(
                    "IM302", "course", found.why,
                    f"Its LARS code means {standard.title}, so that is taken.", Level.NOTE,
                )  # fmt: skip
                return FoundCourse(standard, standard.title)
            if found.standard is None:
                reader.find(
                    "IM302", "course", found.why,
                    "The course is kept as it is written; choose the standard by hand.", Level.NOTE,
                )  # fmt: skip
            return found
        if lars := values.said(reader.cell("lars_code")):
            if standard := self._with_lars_code(reader):
                return FoundCourse(standard, standard.title)
            reader.find(
                lars_codes.UNKNOWN, "lars_code",
                f"The standard with LARS code {lars} is not known.",
                "Choose the standard by hand.", Level.NOTE,
            )  # fmt: skip
            return FoundCourse(None, f"Standard with LARS code {lars}")
        return FoundCourse(None, "")

    def _with_lars_code(self, reader: RowReader) -> StandardRow | None:
        try:
            return self._courses.with_lars_code(lars_codes.read(reader.cell("lars_code")))
        except ValueError:
            return None  # no such code, so nothing is known of it

    def ending(self, reader: RowReader) -> Ending:
        """Return how it stands; what is said only by half is noted."""
        said = values.said(reader.cell("status"))
        standing = standings().get(plain(said)) if said else None
        if said and standing is None:
            reader.find(
                "IM305", "status", f"“{said}” says nothing that is known about how it stands.",
                "It is kept in the note; record a break or an end by hand.", Level.NOTE,
            )  # fmt: skip
        paused = reader.read("paused_on", "IM101", values.day)
        ended = reader.read("ended_on", "IM101", end)
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
        return Ending(
            outcome,
            ended.day if ended and outcome else None,
            paused if is_paused else None,
        )

    def provider(self, reader: RowReader) -> ProviderChoice | None:
        """Return the provider, known or new; None where none is named."""
        name = values.said(reader.cell("provider"))
        ukprn = reader.read("ukprn", "IM105", values.checked(identifiers.check_ukprn)) or ""
        choice = self._providers.choose(name, ukprn)
        if choice is not None and choice.id is None:
            reader.take_over(
                providers.check(choice.details),
                lambda attribute: ("ukprn" if attribute == "ukprn" else "provider", "ukprn"),
            )
        return choice


_OUTCOMES = {
    Standing.COMPLETED: Outcome.COMPLETED,
    Standing.WITHDRAWN: Outcome.WITHDRAWN,
}


def end(cell: Cell) -> WrittenDay | None:
    """Return the day in a cell, of only a month its last."""
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


def columns_of(attribute: str) -> tuple[str, ...]:
    """Return the fields whose columns an attribute of the details comes from."""
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
