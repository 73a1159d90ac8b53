"""Stretches in which both texts differ, without those that are no departure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apprentice_desk.documents.returned_aligning import Run
from apprentice_desk.documents.returned_moves import Move
from apprentice_desk.documents.returned_sent import Unit, UnitKind
from apprentice_desk.documents.returned_stream import Streams
from apprentice_desk.documents.returned_words import is_mark, is_same_written

Part = tuple[int, int]
"""From which word of one of the texts to before which."""

ROWS = (UnitKind.ROW, UnitKind.COLUMNS)
_NEAR = 2
"""Changes with so many words between them are one."""

_REFERS = frozenset(
    ("clause", "clauses", "paragraph", "paragraphs", "schedule", "schedules", "and", "or", "to")
)
_COUNTS = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words that differ: from *old* to *old_end* were sent, from *new* to *new_end* came back."""

    old: int
    old_end: int
    new: int
    new_end: int


class Hunks:
    """What differs between two texts, moved units left aside.

    *old_of* and *new_of* say which word of the one is which of the other.
    """

    def __init__(self, found: Streams, moved: Mapping[int, Move]) -> None:
        self._found, self._moved = found, moved
        self.old_of = {run.new + at: run.old + at for run in found.runs for at in range(run.count)}
        self.new_of = {old: new for new, old in self.old_of.items()}
        self._in_move = {at for move in moved.values() for at in range(move.new, move.new_end)}
        self._numbers = self._new_numbers()

    def hunks(
        self, runs: Sequence[Run], new: int, new_end: int, old: int = 0, old_end: int | None = None
    ) -> list[Hunk]:
        """Return what lies between *runs*, from the first to the last place given."""
        last = len(self._found.sent) if old_end is None else old_end
        hunks, at, to = [], old, new
        for run in (*runs, Run(last, new_end, 0)):
            if run.old > at or run.new > to:
                hunks.append(Hunk(at, run.old, to, run.new))
            at, to = run.old_end, run.new_end
        return hunks

    def merged(self, hunks: Sequence[Hunk]) -> list[Hunk]:
        """Return the hunks without what is no departure, those of one place in one."""
        kept: list[Hunk] = []
        for raw in hunks:
            hunk = self._narrowed(raw)
            if hunk is None:
                continue
            last = kept[-1] if kept else None
            if last is not None and self._is_near(last, hunk):
                kept[-1] = Hunk(last.old, hunk.old_end, last.new, hunk.new_end)
            else:
                kept.append(hunk)
        return kept

    def _is_near(self, last: Hunk, hunk: Hunk) -> bool:
        between = hunk.old - last.old_end
        if between > _NEAR or hunk.new - last.new_end != between:
            return False
        words = self._found.sent[last.old_end : hunk.old]
        around = self._found.sent[max(last.old, 0) : hunk.old_end]
        if len({self.cell_of(at) for at in range(last.old, hunk.old_end)}) > 1:
            return False
        came = self._found.came[last.new : hunk.new_end]
        is_one = len({word.unit for word in around}) <= 1
        is_word = all(not is_mark(word.key) or word.key in "-'" for word in words)
        return is_one and is_word and len({word.passage for word in came}) <= 1

    def cell_of(self, at: int) -> tuple[int, int]:
        """Return the unit of a word that was sent, and in which of its cells it stands."""
        word = self._found.sent[at]
        unit = self._found.units[word.unit]
        return word.unit, unit.cell(unit.tokens[word.at].start) if unit.cells else 0

    def _narrowed(self, hunk: Hunk) -> Hunk | None:
        """Return a hunk without what is no departure; None where nothing is left."""
        old, new = self._old_keys(hunk), self._new_keys(hunk)
        if is_same_written(old, new, is_of_pages=self._found.is_of_pages):
            return None
        hunk = self._without_headings(hunk)
        if hunk.old == hunk.old_end and hunk.new == hunk.new_end:
            return None
        if not self._new_keys(hunk) and all(
            self.unit(at).kind is UnitKind.MARK for at in range(hunk.old, hunk.old_end)
        ):
            return None
        return None if self._refers_anew(hunk) else hunk

    def _without_headings(self, hunk: Hunk) -> Hunk:
        """Leave out the headings of a table, said once more at the top of a page."""
        if not self._found.is_of_pages or not self._found.sent:
            return hunk
        for at in {max(hunk.old - 1, 0), min(hunk.old, len(self._found.sent) - 1)}:
            unit = self.unit(at)
            if unit.kind not in ROWS:
                continue
            heads = [
                token.key
                for each in self._found.units
                if each.table == unit.table and each.kind is UnitKind.COLUMNS
                for token in each.tokens
            ]
            new = self._new_keys(hunk)
            if count := _as_many(new, heads):
                return Hunk(hunk.old, hunk.old_end, hunk.new + count, hunk.new_end)
            if count := _as_many(new[::-1], heads[::-1]):
                return Hunk(hunk.old, hunk.old_end, hunk.new, hunk.new_end - count)
        return hunk

    def _new_numbers(self) -> dict[str, str]:
        """Return which number of what was sent is which in what came back."""
        found = {}
        for number, unit in enumerate(self._found.units):
            first = self._found.firsts[number]
            place = self.new_of.get(first)
            if place is None and number in self._moved:
                place = self._moved[number].new
            said = self._found.numbers.get(place, "") if place is not None else ""
            if _COUNTS.search(unit.label) and said:
                found[_counted(unit.label)] = _counted(said)
        return found

    def _refers_anew(self, hunk: Hunk) -> bool:
        """Whether nothing changed but the number of the clause that is referred to."""
        old, new = self._old_keys(hunk), self._new_keys(hunk)
        if len(old) != len(new) or not hunk.old:
            return False
        before = self._found.sent[hunk.old - 1].key.casefold()
        return before in _REFERS and all(
            self._numbers.get(was) == now != was for was, now in zip(old, new, strict=True)
        )

    def old_parts(self, hunk: Hunk) -> list[Part]:
        """Return the parts of a hunk by units, without those that moved."""
        parts: list[Part] = []
        at = hunk.old
        while at < hunk.old_end:
            unit = self._found.sent[at].unit
            end = min(hunk.old_end, self._found.unit_end(unit))
            if unit not in self._moved:
                parts.append((at, end))
            at = end
        return parts

    def new_parts(self, hunk: Hunk) -> list[Part]:
        """Return the parts of a hunk by passages, without what moved there."""
        parts: list[Part] = []
        begin: int | None = None
        for at in range(hunk.new, hunk.new_end + 1):
            is_out = at == hunk.new_end or at in self._in_move
            is_next = begin is not None and not is_out and self._begins_part(begin, at)
            if begin is not None and (is_out or is_next):
                parts.append((begin, at))
                begin = None
            if not is_out and begin is None:
                begin = at
        return parts

    def _begins_part(self, begin: int, at: int) -> bool:
        """Whether a word begins a passage, and not only a cell of a row that began before."""
        if at == begin or not self._found.begins_passage(at):
            return False
        rows = [self._found.passages[self._found.came[each].passage].row for each in (begin, at)]
        return rows[0] is None or rows[0] != rows[1]

    def unit(self, at: int) -> Unit:
        """Return the unit of a word that was sent."""
        return self._found.units[self._found.sent[at].unit]

    def is_part_old(self, part: Part) -> bool:
        """Whether a part is less than its whole unit."""
        unit = self._found.sent[part[0]].unit
        return part != (self._found.firsts[unit], self._found.unit_end(unit))

    def goes_on(self, part: Part) -> bool:
        """Whether a passage began before, with words that were sent."""
        return not self._found.begins_passage(part[0]) and part[0] - 1 in self.old_of

    def is_within(self, hunk: Hunk, part: Part) -> bool:
        """Whether words were put into a unit, rather than between two."""
        sent = self._found.sent
        if 0 < hunk.old < len(sent) and sent[hunk.old - 1].unit == sent[hunk.old].unit:
            return True
        return self.goes_on(part) or not self._found.ends_passage(part[1])

    def is_drawn_row(self, hunk: Hunk, part: Part) -> bool:
        """Whether a line below a row of a table, read off a page, is one more of them."""
        found = self._found
        return (
            found.is_of_pages
            and hunk.old > 0
            and self.unit(hunk.old - 1).kind in ROWS
            and (hunk.old == len(found.sent) or found.sent[hunk.old].at == 0)
            and found.begins_line(part[0])
        )

    def overlap(self, old: Part, new: Part) -> float:
        """Return how much two parts share, in whatever order: 0 to 1."""
        was = Counter(word.key for word in self._found.sent[slice(*old)])
        now = Counter(word.key for word in self._found.came[slice(*new)])
        return 2 * (was & now).total() / max(1, was.total() + now.total())

    def gap_new(self, part: Part) -> Part:
        """Return the place in what came back where words are missing."""
        before = self.new_of.get(part[0] - 1)
        if before is not None:
            return before + 1, before + 1
        after = self.new_of.get(part[1], len(self._found.came))
        return after, after

    def _old_keys(self, hunk: Hunk) -> list[str]:
        return [word.key for word in self._found.sent[hunk.old : hunk.old_end]]

    def _new_keys(self, hunk: Hunk) -> list[str]:
        return [word.key for word in self._found.came[hunk.new : hunk.new_end]]


def _as_many(words: Sequence[str], heads: Sequence[str]) -> int:
    """Return how many of *words* say what *heads* do, however their columns break them."""
    wanted = Counter("".join(heads))
    said: Counter[str] = Counter()
    for count, word in enumerate(words, 1):
        said.update(word)
        if said.total() >= wanted.total():
            return count if said == wanted else 0
    return 0


def _counted(label: str) -> str:
    found = _COUNTS.search(label)
    return found[0] if found else label
