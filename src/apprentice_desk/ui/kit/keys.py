"""Keys that mean something, each with its words, so that the sheet of shortcuts can show it.

A shortcut is always a QAction with words, made here or in one of the sets of actions.  What a
widget answers by itself (Enter in a list) its class says in ``KEYS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


class Keys(NamedTuple):
    """What a kind of widget answers: *where* it is, and pairs of keys and what they do."""

    where: str
    keys: tuple[tuple[str, str], ...]


def asks_for_menu(event: QKeyEvent) -> bool:
    """Return whether *event* is Shift+F10 where only the program can answer it.

    Windows asks for the menu itself then; elsewhere Qt knows the menu key alone.
    """
    is_shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    is_own = QGuiApplication.platformName() != "windows"
    return event.key() == Qt.Key.Key_F10 and is_shift and is_own


def menu_by_key(view: QAbstractItemView) -> QContextMenuEvent:
    """Return the wish for a menu where *view* has its current cell."""
    place = view.visualRect(view.currentIndex()).bottomLeft()
    where = view.viewport().mapToGlobal(place)
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, where)


def set_keys(action: QAction, keys: QKeySequence.StandardKey | str) -> None:
    """Have *keys* trigger *action*.

    Enter is meant wherever it stands: Qt tells the one among the letters from that of the digits.
    """
    if isinstance(keys, str) and keys.endswith("Enter"):
        action.setShortcuts([QKeySequence(keys), QKeySequence(keys.replace("Enter", "Return"))])
    else:
        action.setShortcut(QKeySequence(keys))


def add_key(
    owner: QWidget,
    text: str,
    keys: QKeySequence.StandardKey | str,
    act: Callable[[], object],
    *,
    only_there: bool = False,
) -> QAction:
    """Have *keys* do *act* while *owner* is shown; *only_there*: while it has the keyboard."""
    action = QAction(text, owner)
    set_keys(action, keys)
    if only_there:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _checked=False: act())
    owner.addAction(action)
    return action


_OF_TEXT = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)
"""What means the text while one types, whatever it means elsewhere."""
_WITH_TEXT = ("QLineEdit", "QPlainTextEdit", "QTextEdit")


class ShortcutsBeforeText(QObject):
    """Lets shortcuts of *window* reach it from its text fields.

    On Linux a text field keeps some keys with Ctrl for moving about in it (Ctrl+E goes to the
    end), so that the same key would export a return from everywhere but there.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and any(new.inherits(kind) for kind in _WITH_TEXT) and self._owns(new):
            new.installEventFilter(self)

    def _owns(self, field: QWidget) -> bool:
        """Whether *field* is in the window, or in a dialog above it."""
        widget: QWidget | None = field
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a shortcut away from a field that would keep it."""
        if (
            event.type() != QEvent.Type.ShortcutOverride
            or not isinstance(event, QKeyEvent)
            or event.modifiers() != Qt.KeyboardModifier.ControlModifier
            or any(event.matches(keys) for keys in _OF_TEXT)
            or not _means_something(watched, QKeySequence(event.keyCombination()))
        ):
            return False
        watched.event(event)
        if not event.isAccepted():
            return False  # the field does not want it: who else does is asked as ever
        event.ignore()
        return True


def _means_something(field: QObject, keys: QKeySequence) -> bool:
    """Whether *keys* are an action's of what the field lies in, up to its window."""
    widget = field.parent() if isinstance(field, QWidget) else None
    while isinstance(widget, QWidget):
        if any(action.isEnabled() and keys in action.shortcuts() for action in widget.actions()):
            return True
        widget = None if widget.isWindow() else widget.parent()
    return False
