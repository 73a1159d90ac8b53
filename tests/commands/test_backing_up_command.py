"""Backups by the command line: made, checked, restored; with a passphrase from a file."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from apprentice_desk.__main__ import main
from apprentice_desk.records import leaving
from apprentice_desk.records.desks import open_store
from apprentice_desk.safekeeping import backup
from apprentice_desk.safekeeping.ledger import facts_of
from safekeeping.backing import KEY, PASSPHRASE, desk_with

OLD_FILES = Path(__file__).parents[1] / "old_files"


@pytest.fixture
def passphrase_file(tmp_path: Path) -> str:
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\n")
    return str(path)


def test_a_desk_is_backed_up_verified_and_restored(tmp_path, maker, capsys):
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
    assert main(["backup", str(desk)]) == 0
    (made,) = backup.backups_of(desk)
    said = capsys.readouterr().out
    assert str(made.path) in said
    assert "1 person, 1 entry, last change on " in said
    assert made.made is backup.Made.BY_HAND
    to = tmp_path / "as it was.desk"
    assert main(["restore", str(made.path), "--to", str(to)]) == 0
    assert "Restored as" in capsys.readouterr().out
    assert main(["verify", str(made.path), str(to), str(desk)]) == 0
    assert capsys.readouterr().out.count("ok    ") == 3
    assert main(["restore", str(made.path), "--to", str(desk)]) == 2
    assert "exists already" in capsys.readouterr().err


def test_copies_go_to_another_folder_where_one_is_named(tmp_path, maker, capsys):
    stick = tmp_path / "stick"
    stick.mkdir()
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)  # a window may have it open
        assert main(["backup", str(desk), "--to", str(stick)]) == 0
    assert len(backup.backups_of(desk, (stick,))) == 1
    assert "It is not noted under “What left”: " in capsys.readouterr().out, "it is open"
    assert backup.backups_of(desk) == ()
    assert main(["backup", str(desk), "--to", str(tmp_path / "away")]) == 2
    assert "cannot be reached" in capsys.readouterr().err


def what_left(desk):
    with closing(open_store(desk, read_only=True)) as store:
        return store.read(leaving.left_rows)


def test_a_copy_that_goes_elsewhere_is_noted_among_what_left(tmp_path, maker, capsys):
    stick = tmp_path / "stick"
    stick.mkdir()
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
    assert main(["backup", str(desk)]) == 0
    assert main(["backup", str(desk), "--to", str(desk.parent)]) == 0
    assert what_left(desk) == (), "beside it, nothing has left"
    for _turn in range(2):
        assert main(["backup", str(desk), "--to", str(stick)]) == 0
    assert "not noted" not in capsys.readouterr().out
    lines = what_left(desk)
    assert {line.file_name for line in lines} == {
        each.path.name for each in backup.backups_of(desk, (stick,)) if each.is_in(stick)
    }
    assert [line.people_count for line in lines] == [1, 1]
    assert {line.sha256 for line in lines} == {
        facts_of(each.path).sha256
        for each in backup.backups_of(desk, (stick,))
        if each.is_in(stick)
    }


def test_backing_up_leaves_a_desk_of_an_older_format_as_it_is(tmp_path, capsys):
    stick = tmp_path / "stick"
    stick.mkdir()
    old = Path(shutil.copy(OLD_FILES / "v0012.desk", tmp_path / "old.desk"))
    before = old.read_bytes()
    assert main(["backup", str(old), "--to", str(stick)]) == 0
    assert "older format" in capsys.readouterr().out
    assert old.read_bytes() == before


def test_an_encrypted_desk_takes_its_passphrase_from_a_file(
    tmp_path, maker, capsys, passphrase_file
):
    with desk_with(tmp_path, maker, KEY) as store:
        desk = Path(store.location)
    named = ["--passphrase-file", passphrase_file]
    assert main(["backup", str(desk), *named]) == 0
    (made,) = backup.backups_of(desk)
    assert "with a passphrase" in capsys.readouterr().out
    assert main(["verify", str(made.path), *named]) == 0
    to = tmp_path / "restored.desk"
    assert main(["restore", str(made.path), "--to", str(to), *named]) == 0
    assert backup.verify(to, KEY).people == 1
    Path(passphrase_file).write_text("not that one at all\n")
    capsys.readouterr()
    assert main(["verify", str(made.path), *named]) == 1
    assert "does not open" in capsys.readouterr().out
    assert main(["backup", str(desk), *named]) == 2


def test_a_damaged_copy_is_named_and_the_others_are_checked_all_the_same(tmp_path, maker, capsys):
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
    bad = tmp_path / "bad.desk"
    content = desk.read_bytes()
    bad.write_bytes(content[: len(content) // 2])
    assert main(["verify", str(bad), str(desk), str(tmp_path / "not there.desk")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["FAIL", "ok", "FAIL"]


def test_a_database_is_backed_up_by_whoever_runs_it(capsys):
    assert main(["backup", "postgresql+psycopg://somewhere/desk"]) == 2
    assert "Whoever runs the database server" in capsys.readouterr().err
