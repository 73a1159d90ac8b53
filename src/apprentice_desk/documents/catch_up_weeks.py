"""The weeks of a catch-up as its agreement tells them, and what they go around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.procurement_facts import Facts, known
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.catching_up import CatchUp, Week
from apprentice_desk.domain.durations import sentence

MOST_SINGLE_WEEKS = 14
"""More weeks than this stand as spans of equal weeks, so that they keep to a page."""


@dataclass(frozen=True, slots=True)
class AgreedSpan:
    """Weeks one after the other that have the same hours."""

    weeks: tuple[Week, ...]

    @property
    def shown(self) -> str:
        """Its days, as a span."""
        return Period(self.weeks[0].first, self.weeks[-1].last).shown()

    @property
    def each(self) -> str:
        """The hours of each of its weeks, in words, and why there are none or more."""
        first = self.weeks[0]
        if first.is_block:
            return f"{sentence(first.minutes)}, block week"
        if not first.days:
            return "none: no working day"
        return sentence(first.minutes) if first.minutes else "none left to do"


def spans(weeks: Sequence[Week]) -> tuple[AgreedSpan, ...]:
    """Return the weeks one by one, or where they are many those alike together."""
    if len(weeks) <= MOST_SINGLE_WEEKS:
        return tuple(AgreedSpan((week,)) for week in weeks)
    alike = groupby(weeks, key=lambda week: (week.minutes, week.is_block, week.days > 0))
    return tuple(AgreedSpan(tuple(some)) for _, some in alike)


def facts_of_catch_up(
    found: CatchUp, reviews: Iterable[date] = (), leave: Iterable[Period] = ()
) -> Facts:
    """Return what the agreement is told of the weeks; *leave* and *reviews* are gone around."""
    table = TableValue(
        ("Weeks", "Training each week", "Together"),
        tuple(
            (each.shown, each.each, sentence(sum(week.minutes for week in each.weeks)))
            for each in spans(found.weeks)
        ),
        right=frozenset({2}),
    )
    return known(
        {
            "recovered_by_on": found.by,
            "catch_up_rate": sentence(found.rate_minutes),
            "catch_up_weeks": table,
            "catch_up_around": _around(
                [day for day in sorted(reviews) if day <= found.by],
                [span for span in sorted(leave) if span.first <= found.by],
            ),
        }
    )


def _around(reviews: Sequence[date], leave: Sequence[Period]) -> str:
    """Return what the weeks leave out besides bank holidays, in words; "" where it is nothing."""
    parts = []
    if leave:
        parts.append(f"leave ({'; '.join(map(_span, leave))})")
    if reviews:
        parts.append(f"the days of progress reviews ({', '.join(map(show_day, reviews))})")
    return " and ".join(parts)


def _span(span: Period) -> str:
    return show_day(span.first) if span.first == span.last else span.shown()
