"""The list of documents: what it shows, what can be done with one, and which wording is in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from apprentice_desk.documents import own_wording, wording
from apprentice_desk.documents.issuing import Entering
from apprentice_desk.documents.wording import Library, library
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject, document_rows
from apprentice_desk.records.organisation import organisation_key
from apprentice_desk.ui.contracting.leading import way_to
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import (
    MakeDocument,
    OpenContract,
    OpenPage,
    OpenProcurement,
    OpenRecord,
    OpenSecondment,
)
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.documents.columns import FILTERS
from apprentice_desk.ui.pages.documents.page import DocumentsPage
from procured import Procured, procured

CLAUSE = "of-parties"


@pytest.fixture
def issued(make: Any) -> UUID:
    """An order form, of a contract that ends in 2028, with version 1 of a clause."""
    contract = make.contract(reference="XMP-77")
    made: UUID = make.document(
        Subject(SubjectKind.CONTRACT, contract), b"%PDF- the order form", type_id="order-form",
        clauses={CLAUSE: 1, "of-law": 1}, title="Order form XMP-77", issued_on=date(2026, 8, 3),
    )  # fmt: skip
    return made


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The packaged library with a second version of one clause beside the first."""
    first = library().clause(CLAUSE)
    second = replace(first, version=2, text=f"{first.text}\n\nOne more sentence stands here.")
    made = replace(library(), clauses=(*library().clauses, second))
    monkeypatch.setattr(own_wording, "library", lambda: made)
    return made


@pytest.fixture
def settled(desk: Desk, qtbot: Any) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def rows_of(page: Any) -> list[list[str]]:
    model = page.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def words_of(widget: Any) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_an_empty_list_says_what_to_do_and_does_it(page: Callable[..., Any]) -> None:
    found: DocumentsPage = page("documents")
    assert "No documents yet" in words_of(found)
    assert library().settings.version in found.header.subtitle.text()
    found.add.click()
    assert found.dialog is not None
    found.dialog.reject()


def test_what_was_issued_is_listed(page: Callable[..., Any], issued: UUID) -> None:
    found: DocumentsPage = page("documents")
    (row,) = rows_of(found)
    assert row[0] == "03/08/2026"
    assert row[1] == "Order form with contract schedules"
    assert "XMP-77" in row[2]
    assert row[4] == "Newest"
    assert "1 document issued" in found.header.subtitle.text()


def test_newer_wording_is_told_and_compared_word_by_word(
    page: Callable[..., Any], issued: UUID, newer: Library, settled: Callable[[], None]
) -> None:
    found: DocumentsPage = page("documents")
    assert rows_of(found)[0][4] == "1 clause newer"
    assert "1 with newer wording" in found.header.subtitle.text()
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_F3)
    settled()
    assert found.newer_dialog is not None
    said = found.newer_dialog.text.toPlainText()
    assert "The parties: version 1, now version 2" in said
    assert "{+" in said
    assert "One more sentence stands here." in said
    assert "[−" not in said.replace("[−square brackets with a minus−]", "")  # nothing goes
    found.newer_dialog.close_button.click()


def test_of_the_newest_wording_nothing_is_newer(
    page: Callable[..., Any], issued: UUID, settled: Callable[[], None]
) -> None:
    found: DocumentsPage = page("documents")
    found.show_newer()
    settled()
    assert found.newer_dialog is not None
    assert "Nothing is newer" in found.newer_dialog.text.toPlainText()
    found.newer_dialog.accept()


def test_the_file_is_saved_as_it_was_issued(
    gone_out: Any,
    page: Callable[..., Any], issued: UUID, settled: Callable[[], None], tmp_path: Path,
    messages: Messages,
) -> None:  # fmt: skip
    found: DocumentsPage = page("documents")
    found.ask_where()
    assert found.file_dialog is not None
    found.file_dialog.reject()
    target = tmp_path / "copy.pdf"
    found.save_to(found.table.chosen(), str(target))
    settled()
    assert target.read_bytes() == b"%PDF- the order form"
    assert messages.current is not None
    assert str(target) in messages.current.text
    assert gone_out() == [("copy of a file", None)]


def test_a_document_is_removed_after_a_question_and_comes_back(
    page: Callable[..., Any], issued: UUID, desk: Desk
) -> None:
    found: DocumentsPage = page("documents")
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_Delete)
    assert found.question is not None
    found.question.cancel.click()
    assert desk.store.read(document_rows)
    found.ask_to_remove()
    found.question.confirm.click()
    assert not desk.store.read(document_rows)
    desk.store.undo(desk.store.undoable().number)
    assert [row.id for row in desk.store.read(document_rows)] == [issued]


