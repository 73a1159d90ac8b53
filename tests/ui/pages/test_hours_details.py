"""The details beside the week: one entry in a form, and whether it counts while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import apprentices, hours
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import HoursRow, hours_rows
from apprentice_desk.records.store import Store
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.details import DayDetails
from apprentice_desk.ui.pages.hours.page import HoursPage

Opener = Callable[..., HoursPage]
MONDAY, TUESDAY = date(2026, 8, 31), date(2026, 9, 1)
ENTER = Qt.Key.Key_Return


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def week(page: Opener, team: Any, qtbot: Any) -> HoursPage:
    """The page with the week of 31 August, on Mei's Tuesday."""
    opened = page("hours")
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    opened.week.table.setFocus()
    return opened


def details(page: HoursPage) -> DayDetails:
    return page.week.details


def of(desk: Desk, who: Any, day: date) -> list[HoursRow]:
    return sorted(desk.store.read(hours_rows, day, day, who), key=lambda row: row.minutes)


def written(page: HoursPage, qtbot: Any) -> None:
    settled(qtbot, lambda: not page.week.writer.is_busy)


def here() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def edit(page: HoursPage, **values: Any) -> None:
    form = details(page).form
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()


def test_the_entry_of_the_cell_is_shown_and_ctrl_enter_goes_there(
    week: HoursPage, qtbot: Any
) -> None:
    shown = details(week)
    assert shown.head.text() == "Mei Lin, Tuesday 1 Sep 2026"
    assert shown.form.value("minutes") == 210
    assert shown.form.value("activity") == Activity.WORKSHOP
    qtbot.keyClick(week.week.table, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert here() is shown.form.input("minutes").target


def test_enter_saves_the_entry_and_goes_back_to_the_grid(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    details(week).focus()
    qtbot.keyClick(here(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(here(), "2:30")
    details(week).form.set_value("ksbs", "K7")
    qtbot.keyClick(here(), ENTER)
    assert here() is week.week.table
    written(week, qtbot)
    (row,) = of(desk, team.mei, TUESDAY)
    assert (row.minutes, row.ksbs) == (150, "K7")
    assert str(messages.current) == "Saved: Change hours of Mei Lin on 1 Sep 2026."


def test_ctrl_enter_saves_from_what_was_learned(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.focus("what")
    qtbot.keyClicks(here(), "Joins")
    qtbot.keyClick(here(), ENTER)  # another line: nothing is saved yet
    assert here() is not week.week.table
    qtbot.keyClicks(here(), "Indexes")
    qtbot.keyClick(here(), ENTER, Qt.KeyboardModifier.ControlModifier)
    assert here() is week.week.table
    written(week, qtbot)
    (row,) = of(desk, team.mei, TUESDAY)
    assert row.what.startswith("Joins\nIndexes")


def test_the_next_hours_are_like_the_last_but_never_of_what_does_not_count(
    week: HoursPage, team: Any, qtbot: Any
) -> None:
    week.week.table.go_to(Cell(team.ada, TUESDAY))
    for activity, is_next in (
        (Activity.SHADOWING, Activity.SHADOWING),
        (Activity.ENGLISH_AND_MATHS, Activity.SHADOWING),
    ):
        details(week).which.chosen.emit("new")
        edit(week, minutes=60, activity=activity)
        details(week).submit()
        written(week, qtbot)
        assert week.week.details.activity == is_next


def test_a_blank_day_offers_a_new_entry(week: HoursPage, desk: Desk, team: Any, qtbot: Any) -> None:
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    shown = details(week)
    assert shown.save.text() == "Log hours"
    edit(week, minutes=45, activity=Activity.MENTORING, what="How a switch learns")
    shown.save.click()
    written(week, qtbot)
    (row,) = of(desk, team.tomasz, TUESDAY)
    assert (row.minutes, row.activity, row.counts) == (45, Activity.MENTORING, True)
    settled(qtbot, lambda: shown.save.text() == "Save")


def test_several_entries_of_a_day_are_chosen_from(
    week: HoursPage, desk: Desk, make: Any, team: Any, qtbot: Any
) -> None:
    make.hours(team.mei, done_on=TUESDAY, minutes=30, activity=Activity.SHADOWING)
    shown = details(week)
    settled(qtbot, lambda: len(shown.which.buttons) == 3)
    other = next(made for made in shown.which.buttons.values() if "shadowing" in made.text())
    other.click()
    assert shown.form.value("minutes") == 30
    shown.which.buttons["new"].click()
    assert shown.form.value("minutes") is None
    edit(week, minutes=15)
    shown.save.click()
    written(week, qtbot)
    assert [row.minutes for row in of(desk, team.mei, TUESDAY)] == [15, 30, 210]


def test_going_to_another_cell_saves_what_was_typed(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    edit(week, what="Subnetting and routing")
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    written(week, qtbot)
    (row,) = of(desk, team.mei, TUESDAY)
    assert row.what == "Subnetting and routing"


def test_what_cannot_be_saved_is_there_when_one_comes_back(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any, messages: Messages
) -> None:
    before = desk.store.latest_change()
    details(week).form.input("minutes").target.setText("long")
    details(week).form.edited.emit()
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    assert str(messages.current) == ("What you typed for Mei Lin on 1 Sep 2026 is not saved yet.")
    assert week.has_unsaved_changes
    week.week.table.go_to(Cell(team.mei, TUESDAY))
    assert details(week).form.input("minutes").typed() == "long"
    assert desk.store.latest_change() == before


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"minutes": None}, "minutes", "missing"),
        ({"minutes": 25 * 60}, "minutes", "does not fit in one day"),
        ({"ksbs": "K" * 401}, "ksbs", "400"),
        ({"ksbs": "K7-4"}, "ksbs", "does not run from a lower to a higher code"),
        ({"ksbs": "Q4"}, "ksbs", "“Q4” is not a code. Codes begin with K, S or B"),
        ({"what": "é" * 4001}, "what", "4,000"),
    ],
)
def test_what_cannot_be_logged_is_said_beside_its_field(
    week: HoursPage, desk: Desk, values: dict[str, Any], field: str, words: str
) -> None:
    before = desk.store.latest_change()
    edit(week, **values)
    details(week).save.click()
    given = details(week).form.input(field).target
    assert words in given.accessibleDescription()
    assert given.property("tone") == "danger"
    assert desk.store.latest_change() == before


def test_what_somebody_else_changed_is_not_written_over(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    edit(week, minutes=120)
    (row,) = of(desk, team.mei, TUESDAY)
    with desk.store.change("Somebody else") as session:
        hours.remove_hours(session, row.id)
    details(week).save.click()
    written(week, qtbot)
    assert "removed meanwhile" in week.week.complaint.text()


# --- does it count? -----------------------------------------------------------------------------


def test_whether_it_counts_is_said_while_one_types(week: HoursPage, team: Any) -> None:
    assert details(week).counting.words.startswith("Counts: Workshop counts.")
    edit(week, activity=Activity.ENGLISH_AND_MATHS)
    assert details(week).counting.words.startswith("Does not: English and maths does not count.")
    assert details(week).form.value("counts") is False


def test_more_than_the_contracted_day_is_worth_a_look(
    week: HoursPage, team: Any, qtbot: Any
) -> None:
    edit(week, minutes=11 * 60)
    said = "is more than the contracted day of"  # once what was logged before is read
    settled(qtbot, lambda: said in details(week).counting.words)


def test_a_bank_holiday_is_named(week: HoursPage, team: Any) -> None:
    week.week.table.go_to(Cell(team.mei, MONDAY))
    edit(week, minutes=60, what="How packets find their way")
    assert "31 Aug 2026 is a bank holiday." in details(week).counting.words


def test_a_person_may_decide_otherwise_and_typing_on_keeps_it(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    form = details(week).form
    form.input("counts").box.click()
    assert form.value("counts") is False
    assert "Somebody decided that it does not count" in details(week).counting.words
    edit(week, minutes=60)
    assert form.value("counts") is False, "typing on does not bring the rule back"
    details(week).save.click()
    written(week, qtbot)
    (row,) = of(desk, team.mei, TUESDAY)
    assert not row.counts
    form.input("counts").box.click()
    assert "decided" not in details(week).counting.words


def test_every_part_has_a_name_and_a_keyboard_route(week: HoursPage) -> None:
    assert access.unnamed_widgets(week) == []
    assert access.buttons_without_keyboard(week) == []
    assert access.out_of_order(week) == []


def test_a_desk_open_to_read_only_shows_details_but_saves_none(
    location: str, team: Any, desk_on: Callable[[Store], Desk], qtbot: Any
) -> None:
    opened = HoursPage(desk_on(open_store(location, read_only=True)))
    qtbot.addWidget(opened)
    opened.show()
    settled(qtbot, lambda: opened.week.model.people)
    opened.week.table.go_to(Cell(team.mei, TUESDAY))
    assert details(opened).form.value("minutes") == 210
    assert not details(opened).save.isVisible()
    assert not details(opened).submit()


# --- codes of knowledge, skills and behaviours ----------------------------------------------------


def test_codes_are_kept_short_and_shown_so_as_soon_as_their_field_is_left(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    details(week).form.focus("ksbs")
    qtbot.keyClick(here(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(here(), "k4 to k6; s1 2")
    qtbot.keyClick(here(), Qt.Key.Key_Tab)
    assert details(week).form.input("ksbs").typed() == "k4 to k6; s1 2"  # 2 has no letter
    details(week).form.focus("ksbs")
    qtbot.keyClick(here(), Qt.Key.Key_End)
    qtbot.keyClick(here(), Qt.Key.Key_Backspace)
    qtbot.keyClick(here(), Qt.Key.Key_Tab)
    assert details(week).form.input("ksbs").typed() == "K4-6, S1"
    details(week).save.click()
    written(week, qtbot)
    assert [row.ksbs for row in of(desk, team.mei, TUESDAY)] == ["K4-6, S1"]


def test_codes_that_a_loaded_standard_does_not_have_are_refused_with_what_it_has(
    week: HoursPage, desk: Desk, team: Any, make: Any, qtbot: Any
) -> None:
    held = desk.store.read(apprentices.held, team.mei).details
    make.ksbs({"K1": "Stages", "K2": "Roles"}, held.standard_code)
    with desk.store.change("Choose the version") as session:
        apprentices.correct(session, team.mei, replace(held, standard_version="1.1"))
    details(week)._day_facts._behind.clear()
    edit(week, minutes=60, ksbs="K1-3")
    given = details(week).form.input("ksbs").target
    qtbot.waitUntil(lambda: "The standard has K1-2." in given.toolTip())
    details(week).save.click()
    assert "The standard has no K3. It has K1-2." in given.accessibleDescription()
    edit(week, ksbs="K1-2")
    details(week).save.click()
    written(week, qtbot)
    assert [row.ksbs for row in of(desk, team.mei, TUESDAY)] == ["K1-2"]


def test_codes_are_said_to_be_unchecked_where_the_standard_is_not_loaded(week: HoursPage) -> None:
    assert "not checked" in details(week).form.input("ksbs").target.toolTip()
