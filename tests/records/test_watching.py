"""A desk's file that is taken away, moved, replaced or written over while it is open."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import connecting, desks, looking_back, migrate, organisation, troubles
from apprentice_desk.records import store as stores
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.doors import open_file
from apprentice_desk.records.holding import DeskInUse
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.watching import Replaced
from conftest import begin
from records.acting import changing

STAYS = pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its place")
KEYS = [None, DeskKey(bytes(range(32)), bytes(range(16)))]


@pytest.fixture(params=KEYS, ids=["plain", "encrypted"])
def desk(request, tmp_path):
    """A desk in a folder of its own, and its key."""
    folder = tmp_path / "drive"
    folder.mkdir()
    path = folder / "hackney.desk"
    store = create_store(path, person="Ada", key=request.param)
    begin(store)
    store.close()
    return path, request.param


def rename(store, team):
    changing(store, lambda session: organisation.rename_team(session, team), f"Be {team}")


def team_of(store):
    return store.read(organisation.organisation_row).team


def other_version(desk, to, *teams):
    """A copy of the desk that somebody went on with elsewhere."""
    path, key = desk
    to.mkdir()
    copy = to / path.name
    shutil.copy(path, copy)
    store = open_store(copy, person="Grace", key=key)
    for team in teams:
        rename(store, team)
    store.close()
    return copy


def test_a_drive_that_is_taken_away_refuses_changes_in_words_and_may_come_back(desk):
    path, key = desk
    store = open_store(path, key=key)
    rename(store, "before")
    away = path.parent.rename(path.parent.with_name("elsewhere"))
    with pytest.raises(Problem, match="“Be away” was not saved") as caught:
        rename(store, "away")
    assert "are not there" in caught.value.what
    assert "Connect the drive again" in caught.value.remedy
    away.rename(path.parent)
    rename(store, "back")
    assert team_of(store) == "back"
    assert [line.label for line in store.changes(2)] == ["Be back", "Be before"]
    store.close()


def test_closing_a_desk_whose_drive_is_gone_raises_nothing(desk, monkeypatch):
    path, key = desk
    store = open_store(path, key=key)

    def refuse(*_, **__):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "unlink", refuse)
    store.close()
    monkeypatch.undo()
    assert path.with_name("hackney.desk.lock").exists()
    open_store(path, key=key).close()
    assert not path.with_name("hackney.desk.lock").exists()


@STAYS
def test_a_desk_that_was_moved_is_not_written_to_and_what_is_open_is_kept(desk):
    path, key = desk
    store = open_store(path, key=key)
    rename(store, "ours")
    moved = path.rename(path.with_name("moved.desk"))
    before = moved.read_bytes()
    with pytest.raises(Replaced, match="moved, renamed or removed") as caught:
        rename(store, "later")
    store.close()
    assert moved.read_bytes() == before
    assert not path.exists()
    assert caught.value.kept.name in caught.value.remedy
    assert_holds(caught.value.kept, key, "ours")


def assert_holds(path, key, team):
    with closing(open_file(path, "ro", key)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kept = open_store(path, read_only=True, key=key)
    assert team_of(kept) == team
    kept.close()


@STAYS
def test_another_version_put_in_its_place_is_not_written_over_and_ours_is_kept_once(desk, tmp_path):
    path, key = desk
    other = other_version(desk, tmp_path / "synced", "theirs", "theirs again")
    store = open_store(path, person="Ada", key=key)
    rename(store, "ours")
    other.replace(path)
    before = path.read_bytes()
    with pytest.raises(Replaced, match=r"Another version of hackney\.desk was put") as caught:
        rename(store, "later")
    with pytest.raises(Replaced) as again:
        rename(store, "later still")
    store.close()
    assert path.read_bytes() == before
    assert caught.value.kept == again.value.kept
    assert_holds(caught.value.kept, key, "ours")
    assert caught.value.kept.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert {each.name for each in path.parent.iterdir()} == {path.name, caught.value.kept.name}
    store = open_store(path, key=key)
    assert team_of(store) == "theirs again"
    store.close()


def test_another_version_written_over_it_is_noticed_though_its_pages_look_the_same(desk, tmp_path):
    """Both made one change since, so SQLite's own counter is the same in both files."""
    path, key = desk
    other = other_version(desk, tmp_path / "synced", "theirs")
    store = open_store(path, person="Ada", key=key)
    rename(store, "ours")
    with path.open("r+b") as file:
        file.write(other.read_bytes())
        file.truncate()
    before = path.read_bytes()
    with pytest.raises(Replaced, match=r"written over .* its newest is “Be theirs” by Grace"):
        rename(store, "later")
    assert path.read_bytes() == before
    assert team_of(store) == "theirs"
    store.close()


