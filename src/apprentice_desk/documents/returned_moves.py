"""Units that came back in another place: neither taken out nor added, but moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apprentice_desk.documents.returned_aligning import Run, align
from apprentice_desk.documents.returned_stream import Streams

_STRETCH = 4
_FEWEST = 6
_MISSING = 0.7
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Move:
    """The words of *unit* stand from *new* to *new_end* now; *runs* are those that are the same."""

    unit: int
    new: int
    new_end: int
    runs: tuple[Run, ...]


def moves(found: Streams) -> tuple[Move, ...]:
    """Return the units that moved, in the order in which they were sent."""
    taken_old, taken_new = _taken(found)
    loose = [
        unit
        for unit, first in enumerate(found.firsts)
        if sum(taken_old[first : found.unit_end(unit)])
        <= (1 - _MISSING) * (found.unit_end(unit) - first)
    ]
    places = _places(found, taken_new)
    moved: dict[int, Move] = {}
    for unit in loose:
        if found.unit_end(unit) - found.firsts[unit] >= _FEWEST:
            move = _find(found, unit, places, taken_new)
            if move is not None:
                _take(taken_new, move)
                moved[unit] = move
    # What is too short to be known by itself moved along with what it stands beside.
    for unit in (*loose, *reversed(loose)):
        if unit not in moved:
            beside = _beside(found, unit, moved, taken_new)
            if beside is not None:
                _take(taken_new, beside)
                moved[unit] = beside
    return tuple(moved[unit] for unit in sorted(moved))


def _taken(found: Streams) -> tuple[list[bool], list[bool]]:
    old, new = [False] * len(found.sent), [False] * len(found.came)
    for run in found.runs:
        old[run.old : run.old_end] = [True] * run.count
        new[run.new : run.new_end] = [True] * run.count
    return old, new


def _take(taken: list[bool], move: Move) -> None:
    taken[move.new : move.new_end] = [True] * (move.new_end - move.new)


def _places(found: Streams, taken: Sequence[bool]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(found.came) - _STRETCH + 1):
        if not any(taken[at : at + _STRETCH]):
            key = tuple(word.key for word in found.came[at : at + _STRETCH])
            places.setdefault(key, []).append(at)
    return places


def _find(
    found: Streams,
    unit: int,
    places: dict[tuple[str, ...], list[int]],
    taken: Sequence[bool],
) -> Move | None:
    """Return where the words of a unit stand among those that are not taken."""
    first, end = found.firsts[unit], found.unit_end(unit)
    keys = [word.key for word in found.sent[first:end]]
    hits: dict[int, int] = {}
    for at in range(len(keys) - _STRETCH + 1):
        for place in places.get(tuple(keys[at : at + _STRETCH]), ()):
            hits[place - at] = hits.get(place - at, 0) + 1
    if not hits:
        return None
    start = max(hits, key=lambda each: (hits[each], -each))
    room = len(keys) // 2
    low, high = max(0, start - room), min(len(found.came), start + len(keys) + room)
    middle = min(max(start + len(keys) // 2, low), high - 1)
    middle = next(
        (at for at in (middle, *range(max(start, 0), high)) if at < high and not taken[at]), middle
    )
    while any(taken[low:middle]):
        low += 1
    while any(taken[middle:high]):
        high -= 1
    runs = align(keys, [word.key for word in found.came[low:high]])
    same = sum(run.count for run in runs)
    if not runs or same < _ALIKE * len(keys):
        return None
    begin, finish = _whole(found, low + runs[0].new, low + runs[-1].new_end, taken)
    if same < _ALIKE * (finish - begin):
        begin, finish = low + runs[0].new, low + runs[-1].new_end
    return Move(
        unit,
        begin,
        finish,
        tuple(Run(first + run.old, low + run.new, run.count) for run in runs),
    )


def _whole(found: Streams, begin: int, finish: int, taken: Sequence[bool]) -> tuple[int, int]:
    """Return the ends widened to those of their passages, where nothing else holds a part."""
    low, high = begin, finish
    while not found.begins_passage(low) and not taken[low - 1]:
        low -= 1
    while not found.ends_passage(high) and not taken[high]:
        high += 1
    return low, high


def _beside(
    found: Streams, unit: int, moved: dict[int, Move], taken: Sequence[bool]
) -> Move | None:
    first, end = found.firsts[unit], found.unit_end(unit)
    keys = [word.key for word in found.sent[first:end]]
    for start in _starts(unit, len(keys), moved):
        finish = start + len(keys)
        if start < 0 or any(taken[start:finish]):
            continue
        if [word.key for word in found.came[start:finish]] == keys:
            return Move(unit, start, finish, (Run(first, start, len(keys)),))
    return None


def _starts(unit: int, size: int, moved: dict[int, Move]) -> Iterator[int]:
    if unit - 1 in moved:
        yield moved[unit - 1].new_end
    if unit + 1 in moved:
        yield moved[unit + 1].new - size
