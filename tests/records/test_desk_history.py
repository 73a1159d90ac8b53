"""The history of a desk: every change is found, told in words, and never slowly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, insert

from apprentice_desk.records import apprentices, contracts, providers
from apprentice_desk.records.base import Base
from apprentice_desk.records.changelog import ChangedRow, ChangeLine, Notes
from apprentice_desk.records.changes_told import (
    BLANK,
    GONE,
    MOST_RECORDS,
    ToldChange,
    label_of,
    told_change,
)
from apprentice_desk.records.desk_history import (
    A_PAGE,
    HistoryRow,
    Wanted,
    history_count,
    history_page,
    history_rows,
    people_of_history,
    records_about,
)
from apprentice_desk.records.history_kinds import HIDDEN, KINDS, called, touched_in_words
from apprentice_desk.records.store import Store
from records.dumps import LOG


def labels(store: Store, wanted: Wanted) -> list[str]:
    return [row.label for row in store.read(history_rows, wanted)]


def newest(store: Store) -> int:
    line = store.latest_change()
    assert line is not None
    return line.number


def told(store: Store, number: int | None = None) -> ToldChange:
    return store.read(told_change, newest(store) if number is None else number)


def test_every_table_has_a_kind_and_a_name() -> None:
    named = [table for tables in KINDS.values() for table in tables]
    assert sorted(named) == sorted(Base.metadata.tables.keys() - LOG)
    assert called("off_the_job_entry") == "entry of hours"
    assert called("off_the_job_entry", 2) == "entries of hours"
    assert touched_in_words([("apprentice", 1), ("review", 3), *((t, 1) for t in HIDDEN)]) == (
        "3 reviews, 1 apprentice"
    )


def test_changes_are_found_by_words_person_kind_and_day(store: Store, make: Any) -> None:
    ada = make.apprentice()
    contract = make.contract()
    store.person = "Noor Ali"
    with store.change("Rename the borough’s 100 % team") as session:
        contracts.correct_contract(
            session, contract, replace(contracts.contract_details(session, contract), note="x")
        )
    wanted = Wanted()
    everything = store.read(history_rows, wanted)
    assert store.read(history_count, wanted) == len(everything)
    assert [row.number for row in everything] == list(range(newest(store), 0, -1))
    assert labels(store, replace(wanted, words="TEAM rename")) == [
        "Rename the borough’s 100 % team"
    ]
    assert labels(store, replace(wanted, words="100 %")) == ["Rename the borough’s 100 % team"]
    assert labels(store, replace(wanted, words="100_%")) == []
    assert labels(store, replace(wanted, person="Noor Ali")) == ["Rename the borough’s 100 % team"]
    assert "Noor Ali" in store.read(people_of_history)
    of_people = store.read(history_rows, replace(wanted, kind="Apprentices"))
    assert all({table for table, _ in row.touched} & set(KINDS["Apprentices"]) for row in of_people)
    assert 0 < len(of_people) < len(everything)
    now = datetime.now(UTC)
    assert labels(store, replace(wanted, first_at=now + timedelta(hours=1))) == []
    assert labels(store, replace(wanted, until_at=now - timedelta(hours=1))) == []
    assert len(labels(store, replace(wanted, first_at=now - timedelta(hours=1)))) == len(everything)
    assert ada is not None


def test_what_was_taken_back_is_told_and_what_was_brought_back_is_not(
    store: Store, make: Any
) -> None:
    make.apprentice()
    number = newest(store)

    def is_undone() -> bool:
        rows = store.read(history_rows, Wanted())
        return next(row.is_undone for row in rows if row.number == number)

    assert not is_undone()
    undone = store.undo(number)
    assert is_undone()
    store.undo(undone.number)
    assert not is_undone()


def test_a_page_goes_on_where_the_one_before_ended(store: Store, make: Any) -> None:
    for _ in range(5):
        make.apprentice()
    every = store.read(history_rows, Wanted())
    found: list[HistoryRow] = []
    before: int | None = None
    while True:
        page = store.read(history_page, Wanted(), before, 2)
        found += page.rows
        if not page.has_more:
            break
        before = page.rows[-1].number
    assert tuple(found) == every


def test_a_correction_is_told_field_by_field(store: Store, make: Any) -> None:
    ada = make.apprentice(given_names="Ada", family_name="Lovelace", email="")
    held = store.read(apprentices.held, ada)
    details = replace(
        held.details, email="ada@example.org", agreed_minutes=27_030, is_digital=True,
        training_planned_end_on=date(2027, 7, 31), agreed_price=Decimal("1250.50"),
    )  # fmt: skip
    with store.change("Correct Ada") as session:
        apprentices.correct(session, ada, details)
    change = told(store)
    assert change.more == 0
    person, course = change.records
    assert (person.what, person.how) == ("Apprentice Ada Lovelace", "changed")
    assert [(f.label, f.before, f.after) for f in person.fields] == [
        ("Email", BLANK, "ada@example.org")
    ]
    assert course.what == "Apprenticeship of Ada Lovelace"
    fields = {f.label: f.after for f in course.fields}
    assert fields["Training planned end"] == "31 Jul 2027"
    assert fields["Agreed"] == "450 h 30 m"
    assert fields["Agreed price"] == "£1,250.50"


def test_what_was_added_and_what_was_removed_is_told_whole(store: Store, make: Any) -> None:
    ada = make.apprentice()
    entry = make.hours(ada)
    added = told(store).records[0]
    assert added.how == "added"
    assert added.what.startswith("Entry of hours “")
    assert added.what.endswith("of Ada Lovelace")
    assert all(field.before == BLANK for field in added.fields)
    assert "Apprentice" in {field.label for field in added.fields}
    number = newest(store)
    store.undo(number)
    removed = told(store).records[0]
    assert removed.how == "removed"
    assert all(field.after == BLANK for field in removed.fields)
    assert told(store, number).records[0].fields == added.fields  # though the row is gone
    assert isinstance(entry, UUID)


def test_whoever_is_gone_is_not_named(store: Store, make: Any) -> None:
    provider = make.provider(name="Beacon Hill")
    contract = make.contract(provider_id=provider)
    number = newest(store)
    names = {field.label: field.after for field in told(store, number).records[0].fields}
    assert names["Provider"] == "Beacon Hill"
    with store.change("Remove") as session:
        contracts.remove_contract(session, contract)
    with store.change("Remove") as session:
        session.delete(session.get_one(providers.Provider, provider))
    names = {field.label: field.after for field in told(store, number).records[0].fields}
    assert names["Provider"] == GONE


def test_a_large_change_is_told_in_part(store: Store, make: Any) -> None:
    with store.change("Import") as session:
        for number in range(MOST_RECORDS + 20):
            session.add(providers.Provider(name=f"Provider {number}"))
    change = told(store)
    assert len(change.records) == MOST_RECORDS
    assert change.more == 20


def test_of_a_large_change_only_what_it_did_to_one_record_is_told_to_who_asks_about_that(
    store: Store, make: Any
) -> None:
    """The log is told in part: the record that is asked for may be beyond that part."""
    with store.change("Import") as session:
        made = [providers.Provider(name=f"Provider {number}") for number in range(MOST_RECORDS + 5)]
        session.add_all(made)
    last = max(made, key=lambda each: each.id.hex)
    about = store.read(records_about, "provider", last.id)
    change = store.read(told_change, newest(store), about)
    assert [record.what for record in change.records] == [f"Provider “{last.name}”"]
    assert change.more == MOST_RECORDS + 4
    assert all(record.row_id != last.id.hex for record in told(store).records)


def test_a_record_has_a_history_with_what_belongs_to_it(store: Store, make: Any) -> None:
    contract, other = make.contract(), make.contract()
    make.extension(contract, date(2029, 3, 31))
    make.extension(other, date(2029, 3, 31))
    about = store.read(records_about, "contract", contract)
    assert dict(about)["contract"] == (contract.hex,)
    found = store.read(history_rows, Wanted(records=about))
    assert len(found) == 2
    number = newest(store) - 1
    store.undo(number)  # which takes the extension away again
    about = store.read(records_about, "contract", contract)
    assert len(store.read(history_rows, Wanted(records=about))) == 3


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("training_started_on", "Training started"),
        ("agreed_minutes", "Agreed"),
        ("is_digital", "Digital"),
        ("provider_id", "Provider"),
        ("uln", "ULN"),
        ("ksbs_touched", "KSBs touched"),
        ("on_programme", "On programme"),
    ],
)
def test_columns_are_told_in_words(column: str, words: str) -> None:
    assert label_of(column) == words


def _long_log(store: Store, count: int) -> None:
    """Put *count* more changes into the log, each of one record."""
    first, at = newest(store) + 1, datetime(2026, 1, 1, tzinfo=UTC)
    lines = [
        {
            "number": first + turn, "label": f"Log {turn % 9} h for Priya {turn}",
            "recorded_at": at + timedelta(minutes=turn), "person": f"Person {turn % 5}",
            "desk": "", "schema_revision": "0013", "takes_back": None, "is_final": False,
        }
        for turn in range(count)
    ]  # fmt: skip
    rows = [
        {
            "number": first + turn, "table_name": "off_the_job_entry", "row_id": f"{turn:032x}",
            "before": None, "after": None, "left_in": first + turn,
        }
        for turn in range(count)
    ]  # fmt: skip
    with store._engine.execution_options(desk_changes=True).connect() as connection:
        notes = Notes(0, may_commit=True)
        connection.info["notes"] = notes
        with notes.writing(), connection.begin():
            connection.execute(insert(ChangeLine), lines)
            connection.execute(insert(ChangedRow), rows)
        connection.info.pop("notes")


def test_a_hundred_thousand_changes_are_read_by_the_page_with_few_statements(
    store: Store, make: Any
) -> None:
    make.apprentice()
    _long_log(store, 100_000)
    ran: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: ran.append(given[2]))
    for wanted in (
        Wanted(),
        Wanted(words="priya 99"),
        Wanted(person="Person 3"),
        Wanted(kind="Apprentices"),
    ):
        ran.clear()
        page = store.read(history_page, wanted)
        assert page.rows
        assert len(page.rows) <= A_PAGE
        assert sum("SELECT" in each for each in ran) == 2
