"""The pages of wording: what is listed, how a clause is written, checked, approved and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.placing import standing_for
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.own_wording import Approval, Standing
from apprentice_desk.records import own_wording
from apprentice_desk.records.own_wording import wording_rows
from apprentice_desk.records.store import open_store
from apprentice_desk.ui.desk import Desk, MakeDocument, OpenPage, OpenWording, WriteClause
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.today.looking import needs_of_wording
from apprentice_desk.ui.pages.today.words import destination
from apprentice_desk.ui.pages.wording.details import in_a_year
from apprentice_desk.ui.pages.wording.editor import ClausePage
from apprentice_desk.ui.pages.wording.page import WordingPage
from documents.wordings import clause
from records.commands import changing

TODAY = date(2026, 9, 1)
FINE = clause(
    "xmp-parking", "Cars stand outside.", title="Parking", joins="order-form", follows="of-law",
)  # fmt: skip


@pytest.fixture
def settled(desk: Desk, qtbot: Any) -> Callable[[], None]:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: not desk.jobs.is_busy)


@pytest.fixture
def went(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Where the pages wanted to go."""
    found: list[Any] = []
    monkeypatch.setattr(desk, "go", found.append)
    return found


@pytest.fixture
def writing(
    page: Callable[..., Any], settled: Callable[[], None], qtbot: Any
) -> Callable[..., ClausePage]:
    """Begin to write, and wait for the checks."""

    def begin(**destination: Any) -> ClausePage:
        found: ClausePage = page("clause")
        found.arrive(WriteClause(**destination))
        settled()
        return found

    return begin


@pytest.fixture
def checked(settled: Callable[[], None], qtbot: Any) -> Callable[[ClausePage], tuple[str, ...]]:
    """Wait until the checks have seen what stands on a page, and return what they found."""

    def wait(found: ClausePage) -> tuple[str, ...]:
        qtbot.waitUntil(lambda: found.is_checked)
        return found.found.sentences

    return wait


def words_of(widget: Any) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def facts_of(found: WordingPage) -> str:
    return " | ".join(each.text() for each in found.panel.facts.findChildren(QLabel))


def keep(make: Any, file: dict[str, str] = FINE, **more: Any) -> UUID:
    ((named, text),) = file.items()
    key: UUID = make.wording(named, text, **more)
    return key


def statuses(desk: Desk) -> dict[str, Standing]:
    return {row.named: row.status for row in desk.store.read(wording_rows)}


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

    assert offered() == ["Go on writing…", "Approve…", "Remove the draft…"]
    assert found.table.choose("clauses/xmp-bikes.1.md")
    assert offered() == ["New version…", "Withdraw…"]
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
    assert not [each for each in found.panel.buttons if each.isVisible()]
    assert "open to read only" in found.header.subtitle.text()
    other.close()


# --- writing --------------------------------------------------------------------------------------


def test_without_a_clause_it_says_where_one_is_begun(
    page: Callable[..., Any], went: list[Any]
) -> None:
    found: ClausePage = page("clause")
    assert "No clause is begun" in words_of(found)
    assert not found.has_unsaved_changes
    found.nothing.action.click()
    assert went == [OpenPage("wording")]


def test_a_variant_begins_with_the_words_of_the_clause_and_is_in_order(
    writing: Callable[..., ClausePage], checked: Callable[..., tuple[str, ...]]
) -> None:
    found = writing(replaces="of-law")
    assert checked(found) == ()
    assert "The law of England and Wales applies" in found.text.toPlainText()
    assert "xmp-of-law, version 1 · not saved yet" in found.header.subtitle.text()
    assert "Instead of “Law and courts”" in found.header.subtitle.text()
    assert found.form.value("review_by") == date(2027, 9, 1)
    assert "Leave as it stands." in words_of(found.beside)
    assert "followed clause “Disputes”" in words_of(found.beside)
    assert found.approve.isEnabled()
    assert not found.has_unsaved_changes


def test_what_is_wrong_is_said_while_typing_with_the_line_marked(
    writing: Callable[..., ClausePage], checked: Callable[..., tuple[str, ...]]
) -> None:
    found = writing(title="Parking", joins="order-form", follows="of-law")
    assert checked(found) == ("The text is wrong: There is no text.",)
    assert not found.approve.isEnabled()
    found.text.setFocus()
    QTest.keyClicks(found.text, "Cars stand outside.")
    for _twice in range(2):
        QTest.keyClick(found.text, Qt.Key.Key_Return)
    QTest.keyClicks(found.text, "Each learner of {nothing} walks.")
    assert not found.approve.isEnabled(), "not before the checks have seen it"
    assert checked(found) == (
        "There is no field “nothing”.", "It says “learner”. Write apprentice.",
    )  # fmt: skip
    assert found.text.wrong_lines == (2,)
    assert not found.approve.isEnabled()
    assert "Behind “Law and courts”" in found.header.subtitle.text()
    found.text.moveCursor(found.text.textCursor().MoveOperation.Start)
    found.found.asked_for.emit(2)
    assert found.text.textCursor().blockNumber() == 2
    found.text.setPlainText("Cars stand outside.")
    assert checked(found) == ()
    assert found.text.wrong_lines == ()
    assert found.approve.isEnabled()


