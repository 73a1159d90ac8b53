"""Every departure of what came back from what was sent, clause by clause, the worst first.

What a word processor or another page does to a text is no departure: new numbers of clauses and
what refers to them, other blanks and quotation marks, paragraphs parted or joined.  What was
written into room that was left for it is listed apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from apprentice_desk.documents.newer_wording import Words, compare
from apprentice_desk.documents.returned_aligning import Run
from apprentice_desk.documents.returned_moves import Move, moves
from apprentice_desk.documents.returned_sent import Unit, UnitKind
from apprentice_desk.documents.returned_stream import Streams, streams
from apprentice_desk.documents.returned_text import ReturnedText
from apprentice_desk.documents.returned_words import (
    SOFT,
    is_duty,
    is_figure,
    is_mark,
    is_same_written,
    tidied,
    tokens_of,
)


class Kind(StrEnum):
    """What became of words that were sent; the worst first."""

    FIGURE = "Figure or date changed"
    DUTY = "“Not”, “must” or “may” changed"
    CLAUSE_ADDED = "Clause added"
    ADDED = "Paragraph added"
    ROW_ADDED = "Row of a table added"
    WORDS_ADDED = "Words added"
    PARTY = "Party or signature changed"
    CLAUSE_REMOVED = "Clause taken out"
    REMOVED = "Paragraph taken out"
    ROW_REMOVED = "Row of a table taken out"
    WORDS_REMOVED = "Words taken out"
    CELL = "Table changed"
    TITLE = "Heading changed"
    WORDS_CHANGED = "Words changed"
    MOVED = "Moved"
    MARKS = "Punctuation changed"

    @property
    def rank(self) -> int:
        """How soon it is to be looked at: additions and figures first."""
        return _RANKS[self]


_RANKS = {
    **dict.fromkeys(list(Kind)[:6], 0), Kind.PARTY: 1,
    **dict.fromkeys(list(Kind)[7:11], 2),
    Kind.CELL: 3, Kind.TITLE: 3, Kind.WORDS_CHANGED: 3, Kind.MOVED: 4, Kind.MARKS: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Departure:
    """One departure, in the clause of *number* and *title*; *label* is that of the paragraph.

    *runs* are the words around it with both texts in one.  *is_tracked* says that it was shown
    as a change in the file.  *order* counts in the order of what was sent.
    """

    kind: Kind
    number: str
    title: str
    label: str
    detail: str
    before: str
    after: str
    runs: tuple[Words, ...]
    is_tracked: bool
    order: int

    @property
    def place(self) -> str:
        """The clause, as it is found: number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What was written into room that was left for it."""

    title: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: *departures* the worst first, and *filled_in* apart."""

    departures: tuple[Departure, ...]
    filled_in: tuple[FilledIn, ...]

    @property
    def by_place(self) -> tuple[Departure, ...]:
        """The departures in the order of what was sent."""
        return tuple(sorted(self.departures, key=lambda each: each.order))


