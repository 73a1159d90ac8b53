"""The desk file and its lock: what is opened, what is refused, and in which words."""

from __future__ import annotations

import json
import os
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import connecting, doors, holding, migrate, organisation, store
from apprentice_desk.records.connecting import APPLICATION_ID
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.holding import DeskInUse, hold
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase
from apprentice_desk.records.marks import HEAD
from records.acting import changing

NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)


def lock_of(path):
    return Path(f"{path}.lock")


# --- new desks ----------------------------------------------------------------------------------


def test_a_new_desk_carries_its_mark_and_is_a_sound_database(tmp_path):
    path = tmp_path / "new.desk"
    create_store(path).close()
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    assert path.read_bytes()[68:72] == b"AdD1"


def test_a_new_desk_does_not_say_whose_it_is_until_it_is_begun(tmp_path):
    made = create_store(tmp_path / "new.desk")
    with pytest.raises(Problem, match="does not say whose it is"):
        made.read(organisation.organisation_row)
    assert made.latest_change() is None
    assert made.undoable() is None
    made.close()


def test_a_new_desk_never_replaces_a_file(tmp_path):
    path = tmp_path / "there.desk"
    path.write_text("mine")
    with pytest.raises(Problem, match=r"there.desk exists already and was left as it is"):
        create_store(path)
    assert path.read_text() == "mine"
    assert not lock_of(path).exists()


def test_a_new_desk_needs_a_folder(tmp_path):
    with pytest.raises(Problem, match="The desk was not made: there is no folder"):
        create_store(tmp_path / "nowhere" / "new.desk")


def test_a_desk_that_could_not_be_made_to_the_end_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(migrate, "bring_up_to_date", fail)
    with pytest.raises(ZeroDivisionError):
        create_store(tmp_path / "new.desk")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_somebody_else_is_making_a_desk_under_is_refused(tmp_path):
    path = tmp_path / "new.desk"
    held = hold(path, "Grace Hopper", NOW)
    with pytest.raises(DeskInUse):
        create_store(path)
    assert not path.exists()
    held.release()


def test_a_database_that_holds_a_desk_gets_no_second_one(databases, empty_database):
    with pytest.raises(Problem, match="holds a desk already and was left as it was"):
        create_store(databases.address(empty_database))


# --- what is not a desk -------------------------------------------------------------------------


def text_file(path, desk):
    path.write_text("Given names;Family name\n" * 50)


def short_text_file(path, desk):
    path.write_text("Hello")


def empty_file(path, desk):
    path.write_bytes(b"")


def truncated(path, desk):
    path.write_bytes(desk.read_bytes()[:20_000])


def cut_after_the_header(path, desk):
    path.write_bytes(desk.read_bytes()[:100])


def encrypted(path, desk):
    path.write_bytes(random.Random(7).randbytes(desk.stat().st_size))


def another_program(path, desk):
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE organisation (id INTEGER)")
        file.commit()


def another_program_with_a_mark(path, desk):
    another_program(path, desk)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA application_id = 42")


NOT_A_DESK = "is not a desk of Apprentice Desk, or it is damaged"
OTHER = "is a database of another program, not a desk"


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("make_file", "says"),
    [
        (text_file, NOT_A_DESK),
        (short_text_file, NOT_A_DESK),
        (empty_file, NOT_A_DESK),
        (truncated, NOT_A_DESK),
        (cut_after_the_header, NOT_A_DESK),
        (another_program, OTHER),
        (another_program_with_a_mark, OTHER),
    ],
)
def test_a_file_that_is_no_desk_is_refused_and_left_as_it_is(
    make_file, says, read_only, tmp_path, desk_file
):
    path = tmp_path / "odd.desk"
    make_file(path, desk_file)
    before = path.read_bytes()
    with pytest.raises(Problem, match=f"odd.desk {says}") as caught:
        open_store(path, read_only=read_only)
    assert caught.value.remedy
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["exampleton.desk", "odd.desk"]


def test_a_missing_file_is_refused_and_not_made(tmp_path):
    with pytest.raises(Problem, match=r"There is no desk at .*gone.desk"):
        open_store(tmp_path / "gone.desk")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path):
    (tmp_path / "folder.desk").mkdir()
    with pytest.raises(Problem, match=r"folder.desk was not opened: it cannot be read"):
        open_store(tmp_path / "folder.desk")


