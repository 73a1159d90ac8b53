"""A desk that somebody made to do harm is refused in words, or read without harm."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import beside, doors, keys
from apprentice_desk.records.desks import create_store, open_store
from apprentice_desk.records.glancing import first_put_off
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.standing import apprentice_rows, first_look

DAY = date(2026, 9, 1)
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"

FOREIGN = {
    "a trigger": (
        "CREATE TRIGGER spy AFTER INSERT ON change_log BEGIN DELETE FROM apprentice; END",
        "a trigger called “spy”",
    ),
    "a view": (f"CREATE VIEW people AS {ENDLESS}", "a view called “people”"),
    "a view in place of a table": (
        f"ALTER TABLE put_off_line RENAME TO x; CREATE VIEW put_off_line AS {ENDLESS}",
        "a view called “put_off_line”",
    ),
    "a virtual table": (
        "CREATE VIRTUAL TABLE t USING fts5(x)", "a table of another kind called “t",
    ),
    "a column that works itself out": (
        "ALTER TABLE apprentice ADD COLUMN big AS (zeroblob(900000000))",
        "a column that works itself out called “apprentice.big”",
    ),
}  # fmt: skip


def spoil(path, script):
    with closing(sqlite3.connect(path)) as file:
        file.executescript(script)


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_desk_that_would_do_something_by_itself_is_not_opened(kind, desk_file):
    script, says = FOREIGN[kind]
    spoil(desk_file, script)
    for read_only in (False, True):
        with pytest.raises(Problem, match=says) as caught:
            open_store(desk_file, read_only=read_only)
        assert "was not opened" in caught.value.what
    with pytest.raises(Problem, match=says):
        beside.organisation_in(desk_file)
    rules, families = resources.hours_rules(), resources.digital_standards().role_families
    assert first_look(desk_file, DAY, rules, families) is None


def test_a_desk_as_it_is_made_holds_nothing_of_the_kind(desk_file):
    with closing(doors.open_file(desk_file, "ro")) as file:
        assert doors.foreign_part(file) == ""


@pytest.mark.parametrize("has_key", [False, True], ids=["plain", "encrypted"])
def test_every_connection_takes_the_file_for_what_others_may_have_made(has_key, tmp_path):
    key = keys.fresh_key("correct horse battery") if has_key else None
    create_store(tmp_path / "a.desk", key=key).close()
    with closing(doors.open_file(tmp_path / "a.desk", "rw", key)) as file:
        assert file.execute("PRAGMA trusted_schema").fetchone() == (0,)
        assert file.execute("PRAGMA cell_size_check").fetchone() == (1,)
        with pytest.raises(doors.errors()):
            file.execute("SELECT load_extension('x')")


def test_a_schema_that_is_no_text_is_said_as_damage(desk_file):
    """SQLite repeats the bytes in its message, which Python cannot read; found by the fuzzer."""
    content = desk_file.read_bytes()
    at = content.index(b"CREATE TABLE")
    desk_file.write_bytes(content[:at] + b"CR\xff\x81" + content[at + 4 :])
    for read_only in (False, True):
        with pytest.raises(Problem, match="damaged"):
            open_store(desk_file, read_only=read_only)


VALUES = {
    "no day": "UPDATE apprentice SET born_on = 'yesterday'",
    "a number for a day": "UPDATE apprentice SET born_on = 20260101",
    "bytes for a day": "UPDATE apprentice SET born_on = x'ff00'",
    "a name in bytes": "UPDATE apprentice SET family_name = x'fffe'",
    "an unknown kind": "UPDATE off_the_job_entry SET activity = 'sabotage'",
    "text for minutes": "UPDATE off_the_job_entry SET minutes = 'many'",
    "no key": "UPDATE off_the_job_entry SET id = 'x'",
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_that_cannot_be_is_said_or_read_and_is_no_fault_of_ours(kind, desk_file, maker):
    with closing(open_store(desk_file)) as store:
        make = maker(store)
        make.standard()
        make.hours(make.apprentice(born_on=date(2004, 3, 4)))
    spoil(desk_file, f"PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; {VALUES[kind]}")
    rules, families = resources.hours_rules(), resources.digital_standards().role_families
    first_look(desk_file, DAY, rules, families)
    first_put_off(desk_file)
    with closing(open_store(desk_file)) as store:
        said = []
        for query in (
            lambda session: apprentice_rows(session, DAY, rules, families),
            hours_rows,
        ):
            try:
                store.read(query)
            except Problem as problem:
                said.append(str(problem))
        assert all("cannot hold" in each for each in said)
        if kind in ("no day", "an unknown kind"):
            assert said


def test_what_our_own_code_does_wrong_still_reaches_the_crash_dialog(desk_file):
    def ours(_session):
        raise ValueError("ours")

    with closing(open_store(desk_file)) as store, pytest.raises(ValueError, match="ours"):
        store.read(ours)


LOCKS = {
    "deep": "[" * 100_000,
    "deeper in a value": '{"person": ' + "[" * 900 + "]" * 900 + "}",
    "long": json.dumps({"person": "x" * 5_000_000, "computer": "elsewhere"}),
    "a list": "[1, 2]",
    "numbers": json.dumps({"person": 1e999, "computer": {"a": 1}, "since": 7}),
    "no text": b"\xff\xfe\x00\xd8",
    "a year beyond": json.dumps({"since": "9999-12-31T23:59:59-14:00"}),
}


@pytest.mark.parametrize("kind", LOCKS)
def test_a_lock_that_somebody_made_to_do_harm_holds_nobody_up(kind, desk_file):
    lock = desk_file.with_name(f"{desk_file.name}.lock")
    written = LOCKS[kind]
    lock.write_bytes(written if isinstance(written, bytes) else written.encode())
    open_store(desk_file, person="Ada", take_over=True).close()
    assert not lock.exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as here")
@pytest.mark.parametrize("kind", ["a link", "a pipe", "a folder"])
def test_a_lock_that_is_no_file_is_refused_in_words(kind, desk_file, tmp_path):
    lock = desk_file.with_name(f"{desk_file.name}.lock")
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    {"a link": lambda: lock.symlink_to(precious), "a pipe": lambda: os.mkfifo(lock),
     "a folder": lock.mkdir}[kind]()  # fmt: skip
    with pytest.raises(Problem, match="cannot be opened for changes"):
        open_store(desk_file, person="Ada")
    assert precious.read_text() == "mine"
