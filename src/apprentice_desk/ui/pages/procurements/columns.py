"""What the list of procurements shows of each, and the ways to narrow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted, in_days
from apprentice_desk.domain.procuring import BidderStanding, Stage, ToDo
from apprentice_desk.domain.standstill import NearRule
from apprentice_desk.records.procurement_overview import (
    ProcurementOverview,
    Standing,
    how_it_stands,
    procurement_overviews,
)
from apprentice_desk.ui.contracting.procurements import STAGES
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.narrowing import StatusFilter
from apprentice_desk.ui.recording.choices import words
from apprentice_desk.ui.recording.kind import Shown


@dataclass(frozen=True, slots=True)
class ProcurementLine:
    """One procurement as the list shows it; *tone* says how near what is to be done first is."""

    id: UUID
    found: ProcurementOverview
    standing: Standing
    first_words: str
    tone: Tone

    @property
    def shown(self) -> Shown:
        """What the forms of procurements know it by."""
        return Shown(self.id, self.found.details.reference, None)

    @property
    def looked_after_by(self) -> str:
        """Who sees to it."""
        return self.found.details.looked_after_by

    @property
    def first(self) -> ToDo | None:
        """What needs doing first."""
        return self.standing.first

    @property
    def badge(self) -> Badge:
        """How far it is."""
        return STAGES[self.standing.stage]

    @property
    def bids(self) -> int:
        """How many bids came in time."""
        return sum(row.details.standing is BidderStanding.BID for row in self.found.bidders)


def read_lines(session: Any, today: date) -> tuple[ProcurementLine, ...]:
    """Return the procurements, what needs doing first at the top."""
    rules, holidays = resources.procurement_rules(), resources.bank_holidays()
    lines = [
        _line(found, how_it_stands(found, today, rules, holidays), today, rules.near_on(today))
        for found in procurement_overviews(session)
    ]
    return tuple(sorted(lines, key=_order))


def _line(
    found: ProcurementOverview, standing: Standing, today: date, rule: NearRule
) -> ProcurementLine:
    first = standing.first
    if first is None:
        return ProcurementLine(found.id, found, standing, "", "")
    if first.on is None:
        return ProcurementLine(found.id, found, standing, first.words, "warning")
    days = (first.on - today).days
    when = "overdue" if days < 0 else in_days(first.on, today)
    tone: Tone = ""
    if days <= rule.days:
        tone = "danger" if days < 0 else "warning"
    said = f"{first.words}: {show_day(first.on)}, {when}"
    return ProcurementLine(found.id, found, standing, said, tone)


_TONES: Sequence[Tone] = ("danger", "warning", "")


def _order(line: ProcurementLine) -> tuple[bool, int, date, str]:
    on = None if line.first is None else line.first.on
    return (
        line.standing.stage.is_over,
        _TONES.index(line.tone),
        on or date.max,
        line.found.details.reference,
    )


def _first_said(line: ProcurementLine) -> str:
    return line.first_words or "nothing to do"


def _next_on(line: ProcurementLine) -> date | None:
    return None if line.first is None else line.first.on


def _day(day: date | None) -> str:
    return "" if day is None else table_day(day)


COLUMNS = (
    Column("Title", lambda line: line.found.details.title, kind="strong", width=26,
           tip=lambda line: line.found.details.title),
    Column("What needs doing first", lambda line: line.first_words, sort=_order, width=36,
           say=_first_said, tone=lambda line: line.tone, tip=lambda line: line.first_words),
    Column("By", lambda line: _day(_next_on(line)), sort=_next_on, width=11, holds="date",
           value=_next_on),
    Column("Bids", lambda line: f"{line.bids:,}" if line.bids else "", right=True, width=6,
           sort=lambda line: -line.bids, say=lambda line: counted(line.bids, "bid"),
           holds="integer", value=lambda line: line.bids),
    Column("How far it is", lambda line: line.badge, kind="badge", width=17),
    Column("Reference", lambda line: line.found.details.reference, width=16),
    Column("Decided for", lambda line: "" if line.found.decision is None
           else line.found.decision.bidder_name, width=20),
    Column("Up to", lambda line: "" if line.found.details.value_limit is None
           else show_pounds(line.found.details.value_limit), right=True, width=13,
           sort=lambda line: line.found.details.value_limit, holds="money",
           value=lambda line: line.found.details.value_limit),
    Column("Procurement law", lambda line: words(line.found.details.regime), width=22),
    Column("Route", lambda line: words(line.found.details.route), width=28),
    Column("Standards", lambda line: line.found.details.standard_codes, width=18),
    Column("Looked after by", lambda line: line.found.details.looked_after_by, width=18),
)  # fmt: skip
HIDDEN_AT_FIRST = tuple(range(6, len(COLUMNS)))
LEFT_OUT_FIRST = (5, 3, 2, 4)
"""Columns that go, in this order, where there is no room."""
FIRST_COLUMN = 1
"""What needs doing first, by which the list is sorted at first."""

FILTERS = (
    StatusFilter("not over", lambda line: not line.standing.stage.is_over),
    StatusFilter("needs doing soon", lambda line: bool(line.tone)),
    StatusFilter("all", None),
    StatusFilter("out to bidders", lambda line: line.standing.stage is Stage.OUT),
    StatusFilter("being evaluated", lambda line: line.standing.stage is Stage.EVALUATING),
    StatusFilter("decided", lambda line: line.standing.stage in (Stage.DECIDED, Stage.STANDSTILL)),
    StatusFilter("contract made", lambda line: line.standing.stage is Stage.CONTRACT_MADE),
    StatusFilter("given up", lambda line: line.standing.stage is Stage.ABANDONED),
)


def counts_in_words(lines: Sequence[ProcurementLine]) -> str:
    """Return how many there are in which state, for below the page's name."""
    over = sum(line.standing.stage.is_over for line in lines)
    near = sum(bool(line.tone) for line in lines)
    parts = [f"{len(lines) - over:,} under way"]
    if over:
        parts.append(f"{over:,} over")
    parts.append(f"{near:,} to see to soon" if near else "nothing to see to soon")
    return " · ".join(parts)
