"""One of a few things, all of them seen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.radios import RadioChoice
from apprentice_desk.ui.kit.theme import Theme

SIZES = ((100, "Small"), (200, "Large"))


@pytest.fixture
def heard() -> list[int]:
    return []


@pytest.fixture
def sizes(theme: Theme, heard: list[int], qtbot: Any) -> RadioChoice:
    made = RadioChoice("Size", SIZES, theme, heard.append)
    qtbot.addWidget(made)
    made.show()
    return made


def test_showing_a_value_is_not_choosing_it(sizes: RadioChoice, heard: list[int]) -> None:
    sizes.show_value(200)

    assert sizes.button(200).isChecked()
    assert heard == []


def test_what_is_chosen_is_told(sizes: RadioChoice, heard: list[int]) -> None:
    sizes.show_value(100)
    sizes.button(200).click()

    assert heard == [200]
    assert not sizes.button(100).isChecked()


def test_a_value_that_is_not_offered_changes_nothing(sizes: RadioChoice) -> None:
    sizes.show_value(100)
    sizes.show_value(300)

    assert sizes.button(100).isChecked()


def test_the_arrows_go_from_one_to_the_next(
    sizes: RadioChoice, heard: list[int], qtbot: Any
) -> None:
    sizes.show_value(100)
    sizes.activateWindow()
    sizes.button(100).setFocus()
    qtbot.waitUntil(sizes.button(100).hasFocus)

    qtbot.keyClick(sizes.button(100), Qt.Key.Key_Right)

    assert sizes.button(200).isChecked()
    assert heard == [200]
    assert access.spoken_name(sizes.button(200)) == "Size: Large"
    assert access.buttons_without_keyboard(sizes) == []


def test_tab_and_shift_tab_come_to_the_one_that_is_chosen(theme: Theme, qtbot: Any) -> None:
    """Else Shift+Tab comes to the last one, from which the arrows choose nothing."""
    around, heard = QWidget(), []
    before, after = QPushButton("Before"), QPushButton("After")
    made = RadioChoice("Size", (*SIZES, (300, "Huge")), theme, heard.append)
    down = QVBoxLayout(around)
    for part in (before, made, after):
        down.addWidget(part)
    qtbot.addWidget(around)
    around.show()
    made.show_value(200)
    assert access.tab_chain(around) == [before, made.button(200), after]
    around.activateWindow()
    after.setFocus()
    qtbot.waitUntil(after.hasFocus)
    qtbot.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert made.button(200).hasFocus()
    qtbot.keyClick(made.button(200), Qt.Key.Key_Left)
    assert heard == [100]
    assert access.tab_chain(around) == [before, made.button(100), after]
