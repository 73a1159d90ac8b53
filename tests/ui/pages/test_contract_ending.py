"""What if we end it: told while one types a day, and nothing is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from apprentice_desk.domain.vocabulary import NoticeUnit
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract, OpenRecord
from apprentice_desk.ui.pages.contract.ending import NOTHING_SAVED, EndingDialog
from apprentice_desk.ui.pages.contract.page import ContractPage

Opener = Callable[..., EndingDialog]


@pytest.fixture
def asked(page: Callable[..., Any]) -> Opener:
    def open_it(contract_id: UUID) -> EndingDialog:
        opened: ContractPage = page("contract")
        opened.arrive(OpenContract(contract_id))
        opened.part("days").what_if.click()
        (found,) = [each for each in opened.findChildren(EndingDialog) if each.isVisible()]
        return found

    return open_it


def contract(make: Any, **changes: Any) -> UUID:
    values = {
        "reference": "XMP-1",
        "starts_on": date(2025, 3, 1),
        "ends_on": date(2027, 2, 20),
        "notice_count": 2,
        "notice_unit": NoticeUnit.WEEKS,
    } | changes
    key: UUID = make.contract(**values)
    return key


def facts(dialog: EndingDialog) -> dict[str, str]:
    return dict(dialog.told)


def give(dialog: EndingDialog, day: date | None) -> None:
    dialog.form.set_value("given_on", day)
    dialog.form.edited.emit()


def test_the_last_day_the_money_and_the_people_are_told(asked: Opener, make: Any) -> None:
    key = contract(make)
    make.apprentice(
        given_names="Ada", family_name="Obi", contract_id=key, agreed_price=Decimal("12000.00"),
        funding_band_maximum=Decimal("15000.00"), training_started_on=date(2025, 9, 1),
        training_planned_end_on=date(2027, 8, 31),
    )  # fmt: skip
    make.payment(key)
    dialog = asked(key)
    told = facts(dialog)
    shown = [each.text() for each in dialog.facts.findChildren(QLabel) if each.isVisible()]
    assert shown == [word for pair in dialog.told for word in pair]
    assert told["Notice"] == "2 weeks"
    assert told["Last day"] == "Tue 15 Sep 2026, 158 days earlier than agreed"
    assert told["Affected"] == "1 apprentice"
    (row,) = dialog.model.shown
    assert (row.name, row.planned_end_on) == ("Ada Obi", date(2027, 8, 31))
    assert told["Would be due after it"] == f"£{row.due_after:,}"
    assert dialog.says.text() == NOTHING_SAVED


def test_another_day_is_worked_out_while_it_is_typed(asked: Opener, make: Any) -> None:
    dialog = asked(contract(make))
    give(dialog, date(2027, 2, 19))
    assert facts(dialog)["Last day"].startswith("Sat 20 Feb 2027, as agreed")
    assert facts(dialog)["Affected"] == "nobody"
    assert not dialog.table.isVisible()
    give(dialog, date(2027, 2, 21))
    assert dialog.says.text() == "The contract is over by then."
    assert not dialog.facts.isVisible()
    give(dialog, None)
    assert dialog.says.text() == "Enter the day on which notice is given."


def test_what_was_paid_too_much_is_said(asked: Opener, make: Any) -> None:
    key = contract(make)
    make.payment(key)
    told = facts(asked(key))
    assert told["Paid too much"] == told["Paid so far"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ends_on": None}, "The last day of this contract is not known."),
        ({"notice_count": None, "notice_unit": None}, "The notice period of this contract is not"),
        (
            {
                "ends_on": date(2099, 1, 1),
                "notice_count": 900,
                "notice_unit": NoticeUnit.WORKING_DAYS,
            },
            "This cannot be worked out. The bank holidays of",
        ),
    ],
)
def test_what_cannot_be_worked_out_says_why(
    asked: Opener, make: Any, changes: dict[str, Any], says: str
) -> None:
    dialog = asked(contract(make, **changes))
    assert dialog.says.text().startswith(says)


def test_for_whom_the_money_is_not_known_is_said(asked: Opener, make: Any) -> None:
    key = contract(make)
    make.apprentice(contract_id=key, agreed_price=None)
    dialog = asked(key)
    assert dialog.says.text().startswith("For 1 apprentice it is not known what is due")
    assert dialog.model.columns[4].spoken(dialog.model.row(0)) == "not known"


def test_enter_opens_the_record_and_nothing_was_saved(
    asked: Opener, make: Any, desk: Desk, qtbot: Any
) -> None:
    key = contract(make)
    ada = make.apprentice(contract_id=key, training_planned_end_on=date(2027, 8, 31))
    dialog = asked(key)
    before = desk.store.latest_change().number
    dialog.table.choose(ada)
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert gone.args == [OpenRecord(ada)]
    assert desk.store.latest_change().number == before


def test_who_cannot_be_counted_on_to_finish_says_why(asked: Opener, make: Any) -> None:
    key = contract(make)
    make.apprentice(
        given_names="Ada", contract_id=key, training_planned_end_on=date(2026, 8, 31),
        agreed_price=Decimal("12000.00"),
    )  # fmt: skip
    dialog = asked(key)
    (row,) = dialog.model.shown
    assert row.planned_end_on == date(2026, 8, 31)
    assert dialog.model.columns[3].text(row) == "the planned end is past"
    assert facts(dialog)["Would be due after it"] == "£2,400.00"
