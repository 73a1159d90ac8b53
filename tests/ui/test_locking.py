"""Locking: nothing of a desk can be seen, read or heard until its passphrase is given."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.safekeeping import attempts, keychain, vault
from apprentice_desk.ui.destinations import AddApprentice, OpenPage
from apprentice_desk.ui.kit import access, clipboard
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.shell.lock_watching import Watcher
from apprentice_desk.ui.shell.locking import Locking
from ui.encrypted import PASSPHRASE, encrypt

MOST_SECONDS = 30
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setattr(attempts, "_OF_DESKS", {})
    monkeypatch.setattr(keychain, "_kept", lambda _salt: None)


@pytest.fixture
def program(start: Any, tmp_path: Path, copy_sample: Any, qtbot: Any) -> Any:
    """The program on a desk with a passphrase, on Today."""
    path = Path(copy_sample(tmp_path / "exampleton.desk", TODAY))
    encrypt(path)
    running = start(str(path))
    asked = running.window.furniture.stack.currentWidget()
    asked.passphrase.input.line.setText(PASSPHRASE)
    asked.submit()
    qtbot.waitUntil(lambda: running.window.locking is not None)
    settle(running, qtbot)
    return running


def settle(program: Any, qtbot: Any) -> None:
    desk = program.window.desk
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QApplication.processEvents()


def lock(program: Any, qtbot: Any) -> Locking:
    """Lock by the key, as a person does, and wait until the key is forgotten."""
    program.window.actions_.lock.trigger()
    locking = program.window.locking
    assert locking.is_on
    qtbot.waitUntil(lambda: program.window.desk.store.is_locked)
    return locking


def unlock(program: Any, qtbot: Any) -> None:
    asked = program.window.locking.asked
    asked.passphrase.input.line.setText(PASSPHRASE)
    QTest.keyClick(asked.passphrase.input.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.window.is_locked)
    settle(program, qtbot)


def told(interface: Any) -> Iterator[str]:
    """Everything that a screen reader can ask for below *interface*."""
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield interface.text(kind)
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from told(child)


def all_told() -> str:
    return "\n".join(told(QAccessible.queryAccessibleInterface(QApplication.instance())))


def painted() -> list[QWidget]:
    """The windows that stand on the screen."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def words_seen() -> str:
    """All words that labels and fields show in what stands on the screen."""
    found = []
    for window in painted():
        found.append(window.windowTitle())
        for each in window.findChildren(QLabel):
            found += [each.text()] if each.isVisible() else []
        for line in window.findChildren(QLineEdit):
            found += [line.text()] if line.isVisible() else []
    return "\n".join(found)


def people(program: Any) -> set[str]:
    rows = program.window.page("apprentices").table.rows.shown
    return {row.family_name for row in rows}


def test_nothing_is_seen_or_told_behind_the_lock_and_all_is_back_afterwards(
    program: Any, qtbot: Any
) -> None:
    window = program.window
    window.show_page("apprentices")
    settle(program, qtbot)
    names = people(program)
    assert len(names) > 10
    before = all_told()
    assert sum(name in before for name in names) > 10, "the guard sees what is there to hide"
    window.go(AddApprentice())
    settle(program, qtbot)
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    line = dialog.form.input("family_name").target
    line.setFocus()
    QTest.keyClicks(line, "Half Typed")
    line.setCursorPosition(4)
    title, place = window.windowTitle(), dialog.geometry()
    assert "Half Typed" in all_told()
    locking = lock(program, qtbot)
    assert painted() == [window]
    after = all_told() + words_seen()
    found = {name for name in (*names, "Half Typed") if name in after}
    assert not found
    assert window.windowTitle() == "Locked - Apprentice Desk"
    assert "is locked" in after
    qtbot.waitUntil(lambda: QApplication.focusWidget() is locking.asked.first_stop())
    unlock(program, qtbot)
    assert window.windowTitle() == title
    assert dialog.isVisible()
    assert QApplication.activeModalWidget() is dialog
    assert dialog.geometry() == place
    assert line.text() == "Half Typed"
    assert line.cursorPosition() == 4
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    assert dialog.form.has_unsaved_changes
    assert people(program) == names
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    question = next(each for each in window.findChildren(Question) if each.isVisible())
    assert "Half Typed" in question.accessibleDescription()
    question.confirm.click()
    qtbot.waitUntil(lambda: painted() == [window])


def press_the_keys_that_lock(window: QWidget) -> None:
    """Press Ctrl Shift L where the system hands keys over: to a window, not to a widget in it."""
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, chord)


def a_dialog(window: Any, _qtbot: Any) -> QWidget:
    window.go(AddApprentice())
    return next(each for each in window.findChildren(QDialog) if each.isVisible())


