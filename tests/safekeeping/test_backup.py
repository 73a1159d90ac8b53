"""A copy is whole, private, checked and opened, or there is none; what is there is never lost."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import threading
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Cancelled, Damaged, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.retention import Ground, RetentionKind
from apprentice_desk.records import known_people, providers
from apprentice_desk.records.apprentices import Outcome
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.erasures import ErasureDetails
from apprentice_desk.records.keys import NeedsPassphrase, WrongPassphrase, derive
from apprentice_desk.records.migrate import keep_copy
from apprentice_desk.safekeeping import backup, copies, copying, erasing, restoring
from records.dumps import dump
from safekeeping.backing import KEY, NOW, begun, desk_with

KEYS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
OLD_FILES = sorted((Path(__file__).parents[1] / "old_files").glob("*.desk"))


def files_below(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def spoil(path, page=9):
    """Overwrite one page of a file."""
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(os.urandom(4096))


@KEYS
def test_a_copy_holds_what_the_desk_holds(tmp_path, maker, key):
    with desk_with(tmp_path, maker, key) as store:
        made = backup.make_backup(Path(store.location), key, NOW)
        assert made.path == tmp_path / "hackney backups" / made.path.name
        assert made.path.name == f"hackney {NOW.astimezone():%Y-%m-%d %H%M}.desk"
        assert backup.backups_of(Path(store.location)) == (made,)
        with closing(open_store(made.path, read_only=True, key=key)) as copy:
            assert dump(copy, with_log=True) == dump(store, with_log=True)
        held = backup.verify(made.path, key)
        assert (held.people, held.entries, held.number) == (1, 1, 3)
        assert held.organisation == "Exampleton"
        assert held.is_protected is (key is not None)
        assert held.changed_at == store.latest_change().recorded_at


def test_a_copy_of_an_encrypted_desk_holds_no_plain_text_and_opens_with_nothing_else(
    tmp_path, maker
):
    seen = []

    class Watching(Progress):
        def step(self, done, total, doing):
            for path in (tmp_path / "hackney backups").iterdir():
                seen.append(path.name)
                assert b"Zzyzx" not in path.read_bytes()

    with desk_with(tmp_path, maker, KEY) as store:
        made = backup.make_backup(Path(store.location), KEY, NOW, progress=Watching())
    assert any(name.endswith(".part") for name in seen)
    assert b"Zzyzx" not in made.path.read_bytes()
    with pytest.raises(NeedsPassphrase):
        backup.verify(made.path)
    with pytest.raises(backup.OlderPassphrase, match="earlier passphrase"):
        backup.verify(made.path, derive("another", b"sixteen bytes no"))
    with pytest.raises(WrongPassphrase):
        backup.verify(made.path, derive("another", KEY.salt))


def test_a_copy_of_a_plain_desk_holds_the_name_or_the_test_above_shows_nothing(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)
    assert b"Zzyzx" in made.path.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="the rights of files are POSIX's")
def test_copies_their_folder_and_what_is_restored_are_for_their_owner_only(tmp_path, maker):
    before = os.umask(0)
    try:
        with desk_with(tmp_path, maker) as store:
            made = backup.make_backup(Path(store.location), None, NOW)
        restored = backup.restore_beside(made.path, None, tmp_path / "restored.desk")
    finally:
        os.umask(before)
    for path, mode in (
        (made.path, 0o600),
        (made.path.parent / copies.MARK, 0o600),
        (restored, 0o600),
        (made.path.parent, 0o700),
    ):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path


@KEYS
def test_what_is_not_saved_yet_is_in_no_copy_and_is_not_disturbed(tmp_path, maker, key):
    with desk_with(tmp_path, maker, key) as store:
        with store.change("Add a provider") as session:
            providers.add_provider(session, providers.ProviderDetails("Half saved", "10000001"))
            session.flush()
            made = backup.make_backup(Path(store.location), key, NOW)
        assert backup.verify(made.path, key).number == 3
        assert store.latest_change().number == 4


@KEYS
def test_somebody_who_saves_all_the_while_is_not_held_up_and_the_copy_is_sound(
    tmp_path, maker, key, monkeypatch
):
    monkeypatch.setattr(copying, "_PAGES_AT_ONCE", 10)  # so that there is something in between
    with desk_with(tmp_path, maker, key) as store:
        make, failed, done = maker(store), [], threading.Event()
        saved = threading.Event()

        def save():
            try:
                while not done.is_set():
                    make.provider()
                    saved.set()
                    time.sleep(0.02)
            except Problem as problem:
                failed.append(problem)

        writer = threading.Thread(target=save)
        writer.start()
        try:
            numbers = []
            for _turn in range(5):
                made = backup.make_backup(Path(store.location), key, NOW)
                numbers.append(backup.verify(made.path, key).number)
                saved.clear()
                assert saved.wait(60), "nothing can be saved any more"
        finally:
            done.set()
            writer.join()
        assert failed == []
        assert numbers == sorted(set(numbers)), "something is saved before each of them"


def copies_that_the_schedule_lets_go(desk, key):
    """Make three copies, two of which go as soon as there is a new one."""
    times = [NOW - timedelta(days=400, hours=hour) for hour in (2, 1, 0)]
    return [backup.make_backup(desk, key, at).path for at in times]


@KEYS
@pytest.mark.parametrize("what", ["fsync", "stopped", "no rename"])
def test_a_copy_that_cannot_be_finished_leaves_the_older_ones_and_nothing_half(
    tmp_path, maker, key, what, monkeypatch
):
    with desk_with(tmp_path, maker, key) as store:
        older = copies_that_the_schedule_lets_go(Path(store.location), key)
        before = files_below(tmp_path)

        def refuses(*_arguments):
            raise OSError(errno.ENOSPC, "No space left on device")

        progress = Progress()
        expected = Problem
        if what == "fsync":
            monkeypatch.setattr(os, "fsync", refuses)
        elif what == "no rename":
            monkeypatch.setattr(Path, "replace", refuses)
        else:
            progress.stop()
            expected = Cancelled
        with pytest.raises(expected) as said:
            backup.make_backup(Path(store.location), key, NOW, progress=progress)
        if expected is Problem:
            assert "No space left" in str(said.value)
            assert "was" in said.value.what
        assert files_below(tmp_path) == before
        assert [backup.verify(path, key).number for path in older] == [3, 3, 3]


@KEYS
@pytest.mark.parametrize("what", ["another", "cut off", "gone"])
def test_a_copy_that_does_not_open_under_its_name_pushes_no_older_one_out(
    tmp_path, maker, key, what, monkeypatch
):
    """A drive that takes what is written and has something else when it is asked."""
    with desk_with(tmp_path, maker, key) as store:
        older = copies_that_the_schedule_lets_go(Path(store.location), key)
        of_before = older[0].read_bytes()
        with store.change("Add a provider") as session:
            providers.add_provider(session, providers.ProviderDetails("Northgate"))
        spoilt = []

        def loses(folder):
            (made,) = set(folder.glob("hackney *.desk")) - set(older)
            spoilt.append(made)
            if what == "gone":
                made.unlink()
            else:
                made.write_bytes(of_before if what == "another" else of_before[:5_000])

        monkeypatch.setattr(backup, "write_through", loses)
        with pytest.raises(Problem):
            backup.make_backup(Path(store.location), key, NOW)
        assert spoilt
        assert [backup.verify(path, key).number for path in older] == [3, 3, 3]
        monkeypatch.undo()
        backup.make_backup(Path(store.location), key, NOW + timedelta(minutes=1))
        assert [path.exists() for path in older] == [False, False, True]


@KEYS
def test_a_damaged_desk_is_not_copied_over_good_copies_and_it_is_said(tmp_path, maker, key):
    with desk_with(tmp_path, maker, key) as store:
        older = backup.make_backup(Path(store.location), key, NOW - timedelta(hours=3))
    desk = tmp_path / "hackney.desk"
    spoil(desk, desk.stat().st_size // 4096 // 2)
    with pytest.raises(Damaged, match="is damaged"):
        backup.make_backup(desk, key, NOW)
    assert [each.path for each in backup.backups_of(desk)] == [older.path]
    assert not list(older.path.parent.glob(".*"))


def test_what_a_killed_program_left_half_made_goes_once_it_is_old(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        folder = backup.make_backup(Path(store.location), None, NOW).path.parent
        left, fresh = folder / ".0123456789abcdef.part", folder / ".fedcba9876543210.part"
        for each in (left, fresh):
            each.write_bytes(b"half")
        hours_ago = time.time() - 2 * 3600
        os.utime(left, (hours_ago, hours_ago))
        backup.make_backup(Path(store.location), None, NOW)
    assert not left.exists()
    assert fresh.exists()  # another program may be writing it


def test_two_copies_of_one_minute_are_two_files(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        names = [
            backup.make_backup(Path(store.location), None, NOW, is_by_hand=by_hand).path.name
            for by_hand in (False, False, True)
        ]
        (newest,) = backup.backups_of(Path(store.location))  # of its hour
    assert newest.path.name == names[-1]
    stem = f"hackney {NOW.astimezone():%Y-%m-%d %H%M}"
    assert names == [f"{stem}.desk", f"{stem} (2).desk", f"{stem} by hand (3).desk"]


def test_older_copies_go_by_the_schedule_once_the_new_one_is_there(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
        times = [NOW - timedelta(days=400, hours=hour) for hour in range(3)]
        old = [backup.make_backup(desk, None, at) for at in times]
        backup.make_backup(desk, None, NOW)
        assert [each.path.exists() for each in old] == [True, False, False]
        assert len(backup.backups_of(desk)) == 2


def test_only_copies_of_this_desk_go_and_only_so_many_at_once(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
        folder = backup.make_backup(desk, None, NOW).path.parent
        others = [
            folder / "hackney notes.desk",
            folder / "hackney 2020-13-01 0900.desk",
            folder / "lambeth 2020-01-01 0900.desk",
            folder / "hackney 2020-01-01 0900.txt",
        ]
        olds = [folder / f"hackney 2020-01-{day:02} 0900.desk" for day in range(1, 26)]
        for path in (*others, *olds):
            shutil.copy(desk, path)
        stranger = tmp_path / "hackney backups 2"
        stranger.mkdir()
        (stranger / copies.MARK).write_text("0" * 32)
        shutil.copy(desk, stranger / "hackney 2020-01-01 0900.desk")
        backup.make_backup(desk, None, NOW + timedelta(minutes=1))
        assert sum(path.exists() for path in olds) == 15
        assert olds[-1].exists()
        assert all(path.exists() for path in others)
        assert len(list(stranger.iterdir())) == 2


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_among_the_copies_is_no_copy(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        folder = backup.make_backup(Path(store.location), None, NOW).path.parent
        (folder / "hackney 2020-01-01 0900.desk").symlink_to(store.location)
        assert len(backup.backups_of(Path(store.location))) == 1


def test_a_second_place_has_its_own_copies_and_one_that_is_away_is_named(tmp_path, maker):
    stick = tmp_path / "stick"
    stick.mkdir()
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
        made = backup.make_backup(desk, None, NOW, place=stick)
        assert made.path.parent == stick / "hackney backups"
        assert backup.backups_of(desk) == ()
        assert backup.backups_of(desk, (stick,)) == (made,)
        shutil.rmtree(stick)
        assert backup.backups_of(desk, (stick,)) == ()
        with pytest.raises(Problem, match="cannot be reached"):
            backup.make_backup(desk, None, NOW, place=stick)
        assert not stick.exists()


def test_two_desks_of_one_name_share_no_folder_in_a_second_place(tmp_path, maker):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = []
    for borough in ("one", "two"):
        (tmp_path / borough).mkdir()
        desk = tmp_path / borough / "hackney.desk"
        begun(desk).close()
        made += [
            backup.make_backup(desk, None, NOW + timedelta(hours=hour), place=stick)
            for hour in range(2)
        ]
    assert [each.path.parent.name for each in made] == [
        *["hackney backups"] * 2,
        *["hackney backups 2"] * 2,
    ]


def test_how_a_desk_stands_against_its_newest_good_copy(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
        at_first = backup.backed_up(desk, None)
        assert at_first.newest is None
        assert at_first.is_due
        made = backup.make_backup(desk, None, NOW - timedelta(hours=1))
        assert backup.backed_up(desk, None) == backup.BackedUp(made, None)
        make = maker(store)
        make.provider()
        first = store.latest_change()
        make.provider()
        newer = backup.make_backup(desk, None, NOW)
        spoil(newer.path, 0)
        found = backup.backed_up(desk, None)
        assert found.newest == made, "a copy that does not open is as good as none"
        assert found.unsaved_since == first.recorded_at
        assert found.is_due


def test_a_copy_of_more_than_the_desk_holds_does_not_pass_for_a_copy_of_now(tmp_path, maker):
    """The desk's file was put back to an older state by other means; its changes have moved on."""
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
        shutil.copy(desk, tmp_path / "older.desk")
        maker(store).provider()
        backup.make_backup(desk, None, NOW)
    shutil.copy(tmp_path / "older.desk", desk)
    assert backup.backed_up(desk, None).is_due


