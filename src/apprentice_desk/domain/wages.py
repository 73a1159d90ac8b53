"""What an apprentice has to be paid an hour, by the day, and whether they are.

The rates come from resources/rules/wages.toml.  Amounts are compared exactly; what is shown of an
hour's pay is rounded down, so that too little never looks like enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain.calendar import add_months, show_day
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.money import round_down, show_pounds
from apprentice_desk.domain.people import age_on
from apprentice_desk.domain.problems import Problem

MINUTES_AN_HOUR = 60


class PayPer(StrEnum):
    """What an amount of pay is for."""

    HOUR = "hour"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WageRates:
    """What is due an hour between two days; *ages* are (from this age on, amount), youngest first.

    *is_verified* is false where the official page itself was not read.
    """

    valid_from: date
    valid_to: date
    apprentice: Decimal
    ages: tuple[tuple[int, Decimal], ...]
    source: str
    is_verified: bool

    def for_age(self, age: int) -> tuple[Decimal, str]:
        """Return what is due at *age* where the apprentice rate is not enough, and what it is."""
        later = [first for first, _ in self.ages if first > age]
        first, amount = max(each for each in self.ages if each[0] <= age)
        if not later:
            return amount, f"the rate for {first} and over"
        last = min(later) - 1
        if not first:
            return amount, f"the rate for under {last + 1}"
        return amount, f"the rate for {first} to {last}"


@dataclass(frozen=True, slots=True)
class ApprenticeRate:
    """Who may be paid the apprentice rate, from a day on."""

    valid_from: date
    under_age: int
    first_months: int
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class YearlyPay:
    """How many weeks a year's pay is spread over, from a day on."""

    valid_from: date
    weeks: Fraction
    source: str

    @property
    def weeks_shown(self) -> str:
        """The weeks as they are written: "52.1429"."""
        return str(Decimal(self.weeks.numerator) / self.weeks.denominator)


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """How many days ahead something is named, from a day on."""

    valid_from: date
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class WageRules:
    """All dated rules of wages; *rates* are in their order and leave no day out.

    *note* says from when in a pay period a rise is due, and which rates are not looked at.
    """

    rates: tuple[WageRates, ...]
    apprentice: tuple[ApprenticeRate, ...]
    yearly: tuple[YearlyPay, ...]
    ahead: tuple[DaysAhead, ...]
    note: str

    def rates_on(self, day: date) -> WageRates:
        """Return the rates of a day; raises Problem if they are not known."""
        for rates in self.rates:
            if rates.valid_from <= day <= rates.valid_to:
                return rates
        raise Problem(
            f"The wage rates of {show_day(day)} are not known: the list covers"
            f" {show_day(self.rates[0].valid_from)} to {show_day(self.rates[-1].valid_to)}.",
            "Look them up on gov.uk, or install a newer version of the program.",
        )


@dataclass(frozen=True, slots=True)
class PayRate:
    """What somebody is paid from a day on."""

    from_on: date
    amount: Decimal
    per: PayPer

    @property
    def shown(self) -> str:
        """The rate as it is read: "£24,000.00 a year", "£12.50 an hour"."""
        return f"{show_pounds(self.amount)} {'an hour' if self.per is PayPer.HOUR else 'a year'}"


@dataclass(frozen=True, slots=True)
class WageFacts:
    """What somebody's wage is judged by; *weekly* are (from this day on, minutes a week)."""

    born_on: date | None
    started_on: date | None
    pay: tuple[PayRate, ...] = ()
    weekly: tuple[tuple[date, int], ...] = ()

    def pay_on(self, day: date) -> PayRate | None:
        """Return the pay in force on a day; None where none is recorded."""
        begun = [each for each in self.pay if each.from_on <= day]
        return max(begun, key=lambda each: each.from_on) if begun else None

    def week_on(self, day: date) -> int | None:
        """Return the contracted minutes a week on a day; None where they are not known."""
        begun = [each for each in self.weekly if each[0] <= day]
        return max(begun)[1] if begun else None


