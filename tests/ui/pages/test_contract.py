"""The page of one contract: what it shows of it, how one comes to it, and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import contracts
from apprentice_desk.ui.desk import Desk, OpenContract, OpenReturnRecord
from apprentice_desk.ui.kit.messages import Messages
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
    assert shown.header.title.text() == "Thamesbank College · XMP-2025-099"
    assert shown.header.subtitle.text() == (
        "Software developer and data analyst training"
        " · awarded through a framework, further competition"
    )


def test_what_was_agreed_is_told_in_words(shown: ContractPage) -> None:
    words = said(shown.part("agreed"))
    assert "PCR 2015" in words
    assert "Digital apprenticeships, lot 2" in words
    assert "up to £60,000.00" in words


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
    assert gone.args == [OpenReturnRecord("contracts")]


def test_edit_leads_to_the_form_of_this_contract(
    shown: ContractPage, thames: UUID, desk: Desk, qtbot: Any
) -> None:
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        shown.edit.click()
    assert gone.args == [OpenReturnRecord("contracts", thames, "reference")]
