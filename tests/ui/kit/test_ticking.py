"""Rows with boxes: ticked with Space, hours typed over, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.ticking import Ticks, TickTable


@dataclass(frozen=True)
class Person:
    id: int
    name: str


PEOPLE = [Person(1, "Ada"), Person(2, "Mei"), Person(3, "Noor")]


@pytest.fixture
def table(theme: Theme, qtbot: Any) -> Iterator[TickTable]:
    ticks = Ticks()
    made = TickTable(
        ticks,
        (
            ticks.column("Name", lambda row: row.name),
            ticks.hours_column(lambda _row: 90),
            Column("Note", lambda _row: ""),
        ),
        "People",
        theme,
        hours_place=1,
    )
    made.rows.replace(PEOPLE)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    made.close()
    made.deleteLater()


def hours(table: TickTable) -> list[str]:
    return [table.rows.index(row, 1).data() for row in range(table.rows.rowCount())]


def here() -> Any:
    return QApplication.focusWidget()


def press(key: Qt.Key, qtbot: Any, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(here(), key, modifiers)


def test_space_ticks_and_takes_the_tick_away(table: TickTable, qtbot: Any) -> None:
    QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(table.ticked):
        press(Qt.Key.Key_Space, qtbot)
    assert table.ticks.chosen == {1}
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.rows.index(0, 0).data() == "Ada"
    assert table.rows.index(0, 0).data(role) == "Ada, ticked"
    assert table.rows.index(1, 0).data(role) == "Mei, not ticked"
    press(Qt.Key.Key_Space, qtbot)
    assert table.ticks.chosen == set()


def test_space_ticks_all_chosen_rows_and_enter_one(table: TickTable, qtbot: Any) -> None:
    table.selectAll()
    press(Qt.Key.Key_Space, qtbot)
    assert table.ticks.chosen == {1, 2, 3}
    table.choose(2)
    press(Qt.Key.Key_Return, qtbot)
    assert table.ticks.chosen == {1, 3}


def test_a_click_on_the_box_ticks_and_one_on_the_name_does_not(
    table: TickTable, qtbot: Any
) -> None:
    cell = table.visualRect(table.rows.index(1, 0))
    left, middle = Qt.MouseButton.LeftButton, cell.center().y()
    qtbot.mouseClick(table.viewport(), left, pos=QPoint(cell.left() + 14, middle))
    assert table.ticks.chosen == {2}
    qtbot.mouseClick(table.viewport(), left, pos=QPoint(cell.right() - 3, middle))
    hours_cell = table.visualRect(table.rows.index(2, 1))
    qtbot.mouseClick(table.viewport(), left, pos=hours_cell.center())
    qtbot.mouseClick(table.viewport(), left, pos=QPoint(20, table.viewport().height() - 2))
    assert table.ticks.chosen == {2}


def test_a_figure_types_hours_ticks_the_row_and_enter_goes_on(table: TickTable, qtbot: Any) -> None:
    press(Qt.Key.Key_2, qtbot)
    line = here()
    assert isinstance(line, QLineEdit)
    assert line.accessibleName() == "Hours of Ada"
    qtbot.keyClicks(line, ":15")
    press(Qt.Key.Key_Return, qtbot)
    assert here() is table
    assert table.chosen().name == "Mei"
    press(Qt.Key.Key_3, qtbot)
    press(Qt.Key.Key_Tab, qtbot)
    assert table.chosen().name == "Noor"
    assert hours(table) == ["2:15", "3:00", "1:30"]
    assert table.ticks.chosen == {1, 2}
    table.choose(1)
    press(Qt.Key.Key_Delete, qtbot)
    assert hours(table) == ["1:30", "3:00", "1:30"]


def test_escape_leaves_hours_as_they_were_and_f2_shows_them(table: TickTable, qtbot: Any) -> None:
    press(Qt.Key.Key_F2, qtbot)
    assert here().text() == "1:30"
    assert here().selectedText() == "1:30"
    qtbot.keyClicks(here(), "4")
    press(Qt.Key.Key_Escape, qtbot)
    assert here() is table
    assert hours(table) == ["1:30"] * 3
    assert table.isVisible()


def test_hours_that_cannot_be_read_are_said_and_stay_to_be_mended(
    table: TickTable, qtbot: Any
) -> None:
    press(Qt.Key.Key_9, qtbot)
    qtbot.keyClicks(here(), "x")
    with qtbot.waitSignal(table.refused) as said:
        press(Qt.Key.Key_Return, qtbot)
    assert "9x" in said.args[0]
    assert here().text() == "9x"
    qtbot.keyClicks(here(), "1h")  # what was wrong is selected
    press(Qt.Key.Key_Return, qtbot)
    assert hours(table)[0] == "1:00"


def test_going_elsewhere_keeps_what_can_be_read(table: TickTable, qtbot: Any) -> None:
    press(Qt.Key.Key_4, qtbot)
    table.setFocus()
    assert hours(table)[0] == "4:00"
    assert here() is table


def test_blank_hours_are_those_for_all_again(table: TickTable, qtbot: Any) -> None:
    assert table.take_hours(2, "2:00")
    assert table.take_hours(2, " ")
    assert hours(table)[1] == "1:30"


def test_what_the_filter_leaves_is_ticked(table: TickTable) -> None:
    table.rows.filter("noor")
    table.tick_shown(is_ticked=True)
    assert table.ticks.chosen == {3}
    table.tick([3])
    table.tick_shown(is_ticked=False)
    assert table.ticks.chosen == set()


def test_without_rows_nothing_happens(table: TickTable, qtbot: Any) -> None:
    table.rows.replace([])
    press(Qt.Key.Key_Space, qtbot)
    press(Qt.Key.Key_3, qtbot)
    assert table.ticks.chosen == set()
    assert here() is table


def test_a_list_without_hours_types_none(theme: Theme, qtbot: Any) -> None:
    ticks = Ticks()
    made = TickTable(ticks, (ticks.column("Name", lambda row: row.name),), "People", theme)
    made.rows.replace(PEOPLE)
    made.show()
    qtbot.waitExposed(made)
    qtbot.keyClick(made, Qt.Key.Key_3)
    assert made.findChildren(QLineEdit) == []
    made.close()
    made.deleteLater()