def a_question_above_a_dialog(window: Any, qtbot: Any) -> QWidget:
    dialog = a_dialog(window, qtbot)
    QTest.keyClicks(dialog.form.input("family_name").target, "Half Typed")
    dialog.reject()
    return next(each for each in window.findChildren(Question) if each.isVisible())


def the_window_of_the_line(window: Any, qtbot: Any) -> QWidget:
    window.actions_.log_hours.trigger()
    qtbot.waitUntil(lambda: len(painted()) == 2)
    return next(each for each in painted() if each is not window)


@pytest.mark.parametrize(
    "opened", [None, a_dialog, a_question_above_a_dialog, the_window_of_the_line]
)
def test_its_keys_lock_it_from_whatever_window_they_are_pressed_in(
    program: Any, qtbot: Any, opened: Any
) -> None:
    window = program.window
    window.show_page("apprentices")
    settle(program, qtbot)
    above = window if opened is None else opened(window, qtbot)
    press_the_keys_that_lock(above)
    assert window.is_locked
    assert painted() == [window]
    qtbot.waitUntil(lambda: window.desk.store.is_locked)
    unlock(program, qtbot)
    assert above.isVisible()
    for dialog in window.findChildren(QDialog):
        QDialog.done(dialog, QDialog.DialogCode.Rejected)


def test_a_question_above_a_dialog_comes_back_above_it(program: Any, qtbot: Any) -> None:
    window = program.window
    window.show_page("apprentices")
    window.go(AddApprentice())
    settle(program, qtbot)
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    QTest.keyClicks(dialog.form.input("family_name").target, "Half Typed")
    dialog.reject()
    question = next(each for each in window.findChildren(Question) if each.isVisible())
    lock(program, qtbot)
    assert painted() == [window]
    assert "Half Typed" not in all_told()
    unlock(program, qtbot)
    assert QApplication.activeModalWidget() is question
    question.cancel.click()
    assert QApplication.activeModalWidget() is dialog
    assert dialog.form.input("family_name").target.text() == "Half Typed"
    QDialog.done(dialog, QDialog.DialogCode.Rejected)


def test_popups_menus_small_words_and_the_clipboard_go(program: Any, qtbot: Any) -> None:
    window = program.window
    window.show_page("apprentices")
    settle(program, qtbot)
    clipboard.put("Priya\t3 h", "<b>Priya</b>")
    menu = QMenu(window)
    menu.addAction("Open Priya Shah")
    menu.popup(window.mapToGlobal(QPoint(50, 50)))
    assert QApplication.activePopupWidget() is menu
    lock(program, qtbot)
    assert QApplication.activePopupWidget() is None
    assert painted() == [window]
    assert QGuiApplication.clipboard().text() == ""
    unlock(program, qtbot)
    menu.deleteLater()


