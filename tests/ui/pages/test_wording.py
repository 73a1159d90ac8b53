"""The page of wording: what is listed and done there, and what gets into documents of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from apprentice_desk.documents.wording import library
from apprentice_desk.domain.own_wording import Approval, Standing
from apprentice_desk.records import own_wording
from apprentice_desk.records.desks import open_store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    MakeDocument,
    OpenHistory,
    OpenPage,
    OpenWording,
    WriteClause,
)
from apprentice_desk.ui.pages.today.looking import needs_of_wording
from apprentice_desk.ui.pages.today.words import destination
from apprentice_desk.ui.pages.wording.page import WordingPage
from documents.wordings import clause
from records.acting import changing
from ui.wordings import FINE, keep, statuses, words_of

TODAY = date(2026, 9, 1)


@pytest.fixture
def went(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Where the pages wanted to go."""
    found: list[Any] = []
    monkeypatch.setattr(desk, "go", found.append)
    return found


def facts_of(found: WordingPage) -> str:
    return " | ".join(each.text() for each in found.panel.facts.findChildren(QLabel))


# --- the list -------------------------------------------------------------------------------------


def test_all_wording_is_listed_with_how_it_reads(page: Callable[..., Any]) -> None:
    found: WordingPage = page("wording")
    assert found.model.rowCount() == len(library().newest_clauses)
    assert "none of the borough's own" in found.header.subtitle.text()
    assert found.table.choose("clauses/of-law.1.md")
    said = words_of(found.panel)
    assert "The law of England and Wales applies" in said
    assert "clause “Disputes”" in said
    assert "Order form with contract schedules" in facts_of(found)
    assert "Leave as it stands." in said
    visible = [each.text() for each in found.panel.buttons if each.isVisible()]
    assert visible == ["Write a variant…"]
    found.switch.chosen.emit("own")
    assert found.model.rowCount() == 0


def test_what_can_be_done_follows_from_how_it_stands(
    page: Callable[..., Any], make: Any, desk: Desk
) -> None:
    keep(make)
    keep(make, clause("xmp-bikes", "Bikes.", joins="order-form", follows="of-law"),
         approved_by="Ruth Okafor", written_by="ruth okafor", )  # fmt: skip
    found: WordingPage = page("wording")
    assert found.to_do == 1
    assert [found.table.chosen().file] == ["clauses/xmp-parking.1.md"], "a draft comes first"

    def offered() -> list[str]:
        return [each.text() for each in found.panel.buttons if each.isVisible()]

    assert offered() == ["Go on writing…", "Approve…", "Remove the draft…", "History…"]
    assert found.table.choose("clauses/xmp-bikes.1.md")
    assert offered() == ["New version…", "Withdraw…", "History…"]
    assert "Ruth Okafor, Head of HR, who wrote it too, on 3 Aug 2026" in facts_of(found)


def test_a_clause_is_withdrawn_after_a_question_and_undo_brings_it_back(
    page: Callable[..., Any], make: Any, desk: Desk, qtbot: Any
) -> None:
    keep(make, approved_by="Ruth Okafor")
    found: WordingPage = page("wording")
    found.arrive(OpenWording("clauses/xmp-parking.1.md"))
    found.withdraw.trigger()
    assert found.question is not None
    assert "gets into no document from now on" in words_of(found.question)
    found.question.confirm.click()
    assert statuses(desk) == {"clauses/xmp-parking.1.md": Standing.WITHDRAWN}
    qtbot.waitUntil(lambda: not found.withdraw.isEnabled())
    qtbot.waitUntil(lambda: bool(desk.undo_label))
    desk.undo()
    assert statuses(desk) == {"clauses/xmp-parking.1.md": Standing.APPROVED}


def test_a_draft_is_removed_after_a_question(
    page: Callable[..., Any], make: Any, desk: Desk
) -> None:
    keep(make)
    found: WordingPage = page("wording")
    found.remove.trigger()
    assert found.question is not None
    found.question.confirm.click()
    assert statuses(desk) == {}


def test_the_list_leads_to_what_is_written(
    page: Callable[..., Any], make: Any, went: list[Any]
) -> None:
    draft = keep(make)
    approved = keep(make, clause("xmp-b", "B.", joins="order-form", follows="of-law"),
                    approved_by="Ruth")  # fmt: skip
    found: WordingPage = page("wording")
    found.go_on_writing()
    found.table.choose("clauses/xmp-b.1.md")
    found.write_next()
    found.table.choose("clauses/of-words.1.md")
    found.write_variant()
    found.back.click()
    assert went == [
        WriteClause(wording_id=draft), WriteClause(next_of=approved),
        WriteClause(replaces="of-words"), OpenPage("documents"),
    ]  # fmt: skip


