"""Faults, standstills, lack of memory and bad ends: tried for real, and told in words."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from apprentice_desk import logs, settings
from apprentice_desk.app.program import Program
from apprentice_desk.logs import Event, Line, Log
from apprentice_desk.records import organisation
from apprentice_desk.records.desks import open_store
from apprentice_desk.ui.shell.hang import HangWatch
from ui.starting import NovemberClock

HERE = Path(__file__).parent
MOST_SECONDS = 60
CRASH = "access violation" if sys.platform == "win32" else "Segmentation fault"
memory_is_limited = pytest.mark.skipif(
    sys.platform != "linux", reason="limits of memory are set as Linux does"
)


@pytest.fixture
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))
    return tmp_path / "settings"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


class Turns:
    """Time that passes when a test says so: a busy machine makes nothing of it longer."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.seen = 0

    def monotonic(self) -> float:
        self.seen += 1
        return self.seconds


class Noted(Log):
    """A log that tells how often the window was said to stand still."""

    stood_still = 0

    def note(self, event: Event, **facts: Any) -> None:
        super().note(event, **facts)
        self.stood_still += event is Event.STOOD_STILL


@pytest.fixture
def watch(qapp: QObject, folder: Path) -> Iterator[tuple[HangWatch, Noted]]:
    log = Noted(folder / "logs")
    made = HangWatch(log, folder, NovemberClock(), long_seconds=0.4, look_seconds=0.05)
    yield made, log
    made.stop()
    log.close()


def standstill(lines: Sequence[Line], where: str) -> tuple[Line, Line]:
    """Return what is told of the one standstill at *where* and of its end; *lines* newest first.

    Other work may end, and be told of, before the window goes on.
    """
    (at,) = [number for number, line in enumerate(lines) if where in line.facts]
    ends = [line for line in lines[:at] if line.event is Event.WENT_ON]
    return lines[at], ends[-1]


def block_the_window_until_noticed(log: Noted) -> None:
    began, before = time.monotonic(), log.stood_still
    while time.monotonic() < began + 1 or (
        log.stood_still == before and time.monotonic() < began + MOST_SECONDS
    ):
        time.sleep(0.05)


def test_a_window_that_stands_still_is_noticed_with_where(
    watch: tuple[HangWatch, Noted], folder: Path, qtbot: Any
) -> None:
    made, log = watch
    made.start()
    QCoreApplication.processEvents()
    answered_at = made._marked_at
    block_the_window_until_noticed(log)
    qtbot.waitUntil(lambda: log.lines()[0].event is Event.WENT_ON)
    most = time.monotonic() - answered_at
    lines = log.lines()  # the newest first; on a busy machine it may stand still once more
    stood_still, went_on = standstill(lines, "block_the_window_until_noticed")
    assert stood_still.event is Event.STOOD_STILL
    # The log rounds to hundredths.
    assert 1.0 <= float(went_on.facts.removeprefix("seconds=")) <= most + 0.01
    reports = [path.read_text("utf-8") for path in folder.glob("still-*.txt")]
    (text,) = [text for text in reports if "in block_the_window_until_noticed" in text]
    assert str(HERE.parent) not in text


