"""The search box and its list: keys, mouse, what is read out, what is emphasised, its room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.domain.searching import words_of
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.results import ResultGroup, ResultLine, ResultsModel
from apprentice_desk.ui.kit.search_box import SearchBox
from apprentice_desk.ui.kit.theme import Theme, apply, load_theme

GROUPS = (
    ResultGroup(
        "People",
        (
            ResultLine(1, "Ada Obi", "Software developer  ·  On programme", "user"),
            ResultLine(2, "Adaeze Brown", "Data analyst  ·  On a break", "user"),
        ),
        12,
    ),
    ResultGroup(
        "Commands",
        (
            ResultLine(3, "Add apprentice", "", "user-plus", "Ctrl Shift N"),
            ResultLine(4, "Undo", "", "undo-2", "Ctrl Z", "there is nothing to undo"),
        ),
        2,
    ),
)


class Room(QWidget):
    """A window with a box at its top, a field below and a button at the end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.box = SearchBox("Search people", "Ctrl K", theme)
        self.field = QLineEdit()
        access.name(self.field, "Field")
        self.end = QPushButton("End")
        down = QVBoxLayout(self)
        for part in (self.box, self.field, self.end):
            down.addWidget(part)
        down.addStretch(1)
        self.typed: list[str] = []
        self.chosen: list[Any] = []
        self.closed: list[None] = []
        self.let_go: list[None] = []
        self.groups = GROUPS
        self.box.typed.connect(self._answer)
        self.box.chosen.connect(lambda line: self.chosen.append(line.key))
        self.box.closed.connect(lambda: self.closed.append(None))
        self.box.let_go.connect(lambda: self.let_go.append(None))

    def _answer(self, typed: str) -> None:
        self.typed.append(typed)
        self.box.show_groups(self.groups, words_of(typed))


@pytest.fixture
def room(theme: Theme, qtbot: Any) -> Iterator[Room]:
    made = Room(theme)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    yield made
    made.close()
    made.deleteLater()


def start(room: Room) -> SearchBox:
    room.box.start(room.field)
    return room.box


def press(box: QWidget, qtbot: Any, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(box, key)


def test_the_model_is_sound(theme: Theme) -> None:
    holder = QWidget()
    model = ResultsModel(holder)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, holder)
    model.replace(GROUPS, ("ad",))
    assert model.rowCount() == 6
    assert model.numbers() == [1, 2, 4, 5]
    model.replace((), ())
    assert model.rowCount() == 0
    holder.deleteLater()


def test_starting_takes_the_keyboard_and_shows_the_list(room: Room) -> None:
    box = start(room)
    assert box.hasFocus()
    assert box.is_open
    assert box.panel.isVisible()
    assert room.typed == [""]
    assert box.list.current().key == 1


def test_the_keys_go_up_and_down_and_to_the_ends(room: Room, qtbot: Any) -> None:
    box = start(room)
    key = Qt.Key
    for pressed, there in (
        (key.Key_Down, 2), (key.Key_Down, 3), (key.Key_Up, 2), (key.Key_End, 4), (key.Key_Down, 4),
        (key.Key_Home, 1), (key.Key_Up, 1), (key.Key_PageDown, 4), (key.Key_PageUp, 1),
    ):  # fmt: skip
        press(box, qtbot, pressed)
        assert box.list.current().key == there, pressed
    assert box.hasFocus()


