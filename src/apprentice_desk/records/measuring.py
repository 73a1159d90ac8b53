"""What measures are worked out from, read for a contract, a provider or everybody.

A fixed number of queries, whatever the number of apprenticeships and of providers.  An
apprenticeship that went from one provider or contract to another is measured once for each, by
the days that it was there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, extract, func, not_, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import hours_facts, off_the_job
from apprentice_desk.domain.apprenticeship import Course, Status, status_at
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.hours_facts import HoursFacts
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.measures import ReviewDays, Trained
from apprentice_desk.domain.move_checks import ChangeKind
from apprentice_desk.domain.people import called
from apprentice_desk.domain.team_hours import DayMinutes
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, Break, WeeklyHours
from apprentice_desk.records.contract_prices import ContractPrice
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.learning import ActivityStatus, PlanActivity
from apprentice_desk.records.programme_changes import ProgrammeChange, typed_price
from apprentice_desk.records.reviews import Review

MADE_OF = (
    "apprentice",
    "apprenticeship",
    "break_in_learning",
    "weekly_hours",
    "off_the_job_entry",
    "plan_activity",
    "review",
    "programme_change",
)
"""The tables that measures are worked out from."""


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One apprenticeship as far as one provider trains it; *id* is the apprenticeship's key.

    *price* is what is typed for it, else what its contract agrees for the standard; that is for a
    whole training, so it says nothing of who came from another provider.
    """

    id: UUID
    name: str
    provider_id: UUID | None
    contract_id: UUID | None
    status: Status
    price: Decimal | None
    trained: Trained

    @property
    def is_here(self) -> bool:
        """Whether nobody else has taken the training over."""
        return self.trained.to_on is None


def measured_by_contract(
    session: Session, as_at: date, rules: HoursRules, contract_id: UUID
) -> tuple[MeasuredRow, ...]:
    """Return whom a contract is measured by on *as_at*, by name."""
    was = select(ProgrammeChange.apprenticeship_id).where(
        ProgrammeChange.was_contract_id == contract_id
    )
    keys = select(Apprenticeship.id).where(
        or_(Apprenticeship.contract_id == contract_id, Apprenticeship.id.in_(was))
    )
    found = _rows(session, as_at, rules, keys, by_contract=True)
    return tuple(row for row in found if row.contract_id == contract_id)


def measured_by_provider(
    session: Session, as_at: date, rules: HoursRules
) -> Mapping[UUID, tuple[MeasuredRow, ...]]:
    """Return whom each provider is measured by on *as_at*, by name; who has nobody is not in it."""
    by_provider: dict[UUID, list[MeasuredRow]] = defaultdict(list)
    for row in _rows(session, as_at, rules, select(Apprenticeship.id), by_contract=False):
        if row.provider_id is not None:
            by_provider[row.provider_id].append(row)
    return {key: tuple(rows) for key, rows in by_provider.items()}


# --- spells -------------------------------------------------------------------------------------


class _Spell(NamedTuple):
    provider_id: UUID | None
    contract_id: UUID | None
    from_on: date | None
    to_on: date | None


class _Change(NamedTuple):
    """A change of provider or contract: its day, and what held until then."""

    on: date
    provider_id: UUID | None
    contract_id: UUID | None
    price: Decimal | None


def _spells(
    now: tuple[UUID | None, UUID | None],
    changes: Iterable[_Change],
    *,
    by_contract: bool,
) -> list[_Spell]:
    """Return the stretches with each provider, or with each contract, in order.

    *changes* are in order.
    """
    spells: list[_Spell] = []
    begins: date | None = None
    for each in changes:
        _add(
            spells,
            _Spell(each.provider_id, each.contract_id, begins, each.on - timedelta(days=1)),
            by_contract=by_contract,
        )
        begins = each.on
    _add(spells, _Spell(*now, begins, None), by_contract=by_contract)
    return spells


