"""The self-test passes where all is well, and says what is not where it is not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.commands import self_test, self_test_installed, self_test_parts
from apprentice_desk.commands.self_test import Outcome, Part, Trial
from apprentice_desk.commands.self_test_parts import PARTS
from apprentice_desk.domain.problems import Problem

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
Call = Callable[..., Any]
STRICTEST = """
[security]
lock_after_minutes = 1
passphrase_for_new_desks = true
keychain = false
[features]
databases = false
lists = false
placements = false
wording_packs = false
"""


def outcomes(*titles: str) -> dict[str, Outcome]:
    parts = [part for part in PARTS if part.title in titles]
    assert len(parts) == len(titles)
    return {each.title: each for each in self_test.outcomes(parts, NOON.date(), NOON)}


def test_the_self_test_passes_and_what_it_says_is_saved(call: Call, tmp_path: Path) -> None:
    saved = tmp_path / "£ for support.txt"
    outcome = call("self-test", "--to", saved)
    assert outcome.status == 0, outcome.out
    assert outcome.out.count("\nok  ") == len(PARTS) + 1
    assert outcome.out.endswith("The self-test passed.\n")
    assert saved.read_text("utf-8") == outcome.out
    assert str(Path.home()) not in outcome.out


def test_where_a_part_fails_the_others_are_tried_and_what_needs_it_is_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing(trial: Trial) -> str:
        raise ModuleNotFoundError("Ada Obi", name="docx.oxml")

    def damaged(trial: Trial) -> str:
        (trial.folder / "made").touch()
        return f"opened {(trial.folder / 'Ada' / 'templates.xml').read_text()}"

    def refused(_trial: Trial) -> str:
        raise Problem("It is not so.", "Make it so.")

    parts = (
        Part("documents", missing),
        Part("pages", refused, "documents"),
        Part("lists", damaged),
        Part("rules", refused),
        Part("fine", lambda trial: f"{len(list(trial.folder.iterdir()))} file"),
    )
    assert self_test.run(parts, NOON.date(), NOON) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith("FAIL  documents: ModuleNotFoundError of docx.oxml;")
    assert " in missing" in lines[2]
    assert lines[3].startswith("FAIL  pages: left out, since it needs “documents”")
    assert lines[4].startswith("FAIL  lists: FileNotFoundError, No such file or directory, temp")
    assert lines[5].startswith("FAIL  rules: It is not so. Make it so.")
    assert lines[6].startswith("ok    fine: 1 file (")
    assert lines[7].startswith("ok    clearing up: 1 file removed")
    assert lines[8].startswith("4 parts of the self-test failed: documents, pages, lists, rules.")
    assert "Ada" not in "".join(lines)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the packaged files that the program takes for its own."""
    folder = tmp_path / "resources"
    shutil.copytree(resources.folder(), folder)
    monkeypatch.setattr("apprentice_desk.resources.files.folder", lambda: folder)
    monkeypatch.setattr(resources, "folder", lambda: folder)
    return folder


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("fonts/Inter-Bold.ttf", "Inter-Bold.ttf is damaged"),
        ("icons/save.svg", "save.svg is damaged"),
        ("help/pictures/returns-dark.png", "returns-dark.png is damaged"),
    ],
)
def test_packaged_files_that_are_cut_off_are_found(copied: Path, file: str, says: str) -> None:
    assert outcomes("packaged files")["packaged files"].is_fine
    (copied / file).write_bytes(b"")
    found = outcomes("packaged files")["packaged files"]
    assert not found.is_fine
    assert says in found.said


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ("fonts/*", "Fonts, icons or pictures are missing"),
        ("help/pictures/returns-light.png", "The picture “returns” of Help is missing"),
    ],
)
def test_packaged_files_that_are_missing_are_found(copied: Path, files: str, says: str) -> None:
    for file in copied.glob(files):
        file.unlink()
    found = outcomes("packaged files")["packaged files"]
    assert not found.is_fine
    assert says in found.said


@pytest.mark.parametrize(
    ("title", "broken", "by", "says"),
    [
        ("a new desk", "vault.is_protected", lambda *_: True, "is encrypted"),
        ("an encrypted desk", "vault.is_protected", lambda *_: False, "can be read without it"),
        ("an encrypted desk", "vault.key_for", lambda *_: None, "with a wrong passphrase"),
        ("backups", "backup.compare", lambda *_: SimpleNamespace(since=()), "what was changed"),
        (
            "backups",
            "backup.restore_beside",
            lambda made, key, to: to.with_stem("plain"),
            "not what",
        ),
        ("encrypted backups", "salt_of", lambda *_: None, "is not encrypted"),
        ("calendars", "read_calendar", lambda *_: SimpleNamespace(entries=()), "something else"),
    ],
)
def test_a_part_fails_where_what_it_tries_does_not_do_its_work(
    title: str, broken: str, by: Any, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner: Any = self_test_parts
    *holders, name = broken.split(".")
    for each in holders:
        owner = getattr(owner, each)
    monkeypatch.setattr(owner, name, by)
    found = outcomes(title)[title]
    assert not found.is_fine
    assert says in found.said


def test_a_keychain_is_expected_where_every_computer_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(self_test_installed.keychain, "is_available", lambda: False)
    for system, is_fine in (("linux", True), ("win32", False), ("darwin", False)):
        monkeypatch.setattr(self_test_installed, "sys", SimpleNamespace(platform=system))
        assert outcomes("keychain")["keychain"].is_fine is is_fine


@pytest.mark.parametrize(
    ("system", "is_installed", "is_fine"),
    [("linux", True, True), ("win32", False, True), ("win32", True, False)],
)
def test_the_library_of_postgresql_is_expected_where_it_is_brought_along(
    system: str, is_installed: bool, is_fine: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "by psycopg 3" in outcomes("shared desks")["shared desks"].said
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it finds no libpq
    monkeypatch.setattr(self_test_installed, "sys", SimpleNamespace(platform=system))
    monkeypatch.setattr(self_test_installed, "is_frozen", lambda: is_installed)
    found = outcomes("shared desks")["shared desks"]
    assert found.is_fine is is_fine
    assert is_fine is ("libpq, is not on this computer" in found.said)


def test_what_administrators_forbid_is_no_fault_and_what_they_mistyped_is(
    set_policy: Callable[[str], Path],
) -> None:
    set_policy(STRICTEST)
    found = outcomes("what administrators set", "a new desk", "backups", "keychain", "shared desks")
    assert [each.title for each in found.values() if not each.is_fine] == []
    assert found["what administrators set"].said == "7 things set for this computer"
    assert found["keychain"].said.startswith("not asked. ")
    assert found["shared desks"].said.startswith("not tried. ")
    set_policy("[features]\nplacments = false")
    found = outcomes("what administrators set")
    assert "1 thing cannot be taken as it stands" in found["what administrators set"].said
    assert not found["what administrators set"].is_fine