def test_fields_and_clauses_are_completed_while_typing(
    writing: Callable[..., ClausePage],
) -> None:
    found = writing(title="Parking", joins="order-form", follows="of-law")
    found.text.setFocus()
    QTest.keyClicks(found.text, "{provider_na")
    assert found.text.choices == (("provider_name}", "The provider's name"),)
    QTest.keyClick(found.text, Qt.Key.Key_Return)
    QTest.keyClicks(found.text, " as {ref:of-la")
    QTest.keyClick(found.text, Qt.Key.Key_Return)
    assert found.text.toPlainText() == "{provider_name} as {ref:of-law}"
    QTest.keyClicks(found.text, " {")
    QTest.keyClick(found.text, Qt.Key.Key_Escape)
    assert not found.text.has_list


def test_a_draft_is_saved_goes_on_and_undo_takes_it_back(
    writing: Callable[..., ClausePage], desk: Desk, qtbot: Any
) -> None:
    found = writing(title="Parking", joins="order-form", follows="of-law")
    found.text.setPlainText("Cars stand outside.")
    assert found.has_unsaved_changes
    assert not found.save(), "nobody wrote it"
    assert statuses(desk) == {}
    found.form.set_value("written_by", "Priya Shah")
    found.save_button.click()
    assert statuses(desk) == {"clauses/xmp-parking.1.md": Standing.DRAFT}
    assert not found.has_unsaved_changes
    found.text.setPlainText("Cars stand inside.")
    assert found.save()
    (row,) = desk.store.read(wording_rows)
    assert "Cars stand inside." in row.text
    qtbot.waitUntil(lambda: desk.undo_label.startswith("Save the draft"))
    desk.undo()
    qtbot.waitUntil(lambda: found.text.toPlainText() == "Cars stand outside.")
    desk.undo()
    assert statuses(desk) == {}
    qtbot.waitUntil(lambda: found.has_unsaved_changes)
    assert found.text.toPlainText() == "Cars stand outside."
    assert found.save()
    assert statuses(desk) == {"clauses/xmp-parking.1.md": Standing.DRAFT}


def approve(found: ClausePage, **values: Any) -> Any:
    found.ask_to_approve()
    assert found.dialog is not None
    given = {"by": "Ruth Okafor", "job_title": "Head of HR", "is_read": True} | values
    for name, value in given.items():
        found.dialog.form.set_value(name, value)
    dialog = found.dialog
    dialog.panel.submit()
    return dialog


def test_a_named_person_approves_it_and_documents_have_it(
    writing: Callable[..., ClausePage], checked: Callable[..., tuple[str, ...]], desk: Desk,
    went: list[Any],
) -> None:  # fmt: skip
    found = writing(replaces="of-law")
    found.form.set_value("written_by", "Priya Shah")
    assert checked(found) == ()
    assert standing_for(desk.store.read(library_of), "of-law").id == "of-law"
    approve(found)
    (row,) = desk.store.read(wording_rows)
    assert (row.status, row.approved_by, row.approved_as, row.approved_on, row.written_by) == (
        Standing.APPROVED, "Ruth Okafor", "Head of HR", TODAY, "Priya Shah",
    )  # fmt: skip
    assert standing_for(desk.store.read(library_of), "of-law").id == "xmp-of-law"
    assert went == [OpenWording("clauses/xmp-of-law.1.md")]
    assert not found.has_unsaved_changes


def test_nobody_approves_their_own_words_unless_they_are_alone(
    writing: Callable[..., ClausePage], checked: Callable[..., tuple[str, ...]], desk: Desk
) -> None:
    found = writing(replaces="of-law")
    found.form.set_value("written_by", "Ruth Okafor")
    checked(found)
    dialog = approve(found)
    assert "another person approves it" in words_of(dialog)
    assert statuses(desk) == {"clauses/xmp-of-law.1.md": Standing.DRAFT}
    dialog.form.set_value("is_read", False)
    dialog.form.set_value("is_alone", True)
    dialog.panel.submit()
    assert "Whoever approves it has read it" in words_of(dialog)
    dialog.form.set_value("is_read", True)
    dialog.panel.submit()
    assert statuses(desk) == {"clauses/xmp-of-law.1.md": Standing.APPROVED}


