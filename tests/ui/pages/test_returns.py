"""The page Returns: how the return stands, what to fix in it, what leaves, sending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.records import apprentices
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.returns_sent import returns_sent_rows
from apprentice_desk.records.store import Store
from apprentice_desk.returns.workbook import read
from apprentice_desk.settings import Settings, load
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenApprentice, OpenPage, OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.returns.page import ReturnsPage

Opener = Callable[..., Any]


def settle(qtbot: Any, desk: Desk, page: ReturnsPage) -> None:
    """Wait until the return that stands now is shown."""
    QCoreApplication.sendPostedEvents()  # word of a change comes by a queued signal
    qtbot.waitUntil(
        lambda: not page._is_stale and not desk.jobs.is_busy and page._standing is not None
    )


@pytest.fixture
def returns(page: Opener, desk: Desk, qtbot: Any) -> ReturnsPage:
    desk.prefer(Settings(prepared_by="HR officer"))
    opened: ReturnsPage = page("returns")
    settle(qtbot, desk, opened)
    return opened


def said(page: ReturnsPage) -> list[tuple[str, str, str]]:
    return [
        (row.about, row.finding.place.heading, row.finding.code)
        for row in page.findings.model.shown
    ]


def without_an_end(store: Store, apprenticeship_id: Any) -> None:
    held = store.read(apprentices.held, apprenticeship_id)
    with store.change("Forget the planned end") as session:
        apprentices.correct(
            session, apprenticeship_id, replace(held.details, training_planned_end_on=None)
        )


def test_the_running_quarter_is_shown_with_the_day_when_it_is_due(returns: ReturnsPage) -> None:
    assert returns.header.title.text() == "Return for July to September 2026"
    words = returns.header.subtitle.text()
    assert words.startswith("Due to LOTI Monday 12 October 2026 · return format 1.0 · 6 app")
    assert words.endswith("as things stand on 1 Sep 2026")


def test_the_figures_come_from_the_rows_of_the_return(returns: ReturnsPage) -> None:
    found = returns._figures["on_programme"].accessibleName()
    assert found == "On programme, 4, 1 on a break"
    assert returns._figures["secondments"].accessibleName() == "Secondments, 0, 0 at LOTI"
    assert returns._figures["started"].accessibleName() == (
        "Started this quarter, 0, nothing pledged for the year"
    )


def test_a_quarter_that_has_not_begun_cannot_be_gone_to(
    returns: ReturnsPage, desk: Desk, qtbot: Any
) -> None:
    assert not returns.after.isEnabled()
    returns.before.click()
    settle(qtbot, desk, returns)

    assert returns.header.title.text() == "Return for April to June 2026"
    assert returns.after.isEnabled()
    assert access.spoken_name(returns.after) == "Go to July to September 2026"


def test_names_stand_beside_the_codes_that_leave(
    returns: ReturnsPage, team: Any, store: Store
) -> None:
    QAbstractItemModelTester(
        returns.leaving.traces.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    pairs = {row.name: row.code for row in returns.leaving.traces.rows.shown}
    assert pairs["Ada Obi"] == store.read(apprentices.held, team.ada).code
    assert len(pairs) == 6


def test_what_is_missing_is_named_with_whom_it_is_about(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, qtbot: Any
) -> None:
    assert [code for _, _, code in said(returns) if code == "R203"] == []
    without_an_end(store, team.ada)
    settle(qtbot, desk, returns)

    assert said(returns)[0] == ("Ada Obi", "Training planned end", "R203")
    assert returns.findings.heading.text().startswith("1 thing to fix before this is accepted")


def test_enter_on_a_finding_goes_to_the_field_that_it_is_about(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, qtbot: Any
) -> None:
    without_an_end(store, team.ada)
    settle(qtbot, desk, returns)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)

    qtbot.keyClick(returns.findings.table, Qt.Key.Key_Return)
    returns.findings.action.click()

    assert gone == [OpenApprentice(team.ada, "training_planned_end_on")] * 2


def test_the_list_shrinks_when_a_finding_is_fixed(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, qtbot: Any
) -> None:
    without_an_end(store, team.ada)
    settle(qtbot, desk, returns)
    before = len(said(returns))

    desk.undo()
    settle(qtbot, desk, returns)

    assert len(said(returns)) == before - 1


def choose(page: ReturnsPage, about: str, field: str) -> None:
    """Choose the finding about a field of a record."""
    (row,) = [
        row
        for row in page.findings.model.shown
        if (row.about, row.finding.place.field) == (about, field)
    ]
    assert page.findings.table.choose(row.id)


def test_a_finding_on_a_contract_leads_to_its_field(
    returns: ReturnsPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    contract_id = make.contract(
        reference="XMP-1", starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        notice_by_on=date(2027, 6, 1),
    )  # fmt: skip
    settle(qtbot, desk, returns)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)

    choose(returns, "XMP-1", "notice_by_on")
    assert returns.findings.action.text() == "Fix"
    returns.findings.action.click()

    assert gone == [OpenReturnRecord("contracts", contract_id, "notice_by_on")]


def test_what_is_worked_out_says_from_what_and_leads_there(
    returns: ReturnsPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    contract_id = make.contract(
        reference="XMP-2", value_limit=Decimal("1.00"), ends_on=date(2027, 3, 31)
    )
    make.apprentice(family_name="Dear", contract_id=contract_id, agreed_price=Decimal("9000.00"))
    settle(qtbot, desk, returns)
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)

    choose(returns, "XMP-2", "agreed_to_date")
    assert returns.findings.action.text() == "Go to the apprentices"
    assert "Added up from the agreed prices" in returns.findings._words.text()
    returns.findings.action.click()

    assert gone == [OpenPage("apprentices")]


def test_links_lead_to_the_records_that_the_return_is_made_of(
    returns: ReturnsPage, desk: Desk, make: Any, qtbot: Any
) -> None:
    links = returns.made_of.links
    assert [made.text() for made in links.values()] == [
        "Contracts  1", "Reviews  0", "Secondments  0", "Pledges  0", "Events  0", "Barriers  0",
        "Characteristics",
    ]  # fmt: skip
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    for made in links.values():
        made.click()
    assert gone == [OpenReturnRecord(kind) for kind in links]

    make.event()
    settle(qtbot, desk, returns)
    assert links["network"].text() == "Events  1"
    assert access.spoken_name(links["network"]) == "Events, 1"


def test_exporting_writes_the_workbook_and_the_history(
    gone_out: Any, returns: ReturnsPage, desk: Desk, store: Store, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "out" / "return.xlsx"
    path.parent.mkdir()
    returns.sending.export.setFocus()

    returns.sending.export_to(str(path), send_anyway=True)
    returns.sending.ask_to_export()
    assert returns.sending.question is returns.sending.file_dialog is None, "one at a time"
    assert not returns.sending.export.isEnabled()
    # The history is told from the worker, what is said when the work is done: either may be first.
    qtbot.waitUntil(lambda: returns.leaving.sent.rows.total == 1 and bool(desk.messages.said))

    back = read(path)
    assert back.header is not None
    assert (back.header.prepared_by, back.header.revision) == ("HR officer", 1)
    (sent,) = store.read(returns_sent_rows)
    assert sent.fingerprint == back.fingerprint
    assert desk.messages.said[-1].text == f"Exported revision 1 as “return.xlsx” to {path.parent}."
    assert desk.undo_label == ""
    assert returns.sending.export.isEnabled()
    assert returns.window().focusWidget() is returns.sending.export, "not on the quarter before"
    assert gone_out() == [("return", 6)]


def test_a_return_with_something_to_fix_is_asked_about_first(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, qtbot: Any
) -> None:
    without_an_end(store, team.ada)
    settle(qtbot, desk, returns)

    returns.sending.export.click()

    assert returns.sending.question is not None
    assert returns.sending.file_dialog is None
    returns.sending.question.confirm.click()
    assert returns.sending.file_dialog is not None
    assert returns.sending.file_dialog.isVisible()
    returns.sending.file_dialog.reject()


def test_a_return_is_exported_with_keys_alone(returns: ReturnsPage, desk: Desk, qtbot: Any) -> None:
    qtbot.keyClick(returns.findings.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert returns.sending.file_dialog is not None
    assert returns.sending.file_dialog.isVisible()
    returns.sending.file_dialog.reject()


def test_a_sound_return_is_only_asked_for_a_file_name(
    returns: ReturnsPage, desk: Desk, qtbot: Any
) -> None:
    assert returns._standing is not None
    assert returns._standing.prepared.to_fix == ()

    returns.sending.export.click()

    assert returns.sending.question is None
    assert returns.sending.file_dialog is not None
    (chosen,) = returns.sending.file_dialog.selectedFiles()
    assert Path(chosen).name == "Exampleton return 2026-27 Q2.xlsx"
    returns.sending.file_dialog.reject()


def test_where_nothing_is_to_be_fixed_the_next_step_stands_in_its_place(
    returns: ReturnsPage,
) -> None:
    def offered() -> list[QPushButton]:
        made = returns.findings.findChildren(QPushButton)
        return [each for each in made if each.isVisible() and each.text() == "Export workbook"]

    assert not offered()
    returns.findings.show_findings("Nothing to fix", [])
    (button,) = offered()
    button.click()
    assert returns.sending.file_dialog is not None
    returns.sending.file_dialog.reject()


def test_without_a_role_the_page_asks_for_it_and_keeps_it(
    page: Opener, desk: Desk, qtbot: Any
) -> None:
    opened: ReturnsPage = page("returns")
    settle(qtbot, desk, opened)

    opened.sending.export.click()

    assert opened.sending.file_dialog is None
    assert opened.sending.role.isVisible()
    assert "Say who prepares" in opened.sending.role.input.target.accessibleDescription()

    qtbot.keyClicks(opened.sending.role.input.target, "Apprenticeships lead")
    opened.sending.export.click()
    assert load().prepared_by == "Apprenticeships lead"
    assert opened.sending.file_dialog is not None
    opened.sending.file_dialog.reject()


def test_a_file_that_cannot_be_written_is_said_in_the_banner(
    returns: ReturnsPage, desk: Desk, store: Store, qtbot: Any, tmp_path: Path
) -> None:
    returns.sending.export_to(str(tmp_path / "gone" / "return.xlsx"), send_anyway=True)
    qtbot.waitUntil(lambda: desk.messages.current_problem is not None)

    assert "was not found" in str(desk.messages.current_problem)
    assert store.read(returns_sent_rows) == ()
    assert returns.sending.export.isEnabled()


def test_a_hidden_page_waits_until_it_is_shown(
    returns: ReturnsPage, desk: Desk, store: Store, team: Any, qtbot: Any
) -> None:
    returns.hide()
    without_an_end(store, team.ada)
    qtbot.waitUntil(lambda: returns._is_stale)
    assert not desk.jobs.is_busy

    returns.show()
    settle(qtbot, desk, returns)

    assert said(returns)[0][2] == "R203"


def test_the_newest_of_two_quarters_asked_for_is_shown(
    returns: ReturnsPage, desk: Desk, qtbot: Any
) -> None:
    first = Quarter.parse("2025-26 Q4")
    returns.show_period(first)
    returns.show_period(first.previous())
    settle(qtbot, desk, returns)

    assert returns.header.title.text() == f"Return for {first.previous().words()}"


def test_a_desk_open_to_read_only_can_be_looked_at_but_not_sent_from(
    store: Store, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    desk = desk_on(open_store(store.location, read_only=True))
    opened = ReturnsPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    settle(qtbot, desk, opened)

    assert not opened.sending.export.isEnabled()
    words = [each.text() for each in opened.findChildren(type(opened.header.title))]
    assert any("open to read only" in text for text in words)


def test_the_keyboard_reaches_everything_in_reading_order(returns: ReturnsPage) -> None:
    assert access.unnamed_widgets(returns) == []
    assert access.out_of_order(returns) == []
    assert access.buttons_without_keyboard(returns) == []