def test_wording_of_the_boroughs_own_leads_to_its_history(
    page: Callable[..., Any], make: Any, went: list[Any]
) -> None:
    kept = keep(make)
    found: WordingPage = page("wording")
    title = found.table.chosen().title
    found.history.trigger()
    assert went == [OpenHistory("wording_kept", kept, f"“{title}”")]
    assert found.table.choose("clauses/of-law.1.md")
    assert not found.history.isEnabled(), "nobody changes what came with the program"


def test_a_new_clause_is_asked_where_it_stands(page: Callable[..., Any], went: list[Any]) -> None:
    found: WordingPage = page("wording")
    found.add.click()
    assert found.dialog is not None
    form = found.dialog.form
    form.set_value("title", "Parking")
    form.set_value("joins", "order-form")
    form.edited.emit()
    form.set_value("follows", "of-law")
    found.dialog.panel.submit()
    assert went == [WriteClause(title="Parking", joins="order-form", follows="of-law")]


def test_packs_are_sent_and_taken_in_from_here_too(page: Callable[..., Any]) -> None:
    found: WordingPage = page("wording")
    assert [each.text() for each in found.packs.menu().actions()] == [
        "Export a pack…", "Import a pack…",
    ]  # fmt: skip
    assert found.packs.isVisible()
    found.packs.take.trigger()
    assert found.packs.file_dialog is not None
    found.packs.file_dialog.reject()


def test_a_desk_open_to_read_only_is_read(
    desk_file: Any, store: Any, desk_on: Callable[..., Desk], make: Any, qtbot: Any
) -> None:
    keep(make)
    other = open_store(desk_file, read_only=True)
    desk = desk_on(other)
    found = WordingPage(desk)
    qtbot.addWidget(found)
    found.show()
    qtbot.waitUntil(lambda: found.model.rowCount() > 0)
    assert not found.add.isEnabled()
    assert found.packs.export.isEnabled()
    assert not found.packs.take.isEnabled()
    assert not [each for each in found.panel.buttons if each.isVisible()]
    assert "open to read only" in found.header.subtitle.text()
    other.close()


# --- today ----------------------------------------------------------------------------------------


def test_today_leads_to_drafts_and_to_what_is_to_be_read_again(desk: Desk, make: Any) -> None:
    assert needs_of_wording(desk, TODAY) == []
    keep(make)
    keep(make, clause("xmp-b", "B.", title="Bikes", joins="order-form", follows="of-law",
                      review_by="2026-09-30"), approved_by="Ruth")  # fmt: skip
    review, draft = needs_of_wording(desk, TODAY)
    assert draft.what == "“Parking” waits to be approved"
    assert destination(draft.target, is_read_only=False) == OpenWording("clauses/xmp-parking.1.md")
    assert review.what == "“Bikes” is to be read again by 30 Sep 2026"
    keep(make, clause("xmp-c", "C.", joins="order-form", follows="of-law"))
    _review, drafts = needs_of_wording(desk, TODAY)
    assert destination(drafts.target, is_read_only=True) == OpenPage("wording")


# --- nothing unapproved in a document -------------------------------------------------------------


@pytest.fixture
def order(page: Callable[..., Any], make: Any, settled: Callable[[], None]) -> Callable[..., Any]:
    """Begin an order form about a contract, on its page."""

    def begin() -> Any:
        found = page("document")
        found.arrive(MakeDocument("order-form", "contract", make.contract()))
        settled()
        return found

    return begin


def ids_in(found: Any) -> list[str]:
    return [each.id for each in found.prepared.composed.clauses]


def test_a_draft_is_in_no_document_and_an_approved_clause_is_while_it_is_approved(
    order: Callable[..., Any], make: Any, store: Any, qtbot: Any
) -> None:
    draft = keep(make)
    found = order()
    assert "xmp-parking" not in ids_in(found)
    approval = Approval("Ruth Okafor", "Head of HR", TODAY, is_read=True)
    changing(store, lambda s: own_wording.approve(s, draft, approval))
    qtbot.waitUntil(lambda: "xmp-parking" in ids_in(found))
    changing(store, lambda s: own_wording.withdraw(s, draft))
    qtbot.waitUntil(lambda: "xmp-parking" not in ids_in(found))


def test_a_text_that_was_changed_behind_the_back_is_out_and_the_page_says_so(
    order: Callable[..., Any], make: Any, qtbot: Any
) -> None:
    key = keep(make, approved_by="Ruth Okafor")
    found = order()
    assert "xmp-parking" in ids_in(found)
    make.turn_wording(key, text=FINE["clauses/xmp-parking.1.md"].replace("outside", "inside"))
    qtbot.waitUntil(lambda: "xmp-parking" not in ids_in(found))
    assert "Its text is not the one that was approved." in found.notes.words.text()
