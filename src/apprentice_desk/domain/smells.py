"""What in a whole log of hours an auditor would ask about, said kindly and before anybody asks.

Nothing here says that an entry is wrong: each has an honest explanation, and the sentences leave
room for it.  Only entries that count are looked at, since only they are claimed.  From when on
something is said is dated data (counting_rules).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median_low
from uuid import UUID

from apprentice_desk.domain.active_months import Month, MonthState, active_months
from apprentice_desk.domain.apprenticeship import Course, break_at
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.counting import CHECK_AGAINST_THE_RULES, is_described, plain_text
from apprentice_desk.domain.counting_rules import CountingRules, LogLimits, MonthRule
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.placement_days import HostStay

__all__ = ["LogEntry", "Month", "MonthState", "Situation", "Smell", "active_months", "smells"]

_MOST_NAMED = 6
"""More months than these are counted, not named."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of a log.

    *entered_on* is the day on which it was typed, by the clock of whoever typed it; None where it
    is not known or a whole list was imported at once.
    """

    id: UUID
    done_on: date
    minutes: int
    counts: bool = True
    what: str = ""
    ksbs: str = ""
    entered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Whose log it is: the course, the first start (before any break or move), and the day."""

    course: Course
    original_start_on: date | None
    as_at: date
    stays: tuple[HostStay, ...] = ()
    """Days spent with a host: training goes on there, so they are no gap."""


@dataclass(frozen=True, slots=True)
class Smell:
    """One thing worth a look.

    *figures* are what it was seen by, each with its name.  *entry_ids* are the entries concerned,
    by day; empty where it is about days without any.  *is_rule* is true where a funding rule asks
    for it, not only good practice.
    """

    code: str
    says: str
    would_help: str
    figures: tuple[tuple[str, str], ...]
    entry_ids: tuple[UUID, ...]
    source: str
    is_verified: bool
    is_rule: bool = False

    @property
    def source_words(self) -> str:
        """The source, with a word of caution where the rules themselves were not read."""
        return self.source if self.is_verified else f"{self.source}: {CHECK_AGAINST_THE_RULES}"


def smells(
    entries: Iterable[LogEntry], situation: Situation, rules: CountingRules
) -> tuple[Smell, ...]:
    """Return what is worth a look in one apprenticeship's log up to a day.

    Raises Problem if no limits are known for that day.
    """
    limits = rules.log_limits(situation.as_at)
    least = rules.day_limits(situation.as_at)
    log = sorted(
        (each for each in entries if each.counts and each.done_on <= situation.as_at),
        key=lambda each: (each.done_on, each.id),
    )
    found = [
        _never_vary(log, limits),
        _same_words(log, limits),
        _at_one_sitting(log, limits),
        *_empty_months(log, situation, rules),
        _in_breaks(log, situation.course, limits),
        _lacking(
            log, limits, "not described", lambda each: not is_described(each.what, least),
            ("say", "little or nothing of what was learned"),
            "A sentence each, on what was new, is enough.",
        ),
        _lacking(
            log, limits, "no KSBs", lambda each: not each.ksbs.strip(),
            ("name", "no knowledge, skill or behaviour of the standard"),
            "Add the codes that each of them was for, such as K7 or S3.",
        ),
        _much_longer(log, limits),
    ]  # fmt: skip
    return tuple(smell for smell in found if smell is not None)


def _smell(
    code: str,
    says: str,
    would_help: str,
    figures: tuple[tuple[str, str], ...],
    concerned: Sequence[LogEntry],
    limits: LogLimits,
) -> Smell:
    ids = tuple(each.id for each in concerned)
    return Smell(code, says, would_help, figures, ids, limits.source, limits.is_verified)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _never_vary(log: Sequence[LogEntry], limits: LogLimits) -> Smell | None:
    """Nearly all entries are of the same round length."""
    if len(log) < limits.same_length_entries:
        return None
    ((minutes, count),) = Counter(each.minutes for each in log).most_common(1)
    if count <= limits.same_length_share * len(log) or minutes % limits.round_minutes:
        return None
    alike = [each for each in log if each.minutes == minutes]
    return _smell(
        "round and never varying",
        f"{count:,} of {_entries(len(log))} took {sentence(minutes)} exactly.",
        "That is right for days of fixed length. Where the time differed, write what it really"
        " was.",
        (("Entries", f"{len(log):,}"), (f"Of {sentence(minutes)}", f"{count:,}")),
        alike,
        limits,
    )


