"""The dated rules of a course: checklists, durations, English and maths, wages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from apprentice_desk.domain.checklist_rules import (
    AheadRule,
    AssessmentNames,
    BreakRule,
    DurationRule,
    EnglishMathsRule,
    ItemRule,
    LateRule,
    ProgrammeRules,
    QualifyingRule,
    RevisionRule,
    StartAheadRule,
    Work,
)
from apprentice_desk.domain.money import parse_pounds
from apprentice_desk.domain.wages import (
    ApprenticeRate,
    DaysAhead,
    WageRates,
    WageRules,
    YearlyPay,
)
from apprentice_desk.resources.entries import Entry, all_of, entry_of

_LONGEST_KEY = 60
"""What the desk keeps of an item's key."""


def read_programme_rules(
    start: Entry, gateway: Entry, durations: Entry, english_maths: Entry
) -> ProgrammeRules:
    """Return the rules in the four files, checked."""
    names = [(entry.yes_no("is_new"), _names(entry)) for entry in gateway.entries("names")]
    if sorted(is_new for is_new, _ in names) != [False, True]:
        raise gateway.wrong("names", "does not say what things are called by each model")
    by_model = dict(names)
    rules = ProgrammeRules(
        start=_items(start, is_gateway=False),
        gateway=_items(gateway, is_gateway=True),
        durations=all_of(durations.entries("minimum"), _duration),
        qualifying=all_of(
            durations.entries("qualifying"),
            lambda entry: QualifyingRule(
                entry.number("planned_days", least=1),
                entry.number("days", least=1),
                entry.text("source"),
            ),
        ),
        breaks=all_of(
            durations.entries("break"),
            lambda entry: BreakRule(
                entry.day("valid_from"), entry.number("least_days", least=1), entry.text("source")
            ),
        ),
        revision=all_of(
            durations.entries("revision"),
            lambda entry: RevisionRule(
                entry.day("valid_from"), entry.text("what"), entry.text("source")
            ),
        ),
        english_maths=all_of(english_maths.entries("rule"), _english_maths),
        names=(by_model[False], by_model[True]),
        ahead=all_of(
            gateway.entries("ahead"),
            lambda entry: AheadRule(
                entry.day("valid_from"),
                entry.number("days", least=1),
                entry.number("urgent_days"),
                entry.text("source"),
            ),
        ),
        start_ahead=all_of(
            start.entries("ahead"),
            lambda entry: StartAheadRule(
                entry.day("valid_from"),
                entry.number("days", least=1),
                entry.number("urgent_days"),
                entry.number("after_days"),
                entry.text("source"),
            ),
        ),
    )
    for file in (start, gateway, durations, english_maths):
        file.end()
    for before, after in pairwise(rules.durations):
        if before.starts_to is None or after.starts_from != before.starts_to + timedelta(days=1):
            raise durations.wrong("minimum", f"from {after.starts_from} does not follow the last")
    for longer, shorter in pairwise(rules.qualifying):
        if longer.planned_days <= shorter.planned_days:
            raise durations.wrong("qualifying", "does not begin with the longest")
    return rules


@cache
def programme_rules() -> ProgrammeRules:
    """Return the rules of an apprenticeship's course."""
    return read_programme_rules(
        entry_of("rules", "start.toml"),
        entry_of("rules", "gateway.toml"),
        entry_of("rules", "durations.toml"),
        entry_of("rules", "english_maths.toml"),
    )


def _items(file: Entry, *, is_gateway: bool) -> tuple[ItemRule, ...]:
    def build(entry: Entry) -> ItemRule:
        key = entry.text("key")
        if len(key) > _LONGEST_KEY:
            raise entry.wrong("key", f"has more than {_LONGEST_KEY} characters")
        return ItemRule(
            key=key,
            work=entry.word("work", Work) if is_gateway else Work.TICKED,
            title=entry.text("title"),
            meets=entry.text("meets"),
            starts_from=_day_or_none(entry, "starts_from"),
            starts_to=_day_or_none(entry, "starts_to"),
            is_for_new_people_only=(
                entry.yes_no("for_new_people_only") if entry.has("for_new_people_only") else False
            ),
            source=entry.text("source"),
            is_verified=entry.yes_no("is_verified"),
            is_named=entry.yes_no("is_named") if entry.has("is_named") else False,
            due_source=entry.text("due_source") if entry.has("due_source") else "",
            late=_late(entry.inner("late")) if entry.has("late") else None,
        )

    items = all_of(file.entries("item"), build)
    if len({item.key for item in items}) < len(items):
        raise file.wrong("item", "has two of the same key")
    return items


def _late(entry: Entry) -> LateRule:
    says = entry.text("says")
    if "{day}" not in says:
        raise entry.wrong("says", "does not name the {day}")
    rule = LateRule(
        entry.day("starts_from"), entry.number("days", least=1), says, entry.text("source")
    )
    entry.end()
    return rule


def _day_or_none(entry: Entry, key: str) -> date | None:
    return entry.day(key) if entry.has(key) else None


def _names(entry: Entry) -> AssessmentNames:
    entry.text("source")
    names = AssessmentNames(
        entry.text("gateway"), entry.text("assessment"), entry.text("organisation")
    )
    entry.end()
    return names


def _duration(entry: Entry) -> DurationRule:
    has_part_time = entry.has("part_time_weekly_hours")
    return DurationRule(
        starts_from=_day_or_none(entry, "starts_from"),
        starts_to=_day_or_none(entry, "starts_to"),
        months=entry.number("months", least=1),
        days=entry.number("days", least=1),
        part_time_weekly_minutes=(
            entry.number("part_time_weekly_hours", least=1) * 60 if has_part_time else None
        ),
        part_time_note=entry.text("part_time_note") if has_part_time else "",
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _english_maths(entry: Entry) -> EnglishMathsRule:
    return EnglishMathsRule(
        valid_from=entry.day("valid_from"),
        adult_from_age=entry.number("adult_from_age", least=1),
        must_adults=entry.yes_no("must_adults"),
        says=entry.text("says"),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


# --- wages ----------------------------------------------------------------------------------------


def read_wage_rules(file: Entry) -> WageRules:
    """Return the rules of wages in *file*; the rates follow each other without a gap."""
    rules = WageRules(
        rates=all_of(file.entries("rates"), _rates),
        apprentice=all_of(
            file.entries("apprentice"),
            lambda entry: ApprenticeRate(
                entry.day("valid_from"),
                entry.number("under_age", least=1),
                entry.number("first_months", least=1),
                entry.text("source"),
                entry.yes_no("is_verified"),
            ),
        ),
        yearly=all_of(
            file.entries("yearly"),
            lambda entry: YearlyPay(
                entry.day("valid_from"), entry.fraction("weeks"), entry.text("source")
            ),
        ),
        ahead=all_of(
            file.entries("ahead"),
            lambda entry: DaysAhead(
                entry.day("valid_from"), entry.number("days", least=1), entry.text("source")
            ),
        ),
        note=file.text("note"),
    )
    file.end()
    for before, after in pairwise(rules.rates):
        if after.valid_from != before.valid_to + timedelta(days=1):
            raise file.wrong("rates", f"from {after.valid_from} do not follow the ones before")
    if not all(each.weeks for each in rules.yearly):
        raise file.wrong("yearly", "has no weeks")
    return rules


@cache
def wage_rules() -> WageRules:
    """Return the rules of wages."""
    return read_wage_rules(entry_of("rules", "wages.toml"))


def _rates(entry: Entry) -> WageRates:
    ages = all_of(entry.entries("ages"), _age)
    if [first for first, _ in ages] != sorted({0, *(first for first, _ in ages)}):
        raise entry.wrong("ages", "do not begin with 0 and rise")
    valid_from, valid_to = entry.day("valid_from"), entry.day("valid_to")
    if valid_to < valid_from:
        raise entry.wrong("valid_to", "comes before valid_from")
    return WageRates(
        valid_from=valid_from,
        valid_to=valid_to,
        apprentice=entry.checked("apprentice", parse_pounds),
        ages=ages,
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )


def _age(entry: Entry) -> tuple[int, Decimal]:
    return entry.number("from"), entry.checked("amount", parse_pounds)
