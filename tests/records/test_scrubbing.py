"""Taking a record out of the desk, on both engines: rows, images, labels and names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.retention import ERASED, Ground, RetentionKind
from apprentice_desk.records import apprentices, erasures, evidence, hours, network
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, Outcome
from apprentice_desk.records.evidence import EvidenceContent
from apprentice_desk.records.scrubbing import Names
from apprentice_desk.records.store import Store
from apprentice_desk.safekeeping import erasing
from records.dumps import dump

NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
TODAY = date(2026, 9, 1)


def erase(store: Store, key: UUID, **how: Any) -> None:
    details = erasures.ErasureDetails(
        RetentionKind.APPRENTICE, key, NOW, "Tess Ter", Ground.REQUEST
    )
    erasing.erase(store, details, TODAY, **how)


@pytest.fixture
def ada(store: Store, make: Any) -> UUID:
    """Ada Lovelace, who left, with hours, evidence and a history; the key of the person."""
    key = make.apprentice(
        outcome=Outcome.WITHDRAWN, ended_on=date(2026, 5, 1), email="ada@exampleton.example"
    )
    entry_id = make.hours(key, done_on=date(2026, 4, 6), what="Met Ben O'Hara")
    make.evidence(entry_id, "ada.txt", b"Qzcontent")
    with store.change("Correct hours of Ada") as session:
        hours.correct_hours(session, entry_id, hours.HoursDetails(key, date(2026, 4, 7), 90))
    held: UUID = store.read(apprentices.held, key).apprentice_id
    return held


def test_everything_of_a_person_goes_on_both_engines(store: Store, make: Any, ada: UUID) -> None:
    make.apprentice(given_names="Ben", family_name="O'Hara", note="Shares a desk with Ada Lovelace")
    with store.change("Both: Ada, Ben and a note of Ada Lovelace") as session:
        for each in session.scalars(select(Apprenticeship)):
            each.note += "."
    erase(store, ada)
    everything = repr(dump(store, with_log=True))
    for word in ("Lovelace", "ada@exampleton.example", "Met Ben", "Qzcontent"):
        assert word not in everything, word
    assert f"Shares a desk with {ERASED}." in everything
    assert f"Both: {ERASED}, Ben and a note of {ERASED}" in everything
    assert store.read(lambda s: s.scalars(select(EvidenceContent.sha256)).all()) == []
    assert [row.label for row in store.changes()].count("Correct hours of Ada") == 0


def test_listeners_hear_of_all_tables_that_were_touched(store: Store, ada: UUID) -> None:
    heard: list[Any] = []
    store.listen(heard.append)
    erase(store, ada)
    (changes,) = heard
    for table in ("apprentice", "apprenticeship", "off_the_job_entry", "evidence", "erasure"):
        assert changes.touches(table), table
    assert changes.is_final


def test_a_name_stays_with_others_where_that_is_wanted(store: Store, make: Any, ada: UUID) -> None:
    make.provider(name="Ada Lovelace Training")
    erase(store, ada, elsewhere=False)
    assert "Ada Lovelace Training" in repr(dump(store))


def test_a_failure_in_the_middle_leaves_everything(
    store: Store, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(store, with_log=True)

    def fails(*_: Any) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(erasing, "record_erasure", fails)
    with pytest.raises(OSError, match="the disk is gone"):
        erase(store, ada)
    assert dump(store, with_log=True) == before


def test_a_desk_open_to_read_is_not_written_anew(store: Store) -> None:
    store.is_read_only = True
    with pytest.raises(Problem, match="open to read only"):
        store.compact()


def test_what_is_shared_by_others_stays(store: Store, make: Any, ada: UUID) -> None:
    other = make.hours(make.apprentice(given_names="Ben"), done_on=date(2026, 4, 6))
    kept = make.evidence(other, "same.txt", b"Qzcontent")
    event_id = make.event()
    erase(store, ada)
    assert store.read(evidence.evidence_content, kept) == b"Qzcontent"
    assert store.read(network.event_record, event_id)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Ada Lovelace", ERASED),
        ("LOVELACE, ada", ERASED),
        ("pack_Ada-Lovelace.pdf", f"pack_{ERASED}.pdf"),
        ("Ada  Lovelace's plan", f"{ERASED}'s plan"),
        ("Adam Lovelace", "Adam Lovelace"),
        ("Ada Lovelaces", "Ada Lovelaces"),
        ("Ada alone, Lovelace alone", "Ada alone, Lovelace alone"),
    ],
)
def test_a_full_name_is_found_however_it_is_written_and_no_other(text: str, after: str) -> None:
    names = Names(whole=("Ada Lovelace", "Lovelace Ada"), parts=("Ada", "Lovelace"))
    assert names.without(text) == after
    assert names.are_in(text) == (text != after)


def test_a_name_with_accents_is_found_in_escaped_json() -> None:
    assert Names(whole=("Zoë Núñez",)).without('{"a": "Zo\\u00eb N\\u00fa\\u00f1ez"}') == (
        f'{{"a": "{ERASED}"}}'
    )


def test_nobody_is_named_by_nothing() -> None:
    assert Names().without("Ada") == "Ada"
    assert Names(whole=("Ada Byron",), parts=("Ada",)).without(
        "Log 3 h for Ada", with_parts=True
    ) == (f"Log 3 h for {ERASED}")


def test_the_desk_is_whole_after_it_was_written_anew(store: Store, ada: UUID) -> None:
    erase(store, ada)
    store.compact()
    assert store.read(lambda s: s.scalars(select(Apprentice.id)).all()) == []
    assert store.read(lambda s: s.execute(text("SELECT count(*) FROM erasure")).scalar()) == 1
