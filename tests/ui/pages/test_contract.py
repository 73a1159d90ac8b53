"""The page of one contract: what it shows of it, how one comes to it, and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit, Regime, Route
from apprentice_desk.records import contracts
from apprentice_desk.records.contract_terms import ContractExpiry, ContractExtension
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenPage
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.time_line_table import TimeLineTable
from apprentice_desk.ui.pages.contract.page import ContractPage


@pytest.fixture
def thames(make: Any) -> UUID:
    provider = make.provider(name="Thamesbank College", ukprn="19990001")
    key: UUID = make.contract(
        reference="XMP-2025-099",
        title="Software developer and data analyst training",
        provider_id=provider,
        regime=Regime.PCR_2015,
        route=Route.FRAMEWORK_COMPETITION,
        framework="Digital apprenticeships, lot 2",
        starts_on=date(2025, 3, 1),
        ends_on=date(2027, 2, 20),
        extension_to_on=date(2028, 2, 20),
        notice_by_on=date(2026, 12, 21),
        value_limit=Decimal("60000.00"),
    )
    return key


@pytest.fixture
def shown(page: Callable[..., Any], thames: UUID) -> ContractPage:
    opened: ContractPage = page("contract")
    opened.arrive(OpenContract(thames))
    return opened


def said(widget: Any) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def test_the_heading_names_provider_reference_and_how_it_was_awarded(shown: ContractPage) -> None:
    assert shown.header.title.text() == "Thamesbank College\u00a0· XMP-2025-099"
    assert shown.header.subtitle.text() == (
        "Software developer and data analyst training"
        " · awarded through a framework, further competition"
    )


def test_what_was_agreed_is_told_in_words(shown: ContractPage) -> None:
    words = said(shown.part("agreed"))
    assert "PCR 2015" in words
    assert "Digital apprenticeships, lot 2" in words
    assert "up to £60,000.00" in words


def test_the_days_of_the_contract_stand_along_a_line_with_today(shown: ContractPage) -> None:
    line = shown.part("days").line
    assert [(spot.words, spot.on) for spot in line.spots] == [
        ("Starts", date(2025, 3, 1)),
        ("Today", date(2026, 9, 1)),
        ("Notice by", date(2026, 12, 21)),
        ("Ends, extension to decide", date(2027, 2, 20)),
        ("Extension to", date(2028, 2, 20)),
    ]
    assert "Notice by: 21 Dec 2026, in 111 days" in line.accessibleDescription()


def test_the_line_is_a_table_too_by_one_key(shown: ContractPage, qtbot: Any) -> None:
    QTest.keyClick(shown, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = [each for each in shown.findChildren(TimeLineTable) if each.isVisible()]
    told = [(row.what, row.how_far) for row in dialog.model.shown]
    assert told == [
        ("Starts", "549 days ago"),
        ("Notice by", "in 111 days"),
        ("Extension to decide", "in 172 days"),
        ("Ends", "in 172 days"),
        ("Extension to", "in 537 days"),
    ]
    dialog.close_.click()


def test_an_insurance_that_runs_out_stands_in_the_table_alone(
    shown: ContractPage, thames: UUID, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Add an insurance") as session:
        session.add(
            ContractExpiry(
                contract_id=thames, kind=ExpiryKind.CYBER, ends_on=date(2027, 1, 31), note=""
            )
        )
    days = shown.part("days")
    qtbot.waitUntil(lambda: len(days.rows) == 6)
    assert ("Cyber security certificate runs out", date(2027, 1, 31)) in [
        (row.what, row.on) for row in days.rows
    ]
    assert len(days.line.spots) == 5


def test_an_extension_that_was_taken_up_moves_the_end(
    shown: ContractPage, thames: UUID, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Extend") as session:
        session.add(
            ContractExtension(
                contract_id=thames, number=1, to_on=date(2028, 2, 20), taken_on=date(2026, 8, 1)
            )
        )
    line = shown.part("days").line
    qtbot.waitUntil(lambda: line.spots[-1].words == "Ends")
    assert line.spots[-1].on == date(2028, 2, 20)


def test_a_contract_whose_days_are_not_known_says_so(
    page: Callable[..., Any], make: Any, qtbot: Any
) -> None:
    key = make.contract(starts_on=None, ends_on=None)
    opened = page("contract")
    opened.arrive(OpenContract(key))
    days = opened.part("days")
    assert not days.line.isVisible()
    assert days.says.text().startswith("Neither its first nor its last day is known.")
    assert not days.as_table.isVisible()


def test_a_contract_that_is_corrected_meanwhile_is_read_anew(
    shown: ContractPage, thames: UUID, desk: Desk, qtbot: Any
) -> None:
    with desk.change("Rename") as session:
        details = contracts.contract_details(session, thames)
        contracts.correct_contract(session, thames, replace(details, title="Digital training"))
    qtbot.waitUntil(lambda: shown.header.subtitle.text().startswith("Digital training"))


def test_a_contract_that_is_gone_is_said_and_not_shown(
    page: Callable[..., Any], messages: Messages
) -> None:
    opened = page("contract")
    opened.arrive(OpenContract(uuid4()))
    assert "not in the desk any more" in str(messages.current_problem)
    assert opened.contract is None
    assert opened.nothing.isVisible()


def test_without_a_contract_the_page_says_where_to_choose_one(
    page: Callable[..., Any], desk: Desk, qtbot: Any
) -> None:
    opened = page("contract")
    assert "No contract is chosen" in said(opened)
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        opened.back.click()
    assert gone.args == [OpenPage("contracts")]


def test_edit_opens_the_form_of_this_contract_and_what_is_saved_shows(
    shown: ContractPage, qtbot: Any
) -> None:
    QTest.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert shown.dialog is not None
    assert shown.dialog.form.value("reference") == "XMP-2025-099"
    shown.dialog.form.set_value("notice_count", 3)
    shown.dialog.form.set_value("notice_unit", NoticeUnit.MONTHS)
    shown.dialog.panel.submit()
    qtbot.waitUntil(lambda: "3 months" in said(shown.part("agreed")))


def test_one_comes_to_a_part_of_the_page_and_it_is_in_sight(
    shown: ContractPage, thames: UUID, qtbot: Any
) -> None:
    bar = shown.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    shown.arrive(OpenContract(thames, "history"))
    history = shown.part("history")
    qtbot.waitUntil(lambda: history.isAncestorOf(shown.window().focusWidget()))
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert not history.visibleRegion().isEmpty()
    shown.arrive(OpenContract(thames, "nothing of that name"))
    assert bar.value() == 0
    assert shown.back.hasFocus()
