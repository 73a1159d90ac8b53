"""Verified: one entry, a week, everybody's week; who and when, in the grid and in the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursRow, hours_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.columns import COLUMNS
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
MONDAY, TUESDAY = date(2026, 8, 31), date(2026, 9, 1)
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
VERIFIED = next(column for column in COLUMNS if column.heading == "Verified")


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def week(page: Opener, team: Any, qtbot: Any) -> HoursPage:
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    opened.week.table.setFocus()
    return opened


def give_name(page: HoursPage, name: str = "Grace Park") -> None:
    """Answer who one is, as on the first day."""
    (asked,) = [each for each in page.findChildren(FormDialog) if each.isVisible()]
    asked.form.set_value("name", name)
    asked.panel.confirm.click()


def written(page: HoursPage, qtbot: Any) -> None:
    settled(qtbot, lambda: not page.week.writer.is_busy)


def of_week(desk: Desk) -> list[HoursRow]:
    return list(desk.store.read(hours_rows, MONDAY, date(2026, 9, 6)))


def spoken(page: HoursPage, cell: Cell, role: Any = Qt.ItemDataRole.AccessibleTextRole) -> str:
    return str(page.week.model.index_of(cell).data(role))


def test_one_entry_is_verified_and_taken_back_with_who_and_when(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    shown = week.week.details
    assert shown.verify.text() == "Verify"
    shown.verify.click()
    give_name(week)
    written(week, qtbot)
    assert str(messages.current) == "Saved: Verify 3 h 30 m of Mei Lin on 1 Sep 2026."
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert (row.verified_by, row.verified_at) == ("Grace Park", desk.clock.now())
    assert shown.verified.text() == "Verified by Grace Park on 1 Sep 2026"
    assert shown.verify.text() == "Take back"
    cell = Cell(team.mei, TUESDAY)
    assert spoken(week, cell).endswith(", verified")
    assert "Verified by Grace Park on 1 Sep 2026" in spoken(week, cell, Qt.ItemDataRole.ToolTipRole)
    shown.verify.click()
    written(week, qtbot)
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert row.verified_by == ""
    assert "verified" not in spoken(week, cell)
    assert shown.verify.text() == "Verify"


def test_what_is_typed_is_saved_before_it_is_verified(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    shown = week.week.details
    shown.form.type_in({"minutes": "2:00"})
    shown.verify.click()
    give_name(week)
    written(week, qtbot)
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert (row.minutes, row.verified_by) == (120, "Grace Park")


def test_what_cannot_be_saved_is_not_verified(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    shown = week.week.details
    shown.form.type_in({"minutes": "long"})
    shown.verify.click()
    assert not [each for each in week.findChildren(FormDialog) if each.isVisible()]
    assert shown.form.input("minutes").target.property("tone") == "danger"
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert row.verified_by == ""


def test_typing_goes_on_while_the_entry_is_verified_elsewhere(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    """Verifying changes the entry's stamp, but nothing that the form shows."""
    shown = week.week.details
    shown.form.type_in({"what": "Half a sen"})
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    with desk.store.change("Verify") as session:
        hours.verify(session, [row.id], "Grace Park", desk.clock.now())
    settled(qtbot, lambda: shown.verify.text() == "Take back")
    assert shown.form.value("what") == "Half a sen"
    shown.save.click()
    written(week, qtbot)
    assert not week.week.complaint.isVisible()
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert row.what == "Half a sen"


def test_a_new_entry_has_nothing_to_verify(week: HoursPage, team: Any) -> None:
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    assert not week.week.details.verify.isVisible()


def test_the_week_of_one_is_verified_in_one_change_with_the_keyboard(
    week: HoursPage, desk: Desk, make: Any, team: Any, qtbot: Any, messages: Messages
) -> None:
    make.hours(team.mei, done_on=MONDAY, minutes=30)
    settled(qtbot, lambda: len(week.week.model.unverified(week.week.model.people)) == 3)
    before = desk.store.latest_change().number
    qtbot.keyClick(week.week.table, Qt.Key.Key_V, CTRL_SHIFT)
    give_name(week)
    written(week, qtbot)
    assert str(messages.current) == (
        "Saved: Verify 2 entries of Mei Lin in the week of 31 Aug 2026."
    )
    by = {row.name: row.verified_by for row in of_week(desk)}
    assert by == {"Mei Lin": "Grace Park", "Ada Obi": ""}
    assert desk.store.latest_change().number == before + 1
    assert not week.week.verify_chosen.isEnabled(), "nothing is left to verify"
    assert week.week.verify_shown.isEnabled()


def test_the_week_of_everybody_shown_is_verified_and_undone_in_one(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    week.week.verify_shown.trigger()
    give_name(week)
    written(week, qtbot)
    assert str(messages.current) == (
        "Saved: Verify 2 entries of 2 people in the week of 31 Aug 2026."
    )
    assert {row.verified_by for row in of_week(desk)} == {"Grace Park"}
    assert not week.week.verify_shown.isEnabled()
    settled(qtbot, lambda: desk.undo_label.startswith("Verify 2"))
    desk.undo()
    assert {row.verified_by for row in of_week(desk)} == {""}
    settled(qtbot, week.week.verify_shown.isEnabled)


def test_a_day_of_which_not_all_is_verified_says_so(
    week: HoursPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    week.week.details.verify.click()
    give_name(week)
    written(week, qtbot)
    make.hours(team.mei, done_on=TUESDAY, minutes=30)
    cell = Cell(team.mei, TUESDAY)
    settled(qtbot, lambda: "2 entries" in spoken(week, cell))
    assert "partly verified" in spoken(week, cell)


def test_the_list_shows_and_sorts_by_who_verified_and_when(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    week.switch.buttons["list"].click()
    rows = {row.name: row for row in week.list.model.shown}
    assert (VERIFIED.text(rows["Mei Lin"]), VERIFIED.spoken(rows["Mei Lin"])) == (
        "", "not verified",
    )  # fmt: skip
    with desk.store.change("Verify") as session:
        hours.verify(session, [rows["Ada Obi"].id], "Grace Park", desk.clock.now())
    settled(qtbot, lambda: any(row.verified_by for row in week.list.model.shown))
    rows = {row.name: row for row in week.list.model.shown}
    assert VERIFIED.text(rows["Ada Obi"]) == "Grace Park, 01/09/2026"
    assert VERIFIED.spoken(rows["Ada Obi"]) == "Verified by Grace Park on 1 Sep 2026"
    place = COLUMNS.index(VERIFIED)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        week.list.model.sort(place, order)
        assert [row.name for row in week.list.model.shown] == ["Ada Obi", "Mei Lin"]
