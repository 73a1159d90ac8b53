"""What needs somebody: one line each, how urgent it is, and what was put off.

The lines themselves are made by needs_of_people and needs_of_programme, from plain values; which
days count as near is a dated rule.  Everything here is the same for whoever looks: whose people
are looked at is decided before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from uuid import UUID

from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.problems import Problem

BACKUPS = "backups"
STORIES = "stories"
LEVY = "levy"
PROCUREMENTS = "procurements"
PROVIDERS = "providers"
RETENTION = "retention"
WORDING = "wording"
"""The kinds of record beside those of the return that a line leads to.  They stand here, and not
with their lines, for what shows lines and must not import the rules of all of them."""


class NeedKind(StrEnum):
    """What a line is about, in the order in which equally urgent ones stand."""

    BACKUP = "backup"
    RETURN = "return"
    WAGE = "wage"
    HOURS = "hours"
    REVIEW = "review"
    CONTRACT = "contract"
    START = "start"
    PROCUREMENT = "procurement"
    GATEWAY = "gateway"
    SECONDMENT = "secondment"
    ACTION = "action"
    MISSING = "missing"
    STORY = "story"
    WORDING = "wording"
    RETENTION = "retention"


class Urgency(IntEnum):
    """How soon something needs somebody; the smaller the sooner."""

    NOW = 1
    SOON = 2
    LATER = 3

    @property
    def words(self) -> str:
        """The urgency as a person reads it."""
        return _URGENCY_WORDS[self]


_URGENCY_WORDS = {
    Urgency.NOW: "Now",
    Urgency.SOON: "Soon",
    Urgency.LATER: "When there is time",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line leads: a *kind* of record, one of them, and the *field* to fill in.

    *kind* is "apprentices", "providers", "returns" or one of the sheets of the return.  *quarter*
    is the quarter of a return, as it is written.  *part* is a part of the whole record of an
    apprenticeship or of a provider's page, and *item_id* or *field* one item there.
    """

    kind: str
    record_id: UUID | None = None
    field: str = ""
    quarter: str = ""
    part: str = ""
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs somebody.

    *key* stays the same while it is the same thing, so that it can be put off.  *weight* grows as
    it gets worse, in units of its kind.  *rank* orders equally urgent lines of a kind: the
    smaller the sooner.
    """

    key: str
    kind: NeedKind
    urgency: Urgency
    what: str
    why: str
    action: str
    target: Target
    weight: int = 0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class NeedRules:
    """From when on things are named, in days; from a day on."""

    valid_from: date
    return_days: int
    return_urgent_days: int
    review_days: int
    review_soon_days: int
    review_urgent_days: int
    action_urgent_days: int
    contract_days: int
    contract_urgent_days: int
    worse_minutes: int
    source: str

    def is_worse(self, need: Need, weight_then: int) -> bool:
        """Return whether *need* weighs so much more than then that it cannot wait.

        Hours that are missing grow by themselves from day to day: only a large step counts.
        """
        step = self.worse_minutes if need.kind is NeedKind.HOURS else 1
        return need.weight - weight_then >= step


def need_rules_on(rules: Iterable[NeedRules], day: date) -> NeedRules:
    """Return the rules in force on *day*; raises Problem if there are none."""
    in_force = [each for each in rules if each.valid_from <= day]
    if not in_force:
        raise Problem(
            f"What counts as near is not known for {show_day(day)}.", "Choose a later day."
        )
    return max(in_force, key=lambda each: each.valid_from)


@dataclass(frozen=True, slots=True)
class PutOff:
    """A line that somebody put off until a day, and how urgent and heavy it was then."""

    key: str
    until_on: date
    reason: str
    urgency: Urgency
    weight: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that is put off, with when it comes back and why it may wait."""

    need: Need
    until_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What needs somebody now, most urgent first, and what was put off, soonest back first."""

    needs: tuple[Need, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def agenda(
    needs: Iterable[Need], put_off: Iterable[PutOff], today: date, rules: NeedRules
) -> Agenda:
    """Return *needs* in order, without those that may wait.

    A line that was put off comes back on its day; before that when it has become more urgent or
    by so much worse that it cannot wait.  One whose reason has gone is in neither list.
    """
    marks = {mark.key: mark for mark in put_off}
    wanted: list[Need] = []
    waiting: list[Waiting] = []
    for need in sorted(needs, key=_order):
        mark = marks.get(need.key)
        if mark is not None and _may_wait(need, mark, today, rules):
            waiting.append(Waiting(need, mark.until_on, mark.reason))
        else:
            wanted.append(need)
    waiting.sort(key=lambda each: each.until_on)
    return Agenda(tuple(wanted), tuple(waiting))


def _may_wait(need: Need, mark: PutOff, today: date, rules: NeedRules) -> bool:
    return (
        today < mark.until_on
        and need.urgency >= mark.urgency
        and not rules.is_worse(need, mark.weight)
    )


_KINDS = tuple(NeedKind)


def _order(need: Need) -> tuple[int, int, int, str]:
    return (need.urgency, _KINDS.index(need.kind), need.rank, need.what.casefold())


# --- words ----------------------------------------------------------------------------------------


def counted(count: int, thing: str) -> str:
    """Return "1 day" or "2 days"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def in_days(day: date, today: date) -> str:
    """Return a day that is still to come as people count: "today", "tomorrow", "in 5 days"."""
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return *names* as a sentence lists them, the rest counted: "A, B, C and 4 more"."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(day: date) -> str:
    """Return *day* with its weekday: "Monday 23 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
