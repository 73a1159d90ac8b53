"""Reports of faults, of crashes and of runs that ended without being closed."""

from __future__ import annotations

import faulthandler
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apprentice_desk import crashes

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DIES = """
import ctypes, sys
from pathlib import Path
from apprentice_desk import crashes
watch = crashes.Watch(Path(sys.argv[1]))
def Ada_is_not_a_name():
    {how}
Ada_is_not_a_name()
watch.release()
"""


def run(folder: Path, how: str) -> int:
    program = folder.parent / "Ada Obi" / "program.py"
    program.parent.mkdir(exist_ok=True)
    program.write_text(DIES.format(how=how))
    done = subprocess.run([sys.executable, program, folder], check=False, timeout=60)
    return done.returncode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "faults"


WINDOWS = sys.platform == "win32"


@pytest.fixture(autouse=True)
def own_handler() -> Iterator[None]:
    """Pytest's own watch over crashes goes on after ours."""
    was_on = faulthandler.is_enabled()
    yield
    if was_on:
        faulthandler.enable(sys.__stderr__)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("ctypes.string_at(0)", "access violation" if WINDOWS else "Segmentation fault"),
        ("__import__('os').abort()", "Aborted"),
    ],
)
def test_a_crash_leaves_a_report_with_code_and_no_path(folder: Path, how: str, says: str) -> None:
    assert run(folder, how) != 0
    ended, (report,) = crashes.left_behind(folder, NOW)
    assert ended == 1
    text = report.read_text("utf-8")
    assert f"fault: {says}" in text
    assert "program.py:7 in Ada_is_not_a_name" in text
    assert "Ada Obi" not in text, "a folder may be called after a person"
    assert str(folder.parent) not in text
    assert "0x" not in text
    assert [path.name for path in folder.iterdir()] == [report.name]
    assert crashes.left_behind(folder, NOW) == (0, ())


def test_a_run_that_was_killed_is_counted_and_has_no_report(folder: Path) -> None:
    assert run(folder, "__import__('os').kill(__import__('os').getpid(), 9)") != 0
    assert crashes.left_behind(folder, NOW) == (1, ())
    assert list(folder.iterdir()) == []


def test_a_run_in_good_order_leaves_nothing(folder: Path) -> None:
    assert run(folder, "pass") == 0
    assert crashes.left_behind(folder, NOW) == (0, ())
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights on Windows")
def test_what_python_writes_is_private_and_of_a_living_run_left_alone(folder: Path) -> None:
    watch = crashes.Watch(folder)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert crashes.left_behind(folder, NOW) == (0, ())
    watch.release()
    watch.release()
    assert list(folder.iterdir()) == []


def test_a_hostile_trace_tells_nothing_of_its_words(folder: Path) -> None:
    folder.mkdir()
    (folder / "running-0.trace").write_text(
        "Fatal Python error: Ada Obi 07700 900123\n"
        'File "C:\\Users\\Ada\\x.py", line 3 in f\n'
        "Ada Obi was here\n"
    )
    _, (report,) = crashes.left_behind(folder, NOW)
    lines = report.read_text("utf-8").splitlines()
    assert lines[3:] == ["fault: another", "  x.py:3 in f"]


def test_a_folder_that_cannot_be_made_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    crashes.Watch(tmp_path / "taken" / "faults").release()
    assert crashes.left_behind(tmp_path / "taken" / "faults", NOW) == (0, ())


def test_a_lack_of_memory_is_said_without_a_report() -> None:
    assert crashes.sentence(None, MemoryError).startswith("There was not enough memory")
    assert crashes.sentence(Path("x"), RuntimeError).startswith("Something went wrong")
    assert not crashes.is_lack_of_memory(RuntimeError)
