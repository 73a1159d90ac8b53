"""Nothing is written past the change log, and no change is saved by half."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import EventKind
from apprentice_desk.records import hours, network, organisation
from apprentice_desk.records.changelog import ChangedRow, insert_many, notes_of
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.network import NetworkEvent
from apprentice_desk.records.organisation import Organisation
from records.commands import changing
from records.dumps import dump

STATEMENTS = {
    "text update": text("UPDATE organisation SET team = 'Other'"),
    "text delete": text("DELETE FROM network_event"),
    "text in brackets": text("(DELETE FROM network_event)"),
    "text after a comment": text("/* SELECT */ DELETE FROM network_event"),
    "two statements": text("SELECT 1; DELETE FROM network_event"),
    "core insert": insert(NetworkEvent.__table__).values(
        id=uuid4(), changed_in=1, name="X", held_on=date(2026, 1, 1), kind=EventKind.VISIT
    ),
    "core update": update(Organisation.__table__).values(team="Other"),
    "core delete": delete(NetworkEvent.__table__),
    "orm update": update(Organisation).values(team="Other"),
    "orm delete": delete(NetworkEvent),
    "with insert": text(
        "WITH x AS (SELECT 1) INSERT INTO change_row SELECT 1, 'a', 'b', NULL, NULL, NULL FROM x"
    ),
    "locking read": text("SELECT * FROM organisation FOR UPDATE"),
    "log": delete(ChangedRow),
    "table": text("CREATE TABLE mine (id INTEGER)"),
    "drop": text("DROP TABLE barrier"),
    "savepoint": text("SAVEPOINT here"),
    "commit": text("COMMIT"),
    "rollback": text("ROLLBACK"),
    "vacuum": text("VACUUM"),
    "nothing": text(" "),
    "pragma": text("PRAGMA user_version = 5"),
    "pragma in brackets": text("PRAGMA user_version(5)"),
    "pragma of a schema": text("PRAGMA main.journal_mode(WAL)"),
    "pragma that unguards": text("PRAGMA foreign_keys = OFF"),
}


@pytest.mark.parametrize("where", ["read", "change"])
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_a_statement_that_may_write_is_refused(statement, where, store, make):
    make.event()
    before = dump(store, with_log=True)

    run = store.read if where == "read" else partial(changing, store)
    with pytest.raises(RuntimeError, match="outside the flush and the store"):
        run(lambda session: session.execute(statement))
    assert dump(store, with_log=True) == before


def test_reads_are_let_through(store):
    def look(session):
        return session.execute(text("  SELECT count(*) FROM organisation ;")).scalar_one()

    assert store.read(look) == 1
    with store.change("Look") as session:
        assert look(session) == 1


def test_reading_pragmas_are_let_through(desk_file):
    store = open_store(desk_file)
    for pragma in ("integrity_check", "main.table_info('organisation')", "foreign_keys"):
        assert store.read(
            lambda session, what: session.execute(text(f"PRAGMA {what}")).all(), pragma
        )
    store.close()


def rename(session):
    session.scalars(select(Organisation)).one().team = "Other"
    session.flush()


def add_an_event(session):
    session.add(NetworkEvent(name="X", held_on=date(2026, 1, 1), kind=EventKind.VISIT))
    session.flush()


def test_a_guarded_statement_is_refused_after_a_flush_too(store):
    """The gate that the flush opened is shut again."""

    def flush_and_go_past(session):
        rename(session)
        session.execute(text("DELETE FROM network_event"))

    with pytest.raises(RuntimeError, match="outside the flush"):
        changing(store, flush_and_go_past)
    assert store.read(organisation.organisation_row).team == "Digital"


def test_a_guarded_statement_is_refused_after_a_flush_of_nothing_too(store):
    def flush_and_go_past(session):
        session.flush()
        session.scalars(select(Organisation)).one().team = "Digital"
        session.flush()
        session.execute(text("DELETE FROM network_event"))

    with pytest.raises(RuntimeError, match="outside the flush"):
        changing(store, flush_and_go_past)


def test_a_flush_in_a_read_is_refused(store):
    with pytest.raises(RuntimeError, match=r"Only a change may write: use store\.change"):
        store.read(rename)
    assert store.read(organisation.organisation_row).team == "Digital"


def test_what_a_read_alters_without_a_flush_is_not_kept(store):
    def alter(session):
        session.scalars(select(Organisation)).one().team = "Other"

    store.read(alter)
    assert store.read(organisation.organisation_row).team == "Digital"


def test_a_commit_in_a_read_is_refused_when_there_is_something_to_write(store):
    def write(session):
        session.add(NetworkEvent(name="X", held_on=date(2026, 1, 1), kind=EventKind.VISIT))
        session.commit()

    with pytest.raises(RuntimeError):
        store.read(write)
    assert store.read(network.event_rows) == ()


def test_insert_many_in_a_read_is_refused(store):
    with pytest.raises(RuntimeError, match="Only a change may write"):
        store.read(insert_many, NetworkEvent, [{"name": "X"}])


def test_a_record_outside_a_session_has_no_notes(store):
    with pytest.raises(RuntimeError):
        store.read(notes_of)


def commit(session):
    session.commit()


def commit_the_connection(session):
    session.connection().commit()


def roll_back(session):
    session.rollback()


def commit_the_transaction(session):
    session.get_transaction().commit()


@pytest.mark.parametrize("end", [commit, commit_the_connection, commit_the_transaction, roll_back])
@pytest.mark.parametrize("goes_on", [True, False])
def test_a_command_that_ends_the_change_itself_saves_nothing(end, goes_on, store):
    before = dump(store, with_log=True)
    heard = []
    store.listen(heard.append)

    def half(session):
        rename(session)
        end(session)
        if goes_on:
            add_an_event(session)

    with pytest.raises(RuntimeError):
        changing(store, half)
    assert dump(store, with_log=True) == before
    assert not heard
    with store.change("The next one works") as session:
        organisation.rename_team(session, "Other")
    assert store.latest_change().number == 2


def test_a_commit_that_a_command_swallows_saves_nothing_either(store):
    before = dump(store, with_log=True)

    def half(session):
        rename(session)
        with pytest.raises(RuntimeError, match="Only the store ends a change"):
            session.commit()

    with pytest.raises(RuntimeError):
        changing(store, half)
    assert dump(store, with_log=True) == before


def test_a_change_inside_a_change_is_refused_at_once(store):
    """On PostgreSQL it would wait for itself for ever."""
    with pytest.raises(RuntimeError, match="A change inside a change"):
        changing(store, lambda session: changing(store, rename))
    with store.change("The next one works") as session:
        organisation.rename_team(session, "Other")
    assert store.latest_change().number == 2


def test_a_read_inside_a_change_sees_the_desk_as_it_was(store):
    with store.change("Rename") as session:
        organisation.rename_team(session, "Other")
        session.flush()
        assert store.read(organisation.organisation_row).team == "Digital"
    assert store.read(organisation.organisation_row).team == "Other"


def test_a_failed_insert_many_cannot_be_passed_over(store, make):
    apprenticeship_id = make.apprentice()
    good = hours.HoursDetails(apprenticeship_id, date(2026, 3, 2), 30)
    bad = hours.HoursDetails(apprenticeship_id, date(2026, 3, 2), 0)
    before = dump(store, with_log=True)

    def pass_over(session):
        with pytest.raises(IntegrityError):
            hours.log_many(session, [(good, ""), (bad, "")])

    with pytest.raises(RuntimeError, match="insert_many failed in this change"):
        changing(store, pass_over)
    assert dump(store, with_log=True) == before


def test_a_row_that_breaks_a_rule_of_its_table_is_our_bug_and_not_a_clash(store, make):
    """The check of the form let it through: the crash report must say so."""
    apprenticeship_id = make.apprentice()
    details = hours.HoursDetails(apprenticeship_id, date(2026, 3, 2), 0)
    with pytest.raises(IntegrityError):
        changing(store, lambda session: hours.log_hours(session, details))


def test_two_rows_of_one_key_are_a_clash_in_words(store, make):
    make.secondment(code="XMP-1")
    with pytest.raises(Conflict, match="“Offer a place” was not saved"):
        make.secondment(code="XMP-1")
