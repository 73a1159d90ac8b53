"""What a provider is measured by: what counts, what is left out, and how it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period, Quarter
from apprentice_desk.domain.measures import (
    AT_MOST,
    MeasureRules,
    MeasureStatus,
    ReviewDays,
    Span,
    Trained,
    Value,
    all_time,
    judged,
    measured,
    price_per_hour,
    quarter_span,
    quarters_to,
)
from apprentice_desk.domain.vocabulary import Measure

START = date(2026, 1, 5)
TODAY = date(2026, 11, 28)
INTERVAL = 84
COURSE = Course(training_started_on=START, training_planned_end_on=date(2027, 7, 4))
RULES = MeasureRules(date(2010, 1, 1), 10, "house rule", is_verified=True)


def week(number: int) -> date:
    """The day *number* weeks after the start."""
    return START + timedelta(weeks=number)


def over(measure: Measure, *trained: Trained, span: Span | None = None) -> tuple[int, int, int]:
    """Count, of how many, and how many left out."""
    value = measured(trained, span or all_time(TODAY), INTERVAL)[measure]
    return value.count, value.of, value.left_out


def reviewed(*reviews: ReviewDays, course: Course = COURSE) -> Trained:
    return Trained(course, reviews)


def held(on: date, due: date | None = None) -> ReviewDays:
    return ReviewDays(due, on)


def on_time(*reviews: ReviewDays, today: date, first: date | None = None) -> tuple[int, int, int]:
    span = Span(first, today, today)
    return over(Measure.REVIEWS_ON_TIME, reviewed(*reviews), span=span)


# --- reviews on time ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held_on", "count"),
    [(week(10), 1), (week(12), 1), (week(12) + timedelta(days=1), 0)],
)
def test_a_review_without_a_planned_day_is_on_time_within_the_interval(held_on, count) -> None:
    assert on_time(held(held_on), today=week(13)) == (count, 1, 0)


def test_a_planned_day_is_what_a_review_is_measured_by() -> None:
    assert on_time(held(week(9), due=week(8)), today=week(10)) == (0, 1, 0)
    assert on_time(held(week(8), due=week(8)), today=week(10)) == (1, 1, 0)


def test_each_interval_without_a_review_is_one_that_was_not_held() -> None:
    first = held(week(12))
    assert on_time(first, today=week(24)) == (1, 1, 0), "it may still be held that day"
    assert on_time(first, today=week(24) + timedelta(days=1)) == (1, 2, 0)
    assert on_time(first, today=week(37)) == (1, 3, 0)


def test_a_review_that_came_after_two_intervals_leaves_one_of_them_without_any() -> None:
    assert on_time(held(week(24)), today=week(25)) == (0, 1, 0)
    assert on_time(held(week(25)), today=week(26)) == (0, 2, 0)


def test_a_planned_review_that_was_not_held_is_late_once_its_day_is_past() -> None:
    planned = ReviewDays(week(10))
    assert on_time(planned, today=week(10)) == (0, 0, 0)
    assert on_time(planned, today=week(11)) == (0, 1, 0)


def test_the_intervals_go_on_after_a_planned_review_that_was_not_held() -> None:
    assert on_time(ReviewDays(week(8)), ReviewDays(week(10)), today=week(23)) == (0, 3, 0)


def test_planning_a_later_review_does_not_hide_the_intervals_without_one() -> None:
    """Due 12, 24 and 36 weeks after the start; the plan is for week 40."""
    planned = ReviewDays(week(40))
    assert on_time(planned, today=week(12)) == (0, 0, 0)
    assert on_time(planned, today=week(12) + timedelta(days=1)) == (0, 1, 0)
    assert on_time(planned, today=week(39)) == (0, 3, 0)
    assert on_time(planned, today=week(41)) == (0, 4, 0)
    assert on_time(held(week(40), due=week(40)), today=week(41)) == (1, 4, 0)
    assert on_time(held(week(30), due=week(40)), today=week(41)) == (1, 3, 0), "held early"
    assert on_time(held(week(12)), planned, today=week(39)) == (1, 3, 0)


def test_a_planned_review_that_is_held_an_interval_late_leaves_that_one_without_any() -> None:
    assert on_time(held(week(30), due=week(8)), today=week(31)) == (0, 2, 0)
    assert on_time(ReviewDays(week(8)), today=week(31)) == (0, 2, 0)
    late = (held(week(10)), held(week(20), due=week(2)))
    assert on_time(*late, today=week(21)) == (1, 2, 0), "week 10 answered what went by till then"


def test_a_review_held_after_the_day_it_is_looked_at_was_not_held_then() -> None:
    assert on_time(held(week(14), due=week(11)), today=week(12)) == (0, 1, 0)


def test_reviews_count_in_the_days_in_which_they_fell_due() -> None:
    reviews = (held(week(12)), held(week(25)))
    assert on_time(*reviews, today=week(26), first=week(13)) == (0, 1, 0)
    assert on_time(*reviews, today=week(26)) == (1, 2, 0)


def test_nothing_falls_due_on_a_break_or_once_it_is_over() -> None:
    pause = replace(COURSE, breaks=(Period(week(11), week(20)),))
    assert over(
        Measure.REVIEWS_ON_TIME, reviewed(ReviewDays(week(12)), course=pause),
        span=all_time(week(15)),
    ) == (0, 0, 0)  # fmt: skip
    ended = replace(COURSE, ended_on=week(11), outcome=Outcome.WITHDRAWN)
    trained = reviewed(ReviewDays(week(12)), course=ended)
    assert over(Measure.REVIEWS_ON_TIME, trained) == (0, 0, 0)


def test_days_on_a_break_move_the_day_on_which_a_review_is_due() -> None:
    pause = replace(COURSE, breaks=(Period(week(4), week(8) - timedelta(days=1)),))
    trained = reviewed(held(week(16)), course=pause)
    assert over(Measure.REVIEWS_ON_TIME, trained, span=all_time(week(17))) == (1, 1, 0)


def test_a_break_without_an_end_stops_the_intervals() -> None:
    pause = replace(COURSE, breaks=(Period(week(14), None),))
    trained = reviewed(held(week(12)), course=pause)
    assert over(Measure.REVIEWS_ON_TIME, trained) == (1, 1, 0)
    trained = reviewed(held(week(40)), course=pause)
    assert over(Measure.REVIEWS_ON_TIME, trained) == (0, 1, 0)
    never = reviewed(held(week(40)), course=replace(COURSE, breaks=(Period(week(3), None),)))
    assert over(Measure.REVIEWS_ON_TIME, never) == (0, 0, 0)


def test_who_has_no_review_recorded_is_left_out_and_counted_as_that() -> None:
    assert over(Measure.REVIEWS_ON_TIME, Trained(COURSE)) == (0, 0, 1)
    assert over(Measure.REVIEWS_ON_TIME, Trained(COURSE), span=all_time(week(2))) == (0, 0, 0)


def test_a_provider_is_measured_by_the_days_it_trained_only() -> None:
    reviews = (held(week(12)), held(week(25)), held(week(37)))
    before = Trained(COURSE, reviews, to_on=week(20))
    after = Trained(COURSE, reviews, from_on=week(20) + timedelta(days=1))
    assert over(Measure.REVIEWS_ON_TIME, before) == (1, 1, 0)
    assert over(Measure.REVIEWS_ON_TIME, after) == (1, 2, 0)


# --- first review ---------------------------------------------------------------------------------


def first_review(*reviews: ReviewDays, today: date = TODAY, first: date | None = None):
    span = Span(first, today, today)
    return over(Measure.FIRST_REVIEW, reviewed(*reviews), span=span)


def test_the_first_review_counts_by_the_end_of_week_12() -> None:
    """The first day of training is day 1 of week 1: day 84 ends week 12, day 85 begins week 13."""
    last = START + timedelta(days=83)
    assert [
        first_review(held(last + timedelta(days=days)), held(week(20))) for days in (-1, 0, 1)
    ] == [(1, 1, 0), (1, 1, 0), (0, 1, 0)]
    assert last + timedelta(days=1) == week(12), "twelve weeks on, the thirteenth begins"
    assert first_review(ReviewDays(week(20)), today=week(13)) == (0, 1, 0)


def test_the_first_review_is_not_late_before_the_day_is_over() -> None:
    last = START + timedelta(days=83)
    assert first_review(ReviewDays(week(12)), today=last) == (0, 0, 0)
    assert first_review(held(last), today=last) == (1, 1, 0)
    assert first_review(ReviewDays(week(12)), today=week(12)) == (0, 1, 0)


def test_the_first_review_counts_in_the_days_that_week_12_ended_in() -> None:
    assert first_review(held(week(10)), first=week(13)) == (0, 0, 0)
    assert first_review(held(week(10)), today=week(11)) == (0, 0, 0)


def test_the_first_review_is_not_known_where_no_review_or_start_is() -> None:
    assert first_review() == (0, 0, 1)
    assert over(Measure.FIRST_REVIEW, Trained(Course(), (held(week(3)),))) == (0, 0, 0)


# --- hours ----------------------------------------------------------------------------------------

YEAR = Course(date(2026, 4, 1), date(2027, 3, 31))
Q2 = quarter_span(Quarter.parse("2026-27 Q2"), TODAY)


def test_hours_to_plan_are_those_of_the_days() -> None:
    logged = ((date(2026, 6, 1), 500), (date(2026, 7, 1), 4000), (date(2026, 10, 1), 900))
    trained = Trained(YEAR, required_minutes=36_500, logged=logged)
    assert over(Measure.HOURS_TO_PLAN, trained, span=Q2) == (4000, 9200, 0)
    assert over(Measure.HOURS_TO_PLAN, trained) == (5400, 24_200, 0)


def test_hours_to_plan_go_by_dated_activities_where_there_are_any() -> None:
    planned = (
        (date(2026, 6, 30), 60), (date(2026, 7, 1), 600), (date(2026, 9, 30), 900),
        (date(2026, 10, 1), 40),
    )  # fmt: skip
    trained = Trained(YEAR, required_minutes=36_500, planned=planned)
    assert over(Measure.HOURS_TO_PLAN, trained, span=Q2) == (0, 1500, 0)
    assert over(Measure.HOURS_TO_PLAN, trained) == (0, 1600, 0)


def test_hours_without_a_plan_are_left_out_of_both() -> None:
    without = Trained(YEAR, logged=((date(2026, 7, 1), 4000),))
    assert over(Measure.HOURS_TO_PLAN, without, span=Q2) == (0, 0, 1)


def test_hours_of_one_do_not_hide_that_another_is_below_plan() -> None:
    ahead = Trained(YEAR, required_minutes=36_500, logged=((date(2026, 7, 1), 12_000),))
    level = replace(ahead, logged=((date(2026, 7, 1), 9_200),))
    behind = replace(ahead, logged=((date(2026, 7, 1), 9_199),))
    value = measured([ahead, level, behind], Q2, INTERVAL)[Measure.HOURS_TO_PLAN]
    assert (value.percent, value.below) == (110, 1)
    assert value.says == "506 h 39 m logged of 460 h planned, 1 apprentice below plan"


def test_hours_after_the_end_or_before_the_start_are_not_planned() -> None:
    ended = replace(YEAR, ended_on=date(2026, 7, 31), outcome=Outcome.WITHDRAWN)
    trained = Trained(ended, required_minutes=36_500, planned=((date(2026, 8, 1), 700),))
    assert over(Measure.HOURS_TO_PLAN, trained, span=Q2) == (0, 0, 0)
    over_before = replace(YEAR, ended_on=date(2026, 6, 30), outcome=Outcome.WITHDRAWN)
    assert over(Measure.HOURS_TO_PLAN, Trained(over_before), span=Q2) == (0, 0, 0)
    assert over(Measure.HOURS_TO_PLAN, Trained(Course()), span=Q2) == (0, 0, 0)
    later = Trained(Course(date(2026, 10, 1), date(2027, 9, 30)))
    assert over(Measure.HOURS_TO_PLAN, later, span=Q2) == (0, 0, 0)


def test_hours_of_two_providers_add_up_to_those_of_all() -> None:
    whole = Trained(
        YEAR, required_minutes=36_500, logged=((date(2026, 7, 5), 60), (date(2026, 8, 20), 90))
    )
    before = replace(whole, to_on=date(2026, 8, 9))
    after = replace(whole, from_on=date(2026, 8, 10))
    assert over(Measure.HOURS_TO_PLAN, before, span=Q2) == (60, 4000, 0)
    assert over(Measure.HOURS_TO_PLAN, after, span=Q2) == (90, 5200, 0)


# --- ends -----------------------------------------------------------------------------------------


def ended(on: date | None, outcome: Outcome, start: date | None = START) -> Trained:
    return Trained(Course(training_started_on=start, ended_on=on, outcome=outcome))


def test_kept_to_completion_is_of_those_that_ended() -> None:
    several = (
        ended(date(2026, 7, 1), Outcome.COMPLETED),
        ended(date(2026, 9, 30), Outcome.WITHDRAWN),
        ended(date(2026, 10, 1), Outcome.WITHDRAWN),
        Trained(COURSE),
    )
    assert over(Measure.KEPT_TO_COMPLETION, *several, span=Q2) == (1, 2, 0)
    assert over(Measure.KEPT_TO_COMPLETION, *several) == (1, 3, 0)


def test_an_end_whose_day_is_not_known_counts_only_in_all_time() -> None:
    unknown = ended(None, Outcome.COMPLETED)
    assert over(Measure.KEPT_TO_COMPLETION, unknown, span=Q2) == (0, 0, 1)
    assert over(Measure.KEPT_TO_COMPLETION, unknown) == (1, 1, 0)
    assert over(Measure.WITHDRAWALS, unknown, span=Q2) == (0, 0, 1)
    assert over(Measure.WITHDRAWALS, unknown) == (0, 1, 0)
    withdrawn = ended(None, Outcome.WITHDRAWN)
    assert over(Measure.WITHDRAWALS, withdrawn) == (1, 1, 0)


def test_who_never_began_is_neither_kept_nor_lost() -> None:
    never = ended(date(2026, 7, 1), Outcome.WITHDRAWN, start=None)
    assert over(Measure.KEPT_TO_COMPLETION, never) == (0, 0, 0)
    assert over(Measure.WITHDRAWALS, never) == (0, 0, 0)
    completed = ended(date(2026, 7, 1), Outcome.COMPLETED, start=None)
    assert over(Measure.KEPT_TO_COMPLETION, completed) == (1, 1, 0)


def test_withdrawals_are_of_all_on_programme_in_the_days() -> None:
    several = (
        ended(date(2026, 6, 30), Outcome.WITHDRAWN),
        ended(date(2026, 7, 1), Outcome.WITHDRAWN),
        ended(date(2026, 8, 1), Outcome.COMPLETED),
        ended(date(2026, 10, 1), Outcome.WITHDRAWN),
        Trained(COURSE),
        Trained(Course(date(2026, 10, 1))),
    )
    assert over(Measure.WITHDRAWALS, *several, span=Q2) == (1, 4, 0)


def test_who_went_to_another_provider_did_not_withdraw_from_the_first() -> None:
    course = replace(COURSE, ended_on=date(2026, 9, 1), outcome=Outcome.WITHDRAWN)
    moved = Trained(course, to_on=date(2026, 8, 1))
    assert over(Measure.WITHDRAWALS, moved, span=Q2) == (0, 1, 0)
    assert over(Measure.KEPT_TO_COMPLETION, moved, span=Q2) == (0, 0, 0)


# --- values ---------------------------------------------------------------------------------------


def test_a_share_of_nothing_is_not_known() -> None:
    value = Value(Measure.HOURS_TO_PLAN, 0, 0)
    assert value.share is None
    assert value.percent is None
    assert judged(value, 100, RULES) is MeasureStatus.NOTHING_DUE
    assert judged(replace(value, left_out=1), 100, RULES) is MeasureStatus.NOT_KNOWN


def test_a_percentage_never_shows_better_than_it_is() -> None:
    assert Value(Measure.REVIEWS_ON_TIME, 2, 3).percent == 66
    assert Value(Measure.WITHDRAWALS, 1, 3).percent == 34


@pytest.mark.parametrize(
    ("measure", "count", "agreed", "status"),
    [
        (Measure.REVIEWS_ON_TIME, 950, 95, MeasureStatus.ON_TRACK),
        (Measure.REVIEWS_ON_TIME, 949, 95, MeasureStatus.SLIPPING),
        (Measure.REVIEWS_ON_TIME, 851, 95, MeasureStatus.SLIPPING),
        (Measure.REVIEWS_ON_TIME, 850, 95, MeasureStatus.BEHIND),
        (Measure.WITHDRAWALS, 100, 10, MeasureStatus.ON_TRACK),
        (Measure.WITHDRAWALS, 101, 10, MeasureStatus.SLIPPING),
        (Measure.WITHDRAWALS, 200, 10, MeasureStatus.BEHIND),
    ],
)
def test_a_measure_stands_beside_what_was_agreed(measure, count, agreed, status) -> None:
    assert judged(Value(measure, count, 1000), agreed, RULES) is status


@given(
    st.sampled_from(list(Measure)), st.integers(0, 500), st.integers(1, 500), st.integers(0, 100)
)
def test_what_is_shown_and_the_status_never_contradict(measure, count, of, agreed) -> None:
    value = Value(measure, count, of)
    shown = value.percent
    is_met = shown <= agreed if measure in AT_MOST else shown >= agreed
    assert is_met == (judged(value, agreed, RULES) is MeasureStatus.ON_TRACK)


def test_every_measure_says_what_it_is_made_of() -> None:
    one = {measure: Value(measure, 1, 1).says for measure in Measure}
    several = {measure: Value(measure, 60, 120, 2).says for measure in Measure}
    nothing = {measure: Value(measure, 0, 0, 1).says for measure in Measure}
    assert one[Measure.REVIEWS_ON_TIME] == "1 of 1 review that fell due was held on time"
    assert several[Measure.HOURS_TO_PLAN] == (
        "1 h logged of 2 h planned; 2 apprentices left out, since not recorded"
    )
    assert nothing[Measure.KEPT_TO_COMPLETION] == (
        "No apprenticeship ended; 1 apprentice left out, since not recorded"
    )
    for says in (one, several, nothing):
        assert len(set(says.values())) == len(Measure)


def test_quarters_go_back_from_the_one_that_is_running() -> None:
    assert [str(quarter) for quarter in quarters_to(TODAY, 3)] == [
        "2026-27 Q3", "2026-27 Q2", "2026-27 Q1",
    ]  # fmt: skip
    running = quarter_span(Quarter.containing(TODAY), TODAY)
    assert (running.first, running.last) == (date(2026, 10, 1), TODAY)
    assert Q2.last == date(2026, 9, 30)


@given(st.lists(st.booleans(), max_size=6), st.integers(0, 8))
def test_quarters_add_up_to_all_time(kept, later) -> None:
    trained = [
        ended(date(2026, 4, 1) + timedelta(days=40 * number), outcome)
        for number, is_kept in enumerate(kept)
        for outcome in [Outcome.COMPLETED if is_kept else Outcome.WITHDRAWN]
    ]
    reviews = (held(week(12)), held(week(20 + later)), ReviewDays(week(40)))
    trained.append(reviewed(*reviews))
    trained.append(Trained(COURSE, required_minutes=9_000, logged=((date(2026, 5, 1), 99),)))
    quarters = [
        measured(trained, quarter_span(quarter, TODAY), INTERVAL)
        for quarter in quarters_to(TODAY, 4)
    ]
    whole = measured(trained, all_time(TODAY), INTERVAL)
    for measure in set(Measure) - AT_MOST:
        assert sum(values[measure].count for values in quarters) == whole[measure].count
        assert sum(values[measure].of for values in quarters) == whole[measure].of


def test_the_price_of_an_hour_leaves_out_what_is_not_known() -> None:
    known = [(Decimal("18000.00"), 36_000), (Decimal("9000.00"), 24_000)]
    assert price_per_hour(known) == Decimal("27.00")
    blanks = [(None, 600), (Decimal("5.00"), None), (Decimal("5.00"), 0)]
    assert price_per_hour([*known, *blanks]) == Decimal("27.00")
    assert price_per_hour(blanks) is None
    exact = price_per_hour([(Decimal("100.00"), 7 * 60)])
    assert exact == Decimal("14.29")
    assert abs(Fraction(exact) - Fraction(100, 7)) <= Fraction(1, 200)
