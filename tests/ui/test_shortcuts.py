"""The sheet of shortcuts holds every key, and no key means two things in one place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QRadioButton, QWidget

import apprentice_desk
from apprentice_desk.returns import codes
from apprentice_desk.returns.checks import ALL_CHECKS
from apprentice_desk.ui.destinations import OpenReturnRecord
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.return_records.page import KINDS
from apprentice_desk.ui.shell import help as help_topics
from apprentice_desk.ui.shell.help import HelpDialog
from apprentice_desk.ui.shell.places import PAGES
from apprentice_desk.ui.shell.shortcuts import EVERYWHERE, gather
from ui.openings import TODAY, Hands, running

SOURCE = Path(apprentice_desk.__file__).parent
PLACES = [*(place.name for place in PAGES), *(f"return_records {kind.name}" for kind in KINDS)]
WRITTEN = re.compile(r"\b((?:(?:Ctrl|Alt|Shift)[+ ])+(?:[A-Z]|Enter|Left|Right|F\d+)|F\d+)\b")


@pytest.fixture(scope="module")
def hands(
    tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, copy_sample: Any
) -> Iterator[Hands]:
    folder = tmp_path_factory.mktemp("hands")
    desk = Path(copy_sample(folder / "exampleton.desk", TODAY))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPRENTICE_DESK_SETTINGS", str(folder))  # taken back afterwards
        with running(desk, folder) as made:
            yield made


def shown(hands: Hands, name: str) -> QWidget:
    page, _, kind = name.partition(" ")
    if kind:
        hands.window.go(OpenReturnRecord(kind))
        hands.settle()
        return hands.window.page(page)
    made: QWidget = hands.page(page)
    return made


def with_keys(*widgets: QWidget) -> list[QAction]:
    """Every action with a shortcut that belongs to something shown in *widgets*."""
    found = {}
    for root in widgets:
        for widget in (root, *root.findChildren(QWidget)):
            if widget is root or widget.isVisibleTo(root):
                found |= {id(each): each for each in widget.actions() if each.shortcut().toString()}
    return list(found.values())


@pytest.mark.parametrize("name", PLACES)
def test_every_action_with_a_shortcut_is_in_the_sheet_with_its_words(
    name: str, hands: Hands
) -> None:
    page = shown(hands, name)
    lines = gather(hands.window, page, "This page")
    native = QKeySequence.SequenceFormat.NativeText
    there = {(line.keys, line.what) for line in lines}
    every = with_keys(page, hands.window)
    assert len(every) >= 15
    for action in every:
        words = action.text().replace("&", "").rstrip("…")
        assert words, f"{action.shortcut().toString()} does something without a word"
        assert (action.shortcut().toString(native), words) in there
    assert all(line.keys and line.what and line.where for line in lines)
    assert [line.id for line in lines] == list(range(len(lines)))


@pytest.mark.parametrize("name", PLACES)
def test_no_shortcut_means_two_things_in_one_place(name: str, hands: Hands) -> None:
    page = shown(hands, name)
    assert used_twice(with_keys(page, hands.window)) == []


def used_twice(actions: list[QAction]) -> list[str]:
    """Return shortcuts of which Qt could not tell which of two actions is meant."""
    by_keys: dict[str, list[QAction]] = defaultdict(list)
    for action in actions:
        for keys in action.shortcuts():
            by_keys[keys.toString()].append(action)
    return [keys for keys, own in by_keys.items() if len(own) > 1 and not _are_apart(own)]


def _are_apart(actions: list[QAction]) -> bool:
    """Tell whether each belongs to another widget that alone has the keyboard."""
    if any(each.shortcutContext() != Qt.ShortcutContext.WidgetShortcut for each in actions):
        return False
    owners = [id(owner) for each in actions for owner in each.associatedObjects()]
    return len(owners) == len(set(owners))


def test_a_shortcut_used_twice_is_found(qtbot: object, hands: Hands) -> None:
    first, second = QAction("Search"), QAction("Keep")
    for action in (first, second):
        action.setShortcut("Ctrl+K")
    assert used_twice([first, second]) == ["Ctrl+K"]


@pytest.mark.parametrize("name", PLACES)
def test_no_hint_names_a_key_that_the_sheet_does_not_have(name: str, hands: Hands) -> None:
    """A hint on a page, or a tooltip, would otherwise go on after the key has changed."""
    page = shown(hands, name)
    known = {line.keys for line in gather(hands.window, page, "This page")}
    said = [page, *page.findChildren(QWidget), *hands.window.furniture.top.findChildren(QWidget)]
    said = [each for each in said if each.isVisibleTo(hands.window)]
    words = [each.toolTip() for each in said]
    words += [each.text() for each in said if isinstance(each, QLabel)]
    named = {key.replace(" ", "+") for each in words for key in WRITTEN.findall(each)}
    assert named - known == set()


def test_shortcuts_are_actions_and_nothing_else() -> None:
    """A QShortcut has no words, so the sheet could not show it."""
    users = [path.name for path in SOURCE.rglob("*.py") if "QShortcut" in path.read_text("utf-8")]
    assert users == []


def test_no_action_is_made_by_qt() -> None:
    """Python may be handed the object of an action that is gone, where Qt makes one at its place.

    Seen after pages were made anew for another size of text: their menus raised RuntimeError.
    """
    taken = re.compile(r"= \w+\.addAction\(")
    users = [path.name for path in SOURCE.rglob("*.py") if taken.search(path.read_text("utf-8"))]
    assert users == []


def test_f1_shows_the_topic_of_the_page_and_the_menu_has_every_topic(
    hands: Hands, qtbot: object
) -> None:
    window = hands.window
    page = hands.page("hours")
    menu = window.furniture.top.menu.menu()
    (below,) = [action.menu() for action in menu.actions() if action.text() == "Help"]
    words = [action.text() for action in below.actions()]
    assert words[0] == "Help on this page"
    topics = window.actions_.topics
    assert list(topics) == [topic for topic, _title in help_topics.TOPICS]
    assert {action.text() for action in topics.values()} <= set(words)
    window.actions_.help.trigger()
    help_: HelpDialog = hands.dialog()
    assert help_.texts[help_topics.QUICK_LINE].isVisible()
    assert "Where everything lies" in help_.texts[help_topics.FIRST_STEPS].toPlainText()
    help_.switch.buttons["shortcuts"].click()
    assert help_.shortcuts.isVisible()
    lines = help_.model.shown
    assert list(lines) == gather(window, page, "Hours")
    assert ("F1", "Help on this page", EVERYWHERE) in {
        (each.keys, each.what, each.where) for each in lines
    }
    assert ("Alt+Left", "Previous week", "Hours") in {(e.keys, e.what, e.where) for e in lines}
    for topic, text in help_.texts.items():
        help_.switch.buttons[topic].click()
        assert text.isVisible()
        assert len(text.toPlainText()) > 1_000
    help_.switch.buttons["accessibility"].click()
    assert help_.texts[help_topics.ACCESSIBILITY].isVisible()
    assert "Whom to tell" in help_.texts[help_topics.ACCESSIBILITY].toPlainText()
    hands.tidy()


def test_f1_in_a_form_shows_help_above_it_and_leads_away_from_nothing(
    hands: Hands, qtbot: Any
) -> None:
    page = hands.page("secondments")
    page.start_request()
    form = hands.dialog()
    hands.settle()
    form.form.set_value("ksbs", "K7")
    qtbot.keyClick(form.form.input("ksbs").target, Qt.Key.Key_F1)
    hands.settle()
    help_: HelpDialog = hands.dialog()
    assert help_.parentWidget() is form
    assert help_.texts[help_topics.SECONDMENTS].isVisible()
    assert "A form is open below" in help_.note.text()
    help_.switch.buttons["guide:secondment"].click()
    assert not help_.playbook.isVisible()
    help_.switch.buttons[help_topics.FIRST_STEPS].click()
    help_.texts[help_topics.FIRST_STEPS].link_chosen.emit("desk:page/imports")
    assert help_.isVisible()
    assert hands.window.shown == "secondments"
    qtbot.keyClick(help_, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: hands.dialogs() == [form])
    assert form.form.value("ksbs") == "K7"
    hands.tidy()


def test_help_has_every_code_of_a_return_made_from_the_checks_themselves(hands: Hands) -> None:
    hands.window.actions_.codes.trigger()
    help_: HelpDialog = hands.dialog()
    assert help_.codes.isVisible()
    words = help_.codes.toPlainText()
    assert len(ALL_CHECKS) > 80
    assert [check.code for check in ALL_CHECKS if check.code not in words] == []
    (row,) = [each for each in codes.rows() if each.code == "R208"]
    assert row.says in words
    assert row.remedy in words
    hands.tidy()


@pytest.mark.parametrize("name", PLACES)
def test_a_button_with_the_words_of_an_action_triggers_it(name: str, hands: Hands) -> None:
    """One set of actions: a button and the menu or key of the same words never part ways."""
    found = same_words(hands, shown(hands, name))
    assert "Log hours" in found, "at the top of every page"
    for words in found:
        made, actions = same_words(hands, shown(hands, name))[words]
        assert made.isEnabled() == any(action.isEnabled() for action in actions), words
        if made.isEnabled():
            assert is_one_thing(hands, made, actions), f"{words} of {name} goes its own way"
        hands.tidy()


def is_one_thing(hands: Hands, made: QAbstractButton, actions: list[QAction]) -> bool:
    """Whether the button triggers one of the actions, or one of them clicks the button.

    A page does not know the actions of the window: there both open the same dialog.
    """
    triggered = [QSignalSpy(action.triggered) for action in actions]
    made.click()
    if any(spy.count() for spy in triggered):
        return True
    opened = [type(each.form) for each in hands.dialogs() if isinstance(each, FormDialog)]
    hands.tidy()
    clicked = QSignalSpy(made.clicked)
    for action in actions:
        action.trigger()
    if clicked.count():
        return True
    forms = [type(each.form) for each in hands.dialogs() if isinstance(each, FormDialog)]
    return bool(opened) and opened == forms


def same_words(hands: Hands, page: QWidget) -> dict[str, tuple[QAbstractButton, list[QAction]]]:
    """The buttons of a page and of the top whose words are those of actions of that place."""
    window, top = hands.window, hands.window.furniture.top
    by_words: dict[str, list[QAction]] = defaultdict(list)
    for action in (*window.actions(), *page.findChildren(QAction)):
        by_words[plain(action.text())].append(action)
    return {
        plain(made.text()): (made, by_words[plain(made.text())])
        for root in (page, top)
        for made in root.findChildren(QAbstractButton)
        if not isinstance(made, QRadioButton)
        and made.isVisibleTo(window)
        and plain(made.text()) in by_words
        and plain(made.text())
    }


def plain(words: str) -> str:
    return words.replace("&", "").rstrip("…")
