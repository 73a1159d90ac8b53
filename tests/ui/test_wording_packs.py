"""Packs of wording in the window: exported, looked through, taken in, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apprentice_desk.documents.packs import load_pack, save_pack
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.keeping_documents import Subject
from apprentice_desk.records.own_wording import wording_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.wording_packs.exporting import ExportDialog
from apprentice_desk.ui.wording_packs.importing import ImportDialog, look_through
from apprentice_desk.ui.wording_packs.packs_button import PacksButton
from apprentice_desk.ui.wording_packs.words import plain_tip
from documents.packed import pack_of
from documents.wordings import clause, of_type, part

PAY = clause("loti-pay", "The Council pays in 30 days.", title="Pay")
PAY_2 = clause("loti-pay", "The Council pays in 20 days.", title="Pay", version=2)
CARE = clause("loti-care", "Take care, as {ref:loti-pay} says.", title="Care")
NOTE = of_type("loti-note", "contract", (part("clauses", "loti-pay", "loti-care"),))


@pytest.fixture
def own(make: Any) -> None:
    """A document type of the desk's own with its clauses, in force, and a draft."""
    for file in (PAY, CARE, NOTE):
        for named, text in file.items():
            make.wording(named, text, approved_by="Ruth Okafor")
    make.wording("clauses/exb-draft.1.md", "+++")


def dialog_of(kind: type) -> Any:
    (found,) = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, kind) and each.isVisible()
    ]
    return found


def names(*files: dict[str, str]) -> set[str]:
    return {named for file in files for named in file}


def kept(desk: Desk) -> dict[str, Any]:
    return {row.named: row for row in desk.store.read(wording_rows)}


@pytest.fixture
def exporting(page: Callable[..., Any], own: None, settled: Callable[[], None]) -> ExportDialog:
    found = page("documents")
    found.packs.export.trigger()
    settled()
    dialog: ExportDialog = dialog_of(ExportDialog)
    return dialog


@pytest.fixture
def importing(
    page: Callable[..., Any], desk: Desk, settled: Callable[[], None], tmp_path: Path
) -> Callable[..., ImportDialog]:
    """Looks through a pack of these files."""

    def begin(*files: dict[str, str], **more: Any) -> ImportDialog:
        path = save_pack(pack_of(*files, **more), tmp_path / "terms.wording")
        look_through(desk, str(path), page("documents"))
        settled()
        found: ImportDialog = dialog_of(ImportDialog)
        return found

    return begin


def tick(dialog: Any, file: dict[str, str]) -> None:
    """Choose the row of a file and press Space, as a person does."""
    (named,) = file
    assert dialog.table.choose(named)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)


def press(dialog: Any, name: str) -> None:
    """Press Space in a field, as a person does."""
    QTest.keyClick(dialog.form.input(name).target, Qt.Key.Key_Space)


# --- exporting ------------------------------------------------------------------------------------


def test_what_was_written_here_is_ticked_and_goes_into_the_pack(
    exporting: ExportDialog, settled: Callable[[], None], tmp_path: Path, messages: Messages
) -> None:
    assert exporting.together.chosen == names(PAY, CARE, NOTE)
    assert exporting.count.text() == "3 versions ticked"
    exporting.form.set_value("title", "Pay 2027")
    exporting.form.set_value("note", "Read it.")
    exporting.submit()
    assert exporting.file_dialog is not None
    exporting.file_dialog.close()
    path = tmp_path / "pay.wording"
    exporting.file_dialog.fileSelected.emit(str(path))
    settled()
    pack = load_pack(path)
    assert (pack.title, pack.note, pack.sender) == ("Pay 2027", "Read it.", "Exampleton")
    assert {each.named for each in pack.items} == names(PAY, CARE, NOTE)
    assert str(messages.current).startswith("Saved the pack:")


def test_what_belongs_together_is_ticked_and_left_out_together(exporting: ExportDialog) -> None:
    tick(exporting, PAY)
    assert exporting.together.chosen == frozenset()
    assert exporting.count.text() == "Nothing is ticked · 2 went along: they belong together"
    assert not exporting.confirm.isEnabled()
    tick(exporting, CARE)
    assert exporting.together.chosen == names(CARE, PAY)
    exporting.filter.setText("award letter")
    exporting.every.click()
    assert len(exporting.together.chosen) > 2
    exporting.none.click()
    assert exporting.together.chosen == frozenset()
    exporting.own.click()
    assert exporting.together.chosen == names(PAY, CARE, NOTE)


