"""Somebody's whole log is looked through: what stands out, why, and the way to the entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.ui.destinations import LookThroughLog, OpenHours
from apprentice_desk.ui.pages.apprentices.log_look import LOG_COLUMNS, SEEN_COLUMNS, LogLookDialog
from apprentice_desk.ui.pages.hours.list_view import APPRENTICE

Opener = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier


def look(page: Any, key: Any, qtbot: Any) -> LogLookDialog:
    assert page.table.choose(key)
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_G, CTRL)
    return opened(page, qtbot)


def opened(page: Any, qtbot: Any) -> LogLookDialog:
    (dialog,) = [each for each in page.findChildren(LogLookDialog) if each.isVisible()]
    qtbot.waitUntil(lambda: dialog.looked is not None)
    return dialog


def went(desk: Any) -> list[object]:
    places: list[object] = []
    desk.asked_to_go.connect(places.append)
    return places


def codes(dialog: LogLookDialog) -> list[str]:
    return [smell.code for smell in dialog.seen.rows.shown]


def told(dialog: LogLookDialog) -> dict[str, str]:
    return {key.text(): value.text() for key, value in dialog.told._shown}


def test_what_stands_out_is_gone_through_with_keys_alone_to_the_very_entry(
    page: Opener, team: Any, desk: Any, qtbot: Any
) -> None:
    places = went(desk)
    dialog = look(page("apprentices"), team.ada, qtbot)
    assert codes(dialog) == [
        "round and never varying", "same words", "typed at one sitting", "months without training",
        "not described", "no KSBs",
    ]  # fmt: skip
    assert "6 things are worth a look among 20 entries that count" in dialog.says.text()
    assert "an honest explanation" in dialog.says.text()
    assert dialog.full.text() == "20 of 20 entries took 2 h exactly."
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.seen)
    for _ in range(2):
        qtbot.keyClick(dialog.seen, Qt.Key.Key_Down)
    assert dialog.full.text().startswith("20 entries for 20 days were typed on")
    qtbot.keyClick(dialog.seen, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.entries
    qtbot.keyClick(dialog.entries, Qt.Key.Key_Down)
    chosen = dialog.entries.chosen()
    assert chosen.done_on == date(2025, 9, 22)
    typed = LOG_COLUMNS[-1]
    assert typed.spoken(chosen) == show_day(chosen.typed_on)
    assert typed.spoken(replace(chosen, typed_on=None)) == "not typed here"
    qtbot.keyClick(dialog.entries, Qt.Key.Key_Return)
    assert places == [OpenHours(team.ada, chosen.id)]
    assert not dialog.isVisible()


def test_each_is_told_with_what_would_help_and_its_source(
    page: Opener, team: Any, desk: Any, qtbot: Any
) -> None:
    places = went(desk)
    dialog = look(page("apprentices"), team.ada, qtbot)
    pairs = told(dialog)
    assert pairs["What would help"].startswith("That is right for days of fixed length.")
    assert pairs["Asked for by"] == "good practice, not a rule"
    assert pairs["Source"].endswith(": check against the rules")
    assert "Round and never varying" in dialog.go_there.accessibleDescription()
    assert dialog.seen.choose("months without training")
    smell = dialog.seen.chosen()
    assert told(dialog)["Source"] == smell.source_words
    assert not dialog.entries.isVisible(), "these are days without any"
    assert SEEN_COLUMNS[2].spoken(smell) == "days without any"
    dialog.go_there.click()
    assert places == [OpenHours(team.ada)]


def test_nothing_found_is_said_kindly(page: Opener, team: Any, make: Any, qtbot: Any) -> None:
    new = make.apprentice(given_names="Nia", family_name="New",
                          training_started_on=date(2026, 8, 17))  # fmt: skip
    make.hours(new, what="Joined tables in queries for the waiting list", ksbs="K7",
               done_on=date(2026, 8, 20))  # fmt: skip
    shown = page("apprentices")
    dialog = look(shown, new, qtbot)
    assert codes(dialog) == []
    assert dialog.says.text().startswith("Nothing stands out among 1 entry that counts up to")
    assert not dialog.seen.isVisible()
    assert not dialog.go_there.isVisible()
    dialog.reject()
    shown.table.show_all()
    dialog = look(shown, team.lee, qtbot)
    assert dialog.says.text().startswith("No hours that count are logged")


def test_a_day_without_rules_is_said_in_the_dialog(page: Opener, team: Any, qtbot: Any) -> None:
    shown = page("apprentices")
    shown.table.choose(team.ada)
    shown.actions_.view = replace(shown.actions_.view, day=date(1990, 1, 1))
    dialog = shown.actions_.look_through_log()
    qtbot.waitUntil(lambda: dialog.messages.current_problem is not None)
    assert dialog.says.text() == ""
    shown.actions_.show_row(None)
    assert shown.actions_.look_through_log() is None
    assert not shown.actions_.look_through.isEnabled()


def test_from_hours_the_log_of_whoever_is_chosen_is_looked_through(
    page: Opener, team: Any, desk: Any, qtbot: Any
) -> None:
    places = went(desk)
    hours = page("hours")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    hours.week.go_to(team.tomasz)
    qtbot.waitUntil(hours.look.isEnabled)
    assert hours.look in hours.week.table._actions
    assert hours.look in hours.list.table._actions
    hours.week.table.setFocus()
    qtbot.keyClick(hours.week.table, Qt.Key.Key_G, CTRL)
    assert places == [LookThroughLog(team.tomasz)]
    shown = page("apprentices")
    shown.arrive(LookThroughLog(team.tomasz))
    assert "Tomasz Nowak" in opened(shown, qtbot).windowTitle()


def test_the_hours_of_one_are_shown_at_the_entry_even_where_a_filter_hides_it(
    page: Opener, team: Any, store: Any, desk: Any, qtbot: Any
) -> None:
    rows = store.read(hours_rows, apprenticeship_id=team.ada)
    wanted = rows[7]
    hours = page("hours")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    hours.list.filter.setText("nobody has this")
    hours.arrive(OpenHours(team.ada, wanted.id))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert hours.list.scope == APPRENTICE
    assert hours.list.table.chosen().id == wanted.id