# --- what is due ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """What has to be paid an hour on a day; *rate* names it, *why* says why it is that one."""

    amount: Decimal
    rate: str
    why: str
    rates: WageRates


def first_year_ends(facts: WageFacts, rule: ApprenticeRate) -> date | None:
    """Return the first day on which the first months are over; None while the start is unknown.

    A break in learning does not move it.
    """
    if facts.started_on is None:
        return None
    return add_months(facts.started_on, rule.first_months)


def due_on(facts: WageFacts, rules: WageRules, day: date) -> Due:
    """Return what is due on *day*.

    Raises Problem where the rates of the day, the date of birth or the start are not known and
    something hangs on it.
    """
    rates = rules.rates_on(day)
    rule = in_force(rules.apprentice, day, "Who may be paid the apprentice rate")
    over_on = first_year_ends(facts, rule)
    age = None if facts.born_on is None else age_on(facts.born_on, day)
    if age is not None and age < rule.under_age:
        why = f"aged {age}, so under {rule.under_age}"
        return Due(rates.apprentice, "the apprentice rate", why, rates)
    if over_on is not None and day < over_on:
        last = show_day(over_on - timedelta(days=1))
        why = f"in the first {rule.first_months} months, which end on {last}"
        return Due(rates.apprentice, "the apprentice rate", why, rates)
    if age is None:
        raise Problem(
            "The date of birth is not known, so nobody can say which rate is due.",
            "Enter it with the facts of the person.",
        )
    if over_on is None:
        raise Problem(
            "The day on which training started is not known, so nobody can say whether the"
            " apprentice rate is still enough.",
            "Enter it with the facts of the apprenticeship.",
        )
    amount, rate = rates.for_age(age)
    why = f"aged {age}, and the first {rule.first_months} months were over on {show_day(over_on)}"
    return Due(amount, rate, why, rates)


# --- what is paid ---------------------------------------------------------------------------------


class PayState(StrEnum):
    """How pay stands beside what is due."""

    ENOUGH = "enough"
    BELOW = "below what is due"
    NOT_RECORDED = "no pay recorded"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Hourly:
    """What is paid an hour, exactly; *shown* is rounded down, *says* how it was worked out."""

    exact: Fraction
    shown: Decimal
    says: str


def hourly(facts: WageFacts, rules: WageRules, pay: PayRate, day: date) -> Hourly:
    """Return what *pay* is an hour on *day*; raises Problem where weekly hours are not known."""
    if pay.per is PayPer.HOUR:
        return Hourly(Fraction(pay.amount), pay.amount, pay.shown)
    weekly = facts.week_on(day)
    if weekly is None:
        raise Problem(
            f"Pay is recorded by the year ({show_pounds(pay.amount)}), but the contracted weekly"
            f" hours on {show_day(day)} are not known, so an hour's pay cannot be worked out.",
            "Record the weekly hours from that day.",
        )
    rule = in_force(rules.yearly, day, "How yearly pay is made into an hour's")
    exact = Fraction(pay.amount) / rule.weeks / Fraction(weekly, MINUTES_AN_HOUR)
    shown = round_down(exact)
    says = (
        f"{show_pounds(pay.amount)} a year / {rule.weeks_shown} weeks / {sentence(weekly)} a"
        f" week = {show_pounds(shown)} an hour"
    )
    return Hourly(exact, shown, says)


@dataclass(frozen=True, slots=True)
class PayStanding:
    """How somebody's pay stands on a day, in words; what is not known is None.

    *lacks* is what is missing an hour, 0 where nothing is, rounded up to the penny.
    """

    day: date
    state: PayState
    due: Due | None
    paid: Hourly | None
    lacks: Decimal
    says: str
    remedy: str = ""


_NOTHING = Decimal("0.00")
_RECORD_IT = "Record what is paid."
_PENNY = Decimal("0.01")


