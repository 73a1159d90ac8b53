"""Files kept with a contract: limits, what they are, and their bytes beside those of evidence."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from apprentice_desk.domain.evidence import LONGEST_FILE_BYTES, LONGEST_TITLE
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import ContractFileKind
from apprentice_desk.records import contracts, evidence, filing
from apprentice_desk.records.evidence import EvidenceContent
from apprentice_desk.records.filing import ContractFileDetails
from apprentice_desk.records.store import Store
from records.acting import GONE, changing

BYTES = b"%PDF-1.7 agreed"


def contents(store: Store) -> set[str]:
    return set(store.read(lambda s: s.scalars(select(EvidenceContent.sha256)).all()))


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def rows(store: Store, contract_id: UUID) -> tuple[filing.ContractFileRow, ...]:
    return store.read(filing.contract_file_rows, contract_id)


def test_a_file_is_kept_whole_with_its_size_hash_and_what_its_name_says(
    store: Store, make: Any
) -> None:
    key = make.contract()
    file_id = make.contract_file(key, "C:\\papers\\Award letter.pdf", BYTES)
    (row,) = rows(store, key)
    assert row == filing.ContractFileRow(
        file_id, key, ContractFileKind.AWARD, "", None, "Award letter.pdf", len(BYTES), sha(BYTES),
        row.changed_in,
    )  # fmt: skip
    assert store.read(filing.contract_file_content, file_id) == BYTES


def test_files_stand_by_their_day_the_newest_first_and_those_without_one_last(
    store: Store, make: Any
) -> None:
    key = make.contract()
    for name, dated_on in (
        ("b.pdf", None),
        ("old.pdf", date(2025, 1, 20)),
        ("new.pdf", date(2025, 2, 24)),
        ("a.pdf", None),
    ):
        file_id = make.contract_file(key, name)
        details = ContractFileDetails(ContractFileKind.SIGNED, " Signed ", dated_on)
        changing(store, lambda s, i=file_id, d=details: filing.describe_contract_file(s, i, d))
    found = rows(store, key)
    assert [row.file_name for row in found] == ["new.pdf", "old.pdf", "a.pdf", "b.pdf"]
    assert {(row.kind, row.title) for row in found} == {(ContractFileKind.SIGNED, "Signed")}


def test_a_file_of_which_nothing_is_said_is_other(store: Store, make: Any) -> None:
    key = make.contract()
    file_id = make.contract_file(key, "award.pdf")
    changing(store, lambda s: filing.describe_contract_file(s, file_id, ContractFileDetails()))
    assert rows(store, key)[0].kind is ContractFileKind.OTHER


def test_what_somebody_else_said_of_a_file_meanwhile_is_not_written_over(
    store: Store, make: Any
) -> None:
    key = make.contract()
    file_id = make.contract_file(key, "award.pdf")
    read = rows(store, key)[0].changed_in
    theirs = ContractFileDetails(ContractFileKind.SIGNED, "Signed", date(2025, 2, 24))

    def describe(details: ContractFileDetails) -> None:
        changing(store, lambda s: filing.describe_contract_file(s, file_id, details, read))

    describe(theirs)
    with pytest.raises(Conflict, match="changed by somebody else") as found:
        describe(ContractFileDetails(title="Mine"))
    assert found.value.theirs == theirs
    assert rows(store, key)[0].details == theirs
    assert found.value.stamp == rows(store, key)[0].changed_in


def test_a_title_that_is_too_long_is_refused_by_the_records_themselves(
    store: Store, make: Any
) -> None:
    file_id = make.contract_file(make.contract(), "award.pdf")
    details = ContractFileDetails(title="a" * (LONGEST_TITLE + 1))
    with pytest.raises(Problem, match="there is room for"):
        changing(store, lambda s: filing.describe_contract_file(s, file_id, details))


def test_a_title_that_is_too_long_is_found() -> None:
    assert filing.check_file_details(ContractFileDetails(title="a" * LONGEST_TITLE)) == []
    (found,) = filing.check_file_details(ContractFileDetails(title="a" * (LONGEST_TITLE + 1)))
    assert found.place.field == "title"


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "is empty"), (b"a" * (LONGEST_FILE_BYTES + 1), "10 MB at most")]
)
def test_an_empty_file_and_one_that_is_too_large_are_refused(
    store: Store, make: Any, content: bytes, says: str
) -> None:
    key = make.contract()
    with pytest.raises(Problem, match=says):
        changing(store, lambda s: filing.attach_contract_file(s, key, "a.pdf", content))
    assert contents(store) == set()


def test_a_file_is_kept_with_a_contract_once(store: Store, make: Any) -> None:
    one, other = make.contract(reference="C-1"), make.contract()
    make.contract_file(one, "order.pdf", BYTES)
    with pytest.raises(Problem, match="kept with C-1 already"):
        make.contract_file(one, "again.pdf", BYTES)
    make.contract_file(other, "order.pdf", BYTES)
    assert contents(store) == {sha(BYTES)}, "its bytes are kept once"


def test_removing_a_file_keeps_its_bytes_for_undo(store: Store, make: Any) -> None:
    key = make.contract()
    file_id = make.contract_file(key, content=BYTES)
    changing(store, lambda s: filing.remove_contract_file(s, file_id))
    assert rows(store, key) == ()
    store.undo(store.latest_change().number)
    assert store.read(filing.contract_file_content, file_id) == BYTES


def test_bytes_that_came_and_went_in_one_change_are_swept(store: Store, make: Any) -> None:
    key = make.contract()

    def for_nothing(session: Any) -> None:
        filing.remove_contract_file(
            session, filing.attach_contract_file(session, key, "a.pdf", BYTES)
        )

    changing(store, for_nothing)
    assert contents(store) == set()


def test_what_a_contract_keeps_is_not_swept_with_evidence_that_goes(
    store: Store, make: Any
) -> None:
    entry_id = make.hours()
    file_id = make.contract_file(content=BYTES)

    def for_nothing(session: Any) -> None:
        evidence.remove_evidence(session, evidence.attach_file(session, entry_id, "a", BYTES))

    changing(store, for_nothing)
    assert store.read(filing.contract_file_content, file_id) == BYTES
    changing(store, lambda s: filing.remove_contract_file(s, file_id))
    assert changing(store, evidence.sweep_contents) == 0, "the log names them"
    store.undo(store.latest_change().number)
    assert store.read(filing.contract_file_content, file_id) == BYTES


def test_bytes_that_are_not_those_attached_are_said_to_be_damaged(store: Store, make: Any) -> None:
    file_id = make.contract_file(name="order.pdf", content=BYTES)
    with store.change("Damage") as session:
        session.get_one(EvidenceContent, sha(BYTES)).content = b"other"
    with pytest.raises(Problem, match="is damaged"):
        store.read(filing.contract_file_content, file_id)


def test_a_contract_with_files_is_not_removed(store: Store, make: Any) -> None:
    key = make.contract(reference="C-1")
    make.contract_file(key)
    with pytest.raises(Problem, match="One file is kept with contract C-1"):
        changing(store, lambda s: contracts.remove_contract(s, key))
    make.contract_file(key)
    with pytest.raises(Problem, match="2 files are kept with contract C-1"):
        changing(store, lambda s: contracts.remove_contract(s, key))


def test_what_is_gone_is_said(store: Store) -> None:
    for act in (
        lambda s: filing.attach_contract_file(s, GONE, "a.pdf", BYTES),
        lambda s: filing.describe_contract_file(s, GONE, ContractFileDetails()),
        lambda s: filing.remove_contract_file(s, GONE),
        lambda s: filing.contract_file_content(s, GONE),
    ):
        with pytest.raises(Conflict, match="removed meanwhile"):
            changing(store, act)
