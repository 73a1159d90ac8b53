"""Four weeks ahead for a manager: who to release, when, for what, and boxes to write in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.pocket_sheets import (
    BANK_HOLIDAY,
    BREAK,
    OUTSIDE,
    PlannedActivity,
    PlannedRepeat,
    PocketPerson,
    PocketSheet,
    Release,
    pocket_sheets,
    weeks_ahead,
)
from apprentice_desk.domain.proposals import Repeat

TUESDAY = date(2026, 12, 15)
HOLIDAYS = resources.bank_holidays()
COURSE = Course(date(2025, 9, 1), date(2027, 8, 31))


def person(name: str = "Ada Obi", manager: str = "Grace Park", **details: Any) -> PocketPerson:
    values: dict[str, Any] = {"course": COURSE, "needed_minutes": 360} | details
    return PocketPerson(UUID(int=len(name)), name, manager, **values)


def sheet(*people: PocketPerson, today: date = TUESDAY) -> PocketSheet:
    (made,) = pocket_sheets(people, today, HOLIDAYS)
    return made


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 12, 14), date(2026, 12, 14)),
        (date(2026, 12, 17), date(2026, 12, 14)),
        (date(2026, 12, 18), date(2026, 12, 21)),
        (date(2026, 12, 20), date(2026, 12, 21)),
    ],
)
def test_from_friday_on_the_sheet_begins_with_the_next_week(today: date, first: date) -> None:
    assert weeks_ahead(today) == Period(first, first + timedelta(days=27))


def test_each_manager_has_a_sheet_however_the_name_is_written_and_nobodys_come_last() -> None:
    made = pocket_sheets(
        [person(), person("Lee Quill", ""), person("Mei Lin", "grace  park"),
         person("Jo Bright", "Ann Li")],
        TUESDAY, HOLIDAYS,
    )  # fmt: skip
    assert [each.manager for each in made] == ["Ann Li", "Grace Park", ""]
    assert [row.name for row in made[1].weeks[0].rows] == ["Ada Obi", "Mei Lin"]


def test_boxes_are_blank_but_for_bank_holidays() -> None:
    made = sheet(person())
    assert [week.monday for week in made.weeks] == [
        date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4),
    ]  # fmt: skip
    assert made.weeks[0].rows[0].boxes == ("",) * 5
    assert made.weeks[1].rows[0].boxes == ("", "", "", "", BANK_HOLIDAY)
    assert made.weeks[2].rows[0].boxes[4] == BANK_HOLIDAY
    assert made.weeks[0].days[-1] == date(2026, 12, 18)
    assert made.unknown_years == ()


def test_days_on_a_break_before_and_after_training_are_not_to_be_written_into() -> None:
    pause = Period(date(2026, 12, 16), date(2026, 12, 17))
    (row,) = sheet(person(course=replace(COURSE, breaks=(pause,)))).weeks[0].rows
    assert row.boxes == ("", "", BREAK, BREAK, "")
    (row,) = sheet(person(course=Course(date(2026, 12, 16)))).weeks[0].rows
    assert row.boxes == (OUTSIDE, OUTSIDE, "", "", "")
    ended = replace(COURSE, ended_on=date(2026, 12, 15), outcome=Outcome.WITHDRAWN)
    (row,) = sheet(person(course=ended)).weeks[0].rows
    assert row.boxes == ("", "", OUTSIDE, OUTSIDE, OUTSIDE)
    assessed = replace(COURSE, assessment_began_on=date(2026, 12, 15))
    (row,) = sheet(person(course=assessed)).weeks[0].rows
    assert row.boxes == ("", *(OUTSIDE,) * 4)


def test_what_a_week_needs_is_said_where_anybody_can_train_in_it() -> None:
    pause = Period(date(2026, 12, 14), date(2026, 12, 18))
    made = sheet(person(course=replace(COURSE, breaks=(pause,))))
    assert [week.rows[0].needed_minutes for week in made.weeks] == [None, 360, 360, 360]
    assert sheet(person(needed_minutes=None)).weeks[1].rows[0].needed_minutes is None


def test_who_to_release_when_and_for_what_stands_in_its_week_and_before_it_as_due() -> None:
    ada = person(
        activities=(
            PlannedActivity(date(2026, 12, 13), "Old module", 0),
            PlannedActivity(date(2026, 12, 20), "Databases", 630),
        ),
        reviews=(date(2026, 12, 28), date(2027, 1, 11)),
    )
    lee = person("Lee Quill", reviews=(date(2026, 12, 20),))
    made = sheet(ada, lee)
    assert made.overdue == (Release(date(2026, 12, 13), "by", "Ada Obi", "Old module"),)
    assert made.weeks[0].releases == (
        Release(date(2026, 12, 20), "by", "Ada Obi", "Databases (10 h 30 m)"),
        Release(date(2026, 12, 20), "on", "Lee Quill", "Progress review"),
    )
    assert [each.what for each in made.weeks[2].releases] == ["Progress review"]
    assert not made.weeks[3].releases, "what lies beyond the four weeks is left out"


def test_sessions_that_come_again_stand_on_the_days_on_which_they_can_be_held() -> None:
    thursdays = Repeat(
        frozenset({3, 4}), date(2026, 10, 1), leave_out=(Period(date(2026, 12, 28), None),)
    )
    session = PlannedRepeat(thursdays, "Cloud  essentials", 390, "09:30", date(2026, 12, 17))
    made = sheet(person(repeats=(session,)))
    assert [each.releases for each in made.weeks] == [
        (Release(date(2026, 12, 18), "on", "Ada Obi", "Cloud essentials (6 h 30 m, from 09:30)"),),
        (Release(date(2026, 12, 24), "on", "Ada Obi", "Cloud essentials (6 h 30 m, from 09:30)"),),
        (),
        (),
    ], "the 17th was answered, the 25th is a bank holiday, and after that it is left out"
    assert not made.overdue
    pause = Period(date(2026, 12, 1), date(2026, 12, 20))
    on_break = person(course=replace(COURSE, breaks=(pause,)), repeats=(session,))
    assert not sheet(on_break).weeks[0].releases


def test_sessions_past_or_beyond_the_four_weeks_and_long_words_have_no_room() -> None:
    daily = PlannedRepeat(Repeat(frozenset({0}), date(2026, 11, 2)), "Word " * 40, 60)
    made = sheet(person(repeats=(daily,)))
    days = [each.on for week in made.weeks for each in week.releases]
    assert days == [date(2026, 12, 21), date(2027, 1, 4)]
    (release,) = made.weeks[1].releases
    assert release.what == f"{'Word ' * 15}Word… (1 h)"


def test_years_without_known_bank_holidays_are_named() -> None:
    far = date(HOLIDAYS.last_year + 1, 6, 1)
    assert sheet(person(course=Course(date(2025, 9, 1))), today=far).unknown_years == (far.year,)
