"""A matched table held against the desk: what would come in, what would not, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.vocabulary import RoleFamily
from apprentice_desk.imports import apprentices as apprentice_lists
from apprentice_desk.imports import comparing, full_days, lars_codes, personal, whose
from apprentice_desk.imports import contracts as contract_lists
from apprentice_desk.imports import hours as hours_logs
from apprentice_desk.imports import payments as payment_lists
from apprentice_desk.imports.apprentices import ApprenticeEntry
from apprentice_desk.imports.contracts import ContractEntry
from apprentice_desk.imports.courses import Courses
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.identifying import People
from apprentice_desk.imports.known_money import KnownMoney
from apprentice_desk.imports.lars_codes import LarsCode
from apprentice_desk.imports.matching import Matching
from apprentice_desk.imports.payments import PaymentEntry
from apprentice_desk.imports.reading import Table
from apprentice_desk.imports.rows import Options, Review
from apprentice_desk.imports.training_providers import Providers
from apprentice_desk.records import (
    apprentices,
    contract_money,
    contracts,
    hours,
    import_memory,
    known_people,
    ksb_progress,
    providers,
    standards,
    standing,
)
from apprentice_desk.records.apprentices import Held
from apprentice_desk.records.contract_register import RegisterRow, contract_register
from apprentice_desk.records.hours import LoggedEntry
from apprentice_desk.records.known_people import KnownPerson
from apprentice_desk.records.providers import ProviderRow
from apprentice_desk.records.standards import StandardRow

_OF_ONE = 12  # apprenticeships that one person may have had

AnyReview = (
    Review[ApprenticeEntry] | Review[HoursEntry] | Review[ContractEntry] | Review[PaymentEntry]
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk has already, as far as a review needs it."""

    people: tuple[KnownPerson, ...] = ()
    standards: tuple[StandardRow, ...] = ()
    providers: tuple[ProviderRow, ...] = ()
    entries: tuple[LoggedEntry, ...] = ()
    held: Mapping[UUID, Held] = field(default_factory=dict)
    """The details of the apprenticeships that the list may correct."""
    ended: Mapping[UUID, date | None] = field(default_factory=dict)
    """When apprenticeships that are over ended, by key; None where the day is not known."""
    weekly: Mapping[UUID, Sequence[tuple[date, int]]] = field(default_factory=dict)
    """Contracted minutes a week, each from its day on, by apprenticeship."""
    ksbs: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    """The codes of knowledge, skills and behaviours where the standard is loaded."""
    register: tuple[RegisterRow, ...] = ()
    """The contracts, where the list is of those."""
    course_codes: Mapping[str, str | None] = field(default_factory=dict)
    """Standards by LARS code as answered here; None where nobody knows."""
    money: KnownMoney = field(default_factory=KnownMoney)
    """What a list of payments is held against."""


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
    if matching.kind is Kind.CONTRACTS:
        return Known(
            providers=providers.provider_rows(session), register=contract_register(session, today)
        )
    known = known_people.known_people(session)
    everybody = providers.provider_rows(session)
    catalogue = standards.standard_rows(session)
    if matching.kind is Kind.APPRENTICES:
        rows = standing.apprentice_rows(session, today, rules, role_families)
        return Known(
            known,
            catalogue,
            everybody,
            held=apprentices.all_held(session),
            ended={row.id: row.course.ended_on for row in rows if row.course.outcome is not None},
            course_codes=import_memory.course_codes(session),
        )
    if matching.kind is Kind.PAYMENTS:
        money = KnownMoney(
            contracts.contract_rows(session, today),
            contract_money.money_facts(session, today),
            contracts.payment_rows(session),
        )
        return Known(known, catalogue, everybody, money=money)
    keys = whose.people_in(table, matching, People.of(known), options)
    # What stands above a log is of one person; of more it is not asked.
    held = apprentices.all_held(session, keys) if len(keys) <= _OF_ONE else {}
    return Known(
        known, catalogue, everybody, hours.logged_entries(session, keys), held,
        weekly=apprentices.weekly_minutes(session, keys),
        ksbs=ksb_progress.known_codes(session, keys),
    )  # fmt: skip


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
    if matching.kind is Kind.CONTRACTS:
        return contract_lists.review(
            table, matching, known.register, Providers(known.providers, provider_names),
            resources.bank_holidays(), today, options, progress,
        )  # fmt: skip
    everyone = People.of(known.people, known.ended)
    courses = Courses(known.standards, {**resources.lars_codes(), **known.course_codes})
    register = Providers(known.providers, provider_names)
    if matching.kind is Kind.APPRENTICES:
        return apprentice_lists.review(
            table, matching, everyone, courses, register, known.held, today, options, progress
        )
    if matching.kind is Kind.PAYMENTS:
        funding = resources.funding_rules()
        return payment_lists.review(
            table, matching, everyone, known.money, register, funding, today, options, progress
        )
    made = hours_logs.review(
        table, matching, everyone, courses, known.held, register, rules, today, options, progress,
        known.weekly, known.ksbs,
    )  # fmt: skip
    made = comparing.compare(made, table, known.entries, everyone, courses)
    return full_days.keep_to_days(made, table, known.entries)


def codes_in(table: Table, made: AnyReview, known: Known) -> tuple[LarsCode, ...]:
    """Return the LARS codes of a list that a person may say the standard of."""
    unknown = set()
    for row in made.all_rows:
        for finding in row.findings:
            if finding.code == lars_codes.UNKNOWN:
                try:
                    unknown.add(lars_codes.read(finding.place.value))
                except ValueError:
                    continue  # no code, so nothing can be remembered of it
    return lars_codes.codes_in(table, made.matching, frozenset(unknown), known.course_codes)


def notes_on(table: Table, matching: Matching) -> tuple[Finding, ...]:
    """Return what is worth knowing about the file as a whole."""
    place = Place(table.file_name, table.sheet)
    notes = list(table.notes)
    if table.other_sheets:
        named = _listed(table.other_sheets)
        are = "is" if len(table.other_sheets) == 1 else "are"
        if table.joined:
            said = f"{named} {are} not read: {'its' if are == 'is' else 'their'} shape differs."
        else:
            said = f"Only the sheet “{table.sheet}” is read; {named} {are} not."
        remedy = "Import the other sheets one by one if they hold rows too."
        notes.append(Finding(Level.NOTE, "IM409", said, remedy, place))
    if table.hidden_sheets:
        many = len(table.hidden_sheets) > 1
        said = (
            f"{_listed(table.hidden_sheets)} {'are hidden sheets' if many else 'is a hidden sheet'}"
            " and not read."
        )
        remedy = "Show it in the spreadsheet and save the file if it holds rows too."
        notes.append(Finding(Level.NOTE, "IM458", said, remedy, place))
    return (*notes, *personal.notes_on(table, matching))


_MOST_LISTED = 8


def _listed(names: Sequence[str]) -> str:
    """Return the names of sheets in quotation marks, the first few of many."""
    shown = ", ".join(f"“{name}”" for name in names[:_MOST_LISTED])
    more = len(names) - _MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown
