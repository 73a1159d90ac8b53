"""How the minimum of the funding rule comes about, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import round_up_to_minute, sentence
from apprentice_desk.domain.hours_facts import HoursFacts, minimum_of
from apprentice_desk.domain.hours_rules import (
    Basis,
    HoursRule,
    HoursRules,
    Minimum,
    one_place,
    training_weeks,
)
from apprentice_desk.domain.reckoning import Source, Step


@dataclass(frozen=True, slots=True)
class MinimumReckoning:
    """The minimum as its steps come to it; None where something needed is not known."""

    minutes: int | None
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]


def reckon_minimum(facts: HoursFacts, rules: HoursRules) -> MinimumReckoning:
    """Return how the minimum comes about."""
    found = minimum_of(facts, rules)
    first_on = facts.original_start_on
    started = Step(
        "Training first started", "not known" if first_on is None else show_day(first_on)
    )
    if found is None or first_on is None:
        return MinimumReckoning(None, (started, Step("Rule of that start", "not known")), ())
    steps = [started, Step("Rule of that start", _versioned(found.rule))]
    if found.minutes is None:
        steps.append(Step("Minimum", found.says))
        minutes = None
    elif found.rule.basis is Basis.PUBLISHED:
        minutes = _published(found, facts, steps)
    else:
        minutes = _share(found, facts, first_on, steps)
    return MinimumReckoning(minutes, tuple(steps), _sources(found))


def _versioned(rule: HoursRule) -> str:
    """The rule with the starts that it is for."""
    if rule.valid_from is None and rule.valid_to is None:
        return rule.name
    if rule.valid_from is None and rule.valid_to is not None:
        return f"{rule.name}, for starts up to {show_day(rule.valid_to)}"
    assert rule.valid_from is not None
    until = "" if rule.valid_to is None else f" to {show_day(rule.valid_to)}"
    return f"{rule.name}, for starts from {show_day(rule.valid_from)}{until}"


def _sources(found: Minimum) -> tuple[Source, ...]:
    rule = Source(_versioned(found.rule), found.rule.source, is_verified=found.rule.is_verified)
    if found.published is None:
        return (rule,)
    figure = found.published
    version = f"Published figure of {figure.standard_code} v{figure.version}"
    return (rule, Source(version, figure.source, is_verified=figure.is_verified))


def _published(found: Minimum, facts: HoursFacts, steps: list[Step]) -> int:
    figure = found.published
    assert figure is not None  # without one the minimum is not known
    minutes = figure.minimum_minutes
    version = f"{figure.standard_code} v{figure.version}"
    steps.append(Step(f"Published minimum of {version}", sentence(minutes)))
    prior = facts.prior_learning_minutes
    if prior:
        steps.append(
            Step(f"{sentence(minutes)} − {sentence(prior)} of prior learning",
                 sentence(minutes - prior))
        )  # fmt: skip
        minutes -= prior
    return _floored(found.rule, minutes, steps)


def _share(found: Minimum, facts: HoursFacts, first_on: date, steps: list[Step]) -> int:
    rule, end, week = found.rule, facts.course.training_planned_end_on, facts.mean_weekly_minutes
    assert end is not None  # without both the minimum is not known
    assert week is not None
    steps.append(Step("Training is planned to end", show_day(end)))
    for from_on, minutes in sorted(facts.weekly):
        steps.append(Step(f"Contracted from {show_day(from_on)}", f"{sentence(minutes)} a week"))
    steps.append(Step("Contracted week, averaged over the training", sentence(week)))
    moved = facts.moved_days
    if moved:
        steps.append(Step("Days of breaks, which moved the end", f"{moved:,}"))
    weeks = training_weeks(first_on, end - timedelta(days=moved))
    steps.append(Step("Whole weeks of training", f"{weeks:,}"))
    leave = Fraction(weeks, 52) * rule.leave_weeks_a_year
    steps.append(
        Step(
            f"Leave, {one_place(rule.leave_weeks_a_year)} weeks a year", f"{one_place(leave)} weeks"
        )
    )
    base = week
    if rule.cap_weekly_minutes is not None:
        base = min(week, rule.cap_weekly_minutes)
        steps.append(Step("Of the week counts at most", sentence(rule.cap_weekly_minutes)))
    exact = (weeks - leave) * base * rule.share
    minutes = round_up_to_minute(exact)
    percent = one_place(rule.share * 100)
    steps.append(
        Step(f"({weeks:,} − {one_place(leave)}) × {sentence(base)} × {percent}%, rounded up",
             sentence(minutes))
    )  # fmt: skip
    return _floored(rule, minutes, steps)


def _floored(rule: HoursRule, minutes: int, steps: list[Step]) -> int:
    if minutes >= rule.floor_minutes:
        return minutes
    steps.append(Step("Never below", sentence(rule.floor_minutes)))
    return rule.floor_minutes
