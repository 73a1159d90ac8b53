"""The dated rules and settings: off-the-job hours, reviews, when returns are due, what is near."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise

from apprentice_desk.domain.identifiers import check_standard_code, check_version
from apprentice_desk.domain.needs import NeedRules
from apprentice_desk.domain.off_the_job import (
    Activity,
    Basis,
    CountingRule,
    HoursRule,
    HoursRules,
    PublishedMinimum,
    StatusLimits,
)
from apprentice_desk.domain.reference import DatedNumber, ReturnSettings, ReviewRules
from apprentice_desk.resources.entries import Entry, all_of, entry_of


def read_hours_rules(rules: Entry, published: Entry) -> HoursRules:
    """Return the rules of off-the-job hours in the two files, checked against each other."""
    hours = HoursRules(
        rules=all_of(rules.entries("rule"), _hours_rule),
        published=all_of(published.entries("figure"), _published_minimum),
        limits=all_of(rules.entries("limits"), _status_limits),
        counting=all_of(rules.entries("counting"), _counting_rule),
    )
    published.text("attribution")
    rules.end()
    published.end()
    for before, after in pairwise(hours.rules):
        if before.valid_to is None or after.valid_from is None:
            raise rules.wrong("rule", f"{before.name} and {after.name} overlap")
        if after.valid_from <= before.valid_to:
            raise rules.wrong("rule", f"{after.name} begins before {before.name} ends")
    for activity in Activity:
        if not any(rule.activity is activity for rule in hours.counting):
            raise rules.wrong("counting", f"says nothing about “{activity}”")
    return hours


@cache
def hours_rules() -> HoursRules:
    """Return the rules of off-the-job hours."""
    return read_hours_rules(
        entry_of("rules", "off_the_job.toml"), entry_of("rules", "published_minimums.toml")
    )


def _hours_rule(entry: Entry) -> HoursRule:
    basis = entry.word("basis", Basis)
    is_published = basis is Basis.PUBLISHED
    cap = entry.number("cap_weekly_hours", least=1) if basis is Basis.CAPPED_SHARE else None
    return HoursRule(
        name=entry.text("name"),
        valid_from=entry.day("valid_from") if entry.has("valid_from") else None,
        valid_to=entry.day("valid_to") if entry.has("valid_to") else None,
        basis=basis,
        share=Fraction(0) if is_published else entry.fraction("share"),
        cap_weekly_minutes=None if cap is None else cap * 60,
        leave_weeks_a_year=Fraction(0) if is_published else entry.fraction("leave_weeks_a_year"),
        floor_minutes=entry.number("floor_hours") * 60,
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _published_minimum(entry: Entry) -> PublishedMinimum:
    return PublishedMinimum(
        standard_code=entry.checked("standard", check_standard_code),
        version=entry.checked("version", check_version),
        minimum_minutes=entry.number("hours", least=1) * 60,
        valid_from=entry.day("valid_from"),
        valid_to=entry.day("valid_to") if entry.has("valid_to") else None,
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _status_limits(entry: Entry) -> StatusLimits:
    return StatusLimits(
        valid_from=entry.day("valid_from"),
        slipping_share=entry.fraction("slipping_share"),
        behind_share=entry.fraction("behind_share"),
        slipping_weeks=entry.fraction("slipping_weeks"),
        behind_weeks=entry.fraction("behind_weeks"),
        source=entry.text("source"),
    )


def _counting_rule(entry: Entry) -> CountingRule:
    return CountingRule(
        activity=entry.word("activity", Activity),
        counts=entry.yes_no("counts"),
        why=entry.text("why"),
        valid_from=entry.day("valid_from") if entry.has("valid_from") else None,
        valid_to=entry.day("valid_to") if entry.has("valid_to") else None,
        source=entry.text("source"),
    )


@cache
def review_rules() -> ReviewRules:
    """Return the rules of progress reviews."""
    file = entry_of("rules", "reviews.toml")
    intervals = all_of(
        file.entries("interval"),
        lambda entry: DatedNumber(
            entry.day("valid_from"), entry.number("days", least=1), entry.text("source")
        ),
    )
    file.end()
    return ReviewRules(intervals)


@cache
def return_settings() -> ReturnSettings:
    """Return LOTI's settings for returns."""
    file = entry_of("lists", "return_settings.toml")
    due = all_of(
        file.entries("due"),
        lambda entry: DatedNumber(
            entry.day("valid_from"), entry.number("working_days", least=1), entry.text("source")
        ),
    )
    file.end()
    return ReturnSettings(due)


@cache
def need_rules() -> tuple[NeedRules, ...]:
    """Return from when on the page Today names things."""
    file = entry_of("rules", "needs.toml")
    rules = all_of(file.entries("thresholds"), _need_rules)
    file.end()
    return rules


def _need_rules(entry: Entry) -> NeedRules:
    return NeedRules(
        valid_from=entry.day("valid_from"),
        return_days=entry.number("return_days"),
        return_urgent_days=entry.number("return_urgent_days"),
        review_days=entry.number("review_days"),
        review_soon_days=entry.number("review_soon_days"),
        review_urgent_days=entry.number("review_urgent_days", least=1),
        contract_days=entry.number("contract_days"),
        contract_urgent_days=entry.number("contract_urgent_days"),
        worse_minutes=entry.number("worse_hours", least=1) * 60,
        source=entry.text("source"),
    )
