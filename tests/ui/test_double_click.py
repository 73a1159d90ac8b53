"""A double click on a desk: its path is the program's only word, whatever the path has in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from apprentice_desk import frozen, settings
from apprentice_desk.app.program import Program
from apprentice_desk.ui.shell import one_window
from apprentice_desk.ui.shell.from_finder import FromFinder
from apprentice_desk.ui.shell.one_window import name_of
from ui.starting import NovemberClock

PATIENCE_MS = 90_000


@pytest.fixture
def clicked(desk_file: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "Council tools – £ & 50%"
    folder.mkdir()
    return Path(shutil.copy(desk_file, folder / "Łucja's new desk (1).desk"))


@pytest.fixture
def running() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def started(running: ExitStack, word: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start the program with nothing but *word*, from *folder*, until the test ends."""
    environment = frozen.own_environment() | {
        "QT_QPA_PLATFORM": "offscreen",
        settings.FOLDER_VARIABLE: str(folder / "settings"),
    }
    program = subprocess.Popen([*frozen.own_program(), word], cwd=folder, env=environment)
    running.callback(program.wait, 30)
    running.callback(program.kill)
    return program


@pytest.mark.skipif(sys.platform == "win32", reason="a name that is held is no file there")
def test_a_desk_is_opened_and_clicked_again_comes_forward_where_it_is_open(
    clicked: Path, running: ExitStack, qtbot: Any
) -> None:
    first = started(running, str(clicked), clicked.parent)
    qtbot.waitUntil(lambda: one_window._may_answer(name_of(str(clicked))), timeout=PATIENCE_MS)
    second = started(running, clicked.name, clicked.parent)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE_MS)
    assert second.returncode == 0
    assert first.poll() is None


def test_a_double_click_on_macos_opens_the_desk_before_and_after_another_is_there(
    qapp: QApplication,
    hooks: None,
    qtbot: Any,
    clicked: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Path(shutil.copy(clicked, tmp_path / "other.desk"))
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    program = Program(qapp, NovemberClock())
    program.start()
    finder = FromFinder(qapp, program.take)
    try:
        for path in (clicked, other):
            qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
            qtbot.waitUntil(
                lambda path=path: (
                    program.window.desk is not None
                    and program.window.desk.store.location == str(path)
                )
            )
    finally:
        qapp.removeEventFilter(finder)
        finder.deleteLater()
        program.window.close()
        program.close()
        program.window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
