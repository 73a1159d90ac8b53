"""Nothing is shown before it is in its place: it would flash by as a window and take the keyboard.

A widget that is made visible before it has a parent is a window of its own for a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from apprentice_desk.ui.shell.places import PAGES


class Flashes(QObject):
    """Notes every plain widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.expected: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            is_plain = watched.windowFlags() & Qt.WindowType.WindowType_Mask in (
                Qt.WindowType.Widget,
                Qt.WindowType.Window,
            )
            if watched.isWindow() and is_plain and watched not in self.expected:
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def flashes(qapp: QApplication) -> Iterator[Flashes]:
    watching = Flashes()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)


@pytest.mark.parametrize("name", [each.name for each in PAGES])
def test_a_page_and_its_parts_are_built_unseen(
    name: str, page: Callable[..., Any], settled: Callable[[], None], flashes: Flashes
) -> None:
    made = page(name)
    assert flashes.seen[:1] == [f"{type(made).__name__} {made.accessibleName()}"]
    settled()
    for part in getattr(made, "PARTS", ()):
        if hasattr(made, "show_part"):
            made.show_part(part.name)
            settled()
    assert flashes.seen[1:] == []


def test_a_widget_that_is_shown_too_early_is_noticed(flashes: Flashes, qtbot: Any) -> None:
    early = QPushButton("Save")
    qtbot.addWidget(early)
    early.setVisible(True)
    assert flashes.seen == ["QPushButton "]