COPYING = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from apprentice_desk.ui.kit import clipboard
application = QApplication([])
line = QLineEdit("Priya Shah")
line.show()
line.selectAll()
line.copy()
application.processEvents()
before = QGuiApplication.clipboard().text()
clipboard.clear_ours()
application.processEvents()
print(QGuiApplication.platformName(), before, repr(QGuiApplication.clipboard().text()), sep="|")
"""


@pytest.mark.window
def test_what_was_copied_from_a_field_leaves_the_real_clipboard() -> None:
    if not os.environ.get("DISPLAY"):
        pytest.skip("no X server: set DISPLAY")
    done = subprocess.run(
        [sys.executable, "-c", COPYING], check=True, capture_output=True, text=True, timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() == "xcb|Priya Shah|''"


def test_what_another_program_put_on_the_clipboard_stays(
    program: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = QGuiApplication.clipboard()
    board.setText("of another program")
    monkeypatch.setattr(type(board), "ownsClipboard", lambda _self: False)
    lock(program, qtbot)
    assert board.text() == "of another program"
    unlock(program, qtbot)


def test_the_key_is_forgotten_and_reads_say_that_it_is_locked(program: Any, qtbot: Any) -> None:
    store = program.window.desk.store
    raw = store.key.raw
    lock(program, qtbot)
    gc.collect()
    kept = [each for each in gc.get_objects() if isinstance(each, DeskKey)]
    assert raw not in [each.raw for each in kept]
    with pytest.raises(Problem, match=r"exampleton\.desk is locked\."):
        store.read(organisation_row)
    with pytest.raises(Problem, match="is locked"), store.change("Behind the lock"):
        pass
    unlock(program, qtbot)
    assert store.read(organisation_row).name == "Exampleton"


class Sleep(Watcher):
    """A system that waits before it sleeps, and how the desk stands when it is let."""

    def __init__(self, program: Any) -> None:
        super().__init__(program)
        self.program = program
        self.let: list[tuple[bool, bool]] = []

    def start(self) -> None:
        """It tells nothing by itself here."""

    def stop(self) -> None:
        """It tells nothing by itself here."""

    def let_sleep(self) -> None:
        window = self.program.window
        self.let.append((window.locking.is_on, window.desk.store.is_locked))


def test_a_computer_that_waits_sleeps_once_the_key_is_forgotten(program: Any, qtbot: Any) -> None:
    locking = program.window.locking
    sleep = Sleep(program)
    locking.watchers.append(sleep)
    lock(program, qtbot)
    assert sleep.let == [(True, True)]
    unlock(program, qtbot)


def test_a_wrong_passphrase_leaves_it_locked(program: Any, qtbot: Any) -> None:
    locking = lock(program, qtbot)
    locking.asked.passphrase.input.line.setText("not this one")
    locking.asked.submit()
    qtbot.waitUntil(lambda: bool(locking.asked.wait.text()))
    assert program.window.is_locked
    assert program.window.desk.store.is_locked
    qtbot.waitUntil(lambda: locking.asked.confirm.isEnabled())
    unlock(program, qtbot)


def test_the_recovery_sheet_unlocks_it_too(program: Any, qtbot: Any) -> None:
    code = vault.recovery_code(program.window.desk.store.key)
    locking = lock(program, qtbot)
    locking.asked.turn()
    locking.asked.code.input.write(code)
    locking.asked.submit()
    qtbot.waitUntil(lambda: not program.window.is_locked)


def test_work_under_way_ends_first_and_can_be_unlocked_meanwhile(program: Any, qtbot: Any) -> None:
    desk, ended, goes_on = program.window.desk, [], [True]

    def work(progress: Any) -> str:
        while goes_on:
            progress.step(0, None, "Working")
        return str(desk.store.read(organisation_row).name)

    desk.jobs.run("Working", work, done=ended.append)
    qtbot.waitUntil(lambda: desk.jobs.running[0].state == "running")
    program.window.actions_.lock.trigger()
    locking = program.window.locking
    assert locking.is_on
    assert not desk.store.is_locked, "it is at work"
    locking.asked.passphrase.input.line.setText("not this one")
    locking.asked.submit()
    qtbot.waitUntil(lambda: bool(locking.asked.wait.text()))
    goes_on.clear()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["Exampleton"]
    qtbot.waitUntil(lambda: desk.store.is_locked)
    read: list[str] = []
    desk.jobs.run("Asked for behind the lock", lambda _progress: "done", done=read.append)
    QTest.qWait(50)
    assert not read, "it waits"
    qtbot.waitUntil(lambda: locking.asked.confirm.isEnabled())
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: bool(read))


def test_a_read_that_is_no_job_ends_before_the_key_is_forgotten(program: Any, qtbot: Any) -> None:
    store, goes_on = program.window.desk.store, threading.Event()
    began: list[str] = []

    def slow(_session: Any) -> None:
        began.append("began")
        goes_on.wait(MOST_SECONDS)

    reader = threading.Thread(target=store.read, args=(slow,))
    reader.start()
    qtbot.waitUntil(lambda: bool(began))
    program.window.actions_.lock.trigger()
    QTest.qWait(250)  # the window answers meanwhile
    assert program.window.is_locked
    assert not store.is_locked
    goes_on.set()
    reader.join()
    qtbot.waitUntil(lambda: store.is_locked)
    unlock(program, qtbot)


def test_while_it_works_the_right_passphrase_unlocks_and_no_other(program: Any, qtbot: Any) -> None:
    desk, goes_on = program.window.desk, [True]

    def work(progress: Any) -> None:
        while goes_on:
            progress.step(0, None, "Working")

    desk.jobs.run("Working", work)
    qtbot.waitUntil(lambda: desk.jobs.running[0].state == "running")
    program.window.actions_.lock.trigger()
    locking = program.window.locking
    locking.asked.passphrase.input.line.setText(PASSPHRASE)
    locking.asked.submit()
    qtbot.waitUntil(lambda: not program.window.is_locked)
    goes_on.clear()
    settle(program, qtbot)
    assert not desk.store.is_locked


def test_what_a_clock_wanted_to_read_behind_the_lock_is_no_fault_and_is_read_afterwards(
    program: Any, qtbot: Any
) -> None:
    window = program.window
    window.show_page("apprentices")
    settle(program, qtbot)
    page = window.page("apprentices")
    lock(program, qtbot)
    asked: list[str] = []

    def late() -> None:
        asked.append("late")
        window.desk.store.read(organisation_row)

    QTimer.singleShot(0, late)
    qtbot.waitUntil(lambda: bool(asked))
    assert not page._is_stale
    unlock(program, qtbot)
    assert not window.findChildren(Question)
    assert window.desk.store.has_refused
    qtbot.waitUntil(lambda: not page._is_stale)


def test_a_window_that_comes_up_behind_the_lock_is_taken_away(program: Any, qtbot: Any) -> None:
    lock(program, qtbot)
    late = QDialog(program.window)
    late.setWindowTitle("Priya has an hour to confirm")
    late.open()
    qtbot.waitUntil(lambda: painted() == [program.window])
    assert "Priya" not in all_told()
    unlock(program, qtbot)
    assert late.isVisible()
    late.close()
    late.deleteLater()


def test_keys_of_the_window_do_nothing_behind_the_lock(program: Any, qtbot: Any) -> None:
    window = program.window
    locking = lock(program, qtbot)
    allowed = {each.text() for each in window.actions() if each.isEnabled()}
    assert allowed == {"Close Apprentice Desk"}
    line = locking.asked.first_stop()
    for keys in (Qt.Key.Key_L, Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_2):
        QTest.keyClick(line, keys, Qt.KeyboardModifier.ControlModifier)
    assert painted() == [window]
    unlock(program, qtbot)
    assert window.actions_.log_hours.isEnabled()
    assert window.actions_.lock.isEnabled()


def test_nothing_is_read_out_behind_the_lock(
    program: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    messages = program.messages
    messages.say("Saved: Log 3 h for Priya.")
    assert heard == ["Saved: Log 3 h for Priya."]
    heard.clear()
    locking = lock(program, qtbot)
    messages.say("Saved: Log 4 h for Priya.")
    messages.warn("Priya has left.")
    assert heard == []
    access.announce(locking.asked.wait, "You can try again in 1 s.")
    assert heard == ["You can try again in 1 s."]
    unlock(program, qtbot)


def test_closing_it_behind_the_lock_names_nobody_and_what_is_typed_is_offered_again(
    program: Any, start: Any, qtbot: Any
) -> None:
    window = program.window
    window.show_page("settings")
    settle(program, qtbot)
    window.page("settings").ask_for_team()
    dialog = window.page("settings").dialog
    QTest.keyClicks(dialog.form.input("team").target, "Half Typed")
    location = window.desk.store.location
    locking = lock(program, qtbot)
    assert window.desk.drafts.waiting(), "kept when it was locked"
    locking.asked.back.click()
    questions = [each for each in painted() if isinstance(each, Question)]
    if questions:
        assert "Half Typed" not in questions[0].accessibleDescription()
        questions[0].confirm.click()
    qtbot.waitUntil(lambda: window.desk is None)
    assert window.furniture.welcome.isVisible()
    assert not window.is_locked
    assert window.windowTitle() == "Apprentice Desk"
    program.open(location)
    furniture = window.furniture
    qtbot.waitUntil(lambda: hasattr(furniture.stack.currentWidget(), "passphrase"))
    furniture.stack.currentWidget().passphrase.input.line.setText(PASSPHRASE)
    furniture.stack.currentWidget().submit()
    qtbot.waitUntil(lambda: window.desk is not None)
    (draft,) = window.desk.drafts.waiting()
    assert "Half Typed" in draft.typed["team"]


def test_the_program_closes_behind_the_lock(program: Any, qtbot: Any) -> None:
    lock(program, qtbot)
    program.window.close()
    assert not program.window.isVisible()


def test_files_open_in_other_programs_are_removed(program: Any, qtbot: Any) -> None:
    path = program.window.desk.opened_files.put("review.pdf", b"%PDF- of Priya")
    locking = lock(program, qtbot)
    assert not path.exists()
    assert "were removed from this computer" in locking.asked.accessibleDescription()
    unlock(program, qtbot)
    assert program.window.desk.opened_files.put("again.pdf", b"%PDF-").exists()


def test_a_desk_without_a_passphrase_says_so_and_offers_one(
    start: Any, tmp_path: Path, copy_sample: Any, qtbot: Any
) -> None:
    path = Path(copy_sample(tmp_path / "plain.desk", TODAY))
    program = start(str(path))
    qtbot.waitUntil(lambda: program.window.locking is not None)
    program.window.actions_.lock.trigger()
    assert not program.window.is_locked
    said = program.messages.current_problem
    assert said.text.startswith("This desk has no passphrase")
    said.action()
    assert program.window.shown == "safekeeping"
    assert program.window.page("safekeeping").shown_part == "protection"


def test_a_place_scrolled_to_and_a_chosen_row_are_still_there(program: Any, qtbot: Any) -> None:
    window = program.window
    window.show_page("apprentices")
    settle(program, qtbot)
    table, row = window.page("apprentices").table, 5
    qtbot.waitUntil(lambda: table.model().rowCount() > row)
    table.setCurrentIndex(table.model().index(row, 0))
    lock(program, qtbot)
    unlock(program, qtbot)
    assert table.currentIndex().row() == row
    assert window.shown == "apprentices"
    window.go(OpenPage("hours"))
    settle(program, qtbot)
    assert window.shown == "hours"
