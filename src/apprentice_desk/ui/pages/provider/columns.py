"""The lists of the page of one provider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.calendar import Quarter, show_day, table_day
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.vocabulary import Measure, ProviderNoteKind
from apprentice_desk.records.provider_care import ActionRow
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.measure_lines import percent, spoken, title_of
from apprentice_desk.ui.standing_words import action_badge


def _figure(heading: str, value: Callable[[Any], Any], width: float = 12) -> Column:
    """A column of one figure of measures, blank where it is not known."""
    return Column(
        heading,
        lambda row: percent(value(row)),
        sort=lambda row: value(row).share,
        right=True,
        width=width,
        say=lambda row: spoken(value(row)),
        tip=lambda row: value(row).says,
        holds="integer",
        value=lambda row: value(row).percent,
    )


def over_time_columns(quarters: tuple[Quarter, ...]) -> tuple[Column, ...]:
    """Return a column for each of *quarters* and one for all time."""
    return (
        Column("Measure", lambda row: title_of(row.id), kind="strong", width=27),
        *(
            _figure(str(quarter), _in_quarter(number), 10.5)
            for number, quarter in enumerate(quarters)
        ),
        _figure("All time", lambda row: row.ever, 8),
    )


def _in_quarter(number: int) -> Callable[[Any], Any]:
    return lambda row: row.quarters[number]


def _of(measure: Measure) -> Callable[[Any], Any]:
    return lambda row: row.values[measure]


COMPARE_COLUMNS = (
    Column("Provider", lambda row: row.name, kind="strong", width=22),
    Column(
        "On programme",
        lambda row: f"{row.on_programme:,}",
        sort=lambda row: row.on_programme,
        right=True,
        width=13,
        holds="integer",
        value=lambda row: row.on_programme,
    ),
    _figure("Reviews on time", _of(Measure.REVIEWS_ON_TIME), 14),
    _figure("First by week 12", _of(Measure.FIRST_REVIEW), 15),
    _figure("Hours to plan", _of(Measure.HOURS_TO_PLAN), 13),
    _figure("Completed", _of(Measure.KEPT_TO_COMPLETION), 11),
    _figure("Withdrew", _of(Measure.WITHDRAWALS), 11),
    Column(
        "Price an hour",
        lambda row: "" if row.price_per_hour is None else show_pounds(row.price_per_hour),
        sort=lambda row: row.price_per_hour,
        right=True,
        width=13,
        say=lambda row: (
            "not known" if row.price_per_hour is None else show_pounds(row.price_per_hour)
        ),
        tip=lambda _row: "Agreed price of an hour of training that is required",
        holds="money",
        value=lambda row: row.price_per_hour,
    ),
)


def _day(day: date | None) -> str:
    return "" if day is None else table_day(day)


CONTRACT_COLUMNS = (
    Column("Reference", lambda row: row.reference, kind="strong", width=16),
    Column("Title", lambda row: row.title, width=24, tip=lambda row: row.title),
    Column(
        "Ends", lambda row: _day(row.ends_on), sort=lambda row: row.ends_on, width=11, holds="date",
        value=lambda row: row.ends_on,
    ),
    Column(
        "Apprentices",
        lambda row: f"{row.people:,}" if row.people else "",
        sort=lambda row: row.people,
        right=True,
        width=11,
        say=lambda row: f"{row.people:,}",
        holds="integer",
        value=lambda row: row.people,
    ),
)  # fmt: skip

PEOPLE_COLUMNS = (
    Column("Apprentice", lambda row: row.name, kind="strong", width=22),
    Column("How it stands", lambda row: row.stands, width=20),
    Column(
        "Training", lambda row: row.training, sort=lambda row: row.started_on, width=26,
        tip=lambda row: row.training,
    ),
)  # fmt: skip

CONTACT_COLUMNS = (
    Column("Name", lambda row: row.details.name, kind="strong", width=18),
    Column("Role", lambda row: row.details.role, width=18, tip=lambda row: row.details.role),
)

_KINDS = {
    ProviderNoteKind.REGISTER: Badge("Register", "note", "list-checks"),
    ProviderNoteKind.INSPECTION: Badge("Inspection", "note", "eye"),
    ProviderNoteKind.MEETING: Badge("Meeting", "quiet", "users"),
    ProviderNoteKind.CONCERN: Badge("Concern", "warning", "triangle-alert"),
    ProviderNoteKind.OTHER: Badge("Other", "quiet", "file-text"),
}

NOTE_COLUMNS = (
    Column(
        "Day",
        lambda row: _day(row.details.noted_on),
        sort=lambda row: row.details.noted_on,
        kind="strong",
        width=11,
    ),
    Column("About", lambda row: _KINDS[row.details.kind], kind="badge", width=13),
    Column("Note", lambda row: row.details.words, width=20, tip=lambda row: row.details.words),
)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action and how it stands on *today*."""

    row: ActionRow
    today: date

    @property
    def id(self) -> UUID:
        """The action's key."""
        return self.row.id

    @property
    def badge(self) -> Badge:
        """How it stands."""
        return action_badge(is_open=self.row.is_open, is_overdue=self.row.is_overdue(self.today))

    @property
    def says(self) -> str:
        """Everything that is known of it."""
        details, done_on = self.row.details, self.row.done_on
        by = f", by {show_day(details.due_on)}" if details.due_on else ""
        done = f" Done on {show_day(done_on)}." if done_on else ""
        return f"{details.what}\n{details.owner}{by}.{done}"


ACTION_COLUMNS = (
    Column("How it stands", lambda line: line.badge, kind="badge", width=12),
    Column(
        "What",
        lambda line: line.row.details.what,
        kind="strong",
        width=14,
        tip=lambda line: line.row.details.what,
    ),
    Column("By", lambda line: _day(line.row.details.due_on),
           sort=lambda line: line.row.details.due_on, width=11),
)  # fmt: skip
