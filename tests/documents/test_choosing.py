"""Which subjects documents can be about, and how a person names one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.documents.choosing import find_subject, subject_choices
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import contracts, procurement_items, procurements
from apprentice_desk.records.organisation import organisation_key
from apprentice_desk.records.procurement_details import BidderDetails
from apprentice_desk.records.store import Store
from procured import TODAY, procured

PROCUREMENT, BIDDER, CONTRACT = (
    SubjectKind.PROCUREMENT,
    SubjectKind.BIDDER,
    SubjectKind.CONTRACT,
)


def found(store: Store, kind: SubjectKind, written: str) -> UUID:
    subject = store.read(find_subject, kind, written, TODAY)
    assert subject.kind is kind
    return subject.id


def test_the_choices_are_those_of_the_kind(store: Store, make: Any) -> None:
    made, other = procured(make, is_decided=True), procured(make)
    make.contract(reference="EXB-1", title="")

    def shown(kind: SubjectKind, of: UUID | None = None) -> list[tuple[str, bool | None]]:
        choices = store.read(subject_choices, kind, TODAY, of)
        return [(each.shown, each.is_winner) for each in choices]

    title = "Software developers – “spring” cohort"
    assert shown(PROCUREMENT) == [(f"EXB-P-7 · {title}", None), (f"EXB-P-7-2 · {title}", None)]
    assert shown(BIDDER, made.id) == [
        ("EXB-P-7 · Beta Skills", False), ("EXB-P-7 · College", True),
        ("EXB-P-7 · Gamma Training", False),
    ]  # fmt: skip
    assert [winner for _, winner in shown(BIDDER, other.id)] == [None] * 3
    assert len(shown(BIDDER)) == 6
    assert shown(CONTRACT) == [("EXB-1 · Provider 3", None)]
    (first, *_) = store.read(subject_choices, BIDDER, TODAY, made.id)
    assert first.within == made.id


def test_a_subject_is_found_by_what_a_person_writes(store: Store, make: Any) -> None:
    made = procured(make)
    key = make.contract(reference="EXB-1")
    assert found(store, CONTRACT, " EXB-1 ") == key
    assert found(store, CONTRACT, "exb-1") == key
    assert found(store, PROCUREMENT, "EXB-P-7") == made.id
    assert found(store, BIDDER, "EXB-P-7/Beta Skills") == made.bidders[1]
    assert found(store, BIDDER, "exb-p-7/beta") == made.bidders[1]


def refused(store: Store, kind: SubjectKind, written: str) -> str:
    with pytest.raises(Problem) as problem:
        store.read(find_subject, kind, written, TODAY)
    return str(problem.value)


def test_what_is_not_found_or_may_be_several_leads_on_in_words(store: Store, make: Any) -> None:
    assert refused(store, CONTRACT, "x") == (
        "There is no contract “x” in the desk. There is none yet."
    )
    made = procured(make)
    with store.change("A namesake") as session:
        procurement_items.add_item(session, made.id, BidderDetails(None, "Beta Care"))
    assert refused(store, BIDDER, "EXB-P-7/Beta") == (
        "“EXB-P-7/Beta” may be any of 2. Write which: EXB-P-7/Beta Care; EXB-P-7/Beta Skills."
    )
    procured(make)
    assert refused(store, BIDDER, "EXB-P-7-2/Zeta") == (
        "There is no bidder “EXB-P-7-2/Zeta” in the desk. There are: EXB-P-7/Beta Care;"
        " EXB-P-7/Beta Skills; EXB-P-7/College; EXB-P-7/Gamma Training; EXB-P-7-2/Beta Skills;"
        " EXB-P-7-2/College; EXB-P-7-2/Gamma Training. Write it as reference/bidder."
    )
    for turn in range(11):
        make.contract(reference=f"EXB-{turn:02}")
    said = refused(store, CONTRACT, "x")
    assert said.endswith("EXB-09; and more.")
    assert "EXB-10" not in said


def test_two_references_that_differ_by_case_are_told_apart(store: Store, make: Any) -> None:
    small, large = make.contract(reference="exb-1"), make.contract(reference="EXB-1")
    assert (found(store, CONTRACT, "exb-1"), found(store, CONTRACT, "EXB-1")) == (small, large)
    assert "may be any of 2" in refused(store, CONTRACT, "Exb-1")


Removing = Callable[[Any, UUID], None]


@pytest.mark.parametrize(
    ("kind", "remove"),
    [(PROCUREMENT, procurements.remove_procurement), (CONTRACT, contracts.remove_contract)],
)
def test_what_was_removed_is_not_offered(
    store: Store, make: Any, kind: SubjectKind, remove: Removing
) -> None:
    key = procured(make).id if kind is PROCUREMENT else make.contract()
    with store.change("Remove") as session:
        remove(session, key)
    assert store.read(subject_choices, kind, date(2026, 9, 1)) == ()


def test_people_their_reviews_and_secondments_are_chosen_by_name_day_and_code(
    store: Store, make: Any
) -> None:
    ada = make.apprentice()
    again = make.apprentice(standard_code="ST0118", uln=None)
    held = make.review(ada, date(2026, 8, 14), date(2026, 8, 12))
    due = make.review(again, date(2026, 11, 3))
    make.apprentice(given_names="", family_name="", uln=None)
    away = make.secondment("SEC-1", apprenticeship_id=ada)
    offer = make.secondment("SEC-2")

    def shown(kind: SubjectKind, of: UUID | None = None) -> list[str]:
        return [each.shown for each in store.read(subject_choices, kind, TODAY, of)]

    people = SubjectKind.APPRENTICESHIP
    assert shown(people) == ["Ada Lovelace · ST0116", "Ada Lovelace · ST0118"]
    assert shown(SubjectKind.REVIEW) == [
        "Ada Lovelace · review of 12 Aug 2026", "Ada Lovelace · review of 3 Nov 2026",
    ]  # fmt: skip
    assert shown(SubjectKind.REVIEW, again) == ["Ada Lovelace · review of 3 Nov 2026"]
    assert shown(SubjectKind.SECONDMENT) == ["SEC-1 · Ada Lovelace", "SEC-2"]
    assert shown(SubjectKind.SECONDMENT, ada) == ["SEC-1 · Ada Lovelace"]
    assert found(store, people, "ada lovelace/st0118") == again
    assert "may be any of 2. Write which: Ada Lovelace/ST0116; Ada" in refused(
        store, people, "Ada Lovelace"
    )
    assert found(store, SubjectKind.REVIEW, "Ada Lovelace/2026-11-03") == due
    assert found(store, SubjectKind.REVIEW, "ada lovelace/2026-08") == held
    assert found(store, SubjectKind.SECONDMENT, "sec-1") == away
    assert found(store, SubjectKind.SECONDMENT, "SEC-2") == offer
    assert refused(store, SubjectKind.REVIEW, "Bob") == (
        "There is no review “Bob” in the desk. There are: Ada Lovelace/2026-08-12;"
        " Ada Lovelace/2026-11-03. Write it as name/day, the day as 2026-03-31."
    )


def test_nothing_written_finds_nobody(store: Store, make: Any) -> None:
    make.apprentice()
    assert "There is no apprenticeship “”" in refused(store, SubjectKind.APPRENTICESHIP, " ")


def test_the_organisation_is_the_one_that_the_desk_belongs_to(store: Store) -> None:
    (only,) = store.read(subject_choices, SubjectKind.ORGANISATION, TODAY)
    assert only.shown == only.written
    assert found(store, SubjectKind.ORGANISATION, only.written) == store.read(organisation_key)
