"""The list of departures of what came back, from the page of documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apprentice_desk.documents import docx
from apprentice_desk.documents.returned_departures import Kind
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.keeping_documents import Subject, document_rows, keep_document
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.documents.page import DocumentsPage
from apprentice_desk.ui.pages.documents.returned import LEGEND, ReturnedDialog
from apprentice_desk.ui.pages.documents.returned_lines import CHOICES, COLUMNS
from documents.kept import kept_paper
from documents.sent_back import WordFile, changed_word


@pytest.fixture
def sent(make: Any, desk: Desk, tmp_path: Path) -> Path:
    """The Word file of an order form that was issued."""
    subject = Subject(SubjectKind.CONTRACT, make.contract(reference="XMP-77"))
    is_sample = desk.organisation.is_sample
    made, details = kept_paper("order-form", subject, is_sample=is_sample)
    path = docx.write(tmp_path / "sent.docx", made.document)
    with desk.store.change("Issue a document") as session:
        keep_document(session, details, path.read_bytes())
    return path


@pytest.fixture
def compared(
    page: Callable[..., Any], desk: Desk, sent: Path, qtbot: Any
) -> Callable[[Path], ReturnedDialog]:
    """Hold a file against the document, and return the dialog."""

    def compare(path: Path) -> ReturnedDialog:
        found: DocumentsPage = page("documents")
        found.table.choose_first()
        found.compare_with(found.table.chosen(), str(path))
        qtbot.waitUntil(lambda: not desk.jobs.is_busy)
        assert found.returned_dialog is not None
        return found.returned_dialog

    return compare


def shown(dialog: ReturnedDialog) -> list[str]:
    return [line.what for line in dialog.model.shown]


def test_the_file_is_asked_for_with_a_key_and_with_the_button(
    page: Callable[..., Any], sent: Path
) -> None:
    found: DocumentsPage = page("documents")
    found.table.setFocus()
    QTest.keyClick(found.table, Qt.Key.Key_F4)
    assert found.file_dialog is not None
    assert found.file_dialog.nameFilters() == [
        "Word or PDF (*.docx *.docm *.pdf)", "All files (*)",
    ]  # fmt: skip
    found.file_dialog.reject()
    found.file_dialog = None
    found.compare_button.click()
    assert found.file_dialog is not None
    found.file_dialog.reject()
    assert found.compare in found.table.actions()


def test_without_a_document_there_is_nothing_to_compare(page: Callable[..., Any]) -> None:
    found: DocumentsPage = page("documents")
    assert not found.compare.isEnabled()
    assert not found.compare_button.isEnabled()
    found.ask_what_came_back()
    assert found.file_dialog is None


def test_every_departure_is_listed_the_worst_first_and_its_words_are_shown(
    compared: Callable[[Path], ReturnedDialog], sent: Path, tmp_path: Path
) -> None:
    dialog = compared(changed_word(sent, tmp_path / "back.docx"))
    assert len(shown(dialog)) == 25
    assert shown(dialog)[0] == Kind.FIGURE.value
    assert "25 departures · 14 added" in dialog.summary.text()
    assert "19 not shown as changes in the file" in dialog.summary.text()
    said = dialog.words.toPlainText()
    assert "Figure or date changed: 1.1 (b) The parties" in said
    assert "[−19990002−]{+19990003+}" in said
    assert "It is not shown as a change in the file." in said
    assert LEGEND in said
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert "28 Feb [−2029,−]{+2028,+}" in dialog.words.toPlainText()
    dialog.close_button.click()


def test_each_kind_of_departure_can_be_read(
    compared: Callable[[Path], ReturnedDialog], sent: Path, tmp_path: Path
) -> None:
    dialog = compared(changed_word(sent, tmp_path / "back.docx"))
    said = {}
    for line in dialog.model.shown:
        assert dialog.table.choose(line.id)
        said[line.departure.kind] = dialog.words.toPlainText()
    assert "{+28 Price review" in said[Kind.CLAUSE_ADDED]
    assert "[−42 Environment" in said[Kind.CLAUSE_REMOVED]
    assert "now after 30.5" in said[Kind.MOVED]
    assert "[−" not in said[Kind.MOVED]
    assert "It is shown as a change" in said[Kind.REMOVED]
    dialog.accept()


def test_the_list_can_be_narrowed(
    compared: Callable[[Path], ReturnedDialog], sent: Path, tmp_path: Path
) -> None:
    dialog = compared(changed_word(sent, tmp_path / "back.docx"))
    counts = {}
    for at, (words, _) in enumerate(CHOICES):
        dialog.choice.setCurrentIndex(at)
        counts[words] = len(shown(dialog))
    assert counts == {
        "Everything": 25, "Additions, figures and dates": 14, "Not shown as a change": 19,
        "Shown as a change": 6, "Taken out": 4, "Other changes": 7, "Filled in, and remarks": 0,
    }  # fmt: skip
    assert dialog.words.toPlainText() == ""
    dialog.choice.setCurrentIndex(0)
    dialog.filter.setText("environment")
    assert shown(dialog) == [Kind.CLAUSE_REMOVED.value]
    dialog.accept()


def test_by_clause_they_stand_in_the_order_of_what_was_sent(
    compared: Callable[[Path], ReturnedDialog], sent: Path, tmp_path: Path
) -> None:
    dialog = compared(changed_word(sent, tmp_path / "back.docx"))
    dialog.table.sort_by(1)
    orders = [line.order for line in dialog.model.shown]
    assert orders == sorted(orders)
    assert [column.heading for column in COLUMNS][1] == "Clause"
    dialog.accept()


def test_where_nothing_departs_it_says_so(
    compared: Callable[[Path], ReturnedDialog], sent: Path
) -> None:
    dialog = compared(sent)
    assert shown(dialog) == []
    assert "No departure" in dialog.summary.text()
    dialog.accept()


def test_what_was_filled_in_and_remarked_stands_apart_at_the_end(
    compared: Callable[[Path], ReturnedDialog], sent: Path, tmp_path: Path
) -> None:
    word = WordFile(sent)
    word.swap("All that is paid for", "£117,000.00", "£171,000.00")
    word.add_after(word.paragraph("For Northgate Training"), "N. Frost", is_tracked=False)
    comments = (
        b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:comment w:id="1"><w:p><w:r><w:t>Talk to us.</w:t></w:r></w:p></w:comment>'
        b"</w:comments>"
    )
    dialog = compared(word.save(tmp_path / "back.docx", {"word/comments.xml": comments}))
    assert shown(dialog) == ["Figure or date changed", "Filled in", "Remark in the file"]
    assert dialog.summary.text().endswith("1 departure · 1 added, or figures, dates and duties"
                                          " changed · 1 filled in · 1 remark")  # fmt: skip
    dialog.table.choose(3)
    assert "Talk to us." in dialog.words.toPlainText()
    dialog.accept()


def test_the_list_is_copied_to_be_sent_to_the_provider(
    compared: Callable[[Path], ReturnedDialog], sent: Path, tmp_path: Path, desk: Desk, qtbot: Any
) -> None:
    dialog = compared(changed_word(sent, tmp_path / "back.docx"))
    dialog.saver.copy.trigger()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    text = QApplication.clipboard().text()
    assert "£117,000.00\t£171,000.00\tnot shown" in text
    dialog.saver.save_pdf(str(tmp_path / "list.pdf"))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    dialog.accept()


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_kept(
    page: Callable[..., Any], sent: Path, tmp_path: Path, desk: Desk, messages: Messages, qtbot: Any
) -> None:
    found: DocumentsPage = page("documents")
    before = desk.store.read(document_rows)
    bad = tmp_path / "back.docx"
    bad.write_bytes(b"{\\rtf1 not a Word file}")
    found.compare_with(found.table.chosen(), str(bad))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert found.returned_dialog is None
    assert messages.current_problem is not None
    assert "no Word document and no PDF" in messages.current_problem.text
    assert desk.store.read(document_rows) == before
