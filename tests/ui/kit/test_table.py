from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable

from .conftest import COLUMNS, PEOPLE, Person

Key = Qt.Key


@pytest.fixture
def table(qtbot, theme) -> RowsTable:
    made = RowsTable(RowsModel(COLUMNS), "Apprentices", theme, stretch=1)
    qtbot.addWidget(made)
    made.rows.replace(PEOPLE)
    made.resize(760, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_coming_to_the_table_makes_a_row_current(table) -> None:
    assert table.chosen() is PEOPLE[0]


def test_the_first_rows_that_come_to_a_table_with_the_keyboard_make_one_current(table) -> None:
    rows = list(table.model().shown)
    table.model().replace([])
    table.setFocus()
    assert table.chosen() is None
    table.model().replace(rows)
    assert table.chosen() is rows[0]


def test_enter_opens_the_current_row(table, qtbot) -> None:
    QTest.keyClick(table, Key.Key_Down)
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.keyClick(table, Key.Key_Return)
    assert opened.args == [PEOPLE[1]]


def test_a_double_click_opens_a_row(table, qtbot) -> None:
    middle = table.visualRect(table.rows.index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.args == [PEOPLE[2]]


def test_home_and_end_go_to_the_first_and_the_last_row(table) -> None:
    QTest.keyClick(table, Key.Key_End)
    assert table.chosen() is PEOPLE[-1]
    QTest.keyClick(table, Key.Key_Home)
    assert table.chosen() is PEOPLE[0]


def test_typing_goes_to_the_row_that_begins_so(table) -> None:
    QTest.keyClicks(table, "zo")
    assert table.chosen().name == "Zoë Hart"


def test_tab_leaves_the_table(table, qtbot) -> None:
    assert not table.tabKeyNavigation()


def test_the_chosen_row_is_told_when_it_changes_in_place_or_in_values(table, qtbot) -> None:
    table.choose(2)
    told: list[object] = []
    table.row_chosen.connect(told.append)
    table.rows.replace(PEOPLE)
    assert told == []
    changed = replace(PEOPLE[1], name="Tomasz Kowal")
    table.rows.replace([PEOPLE[0], changed])
    assert told == [changed]
    table.rows.replace([PEOPLE[0]])
    assert told == [changed, None]


def test_selection_and_scroll_stay_when_rows_are_replaced(table, qtbot) -> None:
    many = [Person(n, f"Person {n:03d}") for n in range(200)]
    table.rows.replace(many)
    table.choose(120)
    at = table.verticalScrollBar().value()
    assert at > 0
    table.rows.replace([replace(person, done=5) for person in many])
    assert table.chosen().id == 120
    assert [row.id for row in table.selected()] == [120]
    assert table.verticalScrollBar().value() == at


def test_columns_fill_the_table_and_have_set_widths(table) -> None:
    assert sum(table.columnWidth(n) for n in range(4)) == table.viewport().width()
    before = [table.columnWidth(n) for n in (0, 2, 3)]
    table.resize(1200, 400)
    assert [table.columnWidth(n) for n in (0, 2, 3)] == before
    assert sum(table.columnWidth(n) for n in range(4)) == table.viewport().width()


def test_words_give_way_before_the_table_scrolls_sideways(table) -> None:
    table.resize(520, 400)
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(300, 400)
    assert table.horizontalScrollBar().maximum() > 0


def test_a_width_that_the_person_has_set_is_kept(table) -> None:
    table.horizontalHeader().resizeSection(0, 250)
    table.resize(700, 400)
    assert table.columnWidth(0) == 250


def test_rows_are_as_high_as_the_text_asks_for(table, qapp, theme) -> None:
    before = table.rowHeight(0)
    theme.become("light", 2.0)
    themes.apply(qapp, theme)
    assert table.rowHeight(0) == 2 * before


def test_a_heading_sorts_and_sorts_back(table) -> None:
    header = table.horizontalHeader()
    place = header.sectionViewportPosition(2) + 20
    at = header.viewport().rect().center()
    at.setX(place)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [row.done for row in table.rows.shown] == [12, 38, 45, 60, 72]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [row.done for row in table.rows.shown] == [72, 60, 45, 38, 12]


def test_sorting_and_hiding_columns_can_be_reached_by_keyboard(table, qtbot) -> None:
    menu = table.columns_menu(table)
    sorting, showing = (action.menu() for action in menu.actions()[:2])
    by_hours = next(action for action in sorting.actions() if action.text() == "Hours")
    by_hours.trigger()
    assert [row.done for row in table.rows.shown] == [12, 38, 45, 60, 72]
    provider = next(action for action in showing.actions() if action.text() == "Provider")
    provider.trigger()
    assert table.isColumnHidden(1)
    assert not showing.actions()[0].isEnabled(), "the first column always stays"


def test_selected_rows_are_copied_as_text(table) -> None:
    table.choose(1)
    QTest.keyClick(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Name\tProvider\tHours\tStatus\nAda Obi\tThamesbank College\t38 of 100 h\tBehind\n"
    )


def test_an_empty_table_says_why_and_offers_a_way_on(table, qtbot) -> None:
    pressed: list[bool] = []
    table.set_empty(
        "No apprentices yet", "Add one.", "Add apprentice", lambda: pressed.append(True)
    )
    table.rows.replace([])
    button = next(b for b in table.findChildren(QPushButton) if b.isVisible())
    assert button.text() == "Add apprentice"
    button.click()
    assert pressed == [True]
    table.rows.replace(PEOPLE)
    assert not button.isVisible()


def test_headings_alone_are_nothing_to_scroll_to(table, qtbot) -> None:
    table.resize(160, 400)
    qtbot.waitUntil(table.horizontalScrollBar().isVisible)
    table.rows.replace([])
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
    table.rows.replace(PEOPLE)
    qtbot.waitUntil(table.horizontalScrollBar().isVisible)


def test_the_keyboard_goes_from_a_table_that_is_empty_to_what_can_be_done(table, qtbot) -> None:
    table.set_empty("No apprentices yet", "Add one.", "Add apprentice", lambda: None)
    table.activateWindow()
    qtbot.waitUntil(table.hasFocus)
    table.rows.replace([])
    (button,) = [b for b in table.findChildren(QPushButton) if b.isVisible()]
    assert button.hasFocus()
    table.rows.replace(PEOPLE)
    assert table.hasFocus()
    table.rows.replace([])
    table.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert table.hasFocus(), "else Shift+Tab would never get past it"
    table.clearFocus()
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    assert button.hasFocus()


def test_what_is_filtered_out_can_be_brought_back(table, qtbot, theme) -> None:
    box = FilterBox(table, "name", theme)
    qtbot.addWidget(box)
    box.setText("nobody")
    button = next(b for b in table.findChildren(QPushButton) if b.isVisible())
    assert button.text() == "Show all"
    button.click()
    assert box.text() == ""
    assert len(table.rows.shown) == 5


def test_the_filter_box_narrows_and_hands_over_to_the_table(table, qtbot, theme) -> None:
    box = FilterBox(table, "name, provider", theme)
    counted = CountLine(table)
    for widget in (box, counted):
        qtbot.addWidget(widget)
    assert counted.text() == "5 shown · Enter opens"
    QTest.keyClicks(box, "mei")
    assert [row.name for row in table.rows.shown] == ["Mei Lin"]
    assert counted.text() == "1 of 5 shown · Enter opens"
    QTest.keyClick(box, Key.Key_Down)
    assert table.chosen().name == "Mei Lin"
    QTest.keyClick(box, Key.Key_Escape)
    assert box.text() == ""
    assert len(table.rows.shown) == 5


def test_the_table_and_its_cells_have_names_for_screen_readers(table) -> None:
    assert access.unnamed_widgets(table) == []
    spoken = QAccessible.queryAccessibleInterface(table)
    assert spoken.text(QAccessible.Text.Name) == "Apprentices"
    cells = [spoken.child(n).text(QAccessible.Text.Name) for n in range(spoken.childCount())]
    assert "Hours" in cells
    assert "Status Behind" in cells
    assert "38 of 100 h" in cells


def test_a_table_that_fits_is_as_high_as_its_rows(table, theme) -> None:
    table.set_fits(10)
    assert table.verticalScrollBar().maximum() == 0
    five = table.height()
    table.rows.replace(PEOPLE[:2])
    assert table.height() < five
    table.set_fits(1)
    table.rows.replace(PEOPLE)
    assert table.height() < five


def test_a_row_is_painted_with_badge_bar_and_focus(table, qapp: QApplication, theme) -> None:
    table.choose(1)
    qapp.processEvents()
    picture = table.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 1)
        for y in range(theme.space(9), theme.space(20))
    }
    for meaning in ("row_selected", "accent", "good_soft", "track", "line", "focus", "text"):
        assert theme.colour(meaning).name() in colours, meaning


def test_the_whole_row_under_the_mouse_is_tinted(table, qtbot, theme) -> None:
    def tinted() -> list[int]:
        picture = table.viewport().grab().toImage()
        hover = theme.colour("row_hover").name()
        right = table.columnViewportPosition(0) + 3, table.viewport().width() - 4
        found = []
        for number in range(3):
            middle = table.visualRect(table.rows.index(number, 0)).top() + 3
            if all(picture.pixelColor(x, middle).name() == hover for x in right):
                found.append(number)
        return found

    assert tinted() == []
    where = table.visualRect(table.rows.index(2, 0)).center()
    qtbot.mouseMove(table.viewport(), where)
    qtbot.waitUntil(lambda: tinted() == [2])
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert tinted() == []


def test_a_table_is_never_lower_than_was_asked_for_with_rows_or_without(table, theme) -> None:
    table.set_least(52)
    assert table.minimumHeight() == theme.space(52)
    table.resize(500, 300)
    assert table.minimumHeight() == theme.space(52)
    table.rows.replace([])
    assert table.minimumHeight() >= theme.space(52)
    table.rows.replace(PEOPLE)
    assert table.minimumHeight() == theme.space(52)
