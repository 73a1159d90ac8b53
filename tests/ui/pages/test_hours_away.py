"""Whoever has no training in a week: said in their row, and nothing is made up for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from apprentice_desk.domain.apprenticeship import Away, Outcome
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import programmes, weeks
from apprentice_desk.settings import Settings
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.pages.hours.page import HoursPage
from apprentice_desk.ui.pages.hours.week_people import WeekPerson
from apprentice_desk.ui.pages.hours.week_words import away_in_words, count_of_away

Opener = Callable[..., HoursPage]
MONDAY = date(2026, 8, 31)  # the summer bank holiday; today is Tuesday 1 September
TUESDAY = date(2026, 9, 1)


@pytest.fixture
def week(page: Opener, desk: Desk, qtbot: Any) -> HoursPage:
    """The page with the week of 31 August, read, before somebody who has given her name."""
    desk.settings = Settings(my_name="Grace Park", shows_everyone=True)
    opened = page("hours")
    qtbot.waitUntil(lambda: bool(opened.week.model.people))
    return opened


def days_of(page: HoursPage, who: Any) -> list[str]:
    model = page.week.model
    return [str(model.index_of(Cell(who, day)).data()) for day in model.days]


def said_of(page: HoursPage, desk: Desk) -> dict[Any, bool]:
    found = desk.store.read(weeks.week_rows, page.week.model.monday, page.week.model.monday)
    return {row.apprenticeship_id: row.is_nothing for row in found if row.is_finished}


def written(page: HoursPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not page.week.writer.is_busy)


def test_a_break_stands_in_every_day_of_the_row_in_words(week: HoursPage, team: Any) -> None:
    assert days_of(week, team.jo) == ["break"] * 5
    index = week.week.model.index_of(Cell(team.jo, TUESDAY))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Tuesday 1 Sep 2026, Jo Bright, nothing logged, on a break"
    )
    assert index.data(Qt.ItemDataRole.EditRole) == "", "it is not typed over or copied"
    whole = week.week.model.index(index.row(), week.week.model.week_column)
    assert whole.data(Qt.ItemDataRole.AccessibleTextRole) == "Jo Bright, on a break all week"
    assert whole.data() == ""
    assert "1 on a break" in week.week.totals.text()


def test_a_bank_holiday_stands_in_the_day_of_everybody_else(week: HoursPage, team: Any) -> None:
    assert days_of(week, team.tomasz) == ["holiday", "·", "·", "·", "·"]


def test_finishing_makes_no_answer_up_for_somebody_on_a_break_and_says_so(
    week: HoursPage, desk: Desk, team: Any, messages: Messages, qtbot: Any
) -> None:
    week.week.finish.click()
    question = week.week.ending.dialog
    said = question.accessibleDescription()
    assert said == (
        "Tomasz Nowak has neither hours nor an answer. If you go on, it is said of Tomasz Nowak"
        " that there was nothing this week. Jo Bright is on a break: no answer is needed."
    )
    question.accept()
    week.activateWindow()
    written(week, qtbot)
    assert said_of(week, desk) == {
        team.ada: False, team.tomasz: True, team.mei: False, team.jo: False,
    }  # fmt: skip
    assert str(messages.current) == (
        "Saved: Finish the week of 31 Aug 2026 for 4 people; Jo Bright is on a break."
    )


def test_one_blank_week_is_not_finished_without_a_question(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    week.week.table.go_to(Cell(team.tomasz, TUESDAY))
    week.week.finish_chosen.trigger()
    assert said_of(week, desk) == {}
    week.week.ending.dialog.accept()
    written(week, qtbot)
    assert said_of(week, desk) == {team.tomasz: True}


def test_somebody_on_a_break_alone_is_finished_without_a_question(
    week: HoursPage, desk: Desk, team: Any, qtbot: Any
) -> None:
    week.week.table.go_to(Cell(team.jo, TUESDAY))
    week.week.finish_chosen.trigger()
    assert week.week.ending.dialog is None
    written(week, qtbot)
    assert said_of(week, desk) == {team.jo: False}


def test_part_of_a_week_before_the_start_or_after_the_end_is_said_day_by_day(
    week: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    begins = make.apprentice(given_names="Bo", family_name="Ray",
                             training_started_on=date(2026, 9, 3))  # fmt: skip
    ends = make.apprentice(given_names="Di", family_name="Cho", ended_on=TUESDAY,
                           outcome=Outcome.WITHDRAWN)  # fmt: skip
    pauses = make.apprentice(given_names="Al", family_name="Poe")
    with make.store.change("Start a break") as session:
        programmes.start_break(session, pauses, date(2026, 9, 4))
    week.note_stale()
    qtbot.waitUntil(lambda: len(week.week.model.people) == 7)
    assert days_of(week, begins) == ["not yet", "not yet", "not yet", "·", "·"]
    assert days_of(week, ends) == ["holiday", "·", "ended", "ended", "ended"]
    assert days_of(week, pauses) == ["holiday", "·", "·", "·", "break"]
    blank, away = week.week.model.without_answer(week.week.model.people)
    assert {begins, ends, pauses} <= {person.id for person in blank}, "there were days to train on"
    assert [person.id for person in away] == [team.jo]


def test_hours_of_somebody_who_is_away_are_shown_all_the_same(
    week: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    make.hours(team.kim, done_on=TUESDAY, minutes=60, counts=False)
    make.hours(team.lee, done_on=TUESDAY, minutes=90, counts=False)
    week.note_stale()
    qtbot.waitUntil(lambda: len(week.week.model.people) == 6)
    assert days_of(week, team.kim) == ["ended", "1:00", "ended", "ended", "ended"]
    assert days_of(week, team.lee) == ["not yet", "1:30", "not yet", "not yet", "not yet"]
    badges = {each.id: week.week.model.badge(each) for each in week.week.model.people}
    assert (badges[team.kim].text, badges[team.lee].text) == ("Ended", "Not started")


def test_last_weeks_hours_are_not_copied_into_days_away(
    week: HoursPage, make: Any, team: Any, qtbot: Any
) -> None:
    make.hours(team.jo, done_on=date(2026, 8, 25), minutes=60, counts=False)
    week.week.table.go_to(Cell(team.jo, TUESDAY))
    week.week.copy_last.trigger()
    assert week.week.complaint.text() == "Not copied: Jo Bright, 1 Sep 2026: on a break."


def test_who_is_away_is_named_with_the_reason() -> None:
    def one(name: str, away: Away) -> WeekPerson:
        return WeekPerson(name, name, None, away)  # type: ignore[arg-type]

    jo, sam = one("Jo", Away.ON_A_BREAK), one("Sam", Away.ON_A_BREAK)
    kim, lee = one("Kim", Away.ENDED), one("Lee", Away.NOT_STARTED)
    mei = one("Mei", Away.IN_ASSESSMENT)
    assert away_in_words([jo]) == "Jo is on a break"
    assert away_in_words([kim, sam, jo, lee, mei]) == (
        "Lee has not started, Sam and Jo are on a break, Mei is in assessment, Kim has ended"
    )
    assert count_of_away([kim, sam, jo]) == "2 on a break, 1 ended"
