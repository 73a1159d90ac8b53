"""Undo and redo: the desk is again exactly what it was, or nothing was touched."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import EventKind
from apprentice_desk.records import (
    apprentices,
    contracts,
    hours,
    migrate,
    network,
    organisation,
    programmes,
)
from apprentice_desk.records.base import Base
from apprentice_desk.records.changelog import ChangedRow, insert_many
from apprentice_desk.records.network import NetworkEvent
from apprentice_desk.records.subjects import SUBJECTS
from records.commands import COMMANDS, NOT_LOGGED, READS, session_functions, subjects
from records.dumps import LOG, count, dump


def test_every_function_that_takes_a_session_is_a_known_command_or_read():
    assert session_functions() == COMMANDS.keys() | READS | NOT_LOGGED
    assert not COMMANDS.keys() & READS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_can_be_undone_and_redone(command, store, make):
    act = COMMANDS[command](make)
    before = dump(store)
    with store.change(command) as session:
        act(session)
    done = store.latest_change()
    after = dump(store)
    assert done.label == command
    assert after != before
    assert count(before) >= 1
    assert count(after) >= 1

    undone = store.undo(done.number)
    assert dump(store) == before
    assert undone.label == f"Undo: {command}"
    assert undone.touched

    redone = store.undo(undone.number)
    assert dump(store) == after
    assert redone.label == f"Redo: {command}"

    again = store.undo(redone.number)
    assert dump(store) == before
    assert again.label == f"Undo: {command}"


def test_the_commands_above_touch_every_table_of_records(store, make):
    """Or the comparison would be of empty things."""
    touched = set()
    store.listen(lambda changes: touched.update(changes.touched))
    for name, prepare in COMMANDS.items():
        if name != "organisation.begin":
            act = prepare(make)
            with store.change(name) as session:
                act(session)
    assert touched == Base.metadata.tables.keys() - LOG


def test_all_changes_are_undone_one_by_one_to_the_beginning_and_redone_to_the_end(store, make):
    desks = [dump(store)]
    apprenticeship_id = make.apprentice()
    desks.append(dump(store))
    entry_id = make.hours(apprenticeship_id)
    desks.append(dump(store))
    for minutes in (91, 92):
        with store.change(f"Correct to {minutes}") as session:
            hours.correct_hours(
                session, entry_id, hours.HoursDetails(apprenticeship_id, date(2026, 8, 3), minutes)
            )
        desks.append(dump(store))
    with store.change("Remove hours") as session:
        hours.remove_hours(session, entry_id)
    desks.append(dump(store))
    make.contract()  # two changes: the provider, then the contract

    for _ in range(2):
        store.undo(store.undoable().number)
    undone = []
    for expected in reversed(desks):
        assert dump(store) == expected
        newest = store.undoable()
        if newest is not None:
            undone.append(store.undo(newest.number).number)
    assert store.undoable() is None
    for number, expected in zip(reversed(undone), desks[1:], strict=True):
        store.undo(number)
        assert dump(store) == expected


def test_what_can_be_undone_walks_back_over_what_was_taken_back_and_what_is_final(store, make):
    make.event()
    with store.change("Send the return", is_final=True) as session:
        organisation.rename_team(session, "Sent")
    make.barrier()
    assert store.undoable().label == "Note a barrier"
    first = store.undo(store.undoable().number)
    assert store.newest_standing().label == "Send the return"
    assert store.undoable().label == "Record an event"
    store.undo(first.number)
    assert store.undoable().label == "Note a barrier"
    store.undo(store.undoable().number)
    store.undo(store.undoable().number)
    assert store.undoable() is None


def test_a_change_whose_rows_have_moved_on_is_not_undone(store, make):
    event_id = make.event()
    for name in ("First", "Second"):
        with store.change(name) as session:
            network.correct_event(
                session, event_id, network.EventDetails(name, date(2026, 6, 18), EventKind.VISIT)
            )
    first = store.changes()[1]
    before = dump(store, with_log=True)
    with pytest.raises(Conflict, match="“First” cannot be undone: some of what it changed"):
        store.undo(first.number)
    assert dump(store, with_log=True) == before
    store.undo(store.latest_change().number)
    store.undo(first.number)


def test_a_change_whose_row_is_gone_since_is_not_undone(store, make):
    entry_id = make.hours()
    logged = store.latest_change()
    with store.change("Remove hours") as session:
        hours.remove_hours(session, entry_id)
    with pytest.raises(Conflict):
        store.undo(logged.number)


def test_a_removal_is_not_undone_when_the_row_came_back_and_went_again(store, make):
    """Twice gone looks like once gone, but the older values must not come back."""
    entry_id = make.hours()

    def remove():
        with store.change("Remove hours") as session:
            hours.remove_hours(session, entry_id)
        return store.latest_change().number

    first = remove()
    store.undo(first)
    with store.change("Correct hours") as session:
        entry = session.get_one(hours.OffTheJobEntry, entry_id)
        entry.minutes = 100
    second = remove()
    with pytest.raises(Conflict):
        store.undo(first)
    store.undo(second)
    assert store.read(hours.hours_rows)[0].minutes == 100


def test_a_change_on_which_something_later_hangs_is_not_undone(store, make):
    apprenticeship_id = make.apprentice()
    enrolled = store.latest_change()
    make.hours(apprenticeship_id)
    before = dump(store, with_log=True)
    heard = []
    store.listen(heard.append)
    with pytest.raises(Conflict, match="something else in the desk hangs on it"):
        store.undo(enrolled.number)
    assert dump(store, with_log=True) == before
    assert not heard


def test_a_final_change_cannot_be_undone(store):
    with pytest.raises(Problem, match="“Begin the desk” cannot be undone"):
        store.undo(1)
    assert store.undoable() is None


def test_a_change_that_there_never_was_cannot_be_undone(store):
    with pytest.raises(Problem, match="There is no change 99"):
        store.undo(99)


def test_an_import_of_20_000_rows_is_taken_back_and_brought_back(store, make):
    apprenticeship_id = make.apprentice()
    before = dump(store)

    def entry(number):
        day = date(2026, 3, 2) - timedelta(days=number // 1_000)
        return hours.HoursDetails(apprenticeship_id, day, 1, what="Row")

    with store.change("Import") as session:
        entries = ((entry(number), f"row {number}") for number in range(20_000))
        assert hours.log_many(session, entries) == 20_000
    after = dump(store)
    assert len(after["off_the_job_entry"]) == 20_000
    undone = store.undo(store.latest_change().number)
    assert dump(store) == before
    assert len(undone.touched["off_the_job_entry"]) == 20_000
    store.undo(undone.number)
    assert dump(store) == after


def test_an_import_that_was_corrected_since_is_not_taken_back(store, make):
    apprenticeship_id = make.apprentice()
    details = hours.HoursDetails(apprenticeship_id, date(2026, 3, 2), 30)
    with store.change("Import") as session:
        hours.log_many(session, [(details, "")] * 3)
    imported = store.latest_change()
    entry = store.read(hours.hours_rows)[1]
    with store.change("Correct") as session:
        hours.correct_hours(session, entry.id, hours.HoursDetails(apprenticeship_id, date.max, 31))
    with pytest.raises(Conflict):
        store.undo(imported.number)
    store.undo(store.latest_change().number)
    store.undo(imported.number)
    assert store.read(hours.hours_rows) == ()


def test_rows_imported_and_touched_in_one_change_are_logged_once(store, make):
    apprenticeship_id = make.apprentice()
    before = dump(store)
    details = hours.HoursDetails(apprenticeship_id, date(2026, 3, 2), 30)
    with store.change("Import") as session:
        hours.log_many(session, [(details, "kept"), (details, "dropped"), (details, "altered")])
        entries = {e.source: e for e in session.scalars(select(hours.OffTheJobEntry))}
        session.delete(entries["dropped"])
        entries["altered"].minutes = 45
    assert sorted(row.minutes for row in store.read(hours.hours_rows)) == [30, 45]
    changes = store.undo(store.latest_change().number)
    assert len(changes.touched["off_the_job_entry"]) == 2
    assert dump(store) == before


def test_what_came_and_went_in_one_change_is_not_logged(store):
    before = dump(store, with_log=True)
    with store.change("For nothing") as session:
        event_id = network.record_event(
            session, network.EventDetails("Off", date(2026, 1, 1), EventKind.VISIT)
        )
        session.delete(session.get_one(NetworkEvent, event_id))
    assert dump(store, with_log=True) == before


def test_a_row_altered_and_removed_in_one_change_comes_back_as_it_was(store, make):
    event_id = make.event(name="Before")
    before = dump(store)
    with store.change("Alter and remove") as session:
        found = session.get_one(NetworkEvent, event_id)
        found.name = "After"
        session.flush()
        session.delete(found)
    assert store.read(network.event_rows) == ()
    store.undo(store.latest_change().number)
    assert dump(store) == before


def test_a_row_removed_and_made_anew_in_one_change_comes_back_as_it_was(store, make):
    event_id = make.event(name="Before")
    before = dump(store)
    with store.change("Replace") as session:
        session.delete(session.get_one(NetworkEvent, event_id))
        session.flush()
        session.add(
            NetworkEvent(
                id=event_id, name="Anew", held_on=date(2026, 1, 1), kind=EventKind.WORKSHOP
            )
        )
    after = dump(store)
    undone = store.undo(store.latest_change().number)
    assert dump(store) == before
    store.undo(undone.number)
    assert dump(store) == after


def test_one_change_over_several_tables_is_undone_in_the_order_that_keys_allow(store, make):
    """A provider made, repointed to and its predecessor removed, all in one change."""
    old = make.provider(name="Old")
    contract_id = make.contract(provider_id=old)
    before = dump(store)
    with store.change("Replace the provider") as session:
        found = session.get_one(contracts.Contract, contract_id)
        new = contracts.Provider(name="New", ukprn=None)
        session.add(new)
        session.flush()
        found.provider_id = new.id
        session.flush()
        session.delete(session.get_one(contracts.Provider, old))
    after = dump(store)
    undone = store.undo(store.latest_change().number)
    assert dump(store) == before
    store.undo(undone.number)
    assert dump(store) == after


def test_an_inserted_row_stores_no_image_until_it_next_changes(store, make):
    event_id = make.event(name="One")

    def images():
        return store.read(
            lambda session: [
                tuple(image and json.loads(image)["name"] for image in (row.before, row.after))
                for row in session.scalars(
                    select(ChangedRow)
                    .where(ChangedRow.row_id == event_id.hex)
                    .order_by(ChangedRow.number)
                )
            ]
        )

    assert images() == [(None, None)]
    with store.change("Rename") as session:
        session.get_one(NetworkEvent, event_id).name = "Two"
    with store.change("Remove") as session:
        session.delete(session.get_one(NetworkEvent, event_id))
    assert images() == [(None, None), ("One", "Two"), ("Two", None)]


def test_an_image_has_whole_pence_iso_days_words_and_hexadecimal_keys(store, make):
    provider_id = make.provider()
    contract_id = make.contract(provider_id=provider_id)
    with store.change("Correct") as session:
        session.get_one(contracts.Contract, contract_id).title = "New"
    image = store.read(
        lambda session: json.loads(
            session.scalars(select(ChangedRow.after).where(ChangedRow.after.is_not(None))).one()
        )
    )
    assert image["value_limit"] == 15_000_000
    assert image["starts_on"] == "2025-04-01"
    assert image["regime"] == "Procurement Act 2023"
    assert image["provider_id"] == provider_id.hex
    assert image["extension_to_on"] is None
    assert image["changed_in"] == store.latest_change().number


def test_a_change_of_a_table_that_is_no_more_is_not_undone(store, make):
    make.event()
    with store.change("Pretend that a later format dropped it") as session:
        session.info["notes"].gate = 1
        session.execute(text("UPDATE change_row SET table_name = 'fax' WHERE number = 2"))
        session.info["notes"].gate = 0
    with pytest.raises(Problem, match="the desk's format has changed since"):
        store.undo(2)


def test_every_subject_is_known_to_whoever_opens_a_desk():
    found = {module for module in subjects() if "Mapped" in vars(module)}
    assert found == set(SUBJECTS)


def test_an_image_from_an_older_format_is_put_back_without_the_columns_it_lacks(store, make):
    event_id = make.event(attended=5)
    with store.change("Remove") as session:
        session.delete(session.get_one(NetworkEvent, event_id))
    removed = store.latest_change()
    with store.change("Pretend to be older") as session:
        session.info["notes"].gate = 1
        row = session.scalars(select(ChangedRow).where(ChangedRow.number == removed.number)).one()
        image = json.loads(row.before)
        del image["attended"]
        session.execute(
            text("UPDATE change_row SET before = :image WHERE number = :number"),
            {"image": json.dumps(image), "number": removed.number},
        )
        session.info["notes"].gate = 0
    store.undo(removed.number)
    assert store.read(network.event_rows)[0].details.attended is None


def test_the_log_names_person_desk_and_format(location, store, make):
    store.person = "x" * 300
    with store.change("y" * 400) as session:
        organisation.rename_team(session, "Other")
    with store.change("Look") as session:
        owner = session.scalars(select(organisation.Organisation)).one()
        line = session.execute(text("SELECT * FROM change_log WHERE number = 2")).mappings().one()
    assert line["person"] == "x" * 200
    assert line["label"] == "y" * 300
    assert line["desk"] == owner.id.hex
    assert line["schema_revision"] == migrate.HEAD
    assert store.latest_change().person == "x" * 200


def test_a_stamp_is_right_again_after_an_undo(store, make):
    """The row is again exactly what was read, so whoever read it then may save."""
    apprenticeship_id = make.apprentice()
    read = store.read(apprentices.held, apprenticeship_id)
    with store.change("Correct") as session:
        programmes.set_weekly_hours(session, apprenticeship_id, date(2026, 1, 1), 1800)
    assert store.read(apprentices.held, apprenticeship_id).stamp != read.stamp
    store.undo(store.latest_change().number)
    assert store.read(apprentices.held, apprenticeship_id) == read


def test_keys_are_made_where_they_are_blank_and_kept_where_they_are_given(store):
    mine = uuid4()
    with store.change("Two events") as session:
        session.add(NetworkEvent(id=mine, name="A", held_on=date(2026, 1, 1), kind=EventKind.VISIT))
        session.add(NetworkEvent(name="B", held_on=date(2026, 1, 2), kind=EventKind.VISIT))
    theirs = uuid4()
    with store.change("Two more at once") as session:
        rows = [{"held_on": date(2025, 1, 1), "kind": EventKind.VISIT, "name": n} for n in "CD"]
        insert_many(session, NetworkEvent, [rows[0] | {"id": theirs}, rows[1] | {"id": None}])
    rows = store.read(network.event_rows)
    assert {row.details.name: row.id for row in rows}["C"] == theirs
    assert [row.details.name for row in rows][:2] == ["B", "A"]
    assert rows[1].id == mine
    assert rows[0].id.version == 4
