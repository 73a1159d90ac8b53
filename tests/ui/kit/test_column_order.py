"""The columns of a table: chosen, moved, made wider, kept and taken up again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.column_order import NARROWEST, WIDEST
from apprentice_desk.ui.kit.columns_dialog import ColumnsDialog
from apprentice_desk.ui.kit.delegates import PADDING_QUARTERS
from apprentice_desk.ui.kit.painting import badge_size
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

from .conftest import COLUMNS, PEOPLE, Person

NAME, PROVIDER, HOURS, STATUS = range(4)


@pytest.fixture
def new_table(qtbot, theme):
    def make() -> RowsTable:
        made = RowsTable(RowsModel(COLUMNS), "Apprentices", theme, stretch=1)
        qtbot.addWidget(made)
        made.rows.replace(PEOPLE)
        made.resize(760, 400)
        made.show()
        return made

    return make


@pytest.fixture
def table(new_table) -> RowsTable:
    return new_table()


def test_what_a_person_arranged_is_taken_up_by_another_table_of_the_kind(table, new_table) -> None:
    table.order.move(STATUS, -1)
    table.order.show(PROVIDER, is_shown=False)
    table.horizontalHeader().resizeSection(NAME, 222)
    table.sort_by(HOURS)
    table.sort_by(HOURS)
    look = table.order.look("people")
    other = new_table()
    other.order.take(look)
    assert other.order.shown == [NAME, STATUS, HOURS]
    assert other.columnWidth(NAME) == 222
    assert [row.done for row in other.rows.shown] == [72, 60, 45, 38, 12]
    assert other.order.look("people") == look


def test_a_width_set_by_hand_is_right_at_another_text_size(table, theme) -> None:
    table.horizontalHeader().resizeSection(NAME, 200)
    theme.become("light", 2.0)
    table.order.share()
    assert table.columnWidth(NAME) == 400
    theme.become("light", 1.0)


def test_columns_left_out_for_want_of_room_are_not_forgotten_nor_brought_back(table) -> None:
    table.order.show(PROVIDER, is_shown=False)
    table.order.can_do_without((PROVIDER, STATUS))
    table.resize(240, 400)
    assert table.order.shown == [NAME, HOURS]
    table.resize(760, 400)
    assert table.order.shown == [NAME, HOURS, STATUS], "what the person hid stays hidden"
    table.resize(240, 400)
    table.order.show(STATUS, is_shown=True)
    assert STATUS in table.order.shown, "asked for, it is shown though there is little room"
    assert "Status" not in table.order.look("people").hidden


def test_no_more_columns_are_left_out_than_there_is_no_room_for(table) -> None:
    table.order.can_do_without((PROVIDER, HOURS))
    table.resize(480, 400)
    assert table.order.shown == [NAME, PROVIDER, HOURS, STATUS]
    table.resize(340, 400)
    assert table.order.shown == [NAME, HOURS, STATUS]
    assert table.horizontalScrollBar().maximum() == 0


def test_a_look_of_another_version_is_taken_as_far_as_it_goes(table) -> None:
    table.order.hide_at_first((STATUS,))
    look = replace(
        table.order.look("people"),
        columns=("Gone", "Hours", "Name"),
        hidden=("Gone", "Name"),
        widths=(("Gone", 20.0), ("Hours", 100_000.0)),
        sorted_by="Gone",
    )
    table.order.take(look)
    assert table.order.places == [NAME, HOURS, PROVIDER, STATUS], "the name stays in front"
    assert table.order.shown == [NAME, HOURS, PROVIDER], "a column that is new stands as at first"
    kept = dict(table.order.look("people").widths)
    assert kept == {"Hours": WIDEST}


def test_only_what_the_person_does_is_told(table, qtbot) -> None:
    told: list[int] = []
    table.order.changed.connect(lambda: told.append(1))
    look = table.order.look("people")
    table.resize(500, 300)
    table.order.can_do_without((STATUS,))
    table.resize(200, 300)
    table.resize(500, 300)
    table.order.take(look)
    assert told == []
    table.order.move(HOURS, 1)
    table.order.show(STATUS, is_shown=False)
    table.horizontalHeader().resizeSection(NAME, 180)
    table.sort_by(HOURS)
    assert len(told) == 4


def test_the_first_column_neither_moves_nor_is_passed(table) -> None:
    assert not table.order.move(NAME, 1)
    assert not table.order.move(PROVIDER, -1)
    assert not table.order.move(STATUS, 1)
    assert table.order.places == [NAME, PROVIDER, HOURS, STATUS]


def test_copied_rows_have_the_columns_in_the_order_of_the_screen(table, qapp) -> None:
    table.order.move(HOURS, -1)
    table.order.show(STATUS, is_shown=False)
    table.choose(3)
    table.copy()
    assert (
        qapp.clipboard().text() == "Name\tHours\tProvider\nMei Lin\t45 of 100 h\tKestrel Skills\n"
    )


def test_columns_are_arranged_by_keyboard_alone(table, qtbot) -> None:
    arrange = table.columns_menu(table).actions()[-1]
    assert arrange.text() == "Arrange columns…"
    arrange.trigger()
    dialog = table.findChild(ColumnsDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert access.unnamed_widgets(dialog) == []
    listed = dialog.list
    assert [listed.item(n).text() for n in range(4)] == ["Name", "Provider", "Hours", "Status"]
    assert not dialog.up.isEnabled()
    assert not dialog.down.isEnabled(), "the first stays first"
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert NAME in table.order.shown, "and cannot be hidden"
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert PROVIDER not in table.order.shown
    assert not dialog.wider.isEnabled()
    QTest.keyClick(listed, Qt.Key.Key_Space)
    QTest.keyClick(listed, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert table.order.places == [NAME, HOURS, PROVIDER, STATUS]
    assert listed.currentItem().text() == "Provider", "the moved column stays chosen"
    listed.setCurrentRow(3)
    before = table.columnWidth(STATUS)
    dialog.wider.click()
    assert table.columnWidth(STATUS) > before
    for _ in range(80):
        dialog.narrower.click()
    assert dict(table.order.look("people").widths)["Status"] == NARROWEST
    dialog.reset.click()
    assert table.order.places == [NAME, PROVIDER, HOURS, STATUS]
    assert table.order.look("people").widths == ()
    dialog.close_button.click()


def test_a_day_is_never_cut_short_for_want_of_room(qtbot, theme) -> None:
    columns = (COLUMNS[NAME], Column("Ends", lambda row: "31/07/2027", holds="date"))
    made = RowsTable(RowsModel(columns), "Apprentices", theme)
    qtbot.addWidget(made)
    made.rows.replace(PEOPLE)
    made.resize(900, 300)
    made.show()
    whole = QFontMetrics(theme.font("body")).horizontalAdvance("24/04/2044")
    made.resize(200, 300)
    assert made.columnWidth(1) > whole, "nor is any other day"
    assert made.horizontalScrollBar().maximum() > 0


def test_where_a_table_scrolls_sideways_anyway_its_first_column_is_whole(qtbot, theme) -> None:
    """It says whose row it is: cutting it short would not bring the last column into sight."""
    columns = tuple(Column(str(n), lambda row: row.name, width=20) for n in range(5))
    table = RowsTable(RowsModel(columns), "Names", theme)
    qtbot.addWidget(table)
    table.resize(3000, 200)
    table.show()
    whole = [table.columnWidth(place) for place in (1, 2)]
    assert whole[0] == whole[1]
    table.resize(300, 200)
    assert table.horizontalScrollBar().maximum() > 0
    assert table.columnWidth(0) == whole[1]
    assert table.columnWidth(1) < whole[1]
    table.resize(round(whole[1] * 4.5), 200)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(0) == whole[1], "the others have enough to give"
    table.resize(round(whole[1] * 3.4), 200)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(0) < whole[1], "it gives way where that brings all into sight"


def test_what_a_column_does_not_need_goes_before_words_are_cut_short(table, theme) -> None:
    """At large text a badge stood half out of sight beside a name with room to spare."""
    metrics = QFontMetrics(theme.font("body"))
    padding = 2 * theme.space(PADDING_QUARTERS)
    roomy = [table.columnWidth(place) for place in range(4)]
    table.resize(525, 400)
    assert table.horizontalScrollBar().maximum() == 0
    tight = [table.columnWidth(place) for place in range(4)]
    assert tight[NAME] < roomy[NAME]
    assert tight[STATUS] < roomy[STATUS]
    assert tight[PROVIDER] >= metrics.horizontalAdvance("Thamesbank College") + padding
    badge = badge_size(Badge("On track", "good", "check"), theme).width()
    assert tight[STATUS] >= badge + padding


def test_a_bar_gives_way_so_that_the_badge_beside_it_is_seen(qtbot, theme) -> None:
    made = RowsTable(RowsModel((COLUMNS[NAME], *COLUMNS[HOURS:])), "Apprentices", theme)
    qtbot.addWidget(made)
    made.rows.replace(PEOPLE)
    made.resize(900, 300)
    made.show()
    before = made.columnWidth(1)
    made.resize(330, 300)
    assert made.columnWidth(1) < before
    assert made.horizontalScrollBar().maximum() == 0


def test_new_rows_are_measured_and_a_filter_moves_nothing(table) -> None:
    table.resize(430, 400)
    tight = [table.columnWidth(place) for place in range(4)]
    table.rows.filter("bright")
    assert [table.columnWidth(place) for place in range(4)] == tight
    table.rows.filter("")
    table.rows.replace([replace(person, name=person.name[:3]) for person in PEOPLE])
    assert table.columnWidth(NAME) < tight[NAME]


def test_of_a_long_list_only_days_and_words_lose_what_the_first_rows_do_not_need(
    qtbot, theme
) -> None:
    """A figure that comes later may be longer, and half a figure says the wrong thing."""
    columns = (
        COLUMNS[NAME],
        Column("Done", lambda row: row.done, right=True, width=16),
        Column("Ends", lambda row: "31/07/2027", holds="date", width=16),
    )
    made = RowsTable(RowsModel(columns), "Apprentices", theme)
    qtbot.addWidget(made)
    made.resize(260, 300)
    made.show()
    made.rows.replace(PEOPLE)
    few = [made.columnWidth(place) for place in range(3)]
    made.rows.replace([Person(number, "Ada Obi", done=1) for number in range(300)])
    many = [made.columnWidth(place) for place in range(3)]
    assert many[1] > few[1]
    assert many[2] == few[2]
