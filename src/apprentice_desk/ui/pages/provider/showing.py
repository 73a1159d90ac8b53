"""What the page of one provider shows, read in a fixed number of queries and worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.measures import (
    Value,
    all_time,
    price_per_hour,
    quarter_span,
    quarters_to,
)
from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records.measuring import MeasuredRow, measured_by_provider
from apprentice_desk.records.provider_care import (
    ActionRow,
    ContactRow,
    NoteRow,
    action_rows,
    contact_rows,
    note_rows,
)
from apprentice_desk.records.provider_overview import ProviderOverview, provider_overview
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.measure_lines import measured_over

QUARTERS = 4
"""How many quarters stand beside each other."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """One measure of the provider, the running quarter first, and in all; *id* is the measure."""

    id: Measure
    quarters: tuple[Value, ...]
    ever: Value


@dataclass(frozen=True, slots=True)
class Compared:
    """What the desk knows of one provider in all time; *id* is the provider's key."""

    id: UUID
    name: str
    on_programme: int
    values: dict[Measure, Value]
    price_per_hour: Decimal | None
    """Agreed price of an hour of training that is required."""


@dataclass(frozen=True, slots=True)
class ProviderShown:
    """Everything that the page shows of one provider."""

    provider: ProviderOverview
    quarters: tuple[Quarter, ...]
    over_time: tuple[OverTime, ...]
    compared: tuple[Compared, ...]
    """Every provider that trains or has trained somebody, by name."""
    people: tuple[MeasuredRow, ...]
    contacts: tuple[ContactRow, ...]
    notes: tuple[NoteRow, ...]
    actions: tuple[ActionRow, ...]

    @property
    def on_programme(self) -> int:
        """How many are on programme with the provider."""
        return sum(row.is_here and row.status in LIVE for row in self.people)


def read_provider(desk: Desk, provider_id: UUID) -> ProviderShown | None:
    """Return what the page shows of a provider today; None when it is gone."""
    today = desk.clock.today()
    read = desk.store.read
    provider = read(provider_overview, provider_id, today)
    if provider is None:
        return None
    by_provider = read(measured_by_provider, today, desk.lists.hours_rules)
    people = by_provider.get(provider_id, ())
    quarters = quarters_to(today, QUARTERS)
    compared = tuple(
        _compared(row.id, row.name, by_provider[row.id], today)
        for row in read(provider_rows)
        if row.id in by_provider
    )
    return ProviderShown(
        provider=provider,
        quarters=quarters,
        over_time=_over_time(people, quarters, today),
        compared=compared,
        people=people,
        contacts=read(contact_rows, provider_id),
        notes=read(note_rows, provider_id),
        actions=read(action_rows, provider_id),
    )


def _over_time(
    people: tuple[MeasuredRow, ...], quarters: tuple[Quarter, ...], today: date
) -> tuple[OverTime, ...]:
    trained = [row.trained for row in people]
    by_quarter = [measured_over(trained, quarter_span(each, today)) for each in quarters]
    ever = measured_over(trained, all_time(today))
    return tuple(
        OverTime(measure, tuple(values[measure] for values in by_quarter), ever[measure])
        for measure in Measure
    )


def _compared(key: UUID, name: str, people: tuple[MeasuredRow, ...], today: date) -> Compared:
    return Compared(
        key,
        name,
        sum(row.is_here and row.status in LIVE for row in people),
        measured_over([row.trained for row in people], all_time(today)),
        price_per_hour(
            [(row.price, row.trained.required_minutes) for row in people if row.is_here]
        ),
    )
