"""The page on which a document is made: what is asked, what the pages show, and issuing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from apprentice_desk.documents.contents_list import CONTENTS
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records import procurement_items
from apprentice_desk.records.contract_prices import PriceDetails, agree_price
from apprentice_desk.records.keeping_documents import document_details, document_rows
from apprentice_desk.records.procurement_details import BidderDetails
from apprentice_desk.records.procurement_items import details_of_item
from apprentice_desk.records.procurement_tables import Bidder
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument, OpenPage, OpenProcurement
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.document.page import DocumentPage
from procured import Procured, procured

LETTER, INVITATION, ORDER = "unsuccessful-letter", "invitation-to-quote", "order-form"

OF_THE_COUNCIL = {
    "council_address": "Town Hall, Exampleton",
    "officer_name": "Grace Park",
    "officer_title": "HR officer",
    "officer_email": "grace.park@exampleton.example",
    "complaints_contact": "Head of Procurement",
}


@pytest.fixture
def made(make: Any) -> Procured:
    return procured(make, is_decided=True, is_told=True)


@pytest.fixture
def begun(page: Callable[..., Any], settled: Callable[[], None]) -> Callable[..., DocumentPage]:
    """Begin a document of a type about something."""

    def begin(type_id: str, kind: SubjectKind, key: UUID) -> DocumentPage:
        found: DocumentPage = page("document")
        found.arrive(MakeDocument(type_id, kind.value, key))
        settled()
        return found

    return begin


def words_of(widget: Any) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def fill_in(page: DocumentPage, **texts: str) -> None:
    """Type into fields of the form, as a person would."""
    for name, text in texts.items():
        page.form.focus(name)
        QTest.keyClick(
            QApplication.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
        )
        QTest.keyClicks(QApplication.focusWidget(), text)


def said_on_pages(page: DocumentPage) -> str:
    """What all pages of the preview say."""
    pages = page.preview.pages
    assert pages is not None
    return " ".join(" ".join(pages.words(at).split()) for at in range(len(pages.sizes)))


def press(page: DocumentPage, words: str) -> None:
    """Press the way in Still missing whose name has these words."""
    found = [
        each
        for each in page.missing.findChildren(QPushButton)
        if words in each.accessibleName() and each.isVisible()
    ]
    found[0].click()


def test_without_a_document_it_says_where_one_is_begun(page: Callable[..., Any]) -> None:
    found = page("document")
    assert "No document is begun" in words_of(found)
    assert not found.issue.isVisible()


def test_what_is_missing_stands_in_the_pages_and_in_the_form(
    begun: Callable[..., DocumentPage], made: Procured
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    assert page.header.title.text() == "Unsuccessful letter"
    assert "Beta Skills" in page.header.subtitle.text()
    said = said_on_pages(page)
    assert "[Officer's name: not filled in]" in said
    assert "College" in said  # who won, which the desk knows
    assert "fields below to fill in." in words_of(page.missing)
    assert page.form.input("officer_name").field.required
    assert "bid_was_not_scored_why" not in page.form.typed()  # the desk always knows it


def test_what_is_typed_shows_in_the_pages(
    begun: Callable[..., DocumentPage], made: Procured, settled: Callable[[], None]
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, officer_name="Grace Park")
    settled()
    said = said_on_pages(page)
    assert "Grace Park" in said
    assert "[Officer's name: not filled in]" not in said
    assert page.has_unsaved_changes


def test_what_cannot_be_read_is_kept_and_said_and_not_in_the_pages(
    begun: Callable[..., DocumentPage], made: Procured, settled: Callable[[], None]
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, document_date="the day after")
    settled()
    assert page.form.typed()["document_date"] == "the day after"
    assert "is not a day" in words_of(page.details)
    assert "the day after" not in said_on_pages(page)
    page.issue.click()
    assert page.issuer.file_dialog is None


def test_a_letter_is_issued_and_kept_as_it_was_seen(
    gone_out: Any,
    begun: Callable[..., DocumentPage], made: Procured, desk: Desk, messages: Messages,
    settled: Callable[[], None], tmp_path: Path,
) -> None:  # fmt: skip
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, **OF_THE_COUNCIL, bidder_address="2 Low Road", **_law_fields(page))
    settled()
    assert page.missing.lines == 0, words_of(page.missing)
    page.issue.click()
    dialog = page.issuer.file_dialog
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).suffix == ".pdf"
    dialog.reject()
    target = tmp_path / "letter.pdf"
    page.issuer.issue_to(page.prepared, str(target))
    settled()
    (row,) = desk.store.read(document_rows)
    assert target.read_bytes().startswith(b"%PDF")
    assert row.type_id == LETTER
    assert desk.store.read(document_details, row.id).field_values["officer_name"] == "Grace Park"
    assert messages.current is not None
    assert str(target) in messages.current.text
    assert not page.has_unsaved_changes
    assert gone_out() == [("document", None)]


def _law_fields(page: DocumentPage) -> dict[str, str]:
    """What this letter asks for besides, by the law of the procurement."""
    own = {*OF_THE_COUNCIL, "bidder_address", "council_name", "document_date", "document_reference"}
    needed = [each.field.name for each in page.prepared.asked if each.is_missing]
    return {name: f"Something for {name}" for name in needed if name not in own}


def test_what_the_council_answered_is_there_the_next_time(
    begun: Callable[..., DocumentPage], made: Procured, desk: Desk, settled: Callable[[], None],
    tmp_path: Path,
) -> None:  # fmt: skip
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, **OF_THE_COUNCIL, bidder_address="2 Low Road", **_law_fields(page))
    settled()
    page.issuer.issue_to(page.prepared, str(tmp_path / "letter.docx"))
    settled()
    assert (tmp_path / "letter.docx").read_bytes()[:2] == b"PK"
    page = begun("award-letter", SubjectKind.BIDDER, made.bidders[0])
    assert page.form.typed()["officer_email"] == "grace.park@exampleton.example"
    assert page.form.typed()["council_address"] == "Town Hall, Exampleton"


def test_letters_to_all_go_to_those_who_lost_each_with_the_own_scores(
    gone_out: Any,
    begun: Callable[..., DocumentPage], made: Procured, desk: Desk, messages: Messages,
    settled: Callable[[], None], tmp_path: Path,
) -> None:  # fmt: skip
    with desk.change("Enter addresses") as session:
        for number, key in enumerate(made.bidders):
            known = {
                "address": f"{number} Low Road",
                "email": f"bids{number}@bidder.example",
                "identifier": f"ABCD-{number}",
            }
            before = details_of_item(BidderDetails, session.get(Bidder, key))
            procurement_items.correct_item(
                session, key, BidderDetails(**{**_values(before), **known})
            )
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, **OF_THE_COUNCIL, **_law_fields(page))
    settled()
    page.many.click()
    assert page.issuer.file_dialog is not None
    page.issuer.file_dialog.reject()
    folder = tmp_path / "letters"
    folder.mkdir()
    page.issuer.issue_many_to(page.prepared, str(folder))
    settled()
    assert (folder / f"{CONTENTS}.pdf").exists()
    names = sorted(each.name for each in folder.iterdir() if not each.name.startswith(CONTENTS))
    about = {row.about for row in desk.store.read(document_rows)}
    left_out = messages.current_problem
    assert all("College" not in each for each in about)  # who won gets no such letter
    assert len(names) == len(about)
    assert names, left_out
    said = "" if left_out is None else left_out.text
    assert len(about) + said.count("Gamma Training") == 2
    assert gone_out() == [("list", None), ("document", None)]


def _values(details: BidderDetails) -> dict[str, Any]:
    return {name: getattr(details, name) for name in details.__slots__}


def test_an_optional_clause_is_ticked_and_its_gap_comes_to_the_form(
    begun: Callable[..., DocumentPage], made: Procured, settled: Callable[[], None]
) -> None:
    page = begun(INVITATION, SubjectKind.PROCUREMENT, made.id)
    before = said_on_pages(page)
    box = page.choices.boxes["iq-interview"]
    assert not box.isChecked()
    assert box.accessibleDescription() == library().clause("iq-interview").guidance
    assert "interview_plan" not in page.form.typed()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    settled()
    assert "interview_plan" in page.form.typed()
    assert len(said_on_pages(page)) > len(before)
    QTest.keyClick(box, Qt.Key.Key_Space)
    settled()
    assert said_on_pages(page) == before


def test_a_day_of_the_desk_that_is_past_leads_to_where_it_is_entered(
    begun: Callable[..., DocumentPage], made: Procured, desk: Desk
) -> None:
    page = begun(INVITATION, SubjectKind.PROCUREMENT, made.id)
    assert "1 Jul 2026 is in the past" in words_of(page.missing)
    went: list[Any] = []
    desk.go = went.append  # type: ignore[method-assign]
    press(page, "1 Jul 2026 is in the past")
    assert went == [OpenProcurement(made.id, "timetable")]


def test_what_changes_in_the_desk_shows_and_what_was_typed_stays(
    begun: Callable[..., DocumentPage], made: Procured, desk: Desk, settled: Callable[[], None]
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, officer_name="Grace Park")
    with desk.change("Enter an address") as session:
        before = details_of_item(BidderDetails, session.get(Bidder, made.bidders[1]))
        procurement_items.correct_item(
            session, made.bidders[1], BidderDetails(**{**_values(before), "address": "9 New Road"})
        )
    settled()
    said = said_on_pages(page)
    assert "9 New Road" in said
    assert "Grace Park" in said
    assert "bidder_address" not in page.form.typed()


def test_another_document_is_asked_about_before_what_was_typed_is_lost(
    begun: Callable[..., DocumentPage], made: Procured, settled: Callable[[], None]
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    fill_in(page, officer_name="Grace Park")
    page.arrive(MakeDocument(INVITATION, "procurement", made.id))
    assert page.question is not None
    assert page.header.title.text() == "Unsuccessful letter"
    page.question.confirm.click()
    settled()
    assert page.header.title.text() == "Invitation to quote"


def test_the_keyboard_goes_from_the_form_to_the_pages_and_back(
    begun: Callable[..., DocumentPage], made: Procured, qtbot: Any
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    page.window().resize(1600, 900)
    page.form.focus("officer_name")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F7)
    assert page.preview.view.hasFocus()
    QTest.keyClick(page.preview.view, Qt.Key.Key_PageDown)
    assert page.preview.view.page == 1
    QTest.keyClick(page.preview.view, Qt.Key.Key_F7)
    assert page.form.isAncestorOf(QApplication.focusWidget())


def test_a_subject_that_goes_takes_the_draft_along_and_says_so(
    begun: Callable[..., DocumentPage], make: Any, desk: Desk, messages: Messages
) -> None:
    from apprentice_desk.records.contracts import remove_contract

    key = make.contract(reference="XMP-77")
    page = begun(ORDER, SubjectKind.CONTRACT, key)
    with desk.change("Remove it") as session:
        remove_contract(session, key)
    page.refresh()
    assert "No document is begun" in words_of(page)
    assert messages.current_problem is not None
    assert "removed meanwhile" in messages.current_problem.text


def test_a_price_above_its_band_is_worth_a_look_and_holds_nothing_back(
    begun: Callable[..., DocumentPage], make: Any, desk: Desk
) -> None:
    make.standard()
    key = make.contract(reference="XMP-77")
    page = begun(ORDER, SubjectKind.CONTRACT, key)
    assert not page.notes.isVisible()
    with desk.change("Agree") as session:
        agree_price(session, key, PriceDetails("ST0116", Decimal(90_000), Decimal(0)))
    page.refresh()
    assert "above the funding band maximum" in words_of(page.notes)
    assert all(each.code != "DV004" for each in page.prepared.findings if refuses((each,)))


def test_back_leads_to_the_list(begun: Callable[..., DocumentPage], made: Procured) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    went: list[Any] = []
    page._desk.go = went.append
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    page.back.click()
    assert OpenPage("documents") in went


def test_the_clock_of_these_tests(desk: Desk) -> None:
    assert desk.clock.today() == date(2026, 9, 1)


def test_what_said_that_it_is_not_ready_goes_once_it_is(
    begun: Callable[..., DocumentPage], made: Procured, messages: Messages
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    page.ask_for_pdf()
    refused = messages.current_problem
    assert refused is not None
    assert "not ready" in refused.text
    fill_in(page, officer_name="Grace Park")
    assert messages.current_problem is refused
    fill_in(page, **OF_THE_COUNCIL, bidder_address="2 Low Road", **_law_fields(page))
    assert page.prepared is not None
    assert page.prepared.is_ready
    assert messages.current_problem is None


def test_what_said_that_it_is_not_ready_goes_with_the_page(
    begun: Callable[..., DocumentPage], made: Procured, messages: Messages
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    page.ask_for_pdf()
    assert messages.current_problem is not None
    page.hide()
    assert messages.current_problem is None


def test_what_is_wrong_with_a_field_is_seen_below_it(
    begun: Callable[..., DocumentPage], made: Procured, qtbot: Any
) -> None:
    page = begun("award-letter", SubjectKind.BIDDER, made.bidders[0])
    page.window().resize(1440, 620)
    field = page.form.input("papers_by_on")

    def is_seen() -> bool:
        view = page.form_area.viewport()
        return field.mapTo(view, field.rect().bottomLeft()).y() <= view.height()

    page.form.focus("papers_by_on")
    bar = page.form_area.verticalScrollBar()
    below = field.target.mapTo(page.form_area.viewport(), field.target.rect().bottomLeft()).y()
    bar.setValue(bar.value() + below - page.form_area.viewport().height())
    fill_in(page, papers_by_on="1/1/2026")
    assert "is in the past" in words_of(page.details)
    qtbot.waitUntil(is_seen)


def test_what_else_is_said_stays_when_the_document_becomes_ready(
    begun: Callable[..., DocumentPage], made: Procured, messages: Messages
) -> None:
    page = begun(LETTER, SubjectKind.BIDDER, made.bidders[1])
    page.ask_for_pdf()
    messages.warn("The folder is full.")
    fill_in(page, **OF_THE_COUNCIL, bidder_address="2 Low Road", **_law_fields(page))
    assert page.prepared is not None
    assert page.prepared.is_ready
    assert str(messages.current_problem) == "The folder is full."


def test_a_letter_that_one_bidder_gets_is_not_issued_for_all(
    begun: Callable[..., DocumentPage], made: Procured
) -> None:
    assert begun(LETTER, SubjectKind.BIDDER, made.bidders[1]).many.isVisible()
    assert not begun("award-letter", SubjectKind.BIDDER, made.bidders[0]).many.isVisible()
