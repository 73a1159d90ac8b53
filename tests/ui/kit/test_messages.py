from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.messages import Banner, Messages, StatusLine


def visible_words(widget) -> list[str]:
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisibleTo(widget) and label.text()
    ]


def test_what_is_done_stands_in_the_status_line_with_its_way_back(qtbot, theme, messages) -> None:
    line = StatusLine(messages, theme)
    qtbot.addWidget(line)
    line.show()
    undone: list[bool] = []
    messages.say("Ada Obi was added.", "Undo", lambda: undone.append(True))
    assert visible_words(line) == ["Ada Obi was added."]
    undo = next(b for b in line.findChildren(QAbstractButton) if b.isVisible())
    assert access.spoken_name(undo) == "Undo"
    undo.click()
    assert undone == [True]
    assert messages.current is None
    assert visible_words(line) == []


def test_an_action_may_say_something_itself(qtbot, theme, messages) -> None:
    line = StatusLine(messages, theme)
    qtbot.addWidget(line)
    messages.say("Saved.", "Undo", lambda: messages.say("Undone."))
    next(iter(line.findChildren(QAbstractButton))).click()
    assert str(messages.current) == "Undone."


def test_a_problem_says_what_happened_and_what_to_do(qtbot, theme, messages) -> None:
    banner = Banner(messages, theme)
    qtbot.addWidget(banner)
    assert banner.isHidden()
    messages.problem(Problem("The disk is full.", "Free some room and try again."))
    assert not banner.isHidden()
    assert visible_words(banner) == ["The disk is full.", "Free some room and try again."]
    assert banner.accessibleName() == "The disk is full. Free some room and try again."


def test_a_problem_is_dismissed_by_its_button_or_by_escape(qtbot, theme, messages) -> None:
    banner = Banner(messages, theme)
    qtbot.addWidget(banner)
    banner.show()
    for act in ("button", "escape"):
        messages.problem(Problem("The disk is full."))
        close = next(
            b
            for b in banner.findChildren(QAbstractButton)
            if access.spoken_name(b) == "Dismiss this message"
        )
        if act == "button":
            close.click()
        else:
            QTest.keyClick(close, Qt.Key.Key_Escape)
        assert messages.current_problem is None
        assert banner.isHidden()
    assert access.buttons_without_keyboard(banner) == []


def test_a_quiet_message_does_not_take_a_problem_away(messages) -> None:
    messages.problem(Problem("The disk is full."))
    messages.say("Saved.")
    assert str(messages.current_problem) == "The disk is full."
    assert str(messages.current) == "Saved."


def test_only_so_much_of_what_was_said_is_kept(messages) -> None:
    for number in range(Messages.LONGEST + 5):
        messages.say(str(number))
    assert len(messages.said) == Messages.LONGEST
    assert str(messages.said[-1]) == str(Messages.LONGEST + 4)


def test_an_action_that_goes_away_lets_go_of_the_keyboard(qtbot, theme, messages) -> None:
    """Qt would hand it to whatever comes next, which somebody who types does not expect."""
    line, banner = StatusLine(messages, theme), Banner(messages, theme)
    for each in (line, banner):
        qtbot.addWidget(each)
        each.show()
    with qtbot.assertNotEmitted(line.let_go):
        messages.say("Ada Obi was added.", "Undo", lambda: None)
        messages.hush()
    messages.say("Ada Obi was added.", "Undo", lambda: None)
    undo = next(b for b in line.findChildren(QAbstractButton) if b.isVisible())
    line.activateWindow()
    undo.setFocus()
    qtbot.waitUntil(undo.hasFocus)
    with qtbot.waitSignal(line.let_go):
        undo.click()
    messages.problem(Problem("The disk is full."))
    close = next(b for b in banner.findChildren(QAbstractButton) if b.isVisible())
    banner.activateWindow()
    close.setFocus()
    qtbot.waitUntil(close.hasFocus)
    with qtbot.waitSignal(banner.let_go):
        close.click()
