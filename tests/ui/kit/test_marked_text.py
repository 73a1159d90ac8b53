"""The text with marks: what shows as what, what can be written next, which lines are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from apprentice_desk.ui.kit.marked_text import Completion, Look, MarkedText
from apprentice_desk.ui.kit.theme import Theme

LOOKS = (
    (re.compile(r"\{[a-z]+\}"), Look("accent_text", is_bold=True)),
    (re.compile(r"\{ref:[a-z]+\}"), Look("note_text", is_underlined=True)),
    (re.compile(r"\{#[a-z]+\}"), Look("text_quiet", is_italic=True)),
)
WORDS = ("apple}", "apricot}", "ref:")


def offer(before: str) -> Completion | None:
    found = re.search(r"\{([a-z:]*)$", before)
    if found is None:
        return None
    begun = found[1]
    return Completion(begun, tuple((w, f"the {w}") for w in WORDS if w.startswith(begun)))


@pytest.fixture
def text(theme: Theme, qtbot: Any) -> Iterator[MarkedText]:
    """The text, above a line to leave it for."""
    outer = QWidget()
    made = MarkedText("Words", "Type here", LOOKS, offer, theme)
    down = QVBoxLayout(outer)
    down.addWidget(made)
    down.addWidget(QLineEdit())
    outer.resize(600, 400)
    outer.show()
    outer.activateWindow()
    qtbot.waitExposed(outer)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    outer.close()
    outer.deleteLater()


def offered(text: MarkedText) -> list[str]:
    return [each for each, _ in text.choices]


def test_a_brace_opens_the_list_and_letters_narrow_it(text: MarkedText) -> None:
    QTest.keyClicks(text, "An ")
    assert not text.has_list
    QTest.keyClicks(text, "{")
    assert offered(text) == ["apple}", "apricot}", "ref:"]
    QTest.keyClicks(text, "ap")
    assert offered(text) == ["apple}", "apricot}"]
    assert text.list.item(0).text() == "{apple}   the apple}"
    QTest.keyClicks(text, "z")
    assert not text.has_list


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_keys_choose_and_write(text: MarkedText, key: Qt.Key) -> None:
    QTest.keyClicks(text, "An {ap")
    QTest.keyClick(text, Qt.Key.Key_Down)
    QTest.keyClick(text, key)
    assert text.toPlainText() == "An {apricot}"
    assert not text.has_list
    assert text.hasFocus()
    QTest.keyClicks(text, " is ripe")
    assert text.toPlainText() == "An {apricot} is ripe"


def test_the_list_goes_round_and_is_closed_by_escape_and_opened_again(text: MarkedText) -> None:
    QTest.keyClicks(text, "{ap")
    QTest.keyClick(text, Qt.Key.Key_Up)
    assert text.list.currentRow() == 1
    QTest.keyClick(text, Qt.Key.Key_Down)
    assert text.list.currentRow() == 0
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not text.has_list
    assert text.toPlainText() == "{ap"
    QTest.keyClick(text, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert offered(text) == ["apple}", "apricot}"]
    QTest.keyClick(text, Qt.Key.Key_Left)
    assert offered(text) == ["apple}", "apricot}"]


def test_what_is_half_written_goes_on_and_a_brace_that_stands_there_is_kept(
    text: MarkedText,
) -> None:
    QTest.keyClicks(text, "{r")
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert text.toPlainText() == "{ref:"
    assert offered(text) == ["ref:"]
    text.write("{ap}")
    cursor = text.textCursor()
    cursor.setPosition(3)
    text.setTextCursor(cursor)
    QTest.keyClick(text, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert text.toPlainText() == "{apple}"
    assert text.textCursor().position() == len("{apple}")


def test_a_click_writes_too(text: MarkedText) -> None:
    QTest.keyClicks(text, "{ap")
    place = text.list.visualItemRect(text.list.item(1)).center()
    QTest.mouseClick(text.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert text.toPlainText() == "{apricot}"


def test_one_step_of_undo_takes_what_was_chosen_back(text: MarkedText) -> None:
    QTest.keyClicks(text, "{ap")
    QTest.keyClick(text, Qt.Key.Key_Tab)
    text.undo()
    assert text.toPlainText() in ("{", "{ap")


def test_tab_leaves_the_text_and_with_it_the_list_goes(text: MarkedText) -> None:
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert not text.hasFocus()
    text.setFocus()
    QTest.keyClicks(text, "{")
    assert text.has_list
    text.parentWidget().findChild(QLineEdit).setFocus()
    assert not text.has_list


def test_what_the_program_writes_is_no_edit_and_opens_nothing(text: MarkedText, qtbot: Any) -> None:
    edits: list[int] = []
    text.edited.connect(lambda: edits.append(1))
    text.write("{")
    assert edits == []
    assert not text.has_list
    text.moveCursor(text.textCursor().MoveOperation.End)
    QTest.keyClicks(text, "a")
    assert edits == [1]
    text.setReadOnly(True)
    text.close_list()
    QTest.keyClick(text, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert not text.has_list


def test_marks_differ_by_more_than_colour(text: MarkedText) -> None:
    text.write("{#one} The {apple} of {ref:law}.")
    block = text.document().firstBlock()
    layout = block.layout()
    ranges = layout.formats()
    found = {
        block.text()[each.start : each.start + each.length]: (
            each.format.fontWeight() == 700,
            each.format.fontUnderline(),
            each.format.fontItalic(),
            each.format.foreground().color().name(),
        )
        for each in ranges
    }
    assert {words: said[:3] for words, said in found.items()} == {
        "{#one}": (False, False, True),
        "{apple}": (True, False, False),
        "{ref:law}": (False, True, False),
    }
    assert len({said[3] for said in found.values()}) == 3


def test_wrong_lines_are_marked_with_a_sign_and_gone_to(text: MarkedText) -> None:
    text.write("One\nTwo\nThree")
    before = text.grab().toImage()
    text.show_wrong({1: "There is no Two.", 9: "No such line."})
    assert text.wrong_lines == (1, 9)
    (mark,) = text.extraSelections()
    assert mark.cursor.block().text() == "Two"
    assert text.grab().toImage() != before
    text.go_to_line(1)
    assert text.textCursor().block().text() == "Two"
    text.go_to_line(9)
    assert text.textCursor().block().text() == "Two"
    text.show_wrong({})
    assert text.extraSelections() == []


def test_the_list_stands_inside_even_at_the_last_line(text: MarkedText) -> None:
    text.write("\n" * 60)
    text.moveCursor(text.textCursor().MoveOperation.End)
    QTest.keyClicks(text, "{")
    assert text.rect().contains(text.list.geometry())
    text.parentWidget().resize(300, 200)
    assert text.rect().contains(text.list.geometry())
