"""Files dropped anywhere onto the window, and the one question that they may need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.files import TAKES_FILES, local_paths
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

_HINT = "Drop it here"
_WHAT = (
    "A desk opens, a list or log is taken in, a calendar is looked through, returns are merged, a"
    " receipt or places elsewhere are read."
)


class Drops(QObject):
    """Takes files that are dragged over *window* before any part of it sees them.

    *dropped* carries their paths.  Nothing is taken while a dialog is open.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._hint: QWidget | None = None
        self.is_off = False
        """Whether nothing is taken: the desk is locked."""

    def watch(self) -> None:
        """Begin to take what is dropped; the window must be shown, and may be again."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files; leave words dragged between fields, and all else, to the window."""
        if isinstance(event, QDropEvent):  # entering and moving are kinds of it
            paths = local_paths(event.mimeData())
            if not paths:
                return False
            if self._is_over_taker(event.position().toPoint()):
                self._hide_hint()
                return False
            if self.is_off or QApplication.activeModalWidget() is not None:
                event.ignore()
                return True
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
                self._show_hint()
            else:
                self._hide_hint()
                self.dropped.emit(paths)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._hide_hint()
        return False

    def _is_over_taker(self, at: QPoint) -> bool:
        """Whether a part of the page takes files itself where they are now."""
        part = self._window.childAt(at)
        while part is not None and not part.property(TAKES_FILES):
            part = part.parentWidget()
        return part is not None

    @property
    def hint(self) -> QWidget | None:
        """What says that files can be let go here, while they are over the window."""
        return self._hint

    def _show_hint(self) -> None:
        if self._hint is not None:
            return
        hint = self._hint = QFrame(self._window)
        hint.setProperty("role", "card")
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        down = QVBoxLayout(hint)
        down.setContentsMargins(*[self._theme.space(6)] * 4)
        down.setSpacing(self._theme.space(2))
        for words, role in ((_HINT, "large"), (_WHAT, "quiet")):
            line = label(words, role)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            down.addWidget(line)
        hint.adjustSize()
        hint.move(
            (self._window.width() - hint.width()) // 2, (self._window.height() - hint.height()) // 2
        )
        hint.show()

    def _hide_hint(self) -> None:
        if self._hint is not None:
            self._hint.deleteLater()
            self._hint.hide()
            self._hint = None


class KindQuestion(QDialog):
    """Asks which kind of list a file is; *chosen* carries it, turning back sends nothing."""

    chosen = Signal(str)

    def __init__(
        self, parent: QWidget, theme: Theme, file_name: str, kinds: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(parent)
        title = "Which kind of list is it?"
        sentence = f"“{file_name}” can be read in more than one way."
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        access.name(self, title, sentence)
        self.kinds = {
            kind: button(words, theme, partial(self._choose, kind), role=role)
            for (kind, words), role in zip(kinds, ("primary", *[""] * len(kinds)), strict=False)
        }
        self.cancel = button("Cancel", theme, self.reject)
        down = QVBoxLayout(self)
        edge = theme.space(6)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label(title, "large", wraps=True))
        words = label(sentence, wraps=True)
        words.setMinimumWidth(theme.space(80))
        down.addWidget(words)
        down.addWidget(Flow([*self.kinds.values(), self.cancel], theme))

    def _choose(self, kind: str) -> None:
        self.accept()
        self.chosen.emit(kind)


def ask_kind(
    parent: QWidget,
    theme: Theme,
    file_name: str,
    kinds: Sequence[str],
    then: Callable[[str], object],
) -> KindQuestion:
    """Ask which of *kinds* a list is and do *then* with it; returns at once."""
    words = {
        "apprentices": "A list of apprentices",
        "hours": "A log of hours",
        "contracts": "A register of contracts",
    }
    question = KindQuestion(parent, theme, file_name, [(kind, words[kind]) for kind in kinds])
    question.chosen.connect(then)
    question.open()
    return question
