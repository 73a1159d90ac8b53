"""The part of a contract's page that says how the provider is doing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records import contract_measures
from apprentice_desk.records.contract_measures import AgreedDetails, agreed_measures
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenProvider
from apprentice_desk.ui.kit import access


@pytest.fixture
def contract(make: Any) -> UUID:
    provider = make.provider(name="Riverside College")
    key: UUID = make.contract(provider_id=provider, reference="XMP-7")
    people = [
        make.apprentice(
            provider_id=provider, contract_id=key, training_started_on=date(2026, 4, 6),
            training_planned_end_on=date(2027, 10, 5), agreed_minutes=30_000,
        )
        for _ in range(2)
    ]  # fmt: skip
    for number, someone in enumerate(people):
        make.review(someone, due_on=date(2026, 6, 20), held_on=date(2026, 6, 20 + number))
        make.review(someone, due_on=date(2026, 8, 10), held_on=date(2026, 8, 10))
    agreed = {Measure.REVIEWS_ON_TIME: 95, Measure.KEPT_TO_COMPLETION: 80, Measure.WITHDRAWALS: 10}
    with make.store.change("Agree") as session:
        for measure, percent in agreed.items():
            details = AgreedDetails(percent, "Schedule 2")
            contract_measures.agree_measure(session, key, measure, details)
    return key


@pytest.fixture
def part(page: Callable[..., Any], contract: UUID) -> Any:
    opened = page("contract")
    opened.arrive(OpenContract(contract, "measures"))
    return opened.part("measures")


def cells(part: Any) -> dict[str, list[str]]:
    lines = part.table.rows.shown
    columns = part.table.rows.columns
    return {columns[0].text(line): [each.text(line) for each in columns[1:]] for line in lines}


def test_agreed_this_quarter_and_last_stand_beside_each_other(part: Any) -> None:
    shown = cells(part)
    assert list(shown) == [
        "Progress reviews held on time", "First review by week 12", "Off-the-job hours to plan",
        "Apprentices kept to completion", "Withdrawals",
    ]  # fmt: skip
    assert shown["Progress reviews held on time"] == ["95%", "100%", "50%", "On track"]
    assert shown["First review by week 12"] == ["", "", "100%", ""]
    assert shown["Apprentices kept to completion"] == ["80%", "", "", "Nothing due yet"]
    assert shown["Withdrawals"] == ["at most 10%", "0%", "0%", "On track"]


def test_what_the_chosen_figures_are_made_of_stands_below(part: Any) -> None:
    assert part.told.text() == (
        "July to September 2026 so far: 100%, 2 of 2 reviews that fell due were held on time.\n"
        "April to June 2026: 50%, 1 of 2 reviews that fell due were held on time.\n"
        "All time: 75%, 3 of 4 reviews that fell due were held on time.\n"
        "Agreed: Schedule 2"
    )
    part.table.choose(Measure.KEPT_TO_COMPLETION)
    assert part.told.text().startswith("July to September 2026 so far: No apprenticeship ended.")


def test_what_is_blank_is_said_not_to_be_known(part: Any) -> None:
    line = part.table.rows.shown[1]
    assert part.table.rows.columns[2].spoken(line) == "not known"


def test_a_value_is_agreed_with_keys_alone(
    part: Any, store: Any, contract: UUID, qtbot: Any
) -> None:
    part.table.choose(Measure.HOURS_TO_PLAN)
    part.table.setFocus()
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    dialog = part.dialog
    dialog.panel.form.set_value("agreed_percent", 90)
    dialog.panel.submit()
    qtbot.waitUntil(lambda: cells(part)["Off-the-job hours to plan"][0] == "90%")
    assert cells(part)["Off-the-job hours to plan"][3] == "Behind"
    agreed = store.read(agreed_measures, contract)
    assert agreed[Measure.HOURS_TO_PLAN] == AgreedDetails(90)


def test_what_was_agreed_is_given_up_by_emptying_it(part: Any, qtbot: Any) -> None:
    part.agree.click()
    form = part.dialog.panel.form
    form.set_value("agreed_percent", 101)
    part.dialog.panel.submit()
    assert part.dialog.isVisible(), "a share is at most 100%"
    form.set_value("agreed_percent", None)
    form.set_value("note", "")
    part.dialog.panel.submit()
    qtbot.waitUntil(lambda: cells(part)["Progress reviews held on time"][0] == "")
    assert cells(part)["Progress reviews held on time"][3] == ""


def test_it_is_read_anew_when_a_review_is_held(part: Any, make: Any, qtbot: Any) -> None:
    someone = make.apprentice(contract_id=part._contract.id, training_started_on=date(2026, 4, 6))
    make.review(someone, due_on=date(2026, 8, 10), held_on=date(2026, 8, 31))
    qtbot.waitUntil(lambda: cells(part)["Progress reviews held on time"][1] == "66%")
    assert cells(part)["Progress reviews held on time"][3] == "Behind"


def test_the_provider_is_one_click_away(part: Any, desk: Desk, qtbot: Any) -> None:
    assert access.spoken_name(part.to_provider) == "The provider: Riverside College"
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        part.to_provider.click()
    assert gone.args == [OpenProvider(part._contract.provider_id)]
