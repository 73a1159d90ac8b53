"""The chosen row in words: what its cells have no room for, while the list has the keyboard."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.kit.row_words import RowWords
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

LONG = "Building a dashboard of the repairs that tenants asked for"


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    what: str


COLUMNS = (
    Column("Name", lambda row: row.name, width=12),
    Column("What", lambda row: row.what, width=14),
    Column("Why", lambda row: "no", width=10, tip=lambda row: f"Not {row.name}."),
    Column("Counts", lambda _row: Badge("Does not, and for a long reason"), kind="badge", width=6),
)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def shown(window, qtbot, theme) -> tuple[RowsTable, RowWords, QWidget]:
    table = RowsTable(RowsModel(COLUMNS), "Lines", theme, stretch=1)
    table.rows.replace([Line(1, "Ada", LONG), Line(2, "Mei", "Joins")])
    words, other = RowWords(), RowsTable(RowsModel(COLUMNS), "Others", theme)
    words.listen(table)
    words.listen(other)
    down = QVBoxLayout(window)
    for part in (table, words, other):
        down.addWidget(part)
    window.resize(480, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return table, words, other


def test_what_a_cell_has_no_room_for_stands_below_the_list(shown, qtbot) -> None:
    table, words, other = shown
    table.setFocus()
    table.choose(1)
    qtbot.waitUntil(lambda: words.words.text() == f"What: {LONG}")
    assert words.isVisible()
    with qtbot.waitSignal(words.came):
        table.choose(2)
    assert words.words.text() == ""
    assert not words.isVisible()
    table.choose(1)
    qtbot.waitUntil(words.isVisible)
    other.setFocus()
    qtbot.waitUntil(lambda: not words.isVisible())


def test_a_column_that_is_not_shown_is_told_with_all_that_its_tip_says(shown, qtbot) -> None:
    table, words, _ = shown
    table.setFocus()
    table.choose(2)
    table.order.show(2, is_shown=False)
    words.show_row()
    assert words.words.text() == "Why: Not Mei"
    table.window().resize(1400, 500)
    table.order.show(2, is_shown=True)
    table.choose(1)
    qtbot.waitUntil(lambda: not words.isVisible())
