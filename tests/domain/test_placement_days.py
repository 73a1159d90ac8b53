"""The days of a stay elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.placement_days import (
    HostStay,
    asked_window,
    host_days_between,
    host_words,
    last_day,
    spent,
    stay,
    stay_on,
    window,
)
from apprentice_desk.domain.vocabulary import SecondmentStatus

MONDAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Facts:
    status: SecondmentStatus = SecondmentStatus.REQUESTED
    earliest_start_on: date | None = None
    latest_start_on: date | None = None
    weeks: int | None = None
    days: int | None = None
    agreed_start_on: date | None = None
    agreed_end_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None


def test_four_weeks_from_a_monday_end_on_a_sunday():
    assert last_day(MONDAY, 4, None) == date(2026, 6, 28)


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        (MONDAY, 1, MONDAY),
        (MONDAY, 5, date(2026, 6, 5)),
        (MONDAY, 6, date(2026, 6, 8)),
        (date(2026, 6, 5), 2, date(2026, 6, 8)),
        (MONDAY, None, MONDAY),
    ],
)
def test_the_light_form_counts_working_days(first, days, last):
    assert last_day(first, None, days) == last


def test_the_window_asked_for_goes_to_the_end_of_the_latest_stay():
    facts = Facts(earliest_start_on=MONDAY, latest_start_on=date(2026, 6, 29), weeks=4)
    assert asked_window(facts) == Period(MONDAY, date(2026, 7, 26))
    assert window(facts) == asked_window(facts)


def test_without_a_latest_start_it_starts_on_the_earliest():
    assert asked_window(Facts(earliest_start_on=MONDAY, weeks=1)) == Period(
        MONDAY, date(2026, 6, 7)
    )


def test_a_latest_start_before_the_earliest_does_not_shorten_it():
    facts = Facts(earliest_start_on=MONDAY, latest_start_on=date(2026, 5, 1), weeks=1)
    assert asked_window(facts) == Period(MONDAY, date(2026, 6, 7))


def test_nothing_is_known_without_a_start():
    assert asked_window(Facts(weeks=4)) is None
    assert window(Facts(weeks=4)) is None


def test_what_was_only_asked_for_is_no_stay():
    assert stay(Facts(earliest_start_on=MONDAY, weeks=4, agreed_start_on=MONDAY)) is None


AGREED = Facts(
    SecondmentStatus.AGREED, agreed_start_on=date(2026, 6, 8), agreed_end_on=date(2026, 7, 3)
)


def test_the_agreed_days_stand_until_it_starts():
    assert stay(AGREED) == Period(date(2026, 6, 8), date(2026, 7, 3))
    assert window(AGREED) == stay(AGREED)


def test_an_agreed_start_without_an_end_ends_after_the_weeks():
    facts = Facts(SecondmentStatus.AGREED, weeks=2, agreed_start_on=MONDAY)
    assert stay(facts) == Period(MONDAY, date(2026, 6, 14))


def test_under_way_it_goes_on_to_the_agreed_end_or_on_and_on():
    facts = Facts(SecondmentStatus.UNDER_WAY, started_on=MONDAY, agreed_end_on=date(2026, 7, 3))
    assert stay(facts) == Period(MONDAY, date(2026, 7, 3))
    assert stay(Facts(SecondmentStatus.UNDER_WAY, started_on=MONDAY)) == Period(MONDAY)


def test_one_that_started_after_its_agreed_end_took_that_day():
    facts = Facts(
        SecondmentStatus.UNDER_WAY, started_on=date(2026, 7, 6), agreed_end_on=date(2026, 7, 3)
    )
    assert stay(facts) == Period(date(2026, 7, 6), date(2026, 7, 6))


def test_completed_it_took_the_days_that_it_took():
    facts = Facts(
        SecondmentStatus.COMPLETED,
        agreed_start_on=date(2026, 6, 8),
        agreed_end_on=date(2026, 7, 3),
        started_on=date(2026, 6, 9),
        ended_on=date(2026, 6, 30),
    )
    assert stay(facts) == Period(date(2026, 6, 9), date(2026, 6, 30))


def test_agreed_without_a_day_it_has_no_days():
    assert stay(Facts(SecondmentStatus.AGREED)) is None


def test_one_broken_off_took_what_it_took():
    facts = Facts(SecondmentStatus.WITHDRAWN, started_on=MONDAY, ended_on=date(2026, 6, 3))
    assert stay(facts) == Period(MONDAY, date(2026, 6, 3))
    assert stay(Facts(SecondmentStatus.WITHDRAWN, started_on=MONDAY)) == Period(MONDAY, MONDAY)
    assert stay(Facts(SecondmentStatus.WITHDRAWN)) is None
    assert stay(Facts(SecondmentStatus.DECLINED, started_on=MONDAY)) is None


def test_days_are_spent_from_the_start_on_and_end_where_it_was_given_up():
    over = date(2026, 6, 3)
    assert spent(AGREED) is None
    assert spent(Facts(SecondmentStatus.UNDER_WAY, started_on=MONDAY)) == Period(MONDAY)
    assert spent(Facts(SecondmentStatus.COMPLETED, started_on=MONDAY, ended_on=over)) == Period(
        MONDAY, over
    )
    assert spent(Facts(SecondmentStatus.WITHDRAWN, started_on=MONDAY)) == Period(MONDAY, MONDAY)


def test_of_two_stays_the_one_begun_last_holds_the_day():
    long_ = HostStay(UUID(int=1), UUID(int=2), Period(MONDAY), "LOTI", date(2026, 7, 3))
    visit = HostStay(
        UUID(int=3), UUID(int=2), Period(date(2026, 6, 4), date(2026, 6, 4)), "Hackney"
    )
    assert stay_on([visit, long_], date(2026, 6, 4)) == visit
    assert stay_on([visit, long_], date(2026, 6, 5)) == long_
    assert stay_on([visit, long_], date(2026, 5, 31)) is None
    assert (long_.says, visit.says) == ("with LOTI until 3 Jul 2026", "with Hackney on 4 Jun 2026")
    assert HostStay(UUID(int=1), UUID(int=2), Period(MONDAY), "LOTI").says == "with LOTI"


def test_days_with_hosts_are_counted_once():
    def there(first, last):
        return HostStay(UUID(int=1), UUID(int=2), Period(first, last), "LOTI")

    stays = [there(MONDAY, None), there(date(2026, 6, 3), date(2026, 6, 4)),
             there(date(2026, 5, 1), date(2026, 5, 2))]  # fmt: skip
    assert host_days_between(stays, date(2026, 5, 2), date(2026, 6, 5)) == 6
    assert host_days_between(stays, date(2026, 5, 3), date(2026, 5, 31)) == 0
    assert host_days_between(stays, date(2026, 6, 5), date(2026, 6, 4)) == 0


@pytest.mark.parametrize(
    ("host", "name", "words"),
    [
        ("LOTI", "", "LOTI"),
        ("technology employer", "", "a technology employer"),
        ("technology employer", " Brightwell Labs ", "Brightwell Labs"),
        ("E09999998", "", "another borough"),
        (None, "", "elsewhere"),
    ],
)
def test_a_host_is_said_in_words(host, name, words):
    assert host_words(host, name) == words
