"""Values of the lists and settings that come with the program: boroughs, standards, reasons.

What they hold is loaded by resources; records and the window only see these classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from apprentice_desk.domain.calendar import BankHolidays, show_day
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Characteristic, LeavingGroup, RoleFamily


@dataclass(frozen=True, slots=True)
class Borough:
    """One of the 33 London authorities, or an invented one for samples.

    Tiles count from 1 at the top left, hexagons from 0 with rows going north (odd rows shifted
    right); an invented borough stands on neither map.  *council* is what its council calls itself.
    """

    code: str
    name: str
    letters: str
    tile_row: int | None
    tile_col: int | None
    hex_q: int | None
    hex_r: int | None
    is_invented: bool
    council: str


@dataclass(frozen=True, slots=True)
class ListedStandard:
    """A standard, foundation apprenticeship or unit as Skills England lists it.

    None and an empty version mean that the list does not say.
    """

    code: str
    title: str
    level: int | None
    typical_months: int | None
    max_funding: Decimal | None
    version: str
    status: str
    route: str


class StandardsList(NamedTuple):
    """All listed standards, and the day of the list."""

    listed_on: date
    standards: tuple[ListedStandard, ...]


@dataclass(frozen=True, slots=True)
class DigitalList:
    """Which standards count as digital, with the kind of role each leads to."""

    listed_on: date
    role_families: Mapping[str, RoleFamily]
    source: str


@dataclass(frozen=True, slots=True)
class ListedOffer:
    """Learning that a partner offers, as the packaged list names it; an empty link is not known.

    No length is listed: none was published.
    """

    partner: str
    title: str
    kind: Activity
    note: str
    link: str
    source: str


@dataclass(frozen=True, slots=True)
class LeavingReason:
    """Why somebody left, by ILR code, and the only detail of it that leaves the borough."""

    code: str
    meaning: str
    group: LeavingGroup


@dataclass(frozen=True, slots=True)
class ProgrammeTarget:
    """How many digital apprentices the programme wants across its boroughs, by a day."""

    apprentices: int
    by: date
    source: str


@dataclass(frozen=True, slots=True)
class Channel:
    """Where stories are told: its *name*, whom it reaches, and what suits it."""

    name: str
    audience: str
    suits: str


@dataclass(frozen=True, slots=True)
class Programme:
    """LOTI's programme and its known targets; later ones are typed in."""

    name: str
    targets: tuple[ProgrammeTarget, ...]


@dataclass(frozen=True, slots=True)
class DatedNumber:
    """A number that somebody set, from a day on."""

    valid_from: date
    number: int
    source: str
    is_verified: bool = True


def _number_on(numbers: tuple[DatedNumber, ...], day: date, what: str) -> int:
    in_force = [each for each in numbers if each.valid_from <= day]
    if not in_force:
        raise Problem(f"{what} is not known for {show_day(day)}.", "Choose a later day.")
    return max(in_force, key=lambda each: each.valid_from).number


@dataclass(frozen=True, slots=True)
class ReviewPractice:
    """What a review pack asks about, and how long a review takes; from a day on.

    *quiet_days* without an entry are asked about, a gateway from *gateway_days* before it on.
    """

    valid_from: date
    quiet_days: int
    gateway_days: int
    meeting_minutes: int
    source: str


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """How often progress must be reviewed, and how a review is prepared."""

    intervals: tuple[DatedNumber, ...]
    practices: tuple[ReviewPractice, ...] = ()

    def interval_days(self, on: date) -> int:
        """Return the most days between two reviews, as ruled on a day; Problem if not known."""
        return _number_on(self.intervals, on, "The interval of progress reviews")

    def practice_on(self, day: date) -> ReviewPractice:
        """Return what is asked about on a day; raises Problem if that is not known."""
        in_force = [each for each in self.practices if each.valid_from <= day]
        if not in_force:
            raise Problem(
                f"What a review asks about is not known for {show_day(day)}.", "Choose a later day."
            )
        return max(in_force, key=lambda each: each.valid_from)


@dataclass(frozen=True, slots=True)
class KsbRules:
    """When a KSB that nobody has worked on for a while is said to have gone quiet."""

    quiet: tuple[DatedNumber, ...]

    def quiet_days(self, on: date) -> int:
        """Return how many days without an entry are not quiet yet on a day; Problem if unknown."""
        return _number_on(self.quiet, on, "When a KSB has gone quiet")


@dataclass(frozen=True, slots=True)
class ReturnSettings:
    """What LOTI set about returns."""

    due: tuple[DatedNumber, ...]

    def working_days_due(self, period_last: date) -> int:
        """Return how many working days after *period_last* a return is due; Problem if unknown."""
        return _number_on(self.due, period_last, "The day on which returns are due")

    def due_on(self, period_last: date, holidays: BankHolidays) -> date:
        """Return the day on which the return for a period that ends on *period_last* is due."""
        return holidays.working_days_after(period_last, self.working_days_due(period_last))


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of each characteristic, in their order, from a day on."""

    valid_from: date
    by_characteristic: Mapping[Characteristic, tuple[str, ...]]
    source: str


@dataclass(frozen=True, slots=True)
class CharacteristicCategories:
    """What apprentices are counted by, as it changed over time."""

    sets: tuple[Categories, ...]

    def on(self, day: date) -> Categories:
        """Return the categories in force on *day*; Problem if none are known."""
        in_force = [each for each in self.sets if each.valid_from <= day]
        if not in_force:
            raise Problem(
                f"DfE's categories are not known for {show_day(day)}.", "Choose a later day."
            )
        return max(in_force, key=lambda each: each.valid_from)
