"""Extensions, insurances and policies on the page of a contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit
from apprentice_desk.records import contract_days, contracts
from apprentice_desk.records.contract_days import ExtensionDetails
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit.conflicts import ConflictDialog
from apprentice_desk.ui.pages.contract.ending import EndingDialog
from apprentice_desk.ui.pages.contract.page import ContractPage

END = date(2026, 12, 31)
FIRST = date(2027, 12, 31)

# The clock of these tests stands at 1 September 2026.


@pytest.fixture
def key(make: Any) -> UUID:
    made: UUID = make.contract(reference="XMP-1", ends_on=END)
    return made


@pytest.fixture
def opened(page: Callable[..., Any], key: UUID) -> ContractPage:
    made: ContractPage = page("contract")
    made.arrive(OpenContract(key))
    return made


def fill(part: Any, **values: Any) -> Any:
    """Fill the open form in and save it; return its dialog."""
    dialog = part.dialog
    for name, value in values.items():
        dialog.form.set_value(name, value)
    dialog.panel.submit()
    return dialog


def test_an_extension_is_added_and_the_contract_may_go_that_far(
    opened: ContractPage, key: UUID, desk: Desk, qtbot: Any
) -> None:
    part: Any = opened.part("extensions")
    assert part.nothing.isVisible()
    part.add.click()
    fill(part, to_on=FIRST, decide_by_on=date(2026, 10, 31))
    qtbot.waitUntil(lambda: part.model.total == 1)
    assert desk.store.read(contracts.contract_details, key).extension_to_on == FIRST
    assert not part.nothing.isVisible()


def test_an_extension_that_does_not_go_further_is_said_beside_its_field(
    opened: ContractPage, desk: Desk, key: UUID
) -> None:
    part: Any = opened.part("extensions")
    part.add.click()
    dialog = fill(part, to_on=END)
    assert dialog.isVisible()
    assert desk.store.read(contract_days.extension_rows, key) == ()
    dialog.panel.cancelled.emit()
    part.add.click()
    dialog = fill(part)
    assert dialog.isVisible()
    dialog.panel.cancelled.emit()


def test_an_extension_is_taken_up_today_with_two_clicks(
    page: Callable[..., Any], make: Any, key: UUID, desk: Desk, qtbot: Any
) -> None:
    make.extension(key, FIRST)
    opened = page("contract")
    opened.arrive(OpenContract(key, "extensions"))
    part = opened.part("extensions")
    button = next(each for each in part._actions if each.text() == "Take up…")
    assert button.isEnabled()
    button.click()
    fill(part)
    qtbot.waitUntil(lambda: part.model.row(0).taken_on == date(2026, 9, 1))
    assert not button.isEnabled()
    rows = desk.store.read(contracts.contract_rows, date(2026, 9, 1))
    row = next(each for each in rows if each.id == key)
    assert row.term.extensions[0].taken_on == date(2026, 9, 1)


def test_an_extension_entered_by_mistake_is_removed_and_undone(
    page: Callable[..., Any], make: Any, key: UUID, desk: Desk, qtbot: Any
) -> None:
    extension = make.extension(key, FIRST)
    opened = page("contract")
    opened.arrive(OpenContract(key, "extensions", extension))
    part = opened.part("extensions")
    part.remove.click()
    qtbot.waitUntil(lambda: part.model.total == 0)
    desk.undo()
    qtbot.waitUntil(lambda: part.model.total == 1)


def test_an_insurance_is_added_corrected_and_said_to_have_run_out(
    opened: ContractPage, qtbot: Any
) -> None:
    part: Any = opened.part("expiries")
    part.add.click()
    dialog = fill(part, kind=ExpiryKind.OTHER, ends_on=date(2026, 8, 31))
    assert dialog.isVisible(), "nothing says what it is"
    fill(part, note="Vehicle insurance")
    qtbot.waitUntil(lambda: part.model.total == 1)
    columns, row = part.model.columns, part.model.row(0)
    assert [each.text(row) for each in columns] == ["Vehicle insurance", "Ran out 31 Aug 2026"]
    part.change.click()
    fill(part, ends_on=date(2027, 8, 31))
    qtbot.waitUntil(lambda: columns[1].text(part.model.row(0)) == "31 Aug 2027")
    part.remove.click()
    qtbot.waitUntil(lambda: part.model.total == 0)


def test_two_who_change_an_extension_choose_line_by_line(
    page: Callable[..., Any], make: Any, key: UUID, desk: Desk, qtbot: Any
) -> None:
    extension = make.extension(key, FIRST)
    opened = page("contract")
    opened.arrive(OpenContract(key, "extensions", extension))
    part = opened.part("extensions")
    part.change.click()
    theirs = ExtensionDetails(date(2028, 6, 30))
    with desk.store.change("Somebody else") as session:
        contract_days.correct_extension(session, extension, theirs)
    dialog = fill(part, decide_by_on=date(2026, 10, 31))
    assert desk.store.read(contract_days.extension_row, extension).details == theirs
    which = next(each for each in dialog.findChildren(ConflictDialog) if each.isVisible())
    which.chosen.emit(frozenset({"decide_by_on"}))
    wanted = replace(theirs, decide_by_on=date(2026, 10, 31))
    qtbot.waitUntil(
        lambda: desk.store.read(contract_days.extension_row, extension).details == wanted
    )


# --- was it extended ------------------------------------------------------------------------------

PAST = date(2026, 8, 31)


def asked_page(page: Callable[..., Any], key: UUID) -> tuple[ContractPage, Any]:
    opened: ContractPage = page("contract")
    opened.arrive(OpenContract(key, "extended"))
    return opened, opened.part("extended")


def test_whether_it_was_extended_is_asked_until_the_extension_is_entered(
    page: Callable[..., Any], make: Any, desk: Desk, qtbot: Any
) -> None:
    key = make.contract(ends_on=PAST, extension_to_on=FIRST)
    _opened, part = asked_page(page, key)
    assert part.isVisible()
    assert part.was.hasFocus()
    assert "was 31 Aug 2026. It may be extended to 31 Dec 2027" in part.says.text()
    part.was.click()
    assert part.dialog.form.details() == ExtensionDetails(FIRST), "the day is asked"
    fill(part)
    assert part.dialog.isVisible()
    fill(part, taken_on=date(2026, 9, 1))
    assert part.dialog.isVisible(), "what has ended cannot be extended"
    fill(part, taken_on=PAST)
    qtbot.waitUntil(lambda: not part.isVisible())
    (row,) = desk.store.read(contract_days.extension_rows, key)
    assert row.details == ExtensionDetails(FIRST, None, PAST)


def test_an_extension_that_is_entered_is_said_to_have_been_taken_up(
    page: Callable[..., Any], make: Any, desk: Desk, qtbot: Any
) -> None:
    key = make.contract(ends_on=PAST)
    extension = make.extension(key, FIRST, decide_by_on=date(2026, 7, 31))
    _opened, part = asked_page(page, key)
    part.was.click()
    fill(part, taken_on=PAST)
    qtbot.waitUntil(lambda: not part.isVisible())
    (row,) = desk.store.read(contract_days.extension_rows, key)
    assert (row.id, row.taken_on, row.decide_by_on) == (extension, PAST, date(2026, 7, 31))


def test_it_ended_is_one_click_and_can_be_undone(
    page: Callable[..., Any], make: Any, desk: Desk, qtbot: Any
) -> None:
    key = make.contract(ends_on=PAST, extension_to_on=FIRST)
    _opened, part = asked_page(page, key)
    part.ended.click()
    qtbot.waitUntil(lambda: not part.isVisible())
    assert desk.store.read(contracts.contract_details, key).extension_to_on is None
    part.say_it_ended()
    assert "is entered already" in str(desk.messages.current_problem)
    desk.undo()
    qtbot.waitUntil(part.isVisible)


def test_what_ending_it_means_waits_for_the_answer(page: Callable[..., Any], make: Any) -> None:
    key = make.contract(
        ends_on=PAST, extension_to_on=FIRST, notice_count=1, notice_unit=NoticeUnit.MONTHS
    )
    opened, _part = asked_page(page, key)
    opened.part("days").what_if.click()
    (dialog,) = opened.window().findChildren(EndingDialog)
    assert "not entered whether the contract goes on after 31 Aug 2026" in dialog.says.text()
    dialog.accept()


def test_nothing_is_asked_of_a_contract_that_runs(opened: ContractPage, desk: Desk) -> None:
    part: Any = opened.part("extended")
    assert not part.isVisible()
    part.enter_extension()
    assert part.dialog is None


def test_the_page_says_which_day_notice_has_to_be_given_by(
    page: Callable[..., Any], make: Any
) -> None:
    key = make.contract(ends_on=date(2026, 12, 31), notice_by_on=date(2026, 10, 31))
    opened = page("contract")
    opened.arrive(OpenContract(key))
    days = opened.part("days")
    assert days.says.text() == (
        "The last day for notice is Sat 31 Oct 2026, which is not a working day:"
        " give it by Fri 30 Oct 2026."
    )
    notice = next(row for row in days.rows if row.what.startswith("Notice"))
    assert (notice.on, notice.what) == (
        date(2026, 10, 30), "Notice by, the last working day up to Sat 31 Oct 2026",
    )  # fmt: skip
    far = make.contract(ends_on=date(2040, 12, 31), notice_by_on=date(2040, 10, 30))
    opened.arrive(OpenContract(far))
    assert days.says.text().startswith(
        "The last day for notice may be a bank holiday. The bank holidays of 2040 are not known"
    )


def test_one_that_was_removed_meanwhile_is_said(
    page: Callable[..., Any], make: Any, key: UUID, desk: Desk
) -> None:
    expiry = make.expiry(key)
    opened = page("contract")
    opened.arrive(OpenContract(key, "expiries", expiry))
    part = opened.part("expiries")
    with desk.store.change("Somebody else") as session:
        contract_days.remove_expiry(session, expiry)
    part.start_change()
    assert "removed meanwhile" in str(desk.messages.current_problem)
