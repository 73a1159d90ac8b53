"""That words without room are found: the guard of tests over every page and dialog."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from apprentice_desk.ui.kit.pieces import Elided
from ui.clipping import clipped


def made(kind: str) -> QWidget:
    match kind:
        case "label":
            return QLabel("Planned to date")
        case "wrapped":
            words = QLabel("Planned to date, in hours and minutes " * 4)
            words.setWordWrap(True)
            return words
        case "button":
            return QPushButton("Export workbook")
        case "input":
            return QLineEdit("7:30")
        case _:
            box = QComboBox()
            box.addItem("Workshop")
            return box


@pytest.mark.parametrize("kind", ["label", "wrapped", "button", "input", "choice"])
def test_words_with_too_little_room_are_found(qtbot: Any, theme: Any, kind: str) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    words = made(kind)
    words.setParent(root)
    root.resize(900, 500)
    root.show()
    words.setFixedSize(800, 400)
    assert clipped(root) == []
    words.setFixedSize(800, 5)
    assert len(clipped(root)) == 1
    if kind in ("label", "button"):
        words.setFixedSize(20, 400)
        assert len(clipped(root)) == 1


def test_words_that_end_in_dots_by_themselves_may_be_narrow_but_not_low(
    qtbot: Any, theme: Any
) -> None:
    words = Elided()
    qtbot.addWidget(words)
    root = QWidget()
    qtbot.addWidget(root)
    words.setParent(root)
    words.show_words("Exampleton, the sample, invented people")
    root.resize(400, 300)
    root.show()
    words.resize(60, 100)
    assert clipped(root) == []
    words.resize(60, 4)
    assert len(clipped(root)) == 1