def _add(spells: list[_Spell], spell: _Spell, *, by_contract: bool) -> None:
    """Add a stretch; where nobody else took over, it goes on from the last one."""
    last = spells[-1] if spells else None
    is_same = (
        last is not None
        and last.provider_id == spell.provider_id
        and (not by_contract or last.contract_id == spell.contract_id)
    )
    if last is not None and is_same:
        spells[-1] = spell._replace(from_on=last.from_on)
    else:
        spells.append(spell)


# --- the queries --------------------------------------------------------------------------------


def _rows(
    session: Session, as_at: date, rules: HoursRules, keys: Select[Any], *, by_contract: bool
) -> list[MeasuredRow]:
    breaks = _by_key(session, Break, (Break.first_on, Break.last_on), keys)
    weekly = _by_key(session, WeeklyHours, (WeeklyHours.from_on, WeeklyHours.weekly_minutes), keys)
    reviews = _by_key(session, Review, (Review.due_on, Review.held_on), keys)
    changes = _changes(session, keys)
    logged = _logged(session, keys, as_at)
    planned = _planned(session, keys)
    rows = []
    for found in session.execute(_people(keys)):
        key = found.id
        course = _course(found, breaks[key])
        facts = HoursFacts(
            course=course,
            original_start_on=found.original_start_on or course.training_started_on,
            weekly=tuple(sorted(weekly[key])),
            standard_code=found.standard_code or "",
            standard_version=found.standard_version,
            agreed_minutes=found.agreed_minutes,
            prior_learning_minutes=found.prior_learning_minutes or 0,
        )
        required = off_the_job.required_minutes(
            facts.agreed_minutes, hours_facts.minimum_of(facts, rules)
        )
        now = (found.provider_id, found.contract_id)
        rows += [
            MeasuredRow(
                key,
                called(found.given_names, found.family_name),
                spell.provider_id,
                spell.contract_id,
                status_at(course, as_at),
                _price(found, spell, changes[key]),
                Trained(
                    course,
                    tuple(ReviewDays(*days) for days in reviews[key]),
                    required,
                    tuple(logged[key]),
                    tuple(planned[key]) if key in planned else None,
                    spell.from_on,
                    spell.to_on,
                ),
            )
            for spell in _spells(now, changes[key], by_contract=by_contract)
        ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def _price(found: Any, spell: _Spell, changes: Sequence[_Change]) -> Decimal | None:
    """Return the price of the whole training; one that was agreed for the rest of it is none."""
    typed: Decimal | None = typed_price(found)
    is_as_before = not changes or typed == changes[-1].price
    if found.price_is_for is not PriceFor.WHOLE and (found.price_is_for or not is_as_before):
        return None
    has_come = spell.from_on is not None or spell.contract_id != found.contract_id
    if typed is not None or has_come or found.training_of_contract is None:
        return typed
    whole: Decimal = found.training_of_contract + found.assessment_of_contract
    return whole


def _course(found: Any, breaks: Iterable[tuple[date, date | None]]) -> Course:
    return Course(
        training_started_on=found.training_started_on,
        training_planned_end_on=found.training_planned_end_on,
        apprenticeship_planned_end_on=found.apprenticeship_planned_end_on,
        assessment_began_on=found.assessment_began_on,
        ended_on=found.ended_on,
        outcome=found.outcome,
        breaks=tuple(sorted(Period(first, last) for first, last in breaks)),
    )


def _people(keys: Select[Any]) -> Select[Any]:
    person, programme, priced = Apprentice, Apprenticeship, ContractPrice
    columns: tuple[Any, ...] = (
        programme.id, person.given_names, person.family_name, programme.training_started_on,
        programme.training_planned_end_on, programme.apprenticeship_planned_end_on,
        programme.assessment_began_on, programme.ended_on, programme.outcome,
        programme.original_start_on, programme.standard_code, programme.standard_version,
        programme.agreed_minutes, programme.prior_learning_minutes, programme.provider_id,
        programme.contract_id, programme.agreed_price, programme.training_price,
        programme.assessment_price, programme.price_is_for,
        priced.training_price.label("training_of_contract"),
        priced.assessment_price.label("assessment_of_contract"),
    )  # fmt: skip
    of_it = and_(
        priced.contract_id == programme.contract_id,
        priced.standard_code == programme.standard_code,
    )
    return (
        select(*columns)
        .join(person, person.id == programme.apprentice_id)
        .outerjoin(priced, of_it)
        .where(programme.id.in_(keys))
    )


def _by_key(
    session: Session, kind: Any, columns: tuple[Any, Any], keys: Select[Any]
) -> defaultdict[UUID, list[tuple[Any, Any]]]:
    """Return pairs of values of child records, by apprenticeship."""
    by_key: defaultdict[UUID, list[tuple[Any, Any]]] = defaultdict(list)
    found = session.execute(
        select(kind.apprenticeship_id, *columns).where(kind.apprenticeship_id.in_(keys))
    )
    for key, one, other in found:
        by_key[key].append((one, other))
    return by_key


def _changes(session: Session, keys: Select[Any]) -> defaultdict[UUID, list[_Change]]:
    change = ProgrammeChange
    by_key: defaultdict[UUID, list[_Change]] = defaultdict(list)
    found: Any = session.execute(
        select(
            change.apprenticeship_id, change.changed_on, change.was_provider_id,
            change.was_contract_id, change.was_agreed_price,
        )
        .where(change.kind == ChangeKind.PROVIDER, change.apprenticeship_id.in_(keys))
        .order_by(change.changed_on, change.changed_in)
    )  # fmt: skip
    for key, *was in found:
        by_key[key].append(_Change(*was))
    return by_key


def _logged(
    session: Session, keys: Select[Any], as_at: date
) -> defaultdict[UUID, list[DayMinutes]]:
    """Return what counts up to *as_at*: by month, by day where somebody else took over."""
    entry = OffTheJobEntry
    counts = and_(entry.counts, entry.done_on <= as_at, entry.apprenticeship_id.in_(keys))
    changed = entry.apprenticeship_id.in_(
        select(ProgrammeChange.apprenticeship_id).where(ProgrammeChange.kind == ChangeKind.PROVIDER)
    )
    year, month = extract("year", entry.done_on), extract("month", entry.done_on)
    by_key: defaultdict[UUID, list[DayMinutes]] = defaultdict(list)
    by_month = session.execute(
        select(entry.apprenticeship_id, year, month, func.sum(entry.minutes))
        .where(counts, not_(changed))
        .group_by(entry.apprenticeship_id, year, month)
    )
    for key, in_year, in_month, minutes in by_month:
        by_key[key].append((date(int(in_year), int(in_month), 1), int(minutes)))
    by_day = session.execute(
        select(entry.apprenticeship_id, entry.done_on, func.sum(entry.minutes))
        .where(counts, changed)
        .group_by(entry.apprenticeship_id, entry.done_on)
    )
    for key, day, minutes in by_day:
        by_key[key].append((day, int(minutes)))
    return by_key


def _planned(session: Session, keys: Select[Any]) -> defaultdict[UUID, list[DayMinutes]]:
    """Return the minutes of dated activities that were not dropped, with their days."""
    activity = PlanActivity
    by_key: defaultdict[UUID, list[DayMinutes]] = defaultdict(list)
    found = session.execute(
        select(activity.apprenticeship_id, activity.due_on, activity.planned_minutes).where(
            activity.due_on.is_not(None),
            activity.status != ActivityStatus.DROPPED,
            activity.apprenticeship_id.in_(keys),
        )
    )
    for key, due_on, minutes in found:
        assert due_on is not None  # as was asked
        by_key[key].append((due_on, minutes))
    return by_key
