"""Codes that ask something else than when they were used.

A code is the same from one version of a standard to the next only where its words are.  What was
logged under a code stays there: nothing is carried over to another code, whoever looks is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.standards import Ksb
from apprentice_desk.domain.standards_comparing import plain_words


class Names(Protocol):
    """An entry of hours, as far as it matters here."""

    @property
    def done_on(self) -> date:
        """The day of it."""

    @property
    def minutes(self) -> int:
        """How long it took."""

    @property
    def counts(self) -> bool:
        """Whether it counts as off the job."""

    @property
    def codes(self) -> tuple[str, ...]:
        """What it names."""

    @property
    def evidence(self) -> Sequence[object]:
        """What there is to show."""


class Speaks(Protocol):
    """A statement on a code, as far as it matters here."""

    @property
    def said_on(self) -> date:
        """The day of it."""

    @property
    def code(self) -> str:
        """What it is about."""


@dataclass(frozen=True, slots=True)
class CodeUse:
    """What stands under one code."""

    entries: int = 0
    minutes: int = 0
    """Of the entries that count, each whole."""
    evidence: int = 0
    said: int = 0

    @property
    def is_used(self) -> bool:
        """Whether anything does."""
        return bool(self.entries or self.said)

    @property
    def says(self) -> str:
        """All of it in words."""
        parts = []
        if self.entries:
            entries = "1 entry" if self.entries == 1 else f"{self.entries:,} entries"
            parts.append(f"{sentence(self.minutes)} in {entries}")
        if self.evidence:
            parts.append("1 piece of evidence" if self.evidence == 1
                         else f"{self.evidence:,} pieces of evidence")  # fmt: skip
        if self.said:
            parts.append("1 statement" if self.said == 1 else f"{self.said:,} statements")
        return ", ".join(parts) or "nothing"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One code in use that would ask something else: *after* is "" where it is gone.

    *before* is "" where the version that is followed does not have it.
    """

    code: str
    before: str
    after: str
    use: CodeUse
    same_words_in: str = ""
    """The code that has the very words of before, where one has."""

    @property
    def says(self) -> str:
        """What becomes of it, with what stands under it."""
        what = "would ask something else" if self.after else "would not be there any more"
        if not self.before:
            what = "would be there, which it is not so far"
        words = f" (its words stand under {self.same_words_in})" if self.same_words_in else ""
        return f"{what}{words}. Under {self.code} so far: {self.use.says}."


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version that was followed before *until_on*; *known* is None where it is not loaded."""

    name: str
    until_on: date
    known: tuple[Ksb, ...] | None = None

    @property
    def last_on(self) -> date:
        """The last day on which it was followed."""
        return self.until_on - timedelta(1)


@dataclass(frozen=True, slots=True)
class Then:
    """What a code asked under an earlier version, and what is from that time."""

    code: str
    version: EarlierVersion
    words: str
    """"" where that version did not have the code."""
    use: CodeUse

    @property
    def says(self) -> str:
        """All of it in words."""
        asked = (
            f"{self.code} was “{self.words.rstrip('.')}”"
            if self.words
            else f"there was no {self.code}"
        )
        return (
            f"Until {show_day(self.version.last_on)} {self.version.name} was followed, where"
            f" {asked}. From then: {self.use.says}."
        )


def use_of(
    code: str,
    entries: Iterable[Names],
    said: Iterable[Speaks],
    first_on: date | None = None,
    until_on: date | None = None,
) -> CodeUse:
    """Return what stands under *code* from *first_on* to the day before *until_on*."""

    def is_then(day: date) -> bool:
        return (first_on is None or first_on <= day) and (until_on is None or day < until_on)

    naming = [each for each in entries if code in each.codes and is_then(each.done_on)]
    return CodeUse(
        len(naming),
        sum(each.minutes for each in naming if each.counts),
        sum(len(each.evidence) for each in naming),
        sum(each.code == code and is_then(each.said_on) for each in said),
    )


def would_change(
    before: Sequence[Ksb], after: Sequence[Ksb], entries: Iterable[Names], said: Iterable[Speaks]
) -> tuple[Meaning, ...]:
    """Return the codes in use that ask something else in *after* than in *before*, in order."""
    entries, said = tuple(entries), tuple(said)
    was, will = _words(before), _words(after)
    found = []
    for code in _used(entries, said):
        old, new = was.get(code, ""), will.get(code, "")
        if plain_words(old) == plain_words(new):
            continue
        same = [other for other, words in will.items() if plain_words(words) == plain_words(old)]
        use = use_of(code, entries, said)
        found.append(Meaning(code, old, new, use, same[0] if old and same else ""))
    return tuple(found)


def meant_then(
    known: Sequence[Ksb],
    earlier: Iterable[EarlierVersion],
    entries: Iterable[Names],
    said: Iterable[Speaks],
) -> tuple[Then, ...]:
    """Return the codes that asked something else when they were used than they do in *known*.

    An earlier version that is not loaded says nothing here (see ``not_known``).
    """
    entries, said, now = tuple(entries), tuple(said), _words(known)
    found = []
    for first_on, version in _spans(earlier):
        words = _words(version.known or ())
        for code in _used(entries, said) if version.known is not None else ():
            if plain_words(words.get(code, "")) == plain_words(now.get(code, "")):
                continue
            use = use_of(code, entries, said, first_on, version.until_on)
            if use.is_used:
                found.append(Then(code, version, words.get(code, ""), use))
    return tuple(found)


def not_known(
    earlier: Iterable[EarlierVersion], entries: Iterable[Names], said: Iterable[Speaks]
) -> tuple[EarlierVersion, ...]:
    """Return the earlier versions that are not loaded though something is from their time."""
    entries, said = tuple(entries), tuple(said)
    return tuple(
        version
        for first_on, version in _spans(earlier)
        if version.known is None
        and any(
            use_of(code, entries, said, first_on, version.until_on).is_used
            for code in _used(entries, said)
        )
    )


def _spans(earlier: Iterable[EarlierVersion]) -> Iterator[tuple[date | None, EarlierVersion]]:
    """Give each earlier version with its first day; of the first it is not known."""
    first_on: date | None = None
    for version in sorted(earlier, key=lambda each: each.until_on):
        yield first_on, version
        first_on = version.until_on


def _used(entries: Iterable[Names], said: Iterable[Speaks]) -> list[str]:
    codes = {code for each in entries for code in each.codes} | {each.code for each in said}
    return sorted(codes, key=code_order)


def _words(ksbs: Iterable[Ksb]) -> dict[str, str]:
    return {each.code: each.words for each in ksbs}
