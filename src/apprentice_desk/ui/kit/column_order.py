"""How the columns of one table stand: which are shown, in which order, and how wide.

What the person has chosen is apart from what the page leaves out where there is no room, so that
neither forgets the other.  Widths are kept in quarters of the text's height: they are right at
any text size.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QTableView

from apprentice_desk.settings import TableLook
from apprentice_desk.ui.kit.column_widths import ColumnWidths
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.theme import Theme

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
        self._can_do_without: tuple[int, ...] = ()
        self._asked_for: set[int] = set()
        self._needs = ColumnWidths(model, theme)
        self._is_arranging = False
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        model.headerDataChanged.connect(self.changed)  # sorted by another column
        model.headerDataChanged.connect(self.share)  # its arrow needs room
        model.layoutChanged.connect(self.share_anew)
        theme.changed.connect(self._needs.forget)

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
        self.share()

    def show(self, place: int, *, is_shown: bool) -> None:
        """Show or hide a column, because the person said so."""
        if is_shown:
            self._hidden.discard(place)
            self._asked_for.add(place)
        else:
            self._hidden.add(place)
            self._asked_for.discard(place)
        self.share()
        self.changed.emit()

    def can_do_without(self, places: Iterable[int]) -> None:
        """Leave columns out where there is no room for all, the first of *places* first.

        What they say stands elsewhere on the page.  One that the person asks for is shown.
        """
        self._can_do_without = tuple(places)
        self.share()

    def expect_changes(self) -> None:
        """Keep room for other figures and badges: cells change while their rows stay."""
        self._needs.is_lasting = False

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
        self._asked_for.clear()
        self._hidden = set(self._hidden_at_first)
        self._put_in_order(range(len(self._model.columns)))
        self.share()
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
        self.share()
        if look.sorted_by in by_heading:
            falling, rising = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
            self._model.sort(by_heading[look.sorted_by], falling if look.is_descending else rising)

    def _put_in_order(self, places: Iterable[int]) -> None:
        header = self._view.horizontalHeader()
        self._is_arranging = True
        for visual, place in enumerate(places):
            header.moveSection(header.visualIndex(place), visual)
        self._is_arranging = False

    # widths

    @property
    def _quarter(self) -> float:
        return self._theme.space(_EXACT) / _EXACT

    def share_anew(self) -> None:
        """Fit the columns to other rows; where they are only sorted or filtered nothing moves."""
        if self._needs.is_stale and self._view.isVisible():
            self.share()

    def share(self) -> None:
        """Fit the columns to the room that the table has."""
        room = self._view.viewport().width()
        self._share(room)
        self._view.updateGeometries()  # else a scroll bar flashes up until the event loop comes
        if self._view.viewport().width() != room:  # a scroll bar came or went
            self._share(self._view.viewport().width())

    def _share(self, room: int) -> None:
        """Fit the columns to the *room* there is.

        The stretching column takes what is spare.  Where there is too little they give way, and
        those that can be done without are left out, before the table scrolls sideways.  A column
        that the person has set keeps its width.
        """
        self._is_arranging = True
        out: set[int] = set()
        widths = self._fitted(room, out)
        for place in self._can_do_without:
            if self._is_enough(widths, room):
                break
            if place not in self._asked_for:
                out.add(place)
                widths = self._fitted(room, out)
        for place in sorted(out, key=self._can_do_without.index):
            again = self._fitted(room, out - {place})
            if self._is_enough(again, room):  # a wider one had to go anyway
                out.discard(place)
                widths = again
        for place in range(len(self._model.columns)):
            self._view.setColumnHidden(place, place not in widths)
        for place, width in widths.items():
            self._view.setColumnWidth(place, width)
        self._is_arranging = False

    def _is_enough(self, widths: dict[int, int], room: int) -> bool:
        """Whether all of *widths* is in sight and it can be read whose rows they are."""
        first = next(iter(widths), None)
        is_whole = first is None or first in self._widths or self._needs.is_whole(first, widths)
        return is_whole and sum(widths.values()) <= room

    def _fitted(self, room: int, out: set[int]) -> dict[int, int]:
        """The widths of the columns without those that are left *out*, from left to right."""
        shown = [place for place in self.places if place not in self._hidden | out]
        quarter = self._quarter
        set_ = {place: round(wide * quarter) for place, wide in self._widths.items()}
        widths = {place: set_.get(place) or self._needs.meant(place) for place in shown}
        spare = room - sum(widths.values())
        if spare < 0:
            return self._needs.shared(widths, set_, room)
        first = next(iter(widths), None)
        if first is not None and first not in {self._stretch, *set_}:
            more = min(spare, max(0, self._needs.needed(first) - widths[first]))
            widths[first] += more  # it says whose row it is
            spare -= more
        if self._stretch in widths:
            widths[self._stretch] += spare
        return widths

    def _on_resized(self, place: int, _before: int, width: int) -> None:
        if not self._is_arranging and width:
            self._widths[place] = width / self._quarter
            self.changed.emit()

    def _on_moved(self, _place: int, _before: int, _after: int) -> None:
        if not self._is_arranging:
            self.changed.emit()
