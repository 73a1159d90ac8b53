"""Payments from a list, through the page: each beside what is due, as one change."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate
from apprentice_desk.records.contracts import payment_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenPage
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step
from apprentice_desk.ui.shell import arriving

ROWS = (
    ("PO number", "Learner", "Date paid", "Amount", "Invoice no"),
    ("XMP-2026-099", "Ada Obi", "05/12/2025", "1,719.99", "T-7"),
    ("XMP-2026-099", "Ada Obi", "06/12/2025", "10.00", "T-8"),
    ("XMP-2026-099", "Ada Obi", "06/12/2025", "10.00", "T-8"),
    ("XMP-2026-099", "", "07/12/2025", "(50.00)", "C-1"),
    ("XMP-9", "Ada Obi", "07/12/2025", "50.00", ""),
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "paid.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(ROWS)
    return str(file)


@pytest.fixture
def importing(page: Callable[..., Any], make: Any) -> ImportsPage:
    key = make.contract(reference="XMP-2026-099")
    make.apprentice(
        given_names="Ada", family_name="Obi", contract_id=key, agreed_price=Decimal("17200.00")
    )
    opened: ImportsPage = page("imports")
    return opened


def wait(qtbot: Any, desk: Desk) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def texts(page: ImportsPage, heading: str) -> list[str]:
    model = page.review_part.model
    (column,) = [each for each in model.columns if each.heading == heading]
    return [column.text(row) for row in model.shown]


def test_each_payment_stands_beside_what_is_due_before_anything_is_recorded(
    importing: ImportsPage, desk: Desk, qtbot: Any, path: str, store: Store
) -> None:
    importing.arrive(ImportList("payments"))
    assert importing.header.title.text() == "Import payments"
    assert importing.choose_part.kind.button(Kind.PAYMENTS).isChecked()
    importing.choose(path)
    wait(qtbot, desk)
    importing.match_part.forward.click()
    wait(qtbot, desk)
    assert importing.step is Step.REVIEW
    assert texts(importing, "What happens") == [
        "Comes in", "Comes in", "Looks double", "Comes in", "Refused",
    ]  # fmt: skip
    assert texts(importing, "Contract") == ["XMP-2026-099"] * 4 + [""]
    assert texts(importing, "For") == [
        "Ada Obi", "Ada Obi", "Ada Obi", "Nobody in particular", "Ada Obi",
    ]  # fmt: skip
    assert texts(importing, "Amount") == ["£1,719.99", "£10.00", "£10.00", "−£50.00", ""]
    assert texts(importing, "Then still to pay") == [
        "£0.00", "−£10.00", "−£20.00", "£40.00", "",
    ]  # fmt: skip
    assert importing.review_part._sums.text() == (
        "5 rows read = 3 that come in + 1 left out + 1 refused. £1,679.99 come in."
    )
    assert "£1,679.99 come in; with them £40.00 is still to pay" in (
        importing.review_part._notes.text()
    )
    assert store.read(payment_rows) == ()
    importing.review_part.table.choose(importing.review_part.model.shown[2].id)
    importing.review_part.turn.click()
    assert importing.review_part._sums.text().endswith("£1,689.99 come in.")
    importing.review_part.turn.click()
    importing.review_part.forward.click()
    wait(qtbot, desk)
    assert importing.done_part.words.text() == "3 payments came in."
    assert sorted(row.paid for row in store.read(payment_rows)) == [
        Decimal("-50.00"), Decimal("10.00"), Decimal("1719.99"),
    ]  # fmt: skip
    assert desk.undo_label == "Import 3 payments from paid.csv"
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        importing.done_part.go.click()
    assert importing.done_part.go.text() == "Look at the contracts"
    assert gone.args == [OpenPage("contracts")]
    importing.done_part.undo.click()
    wait(qtbot, desk)
    assert store.read(payment_rows) == ()


def test_the_columns_are_remembered_for_the_next_list(
    importing: ImportsPage, desk: Desk, qtbot: Any, path: str
) -> None:
    for _ in range(2):
        importing.arrive(ImportList("payments", path))
        wait(qtbot, desk)
        remembered = importing.journey.remembered
        importing.match_part.forward.click()
        wait(qtbot, desk)
        review = importing.journey.review
        assert review is not None
        if review.count(Fate.IMPORTED):
            importing.review_part.forward.click()
            wait(qtbot, desk)
    assert remembered is not None
    assert review.count(Fate.IMPORTED) == 0, "all of it is there"


def test_a_list_of_payments_that_is_dropped_is_known(path: str) -> None:
    arrived = arriving.tell([path], "", Progress())
    assert (arrived.what, arrived.kinds) == (arriving.Arrived.LIST, ("payments",))


def test_what_a_payment_is_for_is_shown_and_a_refund_by_words_alone_is_asked_about(
    importing: ImportsPage, desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    file = tmp_path / "paid.csv"
    rows = (
        ("PO number", "Date paid", "Amount", "Type"),
        ("XMP-2026-099", "05/12/2025", "10.00", "Monthly instalment"),
        ("XMP-2026-099", "06/12/2025", "11.00", "BACS credit"),
        ("XMP-2026-099", "07/12/2025", "12.00", "Credit note"),
    )
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    importing.arrive(ImportList("payments", str(file)))
    wait(qtbot, desk)
    importing.match_part.forward.click()
    wait(qtbot, desk)
    assert texts(importing, "What happens") == ["Comes in", "Comes in", "Refund?"]
    assert texts(importing, "What for") == ["training, by month", "", "refund or credit note"]
    assert texts(importing, "Amount") == ["£10.00", "£11.00", "−£12.00"]
    assert "1 row is a refund by its words alone" in importing.review_part._offered.text()