def _same_words(log: Sequence[LogEntry], limits: LogLimits) -> Smell | None:
    """The same words stand at many days."""
    by_text: dict[str, list[LogEntry]] = {}
    for each in log:
        if text := plain_text(each.what):
            by_text.setdefault(text, []).append(each)
    often = [same for same in by_text.values() if _days(same) >= limits.same_words_days]
    if not often:
        return None
    most = max(often, key=_days)
    concerned = sorted(
        (each for same in often for each in same), key=lambda each: (each.done_on, each.id)
    )
    words = " ".join(most[0].what.split())
    shown = words if len(words) <= 60 else f"{words[:59]}…"
    others = "" if len(often) == 1 else f" Other words repeat too ({len(often) - 1:,})."
    return _smell(
        "same words",
        f"“{shown}” stands at {_days(most):,} days, from {show_day(most[0].done_on)} to"
        f" {show_day(most[-1].done_on)}.{others}",
        "Say for each day what was new, even in a few words.",
        (("Texts that repeat", f"{len(often):,}"), ("Days with the most", f"{_days(most):,}")),
        concerned,
        limits,
    )


def _days(entries: Iterable[LogEntry]) -> int:
    return len({each.done_on for each in entries})


def _at_one_sitting(log: Sequence[LogEntry], limits: LogLimits) -> Smell | None:
    """Entries for many days were all typed on one day."""
    typed: dict[date, list[LogEntry]] = {}
    for each in log:
        if each.entered_on is not None:
            typed.setdefault(each.entered_on, []).append(each)
    long_ones = [
        (day, sitting)
        for day, sitting in sorted(typed.items())
        if len(sitting) >= limits.sitting_entries and _days(sitting) >= limits.sitting_days
    ]
    if not long_ones:
        return None
    day, most = max(long_ones, key=lambda sitting: len(sitting[1]))
    concerned = sorted(
        (each for _, sitting in long_ones for each in sitting),
        key=lambda each: (each.done_on, each.id),
    )
    others = "" if len(long_ones) == 1 else f" There are {len(long_ones):,} such days."
    return _smell(
        "typed at one sitting",
        f"{_entries(len(most))} for {_days(most):,} days were typed on {show_day(day)}.{others}",
        "Catching up is fine. Where there is a diary or an invitation of those days, add it as"
        " evidence; a few minutes each week are easier to trust.",
        (("Entries that day", f"{len(most):,}"), ("Days they are for", f"{_days(most):,}")),
        concerned,
        limits,
    )


def _empty_months(
    log: Sequence[LogEntry], situation: Situation, rules: CountingRules
) -> list[Smell]:
    """Whole months of training went by without any that counts, at home or with a host."""
    start = situation.original_start_on or situation.course.training_started_on
    if start is None:
        return []
    rule = rules.month_rule(start)
    by_day = ((each.done_on, each.minutes) for each in log)
    empty = [
        month
        for month in active_months(situation.course, by_day, situation.as_at, situation.stays)
        if month.is_over
        and not month.minutes
        and month.state is MonthState.IN_TRAINING
        and month.training_days >= rule.least_days
    ]
    away = [month for month in empty if month.where]
    at_home = [month for month in empty if not month.where]
    found = []
    if at_home:
        found.append(
            Smell(
                code="months without training",
                says=_months_say(at_home, rule),
                would_help=(
                    "Add what was done then and is not written down yet. If training had stopped"
                    " for four weeks or more, talk to the provider about a break in learning."
                ),
                figures=(("Months without any", f"{len(at_home):,}"),),
                entry_ids=(),
                source=rule.source,
                is_verified=rule.is_verified,
                is_rule=rule.is_rule,
            )
        )
    if away:
        found.append(
            Smell(
                code="months with a host, not logged",
                says=_away_say(away),
                would_help=(
                    "It is no gap in the training. Ask the apprentice, and whoever looked after"
                    " them there, which hours were training, and log them."
                ),
                figures=(("Months with a host", f"{len(away):,}"),),
                entry_ids=(),
                source=rule.source,
                is_verified=rule.is_verified,
            )
        )
    return found