@STAYS
def test_the_same_version_put_in_its_place_is_gone_on_with(desk, tmp_path):
    path, key = desk
    store = open_store(path, key=key)
    rename(store, "ours")
    shutil.copy(path, tmp_path / "copy")
    (tmp_path / "copy").replace(path)
    rename(store, "more")
    store.close()
    store = open_store(path, key=key)
    assert team_of(store) == "more"
    assert [line.label for line in store.changes(2)] == ["Be more", "Be ours"]
    store.close()


@STAYS
def test_a_version_that_goes_on_from_ours_is_gone_on_with(desk, tmp_path):
    path, key = desk
    store = open_store(path, person="Ada", key=key)
    rename(store, "ours")
    other_version(desk, tmp_path / "synced", "theirs").replace(path)
    rename(store, "more")
    labels = [line.label for line in store.changes(3)]
    store.close()
    assert labels == ["Be more", "Be theirs", "Be ours"]


@STAYS
def test_whoever_only_reads_sees_the_file_that_was_put_in_its_place(desk, tmp_path):
    path, key = desk
    reading = open_store(path, read_only=True, key=key)
    assert team_of(reading) == "Digital"
    other_version(desk, tmp_path / "synced", "theirs").replace(path)
    assert team_of(reading) == "theirs"
    reading.close()


CUT_OFF = """
import os, sys
from sqlalchemy import event
from apprentice_desk.records import organisation
from apprentice_desk.records.holding import DeskInUse
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.desks import open_store
raw, salt = sys.argv[2:]
key = DeskKey(bytes.fromhex(raw), bytes.fromhex(salt)) if raw else None
store = open_store(sys.argv[1], person="Doomed", key=key)
spill = ("PRAGMA cache_size = 10", "PRAGMA cache_spill = 10")
event.listen(store._engine, "connect", lambda file, _: [file.execute(each) for each in spill])
store._engine.dispose()
with store.change("Cut off") as session:
    organisation.rename_team(session, "half")
    session.flush()
    driver = session.connection().connection.driver_connection
    driver.execute("CREATE TABLE big (b)")
    for _ in range(3_000):
        driver.execute("INSERT INTO big VALUES (randomblob(300))")
    os._exit(9)
"""


def test_whoever_only_reads_reads_on_after_a_change_that_was_cut_off(desk):
    """A reader cannot put the journal back; the program does it in its stead."""
    path, key = desk
    reading = open_store(path, read_only=True, key=key)
    assert team_of(reading) == "Digital"
    words = [key.raw.hex(), key.salt.hex()] if key else ["", ""]
    ran = subprocess.run([sys.executable, "-c", CUT_OFF, path, *words], check=False)
    assert ran.returncode == 9
    journal = path.with_name("hackney.desk-journal")
    assert journal.read_bytes()[:1] not in (b"", b"\0")
    assert team_of(reading) == "Digital"
    assert not journal.exists()
    reading.close()


# --- what is said -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.EIO, "did not answer"), (errno.EACCES, "cannot be read"), (errno.ENOENT, "no desk at")],
)
def test_a_file_that_cannot_be_looked_at_is_said_in_words(desk, number, says, monkeypatch):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(Problem, match=says) as caught:
        open_store(desk[0], key=desk[1])
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, troubles.Trouble.FULL),
        (errno.EDQUOT, troubles.Trouble.FULL),
        (errno.EROFS, troubles.Trouble.NO_RIGHT),
        (errno.EACCES, troubles.Trouble.NO_RIGHT),
        (errno.EIO, None),
    ],
)
def test_why_nothing_could_be_written_is_heard_from_the_system(
    number, trouble, tmp_path, monkeypatch
):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    path = tmp_path / "x.desk"
    assert troubles.tried(path) is None
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(troubles.os, "fsync", refuse)
    assert troubles.tried(path) is trouble
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_drive_that_failed_once_while_opening_is_not_called_a_damaged_file(desk, monkeypatch):
    mark, turns = connecting._read_mark, []

    def fail_once(*words):
        turns.append(words)
        if len(turns) == 1:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return mark(*words)

    monkeypatch.setattr(connecting, "_read_mark", fail_once)
    open_store(desk[0], key=desk[1]).close()
    assert len(turns) == 2


