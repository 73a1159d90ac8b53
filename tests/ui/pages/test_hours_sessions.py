"""One session, many people; what comes again; what a calendar holds: on the real page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import apprentices, repeats, weeks
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.repeats import RepeatDetails, repeat_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ReadCalendar
from apprentice_desk.ui.kit.dialogs import Question
from apprentice_desk.ui.pages.hours.calendar_dialog import CalendarDialog
from apprentice_desk.ui.pages.hours.confirm_dialog import ConfirmDialog
from apprentice_desk.ui.pages.hours.page import HoursPage
from apprentice_desk.ui.pages.hours.repeat_dialog import RepeatDialog
from apprentice_desk.ui.sessions.dialog import SessionDialog
from records.dumps import dump

Opener = Callable[..., HoursPage]
TODAY = date(2026, 9, 1)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def settled(qtbot: Any, condition: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(condition()))


@pytest.fixture
def opened(page: Opener, desk: Desk, qtbot: Any) -> HoursPage:
    """The page, read, with nothing under way."""
    made = page("hours")
    settled(qtbot, lambda: made.week.model.people and not desk.jobs.is_busy)
    return made


def calm(desk: Desk, qtbot: Any) -> None:
    settled(qtbot, lambda: not desk.jobs.is_busy)


def here() -> Any:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def session_on(page: HoursPage, desk: Desk, qtbot: Any, key: Qt.Key = Qt.Key.Key_G) -> Any:
    """Open the dialog of a session with its key, and wait until the day is read."""
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    qtbot.keyClick(page, key, CTRL | SHIFT)
    dialog = page.more.dialog
    assert isinstance(dialog, SessionDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    calm(desk, qtbot)
    return dialog


def fill(
    dialog: Any,
    qtbot: Any,
    day: str = "31/8/2026",
    minutes: str = "3:30",
    what: str = "Databases: joins and keys in practice",
) -> None:
    dialog.form.set_value("what", what)
    dialog.form.set_value("activity", Activity.WORKSHOP)
    dialog.form.input("done_on").type_in(day)
    dialog.form.input("minutes").type_in(minutes)
    dialog.form.edited.emit()


def rows(dialog: Any) -> dict[str, list[str]]:
    """The people of the list by name, each with hours, whether it counts, and what is there."""
    model = dialog.people.table.rows
    return {
        model.index(row, 0).data(): [model.index(row, column).data() for column in (1, 2, 3)]
        for row in range(model.rowCount())
    }


def logged(desk: Desk, day: date) -> list[tuple[str, int, bool]]:
    found = desk.store.read(hours_rows, day, day)
    return sorted((row.name, row.minutes, row.counts) for row in found)


def question(of: Any) -> Question:
    (found,) = [each for each in of.findChildren(Question) if each.isVisible()]
    assert isinstance(found, Question)
    return found


def done(dialog: Any, qtbot: Any) -> None:
    """Press the first button and wait until the dialog has closed."""
    with qtbot.waitSignal(dialog.finished):
        dialog.confirm.click()


# --- one session --------------------------------------------------------------------------------


def test_a_session_is_logged_for_several_with_the_keyboard_alone(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    before = dump(desk.store)
    dialog = session_on(opened, desk, qtbot)
    qtbot.keyClicks(here(), "Databases: joins and keys")
    for text in ("27/8/2026", "3:30", "9.30", "work"):
        qtbot.keyClick(here(), Qt.Key.Key_Tab)
        here().selectAll()
        qtbot.keyClicks(here(), text)
    table = dialog.people.table
    for _ in range(12):
        if here() is table:
            break
        qtbot.keyClick(here(), Qt.Key.Key_Tab)
    assert here() is table
    calm(desk, qtbot)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    names = [row.name for row in table.rows.shown]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClicks(table, "2")
    qtbot.keyClicks(here(), ":15")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert here() is table
    assert dialog.confirm.text() == "Log for 2 people"
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(table, Qt.Key.Key_Return, CTRL)
    day = date(2026, 8, 27)
    assert [(name, minutes) for name, minutes, _ in logged(desk, day)] == sorted(
        [(names[0], 210), (names[1], 135)]
    )
    found = desk.store.read(hours_rows, day, day)
    assert {(row.what, row.began_at, row.activity, row.source) for row in found} == {
        ("Databases: joins and keys", "09:30", Activity.WORKSHOP, "")
    }
    desk.undo()
    assert dump(desk.store) == before


def test_beside_each_stands_whether_it_counts_and_why_not(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot, "27/8/2026")
    calm(desk, qtbot)
    found = rows(dialog)
    assert found["Tomasz Nowak"][1] == "Counts"
    assert found["Jo Bright"][1:] == [
        "Does not", "27 Aug 2026 is in a break in learning, from 1 Jun 2026.",
    ]  # fmt: skip
    assert found["Lee Chan"][1] == "Does not"
    assert "27 Aug 2026 is before training starts on 5 Oct 2026." in found["Lee Chan"][2]
    assert "after the last day of the apprenticeship" in found["Kim Adeyemi"][2]
    dialog.people.table.tick([team.jo, team.tomasz])
    assert dialog.count.text() == "2 are ticked; it counts for 1 of them."
    done(dialog, qtbot)
    assert logged(desk, date(2026, 8, 27)) == [
        ("Jo Bright", 210, False), ("Tomasz Nowak", 210, True),
    ]  # fmt: skip


def test_what_a_day_holds_already_is_shown(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot, "1/9/2026", what="Unit testing, with mocks")
    calm(desk, qtbot)
    assert rows(dialog)["Mei Lin"][2].startswith("Likely logged already.")
    assert rows(dialog)["Mei Lin"][2].endswith("Logged already: 3 h 30 m workshop.")
    dialog.form.input("minutes").type_in("1:00")
    dialog.form.edited.emit()
    assert "Likely" not in rows(dialog)["Mei Lin"][2]


def test_a_likely_duplicate_is_asked_about_and_not_logged_silently(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot, "1/9/2026", what="Unit testing, with mocks")
    calm(desk, qtbot)
    dialog.people.table.tick([team.mei, team.ada])
    dialog.confirm.click()
    asked = question(dialog)
    assert "Mei Lin has hours of the same length and similar words on 1 Sep 2026" in (
        asked.accessibleDescription()
    )
    assert asked.cancel.isDefault()
    asked.cancel.click()
    assert len(logged(desk, TODAY)) == 1
    assert dialog.isVisible()
    dialog.confirm.click()
    with qtbot.waitSignal(dialog.finished):
        question(dialog).confirm.click()
    assert [name for name, _, _ in logged(desk, TODAY)] == ["Ada Obi", "Mei Lin", "Mei Lin"]


def test_a_day_that_is_still_being_read_is_looked_at_before_anything_is_logged(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    dialog.people.table.tick([team.mei])
    fill(dialog, qtbot, "1/9/2026", what="Unit testing, with mocks")
    dialog.form.input("done_on").type_in("31/8/2026")
    dialog.form.edited.emit()
    dialog.form.input("done_on").type_in("1/9/2026")
    dialog.form.edited.emit()
    dialog._logged = None  # as it is until the worker has read the day
    dialog.confirm.click()
    settled(qtbot, lambda: [e for e in dialog.findChildren(Question) if e.isVisible()])
    question(dialog).cancel.click()
    assert len(logged(desk, TODAY)) == 1


def test_a_cohort_is_ticked_in_one_go(opened: HoursPage, desk: Desk, team: Any, qtbot: Any) -> None:
    dialog = session_on(opened, desk, qtbot)
    texts = [each.text() for each in dialog.people.actions_]
    assert "Kestrel Skills (1)" in texts
    assert "XMP-2025-014 (5)" in texts
    kestrel = dialog.people.actions_[texts.index("Kestrel Skills (1)")]
    kestrel.trigger()
    assert [each.name for each in dialog.people.ticked()] == ["Mei Lin"]
    dialog.people.actions_[texts.index("XMP-2025-014 (5)")].trigger()
    assert len(dialog.people.ticked()) == 6
    dialog.people.nobody.click()
    assert dialog.people.ticked() == []
    dialog.people.filter.setText("kestrel")
    dialog.people.everybody.click()
    dialog.people.filter.clear()
    assert [each.name for each in dialog.people.ticked()] == ["Mei Lin"]


def test_ones_own_apprentices_come_first(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    desk.prefer(replace(desk.settings, my_name="grace park", shows_everyone=True))
    calm(desk, qtbot)
    dialog = session_on(opened, desk, qtbot)
    names = list(rows(dialog))
    assert names[:2] == ["Tomasz Nowak", "Ada Obi"]
    assert names[-2:] == ["Kim Adeyemi", "Lee Chan"]  # not on programme
    dialog.people.actions_[0].trigger()
    assert [each.name for each in dialog.people.ticked()] == ["Tomasz Nowak", "Ada Obi"]


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("done_on", "", "Day is missing"),
        ("done_on", "2/9/2026", "2 Sep 2026 is still to come."),
        ("done_on", "1/9/1900", "more than ten years ago"),
        ("done_on", "31/02/2026", "31/02/2026"),
        ("minutes", "", "Say how long it took."),
        ("minutes", "25:00", "25 h does not fit in one day."),
        ("minutes", "soon", "soon"),
        ("began_at", "25:00", "“25:00” is not a time of day. Write it as 9:30."),
        ("what", "x" * 2_000_000, "32,767 characters; there is room for 4,000."),
        ("ksbs", "K7-4", "Tomasz Nowak: “K7-4” does not run from a lower to a higher code"),
        ("ksbs", "K" * 401, "401 characters; there is room for 400."),
    ],
)
def test_bad_input_is_said_beside_its_field(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any, field: str, text: str, says: str
) -> None:
    before = dump(desk.store)
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot)
    dialog.form.input(field).type_in(text)
    dialog.people.table.tick([team.tomasz])
    dialog.confirm.click()
    calm(desk, qtbot)
    assert says in " ".join(
        each.text() for each in dialog.form.findChildren(type(dialog.count)) if each.isVisible()
    )
    assert dump(desk.store) == before


def test_codes_that_the_standard_of_one_of_them_does_not_have_are_refused_by_name(
    opened: HoursPage, desk: Desk, team: Any, make: Any, qtbot: Any
) -> None:
    held = desk.store.read(apprentices.held, team.tomasz).details
    make.ksbs({"K1": "Stages", "K2": "Roles"}, held.standard_code)
    with desk.store.change("Choose the version") as session:
        apprentices.correct(session, team.tomasz, replace(held, standard_version="1.1"))
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot)
    dialog.form.input("ksbs").type_in("k1 to k3")
    dialog.people.table.tick([team.mei, team.tomasz])
    before = dump(desk.store)
    dialog.confirm.click()
    calm(desk, qtbot)
    said = " ".join(each.text() for each in dialog.form.findChildren(type(dialog.count)))
    assert "Tomasz Nowak: The standard has no K3. It has K1-2." in said
    assert dump(desk.store) == before
    dialog.form.input("ksbs").type_in("k1 to k2")
    dialog.confirm.click()
    calm(desk, qtbot)
    logged = desk.store.read(hours_rows, date(2026, 8, 31), date(2026, 8, 31))
    assert {row.ksbs for row in logged if row.minutes == 210} == {"K1-2"}


def test_the_current_row_stays_in_sight_where_there_is_little_room(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    dialog.resize(dialog.width(), 400)
    table = dialog.people.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End)
    row = table.visualRect(table.currentIndex())
    seen = dialog.area.viewport()
    middle = table.viewport().mapTo(seen, row.center()).y()
    assert 0 < middle < seen.height()


def test_nobody_ticked_is_said(opened: HoursPage, desk: Desk, qtbot: Any) -> None:
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot)
    dialog.confirm.click()
    assert str(dialog.messages.current_problem).startswith("Nobody is ticked.")
    assert here() is dialog.people.table


def test_strange_texts_are_kept_as_they_are(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    text = "Databases 🎓 – עברית and “joins”"
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot, "27/8/2026")
    dialog.form.set_value("what", text)
    dialog.people.table.tick([team.mei])
    calm(desk, qtbot)
    done(dialog, qtbot)
    (row,) = desk.store.read(hours_rows, date(2026, 8, 27), date(2026, 8, 27))
    assert row.what == text


def test_a_finished_week_is_said_in_the_dialog_which_keeps_what_was_typed(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    with desk.store.change("Finish") as session:
        weeks.finish_week(session, [team.mei], date(2026, 8, 24), "Grace Park", desk.clock.now())
    calm(desk, qtbot)
    dialog = session_on(opened, desk, qtbot)
    fill(dialog, qtbot, "27/8/2026")
    dialog.people.table.tick([team.mei, team.tomasz])
    calm(desk, qtbot)
    dialog.confirm.click()
    settled(qtbot, lambda: dialog.messages.current_problem)
    assert "The week of 24 Aug 2026 is finished for Mei Lin" in str(dialog.messages.current_problem)
    assert dialog.isVisible()
    assert dialog.confirm.isEnabled()
    assert logged(desk, date(2026, 8, 27)) == []
    dialog.people.table.tick([team.mei], is_ticked=False)
    done(dialog, qtbot)
    assert [name for name, _, _ in logged(desk, date(2026, 8, 27))] == ["Tomasz Nowak"]


def test_escape_asks_before_what_was_typed_is_lost(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    dialog.people.table.tick([team.mei])
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question(dialog).cancel.click()
    assert dialog.isVisible()
    dialog.close()
    with qtbot.waitSignal(dialog.finished):
        question(dialog).confirm.click()
    dialog = session_on(opened, desk, qtbot)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_nothing_can_be_logged_where_a_desk_is_open_to_read_only(
    opened: HoursPage, desk: Desk
) -> None:
    assert opened.more.log_session.isEnabled()
    assert opened.more.button.isVisible()
    desk.store.is_read_only = True  # type: ignore[misc]
    opened.more._allow()
    for action in (opened.more.log_session, opened.more.propose, opened.more.from_calendar):
        assert not action.isEnabled()
    assert not opened.more.button.isVisible()


# --- what comes again ---------------------------------------------------------------------------


def days_of(page: HoursPage, desk: Desk, qtbot: Any, *people: Any, day: str = "6/8/2026") -> Any:
    dialog = session_on(page, desk, qtbot)
    fill(dialog, qtbot, day)
    dialog.people.table.tick(people)
    calm(desk, qtbot)
    dialog.again.click()
    days = page.more.dialog
    assert isinstance(days, RepeatDialog)
    calm(desk, qtbot)
    return days


def shown(dialog: Any) -> list[tuple[str, str, str, bool]]:
    """The days that are proposed: day, apprentice, why not, ticked."""
    model = dialog.days.rows
    return [
        (row.day.isoformat(), row.name, model.index(number, 4).data(),
         row.id in dialog.days.ticks.chosen)
        for number, row in enumerate(model.shown)
    ]  # fmt: skip


def test_days_are_proposed_from_a_session_and_those_ticked_are_logged_in_one_change(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    before = dump(desk.store)
    days = days_of(opened, desk, qtbot, team.mei, team.jo)
    found = shown(days)
    assert [(day, name, ticked) for day, name, _, ticked in found if name == "Mei Lin"] == [
        ("2026-08-06", "Mei Lin", True), ("2026-08-13", "Mei Lin", True),
        ("2026-08-20", "Mei Lin", True), ("2026-08-27", "Mei Lin", True),
    ]  # fmt: skip
    assert {(why, ticked) for _, name, why, ticked in found if name == "Jo Bright"} == {
        (f"{day} Aug 2026 is in a break in learning, from 1 Jun 2026.", False)
        for day in (6, 13, 20, 27)
    }
    days.form.set_value("leave_out", (Period(date(2026, 8, 10), date(2026, 8, 14)),))
    days.form.edited.emit()
    assert ("2026-08-13", "Mei Lin",
            "13 Aug 2026 is in the days left out, 10 Aug 2026 to 14 Aug 2026.", False) in shown(
        days
    )  # fmt: skip
    days.days.tick([(None, team.mei, date(2026, 8, 20))], is_ticked=False)
    assert days.count.text() == "2 of 8 ticked"
    assert days.confirm.text() == "Log 2 and remember the repeat"
    done(days, qtbot)
    calm(desk, qtbot)
    found_rows = desk.store.read(hours_rows, date(2026, 8, 1), date(2026, 8, 30), team.mei)
    assert [row.done_on.day for row in found_rows] == [27, 6]
    (kept,) = desk.store.read(repeat_rows)
    assert kept.answered_to == TODAY
    assert kept.details.repeat.weekdays == {3}
    assert not opened.more.strip.isVisible(), "everything up to today is answered"
    desk.undo()
    assert dump(desk.store) == before


def test_the_session_closes_when_its_repeat_is_logged(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    days = days_of(opened, desk, qtbot, team.mei)
    session = days.parentWidget()
    with qtbot.waitSignal(session.finished):
        days.confirm.click()


def test_nothing_to_come_is_logged_only_remembered(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    days = days_of(opened, desk, qtbot, team.mei, day="1/9/2026")
    days.form.set_value("first_on", date(2026, 9, 3))
    days.form.set_value("tuesday", False)
    days.form.set_value("thursday", True)
    days.form.set_value("last_on", date(2026, 12, 17))
    days.form.edited.emit()
    assert shown(days) == []
    assert days.confirm.text() == "Remember the repeat"
    assert "16 days to come are never logged by themselves" in days.later.text()
    count = len(desk.store.read(hours_rows))
    done(days, qtbot)
    assert len(desk.store.read(hours_rows)) == count
    assert len(desk.store.read(repeat_rows)) == 1


def test_a_repeat_that_is_past_is_logged_and_not_remembered(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    days = days_of(opened, desk, qtbot, team.mei)
    days.form.set_value("last_on", date(2026, 8, 20))
    days.form.edited.emit()
    assert days.confirm.text() == "Log 3"
    days.days.tick_shown(is_ticked=False)
    days.confirm.click()
    assert "Nothing is ticked, and no day is to come." in str(days.messages.current_problem)
    days.days.tick_shown(is_ticked=True)
    done(days, qtbot)
    assert len(desk.store.read(hours_rows, date(2026, 8, 1), date(2026, 8, 30), team.mei)) == 3
    assert desk.store.read(repeat_rows) == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"thursday": "No"}, "Choose at least one day of the week."),
        ({"last_on": "5/8/2026"}, "comes before the first"),
        ({"first_on": "1/1/2020"}, "more than 5 years ago"),
        ({"last_on": "1/1/2100"}, "more than 5 years after the first day"),
        ({"leave_out": "half-term"}, "“half-term” is not a day"),
        ({"first_on": ""}, "From is missing"),
    ],
)
def test_a_pattern_that_cannot_be_is_said(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any, typed: dict[str, str], says: str
) -> None:
    days = days_of(opened, desk, qtbot, team.mei)
    days.form.type_in(typed)
    assert shown(days) == []
    days.confirm.click()
    words = " ".join(
        each.text() for each in days.form.findChildren(type(days.count)) if each.isVisible()
    )
    assert says in words
    assert desk.store.read(repeat_rows) == ()


def test_an_entry_of_the_list_comes_again(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened._on_switch("list")
    settled(qtbot, lambda: opened.list.model.rowCount())
    opened.list.table.choose_first()
    entry = opened.list.table.chosen()
    opened.list.repeat.trigger()
    dialog = opened.more.dialog
    assert isinstance(dialog, SessionDialog)
    assert [each.name for each in dialog.people.ticked()] == [entry.name]
    assert dialog.form.value("minutes") == entry.minutes
    assert dialog.form.value("what") == (entry.what or None)
    assert dialog.confirm.text() == "Choose the days…"
    dialog.submit()
    assert isinstance(opened.more.dialog, RepeatDialog)


def remember(page: HoursPage, desk: Desk, qtbot: Any, *people: Any, **more: Any) -> None:
    repeat = Repeat(frozenset({3}), date(2026, 8, 6), date(2026, 12, 17))
    details = RepeatDetails(
        repeat, tuple((key, 180) for key in people), Activity.WORKSHOP, "Data in practice", **more
    )
    with desk.store.change("Remember") as session:
        repeats.keep_repeat(session, details, TODAY, date(2026, 8, 13))
    settled(qtbot, page.more.strip.isVisible)


def test_what_has_come_is_offered_on_the_page_and_confirmed(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    assert not opened.more.strip.isVisible()
    remember(opened, desk, qtbot, team.mei, team.tomasz)
    settled(qtbot, opened.more.strip.isVisible)
    assert opened.more.strip.words.text() == "2 sessions that come again to confirm"
    before = dump(desk.store)
    opened.more.strip.open.click()
    dialog = opened.more.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert [(day, name) for day, name, _, _ in shown(dialog)] == [
        ("2026-08-20", "Mei Lin"), ("2026-08-20", "Tomasz Nowak"),
        ("2026-08-27", "Mei Lin"), ("2026-08-27", "Tomasz Nowak"),
    ]  # fmt: skip
    last = dialog.days.rows.row(3)
    dialog.days.tick([last.id], is_ticked=False)
    dialog.days.take_hours(dialog.days.rows.row(0).id, "2:00")
    assert dialog.confirm.text() == "Log 3, decline 1"
    done(dialog, qtbot)
    calm(desk, qtbot)
    assert logged(desk, date(2026, 8, 20)) == [("Mei Lin", 120, True), ("Tomasz Nowak", 180, True)]
    assert logged(desk, date(2026, 8, 27)) == [("Mei Lin", 180, True)]
    settled(qtbot, lambda: not opened.more.strip.isVisible())
    desk.undo()
    assert dump(desk.store) == before
    settled(qtbot, opened.more.strip.isVisible)


def test_an_hour_of_something_else_that_day_does_not_hold_a_session_back(
    opened: HoursPage, desk: Desk, team: Any, make: Any, qtbot: Any
) -> None:
    make.hours(team.mei, done_on=date(2026, 8, 20), minutes=30, what="Shadowing a colleague")
    make.hours(team.mei, done_on=date(2026, 8, 27), minutes=180, what="Data, in practice")
    remember(opened, desk, qtbot, team.mei)
    settled(qtbot, opened.more.strip.isVisible)
    assert opened.more.strip.words.text() == "1 session that comes again to confirm"
    opened.more.confirm()
    assert [(day, why, ticked) for day, _, why, ticked in shown(opened.more.dialog)] == [
        ("2026-08-20", "", True),
        ("2026-08-27", "Something is logged on 27 Aug 2026 already.", False),
    ]


def test_all_can_be_declined_and_a_repeat_be_stopped(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    remember(opened, desk, qtbot, team.mei)
    count = len(desk.store.read(hours_rows))
    opened.more.confirm()
    dialog: Any = opened.more.dialog
    dialog.days.tick_shown(is_ticked=False)
    assert dialog.confirm.text() == "Decline 2"
    done(dialog, qtbot)
    settled(qtbot, lambda: not opened.more.waiting.sessions)
    assert len(desk.store.read(hours_rows)) == count
    opened.more.confirm()
    dialog = opened.more.dialog
    assert not dialog.confirm.isEnabled()
    assert not dialog.stop.isEnabled()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    with qtbot.waitSignal(dialog.finished):
        question(dialog).confirm.click()
    assert desk.store.read(repeat_rows) == ()


def test_what_somebody_else_confirmed_meanwhile_is_said(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    remember(opened, desk, qtbot, team.mei)
    opened.more.confirm()
    dialog: Any = opened.more.dialog
    (row,) = desk.store.read(repeat_rows)
    with desk.store.change("Somebody else") as session:
        repeats.mark_answered(session, row.id, TODAY, row.changed_in)
    dialog.confirm.click()
    settled(qtbot, lambda: dialog.messages.current_problem)
    assert "Somebody else has confirmed" in str(dialog.messages.current_problem)
    assert desk.store.read(hours_rows, date(2026, 8, 20), date(2026, 8, 27), team.mei) == ()


# --- from a calendar ----------------------------------------------------------------------------

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly@exampleton.example
SUMMARY:Workshop: databases and joins
DTSTART;TZID=Europe/London:20260806T093000
DTEND;TZID=Europe/London:20260806T123000
RRULE:FREQ=WEEKLY;COUNT=9
END:VEVENT
BEGIN:VEVENT
UID:days@exampleton.example
SUMMARY:Away with the provider
DTSTART;VALUE=DATE:20260811
DTEND;VALUE=DATE:20260813
END:VEVENT
BEGIN:VEVENT
UID:off@exampleton.example
SUMMARY:Called off
STATUS:CANCELLED
DTSTART:20260812T100000Z
DTEND:20260812T110000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "training.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    return path


def read(page: HoursPage, desk: Desk, path: Path, qtbot: Any, *people: Any) -> Any:
    page.arrive(ReadCalendar(str(path)))
    dialog = page.more.dialog
    assert isinstance(dialog, CalendarDialog)
    calm(desk, qtbot)
    dialog.people.table.tick(people)
    calm(desk, qtbot)
    return dialog


def events(dialog: Any) -> list[list[str]]:
    model = dialog.events.rows
    return [
        [model.index(row, column).data() for column in range(7)] for row in range(model.rowCount())
    ]


def test_a_calendar_is_proposed_up_to_today_with_guesses_shown_as_such(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, qtbot: Any
) -> None:
    dialog = read(opened, desk, calendar, qtbot, team.mei)
    found = events(dialog)
    assert [row[:5] for row in found] == [
        ["Thu 06/08/2026", "3:00", "09:30", "Workshop: databases and joins", "Workshop (guessed)"],
        ["Tue 11/08/2026", "", "All day", "Away with the provider", "Other training"],
        ["Wed 12/08/2026", "", "All day", "Away with the provider", "Other training"],
        ["Thu 13/08/2026", "3:00", "09:30", "Workshop: databases and joins", "Workshop (guessed)"],
        ["Thu 20/08/2026", "3:00", "09:30", "Workshop: databases and joins", "Workshop (guessed)"],
        ["Thu 27/08/2026", "3:00", "09:30", "Workshop: databases and joins", "Workshop (guessed)"],
    ]
    assert {row[5] for row in found} == {"Counts"}
    assert dialog.events.ticks.chosen == set(), "nothing is accepted by itself"
    assert "1 was cancelled and is left out." in dialog.notes.text()


def test_what_is_ticked_is_logged_with_its_time_and_source_and_never_proposed_twice(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, qtbot: Any
) -> None:
    before = dump(desk.store)
    dialog = read(opened, desk, calendar, qtbot, team.mei, team.tomasz)
    dialog.events.tick([0, 3])
    assert dialog.confirm.text() == "Log 4"
    done(dialog, qtbot)
    calm(desk, qtbot)
    (row,) = desk.store.read(hours_rows, date(2026, 8, 6), date(2026, 8, 6), team.mei)
    assert (row.minutes, row.began_at, row.what, row.activity, row.source, row.counts) == (
        180, "09:30", "Workshop: databases and joins", Activity.WORKSHOP,
        "training.ics, UID weekly@exampleton.example", True,
    )  # fmt: skip

    again = calendar.rename(calendar.with_name("training (1).ics"))
    dialog = read(opened, desk, again, qtbot, team.mei)
    assert "2 logged from a calendar already for all who are ticked" in dialog.notes.text()
    assert [row[6] for row in events(dialog)].count("Logged from a calendar already.") == 2
    dialog.events.tick([0])
    dialog.confirm.click()
    assert "All that is ticked is logged from a calendar already." in str(
        dialog.messages.current_problem
    )
    dialog.people.table.tick([team.ada])
    calm(desk, qtbot)
    assert events(dialog)[0][6].startswith("Logged already for 1 of 2.")
    dialog.events.tick([0, 4])
    done(dialog, qtbot)  # only what is not there yet
    calm(desk, qtbot)
    names = [name for name, _, _ in logged(desk, date(2026, 8, 6))]
    assert names == ["Ada Obi", "Mei Lin", "Tomasz Nowak"]
    desk.undo()
    desk.undo()
    assert dump(desk.store) == before


def test_events_of_whole_days_ask_for_their_hours(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, qtbot: Any
) -> None:
    dialog = read(opened, desk, calendar, qtbot, team.mei)
    dialog.events.tick([1, 2])
    assert "Type its hours." in events(dialog)[1][6]
    dialog.confirm.click()
    assert "2 ticked last whole days" in str(dialog.messages.current_problem)
    dialog.form.input("whole_day").type_in("7:12")
    dialog.form.edited.emit()
    dialog.events.take_hours(2, "3:00")
    done(dialog, qtbot)
    found = desk.store.read(hours_rows, date(2026, 8, 11), date(2026, 8, 12), team.mei)
    assert sorted((row.minutes, row.began_at) for row in found) == [(180, ""), (432, "")]


def test_what_is_likely_logged_by_hand_is_asked_about(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, make: Any, qtbot: Any
) -> None:
    make.hours(team.mei, done_on=date(2026, 8, 6), minutes=180, what="Workshop on databases")
    calm(desk, qtbot)
    dialog = read(opened, desk, calendar, qtbot, team.mei)
    assert events(dialog)[0][6].startswith("Likely logged already for Mei Lin.")
    dialog.events.tick([0])
    dialog.confirm.click()
    question(dialog).cancel.click()
    assert len(logged(desk, date(2026, 8, 6))) == 1
    dialog.confirm.click()
    with qtbot.waitSignal(dialog.finished):
        question(dialog).confirm.click()
    assert len(logged(desk, date(2026, 8, 6))) == 2


def test_other_days_are_read_when_they_are_asked_for(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, qtbot: Any
) -> None:
    dialog = read(opened, desk, calendar, qtbot, team.mei)
    dialog.form.input("first_on").type_in("20/8/2026")
    dialog.form.edited.emit()
    calm(desk, qtbot)
    assert [row[0] for row in events(dialog)] == ["Thu 20/08/2026", "Thu 27/08/2026"]
    dialog.form.input("last_on").type_in("1/8/2026")
    dialog.form.edited.emit()
    dialog.confirm.click()
    assert "The last day comes before the first." in " ".join(
        each.text() for each in dialog.form.findChildren(type(dialog.count)) if each.isVisible()
    )
    dialog.form.input("last_on").type_in("1/8/2099")  # what is to come is not proposed
    dialog.form.edited.emit()
    calm(desk, qtbot)
    assert [row[0] for row in events(dialog)] == ["Thu 20/08/2026", "Thu 27/08/2026"]


def test_nobody_or_nothing_ticked_is_said(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, qtbot: Any
) -> None:
    dialog = read(opened, desk, calendar, qtbot)
    dialog.confirm.click()
    assert "Nobody is ticked." in str(dialog.messages.current_problem)
    dialog.people.table.tick([team.mei])
    calm(desk, qtbot)
    dialog.confirm.click()
    assert "No event is ticked." in str(dialog.messages.current_problem)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"PK\x03\x04", "This file is not a calendar."), (None, "could not be read")],
)
def test_a_file_that_is_none_is_said_in_the_dialog(
    opened: HoursPage,
    desk: Desk,
    calendar: Path,
    qtbot: Any,
    content: bytes | None,
    says: str,
) -> None:
    calendar.unlink()
    if content is not None:
        calendar.write_bytes(content)
    dialog = read(opened, desk, calendar, qtbot)
    assert says in str(dialog.messages.current_problem)
    assert not dialog.confirm.isEnabled()


def test_a_large_calendar_shows_how_far_it_is_and_can_be_stopped(
    opened: HoursPage, desk: Desk, team: Any, calendar: Path, qtbot: Any
) -> None:
    event = CALENDAR.split("END:VEVENT")[0].split("VERSION:2.0\n")[1].replace("RRULE", "X-RULE")
    many = "".join(f"{event.replace('weekly', f'no{n}')}END:VEVENT\n" for n in range(15_000))
    calendar.write_text(f"BEGIN:VCALENDAR\n{many}END:VCALENDAR\n", encoding="utf-8")
    opened.arrive(ReadCalendar(str(calendar)))
    dialog: Any = opened.more.dialog
    panel = dialog.way.itemAt(0).widget()
    settled(qtbot, lambda: "Reading the calendar" in panel._doing.text())
    panel._stop.click()
    calm(desk, qtbot)
    assert events(dialog) == []
    assert dialog.events._empty._title.text() == "Nothing was read"
    assert not panel.isVisible()


def test_a_calendar_is_chosen_from_the_menu(
    opened: HoursPage, desk: Desk, calendar: Path, qtbot: Any
) -> None:
    opened.more.from_calendar.trigger()
    chooser = opened.more.dialog
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(calendar))
    chooser.close()
    assert isinstance(opened.more.dialog, CalendarDialog)
    calm(desk, qtbot)


def test_a_calendar_that_is_dropped_before_the_page_has_read_who_there_is_is_opened_then(
    page: Opener, desk: Desk, calendar: Path, qtbot: Any
) -> None:
    made = page("hours")
    made._rows = ()
    made.more.take(())
    made.arrive(ReadCalendar(str(calendar)))
    made.refresh()  # whatever was under way before has come, or comes in vain
    settled(qtbot, lambda: isinstance(made.more.dialog, CalendarDialog))
    calm(desk, qtbot)


def test_the_entry_beside_the_week_is_what_a_repeat_begins_with(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    opened.week.table.go_to(Cell(team.mei, TODAY))
    settled(qtbot, lambda: opened.week.details.entry is not None)
    dialog = session_on(opened, desk, qtbot, Qt.Key.Key_R)
    assert [each.name for each in dialog.people.ticked()] == ["Mei Lin"]
    assert dialog.form.value("minutes") == 210
    assert dialog.form.value("done_on") == TODAY


def test_a_session_begins_with_the_day_of_the_grid_in_a_week_before(
    opened: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    dialog = session_on(opened, desk, qtbot)
    assert dialog.day == TODAY
    dialog.reject()
    opened.go_to_week(date(2026, 8, 17))
    settled(qtbot, lambda: date(2026, 8, 20) in opened.week.model.days)
    opened.week.table.go_to(Cell(team.mei, date(2026, 8, 20)))
    dialog = session_on(opened, desk, qtbot)
    assert dialog.day == date(2026, 8, 20)
    assert not dialog.has_typed
    dialog.reject()
