from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from apprentice_desk.ui.kit.sheet import SheetView

ROWS = [["Log of Ada"], [], ["Date", "Hours"], ["05/01/2026", 1.5], ["06/01/2026", 2]]
SAYS = "The sheet as it stands in the file"


@pytest.fixture
def sheet(qtbot, theme) -> SheetView:
    made = SheetView(SAYS, theme)
    qtbot.addWidget(made)
    made.show_rows(ROWS, 4, ("A", "B"), str, 6)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_cells_letters_and_row_numbers_are_those_of_the_file(sheet) -> None:
    QAbstractItemModelTester(sheet.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [sheet.rows.headerData(at, across) for at in range(2)] == ["A", "B"]
    assert [sheet.rows.headerData(at, down) for at in range(5)] == ["4", "5", "6", "7", "8"]
    assert sheet.rows.index(2, 1).data() == "Hours"
    assert sheet.rows.index(1, 1).data() == ""  # the row is not as wide


def test_the_marked_row_stands_out_by_weight_as_well_as_colour(sheet) -> None:
    font, ground = Qt.ItemDataRole.FontRole, Qt.ItemDataRole.BackgroundRole
    weights = [sheet.rows.index(at, 0).data(font).weight() for at in range(5)]
    assert weights.index(max(weights)) == 2
    assert weights.count(max(weights)) == 1
    marked = [sheet.rows.index(at, 0).data(ground) is not None for at in range(5)]
    assert marked == [False, False, True, False, False]


def test_a_screen_reader_hears_where_a_cell_stands_and_which_row_is_the_headings(sheet) -> None:
    said = Qt.ItemDataRole.AccessibleTextRole
    assert sheet.accessibleName() == SAYS
    assert sheet.rows.index(2, 0).data(said) == "A 6, headings: Date"
    assert sheet.rows.index(3, 1).data(said) == "B 7: 1.5"
    assert sheet.rows.index(1, 0).data(said) == "A 5: blank"


def test_enter_and_a_double_click_choose_a_row_by_its_number(sheet, qtbot) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Down)
    with qtbot.waitSignal(sheet.row_opened) as opened:
        QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert opened.args == [7]

    middle = sheet.visualRect(sheet.rows.index(0, 0)).center()
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(sheet.row_opened) as opened:
        QTest.mouseDClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.args == [4]


def test_tab_leaves_the_sheet(sheet) -> None:
    assert not sheet.tabKeyNavigation()


def test_it_is_as_high_as_its_rows_and_grows_for_a_scroll_bar(sheet, qtbot) -> None:
    low = sheet.height()
    sheet.show_rows([["x" * 200] * 20] * 5, 1, [str(at) for at in range(20)], str, 1)
    assert sheet.height() > low
    sheet.show_rows([["x"]] * 500, 1, ("A",), str, 400)
    assert sheet.height() < 12 * sheet.verticalHeader().defaultSectionSize()
    shown = sheet.rowAt(0)
    assert shown <= 399 <= shown + 7  # the marked row is in view
