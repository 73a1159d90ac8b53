"""Copies that other programs open: private, read-only, and gone with the desk or the crash."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit.opened_files import OpenedFiles

CRASHING = """
import os, sys
from pathlib import Path
from apprentice_desk.ui.kit.opened_files import OpenedFiles
print(OpenedFiles(Path(sys.argv[1])).put("notes.txt", b"Qzlearned"), flush=True)
os._exit(70)
"""


def left_by_a_crash(folder: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, str(folder)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 70, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "opened"


def test_a_copy_is_its_owners_alone_and_cannot_be_changed(folder: Path) -> None:
    opened = OpenedFiles(folder)
    path = opened.put("notes é.txt", b"learned")
    assert (path.name, path.read_bytes()) == ("notes é.txt", b"learned")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        for within in (path.parent, path.parent.parent, folder):
            assert stat.S_IMODE(within.stat().st_mode) == 0o700, within
    opened.close()


def test_two_of_one_name_stand_beside_each_other(folder: Path) -> None:
    opened = OpenedFiles(folder)
    first, second = opened.put("a.txt", b"1"), opened.put("a.txt", b"2")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    opened.close()


def test_nothing_is_left_when_the_desk_is_closed(folder: Path) -> None:
    opened = OpenedFiles(folder)
    opened.put("a.txt", b"1")
    opened.close()
    assert not folder.exists()
    opened.close()
    assert opened.put("b.txt", b"2").exists(), "it may be used again"
    opened.close()


def test_what_a_crash_left_goes_at_the_next_start(folder: Path) -> None:
    path = left_by_a_crash(folder)
    assert path.read_bytes() == b"Qzlearned"
    OpenedFiles(folder).sweep()
    assert not folder.exists()


def test_what_another_program_has_open_stays(folder: Path) -> None:
    other = OpenedFiles(folder)
    path = other.put("a.txt", b"1")
    left = left_by_a_crash(folder)
    OpenedFiles(folder).sweep()
    assert path.exists()
    assert not left.exists()
    other.close()
    assert not folder.exists()


def test_sweeping_where_nothing_is_makes_nothing(folder: Path) -> None:
    OpenedFiles(folder).sweep()
    assert not folder.parent.exists()


def test_sweeping_follows_no_link_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "kept.txt").write_text("kept")
    (precious / "kept.txt").chmod(0o400)
    run = folder / "0123456789abcdef"
    run.mkdir(parents=True)
    try:
        (run / "way out").symlink_to(precious, target_is_directory=True)
        (run / "file").symlink_to(precious / "kept.txt")
    except OSError:
        pytest.skip("no links can be made here")
    OpenedFiles(folder).sweep()
    assert not run.exists()
    assert (precious / "kept.txt").read_text() == "kept"
    if os.name == "posix":
        assert stat.S_IMODE((precious / "kept.txt").stat().st_mode) == 0o400


def test_where_no_copy_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with pytest.raises(Problem, match="could not be opened: no copy"):
        OpenedFiles(tmp_path / "cache" / "opened").put("a.txt", b"1")