def test_a_draft_that_the_checks_refuse_is_not_approved_from_the_list_either(
    page: Callable[..., Any], make: Any, desk: Desk
) -> None:
    keep(make, clause("xmp-a", "Each learner.", joins="order-form", follows="of-law"))
    found: WordingPage = page("wording")
    found.approve.trigger()
    assert found.dialog is not None
    for name, value in {"by": "Ruth", "job_title": "Head", "is_read": True}.items():
        found.dialog.form.set_value(name, value)
    found.dialog.panel.submit()
    assert "It was not approved: It says “learner”." in words_of(found.dialog)
    assert statuses(desk) == {"clauses/xmp-a.1.md": Standing.DRAFT}


def test_a_draft_that_somebody_else_changed_is_not_saved_over(
    writing: Callable[..., ClausePage], make: Any, store: Any, messages: Messages
) -> None:
    key = keep(make)
    found = writing(wording_id=key)
    found.text.setPlainText("Mine.")
    changing(store, lambda s: own_wording.change_draft(s, key, "Theirs.", "Bo"))
    assert not found.save()
    assert messages.current_problem is not None
    assert "changed by somebody else" in messages.current_problem.text
    assert found.text.toPlainText() == "Mine."


def test_the_next_version_begins_with_the_words_of_the_last_and_goes_on_where_it_is_begun(
    writing: Callable[..., ClausePage], make: Any, desk: Desk
) -> None:
    key = keep(make, approved_by="Ruth Okafor")
    found = writing(next_of=key)
    assert "version 2" in found.header.subtitle.text()
    assert found.text.toPlainText() == "Cars stand outside."
    assert found.save()
    found.forget()
    found.arrive(WriteClause(next_of=key))
    assert "version 2 · a draft" in found.header.subtitle.text()
    assert len(statuses(desk)) == 2


def test_a_variant_of_what_has_one_already_is_its_next_version(
    writing: Callable[..., ClausePage], make: Any
) -> None:
    keep(make, clause("xmp-law", "The law.", title="Ours", replaces="of-law"), approved_by="Ruth")
    found = writing(replaces="of-law")
    assert "xmp-law, version 2" in found.header.subtitle.text()
    assert found.form.value("title") == "Ours"


def test_leaving_with_words_that_are_not_saved_asks(
    writing: Callable[..., ClausePage], went: list[Any]
) -> None:
    found = writing(replaces="of-law")
    found.text.setPlainText("Mine.")
    found.back.click()
    assert found.question is not None
    found.question.cancel.click()
    assert went == []
    assert found.unsaved_words == ["the clause “Law and courts”"]
    found.arrive(WriteClause(title="Parking", joins="order-form", follows="of-law"))
    assert "is not saved and will be lost" in words_of(found.question)
    found.question.confirm.click()
    assert found.form.value("title") == "Parking"
    found.back.click()
    assert went == [OpenPage("wording")]


def test_a_draft_that_is_approved_elsewhere_is_written_no_more(
    writing: Callable[..., ClausePage], make: Any, store: Any, qtbot: Any
) -> None:
    key = keep(make)
    found = writing(wording_id=key)
    make.turn_wording(key, status=Standing.APPROVED, approved_on=TODAY, approved_by="Ruth")
    qtbot.waitUntil(lambda: "No clause is begun" in words_of(found))


def test_an_approved_version_is_not_opened_to_be_edited(
    writing: Callable[..., ClausePage], make: Any, messages: Messages
) -> None:
    found = writing(wording_id=keep(make, approved_by="Ruth"))
    assert "No clause is begun" in words_of(found)
    assert messages.current_problem is not None
    assert "was approved" in messages.current_problem.text


def test_f7_goes_to_how_it_reads_and_back(writing: Callable[..., ClausePage], qtbot: Any) -> None:
    found = writing(replaces="of-law")
    found.resize(640, 700)
    assert not found.sides.is_side_by_side
    found.turn.click()
    assert found.sides.is_panel_alone
    assert found.turn.text() == "Back to the text"
    found.turn.click()
    assert found.text.hasFocus()
    found.resize(1300, 800)
    found._change_sides()
    assert found.beside.area.hasFocus()
    found._change_sides()
    assert found.text.hasFocus()


def test_a_year_after_the_29_of_february_is_the_28() -> None:
    assert in_a_year(date(2028, 2, 29)) == date(2029, 2, 28)
    assert in_a_year(TODAY) == date(2027, 9, 1)


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
