"""What the list of apprentices shows of each, and the ways to narrow it by status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apprentice_desk.domain.apprenticeship import LIVE, Status
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.durations import decimal_hours, grid, nearest_minute, rate, sentence
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.off_the_job import Figures, HoursStatus
from apprentice_desk.domain.recovering import Effort
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.kit.rows import Bar, Column
from apprentice_desk.ui.narrowing import StatusFilter
from apprentice_desk.ui.standing_words import (
    HOURS_BADGES,
    STATUS_BADGES,
    hours_tone,
    status_badge,
)

_ORDER = [*(badge.text for badge in HOURS_BADGES.values()), *(
    badge.text for badge in STATUS_BADGES.values()
)]  # fmt: skip


def hours_in_words(figures: Figures) -> str:
    """Return what is logged of what is required, and how that compares with the plan."""
    says = f"{sentence(figures.logged_minutes)} logged"
    if figures.required_minutes is not None:
        says += f" of {sentence(figures.required_minutes)} required"
    against = figures.against_plan_minutes
    if against is None:
        return f"{says}, no plan to measure by"
    if against == 0:
        return f"{says}, exactly on plan"
    return f"{says}, {sentence(abs(against))} {'below' if against < 0 else 'above'} plan"


def _hours_bar(row: ApprenticeRow) -> Bar | None:
    figures = row.figures
    if figures.required_minutes is None and not figures.logged_minutes:
        return None
    has_ended = row.status.is_ended
    return Bar(
        figures.logged_minutes,
        None if has_ended else figures.planned_to_date_minutes,
        figures.required_minutes or 0,
        "quiet" if has_ended else hours_tone(figures.status),
        hours_in_words(figures),
    )


def _shortfall(row: ApprenticeRow) -> int | None:
    """Most behind first; those that have ended have no plan to be behind."""
    return None if row.status.is_ended else row.figures.against_plan_minutes


def _day(heading: str, day: Callable[[ApprenticeRow], date | None]) -> Column:
    def show(row: ApprenticeRow) -> str:
        known = day(row)
        return "" if known is None else table_day(known)

    return Column(heading, show, sort=day, width=12, holds="date", value=day)


def _hours(heading: str, minutes: Callable[[ApprenticeRow], int | None]) -> Column:
    def worded(write: Callable[[int], Any], blank: Any) -> Callable[[ApprenticeRow], Any]:
        def words(row: ApprenticeRow) -> Any:
            known = minutes(row)
            return blank if known is None else write(known)

        return words

    return Column(
        heading,
        worded(grid, ""),
        sort=minutes,
        right=True,
        width=11,
        say=worded(sentence, "not known"),
        holds="hours",
        value=worded(decimal_hours, None),
    )


def _rate(heading: str, weekly: Callable[[ApprenticeRow], Fraction | None]) -> Column:
    """A column of hours a week; blank where they cannot be worked out."""

    def show(row: ApprenticeRow) -> str:
        known = weekly(row)
        return "" if known is None else rate(known).removesuffix(" a week")

    def say(row: ApprenticeRow) -> str:
        known = weekly(row)
        return "not known" if known is None else rate(known)

    def value(row: ApprenticeRow) -> Decimal | None:
        known = weekly(row)
        return None if known is None else decimal_hours(nearest_minute(known))

    return Column(
        heading, show, sort=weekly, right=True, width=13, say=say, holds="hours", value=value
    )


def _needed(row: ApprenticeRow) -> Fraction | None:
    return row.figures.needed_minutes


def _difficulty(row: ApprenticeRow) -> tuple[int, Fraction] | None:
    """Hardest first, as the other columns put whoever is furthest behind first."""
    if row.recoverability is None:
        return None
    effort, times = row.recoverability.key
    return (-effort, -times)


COLUMNS = (
    Column(
        "Apprentice",
        lambda row: row.name if row.number == 1 else f"{row.name} ({row.number})",
        sort=lambda row: row.sort_name,
        say=lambda row: row.name if row.number == 1 else f"{row.name}, number {row.number}",
        kind="strong",
        width=20,
    ),
    Column("Standard", lambda row: row.standard_title, width=23, tip=lambda r: r.standard_title),
    Column("Provider", lambda row: row.provider_name, width=19, tip=lambda r: r.provider_name),
    Column(
        "Hours against plan",
        _hours_bar,
        sort=_shortfall,
        kind="bar",
        width=15,
        tip=lambda row: row.figures.why,
    ),
    Column(
        "Status",
        status_badge,
        sort=lambda row: _ORDER.index(status_badge(row).text),
        kind="badge",
        width=15,
        tip=lambda row: row.figures.why,
    ),
    Column("Line manager", lambda row: row.line_manager, width=18),
    _day("Training ends", lambda row: row.course.training_planned_end_on),
    _day("Training starts", lambda row: row.course.training_started_on),
    _hours("Logged", lambda row: row.figures.logged_minutes),
    _hours("Required", lambda row: row.figures.required_minutes),
    _hours("Against plan", _shortfall),
    _day("Next review", lambda row: row.next_review_on),
    _rate("Needed a week", _needed),
    _rate("Pace", lambda row: None if row.status.is_ended else row.figures.pace_minutes),
    Column(
        "Recoverability",
        lambda row: "" if row.recoverability is None else row.recoverability.says,
        sort=_difficulty,
        say=lambda row: "not known" if row.recoverability is None else row.recoverability.says,
        width=22,
        tip=lambda row: row.figures.why,
    ),
)
HIDDEN_AT_FIRST = tuple(range(5, len(COLUMNS)))
LEFT_OUT_FIRST = (2, 1)
"""Provider, then standard, where there is no room for all; the details have them."""


def _of(*statuses: Status) -> Callable[[ApprenticeRow], bool]:
    return lambda row: row.status in statuses


def _effort(*efforts: Effort) -> Callable[[ApprenticeRow], bool]:
    return lambda row: row.recoverability is not None and row.recoverability.effort in efforts


FILTERS = (
    StatusFilter("on programme", _of(*LIVE)),
    StatusFilter(
        "behind or slipping",
        lambda row: (
            row.status is Status.LIVE
            and row.figures.status in (HoursStatus.BEHIND, HoursStatus.SLIPPING)
        ),
    ),
    StatusFilter("all", None),
    StatusFilter("to start", _of(Status.PLANNED)),
    StatusFilter("live", _of(Status.LIVE)),
    StatusFilter("on a break", _of(Status.ON_A_BREAK)),
    StatusFilter("in assessment", _of(Status.IN_ASSESSMENT)),
    StatusFilter("completed", _of(Status.COMPLETED)),
    StatusFilter("withdrawn", _of(Status.WITHDRAWN)),
    StatusFilter("needs more than the pace", _effort(Effort.MORE, Effort.FROM_NOTHING)),
    StatusFilter("cannot recover as things are", _effort(Effort.OVER_CONTRACT, Effort.NO_TIME)),
)
ALL = FILTERS[2]

SIDE_BY_SIDE = 252
"""The width in quarters from which list and panel stand side by side."""

PANEL_QUARTERS = 104
"""The width of what stands beside the list."""


def counts_in_words(rows: tuple[ApprenticeRow, ...]) -> str:
    """Return how many there are in which state, for below the page's name."""
    vacant = sum(row.is_vacancy for row in rows)
    count = {status: sum(row.status is status for row in rows) for status in Status}
    count[Status.PLANNED] -= vacant
    on = sum(count[status] for status in LIVE)
    paused = count[Status.ON_A_BREAK]
    parts = [f"{on:,} on programme" + (f" ({paused:,} on a break)" if paused else "")]
    for status, words in (
        (Status.PLANNED, "to start"),
        (Status.COMPLETED, "completed"),
        (Status.WITHDRAWN, "withdrawn"),
    ):
        if count[status]:
            parts.append(f"{count[status]:,} {words}")
    if vacant:
        parts.append(f"{counted(vacant, 'role')} without a name")
    return " · ".join(parts)
