"""The dialog that compares a backup with the desk as it is now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.safekeeping.backup import Backup, Differences
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.safekeeping.backup_columns import CHANGES, change_lines
from apprentice_desk.ui.pages.safekeeping.words_above import WordsAbove

_BESIDE = (
    "The copy becomes a desk of its own in a new file. This desk stays as it is, and so does the"
    " copy."
)
_WIDE, _HIGH = 190, 130


class ComparedDialog(QDialog):
    """Says in what a copy differs from now; *restore* is sent to make a desk of it."""

    restore = Signal()

    def __init__(self, backup: Backup, found: Differences, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        title = f"The copy of {show_instant(backup.made_at)}, and now"
        self.setWindowTitle(title)
        self.sentences = found.sentences
        access.name(self, title, " ".join(self.sentences))
        self._model = RowsModel(CHANGES, self)
        self.table = RowsTable(self._model, "Changes that only one of them has", theme, stretch=1)
        self.table.order.can_do_without((2, 3))
        self._model.replace(change_lines(found))
        self.restore_ = button("Restore it beside…", theme, self._restore)
        self.restore_.setToolTip(_BESIDE)
        self.shut = button("Close", theme, self.reject, role="primary")
        self.shut.setDefault(True)
        edge = theme.space(6)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(2))
        down.addWidget(label(title, "large", wraps=True))
        first, *others = self.sentences
        said = [first, " ".join(others)] if others else [first]
        down.addWidget(WordsAbove(said, title, theme))
        if self._model.total:
            down.addWidget(self.table, 1)
        else:
            self.table.hide()
            down.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(theme.space(2))
        across.addStretch(1)
        across.addWidget(self.restore_)
        across.addWidget(self.shut)
        down.addLayout(across)
        room = self.screen().availableSize() if self.screen() else self.size()
        high = min(theme.space(_HIGH), int(room.height() * 0.9)) if self._model.total else 0
        self.resize(min(theme.space(_WIDE), int(room.width() * 0.95)), high)
        self.table.choose_first()
        (self.table if self._model.total else self.shut).setFocus()

    def _restore(self) -> None:
        self.accept()
        self.restore.emit()
