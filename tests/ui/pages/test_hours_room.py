"""Where the parts of the page of hours stand: the details beside the grid while there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.ui.kit.theme import Theme, apply
from apprentice_desk.ui.pages.hours.page import HoursPage
from apprentice_desk.ui.pages.hours.week_table import FEWEST_ROWS
from apprentice_desk.ui.quick_logging import HINTS

Opener = Callable[..., HoursPage]


def opened(page: Opener, qtbot: Any, size: tuple[int, int]) -> HoursPage:
    """The page at this size, with the first day of the first apprentice chosen."""
    made = page("hours", size)
    qtbot.waitUntil(lambda: bool(made.week.model.people))
    made.week.table.go_to(Cell(made.week.model.people[0].id, made.week.model.days[0]))
    QApplication.processEvents()
    return made


def place(page: HoursPage, part: QWidget) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of *part* in what is seen of the page."""
    corner = part.mapTo(page.area.viewport(), QPoint(0, 0))
    return corner.x(), corner.y(), corner.x() + part.width(), corner.y() + part.height()


def test_the_details_and_whether_it_counts_are_whole_beside_and_below_the_grid(
    page: Opener, team: Any, qtbot: Any
) -> None:
    shown = opened(page, qtbot, (1224, 818))
    week = shown.week
    grid, card = place(shown, week.table), place(shown, week.details.card)
    counting = place(shown, week.details.counting)
    assert card[0] > grid[2]
    assert card[1] == grid[1]
    assert counting[1] > grid[3]
    assert counting[2] <= card[0]
    height = shown.area.viewport().height()
    assert card[3] <= height
    assert counting[3] <= height
    assert week.table.horizontalHeader().length() <= week.table.viewport().width()


def test_with_the_weekend_there_is_no_room_beside_the_grid(
    page: Opener, team: Any, qtbot: Any
) -> None:
    shown = opened(page, qtbot, (1224, 818))
    week = shown.week
    week.model.show_weekend()
    qtbot.waitUntil(lambda: place(shown, week.details.card)[1] > place(shown, week.table)[3])
    assert week.details.isAncestorOf(week.details.counting)


def test_in_a_narrow_window_the_details_stand_below_and_come_back_in_a_wide_one(
    page: Opener, team: Any, qtbot: Any
) -> None:
    shown = opened(page, qtbot, (800, 600))
    week = shown.week
    assert place(shown, week.details.card)[1] > place(shown, week.table)[3]
    assert week.details.isAncestorOf(week.details.counting)
    shown.resize(1224, 818)
    QApplication.processEvents()
    assert place(shown, week.details.card)[0] > place(shown, week.table)[2]
    assert not week.details.isAncestorOf(week.details.counting)
    shown.resize(800, 600)
    QApplication.processEvents()
    assert week.details.isAncestorOf(week.details.counting)
    assert place(shown, week.details.counting)[1] > place(shown, week.table)[3]


def test_a_higher_window_shows_more_of_the_team(
    page: Opener, make: Any, team: Any, qtbot: Any
) -> None:
    for number in range(20):
        make.apprentice(given_names="Sam", family_name=f"Number {number}")
    shown = opened(page, qtbot, (1224, 818))

    def rows() -> int:
        table = shown.week.table
        return int(table.viewport().height() // table.rowHeight(0))

    assert rows() >= FEWEST_ROWS
    before = rows()
    shown.resize(1224, 1100)
    QApplication.processEvents()
    assert rows() > before
    shown.resize(1224, 500)
    QApplication.processEvents()
    assert rows() == FEWEST_ROWS


def test_a_hint_is_never_cut_off(page: Opener, team: Any, qtbot: Any) -> None:
    shown = opened(page, qtbot, (1224, 800))
    line = shown.quick.edit
    assert line.placeholderText() == HINTS[0]
    said = set()
    for width in range(1224, 420, -50):
        shown.resize(width, 800)
        QApplication.processEvents()
        hint = line.placeholderText()
        said.add(hint)
        assert line.fontMetrics().horizontalAdvance(hint) < line.width()
    assert len(said) > 1


def test_what_is_said_of_a_line_stands_beside_its_chips_or_below(
    page: Opener, team: Any, qtbot: Any
) -> None:
    shown = opened(page, qtbot, (1224, 800))
    quick = shown.quick
    blank = quick.height()
    quick.edit.setText("ada 3:30 mon workshop K7")
    QApplication.processEvents()
    chips, says = place(shown, quick.chips), place(shown, quick.says)
    assert len(quick.chips.parts) >= 4
    assert says[0] >= chips[2]
    assert quick.height() == blank  # nothing below moves while one types
    shown.resize(520, 800)
    QApplication.processEvents()
    assert place(shown, quick.says)[1] >= place(shown, quick.chips)[3]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_button_in_a_line_leaves_the_text_its_room(
    page: Opener, team: Any, qtbot: Any, theme: Theme, scale: float
) -> None:
    shown = opened(page, qtbot, (1224, 800))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply(application, theme, text_scale=scale)
    QApplication.processEvents()
    given = shown.week.details.form.input("activity")
    line, made = given._inside  # type: ignore[misc]
    assert line.textMargins().right() >= made.width()
    assert line.rect().contains(made.geometry())
    apply(application, theme, text_scale=1.0)
