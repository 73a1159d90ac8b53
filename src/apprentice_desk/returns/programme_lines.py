"""The lines of Secondments, Pledges, Characteristics, Network and Barriers, as rows give them.

Each function returns lines with the key of the record behind each, None where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import FinancialYear
from apprentice_desk.domain.durations import decimal_hours
from apprentice_desk.domain.placement_days import host_words
from apprentice_desk.domain.reference import Categories
from apprentice_desk.domain.vocabulary import (
    EventKind,
    PlacementForm,
    RoleFamily,
    SecondmentStatus,
)
from apprentice_desk.records.erasures import CountedRow
from apprentice_desk.records.network import BarrierRow, EventRow
from apprentice_desk.records.organisation import CharacteristicRow, PledgeRow
from apprentice_desk.records.secondments import SecondmentDetails, SecondmentRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.returns.rows import (
    BarrierLine,
    CharacteristicLine,
    EventLine,
    PledgeLine,
    SecondmentLine,
)
from apprentice_desk.returns.suppression import suppressed

_OVER = frozenset(
    {SecondmentStatus.COMPLETED, SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN}
)


def secondments(
    rows: Iterable[SecondmentRow],
    apprentices: Iterable[ApprenticeRow],
    logged: Mapping[UUID, int],
    first_kept: date,
    as_at: date,
) -> list[tuple[UUID, SecondmentLine]]:
    """Return requests and offers, without drafts, those long over and those of nobody here.

    The light form lasts days, which the sheet has no column for: see ``visits``.

    *apprentices* are those in the return, *logged* counting minutes by secondment.  One that is
    over is left out when its last known day is before *first_kept*.
    """
    by_id = {row.id: row for row in apprentices}
    made = []
    for row in rows:
        details = row.details
        person = by_id.get(details.apprenticeship_id) if details.apprenticeship_id else None
        is_of_nobody_here = details.apprenticeship_id is not None and person is None
        if (
            details.status is SecondmentStatus.DRAFT
            or details.form.is_light
            or is_of_nobody_here
            or _is_long_over(details, first_kept)
        ):
            continue
        made.append((row.id, _secondment(row, person, logged.get(row.id, 0), as_at)))
    return made


def _is_long_over(details: SecondmentDetails, first_kept: date) -> bool:
    last = (
        details.ended_on
        or details.agreed_end_on
        or details.latest_start_on
        or details.earliest_start_on
    )
    return details.status in _OVER and last is not None and last < first_kept


def _secondment(
    row: SecondmentRow, person: ApprenticeRow | None, minutes: int, as_at: date
) -> SecondmentLine:
    details = row.details
    has_started = details.started_on is not None and details.started_on <= as_at
    return SecondmentLine(
        secondment_code=row.code,
        kind=details.kind,
        apprentice_code=person.code if person else "",
        apprenticeship_number=person.number if person else None,
        role_family=details.role_family or "",
        standard_code=details.standard_code or "",
        ksbs=details.ksbs,
        home=details.home or "",
        host=details.host or "",
        earliest_start_on=details.earliest_start_on,
        latest_start_on=details.latest_start_on,
        weeks=details.weeks,
        pattern=details.pattern or "",
        area=details.area,
        status=details.status,
        started_on=details.started_on,
        ended_on=details.ended_on,
        logged_hours=decimal_hours(minutes) if person and has_started else None,
    )


Places = Mapping[tuple[int, RoleFamily], int]
"""How many, by the first year of a programme year and the kind of role."""


def recruited_and_started(
    apprentices: Iterable[ApprenticeRow],
    year: FinancialYear,
    as_at: date,
    counted: Iterable[CountedRow] = (),
) -> tuple[Places, Places]:
    """Return how many were recruited, and how many of them have started training.

    An apprenticeship belongs to the programme year in which its training starts, or while no day
    is known to *year*.  It stands on the desk once an offer is accepted, so all of them count as
    recruited but those that ended before training began.  Those who were erased are *counted*.
    """
    recruited: dict[tuple[int, RoleFamily], int] = {}
    started: dict[tuple[int, RoleFamily], int] = {}
    for person in apprentices:
        if person.role_family is None:
            continue
        starts_on = person.course.training_started_on
        belongs = FinancialYear.containing(starts_on) if starts_on else year
        key = (belongs.first_year, person.role_family)
        has_begun = starts_on is not None and starts_on <= as_at
        if has_begun or person.status is Status.PLANNED:
            recruited[key] = recruited.get(key, 0) + 1
            started[key] = started.get(key, 0) + has_begun
    for row in counted:
        starts_on = row.started_from_on
        if row.role_family is not None and starts_on is not None:
            key = (FinancialYear.containing(starts_on).first_year, row.role_family)
            recruited[key] = recruited.get(key, 0) + 1
            started[key] = started.get(key, 0) + (starts_on <= as_at)
    return recruited, started


def pledges(
    rows: Sequence[PledgeRow],
    apprentices: Iterable[ApprenticeRow],
    year: FinancialYear,
    as_at: date,
    counted: Iterable[CountedRow] = (),
) -> list[tuple[UUID | None, PledgeLine]]:
    """Return what was pledged for the programme years that matter, and what came of it.

    Those are the year of the period, the one before, whose last recruits often start in the next,
    and any later one for which the borough has pledged already.  A year without a pledge has no
    lines; in the others a role family that nobody pledged for has one if somebody came in it, so
    that the year adds up.

    *apprentices* are all of the desk, however long ago they ended, *counted* those who were erased.
    """
    recruited, started = recruited_and_started(apprentices, year, as_at, counted)
    pledged = {
        (row.programme_year, row.role_family): row
        for row in rows
        if row.programme_year >= year.first_year - 1
    }
    years = {first_year for first_year, _ in pledged}
    keys = set(pledged) | {key for key in recruited if key[0] in years}
    families = list(RoleFamily)
    made = []
    for key in sorted(keys, key=lambda key: (key[0], families.index(key[1]))):
        first_year, family = key
        row = pledged.get(key)
        line = PledgeLine(
            programme_year=str(FinancialYear(first_year)),
            role_family=family,
            pledged=row.pledged if row else None,
            recruited=recruited.get(key, 0),
            started=started.get(key, 0),
        )
        made.append((row.id if row else None, line))
    return made


def characteristics(
    rows: Iterable[CharacteristicRow], categories: Categories
) -> list[tuple[UUID, CharacteristicLine]]:
    """Return the borough's totals in the order of *categories*, small counts left blank.

    Whatever the desk holds of a characteristic is one group to suppression; a category that says
    nothing has no line.
    """
    kinds = list(categories.by_characteristic)

    def order(row: CharacteristicRow) -> tuple[int, int, str]:
        listed = categories.by_characteristic[row.characteristic]
        at = listed.index(row.category) if row.category in listed else len(listed)
        return kinds.index(row.characteristic), at, row.category

    made = []
    known = (r for r in rows if r.on_programme is not None or r.started_in_year is not None)
    ordered = sorted(known, key=order)
    for _, found in groupby(ordered, key=lambda row: row.characteristic):
        group = list(found)
        hidden = suppressed([(row.on_programme, row.started_in_year) for row in group])
        for at, row in enumerate(group):
            line = CharacteristicLine(
                characteristic=row.characteristic,
                category=row.category,
                on_programme=None if at in hidden else row.on_programme,
                started_in_year=None if at in hidden else row.started_in_year,
                is_suppressed=at in hidden,
            )
            made.append((row.id, line))
    return made


def events(
    rows: Iterable[EventRow], year: FinancialYear, as_at: date
) -> list[tuple[UUID, EventLine]]:
    """Return the events held in the programme year up to *as_at*, by day.

    The whole year to date and not the quarter alone: so an event that was recorded late still
    gets to LOTI, and the newest return says all of the year.  One that was cancelled is none.
    """
    held = [
        (row.details.held_on, row)
        for row in rows
        if row.is_on
        and row.details.held_on is not None
        and year.period.first <= row.details.held_on <= as_at
    ]
    return [
        (
            row.id,
            EventLine(
                event=row.details.name,
                held_on=held_on,
                kind=row.details.kind or "",
                attended=row.details.attended,
                counted_hours=(
                    None
                    if row.details.counted_minutes is None
                    else decimal_hours(row.details.counted_minutes)
                ),
            ),
        )
        for held_on, row in sorted(held, key=lambda pair: (pair[0], pair[1].details.name))
    ]


_LONGEST_EVENT = 200
"""What the return has room for."""
_VISITS = {PlacementForm.SHADOWING: "Shadowing with", PlacementForm.VISIT: "Visit to"}


def visits(
    rows: Iterable[SecondmentRow],
    logged: Mapping[UUID, int],
    places: Mapping[str, str],
    year: FinancialYear,
    as_at: date,
) -> list[tuple[UUID | None, EventLine]]:
    """Return the shadowing and visits of apprentices of here that were, as events of the network.

    Those of one day at one place are one visit, whoever went; its hours are those of one
    apprentice, on average.  *logged* are counting minutes by secondment, *places* the names of
    hosts by their code.  The days are those of ``events``.
    """
    found: dict[tuple[date, str], list[int]] = {}
    for row in rows:
        details = row.details
        held_on = details.started_on
        if (
            details.form not in _VISITS
            or details.status is not SecondmentStatus.COMPLETED
            or details.apprenticeship_id is None
            or held_on is None
            or not year.period.first <= held_on <= as_at
        ):
            continue
        where = details.host_name.strip() or places.get(details.host or "")
        where = where or host_words(details.host)
        event = f"{_VISITS[details.form]} {where}"[:_LONGEST_EVENT]
        found.setdefault((held_on, event), []).append(logged.get(row.id, 0))
    return [
        (
            None,
            EventLine(
                event=event,
                held_on=held_on,
                kind=EventKind.VISIT,
                attended=len(minutes),
                counted_hours=(
                    decimal_hours(sum(minutes) // len(minutes)) if any(minutes) else None
                ),
            ),
        )
        for (held_on, event), minutes in sorted(found.items())
    ]


def barriers(rows: Iterable[BarrierRow], first_kept: date) -> list[tuple[UUID, BarrierLine]]:
    """Return the barriers that the borough lets LOTI see, and no other.

    One that was settled before *first_kept* stands in nobody's way any more.
    """
    return [
        (
            row.id,
            BarrierLine(
                category=row.details.category or "",
                what_stands_in_the_way=row.details.what_stands_in_the_way,
                what_helped=row.details.what_helped,
                is_help_wanted=row.details.is_help_wanted,
                may_be_shared=row.details.may_be_shared,
            ),
        )
        for row in rows
        if row.details.may_be_seen_by_loti
        and (row.details.settled_on is None or row.details.settled_on >= first_kept)
    ]
