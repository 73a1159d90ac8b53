"""What the rules and the day say of one person's part in a session, in the words of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.counting import (
    Facts,
    Judgement,
    Proposed,
    judge,
    week_in_force,
)
from apprentice_desk.domain.days_hours import Stretch
from apprentice_desk.domain.durations import sentence
from apprentice_desk.records import apprentices
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.records.week_grid import DayEntry, entries_between
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.painting import Badge

COUNTS = Badge("Counts", "good", "check")
COUNTS_NOT = Badge("Does not", "quiet", "x")

Spans = tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Logged:
    """What is logged for people on some days, their contracted weeks, and known KSB codes."""

    first: date
    last: date
    keys: frozenset[UUID]
    entries: Mapping[tuple[UUID, date], tuple[DayEntry, ...]] = field(default_factory=dict)
    weekly: Mapping[UUID, Spans] = field(default_factory=dict)
    ksbs: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)

    def on(self, key: UUID, day: date) -> tuple[DayEntry, ...] | None:
        """The entries of one person's day; None where it was not read."""
        if key not in self.keys or not self.first <= day <= self.last:
            return None
        return self.entries.get((key, day), ())


def read_logged(session: Any, keys: Iterable[UUID], first: date, last: date) -> Logged:
    """Read what is logged for these apprenticeships from *first* to *last*."""
    wanted = frozenset(keys)
    found: dict[tuple[UUID, date], list[DayEntry]] = {}
    for entry in entries_between(session, first, last, wanted) if wanted else ():
        found.setdefault((entry.apprenticeship_id, entry.done_on), []).append(entry)
    weekly = apprentices.weekly_minutes(session, wanted)
    entries = {key: tuple(each) for key, each in found.items()}
    return Logged(first, last, wanted, entries, weekly, known_codes(session, wanted))


def judged(judging: Judging, key: UUID, entry: Proposed, logged: Logged | None) -> Judgement:
    """Return what the rules say of *entry*, with what else is logged where that is known."""
    course = judging.courses.get(key)
    that_day = None if logged is None else logged.on(key, entry.done_on)
    weekly = None if logged is None else week_in_force(logged.weekly.get(key, ()), entry.done_on)
    if course is None:
        return judging.judge(key, entry)
    facts = Facts(
        course,
        weekly_minutes=weekly,
        that_day=(
            None
            if that_day is None
            else tuple(Stretch(each.minutes, each.began_at) for each in that_day)
        ),
        holidays=judging.holidays,
    )
    return judge(entry, facts, judging.rules)


def why(judgement: Judgement) -> str:
    """Return what decides against an entry, else what is worth a look; not what its words lack.

    The words are the same for everybody in a session.
    """
    against = [each.says for each in judgement.reasons if each.counts is False]
    look = [each.says for each in judgement.reasons if each.counts is None and each.field != "what"]
    return " ".join(against or look)


def entries_in_words(entries: Sequence[DayEntry]) -> str:
    """Return what a day holds already, in a few words."""
    said = [f"{sentence(each.minutes)} {each.activity}" for each in entries]
    return f"Logged already: {', '.join(said)}." if said else ""
