"""What is said of words that differ: of which kind the change is, and the words around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from apprentice_desk.documents.returned_departures import Kind
from apprentice_desk.documents.returned_hunks import ROWS, Hunks, Part
from apprentice_desk.documents.returned_sent import Unit, UnitKind
from apprentice_desk.documents.returned_stream import Streams
from apprentice_desk.documents.returned_words import (
    SOFT,
    is_duty,
    is_figure,
    is_mark,
    tidied,
    tokens_of,
)

CONTEXT = 12
"""So many words are shown on either side."""

_MOST_FILLED = 14
_MOST_IN_ROOM = 40
_BINDS = frozenset(
    (
        "must",
        "shall",
        "may",
        "will",
        "not",
        "subject",
        "terms",
        "unless",
        "provided",
        "agree",
        "agrees",
    )
)
_HEADINGS = (UnitKind.TITLE, UnitKind.HEADING)


class Telling:
    """Tells of what differs what it is; *parties* are the names of those who sign."""

    def __init__(self, found: Streams, hunks: Hunks, parties: Sequence[str]) -> None:
        self._found, self._hunks = found, hunks
        self._parties = self._places_of(parties)
        self._has_tracked = bool(found.gone) or any(word.is_new for word in found.came)

    def kind(self, unit: Unit, was: Sequence[str], now: Sequence[str], old: Part) -> Kind:
        """Return what became of words of a unit: *was* were sent, *now* came back."""
        is_added, is_removed = not was, not now
        gone, come = (
            list((Counter(was) - Counter(now)).elements()),
            list((Counter(now) - Counter(was)).elements()),
        )
        moved = [*gone, *come]
        words = [key for key in moved if not is_mark(key) and key != SOFT]
        if not words:
            is_order = Counter(was) == Counter(now) and not all(map(is_mark, was))
            return Kind.WORDS_CHANGED if is_order else Kind.MARKS
        if unit.kind is UnitKind.SIGNATURE or self._names_party(old):
            figures = any(any(letter.isdigit() for letter in key) for key in words)
            return Kind.FIGURE if figures and unit.kind is not UnitKind.SIGNATURE else Kind.PARTY
        if is_added and not all(map(is_figure, words)):
            is_turn = len(words) <= 2 and any(map(is_duty, words))
            return Kind.DUTY if is_turn else Kind.WORDS_ADDED
        if any(map(is_figure, words)):
            return Kind.FIGURE
        if any(map(is_duty, words)):
            return Kind.DUTY
        if unit.kind in _HEADINGS:
            return Kind.TITLE
        if unit.kind in ROWS:
            return Kind.CELL
        return Kind.WORDS_REMOVED if is_removed else Kind.WORDS_CHANGED

    def _names_party(self, old: Part) -> bool:
        return any(at in self._parties for at in range(*old)) or (
            old[0] == old[1] and {old[0] - 1, old[0]} <= self._parties
        )

    def _places_of(self, parties: Sequence[str]) -> frozenset[int]:
        keys = [word.key for word in self._found.sent]
        places: set[int] = set()
        for party in parties:
            name = [token.key for token in tokens_of(tidied(party).text)]
            for at in range(len(keys) - len(name) + 1) if name else ():
                if keys[at : at + len(name)] == name:
                    places.update(range(at, at + len(name)))
        return frozenset(places)

    def is_filled(self, unit: int, old: int, new: Part) -> bool:
        """Whether words stand in room that was left for them."""
        words = [word.key for word in self._found.came[slice(*new)]]
        beside = {unit}
        for at in (old - 1, old):
            if 0 <= at < len(self._found.sent):
                beside.add(self._found.sent[at].unit)
        kinds = {self._found.units[each].kind for each in beside}
        if UnitKind.SIGNATURE in kinds:
            binds = any(key.casefold() in _BINDS for key in words)
            return len(words) <= _MOST_FILLED and not binds
        has_room = any(self._found.units[each].has_blanks for each in beside)
        return has_room and len(words) <= _MOST_IN_ROOM

    def detail(self, unit: Unit, old: Part) -> str:
        """Say where in a table it is."""
        if unit.kind not in ROWS or old[0] >= old[1] or not unit.columns:
            return ""
        row, at = self._hunks.cell_of(old[0])
        if unit.kind is UnitKind.COLUMNS or at >= len(unit.columns) or row < 0:
            return "headings of the table"
        heading = unit.columns[at]
        head = unit.text.split("\t")[0]
        return f"{head}: {heading}" if heading and at else head

    def is_tracked(self, old: Part, new: Part) -> bool:
        """Whether the file shows it as a change, all of it."""
        if not self._has_tracked:
            return False
        words = self._found.came[slice(*new)]
        gone = _plain(
            "".join(text for at, text in self._found.gone if new[0] - CONTEXT <= at <= new[1])
        )
        was = Counter(word.key for word in self._found.sent[slice(*old)])
        now = Counter(word.key for word in words)
        lost = _plain("".join((was - now).elements()))
        come = now - was
        is_shown = all(word.is_new for word in words if word.key in come)
        missing = [key for key in (was - now) if _plain(key) not in gone]
        return is_shown and not missing and bool(lost or come)

    def said_old(self, part: Part) -> str:
        """Return a part of a unit as it was sent."""
        if part[0] == part[1]:
            return ""
        unit = self._hunks.unit(part[0])
        first, last = self._found.sent[part[0]], self._found.sent[part[1] - 1]
        return _shown(unit.text[unit.tokens[first.at].start : unit.tokens[last.at].end])

    def said_new(self, part: Part) -> str:
        """Return a part of what came back, as it stands there."""
        said: list[str] = []
        at = part[0]
        while at < part[1]:
            passage = self._found.came[at].passage
            end = at
            while end < part[1] and self._found.came[end].passage == passage:
                end += 1
            text = self._found.texts[passage]
            is_cell = self._found.passages[passage].row is not None
            said += ["" if not said else " | " if is_cell else " "]
            said.append(text[self._found.came[at].start : self._found.came[end - 1].end])
            at = end
        return _shown("".join(said))

    def around_old(self, unit: int, part: Part) -> str:
        """Return a part of a unit with the words around it."""
        first, end = self._found.firsts[unit], self._found.unit_end(unit)
        low, high = max(first, part[0] - CONTEXT), min(end, part[1] + CONTEXT)
        more = "… " if low > first else "", " …" if high < end else ""
        return f"{more[0]}{self.said_old((low, high))}{more[1]}"

    def around_new(self, part: Part) -> str:
        """Return as many words around a part of what came back as stand around the other."""
        low, high = self._edges_new(part)
        more = (
            "… " if not self._is_first(low) else "",
            " …" if not self._is_last(high) else "",
        )
        return f"{more[0]}{self.said_new((low, high))}{more[1]}"

    def _edges_new(self, part: Part) -> Part:
        low, high = part
        while part[0] - low < CONTEXT and low - 1 in self._hunks.old_of and not self._is_first(low):
            low -= 1
        while high - part[1] < CONTEXT and high in self._hunks.old_of and not self._is_last(high):
            high += 1
        return low, high

    def _is_first(self, at: int) -> bool:
        """Whether a word that came back begins a unit that was sent."""
        old = self._hunks.old_of.get(at)
        return at == 0 or (old is not None and self._found.sent[old].at == 0)

    def _is_last(self, end: int) -> bool:
        if end >= len(self._found.came):
            return True
        old = self._hunks.old_of.get(end)
        return old is not None and self._found.sent[old].at == 0


def _plain(text: str) -> str:
    return "".join(token.key for token in tokens_of(tidied(text).text))


def _shown(text: str) -> str:
    return " ".join(text.replace(SOFT, "-").split())


def with_label(unit: Unit) -> str:
    """Return what a unit says, with its number before it."""
    return f"{unit.label} {unit.text}".strip().replace("\t", " | ")


def place_of(unit: Unit) -> str:
    """Return where a unit stands: its number, or the clause that it is in."""
    if unit.kind in ROWS:
        return f"“{in_words(unit)}”"
    if unit.place and unit.kind not in _HEADINGS:
        return unit.place
    return f"{unit.number} {unit.title}".strip()


def in_words(unit: Unit) -> str:
    """Return what there is to be filled in: whose signature, which row."""
    if unit.kind is UnitKind.SIGNATURE:
        return unit.text.removesuffix("Date").strip().removesuffix(", signature")
    return unit.text.split("\t")[0]
