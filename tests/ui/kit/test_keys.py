"""Shortcuts of the window, while a text field has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from apprentice_desk.ui.kit.keys import ShortcutsBeforeText, add_key

CTRL = Qt.KeyboardModifier.ControlModifier


class FieldOfLinux(QLineEdit):
    """Keeps Ctrl+E, which goes to the end of the line there."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_E
        ):
            event.accept()
            return True
        return bool(super().event(event))


class Around(QWidget):
    """A window with a field, and a shortcut of its own."""

    def __init__(self, qtbot: Any) -> None:
        super().__init__()
        self.exported = 0
        self.field = FieldOfLinux("Lead")
        QVBoxLayout(self).addWidget(self.field)
        qtbot.addWidget(self)
        self.export: QAction = add_key(self, "Export", "Ctrl+E", self._on_export)

    def _on_export(self) -> None:
        self.exported += 1

    def press(self, qtbot: Any, key: Qt.Key) -> None:
        self.show()
        self.activateWindow()
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)
        qtbot.keyClick(self.field, key, CTRL)


@pytest.fixture
def around(qtbot: Any) -> Iterator[Around]:
    # What a window has installed hears of every field of the program, the next test's too.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    yield Around(qtbot)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_shortcut_works_from_a_field_that_would_keep_its_keys(around: Around, qtbot: Any) -> None:
    ShortcutsBeforeText(around)
    around.press(qtbot, Qt.Key.Key_E)
    assert around.exported == 1


def test_without_that_the_field_would_have_kept_it(around: Around, qtbot: Any) -> None:
    around.press(qtbot, Qt.Key.Key_E)
    assert around.exported == 0


def test_what_is_switched_off_leaves_the_keys_to_the_field(around: Around, qtbot: Any) -> None:
    ShortcutsBeforeText(around)
    around.export.setEnabled(False)
    around.press(qtbot, Qt.Key.Key_E)
    assert around.exported == 0


def test_undo_and_copy_mean_the_text_while_one_types(around: Around, qtbot: Any) -> None:
    ShortcutsBeforeText(around)
    undone: list[bool] = []
    add_key(around, "Undo", "Ctrl+Z", lambda: undone.append(True))
    around.field.insert("er")
    around.press(qtbot, Qt.Key.Key_Z)
    assert undone == []
