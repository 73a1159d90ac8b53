"""What is planned, the pace, the forecast and the status; the minimum is in test_hours_rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.off_the_job import (
    Basis,
    Figures,
    HoursRule,
    HoursStatus,
    Logged,
    Minimum,
    StatusLimits,
    figures,
    overdue_in_words,
    pace,
    planned_between,
    planned_to_date,
    required_minutes,
)

START = date(2026, 1, 1)
END = date(2027, 12, 31)  # 730 days of training
REQUIRED = 730 * 60  # an hour a day, so that plans are easy to see
COURSE = Course(training_started_on=START, training_planned_end_on=END)
RULE = HoursRule(
    "test", None, None, Basis.PUBLISHED, Fraction(0), None, Fraction(0), 187 * 60, "a test", True
)
LIMITS = StatusLimits(
    date(2020, 1, 1), Fraction("0.05"), Fraction("0.10"), Fraction(2), Fraction(8), "t"
)
NOTHING = Logged()


def least(minutes: int | None, says: str = "Published minimum for ST0119 v1.2") -> Minimum:
    return Minimum(minutes, 187 * 60, RULE, None, says, is_verified=True)


def standing(
    *,
    course: Course = COURSE,
    agreed: int | None = REQUIRED,
    minimum: Minimum | None = None,
    logged: Logged = NOTHING,
    due: int | None = None,
    as_at: date,
) -> Figures:
    return figures(course, agreed, minimum, logged, due, as_at, LIMITS)


class TestRequired:
    @pytest.mark.parametrize(
        ("agreed", "minimum", "required"),
        [
            (33_408, least(61_320), 33_408),
            (0, least(61_320), 0),
            (None, least(61_320), 61_320),
            (None, least(None), None),
            (None, None, None),
        ],
    )
    def test_it_is_what_was_agreed_else_the_minimum_else_unknown(self, agreed, minimum, required):
        assert required_minutes(agreed, minimum) == required


class TestPlannedToDate:
    @pytest.mark.parametrize(
        ("as_at", "minutes"),
        [
            (START - timedelta(days=1), 0),
            (START, 60),
            (START + timedelta(days=99), 6000),
            (END - timedelta(days=1), REQUIRED - 60),
            (END, REQUIRED),
            (END + timedelta(days=500), REQUIRED),
        ],
    )
    def test_it_is_in_proportion_to_the_days_gone_0_before_and_all_after(self, as_at, minutes):
        assert planned_to_date(COURSE, REQUIRED, as_at) == minutes

    def test_dated_activities_go_before_proportion(self):
        assert planned_to_date(COURSE, REQUIRED, END, 1234) == 1234
        assert planned_to_date(Course(), None, START, 0) == 0

    @pytest.mark.parametrize(
        ("course", "required"),
        [
            (COURSE, None),
            (replace(COURSE, training_started_on=None), REQUIRED),
            (replace(COURSE, training_planned_end_on=None), REQUIRED),
        ],
    )
    def test_what_is_not_known_is_not_guessed(self, course, required):
        assert planned_to_date(course, required, END) is None

    def test_days_of_a_finished_break_are_taken_out_of_both(self):
        # 100 days off and the end moved by as much: the plan resumes where it stopped.
        pause = Period(date(2026, 7, 1), date(2026, 10, 8))
        moved = replace(COURSE, breaks=(pause,), training_planned_end_on=END + timedelta(days=100))
        before = planned_to_date(moved, REQUIRED, date(2026, 6, 30))
        assert before == 181 * 60
        assert planned_to_date(moved, REQUIRED, date(2026, 8, 15)) == before
        assert planned_to_date(moved, REQUIRED, date(2026, 10, 8)) == before
        assert planned_to_date(moved, REQUIRED, date(2026, 10, 9)) == before + 60
        assert planned_to_date(moved, REQUIRED, END + timedelta(days=100)) == REQUIRED

    def test_a_break_that_did_not_move_the_end_leaves_fewer_days_for_the_same_hours(self):
        course = replace(COURSE, breaks=(Period(date(2026, 7, 1), date(2027, 6, 30)),))
        assert planned_to_date(course, REQUIRED, date(2026, 6, 30)) == round(REQUIRED * 181 / 365)

    def test_an_open_break_stops_the_plan_on_the_day_before_it(self):
        course = replace(COURSE, breaks=(Period(date(2026, 7, 1)),))
        for as_at in (date(2026, 6, 30), date(2026, 7, 1), date(2027, 6, 30), date(2030, 1, 1)):
            assert planned_to_date(course, REQUIRED, as_at) == 181 * 60

    def test_an_end_stops_the_plan(self):
        left = replace(COURSE, ended_on=date(2026, 6, 30), outcome=Outcome.WITHDRAWN)
        assert planned_to_date(left, REQUIRED, date(2027, 6, 30)) == 181 * 60

    def test_a_course_that_is_all_break_plans_nothing_before_its_end(self):
        course = replace(COURSE, breaks=(Period(START, END + timedelta(days=5)),))
        assert planned_to_date(course, REQUIRED, date(2026, 6, 30)) == 0

    @given(st.integers(0, 100_000), st.integers(-50, 800), st.integers(0, 400))
    def test_parts_add_up_to_the_whole_and_the_plan_never_falls(self, required, offset, length):
        first = START + timedelta(days=offset)
        last = first + timedelta(days=length)
        part = planned_between(COURSE, required, first, last)
        assert part is not None
        assert part >= 0
        before = planned_to_date(COURSE, required, first - timedelta(days=1))
        assert before + part == planned_to_date(COURSE, required, last)

    def test_a_quarter_of_dated_activities_is_what_falls_due_in_it(self):
        first, last = date(2026, 4, 1), date(2026, 6, 30)
        assert planned_between(COURSE, REQUIRED, first, last, 600, 1000) == 400
        assert planned_between(COURSE, REQUIRED, first, last) == 91 * 60
        assert planned_between(COURSE, None, first, last) is None
        assert planned_between(COURSE, None, first, last, None, 1000) is None


class TestPace:
    def test_it_is_the_mean_week_of_the_last_eight(self):
        assert pace(COURSE, Logged(5000, 8 * 174), date(2026, 12, 31)) == 174

    def test_days_before_the_start_are_left_out(self):
        assert pace(COURSE, Logged(360, 360), START + timedelta(days=13)) == 180

    def test_days_on_a_break_are_left_out(self):
        course = replace(COURSE, breaks=(Period(date(2026, 12, 4), date(2026, 12, 31)),))
        assert pace(course, Logged(720, 720), date(2026, 12, 31)) == 180

    def test_days_after_the_end_are_left_out(self):
        course = replace(COURSE, ended_on=date(2026, 12, 3), outcome=Outcome.COMPLETED)
        assert pace(course, Logged(720, 720), date(2026, 12, 31)) == 180

    @pytest.mark.parametrize(
        ("course", "as_at"),
        [
            (Course(), date(2026, 12, 31)),
            (COURSE, START - timedelta(days=1)),
            (replace(COURSE, breaks=(Period(START),)), date(2026, 12, 31)),
        ],
    )
    def test_without_a_day_of_training_there_is_none(self, course, as_at):
        assert pace(course, Logged(), as_at) is None


class TestForecast:
    as_at = date(2026, 12, 31)  # 365 days gone, 365 left

    def test_what_is_needed_and_when_it_is_reached(self):
        logged = Logged(365 * 60, 8 * 7 * 60, self.as_at)
        shown = standing(logged=logged, as_at=self.as_at)
        assert shown.planned_to_date_minutes == 365 * 60
        assert shown.against_plan_minutes == 0
        assert shown.weeks_left == Fraction(365, 7)
        assert shown.pace_minutes == 420
        assert shown.needed_minutes == 420
        assert shown.forecast_minutes == REQUIRED
        assert shown.reached_on == END
        assert shown.weeks_late == 0
        assert shown.logged_minutes == 365 * 60

    def test_half_the_pace_reaches_it_as_many_weeks_late_as_are_left(self):
        shown = standing(logged=Logged(365 * 60, 8 * 210, self.as_at), as_at=self.as_at)
        assert shown.reached_on == END + timedelta(days=365)
        assert shown.weeks_late == Fraction(365, 7)
        assert shown.forecast_minutes == 365 * 60 + 365 * 30

    def test_a_known_break_ahead_is_left_out_and_jumped_over(self):
        pause = Period(date(2027, 2, 1), date(2027, 2, 28))
        course = replace(COURSE, breaks=(pause, Period(date(2028, 1, 1), date(2028, 1, 10))))
        shown = standing(
            course=course, logged=Logged(365 * 60, 8 * 420, self.as_at), as_at=self.as_at
        )
        assert shown.weeks_left == Fraction(365 - 28, 7)
        assert shown.reached_on == END + timedelta(days=28 + 10)

    def test_an_open_break_is_not_taken_to_last_for_ever(self):
        course = replace(COURSE, breaks=(Period(date(2026, 12, 1)),))
        shown = standing(course=course, logged=Logged(600, 600), as_at=self.as_at)
        assert shown.weeks_left == Fraction(365, 7)
        assert shown.status is HoursStatus.ON_A_BREAK

    def test_at_no_pace_it_is_never_reached(self):
        shown = standing(logged=Logged(365 * 60, 0, date(2026, 10, 1)), as_at=self.as_at)
        assert shown.reached_on is None
        assert shown.weeks_late is None
        assert shown.forecast_minutes == 365 * 60

    def test_a_day_more_than_a_century_off_is_no_forecast(self):
        shown = standing(logged=Logged(0, 1, self.as_at), as_at=self.as_at)
        assert shown.reached_on is None

    def test_what_is_done_has_no_day_and_needs_nothing_more(self):
        shown = standing(logged=Logged(REQUIRED + 60, 480, self.as_at), as_at=self.as_at)
        assert shown.reached_on is None
        assert shown.needed_minutes == 0

    def test_after_the_planned_end_no_weeks_are_left(self):
        shown = standing(logged=Logged(REQUIRED - 600, 480, END), as_at=END + timedelta(days=10))
        assert shown.weeks_left == 0
        assert shown.needed_minutes is None
        assert shown.forecast_minutes == REQUIRED - 600
        assert shown.reached_on == END + timedelta(days=10 + 70)

    def test_an_ended_course_has_no_forecast(self):
        left = replace(COURSE, ended_on=date(2026, 6, 30), outcome=Outcome.WITHDRAWN)
        shown = standing(course=left, logged=Logged(600, 0, date(2026, 5, 1)), as_at=self.as_at)
        assert (shown.weeks_left, shown.forecast_minutes, shown.reached_on) == (None, None, None)

    def test_before_the_start_all_of_training_is_left(self):
        shown = standing(as_at=START - timedelta(days=10))
        assert shown.weeks_left == Fraction(730, 7)
        assert shown.needed_minutes == 420
        assert (shown.pace_minutes, shown.forecast_minutes) == (None, None)

    def test_without_a_required_figure_nothing_is_needed_or_late(self):
        shown = standing(agreed=None, logged=Logged(600, 480), as_at=self.as_at)
        assert (shown.required_minutes, shown.needed_minutes, shown.weeks_late) == (None,) * 3
        assert shown.against_plan_minutes is None


class TestStatus:
    as_at = date(2026, 12, 31)
    on_pace = 8 * 420

    def status(self, below: int, *, last_8: int = on_pace, **changes: object) -> HoursStatus:
        logged = Logged(365 * 60 - below, last_8, self.as_at)
        return standing(logged=logged, as_at=self.as_at, **changes).status

    def test_further_below_plan_than_a_share_of_the_required_is_slipping_then_behind(self):
        fast = self.on_pace * 2  # so that the forecast is never late
        assert self.status(0, last_8=fast) is HoursStatus.ON_TRACK
        assert self.status(REQUIRED // 20, last_8=fast) is HoursStatus.ON_TRACK
        assert self.status(REQUIRED // 20 + 1, last_8=fast) is HoursStatus.SLIPPING
        assert self.status(REQUIRED // 10, last_8=fast) is HoursStatus.SLIPPING
        assert self.status(REQUIRED // 10 + 1, last_8=fast) is HoursStatus.BEHIND

    def test_a_forecast_later_than_the_limits_weeks_is_slipping_then_behind(self):
        # 365 h left at 420 minutes a week take 52 weeks and 1 day; every 8.4 minutes a week less
        # make it about a week more.
        assert self.status(0, last_8=8 * 405) is HoursStatus.ON_TRACK
        assert self.status(0, last_8=8 * 400) is HoursStatus.SLIPPING
        assert self.status(0, last_8=8 * 365) is HoursStatus.SLIPPING
        assert self.status(0, last_8=8 * 360) is HoursStatus.BEHIND

    def test_nothing_in_eight_weeks_is_behind_since_the_end_never_comes(self):
        assert self.status(0, last_8=0) is HoursStatus.BEHIND

    def test_a_fresh_start_is_not_judged_on_its_pace(self):
        seven_weeks = START + timedelta(days=54)
        eight_weeks = START + timedelta(days=55)
        assert standing(as_at=seven_weeks, logged=Logged()).status is HoursStatus.SLIPPING
        assert standing(as_at=eight_weeks, logged=Logged()).status is HoursStatus.BEHIND

    def test_the_first_days_are_on_track(self):
        assert standing(as_at=START, logged=Logged()).status is HoursStatus.ON_TRACK

    def test_a_plan_without_a_planned_end_is_judged_by_the_plan_alone(self):
        course = replace(COURSE, training_planned_end_on=None)
        assert self.status(0, course=course, due=365 * 60, last_8=0) is HoursStatus.ON_TRACK
        assert self.status(9000, course=course, due=365 * 60, last_8=0) is HoursStatus.BEHIND

    @pytest.mark.parametrize(
        ("course", "agreed", "done", "expected"),
        [
            (COURSE, REQUIRED, REQUIRED, HoursStatus.COMPLETE),
            (replace(COURSE, outcome=Outcome.WITHDRAWN), REQUIRED, REQUIRED, HoursStatus.COMPLETE),
            (replace(COURSE, outcome=Outcome.WITHDRAWN), REQUIRED, 60, HoursStatus.ENDED),
            (replace(COURSE, outcome=Outcome.COMPLETED), None, 60, HoursStatus.ENDED),
            (
                replace(COURSE, breaks=(Period(START),), outcome=Outcome.WITHDRAWN),
                REQUIRED,
                60,
                HoursStatus.ENDED,
            ),
            (replace(COURSE, breaks=(Period(START),)), None, 60, HoursStatus.ON_A_BREAK),
            (replace(COURSE, training_started_on=END), REQUIRED, 0, HoursStatus.NOT_STARTED),
            (Course(), None, 0, HoursStatus.NOT_STARTED),
            (COURSE, None, 60, HoursStatus.NO_PLAN),
            (replace(COURSE, training_planned_end_on=None), REQUIRED, 60, HoursStatus.NO_PLAN),
        ],
    )
    def test_how_the_course_stands_comes_before_how_the_hours_do(
        self, course, agreed, done, expected
    ):
        shown = standing(course=course, agreed=agreed, logged=Logged(done), as_at=self.as_at)
        assert shown.status is expected


class TestWhy:
    as_at = date(2026, 12, 31)

    def why(self, **facts: object) -> str:
        return standing(**({"as_at": self.as_at} | facts)).why

    def test_below_plan_with_a_gap_and_what_it_takes(self):
        logged = Logged(365 * 60 - 870, 8 * 174, date(2026, 12, 3))
        assert self.why(logged=logged) == (
            "14 h 30 m below plan; nothing logged since 3 Dec 2026;"
            " needs 7.3 h a week to 31 Dec 2027, has averaged 2.9"
        )

    def test_someone_who_logged_lately_is_not_told_when(self):
        logged = Logged(365 * 60 + 30, 8 * 420, date(2026, 12, 4))
        assert self.why(logged=logged) == (
            "30 m above plan; needs 7.0 h a week to 31 Dec 2027, has averaged 7.0"
        )

    def test_a_break_is_no_time_without_an_entry(self):
        logged = Logged(365 * 60 + 30, 8 * 420, date(2026, 12, 3))  # 28 days before
        course = replace(COURSE, breaks=(Period(date(2026, 12, 10), date(2026, 12, 10)),))
        assert "nothing logged since" in self.why(logged=logged)
        assert "nothing logged since" not in self.why(logged=logged, course=course)

    def test_exactly_on_plan_and_nothing_yet(self):
        assert self.why(due=0) == (
            "Exactly on plan; nothing logged yet; needs 14.0 h a week to 31 Dec 2027,"
            " has averaged 0.0"
        )

    def test_after_the_planned_end(self):
        why = self.why(logged=Logged(REQUIRED - 90, 480, END), as_at=END + timedelta(days=5))
        assert why == "1 h 30 m below plan; 1 h 30 m still to do and no time left to 31 Dec 2027"

    def test_a_plan_without_an_end_says_only_how_it_stands(self):
        course = replace(COURSE, training_planned_end_on=None)
        why = self.why(course=course, due=600, logged=Logged(540, 60, self.as_at))
        assert why == "1 h below plan"

    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            ({"logged": Logged(REQUIRED)}, "730 h logged of 730 h required"),
            (
                {
                    "course": replace(
                        COURSE, outcome=Outcome.WITHDRAWN, ended_on=date(2026, 6, 30)
                    ),
                    "logged": Logged(90),
                },
                "Withdrawn on 30 Jun 2026 with 1 h 30 m of 730 h logged",
            ),
            (
                {"course": replace(COURSE, outcome=Outcome.COMPLETED), "agreed": None},
                "Completed with 0 h logged",
            ),
            (
                {"course": replace(COURSE, training_started_on=date(2027, 1, 4))},
                "Training starts on 4 Jan 2027",
            ),
            ({"course": Course()}, "The day on which training starts is not known"),
            (
                {"course": replace(COURSE, breaks=(Period(date(2026, 11, 1)),))},
                "On a break since 1 Nov 2026; 0 h of 730 h logged",
            ),
            (
                {"course": replace(COURSE, breaks=(Period(date(2026, 11, 1), date(2027, 1, 31)),))},
                "On a break from 1 Nov 2026 to 31 Jan 2027; 0 h of 730 h logged",
            ),
            (
                {"agreed": None, "minimum": least(None, "No published minimum is known")},
                "No published minimum is known",
            ),
            ({"agreed": None}, "No hours have been agreed in the training plan"),
            (
                {"course": replace(COURSE, training_planned_end_on=None)},
                "The planned end of training is not known, so there is nothing to measure by",
            ),
        ],
    )
    def test_every_other_status_says_its_own_fact(self, facts, why):
        assert self.why(**facts) == why


@given(
    st.integers(0, 60_000),
    st.integers(0, 60_000),
    st.integers(-30, 900),
    st.none() | st.integers(0, 60_000),
)
def test_figures_always_add_up_and_always_say_why(required, done, offset, due):
    as_at = START + timedelta(days=offset)
    shown = standing(agreed=required, logged=Logged(done, done // 3), due=due, as_at=as_at)
    assert shown.against_plan_minutes == done - shown.planned_to_date_minutes
    assert shown.why
    if shown.reached_on is not None:
        assert shown.reached_on > as_at
        assert (shown.weeks_late == 0) is (shown.reached_on <= END)
    if done >= required:
        assert shown.status is HoursStatus.COMPLETE


@pytest.mark.parametrize(
    ("overdue", "says"),
    [
        (1, "one activity overdue"),
        (2, "two activities overdue"),
        (10, "ten activities overdue"),
        (11, "11 activities overdue"),
        (1200, "1,200 activities overdue"),
    ],
)
def test_activities_that_are_overdue_are_counted_in_words(overdue, says):
    assert overdue_in_words(overdue) == says


def test_nothing_overdue_is_not_mentioned():
    assert "overdue" not in standing(as_at=START + timedelta(days=99)).why
