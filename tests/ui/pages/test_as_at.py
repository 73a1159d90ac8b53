"""The page as at a past day: what the desk said then, what it says of then now, and back again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from apprentice_desk.domain.explaining import Figure
from apprentice_desk.records import apprentice_removal, apprentices, hours
from apprentice_desk.records.changelog import notes_of
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage

Opener = Callable[..., ApprenticesPage]
DAY = date(2026, 3, 31)


def made_at(store: Store, instant: datetime) -> int:
    """Say that all changes so far were made at *instant*; return the number of the last."""
    latest = store.latest_change()
    assert latest is not None
    with store.change("Past the log") as session, notes_of(session).writing():
        session.connection().execute(
            text("UPDATE change_log SET recorded_at = :at"),
            {"at": instant.isoformat(timespec="microseconds")},
        )
    store._watch = None  # what was written past the log is no other program's
    return latest.number


@pytest.fixture
def past(page: Opener, team: Any, store: Store, make: Any, qtbot: Any) -> ApprenticesPage:
    """The page on DAY; since then hours were logged, an end moved and somebody entered."""
    made_at(store, datetime(2026, 3, 30, 12, tzinfo=UTC))
    for minutes in (200, 150, 100):
        make.hours(team.ada, done_on=date(2026, 3, 20), minutes=minutes)
    held = store.read(apprentices.held, team.tomasz)
    moved = replace(held.details, training_planned_end_on=date(2027, 12, 31))
    with store.change("Move the end") as session:
        apprentices.correct(session, team.tomasz, moved, held.stamp)
    make.apprentice(given_names="New", family_name="Person")
    opened = page("apprentices")
    opened.table.show_all()
    look_from(opened, DAY, qtbot)
    return opened


def look_from(page: ApprenticesPage, day: date, qtbot: Any) -> None:
    page.look_from(day)
    settle(page, day, qtbot)


def settle(page: ApprenticesPage, day: date, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not page._desk.jobs.is_busy and page.actions_.view.day == day)


def words(page: ApprenticesPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_the_figures_are_those_that_the_desk_said_then(past: ApprenticesPage, team: Any) -> None:
    assert past.band.isVisible()
    assert past.band.title.text() == "As at 31 Mar 2026"
    assert "today it says otherwise of 3 apprentices" in past.band.says.text()
    assert all(row.name != "New Person" for row in past.model.shown)
    assert past.table.choose(team.ada)
    assert past.table.chosen().figures.logged_minutes == 15 * 120
    note = past.panel.note.text()
    assert "3 entries before the end of that day were logged later: +7 h 30 m" in note
    assert "With what is known today: 37 h 30 m logged" in note
    assert past.table.choose(team.tomasz)
    assert "planned end of training: 31 Aug 2027 then" in past.panel.note.text()
    assert past.table.choose(team.mei)
    assert not past.panel.note.isVisible()


def test_the_same_day_with_what_is_known_today(
    past: ApprenticesPage, team: Any, store: Store, desk: Desk, qtbot: Any
) -> None:
    past.band.with_later.click()
    settle(past, DAY, qtbot)
    qtbot.waitUntil(lambda: past.actions_.view.change is None)
    today = store.read(apprentice_rows, DAY, desk.lists.hours_rules, desk.lists.role_families)
    shown = {row.id: row.figures for row in past.model.shown}
    assert shown == {row.id: row.figures for row in today}
    assert past.table.choose(team.ada)
    assert past.table.chosen().figures.logged_minutes == 15 * 120 + 450
    assert "on that day it said otherwise of 3 apprentices" in past.band.says.text()
    assert "These are the figures with that" in past.panel.note.text()


def test_an_explanation_of_then_has_the_entries_of_then(past: ApprenticesPage, team: Any) -> None:
    assert past.table.choose(team.ada)
    dialog = past.actions_.explain_figure(Figure.LOGGED)
    rows = dialog.entries.rows.shown
    assert len(rows) == 15
    assert sum(row.minutes for row in rows) == dialog.told.result
    assert "3 entries before the end of that day" in dialog.seen_on.text()


def test_nothing_can_be_changed_in_the_past(past: ApprenticesPage, team: Any) -> None:
    assert past.table.choose(team.ada)
    allowed = [each for each in past.actions_.all if each.isEnabled()]
    actions = past.actions_
    assert allowed == [
        actions.open_record, actions.history, actions.explain, actions.chart_table,
        actions.look_through,
    ]  # fmt: skip
    assert not past.add.isEnabled()
    assert "Go back to today" in past.add.toolTip()


def test_a_log_is_looked_through_as_it_was_that_day(
    past: ApprenticesPage, team: Any, qtbot: Any
) -> None:
    assert past.table.choose(team.ada)
    dialog = past.actions_.look_through_log()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.looked is not None)
    assert "up to 31 Mar 2026" in dialog.says.text()
    assert max(row.done_on for row in dialog.looked.entries.values()) <= date(2026, 3, 31)
    assert dialog.looked.found


def test_a_list_that_is_saved_says_as_at_which_day(past: ApprenticesPage) -> None:
    assert dict(past._facts())["As at"].startswith("31 Mar 2026. As the desk said that day")


def test_the_day_is_asked_for_and_left_with_keys(
    page: Opener, team: Any, desk: Desk, qtbot: Any
) -> None:
    opened = page("apprentices")
    assert not opened.band.isVisible()
    qtbot.keyClick(opened, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = [each for each in opened.findChildren(FormDialog) if each.isVisible()]
    field = dialog.form.input("on").target
    assert field.text() == "01/09/2026", "today stands there at first"
    field.setText("2/9/2026")
    dialog.panel.submit()
    assert "is still to come" in "\n".join(each.text() for each in dialog.findChildren(QLabel))
    field.setText("1/1/1999")
    dialog.panel.submit()
    assert "No limits for slipping and behind" in "\n".join(
        each.text() for each in dialog.findChildren(QLabel)
    )
    field.setText("31/3/2026")
    dialog.panel.submit()
    settle(opened, DAY, qtbot)
    assert "so it said nothing on 31 Mar 2026" in opened.band.says.text()
    assert not opened.band.with_later.isVisible()
    assert opened.as_at.accessibleName() == "As at: 31 Mar 2026"
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(opened, Qt.Key.Key_J, modifiers)
    assert not opened.band.isVisible()
    assert opened.actions_.view.is_today
    assert opened.table.chosen().figures.logged_minutes >= 0
    assert opened.add.isEnabled()


def test_a_day_on_which_nothing_was_said_otherwise(
    page: Opener, team: Any, store: Store, qtbot: Any
) -> None:
    made_at(store, datetime(2026, 8, 1, tzinfo=UTC))
    opened = page("apprentices")
    look_from(opened, date(2026, 8, 20), qtbot)
    assert opened.band.says.text() == (
        "As the desk said that day; it says the same of that day today."
    )


def test_somebody_removed_since_is_there_on_that_day(
    page: Opener, team: Any, store: Store, qtbot: Any
) -> None:
    made_at(store, datetime(2026, 3, 30, tzinfo=UTC))
    person = store.read(apprentices.held, team.ada).apprentice_id
    with store.change("Remove") as session:
        for row in hours.hours_rows(session, apprenticeship_id=team.ada):
            hours.remove_hours(session, row.id)
        session.flush()
        apprentice_removal.remove(session, person)
    opened = page("apprentices")
    look_from(opened, DAY, qtbot)
    assert opened.table.choose(team.ada)
    assert "the apprenticeship was removed" in opened.panel.note.text()
    assert "With what is known today" not in opened.panel.note.text()
    assert opened.panel.chart.isVisible()
    assert "today it says otherwise of 1 apprentice." in words(opened)