def test_a_pack_without_a_title_is_not_asked_for_a_place(exporting: ExportDialog) -> None:
    exporting.submit()
    assert exporting.file_dialog is None
    exporting.form.set_value("title", "x" * 201)
    exporting.submit()
    assert exporting.file_dialog is None


def test_where_a_pack_cannot_be_saved_the_dialog_stays_and_says_so(
    exporting: ExportDialog, settled: Callable[[], None], tmp_path: Path
) -> None:
    exporting.form.set_value("title", "Pay")
    asked, _ = exporting.form.read()
    exporting.save_to(asked, str(tmp_path / "none" / "pay.wording"))
    settled()
    assert exporting.isVisible()
    assert exporting.confirm.isEnabled()
    assert "was not found" in str(exporting.messages.current_problem)
    assert exporting.has_typed


# --- importing ------------------------------------------------------------------------------------


def approve(dialog: ImportDialog) -> None:
    dialog.form.set_value("by", "Ivy Chen")
    dialog.form.set_value("job_title", "Head of HR")
    dialog.form.set_value("is_read", True)


def test_a_pack_is_compared_word_by_word_then_taken_in_and_undone(
    importing: Callable[..., ImportDialog], own: None, desk: Desk, make: Any,
    settled: Callable[[], None],
) -> None:  # fmt: skip
    contract = make.contract(reference="EXB-9")
    make.document(Subject(SubjectKind.CONTRACT, contract), clauses={"loti-pay": 1})
    make.wording(
        *next(iter(clause("xmp-pay", "Now.", replaces="loti-pay", title="Ours").items())),
        approved_by="Ruth Okafor",
    )
    dialog = importing(PAY_2, CARE)
    assert dialog.windowTitle() == "Import “Contract terms 2027”"
    assert "Read by lawyers in November." in dialog.sentence.text()
    assert dialog.count.text() == "1 of 1 change ticked"
    said = dialog.words.toPlainText()
    assert "The Council pays in [−30−] {+20+} days." in said
    assert "At the sender approved by Ada Byron on 20 Nov 2026." in said
    assert "“Ours” of this desk stays in its place" in said
    assert "Contracts made with what the desk has: EXB-9" in said
    worth = [str(dialog.table.rows.index(0, column).data()) for column in range(4)]
    assert worth[2:] == ["1, then 2", "Yours stays in its place · Used by 1 contract"]
    approve(dialog)
    assert dialog.confirm.text() == "Take in 1"
    dialog.confirm.click()
    settled()
    row = kept(desk)["clauses/loti-pay.2.md"]
    assert (row.status, row.approved_by, row.approved_as) == (
        Standing.APPROVED, "Ivy Chen", "Head of HR",
    )  # fmt: skip
    assert row.source == "Contract terms 2027, from LOTI"
    desk.undo()
    settled()
    assert "clauses/loti-pay.2.md" not in kept(desk)


def test_nobody_who_approves_and_nothing_is_taken_in(
    importing: Callable[..., ImportDialog], desk: Desk, settled: Callable[[], None]
) -> None:
    dialog = importing(PAY, CARE, NOTE)
    dialog.confirm.click()
    settled()
    assert dialog.isVisible()
    assert kept(desk) == {}
    press(dialog, "as_drafts")
    assert dialog.confirm.text() == "Take in 3 as drafts"
    dialog.confirm.click()
    settled()
    assert {row.status for row in kept(desk).values()} == {Standing.DRAFT}
    again = importing(PAY, CARE, NOTE)
    assert again.confirm.text() == "Take in 3"
    press(again, "as_drafts")  # they are drafts already
    assert not again.confirm.isEnabled()


