from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.apprenticeship import (
    ALLOWED_MOVES,
    Away,
    Course,
    Outcome,
    Status,
    away_all_week,
    away_at,
    break_at,
    break_days,
    check_dates,
    may_move,
    status_at,
)
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.findings import Level

START = date(2025, 9, 1)
COURSE = Course(
    training_started_on=START,
    training_planned_end_on=date(2027, 2, 28),
    apprenticeship_planned_end_on=date(2027, 5, 31),
)
PAUSE = Period(date(2026, 1, 1), date(2026, 3, 31))


class TestStatus:
    @pytest.mark.parametrize(
        ("course", "day", "status"),
        [
            (Course(), START, Status.PLANNED),
            (COURSE, START - timedelta(days=1), Status.PLANNED),
            (COURSE, START, Status.LIVE),
            (COURSE, date(2030, 1, 1), Status.LIVE),
            (replace(COURSE, breaks=(PAUSE,)), date(2025, 12, 31), Status.LIVE),
            (replace(COURSE, breaks=(PAUSE,)), date(2026, 1, 1), Status.ON_A_BREAK),
            (replace(COURSE, breaks=(PAUSE,)), date(2026, 3, 31), Status.ON_A_BREAK),
            (replace(COURSE, breaks=(PAUSE,)), date(2026, 4, 1), Status.LIVE),
            (replace(COURSE, breaks=(Period(START),)), date(2030, 1, 1), Status.ON_A_BREAK),
            (
                replace(COURSE, assessment_began_on=date(2027, 3, 1)),
                date(2027, 2, 28),
                Status.LIVE,
            ),
            (
                replace(COURSE, assessment_began_on=date(2027, 3, 1)),
                date(2027, 3, 1),
                Status.IN_ASSESSMENT,
            ),
            (
                replace(COURSE, assessment_began_on=START, breaks=(PAUSE,)),
                date(2026, 2, 1),
                Status.ON_A_BREAK,
            ),
        ],
    )
    def test_it_follows_from_the_dates(self, course, day, status):
        assert status_at(course, day) is status

    @pytest.mark.parametrize(
        ("outcome", "status"),
        [
            (Outcome.COMPLETED, Status.COMPLETED),
            (Outcome.WITHDRAWN, Status.WITHDRAWN),
            (None, Status.WITHDRAWN),
        ],
    )
    def test_it_has_ended_from_the_last_day_on(self, outcome, status):
        ended = replace(
            COURSE, ended_on=date(2027, 5, 1), outcome=outcome, breaks=(Period(date(2027, 1, 1)),)
        )
        assert status_at(ended, date(2027, 4, 30)) is Status.ON_A_BREAK
        assert status_at(ended, date(2027, 5, 1)) is status
        assert status.is_ended

    def test_an_outcome_without_a_day_means_ended_on_a_day_not_known(self):
        assert status_at(Course(outcome=Outcome.COMPLETED), START) is Status.COMPLETED
        assert status_at(replace(COURSE, outcome=Outcome.WITHDRAWN), START) is Status.WITHDRAWN

    def test_only_completed_and_withdrawn_are_ends(self):
        ends = {status for status in Status if status.is_ended}
        assert ends == {Status.COMPLETED, Status.WITHDRAWN}


class TestMoves:
    def test_every_state_says_where_it_may_go(self):
        assert set(ALLOWED_MOVES) == set(Status)

    @pytest.mark.parametrize(
        ("before", "after", "may"),
        [
            (Status.PLANNED, Status.LIVE, True),
            (Status.PLANNED, Status.ON_A_BREAK, False),
            (Status.LIVE, Status.ON_A_BREAK, True),
            (Status.ON_A_BREAK, Status.LIVE, True),
            (Status.ON_A_BREAK, Status.COMPLETED, False),
            (Status.IN_ASSESSMENT, Status.COMPLETED, True),
            (Status.LIVE, Status.PLANNED, False),
        ],
    )
    def test_some_are_allowed(self, before, after, may):
        assert may_move(before, after) is may

    def test_nothing_follows_an_end(self):
        assert not any(
            may_move(end, status)
            for end in (Status.COMPLETED, Status.WITHDRAWN)
            for status in Status
        )


