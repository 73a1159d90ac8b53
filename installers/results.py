"""What the tests' own reports must show beyond "passed"."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Packages of which every line and every branch is run by the tests of the same name.  Others join
# as they are finished; none leaves.
PERFECT = ("domain",)

# What a test says when it is skipped because a server or program is not there.
SERVERS = ("PostgreSQL", "X server", "LibreOffice", "AT-SPI", "wixl", "frozen program")


def gaps_in_coverage(report: Path, perfect: tuple[str, ...] = PERFECT) -> list[str]:
    """Return a sentence for each module of the *perfect* packages that is not run in full.

    *report* is coverage's JSON, which is not even written when nothing was run.  A perfect
    package of which it says nothing is a gap too.
    """
    files: Mapping[str, dict[str, list[Any]]] = {}
    if report.exists():
        files = json.loads(report.read_text("utf-8"))["files"]
    sentences = []
    for package in perfect:
        modules = {name: measured for name, measured in files.items() if _package(name) == package}
        if not modules:
            sentences.append(f"No test ran any module of apprentice_desk/{package}.")
        for name, measured in sorted(modules.items()):
            lines = measured["missing_lines"]
            branches = [f"{start} to {end}" for start, end in measured["missing_branches"]]
            if lines or branches:
                where = ", ".join([*(str(line) for line in lines), *branches])
                sentences.append(
                    f"{name} must be tested in full by tests/{package}; never run: {where}."
                )
    return sentences


def skipped_for_want_of_servers(report: Path) -> list[str]:
    """Return a sentence for each test in pytest's JUnit *report* that was skipped for a server."""
    return [
        f"{case.get('classname')}.{case.get('name')} must run here, but was skipped: {why}"
        for case in ElementTree.parse(report).iter("testcase")  # noqa: S314  (our own file)
        for skip in case.iter("skipped")
        if any(name.lower() in (why := skip.get("message", "")).lower() for name in SERVERS)
    ]


def _package(name: str) -> str:
    """Return the package in which a measured file lies: "domain" for …/domain/money.py."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return parts[parts.index("apprentice_desk") + 1] if "apprentice_desk" in parts else ""
