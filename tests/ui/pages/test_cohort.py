"""One document for several apprentices: begun in their list, asked once, issued into one folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from apprentice_desk.documents.contents_list import CONTENTS
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import apprentices
from apprentice_desk.records.keeping_documents import Subject, document_rows
from apprentice_desk.ui.contracting import for_several
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument, OpenRecord
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.document.page import DocumentPage

NOTE = "hand-over-note"
OF_ALL = {
    "new_manager_name": "Ravi Nair", "handed_over_on": "30/9/2026", "officer_name": "Priya Shah",
    "officer_title": "Lead", "officer_email": "priya@exampleton.example",
}  # fmt: skip
Settled = Callable[[], None]


@pytest.fixture
def settled(desk: Desk, qtbot: Any) -> Settled:
    """Wait until nothing is under way any more."""
    return lambda: qtbot.waitUntil(lambda: not desk.jobs.is_busy)


@pytest.fixture
def people(make: Any) -> list[UUID]:
    """Three, of whom the third has no line manager."""
    provider = make.provider(name="Northgate Training")
    return [
        make.apprentice(
            given_names=name, family_name="Cole", uln=None, provider_id=provider,
            line_manager=manager,
        )
        for name, manager in (("Amara", "Grace Park"), ("Ben", "Tom Reed"), ("Cy", ""))
    ]  # fmt: skip


@pytest.fixture
def begun(
    page: Callable[..., Any], people: list[UUID], settled: Settled
) -> Callable[..., DocumentPage]:
    """Begin a document for the three, the first of them shown."""

    def begin(type_id: str = NOTE) -> DocumentPage:
        found: DocumentPage = page("document")
        found.arrive(MakeDocument(type_id, "apprenticeship", people[0], tuple(people[1:])))
        settled()
        return found

    return begin


def fill_in(page: DocumentPage) -> None:
    page.form.type_in(OF_ALL)
    page._on_edited()
    page.cohort.work_out()


def test_who_lacks_something_that_is_not_asked_for_all_is_named_with_the_way_there(
    begun: Callable[..., DocumentPage], people: list[UUID], desk: Desk
) -> None:
    page = begun()
    assert page.cohort.isVisible()
    assert "asked once for all 3" in page.cohort.words.text()
    assert "1 of the others lacks more" in page.cohort.words.text()
    (left,) = page.cohort.left_out
    assert (left.name, left.why) == ("Cy Cole", "The line manager's name is missing.")
    assert "Amara Cole and 2 others" in page.header.subtitle.text()
    went: list[Any] = []
    desk.asked_to_go.connect(went.append)
    (way,) = [each for each in page.cohort.findChildren(QPushButton) if each.text() == "Go there"]
    way.click()
    assert went == [OpenRecord(people[2])]


def test_what_is_entered_in_the_desk_meanwhile_counts(
    begun: Callable[..., DocumentPage], people: list[UUID], desk: Desk, settled: Settled
) -> None:
    page = begun()
    with desk.change("Name the manager") as session:
        held = apprentices.held(session, people[2])

        apprentices.correct(session, people[2], replace(held.details, line_manager="Lee Wu"))
    page.refresh()
    settled()
    assert page.cohort.left_out == ()
    assert "Nothing else is missing" in page.cohort.words.text()


def test_one_each_is_issued_into_one_folder_and_the_one_left_out_is_said(
    gone_out: Any,
    begun: Callable[..., DocumentPage], desk: Desk, messages: Messages, settled: Settled,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = begun()
    fill_in(page)
    assert page.prepared is not None
    assert page.prepared.is_ready
    assert page.many.isVisible()
    page.many.click()
    assert page.issuer.file_dialog is not None
    page.issuer.file_dialog.reject()
    page.issuer.issue_many_to(page.prepared, str(tmp_path), page.cohort.others)
    settled()
    assert sorted(each.name for each in tmp_path.glob("*.pdf")) == [
        f"{CONTENTS}.pdf", "Hand-over note Amara Cole.pdf", "Hand-over note Ben Cole.pdf",
    ]  # fmt: skip
    assert len(desk.store.read(document_rows)) == 2
    said = messages.current_problem
    assert said is not None
    assert "1 document left out. Cy Cole: The line manager's name is missing." in said.text
    assert gone_out() == [("list", 2), ("document", 1), ("document", 1)]


def test_a_document_for_one_has_no_such_card_and_another_cohort_is_another_document(
    begun: Callable[..., DocumentPage], people: list[UUID], settled: Settled
) -> None:
    page = begun()
    page.arrive(MakeDocument(NOTE, "apprenticeship", people[0], tuple(people[1:])))
    assert page.question is None
    page.arrive(MakeDocument(NOTE, "apprenticeship", people[0]))
    settled()
    assert not page.cohort.isVisible()
    assert not page.many.isVisible()
    assert page.cohort.others == ()


def test_many_who_lack_something_are_counted_after_the_first(
    page: Callable[..., Any], make: Any, settled: Settled
) -> None:
    keys = [
        make.apprentice(given_names=f"Name {turn}", uln=None, line_manager="") for turn in range(11)
    ]
    opened: DocumentPage = page("document")
    opened.arrive(MakeDocument(NOTE, "apprenticeship", keys[0], tuple(keys[1:])))
    settled()
    assert "10 of the others lack more, and are left out" in opened.cohort.words.text()
    assert len(opened.cohort.left_out) == 10
    assert len(opened.cohort._rows) == 9
    assert opened.cohort._rows[-1].text() == "And 2 more."


# --- begun in the list of apprentices -------------------------------------------------------------


@pytest.fixture
def listed(page: Callable[..., Any], people: list[UUID]) -> Any:
    return page("apprentices")


def test_several_who_are_chosen_get_one_each(
    listed: Any, people: list[UUID], desk: Desk, make: Any
) -> None:
    went: list[Any] = []
    desk.asked_to_go.connect(went.append)
    listed.filter.setText("Cole")
    listed.table.selectAll()
    assert listed.actions_.new_document in listed.papers.menu().actions()
    dialog = listed.actions_.begin_document()
    assert dialog.windowTitle() == "New document for 3 apprentices"
    offered = {each.id for each in library().newest_types if each.subject == "apprenticeship"}
    assert offered >= {NOTE, "apprenticeship-agreement"}
    dialog.form.set_value("type_id", NOTE)
    dialog.form.edited.emit()
    shown = [each.text() for each in dialog.findChildren(QLabel)]
    assert library().type_of(NOTE).summary in shown
    dialog.panel.submit()
    assert went == [MakeDocument(NOTE, "apprenticeship", people[0], tuple(people[1:]))]


def test_one_who_is_chosen_is_what_it_is_about(listed: Any, people: list[UUID]) -> None:
    assert listed.table.choose(people[1])
    dialog = listed.actions_.begin_document()
    assert dialog is not None
    dialog.form.set_value("type_id", NOTE)
    dialog.form.edited.emit()
    assert dialog.form.value("subject").subject == Subject("apprenticeship", people[1])


def test_nothing_is_written_about_a_role_without_a_name(
    page: Callable[..., Any], make: Any
) -> None:
    key = make.apprentice(
        given_names="", family_name="", uln=None, training_started_on=None, weekly_minutes=None
    )
    opened = page("apprentices")
    assert opened._choose(key)
    assert not opened.actions_.new_document.isEnabled()
    assert opened.actions_.begin_document() is None


def test_wording_that_cannot_be_read_is_said(
    listed: Any, desk: Desk, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise Problem("The standard wording cannot be read.")

    monkeypatch.setattr(for_several, "library", broken)
    assert for_several.begin_for_several(desk, listed, [UUID(int=1), UUID(int=2)]) is None
    assert messages.current_problem is not None