def standing(facts: WageFacts, rules: WageRules, day: date) -> PayStanding:
    """Return how pay stands on *day*, or on the day training starts if that comes later."""
    if facts.started_on is not None:
        day = max(day, facts.started_on)
    pay = facts.pay_on(day)
    none = f"No pay is recorded for {show_day(day)}."
    try:
        due = due_on(facts, rules, day)
    except Problem as problem:
        state, says, remedy = PayState.NOT_KNOWN, problem.what, problem.remedy
        if pay is None:
            state, says = PayState.NOT_RECORDED, f"{none} {says}"
            remedy = f"{remedy} {_RECORD_IT}"
        return PayStanding(day, state, None, None, _NOTHING, says, remedy)
    owed = f"{show_pounds(due.amount)} an hour is due, {due.rate}: {due.why}."
    if pay is None:
        says = f"{none} {owed}"
        return PayStanding(day, PayState.NOT_RECORDED, due, None, _NOTHING, says, _RECORD_IT)
    try:
        paid = hourly(facts, rules, pay, day)
    except Problem as problem:
        says = f"{problem.what} {owed}"
        return PayStanding(day, PayState.NOT_KNOWN, due, None, _NOTHING, says, problem.remedy)
    if paid.exact >= Fraction(due.amount):
        return PayStanding(day, PayState.ENOUGH, due, paid, _NOTHING, f"{paid.says}. {owed}")
    missing = Fraction(due.amount) - paid.exact
    lacks = round_down(missing)
    if Fraction(lacks) < missing:
        lacks += _PENNY
    says = f"{paid.says}. {owed} {show_pounds(lacks)} an hour is missing."
    remedy = (
        f"Raise the pay to {show_pounds(due.amount)} an hour, and make up for what was missing"
        " since it fell due."
    )
    return PayStanding(day, PayState.BELOW, due, paid, lacks, says, remedy)


# --- what is coming -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which what is due or what is paid becomes another; *because* says why."""

    on: date
    because: str
    standing: PayStanding


def turns(facts: WageFacts, rules: WageRules, after: date, last: date) -> tuple[Turn, ...]:
    """Return the days after *after*, up to *last*, on which what is due or paid changes.

    The first day whose rates are not known ends the list, as a turn that says so.
    """
    begins = after if facts.started_on is None else max(after, facts.started_on)
    found: list[Turn] = []
    before = standing(facts, rules, begins)
    for day, because in sorted(_days(facts, rules, begins, last).items()):
        now = standing(facts, rules, day)
        if (_owed(now), _paid(now)) != (_owed(before), _paid(before)):
            found.append(Turn(day, " and ".join(because), now))
        if day > rules.rates[-1].valid_to:
            break
        before = now
    return tuple(found)


def _owed(found: PayStanding) -> Decimal | None:
    return None if found.due is None else found.due.amount


def _paid(found: PayStanding) -> Fraction | None:
    return None if found.paid is None else found.paid.exact


def _days(facts: WageFacts, rules: WageRules, after: date, last: date) -> dict[date, list[str]]:
    """Every day on which something may change, and why."""
    days: dict[date, list[str]] = {}

    def note(day: date, because: str) -> None:
        if after < day <= last:
            days.setdefault(day, []).append(because)

    for rates in rules.rates:
        note(rates.valid_from, "the rates change")
    note(rules.rates[-1].valid_to + timedelta(days=1), "the rates from then on are not known")
    if facts.born_on is not None:
        for year in range(after.year, last.year + 1):
            birthday = _birthday(facts.born_on, year)
            note(birthday, f"the age of {age_on(facts.born_on, birthday)} is reached")
    if facts.started_on is not None:
        for rule in rules.apprentice:
            over_on = add_months(facts.started_on, rule.first_months)
            note(over_on, f"the first {rule.first_months} months are over")
    for pay in facts.pay:
        note(pay.from_on, "another pay is recorded")
    for from_on, _ in facts.weekly:
        note(from_on, "the weekly hours change")
    return days


def _birthday(born_on: date, year: int) -> date:
    """The birthday in a year; that of 29 February is on 1 March where there is none."""
    if (born_on.month, born_on.day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=int(_is_leap(year)))
    return born_on.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
