"""Backups by the command line: made, checked, restored; with a passphrase from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from apprentice_desk.__main__ import main
from apprentice_desk.safekeeping import backup
from safekeeping.backing import KEY, PASSPHRASE, desk_with


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
    assert backup.backups_of(desk) == ()
    assert main(["backup", str(desk), "--to", str(tmp_path / "away")]) == 2
    assert "cannot be reached" in capsys.readouterr().err


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
