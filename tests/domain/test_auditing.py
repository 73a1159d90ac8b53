"""Files are drawn as an auditor would draw them, and the same number draws the same again."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.auditing import (
    GATEWAY_DAYS,
    QUIET_DAYS,
    Candidate,
    Oddity,
    Tally,
    draw,
    oddities,
    suggested_size,
)
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_days import HostStay

TODAY = date(2026, 11, 24)
LIMITS = resources.counting_rules().log_limits(TODAY)


def candidate(
    number: int, standard: str = "ST0116", provider: str = "Kestrel", year: int | None = 2025,
    odd: tuple[Oddity, ...] = (),
) -> Candidate:  # fmt: skip
    return Candidate(UUID(int=number), standard, provider, year, odd)


MANY = [
    candidate(number, f"ST{number % 5}", f"Provider {number % 3}", 2022 + number % 4)
    for number in range(200)
]


def test_the_same_number_draws_the_same_files_in_whatever_order_they_come() -> None:
    first = draw(MANY, 12, 7)
    assert [each.id for each in draw(reversed(MANY), 12, 7).picked] == [
        each.id for each in first.picked
    ]
    assert draw(MANY, 12, 8).picked != first.picked


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=40), st.integers(0, 50))
def test_never_more_than_wanted_nor_one_file_twice(kinds: list[tuple[int, int]], size: int) -> None:
    there = [candidate(n, f"ST{a}", f"P{b}") for n, (a, b) in enumerate(kinds)]
    picked = draw(there, size, 1).picked
    assert len(picked) == min(size, len(there))
    assert len({each.id for each in picked}) == len(picked)


@given(st.integers(0, 10**9))
def test_every_standard_provider_and_start_year_is_there_before_any_comes_too_often(
    seed: int,
) -> None:
    sample = draw(MANY, 20, seed)
    assert {each.standard for each in sample.picked} == {f"ST{n}" for n in range(5)}
    assert {each.provider for each in sample.picked} == {f"Provider {n}" for n in range(3)}
    assert {each.start_year for each in sample.picked} == {2022, 2023, 2024, 2025}
    assert max(Counter(each.standard for each in sample.picked).values()) <= 9


def test_odd_files_are_drawn_more_often_than_others_but_not_alone() -> None:
    there = [candidate(n, odd=(Oddity.BREAK,) if n % 2 else ()) for n in range(100)]
    odd = sum(1 for seed in range(50) for each in draw(there, 10, seed).picked if each.oddities)
    assert 350 < odd < 480, "of 500, half would be without regard to what is odd"


def test_a_sample_says_how_it_was_drawn() -> None:
    there = [candidate(1, odd=(Oddity.WITHDRAWN,)), candidate(2, "ST0865", year=None)]
    sample = draw(there, 1, 20261124)
    says = sample.says()
    assert "1 of 2 files were drawn with the number 20261124" in says
    assert "1 of 2 standards, 1 of 2 start years, 1 of 1 provider." in says
    assert "and 1 of all" in says
    assert "1 of 1 file were" in draw(there[:1], 3, 1).says()


@pytest.mark.parametrize(
    ("there", "size"), [(0, 0), (3, 3), (10, 5), (50, 10), (500, 30), (5000, 30)]
)
def test_the_size_suggested_grows_with_the_programme_up_to_thirty(there: int, size: int) -> None:
    assert suggested_size(there) == size


def odd(
    course: Course,
    gateway: date | None = None,
    last: date | None = TODAY,
    tally: Tally | None = None,
) -> set[Oddity]:
    return set(oddities(course, gateway, last, tally or Tally(), LIMITS, TODAY))


LIVE = Course(date(2025, 9, 1), date(2027, 8, 31))


def test_what_makes_a_file_odd() -> None:
    assert odd(LIVE) == set()
    left = Course(date(2025, 9, 1), ended_on=date(2026, 5, 1), outcome=Outcome.WITHDRAWN)
    assert odd(left, last=None) == {Oddity.WITHDRAWN}
    paused = Course(date(2025, 9, 1), breaks=(Period(date(2026, 2, 1), date(2026, 3, 1)),))
    assert odd(paused) == {Oddity.BREAK}
    to_come = Course(date(2025, 9, 1), breaks=(Period(TODAY + timedelta(days=1)),))
    assert odd(to_come) == set()


def test_six_weeks_without_an_entry_are_odd_and_a_day_less_is_not() -> None:
    assert odd(LIVE, last=TODAY - timedelta(days=QUIET_DAYS - 1)) == set()
    assert odd(LIVE, last=TODAY - timedelta(days=QUIET_DAYS)) == {Oddity.QUIET}
    assert odd(LIVE, last=None) == {Oddity.QUIET}, "counted from the start"


def test_days_with_a_host_are_not_quiet() -> None:
    last = TODAY - timedelta(days=QUIET_DAYS)

    def odd_with(first: date, end: date | None) -> set[Oddity]:
        stays = [HostStay(UUID(int=1), UUID(int=2), Period(first, end), "LOTI")]
        return set(oddities(LIVE, None, last, Tally(), LIMITS, TODAY, stays))

    assert odd_with(TODAY - timedelta(days=28), None) == set()
    assert odd_with(TODAY, TODAY) == set()
    assert odd_with(last - timedelta(days=9), last) == {Oddity.QUIET}


def test_near_the_gateway_or_the_planned_end_is_odd() -> None:
    near = TODAY + timedelta(days=GATEWAY_DAYS)
    assert odd(LIVE, near) == {Oddity.NEAR_GATEWAY}
    assert odd(LIVE, near + timedelta(days=1)) == set()
    assert odd(Course(date(2025, 9, 1), near)) == {Oddity.NEAR_GATEWAY}


def test_a_log_that_never_varies_repeats_itself_or_says_nothing_is_odd() -> None:
    assert odd(LIVE, tally=Tally(8, 1, 8)) == {Oddity.SAME_LENGTH}
    assert odd(LIVE, tally=Tally(7, 1, 7)) == set()
    assert odd(LIVE, tally=Tally(10, 3, 5)) == {Oddity.SAME_WORDS}
    assert odd(LIVE, tally=Tally(10, 3, 6)) == set()
    assert odd(LIVE, tally=Tally(10, 3, 9, 1)) == {Oddity.BLANK_WORDS}
