"""The dated rules by which entries of hours are looked at: what counts, what is worth a look.

The figures, days, words and sources come from resources/rules/counting.toml.  Which activities
count stands with the other rules of hours, in HoursRules; both are reached through CountingRules.
How they are applied is in counting and smells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol, TypeVar

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.problems import Problem


class Check(StrEnum):
    """What is looked at in one entry, the activity apart."""

    AFTER_THE_END = "after the end"
    BEFORE_THE_START = "before the start"
    ON_A_BREAK = "on a break"
    IN_ASSESSMENT = "in assessment"
    AFTER_PLANNED_END = "after the planned end"
    BANK_HOLIDAY = "bank holiday"
    WEEKEND = "weekend"
    MORE_THAN_A_DAY = "more than a day"
    OVER_THE_DAY = "over the contracted day"
    OUT_OF_HOURS = "outside usual hours"
    OVERLAP = "same time twice"
    NOT_DESCRIBED = "not described"
    THINLY_DESCRIBED = "thinly described"
    SAME_WORDS = "same words"


@dataclass(frozen=True, slots=True)
class CheckRule:
    """What one check stands on, from a day on.

    *decides*: an entry to which it applies does not count; otherwise it is only worth a look.
    """

    check: Check
    valid_from: date
    decides: bool
    rule: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class DayLimits:
    """What one entry is measured by, from a day on.

    *working_days* a week are what is assumed where they are not known.  *usual_from_minutes* and
    *usual_to_minutes* are minutes after midnight.  Words that stand at *same_words_days* days
    before are worth a look.
    """

    valid_from: date
    working_days: int
    usual_from_minutes: int
    usual_to_minutes: int
    least_letters: int
    least_words: int
    same_words_days: int
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class LogLimits:
    """From when on something in the whole log of one apprenticeship is worth a look.

    Every number is the first that is, but *same_length_share* and *longer_times*, which are
    passed.  "Round" is a whole number of *round_minutes*.
    """

    valid_from: date
    same_length_entries: int
    same_length_share: Fraction
    round_minutes: int
    same_words_days: int
    sitting_entries: int
    sitting_days: int
    longer_entries: int
    longer_times: Fraction
    longer_minutes: int
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class MonthRule:
    """Whether every month must hold training that counts, by the day of the original start.

    *is_rule*: the funding rules of such a start ask for it; otherwise an empty month is a hint.
    A month with fewer than *least_days* days of training is not looked at.
    """

    starts_from: date
    starts_to: date | None
    is_rule: bool
    least_days: int
    rule: str
    source: str
    is_verified: bool


class _Dated(Protocol):
    @property
    def valid_from(self) -> date:
        """The first day on which it holds."""


_D = TypeVar("_D", bound=_Dated)


def _in_force(every: Iterable[_D], day: date, what: str) -> _D:
    in_force = [each for each in every if each.valid_from <= day]
    if not in_force:
        raise Problem(
            f"{what} not known for {show_day(day)}.",
            "Choose a later day, or install a version of the program that knows that year's rules.",
        )
    return max(in_force, key=lambda each: each.valid_from)


@dataclass(frozen=True, slots=True)
class CountingRules:
    """All that is ruled about what counts and what is worth a look."""

    hours: HoursRules
    checks: tuple[CheckRule, ...]
    days: tuple[DayLimits, ...]
    logs: tuple[LogLimits, ...]
    months: tuple[MonthRule, ...]

    def checks_on(self, day: date) -> Mapping[Check, CheckRule]:
        """Return the rule of each check in force on *day*; one that is not yet is left out."""
        in_force: dict[Check, CheckRule] = {}
        for each in sorted(self.checks, key=lambda each: each.valid_from):
            if each.valid_from <= day:
                in_force[each.check] = each
        return MappingProxyType(in_force)

    def day_limits(self, day: date) -> DayLimits:
        """Return what an entry of *day* is measured by; raises Problem if nothing is known."""
        return _in_force(self.days, day, "What an entry of hours is measured by is")

    def log_limits(self, day: date) -> LogLimits:
        """Return what a log is measured by on *day*; raises Problem if nothing is known."""
        return _in_force(self.logs, day, "What a log of hours is measured by is")

    def month_rule(self, original_start_on: date) -> MonthRule:
        """Return what is ruled about empty months for a start; raises Problem if nothing is."""
        for rule in self.months:
            last = rule.starts_to
            if rule.starts_from <= original_start_on and (
                last is None or original_start_on <= last
            ):
                return rule
        raise Problem(
            "Whether every month must hold training is not known for a start on"
            f" {show_day(original_start_on)}.",
            "Check the start.",
        )
