"""The page of contracts: what needs doing first, how it is narrowed, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt

from apprentice_desk import settings
from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit
from apprentice_desk.records import contract_days, contracts
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.pages.contracts.columns import read_lines
from apprentice_desk.ui.pages.contracts.page import ContractsPage

# The clock of these tests stands at 1 September 2026.


@pytest.fixture
def several(make: Any) -> dict[str, UUID]:
    """One contract of each kind; to the one with notice an extension belongs."""
    provider = make.provider(name="Thamesbank College", ukprn="19990001")

    def contract(reference: str, ends_on: date | None, **details: Any) -> UUID:
        key: UUID = make.contract(
            reference=reference, provider_id=provider, ends_on=ends_on, **details
        )
        return key

    keys = {
        "later": contract("XMP-LATER", date(2028, 3, 31)),
        "notice": contract(
            "XMP-NOTICE", date(2026, 12, 31), notice_count=3, notice_unit=NoticeUnit.MONTHS
        ),
        "urgent": contract("XMP-URGENT", date(2026, 9, 10)),
        "gone": contract("XMP-GONE", date(2026, 8, 31)),
        "unknown": contract("XMP-UNKNOWN", None),
        "future": contract("XMP-FUTURE", date(2029, 1, 1), starts_on=date(2026, 10, 1)),
    }
    make.extension(keys["notice"], date(2027, 12, 31), decide_by_on=date(2026, 11, 15))
    make.expiry(keys["later"], kind=ExpiryKind.CYBER, ends_on=date(2026, 10, 1))
    make.apprentice(contract_id=keys["notice"])
    return keys


@pytest.fixture
def opened(page: Callable[..., Any], several: dict[str, UUID]) -> ContractsPage:
    made: ContractsPage = page("contracts")
    return made


def references(opened: ContractsPage) -> list[str]:
    return [line.row.reference for line in opened.model.shown]


def test_what_needs_doing_first_stands_at_the_top(opened: ContractsPage) -> None:
    assert [(line.row.reference, line.first_words) for line in opened.model.shown] == [
        ("XMP-URGENT", "10 Sep 2026: ends, in 9 days"),
        ("XMP-NOTICE", "30 Sep 2026: notice, in 29 days"),
        ("XMP-LATER", "1 Oct 2026: renew cyber security certificate, in 30 days"),
        ("XMP-UNKNOWN", "Enter its end"),
        ("XMP-2025-014", "31 Mar 2028: ends"),
        ("XMP-FUTURE", "1 Jan 2029: ends"),
    ]
    assert [line.first_tone for line in opened.model.shown] == [
        "danger", "warning", "warning", "warning", "", "",
    ]  # fmt: skip
    opened.table.sort_by(0)
    assert references(opened)[0] == "XMP-2025-014"


def test_the_heading_counts_what_is_there(opened: ContractsPage) -> None:
    assert opened.header.subtitle.text() == "6 in force or to come · 1 ended · 4 to see to soon"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("needs doing soon", {"XMP-URGENT", "XMP-NOTICE", "XMP-LATER", "XMP-UNKNOWN"}),
        ("to start", {"XMP-FUTURE"}),
        ("ended", {"XMP-GONE"}),
        ("end not known", {"XMP-UNKNOWN"}),
        ("extended", set()),
        ("was it extended?", set()),
        ("running", {"XMP-2025-014", "XMP-URGENT", "XMP-NOTICE", "XMP-LATER", "XMP-UNKNOWN"}),
        ("open to joint buying", set()),
    ],
)
def test_the_list_is_narrowed_by_how_they_stand(
    opened: ContractsPage, words: str, shown: set[str]
) -> None:
    opened.narrowing.choose(next(f for f in opened.narrowing._filters if f.words == words))
    assert set(references(opened)) == shown


def test_an_extension_that_is_taken_up_moves_the_day_to_which_a_contract_runs(
    opened: ContractsPage, several: dict[str, UUID], desk: Desk, qtbot: Any
) -> None:
    (extension,) = desk.store.read(contract_days.extension_rows, several["notice"])
    with desk.change("Take up an extension") as session:
        contract_days.take_up_extension(session, extension.id, date(2026, 9, 1))

    def line() -> Any:
        return next(each for each in opened.model.shown if each.id == several["notice"])

    qtbot.waitUntil(lambda: line().ends_on == date(2027, 12, 31))
    assert line().badge.text == "Extended"
    assert line().first_words == "30 Sep 2027: notice"


def test_enter_opens_the_page_of_a_contract(
    opened: ContractsPage, several: dict[str, UUID], desk: Desk, qtbot: Any
) -> None:
    assert opened.choose(several["later"])
    opened.table.setFocus()
    with qtbot.waitSignal(desk.asked_to_go) as gone:
        qtbot.keyClick(opened.table, Qt.Key.Key_Return)
    assert gone.args == [OpenContract(several["later"])]


def test_a_contract_that_a_filter_hides_is_shown_when_it_is_chosen(
    opened: ContractsPage, several: dict[str, UUID]
) -> None:
    opened.filter.setText("nothing like it")
    assert opened.choose(several["gone"])
    assert opened.table.chosen().id == several["gone"]


def test_a_contract_is_added_from_the_page(opened: ContractsPage, desk: Desk, qtbot: Any) -> None:
    opened.start_adding()
    dialog = opened.dialog
    assert isinstance(dialog, FormDialog)
    form = dialog.form
    form.set_value("reference", "XMP-NEW")
    form.set_value("provider_id", desk.store.read(provider_rows)[0].id)
    form.set_value("ends_on", date(2027, 2, 28))
    form.set_value("notice_count", 1)
    form.set_value("notice_unit", NoticeUnit.MONTHS)
    dialog.panel.submit()
    qtbot.waitUntil(lambda: "XMP-NEW" in references(opened))
    assert opened.table.chosen().row.reference == "XMP-NEW"
    assert opened.table.chosen().first_words == "29 Jan 2027: notice", "the 31st is a Sunday"


def cell(opened: ContractsPage, key: UUID, heading: str) -> Any:
    """Return the column and the line of a contract, for what it shows and says."""
    opened.narrowing.choose(opened.narrowing.all)
    column = next(each for each in opened.model.columns if each.heading == heading)
    return column, next(line for line in opened.model.shown if line.id == key)


def test_notice_stands_on_the_last_working_day_and_both_days_are_said(
    page: Callable[..., Any], make: Any
) -> None:
    """Saturday 31 October 2026; the Friday before is the day to act by."""
    key = make.contract(ends_on=date(2026, 12, 31), notice_by_on=date(2026, 10, 31))
    opened = page("contracts")
    column, line = cell(opened, key, "Notice by")
    assert (column.text(line), column.value(line)) == ("30/10/2026", date(2026, 10, 30))
    assert column.say(line) == "30 Oct 2026, the last working day up to Sat 31 Oct 2026"
    column, line = cell(opened, key, "What needs doing first")
    assert column.text(line) == "30 Oct 2026: notice, in 59 days"
    assert column.tip(line).endswith("(last working day up to Sat 31 Oct 2026)")


def test_what_is_not_known_of_a_day_for_notice_is_said(page: Callable[..., Any], make: Any) -> None:
    far = make.contract(ends_on=date(2040, 12, 31), notice_by_on=date(2040, 10, 30))
    moved = make.contract(ends_on=date(2026, 12, 31), notice_by_on=date(2026, 10, 30))
    make.extension(moved, date(2029, 12, 31), taken_on=date(2026, 8, 1))
    opened = page("contracts")
    column, line = cell(opened, far, "Notice by")
    assert "It may be a bank holiday: The bank holidays of 2040 are not known" in column.say(line)
    column, line = cell(opened, moved, "Notice by")
    assert (column.text(line), column.say(line)[:24]) == ("", "The day that was entered")
    assert (line.first_words, line.first_tone) == ("Enter its new day for notice", "warning")


def test_a_framework_that_ends_first_is_what_needs_doing_first(
    page: Callable[..., Any], make: Any
) -> None:
    key = make.contract(framework_ends_on=date(2026, 10, 1))
    opened = page("contracts")
    column, line = cell(opened, key, "What needs doing first")
    assert column.text(line) == "1 Oct 2026: framework ends, in 30 days"
    assert line.first_tone == "warning"


def test_a_contract_that_may_have_been_extended_is_asked_about_and_not_hidden(
    page: Callable[..., Any], make: Any
) -> None:
    key = make.contract(ends_on=date(2026, 8, 31), extension_to_on=date(2027, 8, 31))
    opened = page("contracts")
    column, line = cell(opened, key, "What needs doing first")
    assert column.text(line) == "31 Aug 2026: was it extended?"
    assert (line.badge.text, line.first_tone) == ("Extended?", "danger")
    shown = {}
    for each in opened.narrowing._filters:
        opened.narrowing.choose(each)
        shown[each.words] = key in {line.id for line in opened.model.shown}
    assert {words for words, is_shown in shown.items() if is_shown} == {
        "not ended", "needs doing soon", "all", "was it extended?",
    }  # fmt: skip


def test_what_is_past_and_still_to_be_answered_stands_there(
    page: Callable[..., Any], make: Any
) -> None:
    decide = make.contract(ends_on=date(2026, 12, 31))
    make.extension(decide, date(2027, 12, 31), decide_by_on=date(2026, 8, 20))
    opened = page("contracts")
    column, line = cell(opened, decide, "What needs doing first")
    assert column.text(line) == "20 Aug 2026: was the extension taken up?"
    assert line.first_tone == "danger"


def test_notice_on_a_day_off_can_still_be_given_while_that_lasts(desk: Desk, make: Any) -> None:
    saturday = date(2026, 10, 31)
    key = make.contract(ends_on=date(2026, 12, 31), notice_by_on=saturday)

    def first(day: date) -> tuple[str, str]:
        (line,) = (each for each in desk.store.read(read_lines, day) if each.id == key)
        return line.first_words, line.first_tone

    assert first(saturday) == ("30 Oct 2026: notice, at the latest 31 Oct 2026", "danger")
    assert first(date(2026, 11, 1))[0].startswith("31 Dec 2026: ends")


def test_half_a_notice_period_is_refused_beside_its_field(
    opened: ContractsPage, several: dict[str, UUID]
) -> None:
    opened.choose(several["later"])
    opened.start_change()
    dialog = opened.dialog
    assert dialog is not None
    dialog.form.set_value("notice_count", 3)
    dialog.panel.submit()
    assert dialog.isVisible()
    dialog.panel.cancelled.emit()


def test_a_day_for_notice_is_not_left_behind_where_the_end_moves(
    page: Callable[..., Any], make: Any, desk: Desk, qtbot: Any
) -> None:
    key = make.contract(ends_on=date(2026, 12, 31), notice_by_on=date(2026, 9, 30))
    opened = page("contracts")
    opened.choose(key)
    opened.start_change()
    dialog = opened.dialog
    assert dialog is not None
    dialog.form.set_value("ends_on", date(2027, 12, 31))
    dialog.panel.submit()
    assert dialog.isVisible()
    assert "entered for the end on 31 Dec 2026" in dialog.form._blocks["notice_by_on"]._error.text
    dialog.form.set_value("notice_by_on", None)
    dialog.panel.submit()
    qtbot.waitUntil(
        lambda: desk.store.read(contracts.contract_details, key).ends_on == date(2027, 12, 31)
    )


def test_removing_is_asked_about_first(opened: ContractsPage, several: dict[str, UUID]) -> None:
    opened.choose(several["future"])
    opened.ask_to_remove()
    assert opened.question is not None
    assert "XMP-FUTURE" in references(opened)


def test_filters_are_kept_under_a_name_and_never_with_one_of_a_person(
    opened: ContractsPage,
) -> None:
    dialog = opened.narrowing.ask_for_name()
    dialog.form.input("name").write("Digital")
    dialog.panel.submit()
    (kept,) = settings.load().filters_of("contracts")
    assert (kept.name, kept.status) == ("Digital", "not ended")
    family = opened._known_of_people()
    assert family
    dialog = opened.narrowing.ask_for_name()
    dialog.form.input("name").write(f"With {next(word for word in family if len(word) > 3)}")
    dialog.panel.submit()
    assert len(settings.load().filters_of("contracts")) == 1
    dialog.panel.cancelled.emit()


def test_the_register_is_saved_as_it_is_seen(
    opened: ContractsPage, tmp_path: Path, qtbot: Any
) -> None:
    place = next(n for n, c in enumerate(opened.model.columns) if c.heading == "Framework ends")
    opened.table.order.show(place, is_shown=True)
    path = tmp_path / "contracts.xlsx"
    opened.saver.save_workbook(str(path))
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not opened._desk.jobs.is_busy)
    sheet = openpyxl.load_workbook(path)["Contracts"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:4] == ["Reference", "Provider", "What needs doing first", "Runs to"]
    assert "Framework ends" in headings
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == references(opened)
    assert sheet["D2"].value.date() == opened.model.row(0).ends_on


def test_the_dates_are_saved_for_a_calendar(
    opened: ContractsPage, several: dict[str, UUID], tmp_path: Path, qtbot: Any
) -> None:
    opened.choose(several["notice"])
    path = tmp_path / "dates.ics"
    opened.dates.save(str(path), [several["notice"]])
    qtbot.waitUntil(lambda: path.exists() and not opened._desk.jobs.is_busy)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [(str(each["summary"]), each["dtstart"].dt) for each in events] == [
        ("Last day for notice: contract XMP-NOTICE", date(2026, 9, 30)),
        ("Extension to decide: contract XMP-NOTICE", date(2026, 11, 15)),
        ("Ends: contract XMP-NOTICE", date(2026, 12, 31)),
    ]


def test_where_no_day_is_to_come_no_file_is_written(
    opened: ContractsPage, several: dict[str, UUID], tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "dates.ics"
    opened.dates.save(str(path), [several["gone"], several["unknown"]])
    qtbot.waitUntil(lambda: opened._desk.messages.current_problem is not None)
    assert "no file was written" in str(opened._desk.messages.current_problem)
    assert not path.exists()


def test_saving_dates_asks_where_for_those_that_are_shown(opened: ContractsPage) -> None:
    opened.save_dates.trigger()
    assert opened.dates.file_dialog is not None
    opened.dates.file_dialog.reject()


def test_what_has_run_out_and_who_is_left_behind_cannot_wait(
    opened: ContractsPage, several: dict[str, UUID], make: Any, qtbot: Any
) -> None:
    make.expiry(
        several["future"], kind=ExpiryKind.OTHER, ends_on=date(2026, 8, 1), note="vehicle insurance"
    )
    make.apprentice(contract_id=several["gone"])
    opened.narrowing.choose(opened.narrowing.all)

    def said() -> dict[str, tuple[str, str]]:
        return {
            line.row.reference: (line.first_words, line.first_tone) for line in opened.model.shown
        }

    qtbot.waitUntil(lambda: said()["XMP-GONE"][0] != "")
    assert said()["XMP-GONE"] == ("Move who is still on it", "danger")
    assert said()["XMP-FUTURE"] == ("1 Aug 2026: vehicle insurance ran out", "danger")
