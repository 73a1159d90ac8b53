"""Both texts as rows of words, and which are which; numbers of clauses are told from words here.

Whoever edits a contract may have Word count its clauses anew, or by itself, so that numbers change
or are in no text.  What looks like a number where a line begins is one if a unit that was sent
begins there; inside a sentence it is a word that happened to come first on its line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from apprentice_desk.documents.returned_aligning import Run, align, joined
from apprentice_desk.documents.returned_sent import Unit, UnitKind
from apprentice_desk.documents.returned_text import Passage, ReturnedText
from apprentice_desk.documents.returned_words import Tidied, label_at, tidied, tokens_of

_MOST_LABELS = 2
_MOST_SHIFT = 40
_WEAK = 0.4
"""A unit and a passage that share less of both have nothing to do with each other."""
_ROWS = (UnitKind.ROW, UnitKind.COLUMNS)


@dataclass(frozen=True, slots=True)
class SentWord:
    """A word that was sent; *unit* and *at* say which of which unit."""

    key: str
    unit: int
    at: int


@dataclass(frozen=True, slots=True)
class CameWord:
    """A word that came back, where in which *passage*; *is_new*: put in with changes tracked.

    *line* counts the lines of the whole.  *may_count* says that it looks like a number with which
    a line begins.
    """

    key: str
    passage: int
    start: int
    end: int
    is_new: bool
    line: tuple[int, int]
    may_count: bool = False


@dataclass(frozen=True, slots=True)
class Streams:
    """Both texts as words, and the *runs* that they share, in order.

    *numbers* are the numbers that stood before a word that came back; *firsts* is the first word
    of each unit; *gone* what was taken out with changes tracked, by the word that it stood before.
    """

    units: tuple[Unit, ...]
    firsts: tuple[int, ...]
    sent: tuple[SentWord, ...]
    came: tuple[CameWord, ...]
    runs: tuple[Run, ...]
    numbers: dict[int, str]
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    gone: tuple[tuple[int, str], ...]
    is_of_pages: bool

    def unit_end(self, unit: int) -> int:
        """Return the place behind the last word of a unit."""
        return self.firsts[unit + 1] if unit + 1 < len(self.firsts) else len(self.sent)

    def begins_passage(self, word: int) -> bool:
        """Whether a word that came back is the first of its passage."""
        return word == 0 or self.came[word].passage != self.came[word - 1].passage

    def begins_line(self, word: int) -> bool:
        """Whether a word that came back is the first of its line, as it stands on its page."""
        return word == 0 or self.came[word].line != self.came[word - 1].line

    def ends_passage(self, end: int) -> bool:
        """Whether the word before *end* is the last of its passage."""
        return end == len(self.came) or self.begins_passage(end)


def streams(
    units: Sequence[Unit], returned: ReturnedText, step: Callable[[], object] = lambda: None
) -> Streams:
    """Return both texts word by word, with what they share."""
    sent = tuple(
        SentWord(token.key, number, at)
        for number, unit in enumerate(units)
        for at, token in enumerate(unit.tokens)
    )
    firsts, at = [], 0
    for unit in units:
        firsts.append(at)
        at += len(unit.tokens)
    texts = tuple(tidied(each.text) for each in returned.passages)
    words = [
        word
        for number, passage in enumerate(returned.passages)
        for word in _words(number, passage, texts[number], is_of_pages=returned.is_of_pages)
    ]
    keys = [word.key for word in sent]
    sure = [word for word in words if not word.may_count]
    first_runs = _settled(align(keys, [word.key for word in sure], step=step), sent, sure)
    came, numbers = _Telling(units, sent, first_runs).told(words, [each.text for each in texts])
    runs = align(keys, [word.key for word in came], _keeper(units, sent, firsts, came), step=step)
    runs = _settled(_without_accidents(runs, units, sent, came), sent, came)
    return Streams(
        tuple(units), tuple(firsts), sent, tuple(came), tuple(runs), numbers,
        returned.passages, tuple(each.text for each in texts),
        tuple(_gone(returned.passages, texts, came)), returned.is_of_pages,
    )  # fmt: skip


def _without_accidents(
    runs: Sequence[Run], units: Sequence[Unit], sent: Sequence[SentWord], came: Sequence[CameWord]
) -> list[Run]:
    """Let go the words of a unit that are the same in another text in its place.

    So where clauses changed places, neither is taken for the other written anew.
    """
    by_unit: dict[int, list[Run]] = {}
    for run in runs:
        at, end = run.old, run.old_end
        while at < end:
            unit = sent[at].unit
            stop = min(end, at + len(units[unit].tokens) - sent[at].at)
            by_unit.setdefault(unit, []).append(Run(at, run.new + at - run.old, stop - at))
            at = stop
    sizes = Counter(word.passage for word in came)
    kept: list[Run] = []
    for unit, parts in by_unit.items():
        same = sum(part.count for part in parts)
        room = parts[-1].new_end - parts[0].new
        if not units[unit].cells:
            room = max(room, sizes[came[parts[0].new].passage])
        if same >= _WEAK * min(len(units[unit].tokens), room):
            kept += parts
    return joined(kept)


def _settled(runs: Sequence[Run], sent: Sequence[SentWord], came: Sequence[CameWord]) -> list[Run]:
    """Let what was put in or taken out begin where a passage or a unit does, if it may as well.

    Where a point was added behind another, each ends in a full stop, and either could be the new
    one: the words alone do not say.
    """

    def begins(old: int, new: int, *, is_added: bool) -> bool:
        if is_added:
            return new == 0 or came[new - 1].passage != came[new].passage
        return sent[old].at == 0

    found = list(runs)
    for place in range(len(found) - 1):
        one, two = found[place], found[place + 1]
        is_added = one.old_end == two.old
        if not is_added and one.new_end != two.new:
            continue
        for shift in _shifts(one, two, sent, came):
            if begins(one.old_end + shift, one.new_end + shift, is_added=is_added):
                found[place] = Run(one.old, one.new, one.count + shift)
                found[place + 1] = Run(two.old + shift, two.new + shift, two.count - shift)
                break
    return [run for run in found if run.count]


def _shifts(
    one: Run, two: Run, sent: Sequence[SentWord], came: Sequence[CameWord]
) -> Iterator[int]:
    """Yield by how many words the place between two runs may move, the nearest first."""
    yield 0
    gap_old, gap_new = two.old - one.old_end, two.new - one.new_end
    for way in (-1, 1):
        shift = 0
        while abs(shift) < min(_MOST_SHIFT, one.count if way < 0 else two.count):
            at = one.old_end + shift + (way < 0) * -1
            to = one.new_end + shift + (way < 0) * -1
            if sent[at + gap_old].key != came[to].key or sent[at].key != came[to + gap_new].key:
                break
            shift += way
            yield shift


def _keeper(
    units: Sequence[Unit],
    sent: Sequence[SentWord],
    firsts: Sequence[int],
    came: Sequence[CameWord],
) -> Callable[[Run], bool]:
    """Return what keeps a run although it is short: it is a whole unit, where a line begins."""

    def keeps(run: Run) -> bool:
        unit = sent[run.old].unit
        if run.old != firsts[unit] or run.count < len(units[unit].tokens):
            return False
        return run.new == 0 or came[run.new].line != came[run.new - 1].line

    return keeps


def _words(number: int, passage: Passage, tidy: Tidied, *, is_of_pages: bool) -> Iterator[CameWord]:
    text, labels = tidy.text, []
    starts = [0]
    if is_of_pages:
        starts += [at + 1 for at, letter in enumerate(text) if letter == "\n"]
    for start in starts:
        end = start
        for _time in range(_MOST_LABELS):
            length = label_at(text[end : end + 40])
            end += length
        if end > start and (is_of_pages or text[end:].strip()):
            labels.append((start, end))
    spans = iter(labels)
    span = next(spans, None)
    for token in tokens_of(text):
        while span is not None and token.start >= span[1]:
            span = next(spans, None)
        origin = tidy.origins[token.start]
        yield CameWord(
            token.key,
            number,
            token.start,
            token.end,
            any(start <= origin < end for start, end in passage.added),
            (number, text.count("\n", 0, token.start)),
            span is not None and span[0] <= token.start < span[1],
        )


def _gone(
    passages: Sequence[Passage], texts: Sequence[Tidied], came: Sequence[CameWord]
) -> Iterator[tuple[int, str]]:
    places = [(word.passage, texts[word.passage].origins[word.start]) for word in came]
    for number, passage in enumerate(passages):
        for at, text in passage.gone:
            yield bisect_left(places, (number, at)), text


class _Telling:
    """Tells numbers of clauses from words that look like one, by what was found without them."""

    def __init__(
        self, units: Sequence[Unit], sent: Sequence[SentWord], runs: Sequence[Run]
    ) -> None:
        self._units, self._sent = units, sent
        self._of = {run.new + at: run.old + at for run in runs for at in range(run.count)}

    def told(
        self, words: Sequence[CameWord], texts: Sequence[str]
    ) -> tuple[list[CameWord], dict[int, str]]:
        came: list[CameWord] = []
        numbers: dict[int, str] = {}
        held: list[CameWord] = []
        sure = 0
        following = self._following(sum(not word.may_count for word in words))
        before: int | None = None
        for word in words:
            if word.may_count:
                held.append(word)
                continue
            place = self._of.get(sure)
            if held:
                kept = self._kept(held, before, place, following[sure])
                came += held[:kept]
                if kept == 0 or kept < len(held):
                    numbers[len(came)] = "".join(
                        texts[each.passage][each.start : each.end] for each in held[kept:]
                    )
                held = []
            before = before if place is None else place
            came.append(word)
            sure += 1
        if held:
            came += held[: self._kept(held, before, None, None)]
        return came, numbers

    def _following(self, count: int) -> list[int | None]:
        """Return of each word the next that was sent, itself included."""
        found: list[int | None] = [None] * (count + 1)
        for at in range(count - 1, -1, -1):
            found[at] = self._of.get(at, found[at + 1])
        return found

    def _kept(
        self, held: Sequence[CameWord], before: int | None, place: int | None, after: int | None
    ) -> int:
        """Return how many of *held*, from the first on, are words rather than numbers."""
        kept = 0
        if before is not None:
            unit = self._sent[before].unit
            at = before + 1
            while (
                kept < len(held)
                and at < len(self._sent)
                and self._sent[at].unit == unit
                and self._sent[at].key == held[kept].key
            ):
                kept, at = kept + 1, at + 1
            if after is not None and self._sent[after].unit == unit:
                return len(held)
        if place is None:
            return kept
        word = self._sent[place]
        unit_of = self._units[word.unit]
        if unit_of.kind in _ROWS or (word.at > 0 and not unit_of.label):
            return len(held)
        return kept
