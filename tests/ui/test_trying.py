"""The part of the self-test that opens a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

from apprentice_desk.app import pictures
from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.shell import trying
from apprentice_desk.ui.shell.places import PAGES
from ui.starting import NovemberClock


def test_a_window_is_painted_and_fonts_icons_and_help_are_there(qapp: QApplication) -> None:
    said = trying.try_window(qapp)
    assert f"by way of “{qapp.platformName()}”" in said
    assert "the font Inter" in said
    assert not [each for each in qapp.topLevelWidgets() if each.isVisible()]


def blank(*_: object) -> QPixmap:
    made = QPixmap(10, 10)
    made.fill("white")
    return made


@pytest.mark.parametrize(
    ("broken", "says"),
    [("Window.grab", "nothing was painted"), ("pixmap", "could not be drawn")],
)
def test_what_is_blank_is_noticed(
    broken: str, says: str, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"apprentice_desk.ui.shell.trying.{broken}", blank)
    with pytest.raises(Problem, match=says):
        trying.try_window(qapp)


def test_a_picture_with_a_single_dot_is_not_blank() -> None:
    picture = QImage(3, 3, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    assert trying._is_blank(picture)
    picture.setPixel(1, 1, 0)
    assert not trying._is_blank(picture)


def test_each_page_of_the_navigation_is_shown_and_one_that_stays_blank_is_named(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pictures.windows_for_pictures(
        desk_file, "light", 1.0, (1280, 800), NovemberClock()
    ) as window:
        said = trying.try_pages(window)
        assert said.startswith(f"{sum(place.is_listed for place in PAGES)} pages shown")
        hours = window.page("hours")
        monkeypatch.setattr(hours, "grab", blank)
        with pytest.raises(Problem, match="The page “Hours” was opened, and nothing"):
            trying.try_pages(window)
