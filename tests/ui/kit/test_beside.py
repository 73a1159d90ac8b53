"""A list with the panel of what is chosen: side by side, or one in place of the other."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.theme import Theme

WIDE, NARROW = 260, 120


@pytest.fixture
def both(theme: Theme, qtbot: Any) -> ListAndPanel:
    made = ListAndPanel(QWidget(), QWidget(), theme, narrowest=240, panel_quarters=104)
    qtbot.addWidget(made)
    made.resize(theme.space(WIDE), 400)
    made.show()
    return made


def seen(both: ListAndPanel) -> tuple[bool, bool]:
    return both._list_side.isVisible(), both._panel.isVisible()


def test_with_room_for_both_they_stand_side_by_side(both: ListAndPanel, theme: Theme) -> None:
    assert both.is_side_by_side
    assert seen(both) == (True, True)
    assert both._panel.width() == theme.space(104)
    both.open_panel()
    assert seen(both) == (True, True)


def test_without_room_the_panel_stands_in_place_of_the_list(
    both: ListAndPanel, theme: Theme
) -> None:
    arranged: list[bool] = []
    both.arranged.connect(lambda: arranged.append(True))
    both.resize(theme.space(NARROW), 400)
    assert seen(both) == (True, False)
    both.open_panel()
    assert seen(both) == (False, True)
    assert both.is_panel_alone
    both.close_panel()
    assert seen(both) == (True, False)
    assert arranged


def test_a_window_made_wide_again_shows_both(both: ListAndPanel, theme: Theme) -> None:
    both.resize(theme.space(NARROW), 400)
    both.open_panel()
    both.resize(theme.space(WIDE), 400)
    assert seen(both) == (True, True)
    assert not both.is_panel_alone
