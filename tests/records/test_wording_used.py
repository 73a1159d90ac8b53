"""Undo never leaves a document without the wording that it was made of, and says which it is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import own_wording
from apprentice_desk.records.keeping_documents import remove_document
from apprentice_desk.records.own_wording import wording_row
from apprentice_desk.records.store import Store
from records.acting import changing
from records.dumps import dump

NAMED = "clauses/exb-parking.2.md"
USES = {"price": 1, "exb-parking": 2}


def approved(store: Store, make: Any, named: str = NAMED) -> tuple[UUID, int]:
    """A version that is approved, and the change that did it."""
    key = make.wording(named, approved_by="Ruth")
    return key, store.read(wording_row, key).changed_in


def newest(store: Store) -> int:
    change = store.latest_change()
    assert change is not None
    return change.number


def refused(store: Store, number: int, says: str) -> Problem:
    """Undo a change, which is refused and changes nothing, the log included."""
    before = dump(store, with_log=True)
    with pytest.raises(Problem, match=says) as caught:
        store.undo(number)
    assert dump(store, with_log=True) == before
    return caught.value


def test_an_approval_stays_once_a_document_was_issued_with_it_and_the_document_is_named(
    store: Store, make: Any
) -> None:
    key, number = approved(store, make)
    make.document(clauses=USES, title="Order form", reference="EXB-7", issued_on=date(2026, 9, 3))
    problem = refused(store, number, "a document was issued with this wording")
    assert problem.what == (
        "“Approve a clause” cannot be undone: a document was issued with this wording:"
        " “Order form” of 3 Sep 2026 (EXB-7)."
    )
    assert problem.remedy.startswith("Withdraw the wording instead")
    changing(store, lambda s: own_wording.withdraw(s, key))
    withdrawal = newest(store)
    before = dump(store)
    store.undo(withdrawal)
    assert store.read(wording_row, key).is_in_force
    store.undo(newest(store))
    assert dump(store) == before


def test_of_many_documents_the_newest_are_named_and_the_others_counted(
    store: Store, make: Any
) -> None:
    _, number = approved(store, make)
    for day in range(1, 6):
        make.document(
            clauses=USES, title=f"Letter {day}", reference="", issued_on=date(2026, 9, day)
        )
    problem = refused(store, number, "5 documents were issued with this wording")
    assert problem.what.endswith(
        ": “Letter 5” of 5 Sep 2026, “Letter 4” of 4 Sep 2026, “Letter 3” of 3 Sep 2026 and 2 more."
    )


def test_wording_that_came_in_force_with_one_change_stays_too(store: Store, make: Any) -> None:
    with store.change("Take in a pack") as session:
        key = own_wording.keep_draft(session, own_wording.DraftDetails(NAMED, "Cars."))
        approval = own_wording.Approval("Ruth", "Head of HR", date(2026, 8, 3), is_read=True)
        own_wording.approve(session, key, approval)
    number = newest(store)
    make.document(clauses=USES)
    refused(store, number, "“Take in a pack” cannot be undone: a document was issued")


def test_a_document_type_of_the_boroughs_own_stays_too(store: Store, make: Any) -> None:
    _, number = approved(store, make, "documents/exb-permit.3.toml")
    make.document(type_id="exb-permit", type_version=3)
    refused(store, number, "a document was issued with this wording")


def test_documents_made_of_other_wording_or_versions_hinder_nothing(
    store: Store, make: Any
) -> None:
    make.document(clauses={"price": 1, "exb-parking": 1, "exb-park": 2}, type_id="exb-parking")
    key = make.wording(NAMED)
    before = dump(store)
    approval = own_wording.Approval("Ruth", "Head of HR", date(2026, 8, 3), is_read=True)
    changing(store, lambda s: own_wording.approve(s, key, approval))
    store.undo(newest(store))
    assert dump(store) == before


def test_once_the_document_is_removed_the_approval_can_be_undone_and_then_it_stays_gone(
    store: Store, make: Any
) -> None:
    key = make.wording(NAMED)
    draft = dump(store)["wording_kept"]
    approval = own_wording.Approval("Ruth", "Head of HR", date(2026, 8, 3), is_read=True)
    changing(store, lambda s: own_wording.approve(s, key, approval))
    approving = newest(store)
    document = make.document(clauses=USES)
    whole = dump(store)
    changing(store, lambda s: remove_document(s, document))
    removing = newest(store)
    store.undo(approving)
    taking_back = newest(store)
    assert dump(store)["wording_kept"] == draft
    refused(store, removing, "wording in that document is not approved any more")
    store.undo(taking_back)
    store.undo(removing)
    assert dump(store) == whole


def test_a_document_does_not_come_back_to_wording_that_is_gone_altogether(
    store: Store, make: Any
) -> None:
    _, approving = approved(store, make)
    document = make.document(clauses=USES)
    changing(store, lambda s: remove_document(s, document))
    removing = newest(store)
    store.undo(approving)
    store.undo(approving - 1)
    refused(store, removing, "wording in that document is not approved any more")


def test_a_document_comes_back_whatever_became_of_drafts_of_that_name(
    store: Store, make: Any
) -> None:
    """A clause of the program may be called as a draft was: the draft was never issued."""
    gone = make.wording(NAMED)
    changing(store, lambda s: own_wording.remove_draft(s, gone))
    make.wording("clauses/price.1.md")
    document = make.document(clauses=USES)
    whole = dump(store)
    changing(store, lambda s: remove_document(s, document))
    store.undo(newest(store))
    assert dump(store) == whole
