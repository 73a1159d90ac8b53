"""A window that stands open while the day turns: it shows the new one, and loses nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.destinations import OpenRecord
from apprentice_desk.ui.shell.new_day import NewDay
from ui.starting import NovemberClock

TODAY = date(2026, 11, 24)
SUNDAY = date(2026, 11, 29)
DAY = timedelta(days=1)


class MovedClock(NovemberClock):
    """A clock that is moved by hand."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        return self.day


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))


class Open:
    """A window on the sample, with its clock and what watches it."""

    def __init__(self, window: Any, qtbot: Any, day: date) -> None:
        self.window = window
        self.qtbot = qtbot
        self.desk = window.desk
        self.desk.clock = self.clock = MovedClock(day)
        self.watch: NewDay = window._new_day
        self.look()

    def look(self) -> None:
        """Let the minute pass after which the clock is asked."""
        self.watch.timer.timeout.emit()
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.jobs.is_busy)

    def turn(self) -> None:
        """Go on to the next day, and let the minute pass."""
        self.clock.day += DAY
        self.look()

    def page(self, name: str) -> Any:
        self.window.show_page(name)
        return self.settled(name)

    def record(self, key: UUID, part: str) -> Any:
        self.window.go(OpenRecord(key, part))
        return self.settled("apprentice")

    def settled(self, name: str) -> Any:
        """Return a page that has read what it shows: being shown, it does so once more."""
        page = self.window.page(name)
        self.qtbot.waitUntil(lambda: not page._is_stale)
        self.rest()
        return page


@pytest.fixture
def opened(start: Any, qtbot: Any, tmp_path: Path, copy_sample: Any) -> Any:
    path = copy_sample(tmp_path / "exampleton.desk", TODAY)

    def on(day: date = TODAY) -> Open:
        return Open(start(str(path)).window, qtbot, day)

    return on


def planned(page: Any) -> list[int | None]:
    return [row.figures.planned_to_date_minutes for row in page.table.rows.shown]


def somebody_whose_plan_moves(it: Open) -> UUID:
    """Somebody of whom one day more means minutes more."""
    lists, rows = it.desk.lists, []
    for day in (TODAY, TODAY + DAY):
        given = (day, lists.hours_rules, lists.role_families)
        rows.append({row.id: row for row in it.desk.store.read(apprentice_rows, *given)})
    return next(
        key
        for key, row in rows[0].items()
        if (row.figures.planned_to_date_minutes or 0)
        < (rows[1][key].figures.planned_to_date_minutes or 0)
    )


def test_the_page_in_front_shows_the_new_day_by_itself(opened: Any) -> None:
    it = opened()
    page = it.page("apprentices")
    before = planned(page)
    it.look()
    assert planned(page) == before
    it.turn()
    assert planned(page) != before


def test_the_clock_is_asked_each_minute_and_answers_once_a_day(opened: Any) -> None:
    it = opened()
    assert it.watch.timer.isActive()
    assert it.watch.timer.interval() == 60_000
    begun: list[date] = []
    it.watch.begun.connect(lambda: begun.append(it.clock.day))
    for _minute in range(3):
        it.look()
    it.turn()
    it.look()
    it.clock.day -= DAY  # somebody put the computer's clock right
    it.look()
    assert begun == [TODAY + DAY, TODAY]
    it.window.leave()
    assert not it.watch.timer.isActive()
    it.watch.timer.timeout.emit()  # the last one that was under way


def test_today_is_looked_at_as_soon_as_somebody_turns_to_the_program(
    opened: Any, qtbot: Any
) -> None:
    it = opened()
    page = it.page("today")
    assert page.header.subtitle.text().startswith("Tuesday 24 November 2026")
    it.clock.day += DAY
    program = QGuiApplication.instance()
    program.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: page.header.subtitle.text().startswith("Wednesday 25 November 2026"))


def test_the_record_of_one_apprentice_and_the_numbers_beside_places_follow(
    opened: Any, qtbot: Any
) -> None:
    it = opened()
    key = somebody_whose_plan_moves(it)
    record = it.record(key, "facts")
    before = record.row.figures.planned_to_date_minutes
    with qtbot.waitSignal(it.desk.counted):
        it.turn()
    assert record.row.figures.planned_to_date_minutes > before
    assert it.window.page("today")._look.today == TODAY + DAY


def test_on_monday_the_hours_lead_on_to_the_new_week(opened: Any) -> None:
    it = opened(SUNDAY)
    page = it.page("hours")
    page.go_to_week(date(2026, 11, 23))
    it.rest()
    assert not page.next.isEnabled()
    it.turn()
    assert page.next.isEnabled()


def test_a_half_typed_line_holds_its_page_back_until_it_is_done(opened: Any) -> None:
    it = opened(SUNDAY)
    page = it.page("hours")
    page.go_to_week(date(2026, 11, 23))
    it.rest()
    QTest.keyClicks(page.quick.edit, "obi 2 mon wor")
    it.turn()
    assert page.quick.edit.text() == "obi 2 mon wor"
    assert not page.next.isEnabled()
    page.quick.edit.clear()
    it.look()
    assert page.next.isEnabled()


def test_a_half_typed_cell_of_the_week_is_left_alone(opened: Any) -> None:
    it = opened(SUNDAY)
    page = it.page("hours")
    page.go_to_week(date(2026, 11, 23))
    it.rest()
    table = page.week.table
    table.take_keyboard()
    QTest.keyClicks(table, "3")
    editor = next(each for each in table.viewport().findChildren(QLineEdit) if each.isVisible())
    assert it.window.focusWidget() is editor
    it.turn()
    assert editor.text() == "3"
    assert editor.isVisible()
    assert not page.next.isEnabled()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    it.look()
    assert page.next.isEnabled()


def test_behind_a_dialog_nothing_changes_until_it_is_closed(opened: Any, qtbot: Any) -> None:
    it = opened()
    key = somebody_whose_plan_moves(it)
    record = it.record(key, "reviews")
    before = record.row.figures.planned_to_date_minutes
    part = record.part("reviews")
    part.commands.add_action.trigger()
    dialog = part.commands.dialog
    dialog.form.set_value("what", "Call the provider")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    it.turn()
    assert dialog.form.value("what") == "Call the provider"
    assert record.row.figures.planned_to_date_minutes == before
    dialog.panel._let_go()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    it.look()
    assert record.row.figures.planned_to_date_minutes > before


def test_a_filter_holds_nothing_back_and_stays(opened: Any) -> None:
    it = opened()
    page = it.page("apprentices")
    page.filter.setFocus()
    QTest.keyClicks(page.filter, "a")
    before = planned(page)
    assert it.window.focusWidget() is page.filter
    it.turn()
    assert planned(page) != before
    assert page.filter.text() == "a"


def test_yesterday_is_the_day_before_the_new_one_in_fields_that_stand_open(opened: Any) -> None:
    it = opened()
    page = it.page("papers")
    given = page.first.input
    it.turn()
    given.type_in("yesterday")
    assert given.read() == TODAY
