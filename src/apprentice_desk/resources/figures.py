"""The figures that guides name, taken from the dated rules as they stand on a day.

A guide never types a figure that the program knows: it names one of these, so that the two cannot
drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting_rules import Check
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.guides import Told
from apprentice_desk.domain.hours_rules import Activity, Basis
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted, need_rules_on
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Regime
from apprentice_desk.resources.course_rules import programme_rules, wage_rules
from apprentice_desk.resources.money_rules import funding_rules, levy_rules
from apprentice_desk.resources.procuring import procurement_rules
from apprentice_desk.resources.rules import (
    counting_rules,
    hours_rules,
    ksb_rules,
    need_rules,
    return_settings,
    review_rules,
)

if TYPE_CHECKING:
    from apprentice_desk.domain.checklist_rules import ItemRule
    from apprentice_desk.domain.hours_rules import HoursRule
    from apprentice_desk.domain.reference import DatedNumber

_A_YEAR = 365
_TO_A_YEAR_AGO = date(2025, 7, 31)
"""The last day of starts whose hours are worked out from the week, not published."""


def guide_figures(today: date) -> Mapping[str, Told]:
    """Return every figure by its name, as the rules say it of *today* and of starts of today.

    One that the rules do not know for that day says so instead.
    """
    return {name: _told(read, today) for name, read in _FIGURES.items()}


def figure_names() -> tuple[str, ...]:
    """Return the names of all figures."""
    return tuple(_FIGURES)


def _told(read: Callable[[date], Told], today: date) -> Told:
    try:
        return read(today)
    except Problem:
        day = show_day(today)
        return Told(
            f"(not known for {day})",
            f"The program has no rule that covers {day}",
            is_verified=False,
        )


def _from(day: date | None, source: str) -> str:
    """Return a source with the day from which its rule holds."""
    return source if day is None or day.year <= 2010 else f"{source}; from {show_day(day)}"


# --- hours ----------------------------------------------------------------------------------------


def _hours(rule: HoursRule, says: str) -> Told:
    return Told(says, _from(rule.valid_from, rule.source), rule.is_verified)


def _floor_hours(today: date) -> Told:
    rule = hours_rules().rule_for(today)
    return _hours(rule, f"{rule.floor_minutes // 60} hours")


def _hours_a_week_before(_today: date) -> Told:
    rule = hours_rules().rule_for(_TO_A_YEAR_AGO)
    assert rule.basis is Basis.CAPPED_SHARE
    assert rule.cap_weekly_minutes is not None
    minutes = rule.share * rule.cap_weekly_minutes
    return _hours(rule, f"{int(minutes) // 60} hours a week")


def _activities(today: date, *, that_count: bool) -> Told:
    rules = [
        rule
        for rule in (hours_rules().counting_rule(each, today) for each in Activity)
        if rule.counts is that_count
    ]
    return Told(
        ", ".join(str(rule.activity).replace("english", "English") for rule in rules),
        rules[0].source,
        all(rule.is_verified for rule in rules),
    )


def _out_of_hours(today: date) -> Told:
    rule = counting_rules().checks_on(today)[Check.WEEKEND]
    return Told(rule.rule, rule.source, rule.is_verified)


def _behind_share(today: date) -> Told:
    limits = hours_rules().limits_at(today)
    says = f"{int(limits.behind_share * 100)}% below plan"
    return Told(says, limits.source)


def _slipping_share(today: date) -> Told:
    limits = hours_rules().limits_at(today)
    return Told(f"{int(limits.slipping_share * 100)}% below plan", limits.source)


# --- the course -----------------------------------------------------------------------------------


def _least_months(today: date) -> Told:
    rule = programme_rules().duration_for(today)
    return Told(f"{rule.months} months", _from(rule.starts_from, rule.source), rule.is_verified)


def _break_weeks(today: date) -> Told:
    rule = in_force(programme_rules().breaks, today, "The least length of a break")
    return Told(counted(rule.least_days // 7, "week"), rule.source, is_verified=False)


def _qualifying_days(_today: date) -> Told:
    rule = programme_rules().qualifying_days(_A_YEAR)
    assert rule is not None
    return Told(f"{rule.days} days", rule.source)


def _revision(today: date) -> Told:
    rule = in_force(programme_rules().revision, today, "What has to be signed anew")
    return Told(rule.what, rule.source)


def _late_plan_days(today: date) -> Told:
    held = [each.late for each in programme_rules().start if each.late is not None]
    late = next((each for each in held if each.starts_from <= today), None)
    if late is None:
        raise Problem(f"Nothing is known of signing late on {show_day(today)}.")
    return Told(f"{late.days} days", late.source, is_verified=False)


def _english_maths(today: date) -> Told:
    rule = in_force(programme_rules().english_maths, today, "The rule of English and maths")
    says = rule.says.replace("English and maths have", "they have")
    return Told(says, _from(rule.valid_from, rule.source), rule.is_verified)


def _gateway_ahead(today: date) -> Told:
    rule = in_force(programme_rules().ahead, today, "How early the gateway is named")
    return Told(counted(rule.days // 7, "week"), rule.source)


def _start_ahead(today: date) -> Told:
    rule = in_force(programme_rules().start_ahead, today, "How early a start is named")
    return Told(counted(rule.days // 7, "week"), rule.source)


def _gateway_item(key: str) -> Callable[[date], Told]:
    def read(_today: date) -> Told:
        item: ItemRule = next(each for each in programme_rules().gateway if each.key == key)
        return Told(item.meets.rstrip("."), item.source, item.is_verified)

    return read


def _behaviours(today: date) -> Told:
    item = _gateway_item("behaviours")(today)
    return Told(_small(item.says), item.source, item.is_verified)


def _number(numbers: tuple[DatedNumber, ...], today: date, what: str) -> DatedNumber:
    return in_force(numbers, today, what)


def _review_weeks(today: date) -> Told:
    interval = _number(review_rules().intervals, today, "The interval of progress reviews")
    return Told(counted(interval.number // 7, "week"), interval.source, interval.is_verified)


def _quiet_weeks(today: date) -> Told:
    quiet = _number(ksb_rules().quiet, today, "When a KSB has gone quiet")
    return Told(counted(quiet.number // 7, "week"), quiet.source, quiet.is_verified)


def _quiet_log_weeks(today: date) -> Told:
    practice = review_rules().practice_on(today)
    return Told(counted(practice.quiet_days // 7, "week"), practice.source)


# --- pay ------------------------------------------------------------------------------------------


def _apprentice_rate(today: date) -> Told:
    rates = wage_rules().rates_on(today)
    return Told(
        f"{show_pounds(rates.apprentice)} an hour",
        _from(rates.valid_from, rates.source),
        rates.is_verified,
    )


def _adult_rate(today: date) -> Told:
    rates = wage_rules().rates_on(today)
    amount = rates.ages[-1][1]
    return Told(
        f"{show_pounds(amount)} an hour", _from(rates.valid_from, rates.source), rates.is_verified
    )


def _adult_age(today: date) -> Told:
    rates = wage_rules().rates_on(today)
    return Told(str(rates.ages[-1][0]), _from(rates.valid_from, rates.source), rates.is_verified)


def _rate_months(today: date) -> Told:
    rule = in_force(wage_rules().apprentice, today, "Who may be paid the apprentice rate")
    return Told(f"{rule.first_months} months", rule.source, rule.is_verified)


def _rate_age(today: date) -> Told:
    rule = in_force(wage_rules().apprentice, today, "Who may be paid the apprentice rate")
    return Told(str(rule.under_age), rule.source, rule.is_verified)


# --- money and procurement ------------------------------------------------------------------------


def _training_share(today: date) -> Told:
    rule = funding_rules().profile_for(today)
    return Told(f"{int(rule.training_share * 100)}%", rule.source, rule.is_verified)


def _employer_percent(today: date) -> Told:
    rule = funding_rules().co_investment_for(today)
    source = f"{rule.source}. {rule.note}"
    return Told(f"{rule.employer_percent}%", _from(rule.starts_from, source), rule.is_verified)


def _levy_months(today: date) -> Told:
    rule = in_force(levy_rules().expiry, today, "How long levy money lasts")
    return Told(f"{rule.months} months", _from(rule.valid_from, rule.source), rule.is_verified)


def _light_touch(today: date) -> Told:
    rule = procurement_rules().threshold_on(today)
    return Told(show_pounds(rule.light_touch).removesuffix(".00"), rule.source, rule.is_verified)


def _services(today: date) -> Told:
    rule = procurement_rules().threshold_on(today)
    return Told(show_pounds(rule.services).removesuffix(".00"), rule.source, rule.is_verified)


def _standstill(today: date) -> Told:
    rule = procurement_rules().standstill_for(Regime.ACT_2023, today)
    if rule is None:
        raise Problem(f"No standstill is known for {show_day(today)}.")
    return Told(f"{rule.days} {rule.unit}", rule.source, rule.is_verified)


def _contract_days(today: date) -> Told:
    rules = need_rules_on(need_rules(), today)
    return Told(f"{rules.contract_days} days", rules.source)


def _return_days(today: date) -> Told:
    due = _number(return_settings().due, today, "When a return is due")
    return Told(f"{due.number} working days", due.source, due.is_verified)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


_FIGURES: Mapping[str, Callable[[date], Told]] = {
    "floor_hours": _floor_hours,
    "hours_a_week_before": _hours_a_week_before,
    "what_counts": lambda today: _activities(today, that_count=True),
    "what_does_not": lambda today: _activities(today, that_count=False),
    "out_of_hours": _out_of_hours,
    "slipping_share": _slipping_share,
    "behind_share": _behind_share,
    "least_months": _least_months,
    "break_weeks": _break_weeks,
    "qualifying_days": _qualifying_days,
    "revision": _revision,
    "late_plan_days": _late_plan_days,
    "english_maths": _english_maths,
    "gateway_ahead": _gateway_ahead,
    "start_ahead": _start_ahead,
    "gateway_hours": _gateway_item("hours"),
    "gateway_behaviours": _behaviours,
    "review_weeks": _review_weeks,
    "quiet_weeks": _quiet_weeks,
    "quiet_log_weeks": _quiet_log_weeks,
    "apprentice_rate": _apprentice_rate,
    "adult_rate": _adult_rate,
    "adult_age": _adult_age,
    "rate_months": _rate_months,
    "rate_age": _rate_age,
    "training_share": _training_share,
    "employer_percent": _employer_percent,
    "levy_months": _levy_months,
    "light_touch": _light_touch,
    "services": _services,
    "standstill": _standstill,
    "contract_days": _contract_days,
    "return_days": _return_days,
}
