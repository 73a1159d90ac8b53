"""A program that the system tells to end: closed in order, with nothing left beside its desk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from apprentice_desk import settings
from apprentice_desk.app.program import Program
from apprentice_desk.records import organisation
from apprentice_desk.records.store import Session
from ui.starting import NovemberClock

SECONDS = 120
"""How long a slow machine may take to open a window, and to close it."""

TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
kept = Path(sys.argv[1] + ".drafts")
def type_something(program):
    window = program.window
    if window.desk is None or not program._is_ready:
        QTimer.singleShot(20, lambda: type_something(program))
        return
    window.actions_.log_hours.trigger()
    QTimer.singleShot(20, lambda: write(program))
def write(program):
    from apprentice_desk.ui.quick_window import QuickLogWindow
    (quick,) = program.window.findChildren(QuickLogWindow)
    quick.quick.edit.setText("ada 3:30 today half a sen")
    look()
def look():
    if kept.exists():
        os.kill(os.getpid(), signal.SIGHUP)
    else:
        QTimer.singleShot(20, look)
start = Program.start
def started(program):
    start(program)
    type_something(program)
Program.start = started
sys.exit(starting.run(sys.argv[1]))
"""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, copy_sample: Any) -> Path:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    today = NovemberClock().today()
    return Path(copy_sample(tmp_path / "sampleford.desk", today, "sampleford.toml"))


def wait_for(path: Path, program: subprocess.Popen[str]) -> None:
    until = time.monotonic() + SECONDS
    while not path.exists():
        assert program.poll() is None, program.communicate()
        assert time.monotonic() < until, f"{path.name} did not come"
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells its windows, not by signals")
def test_a_program_that_is_told_to_end_leaves_no_lock(desk: Path) -> None:
    lock = desk.with_name(desk.name + ".lock")
    with subprocess.Popen(
        [sys.executable, "-m", "apprentice_desk", "open", str(desk)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as program:  # fmt: skip
        try:
            wait_for(lock, program)
            program.send_signal(signal.SIGTERM)
            _out, says = program.communicate(timeout=SECONDS)
        finally:
            program.kill()
    assert (program.returncode, says) == (0, "")
    assert not lock.exists()
    assert list(settings.faults_folder().glob("running-*")) == [], "it was closed in good order"


def test_a_desk_that_is_just_being_opened_is_closed_with_the_program(
    desk: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: Any, hooks: None
) -> None:
    program = Program(qapp, NovemberClock(), str(desk))
    is_open = threading.Event()
    read = organisation.organisation_row

    def read_and_wait(session: Session) -> organisation.OrganisationRow:
        """Say what stands there only once the program waits for that to be able to close."""
        is_open.set()
        until = time.monotonic() + SECONDS
        while not program.opener._jobs.is_closed and time.monotonic() < until:
            time.sleep(0.01)
        return read(session)

    monkeypatch.setattr(organisation, "organisation_row", read_and_wait)
    program.start()
    qtbot.waitUntil(is_open.is_set)
    lock = desk.with_name(desk.name + ".lock")
    assert lock.exists()
    program.close()
    assert not lock.exists()
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells its windows, not by signals")
def test_what_was_half_typed_is_kept_where_a_terminal_is_closed(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TYPING, str(desk)],
        capture_output=True, text=True, timeout=SECONDS, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    (draft,) = json.loads(desk.with_name(desk.name + ".drafts").read_bytes())["drafts"]
    assert draft["typed"]["line"] == "ada 3:30 today half a sen"
    assert not desk.with_name(desk.name + ".lock").exists()
