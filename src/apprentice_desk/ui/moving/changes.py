"""The forms of what changes during an apprenticeship: weekly hours, provider, standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.domain import ksb_meanings, move_checks, moves, wages
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import ksb_progress, programme_changes, programmes
from apprentice_desk.records.pay import pay_rates, wage_facts
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.moving.choices import moving_of, read_offered
from apprentice_desk.ui.moving.dialogs import open_move


@dataclass(frozen=True, slots=True)
class WeekDetails:
    """Contracted weekly hours from a day on."""

    from_on: date | None = None
    weekly_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ProviderChange:
    """Another provider or contract from a day on."""

    on: date | None = None
    provider_id: UUID | None = None
    contract_id: UUID | None = None
    provider_reference: str = ""
    planned_end_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EndChange:
    """Another planned end from a day on."""

    on: date | None = None
    planned_end_on: date | None = None
    apprenticeship_end_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StandardChange:
    """Another standard, version or option from a day on."""

    on: date | None = None
    code: str | None = None
    version: str = ""
    option: str = ""
    planned_end_on: date | None = None
    reason: str = ""


def set_weekly_hours(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask what the contracted week is, and from when."""
    moving, today = moving_of(desk, row), desk.clock.today()
    facts = wage_facts(row, desk.store.read(pay_rates, [row.id]).get(row.id, ()))

    def tell(given: WeekDetails) -> tuple[moves.Consequence, ...]:
        assert given.from_on is not None  # both fields are required
        assert given.weekly_minutes is not None
        _check_week(given.weekly_minutes)
        found = moves.of_weekly_hours(moving, given.from_on, given.weekly_minutes)
        return (*found, *_wage_lines(facts, given.from_on, given.weekly_minutes))

    def save(given: WeekDetails) -> None:
        assert given.from_on is not None
        assert given.weekly_minutes is not None
        _check_week(given.weekly_minutes)
        with desk.change(f"Change the weekly hours of {row.name}") as session:
            programmes.set_weekly_hours(session, row.id, given.from_on, given.weekly_minutes)

    start = row.course.training_started_on
    now = row.facts.weekly_minutes_on(today if start is None else max(today, start))
    fields = (
        Field("from_on", "From", "date", required=True),
        Field(
            "weekly_minutes",
            "Contracted hours a week",
            "duration",
            required=True,
            help=f"Now {sentence(now)}." if now else "Not known now.",
        ),
    )
    return open_move(
        desk, row, fields, WeekDetails(), f"Weekly hours of {row.name}", "Change the weekly hours",
        save, tell, parent,
    )  # fmt: skip


def _check_week(minutes: int) -> None:
    if not 60 <= minutes <= 60 * 60:
        raise Problem("Weekly hours lie between 1 and 60.", "For example 36 or 37:30.")


def _wage_lines(
    facts: wages.WageFacts, from_on: date, minutes: int
) -> tuple[moves.Consequence, ...]:
    """What an hour's pay becomes where pay is recorded by the year."""
    pay = facts.pay_on(from_on)
    if pay is None or pay.per is wages.PayPer.HOUR:
        return ()
    kept = tuple(span for span in facts.weekly if span[0] != from_on)
    after = wages.WageFacts(facts.born_on, facts.started_on, facts.pay, (*kept, (from_on, minutes)))
    found = wages.standing(after, resources.wage_rules(), from_on)
    is_short = found.state is wages.PayState.BELOW
    return (moves.Consequence("Pay", found.says, is_warning=is_short),)


