"""How pytest is called: which tests together, in how many processes, and what is measured.

Measuring makes Python twice as slow.  So only the tests that lie beside a package which must be
tested in full are measured, first and by themselves, and all the others run at full speed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from results import PERFECT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
