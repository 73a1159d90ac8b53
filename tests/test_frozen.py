"""What a frozen program has otherwise: it calls itself, and may have nothing to write to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from apprentice_desk import frozen


def test_the_program_calls_itself_by_its_executable_alone_once_it_is_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert frozen.own_program() == [sys.executable, "-m", "apprentice_desk"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert frozen.own_program() == [sys.executable]
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    assert frozen.own_environment()["PYTHONPATH"] == "elsewhere"


def test_the_program_that_it_calls_is_this_one() -> None:
    done = subprocess.run(
        [*frozen.own_program()[:1], "-c", "import apprentice_desk.frozen as f; print(f.__file__)"],
        env=frozen.own_environment(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == frozen.__file__


def without_streams(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as Windows runs a program with a window."""
    code = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None\n"
        f"from apprentice_desk.__main__ import main; sys.exit(main({list(words)!r}))"
    )
    return subprocess.run(
        [sys.executable, "-c", code], env=frozen.own_environment(), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--version",), 0),
        (("check", "nowhere.xlsx"), 1),
        (("nonsense",), 2),
        (("new", "x.desk", "--borough", "Hackney", "--protect"), 2),
        (("read-pages-apart", "1", "1"), 0),
    ],
)
def test_a_program_with_nothing_to_write_to_ends_as_it_should(
    words: tuple[str, ...], status: int
) -> None:
    done = without_streams(*words)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")