def compare_texts(
    units: Sequence[Unit],
    returned: ReturnedText,
    parties: Sequence[str] = (),
    step: Callable[[], object] = lambda: None,
) -> Compared:
    """Return every departure of *returned* from *units*.

    *parties* are the names of those who make the contract and sign it.  *step* is called on the
    way, and may stop it by raising.
    """
    found = streams(units, returned, step)
    return _Matching(found, moves(found), parties).compared()


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Words that differ: from *old* to *old_end* were sent, from *new* to *new_end* came back."""

    old: int
    old_end: int
    new: int
    new_end: int


_CONTEXT = 12
_NEAR = 2
_PAIRED = 0.4
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
_REFERS = frozenset(
    ("clause", "clauses", "paragraph", "paragraphs", "schedule", "schedules", "and", "or", "to")
)
_COUNTS = re.compile(r"\d+(?:\.\d+)*")
_ROWS = (UnitKind.ROW, UnitKind.COLUMNS)
_HEADINGS = (UnitKind.TITLE, UnitKind.HEADING)


class _Matching:
    def __init__(self, found: Streams, moved: Sequence[Move], parties: Sequence[str]) -> None:
        self._found = found
        self._moved = {move.unit: move for move in moved}
        self._old_of = {run.new + at: run.old + at for run in found.runs for at in range(run.count)}
        self._new_of = {old: new for new, old in self._old_of.items()}
        self._in_move = {at for move in moved for at in range(move.new, move.new_end)}
        self._numbers = self._new_numbers()
        self._parties = self._places_of(parties)
        self._departures: list[Departure] = []
        self._filled: list[FilledIn] = []

    def compared(self) -> Compared:
        for hunk in self._merged(self._hunks(self._found.runs, 0, len(self._found.came))):
            self._take(hunk)
        self._take_moves()
        ordered = sorted(
            self._departures, key=lambda each: (each.kind.rank, each.is_tracked, each.order)
        )
        return Compared(tuple(ordered), tuple(self._filled))

    # --- what differs

    def _hunks(
        self, runs: Sequence[Run], new: int, new_end: int, old: int = 0, old_end: int | None = None
    ) -> list[_Hunk]:
        last = len(self._found.sent) if old_end is None else old_end
        hunks, at, to = [], old, new
        for run in (*runs, Run(last, new_end, 0)):
            if run.old > at or run.new > to:
                hunks.append(_Hunk(at, run.old, to, run.new))
            at, to = run.old_end, run.new_end
        return hunks

    def _merged(self, hunks: Sequence[_Hunk]) -> list[_Hunk]:
        """Return the hunks without what is no departure, those of one place in one."""
        kept: list[_Hunk] = []
        for raw in hunks:
            hunk = self._narrowed(raw)
            if hunk is None:
                continue
            last = kept[-1] if kept else None
            if last is not None and self._is_near(last, hunk):
                kept[-1] = _Hunk(last.old, hunk.old_end, last.new, hunk.new_end)
            else:
                kept.append(hunk)
        return kept

    def _is_near(self, last: _Hunk, hunk: _Hunk) -> bool:
        between = hunk.old - last.old_end
        if between > _NEAR or hunk.new - last.new_end != between:
            return False
        words = self._found.sent[last.old_end : hunk.old]
        around = self._found.sent[max(last.old, 0) : hunk.old_end]
        if len({self._cell_of(at) for at in range(last.old, hunk.old_end)}) > 1:
            return False
        came = self._found.came[last.new : hunk.new_end]
        is_one = len({word.unit for word in around}) <= 1
        is_word = all(not is_mark(word.key) or word.key in "-'" for word in words)
        return is_one and is_word and len({word.passage for word in came}) <= 1

    def _cell_of(self, at: int) -> tuple[int, int]:
        word = self._found.sent[at]
        unit = self._found.units[word.unit]
        return word.unit, unit.cell(unit.tokens[word.at].start) if unit.cells else 0

    def _narrowed(self, hunk: _Hunk) -> _Hunk | None:
        """Return a hunk without what is no departure; None where nothing is left."""
        old, new = self._old_keys(hunk), self._new_keys(hunk)
        if is_same_written(old, new, is_of_pages=self._found.is_of_pages):
            return None
        hunk = self._without_headings(hunk)
        if hunk.old == hunk.old_end and hunk.new == hunk.new_end:
            return None
        if not self._new_keys(hunk) and all(
            self._unit(at).kind is UnitKind.MARK for at in range(hunk.old, hunk.old_end)
        ):
            return None
        return None if self._refers_anew(hunk) else hunk

    def _without_headings(self, hunk: _Hunk) -> _Hunk:
        """Leave out the headings of a table, said once more at the top of a page."""
        if not self._found.is_of_pages or not self._found.sent:
            return hunk
        for at in {max(hunk.old - 1, 0), min(hunk.old, len(self._found.sent) - 1)}:
            unit = self._unit(at)
            if unit.kind not in _ROWS:
                continue
            heads = [
                token.key
                for each in self._found.units
                if each.table == unit.table and each.kind is UnitKind.COLUMNS
                for token in each.tokens
            ]
            new = self._new_keys(hunk)
            if heads and new[: len(heads)] == heads:
                return _Hunk(hunk.old, hunk.old_end, hunk.new + len(heads), hunk.new_end)
            if heads and new[-len(heads) :] == heads:
                return _Hunk(hunk.old, hunk.old_end, hunk.new, hunk.new_end - len(heads))
        return hunk

    def _new_numbers(self) -> dict[str, str]:
        """Return which number of what was sent is which in what came back."""
        found = {}
        for number, unit in enumerate(self._found.units):
            first = self._found.firsts[number]
            place = self._new_of.get(first)
            if place is None and number in self._moved:
                place = self._moved[number].new
            said = self._found.numbers.get(place, "") if place is not None else ""
            if unit.label and said:
                found[_counted(unit.label)] = _counted(said)
        return found

    def _refers_anew(self, hunk: _Hunk) -> bool:
        """Whether nothing changed but the number of the clause that is referred to."""
        old, new = self._old_keys(hunk), self._new_keys(hunk)
        if len(old) != len(new) or not hunk.old:
            return False
        before = self._found.sent[hunk.old - 1].key.casefold()
        return before in _REFERS and all(
            self._numbers.get(was) == now != was for was, now in zip(old, new, strict=True)
        )

    # --- one by one

    def _take(self, hunk: _Hunk) -> None:
        """Part a hunk by units and passages, and say what became of each."""
        olds = self._old_parts(hunk)
        news = self._new_parts(hunk)
        if not olds and not news:
            return
        if not olds and len(news) == 1 and self._is_within(hunk, news[0]):
            if self._is_drawn_row(hunk, news[0]):
                self._added(news, hunk)
            else:
                self._words((hunk.old, hunk.old), news[0])
            return
        while olds and news and (self._is_part_old(olds[0]) or self._goes_on(news[0])):
            if not (self._is_part_old(olds[0]) or self._overlap(olds[0], news[0]) >= _PAIRED):
                break
            self._words(olds.pop(0), news.pop(0))
            if not (olds and news):
                break
            if self._is_part_old(olds[0]) or self._goes_on(news[0]):
                continue
            break
        tail: list[tuple[tuple[int, int], tuple[int, int]]] = []
        if olds and news and self._is_part_old(olds[-1]) and not self._is_whole_new(news[-1]):
            tail.append((olds.pop(), news.pop()))
        for old, new in self._paired(olds, news):
            self._words(old, new)
        self._removed([old for old in olds if old not in self._paired_olds])
        self._added([new for new in news if new not in self._paired_news], hunk)
        for old, new in tail:
            self._words(old, new)

    _paired_olds: frozenset[tuple[int, int]] = frozenset()
    _paired_news: frozenset[tuple[int, int]] = frozenset()

    def _paired(
        self, olds: Sequence[tuple[int, int]], news: Sequence[tuple[int, int]]
    ) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Pair units with the passages that say nearly the same, in order."""
        pairs = []
        at = 0
        for old in olds:
            scores = [(self._overlap(old, new), -place) for place, new in enumerate(news[at:], at)]
            best = max(scores, default=(0.0, 0))
            if best[0] >= _PAIRED:
                pairs.append((old, news[-best[1]]))
                at = -best[1] + 1
        self._paired_olds = frozenset(old for old, _ in pairs)
        self._paired_news = frozenset(new for _, new in pairs)
        return pairs

    def _overlap(self, old: tuple[int, int], new: tuple[int, int]) -> float:
        was = Counter(word.key for word in self._found.sent[slice(*old)])
        now = Counter(word.key for word in self._found.came[slice(*new)])
        return 2 * (was & now).total() / max(1, was.total() + now.total())

    def _old_parts(self, hunk: _Hunk) -> list[tuple[int, int]]:
        """Return the parts of a hunk by units, without those that moved."""
        parts: list[tuple[int, int]] = []
        at = hunk.old
        while at < hunk.old_end:
            unit = self._found.sent[at].unit
            end = min(hunk.old_end, self._found.unit_end(unit))
            if unit not in self._moved:
                parts.append((at, end))
            at = end
        return parts

    def _new_parts(self, hunk: _Hunk) -> list[tuple[int, int]]:
        parts: list[tuple[int, int]] = []
        begin: int | None = None
        for at in range(hunk.new, hunk.new_end + 1):
            is_out = at == hunk.new_end or at in self._in_move
            is_next = (
                begin is not None and at > begin and not is_out and (self._found.begins_passage(at))
            )
            if begin is not None and (is_out or is_next):
                parts.append((begin, at))
                begin = None
            if not is_out and begin is None:
                begin = at
        return parts

    def _unit(self, at: int) -> Unit:
        return self._found.units[self._found.sent[at].unit]

    def _is_part_old(self, part: tuple[int, int]) -> bool:
        unit = self._found.sent[part[0]].unit
        return part != (self._found.firsts[unit], self._found.unit_end(unit))

    def _goes_on(self, part: tuple[int, int]) -> bool:
        """Whether a passage began before, with words that were sent."""
        return not self._found.begins_passage(part[0]) and part[0] - 1 in self._old_of

    def _is_whole_new(self, part: tuple[int, int]) -> bool:
        return self._found.begins_passage(part[0]) and self._found.ends_passage(part[1])

    def _is_within(self, hunk: _Hunk, part: tuple[int, int]) -> bool:
        """Whether words were put into a unit, rather than between two."""
        sent = self._found.sent
        if 0 < hunk.old < len(sent) and sent[hunk.old - 1].unit == sent[hunk.old].unit:
            return True
        return self._goes_on(part) or not self._found.ends_passage(part[1])

    def _is_drawn_row(self, hunk: _Hunk, part: tuple[int, int]) -> bool:
        """Whether a line below a row of a table, read off a page, is one more of them."""
        found = self._found
        return (
            found.is_of_pages
            and hunk.old > 0
            and self._unit(hunk.old - 1).kind in _ROWS
            and (hunk.old == len(found.sent) or found.sent[hunk.old].at == 0)
            and found.begins_line(part[0])
        )

    def _old_keys(self, hunk: _Hunk) -> list[str]:
        return [word.key for word in self._found.sent[hunk.old : hunk.old_end]]

    def _new_keys(self, hunk: _Hunk) -> list[str]:
        return [word.key for word in self._found.came[hunk.new : hunk.new_end]]

    # --- words

    def _words(self, old: tuple[int, int], new: tuple[int, int]) -> None:
        """Say that words of a unit changed."""
        at = self._unit_at(old, new)
        unit = self._found.units[at]
        was = [word.key for word in self._found.sent[slice(*old)]]
        now = [word.key for word in self._found.came[slice(*new)]]
        if is_same_written(was, now, is_of_pages=self._found.is_of_pages):
            return
        before, after = self._said_old(old), self._said_new(new)
        if not was and self._is_filled(at, old[0], new):
            self._filled.append(FilledIn(unit.title, _in_words(unit), after))
            return
        kind = self._kind(unit, was, now, old)
        runs = compare(
            self._around_old(at, old),
            self._around_new(new),
        )
        self._say(kind, unit, before, after, runs, old, new, at)

    def _unit_at(self, old: tuple[int, int], new: tuple[int, int]) -> int:
        """Return to which unit words belong that changed or were put in."""
        sent = self._found.sent
        if old[0] < old[1]:
            return sent[old[0]].unit
        is_before = self._goes_on(new) and old[0] > 0
        return sent[old[0] - 1 if is_before or old[0] == len(sent) else old[0]].unit

    def _kind(
        self, unit: Unit, was: Sequence[str], now: Sequence[str], old: tuple[int, int]
    ) -> Kind:
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
        if unit.kind in _ROWS:
            return Kind.CELL
        return Kind.WORDS_REMOVED if is_removed else Kind.WORDS_CHANGED

    def _names_party(self, old: tuple[int, int]) -> bool:
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

    def _is_filled(self, unit: int, old: int, new: tuple[int, int]) -> bool:
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

    # --- whole units

    def _removed(self, parts: Sequence[tuple[int, int]]) -> None:
        """Say what was taken out: whole clauses, what stands together, and single words."""
        group: list[int] = []
        for part in parts:
            unit = self._found.sent[part[0]].unit
            if self._is_part_old(part):
                self._words(part, self._gap_new(part))
                continue
            if group and not self._stands_with(group, unit):
                self._say_removed(group)
                group = []
            group.append(unit)
        if group:
            self._say_removed(group)

    def _gap_new(self, part: tuple[int, int]) -> tuple[int, int]:
        """Return the place in what came back where words are missing."""
        before = self._new_of.get(part[0] - 1)
        if before is not None:
            return before + 1, before + 1
        after = self._new_of.get(part[1], len(self._found.came))
        return after, after

    def _stands_with(self, group: Sequence[int], unit: int) -> bool:
        one, other = self._found.units[group[-1]], self._found.units[unit]
        is_next = group[-1] + 1 == unit
        is_same = (one.number, one.title) == (other.number, other.title)
        return is_next and is_same and (one.kind in _ROWS) == (other.kind in _ROWS)

    def _say_removed(self, group: Sequence[int]) -> None:
        first, last = self._found.units[group[0]], self._found.units[group[-1]]
        if first.kind is UnitKind.TITLE:
            kind = Kind.CLAUSE_REMOVED if len(group) > 1 else Kind.TITLE
        elif first.kind in _ROWS and last.kind in _ROWS:
            kind = Kind.ROW_REMOVED
        elif first.kind is UnitKind.SIGNATURE:
            kind = Kind.PARTY
        else:
            kind = Kind.REMOVED
        before = "\n".join(_with_label(self._found.units[each]) for each in group)
        old = (self._found.firsts[group[0]], self._found.unit_end(group[-1]))
        self._say(kind, first, before, "", compare(before, ""), old, self._gap_new(old), group[0])

    def _added(self, parts: Sequence[tuple[int, int]], hunk: _Hunk) -> None:
        groups: list[list[tuple[int, int]]] = []
        for part in parts:
            is_next = bool(groups) and groups[-1][-1][1] == part[0] and not self._is_heading(part)
            if is_next and self._is_row(part) == self._is_row(groups[-1][-1]):
                groups[-1].append(part)
            else:
                groups.append([part])
        for group in groups:
            self._say_added(group, hunk)

    def _is_heading(self, part: tuple[int, int]) -> bool:
        """Whether a passage is the title of a clause: by its style, or by its number and length."""
        passage = self._found.passages[self._found.came[part[0]].passage]
        number = self._found.numbers.get(part[0], "").strip().rstrip(".")
        return passage.is_heading or (number.isdigit() and part[1] - part[0] <= _CONTEXT)

    def _is_row(self, part: tuple[int, int]) -> bool:
        return self._found.passages[self._found.came[part[0]].passage].row is not None

    def _say_added(self, group: Sequence[tuple[int, int]], hunk: _Hunk) -> None:
        whole = (group[0][0], group[-1][1])
        sent = self._found.sent
        at = hunk.old if hunk.old < len(sent) else len(sent) - 1
        beside = sent[max(hunk.old - 1, 0)].unit
        unit = self._found.units[beside]
        after = "\n".join(
            f"{self._found.numbers.get(part[0], '').strip()} {self._said_new(part)}".strip()
            for part in group
        )
        old = (hunk.old, hunk.old)
        if self._is_filled(beside, hunk.old, whole):
            self._filled.append(FilledIn(unit.title, _in_words(unit), after.replace("\n", " ")))
            return
        is_in_table = unit.kind in _ROWS and (
            self._is_row(group[0])
            or (self._found.is_of_pages and self._unit(at).table == unit.table)
            or self._is_drawn_row(hunk, group[0])
        )
        if is_in_table:
            kind = Kind.ROW_ADDED
        elif self._is_heading(group[0]) and not self._goes_on(group[0]):
            kind = Kind.CLAUSE_ADDED
        else:
            kind = Kind.ADDED
        self._say(
            kind, replace(unit, label=""), "", after, compare("", after), old, whole, beside,
            f"after {_place_of(unit)}",
        )  # fmt: skip

    # --- moves

    def _take_moves(self) -> None:
        groups: list[list[Move]] = []
        for move in self._moved.values():
            last = groups[-1][-1] if groups else None
            if last is not None and self._moved_with(last, move):
                groups[-1].append(move)
            else:
                groups.append([move])
        for group in groups:
            self._say_moved(group)
            for move in group:
                first = self._found.firsts[move.unit]
                end = self._found.unit_end(move.unit)
                for hunk in self._merged(
                    self._hunks(move.runs, move.new, move.new_end, first, end)
                ):
                    self._words((hunk.old, hunk.old_end), (hunk.new, hunk.new_end))

    def _moved_with(self, last: Move, move: Move) -> bool:
        return move.unit == last.unit + 1 and 0 <= move.new - last.new_end <= 2

    def _say_moved(self, group: Sequence[Move]) -> None:
        first = self._found.units[group[0].unit]
        text = "\n".join(_with_label(self._found.units[move.unit]) for move in group)
        before = next(
            (
                self._found.units[self._found.sent[self._old_of[at]].unit]
                for at in range(group[0].new - 1, -1, -1)
                if at in self._old_of
            ),
            None,
        )
        now = "at the beginning" if before is None else f"after {_place_of(before)}"
        old = (self._found.firsts[group[0].unit], self._found.unit_end(group[-1].unit))
        self._say(
            Kind.MOVED, first, text, text, compare(text, text), old,
            (group[0].new, group[-1].new_end), group[0].unit, f"now {now}",
        )  # fmt: skip

    # --- saying

    def _say(
        self,
        kind: Kind,
        unit: Unit,
        before: str,
        after: str,
        runs: tuple[Words, ...],
        old: tuple[int, int],
        new: tuple[int, int],
        order: int,
        detail: str = "",
    ) -> None:
        self._departures.append(
            Departure(
                kind,
                unit.number,
                unit.title,
                unit.label,
                detail or self._detail(unit, old),
                before,
                after,
                runs,
                self._is_tracked(old, new),
                order,
            )
        )

    def _detail(self, unit: Unit, old: tuple[int, int]) -> str:
        """Say where in a table it is."""
        if unit.kind not in _ROWS or old[0] >= old[1] or not unit.columns:
            return ""
        row, at = self._cell_of(old[0])
        if unit.kind is UnitKind.COLUMNS or at >= len(unit.columns) or row < 0:
            return "headings of the table"
        heading = unit.columns[at]
        head = unit.text.split("\t")[0]
        return f"{head}: {heading}" if heading and at else head

    def _is_tracked(self, old: tuple[int, int], new: tuple[int, int]) -> bool:
        """Whether the file shows it as a change, all of it."""
        words = self._found.came[slice(*new)]
        gone = _plain(
            "".join(text for at, text in self._found.gone if new[0] - _CONTEXT <= at <= new[1])
        )
        was = Counter(word.key for word in self._found.sent[slice(*old)])
        now = Counter(word.key for word in words)
        lost = _plain("".join((was - now).elements()))
        come = now - was
        is_shown = all(word.is_new for word in words if word.key in come)
        missing = [key for key in (was - now) if _plain(key) not in gone]
        return is_shown and not missing and bool(lost or come)

    def _said_old(self, part: tuple[int, int]) -> str:
        if part[0] == part[1]:
            return ""
        unit = self._unit(part[0])
        first, last = self._found.sent[part[0]], self._found.sent[part[1] - 1]
        return _shown(unit.text[unit.tokens[first.at].start : unit.tokens[last.at].end])

    def _said_new(self, part: tuple[int, int]) -> str:
        texts: list[str] = []
        at = part[0]
        while at < part[1]:
            passage = self._found.came[at].passage
            end = at
            while end < part[1] and self._found.came[end].passage == passage:
                end += 1
            text = self._found.texts[passage]
            texts.append(text[self._found.came[at].start : self._found.came[end - 1].end])
            at = end
        return _shown(" ".join(texts))

    def _around_old(self, unit: int, part: tuple[int, int]) -> str:
        first, end = self._found.firsts[unit], self._found.unit_end(unit)
        low, high = max(first, part[0] - _CONTEXT), min(end, part[1] + _CONTEXT)
        more = "… " if low > first else "", " …" if high < end else ""
        return f"{more[0]}{self._said_old((low, high))}{more[1]}"

    def _around_new(self, part: tuple[int, int]) -> str:
        """Return as many words around a part of what came back as stand around the other."""
        low, high = self._edges_new(part)
        more = (
            "… " if not self._is_first(low) else "",
            " …" if not self._is_last(high) else "",
        )
        return f"{more[0]}{self._said_new((low, high))}{more[1]}"

    def _edges_new(self, part: tuple[int, int]) -> tuple[int, int]:
        low, high = part
        while part[0] - low < _CONTEXT and low - 1 in self._old_of and not self._is_first(low):
            low -= 1
        while high - part[1] < _CONTEXT and high in self._old_of and not self._is_last(high):
            high += 1
        return low, high

    def _is_first(self, at: int) -> bool:
        """Whether a word that came back begins a unit that was sent."""
        old = self._old_of.get(at)
        return at == 0 or (old is not None and self._found.sent[old].at == 0)

    def _is_last(self, end: int) -> bool:
        if end >= len(self._found.came):
            return True
        old = self._old_of.get(end)
        return old is not None and self._found.sent[old].at == 0


def _counted(label: str) -> str:
    found = _COUNTS.search(label)
    return found[0] if found else label


def _plain(text: str) -> str:
    return "".join(token.key for token in tokens_of(tidied(text).text))


def _shown(text: str) -> str:
    return " ".join(text.replace(SOFT, "-").split())


def _with_label(unit: Unit) -> str:
    return f"{unit.label} {unit.text}".strip().replace("\t", " | ")


def _place_of(unit: Unit) -> str:
    if unit.label and unit.kind is not UnitKind.TITLE:
        return unit.label if unit.label[0].isdigit() else f"{unit.number} {unit.label}".strip()
    return f"{unit.number} {unit.title}".strip()


def _in_words(unit: Unit) -> str:
    if unit.kind is UnitKind.SIGNATURE:
        return unit.text.removesuffix("Date").strip().removesuffix(", signature")
    return unit.text.split("\t")[0]
