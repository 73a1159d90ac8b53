"""Pages of a paper: what is asked for, where they stand, and how keys turn them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from apprentice_desk.ui.kit.paper import PaperPlace, PaperSize, PaperView
from apprentice_desk.ui.kit.theme import Theme

A4 = PaperSize(595, 842)


@pytest.fixture
def view(qtbot: Any, theme: Theme) -> PaperView:
    """A view of 400 pixels with its asks in *asked*."""
    made = PaperView("Preview", theme)
    made.asked = []  # type: ignore[attr-defined]
    made.wanted.connect(lambda pages, width: made.asked.append((pages, width)))  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    return made


def asked(view: PaperView) -> list[tuple[list[int], int]]:
    """Return what the view asked for, and forget it."""
    found: list[tuple[list[int], int]] = list(view.asked)  # type: ignore[attr-defined]
    view.asked.clear()  # type: ignore[attr-defined]
    return found


def picture(width: int, tone: str) -> QImage:
    """A picture of one colour."""
    made = QImage(width, round(width * 842 / 595), QImage.Format.Format_RGB32)
    made.fill(QColor(tone))
    return made


def test_the_pages_in_sight_are_asked_for_as_wide_as_they_stand(
    view: PaperView, qtbot: Any
) -> None:
    view.show_pages([A4] * 5)
    qtbot.waitUntil(lambda: bool(view.asked))  # type: ignore[attr-defined]
    pages, width = asked(view)[-1]
    assert pages == [0, 1]
    assert width == view.paper_width < 400


def test_what_came_is_not_asked_for_again_and_is_seen(view: PaperView, qtbot: Any) -> None:
    view.show_pages([A4] * 2)
    qtbot.waitUntil(lambda: bool(view.asked))  # type: ignore[attr-defined]
    for page in (0, 1):
        view.show_picture(page, picture(view.paper_width, "red"), f"Words of page {page + 1}")
    asked(view)
    view.viewport().update()
    middle = view.viewport().rect().center()
    seen = view.viewport().grab().toImage().pixelColor(middle)
    assert (seen.red(), seen.green(), seen.blue()) == (255, 0, 0)
    assert view.accessibleName() == "Preview, page 1 of 2"
    assert view.accessibleDescription() == "Words of page 1"
    assert not asked(view)


def test_another_width_is_asked_for_when_the_view_grows(view: PaperView, qtbot: Any) -> None:
    view.show_pages([A4])
    qtbot.waitUntil(lambda: bool(view.asked))  # type: ignore[attr-defined]
    view.show_picture(0, picture(view.paper_width, "red"), "")
    asked(view)
    view.resize(700, 600)
    qtbot.waitUntil(lambda: bool(view.asked))  # type: ignore[attr-defined]
    assert asked(view)[-1] == ([0], view.paper_width)


@pytest.mark.parametrize(
    ("keys", "page"),
    [
        ((Qt.Key.Key_PageDown,), 1),
        ((Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp), 1),
        ((Qt.Key.Key_End,), 4),
        ((Qt.Key.Key_End, Qt.Key.Key_Home), 0),
    ],
)
def test_keys_turn_pages(view: PaperView, qtbot: Any, keys: tuple[Qt.Key, ...], page: int) -> None:
    view.show_pages([A4] * 5)
    turned: list[int] = []
    view.turned.connect(turned.append)
    for key in keys:
        qtbot.keyClick(view, key)
    assert view.page == page
    assert turned[-1] == page
    assert view.accessibleName() == f"Preview, page {page + 1} of 5"


def test_arrows_scroll_within_a_page(view: PaperView, qtbot: Any) -> None:
    view.show_pages([A4] * 5)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.page == 0
    assert view.verticalScrollBar().value() > 0


@pytest.mark.parametrize(("key", "is_larger"), [("+", True), ("-", False)])
def test_pages_are_shown_larger_and_smaller_and_fit_again(
    view: PaperView, qtbot: Any, key: str, is_larger: bool
) -> None:
    view.show_pages([A4] * 5)
    fits = view.paper_width
    qtbot.keyClicks(view, key)
    assert (view.paper_width > fits) is is_larger
    qtbot.keyClicks(view, "0")
    assert view.paper_width == fits


def test_a_changed_paper_stays_where_it_was(view: PaperView, qtbot: Any) -> None:
    view.show_pages([A4] * 5)
    view.go_to(3)
    before = view.verticalScrollBar().value()
    view.show_pages([A4] * 6)
    assert (view.page, view.verticalScrollBar().value()) == (3, before)
    view.show_pages([A4])
    assert view.page == 0


def test_a_picture_of_a_page_that_went_is_not_kept(view: PaperView) -> None:
    view.show_pages([A4])
    view.show_picture(3, picture(100, "red"), "")
    view.go_to(3)
    assert view.page == 0


def test_pictures_far_away_are_forgotten(view: PaperView, qtbot: Any) -> None:
    view.show_pages([A4] * 40)
    for page in range(40):
        view.show_picture(page, picture(view.paper_width, "red"), "")
    view.go_to(39)
    view.show_picture(39, picture(view.paper_width, "red"), "")
    asked(view)
    view.go_to(0)
    qtbot.waitUntil(lambda: bool(view.asked))  # type: ignore[attr-defined]
    assert asked(view)[-1][0] == [0, 1]


def test_it_says_why_there_is_no_page(view: PaperView) -> None:
    view.show_pages([A4])
    view.say("The pages come when a type is chosen.")
    assert (view.count, view.page) == (0, -1)
    assert view.accessibleDescription() == "The pages come when a type is chosen."
    view.go_to(0)
    view.viewport().grab()


def test_a_place_down_a_page_is_gone_to_and_stays_at_another_width(
    view: PaperView, qtbot: Any
) -> None:
    view.show_pages([A4] * 5)
    view.go_to(2, 0.5)
    height = round(842 / 595 * view.paper_width)

    def down() -> float:
        """How far down the third page the top of the view is."""
        return (view.verticalScrollBar().value() - view._tops[2]) / view._height(2)

    assert view.page == 2
    assert view._height(2) == pytest.approx(height, abs=1)
    before = down()
    assert before == pytest.approx(0.5, abs=0.05)
    view.resize(800, 600)
    qtbot.waitUntil(lambda: view._height(2) > 1.5 * height)
    assert down() == pytest.approx(before, abs=0.02)
    assert view.page == 2


def test_what_is_pointed_out_has_a_bar_from_its_beginning_to_its_end(
    view: PaperView, theme: Theme
) -> None:
    view.show_pages([A4] * 3)
    for page in (0, 1):
        view.show_picture(page, picture(view.paper_width, "white"), "")
    bar = theme.colour("accent")

    def has_bar(page: int, down: float) -> bool:
        rect = view._rect(page)
        at = rect.topLeft() + QPoint(2, round(down * rect.height()))
        return view.viewport().grab().toImage().pixelColor(at) == bar

    assert not has_bar(0, 0.5)
    view.point_out(PaperPlace(0, 0.4), PaperPlace(0, 0.6))
    assert [has_bar(0, down) for down in (0.3, 0.5, 0.7)] == [False, True, False]
    view.point_out(PaperPlace(0, 0.4), PaperPlace(1, 0.05))
    assert [has_bar(0, 0.9), has_bar(1, 0.02), has_bar(1, 0.08)] == [True, True, False]
    view.point_out(PaperPlace(0, 0.4), None)
    assert [has_bar(0, 0.9), has_bar(1, 0.02)] == [True, False]
    view.point_out(None, None)
    assert not has_bar(0, 0.5)
