"""How the parts of a page stand, wide and narrow."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit.arranging import (
    Flow,
    ListSide,
    ScrollingPage,
    SideBySide,
    Tiles,
    head_of_page,
)
from apprentice_desk.ui.kit.panels import Card, PageHeader
from apprentice_desk.ui.kit.theme import Theme


class Counting(ScrollingPage):
    """A page that counts how often it is refreshed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


Show = Callable[..., None]


@pytest.fixture
def show(qtbot: Any) -> Iterator[Show]:
    """Show a widget in a window that leaves it any size."""
    windows: list[QWidget] = []

    def shown(widget: QWidget, width: int, height: int = 400) -> None:
        window = QWidget()
        windows.append(window)
        widget.setParent(window)
        widget.setGeometry(0, 0, width, height)
        window.resize(1200, 800)
        window.show()
        qtbot.waitExposed(window)

    yield shown
    for window in windows:
        window.close()
        window.deleteLater()


def tops(parts: list[QWidget]) -> list[int]:
    return [part.y() for part in parts]


def test_a_page_is_refreshed_when_it_is_first_shown(theme: Theme, show: Show, qtbot: Any) -> None:
    page = Counting(theme)
    assert page.refreshed == 0
    show(page, 600)
    qtbot.waitUntil(lambda: page.refreshed == 1)


