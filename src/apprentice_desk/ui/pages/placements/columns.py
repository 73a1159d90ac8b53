"""The columns of lines of others, of what fits one, and of what this borough opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.needs import counted
from apprentice_desk.records.listings import ListingRow
from apprentice_desk.records.openings import OpeningRow
from apprentice_desk.records.placements import FitHere
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.placing.matching import against_in_words, reasons_in_words
from apprentice_desk.ui.placing.words import (
    PAST,
    about,
    kind_of,
    length,
    role,
    state_of,
    window,
)
from apprentice_desk.ui.recording.choices import day_in_table, place_name, words


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of somebody else's on a day."""

    row: ListingRow
    today: date

    @property
    def id(self) -> object:
        """Its key."""
        return self.row.id

    @property
    def is_to_be_had(self) -> bool:
        """Whether it is open, and its window not past."""
        line = self.row.placement
        return line.is_open and line.window(self.today) is not None

    @property
    def badge(self) -> Badge:
        """Whether it can be had, in a word."""
        line = self.row.placement
        return PAST if line.is_open and not self.is_to_be_had else state_of(line)


LISTING_COLUMNS = (
    Column("Kind", lambda row: kind_of(row.row.placement), width=11),
    Column("What", lambda row: about(row.row.placement), kind="strong", width=30,
           tip=lambda row: about(row.row.placement)),
    Column("Whose", lambda row: place_name(row.row.placement.borough), width=16),
    Column("Role and standard", lambda row: role(row.row.placement), width=25,
           tip=lambda row: role(row.row.placement)),
    Column("KSBs", lambda row: row.row.placement.ksbs, width=12,
           tip=lambda row: row.row.placement.ksbs),
    Column("Can begin", lambda row: window(row.row.placement), width=24,
           sort=lambda row: row.row.placement.earliest_start_on),
    Column("Lasts", lambda row: length(row.row.placement), width=9,
           sort=lambda row: (row.row.placement.weeks or 0) * 5 + (row.row.placement.days or 0)),
    Column("State", lambda row: row.badge, kind="badge", width=13),
)  # fmt: skip
LISTING_CAN_DO_WITHOUT = (4, 6, 3, 5)


def _fits_whom(here: FitHere) -> str:
    if here.name:
        return here.name
    line = here.fit.placement
    return "Ours" if here.secondment_id else place_name(line.borough)


FIT_COLUMNS = (
    Column("Fits", _fits_whom, kind="strong", width=18),
    Column("Kind", lambda here: kind_of(here.fit.placement), width=10),
    Column("What", lambda here: about(here.fit.placement), width=20,
           tip=lambda here: about(here.fit.placement)),
    Column("For it", lambda here: reasons_in_words(here.fit), width=44,
           tip=lambda here: reasons_in_words(here.fit)),
    Column("Against it", lambda here: against_in_words(here.fit) or "Nothing", width=32,
           tip=lambda here: against_in_words(here.fit)),
)  # fmt: skip
FIT_CAN_DO_WITHOUT = (2, 1)


def opening_badge(row: OpeningRow, today: date) -> Badge:
    """Return whether an opening can be had, in a word."""
    if row.closed_on is not None:
        return Badge("Taken", "quiet", "check") if row.is_taken else Badge("Closed", "quiet", "ban")
    until = row.details.until_on
    return PAST if until is not None and until < today else Badge("Open", "good", "circle-check")


def opening_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of openings as they stand on *today*."""
    return (
        Column("Opening", lambda row: row.details.title, kind="strong", width=30,
               tip=lambda row: row.details.about or row.details.title),
        Column("Kind", lambda row: words(row.details.kind), width=16),
        Column("From", lambda row: day_in_table(row.details.from_on), width=11, holds="date",
               sort=lambda row: row.details.from_on, value=lambda row: row.details.from_on),
        Column("Until", lambda row: day_in_table(row.details.until_on), width=11, holds="date",
               sort=lambda row: row.details.until_on, value=lambda row: row.details.until_on),
        Column("Lasts", lambda row: "" if row.details.days is None
               else counted(row.details.days, "day"), width=9),
        Column("Places", lambda row: "" if row.details.places is None else str(row.details.places),
               sort=lambda row: row.details.places, right=True, width=8, holds="integer",
               value=lambda row: row.details.places),
        Column("How to apply", lambda row: row.details.how_to_apply, width=28,
               tip=lambda row: row.details.how_to_apply),
        Column("State", lambda row: opening_badge(row, today), kind="badge", width=12),
    )  # fmt: skip


OPENING_CAN_DO_WITHOUT = (4, 6, 2, 5)
