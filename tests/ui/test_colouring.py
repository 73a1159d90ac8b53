"""That the test of everything that is opened in the dark sees what it looks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme, apply, load_theme
from ui.colouring import ill_coloured


@pytest.fixture
def dark(qapp: QApplication, theme: Theme) -> Iterator[Theme]:
    made = load_theme("dark")
    apply(qapp, made)
    yield made
    apply(qapp, theme)


@pytest.fixture
def card(dark: Theme, qtbot: Any) -> QWidget:
    """Words, a button and a list, as they are in the dark."""
    made = QWidget()
    made.setProperty("role", "page")
    made.resize(600, 400)
    down = QVBoxLayout(made)
    table = QTableWidget(1, 1)
    table.setItem(0, 0, QTableWidgetItem("Seen"))
    for each in (label("Planned to date"), QPushButton("Save"), table):
        down.addWidget(each)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(card: QWidget) -> QLabel:
    found: QLabel = card.findChildren(QLabel)[0]
    return found


def test_what_has_the_colours_of_its_theme_is_well(card: QWidget, dark: Theme) -> None:
    assert ill_coloured(card, dark) == []


def test_a_ground_in_no_colour_of_the_theme_is_seen(card: QWidget, dark: Theme) -> None:
    words(card).setStyleSheet("background: #efefef; color: #000000")
    (found,) = ill_coloured(card, dark)
    assert found == "Planned to date stands on #efefef, which the theme does not have"


def test_words_that_hardly_stand_out_are_seen_unless_they_are_switched_off(
    card: QWidget, dark: Theme
) -> None:
    words(card).setStyleSheet(f"color: {dark.colour('line').name()}")
    (found,) = ill_coloured(card, dark)
    assert found.startswith("Planned to date stands out from #")
    words(card).setEnabled(False)
    assert ill_coloured(card, dark) == []


def test_so_are_those_in_the_cell_of_a_list(card: QWidget, dark: Theme) -> None:
    table = card.findChild(QTableWidget)
    table.item(0, 0).setForeground(QBrush(dark.colour("line")))
    (found,) = ill_coloured(card, dark)
    assert found.startswith("“Seen” in ")


def test_what_is_covered_or_out_of_sight_is_left_out(card: QWidget, dark: Theme) -> None:
    words(card).setStyleSheet(f"color: {dark.colour('line').name()}")
    cover = QWidget(card)
    cover.setGeometry(words(card).geometry())
    cover.show()
    assert ill_coloured(card, dark) == []
    cover.hide()
    assert len(ill_coloured(card, dark)) == 1
    words(card).move(-20, words(card).y())
    assert ill_coloured(card, dark) == []