def test_only_what_is_ticked_comes_in_with_what_it_needs(
    importing: Callable[..., ImportDialog], desk: Desk, settled: Callable[[], None]
) -> None:
    more = clause("loti-more", "More.", title="More")
    dialog = importing(PAY, CARE, NOTE, more)
    tick(dialog, PAY)
    assert dialog.together.chosen == names(more)
    tick(dialog, CARE)
    assert dialog.together.chosen == names(more, CARE, PAY)
    assert "goes together" in dialog.count.text()
    approve(dialog)
    dialog.confirm.click()
    settled()
    assert set(kept(desk)) == names(more, CARE, PAY)


def test_what_a_pack_says_is_shown_as_it_is_written_and_never_obeyed(
    importing: Callable[..., ImportDialog], own: None
) -> None:
    named = '<img src="x.png"><b>Pay</b>'
    odd = clause("loti-pay", f"<h1>{named}</h1>", title=named.replace('"', "'"))
    dialog = importing(odd, title=named, sender=named, note=named)
    assert dialog.words.toPlainText().count("<b>Pay</b>") == 1
    assert "<b>Pay</b>" in dialog.sentence.text()
    assert dialog.sentence.textFormat() is Qt.TextFormat.PlainText
    assert dialog.title.textFormat() is Qt.TextFormat.PlainText
    assert (
        plain_tip(named) == "<span>&lt;img src=&quot;x.png&quot;&gt;&lt;b&gt;Pay&lt;/b&gt;</span>"
    )
    assert plain_tip("Pay & go") == "Pay & go"


def test_what_is_refused_says_why_and_cannot_be_ticked(
    importing: Callable[..., ImportDialog], own: None
) -> None:
    other = clause("loti-pay", "The Council pays at once.", title="Pay")
    dialog = importing(other)
    assert dialog.count.text() == "Nothing is new to this desk · 1 cannot be taken"
    assert "another text as version 1" in dialog.words.toPlainText()
    tick(dialog, other)
    assert dialog.together.chosen == frozenset()
    assert not dialog.confirm.isEnabled()


def test_wording_that_would_not_be_in_order_is_said_and_left(
    importing: Callable[..., ImportDialog], desk: Desk, settled: Callable[[], None]
) -> None:
    dialog = importing(clause("loti-bad", "{no_such} and {none}"))
    assert str(dialog.messages.current_problem) == (
        "In this desk its wording would not be in order. There is no field “no_such”. 1 more are"
        " not in order. Leave out what it concerns, or take the pack in as drafts."
    )
    approve(dialog)
    dialog.confirm.click()
    settled()
    assert "There is no field “no_such”" in str(dialog.messages.current_problem)
    assert dialog.confirm.isEnabled()
    assert kept(desk) == {}


def test_what_the_desk_got_meanwhile_is_nothing_to_do(
    importing: Callable[..., ImportDialog], desk: Desk, settled: Callable[[], None], make: Any,
    messages: Messages,
) -> None:  # fmt: skip
    dialog = importing(PAY)
    ((named, text),) = PAY.items()
    make.wording(named, text)
    press(dialog, "as_drafts")
    dialog.confirm.click()
    settled()
    assert str(messages.current) == "Nothing to do: the desk has all of it."


def test_a_file_that_is_no_pack_is_said(
    page: Callable[..., Any], desk: Desk, settled: Callable[[], None], tmp_path: Path,
    messages: Messages,
) -> None:  # fmt: skip
    path = tmp_path / "notes.wording"
    path.write_text("My notes")
    found = page("documents")
    found.packs.take.trigger()
    found.packs.file_dialog.close()
    found.packs.file_dialog.filesSelected.emit([str(path)])
    settled()
    assert str(messages.current_problem).startswith("“notes.wording” is no pack of wording.")


def test_a_desk_that_is_open_to_read_only_takes_no_pack_in(
    page: Callable[..., Any], location: str, store: Store, desk_on: Callable[[Store], Desk],
    qtbot: Any,
) -> None:  # fmt: skip
    found = page("documents")
    assert [each.text() for each in found.packs.menu().actions()] == [
        "Export a pack…", "Import a pack…",
    ]  # fmt: skip
    assert found.packs.take.isEnabled()
    store.close()
    shut = PacksButton(desk_on(open_store(location, read_only=True)), found)
    qtbot.addWidget(shut)
    assert shut.export.isEnabled()
    assert not shut.take.isEnabled()