def test_it_leads_to_what_a_document_is_about(
    page: Callable[..., Any], issued: UUID, make: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[Any] = []
    monkeypatch.setattr(desk, "go", went.append)
    made: Procured = procured(make)
    make.document(Subject(SubjectKind.PROCUREMENT, made.id), title="Invitation")
    make.document(Subject(SubjectKind.BIDDER, made.bidders[1]), title="Letter")
    ada = make.apprentice()
    review, away = make.review(ada), make.secondment(apprenticeship_id=ada)
    ours = desk.store.read(organisation_key)
    for kind, key in (
        (SubjectKind.APPRENTICESHIP, ada),
        (SubjectKind.REVIEW, review),
        (SubjectKind.SECONDMENT, away),
        (SubjectKind.ORGANISATION, ours),
    ):
        make.document(Subject(kind, key))
    found: DocumentsPage = page("documents")
    for line in list(found.model.shown):
        found.table.choose(line.id)
        found.go_to_subject()
    contract = next(row.subject.id for row in desk.store.read(document_rows) if row.id == issued)
    assert OpenContract(contract) in went
    assert OpenProcurement(made.id) in went
    assert OpenProcurement(made.id, "bidders", made.bidders[1]) in went
    assert OpenRecord(ada) in went
    assert OpenRecord(ada, "reviews", review) in went
    assert OpenSecondment(away) in went
    assert OpenPage("returns") in went
    assert way_to(desk, Subject(SubjectKind.CONTRACT, ours)) is None
    bidder = Subject(SubjectKind.BIDDER, made.bidders[1])
    assert way_to(desk, bidder, Entering.SCORES) == OpenProcurement(made.id, "scores")
    assert way_to(desk, Subject(SubjectKind.CONTRACT, contract), Entering.PRICES) == OpenContract(
        contract, "prices"
    )


def test_the_list_is_narrowed_to_what_has_newer_wording(
    page: Callable[..., Any], issued: UUID, make: Any, newer: Library
) -> None:
    make.document(title="Another", clauses={"of-law": 1})
    found: DocumentsPage = page("documents")
    assert found.model.rowCount() == 2
    found.narrowing.choose(FILTERS[1])
    assert [line.id for line in found.model.shown] == [issued]


def test_which_contracts_use_a_version_is_a_list(
    page: Callable[..., Any], issued: UUID, newer: Library, desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    went: list[Any] = []
    monkeypatch.setattr(desk, "go", went.append)
    found: DocumentsPage = page("documents")
    found.uses.click()
    dialog = found.uses_dialog
    assert dialog is not None
    rows = rows_of(dialog)
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        (library().clause("of-law").title, "1", "XMP-77", "Newest"),
        (library().clause(CLAUSE).title, "1", "XMP-77", "Version 2 is out"),
    ]
    QTest.keyClicks(dialog.filter, "parties 1")
    assert len(dialog.model.shown) == 1
    dialog.go.click()
    assert isinstance(went[0], OpenContract)


def test_without_contracts_the_list_of_uses_says_so(page: Callable[..., Any]) -> None:
    found: DocumentsPage = page("documents")
    found.uses.click()
    assert found.uses_dialog is not None
    assert "No contract has a document yet" in words_of(found.uses_dialog)
    found.uses_dialog.close_button.click()


# --- beginning one --------------------------------------------------------------------------------


def begin(page: Any, type_id: str) -> Any:
    page.start_adding()
    page.dialog.form.set_value("type_id", type_id)
    page.dialog.form.edited.emit()
    return page.dialog


def test_a_new_document_asks_what_it_is_about_and_goes_there(
    page: Callable[..., Any], make: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[Any] = []
    monkeypatch.setattr(desk, "go", went.append)
    contract = make.contract(reference="XMP-77")
    found: DocumentsPage = page("documents")
    dialog = begin(found, "order-form")
    assert library().type_of("order-form").summary in words_of(dialog)
    dialog.form.input("subject").type_in("XMP-77")
    dialog.panel.submit()
    assert went == [MakeDocument("order-form", "contract", contract)]


def test_a_letter_of_award_is_offered_for_who_won_and_the_other_for_who_lost(
    page: Callable[..., Any], make: Any
) -> None:
    procured(make, is_decided=True)
    found: DocumentsPage = page("documents")
    for type_id, names in (
        ("award-letter", ["College"]),
        ("unsuccessful-letter", ["Beta Skills", "Gamma Training"]),
    ):
        dialog = begin(found, type_id)
        offered = [each.name for each, _words in dialog.form.input("subject")._pairs]
        assert sorted(offered) == names
        dialog.reject()


def test_without_anything_to_be_about_it_says_where_to_enter_that(page: Callable[..., Any]) -> None:
    found: DocumentsPage = page("documents")
    dialog = begin(found, "invitation-to-quote")
    assert "There is no procurement yet" in words_of(dialog)
    dialog.panel.submit()
    assert dialog.isVisible()
    dialog.reject()


def test_the_wording_that_cannot_be_read_is_told(
    page: Callable[..., Any], messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: DocumentsPage = page("documents")
    wording.library.cache_clear()
    monkeypatch.setattr(wording, "packaged_files", lambda: {"library.toml": "version = "})
    found.start_adding()
    wording.library.cache_clear()
    assert found.dialog is None
    assert messages.current_problem is not None
    assert "library.toml" in messages.current_problem.text
