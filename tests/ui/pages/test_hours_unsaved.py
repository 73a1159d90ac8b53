"""What is typed into the details and not saved: there again in its cell, and after a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.drafts import Draft
from apprentice_desk.records import hours
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours, destination_of
from apprentice_desk.ui.pages.hours.details import DayDetails
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
MONDAY, TUESDAY, SATURDAY = date(2026, 8, 31), date(2026, 9, 1), date(2026, 8, 29)


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def week(page: Opener, team: Any, qtbot: Any) -> HoursPage:
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    opened.week.table.setFocus()
    return opened


def details(page: HoursPage) -> DayDetails:
    return page.week.details


def go(page: HoursPage, who: Any, day: date = TUESDAY) -> None:
    page.week.table.go_to(Cell(who, day))


def after_a_crash(page: HoursPage, desk: Desk, qtbot: Any) -> HoursPage:
    """A page that knows nothing of what was typed, on the drafts that were kept."""
    again = HoursPage(desk)
    again.resize(1224, 800)
    qtbot.addWidget(again)
    again.show()
    settled(qtbot, lambda: again.week.model.people)
    return again


def kept(desk: Desk) -> list[Draft]:
    return list(desk.drafts.waiting())


def test_what_is_typed_into_an_entry_is_kept_and_offered_when_one_comes_back(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.type_in({"what": "Half a sen"})
    settled(qtbot, lambda: kept(desk))
    (draft,) = kept(desk)
    assert draft.title == "Hours of Mei Lin on 1 Sep 2026"
    assert destination_of(draft.place) == LogHours(team.mei, TUESDAY)
    again = after_a_crash(week, desk, qtbot)
    shown = details(again)
    go(again, team.tomasz)
    assert shown.unsaved.keeper.offer is None, "it belongs to another cell"
    go(again, team.mei)
    offer = shown.unsaved.keeper.offer
    assert offer is not None
    assert shown.form.value("what") == "Unit testing", "nothing is put back by itself"
    QTest.keyClick(offer.back, Qt.Key.Key_Space)
    assert shown.form.value("what") == "Half a sen"
    assert shown.unsaved.keeper.offer is None


def test_of_several_entries_of_a_day_the_one_with_something_to_put_back_is_shown(
    week: HoursPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    make.hours(team.mei, done_on=TUESDAY, minutes=15, began_at="15:00")
    settled(qtbot, lambda: len(details(week).which.buttons) == 3)
    details(week).which.buttons["new"].click()
    details(week).form.type_in({"what": "A third"})
    settled(qtbot, lambda: kept(desk))
    again = after_a_crash(week, desk, qtbot)
    go(again, team.mei)
    assert details(again).save.text() == "Log hours"
    offer = details(again).unsaved.keeper.offer
    assert offer is not None
    offer.back.click()
    assert details(again).form.value("what") == "A third"


def test_what_is_dropped_is_gone(week: HoursPage, desk: Desk, team: Any, qtbot: Any) -> None:
    details(week).form.type_in({"what": "Half a sen"})
    settled(qtbot, lambda: kept(desk))
    again = after_a_crash(week, desk, qtbot)
    go(again, team.tomasz)
    go(again, team.mei)
    offer = details(again).unsaved.keeper.offer
    assert offer is not None
    offer.away.click()
    assert kept(desk) == []
    go(again, team.tomasz)
    go(again, team.mei)
    assert details(again).unsaved.keeper.offer is None


def test_going_on_neither_takes_the_keyboard_nor_drops_an_offer(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.type_in({"what": "Half a sen"})
    settled(qtbot, lambda: kept(desk))
    again = after_a_crash(week, desk, qtbot)
    go(again, team.tomasz)
    go(again, team.mei)
    offer = details(again).unsaved.keeper.offer
    assert offer is not None
    offer.back.setFocus()
    again.week.table.setFocus()
    go(again, team.tomasz)
    assert QApplication.focusWidget() is again.week.table
    assert len(kept(desk)) == 1


def test_what_is_saved_is_not_kept_any_more(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.type_in({"what": "The whole sentence"})
    settled(qtbot, lambda: kept(desk))
    details(week).save.click()
    settled(qtbot, lambda: not week.week.writer.is_busy)
    assert kept(desk) == []
    go(week, team.tomasz)
    go(week, team.mei)
    assert details(week).unsaved.keeper.offer is None
    assert not week.has_unsaved_changes


def test_what_cannot_be_saved_is_kept_on_the_way_and_put_back_without_asking(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.type_in({"minutes": "long"})
    go(week, team.tomasz)
    assert [draft.typed["minutes"] for draft in kept(desk)] == ["long"]
    go(week, team.mei)
    assert details(week).form.input("minutes").typed() == "long"
    assert details(week).unsaved.keeper.offer is None
    details(week).form.type_in({"minutes": "3:00"})
    details(week).save.click()
    settled(qtbot, lambda: not week.week.writer.is_busy)
    assert kept(desk) == []
    assert not week.has_unsaved_changes


def test_what_was_typed_and_taken_back_is_not_kept(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.type_in({"what": "Half a sen"})
    settled(qtbot, lambda: kept(desk))
    details(week).form.type_in({"what": "Unit testing"})
    go(week, team.tomasz)
    assert kept(desk) == []


def test_what_met_another_version_stays_and_goes_over_it_when_saved_again(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    details(week).form.type_in({"what": "Mine"})
    with desk.store.change("Somebody else") as session:
        hours.correct_hours(session, row.id, replace(row.details, minutes=60))
    details(week).save.click()
    settled(qtbot, lambda: week.week.complaint.text())
    form = details(week).form
    assert (form.value("minutes"), form.value("what")) == (60, "Mine")
    assert week.has_unsaved_changes
    details(week).save.click()
    settled(qtbot, lambda: not week.week.writer.is_busy)
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert (row.minutes, row.what) == (60, "Mine")
    assert kept(desk) == []


def test_what_was_typed_over_an_entry_that_is_gone_can_be_logged_anew(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    details(week).form.type_in({"what": "Mine"})
    with desk.store.change("Somebody else") as session:
        hours.remove_hours(session, row.id)
    details(week).save.click()
    settled(qtbot, lambda: week.week.complaint.text())
    assert details(week).save.text() == "Log hours"
    details(week).save.click()
    settled(qtbot, lambda: not week.week.writer.is_busy)
    (row,) = desk.store.read(hours_rows, TUESDAY, TUESDAY, team.mei)
    assert (row.minutes, row.what) == (210, "Mine")
    assert not week.has_unsaved_changes


def test_a_new_entry_stays_chosen_while_others_log(
    week: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    details(week).which.buttons["new"].click()
    make.hours(team.tomasz, done_on=TUESDAY, minutes=45)
    settled(qtbot, lambda: week.week.model.minutes(Cell(team.tomasz, TUESDAY)) == 45)
    assert details(week).save.text() == "Log hours"


def test_the_window_leads_to_the_cell_in_another_week_and_on_a_saturday(
    week: HoursPage, team: Any, qtbot: Any
) -> None:
    week.arrive(LogHours(team.tomasz, SATURDAY))
    settled(qtbot, lambda: week.week.table.cell == Cell(team.tomasz, SATURDAY))
    assert week.header.subtitle.text().startswith("Week of 24 August 2026")
    assert QApplication.focusWidget() is week.week.table
    week.arrive(LogHours(team.mei, MONDAY))
    settled(qtbot, lambda: week.week.table.cell == Cell(team.mei, MONDAY))


def test_nothing_is_kept_of_a_desk_open_to_read_only(
    location: str, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    desk = desk_on(open_store(location, read_only=True))
    opened = HoursPage(desk)
    qtbot.addWidget(opened)
    opened.show()
    settled(qtbot, lambda: opened.week.model.people)
    go(opened, team.mei)
    details(opened).form.type_in({"what": "Half a sen"})
    details(opened).unsaved.keeper.keep()
    go(opened, team.tomasz)
    assert kept(desk) == []


def test_whose_entry_is_not_saved_is_told_with_the_day_and_what_was_typed(
    week: HoursPage, team: Any
) -> None:
    details(week).form.type_in({"minutes": "25:00", "what": f"Half a sentence {'on ' * 40}"})
    go(week, team.ada)
    details(week).form.type_in({"minutes": "1:15"})
    week.quick.edit.setText("mei 2 tue  reading")
    half = f"Half a sentence {'on ' * 40}"[:60].rstrip()
    assert week.unsaved_words == [
        "Quick log “mei 2 tue reading”",
        "Ada Obi, Tuesday 1 Sep 2026: Hours “1:15”",
        f"Mei Lin, Tuesday 1 Sep 2026: Hours “25:00”, What was learned “{half}…”",
    ]
    go(week, team.mei)
    details(week).form.type_in({"minutes": "3:30", "what": "", "counts": "No"})
    assert week.unsaved_words[1] == (
        "Mei Lin, Tuesday 1 Sep 2026: What was learned left blank, Counts as off-the-job “No”"
    )
