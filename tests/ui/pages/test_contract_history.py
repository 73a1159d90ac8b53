"""The history on the page of a contract: told in words, and put back by one press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.vocabulary import (
    ContractFileKind,
    ExpiryKind,
    Measure,
    NoticeUnit,
    PaymentKind,
)
from apprentice_desk.records import contracts, providers
from apprentice_desk.records.contract_history import (
    HANGS_ON_IT,
    ContractChange,
    ContractHistory,
    ContractItem,
)
from apprentice_desk.records.contracts import ContractDetails
from apprentice_desk.ui.contracting.contracts import FIELDS
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.contract.history import HistoryPart
from apprentice_desk.ui.pages.contract.history_words import lines_of
from apprentice_desk.ui.pages.contract.page import ContractPage

DAY = date(2027, 1, 5)


def told(item: ContractItem) -> str:
    change = ContractChange(
        1, "Change", datetime(2026, 9, 1, tzinfo=UTC), "Grace", (), (item,), False, False, True
    )
    (line,) = lines_of(ContractHistory(ContractDetails(), (change,)), FIELDS)
    return line.words


ITEMS: dict[str, tuple[dict[str, Any], str]] = {
    "contract_extension": (
        {"number": 1, "to_on": DAY, "decide_by_on": DAY, "taken_on": DAY},
        "Extension 1: added, to 5 Jan 2027, to decide by 5 Jan 2027, taken up on 5 Jan 2027",
    ),
    "contract_expiry": (
        {"kind": ExpiryKind.CYBER, "ends_on": DAY, "note": ""},
        "Cyber security certificate: added, until 5 Jan 2027",
    ),
    "contract_price": (
        {
            "standard_code": "ST0116",
            "training_price": Decimal("14000.00"),
            "assessment_price": Decimal("3000.00"),
        },
        "Price of ST0116: added, £14,000.00 for training and £3,000.00 for assessment",
    ),
    "contract_measure": (
        {"measure": Measure.REVIEWS_ON_TIME, "agreed_percent": 95, "note": ""},
        "Agreed, progress reviews held on time: added, 95%",
    ),
    "contract_file": (
        {
            "kind": ContractFileKind.AWARD,
            "title": "",
            "file_name": "a.pdf",
            "dated_on": DAY,
        },
        "Document: added, Award letter, 5 Jan 2027",
    ),
    "document_made": (
        {"title": "Order form", "issued_on": DAY},
        "Document issued: added, Order form, 5 Jan 2027",
    ),
    "payment": (
        {"amount": Decimal("8944.10"), "paid_on": DAY, "kind": PaymentKind.TRAINING, "note": ""},
        "Payment: added, £8,944.10 on 5 Jan 2027",
    ),
}


@pytest.mark.parametrize("table", [each.__tablename__ for each in HANGS_ON_IT])
def test_everything_that_hangs_on_a_contract_is_told(table: str) -> None:
    row, says = ITEMS[table]
    assert told(ContractItem(table, None, row)) == says
    assert told(ContractItem(table, row, None)) == says.replace(": added,", ": removed,")


def test_what_was_altered_is_told_before_and_after() -> None:
    row = ITEMS["contract_measure"][0]
    assert told(ContractItem("contract_measure", row, row | {"agreed_percent": 80})) == (
        "Agreed, progress reviews held on time: from “95%” to “80%”"
    )
    assert told(ContractItem("contract_measure", row, row | {"note": "Agreed"})) == (
        "Agreed, progress reviews held on time: its note changed, 95%"
    )


def test_what_one_change_did_stands_in_the_order_of_its_kinds_and_days() -> None:
    payments = [
        ContractItem("payment", None, {"amount": Decimal(amount), "paid_on": date(2026, month, 1)})
        for amount, month in ((30, 7), (10, 1), (20, 4))
    ]
    extension = ContractItem("contract_extension", None, ITEMS["contract_extension"][0])
    change = ContractChange(
        1, "Change", datetime(2026, 9, 1, tzinfo=UTC), "", (), (*payments, extension),
        began=False, touched_others=False, may_be_taken_back=True,
    )  # fmt: skip
    lines = lines_of(ContractHistory(ContractDetails(), (change,)), FIELDS)
    assert [line.words.partition(":")[0] for line in lines] == ["Extension 1", *["Payment"] * 3]
    again = lines_of(ContractHistory(ContractDetails(), (change,)), FIELDS)
    assert [line.words[-10:] for line in again][1:] == ["1 Jan 2026", "1 Apr 2026", "1 Jul 2026"]


@pytest.fixture
def contract_id(make: Any) -> UUID:
    key: UUID = make.contract(reference="XMP-1", title="Old title", notice_count=None)
    return key


@pytest.fixture
def part(page: Callable[..., Any], contract_id: UUID) -> HistoryPart:
    opened: ContractPage = page("contract")
    opened.arrive(OpenContract(contract_id, "history"))
    found = opened.part("history")
    assert isinstance(found, HistoryPart)
    return found


def correct(desk: Desk, contract_id: UUID, **values: Any) -> None:
    with desk.change("Correct it") as session:
        details = contracts.contract_details(session, contract_id)
        contracts.correct_contract(session, contract_id, replace(details, **values))


def words(part: HistoryPart) -> list[str]:
    return [line.words for line in part.model.shown]


def choose(part: HistoryPart, begins: str) -> None:
    (line,) = [each for each in part.model.shown if each.words.startswith(begins)]
    part.table.choose(line.id)


def test_changes_are_told_in_words_the_newest_first(
    part: HistoryPart, desk: Desk, contract_id: UUID, make: Any, qtbot: Any
) -> None:
    assert words(part) == ["Contract added"]
    correct(
        desk, contract_id, title="New title", notice_count=3, notice_unit=NoticeUnit.MONTHS,
        is_open_to_joint_buying=True, value_limit=Decimal("1000.00"), ends_on=date(2027, 3, 31),
    )  # fmt: skip
    qtbot.waitUntil(lambda: len(words(part)) == 7)
    assert set(words(part)[:-1]) == {
        "Title: from “Old title” to “New title”",
        "Notice period: from blank to “3”",
        "Counted in: from blank to “Months”",
        "Open to joint buying: from blank to “Yes”",
        "Most that may be spent: from “£150,000.00” to “£1,000.00”",
        "Ends: from “31/03/2028” to “31/03/2027”",
    }
    assert part.model.columns[0].tip(part.model.row(0)).startswith("Correct it. ")


def test_a_provider_that_is_gone_is_said_to_be(
    part: HistoryPart, desk: Desk, contract_id: UUID, make: Any, qtbot: Any
) -> None:
    kestrel, first = make.provider(name="Kestrel Skills"), None
    with desk.change("Move") as session:
        details = contracts.contract_details(session, contract_id)
        first = details.provider_id
        contracts.correct_contract(session, contract_id, replace(details, provider_id=kestrel))
    with desk.change("Remove the provider") as session:
        assert first is not None
        session.delete(session.get_one(providers.Provider, first))
    says = "from “one that is not in this desk any more” to “Kestrel Skills"
    qtbot.waitUntil(lambda: words(part)[0].startswith(f"Training provider: {says}"))


def test_a_value_is_put_back_and_undo_takes_that_back(
    part: HistoryPart, desk: Desk, contract_id: UUID, qtbot: Any
) -> None:
    correct(desk, contract_id, title="New title", ends_on=date(2027, 3, 31))
    qtbot.waitUntil(lambda: len(words(part)) == 3)
    choose(part, "Title")
    part.value.click()
    qtbot.waitUntil(lambda: words(part)[0] == "Title: from “New title” to “Old title”")
    details = desk.store.read(contracts.contract_details, contract_id)
    assert (details.title, details.ends_on) == ("Old title", date(2027, 3, 31))
    choose(part, "Title: from “Old title”")
    assert not part.value.isEnabled(), "it is so now"
    qtbot.waitUntil(lambda: desk.undo_label == "Put back title of contract XMP-1")
    desk.undo()
    qtbot.waitUntil(part.value.isEnabled)


def test_a_whole_change_is_taken_back(
    part: HistoryPart, desk: Desk, contract_id: UUID, qtbot: Any
) -> None:
    assert not part.whole.isEnabled(), "the contract itself is removed elsewhere"
    correct(desk, contract_id, title="New title", ends_on=date(2027, 3, 31))
    qtbot.waitUntil(lambda: len(words(part)) == 3)
    choose(part, "Ends")
    part.whole.click()
    qtbot.waitUntil(lambda: len(words(part)) == 5)
    details = desk.store.read(contracts.contract_details, contract_id)
    assert (details.title, details.ends_on) == ("Old title", date(2028, 3, 31))


def test_what_does_not_go_any_more_is_refused_in_words(
    part: HistoryPart, desk: Desk, contract_id: UUID, messages: Messages, qtbot: Any
) -> None:
    correct(desk, contract_id, starts_on=date(2028, 4, 1), ends_on=date(2030, 3, 31))
    qtbot.waitUntil(lambda: len(words(part)) == 3)
    choose(part, "Ends")
    part.value.click()
    assert "cannot be put back for contract XMP-1" in str(messages.current_problem)
