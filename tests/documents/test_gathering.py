"""What a desk knows of a subject, and how a person names one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.gathering import (
    find_subject,
    gathered,
    kept_values,
    subject_choices,
)
from apprentice_desk.documents.procurement_facts import bid_papers
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import contracts, procurement_items, procurements
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.procurement_decisions import contract_from, make_contract
from apprentice_desk.records.procurement_items import BidderDetails
from apprentice_desk.records.procurement_overview import procurement_overview
from apprentice_desk.records.store import Store
from procured import TODAY, procured

GONE = UUID(int=1)
PROCUREMENT, BIDDER, CONTRACT = SubjectKind
DAYS = {
    "notice_counts_from_on": TODAY, "exit_plan_by_on": date(2026, 9, 15),
    "answer_by_on": date(2026, 9, 15),
}  # fmt: skip
"""What every paper on a contract begins with."""


def found(store: Store, kind: SubjectKind, written: str) -> UUID:
    subject = store.read(find_subject, kind, written, TODAY)
    assert subject.kind is kind
    return subject.id


def test_each_subject_is_named_and_its_facts_are_its_own(store: Store, make: Any) -> None:
    made = procured(make, is_decided=True)
    key = make.contract(reference="EXB-1")
    names = {}
    for kind, of in ((PROCUREMENT, made.id), (BIDDER, made.bidders[1]), (CONTRACT, key)):
        known = store.read(gathered, Subject(kind, of), TODAY)
        assert known.subject == Subject(kind, of)
        assert known.is_sample
        names[kind] = (known.name, known.reference)
        facts = known.facts
        assert ("bidder_name" in facts) is (kind is BIDDER)
        assert ("contract_title" in facts) is (kind is CONTRACT)
        assert ("procurement_title" in facts) is (kind is not CONTRACT)
    title = "Software developers – “spring” cohort · EXB-P-7"
    assert names == {
        PROCUREMENT: (title, "EXB-P-7"),
        BIDDER: (f"Beta Skills · {title}", "EXB-P-7"),
        CONTRACT: ("Provider 2 · EXB-1", "EXB-1"),
    }


@pytest.mark.parametrize("kind", SubjectKind)
def test_a_subject_that_is_gone_is_said_so(store: Store, kind: SubjectKind) -> None:
    with pytest.raises(Conflict, match=f"The {kind} was removed meanwhile"):
        store.read(gathered, Subject(kind, GONE), TODAY)


def test_a_form_begins_with_today_the_council_and_what_the_last_document_had(
    store: Store, make: Any
) -> None:
    subject = Subject(CONTRACT, make.contract(reference="C002"))
    assert store.read(gathered, subject, TODAY).suggested == {
        "document_date": TODAY, "council_name": "London Borough of Exampleton",
        "document_reference": "C002", **DAYS,
    }  # fmt: skip
    make.document(
        subject,
        field_values={
            "officer_name": "Ada", "council_name": "The Town", "payment_days": 30,
            "contract_title": "not kept", "document_date": "2026-01-01", "gone_field": "x",
            "bid_words": "no number",
        },
    )  # fmt: skip
    assert store.read(gathered, subject, TODAY).suggested == {
        "officer_name": "Ada", "council_name": "The Town", "payment_days": 30,
        "document_date": TODAY, "document_reference": "C002", **DAYS,
    }  # fmt: skip


def test_a_borough_that_is_not_listed_suggests_no_council(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "borough_by_code", lambda _code: None)
    subject = Subject(CONTRACT, make.contract(reference="C002"))
    assert store.read(gathered, subject, TODAY).suggested == {
        "document_date": TODAY, "document_reference": "C002", **DAYS,
    }  # fmt: skip


def test_what_is_kept_of_values_is_what_a_form_is_prefilled_with() -> None:
    assert kept_values({"officer_name": 5, "payment_days": 5}) == {"payment_days": 5}


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
    assert first.procurement_id == made.id


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


def test_an_order_form_begins_with_who_bid_and_the_papers_of_the_procurement(
    store: Store, make: Any
) -> None:
    made = procured(make, is_decided=True, is_told=True)
    other = make.contract(reference="EXB-2")
    assert "provider_address" not in suggested(store, other)
    with store.change("Make the contract") as session:
        overview = procurement_overview(session, made.id)
        assert overview is not None
        details = replace(contract_from(overview), reference="EXB-3")
        key = make_contract(
            session, made.id, details, date(2026, 9, 30), resources.procurement_rules(),
            resources.bank_holidays(),
        )  # fmt: skip
    found = suggested(store, key)
    assert found["provider_address"] == "1 College Road\nExampleton"
    assert found["provider_contact"] == "Nadia Frost"
    assert found["provider_email"] == "nadia@college.example"
    assert found["contract_documents"] == (
        "the invitation to bid EXB-P-7 of 2 Jun 2026",
        "the answers to bidders' questions that the Council published",
        "the Provider's bid of 30 Jun 2026",
    )
    bare = replace(overview, steps=(), clarifications=())
    assert bid_papers(bare, None) == ("the invitation to bid EXB-P-7", "the Provider's bid")


def suggested(store: Store, key: UUID) -> Any:
    return store.read(gathered, Subject(CONTRACT, key), date(2026, 9, 30)).suggested
