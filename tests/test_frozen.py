"""What a frozen program has otherwise: it calls itself, and may have nothing to write to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from apprentice_desk import __main__, frozen


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


def test_what_the_frozen_program_opens_finds_its_own_libraries(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inside, outside = tmp_path / "_internal", "/usr/local/lib"
    monkeypatch.setenv("LD_LIBRARY_PATH", str(inside))
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", outside)
    monkeypatch.setenv("QT_PLUGIN_PATH", str(inside / "PySide6" / "Qt" / "plugins"))
    monkeypatch.setenv("PATH", os.pathsep.join([str(inside), outside]))
    frozen.give_back_environment()
    assert os.environ["LD_LIBRARY_PATH"] == str(inside)  # nothing of it was of ours: not frozen
    monkeypatch.setattr(sys, "_MEIPASS", str(inside), raising=False)
    frozen.give_back_environment()
    assert os.environ["LD_LIBRARY_PATH"] == outside
    assert os.environ["PATH"] == outside
    assert not {"QT_PLUGIN_PATH", "LD_LIBRARY_PATH_ORIG"} & set(os.environ)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], ["open"]),
        (["£ and spaces.DESK"], ["open", "£ and spaces.DESK"]),
        (["undo"], ["undo"]),
        (["undoo"], ["undoo"]),
        (["--version"], ["--version"]),
        (["open", "a.desk"], ["open", "a.desk"]),
        (["a.desk", "b.desk"], ["a.desk", "b.desk"]),
    ],
)
def test_a_desk_alone_is_opened_and_so_is_the_window_without_a_word(
    given: list[str], meant: list[str]
) -> None:
    assert __main__.meant(given, frozenset({"open", "undo"})) == meant


def test_any_file_that_is_there_is_opened_but_a_command_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("undo", "hackney"):
        Path(name).touch()
    assert __main__.meant(["undo"], frozenset({"undo"})) == ["undo"]
    assert __main__.meant(["hackney"], frozenset({"undo"})) == ["open", "hackney"]


@pytest.mark.skipif(sys.platform != "linux", reason="a display is always there")
@pytest.mark.parametrize(("words", "is_told"), [([], True), (["undo", "nowhere.desk"], False)])
def test_what_keeps_the_window_away_is_told_in_another_where_no_words_are_heard(
    words: list[str], is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told: list[str] = []
    monkeypatch.setattr(__main__, "tell_without_console", told.append)
    assert __main__.main(words) == 2
    assert told == []
    monkeypatch.setattr(__main__, "mend_streams", lambda: True)
    assert __main__.main(words) == 2
    assert ["There is no display" in each for each in told] == [True] * is_told
