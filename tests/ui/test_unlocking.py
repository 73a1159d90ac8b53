"""Opening a desk that has a passphrase, in the window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from apprentice_desk import settings
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping import attempts, keychain, vault
from apprentice_desk.safekeeping.attempts import Attempts
from apprentice_desk.ui.shell.unlock import Unlock
from ui.encrypted import PASSPHRASE, encrypt

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setattr(attempts, "_OF_DESKS", {})


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, DeskKey]:
    """A keychain of this test's own."""
    found: dict[bytes, DeskKey] = {}
    monkeypatch.setattr(keychain, "is_available", lambda: True)
    monkeypatch.setattr(keychain, "remember", lambda _path, key: found.update({key.salt: key}))
    monkeypatch.setattr(keychain, "_kept", found.get)
    return found


@pytest.fixture
def plain(tmp_path: Path, copy_sample: Any) -> Path:
    return Path(copy_sample(tmp_path / "exampleton.desk", TODAY))


@pytest.fixture
def protected(plain: Path, kept: dict[bytes, DeskKey]) -> Path:
    encrypt(plain)
    return plain


def asked_by(program: Any) -> Unlock:
    shown = program.window.furniture.stack.currentWidget()
    assert isinstance(shown, Unlock)
    return shown


def give(asked: Unlock, passphrase: str, qtbot: Any) -> None:
    """Type a passphrase and press Enter, as a person does."""
    line = asked.first_stop()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    QTest.keyClicks(line, passphrase)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_desk_with_a_passphrase_asks_for_it_in_the_window_and_opens(
    start: Any, protected: Path, qtbot: Any
) -> None:
    program = start(str(protected))
    asked = asked_by(program)
    assert program.window.desk is None
    assert asked.passphrase.input.target.echoMode() == QLineEdit.EchoMode.Password
    assert not asked.remember.isChecked()
    give(asked, PASSPHRASE, qtbot)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    lines = program.window.page("today").lines
    qtbot.waitUntil(lambda: len(lines.lines) > 3)
    assert settings.load().recent_desks == (str(protected),)
    assert program.window.furniture.first_look is None


def test_a_wrong_passphrase_is_said_in_one_sentence_and_has_somebody_wait(
    start: Any, protected: Path, qtbot: Any
) -> None:
    program = start(str(protected))
    asked = asked_by(program)
    give(asked, "copper lantern", qtbot)
    qtbot.waitUntil(lambda: bool(asked.wait.text()))
    assert asked.passphrase._error.text == "This passphrase does not open exampleton.desk."
    assert asked.wait.text() == "You can try again in 1 s."
    assert not asked.confirm.isEnabled()
    line = asked.first_stop()
    assert line.selectedText(), "typing replaces it"
    QTest.keyClicks(line, PASSPHRASE)
    QTest.keyClick(line, Qt.Key.Key_Return)  # too early: nothing is tried
    assert not asked._is_busy
    qtbot.waitUntil(lambda: asked.confirm.isEnabled())
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)


def test_the_wait_grows_to_half_a_minute_and_begins_anew() -> None:
    now = [0.0]
    tried = Attempts(lambda: now[0])
    waits = []
    for _ in range(7):
        tried.note_wrong()
        waits.append(tried.seconds_left)
        now[0] += tried.seconds_left
        assert tried.seconds_left == 0
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    tried.note_right()
    tried.note_wrong()
    assert tried.seconds_left == 1


def test_attempts_are_counted_of_one_desk_however_its_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    known = attempts.attempts_at(str(tmp_path / "a.desk"))
    for way in ("a.desk", "../" + tmp_path.name + "/a.desk", (tmp_path / "a.desk").as_posix()):
        assert attempts.attempts_at(way) is known, way
    assert attempts.attempts_at(str(tmp_path / "b.desk")) is not known


def test_turning_back_and_asking_again_forgets_no_attempt(
    start: Any, protected: Path, qtbot: Any
) -> None:
    program = start(str(protected))
    asked = asked_by(program)
    for _ in range(2):
        qtbot.waitUntil(lambda: asked.confirm.isEnabled())
        asked.passphrase.input.line.setText("wrong horse")
        asked.submit()
        qtbot.waitUntil(lambda: not asked.confirm.isEnabled() and not asked._is_busy)
    asked.back.click()
    welcome = program.window.furniture.welcome
    qtbot.waitUntil(welcome.isVisible)
    program.open(str(protected))
    qtbot.waitUntil(lambda: isinstance(program.window.furniture.stack.currentWidget(), Unlock))
    again = asked_by(program)
    assert again is not asked
    assert not again.confirm.isEnabled(), "the wait of the attempts before goes on"


