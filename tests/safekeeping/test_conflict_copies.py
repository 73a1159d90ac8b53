"""Second files of a desk: found by name, proved by what is in them, and left as they are."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.two_logs import Turn
from apprentice_desk.records.beside import compare_logs, organisation_in
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keys import NeedsPassphrase, WrongPassphrase, fresh_key
from apprentice_desk.records.organisation import rename_team
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping.conflict_copies import copies_beside
from apprentice_desk.safekeeping.surroundings import look_round
from apprentice_desk.safekeeping.vault import protect
from locked import is_locked_for_others


@pytest.fixture
def desk(empty_desk: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "desks"
    folder.mkdir()
    return Path(shutil.copy(empty_desk, folder / "hackney.desk"))


def copy(desk: Path, name: str) -> Path:
    return Path(shutil.copy(desk, desk.with_name(name)))


def found(desk: Path, key: object = None) -> list[tuple[str, str]]:
    copies = copies_beside(desk, organisation_in(desk, key), key)  # type: ignore[arg-type]
    return sorted((each.path.name, each.tool) for each in copies)


def change(path: Path, team: str) -> None:
    store = open_store(path, person="Sam")
    with store.change(f"Call the team {team}") as session:
        rename_team(session, team)
    store.close()


def test_each_tools_second_file_is_found(desk: Path) -> None:
    names = {
        "hackney (conflicted copy).desk": "Dropbox",
        "hackney-DESKTOP-AB12.desk": "OneDrive",
        "hackney (1).desk": "",
        "hackney.sync-conflict-20261124-101112-ABC2DEF.desk": "Syncthing",
    }
    for name in names:
        copy(desk, name)
    assert dict(found(desk)) == names


def test_other_files_beside_it_are_left_alone(desk: Path, tmp_path: Path) -> None:
    copy(desk, "hackney before format 0013 (was 0012).desk")
    copy(desk, "hackney schools.desk")
    copy(desk, "camden (1).desk")
    copy(desk, "hackney (1).txt")
    desk.with_name("hackney (2).desk").write_text("no desk")
    desk.with_name("hackney (3).desk").mkdir()
    desk.with_name("hackney (5).desk").touch()
    assert found(desk) == []


def test_a_desk_of_another_organisation_is_no_second_file(desk: Path) -> None:
    other = copy(desk, "hackney (1).desk")
    with closing(sqlite3.connect(other)) as file:
        file.execute("UPDATE organisation SET id = ?", ("0f" * 16,))
        file.commit()
    assert found(desk) == []


def test_a_desk_that_is_the_second_itself_finds_the_first(desk: Path) -> None:
    second = copy(desk, "hackney (conflicted copy).desk")
    (first,) = copies_beside(second, organisation_in(second), None)
    assert first.path == desk
    assert first.is_first


def test_a_link_to_the_desk_itself_is_no_second_file(desk: Path) -> None:
    os.link(desk, desk.with_name("hackney (1).desk"))
    assert found(desk) == []


def test_the_newest_comes_first(desk: Path) -> None:
    for number, at in ((1, 100), (2, 300), (3, 200)):
        os.utime(copy(desk, f"hackney ({number}).desk"), (at, at))
    copies = copies_beside(desk, organisation_in(desk), None)
    assert [each.path.stem[-2] for each in copies] == ["2", "3", "1"]


def test_a_folder_that_cannot_be_read_has_none(desk: Path) -> None:
    assert copies_beside(desk.parent / "gone" / "hackney.desk", "0f", None) == ()


def test_an_encrypted_one_opens_with_the_desks_own_key(desk: Path) -> None:
    plain = copy(desk, "hackney (2).desk")
    key = fresh_key("marmalade on toast")
    protect(desk, None, key)
    copy(desk, "hackney (1).desk")
    copies = copies_beside(desk, organisation_in(desk, key), key)
    assert {each.path.name: each.needs_passphrase for each in copies} == {
        "hackney (1).desk": False,
        plain.name: False,
    }


def test_one_with_another_passphrase_is_asked_for_it(desk: Path) -> None:
    other = copy(desk, "hackney (1).desk")
    protect(other, None, fresh_key("another one entirely"))
    (copy_,) = copies_beside(desk, organisation_in(desk), None)
    assert copy_.needs_passphrase
    with pytest.raises(NeedsPassphrase):
        organisation_in(other)
    with pytest.raises(WrongPassphrase):
        organisation_in(other, fresh_key("something else"))


def test_two_that_parted_say_what_each_has_alone(desk: Path) -> None:
    change(desk, "Before")
    other = copy(desk, "hackney (1).desk")
    change(desk, "Here")
    change(other, "There")
    change(other, "There again")
    two = compare_logs(desk, other)
    assert two.turn is Turn.PARTED
    assert [line.label for line in two.here] == ["Call the team Here"]
    assert [line.label for line in two.there] == [
        "Call the team There",
        "Call the team There again",
    ]
    assert two.last_common is not None
    assert two.last_common.label == "Call the team Before"
    assert len(two.both_touched) == 1  # the organisation
    assert two.clashes_there == {line.number for line in two.there}


def test_one_that_only_lacks_something_is_behind(desk: Path) -> None:
    other = copy(desk, "hackney (1).desk")
    change(desk, "Here")
    assert compare_logs(desk, other).turn is Turn.AHEAD
    assert compare_logs(other, desk).turn is Turn.BEHIND
    assert compare_logs(desk, desk).turn is Turn.SAME


def test_encrypted_ones_are_compared_with_their_keys(desk: Path) -> None:
    other = copy(desk, "hackney (1).desk")
    key = fresh_key("marmalade on toast")
    protect(desk, None, key)
    assert compare_logs(desk, other, key, None).turn is Turn.SAME
    with pytest.raises(NeedsPassphrase):
        compare_logs(desk, other)


def test_comparing_changes_no_byte_and_leaves_no_file(desk: Path) -> None:
    other = copy(desk, "hackney (1).desk")
    change(other, "There")
    before = {path.name: path.read_bytes() for path in desk.parent.iterdir()}
    look_round(desk, None)
    compare_logs(desk, other)
    assert {path.name: path.read_bytes() for path in desk.parent.iterdir()} == before


def test_a_log_that_makes_no_sense_is_said_in_words(desk: Path) -> None:
    other = copy(desk, "hackney (1).desk")
    with closing(sqlite3.connect(other)) as file:
        file.execute("UPDATE change_log SET recorded_at = 'yesterday'")
        file.commit()
    with pytest.raises(Problem, match=r"hackney \(1\).desk could not be read: change 1"):
        compare_logs(desk, other)


def test_looking_at_an_open_desk_lets_go_of_no_lock(desk: Path, store: Store) -> None:
    """On POSIX, closing any handle of a file drops all locks that the program has on it."""
    path = Path(store.location)
    copy(path, f"{path.stem} (1).desk")
    with store.change("Call the team Other") as session:
        rename_team(session, "Other")
        session.flush()
        assert len(look_round(path, None).copies) == 1
        assert is_locked_for_others(path)
    assert not is_locked_for_others(path)
