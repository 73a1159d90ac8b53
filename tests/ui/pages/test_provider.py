"""The page of one provider: figures, contracts and people, and what was agreed to be mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.vocabulary import Measure, ProviderNoteKind
from apprentice_desk.records import programme_changes, provider_care
from apprentice_desk.records.provider_care import ActionDetails, ContactDetails, NoteDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenContract, OpenPage, OpenProvider
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.provider.page import ProviderPage

TODAY = date(2026, 9, 1)


@pytest.fixture
def riverside(make: Any) -> UUID:
    key: UUID = make.provider(name="Riverside College", ukprn="19990007")
    contract = make.contract(provider_id=key, reference="XMP-7", title="Data", ends_on=None)
    make.contract(provider_id=key, reference="XMP-8", starts_on=date(2026, 1, 1))
    ada = make.apprentice(
        given_names="Ada", family_name="King", provider_id=key, contract_id=contract,
        training_started_on=date(2026, 4, 6), agreed_price=Decimal("12000.00"),
        agreed_minutes=30_000, training_planned_end_on=date(2027, 10, 5),
    )  # fmt: skip
    make.review(ada, due_on=date(2026, 6, 20), held_on=date(2026, 6, 22))
    make.review(ada, due_on=date(2026, 8, 10), held_on=date(2026, 8, 10))
    return key


@pytest.fixture
def cared(make: Any, riverside: UUID) -> UUID:
    with make.store.change("Look after it") as session:
        provider_care.add_contact(
            session, riverside, ContactDetails("Nadia Frost", "Lead", "nadia@riverside.example")
        )
        note = provider_care.add_note(
            session,
            riverside,
            NoteDetails(ProviderNoteKind.CONCERN, date(2026, 8, 3), "Reviews are late", "Email"),
        )
        for what, due_on in (("Send dates", date(2026, 8, 31)), ("Meet", date(2026, 9, 9))):
            details = ActionDetails(what, "Nadia Frost", due_on, note)
            provider_care.add_action(session, riverside, details)
    return riverside


@pytest.fixture
def shown(page: Callable[..., Any], cared: UUID) -> ProviderPage:
    opened: ProviderPage = page("provider")
    opened.arrive(OpenProvider(cared))
    return opened


def cells(table: Any) -> list[list[str]]:
    return [[column.text(row) for column in table.rows.columns] for row in table.rows.shown]


def test_the_heading_says_who_it_is_and_how_much_it_does(shown: ProviderPage) -> None:
    assert shown.header.title.text() == "Riverside College"
    assert shown.header.subtitle.text() == (
        "UKPRN 19990007 · 2 contracts · 1 apprentice on programme"
    )


def test_measures_stand_quarter_by_quarter_and_blank_where_nothing_was_due(
    shown: ProviderPage,
) -> None:
    table = shown.over_time.table
    assert [column.heading for column in table.rows.columns] == [
        "Measure", "2026-27 Q2", "2026-27 Q1", "2025-26 Q4", "2025-26 Q3", "All time",
    ]  # fmt: skip
    by_measure = {row[0]: row[1:] for row in cells(table)}
    assert by_measure["Progress reviews held on time"] == ["100%", "0%", "", "", "50%"]
    assert by_measure["First review by week 12"] == ["", "100%", "", "", "100%"]
    assert by_measure["Apprentices kept to completion"] == [""] * 5
    assert shown.over_time.told.text() == (
        "2026-27 Q2 so far: 100%, 1 of 1 review that fell due was held on time.\n"
        "All time: 50%, 1 of 2 reviews that fell due were held on time."
    )


def test_a_blank_figure_is_said_not_to_be_known(shown: ProviderPage) -> None:
    table = shown.over_time.table
    row = next(row for row in table.rows.shown if row.id is Measure.KEPT_TO_COMPLETION)
    assert [column.spoken(row) for column in table.rows.columns[1:]] == ["not known"] * 5


def test_another_quarter_brings_other_columns(shown: ProviderPage) -> None:
    card, before = shown.over_time, shown.provider
    assert before is not None
    later = tuple(quarter.next() for quarter in before.quarters)
    card.show_provider(replace(before, quarters=later), is_other=False)
    assert card.table.rows.columns[1].heading == str(Quarter.parse("2026-27 Q3"))
    assert len(cells(card.table)) == len(Measure)
    assert card.table.isVisibleTo(card)
    assert access.out_of_order(shown) == []


def test_providers_stand_beside_each_other_by_name_with_blanks_for_what_is_not_known(
    make: Any, page: Callable[..., Any], riverside: UUID
) -> None:
    other = make.provider(name="Birch Training")
    make.apprentice(
        provider_id=other, agreed_price=None, training_started_on=None, weekly_minutes=None
    )
    make.provider(name="Trains nobody")
    shown = page("provider")
    shown.arrive(OpenProvider(riverside))
    by_name = {row[0]: row for row in cells(shown.compare.table)}
    assert "Trains nobody" not in by_name
    assert list(by_name) == sorted(by_name)
    birch, river = by_name["Birch Training"], by_name["Riverside College"]
    assert birch == ["Birch Training", "0", "", "", "", "", "", ""]
    assert river[:4] == ["Riverside College", "1", "50%", "100%"]
    assert river[-1] == "£24.00"
    assert shown.compare.table.chosen().name == "Riverside College"
    assert "Withdrawals: 0%, 0 of 1 apprentice on programme withdrew." in (
        shown.compare.told.text()
    )


def test_contracts_and_apprentices_lead_to_their_pages(shown: ProviderPage, desk: Desk) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    assert [row[0] for row in cells(shown.contracts.table)] == ["XMP-8", "XMP-7"]
    shown.contracts.table.choose(shown.provider.provider.contracts[1].id)
    for table in (shown.contracts.table, shown.people.table):
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Return)
    shown.to_people.click()
    QTest.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert gone == [
        OpenContract(shown.provider.provider.contracts[1].id),
        OpenApprentice(shown.people.table.chosen().id),
        OpenPage("apprentices", "Riverside College"),
        OpenPage("contracts"),
    ]
    assert cells(shown.people.table) == [["Ada King", "Live", "6 Apr 2026 to 5 Oct 2027"]]


def test_another_provider_in_the_comparison_leads_to_its_page(
    shown: ProviderPage, desk: Desk, cared: UUID
) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    QTest.keyClick(shown.compare.table, Qt.Key.Key_Return)
    assert gone == [OpenProvider(cared)]


def test_the_comparison_is_saved_as_it_is_seen_and_copied(
    shown: ProviderPage, desk: Desk, cared: UUID, tmp_path: Path, qtbot: Any
) -> None:
    saver = shown.compare.saver
    path = tmp_path / "compared.xlsx"
    saver.save_workbook(str(path))
    qtbot.waitUntil(lambda: path.exists() and not desk.jobs.is_busy)
    book = openpyxl.load_workbook(path)
    sheet = book["Providers compared"]
    headings = [column.heading for column in shown.compare.table.rows.columns]
    assert [cell.value for cell in sheet[1]] == headings
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert names == [row[0] for row in cells(shown.compare.table)]
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["All time, up to"] == "1 Sep 2026"
    pdf = tmp_path / "compared.pdf"
    saver.save_pdf(str(pdf))
    qtbot.waitUntil(lambda: pdf.exists() and not desk.jobs.is_busy)
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert [each.isEnabled() for each in saver.all] == [True] * 3
    assert shown.compare.save.isVisible()


def test_who_went_to_another_provider_is_still_told_of(
    make: Any, page: Callable[..., Any], riverside: UUID
) -> None:
    shown = page("provider")
    shown.arrive(OpenProvider(riverside))
    ada = shown.people.table.chosen().id
    other = make.provider(name="Birch Training")
    with make.store.change("Change provider") as session:
        programme_changes.change_provider(session, ada, date(2026, 8, 3), other)
    shown.arrive(OpenProvider(riverside))
    assert cells(shown.people.table)[0][:2] == ["Ada King", "With this provider until 2 Aug 2026"]
    assert shown.people.heading.text() == "Apprentices · 0 apprentices on programme"


def test_actions_say_what_is_overdue_and_who_does_what(shown: ProviderPage) -> None:
    card = shown.actions_
    assert card.heading.text() == "Actions · 2 open actions, 1 overdue"
    assert [row[:2] for row in cells(card.table)] == [["Overdue", "Send dates"], ["Open", "Meet"]]
    assert card.told.text() == "Send dates\nNadia Frost, by 31 Aug 2026."


def test_an_action_is_done_and_can_be_reopened(shown: ProviderPage, qtbot: Any) -> None:
    card = shown.actions_
    assert not card.reopen.isEnabled()
    card.finish.trigger()
    card.dialog.panel.submit()
    qtbot.waitUntil(lambda: card.heading.text() == "Actions · 1 open action")
    card.table.choose(card.table.rows.shown[-1].id)
    assert card.told.text().endswith("Done on 1 Sep 2026.")
    assert not card.finish.isEnabled()
    card.reopen.trigger()
    qtbot.waitUntil(lambda: card.heading.text() == "Actions · 2 open actions, 1 overdue")


def test_a_note_is_added_and_an_action_comes_of_it(shown: ProviderPage, qtbot: Any) -> None:
    notes = shown.notes
    notes.add_one.trigger()
    form = notes.dialog.panel.form
    form.set_value("kind", ProviderNoteKind.MEETING)
    form.set_value("words", "Tutors have changed")
    notes.dialog.panel.submit()
    qtbot.waitUntil(lambda: notes.table.rows.total == 2)
    newest = notes.table.rows.shown[0]
    assert newest.details == NoteDetails(ProviderNoteKind.MEETING, TODAY, "Tutors have changed")
    notes.table.choose(newest.id)
    notes.agree.trigger()
    form = notes.dialog.panel.form
    form.set_value("what", "Send the cover plan")
    form.set_value("owner", "Nadia Frost")
    notes.dialog.panel.submit()
    qtbot.waitUntil(lambda: shown.actions_.table.rows.total == 3)
    made = [row.row.details for row in shown.actions_.table.rows.shown]
    assert ActionDetails("Send the cover plan", "Nadia Frost", None, newest.id) in made


def test_what_is_missing_in_a_form_is_said_and_nothing_is_saved(shown: ProviderPage) -> None:
    contacts = shown.contacts
    contacts.add_one.trigger()
    contacts.dialog.panel.form.set_value("email", "nobody")
    contacts.dialog.panel.submit()
    assert contacts.dialog.isVisible()
    assert shown.contacts.table.rows.total == 1


def test_contacts_are_added_changed_and_removed(shown: ProviderPage, qtbot: Any) -> None:
    contacts = shown.contacts
    assert contacts.told.text() == "nadia@riverside.example"
    contacts.table.setFocus()
    QTest.keyClick(contacts.table, Qt.Key.Key_Return)
    contacts.dialog.panel.form.set_value("telephone", "020 7946 0107")
    contacts.dialog.panel.submit()
    qtbot.waitUntil(lambda: contacts.told.text().endswith("020 7946 0107"))
    contacts.remove_one.trigger()
    qtbot.waitUntil(lambda: contacts.table.rows.total == 0)
    assert not contacts.change_one.isEnabled()


def test_notes_and_actions_are_removed(shown: ProviderPage, qtbot: Any) -> None:
    shown.notes.remove_one.trigger()
    qtbot.waitUntil(lambda: shown.notes.table.rows.total == 0)
    shown.actions_.remove_one.trigger()
    qtbot.waitUntil(lambda: shown.actions_.table.rows.total == 1)


def test_its_name_is_put_right_by_keys(shown: ProviderPage, qtbot: Any) -> None:
    QTest.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = shown.dialog.form
    form.set_value("name", " ")
    shown.dialog.panel.submit()
    assert shown.dialog.isVisible()
    form.set_value("name", "Riverside Skills")
    shown.dialog.panel.submit()
    qtbot.waitUntil(lambda: shown.header.title.text() == "Riverside Skills")
    assert shown.header.subtitle.text().startswith("UKPRN 19990007")


def test_one_comes_to_an_item_of_a_card(shown: ProviderPage, cared: UUID) -> None:
    meet = shown.actions_.table.rows.shown[1].id
    shown.arrive(OpenProvider(cared, "actions", meet))
    assert shown.actions_.table.chosen().id == meet
    assert shown.actions_.table.hasFocus()


def test_a_large_desk_is_read_behind_the_window(
    page: Callable[..., Any], desk: Desk, cared: UUID, qtbot: Any
) -> None:
    desk.is_large = True
    opened = page("provider")
    opened.arrive(OpenProvider(cared, "notes"))
    assert opened.provider is None, "nothing is read on the window's thread"
    qtbot.waitUntil(lambda: opened.provider is not None)
    assert opened.header.title.text() == "Riverside College"
    assert opened.notes.table.hasFocus()


def test_a_provider_that_is_gone_is_said(page: Callable[..., Any], messages: Messages) -> None:
    opened = page("provider")
    opened.arrive(OpenProvider(uuid4()))
    assert opened.nobody.isVisible()
    assert opened.header.title.text() == "Provider"
    assert "not in the desk any more" in str(messages.current_problem)
