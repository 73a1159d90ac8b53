"""What the grid of a week refuses: said where nothing moves, in sight, and read out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
TUESDAY = date(2026, 9, 1)


@pytest.fixture
def opened(page: Opener, team: Any, qtbot: Any) -> Callable[..., HoursPage]:
    def open_at(width: int, height: int) -> HoursPage:
        made = page("hours", (width, height))
        qtbot.waitUntil(lambda: bool(made.week.model.people))
        made.week.table.go_to(Cell(team.mei, TUESDAY))
        made.week.table.setFocus()
        return made

    return open_at


def place(page: HoursPage, part: QWidget) -> tuple[int, int]:
    """Return where a part stands on the page, and how high it is."""
    return part.mapTo(page._content, part.rect().topLeft()).y(), part.height()


@pytest.mark.parametrize("typed", ["25h", "much", "a great deal of it, but nobody knows how much"])
def test_a_refusal_moves_nothing(
    opened: Callable[..., HoursPage], typed: str, team: Any, qtbot: Any
) -> None:
    page = opened(1224, 800)
    week = page.week
    parts = (week.table, week.totals, week.finish, week.saying, week.details)
    before = [place(page, part) for part in parts], page.area.verticalScrollBar().value()
    week.table.entered.emit(Cell(team.mei, TUESDAY), typed)
    qtbot.waitUntil(week.complaint.isVisible)
    assert week.complaint.text().startswith("Mei Lin, Tuesday: ")
    assert not week.saying.hint.isVisible()
    after = [place(page, part) for part in parts], page.area.verticalScrollBar().value()
    assert after == before
    week.model.give_up(Cell(team.mei, TUESDAY))
    week.table.given_up.emit(Cell(team.mei, TUESDAY))
    assert week.saying.hint.isVisible()
    assert [place(page, part) for part in parts] == before[0]


def test_a_refusal_is_said_each_time_that_it_is_made(
    opened: Callable[..., HoursPage], team: Any
) -> None:
    week = opened(1224, 800).week
    heard: list[str] = []
    week.saying.complained.connect(heard.append)  # goes with what a screen reader is told
    said = "Mei Lin, Tuesday: 25 h does not fit in one day. A day has 24 hours."
    for _ in range(2):
        week.table.entered.emit(Cell(team.mei, TUESDAY), "25h")
    assert heard == [said] * 2
    assert week.complaint.accessibleName() == f"Not taken: {said}"
    week.table.entered.emit(Cell(team.ada, TUESDAY), "1")
    assert heard == [said] * 2, "it was heard already"


def test_in_a_low_window_what_is_said_comes_into_sight_with_its_cell(
    opened: Callable[..., HoursPage], team: Any, qtbot: Any
) -> None:
    page = opened(820, 420)
    week, room = page.week, page.area.viewport()
    week.table.entered.emit(Cell(team.mei, TUESDAY), "25h")
    qtbot.waitUntil(week.complaint.isVisible)
    assert week.saying.mapTo(room, week.saying.rect().bottomLeft()).y() <= room.height()
    cell = week.table.visualRect(week.table.currentIndex())
    assert week.table.viewport().mapTo(room, cell.topLeft()).y() >= 0


def test_where_both_have_no_room_the_status_line_says_it(
    opened: Callable[..., HoursPage], team: Any, messages: Messages
) -> None:
    page = opened(820, 200)
    bar = page.area.verticalScrollBar()
    before = bar.value()
    page.week.table.entered.emit(Cell(team.mei, TUESDAY), "25h")
    assert str(messages.current).startswith("Mei Lin, Tuesday: 25 h does not fit")
    assert bar.value() == before, "the cell stays where it is"