def change_provider(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask who trains from when, and under which contract."""
    moving, today = moving_of(desk, row), desk.clock.today()
    offered = desk.store.read(read_offered, row.id, today)
    now = offered.now
    before = offered.provider_shown(now.provider_id, now.contract_id)

    def tell(given: ProviderChange) -> tuple[moves.Consequence, ...]:
        assert given.on is not None  # both fields are required
        move_checks.check_change(row.course, given.on, "provider", today)
        move_checks.check_planned_end(row.course, given.planned_end_on)
        after = offered.provider_shown(given.provider_id, given.contract_id)
        return moves.of_provider(moving, given.on, before, after, given.planned_end_on)

    def save(given: ProviderChange) -> None:
        assert given.on is not None
        assert given.provider_id is not None
        with desk.change(f"Change the provider of {row.name}") as session:
            programme_changes.change_provider(
                session, row.id, given.on, given.provider_id, given.contract_id,
                given.provider_reference, given.reason, given.planned_end_on, today,
            )  # fmt: skip

    fields = (
        Field("on", "From", "date", required=True, help=f"Now {before}." if before else ""),
        Field(
            "provider_id", "Training provider", "search", required=True, width=50,
            choices=offered.provider_choices(),
        ),
        Field("contract_id", "Contract", "search", width=50, choices=offered.contract_choices()),
        Field("provider_reference", "Provider's reference", width=24),
        _planned_end(row),
        Field("reason", "Reason"),
    )  # fmt: skip
    return open_move(
        desk, row, fields, ProviderChange(), f"Provider of {row.name}", "Change the provider",
        save, tell, parent,
    )  # fmt: skip


def change_standard(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask which standard and version are learnt from when."""
    moving, today = moving_of(desk, row), desk.clock.today()
    offered = desk.store.read(read_offered, row.id, today)
    now = offered.now
    before = desk.store.read(
        programme_changes.version_ksbs, now.standard_code or "", now.standard_version
    )
    used = desk.store.read(ksb_progress.ksb_facts, row.id, today)

    def tell(given: StandardChange) -> tuple[moves.Consequence, ...]:
        assert given.on is not None  # both fields are required
        assert given.code is not None
        move_checks.check_change(row.course, given.on, "standard", today)
        move_checks.check_planned_end(row.course, given.planned_end_on)
        after = desk.store.read(
            programme_changes.version_ksbs, given.code, given.version, given.option
        )
        meanings = (
            ksb_meanings.would_change(used.known, after, used.entries, used.said)
            if used.known is not None and after is not None
            else ()
        )
        return moves.of_standard(
            moving, given.on, given.code, given.version, (before, after), given.planned_end_on,
            meanings,
        )  # fmt: skip

    def save(given: StandardChange) -> None:
        assert given.on is not None
        assert given.code is not None
        with desk.change(f"Change the standard of {row.name}") as session:
            programme_changes.change_standard(
                session, row.id, given.on, given.code, given.version, given.option, given.reason,
                given.planned_end_on, today,
            )  # fmt: skip

    shown = f"{now.standard_code or ''} v{now.standard_version}".strip(" v")
    fields = (
        Field("on", "From", "date", required=True, help=f"Now {shown}." if shown else ""),
        Field(
            "code", "Standard", "search", required=True, width=60,
            choices=offered.standard_choices(), help="The same where only its version changes.",
        ),
        Field("version", "Version", width=8),
        Field("option", "Option", beside=True, width=30, help="Where the version has options."),
        _planned_end(row),
        Field("reason", "Reason"),
    )  # fmt: skip
    return open_move(
        desk, row, fields, StandardChange(code=now.standard_code),
        f"Standard of {row.name}", "Change the standard", save, tell, parent,
    )  # fmt: skip


def change_planned_end(desk: Desk, row: ApprenticeRow, parent: QWidget) -> FormDialog:
    """Ask until when training is planned now, and since when that is so."""
    moving, today = moving_of(desk, row), desk.clock.today()

    def tell(given: EndChange) -> tuple[moves.Consequence, ...]:
        assert given.on is not None  # both fields are required
        assert given.planned_end_on is not None
        move_checks.check_change(row.course, given.on, "planned end", today)
        move_checks.check_planned_end(row.course, given.planned_end_on, given.apprenticeship_end_on)
        return moves.of_planned_end(moving, given.on, given.planned_end_on)

    def save(given: EndChange) -> None:
        assert given.on is not None
        assert given.planned_end_on is not None
        with desk.change(f"Move the planned end of {row.name}") as session:
            programme_changes.change_planned_end(
                session, row.id, given.on, given.planned_end_on, given.apprenticeship_end_on,
                given.reason, today,
            )  # fmt: skip

    end, whole = row.course.training_planned_end_on, row.course.apprenticeship_planned_end_on
    fields = (
        Field(
            "on", "Agreed on", "date", required=True,
            help="From then on it holds. A day that was entered wrongly is put right with the"
            " facts instead.",
        ),
        Field(
            "planned_end_on", "Training now planned to end", "date", required=True,
            help=f"Now {show_day(end)}." if end else "Not known now.",
        ),
        Field(
            "apprenticeship_end_on", "Apprenticeship now planned to end", "date",
            help=f"With assessment; blank leaves {show_day(whole) if whole else 'it as it is'}.",
        ),
        Field("reason", "Reason"),
    )  # fmt: skip
    return open_move(
        desk, row, fields, EndChange(), f"Planned end of {row.name}", "Move the planned end",
        save, tell, parent,
    )  # fmt: skip


def _planned_end(row: ApprenticeRow) -> Field:
    end = row.course.training_planned_end_on
    help_words = f"Blank leaves {show_day(end)}." if end else ""
    return Field("planned_end_on", "Training now planned to end", "date", help=help_words)
