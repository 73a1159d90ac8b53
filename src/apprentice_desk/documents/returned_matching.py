"""Every departure of what came back from what was sent, clause by clause, the worst first.

What a word processor or another page does to a text is no departure: new numbers of clauses and
what refers to them, other blanks and quotation marks, paragraphs parted or joined.  What was
written into room that was left for it is listed apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from apprentice_desk.documents.newer_wording import Fate, Words, compare
from apprentice_desk.documents.returned_departures import Compared, Departure, FilledIn, Kind
from apprentice_desk.documents.returned_hunks import ROWS, Hunk, Hunks, Part
from apprentice_desk.documents.returned_moves import Move, moves
from apprentice_desk.documents.returned_sent import Unit, UnitKind
from apprentice_desk.documents.returned_stream import Streams, streams
from apprentice_desk.documents.returned_telling import (
    CONTEXT,
    Telling,
    in_words,
    place_of,
    with_label,
)
from apprentice_desk.documents.returned_text import ReturnedText
from apprentice_desk.documents.returned_words import is_same_written

_PAIRED = 0.4
"""Two paragraphs that share so much are one that was changed."""

_MOST_LETTERS = 6_000
"""Longer texts are not compared word by word to be shown."""

_MOST_PAIRED = 2_500
"""Between more of them none are looked for: it is another text."""


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


class _Matching:
    def __init__(self, found: Streams, moved: Sequence[Move], parties: Sequence[str]) -> None:
        self._found = found
        self._moved = {move.unit: move for move in moved}
        self._hunks = Hunks(found, self._moved)
        self._telling = Telling(found, self._hunks, parties)
        self._departures: list[Departure] = []
        self._filled: list[FilledIn] = []

    def compared(self) -> Compared:
        hunks = self._hunks
        for hunk in hunks.merged(hunks.hunks(self._found.runs, 0, len(self._found.came))):
            self._take(hunk)
        self._take_moves()
        ordered = sorted(
            self._departures, key=lambda each: (each.kind.rank, each.is_tracked, each.order)
        )
        return Compared(tuple(ordered), tuple(self._filled))

    # --- one by one

    def _take(self, hunk: Hunk) -> None:
        """Part a hunk by units and passages, and say what became of each."""
        olds, news = self._hunks.old_parts(hunk), self._hunks.new_parts(hunk)
        if not olds and len(news) == 1 and self._hunks.is_within(hunk, news[0]):
            if self._hunks.is_drawn_row(hunk, news[0]):
                self._added(news, hunk)
            else:
                self._words((hunk.old, hunk.old), news[0])
            return
        pairs: list[tuple[Part, Part]] = []
        if news and self._hunks.goes_on(news[0]):
            first = news.pop(0)
            is_one = bool(olds) and self._is_one(olds[0], first)
            pairs.append((olds.pop(0) if is_one else (hunk.old, hunk.old), first))
        if olds and news and self._hunks.is_part_old(olds[-1]):
            is_one = not self._found.ends_passage(news[-1][1]) or len(olds) == len(news) == 1
            if is_one:
                pairs.append((olds.pop(), news.pop()))
        pairs += self._paired(olds, news)
        for old, new in pairs:
            self._words(old, new)
        done = {part for pair in pairs for part in pair}
        self._removed([old for old in olds if old not in done])
        self._added([new for new in news if new not in done], hunk)

    def _is_one(self, old: Part, new: Part) -> bool:
        """Whether words that follow in a passage stand for *old*, rather than being added."""
        return self._hunks.is_part_old(old) or self._hunks.overlap(old, new) >= _PAIRED

    def _paired(self, olds: Sequence[Part], news: Sequence[Part]) -> list[tuple[Part, Part]]:
        """Pair units with the passages that say nearly the same, in order; the only ones too."""
        if len(olds) == len(news) == 1:
            return [(olds[0], news[0])]
        pairs: list[tuple[Part, Part]] = []
        if len(olds) * len(news) > _MOST_PAIRED:
            return pairs
        at = 0
        for old in olds:
            best, place = max(
                ((self._hunks.overlap(old, new), -n) for n, new in enumerate(news[at:], at)),
                default=(0.0, 0),
            )
            if best >= _PAIRED:
                pairs.append((old, news[-place]))
                at = 1 - place
        return pairs

    # --- words

    def _words(self, old: Part, new: Part) -> None:
        """Say that words of a unit changed."""
        at = self._unit_at(old, new)
        unit = self._found.units[at]
        was = [word.key for word in self._found.sent[slice(*old)]]
        now = [word.key for word in self._found.came[slice(*new)]]
        if is_same_written(was, now, is_of_pages=self._found.is_of_pages):
            return
        before, after = self._telling.said_old(old), self._telling.said_new(new)
        if not was and self._telling.is_filled(at, old[0], new):
            self._filled.append(FilledIn(unit.title, in_words(unit), after))
            return
        kind = self._telling.kind(unit, was, now, old)
        runs = self._compared(self._telling.around_old(at, old), self._telling.around_new(new))
        self._say(kind, unit, before, after, runs, old, new, at)

    def _compared(self, before: str, after: str) -> tuple[Words, ...]:
        if len(before) * len(after) > _MOST_LETTERS**2:
            return Words(Fate.OUT, f"{before} "), Words(Fate.IN, after)
        return compare(before, after)

    def _unit_at(self, old: Part, new: Part) -> int:
        """Return to which unit words belong that changed or were put in."""
        sent = self._found.sent
        if old[0] < old[1]:
            return sent[old[0]].unit
        is_before = self._hunks.goes_on(new) and old[0] > 0
        return sent[old[0] - 1 if is_before or old[0] == len(sent) else old[0]].unit

    def _removed(self, parts: Sequence[Part]) -> None:
        """Say what was taken out: whole clauses, what stands together, and single words."""
        group: list[int] = []
        for part in parts:
            unit = self._found.sent[part[0]].unit
            if self._hunks.is_part_old(part):
                self._words(part, self._hunks.gap_new(part))
                continue
            if group and not self._stands_with(group, unit):
                self._say_removed(group)
                group = []
            group.append(unit)
        if group:
            self._say_removed(group)

    def _stands_with(self, group: Sequence[int], unit: int) -> bool:
        one, other = self._found.units[group[-1]], self._found.units[unit]
        is_next = group[-1] + 1 == unit
        is_same = (one.number, one.title) == (other.number, other.title)
        return is_next and is_same and (one.kind in ROWS) == (other.kind in ROWS)

    def _say_removed(self, group: Sequence[int]) -> None:
        first, last = self._found.units[group[0]], self._found.units[group[-1]]
        if first.kind is UnitKind.TITLE:
            kind = Kind.CLAUSE_REMOVED if len(group) > 1 else Kind.TITLE
        elif first.kind in ROWS and last.kind in ROWS:
            kind = Kind.ROW_REMOVED
        elif first.kind is UnitKind.SIGNATURE:
            kind = Kind.PARTY
        else:
            kind = Kind.REMOVED
        before = "\n".join(with_label(self._found.units[each]) for each in group)
        old = (self._found.firsts[group[0]], self._found.unit_end(group[-1]))
        self._say(
            kind, first, before, "", compare(before, ""), old, self._hunks.gap_new(old), group[0]
        )

    def _added(self, parts: Sequence[Part], hunk: Hunk) -> None:
        groups: list[list[Part]] = []
        for part in parts:
            is_next = bool(groups) and groups[-1][-1][1] == part[0] and not self._is_heading(part)
            if is_next and self._is_row(part) == self._is_row(groups[-1][-1]):
                groups[-1].append(part)
            else:
                groups.append([part])
        for group in groups:
            self._say_added(group, hunk)

    def _is_heading(self, part: Part) -> bool:
        """Whether a passage is the title of a clause: by its style, or by its number and length."""
        passage = self._found.passages[self._found.came[part[0]].passage]
        number = self._found.numbers.get(part[0], "").strip().rstrip(".")
        return passage.is_heading or (number.isdigit() and part[1] - part[0] <= CONTEXT)

    def _is_row(self, part: Part) -> bool:
        return self._found.passages[self._found.came[part[0]].passage].row is not None

    def _say_added(self, group: Sequence[Part], hunk: Hunk) -> None:
        whole = (group[0][0], group[-1][1])
        sent = self._found.sent
        at = hunk.old if hunk.old < len(sent) else len(sent) - 1
        beside = sent[max(hunk.old - 1, 0)].unit
        unit = self._found.units[beside]
        after = "\n".join(
            f"{self._found.numbers.get(part[0], '').strip()} {self._telling.said_new(part)}".strip()
            for part in group
        )
        old = (hunk.old, hunk.old)
        if self._telling.is_filled(beside, hunk.old, whole):
            if self._hunks.unit(at).kind is UnitKind.SIGNATURE:  # its line is above its words
                unit = self._hunks.unit(at)
            self._filled.append(FilledIn(unit.title, in_words(unit), after.replace("\n", " ")))
            return
        is_in_table = unit.kind in ROWS and (
            self._is_row(group[0])
            or (self._found.is_of_pages and self._hunks.unit(at).table == unit.table)
            or self._hunks.is_drawn_row(hunk, group[0])
        )
        if is_in_table:
            kind = Kind.ROW_ADDED
        elif self._is_heading(group[0]) and not self._hunks.goes_on(group[0]):
            kind = Kind.CLAUSE_ADDED
        else:
            kind = Kind.ADDED
        place, runs = replace(unit, label="", above=""), compare("", after)
        detail = f"after {place_of(unit)}"
        self._say(kind, place, "", after, runs, old, whole, beside, detail)

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
                for hunk in self._hunks.merged(
                    self._hunks.hunks(move.runs, move.new, move.new_end, first, end)
                ):
                    self._words((hunk.old, hunk.old_end), (hunk.new, hunk.new_end))

    def _moved_with(self, last: Move, move: Move) -> bool:
        return move.unit == last.unit + 1 and 0 <= move.new - last.new_end <= 2

    def _say_moved(self, group: Sequence[Move]) -> None:
        first = self._found.units[group[0].unit]
        text = "\n".join(with_label(self._found.units[move.unit]) for move in group)
        before = next(
            (
                self._found.units[self._found.sent[self._hunks.old_of[at]].unit]
                for at in range(group[0].new - 1, -1, -1)
                if at in self._hunks.old_of
            ),
            None,
        )
        now = "at the beginning" if before is None else f"after {place_of(before)}"
        old = (self._found.firsts[group[0].unit], self._found.unit_end(group[-1].unit))
        self._say(
            Kind.MOVED, first, text, text, (Words(Fate.SAME, text),), old,
            (group[0].new, group[-1].new_end), group[0].unit, f"now {now}",
        )  # fmt: skip

    def _say(
        self,
        kind: Kind,
        unit: Unit,
        before: str,
        after: str,
        runs: tuple[Words, ...],
        old: Part,
        new: Part,
        order: int,
        detail: str = "",
    ) -> None:
        self._departures.append(
            Departure(
                kind,
                unit.number,
                unit.title,
                unit.place,
                detail or self._telling.detail(unit, old),
                before,
                after,
                runs,
                self._telling.is_tracked(old, new),
                order,
            )
        )
