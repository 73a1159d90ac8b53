"""Figures that open, and amounts as bars."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from apprentice_desk.ui.kit.figures import Amount, AmountBars, FigureButton
from apprentice_desk.ui.kit.theme import Theme, apply


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def figure(theme: Theme, qtbot: Any, pressed: list[str]) -> FigureButton:
    made = FigureButton(
        "Apprentices on programme",
        theme,
        lambda: pressed.append("x"),
        opens="Show the rows behind it",
    )
    qtbot.addWidget(made)
    made.show_figure("412", "+37 since September, in all boroughs")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_figure_says_all_of_itself_and_what_a_press_shows(figure: FigureButton) -> None:
    spoken = QAccessible.queryAccessibleInterface(figure)
    assert spoken.text(QAccessible.Text.Name) == (
        "Apprentices on programme, 412, +37 since September, in all boroughs"
    )
    assert spoken.text(QAccessible.Text.Description) == "Show the rows behind it"
    assert spoken.role() == QAccessible.Role.Button
    assert (figure.figure, figure.caption) == ("412", "+37 since September, in all boroughs")


def test_a_figure_may_be_called_otherwise(figure: FigureButton) -> None:
    figure.show_figure("82%", "88 to go", "Against target of 500")
    assert figure.accessibleName() == "Against target of 500, 82%, 88 to go"
    figure.show_figure("83%", "85 to go")
    assert figure.accessibleName() == "Against target of 500, 83%, 85 to go"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_figure_opens_by_keyboard_and_mouse(
    figure: FigureButton, pressed: list[str], key: Qt.Key
) -> None:
    figure.setFocus()
    QTest.keyClick(figure, key)
    assert len(pressed) == 1
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    assert len(pressed) == 2


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_words_of_a_figure_wrap_and_are_never_cut(
    figure: FigureButton, qapp: Any, theme: Theme, scale: float
) -> None:
    apply(qapp, theme, scale)
    page = QWidget()
    down = QVBoxLayout(page)
    down.addWidget(figure)
    down.addStretch(1)
    for width in (round(150 * scale), round(500 * scale)):
        page.resize(width, 900)
        page.show()
        qapp.processEvents()
        for words in figure.findChildren(QLabel):
            assert words.heightForWidth(words.width()) <= words.height() + 1 or not words.wordWrap()
            assert words.geometry().bottom() <= figure.height()
    figure.setParent(None)
    page.close()


def test_bars_say_their_amounts_and_are_as_long_as_they_are_much(theme: Theme, qtbot: Any) -> None:
    bars = AmountBars("By standard", theme)
    qtbot.addWidget(bars)
    bars.show_amounts(
        (Amount("Software developer", 80), Amount("Data analyst", 20), Amount("Other", 0, "none"))
    )
    bars.resize(400, 200)
    bars.show()
    qtbot.waitExposed(bars)

    assert bars.accessibleName() == "By standard"
    assert bars.accessibleDescription() == "Software developer: 80; Data analyst: 20; Other: none"
    picture = bars.grab().toImage()
    accent = theme.colour("accent")

    def length(y: int) -> int:
        return sum(picture.pixelColor(x, y) == accent for x in range(picture.width()))

    middles = [bars.layout().itemAt(3 * row + 1).geometry().center().y() for row in range(3)]
    longest, short, nothing = map(length, middles)
    assert short == pytest.approx(longest / 4, abs=3)
    assert longest > 50
    assert nothing == 0


def test_other_amounts_take_the_place_of_those_before(theme: Theme, qtbot: Any) -> None:
    bars = AmountBars("By standard", theme)
    qtbot.addWidget(bars)
    bars.show_amounts((Amount("Software developer", 8), Amount("Data analyst", 2)))
    bars.show_amounts((Amount("Data analyst", 3),))
    words = [part.text() for part in bars.findChildren(QLabel) if not part.isHidden()]
    assert words == ["Data analyst", "3"]
    assert [amount.words for amount in bars.amounts] == ["Data analyst"]
