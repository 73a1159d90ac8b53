"""The grid of a week where there is little room: whose row it is stays in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.ui.pages.hours.list_view import FOUR_WEEKS
from apprentice_desk.ui.pages.hours.page import HoursPage
from apprentice_desk.ui.pages.hours.week_model import FIRST_DAY, NAME
from apprentice_desk.ui.pages.hours.week_table import WeekTable

Opener = Callable[..., HoursPage]
MONDAY = date(2026, 8, 31)


@pytest.fixture
def table(page: Opener, qtbot: Any) -> WeekTable:
    """The grid of a week that is wider than its room."""
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    made = opened.week.table
    made.setFixedWidth(3 * made.columnWidth(NAME))
    made.resize(made.minimumWidth(), made.height())
    assert made.horizontalScrollBar().maximum() > 0
    return made


def names_seen(table: WeekTable) -> Any:
    """Return the left edge of the grid as it is painted, headings and all, save its focus."""
    table.clearFocus()
    table.selectionModel().clear()
    return table.grab().toImage().copy(2, 2, table.columnWidth(NAME) - 8, table.height() - 30)


def test_names_stay_in_sight_while_the_days_scroll(table: WeekTable) -> None:
    before = names_seen(table)
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert table.held_width == table.columnWidth(NAME)
    assert names_seen(table) == before
    name = table.model().index(1, NAME)
    assert table.visualRect(name).left() == 0
    assert table.indexAt(QPoint(5, table.visualRect(name).center().y())) == name
    assert not table.indexAt(QPoint(5, table.viewport().height() + 500)).isValid()


def test_a_day_is_brought_out_from_below_the_names(table: WeekTable, team: Any) -> None:
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    table.go_to(Cell(team.mei, MONDAY))
    rect = table.visualRect(table.currentIndex())
    assert rect.left() >= table.held_width
    assert rect.right() <= table.viewport().width()
    assert table.indexAt(rect.center()) == table.currentIndex()


def test_no_row_is_covered_by_the_bar_below(table: WeekTable) -> None:
    assert table.horizontalScrollBar().maximum() > 0
    assert table.verticalScrollBar().maximum() == 0


def test_names_that_would_take_half_of_the_room_scroll_away(table: WeekTable) -> None:
    table.setFixedWidth(2 * table.columnWidth(NAME) - 20)
    table.resize(table.minimumWidth(), table.height())
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert table.held_width == 0
    assert table.visualRect(table.model().index(0, NAME)).left() < 0


def test_a_row_that_undo_brings_back_is_the_chosen_one_again(
    page: Opener, make: Any, team: Any, desk: Any, qtbot: Any
) -> None:
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    week = opened.week
    people, wanted = week.model.people, Cell(team.ada, MONDAY)
    week.table.go_to(wanted)
    grid, whose = week.model._grid, [each for each in people if each.id != team.ada]
    assert grid is not None
    week.model.show_week(grid, whose, desk.clock.today())
    assert week.table.cell not in (None, wanted)
    week.model.show_week(grid, people, desk.clock.today())
    assert week.table.cell == wanted
    week.model.show_week(grid, whose, desk.clock.today())
    qtbot.keyClick(week.table, Qt.Key.Key_Right)
    moved = week.table.cell
    week.model.show_week(grid, people, desk.clock.today())
    assert week.table.cell == moved  # whoever went on stays where they are
    assert week.table.currentIndex().column() > FIRST_DAY


@pytest.fixture
def low(page: Opener, qtbot: Any) -> HoursPage:
    """The page in a window that is too low for line and grid at once."""
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    opened.window().resize(opened.window().width(), 360)
    qtbot.waitUntil(lambda: opened.area.verticalScrollBar().maximum() > 300)
    return opened


def is_seen(page: HoursPage, part: QWidget, rect: QRect) -> bool:
    """Whether all of *rect* of *part* stands in what the page shows."""
    corner = part.mapTo(page.area.viewport(), rect.topLeft())
    return page.area.viewport().rect().contains(QRect(corner, rect.size()))


def is_cell_seen(page: HoursPage) -> bool:
    table = page.week.table
    return is_seen(page, table.viewport(), table.visualRect(table.currentIndex()))


def test_the_page_goes_along_with_the_keyboard(low: HoursPage, team: Any, qtbot: Any) -> None:
    bar, table = low.area.verticalScrollBar(), low.week.table
    last = low.week.model.people[-1].id
    table.go_to(Cell(last, MONDAY))
    bar.setValue(0)
    low.quick.closed.emit()  # Escape on the blank line leads to the grid
    assert table.hasFocus()
    assert is_cell_seen(low)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    first = low.week.details.form.input("minutes").target
    assert is_seen(low, first, first.rect())
    bar.setValue(0)
    low.week.details.went_back.emit()
    assert is_cell_seen(low)
    for _ in range(2):  # the second Home changes nothing but that the cell is seen
        bar.setValue(0)
        qtbot.keyClick(table, Qt.Key.Key_Home)
    assert is_cell_seen(low)
    qtbot.keyClick(table, "1")
    bar.setValue(0)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)  # out of the line of the cell
    assert table.hasFocus()
    assert is_cell_seen(low)
    qtbot.waitUntil(lambda: not low.week.writer.is_busy)


def test_the_grid_goes_to_what_the_line_has_logged(low: HoursPage, team: Any, qtbot: Any) -> None:
    quick, table = low.quick, low.week.table
    quick.edit.setFocus()
    qtbot.keyClicks(quick.edit, "tomasz 2 tue workshop Indexes and when they help")
    qtbot.keyClick(quick.edit, Qt.Key.Key_Return)
    tuesday = Cell(team.tomasz, date(2026, 9, 1))
    qtbot.waitUntil(lambda: table.cell == tuesday)
    assert quick.edit.hasFocus()  # the next line can be typed at once
    qtbot.keyClicks(quick.edit, "mei 1 25/8 shadowing How a case is closed")
    qtbot.keyClick(quick.edit, Qt.Key.Key_Return)
    earlier = Cell(team.mei, date(2026, 8, 25))
    qtbot.waitUntil(lambda: table.cell == earlier)
    assert quick.edit.hasFocus()


def test_what_is_half_typed_is_not_left_for_what_was_logged(
    low: HoursPage, team: Any, qtbot: Any
) -> None:
    here = Cell(team.ada, MONDAY)
    low.week.table.go_to(here)
    low.week.details.form.input("what").type_in("Half a sent")
    assert low.week.details.has_unsaved_changes
    qtbot.keyClicks(low.quick.edit, "tomasz 2 tue workshop Indexes and when they help")
    with qtbot.waitSignal(low.quick.logged):
        qtbot.keyClick(low.quick.edit, Qt.Key.Key_Return)
    assert low.week.table.cell == here


def test_shift_f10_opens_the_menu_at_the_cell_and_at_the_row(low: HoursPage, qtbot: Any) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    low.switch.chosen.emit("list")
    qtbot.waitUntil(lambda: low.list.table.rows.rowCount() > 0)
    for view, first in ((low.week.table, "Details of the day"), (low.list.table, "")):
        view.setFocus()
        qtbot.keyClick(view, Qt.Key.Key_F10, shift)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.parent() is view
        assert menu.actions()[0].text().startswith(first)
        with qtbot.waitSignal(menu.destroyed):
            menu.close()


def test_a_day_without_hours_to_copy_is_named(low: HoursPage, team: Any, qtbot: Any) -> None:
    table, said = low.week.table, low.week._desk.messages
    table.setFocus()
    table.go_to(Cell(team.tomasz, MONDAY))
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert str(said.current) == "There was nothing on 24 Aug 2026 to copy."
    qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert str(said.current) == "There was nothing last week to copy."


# --- the quick line -------------------------------------------------------------------------------


def day_understood(opened: HoursPage) -> str:
    """Return what "tue" is understood as in the line now."""
    opened.quick.edit.setText("ada 2 tue")
    return next(
        part.accessibleName()
        for part in opened.quick.chips.parts
        if part.accessibleName().startswith("Tue")
    )


def test_a_weekday_in_the_line_is_of_the_week_that_is_shown(page: Opener, qtbot: Any) -> None:
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    assert day_understood(opened) == "Tue 1 Sep"
    opened.go_to_week(date(2026, 8, 17))
    assert day_understood(opened) == "Tue 18 Aug, the week shown"
    opened.switch.chosen.emit("list")
    assert day_understood(opened) == "Tue 18 Aug, the week shown"
    opened.list.set_scope(FOUR_WEEKS)
    assert day_understood(opened) == "Tue 1 Sep", "no single week is shown"
    opened.switch.chosen.emit("grid")
    assert day_understood(opened) == "Tue 18 Aug, the week shown"
    opened.go_to_week(MONDAY)
    assert day_understood(opened) == "Tue 1 Sep"


def test_what_is_understood_is_scrolled_to_where_there_is_little_room(
    page: Opener, qtbot: Any
) -> None:
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    view, bar = opened.area.viewport(), opened.area.verticalScrollBar()
    around = opened.height() - view.height()
    opened.resize(opened.width(), opened.quick_card.geometry().bottom() + 4 + around)
    opened.start_logging()
    QApplication.processEvents()
    assert bar.value() == 0, "all of it is seen"
    QTest.keyClicks(opened.quick.edit, "ada, zed 2 mon K7 AWS, lec")
    QApplication.processEvents()
    assert bar.value() > 0
    for part in (opened.quick.edit, opened.quick.chips):
        assert view.rect().contains(QRect(part.mapTo(view, QPoint(0, 0)), part.size()))


def test_the_list_goes_along_with_a_page_that_scrolls(page: Opener, qtbot: Any) -> None:
    opened = page("hours", (1224, 600))
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    opened.start_logging()
    QTest.keyClicks(opened.quick.edit, "ada 2 lec")
    QApplication.processEvents()
    before = opened.quick.panel.geometry()
    opened.area.verticalScrollBar().setValue(20)
    assert opened.quick.panel.geometry() == before.translated(0, -20)


def test_the_buttons_below_the_week_make_the_page_no_wider(page: Opener, qtbot: Any) -> None:
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    buttons = (opened.week.copy_all, opened.week.finish)
    least = max(button.sizeHint().width() for button in buttons)
    opened.week.details.hide()
    together = sum(button.sizeHint().width() for button in buttons)
    assert least <= opened.week.minimumSizeHint().width() < together
