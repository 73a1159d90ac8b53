"""How the columns of one table stand: which are shown, in which order, and how wide.

What the person has chosen is apart from what the page leaves out where there is no room, so that
neither forgets the other.  Widths are kept in quarters of the text's height: they are right at
any text size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from apprentice_desk.settings import TableLook
from apprentice_desk.ui.kit.delegates import PADDING_QUARTERS
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.theme import Theme

SMALLEST_SHARE = 0.65
NARROWEST, WIDEST = 8.0, 200.0
STEP = 4.0
"""Quarters by which a column grows or shrinks at a time."""

_EXACT = 100
"""Quarters over which one quarter is measured: whole pixels would drift."""


class ColumnOrder(QObject):
    """Arranges the columns of *view*; column *stretch* takes up spare room.

    ``changed`` is sent when the person has changed something that is worth keeping.
    """

    changed = Signal()

    def __init__(self, view: QTableView, model: RowsModel, theme: Theme, stretch: int) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._theme = theme
        self._stretch = stretch
        self._widths: dict[int, float] = {}
        self._hidden: set[int] = set()
        self._hidden_at_first: frozenset[int] = frozenset()
        self._left_out: set[int] = set()
        self._goes_first: tuple[int, ...] = ()
        self._asked_for: set[int] = set()
        self._is_arranging = False
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        model.headerDataChanged.connect(self.changed)  # sorted by another column

    # what stands where

    @property
    def places(self) -> list[int]:
        """All columns from left to right, shown or not."""
        header = self._view.horizontalHeader()
        return [header.logicalIndex(visual) for visual in range(header.count())]

    @property
    def shown(self) -> list[int]:
        """The columns that are shown, from left to right."""
        return [place for place in self.places if not self._view.isColumnHidden(place)]

    def is_wanted(self, place: int) -> bool:
        """Return whether the person wants to see a column, where there is room."""
        return place not in self._hidden

    # what changes it

    def hide_at_first(self, places: Iterable[int]) -> None:
        """Hide columns until the person asks for them."""
        self._hidden_at_first = frozenset(places)
        self._hidden = set(self._hidden_at_first)
        self._show_and_hide()

    def show(self, place: int, *, is_shown: bool) -> None:
        """Show or hide a column, because the person said so."""
        if is_shown:
            self._hidden.discard(place)
            self._left_out.discard(place)
            self._asked_for.add(place)
        else:
            self._hidden.add(place)
            self._asked_for.discard(place)
        self._show_and_hide()
        self.changed.emit()

    def leave_out(self, places: Iterable[int]) -> None:
        """Do without columns for want of room; those that the person hid stay hidden anyway."""
        self._left_out = set(places)
        self._show_and_hide()

    def give_up_first(self, places: Sequence[int]) -> None:
        """Do without *places* for want of room, the first of them first, before words are cut.

        One that the person asks for stays all the same.
        """
        self._goes_first = tuple(places)
        self.share()

    def move(self, place: int, by: int) -> bool:
        """Move a column to the left (-1) or right (1); False where it cannot go.

        The first column stays where it is: it says whose row it is.
        """
        order = self.places
        at = order.index(place)
        if place == order[0] or not 1 <= at + by < len(order):
            return False
        self._view.horizontalHeader().moveSection(at, at + by)
        return True

    def widen(self, place: int, by: float) -> None:
        """Make a column wider by so many quarters, or narrower."""
        wide = self._view.columnWidth(place) / self._quarter
        self._widths[place] = min(WIDEST, max(NARROWEST, wide + by))
        self.share()
        self.changed.emit()

    def as_at_first(self) -> None:
        """Take back everything that the person has changed."""
        self._widths.clear()
        self._hidden = set(self._hidden_at_first)
        self._put_in_order(range(len(self._model.columns)))
        self._show_and_hide()
        self.changed.emit()

    # keeping and taking up again

    def look(self, table: str) -> TableLook:
        """Return how the columns stand, for the preferences, under the name *table*."""
        headings = [column.heading for column in self._model.columns]
        by, direction = self._model.sorted_by
        return TableLook(
            table=table,
            columns=tuple(headings[place] for place in self.places),
            hidden=tuple(headings[place] for place in sorted(self._hidden)),
            widths=tuple((headings[p], round(wide, 2)) for p, wide in sorted(self._widths.items())),
            sorted_by=headings[by] if by >= 0 else "",
            is_descending=direction == Qt.SortOrder.DescendingOrder,
        )

    def take(self, look: TableLook) -> None:
        """Arrange the columns as *look* says; headings that are not there any more are passed by.

        A column that the look does not know yet stands at the end, shown or not as at first.
        """
        by_heading = {c.heading: place for place, c in enumerate(self._model.columns)}
        known = [by_heading[heading] for heading in look.columns if heading in by_heading]
        new = [place for place in by_heading.values() if place not in known]
        hidden = {by_heading[heading] for heading in look.hidden if heading in by_heading}
        self._hidden = (hidden | (self._hidden_at_first & set(new))) - {0}
        self._widths = {
            by_heading[heading]: min(WIDEST, max(NARROWEST, wide))
            for heading, wide in look.widths
            if heading in by_heading
        }
        first = [place for place in known if place == 0] or [0]
        self._put_in_order([*first, *(place for place in (*known, *new) if place not in first)])
        self._show_and_hide()
        if look.sorted_by in by_heading:
            falling, rising = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
            self._model.sort(by_heading[look.sorted_by], falling if look.is_descending else rising)

    def _put_in_order(self, places: Iterable[int]) -> None:
        header = self._view.horizontalHeader()
        self._is_arranging = True
        for visual, place in enumerate(places):
            header.moveSection(header.visualIndex(place), visual)
        self._is_arranging = False

    def _show_and_hide(self) -> None:
        self._is_arranging = True
        for place in range(len(self._model.columns)):
            is_hidden = place in self._hidden or place in self._left_out
            self._view.setColumnHidden(place, is_hidden)
        self._is_arranging = False
        self.share()

    # widths

    @property
    def _quarter(self) -> float:
        return self._theme.space(_EXACT) / _EXACT

    def share(self) -> None:
        """Fit the columns to the room that the table has."""
        room = self._view.viewport().width()
        if self._goes_first and room > 0:
            self._make_room(room)
        self._share(room)
        self._view.updateGeometries()  # else a scroll bar flashes up until the event loop comes
        if self._view.viewport().width() != room:  # a scroll bar came or went
            self._share(self._view.viewport().width())

    def _make_room(self, room: int) -> None:
        kept = {p: self._wanted_width(p) for p in self.places if p not in self._hidden}
        left_out: set[int] = set()
        for place in self._goes_first:
            if sum(kept.values()) <= room:
                break
            if place not in self._asked_for and kept.pop(place, None) is not None:
                left_out.add(place)
        if left_out != self._left_out:
            self._left_out = left_out
            self._is_arranging = True
            for place in self._goes_first:
                is_hidden = place in self._hidden or place in left_out
                self._view.setColumnHidden(place, is_hidden)
            self._is_arranging = False

    def _share(self, room: int) -> None:
        """Fit the columns to the *room* there is.

        The stretching column takes what is spare.  Where there is too little, columns of words
        give way to SMALLEST_SHARE of their width before the table scrolls sideways.  The first
        column, which says whose row it is, then has its whole width.  A column that the person
        has set keeps its width.
        """
        shown = self.shown
        widths = {place: self._wanted_width(place) for place in shown}
        spare = room - sum(widths.values())
        if spare >= 0 and (grows := self._grows(shown)) is not None:
            widths[grows] += spare
        elif spare < 0:
            giving = [place for place in shown if self._gives_way(place)]
            most = sum(round(widths[place] * (1 - SMALLEST_SHARE)) for place in giving)
            share = (1 - SMALLEST_SHARE) * min(1.0, -spare / most) if most else 0.0
            fits = share < 1 - SMALLEST_SHARE
            for place in giving:
                if fits or place != shown[0]:
                    widths[place] = int(widths[place] * (1 - share))
            if fits and giving:
                widths[giving[-1]] += room - sum(widths.values())
        self._is_arranging = True
        for place, width in widths.items():
            self._view.setColumnWidth(place, width)
        self._is_arranging = False

    def _grows(self, shown: list[int]) -> int | None:
        """Return what takes up spare room: in place of a column left out, the last one of words."""
        if self._stretch not in self._left_out:
            return self._stretch if self._stretch in shown else None
        words = [place for place in shown if self._gives_way(place)]
        return words[-1] if words else shown[0]

    def _wanted_width(self, place: int) -> int:
        if (quarters := self._widths.get(place)) is not None:
            return round(quarters * self._quarter)
        character = QFontMetrics(self._theme.font("body")).averageCharWidth()
        padding = 2 * self._theme.space(PADDING_QUARTERS)
        return round(self._model.columns[place].width * character) + padding

    def _gives_way(self, place: int) -> bool:
        column = self._model.columns[place]
        is_text = column.kind in ("text", "strong", "quiet") and not column.right
        is_words = is_text and column.holds == "text"  # half a date says the wrong thing
        return is_words and place not in self._widths

    def _on_resized(self, place: int, _before: int, width: int) -> None:
        if not self._is_arranging and width:
            self._widths[place] = width / self._quarter
            self.changed.emit()

    def _on_moved(self, _place: int, _before: int, _after: int) -> None:
        if not self._is_arranging:
            self.changed.emit()
