"""The page of a clause: how it is written, checked, shown in pages, kept, approved and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.placing import standing_for
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.drafts import Drafts
from apprentice_desk.records import own_wording
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.own_wording import wording_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenWording, WriteClause, destination_of
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.wording.beside import WORDS
from apprentice_desk.ui.pages.wording.details import in_a_year
from apprentice_desk.ui.pages.wording.editor import ClausePage
from apprentice_desk.ui.pages.wording.page import WordingPage
from documents.wordings import clause
from records.acting import changing
from ui.wordings import FINE, keep, statuses, words_of

TODAY = date(2026, 9, 1)
PARKING = {"title": "Parking", "joins": "order-form", "follows": "of-law"}


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
    found.beside.switch.chosen.emit(WORDS)
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


def test_f7_goes_to_the_pages_and_back(writing: Callable[..., ClausePage]) -> None:
    found = writing(replaces="of-law")
    found.resize(640, 700)
    assert not found.sides.is_side_by_side
    found.turn.click()
    assert found.sides.is_panel_alone
    assert found.turn.text() == "Back to the text"
    assert found.beside.preview.view.hasFocus()
    found.turn.click()
    assert found.text.hasFocus()
    assert found.turn.text() == "Show the pages"
    found.resize(1300, 800)
    QTest.keyClick(found.text, Qt.Key.Key_F7)
    assert found.beside.preview.view.hasFocus()
    QTest.keyClick(found.beside.preview.view, Qt.Key.Key_F7)
    assert found.text.hasFocus()
    found.beside.switch.chosen.emit(WORDS)
    QTest.keyClick(found.text, Qt.Key.Key_F7)
    assert found.beside.view.accessibleName() == "The clause in words"
    assert found.beside.view.hasFocus()


def test_with_large_text_what_is_turned_to_is_in_sight(
    writing: Callable[..., ClausePage], theme: Theme, qtbot: Any
) -> None:
    found = writing(replaces="of-law")
    found.resize(500, 300)
    area = found.area.viewport()
    found.turn.click()
    top = found.sides.mapTo(area, found.sides.rect().topLeft()).y()
    assert 0 <= top <= area.height() / 2


def test_a_year_after_the_29_of_february_is_the_28() -> None:
    assert in_a_year(date(2028, 2, 29)) == date(2029, 2, 28)
    assert in_a_year(TODAY) == date(2027, 9, 1)


# --- its pages ------------------------------------------------------------------------------------


def said_on(found: ClausePage, page: int) -> str:
    """What a page of the preview says, on one line."""
    pages = found.beside.preview.pages
    assert pages is not None
    return " ".join(pages.words(page).split())


def test_the_clause_stands_in_the_pages_of_its_document_which_are_opened_there(
    writing: Callable[..., ClausePage],
) -> None:
    found = writing(replaces="of-law")
    preview = found.beside.preview
    assert preview.place is not None
    assert preview.view.page == preview.place.page > 0
    said = said_on(found, preview.place.page)
    assert "Law and courts" in said
    assert "The law of England and Wales applies" in said
    assert "Page 1 of" not in preview.where.text()
    assert not found.beside.choice.isVisible(), "it stands in one type only"
    reads = preview.view.accessibleDescription()
    assert reads.startswith("Law and courts\nThe law of England and Wales applies")
    preview.view.go_to(0)
    assert preview.view.page == 0
    preview.there.click()
    assert preview.view.page == preview.place.page


def test_what_is_typed_shows_in_the_pages_once_typing_rests(
    writing: Callable[..., ClausePage], checked: Callable[..., Any], settled: Callable[[], None]
) -> None:
    found = writing(replaces="of-law")
    preview = found.beside.preview
    found.text.appendPlainText(
        "\n{when known(framework)} The Council pays {provider_name}, as {ref:of-prices} says."
    )
    before = preview.pages
    assert preview.pages is before, "nothing is drawn while somebody types"
    checked(found)
    settled()
    assert preview.pages is not before
    said = said_on(found, preview.place.page)
    assert "The Council pays [The provider's name: not filled in], as clause " in said


def test_pages_that_are_not_the_newest_say_so(
    writing: Callable[..., ClausePage], checked: Callable[..., Any], settled: Callable[[], None]
) -> None:
    found = writing(replaces="of-law")
    count = found.beside.preview.count
    assert count > 0
    found.text.appendPlainText("A brace { that is none.")
    checked(found)
    settled()
    assert found.beside.preview.count == count
    assert "These pages are as they were before." in words_of(found.beside)
    found.text.undo()
    checked(found)
    settled()
    assert "as they were before" not in words_of(found.beside)


def test_of_a_clause_without_a_word_there_are_no_pages_and_it_says_why(
    writing: Callable[..., ClausePage], checked: Callable[..., Any], settled: Callable[[], None]
) -> None:
    found = writing(**PARKING)
    view = found.beside.preview.view
    assert found.beside.preview.count == 0
    assert "cannot be read as it stands" in view.accessibleDescription()
    found.text.setPlainText("Cars stand outside.")
    checked(found)
    settled()
    assert "Cars stand outside." in said_on(found, found.beside.preview.place.page)


def test_another_clause_does_not_show_the_pages_of_the_one_before(
    writing: Callable[..., ClausePage], settled: Callable[[], None]
) -> None:
    found = writing(replaces="of-law")
    found.check()  # its pages are under way
    found.arrive(WriteClause(**PARKING))
    settled()
    assert found.beside.preview.count == 0


def test_a_clause_of_several_types_is_shown_in_the_one_that_is_chosen(
    writing: Callable[..., ClausePage], checked: Callable[..., Any], settled: Callable[[], None]
) -> None:
    found = writing(replaces="letter-closing")
    choice = found.beside.choice
    assert choice.isVisible()
    assert found.beside.which.buddy() is choice
    assert "who will sign" in said_on(found, 0)
    choice.setCurrentText("Unsuccessful letter")
    choice.activated.emit(choice.currentIndex())
    settled()
    assert "who will sign" not in said_on(found, 0)
    assert "Yours sincerely" in said_on(found, found.beside.preview.place.page)


def test_a_clause_that_has_a_place_nowhere_says_so(
    writing: Callable[..., ClausePage], make: Any
) -> None:
    lost = clause("xmp-lost", "Nobody.", joins="no-such-type", follows="of-law")
    found = writing(wording_id=keep(make, lost))
    said = found.beside.preview.view.accessibleDescription()
    assert said == "No type of document has a place for this clause."


# --- what is typed and not saved ------------------------------------------------------------------


@pytest.fixture
def beside_desk(desk: Desk, tmp_path: Path) -> Callable[[], Drafts]:
    """Keep what is typed in a file, and read that again."""
    path = tmp_path / "kept.drafts"
    desk.drafts = Drafts(path, "Priya")

    def read() -> Drafts:
        desk.drafts.close()
        return Drafts(path, "Priya")

    return read


@pytest.fixture
def again(
    page: Callable[..., Any],
    desk: Desk,
    beside_desk: Callable[[], Drafts],
    settled: Callable[[], None],
) -> Callable[[], ClausePage]:
    """Come back in a window that knows only what is in the file, led by what is said there."""

    def come() -> ClausePage:
        desk.drafts = beside_desk()
        (waiting,) = desk.drafts.waiting()
        destination = destination_of(waiting.place)
        assert isinstance(destination, WriteClause)
        found: ClausePage = page("clause")
        found.arrive(destination)
        settled()
        return found

    return come


def typing(found: ClausePage, words: str, **details: str) -> None:
    """Type at the end of the text, and into fields, until it is kept."""
    found.text.moveCursor(found.text.textCursor().MoveOperation.End)
    QTest.keyClicks(found.text, words)
    found.form.type_in(details)
    found.keeper.keep()


def test_what_was_typed_and_not_saved_is_offered_again(
    beside_desk: Any, writing: Callable[..., ClausePage], again: Callable[[], ClausePage]
) -> None:
    typing(writing(**PARKING), "Cars stand outside.", owner="Facilities")
    found = again()
    assert found.text.toPlainText() == ""
    assert not found.has_unsaved_changes
    assert "You left this form half-done" in words_of(found.form)
    found.keeper.offer.back.click()
    assert found.text.toPlainText() == "Cars stand outside."
    assert found.form.value("owner") == "Facilities"
    assert found.has_unsaved_changes


def test_it_is_kept_by_itself_a_moment_after_typing(
    beside_desk: Any, writing: Callable[..., ClausePage], desk: Desk, qtbot: Any
) -> None:
    found = writing(replaces="of-law")
    QTest.keyClicks(found.text, "More. ")
    qtbot.waitUntil(lambda: bool(desk.drafts.waiting()))
    (waiting,) = desk.drafts.waiting()
    assert waiting.title == "Clause Law and courts"
    assert waiting.typed["text"].startswith("More. The law")


def test_what_is_saved_is_kept_no_more(
    beside_desk: Callable[[], Drafts], writing: Callable[..., ClausePage]
) -> None:
    found = writing(**PARKING)
    typing(found, "Cars stand outside.", written_by="Priya Shah")
    assert len(beside_desk().waiting()) == 1
    assert found.save()
    assert beside_desk().waiting() == ()
    typing(found, " And bikes.")
    assert len(beside_desk().waiting()) == 1
    assert found.save()
    assert beside_desk().waiting() == ()


@pytest.mark.parametrize("way", ["leave", "write another", "drop", "approve"])
def test_what_is_let_go_is_kept_no_more(
    beside_desk: Callable[[], Drafts], writing: Callable[..., ClausePage],
    again: Callable[[], ClausePage], way: str, went: list[Any],
) -> None:  # fmt: skip
    found = writing(replaces="of-law")
    typing(found, " More.", written_by="Priya Shah")
    assert len(beside_desk().waiting()) == 1
    if way == "drop":
        found = again()
        found.keeper.offer.away.click()
    elif way == "approve":
        found.approve.setEnabled(True)
        approve(found)
    else:
        if way == "leave":
            found.back.click()
        else:
            found.arrive(WriteClause(**PARKING))
        found.question.confirm.click()
    assert beside_desk().waiting() == ()


def test_what_was_typed_over_a_draft_that_changed_since_is_chosen_line_by_line(
    beside_desk: Any, writing: Callable[..., ClausePage], make: Any, store: Any,
    again: Callable[[], ClausePage],
) -> None:  # fmt: skip
    key = keep(make)
    typing(writing(wording_id=key), " And bikes.")
    theirs = FINE["clauses/xmp-parking.1.md"].replace("outside", "in the yard")
    changing(store, lambda s: own_wording.change_draft(s, key, theirs, "Bo"))
    found = again()
    assert found.text.toPlainText() == "Cars stand in the yard."
    found.keeper.offer.back.click()
    assert found.keeper.question is not None
    question = found.keeper.question
    assert list(question.mine) == ["text"]
    question.mine["text"].click()
    question.keep.click()
    assert found.text.toPlainText() == "Cars stand outside. And bikes."


def test_what_was_typed_into_a_version_that_was_approved_since_is_offered_in_the_next(
    beside_desk: Callable[[], Drafts], writing: Callable[..., ClausePage], make: Any, desk: Desk
) -> None:
    key = keep(make)
    found = writing(wording_id=key)
    typing(found, " And bikes.")
    desk.drafts = beside_desk()
    make.turn_wording(key, status=Standing.APPROVED, approved_on=TODAY, approved_by="Ruth")
    fresh = writing(next_of=key)
    assert fresh.keeper.offer is not None
    fresh.keeper.offer.back.click()
    assert fresh.text.toPlainText() == "Cars stand outside. And bikes."


def test_the_next_version_is_led_to_again(
    beside_desk: Any, writing: Callable[..., ClausePage], make: Any,
    again: Callable[[], ClausePage],
) -> None:  # fmt: skip
    key = keep(make, approved_by="Ruth Okafor")
    typing(writing(next_of=key), " And bikes.")
    found = again()
    assert "version 2" in found.header.subtitle.text()
    assert found.keeper.offer is not None


def test_undoing_the_first_saving_keeps_what_is_typed(
    beside_desk: Callable[[], Drafts], writing: Callable[..., ClausePage], desk: Desk, qtbot: Any
) -> None:
    found = writing(**PARKING)
    typing(found, "Cars stand outside.", written_by="Priya Shah")
    assert found.save()
    qtbot.waitUntil(lambda: bool(desk.undo_label))
    desk.undo()
    qtbot.waitUntil(lambda: found.has_unsaved_changes)
    (waiting,) = beside_desk().waiting()
    assert waiting.typed["text"] == "Cars stand outside."
    assert destination_of(waiting.place) == WriteClause(**PARKING)


def test_a_desk_open_to_read_only_keeps_nothing(
    desk_file: Path, store: Any, desk_on: Callable[..., Desk], make: Any, qtbot: Any
) -> None:
    key = keep(make)
    other = open_store(desk_file, read_only=True)
    desk = desk_on(other)
    found = ClausePage(desk)
    qtbot.addWidget(found)
    found.show()
    found.arrive(WriteClause(wording_id=key))
    typing(found, " And bikes.")
    assert "And bikes." in found.text.toPlainText()
    assert desk.drafts.waiting() == ()
    assert not found.save_button.isEnabled()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    other.close()
