"""What the dialogs that work on several people share: parts that scroll, buttons, writing.

They write behind the window and close once what they were asked for stands in the desk; what is
refused is said in them, where it can be mended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import ask
from apprentice_desk.ui.kit.fitting import Scrolled
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.pieces import button, label, line
from apprentice_desk.ui.kit.row_words import RowWords
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.writing import Writer, Writing

_EDGE = 4
_MOST_OF_WINDOW = 0.985


class WorkDialog(QDialog):
    """A dialog with *title*; its maker puts parts into it and ends with ``finish``.

    *done_* is sent once a change that it asked for stands in the desk.
    """

    DOING, DONE = "logging", "logged"
    """What is done here, for the question before something is lost."""

    done_ = Signal()

    def __init__(self, desk: Desk, title: str, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme = self._theme = desk.theme
        self._desk = desk
        self._may_go = False
        self.typed_into: Form | None = None
        """The form of the dialog, where it has one."""
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, title, sentence)
        self.messages = Messages(self)
        self.writer = Writer(desk, self)
        self.writer.written.connect(self._on_written)
        self.writer.refused.connect(self._on_refused)
        self.title = label(title, "large", wraps=True)
        self.sentence = label(sentence, "quiet", wraps=True)
        content = Scrolled()
        self._parts = QVBoxLayout(content)
        edge = theme.space(_EDGE)
        self._parts.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        self._parts.setSpacing(theme.space(3))
        self._parts.addWidget(self.sentence)
        self.area = QScrollArea()
        self.area.setProperty("role", "raised")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        head = QVBoxLayout()
        head.setContentsMargins(edge, edge, edge, theme.space(1))
        head.setSpacing(theme.space(1))
        head.addWidget(self.title)
        head.addWidget(Banner(self.messages, theme))
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addLayout(head)
        self._down.addWidget(self.area, 1)
        self.confirm: QPushButton = button("", theme, self.submit, role="primary")
        self.cancel = button("Cancel", theme, self.reject)
        self.count = label("", "strong", wraps=True)
        self.whole = RowWords()

    def put(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put *part* below what is there."""
        if isinstance(part, QWidget):
            self._parts.addWidget(part, stretch)
        else:
            self._parts.addLayout(part, stretch)

    def finish(
        self, others: Sequence[QWidget] = (), quarters: tuple[int, int] = (340, 215)
    ) -> None:
        """Put the buttons below, *others* before Cancel, and take the size of *quarters*."""
        theme = self._theme
        self._parts.addStretch(1)
        self._down.addWidget(line())
        below = QVBoxLayout()
        foot = QHBoxLayout()
        edge = theme.space(_EDGE)
        below.setContentsMargins(edge, theme.space(3), edge, theme.space(3))
        below.setSpacing(theme.space(2))
        foot.setSpacing(theme.space(4))
        foot.addWidget(self.count, 1)
        buttons = Flow([*others, self.cancel, self.confirm], theme)
        buttons.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        foot.addWidget(buttons)
        below.addWidget(self.whole)
        below.addLayout(foot)
        self._down.addLayout(below)
        room = self.screen().availableSize()
        if (window := self.parentWidget()) is not None:
            room = room.boundedTo(window.window().size())
        self.resize(
            min(theme.space(quarters[0]), int(room.width() * _MOST_OF_WINDOW)),
            min(theme.space(quarters[1]), int(room.height() * _MOST_OF_WINDOW)),
        )

    def follow(self, table: RowsTable) -> None:
        """Keep the current row of *table* in sight: with large text it is higher than the room.

        What its cells have no room for stands below, in words.
        """
        self.whole.listen(table)
        self.whole.came.connect(lambda: self._show_row(table, table.currentIndex()))
        table.installEventFilter(self)
        table.selectionModel().currentRowChanged.connect(
            lambda index, _before: self._show_row(table, index)
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring a list that gets the keyboard into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, RowsTable):
            # Later: it may be that no row is the current one yet, and nothing has its place.
            QTimer.singleShot(0, watched, lambda: self._show_row(watched, watched.currentIndex()))
        return False

    def _show_row(self, table: RowsTable, index: QModelIndex) -> None:
        content = self.area.widget()
        if content is None or not table.hasFocus():
            return
        row = table.visualRect(index)
        middle = table.viewport().mapTo(content, row.center())
        self.area.ensureVisible(0, middle.y(), 0, row.height())

    # what each dialog says

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost."""
        return False

    @property
    def typed_in_words(self) -> str:
        """What would be lost: what was typed, and how many are ticked."""
        changed = "" if self.typed_into is None else self.typed_into.changes_in_words()
        return " · ".join(each.rstrip(".") for each in (changed, self.count.text()) if each)

    def submit(self) -> None:
        """Do what the first button says."""
        raise NotImplementedError

    # writing

    def write(self, label_: str, change: Callable[[Any], object]) -> None:
        """Do *change* behind the window; the dialog closes when it stands in the desk."""
        self.messages.dismiss()
        self.confirm.setEnabled(False)
        self.writer.write(label_, change)

    def say(self, what: str, remedy: str = "") -> None:
        """Say that something cannot be done."""
        self.messages.problem(Problem(what, remedy))

    def _on_written(self, _writing: Writing) -> None:
        self._may_go = True
        self.done_.emit()
        self.accept()

    def _on_refused(self, _writing: Writing, problem: Problem) -> None:
        self.confirm.setEnabled(True)
        self.messages.problem(problem)

    # leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter does what the first button says."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.confirm.isEnabled():
                self.submit()
        elif is_enter:
            event.accept()  # in a field it means nothing: Qt would press a button
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave, after a question if something was typed or ticked."""
        if self.has_typed and not self._may_go:
            ask(
                self,
                self._theme,
                f"Leave without {self.DOING}?",
                f"Not {self.DONE}, and lost if you leave: {self.typed_in_words}.",
                f"Leave without {self.DOING}",
                self._let_go,
                cancel_text="Keep editing",
                danger=True,
            )
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first if something was typed."""
        if self._may_go or not self.has_typed:
            event.accept()
            return
        event.ignore()
        self.reject()

    def _let_go(self) -> None:
        self._may_go = True
        super().reject()
