"""The row that is chosen in a list, in words: what its cells have no room for.

A tooltip says so to the mouse; this says it to whoever uses the keyboard, or reads large text.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.table import RowsTable


class RowWords(QWidget):
    """Tells of whichever list that it listens to has the keyboard; else it is not there.

    Nor is it while all cells of the row show all that they hold.  *came* is sent when it comes or
    goes: what is above has another height then.
    """

    came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tables: list[RowsTable] = []
        self.words = label("", "small", wraps=True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.show_row)
        self.hide()

    def listen(self, table: RowsTable) -> None:
        """Tell of *table* too."""
        self._tables.append(table)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._later.start())
        table.rows.layoutChanged.connect(self._later.start)
        table.installEventFilter(self)

    def show_row(self) -> None:
        """Show what the chosen row says now."""
        said = []
        for table in self._tables:
            row = table.chosen() if table.hasFocus() else None
            for column in [] if row is None else table.cut_short(row):
                words = " ".join(_whole(column, row).split()).rstrip(".")
                if words:
                    said.append(f"{column.heading}: {words}")
        words = " · ".join(said)
        if words != self.words.text():
            self.words.setText(words)
            self.setVisible(bool(words))
            self.came.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again once a list has the keyboard, has it no more, or has another width."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._later.start()
        return False


def _whole(column: Column, row: object) -> str:
    return (column.tip(row) if column.tip is not None else "") or column.text(row)
