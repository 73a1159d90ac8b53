"""Documents that were issued: kept whole, never orphaned, and which wording contracts use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from apprentice_desk.domain.evidence import LONGEST_FILE_BYTES
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    contract_history,
    contracts,
    evidence,
    keeping_documents,
    procurement_details,
    procurement_history,
    procurement_items,
    procurements,
    reviews,
    secondments,
)
from apprentice_desk.records.documents_made import DocumentMade
from apprentice_desk.records.evidence import EvidenceContent
from apprentice_desk.records.keeping_documents import (
    ContractUse,
    DocumentRow,
    Subject,
    document_content,
    document_rows,
    keep_document,
    last_values,
    remove_document,
    whole_of,
    wording_in_use,
)
from apprentice_desk.records.organisation import organisation_key
from apprentice_desk.records.store import Store
from issued import document_details
from procured import procured
from records.acting import GONE, changing

TODAY = date(2026, 9, 1)
BYTES = b"%PDF-1.7 as issued"


def documents_using(
    session: Session, clause_id: str, version: int, today: date
) -> tuple[ContractUse, ...]:
    return wording_in_use(session, today).get((clause_id, version), ())


def contract(key: UUID) -> Subject:
    return Subject(SubjectKind.CONTRACT, key)


def contents(store: Store) -> set[str]:
    return set(store.read(lambda s: s.scalars(select(EvidenceContent.sha256)).all()))


def test_a_document_is_kept_whole_and_listed_without_its_file(store: Store, make: Any) -> None:
    key = make.contract(reference="EXB-1", title="Lot 1")
    made = make.document(contract(key), BYTES, file_name="C:\\papers\\../order.pdf")
    (row,) = store.read(document_rows)
    sha256 = hashlib.sha256(BYTES).hexdigest()
    assert row == DocumentRow(
        made, contract(key), "EXB-1 · Provider 1 · Lot 1", "order-form", 1,
        "Order form – “lot 1”", "D-1", date(2026, 8, 3), DocumentFormat.PDF, "order.pdf",
        len(BYTES), sha256, row.changed_in, {"price": 1, "data-protection": 2},
    )  # fmt: skip
    assert list(row.clauses) == ["price", "data-protection"]
    assert store.read(document_content, made) == BYTES
    assert store.read(keeping_documents.document_details, made) == document_details(
        contract(key), file_name="order.pdf"
    )


def test_each_subject_has_its_own_and_a_procurement_those_of_its_bidders(
    store: Store, make: Any
) -> None:
    made = procured(make)
    buying = Subject(SubjectKind.PROCUREMENT, made.id)
    bids = [Subject(SubjectKind.BIDDER, each) for each in made.bidders[:2]]
    for turn, subject in enumerate((buying, *bids, contract(make.contract())), 1):
        make.document(subject, issued_on=date(2026, 8, turn))
    title = "Software developers – “spring” cohort"
    rows = store.read(document_rows, buying)
    assert [row.about for row in rows] == [
        f"EXB-P-7 · Beta Skills · {title}", f"EXB-P-7 · College · {title}", f"EXB-P-7 · {title}",
    ]  # fmt: skip
    assert [row.subject for row in rows] == [*reversed(bids), buying]
    assert store.read(lambda s: document_rows(s, buying, with_bidders=False)) == rows[2:]
    assert store.read(document_rows, bids[0]) == rows[1:2]
    assert len(store.read(document_rows)) == 4
    for row in rows:
        assert store.read(keeping_documents.document_details, row.id).subject == row.subject


def test_the_same_file_about_the_same_is_kept_once(store: Store, make: Any) -> None:
    key, other = make.contract(), make.contract()
    first = make.document(contract(key), BYTES)
    assert make.document(contract(key), BYTES) == first
    assert make.document(contract(other), BYTES) != first
    assert len(store.read(document_rows)) == 2
    assert len(contents(store)) == 1


@pytest.mark.parametrize(
    ("changed", "content", "says"),
    [
        ({"type_id": ""}, BYTES, "it lacks a type"),
        ({"type_version": 0}, BYTES, "it lacks a type"),
        ({"title": "  "}, BYTES, "it lacks a title"),
        ({"clauses": {}}, BYTES, "it lacks clauses"),
        ({"wording_fingerprint": "a"}, BYTES, "it lacks the fingerprint of its wording"),
        ({"tree_fingerprint": ""}, BYTES, "it lacks the fingerprint of what it says"),
        ({"title": "x" * 501}, BYTES, "This text has 501 characters"),
        ({"reference": "x" * 201}, BYTES, "This text has 201 characters"),
        ({}, b"", "is empty"),
        ({}, b"x" * (LONGEST_FILE_BYTES + 1), "a file in a desk has 10 MB at most"),
    ],
)
def test_what_is_not_whole_is_refused(
    store: Store, make: Any, changed: dict[str, Any], content: bytes, says: str
) -> None:
    details = document_details(contract(make.contract()), **changed)
    with pytest.raises(Problem, match=says):
        changing(store, lambda s: keep_document(s, details, content))
    assert store.read(document_rows) == ()
    assert contents(store) == set()


def test_a_desk_that_is_full_takes_no_document(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apprentice_desk.domain.evidence.LONGEST_TOTAL_BYTES", 10)
    with pytest.raises(Problem, match="does not fit"):
        make.document(content=BYTES)


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_subject_that_is_gone_has_no_document_issued(store: Store, kind: SubjectKind) -> None:
    with pytest.raises(Conflict, match=f"The {kind} was removed meanwhile"):
        changing(store, lambda s: keep_document(s, document_details(Subject(kind, GONE)), BYTES))


def test_what_is_gone_is_said_so(store: Store) -> None:
    for read in (document_content, keeping_documents.document_details):
        with pytest.raises(Conflict, match="This document was removed meanwhile"):
            store.read(read, GONE)
    with pytest.raises(Conflict, match="This document was removed meanwhile"):
        changing(store, lambda s: remove_document(s, GONE))


def test_a_file_that_was_damaged_is_not_given_out(store: Store, make: Any) -> None:
    key = make.document(content=BYTES)
    with store.change("Damage it") as session:
        session.get_one(EvidenceContent, hashlib.sha256(BYTES).hexdigest()).content = b"%PDF-"
    with pytest.raises(Problem, match=r"“order form\.pdf” is damaged"):
        store.read(document_content, key)


def test_a_removed_documents_file_stays_for_undo_and_goes_with_the_last_word_of_it(
    store: Store, make: Any
) -> None:
    key = make.document(content=BYTES)
    changing(store, lambda s: remove_document(s, key), "Remove it")
    assert store.read(document_rows) == ()
    assert len(contents(store)) == 1
    store.undo(store.latest_change().number)
    assert store.read(document_content, key) == BYTES
    subject = store.read(document_rows)[0].subject

    def come_and_go(session: Any) -> None:
        other = keep_document(session, document_details(subject), b"%PDF- another")
        remove_document(session, other)

    changing(store, come_and_go)
    assert len(contents(store)) == 1


def test_a_file_that_evidence_has_too_is_kept_once(store: Store, make: Any) -> None:
    entry_id = make.hours()
    make.evidence(entry_id, "order.pdf", BYTES)
    key = make.document(content=BYTES)
    assert len(contents(store)) == 1
    (piece,) = store.read(evidence.evidence_rows, [entry_id])
    changing(store, lambda s: evidence.remove_evidence(s, piece.id))
    assert store.read(document_content, key) == BYTES


# --- nothing issued is orphaned -------------------------------------------------------------------


def test_what_a_document_is_about_is_not_removed(store: Store, make: Any) -> None:
    made = procured(make)
    held = make.contract(reference="EXB-1")
    lonely = changing(
        store,
        lambda s: procurement_items.add_item(
            s, made.id, procurement_details.BidderDetails(None, "Delta")
        ),
    )
    for subject in (
        contract(held), contract(held), Subject(SubjectKind.BIDDER, lonely),
    ):  # fmt: skip
        make.document(subject)
    for act, says in (
        (lambda s: contracts.remove_contract(s, held),
         "2 documents were issued about contract EXB-1, so it was not removed."),
        (lambda s: procurements.remove_procurement(s, made.id),
         "One document was issued about procurement EXB-P-7, so it was not removed."),
        (lambda s: procurement_items.remove_item(s, procurement_details.BidderDetails, lonely),
         "One document was issued about this bidder, so it was not removed."),
    ):  # fmt: skip
        with pytest.raises(Problem, match=says):
            changing(store, act)
    for row in store.read(document_rows):
        changing(store, lambda s, key=row.id: remove_document(s, key))
    changing(
        store,
        lambda s: procurement_items.remove_item(s, procurement_details.BidderDetails, lonely),
    )
    changing(store, lambda s: procurements.remove_procurement(s, made.id))
    changing(store, lambda s: contracts.remove_contract(s, held))


def test_a_document_has_one_subject(store: Store, make: Any) -> None:
    key = make.document()
    for changed in (
        {"contract_id": None},
        {"procurement_id": procured(make).id},
        {"contract_id": None, "bidder_id": procured(make).bidders[0]},
    ):

        def act(session: Any, values: dict[str, Any] = changed) -> None:
            record = session.get_one(DocumentMade, key)
            for name, value in values.items():
                setattr(record, name, value)

        with pytest.raises(IntegrityError):
            changing(store, act)


def test_documents_stand_in_the_histories_of_what_they_are_about(store: Store, make: Any) -> None:
    made = procured(make)
    held = make.contract()
    make.document(contract(held))
    make.document(Subject(SubjectKind.BIDDER, made.bidders[0]))
    of_contract = store.read(contract_history.contract_history, held)
    assert [each.table for each in of_contract.changes[0].items] == ["document_made"]
    of_procurement = store.read(procurement_history.procurement_history, made.id)
    assert [each.table for each in of_procurement[0].items] == ["document_made"]


# --- what the last one had ------------------------------------------------------------------------


def test_the_last_values_are_of_the_newest_document_of_each_type_the_newer_first(
    store: Store, make: Any
) -> None:
    key = contract(make.contract())
    for day, type_id, values in (
        (1, "order", {"officer_name": "Old", "payment_days": 10}),
        (3, "order", {"officer_name": "Ada"}),
        (2, "letter", {"officer_name": "Bo", "signatory_name": "Cy"}),
    ):
        make.document(key, type_id=type_id, issued_on=date(2026, 8, day), field_values=values)
    assert store.read(last_values) == {"officer_name": "Ada", "signatory_name": "Cy"}


def test_a_desk_without_documents_has_no_last_values(store: Store) -> None:
    assert store.read(last_values) == {}


# --- which wording is in use ----------------------------------------------------------------------


def test_contracts_that_are_not_over_use_the_wording_of_their_newest_document(
    store: Store, make: Any
) -> None:
    live = make.contract(reference="EXB-2")
    to_come = make.contract(reference="EXB-1", starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    over = make.contract(ends_on=date(2026, 8, 31))
    renewed = make.contract(reference="EXB-3")
    for key in (live, to_come, over, renewed):
        make.document(contract(key), clauses={"data": 1, "price": 1})
    make.document(contract(renewed), clauses={"data": 2}, issued_on=date(2026, 8, 9))
    make.document(contract(live), clauses={"data": 1}, type_id="award-letter")
    make.document(Subject(SubjectKind.PROCUREMENT, procured(make).id), clauses={"data": 1})

    def using(clause_id: str, version: int, on: date = TODAY) -> list[tuple[str, str]]:
        found = store.read(documents_using, clause_id, version, on)
        return [(use.reference, use.document.type_id) for use in found]

    assert using("data", 1) == [
        ("EXB-1", "order-form"), ("EXB-2", "award-letter"), ("EXB-2", "order-form"),
    ]  # fmt: skip
    assert using("data", 2) == [("EXB-3", "order-form")]
    assert using("data", 3) == []
    assert len(using("data", 1, date(2026, 8, 31))) == 4
    assert set(store.read(wording_in_use, TODAY)) == {("data", 1), ("data", 2), ("price", 1)}
    (use,) = store.read(documents_using, "data", 2, TODAY)
    assert (use.contract_id, use.title, use.ends_on) == (
        renewed, "Digital apprenticeships", date(2028, 3, 31),
    )  # fmt: skip
    assert use.provider_name.startswith("Provider ")


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The queries that were run."""
    ran: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("documents", [1, 12])