@STAYS
def test_a_file_put_there_while_its_last_holder_let_go_of_it_is_the_one_that_is_opened(
    desk, tmp_path, monkeypatch
):
    path, key = desk
    newer = other_version(desk, tmp_path / "elsewhere", "Newer")
    held = desks.hold

    def hold_after_it_was_replaced(*words, **more):
        newer.replace(path)
        return held(*words, **more)

    monkeypatch.setattr(desks, "hold", hold_after_it_was_replaced)
    store = open_store(path, key=key)
    assert team_of(store) == "Newer"
    rename(store, "Newest")
    store.close()
    again = open_store(path, read_only=True, key=key)
    assert team_of(again) == "Newest", "it was written to the file that is there"
    again.close()


def test_no_connection_stays_open_where_a_desk_could_not_be_held(desk, monkeypatch):
    path, key = desk
    opened, found = [], desks.recognised
    monkeypatch.setattr(
        desks, "recognised", lambda *words: opened.append(found(*words)) or opened[-1]
    )
    with closing(open_store(path, key=key)), pytest.raises(DeskInUse):
        open_store(path, key=key)
    assert len(opened) == 2
    for file in opened:
        with pytest.raises(connecting.errors(), match="closed"):
            file.execute("SELECT 1")


def test_the_copy_before_a_new_format_has_its_name_only_once_it_is_whole(tmp_path, monkeypatch):
    path = tmp_path / "old.desk"
    shutil.copy(Path(__file__).parents[1] / "old_files" / "v0012.desk", path)
    seen = []

    class Filled(sqlite3.Connection):
        def backup(self, target, **more):
            super().backup(target, **more)
            seen.append([each.name for each in tmp_path.glob("old before format*")])
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(migrate, "open_file", lambda at, *_: sqlite3.connect(at, factory=Filled))
    with pytest.raises(Problem, match="no copy of it could be kept first"):
        migrate.keep_copy(path, "0012")
    assert seen == [[]]
    assert [each.name for each in tmp_path.iterdir()] == ["old.desk"]


# --- the clock ----------------------------------------------------------------------------------


class TurnedBack(datetime):
    """A clock that was set to five years ago."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) - timedelta(days=5 * 365)


def test_a_clock_that_was_turned_back_leaves_the_log_in_the_order_of_its_numbers(desk, monkeypatch):
    store = open_store(desk[0], key=desk[1])
    rename(store, "before")
    monkeypatch.setattr(stores, "datetime", TurnedBack)
    rename(store, "turned back")
    lines = store.changes(3)
    assert [line.label for line in lines] == ["Be turned back", "Be before", "Begin the desk"]
    assert [line.number for line in lines] == [3, 2, 1]
    assert lines[0].recorded_at < lines[1].recorded_at  # what the clock said, and nothing else
    assert store.latest_change().label == store.undoable().label == "Be turned back"
    assert store.latest_instant() == lines[1].recorded_at, "by which a wrong clock is noticed"
    store.undo(3)
    assert team_of(store) == "before"
    monkeypatch.undo()
    rename(store, "right again")
    assert store.latest_change().number == 5
    store.close()


def test_a_day_before_the_desk_began_shows_nothing_though_a_clock_once_said_so(desk, monkeypatch):
    store = open_store(desk[0], key=desk[1])
    began = store.latest_change().recorded_at
    monkeypatch.setattr(stores, "datetime", TurnedBack)
    rename(store, "turned back")
    monkeypatch.undo()
    long_ago = store.read(looking_back.then, (began - timedelta(days=365)).date())
    assert long_ago.change is None
    today = store.read(looking_back.then, datetime.now(UTC).date())
    assert (today.change, today.is_newest) == (2, True)
    store.close()
