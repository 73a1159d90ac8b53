"""What a desk knows of a subject, and how a person names one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.gathering import (
    gathered,
    kept_values,
)
from apprentice_desk.documents.procurement_facts import bid_papers
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.organisation import organisation_key
from apprentice_desk.records.procurement_decisions import contract_from, make_contract
from apprentice_desk.records.procurement_overview import procurement_overview
from apprentice_desk.records.store import Store
from procured import TODAY, procured

GONE = UUID(int=1)
PROCUREMENT, BIDDER, CONTRACT = (
    SubjectKind.PROCUREMENT,
    SubjectKind.BIDDER,
    SubjectKind.CONTRACT,
)


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
        "document_reference": "C002",
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
        "document_date": TODAY, "document_reference": "C002",
    }  # fmt: skip


def test_a_borough_that_is_not_listed_suggests_no_council(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "borough_by_code", lambda _code: None)
    subject = Subject(CONTRACT, make.contract(reference="C002"))
    assert store.read(gathered, subject, TODAY).suggested == {
        "document_date": TODAY, "document_reference": "C002",
    }  # fmt: skip


def test_what_is_kept_of_values_is_what_a_form_is_prefilled_with() -> None:
    assert kept_values({"officer_name": 5, "payment_days": 5}) == {"payment_days": 5}


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


def test_people_and_the_organisation_are_named(store: Store, make: Any) -> None:
    ada = make.apprentice()
    held = make.review(ada, date(2026, 8, 14), date(2026, 8, 12))
    away, offer = make.secondment("SEC-1", apprenticeship_id=ada), make.secondment("SEC-2")
    ours = store.read(organisation_key)

    def named(kind: SubjectKind, key: UUID) -> tuple[str, object]:
        known = store.read(gathered, Subject(kind, key), TODAY)
        return known.name, known.suggested.get("document_reference")

    assert named(SubjectKind.APPRENTICESHIP, ada) == ("Ada Lovelace", None)
    assert named(SubjectKind.REVIEW, held) == ("Ada Lovelace · review of 12 Aug 2026", None)
    assert named(SubjectKind.SECONDMENT, away) == ("Ada Lovelace", "SEC-1")
    assert named(SubjectKind.SECONDMENT, offer) == ("", "SEC-2")
    assert named(SubjectKind.ORGANISATION, ours) == ("Exampleton", None)
