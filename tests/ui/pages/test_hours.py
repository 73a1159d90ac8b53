"""The list of what was logged: what it shows, and what can be done with its entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from apprentice_desk.records import apprentices, hours
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import HoursDetails, HoursRow, hours_rows
from apprentice_desk.records.store import Store
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.columns import COLUMNS, totals_in_words
from apprentice_desk.ui.pages.hours.form import FIELDS
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]


def shown(page: HoursPage) -> list[tuple[str, int]]:
    return [(row.name, row.minutes) for row in page.list.model.shown]


@pytest.fixture
def listed(page: Opener, team: Any, qtbot: Any) -> HoursPage:
    """The page with the entries of the week of 31 August as a list."""
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    opened.switch.buttons["list"].click()
    opened.list.table.setFocus()
    return opened


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


def here() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def open_dialog(page: HoursPage) -> Any:
    dialogs = [dialog for dialog in page.findChildren(FormDialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


# --- the list -----------------------------------------------------------------------------------


def test_the_list_is_sound_and_shows_this_week(listed: HoursPage, team: Any) -> None:
    opened = listed
    QAbstractItemModelTester(opened.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(opened) == [("Mei Lin", 210), ("Ada Obi", 60)]
    assert opened.header.subtitle.text().startswith("Week of 31 August 2026")
    assert opened.list.totals.text() == "2 entries · 3 h 30 m counting · 1 h not counting"


def test_hours_stand_as_hours_and_minutes_and_are_spoken_in_words(
    listed: HoursPage, team: Any
) -> None:
    row = listed.list.model.row(0)
    column = COLUMNS[2]
    assert (column.text(row), column.spoken(row), column.right) == ("3:30", "3 h 30 m", True)
    assert COLUMNS[0].text(row) == "Tue 01/09/2026"
    assert COLUMNS[6].spoken(row) == "counts"


def test_the_list_takes_one_statement(listed: HoursPage, team: Any, statements: list[str]) -> None:
    statements.clear()
    listed.list.show_week(date(2026, 8, 31))
    assert len([each for each in statements if each != "BEGIN"]) == 1


def test_weeks_are_changed_with_the_keyboard_but_not_into_the_future(
    listed: HoursPage, qtbot: Any, team: Any
) -> None:
    opened = listed
    opened.list.table.setFocus()
    qtbot.keyClick(opened.list.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.header.subtitle.text().startswith("Week of 24 August 2026")
    assert shown(opened) == []
    qtbot.keyClick(opened.list.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(opened.list.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert opened.header.subtitle.text().startswith("Week of 31 August 2026")
    assert not opened.next.isEnabled()
    opened.previous.click()
    opened.previous.click()
    opened.this_week.click()
    assert shown(opened) == [("Mei Lin", 210), ("Ada Obi", 60)]


def test_all_hours_of_the_chosen_apprentice_can_be_shown(listed: HoursPage, team: Any) -> None:
    opened = listed
    menu = opened.list.choose.menu()
    whole = menu.actions()[2]
    choose(opened, "Ada Obi")
    menu.aboutToShow.emit()
    assert (whole.text(), whole.isEnabled()) == ("All of Ada Obi", True)
    whole.trigger()
    assert {row.name for row in opened.list.model.shown} == {"Ada Obi"}
    assert opened.list.model.total == 21
    menu.actions()[1].trigger()
    assert opened.header.subtitle.text().startswith("Four weeks to 6 September 2026")


def test_filtering_keeps_the_totals_in_step(listed: HoursPage, qtbot: Any, team: Any) -> None:
    opened = listed
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(here(), "review")
    assert opened.list.totals.text() == "1 entry · 0 h counting · 1 h not counting"


def test_the_list_is_filtered_by_codes_in_short(
    listed: HoursPage, qtbot: Any, team: Any, make: Any
) -> None:
    opened = listed
    make.hours(team.jo, done_on=date(2026, 9, 1), minutes=45, what="Graphs", ksbs="K4-7, S1")
    make.hours(team.lee, done_on=date(2026, 9, 1), minutes=30, what="Room K5", ksbs="")
    settled(qtbot, lambda: ("Jo Bright", 45) in shown(opened))
    for typed, left in (
        ("K5", ["Jo Bright", "Lee Chan"]),
        ("k6-9, B1", ["Jo Bright"]),
        ("S1-2 graphs", ["Jo Bright"]),
        ("S2-9", []),
        ("room", ["Lee Chan"]),
    ):
        opened.list.filter.setText(typed)
        assert sorted(row.name for row in opened.list.model.shown) == left, typed


def test_totals_keep_what_counts_and_what_does_not_apart() -> None:
    assert totals_in_words(()) == "0 entries · 0 h counting"


def test_what_somebody_else_logs_is_seen(
    listed: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    opened = listed
    make.hours(team.jo, done_on=date(2026, 9, 1), minutes=45)
    settled(qtbot, lambda: ("Jo Bright", 45) in shown(opened))


def test_a_hidden_page_reads_anew_when_it_is_shown(
    listed: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    opened = listed
    opened.hide()
    make.hours(team.jo, done_on=date(2026, 9, 1), minutes=45)
    settled(qtbot, lambda: opened._is_stale)
    assert ("Jo Bright", 45) not in shown(opened)
    opened.show()
    settled(qtbot, lambda: ("Jo Bright", 45) in shown(opened))


def test_an_empty_week_says_what_to_do(listed: HoursPage, team: Any) -> None:
    opened = listed
    for _ in range(80):  # before anything was logged
        opened.previous.click()
    assert opened.list.table._empty.isVisible()
    assert opened.list.table._empty._title.text().startswith("Nothing is logged in the week of ")


# --- one entry ----------------------------------------------------------------------------------


def choose(page: HoursPage, name: str) -> HoursRow:
    row = next(row for row in page.list.model.shown if row.name == name)
    assert page.list.table.choose(row.id)
    page.list.table.setFocus()
    return row


def test_delete_removes_at_once_and_undo_brings_back(
    listed: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    opened = listed
    choose(opened, "Mei Lin")
    qtbot.keyClick(opened.list.table, Qt.Key.Key_Delete)
    settled(qtbot, lambda: shown(opened) == [("Ada Obi", 60)])
    assert opened.list.table.chosen().name == "Ada Obi", "the next one is chosen"
    assert messages.current is not None
    assert messages.current.action_text == "Undo"
    desk.undo()
    settled(qtbot, lambda: shown(opened) == [("Mei Lin", 210), ("Ada Obi", 60)])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_an_entry_is_edited(listed: HoursPage, desk: Desk, team: Any, qtbot: Any, key: Any) -> None:
    opened = listed
    row = choose(opened, "Ada Obi")
    qtbot.keyClick(opened.list.table, key)
    dialog = open_dialog(opened)
    assert not dialog.form.counts, "what was decided is not decided anew by opening"
    assert access.unnamed_widgets(dialog) == []
    dialog.form.set_value("minutes", 75)
    dialog.panel.submit()
    settled(qtbot, lambda: ("Ada Obi", 75) in shown(opened))
    changed = next(r for r in opened.list.model.shown if r.id == row.id)
    assert changed.what == "Review with the provider"


def test_two_versions_of_an_entry_are_chosen_from(
    listed: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = listed
    row = choose(opened, "Mei Lin")
    opened.list.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("minutes", 240)
    with desk.store.change("Somebody else") as session:
        hours.correct_hours(session, row.id, replace(row.details, minutes=180, ksbs="K7"))
    dialog.panel.submit()
    which = next(d for d in dialog.findChildren(ConflictDialog) if d.isVisible())
    assert which.mine["minutes"].text() == "4:00"
    assert which.theirs["minutes"].text() == "3:00"
    which.keep.click()
    settled(qtbot, lambda: not dialog.isVisible())
    now = next(r for r in desk.store.read(hours_rows) if r.id == row.id)
    assert (now.minutes, now.ksbs) == (240, "K7")


def test_a_third_version_made_while_two_are_compared_is_not_lost(
    listed: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = listed
    row = choose(opened, "Mei Lin")
    opened.list.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("minutes", 240)
    with desk.store.change("Somebody else") as session:
        hours.correct_hours(session, row.id, replace(row.details, minutes=180))
    dialog.panel.submit()
    first = next(d for d in dialog.findChildren(ConflictDialog) if d.isVisible())
    with desk.store.change("A third person") as session:
        hours.correct_hours(session, row.id, replace(row.details, minutes=200, ksbs="K9"))
    first.keep.click()
    second = next(
        d for d in dialog.findChildren(ConflictDialog) if d.isVisible() and d is not first
    )
    assert second.theirs["minutes"].text() == "3:20"
    second.keep.click()
    settled(qtbot, lambda: not dialog.isVisible())
    now = next(r for r in desk.store.read(hours_rows) if r.id == row.id)
    assert (now.minutes, now.ksbs) == (240, "K9")


def test_an_entry_that_is_gone_is_said(listed: HoursPage, desk: Desk, team: Any) -> None:
    opened = listed
    row = choose(opened, "Mei Lin")
    opened.list.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("minutes", 240)
    with desk.store.change("Remove") as session:
        hours.remove_hours(session, row.id)
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "removed meanwhile" in str(dialog.panel._messages.current_problem)


def test_codes_are_shown_short_and_refused_in_the_form_where_they_are_none(
    listed: HoursPage, desk: Desk, team: Any, make: Any, qtbot: Any
) -> None:
    make.ksbs({"K4": "Stages", "K5": "Roles"})
    row = choose(listed, "Mei Lin")
    with desk.store.change("As an older program kept it") as session:
        hours.correct_hours(session, row.id, replace(row.details, ksbs="K4, K5, other"))
        held = apprentices.held(session, team.mei).details
        apprentices.correct(
            session, team.mei, replace(held, standard_code="ST0116", standard_version="1.1")
        )
    settled(qtbot, lambda: choose(listed, "Mei Lin").ksbs)
    column = next(each for each in listed.list.model.columns if each.heading == "KSBs")
    assert column.text(choose(listed, "Mei Lin")) == "K4, K5, other"
    listed.list.edit.trigger()
    dialog = open_dialog(listed)
    dialog.form.set_value("minutes", 45)
    dialog.panel.submit()  # what stood there before is not asked about
    settled(qtbot, lambda: not dialog.isVisible())
    for typed, says in (("K5-4", "does not run"), ("K4-6", "The standard has no K6. It has K4-5.")):
        settled(qtbot, lambda: choose(listed, "Mei Lin").minutes == 45)
        listed.list.edit.trigger()
        dialog = open_dialog(listed)
        dialog.form.set_value("ksbs", typed)
        dialog.panel.submit()
        assert says in dialog.form.input("ksbs").target.accessibleDescription()
        dialog.form.set_value("ksbs", "k4 to k5")
        dialog.panel.submit()
        settled(qtbot, lambda dialog=dialog: not dialog.isVisible())
    settled(qtbot, lambda: column.text(choose(listed, "Mei Lin")) == "K4-5")


def test_what_is_edited_has_a_field() -> None:
    assert {each.name for each in fields(HoursDetails)} - {"began_at"} == {
        field.name for field in FIELDS
    }


# --- verified -----------------------------------------------------------------------------------


def test_several_entries_are_verified_at_once_with_who_and_when(
    listed: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    desk.settings = Settings(my_name="Grace Park")
    assert "Ctrl Shift V verifies" in listed.list.hint.text()
    assert listed.list.verify.shortcut().toString() == "Ctrl+Shift+V"
    listed.list.table.selectAll()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(listed.list.table, Qt.Key.Key_V, keys)
    week = date(2026, 8, 31), date(2026, 9, 6)
    rows = desk.store.read(hours_rows, *week)
    assert {(row.verified_by, row.verified_at) for row in rows} == {
        ("Grace Park", desk.clock.now())
    }
    assert len(rows) == 2
    settled(qtbot, lambda: all(row.verified_by for row in listed.list.model.shown))
    settled(qtbot, lambda: desk.undo_label == "Verify 2 entries of hours")
    listed.list.table.selectAll()
    listed.list.unverify.trigger()
    assert not any(row.verified_by for row in desk.store.read(hours_rows, *week))


# --- keys and read only -------------------------------------------------------------------------


def test_every_button_has_a_keyboard_route_and_a_name(listed: HoursPage) -> None:
    opened = listed
    assert access.buttons_without_keyboard(opened) == []
    assert access.unnamed_widgets(opened) == []
    assert access.out_of_order(opened) == []


def test_a_desk_open_to_read_only_shows_but_logs_nothing(
    location: str, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = HoursPage(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    opened.switch.buttons["list"].click()
    settled(qtbot, lambda: shown(opened))
    assert opened.read_only.isVisible()
    choose(opened, "Mei Lin")
    assert not opened.list.edit.isEnabled()
    assert not opened.list.remove.isEnabled()
    opened.arrive(LogHours(team.ada))
