"""The dialog that compares a desk with a second file of it: what each has that the other lacks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.two_logs import Turn, TwoLogs, in_words
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.safekeeping.place_columns import ALONE, alone_lines
from apprentice_desk.ui.pages.safekeeping.words_above import WordsAbove

_DOES_NOTHING = (
    "Nothing is joined by itself, and neither file is touched. Open the other one to read, do"
    " again here what is only there, then keep it somewhere else."
)
_WHAT_TO_DO = {
    Turn.SAME: "Either file will do. Keep one of them, and put the other somewhere else.",
    Turn.AHEAD: "Go on here, and put the other file somewhere else once nobody misses anything.",
    Turn.BEHIND: "Close this desk and go on with the other file, which has everything.",
    Turn.STRANGERS: "These may be two desks that were begun apart. Look into both before you"
    " decide.",
    Turn.PARTED: _DOES_NOTHING,
}
_WIDE, _HIGH = 250, 140


class TwoDesksDialog(QDialog):
    """Shows how two files stand to each other; *open_other* is sent to read the other one."""

    open_other = Signal(str)

    def __init__(
        self, desk: Desk, here: Path, there: Path, two: TwoLogs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = desk.theme
        self.two = two
        self.there = there
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        title = f"{here.name} and {there.name}"
        self.setWindowTitle(title)
        self.sentence = in_words(two, f"“{here.name}”", f"“{there.name}”")
        access.name(self, title, self.sentence)
        self.clashes = self._clashes()
        self._model = RowsModel(ALONE, self)
        self.table = RowsTable(self._model, "Changes that only one of them has", theme, stretch=2)
        self.table.order.can_do_without((3, 1))
        self.table.set_empty("Neither has anything that the other lacks", "")
        self._model.replace(alone_lines(two))
        self.read = button("Open the other to read", theme, self._read, role="primary")
        self.shut = button("Close", theme, self.reject)
        edge = theme.space(6)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(2))
        down.addWidget(label("Two files of one desk", "large", wraps=True))
        more = (self._parted_at(), self.clashes, _WHAT_TO_DO[two.turn])
        said = [self.sentence, *filter(None, more)]
        down.addWidget(WordsAbove(said, title, theme))
        down.addWidget(self.table, 1)
        across = QHBoxLayout()
        across.setSpacing(theme.space(2))
        across.addStretch(1)
        across.addWidget(self.shut)
        across.addWidget(self.read)
        down.addLayout(across)
        room = self.screen().availableSize() if self.screen() else self.size()
        self.resize(
            min(theme.space(_WIDE), int(room.width() * 0.95)),
            min(theme.space(_HIGH), int(room.height() * 0.9)),
        )
        self.table.choose_first()

    def _parted_at(self) -> str:
        last = self.two.last_common
        if last is None or self.two.turn is Turn.SAME:
            return ""
        return (
            f"The last change that both have is “{last.label}”, {show_instant(last.recorded_at)}."
        )

    def _clashes(self) -> str:
        count = len(self.two.both_touched)
        if not count:
            return ""
        if count == 1:
            return "1 record was changed in both: look at that first."
        return f"{count:,} records were changed in both: look at those first."

    def _read(self) -> None:
        self.accept()
        self.open_other.emit(str(self.there))
