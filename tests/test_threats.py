"""The table of threats in CONTRIBUTING leads to tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEADINGS = ["What", "Who", "Defence", "Test"]


def rows() -> list[list[str]]:
    """The rows of the table, its headings first."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    part = text.split("## Threats")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def named_in(cell: str) -> list[Path]:
    """Where the tests that a cell names should be; one without a folder lies beside the last."""
    found: list[Path] = []
    for name in re.findall(r"`((?:tests/|test_)[^`]*)`", cell):
        before = found[-1] if found else ROOT
        beside = before.parent if before.suffix else before
        found.append(ROOT / name if "/" in name else beside / name)
    return found


def has_tests(path: Path) -> bool:
    files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return any(file.is_file() and "\ndef test_" in file.read_text("utf-8") for file in files)


def test_each_threat_says_what_who_and_how_and_names_tests_that_are_there() -> None:
    headings, *threats = rows()
    assert headings == HEADINGS
    assert len(threats) > 30
    for threat in threats:
        assert len(threat) == len(HEADINGS), threat
        assert all(threat), threat
        named = named_in(threat[3])
        assert named, f"no test stands against: {threat[0]}"
        gone = [path.relative_to(ROOT).as_posix() for path in named if not has_tests(path)]
        assert gone == [], f"not there, or without a test: {threat[0]}"


def test_a_test_that_is_gone_would_be_seen() -> None:
    named = named_in("`tests/safekeeping/test_vault.py` (killed), `test_gone.py`, `tests/bench`")
    assert [path.relative_to(ROOT).as_posix() for path in named] == [
        "tests/safekeeping/test_vault.py", "tests/safekeeping/test_gone.py", "tests/bench",
    ]  # fmt: skip
    assert [has_tests(path) for path in named[:2]] == [True, False]
