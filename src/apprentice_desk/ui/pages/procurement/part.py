"""What every part of the page of one procurement is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apprentice_desk import resources
from apprentice_desk.records.procurement_overview import (
    ProcurementOverview,
    Standing,
    how_it_stands,
)
from apprentice_desk.ui.contracting.parts_page import PartPlace
from apprentice_desk.ui.parts import PagePart


@dataclass(frozen=True, slots=True)
class ProcurementShown:
    """One procurement as the page shows it, and how it stands on *today*."""

    found: ProcurementOverview
    standing: Standing
    today: date


def as_shown(found: ProcurementOverview, today: date) -> ProcurementShown:
    """Return a procurement with how it stands on *today*."""
    rules, holidays = resources.procurement_rules(), resources.bank_holidays()
    return ProcurementShown(found, how_it_stands(found, today, rules, holidays), today)


class ProcurementPart(PagePart):
    """One part: a card about one procurement.

    It shows what it is given in ``show_procurement``, which the page calls whenever something of
    it has changed.
    """

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show how things stand."""
        raise NotImplementedError  # every part says how


_HERE = "apprentice_desk.ui.pages.procurement"

PARTS: tuple[PartPlace, ...] = (
    PartPlace("days", "wide", f"{_HERE}.days", "DaysPart"),
    PartPlace("decision", "main", f"{_HERE}.decision", "DecisionPart"),
    PartPlace("bidders", "main", f"{_HERE}.items", "BiddersPart"),
    PartPlace("criteria", "main", f"{_HERE}.items", "CriteriaPart"),
    PartPlace("scores", "main", f"{_HERE}.scores", "ScoresPart"),
    PartPlace("moderation", "main", f"{_HERE}.scores", "ModerationPart"),
    PartPlace("clarifications", "main", f"{_HERE}.items", "ClarificationsPart"),
    PartPlace("guides", "main", f"{_HERE}.guides", "GuidesPart"),
    PartPlace("history", "main", f"{_HERE}.history", "HistoryPart"),
    PartPlace("timetable", "side", f"{_HERE}.items", "TimetablePart"),
    PartPlace("issued", "side", f"{_HERE}.issued", "IssuedPart"),
    PartPlace("facts", "side", f"{_HERE}.facts", "FactsPart"),
    PartPlace("evaluators", "side", f"{_HERE}.items", "EvaluatorsPart"),
    PartPlace("abstentions", "side", f"{_HERE}.items", "AbstentionsPart"),
    PartPlace("prices", "side", f"{_HERE}.items", "PricesPart"),
)
"""The parts in the order of the keyboard: the whole width first, then one column, then the other.
Those of a column stand below each other."""
