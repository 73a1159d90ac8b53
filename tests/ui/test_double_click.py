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

from apprentice_desk import frozen, settings
from apprentice_desk.ui.shell import one_window
from apprentice_desk.ui.shell.one_window import name_of

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
