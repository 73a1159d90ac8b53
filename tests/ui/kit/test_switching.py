"""A line of buttons of which one is chosen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.theme import Theme

CHOICES = (("contracts", "Contracts"), ("reviews", "Reviews"), ("events", "Events"))


@pytest.fixture
def switch(theme: Theme, qtbot: Any) -> Switch:
    made = Switch("Kinds", CHOICES, theme)
    qtbot.addWidget(made)
    made.show_value("contracts")
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def heard(switch: Switch) -> list[str]:
    found: list[str] = []
    switch.chosen.connect(found.append)
    return found


def test_showing_a_value_is_not_choosing_it(switch: Switch, heard: list[str]) -> None:
    switch.show_value("events")
    assert switch.buttons["events"].isChecked()
    assert not switch.buttons["contracts"].isChecked()
    assert heard == []


def test_a_click_chooses(switch: Switch, heard: list[str]) -> None:
    switch.buttons["reviews"].click()
    assert heard == ["reviews"]


def test_the_arrows_go_round(switch: Switch, heard: list[str], qtbot: Any) -> None:
    first = switch.buttons["contracts"]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert switch.buttons["reviews"].hasFocus()
    qtbot.keyClick(switch.buttons["reviews"], Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert heard == ["reviews", "contracts", "events"]
    qtbot.keyClick(switch.buttons["events"], Qt.Key.Key_A)
    assert heard == ["reviews", "contracts", "events"]


def test_tab_reaches_the_one_that_is_chosen(switch: Switch) -> None:
    switch.show_value("reviews")
    assert access.tab_chain(switch) == [switch.buttons["reviews"]]
    assert access.buttons_without_keyboard(switch) == []


def test_a_number_stands_behind_the_words_and_is_spoken(switch: Switch) -> None:
    switch.show_count("reviews", 1200)
    assert switch.buttons["reviews"].text() == "Reviews  1,200"
    assert access.spoken_name(switch.buttons["reviews"]) == "Reviews, 1,200"
    switch.show_count("reviews", None)
    assert switch.buttons["reviews"].text() == "Reviews"
