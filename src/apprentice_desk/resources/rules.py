"""The dated rules and settings: off-the-job hours, reviews, when returns are due, what is near."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

from apprentice_desk.domain.calendar import FIRST_YEAR, LAST_YEAR
from apprentice_desk.domain.counting import minutes_after_midnight
from apprentice_desk.domain.counting_rules import (
    Check,
    CheckRule,
    CountingRules,
    DayLimits,
    LogLimits,
    MonthRule,
)
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
from apprentice_desk.domain.reference import (
    DatedNumber,
    KsbRules,
    ReturnSettings,
    ReviewPractice,
    ReviewRules,
)
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
        is_verified=entry.yes_no("is_verified") if entry.has("is_verified") else False,
    )


def read_counting_rules(file: Entry, hours: HoursRules) -> CountingRules:
    """Return what is looked at in entries and logs, from *file*.

    Every check has a rule, no two of a kind begin on one day, and the rules on months follow each
    other without a gap.
    """
    rules = CountingRules(
        hours=hours,
        checks=all_of(file.entries("check"), _check_rule),
        days=all_of(file.entries("day"), _day_limits),
        logs=all_of(file.entries("log"), _log_limits),
        months=all_of(file.entries("month"), _month_rule),
    )
    file.end()
    for check in Check:
        if not any(rule.check is check for rule in rules.checks):
            raise file.wrong("check", f"says nothing about “{check}”")
    begins: dict[str, list[object]] = {
        "check": [(rule.check, rule.valid_from) for rule in rules.checks],
        "day": [limits.valid_from for limits in rules.days],
        "log": [limits.valid_from for limits in rules.logs],
    }
    for key, days in begins.items():
        if max(Counter(days).values()) > 1:
            raise file.wrong(key, "has two rules of a kind from the same day")
    for before, after in pairwise(rules.months):
        if before.starts_to is None or after.starts_from != before.starts_to + timedelta(days=1):
            raise file.wrong("month", f"from {after.starts_from} does not follow the one before")
    return rules


@cache
def counting_rules() -> CountingRules:
    """Return what is looked at in entries and logs of off-the-job hours."""
    return read_counting_rules(entry_of("rules", "counting.toml"), hours_rules())


def _known_day(entry: Entry, key: str) -> date:
    """A day in the years that the program knows, which a mistyped year is not."""
    day = entry.day(key)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise entry.wrong(key, f"is {day}, outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _check_rule(entry: Entry) -> CheckRule:
    return CheckRule(
        check=entry.word("name", Check),
        valid_from=_known_day(entry, "valid_from"),
        decides=entry.yes_no("decides"),
        rule=entry.text("rule"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _day_limits(entry: Entry) -> DayLimits:
    usual_from = entry.checked("usual_from", _time_of_day)
    usual_to = entry.checked("usual_to", _time_of_day)
    if usual_to <= usual_from:
        raise entry.wrong("usual_to", "is not after usual_from")
    working_days = entry.number("working_days", least=1)
    if working_days > 7:
        raise entry.wrong("working_days", "is more than a week has")
    return DayLimits(
        valid_from=_known_day(entry, "valid_from"),
        working_days=working_days,
        usual_from_minutes=usual_from,
        usual_to_minutes=usual_to,
        least_letters=entry.number("least_letters", least=1),
        least_words=entry.number("least_words", least=1),
        same_words_days=entry.number("same_words_days", least=1),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _time_of_day(text: str) -> int:
    minutes = minutes_after_midnight(text)
    if minutes is None:
        raise ValueError(f"“{text}” is not a time of day such as 07:00.")
    return minutes


def _log_limits(entry: Entry) -> LogLimits:
    share = entry.fraction("same_length_share")
    if share >= 1:
        raise entry.wrong("same_length_share", "leaves nothing to be more than it")
    return LogLimits(
        valid_from=_known_day(entry, "valid_from"),
        same_length_entries=entry.number("same_length_entries", least=2),
        same_length_share=share,
        round_minutes=entry.number("round_minutes", least=1),
        same_words_days=entry.number("same_words_days", least=2),
        sitting_entries=entry.number("sitting_entries", least=2),
        sitting_days=entry.number("sitting_days", least=2),
        longer_entries=entry.number("longer_entries", least=2),
        longer_times=entry.fraction("longer_times"),
        longer_minutes=entry.number("longer_minutes", least=1),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _month_rule(entry: Entry) -> MonthRule:
    return MonthRule(
        starts_from=_known_day(entry, "starts_from"),
        starts_to=_known_day(entry, "starts_to") if entry.has("starts_to") else None,
        is_rule=entry.yes_no("is_rule"),
        least_days=entry.number("least_days", least=1),
        rule=entry.text("rule"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
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
    practices = all_of(
        file.entries("practice"),
        lambda entry: ReviewPractice(
            entry.day("valid_from"),
            entry.number("quiet_days", least=1),
            entry.number("gateway_days", least=1),
            entry.number("meeting_minutes", least=1),
            entry.text("source"),
        ),
    )
    file.end()
    return ReviewRules(intervals, practices)


@cache
def ksb_rules() -> KsbRules:
    """Return when a KSB has gone quiet."""
    file = entry_of("rules", "ksbs.toml")
    quiet = all_of(file.entries("quiet"), _quiet)
    file.end()
    return KsbRules(quiet)


def _quiet(entry: Entry) -> DatedNumber:
    return DatedNumber(
        entry.day("valid_from"),
        entry.number("days", least=1),
        entry.text("source"),
        entry.yes_no("is_verified"),
    )


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
        action_urgent_days=entry.number("action_urgent_days", least=1),
        contract_days=entry.number("contract_days"),
        contract_urgent_days=entry.number("contract_urgent_days"),
        worse_minutes=entry.number("worse_hours", least=1) * 60,
        source=entry.text("source"),
    )