def test_a_marked_file_with_nothing_in_it_is_refused(tmp_path):
    path = tmp_path / "hollow.desk"
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute("CREATE TABLE t (id INTEGER)")
    with pytest.raises(Problem, match=r"hollow.desk holds no desk yet"):
        open_store(path)
    assert not lock_of(path).exists()


def test_a_database_with_nothing_in_it_is_refused_and_stays_empty(databases):
    name = databases.make()
    for _ in range(2):
        with pytest.raises(Problem, match=f"{name} holds no desk yet"):
            open_store(databases.address(name))
    databases.drop(name)


@pytest.mark.parametrize("server", ["127.0.0.1:9", "no-such-server.invalid"])
def test_a_server_that_does_not_answer_is_said_in_words(server):
    nobody = f"postgresql+psycopg://postgres@{server}/desk"
    for act in (open_store, create_store):
        with pytest.raises(Problem, match="The database server did not answer"):
            act(nobody)


def test_a_server_that_does_not_know_the_name_is_no_server_that_does_not_answer(databases):
    name = databases.make()
    stranger = databases.url.set(database=name, username="nobody_of_this_name", password="wrong")
    with pytest.raises(Problem, match="does not take this name and password") as caught:
        open_store(stranger.render_as_string(hide_password=False))
    assert "address of the database" in caught.value.remedy
    databases.drop(name)


def test_a_computer_without_the_library_for_servers_says_which(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it could not be imported
    with pytest.raises(Problem, match="lacks the library that speaks to PostgreSQL") as caught:
        open_store("postgresql+psycopg://postgres@127.0.0.1:9/desk")
    assert "libpq5" in caught.value.remedy


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql+nonsense", "no address of a database"),
        ("postgresql+nonsense://server/desk", "no address of a database"),
        ("postgresql+pg8000://server/desk", "lacks the library"),  # it is not installed
    ],
)
def test_an_address_that_cannot_be_used_is_said_in_words(address, says):
    for act in (open_store, create_store):
        with pytest.raises(Problem, match=says):
            act(address)


