"""One table model for every list: it sorts and filters its own list of rows by Python key.

A row is any object with an `id`; a Column says how to show, sort and speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from apprentice_desk.domain.folding import fold
from apprentice_desk.ui.kit.painting import Badge, Bar, Tick
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.kit.tips import as_tip

__all__ = ["ROW_ROLE", "Badge", "Bar", "Column", "Index", "RowsModel", "fold"]

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The role under which an index gives its whole row."""

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["text", "strong", "quiet", "badge", "bar", "tick"]
Holds = Literal["text", "integer", "money", "hours", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    *show* returns what stands in the cell: text, or for the kinds "badge", "bar" and "tick" a
    Badge, Bar or Tick (None: nothing).  *sort* returns the key; None and "" are blank and sort
    last both ways; without it the shown text is the key.  *right* aligns numbers.  *width* is in
    characters.
    *say* is the cell for screen readers where the shown text does not say enough, *tone* colours
    the text, *tip* is the tooltip, *called* is what a screen reader calls a column without heading.
    *value* is the cell for a workbook where it is more than text, and *holds* says what: a day, a
    whole number, pounds or hours with two places.  *found_by* is what a filter looks through where
    that is more than the shown text.
    """

    heading: str
    show: Callable[[Any], Any]
    sort: Callable[[Any], Any] | None = None
    right: bool = False
    width: float = 12
    say: Callable[[Any], str] | None = None
    kind: Kind = "text"
    tone: Callable[[Any], Tone] | None = None
    tip: Callable[[Any], str] | None = None
    holds: Holds = "text"
    value: Callable[[Any], Any] | None = None
    called: str = ""
    found_by: Callable[[Any], str] | None = None

    def text(self, row: object) -> str:
        """Return the cell as words."""
        shown = self.show(row)
        if shown is None:
            return ""
        if isinstance(shown, Badge | Tick):
            return shown.text
        if isinstance(shown, Bar):
            return shown.say
        return str(shown)

    def searched(self, row: object) -> str:
        """Return the cell as a filter looks through it."""
        return self.text(row) if self.found_by is None else self.found_by(row)

    def spoken(self, row: object) -> str:
        """Return the cell as a screen reader says it."""
        if self.say is not None:
            return self.say(row)
        shown = self.show(row)
        if isinstance(shown, Tick):
            return f"{shown.text}, {'ticked' if shown.is_ticked else 'not ticked'}"
        return self.text(row)


Reading = tuple[str, tuple[str, ...]]
"""What is asked of a filter: words that all have to occur, and whole words one of which has to."""


def _as_typed(text: str) -> Reading:
    return text, ()


def _key(column: Column, row: object) -> Any:
    key = column.sort(row) if column.sort is not None else column.text(row)
    return fold(key) if isinstance(key, str) else key


class RowsModel(QAbstractTableModel):
    """The rows of one list.

    replace() takes a new list and keeps selection, current row and scroll by `row.id`; filter()
    and keep() narrow it; sort() orders it.  *counted* is sent after each of them.

    *reads* is how a page that knows of shorthand reads what is typed into the filter: it returns
    the words that stand for themselves, and whole words of which one is enough.
    """

    counted = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        parent: QObject | None = None,
        *,
        key: str = "id",
        reads: Callable[[str], Reading] = _as_typed,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._id_name = key
        self._given: list[Any] = []
        self._sorted: list[Any] = []
        self._shown: list[Any] = []
        self._folded: dict[Hashable, tuple[Any, str]] = {}
        self._folded_in_order: list[str] | None = None
        self._reads = reads
        self._typed: tuple[str, ...] = ()
        self._words: tuple[str, ...] = ()
        self._one_of: re.Pattern[str] | None = None
        self._predicate: Callable[[Any], bool] | None = None
        self._sort_column = -1
        self._sort_order = Qt.SortOrder.AscendingOrder

    # what it holds

    @property
    def shown(self) -> Sequence[Any]:
        """The rows that are shown, in their order; not to be changed."""
        return self._shown

    @property
    def given(self) -> Sequence[Any]:
        """All rows, shown or not, as replace() was given them; another list after each."""
        return self._given

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._given)

    @property
    def filter_text(self) -> str:
        """What filter() was last given, in its words."""
        return " ".join(self._typed)

    @property
    def is_narrowed(self) -> bool:
        """Whether filter() or keep() hold rows back at present."""
        return bool(self._typed) or self._predicate is not None

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The column sorted by (-1: as given) and the direction."""
        return self._sort_column, self._sort_order

    def row(self, number: int) -> Any:
        """Return the shown row with this number, counted from 0."""
        return self._shown[number]

    def id_of(self, row: object) -> Hashable:
        """Return what tells *row* from all others."""
        return getattr(row, self._id_name)

    def number_of(self, row_id: Hashable) -> int:
        """Return where the row with *row_id* is shown; -1 if it is not."""
        name = self._id_name
        for number, row in enumerate(self._shown):
            if getattr(row, name) == row_id:
                return number
        return -1

    # what changes it

    def replace(self, rows: Iterable[Any]) -> None:
        """Show *rows* instead; what was selected stays so where its id is still there."""
        given = list(rows)
        self._given = given
        self._folded_in_order = None
        self._arrange(self._in_order(given))

    def filter(self, text: str) -> None:
        """Show only rows in which every word of *text* occurs, in any cell and any case.

        Of the whole words that a page's own reading finds in it, one is enough.
        """
        typed = tuple(fold(text).split())
        if typed == self._typed:
            return
        self._typed = typed
        rest, one_of = self._reads(text)
        self._words = tuple(fold(rest).split())
        either = "|".join(re.escape(fold(word)) for word in one_of)
        self._one_of = re.compile(rf"(?<!\w)(?:{either})(?!\w)") if either else None
        self._arrange(self._sorted, only_if_different=True)

    def keep(self, predicate: Callable[[Any], bool] | None) -> None:
        """Show only rows for which *predicate* holds; None shows all again."""
        if predicate is None and self._predicate is None:
            return
        self._predicate = predicate
        self._arrange(self._sorted)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by *column*; -1 is the order given.  Blanks come last both ways."""
        if (column, order) == (self._sort_column, self._sort_order):
            return
        self._sort_column, self._sort_order = column, order
        self._folded_in_order = None
        self._arrange(self._in_order(self._given))
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def warm(self) -> None:
        """Prepare the text that filter() searches, so that the first letter typed is quick."""
        self._searched()

    def _in_order(self, given: list[Any]) -> list[Any]:
        if not 0 <= self._sort_column < len(self.columns):
            return given
        column = self.columns[self._sort_column]
        keyed = [(_key(column, row), row) for row in given]
        blank = [row for key, row in keyed if key is None or key == ""]
        filled = [pair for pair in keyed if not (pair[0] is None or pair[0] == "")]
        filled.sort(key=lambda pair: pair[0], reverse=self._sort_order != _ASCENDING)
        return [row for _, row in filled] + blank

    def _searched(self) -> list[str]:
        """The folded text of each row, in the order of self._sorted; kept while rows last."""
        if self._folded_in_order is None:
            before, now, texts = self._folded, {}, []
            for row in self._sorted:
                row_id = self.id_of(row)
                known = before.get(row_id)
                if known is None or (known[0] is not row and known[0] != row):
                    known = (row, fold("\n".join(column.searched(row) for column in self.columns)))
                now[row_id] = known
                texts.append(known[1])
            self._folded, self._folded_in_order = now, texts
        return self._folded_in_order

    def _narrowed(self) -> list[Any]:
        rows, words, predicate = self._sorted, self._words, self._predicate
        one_of = self._one_of
        if not words and one_of is None and predicate is None:
            return rows
        if one_of is not None:
            rows = [
                row
                for row, text in zip(rows, self._searched(), strict=True)
                if one_of.search(text) and all(word in text for word in words)
            ]
        elif len(words) == 1:
            word = words[0]
            rows = [row for row, text in zip(rows, self._searched(), strict=True) if word in text]
        elif words:
            rows = [
                row
                for row, text in zip(rows, self._searched(), strict=True)
                if all(word in text for word in words)
            ]
        if predicate is not None:
            rows = [row for row in rows if predicate(row)]
        return rows

    def _arrange(self, in_order: list[Any], *, only_if_different: bool = False) -> None:
        """Show what is to be shown of *in_order* and move the indexes that others hold."""
        before = self._shown
        self._sorted = in_order
        after = self._narrowed()
        if only_if_different and after == before:
            self.counted.emit()
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        self._shown = after
        if held:
            places = self._places({self.id_of(before[index.row()]) for index in held})
            moved = []
            for index in held:
                place = places.get(self.id_of(before[index.row()]))
                moved.append(
                    QModelIndex() if place is None else self.createIndex(place, index.column())
                )
            self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()
        self.counted.emit()

    def _places(self, wanted: set[Hashable]) -> dict[Hashable, int]:
        name = self._id_name
        places: dict[Hashable, int] = {}
        for number, row in enumerate(self._shown):
            row_id = getattr(row, name)
            if row_id in wanted:
                places.setdefault(row_id, number)
                if len(places) == len(wanted):
                    break
        return places

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return how many rows are shown."""
        if not index.isValid():
            return None
        number = index.row()
        if number >= len(self._shown):
            return None
        row, column = self._shown[number], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.spoken(row)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(column.tip(row)) if column.tip is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a heading in the form that *role* asks for."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if section != self._sort_column:
                return column.called or None  # the heading itself is read otherwise
            way = "ascending" if self._sort_order == _ASCENDING else "descending"
            return f"{column.heading or column.called}, sorted {way}"
        return None


_ASCENDING = Qt.SortOrder.AscendingOrder
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
