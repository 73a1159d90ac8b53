"""A matched table held against the desk: what would come in, what would not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.imports import apprentices as apprentice_lists
from apprentice_desk.imports import hours as hours_logs
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.identifying import People
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.rows import Options, Review
from apprentice_desk.imports.training_providers import Providers
from apprentice_desk.records import apprentices, hours, providers, standards, standing
from apprentice_desk.records.apprentices import KnownPerson
from apprentice_desk.records.hours import LoggedEntry
from apprentice_desk.records.providers import ProviderRow
from apprentice_desk.records.standards import StandardRow

AnyReview = Review[ApprenticeEntry] | Review[HoursEntry]


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk has already, as far as a review needs it."""

    people: tuple[KnownPerson, ...] = ()
    standards: tuple[StandardRow, ...] = ()
    providers: tuple[ProviderRow, ...] = ()
    entries: frozenset[LoggedEntry] = frozenset()
    ended: Mapping[UUID, date | None] = field(default_factory=dict)
    """When apprenticeships that are over ended, by key; None where the day is not known."""


def gather(
    session: Session,
    table: Table,
    matching: Matching,
    options: Options,
    rules: HoursRules,
    role_families: Mapping[str, RoleFamily],
    today: date,
) -> Known:
    """Read from the desk what a review of *table* needs; a few queries, however long the table."""
    known = apprentices.known_people(session)
    catalogue = standards.standard_rows(session)
    if matching.kind is Kind.APPRENTICES:
        rows = standing.apprentice_rows(session, today, rules, role_families)
        return Known(
            known,
            catalogue,
            providers.provider_rows(session),
            ended={row.id: row.course.ended_on for row in rows if row.course.outcome is not None},
        )
    keys = hours_logs.people_in(table, matching, People.of(known), options)
    return Known(known, catalogue, entries=hours.logged_entries(session, keys))


def review(
    table: Table,
    matching: Matching,
    known: Known,
    *,
    rules: HoursRules,
    provider_names: Mapping[str, str],
    today: date,
    options: Options | None = None,
    progress: Progress | None = None,
) -> AnyReview:
    """Return what becomes of each row of *table*.

    Raises Problem when the matching lacks a column without which no row can be read, or a log
    says nowhere whose hours it holds.
    """
    if matching.missing:
        missing = "; nor for ".join(matching.missing)
        raise Problem(
            f"No column of “{table.file_name}” was chosen for {missing}.",
            "Choose the column, or rename its heading.",
        )
    options = options or Options()
    progress = progress or Progress()
    everyone = People.of(known.people, known.ended)
    courses = Courses(known.standards)
    if matching.kind is Kind.APPRENTICES:
        register = Providers(known.providers, provider_names)
        return apprentice_lists.review(
            table, matching, everyone, courses, register, today, progress
        )
    return hours_logs.review(
        table, matching, everyone, courses, known.entries, rules, today, options, progress
    )


def notes_on(table: Table) -> tuple[Finding, ...]:
    """Return what is worth knowing about the file as a whole."""
    if not table.other_sheets:
        return ()
    named = ", ".join(f"“{name}”" for name in table.other_sheets)
    return (
        Finding(
            Level.NOTE,
            "IM409",
            f"Only the sheet “{table.sheet}” is read; {named} is not.",
            "Import the other sheets one by one if they hold rows too.",
            Place(table.file_name, table.sheet),
        ),
    )