breaks_strategy = st.lists(
    st.tuples(st.integers(0, 300), st.none() | st.integers(0, 120)), max_size=4
).map(
    lambda pairs: tuple(
        Period(
            START + timedelta(days=first),
            None if length is None else START + timedelta(days=first + length),
        )
        for first, length in pairs
    )
)


MONDAY = date(2026, 3, 2)
SATURDAY = MONDAY + timedelta(days=5)


class TestAway:
    @pytest.mark.parametrize(
        ("course", "day", "why"),
        [
            (COURSE, START, None),
            (COURSE, START - timedelta(days=1), Away.NOT_STARTED),
            (replace(COURSE, breaks=(PAUSE,)), PAUSE.first, Away.ON_A_BREAK),
            (replace(COURSE, assessment_began_on=MONDAY), MONDAY, Away.IN_ASSESSMENT),
            (replace(COURSE, ended_on=MONDAY), MONDAY + timedelta(days=1), Away.ENDED),
            (replace(COURSE, outcome=Outcome.WITHDRAWN), MONDAY, Away.ENDED),
        ],
    )
    def test_a_day_without_training_says_why(self, course, day, why):
        assert away_at(course, day) == why

    def test_the_last_day_of_an_apprenticeship_still_belongs_to_it(self):
        course = replace(COURSE, ended_on=MONDAY, outcome=Outcome.COMPLETED)
        assert away_at(course, MONDAY) is None
        assert away_at(replace(course, breaks=(PAUSE,)), MONDAY) is Away.ON_A_BREAK

    def test_where_no_start_is_known_nobody_is_said_not_to_have_begun(self):
        assert away_at(Course(), MONDAY) is None
        assert away_at(Course(ended_on=START), MONDAY) is Away.ENDED

    @pytest.mark.parametrize(
        ("course", "why"),
        [
            (COURSE, None),
            (replace(COURSE, breaks=(PAUSE,)), Away.ON_A_BREAK),
            (replace(COURSE, breaks=(Period(MONDAY, SATURDAY - timedelta(days=1)),)),
             Away.ON_A_BREAK),
            (replace(COURSE, breaks=(Period(MONDAY, SATURDAY - timedelta(days=2)),)), None),
            (replace(COURSE, training_started_on=SATURDAY), Away.NOT_STARTED),
            (replace(COURSE, training_started_on=SATURDAY - timedelta(days=1)), None),
            (replace(COURSE, ended_on=MONDAY), None),
            (replace(COURSE, ended_on=MONDAY - timedelta(days=1)), Away.ENDED),
            (replace(COURSE, breaks=(Period(START, MONDAY),), assessment_began_on=MONDAY),
             Away.ON_A_BREAK),
        ],
    )  # fmt: skip
    def test_a_week_is_away_where_none_of_its_working_days_is_one_of_training(self, course, why):
        assert away_all_week(course, MONDAY) == why


class TestBreaks:
    def test_the_break_on_a_day_is_found(self):
        course = replace(COURSE, breaks=(PAUSE,))
        assert break_at(course, date(2026, 2, 1)) == PAUSE
        assert break_at(course, date(2026, 4, 1)) is None

    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            (date(2026, 1, 1), date(2026, 3, 31), 90),
            (date(2025, 9, 1), date(2026, 1, 10), 10),
            (date(2026, 3, 31), date(2026, 12, 31), 1),
            (date(2026, 4, 1), date(2026, 12, 31), 0),
            (date(2026, 3, 1), date(2026, 2, 1), 0),
        ],
    )
    def test_days_count_with_both_ends(self, first, last, days):
        assert break_days(replace(COURSE, breaks=(PAUSE,)), first, last) == days

    def test_no_break_outlasts_the_apprenticeship(self):
        course = replace(COURSE, breaks=(Period(date(2026, 1, 1)),), ended_on=date(2026, 1, 10))
        assert break_days(course, START, date(2027, 1, 1)) == 10

    @given(breaks_strategy, st.integers(0, 400), st.integers(0, 400))
    def test_the_count_is_that_of_counting_day_by_day(self, breaks, offset, length):
        course = replace(COURSE, breaks=breaks)
        first = START + timedelta(days=offset)
        last = first + timedelta(days=length)
        by_day = sum(
            break_at(course, first + timedelta(days=n)) is not None for n in range(length + 1)
        )
        assert break_days(course, first, last) == by_day


