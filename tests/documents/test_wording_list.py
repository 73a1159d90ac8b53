"""All wording in one list: how each version stands, and what needs doing about it first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.documents import own_wording, wording_list
from apprentice_desk.documents.wording import Library
from apprentice_desk.documents.wording_list import Doing, WordingLine, wording_lines
from apprentice_desk.domain.needs_of_wording import WordingNeed
from apprentice_desk.domain.own_wording import REVIEW_NEAR_DAYS
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import own_wording as kept
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.store import Store
from documents.wordings import INVITATION, LETTER, ORDER, clause, of_type, part
from documents.wordings import library_of as made_of
from records.acting import changing

TODAY = date(2026, 9, 1)


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Library:
    """A small library in place of the packaged one."""
    due = clause("order-data", "Data is kept.", review_by="2026-08-31")
    made = made_of(*LETTER, *ORDER[:4], due, ORDER[5], *INVITATION)
    for module in (own_wording, wording_list):
        monkeypatch.setattr(module, "library", lambda: made)
    return made


def lines(store: Store) -> dict[str, WordingLine]:
    return {line.file: line for line in store.read(wording_lines, TODAY)}


def keep(make: Any, file: Mapping[str, str], approved_by: str = "", **more: Any) -> UUID:
    ((named, text),) = file.items()
    key: UUID = make.wording(named, text, approved_by=approved_by, **more)
    return key


def own(key: str, text: str = "Words.", **more: Any) -> dict[str, str]:
    place = {} if "replaces" in more else {"joins": "order", "follows": "order-pay"}
    return clause(key, text, **place, **more)


def test_packaged_wording_is_listed_with_where_it_stands(base: Library, store: Store) -> None:
    found = lines(store)
    assert len(found) == len(base.newest_clauses)
    line = found["clauses/order-pay.1.md"]
    assert (line.title, line.wording_id, line.version, line.types) == (
        "Order-Pay", "order-pay", 1, ("Order",),
    )  # fmt: skip
    assert not line.is_own
    assert "The Council pays as clause “Order-Parties” says:" in line.reads
    assert found["clauses/letter-thanks.1.md"].guidance == "Be kind."
    assert {line.doing for line in found.values()} == {Doing.NOTHING}


def test_packaged_wording_is_to_be_read_again_only_where_a_contract_uses_it(
    base: Library, store: Store, make: Any
) -> None:
    file = "clauses/order-data.1.md"
    assert lines(store)[file].doing is Doing.NOTHING
    subject = Subject(SubjectKind.CONTRACT, make.contract())
    make.document(subject, type_id="order", clauses={"order-data": 1})
    line = lines(store)[file]
    assert (line.doing, line.says, line.contracts) == (
        Doing.REVIEW_PAST, "It was to be read again by 31 Aug 2026.", 1,
    )  # fmt: skip
    assert next(iter(lines(store))) == file
    keep(make, own("exb-data", replaces="order-data"), "Ruth")
    assert lines(store)[file].doing is Doing.NOTHING


@pytest.mark.parametrize(
    ("days", "doing"),
    [
        (-1, Doing.REVIEW_PAST),
        (0, Doing.REVIEW_NEAR),
        (REVIEW_NEAR_DAYS, Doing.REVIEW_NEAR),
        (REVIEW_NEAR_DAYS + 1, Doing.NOTHING),
    ],
)
def test_own_wording_is_to_be_read_again_in_time(
    base: Library, store: Store, make: Any, days: int, doing: Doing
) -> None:
    day = TODAY + timedelta(days=days)
    keep(make, own("exb-a", review_by=day.isoformat()), "Ruth")
    assert lines(store)["clauses/exb-a.1.md"].doing is doing


def test_what_needs_doing_comes_first(base: Library, store: Store, make: Any) -> None:
    keep(make, own("exb-draft"))
    keep(make, own("exb-fine"), "Ruth")
    keep(make, own("exb-past", review_by="2026-08-01"), "Ruth")
    turned = keep(make, own("exb-turned"), "Ruth")
    make.turn_wording(turned, text="Not it.")
    keep(make, {"clauses/exb-broken.2.md": "Nothing."}, "Ruth")
    keep(make, {"clauses/exb-begun.1.md": '+++\ntitle = "Begun"\n+++\nA.'})
    first = [(line.file, line.doing) for line in store.read(wording_lines, TODAY)][:5]
    assert first == [
        ("clauses/exb-broken.2.md", Doing.LEFT_OUT),
        ("clauses/exb-turned.1.md", Doing.LEFT_OUT),
        ("clauses/exb-past.1.md", Doing.REVIEW_PAST),
        ("clauses/exb-begun.1.md", Doing.DRAFT),
        ("clauses/exb-draft.1.md", Doing.DRAFT),
    ]
    found = lines(store)
    assert found["clauses/exb-begun.1.md"].title == "Begun"
    assert found["clauses/exb-broken.2.md"].title == "exb-broken.2.md"
    assert found["clauses/exb-broken.2.md"].version == 2
    assert found["clauses/exb-fine.1.md"].doing is Doing.NOTHING
    assert found["clauses/exb-draft.1.md"].types == ("Order",)


def test_a_variant_is_named_with_what_it_replaces_and_older_versions_need_nothing(
    base: Library, store: Store, make: Any
) -> None:
    again = "At once.\n\n{#days} Soon."
    keep(make, own("exb-pay", again, replaces="order-pay", review_by="2026-08-01"), "Ruth")
    keep(make, own("exb-pay", again, replaces="order-pay", version=2, title="Our pay"), "Ruth")
    gone = keep(make, own("exb-gone", review_by="2026-08-01"), "Ruth")
    changing(store, lambda s: kept.withdraw(s, gone))
    found = lines(store)
    old, new = (found[f"clauses/exb-pay.{number}.md"] for number in (1, 2))
    assert (old.is_older, old.doing) == (True, Doing.NOTHING)
    assert (new.is_older, new.replaces) == (False, "order-pay")
    assert found["clauses/order-pay.1.md"].replaced_by == "Our pay"
    assert found["clauses/exb-gone.1.md"].doing is Doing.NOTHING


def test_a_variant_of_packaged_wording_that_moved_on_is_said(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = clause("order-pay", "Pay now.\n\n{#days} Soon.", version=2)
    made = made_of(*LETTER, *ORDER, *INVITATION, newer)
    for module in (own_wording, wording_list):
        monkeypatch.setattr(module, "library", lambda: made)
    again = "At once.\n\n{#days} Soon."
    keep(make, own("exb-pay", again, replaces="order-pay", replaces_version=1), "Ruth")
    line = lines(store)["clauses/exb-pay.1.md"]
    assert line.doing is Doing.OVERTAKEN
    assert line.says == (
        "It was written from version 1 of “Order-Pay”, of which there is version 2."
    )


def test_a_text_that_was_changed_behind_the_back_is_said(
    base: Library, store: Store, make: Any
) -> None:
    file = own("exb-a")
    key = keep(make, file, "Ruth")
    ((named, text),) = file.items()
    make.turn_wording(key, text=text.replace("Words", "Others"))
    line = lines(store)[named]
    assert (line.doing, line.id) == (Doing.LEFT_OUT, named)
    assert "is approved and left out. Its text is not the one" in line.says
    (needy,) = store.read(wording_list.needy_wording, TODAY)
    assert (needy.need, needy.file) == (WordingNeed.LEFT_OUT, named)


def test_a_type_that_was_taken_in_is_listed_too(base: Library, store: Store, make: Any) -> None:
    keep(make, of_type("exb-note", "contract", (part("clauses", "order-data"),)), "Ruth",
         source="Pack 3")  # fmt: skip
    line = lines(store)["documents/exb-note.1.toml"]
    assert line.is_type
    assert (line.title, line.types) == ("Exb-Note", ("Exb-Note",))


def test_a_draft_with_a_field_that_there_is_not_does_not_break_the_list(
    base: Library, store: Store, make: Any
) -> None:
    keep(make, own("exb-a", "Of {nothing}.\n\n{table:nothing}"))
    keep(make, clause("exb-b", "{when known(nothing)} Of {nothing}.", joins="gone", follows="x"))
    assert lines(store)["clauses/exb-a.1.md"].doing is Doing.DRAFT
    assert lines(store)["clauses/exb-a.1.md"].reads == "Exb-A\nOf [nothing].\n[nothing]"
    assert lines(store)["clauses/exb-b.1.md"].types == ()