@KEYS
def test_copies_before_a_new_format_are_listed_with_the_others(tmp_path, maker, key):
    with desk_with(tmp_path, maker, key) as store:
        kept = keep_copy(Path(store.location), "0012", key)
        made = backup.make_backup(Path(store.location), key, NOW + timedelta(days=9000))
        assert {each.path: each.made for each in backup.backups_of(Path(store.location))} == {
            made.path: backup.Made.BY_ITSELF,
            kept: backup.Made.BEFORE_FORMAT,
        }


# --- verifying ----------------------------------------------------------------------------------


def damaged(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "cut short":
        path.write_bytes(content[: len(content) // 2])
    elif how == "cut within a page":
        path.write_bytes(content[: len(content) // 2 + 100])
    elif how == "a page overwritten":
        spoil(path, len(content) // 4096 // 2)
    elif how == "its head overwritten":
        path.write_bytes(b"Dear colleague, " + content[16:])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "a letter":
        path.write_text("Dear all,\n" * 1000)
    else:
        path.unlink()


@KEYS
@pytest.mark.parametrize(
    "how",
    ["cut short", "cut within a page", "a page overwritten", "its head overwritten", "empty",
     "a letter", "not there"],
)  # fmt: skip
def test_a_damaged_copy_is_refused_in_words_and_left_as_it_is(tmp_path, maker, key, how):
    with desk_with(tmp_path, maker, key) as store:
        made = backup.make_backup(Path(store.location), key, NOW)
    damaged(made.path, how)
    before = made.path.read_bytes() if made.path.exists() else None
    to = tmp_path / "restored.desk"
    for act in (
        lambda: backup.verify(made.path, key),
        lambda: backup.restore_beside(made.path, key, to),
    ):
        with pytest.raises(Problem) as said:
            act()
        assert made.path.name in said.value.what
        assert said.value.remedy
    assert not to.exists()
    assert (made.path.read_bytes() if made.path.exists() else None) == before
    assert files_below(tmp_path) == sorted(
        {"hackney.desk", "of.txt", *([made.path.name] if before is not None else [])}
    )


def test_a_record_without_the_one_that_it_belongs_to_is_a_fault(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)
    with closing(sqlite3.connect(made.path)) as file:
        file.execute("DELETE FROM apprentice")
        file.commit()
    with pytest.raises(Problem, match="without the one of apprentice"):
        backup.verify(made.path)


def test_a_desk_with_a_record_too_many_is_copied_and_restored_all_the_same(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        desk = Path(store.location)
    with closing(sqlite3.connect(desk)) as file:
        file.execute("DELETE FROM apprentice")
        file.commit()
    made = backup.make_backup(desk, None, NOW)
    assert backup.look_into(made.path).entries == 1
    to = backup.restore_beside(made.path, None, tmp_path / "restored.desk")
    assert backup.look_into(to).entries == 1


def test_a_database_of_another_program_is_no_copy(tmp_path):
    other = tmp_path / "other.desk"
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE t (x)")
    with pytest.raises(Problem, match="another program"):
        backup.verify(other)


# --- restoring ----------------------------------------------------------------------------------


@KEYS
def test_what_is_restored_is_a_desk_like_the_one_that_was_copied(tmp_path, maker, key):
    with desk_with(tmp_path, maker, key) as store:
        before = dump(store, with_log=True)
        made = backup.make_backup(Path(store.location), key, NOW)
        maker(store).provider()
        to = backup.restore_beside(made.path, key, tmp_path / "restored.desk")
        with closing(open_store(to, key=key)) as restored:
            assert dump(restored, with_log=True) == before
            maker(restored).provider()
    assert backup.verify(made.path, key).number == 3, "the copy was written to"
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_ever_restored_over_a_file(tmp_path, maker):
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)
        maker(store).provider()
        with pytest.raises(Problem, match="exists already"):
            backup.restore_beside(made.path, None, Path(store.location))
        assert store.latest_change().number == 4
    with pytest.raises(Problem, match="no folder"):
        backup.restore_beside(made.path, None, tmp_path / "nowhere" / "x.desk")


def test_a_file_that_comes_meanwhile_is_not_overwritten_either(tmp_path, maker, monkeypatch):
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)
    to, link = tmp_path / "restored.desk", os.link

    def too_late(*paths):
        to.write_text("somebody's")
        link(*paths)

    monkeypatch.setattr(os, "link", too_late)
    with pytest.raises(Problem, match="exists already"):
        backup.restore_beside(made.path, None, to)
    assert to.read_text() == "somebody's"


def test_where_a_file_cannot_have_two_names_it_is_restored_all_the_same(
    tmp_path, maker, monkeypatch
):
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)

    def has_no_links(*_paths):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", has_no_links)
    to = backup.restore_beside(made.path, None, tmp_path / "restored.desk")
    assert backup.verify(to).number == 3


def test_a_restore_that_fails_in_the_middle_leaves_nothing(tmp_path, maker, monkeypatch):
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)
    before = files_below(tmp_path)

    def is_full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", is_full)
    with pytest.raises(Problem, match="No space left"):
        backup.restore_beside(made.path, None, tmp_path / "restored.desk")
    assert files_below(tmp_path) == before


@KEYS
@pytest.mark.parametrize("place", ["beside", "second", "before a format"])
def test_who_was_erased_does_not_come_back_with_an_older_copy(tmp_path, maker, key, place):
    stick = tmp_path / "stick"
    stick.mkdir()
    with desk_with(tmp_path, maker, key) as store:
        desk = Path(store.location)
        where = stick if place == "second" else None
        maker(store).apprentice(
            given_names="Vera",
            family_name="Vxanished",
            outcome=Outcome.WITHDRAWN,
            ended_on=date(2026, 5, 1),
        )
        older = backup.make_backup(desk, key, NOW - timedelta(days=3), place=where).path
        if place == "before a format":
            older = keep_copy(desk, "0012", key)
        people = store.read(known_people.known_people)
        gone = next(each.apprentice_id for each in people if "Vxanished" in each.name)
        details = ErasureDetails(RetentionKind.APPRENTICE, gone, NOW, "Tess", Ground.REQUEST)
        erasing.erase(store, details, NOW.date())
        backup.make_backup(desk, key, NOW, place=where)  # tells the folder of the copies
    assert backup.verify(older, key).people == 2, "the copy is what it was"
    to = backup.restore_beside(older, key, tmp_path / "restored.desk")
    assert backup.verify(to, key).people == 1
    assert b"Vxanished" not in to.read_bytes()
    assert not [name for name in files_below(tmp_path) if "restored" in name and name != to.name]


def test_the_list_of_who_was_erased_that_cannot_be_read_stops_a_restore(tmp_path, maker):
    assert restoring._ERASED == erasing.LIST
    with desk_with(tmp_path, maker) as store:
        made = backup.make_backup(Path(store.location), None, NOW)
        (made.path.parent / erasing.LIST).write_text("{")
        with pytest.raises(Problem, match="who was erased"):
            backup.restore_beside(made.path, None, tmp_path / "restored.desk")
        assert not (tmp_path / "restored.desk").exists()
        backup.make_backup(Path(store.location), None, NOW)  # a copy is made all the same


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.stem)
def test_copies_of_every_released_format_are_looked_into_and_restored(tmp_path, old):
    desk = Path(shutil.copy(old, tmp_path / "hackney.desk"))
    before = desk.read_bytes()
    held = backup.verify(desk)
    assert held.format == old.stem.removeprefix("v")
    assert held.people > 0
    to = backup.restore_beside(desk, None, tmp_path / "restored.desk")
    assert desk.read_bytes() == before
    with closing(open_store(to)) as restored:
        assert restored.latest_change().number == held.number


def test_a_desk_in_a_database_is_for_whoever_runs_the_server():
    with pytest.raises(Problem, match="Whoever runs the database server"):
        backup.make_backup("postgresql+psycopg://somewhere/desk", None, NOW)
