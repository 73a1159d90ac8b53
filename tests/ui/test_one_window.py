"""One window per desk: the second opening brings the first window forward, also after a crash."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication, QWidget

from apprentice_desk import settings
from apprentice_desk.app.program import Program
from apprentice_desk.ui.shell import one_window
from apprentice_desk.ui.shell.one_window import OneWindow, bring_forward, name_of
from ui.starting import NovemberClock


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that has much to do besides, an answer may come late."""
    monkeypatch.setattr(one_window, "_PATIENCE_MS", 60_000)


@pytest.fixture
def holder(qapp: QApplication) -> Iterator[OneWindow]:
    made = OneWindow()
    yield made
    made.release()


def knock(qtbot: Any, location: str, by: OneWindow | None = None) -> str:
    """Knock for a desk and return what came of it."""
    heard: list[str] = []
    caller = by or OneWindow()
    caller.knock(location, lambda: heard.append("taken"), lambda: heard.append("free"))
    qtbot.waitUntil(lambda: bool(heard))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(heard) == 1
    return heard[0]


def test_a_desk_nobody_has_is_free(qtbot: Any, tmp_path: Path) -> None:
    assert knock(qtbot, str(tmp_path / "a.desk")) == "free"


def test_a_desk_that_is_held_answers_and_comes_forward_until_it_is_let_go(
    qtbot: Any, holder: OneWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.desk"
    path.write_bytes(b"x")
    holder.hold(str(path))
    with qtbot.waitSignal(holder.wanted):
        assert knock(qtbot, str(path)) == "taken"
    monkeypatch.chdir(tmp_path)
    assert knock(qtbot, "a.desk") == "taken", "however its path is written"
    assert knock(qtbot, str(tmp_path / "b.desk")) == "free"
    assert knock(qtbot, str(path), by=holder) == "free", "a window does not stand in its own way"
    holder.release()
    assert knock(qtbot, str(path)) == "free"


@pytest.mark.skipif(sys.platform == "win32", reason="there one to read only never holds it")
def test_a_window_to_read_only_leaves_the_name_to_the_one_that_writes(
    qtbot: Any, holder: OneWindow, tmp_path: Path
) -> None:
    path = str(tmp_path / "a.desk")
    reading = OneWindow()
    reading.hold(path, gives_way=True)
    assert knock(qtbot, path) == "taken", "nobody else had it"
    reading.release()
    holder.hold(path)
    reading.hold(path, gives_way=True)
    with qtbot.waitSignal(holder.wanted):
        assert knock(qtbot, path) == "taken"
    reading.release()
    assert knock(qtbot, path) == "taken"


def test_the_name_tells_nothing_of_the_desk() -> None:
    name = name_of("/desks/priya/hackney.desk")
    assert "hackney" not in name
    assert "priya" not in name
    address = "postgresql+psycopg://desk:hush@db/people"
    assert name_of(address) == name_of(address) != name


def test_a_window_that_is_stuck_is_not_waited_for_long(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window, "_PATIENCE_MS", 50)
    mute = QLocalServer()
    assert mute.listen(name_of(str(tmp_path / "a.desk")))
    assert knock(qtbot, str(tmp_path / "a.desk")) == "free"
    mute.close()


CRASHING = """
import sys
from PySide6.QtCore import QCoreApplication
from apprentice_desk.ui.shell.one_window import OneWindow
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
one = OneWindow()
one.hold(sys.argv[1])
print("held", flush=True)
app.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes go with their process there")
def test_a_name_that_a_crash_left_behind_is_free_and_can_be_held_again(
    qtbot: Any, holder: OneWindow, tmp_path: Path
) -> None:
    path = str(tmp_path / "a.desk")
    other = subprocess.Popen(
        [sys.executable, "-c", CRASHING, path],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert other.stdout is not None
    with other:
        assert other.stdout.readline() == "held\n"
        assert knock(qtbot, path) == "taken"
        other.send_signal(signal.SIGKILL)
        other.wait(timeout=60)
    assert one_window._may_answer(name_of(path)), "the crash left nothing: nothing is shown here"
    assert knock(qtbot, path) == "free"
    holder.hold(path)
    assert knock(qtbot, path) == "taken"


def test_bringing_forward_undoes_minimising(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_forward(window)
    assert not window.isMinimized()
    qtbot.waitUntil(window.isActiveWindow)


def another(qapp: QApplication, location: str) -> Program:
    program = Program(qapp, NovemberClock(), location)
    program.start()
    return program


def test_a_second_window_on_the_same_desk_goes_and_the_first_comes_forward(
    start: Any, qapp: QApplication, qtbot: Any, desk_file: Path
) -> None:
    first = start(str(desk_file))
    qtbot.waitUntil(lambda: first.opener._one_window._held != "")
    first.window.showMinimized()
    second = another(qapp, str(desk_file))
    try:
        qtbot.waitUntil(lambda: not first.window.isMinimized())
        qtbot.waitUntil(lambda: not second.window.isVisible())
        assert second.window.desk is None
        assert first.window.desk is not None
    finally:
        second.close()
        second.window.deleteLater()


def test_a_window_with_a_desk_keeps_it_and_says_that_the_other_came_forward(
    start: Any, qtbot: Any, desk_file: Path, tmp_path: Path
) -> None:
    other = str(shutil.copy(desk_file, tmp_path / "other.desk"))
    first, second = start(str(desk_file)), start(other)
    qtbot.waitUntil(lambda: first.opener._one_window._held != "")
    with qtbot.waitSignal(first.opener._one_window.wanted):
        second.open(str(desk_file))
    qtbot.waitUntil(lambda: second.messages.current is not None)
    assert "exampleton.desk” is open in another window" in second.messages.current.text
    assert second.window.desk.store.location == other
    first.window.actions_.close_desk.trigger()
    with qtbot.waitSignal(second.ready):
        second.open(str(desk_file))
    assert second.window.desk.store.location == str(desk_file)
