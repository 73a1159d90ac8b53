"""Of many dated copies the right ones are kept, however they come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.backup_schedule import Copied, held_until, is_stale, may_go
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.problems import Problem

NOW = datetime(2026, 11, 29, 17, 30, tzinfo=UTC)
SCHEDULE = in_force(resources.backup_schedules(), NOW.date(), "The schedule")


def copied(*ages: timedelta) -> list[Copied]:
    return [Copied(NOW - age) for age in ages]


def kept(copies: list[Copied]) -> list[datetime]:
    gone = may_go(copies, NOW, SCHEDULE)
    return sorted((each.made_at for each in copies if each not in gone), reverse=True)


def test_within_a_day_the_newest_of_each_hour_is_kept():
    minutes = [timedelta(minutes=m) for m in (0, 10, 20, 40, 70, 130, 135)]
    assert kept(copied(*minutes)) == [
        NOW - timedelta(minutes=m) for m in (0, 40, 130)
    ]  # 17:30, 16:50 and 15:20; 17:20, 17:10, 16:20 and 15:15 are older in their hours


def test_within_a_fortnight_the_newest_of_each_day_is_kept():
    hours = [timedelta(days=3, hours=h) for h in range(0, 15, 2)]
    assert kept(copied(timedelta(0), *hours)) == [NOW, NOW - timedelta(days=3)]


def test_within_two_months_the_newest_of_each_week_is_kept():
    monday = datetime(2026, 10, 12, 12, tzinfo=UTC)
    week = [Copied(monday + timedelta(days=n)) for n in range(7)]
    assert kept([Copied(NOW), *week]) == [NOW, monday + timedelta(days=6)]


def test_within_two_years_the_newest_of_each_month_is_kept():
    month = [Copied(datetime(2026, 3, day, 12, tzinfo=UTC)) for day in (2, 17, 30, 31)]
    assert kept([Copied(NOW), *month]) == [NOW, datetime(2026, 3, 31, 12, tzinfo=UTC)]


def test_the_last_of_a_month_stays_though_a_later_one_of_its_week_is_there():
    """31 August 2026 is a Monday; the week's newest is in September, and August would be empty."""
    last, after = datetime(2026, 8, 31, 12, tzinfo=UTC), datetime(2026, 9, 2, 12, tzinfo=UTC)
    rest = datetime(2026, 9, 30, 12, tzinfo=UTC)
    assert kept([Copied(NOW), Copied(rest), Copied(after), Copied(last)]) == [NOW, rest, last]


def test_what_is_over_two_years_old_goes_unless_it_is_the_only_one():
    old = timedelta(days=800)
    assert kept(copied(old)) == [NOW - old]
    assert kept(copied(timedelta(0), old)) == [NOW]


def test_one_that_a_person_asked_for_is_not_pushed_out_by_the_next_hourly_one():
    asked = Copied(NOW - timedelta(minutes=20), is_by_hand=True)
    assert may_go([asked, Copied(NOW)], NOW, SCHEDULE) == ()
    assert may_go([Copied(asked.made_at), Copied(NOW)], NOW, SCHEDULE) == (Copied(asked.made_at),)
    old = Copied(NOW - timedelta(days=15, minutes=20), is_by_hand=True)
    same_week = Copied(old.made_at + timedelta(hours=1))
    assert may_go([old, same_week, Copied(NOW)], NOW, SCHEDULE) == (old,)


def test_one_dated_ahead_is_kept_since_the_clock_was_turned_back():
    ahead = [Copied(NOW + timedelta(days=400)), Copied(NOW + timedelta(days=400, minutes=1))]
    assert may_go([*ahead, Copied(NOW)], NOW, SCHEDULE) == ()


def test_it_says_until_when_each_is_kept_at_the_latest():
    first, second = Copied(NOW - timedelta(days=20)), Copied(NOW)
    until = held_until([first, second], NOW, SCHEDULE)
    # The newest of its week, no longer of its month: nine weeks.
    assert until[first] == first.made_at + timedelta(weeks=9)
    assert until[second] == datetime(2028, 11, 29, 17, 30, tzinfo=UTC)
    assert until[first] is not None
    assert may_go([first, second], until[first] - timedelta(seconds=1), SCHEDULE) == ()
    assert may_go([first, second], until[first] + timedelta(seconds=1), SCHEDULE) == (first,)


minutes_ago = st.lists(st.integers(0, 2 * 366 * 24 * 60), min_size=1, max_size=60, unique=True)


@given(minutes_ago)
def test_none_is_kept_that_was_let_go_and_the_newest_always_is(ages):
    copies = copied(*(timedelta(minutes=age) for age in ages))
    gone = may_go(copies, NOW, SCHEDULE)
    left = [each for each in copies if each not in gone]
    assert may_go(left, NOW, SCHEDULE) == ()
    assert max(copies) in left


@given(minutes_ago)
def test_every_month_that_had_a_copy_within_two_years_has_one_still(ages):
    copies = copied(*(timedelta(minutes=age) for age in ages))
    within = [each for each in copies if each.made_at > NOW - timedelta(days=729)]
    gone = may_go(copies, NOW, SCHEDULE)
    months = {(each.made_at.year, each.made_at.month) for each in within}
    assert months <= {(e.made_at.year, e.made_at.month) for e in copies if e not in gone}


def test_two_years_of_copies_come_to_about_sixty_files():
    """Copied thrice a day, and pruned each time as the program does."""
    left: list[Copied] = []
    for day in range(730):
        for hour in (9, 12, 17):
            now = datetime(2024, 11, 1, hour, 5, tzinfo=UTC) + timedelta(days=day)
            left.append(Copied(now))
            gone = may_go(left, now, SCHEDULE)
            left = [each for each in left if each not in gone]
    assert 40 <= len(left) <= 60
    ages = sorted((left[-1].made_at - each.made_at).days for each in left)
    assert ages[-1] > 690


@pytest.mark.parametrize(("days", "stale"), [(None, False), (7, False), (8, True)])
def test_what_is_in_no_copy_for_over_a_week_is_said(days, stale):
    since = None if days is None else NOW - timedelta(days=days)
    assert is_stale(since, NOW, SCHEDULE) is stale


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("every_minutes = 60", "every_minutes = 0", "every_minutes is not a whole number"),
        ("daily_for_days", "daily_days", "daily_for_days is missing"),
        ("source = ", 'sauce = "x"\nsource = ', "sauce is not a key"),
    ],
)
def test_what_is_wrong_in_the_schedule_is_named(old, new, says):
    text = resources.read_text("rules", "backups.toml")
    assert old in text
    wrong = text.replace(old, new, 1)
    entry = resources.Entry(resources.parse_toml(wrong, "backups.toml"), "backups.toml")
    with pytest.raises(Problem, match=says):
        resources.read_backup_schedules(entry)


def test_the_schedule_says_that_it_is_the_projects_own_and_since_when():
    assert SCHEDULE.source.startswith("The project's own")
    assert SCHEDULE.valid_from == date(2010, 1, 1)
    assert len(SCHEDULE.sentences) == 4
