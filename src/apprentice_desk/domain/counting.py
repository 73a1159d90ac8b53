"""Whether an entry of off-the-job hours counts: every reason with its rule and source.

What decides and what is only worth a look, and by which figures, is dated data (counting_rules).
The activity comes first; a person may decide otherwise than the rules, and then it is said so.
What is not known is never guessed: it stays unchecked and is named.  All amounts are whole
minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from apprentice_desk.domain.apprenticeship import Course, break_at
from apprentice_desk.domain.calendar import BankHolidays, show_day
from apprentice_desk.domain.counting_rules import Check, CheckRule, CountingRules, DayLimits
from apprentice_desk.domain.days_hours import DAY_MINUTES, Stretch
from apprentice_desk.domain.durations import round_up_to_minute, sentence
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem

ACTIVITY = "activity"
"""The code of the first reason, that of the activity; the others have that of their Check."""

DECIDED = "decided"
"""The code of the last reason, where a person decided otherwise than the rules."""

CHECK_AGAINST_THE_RULES = "check against the rules"
"""What stands beside whatever was not read in the rules themselves."""

_LONGEST_TEXT = 4_000
_WORD = re.compile(r"\w+")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry as it stands while it is typed.

    *minutes* is 0 while there is no length yet, *began_at* "" or hh:mm.  *decided* is what a
    person said about whether it counts, None where it is left to the rules.
    """

    done_on: date
    minutes: int
    activity: Activity
    what: str = ""
    began_at: str = ""
    decided: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the apprenticeship on the day of an entry; None is not known.

    *weekly_minutes* is the contracted week in force on that day, *working_days* how many days a
    week are worked.  *that_day* are the other entries of the day, the one that is judged left
    out.  *texts* are the days on which words were logged before, as texts_logged() gives them.
    """

    course: Course
    weekly_minutes: int | None = None
    working_days: Fraction | int | None = None
    that_day: Sequence[Stretch] | None = None
    holidays: BankHolidays | None = None
    texts: Mapping[str, frozenset[date]] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against an entry.

    *counts* is None where it is only worth a look.  *says* is a sentence for a person, *rule* what
    it stands on, *field* the part of the entry that it is about.
    """

    code: str
    counts: bool | None
    says: str
    rule: str
    source: str
    is_verified: bool
    field: str

    @property
    def source_words(self) -> str:
        """The source, with a word of caution where the rules themselves were not read."""
        return self.source if self.is_verified else f"{self.source}: {CHECK_AGAINST_THE_RULES}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an entry counts, and all that speaks for and against it.

    *by_the_rules* is what they say alone; *counts* is the person's decision where there is one.
    *assumed* and *unchecked* are sentences on what was taken for granted and what not looked at.
    """

    counts: bool
    by_the_rules: bool
    reasons: tuple[Reason, ...]
    assumed: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def is_worth_a_look(self) -> bool:
        """Whether there is anything besides the activity to read before it is saved."""
        return any(reason.code != ACTIVITY or not reason.counts for reason in self.reasons)


def plain_text(text: str) -> str:
    """Return the words of *text* alone, without case, accents and marks, to hold it to another."""
    return " ".join(_WORD.findall(fold(text[:_LONGEST_TEXT])))


def texts_logged(entries: Iterable[tuple[date, str]]) -> Mapping[str, frozenset[date]]:
    """Return the days on which each text was logged, by its plain_text(); empty ones left out."""
    days: dict[str, set[date]] = {}
    for done_on, what in entries:
        if text := plain_text(what):
            days.setdefault(text, set()).add(done_on)
    return MappingProxyType({text: frozenset(each) for text, each in days.items()})


def week_in_force(spans: Iterable[tuple[date, int]], day: date) -> int | None:
    """Return the contracted minutes a week on *day*, from spans of (from this day on, minutes)."""
    in_force = [span for span in spans if span[0] <= day]
    return max(in_force)[1] if in_force else None


def minutes_after_midnight(clock: str) -> int | None:
    """Return the time of day "hh:mm" as minutes; None if it is none."""
    written = _CLOCK.fullmatch(clock.strip())
    return int(written[1]) * 60 + int(written[2]) if written else None


def time_of_day(text: str) -> str:
    """Return a time of day as hh:mm; ValueError with a sentence for anything else."""
    minutes = minutes_after_midnight(text.replace(".", ":"))
    if minutes is None:
        raise ValueError(f"“{text}” is not a time of day. Write it as 9:30.")
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def is_described(what: str, limits: DayLimits) -> bool:
    """Return whether *what* is long enough to say what was learned."""
    words = plain_text(what).split()
    return len(words) >= limits.least_words and sum(map(len, words)) >= limits.least_letters


def judge(entry: Proposed, facts: Facts, rules: CountingRules) -> Judgement:
    """Return whether *entry* counts and why; it never raises.

    An activity that does not count, such as leave, is looked at no further than for time that
    cannot be: nobody has to describe it.
    """
    found = _Found(rules.checks_on(entry.done_on))
    first = _of_activity(entry, rules)
    if first.counts or entry.decided:
        _look_at_course(entry, facts.course, found)
        _look_at_calendar(entry, facts.holidays, found)
        try:
            limits = rules.day_limits(entry.done_on)
        except Problem as problem:
            found.unchecked.append(problem.what)
        else:
            _look_at_paid_hours(entry, facts, limits, found)
            _look_at_words(entry, facts.texts, limits, found)
    _look_at_time(entry, facts, found)
    reasons = [first, *found.reasons]
    by_the_rules = all(reason.counts is not False for reason in reasons)
    counts = by_the_rules if entry.decided is None else entry.decided
    if counts is not by_the_rules:
        reasons.append(_decision(counts))
    return Judgement(
        counts, by_the_rules, tuple(reasons), tuple(found.assumed), tuple(found.unchecked)
    )


@dataclass(slots=True)
class _Found:
    """What has been found so far, by the rules that are in force."""

    checks: Mapping[Check, CheckRule]
    reasons: list[Reason] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    def add(self, check: Check, about: str, says: str) -> None:
        """Add a reason, if there is a rule for it yet on the day."""
        if rule := self.checks.get(check):
            self.reasons.append(
                Reason(
                    code=check,
                    counts=False if rule.decides else None,
                    says=says,
                    rule=rule.rule,
                    source=rule.source,
                    is_verified=rule.is_verified,
                    field=about,
                )
            )


def _of_activity(entry: Proposed, rules: CountingRules) -> Reason:
    name = f"{entry.activity[0].upper()}{entry.activity[1:]}"
    try:
        rule = rules.hours.counting_rule(entry.activity, entry.done_on)
    except Problem as problem:
        # What nothing speaks for is not put into a total that an auditor reads.
        return Reason(ACTIVITY, False, problem.what, "", "", False, "activity")
    says = f"{name} {'counts' if rule.counts else 'does not count'}."
    return Reason(ACTIVITY, rule.counts, says, rule.why, rule.source, rule.is_verified, "activity")


def _decision(counts: bool) -> Reason:
    says = (
        "Somebody decided that it counts; by the rules it does not."
        if counts
        else "Somebody decided that it does not count; by the rules it does."
    )
    return Reason(
        DECIDED, counts, says, "A person may decide otherwise than the rules",
        "The decision kept with the entry", True, "counts",
    )  # fmt: skip


def _look_at_course(entry: Proposed, course: Course, found: _Found) -> None:
    day, shown = entry.done_on, show_day(entry.done_on)
    ended, start = course.ended_on, course.training_started_on
    began, planned_end = course.assessment_began_on, course.training_planned_end_on
    is_over = False
    if ended is not None and ended < day:
        is_over = True
        says = f"{shown} is after the last day of the apprenticeship, {show_day(ended)}."
        found.add(Check.AFTER_THE_END, "done_on", says)
    elif ended is None and course.outcome is not None:
        found.unchecked.append("The apprenticeship has ended, but on which day is not known.")
    if start is None:
        found.unchecked.append("The day on which training starts is not known.")
    elif day < start:
        says = f"{shown} is before training starts on {show_day(start)}."
        found.add(Check.BEFORE_THE_START, "done_on", says)
    if pause := break_at(course, day):
        says = f"{shown} is in a break in learning, {pause.shown()}."
        found.add(Check.ON_A_BREAK, "done_on", says)
    if began is not None and began <= day:
        is_over = True
        says = f"Assessment began on {show_day(began)}; {shown} is no longer training."
        found.add(Check.IN_ASSESSMENT, "done_on", says)
    if planned_end is None:
        found.unchecked.append("The planned end of training is not known.")
    elif planned_end < day and not is_over:
        says = f"{shown} is after the planned end of training, {show_day(planned_end)}."
        found.add(Check.AFTER_PLANNED_END, "done_on", says)


def _look_at_calendar(entry: Proposed, holidays: BankHolidays | None, found: _Found) -> None:
    day, shown = entry.done_on, show_day(entry.done_on)
    is_holiday = None if holidays is None else holidays.is_holiday(day)
    if is_holiday is None:
        found.unchecked.append(f"The bank holidays of {day.year} are not known.")
    elif is_holiday:
        found.add(Check.BANK_HOLIDAY, "done_on", f"{shown} is a bank holiday.")
    if day.weekday() >= 5:
        says = f"{shown} is a {_DAYS[day.weekday()]}: was the time given back or paid?"
        found.add(Check.WEEKEND, "done_on", says)


def _look_at_paid_hours(entry: Proposed, facts: Facts, limits: DayLimits, found: _Found) -> None:
    begins = minutes_after_midnight(entry.began_at)
    usual_from, usual_to = limits.usual_from_minutes, limits.usual_to_minutes
    if begins is not None and (begins < usual_from or begins + entry.minutes > usual_to):
        says = (
            f"{_span(begins, entry.minutes)} is not all between {_clock(usual_from)} and"
            f" {_clock(usual_to)}: was it in paid hours?"
        )
        found.add(Check.OUT_OF_HOURS, "began_at", says)
    weekly, days = facts.weekly_minutes, facts.working_days
    if weekly is None:
        found.unchecked.append("The contracted weekly hours on that day are not known.")
        return
    if days is None or days <= 0:
        days = limits.working_days
        week = f"{sentence(weekly)} over {days} days a week, assumed"
        found.assumed.append(
            f"{days} working days a week are assumed: how many are worked is not known."
        )
    else:
        week = f"{sentence(weekly)} over {float(days):g} days a week"
    a_day = round_up_to_minute(weekly / Fraction(days))
    total, whole = _day_total(entry, facts)
    if total > a_day:
        says = f"{whole} is more than the contracted day of {sentence(a_day)} ({week})."
        found.add(Check.OVER_THE_DAY, "minutes", says)


def _look_at_time(entry: Proposed, facts: Facts, found: _Found) -> None:
    if facts.that_day is None:
        found.unchecked.append(f"What else was logged on {show_day(entry.done_on)} is not known.")
    total, whole = _day_total(entry, facts)
    if total > DAY_MINUTES:
        found.add(Check.MORE_THAN_A_DAY, "minutes", f"{whole} is more than a day has.")
    begins = minutes_after_midnight(entry.began_at)
    for other in facts.that_day or ():
        its_begin = minutes_after_midnight(other.began_at)
        if begins is None or its_begin is None:
            continue
        ends = min(begins + entry.minutes, its_begin + other.minutes)
        if max(begins, its_begin) < ends:
            says = (
                f"{_span(begins, entry.minutes)} overlaps another entry,"
                f" {_span(its_begin, other.minutes)}."
            )
            found.add(Check.OVERLAP, "began_at", says)


def _day_total(entry: Proposed, facts: Facts) -> tuple[int, str]:
    """The minutes of the whole day, and a phrase that names them and the day."""
    others = sum(other.minutes for other in facts.that_day or ())
    total = entry.minutes + others
    phrase = f"{sentence(total)} on {show_day(entry.done_on)}"
    return total, f"{phrase}, {sentence(others)} of it in other entries," if others else phrase


def _span(begins: int, minutes: int) -> str:
    return f"{_clock(begins)} to {_clock(begins + minutes)}"


def _clock(minutes: int) -> str:
    days, minutes = divmod(minutes, DAY_MINUTES)
    return f"{minutes // 60}:{minutes % 60:02d}" + (" the next day" if days else "")


def _look_at_words(
    entry: Proposed,
    texts: Mapping[str, frozenset[date]] | None,
    limits: DayLimits,
    found: _Found,
) -> None:
    text = plain_text(entry.what)
    if not text:
        says = "It is not said what was learned."
        found.add(Check.NOT_DESCRIBED, "what", says)
        return
    if not is_described(entry.what, limits):
        says = (
            f"“{_short(entry.what)}” says little: write in {limits.least_words} words or more what"
            " was learned."
        )
        found.add(Check.THINLY_DESCRIBED, "what", says)
    if texts is None:
        found.unchecked.append("What was logged on other days is not known.")
        return
    days = texts.get(text, frozenset()) - {entry.done_on}
    if len(days) >= limits.same_words_days:
        says = (
            f"The same words stand at {len(days)} other days, the latest {show_day(max(days))}:"
            " what was new?"
        )
        found.add(Check.SAME_WORDS, "what", says)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:39]}…"
