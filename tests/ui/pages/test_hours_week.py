"""The week of everybody's hours: typed, pasted, copied, finished, with the keyboard alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import hours, weeks
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.store import Store
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.page import HoursPage
from apprentice_desk.ui.pages.hours.week_model import WeekModel
from records.dumps import dump

Opener = Callable[..., HoursPage]
MONDAY = date(2026, 8, 31)  # the summer bank holiday; today is Tuesday 1 September
TUESDAY = date(2026, 9, 1)
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
CTRL = Qt.KeyboardModifier.ControlModifier


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def week(page: Opener, team: Any, qtbot: Any) -> HoursPage:
    """The page with the week of 31 August, read."""
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.setFocus()
    return opened


def here() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def put(page: HoursPage, qtbot: Any, who: UUID, day: date, text: str, key: Any = ENTER) -> None:
    """Type *text* into a cell and end it with *key*."""
    page.week.table.go_to(Cell(who, day))
    page.week.table.setFocus()
    for letter in text:  # the first opens the line that the others go to
        qtbot.keyClicks(here(), letter)
    qtbot.keyClick(here(), key)


def text(page: HoursPage, who: UUID, day: date) -> str:
    return str(page.week.model.index_of(Cell(who, day)).data())


def row_of(page: HoursPage, who: UUID) -> list[str]:
    model = page.week.model
    row = [person.id for person in model.people].index(who)
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def written(page: HoursPage, qtbot: Any) -> None:
    settled(qtbot, lambda: not page.week.writer.is_busy)


def logged(desk: Desk, who: UUID) -> list[tuple[int, int]]:
    rows = desk.store.read(hours_rows, MONDAY, date(2026, 9, 6), who)
    return sorted((row.done_on.day, row.minutes) for row in rows)


# --- what it shows ------------------------------------------------------------------------------


def test_the_grid_is_sound_and_shows_those_on_programme(week: HoursPage, team: Any) -> None:
    model = week.week.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [person.name for person in model.people] == [
        "Jo Bright",
        "Mei Lin",
        "Tomasz Nowak",
        "Ada Obi",
    ]
    headings = [
        model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())
    ]
    assert headings[:3] == ["Apprentice", "Mon 31", "Tue 1"]
    assert headings[-3:] == ["Week", "Needed", "Pace"]
    assert row_of(week, team.mei)[:4] == ["Mei Lin", "holiday", "3:30", "·"]
    assert week.header.subtitle.text().startswith("Week of 31 August 2026")


def test_what_does_not_count_is_not_in_the_weeks_sum(week: HoursPage, team: Any) -> None:
    assert text(week, team.ada, MONDAY) == "1:00"
    assert row_of(week, team.ada)[6] == "0:00"
    assert week.week.totals.text() == (
        "3 h 30 m counting · 1 h not counting · 1 without hours or an answer · 1 on a break"
        " · 2 to verify"
    )


def test_pace_is_told_by_words_and_a_break_is_not_short(week: HoursPage, team: Any) -> None:
    assert row_of(week, team.jo)[-1] == "On a break"
    assert row_of(week, team.ada)[-1] == "Short"
    needed = row_of(week, team.ada)[-2]
    hours_, minutes = needed.split(":")
    put_minutes = int(hours_) * 60 + int(minutes)
    assert put_minutes > 0


def test_each_cell_is_spoken_whole(week: HoursPage, team: Any) -> None:
    index = week.week.model.index_of(Cell(team.ada, MONDAY))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Monday 31 Aug 2026, Ada Obi, 1 h, a bank holiday, not all of it counts"
    )


def test_nobody_is_shown_in_a_week_before_all_training(week: HoursPage, qtbot: Any) -> None:
    week.go_to_week(date(2020, 1, 6))
    settled(qtbot, week.nobody.isVisible)
    assert week.nobody._title.text() == "Nobody was on programme in this week"


# --- typing -------------------------------------------------------------------------------------


def test_hours_are_typed_and_enter_goes_down(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    put(week, qtbot, team.tomasz, TUESDAY, "1:30")
    assert text(week, team.tomasz, TUESDAY) == "1:30", "at once, before it is written"
    assert row_of(week, team.tomasz)[6] == "1:30"
    assert week.week.table.cell == Cell(team.ada, TUESDAY)
    assert here() is week.week.table
    written(week, qtbot)
    assert logged(desk, team.tomasz) == [(1, 90)]
    assert str(messages.current) == "Saved: Log 1 h 30 m for Tomasz Nowak on 1 Sep 2026."
    assert row_of(week, team.tomasz)[6] == "1:30"


def test_hours_on_a_bank_holiday_are_kept_but_do_not_count(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    put(week, qtbot, team.mei, MONDAY, "1:30")
    assert row_of(week, team.mei)[6] == "3:30"
    written(week, qtbot)
    assert logged(desk, team.mei) == [(1, 210), (31, 90)]
    assert row_of(week, team.mei)[6] == "3:30"


def test_tab_goes_to_the_next_day_and_on_to_the_next_person(
    week: HoursPage, team: Any, qtbot: Any
) -> None:
    put(week, qtbot, team.mei, MONDAY, "1", TAB)
    assert week.week.table.cell == Cell(team.mei, TUESDAY)
    put(week, qtbot, team.mei, date(2026, 9, 4), "", TAB)
    written(week, qtbot)


def test_tab_leaves_the_grid_where_nothing_is_being_typed(week: HoursPage, qtbot: Any) -> None:
    qtbot.keyClick(week.week.table, TAB)
    assert here() is not week.week.table


def test_an_entry_is_corrected_with_its_details_kept(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    put(week, qtbot, team.mei, TUESDAY, "2:15")
    written(week, qtbot)
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert (row.minutes, row.activity) == (135, "workshop")


def test_a_write_that_waits_does_not_keep_the_keyboard_waiting(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    held, free = threading.Event(), threading.Event()

    def hold(_progress: Any) -> None:
        held.set()
        assert free.wait(60)

    desk.jobs.run("A long import", hold, writes=True)
    qtbot.waitUntil(held.is_set)
    put(week, qtbot, team.mei, MONDAY, "1")
    put(week, qtbot, team.tomasz, MONDAY, "2")
    assert [text(week, who, MONDAY) for who in (team.mei, team.tomasz)] == ["1:00", "2:00"]
    assert week.week.writer.is_busy
    assert logged(desk, team.mei) == [(1, 210)]
    free.set()
    written(week, qtbot)
    assert logged(desk, team.mei) == [(1, 210), (31, 60)]
    assert logged(desk, team.tomasz) == [(31, 120)]


def test_ctrl_z_takes_back_what_is_not_written_yet_and_nothing_else(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    held, free = threading.Event(), threading.Event()

    def hold(_progress: Any) -> None:
        held.set()
        assert free.wait(60)

    desk.jobs.run("A long import", hold, writes=True)
    qtbot.waitUntil(held.is_set)
    before = desk.store.latest_change()
    put(week, qtbot, team.mei, MONDAY, "1")
    qtbot.keyClick(week.week.table, Qt.Key.Key_Z, CTRL)
    free.set()
    written(week, qtbot)
    settled(qtbot, lambda: text(week, team.mei, MONDAY) == "holiday")
    assert desk.store.latest_change() == before


def test_what_cannot_be_read_stays_with_its_reason_until_it_is_given_up(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    before = desk.store.latest_change()
    put(week, qtbot, team.mei, MONDAY, "much")
    cell = Cell(team.mei, MONDAY)
    assert week.week.table.cell == cell, "where something is to be mended"
    assert text(week, team.mei, MONDAY) == "much"
    assert "Mei Lin, Monday: “much” is not a length of time" in week.week.complaint.text()
    assert "not taken" in week.week.model.index_of(cell).data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(week.week.table, Qt.Key.Key_Escape)
    assert text(week, team.mei, MONDAY) == "holiday"
    assert not week.week.complaint.isVisible()
    assert desk.store.latest_change() == before


def test_days_to_come_take_no_hours(week: HoursPage, team: Any, qtbot: Any) -> None:
    put(week, qtbot, team.mei, date(2026, 9, 2), "1")
    assert "2 Sep 2026 is still to come" in week.week.complaint.text()


def test_what_the_desk_refuses_is_left_in_its_cell(
    week: HoursPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    with desk.store.change("Somebody else finishes the week") as session:
        weeks.finish_week(session, [team.mei], MONDAY, "Sam Reed", desk.clock.now())
    put(week, qtbot, team.mei, TUESDAY, "2")
    written(week, qtbot)
    # Said by the grid where it has heard of it meanwhile, else by the desk.
    assert "finished" in week.week.complaint.text()
    assert logged(desk, team.mei) == [(1, 210)]


def test_an_entry_that_somebody_else_changed_is_not_written_over(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    with desk.store.change("Somebody else") as session:
        hours.remove_hours(session, row.id)
    put(week, qtbot, team.mei, TUESDAY, "1")
    written(week, qtbot)
    assert "removed meanwhile" in week.week.complaint.text()
    assert logged(desk, team.mei) == []


def test_two_million_characters_are_a_cell_that_is_refused(
    week: HoursPage, team: Any, qtbot: Any
) -> None:
    before = text(week, team.mei, MONDAY)
    week.week.table.go_to(Cell(team.mei, MONDAY))
    week.week.table.pasted.emit("1" * 2_000_000)
    assert "far more than a week" in week.week.complaint.text()
    assert text(week, team.mei, MONDAY) == before


# --- pasting, copying, removing -----------------------------------------------------------------


def paste(page: HoursPage, qtbot: Any, block: str) -> None:
    QApplication.clipboard().setText(block)
    qtbot.keyClick(page.week.table, Qt.Key.Key_V, CTRL)


def test_a_block_from_a_spreadsheet_is_one_change(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    week.week.table.go_to(Cell(team.mei, MONDAY))
    paste(week, qtbot, "1:00\t\n2:00\t0.5\n")
    written(week, qtbot)
    assert logged(desk, team.mei) == [(1, 210), (31, 60)]
    assert logged(desk, team.tomasz) == [(1, 30), (31, 120)]
    assert str(messages.current) == "Saved: Paste hours, 3 entries."
    settled(qtbot, lambda: desk.undo_label == "Paste hours, 3 entries")
    desk.undo()
    assert logged(desk, team.tomasz) == []


def test_a_block_with_a_wrong_value_pastes_nothing_and_shows_it(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    before = desk.store.latest_change()
    week.week.table.go_to(Cell(team.mei, MONDAY))
    paste(week, qtbot, "1:00\n25:00\n")
    assert "Tomasz Nowak, Monday: 25 h does not fit in one day" in week.week.complaint.text()
    assert desk.store.latest_change() == before


def test_a_copied_rectangle_can_be_pasted_again(week: HoursPage, team: Any, qtbot: Any) -> None:
    table = week.week.table
    table.go_to(Cell(team.mei, MONDAY))
    qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "\t3:30\n"


def test_ctrl_d_copies_last_week_but_not_into_a_bank_holiday(
    week: HoursPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    make.hours(team.mei, done_on=date(2026, 8, 24), minutes=60, what="Routing", ksbs="K3")
    make.hours(team.tomasz, done_on=date(2026, 8, 25), minutes=45, what="Switches", ksbs="K4")
    settled(qtbot, lambda: not week._is_stale)
    table = week.week.table
    table.setFocus()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_D, CTRL)
    written(week, qtbot)
    assert logged(desk, team.tomasz) == [(1, 45)]
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.tomasz)
    assert (row.what, row.ksbs) == ("Switches", "K4")
    assert logged(desk, team.mei) == [(1, 210)]
    assert "Mei Lin, 31 Aug 2026: a bank holiday." in week.week.complaint.text()


def test_delete_removes_and_undo_brings_all_back(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    before = dump(desk.store)
    week.week.table.go_to(Cell(team.mei, TUESDAY))
    qtbot.keyClick(week.week.table, Qt.Key.Key_Delete)
    written(week, qtbot)
    assert logged(desk, team.mei) == []
    settled(qtbot, lambda: desk.undo_label.startswith("Remove"))
    desk.undo()
    settled(qtbot, lambda: text(week, team.mei, TUESDAY) == "3:30")
    assert dump(desk.store) == before


# --- nothing, finished --------------------------------------------------------------------------


def test_nothing_this_week_is_an_answer_and_blank_is_none(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    assert row_of(week, team.tomasz)[6] == ""
    put(week, qtbot, team.tomasz, TUESDAY, "n")
    written(week, qtbot)
    settled(qtbot, lambda: row_of(week, team.tomasz)[-1] == "Nothing")
    assert str(messages.current).endswith("did nothing off the job in the week of 31 Aug 2026.")
    assert row_of(week, team.tomasz)[6] == "0:00"
    assert "without hours or an answer" not in week.week.totals.text()
    week.week.table.go_to(Cell(team.tomasz, MONDAY))
    qtbot.keyClick(week.week.table, Qt.Key.Key_X, CTRL | Qt.KeyboardModifier.ShiftModifier)
    written(week, qtbot)
    settled(qtbot, lambda: row_of(week, team.tomasz)[6] == "")


def test_the_first_hours_take_nothing_this_week_away(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    put(week, qtbot, team.tomasz, MONDAY, "n")
    written(week, qtbot)
    put(week, qtbot, team.tomasz, TUESDAY, "2")
    written(week, qtbot)
    settled(qtbot, lambda: row_of(week, team.tomasz)[6] == "2:00")
    assert row_of(week, team.tomasz)[-1] != "Nothing"


def finish(page: HoursPage, qtbot: Any) -> None:
    page.week.finish.click()
    page.week.ending.dialog.accept()
    page.activateWindow()
    written(page, qtbot)


@pytest.fixture
def named(desk: Desk) -> None:
    """The line manager has given her name."""
    desk.settings = Settings(my_name="Grace Park", shows_everyone=True)


def test_a_finished_week_is_left_alone_until_it_is_reopened(
    named: None, week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    finish(week, qtbot)
    settled(qtbot, lambda: week.week.finish.text() == "Reopen the week")
    said = desk.store.read(weeks.week_rows, MONDAY, MONDAY)
    assert {row.finished_by for row in said} == {"Grace Park"}
    assert {row.apprenticeship_id for row in said if row.is_nothing} == {team.tomasz}
    put(week, qtbot, team.mei, MONDAY, "1")
    assert "Mei Lin, Monday: The week is finished." in week.week.complaint.text()
    assert logged(desk, team.mei) == [(1, 210)]
    qtbot.keyClick(week.week.table, Qt.Key.Key_Escape)
    week.week.finish.click()
    written(week, qtbot)
    settled(qtbot, lambda: week.week.finish.text() == "Finish the week")
    put(week, qtbot, team.mei, MONDAY, "1")
    written(week, qtbot)
    assert logged(desk, team.mei) == [(1, 210), (31, 60)]


def test_whoever_finishes_is_asked_for_their_name_once(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    week.week.table.go_to(Cell(team.mei, TUESDAY))
    week.week.finish_chosen.trigger()
    dialog = week.who.dialog
    assert dialog is not None
    dialog.form.set_value("name", "Sam Reed")
    dialog.panel.submit()
    written(week, qtbot)
    (said,) = desk.store.read(weeks.week_rows, MONDAY, MONDAY)
    assert (said.apprenticeship_id, said.finished_by) == (team.mei, "Sam Reed")
    assert desk.settings.my_name == "Sam Reed"
    settled(qtbot, lambda: week.week.reopen_chosen.isEnabled())


# --- coming and going ---------------------------------------------------------------------------


def test_one_comes_to_the_line_with_the_name_of_the_apprentice_who_is_meant(
    week: HoursPage, team: Any, qtbot: Any
) -> None:
    week.arrive(LogHours(team.tomasz))
    assert here() is week.quick.edit
    assert week.quick.edit.text() == "Tomasz "
    week.week.go_to(team.tomasz)
    week.arrive(LogHours(team.tomasz, TUESDAY))
    assert week.week.table.cell == Cell(team.tomasz, TUESDAY)


def test_what_somebody_else_logs_is_seen(week: HoursPage, make: Any, team: Any, qtbot: Any) -> None:
    week.week.table.go_to(Cell(team.mei, TUESDAY))
    make.hours(team.tomasz, done_on=TUESDAY, minutes=45)
    settled(qtbot, lambda: text(week, team.tomasz, TUESDAY) == "0:45")
    assert week.week.table.cell == Cell(team.mei, TUESDAY), "one stays where one was"


def test_weekends_come_with_their_hours_or_when_asked_for(
    week: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    assert len(week.week.model.days) == 5
    week.week.weekend.trigger()
    assert len(week.week.model.days) == 7
    make.hours(team.mei, done_on=date(2026, 8, 29), minutes=45)
    week.go_to_week(date(2026, 8, 24))
    settled(qtbot, lambda: text(week, team.mei, date(2026, 8, 29)) == "0:45")


def test_only_ones_own_apprentices_are_shown_and_everybody_on_request(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    desk.settings = Settings(my_name="Grace Park")
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    assert [each.name for each in opened.week.model.people] == ["Tomasz Nowak", "Ada Obi"]
    opened.whose.buttons["everyone"].click()
    settled(qtbot, lambda: len(opened.week.model.people) == 4)


def test_a_desk_open_to_read_only_takes_nothing(
    location: str, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = HoursPage(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    settled(qtbot, lambda: opened.week.model.people)
    table = opened.week.table
    table.go_to(Cell(team.mei, TUESDAY))
    table.setFocus()
    qtbot.keyClicks(table, "1")
    assert here() is table, "nothing is typed"
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    paste(opened, qtbot, "1:00")
    assert not opened.week.writer.is_busy
    assert not opened.week.finish.isVisible()
    assert opened.read_only.isVisible()


def test_an_empty_model_is_sound() -> None:
    model = WeekModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert (model.rowCount(), model.columnCount()) == (0, 0)