def test_the_queries_are_as_many_whatever_the_number_of_documents(
    store: Store, make: Any, statements: list[str], documents: int
) -> None:
    for turn in range(documents):
        make.document(type_id=f"t{turn % 3}")
    for read, queries in (
        (lambda s: document_rows(s), 1),
        (lambda s: documents_using(s, "price", 1, TODAY), 4),
        (lambda s: last_values(s), 2),
    ):
        statements.clear()
        store.read(read)
        assert len(statements) == queries
        assert not [each for each in statements if "evidence_content" in each]


def test_details_differ_by_what_they_are_about(make: Any) -> None:
    one = document_details(contract(make.contract()))
    assert replace(one, subject=contract(make.contract())) != one


def test_documents_about_people_say_whose_they_are_and_hold_them_in_the_desk(
    store: Store, make: Any
) -> None:
    ada = make.apprentice()
    review = make.review(ada, date(2026, 8, 14), date(2026, 8, 12))
    planned = make.review(ada, date(2026, 11, 3))
    away, offer = make.secondment("SEC-1", apprenticeship_id=ada), make.secondment("SEC-2")
    about = {
        Subject(SubjectKind.APPRENTICESHIP, ada): ("Ada Lovelace · ST0116", ada),
        Subject(SubjectKind.REVIEW, review): ("Ada Lovelace · review of 12 Aug 2026", ada),
        Subject(SubjectKind.REVIEW, planned): ("Ada Lovelace · review of 3 Nov 2026", ada),
        Subject(SubjectKind.SECONDMENT, away): ("SEC-1 · Ada Lovelace", away),
        Subject(SubjectKind.SECONDMENT, offer): ("SEC-2", offer),
        Subject(SubjectKind.ORGANISATION, ours := store.read(organisation_key)): (
            "Exampleton", ours,
        ),
    }  # fmt: skip
    made = {subject: make.document(subject) for subject in about}
    listed = {row.subject: row.about for row in store.read(document_rows)}
    assert listed == {subject: said for subject, (said, _) in about.items()}
    for subject, (_, whole) in about.items():
        assert store.read(whole_of, subject) == whole
        assert store.read(keeping_documents.document_details, made[subject]).subject == subject
        assert store.read(whole_of, Subject(subject.kind, GONE)) is None
    bought = procured(make)
    assert store.read(whole_of, Subject(SubjectKind.BIDDER, bought.bidders[0])) == bought.id
    of_ada = store.read(document_rows, Subject(SubjectKind.APPRENTICESHIP, ada))
    assert {row.subject.id for row in of_ada} == {ada, review, planned, away}
    for remove, key, called in (
        (reviews.remove_review, review, "One document was issued about this review"),
        (secondments.remove_secondment, away, "One document was issued about secondment SEC-1"),
    ):
        with pytest.raises(Problem, match=called), store.change("Remove") as session:
            remove(session, key)
    person = store.read(lambda s: s.get_one(apprentices.Apprenticeship, ada).apprentice_id)
    with (
        pytest.raises(Problem, match="4 documents were issued about Ada Lovelace, so"),
        store.change("Remove") as session,
    ):
        apprentice_removal.remove(session, person)


@pytest.mark.parametrize(
    "columns", [(), ("contract", "apprenticeship"), ("review",), ("secondment", "organisation")]
)
def test_the_table_takes_one_subject_only(
    store: Store, make: Any, columns: tuple[str, ...]
) -> None:
    ada = make.apprentice()
    keys = {
        "contract": make.contract(), "apprenticeship": ada, "review": make.review(ada),
        "secondment": make.secondment(), "organisation": store.read(organisation_key),
    }  # fmt: skip
    made = make.document()
    named = {"contract_id": None} | {f"{name}_id": keys[name] for name in columns}
    with pytest.raises(IntegrityError):
        change_keys(store, made, named)


def change_keys(store: Store, document_id: UUID, keys: dict[str, UUID | None]) -> None:
    with store.change("Change what it is about") as session:
        kept = session.get_one(DocumentMade, document_id)
        for name, key in keys.items():
            setattr(kept, name, key)
