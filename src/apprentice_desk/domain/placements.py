"""What boroughs ask of and offer to each other, without names: lines, and whose word counts.

Each borough, and LOTI, says all of its own at once; such a word takes the place of the one before
it, so that what is not named any more is not to be had any more.  A line that is over says only
that it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    RoleFamily,
    SecondmentStatus,
    WorkingPattern,
)

LOTI = "LOTI"
"""What stands for LOTI's central team where else a borough's GSS code stands."""

_LIGHT = frozenset({ListingKind.SHADOWING, ListingKind.VISIT})


@dataclass(frozen=True, slots=True)
class Placement:
    """One line: what is asked for or offered by the *borough*, and as of when that is its word.

    *weeks* are those of a secondment, *days* the working days of its light form.  *host* is where
    an offer's place is: LOTI, a borough's GSS code or a technology employer, by *host_name*.
    """

    code: str
    kind: ListingKind
    state: ListingState
    borough: str
    said_at: datetime
    title: str = ""
    wanted: str = ""
    role_family: RoleFamily | None = None
    standard_code: str | None = None
    ksbs: str = ""
    host: str = ""
    host_name: str = ""
    earliest_start_on: date | None = None
    latest_start_on: date | None = None
    weeks: int | None = None
    days: int | None = None
    places: int | None = None
    pattern: WorkingPattern | None = None
    area: str = ""
    how_to_apply: str = ""

    @property
    def is_light(self) -> bool:
        """Whether it is a matter of days, not of weeks."""
        return self.kind in _LIGHT or (self.days is not None and self.weeks is None)

    @property
    def is_open(self) -> bool:
        """Whether it can still be had."""
        return self.state is ListingState.OPEN

    def window(self, today: date) -> Period | None:
        """Return the days from *today* on which it can begin; None once they are past.

        Whoever gave no first day can begin at once, and no last day means that there is none.
        """
        first = max(self.earliest_start_on or today, today)
        last = self.latest_start_on
        return None if last is not None and last < first else Period(first, last)


_OF_WHAT_IS_OVER = ("code", "kind", "borough", "said_at")


def over(placement: Placement, state: ListingState) -> Placement:
    """Return *placement* as it is told once it is over: which it was, and no more."""
    kept: dict[str, Any] = {name: getattr(placement, name) for name in _OF_WHAT_IS_OVER}
    return Placement(**kept, state=state)


_TAKEN = frozenset(
    {
        SecondmentStatus.MATCHED, SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY,
        SecondmentStatus.COMPLETED,
    }
)  # fmt: skip
_HAS_TRAVELLED = _TAKEN | {SecondmentStatus.APPROVED}


def state_of(status: SecondmentStatus, was: SecondmentStatus | None) -> ListingState | None:
    """Return what others are told of a secondment; None for what stays at home.

    Nothing leaves before it is approved.  *was* is the status before the last move: what was given
    up without ever having been approved was never told.
    """
    if status is SecondmentStatus.APPROVED:
        return ListingState.OPEN
    if status in _TAKEN:
        return ListingState.TAKEN
    is_given_up = status in (SecondmentStatus.DECLINED, SecondmentStatus.WITHDRAWN)
    return ListingState.WITHDRAWN if is_given_up and was in _HAS_TRAVELLED else None


@dataclass(frozen=True, slots=True)
class Word:
    """All that one borough has to say, as of a point in time; its lines are in order of code."""

    borough: str
    as_of: datetime
    lines: tuple[Placement, ...] = ()

    @property
    def open(self) -> tuple[Placement, ...]:
        """The lines that can still be had."""
        return tuple(line for line in self.lines if line.is_open)


def word_of(borough: str, as_of: datetime, lines: Iterable[Placement]) -> Word:
    """Return the word of a borough: its lines in order, each said as of then."""
    said = (replace(line, said_at=as_of) for line in lines)
    return Word(borough, as_of, tuple(sorted(said, key=lambda line: line.code)))


def words_held(held: Iterable[Placement]) -> tuple[Word, ...]:
    """Return the newest word of each borough as it was once taken in, to be handed on."""
    by_borough: dict[str, list[Placement]] = {}
    for line in held:
        by_borough.setdefault(line.borough, []).append(line)
    words = []
    for borough, lines in sorted(by_borough.items()):
        as_of = max(line.said_at for line in lines)
        # What the borough had not named any more by then is not part of its word.
        words.append(word_of(borough, as_of, (each for each in lines if each.said_at == as_of)))
    return tuple(words)


def newest(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the newest word of each borough, by borough; their order and repeats mean nothing."""
    found: dict[str, Word] = {}
    for word in words:
        there = found.get(word.borough)
        if there is None or _weight(word) > _weight(there):
            found[word.borough] = word
    return tuple(found[borough] for borough in sorted(found))


def _weight(word: Word) -> tuple[datetime, tuple[str, ...]]:
    # Two that were said at the same time are the same, or somebody made one of them by hand: which
    # of them counts must at least not hang on which came first.
    return word.as_of, tuple(map(repr, word.lines))


# --- what a desk learns from it -------------------------------------------------------------------


class Fate(StrEnum):
    """What a line means for the desk that takes it in."""

    NEW = "new"
    CHANGED = "changed"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    STILL = "still so"
    SAME = "there already"
    OLDER = "older than here"
    OWN = "your own"

    @property
    def is_news(self) -> bool:
        """Whether there is something in it for a person to see."""
        return self in (Fate.NEW, Fate.CHANGED, Fate.TAKEN, Fate.WITHDRAWN)

    @property
    def is_kept(self) -> bool:
        """Whether the desk notes it: what is news, and what is still so at a later time."""
        return self.is_news or self is Fate.STILL


@dataclass(frozen=True, slots=True)
class Coming:
    """One line beside what the desk knows of it already."""

    placement: Placement
    fate: Fate
    before: Placement | None = None


def compare(held: Mapping[str, Placement], words: Collection[Word], own: str) -> tuple[Coming, ...]:
    """Return what *words* mean for the desk of the borough *own*, that has *held* by code.

    What a borough does not name any more in a newer word is withdrawn.  A word that is older than
    what is known of its borough changes nothing.
    """
    return tuple(
        coming
        for word in newest(words)
        for coming in _coming(
            {code: each for code, each in held.items() if each.borough == word.borough}, word, own
        )
    )


def _coming(held: Mapping[str, Placement], word: Word, own: str) -> list[Coming]:
    if word.borough == own:
        return [Coming(line, Fate.OWN) for line in word.lines]
    known_at = max((each.said_at for each in held.values()), default=None)
    if known_at is not None and word.as_of < known_at:
        return [Coming(line, Fate.OLDER, held.get(line.code)) for line in word.lines]
    found = [Coming(line, _fate(line, held.get(line.code)), held.get(line.code))
             for line in word.lines]  # fmt: skip
    named = {line.code for line in word.lines}
    found += [
        Coming(
            over(replace(each, said_at=word.as_of), ListingState.WITHDRAWN), Fate.WITHDRAWN, each
        )
        for code, each in sorted(held.items())
        if code not in named and each.is_open
    ]
    return found


_ENDS = {ListingState.TAKEN: Fate.TAKEN, ListingState.WITHDRAWN: Fate.WITHDRAWN}


def _fate(line: Placement, before: Placement | None) -> Fate:
    if line == before:
        return Fate.SAME
    if before is None:
        # Of what was over before it was ever heard of there is nothing to see.
        return Fate.NEW if line.is_open else Fate.STILL
    if replace(before, said_at=line.said_at) == line:
        return Fate.STILL
    return _ENDS.get(line.state, Fate.CHANGED)
