"""The tables of the levy: its months, and by when how much has to be spent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.levy import RunwayMonth, SpendBy
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records.levy import month_named
from apprentice_desk.records.levy_runway import LevyLook
from apprentice_desk.ui.contracting.levy import short_month
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.theme import Tone


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month as its table shows it; *from_on* is the day of the balance in the first."""

    id: int
    of: RunwayMonth
    from_on: date | None = None

    @property
    def note(self) -> str:
        """What is to be minded."""
        said = []
        if self.from_on is not None:
            said.append(f"from {show_day(self.from_on)} on")
        if self.of.short:
            said.append(f"{show_pounds(self.of.short)} short")
        return "; ".join(said)


@dataclass(frozen=True, slots=True)
class SpendByLine:
    """One day by which to spend, as its table shows it."""

    id: int
    of: SpendBy

    @property
    def came_in(self) -> str:
        """The months of which the money is."""
        return ", ".join(month_named(month) for month in self.of.came_in)


def month_lines(look: LevyLook) -> tuple[MonthLine, ...]:
    """Return the months as rows."""
    on = look.balance.balance_on
    return tuple(
        MonthLine(each.month.toordinal(), each, on if number == 0 else None)
        for number, each in enumerate(look.runway.months)
    )


def spend_by_lines(look: LevyLook) -> tuple[SpendByLine, ...]:
    """Return the days by which to spend as rows."""
    return tuple(SpendByLine(each.last_on.toordinal(), each) for each in look.runway.spend_by)


def _pounds(
    heading: str,
    value: Callable[[MonthLine], Decimal],
    tone: Callable[[MonthLine], Tone] | None = None,
) -> Column:
    return Column(
        heading,
        lambda line: show_pounds(value(line)),
        sort=value,
        right=True,
        width=12,
        holds="money",
        value=value,
        tone=tone,
    )


def _due_tone(line: MonthLine) -> Tone:
    return "danger" if line.of.short else ""


def _lapsed_tone(line: MonthLine) -> Tone:
    return "warning" if line.of.lapsed else ""


MONTHS = (
    Column(
        "Month",
        lambda line: short_month(line.of.month),
        sort=lambda line: line.of.month,
        kind="strong",
        width=10,
        say=lambda line: month_named(line.of.month),
        tip=lambda line: line.note,
        holds="date",
        value=lambda line: line.of.month,
    ),
    _pounds("At first", lambda line: line.of.opening),
    _pounds("Comes in", lambda line: line.of.income),
    _pounds("Due", lambda line: line.of.due, _due_tone),
    _pounds(
        "Lapses", lambda line: line.of.lapsed, lambda line: "warning" if line.of.lapsed else ""
    ),
    _pounds("At the end", lambda line: line.of.closing),
    Column("", lambda line: line.note, kind="quiet", width=22, called="What to mind"),
)
MONTHS_LEFT_OUT_FIRST = (6, 1, 2, 5, 3)
"""Left out where there is no room: what lapses stays longest."""

SPEND_BY = (
    Column(
        "Spend by",
        lambda line: table_day(line.of.last_on),
        sort=lambda line: line.of.last_on,
        say=lambda line: show_day(line.of.last_on),
        kind="strong",
        width=12,
        holds="date",
        value=lambda line: line.of.last_on,
    ),
    Column(
        "Else lapses",
        lambda line: show_pounds(line.of.amount),
        sort=lambda line: line.of.amount,
        right=True,
        width=12,
        holds="money",
        value=lambda line: line.of.amount,
    ),
    Column(
        "To keep it",
        lambda line: show_pounds(line.of.takes),
        sort=lambda line: line.of.takes,
        say=lambda line: f"spend {show_pounds(line.of.takes)} beyond what is promised",
        right=True,
        width=12,
        holds="money",
        value=lambda line: line.of.takes,
        tip=lambda line: "To be spent beyond what is promised: the oldest money goes first.",
    ),
    Column(
        "Came in",
        lambda line: line.came_in,
        kind="quiet",
        width=24,
        tip=lambda line: line.came_in,
    ),
)
SPEND_BY_LEFT_OUT_FIRST = (3, 2)