def test_a_stale_page_is_refreshed_at_once_only_where_it_is_seen(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    page = Counting(theme)
    show(page, 600)
    qtbot.waitUntil(lambda: page.refreshed == 1)

    page.note_stale()
    assert page.refreshed == 2

    page.hide()
    page.note_stale()
    page.note_stale()
    assert page.refreshed == 2
    page.show()
    qtbot.waitUntil(lambda: page.refreshed == 3)


def test_a_page_that_is_not_stale_is_not_refreshed_again(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    page = Counting(theme)
    show(page, 600)
    qtbot.waitUntil(lambda: page.refreshed == 1)
    page.hide()
    page.show()
    qtbot.waitUntil(page.isVisible)
    assert page.refreshed == 1


def test_a_fault_while_a_page_is_refreshed_goes_to_the_crash_hook(
    theme: Theme, show: Show, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that C code raised must not pass through a show event: that ends the program."""

    class Faulty(ScrollingPage):
        def refresh(self) -> None:
            int("no number")

    heard: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _value, _trace: heard.append(kind))
    show(Faulty(theme), 600)
    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [ValueError]


def test_a_page_that_could_not_be_read_is_read_when_it_is_shown_again(
    theme: Theme, show: Show, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away(Counting):
        is_away = True

        def refresh(self) -> None:
            if self.is_away:
                raise Problem("The drive is away.")
            super().refresh()

    heard: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _value, _trace: heard.append(kind))
    page = Away(theme)
    show(page, 600)
    qtbot.waitUntil(lambda: heard == [Problem])
    page.is_away = False
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: page.refreshed == 1)


@pytest.mark.parametrize(
    ("width", "rows"), [(1000, 1), (500, 2), (310, 3), (100, 5)], ids=lambda value: str(value)
)
def test_tiles_take_as_many_columns_as_there_is_room_for(
    theme: Theme, show: Show, qtbot: Any, width: int, rows: int
) -> None:
    parts = [QLabel(str(number)) for number in range(5)]
    tiles = Tiles(parts, theme, narrowest=36)
    show(tiles, width)

    qtbot.waitUntil(lambda: len(set(tops(parts))) == rows)


def test_no_tile_is_alone_below_many(theme: Theme, show: Show, qtbot: Any) -> None:
    parts = [QLabel(str(number)) for number in range(5)]
    tiles = Tiles(parts, theme, narrowest=36)
    show(tiles, 700)  # four would fit, with the fifth alone below them

    def lines() -> list[int]:
        return [tops(parts).count(top) for top in sorted(set(tops(parts)))]

    qtbot.waitUntil(lambda: lines() == [3, 2])


def test_parts_go_below_each_other_where_it_is_narrow(theme: Theme, show: Show, qtbot: Any) -> None:
    parts: list[QWidget] = [QLabel("left"), QLabel("right")]
    both = SideBySide(parts, theme, narrowest=100)
    show(both, 600)
    qtbot.waitUntil(lambda: len(set(tops(parts))) == 1)

    both.resize(390, 400)
    qtbot.waitUntil(lambda: len(set(tops(parts))) == 2)


def test_side_by_side_never_asks_for_more_width_than_its_widest_part(theme: Theme) -> None:
    parts = [QPushButton("a button"), QPushButton("another much longer button")]
    widest = max(part.minimumSizeHint().width() for part in parts)

    assert SideBySide(parts, theme).minimumSizeHint().width() == widest


def test_a_flow_goes_on_below_and_is_as_tall_as_its_lines(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    parts = [QPushButton("a button") for _ in range(4)]
    flow = Flow(parts, theme)
    one_line = flow.heightForWidth(10_000)
    two = parts[0].sizeHint().width() * 2 + theme.space(2)

    assert flow.heightForWidth(two) == 2 * one_line + theme.space(2)
    show(flow, two, 200)
    assert [len([p for p in parts if p.y() == top]) for top in sorted(set(tops(list(parts))))] == [
        2,
        2,
    ]


def test_lines_of_a_flow_end_at_the_right_where_it_is_told_to(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    parts = [QPushButton("a button") for _ in range(3)]
    flow = Flow(parts, theme, at_end=True)
    two = parts[0].sizeHint().width() * 2 + theme.space(2)
    show(flow, two + 30, 200)
    right = [part.geometry().right() for part in parts]
    assert right[1] == right[2] == flow.width() - 1
    assert parts[0].geometry().left() == 30
    assert parts[2].y() > parts[0].y()


def test_a_hidden_part_of_a_flow_takes_no_room(theme: Theme, show: Show, qtbot: Any) -> None:
    parts = [QPushButton("a button") for _ in range(3)]
    flow = Flow(parts, theme)
    show(flow, 1000, 100)
    before = parts[2].x()

    parts[1].hide()

    qtbot.waitUntil(lambda: parts[2].x() < before)


def test_the_actions_of_a_page_stand_at_its_right_or_below_its_name(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    name, action = QLabel("A page"), QPushButton("Do it")
    head = head_of_page(name, [action], theme)
    show(head, 900, 60)

    def left() -> int:
        return action.mapTo(head, action.rect().topLeft()).x()

    qtbot.waitUntil(lambda: left() > 900 / 2)
    head.resize(400, 120)
    qtbot.waitUntil(lambda: left() == 0)


class Worded(ScrollingPage):
    """A page of cards whose words wrap to many lines where they have hardly any width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        for _ in range(5):
            card = Card("What needs somebody on such a day as this is", theme)
            card.add(SideBySide([self._worded(), self._worded()], theme, narrowest=80))
            self.put(card)

    @staticmethod
    def _worded() -> QWidget:
        part = QWidget()
        across = QHBoxLayout(part)
        words = QLabel("As many words as will fill a line or two of a page. " * 2)
        words.setWordWrap(True)
        across.addWidget(words, 1)
        across.addWidget(QPushButton("Go there"))
        return part


def test_a_page_scrolls_over_its_words_and_not_over_nothing(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    page = Worded(theme)
    content = page._content

    def is_as_tall_as_its_words() -> bool:
        layout = content.layout()
        return layout is not None and content.height() == layout.totalHeightForWidth(
            content.width()
        )

    show(page, 900, 400)
    qtbot.waitUntil(is_as_tall_as_its_words)
    wide = content.height()
    page.resize(250, 400)
    qtbot.waitUntil(lambda: content.height() > wide and is_as_tall_as_its_words())
    page.resize(900, 400)
    qtbot.waitUntil(lambda: content.height() == wide)


def test_buttons_that_go_on_below_are_not_cut_off_where_a_page_is_low(
    theme: Theme, show: Show, qtbot: Any
) -> None:
    page = ScrollingPage(theme)
    buttons = [QPushButton(f"Do number {number}") for number in range(8)]
    head = PageHeader("Page", "", theme, buttons)
    below = QWidget()
    below.setMinimumHeight(300)
    below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    page.put(head)
    page.put(below, 1)
    show(page, 200, 200)

    def lowest() -> int:
        return buttons[-1].mapTo(page._content, buttons[-1].rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: buttons[-1].y() > buttons[0].y())
    qtbot.waitUntil(lambda: lowest() < below.y())


def test_parts_of_a_page_do_not_go_on_over_a_whole_wide_screen(qtbot, theme) -> None:
    class Wide(ScrollingPage):
        MOST_QUARTERS = None

    for made, most in ((ScrollingPage(theme), theme.space(480)), (Wide(theme), None)):
        part = QLabel("A line of words")
        made.put(part)
        qtbot.addWidget(made)
        made.resize(3600, 2000)
        with qtbot.waitExposed(made):
            made.show()
        assert part.width() == (most or 3600 - 2 * theme.space(6))
        assert part.x() == theme.space(6)
        made.resize(1000, 600)
        qtbot.waitUntil(lambda part=part: part.width() == 1000 - 2 * theme.space(6))


def test_the_side_of_a_splitter_is_as_high_as_its_parts_need_at_its_width(qtbot, theme):
    side = ListSide()
    down = QVBoxLayout(side)
    parts = [QPushButton(f"Button {n}") for n in range(8)]
    down.addWidget(Flow(parts, theme))
    below = QLabel("17 of 24 shown")
    down.addWidget(below)
    splitter = QSplitter()
    splitter.addWidget(side)
    qtbot.addWidget(splitter)
    splitter.resize(230, 10)
    splitter.show()
    qtbot.waitExposed(splitter)
    qtbot.waitUntil(lambda: splitter.minimumSizeHint().height() == side.minimumSizeHint().height())
    splitter.resize(230, splitter.minimumSizeHint().height())
    lowest = max(part.mapTo(side, part.rect().bottomLeft()).y() for part in parts)
    assert lowest < below.y()
    assert ListSide().minimumSizeHint() == QWidget().minimumSizeHint()
