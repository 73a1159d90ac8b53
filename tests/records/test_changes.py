"""A change: saved whole or not at all, and told to those who listen; several people at once."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from apprentice_desk.domain.placement_days import Where
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import (
    apprentices,
    connecting,
    doors,
    hours,
    network,
    organisation,
    programmes,
)
from apprentice_desk.records.changelog import Changes
from apprentice_desk.records.connecting import engine_for
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.store import Store
from records.acting import changing
from records.dumps import dump


@contextmanager
def another(store, person="Someone Else"):
    """Open the same desk a second time, past the lock file: what a second computer would do."""
    engine = engine_for(store.location, is_read_only=False)
    second = Store(engine, store.location, person, None, is_read_only=False)
    try:
        yield second
    finally:
        second.close()


def rename(session, team="Other"):
    organisation.rename_team(session, team)


# --- announcements ------------------------------------------------------------------------------


def test_a_listener_hears_table_names_and_keys_on_the_thread_that_committed(store, make):
    apprenticeship_id = make.apprentice()
    heard = []

    def listener(changes):
        heard.append((changes, threading.get_ident(), store.latest_change().number))

    store.listen(listener)
    with ThreadPoolExecutor(1) as pool:
        details = hours.HoursDetails(apprenticeship_id, date(2026, 8, 3), 30)
        entry_id = pool.submit(changing, store, lambda s: hours.log_hours(s, details)).result()
        thread = pool.submit(threading.get_ident).result()
    changes = Changes(3, "Try", {"off_the_job_entry": frozenset({entry_id})})
    assert heard == [(changes, thread, 3)]
    assert changes.touches("apprentice", "off_the_job_entry")
    assert not changes.touches("apprentice", "contract")


def test_a_listener_hears_of_undo_and_of_every_table_of_a_change(store, make):
    apprenticeship_id = make.apprentice()
    held = store.read(apprentices.held, apprenticeship_id)
    heard = []
    store.listen(heard.append)
    undone = store.undo(store.latest_change().number)
    assert heard == [undone]
    assert undone.label == "Undo: Enrol"
    assert undone.touched.keys() == {"apprentice", "apprenticeship", "weekly_hours"}
    assert undone.touched["apprentice"] == {held.apprentice_id}
    assert undone.touched["apprenticeship"] == {apprenticeship_id}


def test_a_listener_that_stopped_listening_hears_nothing_more(store, make):
    heard = []
    stop = store.listen(heard.append)
    make.event()
    stop()
    stop()
    make.event()
    assert len(heard) == 1


def test_a_listener_may_read_and_change_the_desk(store, make):
    def listener(changes):
        if changes.touches("network_event"):
            make.barrier()

    store.listen(listener)
    make.event()
    assert [line.label for line in store.changes()] == [
        "Note a barrier",
        "Record an event",
        "Begin the desk",
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda session: None,
        lambda session: organisation.rename_team(session, "Digital"),
        lambda session: session.scalars(select(organisation.Organisation)).one(),
    ],
    ids=["nothing", "the same value", "a look"],
)
def test_a_change_that_changes_nothing_is_not_logged_and_announces_nothing(act, store):
    before = dump(store, with_log=True)
    heard = []
    store.listen(heard.append)
    changing(store, act)
    assert dump(store, with_log=True) == before
    assert not heard


def test_an_exception_in_the_middle_rolls_back_and_announces_nothing(store, make):
    make.event()
    before = dump(store, with_log=True)
    heard = []
    store.listen(heard.append)

    def fail(session):
        rename(session)
        session.flush()
        network.record_event(
            session, network.EventDetails("X", date(2026, 1, 1), network.EventKind.VISIT)
        )
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changing(store, fail)
    assert dump(store, with_log=True) == before
    assert not heard
    changing(store, rename)
    assert store.latest_change().number == 3


def test_the_newest_changes_come_first_with_label_person_and_time(store, make):
    make.event()
    newest, first = store.changes()
    assert (newest.number, newest.label, newest.person) == (2, "Record an event", "Tess Ter")
    assert newest.recorded_at.tzinfo == UTC
    assert newest.recorded_at >= first.recorded_at > datetime(2026, 1, 1, tzinfo=UTC)
    assert store.changes(1) == (newest,)
    assert store.latest_change() == newest
    assert first.is_final
    assert not newest.is_final


def test_a_store_knows_its_name(store, desk_file):
    assert store.name in (desk_file.name, store.location.rpartition("/")[2])


# --- several at once ----------------------------------------------------------------------------


def test_two_stores_on_one_desk_see_each_others_changes(store, make):
    with another(store) as second:
        make.event()
        assert second.latest_change().number == 2
        changing(second, rename, "Rename the team")
        assert store.latest_change().person == "Someone Else"
        assert store.read(organisation.organisation_row).team == "Other"


def test_an_edit_of_what_somebody_else_changed_since_is_a_conflict_with_both_versions(store, make):
    apprenticeship_id = make.apprentice()
    mine = store.read(apprentices.held, apprenticeship_id)
    with another(store) as second:
        theirs = second.read(apprentices.held, apprenticeship_id)
        changed = replace(theirs.details, mentor="Grace Hopper")
        changing(second, lambda s: apprentices.correct(s, apprenticeship_id, changed, theirs.stamp))
        before = dump(store, with_log=True)
        edited = replace(mine.details, mentor="Alan Turing")
        with pytest.raises(Conflict, match="was changed by somebody else") as caught:
            changing(store, lambda s: apprentices.correct(s, apprenticeship_id, edited, mine.stamp))
        assert caught.value.mine == edited
        assert caught.value.theirs == second.read(apprentices.held, apprenticeship_id)
        assert caught.value.theirs.details.mentor == "Grace Hopper"
        assert dump(store, with_log=True) == before
        again = store.read(apprentices.held, apprenticeship_id)
        changing(store, lambda s: apprentices.correct(s, apprenticeship_id, edited, again.stamp))
        assert second.read(apprentices.held, apprenticeship_id).details == edited


def test_a_new_break_or_new_weekly_hours_change_the_stamp_too(store, make):
    apprenticeship_id = make.apprentice()
    stamps = [store.read(apprentices.held, apprenticeship_id).stamp]
    for act in (
        lambda s: programmes.start_break(s, apprenticeship_id, date(2026, 2, 2)),
        lambda s: programmes.resume(s, apprenticeship_id, date(2026, 3, 1)),
        lambda s: programmes.set_weekly_hours(s, apprenticeship_id, date(2026, 4, 1), 1800),
    ):
        changing(store, act)
        stamps.append(store.read(apprentices.held, apprenticeship_id).stamp)
    assert len(set(stamps)) == 4


def test_an_edit_of_hours_that_somebody_changed_or_removed_is_a_conflict(store, make):
    entry_id = make.hours(minutes=90)
    row = store.read(hours.hours_rows)[0]
    with another(store) as second:
        theirs = replace(row.details, minutes=100)
        changing(second, lambda s: hours.correct_hours(s, entry_id, theirs, row.changed_in))
        mine = replace(row.details, minutes=80)
        with pytest.raises(Conflict) as caught:
            changing(store, lambda s: hours.correct_hours(s, entry_id, mine, row.changed_in))
        at_home = replace(theirs, where=Where.HOME)
        assert (caught.value.mine, caught.value.theirs) == (mine, at_home)
        changing(second, lambda s: hours.remove_hours(s, entry_id))
    with pytest.raises(Conflict, match="removed meanwhile") as caught:
        changing(store, lambda s: hours.correct_hours(s, entry_id, mine))
    assert caught.value.mine == mine


def test_writers_at_the_same_time_get_numbers_one_after_the_other(store):
    with another(store) as second:
        start = threading.Barrier(4)

        def write(which, name):
            start.wait()
            for turn in range(5):
                details = network.EventDetails(
                    f"{name} {turn}", date(2026, 1, 1), network.EventKind.VISIT
                )
                changing(which, lambda s, it=details: network.record_event(s, it))

        with ThreadPoolExecutor(4) as pool:
            writers = [
                pool.submit(write, which, name)
                for which in (store, second)
                for name in ("one", "two")
            ]
            for writer in writers:
                writer.result()
    assert [line.number for line in store.changes()] == list(range(21, 0, -1))
    assert len(store.read(network.event_rows)) == 20


def test_a_change_waits_no_longer_than_it_must_and_says_who_is_in_the_way(desk_file, monkeypatch):
    """SQLite: another program holds the desk, past the lock file."""
    monkeypatch.setattr(doors, "WAIT_SECONDS", 0.01)
    store = open_store(desk_file)
    with another(store) as second, second.change("Long") as session:
        rename(session)
        session.flush()
        with pytest.raises(Problem, match=r"“Try” was not saved\. Somebody else is writing"):
            changing(store, rename)
    assert store.read(organisation.organisation_row).team == "Other"
    store.close()


def test_a_commit_that_a_reader_held_up_is_taken_back_and_the_desk_goes_on(desk_file, monkeypatch):
    """SQLite keeps such a transaction open; it must not poison the connection."""
    monkeypatch.setattr(doors, "WAIT_SECONDS", 0.01)
    store = open_store(desk_file)
    with closing(sqlite3.connect(desk_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM organisation").fetchall()
        with pytest.raises(Problem, match=r"“Try” was not saved\. Somebody else"):
            changing(store, rename)
        assert store.read(organisation.organisation_row).team == "Digital"
    changing(store, rename)
    assert store.read(organisation.organisation_row).team == "Other"
    assert store.latest_change().number == 2
    store.close()


# --- reading while a large change is made -------------------------------------------------------


def read_at_every_chunk(store, apprenticeship_id, rows):
    """Import *rows* entries, reading on another thread each 5,000; return what was read."""
    seen = []

    def count(session):
        return session.scalar(select(func.count()).select_from(hours.OffTheJobEntry))

    def look():
        try:
            seen.append(store.read(count))
        except Problem as problem:
            seen.append(problem.what)

    def entries():
        for number in range(rows):
            if number % 5_000 == 4_999:
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(look).result()
            day = date(2026, 3, 2) - timedelta(days=number // 1_000)
            yield (
                hours.HoursDetails(apprenticeship_id, day, 1, what="x" * 100),
                f"row {number}",
            )

    changing(store, lambda session: hours.log_many(session, entries()), "Import")
    look()
    return seen


@pytest.fixture
def imported_into(desk_file, monkeypatch):
    monkeypatch.setattr(doors, "WAIT_SECONDS", 0.01)

    def imported(rows):
        store = open_store(desk_file)
        try:
            details = apprentices.ApprenticeDetails(family_name="King", course_title="Course")
            apprenticeship_id = changing(store, lambda s: apprentices.enrol(s, details))
            return read_at_every_chunk(store, apprenticeship_id, rows)
        finally:
            store.close()

    return imported


def test_readers_are_never_locked_out_during_an_import_of_100_000_rows(imported_into):
    assert imported_into(100_000) == [0] * 20 + [100_000]


def test_readers_would_be_locked_out_if_the_cache_spilled(imported_into, monkeypatch):
    """So the test above can fail."""
    spilling = [p.replace("cache_spill = OFF", "cache_spill = ON") for p in connecting._PRAGMAS]
    assert spilling != list(connecting._PRAGMAS)
    monkeypatch.setattr(connecting, "_PRAGMAS", spilling)
    seen = imported_into(30_000)
    assert any("Somebody else is writing" in str(each) for each in seen[:-1])
    assert seen[-1] == 30_000


def test_the_file_is_opened_as_the_design_asks(desk_file):
    store = open_store(desk_file)
    pragmas = {
        name: store.read(lambda s, it: s.execute(text(f"PRAGMA {it}")).scalar(), name)
        for name in ("foreign_keys", "synchronous", "secure_delete", "journal_mode", "cache_spill")
    }
    store.close()
    assert pragmas == {
        "foreign_keys": 1,
        "synchronous": 3,  # EXTRA
        "secure_delete": 1,
        "journal_mode": "delete",
        "cache_spill": 0,
    }


# --- errors in words ----------------------------------------------------------------------------


class DriverError(Exception):
    """An error of a database driver."""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("database is locked", "Somebody else is writing to the desk."),
        ("database or disk is full", "The disk is full."),
        ("could not extend file: No space left on device", "The disk is full."),
        ("attempt to write a readonly database", "cannot be written to."),
        ("permission denied for table barrier", "cannot be written to."),
        ("database disk image is malformed", "The file is damaged."),
        ("file is not a database", "The file is damaged."),
        ("disk I/O error", "The disk or network drive did not answer."),
        ("unable to open database file", "The disk or network drive did not answer."),
        ("connection failed: Connection refused", "The database server did not answer."),
        (
            'connection failed: FATAL:  password authentication failed for user "desk"',
            "The database server does not take this name and password.",
        ),
        ("connection failed: fe_sendauth: no password supplied", "does not take this name and"),
        ('connection failed: FATAL:  role "desk" does not exist', "does not take this name and"),
    ],
)
def test_an_error_of_the_database_is_said_in_words(words, says):
    problem = connecting.said(OperationalError("", {}, DriverError(words)), "X was not saved.")
    assert problem.what.startswith("X was not saved. ")
    assert says in problem.what
    assert problem.remedy


def test_a_lost_connection_is_said_in_words():
    error = OperationalError("", {}, DriverError("odd"), connection_invalidated=True)
    assert "server did not answer" in connecting.said(error, "X was not saved.").what


@pytest.mark.parametrize(
    "words", ["no such column: full_name", "no such table: server_connection", "near locked_on"]
)
def test_our_own_bugs_are_not_passed_off_as_a_full_disk(words):
    with pytest.raises(OperationalError):
        connecting.said(OperationalError("", {}, DriverError(words)), "X was not saved.")


def test_an_error_in_a_read_is_said_in_words(store):
    """The listener stands for the disk."""

    def fail(*_):
        raise OperationalError("", {}, DriverError("disk I/O error"))

    event.listen(store._engine, "before_cursor_execute", fail)
    with pytest.raises(Problem, match=r"could not be read\. The disk or network"):
        store.read(organisation.organisation_row)
    with pytest.raises(Problem, match=r"“Try” was not saved\. The disk or network"):
        changing(store, rename)
    event.remove(store._engine, "before_cursor_execute", fail)
