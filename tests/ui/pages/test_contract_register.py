"""A register of contracts from the file to the list, and the list back from its own export."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication

from apprentice_desk.domain.vocabulary import NoticeUnit, Regime, Route
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate
from apprentice_desk.records import contracts
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenPage
from apprentice_desk.ui.pages.contracts.page import ContractsPage
from apprentice_desk.ui.pages.imports import columns
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step

# The clock of these tests stands at 1 September 2026.


def wait(qtbot: Any, desk: Desk) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def written(path: Path, *rows: list[str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


@pytest.fixture
def importing(page: Callable[..., Any]) -> ImportsPage:
    opened: ImportsPage = page("imports")
    return opened


def reviewed(importing: ImportsPage, qtbot: Any, desk: Desk, path: str) -> ImportsPage:
    """Bring the page to the review of the file at *path*."""
    importing.arrive(ImportList("contracts", path))
    wait(qtbot, desk)
    importing.review()
    wait(qtbot, desk)
    assert importing.step is Step.REVIEW
    return importing


def references(desk: Desk) -> set[str]:
    rows = desk.store.read(contracts.contract_rows, desk.clock.today())
    return {row.reference for row in rows}


def test_a_register_comes_in_from_the_file_to_the_list_and_goes_with_undo(
    importing: ImportsPage, make: Any, desk: Desk, tmp_path: Path, qtbot: Any
) -> None:
    make.provider(name="Greenway College", ukprn="19990021")
    path = written(
        tmp_path / "register.csv",
        ["Contract ref", "Supplier", "Start", "End", "Value", "Notice period"],
        ["EXB-1", "Greenway College", "01/04/2025", "31/03/2027", "£150,000", "3 months"],
        ["EXB-2", "Greenwy College", "01/04/2025", "31/03/2027", "£10,000", "3 months"],
        ["EXB-3", "Marsh Barn Skills", "01/04/2025", "31/03/2027", "£20,000", "3 months"],
        ["EXB-4", "Greenway College", "01/04/2025", "rolling", "", ""],
    )
    before = references(desk)
    page = reviewed(importing, qtbot, desk, path)
    assert page.header.title.text() == "Import contracts"
    part = page.review_part
    assert [line.badge.text for line in part.model.shown] == [
        "Comes in", "Provider not known", "Provider not known", "Refused",
    ]  # fmt: skip
    assert columns.CONTRACTS[3].text(part.model.row(3)) == "EXB-4", "though it stays out"
    shown = [[column.text(part.model.row(0)) for column in columns.CONTRACTS]]
    assert shown[0][3:7] == ["EXB-1", "Greenway College", "01/04/2025", "31/03/2027"]
    assert "2 rows name a provider that the desk does not have" in page._seen().offered  # type: ignore[union-attr]
    first, second = page._seen().doubts  # type: ignore[union-attr]
    assert first.said == ("“Greenwy College” in 1 row: did you mean Greenway College (97 % alike)?")
    assert second.said == "“Marsh Barn Skills” in 1 row is no provider of the desk."
    part.spellings._buttons[0].click()
    wait(qtbot, desk)
    (doubt,) = page._seen().doubts  # type: ignore[union-attr]
    assert doubt.otherwise == "Add as a new provider"
    part.spellings._buttons[0].click()
    wait(qtbot, desk)
    assert [line.fate for line in part.model.shown] == [
        Fate.IMPORTED, Fate.IMPORTED, Fate.IMPORTED, Fate.REFUSED,
    ]  # fmt: skip
    assert references(desk) == before
    page.bring_in()
    wait(qtbot, desk)
    assert page.step is Step.DONE
    assert page.done_part.words.text() == "3 contracts came in, 1 provider was added."
    assert references(desk) - before == {"EXB-1", "EXB-2", "EXB-3"}
    names = [row.name for row in desk.store.read(provider_rows)]
    assert names.count("Marsh Barn Skills") == 1
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        page.done_part.go.click()
    assert gone.args == [OpenPage("contracts")]
    page.done_part.undo.click()
    qtbot.waitUntil(lambda: references(desk) == before)
    assert "Marsh Barn Skills" not in [row.name for row in desk.store.read(provider_rows)]


def test_the_first_step_offers_registers(importing: ImportsPage) -> None:
    importing.arrive(ImportList("hours"))
    importing.choose_part.kind.button(Kind.CONTRACTS).click()
    assert importing.journey.kind is Kind.CONTRACTS
    assert importing.header.title.text() == "Import contracts"


def test_the_list_of_contracts_leads_to_the_import(
    page: Callable[..., Any], desk: Desk, qtbot: Any
) -> None:
    opened: ContractsPage = page("contracts")
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        opened.bring_in.click()
    assert gone.args == [ImportList("contracts")]


@pytest.fixture
def varied(make: Any) -> dict[str, UUID]:
    """Contracts of every standing, with everything that the list shows."""
    provider = make.provider(name="Thamesbank College", ukprn="19990001")

    def contract(reference: str, **details: Any) -> UUID:
        key: UUID = make.contract(reference=reference, provider_id=provider, **details)
        return key

    keys = {
        "full": contract(
            "R-FULL",
            regime=Regime.BELOW_THRESHOLD,
            route=Route.DYNAMIC,
            framework="Digital, lot 1",
            framework_ends_on=date(2028, 10, 27),
            call_off_reference="C-7",
            lots="1; 2",
            standard_codes="ST0116; ST0118",
            value_limit=Decimal("12345.67"),
            looked_after_by="Tess Vane",
            notice_count=3,
            notice_unit=NoticeUnit.MONTHS,
        ),
        "weekend": contract("R-WEEKEND", notice_by_on=date(2026, 10, 31)),
        "blank": contract(
            "R-BLANK", title="", starts_on=None, ends_on=None, value_limit=None, regime=None,
            route=None,
        ),
        "asked": contract("R-ASKED", ends_on=date(2026, 8, 1), extension_to_on=date(2027, 8, 1)),
        "extended": contract("R-EXTENDED", ends_on=date(2026, 12, 31)),
        "ended": contract("R-ENDED", ends_on=date(2026, 1, 31)),
        "formula": contract("=1+1", title="=HYPERLINK(1)"),
    }  # fmt: skip
    make.extension(keys["extended"], date(2027, 12, 31), taken_on=date(2026, 8, 1))
    return keys


def test_what_the_register_exports_comes_in_again_without_a_change(
    page: Callable[..., Any],
    importing: ImportsPage,
    varied: dict[str, UUID],
    desk: Desk,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    opened: ContractsPage = page("contracts")
    opened.narrowing.choose(opened.narrowing.all)
    for place in range(len(opened.model.columns)):
        opened.table.order.show(place, is_shown=True)
    path = tmp_path / "register.xlsx"
    opened.saver.save_workbook(str(path))
    qtbot.waitUntil(path.exists)
    wait(qtbot, desk)
    back = reviewed(importing, qtbot, desk, str(path))
    lines = back.review_part.model.shown
    assert {line.why for line in lines} == {
        f"Already here: contract {row.reference}."
        for row in desk.store.read(contracts.contract_rows, desk.clock.today())
    }
    assert len(lines) == len(varied) + 1
    assert not back.review_part.forward.isEnabled()
    read = {column.field for column in back.journey.matching.columns}  # type: ignore[union-attr]
    assert read >= {
        "reference", "provider", "ukprn", "title", "starts_on", "ends_on", "notice_by_on",
        "extension_to_on", "regime", "route", "framework", "framework_ends_on",
        "call_off_reference", "lots", "standard_codes", "value_limit", "looked_after_by",
    }  # fmt: skip


def test_the_export_fills_an_empty_desk_with_the_same_contracts(
    page: Callable[..., Any],
    importing: ImportsPage,
    varied: dict[str, UUID],
    desk: Desk,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    """But for what the list does not show: notice periods come back as the day they mean."""
    opened: ContractsPage = page("contracts")
    opened.narrowing.choose(opened.narrowing.all)
    for place in range(len(opened.model.columns)):
        opened.table.order.show(place, is_shown=True)
    path = tmp_path / "register.xlsx"
    opened.saver.save_workbook(str(path))
    qtbot.waitUntil(path.exists)
    wait(qtbot, desk)
    full = desk.store.read(contracts.contract_details, varied["full"])
    with desk.store.change("Remove one") as session:
        contracts.remove_contract(session, varied["full"])
    back = reviewed(importing, qtbot, desk, str(path))
    assert [line.fate for line in back.review_part.model.shown].count(Fate.IMPORTED) == 1
    back.bring_in()
    wait(qtbot, desk)
    key = desk.store.read(contracts.find_contract, "R-FULL")
    assert key is not None
    again = desk.store.read(contracts.contract_details, key)
    names = {
        name: (getattr(full, name), getattr(again, name))
        for name in contracts.ContractDetails.__dataclass_fields__
        if getattr(full, name) != getattr(again, name)
    }
    assert names == {
        "notice_count": (3, None),
        "notice_unit": (NoticeUnit.MONTHS, None),
        "notice_by_on": (None, date(2027, 12, 31)),
    }