class TestChecks:
    def test_a_course_in_order_has_no_findings(self):
        good = replace(
            COURSE,
            assessment_began_on=date(2027, 3, 1),
            ended_on=date(2027, 5, 1),
            outcome=Outcome.COMPLETED,
            breaks=(PAUSE, Period(date(2026, 5, 1), date(2026, 6, 1))),
        )
        assert check_dates(good) == []
        assert check_dates(Course()) == []
        assert check_dates(replace(COURSE, breaks=(Period(date(2026, 5, 1)),))) == []

    @pytest.mark.parametrize(
        ("changes", "code", "level", "field"),
        [
            ({"training_planned_end_on": START}, "AP001", Level.ROW, "training_planned_end_on"),
            (
                {"apprenticeship_planned_end_on": date(2027, 2, 27)},
                "AP002",
                Level.ROW,
                "apprenticeship_planned_end_on",
            ),
            (
                {"training_planned_end_on": None, "apprenticeship_planned_end_on": START},
                "AP003",
                Level.ROW,
                "apprenticeship_planned_end_on",
            ),
            ({"assessment_began_on": date(2025, 8, 31)}, "AP004", Level.ROW, "assessment_began_on"),
            (
                {"ended_on": date(2025, 8, 31), "outcome": Outcome.WITHDRAWN},
                "AP005",
                Level.ROW,
                "ended_on",
            ),
            (
                {
                    "assessment_began_on": date(2027, 3, 1),
                    "ended_on": date(2027, 2, 1),
                    "outcome": Outcome.WITHDRAWN,
                },
                "AP006",
                Level.ROW,
                "ended_on",
            ),
            ({"ended_on": date(2026, 5, 1)}, "AP007", Level.ROW, "outcome"),
            ({"outcome": Outcome.COMPLETED}, "AP008", Level.NOTE, "ended_on"),
            (
                {"training_started_on": None, "breaks": (PAUSE,)},
                "AP009",
                Level.NOTE,
                "training_started_on",
            ),
            ({"breaks": (Period(date(2025, 8, 1), START),)}, "AP010", Level.ROW, "breaks"),
            (
                {
                    "breaks": (PAUSE,),
                    "ended_on": date(2026, 2, 1),
                    "outcome": Outcome.WITHDRAWN,
                },
                "AP011",
                Level.ROW,
                "breaks",
            ),
            (
                {"breaks": (PAUSE, Period(date(2026, 3, 31), date(2026, 5, 1)))},
                "AP012",
                Level.ROW,
                "breaks",
            ),
            ({"breaks": (Period(START), PAUSE)}, "AP012", Level.ROW, "breaks"),
            (
                {"breaks": (PAUSE, Period(date(2025, 10, 1), date(2025, 11, 1)))},
                "AP013",
                Level.ROW,
                "breaks",
            ),
        ],
    )
    def test_each_contradiction_has_its_own_finding_beside_its_field(
        self, changes, code, level, field
    ):
        (found,) = check_dates(replace(COURSE, **changes))
        assert (found.code, found.level, found.place.field) == (code, level, field)
        assert found.message.endswith(".")
        assert found.remedy.endswith(".")

    def test_a_start_that_is_not_known_is_only_worth_a_look(self):
        (found,) = check_dates(Course(outcome=Outcome.COMPLETED, ended_on=date(2026, 1, 1)))
        assert found.code == "AP009"
        (found,) = check_dates(Course(assessment_began_on=date(2026, 1, 1)))
        assert found.code == "AP009"

    def test_someone_who_left_before_training_began_needs_no_start(self):
        left = Course(ended_on=date(2025, 8, 1), outcome=Outcome.WITHDRAWN)
        assert check_dates(left) == []
