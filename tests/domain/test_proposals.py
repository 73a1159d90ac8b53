"""Repeats are proposed, each day that is left out with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.proposals import (
    MOST_SPANS,
    LeftOut,
    Offered,
    Proposal,
    Repeat,
    days_to_come,
    offer,
    parse_spans,
    propose,
    show_spans,
)

HOLIDAYS = resources.bank_holidays()
COURSE = Course(date(2026, 9, 14), date(2028, 3, 31))
THURSDAYS = Repeat(
    frozenset({3}),
    date(2026, 9, 10),
    date(2026, 12, 18),
    leave_out=(Period(date(2026, 10, 26), date(2026, 10, 30)),),
)


def days(*written: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(each) for each in written)


def test_every_thursday_in_term_up_to_today() -> None:
    course = replace(COURSE, breaks=(Period(date(2026, 11, 2), date(2026, 11, 8)),))
    logged = days("2026-10-01", "2026-10-02")
    proposal = propose(THURSDAYS, course, logged, HOLIDAYS, date(2026, 11, 19))
    assert proposal == Proposal(
        days("2026-09-17", "2026-09-24", "2026-10-08", "2026-10-15", "2026-10-22", "2026-11-12",
             "2026-11-19"),
        (
            LeftOut(date(2026, 9, 10), "10 Sep 2026 is before training starts on 14 Sep 2026."),
            LeftOut(date(2026, 10, 1), "Something is logged on 1 Oct 2026 already."),
            LeftOut(
                date(2026, 10, 29),
                "29 Oct 2026 is in the days left out, 26 Oct 2026 to 30 Oct 2026.",
            ),
            LeftOut(
                date(2026, 11, 5),
                "5 Nov 2026 is in a break in learning, 2 Nov 2026 to 8 Nov 2026.",
            ),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("course", "why"),
    [
        (
            replace(COURSE, ended_on=date(2026, 12, 23), outcome=Outcome.WITHDRAWN),
            "24 Dec 2026 is after the last day of the apprenticeship, 23 Dec 2026.",
        ),
        (
            replace(COURSE, assessment_began_on=date(2026, 12, 24)),
            "Assessment began on 24 Dec 2026; 24 Dec 2026 is no longer training.",
        ),
    ],
)
def test_after_training_nothing_is_proposed(course: Course, why: str) -> None:
    repeat = Repeat(frozenset({3}), date(2026, 12, 17))
    proposal = propose(repeat, course, (), HOLIDAYS, date(2026, 12, 25))
    assert proposal.days == days("2026-12-17")
    assert [each.why for each in proposal.left_out] == [why]


def test_bank_holidays_are_left_out_and_unknown_years_named() -> None:
    mondays = Repeat(frozenset({0, 4}), date(2028, 12, 22))
    proposal = propose(mondays, Course(), (), HOLIDAYS, date(2029, 1, 5))
    assert proposal.days == days("2028-12-22", "2028-12-29", "2029-01-01", "2029-01-05")
    assert [each.why for each in proposal.left_out] == ["25 Dec 2028 is a bank holiday."]
    assert proposal.unchecked == ("The bank holidays of 2029 are not known.",)


def test_every_second_week_is_counted_from_the_week_of_the_first_day() -> None:
    repeat = Repeat(frozenset({0, 2}), date(2026, 11, 4), every_weeks=2)
    found = tuple(repeat.days(date(2026, 12, 2)))
    assert found == days("2026-11-04", "2026-11-16", "2026-11-18", "2026-11-30", "2026-12-02")
    assert tuple(repeat.days(date(2026, 11, 3))) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"weekdays": frozenset()}, "Choose at least one day of the week"),
        ({"weekdays": frozenset({7})}, "A week has seven days"),
        ({"every_weeks": 0}, "again after 1 to 52 weeks"),
        ({"every_weeks": 10**9}, "again after 1 to 52 weeks"),
        ({"last_on": date(2026, 9, 9)}, "9 Sep 2026, comes before the first, 10 Sep 2026"),
    ],
)
def test_a_repeat_that_cannot_be_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(THURSDAYS, **changes)


dates = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(
    st.frozensets(st.integers(0, 6), min_size=1), dates, dates, st.integers(1, 52),
    st.frozensets(dates), dates,
)  # fmt: skip
def test_every_day_is_proposed_or_named_and_none_is_to_come(
    weekdays: frozenset[int],
    first: date,
    last: date,
    every: int,
    logged: frozenset[date],
    today: date,
) -> None:
    first, last = min(first, last), max(first, last)
    repeat = Repeat(weekdays, first, last, every)
    proposal = propose(repeat, COURSE, logged, HOLIDAYS, today)
    left_out = [each.day for each in proposal.left_out]
    monday = first - timedelta(days=first.weekday())
    wanted = [
        day
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
        if day.weekday() in weekdays and (day - monday).days // 7 % every == 0 and day <= today
    ]
    assert sorted([*proposal.days, *left_out]) == wanted
    assert not set(proposal.days) & logged
    assert not any(HOLIDAYS.is_holiday(day) for day in proposal.days)


# --- for many people ----------------------------------------------------------------------------

ADA, NOOR = UUID(int=1), UUID(int=2)


def test_days_are_offered_to_each_with_the_reason_why_not() -> None:
    courses = {ADA: COURSE, NOOR: replace(COURSE, training_started_on=date(2026, 9, 1))}
    logged = {NOOR: days("2026-09-17")}
    assert offer(THURSDAYS, courses, logged, HOLIDAYS, date(2026, 9, 17)) == (
        Offered(ADA, date(2026, 9, 10), "10 Sep 2026 is before training starts on 14 Sep 2026."),
        Offered(NOOR, date(2026, 9, 10)),
        Offered(ADA, date(2026, 9, 17)),
        Offered(NOOR, date(2026, 9, 17), "Something is logged on 17 Sep 2026 already."),
    )


def test_what_was_answered_is_not_offered_again_and_nothing_is_that_is_to_come() -> None:
    found = offer(
        THURSDAYS, {ADA: COURSE}, {}, HOLIDAYS, date(2026, 10, 1), answered_to=date(2026, 9, 17)
    )
    assert [each.day for each in found] == list(days("2026-09-24", "2026-10-01"))


def test_the_days_to_come_are_counted_where_there_is_an_end() -> None:
    assert days_to_come(THURSDAYS, date(2026, 12, 3)) == 2
    assert days_to_come(THURSDAYS, date(2026, 12, 17)) == 0
    assert days_to_come(replace(THURSDAYS, last_on=None), date(2026, 12, 3)) is None


# --- spans of days, as they are written ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        (" ; ,\n", ()),
        ("26/10/2026 to 30/10/2026", [("2026-10-26", "2026-10-30")]),
        ("26 Oct to 30 Oct 2026; 5 Nov 2026",
         [("2026-10-26", "2026-10-30"), ("2026-11-05", "2026-11-05")]),
        ("21 Dec to 1 Jan 2027", [("2026-12-21", "2027-01-01")]),
        ("26 Oct 2026 – 30 Oct 2026\n26 Oct 2026 until 30 Oct 2026",
         [("2026-10-26", "2026-10-30")]),
        ("December 2026", [("2026-12-01", "2026-12-31")]),
        ("Aug 2026 to Aug 2026", [("2026-08-01", "2026-08-31")]),
        ("today", [("2026-09-01", "2026-09-01")]),
    ],
)  # fmt: skip
def test_spans_are_read(text: str, spans: list[tuple[str, str]]) -> None:
    wanted = tuple(Period(date.fromisoformat(a), date.fromisoformat(b)) for a, b in spans)
    assert parse_spans(text, date(2026, 9, 1)) == wanted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("half-term", "“half-term” is not a day"),
        ("half-term to 30 Oct 2026", "“half-term 2026” is not a day"),
        ("26 Oct 2026 to 20 Oct 2026", "The last day, 20 Oct 2026, comes before the first"),
        ("1 Oct 2026 to 3 Oct 2026 to 5 Oct 2026", "is not a span of days"),
        (";".join(["1 Oct 2026"] * (MOST_SPANS + 1)), f"{MOST_SPANS + 1} spans of days; at most"),
    ],
)
def test_what_is_no_span_is_said(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_spans(text)


@given(st.lists(st.tuples(dates, dates), max_size=MOST_SPANS))
def test_spans_that_are_shown_are_read_back(pairs: list[tuple[date, date]]) -> None:
    spans = tuple(sorted({Period(min(pair), max(pair)) for pair in pairs}))
    assert parse_spans(show_spans(spans)) == spans
