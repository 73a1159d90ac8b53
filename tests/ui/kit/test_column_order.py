"""The columns of a table: chosen, moved, made wider, kept and taken up again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.column_order import NARROWEST, WIDEST
from apprentice_desk.ui.kit.columns_dialog import ColumnsDialog
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable

from .conftest import COLUMNS, PEOPLE

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
    table.order.leave_out((PROVIDER, STATUS))
    assert table.order.shown == [NAME, HOURS]
    table.order.leave_out(())
    assert table.order.shown == [NAME, HOURS, STATUS], "what the person hid stays hidden"
    table.order.leave_out((STATUS,))
    table.order.show(STATUS, is_shown=True)
    assert STATUS in table.order.shown, "asked for, it is shown though there is little room"
    assert "Status" not in table.order.look("people").hidden


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
    table.order.leave_out((STATUS,))
    table.order.leave_out(())
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
    before = made.columnWidth(1)
    made.resize(200, 300)
    assert made.columnWidth(1) == before


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
    assert table.columnWidth(0) < whole[1], "all give way a little while that is enough"


def test_columns_that_matter_less_give_way_before_words_are_cut(table) -> None:
    table.order.give_up_first((STATUS, PROVIDER))
    assert table.order.shown == [NAME, PROVIDER, HOURS, STATUS], "there is room for all"
    whole = {place: table.columnWidth(place) for place in (NAME, HOURS)}
    table.setFixedWidth(560)
    assert table.order.shown == [NAME, PROVIDER, HOURS]
    table.setFixedWidth(330)
    assert table.order.shown == [NAME, HOURS]
    assert table.columnWidth(NAME) > whole[NAME], "what is spare goes to the words"
    assert table.horizontalScrollBar().maximum() == 0
    table.setFixedWidth(760)
    assert table.order.shown == [NAME, PROVIDER, HOURS, STATUS]


def test_a_column_that_gave_way_is_shown_to_whoever_asks_for_it(table) -> None:
    table.order.give_up_first((STATUS, PROVIDER))
    table.setFixedWidth(250)
    table.order.show(STATUS, is_shown=True)
    table.order.share()
    assert STATUS in table.order.shown
    table.order.show(STATUS, is_shown=False)
    table.setFixedWidth(760)
    assert table.order.shown == [NAME, PROVIDER, HOURS], "hidden by the person, it stays so"


def test_the_first_column_takes_the_room_where_it_is_alone(qtbot, theme) -> None:
    columns = [Column("Name", str, kind="tick", width=10), Column("More", str, width=20)]
    table = RowsTable(RowsModel(columns), "Names", theme, stretch=1)
    qtbot.addWidget(table)
    table.resize(200, 300)
    table.order.give_up_first((1,))
    table.show()
    assert table.order.shown == [0]
    assert table.columnWidth(0) == table.viewport().width()
