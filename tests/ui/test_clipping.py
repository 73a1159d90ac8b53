"""That words without room are found: the guard of tests over every page and dialog."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from apprentice_desk.ui.kit.pieces import Elided
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from ui.clipping import clipped, empty_band, narrow_columns


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


def test_a_column_with_less_room_than_its_heading_or_its_badge_is_found(
    qtbot: Any, theme: Any
) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    columns = (
        Column("Programme year", lambda row: row.text),
        Column("", lambda row: row, kind="badge", called="State"),
    )
    table = RowsTable(RowsModel(columns, key="text"), "Pledges", theme)
    table.setParent(root)
    table.resize(600, 200)
    table.rows.replace([Badge("In assessment", "note", "flag")])
    root.show()
    table.setColumnWidth(1, 300)
    assert narrow_columns(root, theme) == []
    table.setColumnWidth(0, 40)
    assert narrow_columns(root, theme) == ["'Programme year' of 'Pledges'"]
    table.setColumnWidth(0, 300)
    table.setColumnWidth(1, 40)
    assert narrow_columns(root, theme) == ["'' of 'Pledges'"]


def test_a_dialog_that_is_mostly_empty_is_found(qtbot: Any, theme: Any) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.resize(300, 400)
    QLabel("Above", dialog).move(40, 20)
    QLabel("Below", dialog).move(40, 350)
    dialog.show()
    assert 290 < empty_band(dialog) < 330
