"""A desk is brought up to date as a whole, or stays exactly what it was."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import (
    apprentices,
    contracts,
    migrate,
    network,
    organisation,
    providers,
)
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.desks import open_store
from records.acting import changing
from records.dumps import dump
from records.migrating import copies_of, ddl, revision_of

NOW = migrate.HEAD
NEXT = f"{int(NOW) + 1:04}"


def step_next(upgrade):
    module = ModuleType(f"step_{NEXT}")
    module.REVISION, module.COMES_AFTER, module.upgrade = NEXT, NOW, upgrade
    return module


@pytest.fixture
def with_step(monkeypatch):
    """Let the program know one step more."""

    def add(upgrade):
        known = (*migrate.steps(), step_next(upgrade))
        monkeypatch.setattr(migrate, "steps", lambda: known)
        monkeypatch.setattr(migrate, "HEAD", NEXT)

    return add


def add_a_column(operations):
    operations.add_column("network_event", sa.Column("hall", sa.String(100)))
    operations.execute("UPDATE network_event SET hall = 'Town Hall'")


def fail_at_the_end(operations):
    add_a_column(operations)
    operations.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    operations.execute("DELETE FROM organisation")
    raise ZeroDivisionError


def rebuild_a_parent(operations):
    """SQLite rebuilds the table: its children must not notice."""
    with operations.batch_alter_table("apprentice") as table:
        table.alter_column("email", new_column_name="mail", existing_type=sa.String(200))


def make_an_orphan(operations):
    operations.execute("DELETE FROM apprentice")


def tables_of(location):
    opened = open_store(location, read_only=True)
    found = dump(opened, with_log=True)
    opened.close()
    return found


def make_some(store, make):
    make.event()
    make.hours(make.apprentice())
    store.close()


def test_an_older_desk_is_brought_up_to_date_when_it_is_opened(location, store, make, with_step):
    make_some(store, make)
    before = tables_of(location)
    with_step(add_a_column)
    opened = open_store(location)
    places = opened.read(
        lambda session: session.execute(sa.text("SELECT hall FROM network_event")).all()
    )
    assert places == [("Town Hall",)]
    changing(opened, lambda session: organisation.rename_team(session, "Other"))
    opened.close()
    assert revision_of(location) == NEXT
    open_store(location).close()
    after = tables_of(location)
    assert after["off_the_job_entry"] == before["off_the_job_entry"]
    assert len(after["change_log"]) == len(before["change_log"]) + 1


def test_a_copy_in_the_old_format_is_kept_and_opens(desk_file, with_step, monkeypatch):
    before = tables_of(desk_file)
    first = desk_file.with_name(f"exampleton before format {NEXT} (was {NOW}).desk")
    first.write_text("An older copy of mine")
    with_step(add_a_column)
    open_store(desk_file).close()
    open_store(desk_file).close()
    monkeypatch.undo()
    copy = desk_file.with_name(f"exampleton before format {NEXT} (was {NOW}) 2.desk")
    assert copies_of(desk_file) == [copy, first]
    assert first.read_text() == "An older copy of mine"
    assert tables_of(copy) == before
    opened = open_store(copy)
    changing(opened, lambda session: organisation.rename_team(session, "Other"))
    opened.close()


def test_a_failing_step_leaves_schema_rows_and_version_as_they_were(
    location, store, make, with_step, monkeypatch
):
    make_some(store, make)
    before = tables_of(location)
    with_step(fail_at_the_end)
    with pytest.raises(ZeroDivisionError):
        open_store(location)
    monkeypatch.undo()
    assert revision_of(location) == NOW
    assert tables_of(location) == before
    if not is_address(location):
        assert not Path(f"{location}.lock").exists()
        (copy,) = copies_of(Path(location))
        assert tables_of(copy) == before
        assert ddl(copy) == ddl(location)


def test_a_table_can_be_rebuilt_though_others_hang_on_it(location, store, make, with_step):
    make_some(store, make)
    with_step(rebuild_a_parent)
    opened = open_store(location)
    mails = opened.read(
        lambda session: session.execute(sa.text("SELECT mail, family_name FROM apprentice")).all()
    )
    assert mails == [("", "Lovelace")]
    assert len(dump(opened)["off_the_job_entry"]) == 1
    opened.close()


def test_foreign_keys_are_watched_again_after_a_step(desk_file, with_step):
    with_step(add_a_column)
    opened = open_store(desk_file)
    assert opened.read(lambda session: session.execute(sa.text("PRAGMA foreign_keys")).scalar_one())
    opened.close()


def test_a_step_that_leaves_an_orphan_is_refused_and_changes_nothing(
    desk_file, with_step, monkeypatch
):
    opened = open_store(desk_file)
    details = {"family_name": "King", "course_title": "Course"}
    changing(
        opened,
        lambda session: apprentices.enrol(session, apprentices.ApprenticeDetails(**details)),
    )
    opened.close()
    before = tables_of(desk_file)
    with_step(make_an_orphan)
    with pytest.raises(Problem, match="records in apprenticeship point to records that are"):
        open_store(desk_file)
    monkeypatch.undo()
    assert tables_of(desk_file) == before
    assert len(copies_of(desk_file)) == 1


def test_a_step_that_leaves_an_orphan_is_stopped_by_postgresql_itself(
    databases, empty_database, with_step
):
    name = databases.make(empty_database)
    opened = open_store(databases.address(name))

    def contract(session):
        provider_id = providers.add_provider(session, providers.ProviderDetails("P"))
        contracts.award(session, contracts.ContractDetails("C", provider_id=provider_id))

    changing(opened, contract)
    opened.close()
    with_step(lambda operations: operations.execute("DELETE FROM provider"))
    with pytest.raises(DBAPIError, match="fk_contract_provider_id"):
        open_store(databases.address(name))
    databases.drop(name)


def set_version(location, version):
    engine = sa.create_engine(location if is_address(location) else f"sqlite:///{location}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :at"), {"at": version})
    engine.dispose()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_desk_is_refused_in_words_and_not_touched(location, read_only):
    set_version(location, "9999")
    before = None if is_address(location) else Path(location).read_bytes()
    with pytest.raises(Problem, match="last used by a newer Apprentice Desk") as caught:
        open_store(location, read_only=read_only)
    assert "9999" in caught.value.what
    assert NOW in caught.value.what
    assert "Nothing was changed" in caught.value.remedy
    if before is not None:
        assert Path(location).read_bytes() == before
        assert [each.name for each in Path(location).parent.iterdir()] == [Path(location).name]


def test_an_older_desk_cannot_be_opened_to_read_before_it_is_brought_up_to_date(
    location, with_step
):
    with_step(add_a_column)
    with pytest.raises(Problem, match=rf"has an older format \({NOW}\)"):
        open_store(location, read_only=True)


def test_without_a_sound_copy_nothing_is_changed(desk_file, with_step, monkeypatch):
    """A page in the middle of the file is damaged: the copy would be too."""
    content = bytearray(desk_file.read_bytes())
    with closing(sqlite3.connect(desk_file)) as file:
        (page,) = file.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_off_the_job_entry_totals'"
        ).fetchone()
    content[(page - 1) * 4096 : page * 4096] = b"\x55" * 4096
    desk_file.write_bytes(content)
    with_step(add_a_column)
    with pytest.raises(Problem, match="no copy of it could be kept first") as caught:
        open_store(desk_file)
    assert "Nothing was changed" in caught.value.remedy
    assert desk_file.read_bytes() == bytes(content)
    assert copies_of(desk_file) == []
    assert not Path(f"{desk_file}.lock").exists()


def test_a_database_error_in_a_step_is_said_in_words(desk_file, with_step, monkeypatch):
    def refuse(operations):
        raise sa.exc.OperationalError("", {}, Exception("database or disk is full"))

    before = tables_of(desk_file)
    with_step(refuse)
    with pytest.raises(Problem, match=r"could not be brought up to date\. The disk is full"):
        open_store(desk_file)
    monkeypatch.undo()
    assert tables_of(desk_file) == before


def test_alembic_is_not_imported_to_open_a_desk_of_today(desk_file):
    """It costs as much as the window itself."""
    look = (
        "import sys\n"
        "from apprentice_desk.records.desks import open_store\n"
        "open_store(sys.argv[1]).close()\n"
        "print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", look, str(desk_file)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["True", "False"]


def test_a_change_made_before_a_step_can_be_undone_after_it(desk_file, with_step):
    opened = open_store(desk_file)
    details = network.EventDetails("Summer", date(2026, 6, 1), network.EventKind.VISIT)
    changing(opened, lambda session: network.record_event(session, details))
    number = opened.latest_change().number
    opened.close()
    with_step(add_a_column)
    opened = open_store(desk_file)
    undone = opened.undo(number)
    assert opened.read(network.event_rows) == ()
    opened.undo(undone.number)
    assert opened.read(network.event_rows)[0].details == details
    opened.close()