def test_a_desk_that_is_being_written_to_elsewhere_is_busy_and_not_damaged(desk_file, monkeypatch):
    monkeypatch.setattr(doors, "WAIT_SECONDS", 0.01)
    with closing(sqlite3.connect(desk_file, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Problem, match="Somebody else is writing to the desk"):
            open_store(desk_file)
    open_store(desk_file).close()


def test_a_file_that_was_replaced_by_another_kind_is_damaged_in_words(desk_file, tmp_path):
    text_file(tmp_path / "text.desk", desk_file)
    engine = connecting.engine_for(tmp_path / "text.desk", is_read_only=False)
    odd = store.Store(engine, str(tmp_path / "text.desk"), "", None, is_read_only=False)
    with pytest.raises(Problem, match="The file is damaged"):
        odd.read(organisation.organisation_row)
    odd.close()


def test_opening_a_desk_twice_in_one_program_lets_go_of_no_lock(desk_file):
    """On POSIX, closing any handle of a file drops all locks that the program has on it."""
    first = open_store(desk_file)
    with first.change("Rename") as session:
        organisation.rename_team(session, "Other")
        session.flush()
        with pytest.raises(DeskInUse):
            open_store(desk_file)
        open_store(desk_file, read_only=True).close()
        attempt = (
            "import sqlite3, sys\n"
            "file = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
            "file.execute('BEGIN IMMEDIATE')\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", attempt, str(desk_file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "database is locked" in ran.stderr
    first.close()


# --- rights -------------------------------------------------------------------------------------


@contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    """Root may do anything, so go on as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed_folder(empty_desk):
    """A folder, with a desk, that may be read but not written to."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(empty_desk, folder / "kept.desk")
    (folder / "kept.desk").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


posix = pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise on Windows")


@posix
def test_a_folder_that_cannot_be_written_to_allows_reading_only(closed_folder):
    with as_somebody_without_rights():
        with pytest.raises(Problem, match="its folder cannot be written to") as caught:
            open_store(closed_folder / "kept.desk")
        assert "Open it to read only" in caught.value.remedy
        with pytest.raises(Problem, match="its folder cannot be written to"):
            create_store(closed_folder / "new.desk")
        kept = open_store(closed_folder / "kept.desk", read_only=True)
        assert kept.read(organisation.organisation_row).name == "Exampleton"
        kept.close()
    assert [each.name for each in closed_folder.iterdir()] == ["kept.desk"]


@posix
def test_a_file_that_may_not_be_read_is_refused(closed_folder):
    (closed_folder / "kept.desk").chmod(0o000)
    with (
        as_somebody_without_rights(),
        pytest.raises(Problem, match=r"kept.desk was not opened: it cannot be read"),
    ):
        open_store(closed_folder / "kept.desk", read_only=True)


@posix
def test_a_file_that_may_not_be_written_to_says_so_when_something_is_changed(closed_folder):
    closed_folder.chmod(0o777)
    with as_somebody_without_rights():
        opened = open_store(closed_folder / "kept.desk")
        with pytest.raises(Problem, match="The file or its folder cannot be written to"):
            changing(opened, lambda session: organisation.rename_team(session, "Other"))
        opened.close()


def test_a_desk_opened_to_read_only_refuses_every_change(location):
    opened = open_store(location)
    changing(opened, lambda session: organisation.rename_team(session, "Other"))
    opened.close()
    opened = open_store(location, read_only=True)
    assert opened.is_read_only
    with pytest.raises(Problem, match="is open to read only"):
        changing(opened, lambda session: None)
    with pytest.raises(Problem, match="is open to read only"):
        opened.undo(2)
    assert opened.read(organisation.organisation_row).name == "Exampleton"
    opened.close()


def test_reading_only_leaves_no_trace(desk_file):
    before = desk_file.read_bytes()
    opened = open_store(desk_file, read_only=True)
    opened.changes()
    assert [each.name for each in desk_file.parent.iterdir()] == [desk_file.name]
    opened.close()
    assert desk_file.read_bytes() == before


# --- the lock file ------------------------------------------------------------------------------


def test_the_lock_file_names_person_computer_and_time(desk_file):
    opened = open_store(desk_file, person="Ada Lovelace", now=NOW)
    written = json.loads(lock_of(desk_file).read_text())
    assert written == {
        "person": "Ada Lovelace",
        "computer": platform.node(),
        "since": "2026-09-01T09:30:00+00:00",
        "pid": os.getpid(),
    }
    opened.close()


def test_a_second_opening_is_refused_and_says_who_has_it(desk_file):
    opened = open_store(desk_file, person="Ada Lovelace", now=NOW)
    when = f"{NOW.astimezone():%H:%M} on {show_day(NOW.astimezone().date())}"
    with pytest.raises(DeskInUse) as caught:
        open_store(desk_file, person="Grace Hopper")
    assert caught.value.what == (
        f"Ada Lovelace has exampleton.desk open on {platform.node()} since {when}."
    )
    assert caught.value.remedy == "Open it to read only, or ask them to close it."
    assert not caught.value.may_be_taken_over
    assert (caught.value.person, caught.value.computer) == ("Ada Lovelace", platform.node())
    assert caught.value.since == when
    with pytest.raises(DeskInUse):
        open_store(desk_file, take_over=True)
    opened.close()


def test_it_can_be_read_while_somebody_has_it_open(desk_file):
    opened = open_store(desk_file)
    reading = open_store(desk_file, read_only=True)
    changing(opened, lambda session: organisation.rename_team(session, "Other"))
    assert reading.read(organisation.organisation_row).team == "Other"
    reading.close()
    assert lock_of(desk_file).exists()
    opened.close()


def test_closing_lets_go_of_the_lock_and_may_be_done_twice(desk_file):
    opened = open_store(desk_file)
    opened.close()
    assert not lock_of(desk_file).exists()
    second = open_store(desk_file)
    opened.close()
    assert lock_of(desk_file).exists()
    second.close()


def test_a_held_desk_is_released_once(desk_file):
    held = hold(desk_file, "Ada", NOW)
    held.release()
    again = hold(desk_file, "Grace", NOW)
    held.release()
    assert lock_of(desk_file).exists()
    again.release()


def test_the_lock_of_a_killed_program_is_gone(desk_file):
    dies = (
        "import os, sys\n"
        "from apprentice_desk.records.desks import open_store\n"
        "opened = open_store(sys.argv[1], person='Ghost')\n"
        "os._exit(9)\n"
    )
    ran = subprocess.run([sys.executable, "-c", dies, str(desk_file)], check=False)
    assert ran.returncode == 9
    assert json.loads(lock_of(desk_file).read_text())["person"] == "Ghost"
    opened = open_store(desk_file, person="Ada")
    assert json.loads(lock_of(desk_file).read_text())["person"] == "Ada"
    opened.close()


def test_the_word_of_another_computer_is_believed_until_somebody_takes_over(desk_file):
    """In a synced folder only the file travels, not the operating system's lock."""
    theirs = {"person": "Ada", "computer": "elsewhere-7", "since": "2026-08-31T16:00:00+00:00"}
    lock_of(desk_file).write_text(json.dumps(theirs))
    with pytest.raises(DeskInUse, match=r"Ada has exampleton.desk open on elsewhere-7 since"):
        open_store(desk_file)
    assert json.loads(lock_of(desk_file).read_text()) == theirs
    opened = open_store(desk_file, person="Grace", take_over=True)
    assert json.loads(lock_of(desk_file).read_text())["person"] == "Grace"
    opened.close()
    assert not lock_of(desk_file).exists()


@pytest.mark.parametrize("written", ["", "not JSON", "[1]", '"text"'])
def test_a_lock_file_without_meaning_is_taken_over(written, desk_file):
    lock_of(desk_file).write_text(written)
    open_store(desk_file).close()


def test_a_holder_without_name_or_time_is_still_said_in_a_sentence(desk_file):
    lock_of(desk_file).write_text(json.dumps({"computer": "elsewhere-7", "since": "once"}))
    with pytest.raises(DeskInUse, match=r"Somebody has exampleton.desk open on elsewhere-7\."):
        open_store(desk_file)
    held = hold(desk_file, "", NOW, take_over=True)
    lock_of(desk_file).write_text("")
    with pytest.raises(DeskInUse, match=r"^Somebody has exampleton.desk open\."):
        hold(desk_file, "Ada", NOW)
    held.release()


@posix
def test_a_lock_file_that_vanished_while_it_was_being_locked_is_made_anew(desk_file, monkeypatch):
    """Its last holder removed it between our opening and our locking it."""
    lock = holding._lock
    turns = []

    def lock_late(file):
        if not turns:
            lock_of(desk_file).unlink()
        turns.append(file)
        return lock(file)

    monkeypatch.setattr(holding, "_lock", lock_late)
    held = hold(desk_file, "Ada", NOW)
    assert len(turns) == 2
    assert json.loads(lock_of(desk_file).read_text())["person"] == "Ada"
    held.release()


@posix
def test_a_lock_file_that_was_replaced_while_it_was_being_locked_is_not_ours(
    desk_file, monkeypatch
):
    lock = holding._lock
    others = []

    def lock_late(file):
        if not others:
            lock_of(desk_file).unlink()
            monkeypatch.setattr(holding, "_lock", lock)
            others.append(hold(desk_file, "Grace", NOW))
        return lock(file)

    monkeypatch.setattr(holding, "_lock", lock_late)
    with pytest.raises(DeskInUse, match="Grace has"):
        hold(desk_file, "Ada", NOW)
    others[0].release()


@posix
def test_a_disk_that_takes_no_more_refuses_the_lock_in_words(desk_file):
    """The limit on the size of files stands for a full disk."""
    import resource  # not on Windows

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(Problem, match="its folder cannot be written to"):
            hold(desk_file, "Ada", NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not lock_of(desk_file).exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_without_a_header_is_asked_for_its_passphrase(tmp_path, desk_file, read_only):
    path = tmp_path / "odd.desk"
    encrypted(path, desk_file)
    before = path.read_bytes()
    with pytest.raises(NeedsPassphrase, match=r"odd.desk is protected by a passphrase"):
        open_store(path, read_only=read_only)
    with pytest.raises(WrongPassphrase, match=r"does not open odd.desk"):
        open_store(path, read_only=read_only, key=DeskKey(bytes(32), bytes(16)))
    assert path.read_bytes() == before
