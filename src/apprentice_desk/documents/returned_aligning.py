"""Which word of one text is which word of another, also where thousands of words are the same.

Stretches of several words that each text has exactly once are certain: the longest row of them in
the same order is kept, what lies between is looked at with shorter stretches, and the few words
left are compared each with each.  What is the same by accident between larger changes is let go.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_STRETCHES = (8, 4, 3)
_SHORT_STRETCHES = (2, 1)
_MOST_PAIRS = 2_000_000
"""Between how many pairs of words each is compared with each."""

_MOST_PAIRS_IN_ALL = 12_000_000
"""Where more than so many would be, the texts have next to nothing in common."""


@dataclass(frozen=True, slots=True)
class Run:
    """So many words from *old* on are those from *new* on."""

    old: int
    new: int
    count: int

    @property
    def old_end(self) -> int:
        """Where it ends in the one text."""
        return self.old + self.count

    @property
    def new_end(self) -> int:
        """Where it ends in the other."""
        return self.new + self.count


def align(
    old: Sequence[str],
    new: Sequence[str],
    keeps: Callable[[Run], bool] = lambda _run: False,
    step: Callable[[], object] = lambda: None,
) -> list[Run]:
    """Return the runs of words that both texts share, in order.

    A short run between larger changes is taken for an accident unless *keeps* says otherwise;
    *step* is called on the way, and may stop it by raising.
    """
    aligning = _Aligning(old, new, step)
    aligning.between(0, len(old), 0, len(new), 0)
    return _cleaned(joined(sorted(aligning.runs, key=lambda run: run.old)), old, new, keeps)


class _Aligning:
    def __init__(self, old: Sequence[str], new: Sequence[str], step: Callable[[], object]) -> None:
        self._old, self._new, self._step = old, new, step
        self._left = _MOST_PAIRS_IN_ALL
        self.runs: list[Run] = []

    def between(self, old: int, old_end: int, new: int, new_end: int, level: int) -> None:
        """Find the runs between two places of each text."""
        self._step()
        while old < old_end and new < new_end and self._old[old] == self._new[new]:
            self.runs.append(Run(old, new, 1))
            old, new = old + 1, new + 1
        while old < old_end and new < new_end and self._old[old_end - 1] == self._new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
            self.runs.append(Run(old_end, new_end, 1))
        if old == old_end or new == new_end:
            return
        pairs = (old_end - old) * (new_end - new)
        sizes = _STRETCHES if pairs <= _MOST_PAIRS else _STRETCHES + _SHORT_STRETCHES
        if level >= len(sizes):
            if pairs <= min(_MOST_PAIRS, self._left):
                self._left -= pairs
                self._each_with_each(old, old_end, new, new_end)
            return
        size = sizes[level]
        before_old, before_new = old, new
        for at, to in self._certain(old, old_end, new, new_end, size):
            if at < before_old or to < before_new:
                continue  # inside the run before
            self.between(before_old, at, before_new, to, level + 1)
            before_old, before_new = at, to
            while (
                before_old < old_end
                and before_new < new_end
                and self._old[before_old] == self._new[before_new]
            ):
                before_old, before_new = before_old + 1, before_new + 1
            self.runs.append(Run(at, to, before_old - at))
        self.between(before_old, old_end, before_new, new_end, level + 1)

    def _certain(
        self, old: int, old_end: int, new: int, new_end: int, size: int
    ) -> list[tuple[int, int]]:
        """Return where stretches stand that each text has once, in the same order in both."""
        here = _once(self._old, old, old_end, size)
        there = _once(self._new, new, new_end, size)
        pairs = [(at, there[key]) for key, at in here.items() if key in there]
        return _longest_row(sorted(pairs))

    def _each_with_each(self, old: int, old_end: int, new: int, new_end: int) -> None:
        matcher = SequenceMatcher(
            None, self._old[old:old_end], self._new[new:new_end], autojunk=False
        )
        for block in matcher.get_matching_blocks():
            if block.size:
                self.runs.append(Run(old + block.a, new + block.b, block.size))


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    """Return each stretch of *size* words that occurs once, and where."""
    found: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        key = tuple(words[at : at + size])
        found[key] = -1 if key in found else at
    return {key: at for key, at in found.items() if at >= 0}


def _longest_row(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of *pairs*, sorted by the first, whose second rises too."""
    lasts: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for number, (_at, to) in enumerate(pairs):
        place = bisect_left(lasts, to)
        if place == len(lasts):
            lasts.append(to)
            places.append(number)
        else:
            lasts[place] = to
            places[place] = number
        before.append(places[place - 1] if place else -1)
    row: list[tuple[int, int]] = []
    number = places[-1] if places else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def joined(runs: Sequence[Run]) -> list[Run]:
    """Return *runs* with those in one that follow each other in both texts."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last is not None and (last.old_end, last.new_end) == (run.old, run.new):
            found[-1] = Run(last.old, last.new, last.count + run.count)
        else:
            found.append(run)
    return found


def _cleaned(
    runs: list[Run], old: Sequence[str], new: Sequence[str], keeps: Callable[[Run], bool]
) -> list[Run]:
    """Let go what is the same by accident between larger changes, until nothing more is."""
    while True:
        edges = [Run(0, 0, 0), *runs, Run(len(old), len(new), 0)]
        kept = [
            run
            for before, run, after in zip(edges, runs, edges[2:], strict=False)
            if not _is_accident(before, run, after) or keeps(run)
        ]
        if len(kept) == len(runs):
            return runs
        runs = kept


def _is_accident(before: Run, run: Run, after: Run) -> bool:
    above = max(run.old - before.old_end, run.new - before.new_end)
    below = max(after.old - run.old_end, after.new - run.new_end)
    return run.count * 2 <= min(above, below)
