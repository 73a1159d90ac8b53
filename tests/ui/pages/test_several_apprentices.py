"""Several apprentices selected at once: what is offered works on all of them and says how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.seen import seen
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage

Shift = Qt.KeyboardModifier.ShiftModifier
Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(page: Callable[..., Any], team: Any) -> ApprenticesPage:
    opened: ApprenticesPage = page("apprentices")
    opened.table.setFocus()
    return opened


def choose_three(page: ApprenticesPage) -> list[str]:
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Shift)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Shift)
    return [row.name for row in page.table.rows.shown[:3]]


def test_the_keyboard_selects_several_and_the_line_below_says_how_many(
    people: ApprenticesPage,
) -> None:
    before = people.count.text()
    names = choose_three(people)
    assert [row.name for row in people.table.selected()] == names
    assert people.count.text().startswith("3 chosen · ")
    assert people.count.text().endswith("Ctrl C copies them")
    QTest.keyClick(people.table, Qt.Key.Key_Home)
    assert people.count.text() == before


def test_what_is_done_with_one_is_not_offered_for_several(people: ApprenticesPage) -> None:
    actions = people.actions_
    assert actions.edit.isEnabled()
    assert actions.history.isEnabled()
    choose_three(people)
    assert [action.text() for action in actions.all if action.isEnabled()] == ["New document…"]
    assert not people.keys.isVisible()
    QTest.keyClick(people.table, Qt.Key.Key_Home)
    assert actions.edit.isEnabled()
    assert people.keys.isVisible()


def test_saving_and_copying_take_those_that_are_chosen(
    people: ApprenticesPage, desk: Desk, qtbot: Any
) -> None:
    everybody = seen(people.table, "Apprentices")
    names = choose_three(people)
    assert [action.text() for action in people.saver.all] == [
        "Save the 3 chosen as PDF, to print…",
        "Save the 3 chosen as Excel workbook…",
        "Copy the 3 chosen rows",
    ]
    chosen = seen(people.table, "Apprentices")
    assert [row.name for row in chosen.rows] == names
    assert chosen.facts[0] == ("Chosen", "3 of those shown")
    assert len(everybody.rows) > 3
    people.saver.copy.trigger()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    qtbot.waitUntil(lambda: bool(desk.messages.said))
    assert desk.messages.said[-1].text == "Copied 3 rows."
    QTest.keyClick(people.table, Qt.Key.Key_C, Control)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4
    QTest.keyClick(people.table, Qt.Key.Key_Home)
    assert people.saver.copy.text() == "Copy the list"
