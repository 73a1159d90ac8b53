"""The map of tiles: walked by keyboard, spoken tile by tile, told apart without colour."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from apprentice_desk import resources
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.shades import contrast, shade_at, shades
from apprentice_desk.ui.kit.tiles import Tile, TileButton, TileMap, TileState

STATES: tuple[TileState, ...] = ("in", "flagged", "out", "missing", "idle")


def london(*, with_invented: bool = False) -> list[Tile]:
    """A tile for each borough, in all states."""
    made = []
    for number, borough in enumerate(resources.boroughs()):
        if borough.is_invented and not with_invented:
            continue
        state = STATES[number % 5] if number % 3 == 0 else "in"
        figure = str(number) if state in ("in", "flagged") else "none"
        made.append(
            Tile(
                borough.code,
                borough.letters,
                figure,
                f"{borough.name}, {figure}, {state}",
                detail="Enter shows the rows.",
                state=state,
                share=number / 35,
                row=borough.tile_row,
                col=borough.tile_col,
            )
        )
    return made


@pytest.fixture
def shown(theme: themes.Theme, qtbot: Any) -> TileMap:
    made = TileMap("Digital apprentices by borough", theme)
    qtbot.addWidget(made)
    made.show_tiles(london())
    made.resize(430, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def tile_of(shown: TileMap, letters: str) -> TileButton:
    return next(button for button in shown.tiles if button.tile.letters == letters)


def press(shown: TileMap, key: Qt.Key) -> str:
    here = shown.focusWidget()
    assert here is not None
    QTest.keyClick(here, key)
    now = shown.focusWidget()
    assert isinstance(now, TileButton)
    return now.tile.letters


ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.mark.parametrize("with_invented", [False, True])
def test_the_arrows_reach_every_tile(shown: TileMap, with_invented: bool) -> None:
    shown.show_tiles(london(with_invented=with_invented))
    start = shown.tiles[0]
    reached = {start.tile.letters}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for arrow in ARROWS:
            here.setFocus()
            letters = press(shown, arrow)
            if letters not in reached:
                reached.add(letters)
                waiting.append(tile_of(shown, letters))
    assert reached == {button.tile.letters for button in shown.tiles}
    assert len(reached) == (35 if with_invented else 33)


def test_the_arrows_go_to_the_neighbour_in_their_direction(shown: TileMap) -> None:
    tile_of(shown, "CMD").setFocus()
    assert press(shown, Qt.Key.Key_Right) == "ISL"
    assert press(shown, Qt.Key.Key_Down) == "LND"
    assert press(shown, Qt.Key.Key_Left) == "WSM"
    assert press(shown, Qt.Key.Key_Up) == "CMD"
    # Where the row has a gap the nearest beyond it is taken, and at the edge it stays.
    tile_of(shown, "WFT").setFocus()
    assert press(shown, Qt.Key.Key_Right) == "RDB"
    tile_of(shown, "HIL").setFocus()
    assert press(shown, Qt.Key.Key_Left) == "HIL"


def test_home_and_end_go_to_the_first_and_last(shown: TileMap) -> None:
    tile_of(shown, "CMD").setFocus()
    assert press(shown, Qt.Key.Key_End) == "STN"
    assert press(shown, Qt.Key.Key_Home) == "ENF"


def test_tab_stops_once_and_where_the_keyboard_last_was(shown: TileMap) -> None:
    tile_of(shown, "ENF").setFocus()
    press(shown, Qt.Key.Key_Down)
    assert [widget.tile.letters for widget in access.tab_chain(shown)] == ["HRY"]
    assert access.buttons_without_keyboard(shown) == []


def test_tab_comes_to_the_map_in_its_turn_although_its_tiles_were_made_last(
    theme: themes.Theme, qtbot: Any
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    down = QVBoxLayout(page)
    before, made, after = QPushButton("Before"), TileMap("Boroughs", theme), QPushButton("After")
    for part in (before, made, after):
        down.addWidget(part)
    made.show_tiles(london())
    page.show()
    assert access.tab_chain(page) == [before, made.tiles[0], after]
    made.show_tiles(london(with_invented=True))
    assert access.tab_chain(page) == [before, made.tiles[0], after]
    assert made.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_open_a_tile(shown: TileMap, key: Qt.Key, qtbot: Any) -> None:
    tile_of(shown, "CMD").setFocus()
    with qtbot.waitSignal(shown.tile_opened) as opened:
        press(shown, key)
    assert opened.args == ["E09000007"]


def test_a_click_opens_a_tile_too_and_tab_comes_back_to_it(shown: TileMap, qtbot: Any) -> None:
    with qtbot.waitSignal(shown.tile_opened) as opened:
        QTest.mouseClick(tile_of(shown, "SWK"), Qt.MouseButton.LeftButton)
    assert opened.args == ["E09000028"]
    assert [widget.tile.letters for widget in access.tab_chain(shown)] == ["SWK"]


def test_a_screen_reader_finds_every_tile_as_a_button_with_its_name(shown: TileMap) -> None:
    spoken = QAccessible.queryAccessibleInterface(shown)
    assert spoken.text(QAccessible.Text.Name) == "Digital apprentices by borough"
    every = [spoken.child(number) for number in range(spoken.childCount())]
    children = [child for child in every if child.role() == QAccessible.Role.Button]
    names = [child.text(QAccessible.Text.Name) for child in children]
    assert sorted(names) == sorted(tile.says for tile in london())
    camden = children[names.index("Camden, 6, flagged")]
    assert camden.text(QAccessible.Text.Description) == "Enter shows the rows."
    assert camden.state().focusable
    assert access.unnamed_widgets(shown) == []


def test_a_tile_says_in_its_tooltip_what_it_says_to_a_screen_reader(shown: TileMap) -> None:
    camden = tile_of(shown, "CMD")
    assert camden.toolTip() == "Camden, 6, flagged\nEnter shows the rows."


def test_other_figures_leave_the_keyboard_where_it_is(shown: TileMap) -> None:
    tile_of(shown, "CMD").setFocus()
    changed = [replace(tile, figure="99") for tile in london()]
    shown.show_tiles(changed)
    here = shown.focusWidget()
    assert isinstance(here, TileButton)
    assert (here.tile.letters, here.tile.figure) == ("CMD", "99")


def test_where_a_tile_goes_the_keyboard_goes_to_the_first(shown: TileMap) -> None:
    shown.show_tiles(london(with_invented=True))
    tile_of(shown, "XMP").setFocus()
    gone = tile_of(shown, "XMP")
    shown.walk(gone, 0, 1)
    shown.show_tiles(london())
    here = shown.focusWidget()
    assert isinstance(here, TileButton)
    assert here.tile.letters == "ENF"
    assert len(shown.tiles) == 33
    assert not isValid(gone) or gone.isHidden()


def test_invented_boroughs_stand_apart_from_the_others(shown: TileMap) -> None:
    shown.show_tiles(london(with_invented=True))
    taken = {button.place for button in shown.tiles}
    assert len(taken) == 35
    for letters in ("XMP", "XMQ"):
        row, col = tile_of(shown, letters).place
        beside = {button.tile.letters for button in shown.tiles if button.place[0] == row}
        assert beside <= {"XMP", "XMQ", "STN"}
        assert (row, col - 1) not in taken or letters == "XMQ"
        assert (row - 1, col) not in taken


def test_tiles_without_any_place_stand_in_a_row(theme: themes.Theme, qtbot: Any) -> None:
    made = TileMap("Samples", theme)
    qtbot.addWidget(made)
    assert made.heightForWidth(100) == 0
    made.show_tiles([tile for tile in london(with_invented=True) if tile.row is None])
    assert [button.tile.letters for button in made.tiles] == ["XMP", "XMQ"]
    assert {button.place[0] for button in made.tiles} == {1}


@pytest.mark.parametrize("name", themes.THEMES)
def test_words_can_be_read_on_every_tile_in_every_theme(
    name: themes.ThemeName, qapp: QApplication, qtbot: Any
) -> None:
    theme = themes.load_theme(name)
    least = 7.0 if name == "contrast" else 4.5
    made = TileMap("Boroughs", theme)
    qtbot.addWidget(made)
    for state in STATES:
        for share in range(101):
            tile = Tile(1, "CMD", "17", "Camden", state=state, share=share / 100, row=1, col=1)
            made.show_tiles([tile])
            fill, words = made.tiles[0].colours()
            assert contrast(words, fill) >= least, (state, share)


@pytest.mark.parametrize("name", themes.THEMES)
def test_more_is_always_further_along(name: themes.ThemeName, qapp: QApplication) -> None:
    theme = themes.load_theme(name)
    ladder = shades(theme)
    ground = theme.colour("surface_raised")
    away = [contrast(shade.fill, ground) for shade in ladder]
    assert away == sorted(away)
    assert len(ladder) > 20
    assert ladder[-1].fill == theme.colour("accent")
    assert shade_at(ladder, -1) == ladder[0]
    assert shade_at(ladder, 2) == ladder[-1]


def grey(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_states_differ_without_colour(shown: TileMap) -> None:
    """Counted is where a picture steps from light to dark, which edges, stripes and marks make."""
    pictures = set()
    for state in STATES:
        tile = Tile(1, "CMD", "17", "Camden", state=state, share=0.2, row=1, col=1)
        shown.show_tiles([tile])
        picture = grey(shown.tiles[0])
        profile = tuple(
            sum(
                abs(picture.pixelColor(x, y).value() - picture.pixelColor(x + 1, y).value()) > 40
                for x in range(picture.width() - 1)
            )
            for y in range(picture.height())
        )
        pictures.add(profile)
    assert len(pictures) == len(STATES)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", themes.THEMES)
def test_letters_and_figures_have_room_however_narrow(
    name: themes.ThemeName, scale: float, qapp: QApplication, qtbot: Any
) -> None:
    theme = themes.load_theme(name, scale)
    made = TileMap("Boroughs", theme)
    page = QScrollArea()
    page.setWidgetResizable(True)
    inner = QWidget()
    down = QVBoxLayout(inner)
    down.addWidget(made)
    page.setWidget(inner)
    qtbot.addWidget(page)
    made.show_tiles(london(with_invented=True))
    for width in (300, 480, 1200):
        page.resize(width, 500)
        page.show()
        QApplication.processEvents()
        for button in made.tiles:
            words = button.fontMetrics()
            words = type(words)(theme.font("small strong"))
            assert words.horizontalAdvance(button.tile.letters) < button.width()
            assert button.geometry().bottom() < made.height()
            assert button.geometry().right() < made.width()
        places = [button.geometry() for button in made.tiles]
        assert not any(
            one.intersects(other)
            for number, one in enumerate(places)
            for other in places[number + 1 :]
        )


@pytest.mark.parametrize("width", [120, 300])
def test_where_the_map_has_no_room_its_tiles_follow_each_other_and_can_all_be_walked(
    shown: TileMap, width: int
) -> None:
    assert shown.is_map
    shown.resize(width, shown.heightForWidth(width))
    assert not shown.is_map
    columns = {button.spot[1] for button in shown.tiles}
    assert columns == set(range(1, max(columns) + 1))
    # From the first on, Right to the end of the line and Down to the next, in reading order.
    shown.tiles[0].setFocus()
    reached = [shown.tiles[0].tile.letters]
    for before, after in pairwise(shown.tiles):
        if after.spot[0] == before.spot[0]:
            reached.append(press(shown, Qt.Key.Key_Right))
        else:
            press(shown, Qt.Key.Key_Down)
            for _ in range(before.spot[1] - 1):
                press(shown, Qt.Key.Key_Left)
            here = shown.focusWidget()
            assert isinstance(here, TileButton)
            reached.append(here.tile.letters)
    assert reached == [button.tile.letters for button in shown.tiles]


def test_marks_go_below_where_there_is_no_room_beside(shown: TileMap) -> None:
    shown.resize(700, 600)
    assert not shown.is_tight
    tall = shown.tile_size().height()
    shown.resize(300, 600)
    assert shown.is_tight
    assert shown.tile_size().height() > tall


def test_the_map_follows_the_theme(qapp: QApplication, shown: TileMap, theme: themes.Theme) -> None:
    before = shown.tile_size()
    theme.become("dark", 2.0)
    themes.apply(qapp, theme)
    assert shown.tile_size().height() > 1.5 * before.height()
    assert shown.tiles[1].sizeHint() == shown.tile_size()
