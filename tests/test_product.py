"""Version, name and publisher are said once, and read the same from source, wheel and frozen."""

from __future__ import annotations

import ctypes
import re
import shutil
import sys
from pathlib import Path
from uuid import UUID

import pytest

from apprentice_desk import product as whose
from apprentice_desk.__main__ import main
from apprentice_desk.domain.problems import Problem

ROOT = Path(__file__).parents[1]
READ_BY_MACHINES = {
    ".desktop", ".manifest", ".nsi", ".plist", ".py", ".rc", ".spec", ".toml", ".txt", ".wxs",
    ".xml",
}  # fmt: skip


@pytest.fixture
def afresh():
    """The product as it is read the first time; what was read stands again afterwards."""
    whose.product.cache_clear()
    yield whose.product
    whose.product.cache_clear()


def test_what_is_said_of_the_program_is_what_pyproject_says(afresh):
    said = afresh()
    assert said == whose.read_product(ROOT / "pyproject.toml")
    assert re.fullmatch(r"\d+\.\d+\.\d+", said.version)
    assert said.name == "Apprentice Desk"
    assert said.licence == "MIT"
    assert UUID(said.upgrade_code) != UUID(said.product_namespace)
    assert re.fullmatch(r"[a-z]+(\.[A-Za-z]+)+", said.identity)


def test_windows_is_told_whose_the_windows_are_and_other_systems_are_not(monkeypatch):
    told = []

    class Shell:
        SetCurrentProcessExplicitAppUserModelID = told.append

    class Libraries:
        shell32 = Shell

    monkeypatch.setattr(ctypes, "windll", Libraries, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    whose.tell_taskbar()
    assert told == []
    monkeypatch.setattr(sys, "platform", "win32")
    whose.tell_taskbar()
    assert told == [whose.product().identity]
    assert len(told[0]) <= 128  # the longest that Windows takes
    assert " " not in told[0]


def test_a_frozen_program_reads_its_own_copy(afresh, monkeypatch, tmp_path):
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    changed = re.sub(r'^version = ".*"$', 'version = "12.3.4"', text, flags=re.MULTILINE)
    (tmp_path / whose.FILE).write_text(changed, "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert afresh().version == "12.3.4"


def test_a_copy_that_is_missing_or_cut_short_is_a_problem_in_words(afresh, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for content in (None, b"", b"[project", b"\xff\xfe", b"[project]\nversion = 3\n"):
        if content is not None:
            (tmp_path / whose.FILE).write_bytes(content)
        with pytest.raises(Problem, match="Install the program again"):
            afresh()


@pytest.mark.parametrize(
    "field", ["version", "publisher", "contact", "identity", "upgrade_code", "product_namespace"]
)
def test_no_other_file_of_the_program_says_who_it_is(field):
    said = re.escape(getattr(whose.product(), field))
    named = re.compile(rf"\b{said}\b", re.IGNORECASE)
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("src", "installers")
        for path in sorted((ROOT / folder).rglob("*.*"))
        if path.suffix in READ_BY_MACHINES
        and "locks" not in path.parts  # of others' packages
        and named.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_the_command_line_says_the_version(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Apprentice Desk {whose.version()}\n"


def test_the_wheel_carries_the_copy(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path / whose.FILE)
    assert whose.read_product(tmp_path / whose.FILE) == whose.product()
    told = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'"pyproject.toml" = "apprentice_desk/{whose.FILE}"' in told