def test_letters_go_into_the_box_and_ask_anew(room: Room, qtbot: Any) -> None:
    box = start(room)
    press(box, qtbot, Qt.Key.Key_Down)
    qtbot.keyClicks(box, "ad")
    assert box.text() == "ad"
    assert room.typed == ["", "a", "ad"]
    assert box.list.current().key == 1, "other words begin at the first line"
    qtbot.keyClick(box, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert box.selectedText() == "ad", "with Shift the keys are the text's"


def test_enter_chooses_and_gives_the_keyboard_back(room: Room, qtbot: Any) -> None:
    box = start(room)
    qtbot.keyClicks(box, "ad")
    press(box, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert room.chosen == [2]
    assert not box.is_open
    assert box.text() == ""
    assert room.field.hasFocus()
    assert len(room.closed) == 1


def test_escape_gives_the_keyboard_back_and_chooses_nothing(room: Room, qtbot: Any) -> None:
    box = start(room)
    qtbot.keyClicks(box, "ad")
    press(box, qtbot, Qt.Key.Key_Escape)
    assert (box.is_open, box.text(), room.chosen) == (False, "", [])
    assert room.field.hasFocus()
    assert room.let_go == []


def test_without_a_place_to_go_back_to_the_keyboard_is_let_go(room: Room, qtbot: Any) -> None:
    room.box.start(None)
    press(room.box, qtbot, Qt.Key.Key_Escape)
    assert not room.box.hasFocus()
    assert len(room.let_go) == 1


def test_tab_leaves_and_closes(room: Room, qtbot: Any) -> None:
    box = start(room)
    qtbot.keyClicks(box, "ad")
    press(box, qtbot, Qt.Key.Key_Tab)
    assert room.field.hasFocus()
    assert not box.is_open
    assert room.chosen == []


def test_tab_alone_opens_nothing_but_down_does(room: Room, qtbot: Any) -> None:
    box = room.box
    qtbot.keyClick(room.field, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert box.hasFocus()
    assert not box.is_open
    press(box, qtbot, Qt.Key.Key_Return)
    assert room.chosen == []
    press(box, qtbot, Qt.Key.Key_Down)
    assert box.is_open


def test_the_mouse_opens_and_chooses(room: Room, qtbot: Any) -> None:
    box = room.box
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.is_open
    heading, line = (box.list.visualRect(box.list.rows.index(number)) for number in (3, 4))
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert (room.chosen, box.is_open, box.hasFocus()) == ([], True, True)
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    assert room.chosen == [3]
    assert not box.is_open


def test_what_cannot_be_done_now_says_why_and_is_not_chosen(room: Room, qtbot: Any) -> None:
    box = start(room)
    press(box, qtbot, Qt.Key.Key_End)
    assert box.spoken == "Undo, Not now: there is nothing to undo, Ctrl Z, 4 of 4"
    press(box, qtbot, Qt.Key.Key_Return)
    assert (room.chosen, box.is_open) == ([], True)
    assert box.spoken == "Undo: not now, there is nothing to undo"


def test_below_a_note_nothing_is_chosen_until_down_is_pressed(room: Room, qtbot: Any) -> None:
    room.groups = (ResultGroup("Nothing matches."), GROUPS[1])
    box = start(room)
    assert box.list.current() is None
    press(box, qtbot, Qt.Key.Key_Return)
    assert room.chosen == []
    press(box, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert room.chosen == [3]


def test_the_choice_stays_when_the_same_is_found_anew(room: Room, qtbot: Any) -> None:
    box = start(room)
    press(box, qtbot, Qt.Key.Key_Down)
    more = ResultGroup("People", (ResultLine(9, "Ada Abara"), *GROUPS[0].lines), 3)
    box.show_groups((more, GROUPS[1]), ())
    assert box.list.current().key == 2
    box.show_groups((GROUPS[1],), ())
    assert box.list.current().key == 3, "what is gone leaves the first"


def test_the_number_of_results_and_each_line_are_read_out(room: Room, qtbot: Any) -> None:
    box = start(room)
    qtbot.keyClicks(box, "ad")
    counted = "4 results. first: Ada Obi, Software developer, On programme"
    qtbot.waitUntil(lambda: box.spoken == counted)
    press(box, qtbot, Qt.Key.Key_Down)
    assert box.spoken == "Adaeze Brown, Data analyst, On a break, 2 of 4"
    room.groups = (ResultGroup("Nothing matches “adx”."),)
    qtbot.keyClicks(box, "x")
    qtbot.waitUntil(lambda: box.spoken == "Nothing matches “adx”.")
    room.groups = (ResultGroup("Commands", GROUPS[1].lines[:1], 1),)
    qtbot.keyClicks(box, "y")
    one = "1 result. first: Add apprentice, Ctrl Shift N"
    qtbot.waitUntil(lambda: box.spoken == one)


def test_box_and_list_have_names_and_the_list_speaks(room: Room) -> None:
    box = start(room)
    assert access.spoken_name(box) == "Search people"
    assert "Escape" in box.accessibleDescription()
    assert access.spoken_name(box.list) == "What was found"
    assert access.unnamed_widgets(room) == []
    assert box.list not in access.tab_chain(room)
    says = [
        box.list.rows.index(number).data(Qt.ItemDataRole.AccessibleTextRole) for number in range(6)
    ]
    assert says == [
        "People",
        "Ada Obi, Software developer, On programme",
        "Adaeze Brown, Data analyst, On a break",
        "Commands",
        "Add apprentice, Ctrl Shift N",
        "Undo, Not now: there is nothing to undo, Ctrl Z",
    ]


def line_drawn(box: SearchBox, number: int) -> QImage:
    box.list.setCurrentIndex(box.list.rows.index(4))
    rect = box.list.visualRect(box.list.rows.index(number))
    at = box.list.viewport().mapTo(box.panel, rect.topLeft())
    return box.panel.grab().toImage().copy(at.x(), at.y(), rect.width(), rect.height())


def dark_spots(image: QImage) -> int:
    return sum(
        QColor(image.pixel(x, y)).lightness() < 128
        for x in range(image.width())
        for y in range(image.height())
    )


def test_what_matched_is_emphasised_by_more_than_colour(room: Room) -> None:
    """Bold and underlined letters cover more; without colour nothing else tells them."""
    box = start(room)
    box.show_groups(GROUPS, ())
    without = dark_spots(line_drawn(box, 1))
    box.show_groups(GROUPS, ("obi",))
    assert dark_spots(line_drawn(box, 1)) > without + 15
    box.show_groups(GROUPS, ("zzz",))
    assert dark_spots(line_drawn(box, 1)) == without


def test_a_heading_says_how_many_there_are_besides() -> None:
    assert GROUPS[0].counted == "2 of 12"
    assert GROUPS[1].counted == ""


@pytest.mark.parametrize("size", [(640, 480), (1024, 640), (1440, 900), (3840, 2160)])
@pytest.mark.parametrize(("name", "scale"), [("light", 1.0), ("dark", 2.0), ("contrast", 1.5)])
def test_the_list_lies_inside_the_window_under_its_box(
    name: Any, scale: float, size: tuple[int, int], qapp: Any, qtbot: Any
) -> None:
    theme = load_theme(name, scale)
    apply(qapp, theme)
    room = Room(theme)
    room.groups = GROUPS * 8
    room.resize(*size)
    room.show()
    room.box.start(None)
    box, panel = room.box, room.box.panel
    assert room.rect().contains(panel.geometry())
    assert panel.y() >= box.mapTo(room, QPoint(0, box.height())).y()
    assert box.list.viewport().height() >= box.list.sizeHintForRow(1)
    room.resize(size[0] - 60, size[1] - 40)
    qtbot.waitUntil(lambda: room.rect().contains(panel.geometry()))
    room.box.close_list()
    room.close()
    room.deleteLater()


def test_the_key_is_shown_until_the_box_is_used(room: Room, qtbot: Any) -> None:
    keys = room.box._keys
    assert keys.isVisible()
    start(room)
    assert not keys.isVisible()
    press(room.box, qtbot, Qt.Key.Key_Escape)
    assert keys.isVisible()
