"""How wide the columns of a table are to be, and which of them give way where there is no room.

A column has the width that it was given while there is room.  Then it loses what its heading and
its first rows do not need; then words and bars are cut short, and the first column last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QFont, QFontMetrics

from apprentice_desk.ui.kit.delegates import ARROW_QUARTERS, PADDING_QUARTERS
from apprentice_desk.ui.kit.painting import Badge, Bar, Tick, badge_size, tick_width
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.theme import Theme

SMALLEST_SHARE = 0.65
_MEASURED = 200
"""Rows that are looked at: all of a long list would take longer than anybody waits."""

_SHORT = 12
"""Characters: a day, or a word such as Request."""
WIDEST_DIGIT = "4"
"""Of the program's font: a day or figure that comes later has room too."""

Widths = dict[int, int]


class ColumnWidths:
    """Measures the columns of *model*, in pixels of *theme*'s text."""

    def __init__(self, model: RowsModel, theme: Theme) -> None:
        self._model = model
        self._theme = theme
        self.is_lasting = True
        """Whether a cell stays as it is until there are other rows."""
        self._rows: Sequence[Any] | None = None
        self._contents: Widths = {}

    @property
    def is_stale(self) -> bool:
        """Whether the rows are others than those that were measured."""
        return self._rows is not self._model.given

    def forget(self) -> None:
        """Measure anew: the text has another size."""
        self._rows = None

    def meant(self, place: int) -> int:
        """Return the width that a column was given, in characters, as pixels."""
        character = QFontMetrics(self._theme.font("body")).averageCharWidth()
        return round(self._model.columns[place].width * character) + self._padding

    def is_whole(self, place: int, widths: Widths) -> bool:
        """Whether a column has what it needs, or at least what it was given."""
        return widths[place] >= min(self.needed(place), self.meant(place))

    def shared(self, widths: Widths, fixed: Iterable[int], room: int) -> Widths:
        """Return *widths* made to fit into *room*, as far as they can be; *fixed* ones stay.

        *widths* are from left to right.  The first column says whose row it is: it is cut short
        only where that brings everything into sight.
        """
        giving = [place for place in widths if place not in set(fixed)]
        needed = {place: min(widths[place], self.needed(place)) for place in giving}
        tight = _shrunk(widths, needed, room)
        least = {place: min(tight[place], self._least(place)) for place in giving}
        first = next(iter(widths), None)
        others = {place: width for place, width in least.items() if place != first}
        tighter = _shrunk(tight, others, room)
        all_ = _shrunk(tighter, least, room)
        return all_ if sum(all_.values()) <= room else tighter

    def needed(self, place: int) -> int:
        """Return the width in which heading and rows are whole; the one given where unsure."""
        if self.is_stale:
            self._rows, self._contents = self._model.given, {}
        if place not in self._contents:
            self._contents[place] = self._content(place)
        return max(self._heading(place), self._contents[place])

    def _least(self, place: int) -> int:
        """The width to which a column can be cut short; half a date or figure says what is not."""
        column = self._model.columns[place]
        is_text = column.kind in ("text", "strong", "quiet") and not column.right
        if column.kind == "bar" or (is_text and column.holds == "text"):
            share = max(self._heading(place), round(self.meant(place) * SMALLEST_SHARE))
            needed = self.needed(place)
            return needed if column.kind != "bar" and needed <= self._short else share
        return self.needed(place)

    @property
    def _short(self) -> int:
        """The width of words that are too short to lose any of their letters."""
        character = QFontMetrics(self._theme.font("body")).averageCharWidth()
        return _SHORT * character + self._padding

    def _content(self, place: int) -> int:
        column, meant = self._model.columns[place], self.meant(place)
        rows = self._model.given
        is_known = self.is_lasting and len(rows) <= _MEASURED
        is_sure = is_known or column.holds == "date" or _is_words(column)
        if not rows or not is_sure or column.kind == "bar":
            return meant
        cells = [column.show(row) for row in rows[:_MEASURED]]
        return round(max(self._cell(column, cell) for cell in cells)) + self._padding

    def _cell(self, column: Column, cell: object) -> float:
        if cell is None or isinstance(cell, Bar):
            return 0
        if isinstance(cell, Badge):
            return badge_size(cell, self._theme).width()
        font = self._theme.font("strong" if column.kind in ("strong", "tick") else "body")
        if isinstance(cell, Tick):
            return tick_width(self._theme) + _advance(font, cell.text)
        words = str(cell)
        if column.right or column.holds == "date":
            words = "".join(WIDEST_DIGIT if letter.isdigit() else letter for letter in words)
        return _advance(font, words)

    def _heading(self, place: int) -> int:
        column, space = self._model.columns[place], self._theme.space
        words = _advance(self._theme.font("small strong"), column.heading)
        is_sorted = self._model.sorted_by[0] == place
        return words + self._padding + (space(ARROW_QUARTERS) + space(0.5) if is_sorted else 0)

    @property
    def _padding(self) -> int:
        return 2 * self._theme.space(PADDING_QUARTERS)


def _is_words(column: Column) -> bool:
    return column.kind in ("text", "strong", "quiet") and not column.right


def _advance(font: QFont, words: str) -> int:
    """The width of *words*, and a pixel more: where it is just enough the painter cuts them."""
    return QFontMetrics(font).horizontalAdvance(words) + 1


def _shrunk(widths: Mapping[int, int], floors: Mapping[int, int], room: int) -> Widths:
    """Return *widths* less what is too much for *room*, none of them below its floor.

    What each gives is in proportion to what it can give.
    """
    over = sum(widths.values()) - room
    slack = {place: widths[place] - floor for place, floor in floors.items()}
    most = sum(slack.values())
    if over <= 0 or most <= 0:
        return dict(widths)
    share = min(1.0, over / most)
    shrunk = {place: widths[place] - int(slack.get(place, 0) * share) for place in widths}
    left = sum(shrunk.values()) - room
    for place in slack:  # what whole pixels left over
        more = max(0, min(left, shrunk[place] - floors[place], 1))
        shrunk[place] -= more
        left -= more
    return shrunk
