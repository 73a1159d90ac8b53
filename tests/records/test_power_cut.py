"""Whatever happens in the middle of a change, the desk is as before it or as after it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from apprentice_desk.records.desks import open_store
from records.commands import COMMANDS, changing
from records.dumps import dump


class PowerCutError(Exception):
    """The power went."""


class Cut:
    """Raises at the *step*-th event of an engine that could be cut."""

    def __init__(self, engine, name, step):
        self.left = step
        self.is_cut = False
        event.listen(engine, name, self)
        self.forget = lambda: event.remove(engine, name, self)

    def __call__(self, connection, *_):
        self.left -= 1
        if self.left == 0:
            self.is_cut = True
            if connection.dialect.name == "postgresql":
                connection.invalidate()  # the server hears no more of us
            raise PowerCutError


@pytest.mark.parametrize("moment", ["before_cursor_execute", "after_cursor_execute", "commit"])
@pytest.mark.parametrize(
    "command",
    ["apprentices.enrol", "apprentices.remove", "hours.log_many", "returns_sent.send_return"],
)
def test_a_cut_at_any_step_of_a_change_leaves_the_desk_as_it_was(command, moment, store, make):
    act = COMMANDS[command](make)
    before = dump(store, with_log=True)
    heard = []
    store.listen(heard.append)
    cuts = 0
    while True:
        cut = Cut(store._engine, moment, cuts + 1)
        try:
            changing(store, act)
        except PowerCutError:
            cuts += 1
        finally:
            cut.forget()
        if not cut.is_cut:
            break
        assert dump(store, with_log=True) == before
        assert not heard
    assert cuts >= (1 if moment == "commit" else 5)
    assert dump(store, with_log=True) != before
    assert len(heard) == 1


def test_a_cut_at_any_step_of_an_undo_leaves_the_desk_as_it_was(store, make):
    changing(store, COMMANDS["apprentices.remove"](make), "Remove")
    number = store.latest_change().number
    before = dump(store, with_log=True)
    cuts = 0
    while True:
        cut = Cut(store._engine, "before_cursor_execute", cuts + 1)
        try:
            store.undo(number)
        except PowerCutError:
            cuts += 1
        finally:
            cut.forget()
        if not cut.is_cut:
            break
        assert dump(store, with_log=True) == before
    assert cuts >= 8
    assert dump(store, with_log=True) != before


DIES = """
import os, sys
from datetime import date, timedelta
from sqlalchemy import event
from apprentice_desk.records import apprentices, hours, organisation
from apprentice_desk.records.desks import open_store

location, how = sys.argv[1:]
store = open_store(location, person="Doomed")
if how == "spilling":
    event.listen(store._engine, "connect", lambda driver, _: driver.execute("PRAGMA cache_spill = 20"))
    store._engine.dispose()
with store.change("Doomed") as session:
    organisation.rename_team(session, "Doomed")
    details = apprentices.ApprenticeDetails(family_name="King", course_title="Course")
    key = apprentices.enrol(session, details)
    days = (date(2026, 3, 2) - timedelta(days=number // 1_000) for number in range(20_000))
    hours.log_many(session, ((hours.HoursDetails(key, day, 1, what="x" * 300), "") for day in days))
    session.flush()
    print("flushed", flush=True)
    os._exit(9)
"""  # noqa: E501 - a program of its own


def die(location, how="killed"):
    ran = subprocess.run(
        [sys.executable, "-c", DIES, location, how], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (9, "flushed\n"), ran.stderr


def test_a_program_killed_between_flush_and_commit_leaves_the_desk_as_it_was(location):
    store = open_store(location)
    before = dump(store, with_log=True)
    store.close()
    die(location)
    store = open_store(location)
    assert dump(store, with_log=True) == before
    changing(store, COMMANDS["organisation.rename_team"](_Nothing()))
    store.close()


class _Nothing:
    def event(self):
        """Make nothing: the command needs no more than the desk."""


def test_a_program_killed_with_half_its_pages_in_the_file_leaves_the_desk_as_it_was(desk_file):
    """The file itself is half written; SQLite puts it right from the journal."""
    store = open_store(desk_file)
    before = dump(store, with_log=True)
    store.close()
    whole = desk_file.read_bytes()
    die(str(desk_file), "spilling")
    assert desk_file.read_bytes() != whole
    assert Path(f"{desk_file}-journal").exists()
    assert Path(f"{desk_file}.lock").exists()

    store = open_store(desk_file)
    assert dump(store, with_log=True) == before
    store.close()
    with closing(sqlite3.connect(desk_file)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    assert not Path(f"{desk_file}-journal").exists()


def test_a_half_written_desk_can_be_opened_to_read_too(desk_file):
    die(str(desk_file), "spilling")
    store = open_store(desk_file, read_only=True)
    assert [line.label for line in store.changes()] == ["Begin the desk"]
    store.close()
