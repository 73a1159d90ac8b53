"""What another version of a standard asks otherwise: codes, words, duties, dates and figures."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.folding import fold
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.standards import Duty, Ksb, VersionDetails, kinds_in_words

ALIKE = 0.6
"""Share of words from which two wordings are taken for one that was reworded."""

_TOKENS = re.compile(r"\S+")


class Kind(StrEnum):
    """What became of one thing."""

    ADDED = "added"
    DROPPED = "dropped"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    OPTIONS = "other options"
    CHANGED = "changed"


class Fate(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, went or came, one after another."""

    fate: Fate
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise: *about* is a code, "Duty 3" or the name of a figure."""

    kind: Kind
    about: str
    before: str = ""
    after: str = ""
    was_called: str = ""
    """Its code before, where that was another."""

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The words of both, word by word."""
        return word_by_word(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the newer of two versions has otherwise."""

    before: VersionDetails
    after: VersionDetails
    ksbs: tuple[Change, ...]
    duties: tuple[Change, ...]
    facts: tuple[Change, ...]

    @property
    def all(self) -> tuple[Change, ...]:
        """Every change: first what it asks, then duties, then dates and figures."""
        return (*self.ksbs, *self.duties, *self.facts)

    @property
    def says(self) -> str:
        """All of it in one sentence."""
        counts = {kind: sum(change.kind is kind for change in self.ksbs) for kind in Kind}
        parts = [f"{count} {kind.value}" for kind, count in counts.items() if count]
        if self.duties:
            parts.append("1 duty" if len(self.duties) == 1 else f"{len(self.duties)} duties")
        if self.facts:
            parts.append(", ".join(change.about.lower() for change in self.facts))
        return "; ".join(parts) if parts else "Nothing is different."


def compare(before: VersionDetails, after: VersionDetails) -> Comparison:
    """Return what *after* has otherwise than *before*.

    The same words under another code are renumbered, not dropped and added; words that are much
    alike are reworded, under the same code or another.
    """
    pairs = _pairs(before.ksbs, after.ksbs)
    now_called = {old.code: new.code for old, new in pairs}
    return Comparison(
        before,
        after,
        tuple(_ksb_changes(before, after, pairs)),
        tuple(_duty_changes(before.duties, after.duties, now_called)),
        tuple(_fact_changes(before, after)),
    )


def word_by_word(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the words of both in one row, those that stayed once."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    stretches = []
    for step, from_, to, begin, end in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if step == "equal":
            stretches.append(Stretch(Fate.SAME, " ".join(old[from_:to])))
            continue
        if to > from_:
            stretches.append(Stretch(Fate.GONE, " ".join(old[from_:to])))
        if end > begin:
            stretches.append(Stretch(Fate.NEW, " ".join(new[begin:end])))
    return tuple(stretches)


# --- knowledge, skills and behaviours -----------------------------------------------------------


def _ksb_changes(
    before: VersionDetails, after: VersionDetails, pairs: Sequence[tuple[Ksb, Ksb]]
) -> Iterator[Change]:
    matched_old, matched_new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    changes: list[tuple[tuple[int, int, int, str], Change]] = []
    for old, new in pairs:
        was = old.code if old.code != new.code else ""
        if plain_words(old.words) != plain_words(new.words):
            kind = Kind.REWORDED
        elif was:
            kind = Kind.RENUMBERED
        elif _titles(old, before) != _titles(new, after):
            changes.append(
                (
                    code_order(new.code),
                    Change(Kind.OPTIONS, new.code, _titles(old, before), _titles(new, after)),
                )
            )
            continue
        else:
            continue
        changes.append((code_order(new.code), Change(kind, new.code, old.words, new.words, was)))
    changes += [
        (code_order(each.code), Change(Kind.ADDED, each.code, "", each.words))
        for each in after.ksbs
        if id(each) not in matched_new
    ]
    changes += [
        (code_order(each.code), Change(Kind.DROPPED, each.code, each.words))
        for each in before.ksbs
        if id(each) not in matched_old
    ]
    changes.sort(key=lambda change: change[0])
    return (change for _, change in changes)


def _pairs(before: Sequence[Ksb], after: Sequence[Ksb]) -> list[tuple[Ksb, Ksb]]:
    """Return which of *after* stands for which of *before*: the surest first, each once."""
    pairs: list[tuple[Ksb, Ksb]] = []
    old, new = list(before), list(after)

    def pair(fits: Callable[[Ksb, Ksb], bool]) -> None:
        for one in tuple(old):
            other = next((each for each in new if fits(one, each)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)

    pair(lambda a, b: a.code == b.code and plain_words(a.words) == plain_words(b.words))
    pair(lambda a, b: a.code[0] == b.code[0] and plain_words(a.words) == plain_words(b.words))
    likely = sorted(
        (
            (-ratio, a.code != b.code, code_order(a.code), code_order(b.code), a, b)
            for a in old
            for b in new
            if a.code[0] == b.code[0] and (ratio := _likeness(a.words, b.words)) >= ALIKE
        ),
        key=lambda found: found[:4],
    )
    for *_, one, other in likely:
        if one in old and other in new:
            pairs.append((one, other))
            old.remove(one)
            new.remove(other)
    return pairs


def _likeness(before: str, after: str) -> float:
    old, new = plain_words(before).split(), plain_words(after).split()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _titles(ksb: Ksb, details: VersionDetails) -> str:
    """Return the titles of the options that have *ksb*; "all" where all have it."""
    titles = [each.title for each in details.options if each.number in ksb.options]
    return ", ".join(titles) or "all"


def plain_words(words: str) -> str:
    """Return *words* as they are compared: case, accents, gaps and a last stop do not matter."""
    return " ".join(fold(words).split()).rstrip(".;")


# --- duties, dates and figures ------------------------------------------------------------------


def _duty_changes(
    before: Sequence[Duty], after: Sequence[Duty], now_called: Mapping[str, str]
) -> Iterator[Change]:
    """Give the duties that are otherwise; that a code is another now is none of theirs."""
    old = {each.number: each for each in before}
    new = {each.number: each for each in after}
    for number in sorted(old.keys() | new.keys()):
        was, now = old.get(number), new.get(number)
        about = f"Duty {number}"
        if was is None and now is not None:
            yield Change(Kind.ADDED, about, "", _duty_words(now))
        elif now is None and was is not None:
            yield Change(Kind.DROPPED, about, _duty_words(was))
        elif was is not None and now is not None and _asked(was, now_called) != _asked(now, {}):
            yield Change(Kind.REWORDED, about, _duty_words(was), _duty_words(now))


def _asked(duty: Duty, now_called: Mapping[str, str]) -> tuple[str, bool, frozenset[str]]:
    codes = frozenset(now_called.get(code, code) for code in duty.ksbs)
    return plain_words(duty.words), duty.is_core, codes


def _duty_words(duty: Duty) -> str:
    marks = [
        part for part in (ksb_codes.write(duty.ksbs), "" if duty.is_core else "not core") if part
    ]
    return f"{duty.words} ({'; '.join(marks)})" if marks else duty.words


def _fact_changes(before: VersionDetails, after: VersionDetails) -> Iterator[Change]:
    for about, show in _FACTS:
        was, now = show(before), show(after)
        if was != now:
            yield Change(Kind.CHANGED, about, was, now)


def _day(day: date | None) -> str:
    return "" if day is None else show_day(day)


def _months(months: int | None) -> str:
    return "" if months is None else f"{months} months"


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else show_pounds(amount)


def _minutes(minutes: int | None) -> str:
    return "" if minutes is None else sentence(minutes)


_NEW_MODEL = {True: "the new model", False: "the old model", None: ""}
_FACTS: tuple[tuple[str, Callable[[VersionDetails], str]], ...] = (
    ("Minimum hours", lambda each: _minutes(each.minimum_minutes)),
    ("Maximum funding", lambda each: _pounds(each.max_funding)),
    ("Level", lambda each: "" if each.level is None else str(each.level)),
    ("Typical time", lambda each: _months(each.typical_months)),
    ("Assessment", lambda each: _months(each.assessment_months)),
    ("Assessed by", lambda each: _NEW_MODEL[each.has_new_assessment]),
    ("First start", lambda each: _day(each.first_start_on)),
    ("Last start", lambda each: _day(each.last_start_on)),
    ("Last end", lambda each: _day(each.last_end_on)),
    ("Options", lambda each: ", ".join(option.title for option in each.options)),
    ("Qualifications", lambda each: "; ".join(each.qualifications.splitlines())),
    ("Title", lambda each: each.title),
    ("Status", lambda each: each.status),
)


def contents_in_words(details: VersionDetails) -> str:
    """Return how much a version holds: "15 K, 15 S, 7 B · 21 duties · 3 options"."""
    parts = [kinds_in_words(each.code for each in details.ksbs)]
    for one, many, count in (
        ("duty", "duties", len(details.duties)),
        ("option", "options", len(details.options)),
    ):
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return " · ".join(part for part in parts if part) or "no knowledge, skills or behaviours"
