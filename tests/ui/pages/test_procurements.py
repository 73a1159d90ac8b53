"""The list of procurements: what needs doing first, how it is narrowed, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt

from apprentice_desk.domain.needs import PROCUREMENTS, Target
from apprentice_desk.domain.procuring import StepKind
from apprentice_desk.records import procurement_items, procurements
from apprentice_desk.records.procurement_details import StepDetails
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.procurements import ProcurementDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage, OpenProcurement
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.procurements.columns import COLUMNS, FILTERS
from apprentice_desk.ui.pages.procurements.page import ProcurementsPage
from apprentice_desk.ui.pages.today.words import destination
from procured import DETAILS, TODAY, Procured, procured

# The clock of these tests stands at 1 September 2026.


def plan(desk_or_store: Any, title: str, **steps: date) -> Any:
    """Begin a procurement with days by their kind."""
    with desk_or_store.change(f"Plan {title}") as session:
        details = ProcurementDetails(f"P-{title}", title, looked_after_by="Grace Park")
        key = procurements.plan_procurement(session, details)
        for name, on in steps.items():
            procurement_items.add_item(session, key, StepDetails(StepKind[name], on))
    return key


@pytest.fixture
def several(make: Any) -> dict[str, Any]:
    keys: dict[str, Any] = {
        "far": plan(make.store, "Far", INVITE=date(2027, 1, 4)),
        "late": plan(make.store, "Late", INVITE=date(2026, 8, 24)),
        "near": plan(make.store, "Near", INVITE=date(2026, 9, 4)),
        "bare": plan(make.store, "Bare"),
        "gone": plan(make.store, "Gone", INVITE=date(2026, 8, 1)),
        "decided": procured(make, is_decided=True).id,
    }
    with make.store.change("Give it up") as session:
        given_up = procurements.AbandonDetails(TODAY, "No money")
        procurements.abandon(session, keys["gone"], given_up, TODAY)
    return keys


@pytest.fixture
def opened(page: Callable[..., Any], several: dict[str, Any]) -> ProcurementsPage:
    made: ProcurementsPage = page("procurements")
    return made


def titles(opened: ProcurementsPage) -> list[str]:
    return [line.found.details.title for line in opened.model.shown]


def test_what_needs_doing_first_stands_at_the_top(opened: ProcurementsPage) -> None:
    assert [(line.found.details.title[:8], line.first_words, line.tone) for line in
            opened.model.shown] == [
        ("Software", "Open day: 15 Jun 2026, overdue", "danger"),
        ("Late", "Send the invitation: 24 Aug 2026, overdue", "danger"),
        ("Near", "Send the invitation: 4 Sep 2026, in 3 days", "warning"),
        ("Bare", "Enter when the invitation goes out", "warning"),
        ("Far", "Send the invitation: 4 Jan 2027, in 125 days", ""),
    ]  # fmt: skip
    assert opened.header.subtitle.text() == "5 under way · 1 over · 4 to see to soon"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("needs doing soon", ["Software developers – “spring” cohort", "Late", "Near", "Bare"]),
        ("given up", ["Gone"]),
        ("decided", ["Software developers – “spring” cohort"]),
        ("contract made", []),
        ("being evaluated", []),
        ("out to bidders", []),
    ],
)
def test_the_list_is_narrowed_by_how_far_they_are(
    opened: ProcurementsPage, name: str, shown: list[str]
) -> None:
    opened.narrow_to("")
    assert len(titles(opened)) == 6
    way = next(each for each in FILTERS if each.words == name)
    opened.narrowing.choose(way)
    assert titles(opened) == shown


def test_every_column_says_something_of_each(opened: ProcurementsPage) -> None:
    opened.narrow_to("")
    lines = list(opened.model.shown)
    said = {column.heading: [f"{column.show(line)}" for line in lines] for column in COLUMNS}
    assert "Beta Skills" not in said["Decided for"]
    assert "College" in said["Decided for"]
    assert "2" in said["Bids"]
    assert "£108,000.00" in said["Up to"]
    for column in COLUMNS:
        sorted_by = [column.sort(line) for line in lines if column.sort is not None]
        assert len(sorted_by) in (0, len(lines))
        assert all(column.say is None or f"{column.say(line)}" for line in lines)
    gone = next(line for line in lines if line.found.details.title == "Gone")
    assert COLUMNS[1].say is not None
    assert COLUMNS[1].say(gone) == "nothing to do"


def test_enter_opens_the_page_of_one(
    opened: ProcurementsPage, desk: Desk, several: dict[str, Any], qtbot: Any
) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    opened.choose(several["near"])
    qtbot.keyClick(opened.table, Qt.Key.Key_Return)
    assert gone == [OpenProcurement(several["near"])]
    opened.back.click()
    assert gone[1:] == [OpenPage("contracts")]


def test_one_that_a_filter_hides_is_shown_when_it_is_chosen(
    opened: ProcurementsPage, several: dict[str, Any]
) -> None:
    assert opened.choose(several["gone"])
    assert len(titles(opened)) == 6
    opened.filter.setText("nothing like it")
    assert opened.choose(several["far"])


def test_one_is_added_changed_and_removed(
    opened: ProcurementsPage, desk: Desk, qtbot: Any, several: dict[str, Any]
) -> None:
    opened.start_adding()
    assert isinstance(opened.dialog, FormDialog)
    opened.dialog.panel.submit()
    assert opened.dialog.isVisible()
    opened.dialog.form.set_value("reference", "P-New")
    opened.dialog.form.set_value("title", "New")
    opened.dialog.panel.submit()
    qtbot.waitUntil(lambda: "New" in titles(opened))
    chosen = opened.table.chosen()
    assert chosen.found.details.title == "New"
    opened.change.trigger()
    opened.dialog.form.set_value("title", "Newer")
    opened.dialog.panel.submit()
    qtbot.waitUntil(lambda: "Newer" in titles(opened))
    opened.remove.trigger()
    assert opened.question is not None
    opened.question.confirm.click()
    qtbot.waitUntil(lambda: "Newer" not in titles(opened))
    desk.undo()
    qtbot.waitUntil(lambda: "Newer" in titles(opened))


def test_two_who_change_one_choose_what_to_keep(
    opened: ProcurementsPage, desk: Desk, several: dict[str, Any]
) -> None:
    opened.choose(several["near"])
    opened.change.trigger()
    assert opened.dialog is not None
    opened.dialog.form.set_value("title", "Mine")
    with desk.change("Theirs") as session:
        theirs = replace(procurements.procurement_details(session, several["near"]), title="Theirs")
        procurements.correct_procurement(session, several["near"], theirs)
    opened.dialog.panel.submit()
    kept = desk.store.read(procurements.procurement_details, several["near"])
    assert kept.title == "Theirs"
    assert opened.dialog.isVisible()


def test_the_list_is_saved_as_it_is_seen(
    opened: ProcurementsPage, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "list.xlsx"
    opened.saver.save_workbook(str(path))
    qtbot.waitUntil(lambda: path.exists() and not opened._desk.jobs.is_busy)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    values = [[cell for cell in row if cell is not None] for row in sheet.values]
    assert any("Send the invitation: 4 Sep 2026, in 3 days" in row for row in values)


def test_the_dates_are_saved_for_a_calendar(
    gone_out: Any, opened: ProcurementsPage, several: dict[str, Any], tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "dates.ics"
    opened.dates.save(str(path), [several["near"], several["far"], several["late"]])
    qtbot.waitUntil(lambda: path.exists() and not opened._desk.jobs.is_busy)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [(str(each["summary"]), each["dtstart"].dt) for each in events] == [
        ("Send the invitation: Near", date(2026, 9, 4)),
        ("Send the invitation: Far", date(2027, 1, 4)),
    ]
    assert gone_out() == [("calendar", 0)]


def test_where_no_day_is_to_come_no_file_is_written(
    opened: ProcurementsPage, several: dict[str, Any], tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "dates.ics"
    opened.dates.save(str(path), [several["late"], several["gone"], several["bare"]])
    qtbot.waitUntil(lambda: opened._desk.messages.current_problem is not None)
    assert "no file was written" in str(opened._desk.messages.current_problem)
    assert not path.exists()


def test_saving_dates_asks_where_for_those_that_are_shown(opened: ProcurementsPage) -> None:
    opened.save_dates.trigger()
    assert opened.dates.file_dialog is not None
    opened.dates.file_dialog.reject()


def test_one_comes_to_it_from_the_contracts(page: Callable[..., Any], desk: Desk) -> None:
    gone: list[Any] = []
    desk.asked_to_go.connect(gone.append)
    page("contracts").procurements.click()
    assert gone == [OpenPage("procurements")]


def test_a_line_of_today_leads_to_the_procurement(made: Procured) -> None:
    target = Target(PROCUREMENTS, made.id)
    for is_read_only in (False, True):
        assert destination(target, is_read_only=is_read_only) == OpenProcurement(made.id)


@pytest.fixture
def made(make: Any) -> Procured:
    return procured(make)


def test_an_empty_list_says_what_to_do(page: Callable[..., Any], desk: Desk) -> None:
    opened = page("procurements")
    assert opened.header.subtitle.text() == "Calls for bids, before there is a contract"
    assert desk.store.read(procurement_overviews) == ()
    opened.open_chosen()
    opened.start_change()
    assert opened.dialog is None
    assert not opened.save_dates.isEnabled()
    assert DETAILS.title not in titles(opened)
