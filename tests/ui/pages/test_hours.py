"""The page of the hours: logging one entry after the other, and the list of what was logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails, HoursRow, hours_rows
from apprentice_desk.records.store import Store, open_store
from apprentice_desk.ui.desk import Desk, LogHours
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.columns import COLUMNS, totals_in_words
from apprentice_desk.ui.pages.hours.form import FIELDS
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
ENTER = Qt.Key.Key_Return


def shown(page: HoursPage) -> list[tuple[str, int]]:
    return [(row.name, row.minutes) for row in page.model.shown]


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()), timeout=5000)


def here() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def open_dialog(page: HoursPage) -> Any:
    dialogs = [dialog for dialog in page.findChildren(FormDialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


# --- the list -----------------------------------------------------------------------------------


def test_the_list_is_sound_and_shows_this_week(page: Opener, team: Any) -> None:
    opened = page("hours")
    QAbstractItemModelTester(opened.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(opened) == [("Mei Lin", 210), ("Ada Obi", 60)]
    assert opened.header.subtitle.text().startswith("Week of 31 August 2026")
    assert opened.totals.text() == "2 entries · 3 h 30 m counting · 1 h not counting"


def test_hours_stand_as_hours_and_minutes_and_are_spoken_in_words(page: Opener, team: Any) -> None:
    row = page("hours").model.row(0)
    column = COLUMNS[2]
    assert (column.text(row), column.spoken(row), column.right) == ("3:30", "3 h 30 m", True)
    assert COLUMNS[0].text(row) == "Tue 01/09/2026"
    assert COLUMNS[6].spoken(row) == "counts"


def test_the_list_takes_one_statement(page: Opener, team: Any, statements: list[str]) -> None:
    opened = page("hours")
    statements.clear()
    opened.refresh()
    assert len([each for each in statements if each != "BEGIN"]) == 1


def test_weeks_are_changed_with_the_keyboard_but_not_into_the_future(
    page: Opener, qtbot: Any, team: Any
) -> None:
    opened = page("hours")
    opened.table.setFocus()
    qtbot.keyClick(opened.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.header.subtitle.text().startswith("Week of 24 August 2026")
    assert shown(opened) == []
    assert opened.form.value("done_on") == date(2026, 8, 28), "the Friday of that week"
    qtbot.keyClick(opened.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(opened.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert opened.header.subtitle.text().startswith("Week of 31 August 2026")
    assert not opened.next.isEnabled()
    opened.previous.click()
    opened.previous.click()
    opened.this_week.click()
    assert shown(opened) == [("Mei Lin", 210), ("Ada Obi", 60)]


def test_a_day_that_was_typed_stays_when_the_week_changes(page: Opener, qtbot: Any) -> None:
    opened = page("hours")
    opened.start_logging()
    opened.form.focus("minutes")
    qtbot.keyClicks(here(), "2")
    opened.previous.click()
    assert opened.form.value("done_on") == date(2026, 9, 1)
    assert opened.form.value("minutes") == 120


def test_all_hours_of_the_apprentice_in_the_form_can_be_shown(page: Opener, team: Any) -> None:
    opened = page("hours")
    menu = opened.scope.menu()
    menu.aboutToShow.emit()
    whole = menu.actions()[2]
    assert not whole.isEnabled()
    opened.form.set_value("apprenticeship_id", team.ada)
    menu.aboutToShow.emit()
    assert (whole.text(), whole.isEnabled()) == ("All of Ada Obi", True)
    whole.trigger()
    assert {row.name for row in opened.model.shown} == {"Ada Obi"}
    assert opened.model.total == 21
    menu.actions()[1].trigger()
    assert opened.header.subtitle.text().startswith("Four weeks to 6 September 2026")


def test_filtering_keeps_the_totals_in_step(page: Opener, qtbot: Any, team: Any) -> None:
    opened = page("hours")
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(here(), "review")
    assert opened.totals.text() == "1 entry · 0 h counting · 1 h not counting"


def test_totals_keep_what_counts_and_what_does_not_apart() -> None:
    assert totals_in_words(()) == "0 entries · 0 h counting"


def test_what_somebody_else_logs_is_seen_and_the_form_stays(
    page: Opener, make: Any, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    opened.form.set_value("apprenticeship_id", team.ada)
    opened.form.set_value("what", "half typed")
    make.hours(team.jo, done_on=date(2026, 9, 1), minutes=45)
    settled(qtbot, lambda: ("Jo Bright", 45) in shown(opened))
    assert opened.form.value("what") == "half typed"
    assert opened.form.value("apprenticeship_id") == team.ada


def test_a_hidden_page_reads_anew_when_it_is_shown(
    page: Opener, make: Any, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    opened.hide()
    make.hours(team.jo, done_on=date(2026, 9, 1), minutes=45)
    settled(qtbot, lambda: opened._is_stale)
    assert ("Jo Bright", 45) not in shown(opened)
    opened.show()
    settled(qtbot, lambda: ("Jo Bright", 45) in shown(opened))


def test_an_empty_week_says_what_to_do(page: Opener, team: Any) -> None:
    opened = page("hours")
    for _ in range(80):  # before anything was logged
        opened.previous.click()
    assert opened.table._empty.isVisible()
    assert opened.table._empty._title.text().startswith("Nothing is logged in the week of ")
    opened.table._empty.action.click()
    assert here() is opened.form.input("apprenticeship_id").target


# --- logging ------------------------------------------------------------------------------------


def test_what_is_edited_has_a_field() -> None:
    assert {each.name for each in fields(HoursDetails)} - {"began_at"} == {
        field.name for field in FIELDS
    }


def test_five_entries_with_the_keyboard_alone(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    opened.arrive(LogHours())
    assert here() is opened.form.input("apprenticeship_id").target
    people = ["Ada", "Ada", "Tomasz", "Mei", "Jo"]
    for number, name in enumerate(people, start=1):
        qtbot.keyClicks(here(), name)  # the whole field is selected: typing replaces it
        qtbot.keyClick(here(), Qt.Key.Key_Escape)  # closes the list of matches
        opened.form.focus("minutes")
        qtbot.keyClicks(here(), f"{number}:30")
        if number == 1:
            opened.form.focus("activity")
            qtbot.keyClicks(here(), "workshop")
            qtbot.keyClick(here(), Qt.Key.Key_Escape)
        opened.form.focus("what")
        qtbot.keyClicks(here(), f"Entry {number}")
        qtbot.keyClick(here(), ENTER)
        expected = number
        settled(
            qtbot,
            lambda expected=expected: any(
                row.what == f"Entry {expected}" for row in opened.model.shown
            ),
        )
    rows = desk.store.read(hours_rows, date(2026, 9, 1), date(2026, 9, 1))
    logged = {row.what: row for row in rows if row.what.startswith("Entry")}
    assert [logged[f"Entry {n}"].minutes for n in range(1, 6)] == [90, 150, 210, 270, 330]
    assert {row.activity for row in logged.values()} == {Activity.WORKSHOP}
    assert [logged[f"Entry {n}"].name.split()[0] for n in range(1, 6)] == people
    assert here() is opened.form.input("apprenticeship_id").target
    assert not opened.form.has_unsaved_changes


def test_the_next_entry_begins_with_apprentice_day_and_activity(
    page: Opener, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    opened.arrive(LogHours(team.ada))
    assert here() is opened.form.input("minutes").target
    qtbot.keyClicks(here(), "90m")
    opened.form.set_value("done_on", date(2026, 8, 31))
    opened.form.set_value("activity", Activity.SHADOWING)
    opened.form.set_value("ksbs", "K1")
    qtbot.keyClick(here(), ENTER)
    settled(qtbot, lambda: ("Ada Obi", 90) in shown(opened))
    assert opened.table.chosen().minutes == 90, "the new entry is the one that is chosen"
    form = opened.form
    assert form.value("apprenticeship_id") == team.ada
    assert form.value("done_on") == date(2026, 8, 31)
    assert form.value("activity") == Activity.SHADOWING
    assert form.value("minutes") is None
    assert form.value("ksbs") is None


def test_an_entry_of_another_week_takes_the_list_there(page: Opener, team: Any, qtbot: Any) -> None:
    opened = page("hours")
    opened.arrive(LogHours(team.jo))
    opened.form.set_value("done_on", date(2026, 5, 6))
    opened.form.set_value("minutes", 75)
    opened.save.click()
    assert opened.header.subtitle.text().startswith("Week of 4 May 2026")
    assert ("Jo Bright", 75) in shown(opened)


def test_whether_it_counts_follows_the_rules_and_says_why(page: Opener, team: Any) -> None:
    opened = page("hours")
    form = opened.form
    form.set_value("activity", Activity.WORKSHOP)
    form.edited.emit()
    assert form.counts
    assert opened.counts.accessibleName() == "Counts"
    form.set_value("activity", Activity.ENGLISH_AND_MATHS)
    form.edited.emit()
    assert not form.counts
    assert opened.counts.accessibleName() == "Does not"
    rule = opened._desk.lists.hours_rules.counting_rule(
        Activity.ENGLISH_AND_MATHS, date(2026, 9, 1)
    )
    assert rule.why in form.input("counts").target.accessibleDescription()


def test_a_person_may_decide_otherwise_and_is_told_the_rule(page: Opener, team: Any) -> None:
    opened = page("hours")
    form = opened.form
    form.set_value("activity", Activity.WORKSHOP)
    form.edited.emit()
    form.input("counts").box.click()
    assert not form.counts
    assert "You decide otherwise" in form.input("counts").target.accessibleDescription()
    form.set_value("minutes", 60)
    form.edited.emit()
    assert not form.counts, "typing on does not bring the rule back"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"minutes": None}, "minutes", "Say how long it took"),
        ({"apprenticeship_id": None}, "apprenticeship_id", "Choose the apprentice"),
        ({"done_on": date(2026, 9, 2)}, "done_on", "still to come"),
        ({"minutes": 25 * 60}, "minutes", "does not fit in one day"),
        ({"ksbs": "K" * 401}, "ksbs", "400"),
    ],
)
def test_what_cannot_be_logged_is_said_beside_its_field(
    page: Opener, desk: Desk, team: Any, values: dict[str, Any], field: str, words: str
) -> None:
    before = desk.store.latest_change()
    opened = page("hours")
    opened.arrive(LogHours(team.ada))
    for name, value in ({"minutes": 60} | values).items():
        opened.form.set_value(name, value)
    opened.save.click()
    given = opened.form.input(field).target
    assert words in given.accessibleDescription()
    assert given.property("tone") == "danger"
    assert desk.store.latest_change() == before


def test_undo_takes_the_entry_back_by_ctrl_z_from_the_form(
    page: Opener, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    opened = page("hours")
    opened.arrive(LogHours(team.jo))
    qtbot.keyClicks(here(), "3")
    qtbot.keyClick(here(), ENTER)
    settled(qtbot, lambda: ("Jo Bright", 180) in shown(opened))
    assert str(messages.current) == "Saved: Log 3 h for Jo Bright."
    assert messages.current is not None
    assert messages.current.action is not None
    messages.current.action()
    settled(qtbot, lambda: ("Jo Bright", 180) not in shown(opened))
    desk.redo()
    settled(qtbot, lambda: ("Jo Bright", 180) in shown(opened))


def test_ctrl_z_is_the_windows_until_something_is_typed(
    page: Opener, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    undone: list[bool] = []
    QShortcut(QKeySequence.StandardKey.Undo, opened, lambda: undone.append(True))
    opened.arrive(LogHours())
    opened.form.focus("what")
    qtbot.keyClick(here(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    qtbot.keyClicks(here(), "abc")
    qtbot.keyClick(here(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    assert opened.form.value("what") is None, "the field took its typing back"


# --- one entry ----------------------------------------------------------------------------------


def choose(page: HoursPage, name: str) -> HoursRow:
    row = next(row for row in page.model.shown if row.name == name)
    assert page.table.choose(row.id)
    page.table.setFocus()
    return row


def test_delete_removes_at_once_and_undo_brings_back(
    page: Opener, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    opened = page("hours")
    choose(opened, "Mei Lin")
    qtbot.keyClick(opened.table, Qt.Key.Key_Delete)
    settled(qtbot, lambda: shown(opened) == [("Ada Obi", 60)])
    assert opened.table.chosen().name == "Ada Obi", "the next one is chosen"
    assert messages.current is not None
    assert messages.current.action_text == "Undo"
    desk.undo()
    settled(qtbot, lambda: shown(opened) == [("Mei Lin", 210), ("Ada Obi", 60)])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_an_entry_is_edited(page: Opener, desk: Desk, team: Any, qtbot: Any, key: Any) -> None:
    opened = page("hours")
    row = choose(opened, "Ada Obi")
    qtbot.keyClick(opened.table, key)
    dialog = open_dialog(opened)
    assert not dialog.form.counts, "what was decided is not decided anew by opening"
    assert access.unnamed_widgets(dialog) == []
    dialog.form.set_value("minutes", 75)
    dialog.panel.submit()
    settled(qtbot, lambda: ("Ada Obi", 75) in shown(opened))
    changed = next(r for r in opened.model.shown if r.id == row.id)
    assert changed.what == "Review with the provider"


def test_two_versions_of_an_entry_are_chosen_from(
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    row = choose(opened, "Mei Lin")
    opened.edit.trigger()
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
    page: Opener, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened = page("hours")
    row = choose(opened, "Mei Lin")
    opened.edit.trigger()
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


def test_an_entry_that_is_gone_is_said(page: Opener, desk: Desk, team: Any) -> None:
    opened = page("hours")
    row = choose(opened, "Mei Lin")
    opened.edit.trigger()
    dialog = open_dialog(opened)
    dialog.form.set_value("minutes", 240)
    with desk.store.change("Remove") as session:
        hours.remove_hours(session, row.id)
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "removed meanwhile" in str(dialog.panel._messages.current_problem)


# --- keys and read only -------------------------------------------------------------------------


def test_every_button_has_a_keyboard_route_and_a_name(page: Opener) -> None:
    opened = page("hours")
    assert access.buttons_without_keyboard(opened) == []
    assert access.unnamed_widgets(opened) == []
    assert access.out_of_order(opened) == []


def test_a_desk_open_to_read_only_shows_but_logs_nothing(
    location: str, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = HoursPage(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    settled(qtbot, lambda: shown(opened))
    assert opened.read_only.isVisible()
    assert not opened.form.isVisible()
    assert not opened.save.isVisible()
    choose(opened, "Mei Lin")
    assert not opened.edit.isEnabled()
    assert not opened.remove.isEnabled()
    opened.arrive(LogHours(team.ada))
