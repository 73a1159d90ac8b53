"""The ledger of what left: who is in each file, who gets it, and that undo passes it by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import apprentices, leaving
from apprentice_desk.records.store import Store

AT = datetime(2026, 5, 4, 9, 14, tzinfo=UTC)


def facts(name: str = "list.pdf", letter: str = "a") -> FileFacts:
    return FileFacts(name, 1_234, letter * 64)


def leave(store: Store, going: Going, file: FileFacts | None = None, at: datetime = AT) -> UUID:
    with store.change("Note what left", is_final=True) as session:
        return leaving.record_left(session, going, file or facts(), at, "bo")


def person_of(store: Store, apprenticeship_id: UUID) -> UUID:
    return store.read(apprentices.held, apprenticeship_id).apprentice_id


def test_a_line_says_what_left_when_and_by_whom(store: Store, make: Any) -> None:
    ada, noor = make.apprentice(), make.apprentice(given_names="Noor", family_name="Rahman")
    key = leave(store, Going.of(LeftKind.LIST, [ada, noor, ada]), facts("A/b: list.pdf"))
    row = store.read(leaving.left_row, key)
    assert (row.left_at, row.person, row.kind) == (AT, "bo", LeftKind.LIST)
    assert (row.file_name, row.size_bytes, row.sha256) == ("b_ list.pdf", 1_234, "a" * 64)
    assert row.people_count == 2
    assert row.given == GivenTo()
    assert store.read(leaving.left_rows) == (row,)


def test_a_person_with_two_apprenticeships_counts_once(store: Store, make: Any) -> None:
    ada = make.apprentice()
    person = person_of(store, ada)
    key = leave(store, Going(LeftKind.RECORD, frozenset({ada}), frozenset({person})))
    assert store.read(leaving.left_row, key).people_count == 1


@pytest.mark.parametrize(
    ("going", "count"),
    [
        (Going(LeftKind.COPY), None),
        (Going(LeftKind.MERGED, count=240), 240),
        (Going.of(LeftKind.LIST, []), 0),
    ],
)
def test_how_many_people_may_be_known_otherwise_or_not(
    store: Store, going: Going, count: int | None
) -> None:
    assert store.read(leaving.left_row, leave(store, going)).people_count == count


def test_what_left_about_somebody_is_found_newest_first(store: Store, make: Any) -> None:
    ada, noor = make.apprentice(), make.apprentice(given_names="Noor", family_name="Rahman")
    first = leave(store, Going.of(LeftKind.RECORD, [ada]), facts("first.pdf"))
    leave(store, Going.of(LeftKind.RECORD, [noor]), facts("other.pdf", "b"))
    last = leave(
        store, Going.of(LeftKind.LIST, [ada, noor]), facts("last.pdf", "c"),
        datetime(2026, 5, 5, 9, 14, tzinfo=UTC),
    )  # fmt: skip
    found = store.read(leaving.files_about, person_of(store, ada))
    assert [row.id for row in found] == [last, first]
    assert [row.id for row in store.read(leaving.files_like, "a" * 64)] == [first]
    assert store.read(leaving.files_like, "f" * 64) == ()


def test_who_is_in_a_file_is_told_by_name_and_who_is_gone_comes_last(
    store: Store, make: Any
) -> None:
    noor, ada = make.apprentice(given_names="Noor", family_name="Rahman"), make.apprentice()
    gone = uuid4()
    key = leave(store, Going(LeftKind.LIST, frozenset({noor, ada}), frozenset({gone})))
    people = store.read(leaving.people_in_file, key)
    assert [each.name for each in people] == ["Ada Lovelace", "Noor Rahman", ""]
    assert [each.apprenticeship_id for each in people] == [ada, noor, None]
    assert people[-1].apprentice_id == gone


def test_who_gets_it_is_said_afterwards_and_remembered(store: Store, make: Any) -> None:
    one, two, three = (leave(store, Going(LeftKind.LIST, count=0)) for _ in range(3))
    for key, whom in ((one, " LOTI  team "), (two, "Audit"), (three, "Audit")):
        with store.change(f"Say who gets it: {whom}") as session:
            leaving.say_who_gets(session, key, GivenTo(whom, "Asked  for", "Encrypted\n"))
    assert store.read(leaving.left_row, one).given == GivenTo("LOTI team", "Asked for", "Encrypted")
    assert store.read(leaving.recipients) == ("Audit", "LOTI team")


def test_who_gets_it_is_not_said_over_what_somebody_else_said(store: Store) -> None:
    key = leave(store, Going(LeftKind.LIST, count=0))
    stamp = store.read(leaving.left_row, key).changed_in
    with store.change("Say") as session:
        leaving.say_who_gets(session, key, GivenTo("Audit"), stamp)
    with pytest.raises(Conflict) as found, store.change("Say") as session:
        leaving.say_who_gets(session, key, GivenTo("LOTI"), stamp)
    assert (found.value.mine, found.value.theirs) == (GivenTo("LOTI"), GivenTo("Audit"))
    with pytest.raises(Problem, match="room for 200"), store.change("Say") as session:
        leaving.say_who_gets(session, key, GivenTo("x" * 201))
    with pytest.raises(Conflict), store.change("Say") as session:
        leaving.say_who_gets(session, uuid4(), GivenTo("LOTI"))
    with pytest.raises(Conflict):
        store.read(leaving.left_row, uuid4())


def test_what_left_is_never_in_the_way_of_undo(store: Store, make: Any) -> None:
    make.apprentice()
    newest = store.latest_change()
    leave(store, Going(LeftKind.LIST, count=0))
    assert newest is not None
    assert store.undoable() == newest
    assert store.newest_standing() == newest  # as the command line takes back
    left = store.latest_change()
    assert left is not None
    with pytest.raises(Problem, match="cannot be undone"):
        store.undo(left.number)


def test_a_return_that_was_sent_still_stands_in_the_way(store: Store, make: Any) -> None:
    make.apprentice()
    with store.change("Send", is_final=True) as session:
        session.add(_sent())
    leave(store, Going(LeftKind.RETURN, count=0))
    standing = store.newest_standing()
    assert standing is not None
    assert standing.label == "Send"


def _sent() -> Any:
    from apprentice_desk.records.returns_sent import ReturnSent

    return ReturnSent(
        period="2026-27 Q3", revision=1, format_version="1.0", prepared_at=AT, prepared_by="Lead",
        fingerprint="0" * 64, file_name="return.xlsx",
    )  # fmt: skip