def test_a_recovery_sheet_opens_it_and_a_wrong_group_is_named(
    start: Any, plain: Path, kept: dict[bytes, DeskKey], qtbot: Any
) -> None:
    code = vault.recovery_code(encrypt(plain))
    program = start(str(plain))
    asked = asked_by(program)
    asked.other.click()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is asked.code.input.target)
    assert not asked.remember.isVisible()
    groups = code.split()
    wrong = "B" if groups[2][0] != "B" else "C"
    groups[2] = wrong + groups[2][1:]
    asked.code.input.write(" ".join(groups))
    asked.confirm.click()
    qtbot.waitUntil(lambda: bool(asked.code._error.text))
    assert asked.code._error.text.startswith("Group 3, ")
    assert asked.confirm.isEnabled(), "a slip of the pen is no attempt"
    asked.code.input.write(code)
    asked.confirm.click()
    qtbot.waitUntil(lambda: program.window.desk is not None)
    said = program.messages.current_problem
    assert said.text == "This desk was opened with its recovery sheet."
    said.action()
    assert program.window.shown == "safekeeping"


def test_a_remembered_desk_opens_by_itself_and_one_that_is_not_asks(
    start: Any, protected: Path, kept: dict[bytes, DeskKey], qtbot: Any
) -> None:
    program = start(str(protected))
    asked = asked_by(program)
    asked.remember.click()
    give(asked, PASSPHRASE, qtbot)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    assert len(kept) == 1
    assert PASSPHRASE not in str(kept)
    program.window.close()
    again = start(str(protected))
    assert again.window.desk is not None, "nothing was asked"
    again.window.close()
    old = next(iter(kept.values()))
    vault.protect(protected, old, vault.fresh_key("granite willow harbour"))
    assert isinstance(asked_by(start(str(protected))), Unlock), "the old key opens it no more"


def test_what_is_first_seen_of_a_remembered_desk_is_read_with_its_key(
    start: Any, protected: Path, kept: dict[bytes, DeskKey], qtbot: Any
) -> None:
    key = vault.key_for(protected, PASSPHRASE)
    kept[key.salt] = key
    seen: list[int] = []
    from apprentice_desk.app.program import Program
    from ui.starting import NovemberClock

    program = Program(QApplication.instance(), NovemberClock(), str(protected))
    program.seen.connect(lambda: seen.append(len(program.window.furniture.first_look.lines.lines)))
    program.start()
    try:
        with qtbot.waitSignal(program.ready):
            pass
        assert seen
        assert seen[0] > 2
    finally:
        program.window.close()
        program.close()
        program.window.deleteLater()


def test_not_opening_it_leads_back_to_the_desk_that_was_open(
    start: Any, protected: Path, tmp_path: Path, copy_sample: Any, qtbot: Any
) -> None:
    other = Path(copy_sample(tmp_path / "other.desk", TODAY))
    encrypt(other)
    program = start(str(other))
    give(asked_by(program), PASSPHRASE, qtbot)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    program.open(str(protected))
    qtbot.waitUntil(lambda: isinstance(program.window.furniture.stack.currentWidget(), Unlock))
    asked_by(program).back.click()
    qtbot.waitUntil(lambda: program.window.desk is not None)
    assert program.window.desk.store.location == str(other), "without asking again"


def test_caps_lock_is_told_and_the_letters_are_shown_on_request(
    start: Any, protected: Path, qtbot: Any
) -> None:
    asked = asked_by(start(str(protected)))
    line = asked.first_stop()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    QTest.keyClick(line, "A")  # a capital without Shift
    assert asked.passphrase._understood.text() == "Caps Lock is on."
    assert "Caps Lock is on" in line.accessibleDescription()
    QTest.keyClick(line, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(line, "c")
    assert asked.passphrase._understood.text() == ""
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    assert asked.passphrase.input.show_.toolTip() == "Hide the letters (Alt+V)"
    asked.passphrase.input.show_.click()
    assert line.echoMode() == QLineEdit.EchoMode.Password
    assert asked.passphrase.input.typed() == "not shown"


def test_a_new_desk_gets_a_passphrase_and_a_recovery_sheet(
    start: Any, tmp_path: Path, kept: dict[bytes, DeskKey], qtbot: Any
) -> None:
    program = start()
    furniture = program.window.furniture
    qtbot.waitUntil(lambda: bool(furniture.welcome and furniture.welcome.isVisible()))
    furniture.welcome.form.set_value("borough", "E09000012")
    furniture.welcome.form.set_value("team", "Digital")
    furniture.welcome.make.click()
    asked = program.opener.asking._dialog
    for name in ("passphrase", "again"):
        asked.form.input(name).write("hackney digital")
    asked.panel.submit()
    assert "anybody would try" in asked.form._blocks["passphrase"]._error.text
    for name in ("passphrase", "again"):
        asked.form.input(name).write(PASSPHRASE)
    asked.panel.submit()
    path, sheet = tmp_path / "hackney.desk", tmp_path / "sheet.pdf"
    with qtbot.waitSignal(program.ready):
        program.opener.asking._dialog.fileSelected.emit(str(path))
    program.opener.asking._dialog.close()
    assert not path.read_bytes().startswith(b"SQLite")
    assert vault.key_for(path, PASSPHRASE) == program.window.desk.store.key
    (where,) = [each for each in program.window.findChildren(QFileDialog) if each.isVisible()]
    assert where.windowTitle() == "Where shall the recovery sheet stand?"
    where.fileSelected.emit(str(sheet))
    where.close()
    qtbot.waitUntil(sheet.exists)
    qtbot.waitUntil(lambda: program.messages.current_problem is not None)
