from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QPushButton

from apprentice_desk import resources
from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.icons import icon, pixmap, set_icon
from apprentice_desk.ui.kit.pieces import button

SRC = Path(__file__).parents[3] / "src" / "apprentice_desk"


def test_a_drawing_has_the_colour_of_its_tone(theme) -> None:
    drawn = pixmap("check", "danger", theme, 12).toImage()
    wanted = theme.colour("danger_text").name()
    solid = {
        drawn.pixelColor(x, y).name()
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() == 255
    }
    assert solid == {wanted}


def test_a_drawing_grows_with_the_text(qapp, theme) -> None:
    small = pixmap("plus", "text", theme).width()
    theme.become("light", 2.0)
    assert pixmap("plus", "text", theme).width() == 2 * small


def test_an_unknown_drawing_is_refused(theme) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing", "text", theme)


def test_an_icon_follows_the_theme(qapp, qtbot, theme) -> None:
    button = QPushButton("Add")
    qtbot.addWidget(button)
    set_icon(button, "plus", "text", theme)
    before = button.icon().pixmap(18).toImage()
    theme.become("dark")
    themes.apply(qapp, theme)
    assert button.icon().pixmap(18).toImage() != before


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
@pytest.mark.parametrize("tone", ["text", "text_quiet", "text_on_accent"])
def test_an_icon_that_can_do_nothing_has_the_colour_of_such_words(theme, name, tone) -> None:
    theme.become(name)
    shown = icon("plus", tone, theme).pixmap(18, QIcon.Mode.Disabled).toImage()
    assert shown == pixmap("plus", "text_disabled", theme).toImage()
    assert shown != pixmap("plus", tone, theme).toImage()


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_in_a_marked_line_of_a_menu_it_has_the_colour_of_the_words(qapp, theme, name) -> None:
    theme.become(name)
    action = QAction("Add")
    set_icon(action, "plus", "text_quiet", theme)
    marked = action.icon().pixmap(18, QIcon.Mode.Active).toImage()
    assert marked == pixmap("plus", "selection_text", theme).toImage()
    made = QPushButton("Add")
    set_icon(made, "plus", "text_quiet", theme)
    assert made.icon().pixmap(18, QIcon.Mode.Active).toImage() != marked, "no line of a menu"


def test_a_button_keeps_only_its_newest_icon(qapp, qtbot, theme) -> None:
    button = QPushButton("Add")
    qtbot.addWidget(button)
    set_icon(button, "plus", "text", theme)
    set_icon(button, "check", "text", theme)
    wanted = button.icon().pixmap(22, 18).toImage()
    theme.changed.emit()
    assert button.icon().pixmap(22, 18).toImage() == wanted


def test_every_drawing_that_the_window_names_is_there() -> None:
    names = set()
    for path in (SRC / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(r"""icon=["']([a-z0-9-]+)["']""", text))
        names |= set(re.findall(r"""(?:pixmap|icon|icon_button)\(\s*["']([a-z0-9-]+)["']""", text))
    there = {path.stem for path in resources.path("icons").glob("*.svg")}
    assert "plus" in there
    assert names
    assert names - there == set()


def test_the_licences_lie_beside_what_they_are_for() -> None:
    assert "ISC License" in resources.path("icons", "LUCIDE-LICENSE.txt").read_text("utf-8")
    assert "SIL Open Font License" in resources.path("fonts", "Inter-LICENSE.txt").read_text(
        "utf-8"
    )


def test_the_gap_beside_an_icon_comes_and_goes_with_the_words(qtbot, theme) -> None:
    made = button("", theme, icon="check")
    qtbot.addWidget(made)
    alone = made.iconSize().width()
    made.setText("Take in 2 rows")
    assert made.iconSize().width() > alone
    made.setText("")
    assert made.iconSize().width() == alone
