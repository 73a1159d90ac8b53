"""A backup is looked at and restored, and never worked in: it goes by itself when it is too old."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk.__main__ import main
from apprentice_desk.clock import SystemClock
from apprentice_desk.commands.opening import opening
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.holding import NotWritable
from apprentice_desk.safekeeping import backup, copies, vault
from safekeeping.backing import KEY, NOW, PASSPHRASE, desk_with


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def copy(request: pytest.FixtureRequest, tmp_path: Path, maker: Any) -> Path:
    """The only backup of a desk."""
    with desk_with(tmp_path, maker, request.param) as store:
        return backup.make_backup(Path(store.location), request.param, NOW).path


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    path = tmp_path / "words.txt"
    path.write_text(f"{PASSPHRASE}\n")
    return ["--passphrase-file", str(path)]


@pytest.mark.parametrize(
    "named",
    ["hackney 2026-11-29 0914", "hackney 2026-11-29 0914 by hand", "hackney 2026-11-29 0914 (2)",
     "hackney 2026-11-29 0914 by hand (3)"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["hackney backups", "hackney backups 2"])
def test_a_backup_is_known_by_its_name_and_its_folder(
    tmp_path: Path, folder: str, named: str
) -> None:
    inside = tmp_path / folder
    inside.mkdir()
    path = inside / f"{named}.desk"
    assert copies.desk_of(path) is None, "nothing says yet that it is a folder of backups"
    (inside / copies.MARK).write_text("0" * 32)
    assert copies.desk_of(path) == tmp_path / "hackney.desk"


def test_a_desk_is_none_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "hackney backups").mkdir()
    for folder in (tmp_path, tmp_path / "hackney backups"):
        (folder / copies.MARK).write_text("0" * 32)
    for name in (
        "hackney 2026-11-29 0914.desk",
        "hackney backups/hackney.desk",
        "hackney backups/hackney as of 2026-11-29 0914.desk",
        "hackney backups/lambeth 2026-11-29 0914.desk",
    ):
        assert copies.desk_of(tmp_path / name) is None, name


def test_the_window_opens_it_to_read_only(copy: Path) -> None:
    key = KEY if vault.is_protected(copy) else None
    before = copy.read_bytes()
    with pytest.raises(NotWritable, match=r"is a backup of hackney\.desk, so it was not opened"):
        opening(str(copy), SystemClock(), read_only=False, key=key)(Progress())
    opened = opening(str(copy), SystemClock(), read_only=True, key=key)(Progress())
    assert opened.store.is_read_only
    opened.store.close()
    assert copy.read_bytes() == before


def test_the_command_line_changes_none(
    copy: Path, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = copy.read_bytes()
    given = words if vault.is_protected(copy) else []
    people = tmp_path / "people.csv"
    people.write_text("First name,Surname\nAda,Obi\n", encoding="utf-8")
    for command in (
        ["undo", str(copy)],
        ["backup", str(copy)],
        ["import", str(people), "--into", str(copy), "--as", "apprentices"],
    ):
        assert main([*command, *given]) == 2, command
        assert "is a backup of hackney.desk" in capsys.readouterr().err
    assert copy.read_bytes() == before
    assert {each.name for each in copy.parent.iterdir()} == {copy.name, copies.MARK}
    with pytest.raises(Problem, match="is a backup of"):
        vault.protect(copy, None, vault.fresh_key("a kettle on the roof"))
    to = tmp_path / "again.desk"
    assert main(["restore", str(copy), "--to", str(to), *given]) == 0
    assert main(["undo", str(to), *given]) == 0


def test_its_brothers_are_found_where_the_desk_itself_is_lost(copy: Path) -> None:
    (copy.parent.parent / "hackney.desk").unlink()
    older = copy.with_name("hackney 2026-01-05 0900.desk")
    shutil.copy(copy, older)
    assert [each.path for each in backup.backups_of(copy)] == [copy, older]
    key = KEY if vault.is_protected(copy) else None
    assert backup.backed_up(copy, key).newest is not None


def test_one_that_was_put_elsewhere_is_a_desk(copy: Path, tmp_path: Path) -> None:
    key = KEY if vault.is_protected(copy) else None
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    open_store(shutil.copy(copy, elsewhere), key=key).close()
    assert copies.desk_of(elsewhere / copy.name) is None
