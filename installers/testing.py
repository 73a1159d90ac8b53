"""How pytest is called: which tests together, in how many processes, and what is measured.

Measuring makes Python twice as slow.  So only the tests that lie beside a package which must be
tested in full are measured, first and by themselves, and all the others run at full speed.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from results import PERFECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MEMORY = Path("/dev/shm")  # noqa: S108  (where Linux keeps files in memory; nothing is left there)
MOST_IN_MEMORY = 4 * 1024**3
"""So many bytes must be free there; the tests used 600 MB at most."""

MOST_PROCESSES = 4
"""Each process of tests makes desks of its own; more of them would gain little."""


class Call(NamedTuple):
    """One call of pytest: what it is named, its arguments, and where it leaves its reports."""

    name: str
    arguments: list[str]
    report: Path  # JUnit's XML
    coverage: Path | None = None  # coverage's JSON; None where nothing is measured


def some(arguments: Sequence[str], build: Path) -> list[Call]:
    """Return the call for what somebody asked for, in this one process and without measuring."""
    report = build / "tests.xml"
    return [Call("pytest", [f"--junitxml={report}", *arguments], report)]


def every(build: Path, processes: int, *, is_measured: bool) -> list[Call]:
    """Return the calls that together run every test once, in that many *processes*."""
    # By file or class: what one has in common is made once.  In the order in which they come:
    # tests/conftest.py has those that take long begun first.
    shared = [f"--numprocesses={processes}", "--dist=loadscope", "--no-loadscope-reorder"]
    report = build / "tests.xml"
    if not is_measured:
        return [Call("pytest", [f"--junitxml={report}", *shared], report)]
    first, coverage = build / "tests-measured.xml", build / "coverage.json"
    measured = [f"--junitxml={first}", *shared, f"--cov-report=json:{coverage}"]
    measured += [f"--cov=apprentice_desk.{package}" for package in PERFECT]
    measured += [f"tests/{package}" for package in PERFECT]
    others = [f"--junitxml={report}", *shared, *(f"--ignore=tests/{name}" for name in PERFECT)]
    return [
        Call("pytest, what must be tested in full", measured, first, coverage),
        Call("pytest, everything else", others, report),
    ]


@contextmanager
def folder_in_memory(memory: Path = MEMORY, needed: int = MOST_IN_MEMORY) -> Iterator[Path | None]:
    """Make a folder in memory for the files of the tests; None where there is no good room.

    A change waits until the disk has it for certain, and the tests make many thousands of changes;
    memory has it at once.  What is in the folder is removed in the end.
    """
    if not _has_room(memory, needed):
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="tests-", dir=memory))
    folder.chmod(0o711)  # some tests look at theirs as somebody else
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(memory: Path, needed: int) -> bool:
    if sys.platform != "linux" or not os.access(memory, os.W_OK | os.X_OK):
        return False
    found = os.statvfs(memory)
    may_run_programs = not found.f_flag & os.ST_NOEXEC  # some tests start one that they put there
    return may_run_programs and found.f_bavail * found.f_frsize >= needed