def test_a_window_that_answers_is_left_alone(
    watch: tuple[HangWatch, Noted], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns()
    monkeypatch.setattr("apprentice_desk.ui.shell.hang.time", turns)
    made, log = watch
    made.start()
    for _ in range(10):
        turns.seconds += 0.3
        seen = turns.seen
        # It is marked once more, and looked at since.
        qtbot.waitUntil(
            lambda seen=seen: made._marked_at == turns.seconds and turns.seen > seen + 3
        )
    made.stop()
    assert log.lines() == ()


# --- the program itself, in a process of its own ------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, copy_sample: Any) -> Path:
    path = tmp_path_factory.mktemp("noticing") / "exampleton.desk"
    return Path(copy_sample(path, date(2026, 11, 24)))


def run(sample: Path, own: Path, what: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Start the whole program on *sample*, do *what* once it is ready, and wait for its end."""
    program = [sys.executable, HERE / "coming_to_a_bad_end.py", sample, what]
    return subprocess.run(
        program, check=False, capture_output=True, text=True, timeout=300,
        env=os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            settings.FOLDER_VARIABLE: str(own),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }, **options,
    )  # fmt: skip


def events(own: Path) -> list[Event | None]:
    """What was noted, oldest first, but for work, which a busy computer makes long."""
    found = [line.event for line in reversed(Log(own / "logs").lines())]
    return [event for event in found if event is not Event.WORK_ENDED]


def test_a_real_crash_is_told_at_the_next_start_and_nothing_is_lost(
    sample: Path, tmp_path: Path
) -> None:
    crashed = run(sample, tmp_path, "crash")
    assert crashed.returncode != 0, crashed.stderr
    again = run(sample, tmp_path, "tell")
    assert again.returncode == 0, again.stderr
    assert "Apprentice Desk came to a bad end last time. What was saved is in the desk." in (
        again.stdout
    )
    assert "Show the report" in again.stdout
    (report,) = (tmp_path / "faults").glob("crash-*.txt")
    text = report.read_text("utf-8")
    assert f"fault: {CRASH}" in text
    assert "coming_to_a_bad_end.py" in text
    for private in ("Ada", str(sample.parent), str(Path.home())):
        assert private not in text
    assert events(tmp_path) == [
        Event.STARTED, Event.DESK_OPENED, Event.STARTED, Event.DESK_OPENED, Event.CRASHED,
        Event.DESK_CLOSED, Event.ENDED,
    ]  # fmt: skip
    with_what_was_saved = open_store(sample, read_only=True)
    assert with_what_was_saved.changes(1)[0].label == "Note just before the end"
    with_what_was_saved.close()
    third = run(sample, tmp_path, "tell")
    assert "bad end" not in third.stdout, "it is told once"


def test_a_program_that_was_ended_says_so_at_the_next_start_and_half_a_change_is_not_there(
    sample: Path, tmp_path: Path
) -> None:
    desk = Path(shutil.copy(sample, tmp_path / "exampleton.desk"))
    ended = run(desk, tmp_path, "killed").returncode
    assert ended == (-signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    assert desk.with_name("exampleton.desk.lock").exists()
    again = run(desk, tmp_path, "tell")
    assert again.returncode == 0, again.stderr
    assert "Apprentice Desk was not closed last time: something ended it" in again.stdout
    assert "What was saved is in the desk" in again.stdout
    assert not list((tmp_path / "faults").glob("*.txt")), "there is nothing to report"
    assert Event.NOT_CLOSED in events(tmp_path)
    store = open_store(desk, read_only=True)
    assert store.changes(1)[0].label == "Note just before the power went"
    assert store.read(organisation.organisation_row).team == "Digital, until the power went"
    store.close()
    assert "not closed" not in run(desk, tmp_path, "tell").stdout, "it is told once"


def test_an_event_loop_that_is_blocked_for_five_seconds_is_noticed(
    sample: Path, tmp_path: Path
) -> None:
    done = run(sample, tmp_path, "hang")
    assert done.returncode == 0, done.stderr
    lines = Log(tmp_path / "logs").lines()
    stood_still, went_on = standstill(lines, "stand_still")
    assert float(went_on.facts.removeprefix("seconds=")) >= 5
    assert stood_still.event is Event.STOOD_STILL
    noticed_after = float(stood_still.facts.split()[0].removeprefix("seconds="))
    assert 5 <= noticed_after < 10, "a few looks of half a second later, however busy it is"
    reports = [path.read_text("utf-8") for path in (tmp_path / "faults").glob("still-*.txt")]
    # A machine that has much to do besides may have the start stand still as well.
    assert [text for text in reports if "in stand_still" in text]


@memory_is_limited
def test_a_lack_of_memory_is_said_and_the_program_goes_on(sample: Path, tmp_path: Path) -> None:
    done = run(sample, tmp_path, "memory")
    assert done.returncode == 0, done.stderr
    assert "There was not enough memory to go on; nothing was half done." in done.stdout
    assert "went on" in done.stdout
    assert Event.OUT_OF_MEMORY in events(tmp_path)
    assert not list((tmp_path / "faults").glob("fault-*.txt")), "it is no fault of the program's"
    store = open_store(sample, read_only=True)
    assert all(line.label != "Fill the memory" for line in store.changes(20))
    store.close()


@memory_is_limited
def test_the_command_line_says_a_lack_of_memory_in_words(sample: Path, tmp_path: Path) -> None:
    big = tmp_path / "hours.csv"
    with big.open("w", encoding="utf-8") as file:
        file.write("Name,Date,Minutes,Activity\n")
        for number in range(400_000):
            file.write(f"Ada Obi {number},2026-11-{number % 28 + 1:02},60,Reading\n")
    before = sample.read_bytes()
    import resource  # not on Windows

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))

    words = ["import", str(big), "--into", str(sample), "--as", "hours"]
    done = subprocess.run(
        [sys.executable, "-m", "apprentice_desk", *words], check=False, capture_output=True,
        text=True, timeout=300, preexec_fn=little,
        env=os.environ | {
            settings.FOLDER_VARIABLE: str(tmp_path / "own"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )  # fmt: skip
    assert done.returncode == 2, done.stdout + done.stderr
    assert "not enough memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert sample.read_bytes() == before


# --- in this process: what the log says of a day's work -----------------------------------------


def test_a_days_work_leaves_a_log_that_names_nobody(
    own_settings: Path, start: Callable[[str], Program], sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    desk = program.window.desk
    assert desk is not None

    def refuse(_progress: object) -> None:
        open_store(Path("Ada Obi.desk"))

    desk.jobs.run("Making letters for Ada Obi", refuse)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    program.close()
    text = (own_settings / "logs" / logs.NAME).read_text("ascii")
    for private in ("Ada", "Obi", "exampleton", str(sample.parent), "letters"):
        assert private not in text
    assert events(own_settings) == [
        Event.STARTED, Event.DESK_OPENED, Event.PROBLEM, Event.DESK_CLOSED, Event.ENDED,
    ]  # fmt: skip
    assert "test_noticing.test_a_days_work_leaves_a_log_that_names_nobody.<locals>.refuse" in text
