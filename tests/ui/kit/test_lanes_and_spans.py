"""The board and the calendar: real buttons, one reached by Tab, the others by the arrows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk.domain.calendar import Period
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.lanes import Lane, LaneCard, Lanes
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.spans import Span, SpanCalendar, in_words
from apprentice_desk.ui.kit.theme import Theme

EMPTY = (Lane("draft", "Draft"), Lane("asked", "Asked"), Lane("over", "Over"))
FULL = (
    Lane("draft", "Draft", (LaneCard(1, "Ada", ("4 weeks",)), LaneCard(2, "Ben"))),
    Lane("asked", "Asked"),
    Lane("over", "Over", (LaneCard(3, "Cy", badge=Badge("Withdrawn")),)),
)
TODAY = date(2026, 9, 1)
SPANS = (
    Span(1, "Ada", "agreed", "LOTI", Period(date(2026, 9, 7), date(2026, 10, 2)), "Ada, LOTI"),
    Span(2, "Ben", "asked", "Sampleford", Period(date(2026, 6, 1), None), "Ben, Sampleford",
         is_firm=False),
)  # fmt: skip


def shown(widget: QWidget, qtbot: Any) -> None:
    qtbot.addWidget(widget)
    widget.resize(900, 500)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()


@pytest.fixture
def board(theme: Theme, qtbot: Any) -> Lanes:
    made = Lanes("Board", EMPTY, theme)
    shown(made, qtbot)
    made.show_lanes(FULL)
    return made


@pytest.fixture
def calendar(theme: Theme, qtbot: Any) -> SpanCalendar:
    made = SpanCalendar("Who is where", theme, TODAY)
    shown(made, qtbot)
    made.show_spans(SPANS, date(2026, 8, 1), date(2027, 1, 31), TODAY)
    return made


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_tab_reaches_one_card_and_the_arrows_the_others(board: Lanes) -> None:
    assert len(access.tab_chain(board)) == 1
    board.take_keyboard()
    heard: list[Any] = []
    board.card_chosen.connect(heard.append)
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert heard == [2, 3, 1]
    press(Qt.Key.Key_End, Qt.Key.Key_Home)
    assert heard == [2, 3, 1, 3, 1]
    assert [button.isChecked() for button in board.cards] == [True, False, False]


def test_a_card_says_all_of_it_with_its_lane(board: Lanes) -> None:
    assert [button.accessibleName() for button in board.cards] == [
        "Ada, 4 weeks, Draft", "Ben, Draft", "Cy, Withdrawn, Over",
    ]  # fmt: skip
    assert board.frames["draft"].count.text() == "2"


def test_the_keyboard_goes_along_with_a_card_that_moves(board: Lanes) -> None:
    board.take_keyboard()
    board.show_lanes(
        (
            Lane("draft", "Draft", (LaneCard(2, "Ben"),)),
            Lane("asked", "Asked", (LaneCard(1, "Ada"),)),
        )
    )
    assert board.chosen == 1
    here: Any = QApplication.focusWidget()
    assert here.card.id == 1
    board.show_lanes(EMPTY)
    assert board.chosen is None


def test_enter_a_click_and_a_double_click_on_a_card(board: Lanes) -> None:
    heard: list[Any] = []
    board.card_opened.connect(heard.append)
    QTest.mouseClick(board.cards[1], Qt.MouseButton.LeftButton)
    assert board.chosen == 2
    assert heard == []
    QTest.mouseDClick(board.cards[1], Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Return)
    assert heard == [2, 2]
    assert not board.choose(99)


def test_the_calendar_is_walked_line_by_line(calendar: SpanCalendar) -> None:
    assert len(access.tab_chain(calendar)) == 1
    heard: list[Any] = []
    calendar.line_opened.connect(heard.append)
    calendar.take_keyboard()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert calendar.chosen == 2
    press(Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_End)
    assert heard == [2, 1]
    assert [line.isChecked() for line in calendar.lines] == [False, True]
    QTest.mouseClick(calendar.lines[0], Qt.MouseButton.LeftButton)
    assert calendar.chosen == 1
    calendar.show_spans((), TODAY, TODAY, TODAY)
    assert calendar.chosen is None


def test_days_lie_where_their_share_of_the_time_is(calendar: SpanCalendar) -> None:
    scale = calendar.scale(1000)
    days = (date(2027, 1, 31) - date(2026, 8, 1)).days + 1
    assert scale.x(date(2026, 8, 1)) == scale.left == 280
    assert scale.x(date(2026, 9, 1)) == pytest.approx(280 + 720 * 31 / days)
    assert [month.month for month in scale.months()] == [8, 9, 10, 11, 12, 1]


def test_what_stands_firm_and_what_is_asked_for_look_different(
    calendar: SpanCalendar, theme: Theme
) -> None:
    firm, asked = (line.grab().toImage() for line in calendar.lines)
    scale = calendar.scale(calendar.width())
    inside = round(scale.x(date(2026, 9, 30)))
    ratio = firm.devicePixelRatio()
    low = round((calendar.lines[0].height() / 2 + theme.space(2)) * ratio)
    assert firm.pixelColor(round(inside * ratio), low) == theme.tone("accent").soft
    assert asked.pixelColor(round(inside * ratio), low) != theme.tone("accent").soft


def test_days_in_words() -> None:
    assert in_words(SPANS[0].days) == "from 7 Sep 2026 to 2 Oct 2026"
    assert in_words(SPANS[1].days) == "from 1 Jun 2026"