def _away_say(away: Sequence[Month]) -> str:
    names = listed([month.name for month in away], _MOST_NAMED)
    verb = "has" if len(away) == 1 else "have"
    hosts = listed(list(dict.fromkeys(month.where for month in away)))
    return f"{names} {verb} no training that counts, though the apprentice was with {hosts}."


def _months_say(empty: Sequence[Month], rule: MonthRule) -> str:
    if len(empty) > _MOST_NAMED:
        named = f"{len(empty):,} months, from {empty[0].name} to {empty[-1].name}, have"
    elif len(empty) == 1:
        named = f"{empty[0].name} has"
    else:
        names = [month.name for month in empty]
        named = f"{', '.join(names[:-1])} and {names[-1]} have"
    return f"{named} no training that counts. {rule.rule}."


def _in_breaks(log: Sequence[LogEntry], course: Course, limits: LogLimits) -> Smell | None:
    concerned = [each for each in log if break_at(course, each.done_on) is not None]
    if not concerned:
        return None
    first = concerned[0]
    pause = break_at(course, first.done_on)
    assert pause is not None  # it was just found
    return _smell(
        "on a break",
        f"{_entries(len(concerned))} with {sentence(sum(each.minutes for each in concerned))}"
        f" {_lie(concerned)} in a break in learning, the first on {show_day(first.done_on)}"
        f" ({pause.shown()}).",
        "Check the days of the break and of the entries, and put right whichever need it; nothing"
        " counts on a break.",
        (
            ("Entries", f"{len(concerned):,}"),
            ("Time", sentence(sum(each.minutes for each in concerned))),
        ),
        concerned,
        limits,
    )


def _lie(concerned: Collection[LogEntry]) -> str:
    return "lies" if len(concerned) == 1 else "lie"


def _lacking(
    log: Sequence[LogEntry],
    limits: LogLimits,
    code: str,
    lacks: Callable[[LogEntry], bool],
    what: tuple[str, str],
    would_help: str,
) -> Smell | None:
    concerned = [each for each in log if lacks(each)]
    if not concerned:
        return None
    verb, rest = what
    if len(concerned) == 1:
        verb += "s"
    return _smell(
        code,
        f"{len(concerned):,} of {_entries(len(log))} {verb} {rest}.",
        would_help,
        (("Entries", f"{len(log):,}"), ("Of these", f"{len(concerned):,}")),
        concerned,
        limits,
    )


def _much_longer(log: Sequence[LogEntry], limits: LogLimits) -> Smell | None:
    """Some entries are many times as long as the one in the middle."""
    if len(log) < limits.longer_entries:
        return None
    middle = median_low([each.minutes for each in log])
    most = max(Fraction(middle) * limits.longer_times, Fraction(limits.longer_minutes - 1))
    concerned = [each for each in log if each.minutes > most]
    if not concerned:
        return None
    longest = max(concerned, key=lambda each: each.minutes)
    are = "is" if len(concerned) == 1 else "are"
    return _smell(
        "much longer than others",
        f"{_entries(len(concerned))} {are} much longer than the usual {sentence(middle)}: the"
        f" longest has {sentence(longest.minutes)}, on {show_day(longest.done_on)}.",
        "A long day is fine. If it holds several things, an entry for each says more.",
        (("Usual length", sentence(middle)), ("Longest", sentence(longest.minutes))),
        concerned,
        limits,
    )
