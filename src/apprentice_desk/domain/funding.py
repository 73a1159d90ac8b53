"""What the funding rules say of paying for training, by the day on which it started.

The figures come from resources/rules/funding.toml.  The employer's share is never worked out from
them: it is asked and kept with the apprenticeship, and the rule only says what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.checklist_rules import ProgrammeRules, covers
from apprentice_desk.domain.problems import Problem

_REMEDY = "Check the start, or install a version of the program that knows that year's rules."


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """Which share of a price is paid in equal months; the rest is paid at completion."""

    starts_from: date
    starts_to: date | None
    training_share: Fraction
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class OtherProfileRule:
    """That courses whose code begins with some letters are paid otherwise; *says* is how."""

    code_begins: str
    says: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class CoInvestmentRule:
    """The employer's share, in whole per cent, of what the levy does not pay."""

    starts_from: date
    starts_to: date | None
    employer_percent: int
    note: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class FundingRules:
    """All of them; *programme* knows from when on a provider earns anything."""

    profiles: tuple[ProfileRule, ...]
    co_investment: tuple[CoInvestmentRule, ...]
    programme: ProgrammeRules
    other_profiles: tuple[OtherProfileRule, ...] = ()

    def profile_for(self, started_on: date, code: str = "") -> ProfileRule:
        """Return how a price is paid for a start, and for the course with *code*.

        Raises Problem if that is not known, or if such a course is paid in another way.
        """
        for other in self.other_profiles:
            if code.startswith(other.code_begins):
                check = "" if other.is_verified else " Check it with the provider."
                raise Problem(f"{code}: {other.says}{check}", "Record what is agreed in the note.")
        for rule in self.profiles:
            if covers(rule.starts_from, rule.starts_to, started_on):
                return rule
        raise Problem(
            f"How training is paid for is not known for a start on {show_day(started_on)}.", _REMEDY
        )

    def co_investment_for(self, started_on: date) -> CoInvestmentRule:
        """Return the employer's usual share for a start; raises Problem if it is not known."""
        for rule in self.co_investment:
            if covers(rule.starts_from, rule.starts_to, started_on):
                return rule
        raise Problem(
            f"The employer's share is not known for a start on {show_day(started_on)}.", _REMEDY
        )
