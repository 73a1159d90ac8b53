"""Standstill and thresholds: what the law on procurement says of days and values.

The figures come from resources/rules/procurement.toml.  Nothing here takes the place of advice:
each answer says by which source it is, and whether anybody has checked that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from apprentice_desk.domain.calendar import BankHolidays, show_day
from apprentice_desk.domain.checklist_rules import covers
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Regime, Route

_DAY = timedelta(days=1)
NOT_CHECKED = "This rule was not checked against the law: ask your legal team."


class DayUnit(StrEnum):
    """What a standstill is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working days"


class Begins(StrEnum):
    """Whether the day that it is counted from counts itself."""

    WITH = "with the day"
    AFTER = "after the day"


class FromDay(StrEnum):
    """Which day a standstill is counted from."""

    NOTICE = "notice"
    LETTERS = "letters"

    @property
    def words(self) -> str:
        """The day as a person calls it."""
        if self is FromDay.NOTICE:
            return "the day the contract award notice is published"
        return "the day the letters go to the bidders"


@dataclass(frozen=True, slots=True)
class StandstillRule:
    """How long a standstill of a regime lasts, from a day on."""

    regime: Regime
    valid_from: date
    days: int
    unit: DayUnit
    begins: Begins
    from_day: FromDay
    source: str
    note: str
    is_verified: bool
    verified_for: str = ""
    """For where it was checked, where that is not everywhere."""

    def words(self) -> str:
        """The rule in one phrase."""
        return f"{self.days} {self.unit}, beginning {self.begins.removesuffix(' the day')}" + (
            f" {self.from_day.words}"
        )


@dataclass(frozen=True, slots=True)
class DutyRule:
    """Whether there has to be a standstill; without *routes* on any route.

    *is_light_touch* None holds for services of either kind.
    """

    regime: Regime
    routes: frozenset[Route]
    is_light_touch: bool | None
    is_required: bool
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class GroundRule:
    """A ground on which no standstill is kept though the law of *regime* asks for one."""

    regime: Regime
    ground: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """The values, with VAT, from which the law holds in full."""

    starts_from: date
    starts_to: date
    services: Decimal
    light_touch: Decimal
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class NearRule:
    """How many days before it a day of a timetable is named, and from when on it is urgent."""

    valid_from: date
    days: int
    urgent_days: int
    source: str


@dataclass(frozen=True, slots=True)
class ProcurementRules:
    """All of them; of the duties the first that fits holds."""

    standstills: tuple[StandstillRule, ...]
    duties: tuple[DutyRule, ...]
    thresholds: tuple[ThresholdRule, ...]
    near: tuple[NearRule, ...]
    grounds: tuple[GroundRule, ...] = ()

    def grounds_for(self, regime: Regime | None) -> tuple[GroundRule, ...]:
        """Return the grounds that a law knows for keeping no standstill where it asks for one."""
        return tuple(each for each in self.grounds if each.regime is regime)

    def standstill_for(self, regime: Regime, day: date) -> StandstillRule | None:
        """Return how long a standstill of *regime* lasts that is counted from *day*.

        None where the regime knows none; raises Problem for a day before its first rule.
        """
        of_regime = [each for each in self.standstills if each.regime is regime]
        if not of_regime:
            return None
        return in_force(of_regime, day, f"The standstill of {regime}")

    def near_on(self, day: date) -> NearRule:
        """Return what counts as near; raises Problem for a day before the first rule."""
        return in_force(self.near, day, "What counts as near in a procurement")

    def threshold_on(self, day: date) -> ThresholdRule:
        """Return the thresholds of a day; raises Problem where they are not known."""
        for rule in self.thresholds:
            if covers(rule.starts_from, rule.starts_to, day):
                return rule
        raise Problem(
            f"The procurement thresholds are not known for {show_day(day)}.",
            "Check the day, or install a version of the program that knows them.",
        )


# --- whether there has to be one ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether a standstill is required; None where too little is known, which *says* names."""

    is_required: bool | None
    says: str
    is_verified: bool = True


def duty(
    regime: Regime | None,
    route: Route | None,
    rules: Iterable[DutyRule],
    *,
    is_light_touch: bool | None,
) -> Duty:
    """Return whether a contract of *regime* and *route* has to wait."""
    if regime is None:
        return Duty(None, "Enter the procurement law, so that it is known whether one is required.")
    for rule in rules:
        if rule.regime is not regime:
            continue
        if rule.routes and route is None:
            return Duty(None, "Enter the route, so that it is known whether one is required.")
        if rule.routes and route not in rule.routes:
            continue
        if rule.is_light_touch is not None and is_light_touch is None:
            return Duty(
                None,
                "Enter whether this is a light touch service, so that it is known whether one is"
                " required.",
            )
        if rule.is_light_touch not in (None, is_light_touch):
            continue
        how = "A standstill is required" if rule.is_required else "A standstill is voluntary"
        return Duty(rule.is_required, f"{how} ({rule.source}).", rule.is_verified)
    return Duty(None, f"Whether {regime} asks for a standstill is not known.")


# --- its days -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standstill:
    """The days of one: it is over at the end of *last_on*."""

    first_on: date
    last_on: date
    rule: StandstillRule
    holidays_of: str = ""
    """Whose bank holidays were minded."""

    @property
    def free_from(self) -> date:
        """The first day on which the contract may be made."""
        return self.last_on + _DAY

    def words(self) -> str:
        """Its days and where they come from."""
        return (
            f"{show_day(self.first_on)} to the end of {show_day(self.last_on)}:"
            f" {self.rule.words()}."
            + (f" Bank holidays are those of {self.holidays_of}." if self.holidays_of else "")
        )


def standstill(
    regime: Regime, counted_from: date, rules: ProcurementRules, holidays: BankHolidays
) -> Standstill | None:
    """Return the standstill that is counted from a day; None where the regime knows none.

    One of working days ends on the last of them.  One of days ends on a working day: where its
    last is none, on the next.  Raises Problem for a year whose bank holidays are not known and
    for a day before the first rule.
    """
    rule = rules.standstill_for(regime, counted_from)
    if rule is None:
        return None
    before = counted_from - _DAY if rule.begins is Begins.WITH else counted_from
    if rule.unit is DayUnit.WORKING_DAYS:
        first = holidays.working_days_after(before, 1)
        last = holidays.working_days_after(before, rule.days)
        return Standstill(first, last, rule, holidays.of)
    last = before + rule.days * _DAY
    if not holidays.is_working_day(last):
        last = holidays.working_days_after(last, 1)
    return Standstill(before + _DAY, last, rule, holidays.of)


# --- thresholds -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgainstThreshold:
    """How a value compares; *is_above* is so from the threshold itself on."""

    is_above: bool
    threshold: Decimal
    says: str
    is_verified: bool


def against_threshold(
    value: Decimal, day: date, rules: ProcurementRules, *, is_light_touch: bool
) -> AgainstThreshold:
    """Return how a *value* with VAT compares with the threshold of a day.

    Raises Problem where the thresholds of that day are not known.
    """
    rule = rules.threshold_on(day)
    limit = rule.light_touch if is_light_touch else rule.services
    is_above = value >= limit
    what = "light touch services" if is_light_touch else "services"
    how = "at or above" if is_above else "below"
    return AgainstThreshold(
        is_above,
        limit,
        f"{show_pounds(value)} with VAT is {how} the threshold of {show_pounds(limit)} for {what}"
        f" on {show_day(day)}.",
        rule.is_verified,
    )
