"""The dated rules of paying for training."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from apprentice_desk.domain.checklist_rules import ProgrammeRules
from apprentice_desk.domain.funding import (
    CoInvestmentRule,
    FundingRules,
    OtherProfileRule,
    ProfileRule,
)
from apprentice_desk.domain.levy import ExpiryRule, IncomeDayRule, LevyRules
from apprentice_desk.resources.course_rules import programme_rules
from apprentice_desk.resources.entries import Entry, all_of, entry_of


def read_funding_rules(file: Entry, programme: ProgrammeRules) -> FundingRules:
    """Return the rules in *file*; those of a kind follow each other without a gap."""
    rules = FundingRules(
        profiles=all_of(file.entries("profile"), _profile),
        co_investment=all_of(file.entries("co_investment"), _co_investment),
        programme=programme,
        other_profiles=all_of(file.entries("other_profile"), _other_profile),
    )
    file.end()
    spans = {
        "profile": [(each.starts_from, each.starts_to) for each in rules.profiles],
        "co_investment": [(each.starts_from, each.starts_to) for each in rules.co_investment],
    }
    for key, found in spans.items():
        for (_, before), (after, _) in pairwise(found):
            if before is None or after != before + timedelta(days=1):
                raise file.wrong(key, f"from {after} does not follow the one before")
    return rules


@cache
def funding_rules() -> FundingRules:
    """Return how a price is paid and what the employer's share usually is."""
    return read_funding_rules(entry_of("rules", "funding.toml"), programme_rules())


def read_levy_rules(file: Entry) -> LevyRules:
    """Return the rules in *file*; those of a kind follow each other by their first day."""
    rules = LevyRules(
        expiry=all_of(file.entries("expiry"), _expiry),
        income_days=all_of(file.entries("income_day"), _income_day),
    )
    file.end()
    for key, days in (
        ("expiry", [each.valid_from for each in rules.expiry]),
        ("income_day", [each.valid_from for each in rules.income_days]),
    ):
        for before, after in pairwise(days):
            if after <= before:
                raise file.wrong(key, f"from {after} does not come after the one before")
    return rules


@cache
def levy_rules() -> LevyRules:
    """Return how long the money of a levy account lasts, and when it comes in."""
    return read_levy_rules(entry_of("rules", "levy.toml"))


def _expiry(entry: Entry) -> ExpiryRule:
    valid_from = entry.day("valid_from")
    if valid_from.day != 1:
        raise entry.wrong("valid_from", "is not the first day of a month")
    return ExpiryRule(
        valid_from=valid_from,
        months=entry.number("months", least=1),
        note=entry.text("note"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _income_day(entry: Entry) -> IncomeDayRule:
    day = entry.number("day", least=1)
    if day > 28:
        raise entry.wrong("day", "is not a day that every month has")
    return IncomeDayRule(
        valid_from=entry.day("valid_from"),
        day=day,
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _profile(entry: Entry) -> ProfileRule:
    share = entry.fraction("training_share")
    if share > 1:
        raise entry.wrong("training_share", "is more than the whole price")
    return ProfileRule(
        starts_from=entry.day("starts_from"),
        starts_to=_last_day(entry),
        training_share=share,
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _other_profile(entry: Entry) -> OtherProfileRule:
    return OtherProfileRule(
        code_begins=entry.text("code_begins"),
        says=entry.text("says"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _co_investment(entry: Entry) -> CoInvestmentRule:
    percent = entry.number("percent")
    if percent > 100:
        raise entry.wrong("percent", "is more than 100")
    return CoInvestmentRule(
        starts_from=entry.day("starts_from"),
        starts_to=_last_day(entry),
        employer_percent=percent,
        note=entry.text("note"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _last_day(entry: Entry) -> date | None:
    return entry.day("starts_to") if entry.has("starts_to") else None
