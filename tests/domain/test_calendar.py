from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.calendar import (
    BankHolidays,
    FinancialYear,
    FundingYear,
    Period,
    Quarter,
    WrittenDay,
    add_months,
    day_in_london,
    day_with_weekday,
    end_of_day_in_london,
    parse_day,
    show_day,
    table_day,
)
from apprentice_desk.domain.problems import Problem

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
near_days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def periods(draw: st.DrawFn, *, with_an_end: bool = False) -> Period:
    first = draw(near_days)
    last = first + timedelta(days=draw(st.integers(0, 1000)))
    return Period(first, last if with_an_end or draw(st.booleans()) else None)


class TestPeriods:
    def test_both_ends_are_inside(self):
        period = Period(date(2026, 8, 1), date(2027, 7, 31))
        assert date(2026, 8, 1) in period
        assert date(2027, 7, 31) in period
        assert date(2026, 7, 31) not in period
        assert date(2027, 8, 1) not in period
        assert period.days == 365

    def test_one_without_an_end_holds_every_later_day(self):
        period = Period(date(2026, 8, 1))
        assert date(2100, 1, 1) in period
        assert date(2026, 7, 31) not in period
        assert period.days is None

    def test_the_last_day_may_be_the_first_but_not_before_it(self):
        assert Period(date(2026, 8, 1), date(2026, 8, 1)).days == 1
        with pytest.raises(ValueError, match="31 Jul 2026, comes before the first, 1 Aug 2026"):
            Period(date(2026, 8, 1), date(2026, 7, 31))

    def test_it_is_shown_in_words(self):
        assert Period(date(2026, 8, 1), date(2027, 7, 31)).shown() == "1 Aug 2026 to 31 Jul 2027"
        assert Period(date(2026, 8, 1)).shown() == "from 1 Aug 2026"

    def test_open_periods_sort_after_those_with_the_same_first_day(self):
        first = date(2026, 8, 1)
        short, long, open_end = Period(first, first), Period(first, date(2027, 1, 1)), Period(first)
        before = Period(date(2026, 7, 1))
        assert sorted([open_end, long, short, before]) == [before, short, long, open_end]
        assert open_end >= long

    @given(periods(), periods())
    def test_an_overlap_is_the_same_both_ways_and_lies_inside_both(self, one, other):
        shared = one.overlap(other)
        assert shared == other.overlap(one)
        if shared is None:
            early, late = sorted([one, other])
            assert early.last is not None
            assert early.last < late.first
        else:
            for end in (shared.first, shared.last or date(2200, 1, 1)):
                assert end in one
                assert end in other

    @given(periods(with_an_end=True), near_days)
    def test_days_inside_are_those_that_the_count_says(self, period, day):
        inside = [period.first + timedelta(days=n) for n in range(period.days)]
        assert (day in period) is (day in inside)


class TestYears:
    @pytest.mark.parametrize(
        ("day", "funding", "financial"),
        [
            (date(2026, 3, 31), "2025-26", "2025-26"),
            (date(2026, 4, 1), "2025-26", "2026-27"),
            (date(2026, 7, 31), "2025-26", "2026-27"),
            (date(2026, 8, 1), "2026-27", "2026-27"),
            (date(1999, 9, 1), "1999-00", "1999-00"),
        ],
    )
    def test_they_turn_on_1_august_and_1_april(self, day, funding, financial):
        assert str(FundingYear.containing(day)) == funding
        assert str(FinancialYear.containing(day)) == financial

    @given(near_days)
    def test_every_day_lies_in_its_years(self, day):
        assert day in FundingYear.containing(day).period
        assert day in FinancialYear.containing(day).period

    def test_their_days(self):
        assert FundingYear(2026).period == Period(date(2026, 8, 1), date(2027, 7, 31))
        assert FinancialYear(2026).period == Period(date(2026, 4, 1), date(2027, 3, 31))


class TestQuarters:
    @pytest.mark.parametrize(
        ("number", "first", "last", "words"),
        [
            (1, date(2026, 4, 1), date(2026, 6, 30), "April to June 2026"),
            (2, date(2026, 7, 1), date(2026, 9, 30), "July to September 2026"),
            (3, date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
            (4, date(2027, 1, 1), date(2027, 3, 31), "January to March 2027"),
        ],
    )
    def test_the_first_is_april_to_june(self, number, first, last, words):
        quarter = Quarter(FinancialYear(2026), number)
        assert (quarter.first, quarter.last, quarter.words()) == (first, last, words)
        assert quarter.period == Period(first, last)

    @pytest.mark.parametrize(
        "text", ["2026-27 Q3", " 2026/27 q3 ", "2026–27, Q3", "2026-2027 Q3", "2026-27\u00a0Q3"]
    )
    def test_they_are_read_as_people_write_them(self, text):
        assert str(Quarter.parse(text)) == "2026-27 Q3"

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("2026 Q3", r"is not a quarter\. Write it as 2026-27 Q3"),
            ("2026-27 Q5", "is not a quarter"),
            ("Q3", "is not a quarter"),
            ("2026-28 Q3", "two years in a row, such as 2026-27 Q3"),
            ("2026-2028 Q3", "two years in a row"),
            ("1066-67 Q1", "outside the years"),
        ],
    )
    def test_what_is_no_quarter_is_refused_in_words(self, text, sentence):
        with pytest.raises(ValueError, match=sentence):
            Quarter.parse(text)

    def test_there_are_four(self):
        with pytest.raises(ValueError, match="no quarter 5"):
            Quarter(FinancialYear(2026), 5)

    @given(near_days)
    def test_every_day_lies_in_its_quarter_and_quarters_follow_each_other(self, day):
        quarter = Quarter.containing(day)
        assert day in quarter.period
        assert Quarter.parse(str(quarter)) == quarter
        assert quarter.next().previous() == quarter
        assert quarter.next().first == quarter.last + timedelta(days=1)
        assert quarter < quarter.next()


class TestWorkingDays:
    holidays = BankHolidays(
        frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}), 2026, 2027, "a test"
    )

    def test_eight_working_days_after_the_end_of_2026_is_13_january(self):
        assert self.holidays.working_days_after(date(2026, 12, 31), 8) == date(2027, 1, 13)

    @pytest.mark.parametrize(
        ("day", "is_working"),
        [
            (date(2026, 12, 24), True),
            (date(2026, 12, 25), False),
            (date(2026, 12, 26), False),
            (date(2026, 12, 28), False),
            (date(2026, 12, 29), True),
        ],
    )
    def test_weekends_and_bank_holidays_are_none(self, day, is_working):
        assert self.holidays.is_working_day(day) is is_working

    def test_a_year_without_a_list_is_named(self):
        with pytest.raises(Problem, match="bank holidays of 2028 are not known"):
            self.holidays.working_days_after(date(2027, 12, 31), 1)

    def test_at_least_one_day_is_counted(self):
        with pytest.raises(ValueError, match="at least one"):
            self.holidays.working_days_after(date(2026, 12, 31), 0)


class TestWrittenDays:
    @pytest.mark.parametrize(
        "text",
        [
            "4/8/2026",
            "04/08/2026",
            "4-8-2026",
            "04-08-26",
            "4.8.2026",
            "4 8 2026",
            "2026-08-04",
            "2026/08/04",
            "2026/8/4",
            "4 August 2026",
            "4 Aug 2026",
            "4 aug 26",
            "4-Aug-2026",
            "4Aug2026",
            "4th August 2026",
            "4th of August 2026",
            "4 Aug. 2026",
            "4 August, 2026",
            "August 4, 2026",
            "Aug 4th 2026",
            "Tuesday 4 August 2026",
            "Tue, 4 Aug 2026",
            "2026-08-04 00:00:00",
            "2026-08-04T00:00:00Z",
            "04/08/2026 09:30",
            "\u00a04/8/2026 ",
        ],
    )
    def test_whole_days_are_read_the_british_way(self, text):
        assert parse_day(text) == WrittenDay(date(2026, 8, 4), is_day_given=True)

    @pytest.mark.parametrize(
        "text",
        [
            "Sep 2025",
            "Sept 2025",
            "September 2025",
            "sep-25",
            "Sep'25",
            "2025-09",
            "9/2025",
            "09-2025",
        ],
    )
    def test_a_month_becomes_its_first_or_last_day_and_is_marked(self, text):
        assert parse_day(text) == WrittenDay(date(2025, 9, 1), is_day_given=False)
        assert parse_day(text, end=True) == WrittenDay(date(2025, 9, 30), is_day_given=False)

    def test_a_whole_day_does_not_move_to_the_end_of_its_month(self):
        assert parse_day("4/8/2026", end=True).day == date(2026, 8, 4)

    def test_the_end_of_february_knows_leap_years(self):
        assert parse_day("Feb 2024", end=True).day == date(2024, 2, 29)
        assert parse_day("Feb 2025", end=True).day == date(2025, 2, 28)

    @pytest.mark.parametrize(
        ("text", "year"), [("1/1/00", 2000), ("1/1/68", 2068), ("1/1/69", 1969), ("1/1/99", 1999)]
    )
    def test_two_digit_years_turn_at_68(self, text, year):
        assert parse_day(text).day.year == year

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("31/02/2026", "February has no day 31"),
            ("29/2/2025", "February has no day 29"),
            ("0/1/2026", "January has no day 0"),
            ("08/25/2026", "no month 25"),
            ("2026-13-01", "no month 13"),
            ("2026-27", "no month 27"),
            ("0/2026", "no month 0"),
            ("4/8/1899", "outside the years 1900 to 2100"),
            ("Sep 2101", "outside the years 1900 to 2100"),
            ("", "is not a day"),
            ("soon", "is not a day"),
            ("n/a", "is not a day"),
            ("2026", "is not a day"),
            ("Q3 2026", "is not a day"),
            ("4/8-2026", "is not a day"),
            ("4 Foo 2026", "is not a day"),
            ("Foo 4, 2026", "is not a day"),
            ("Foo 2026", "is not a day"),
            ("Tuesday", "is not a day"),
            ("4/8/026", "is not a day"),
            ("today", "is not a day"),
            ("Wed 4/8/2026", "4 August 2026 is a Tuesday, not a Wednesday"),
            ("Monday, 4 Aug 2026", "is a Tuesday, not a Monday"),
        ],
    )
    def test_days_that_do_not_exist_are_refused_in_words(self, text, sentence):
        with pytest.raises(ValueError, match=sentence):
            parse_day(text)

    def test_today_and_yesterday_are_understood_where_today_is_known(self):
        today = date(2026, 9, 1)
        assert parse_day("Today", today=today) == WrittenDay(today, is_day_given=True)
        assert parse_day("yesterday", today=today).day == date(2026, 8, 31)

    @given(days)
    def test_every_way_of_showing_reads_back_as_the_same_day(self, day):
        for shown in (show_day(day), table_day(day), day.isoformat(), day_with_weekday(day)):
            assert parse_day(shown) == WrittenDay(day, is_day_given=True)

    def test_days_are_shown_the_same_in_every_language_of_the_computer(self):
        assert show_day(date(2026, 8, 4)) == "4 Aug 2026"
        assert table_day(date(2026, 8, 4)) == "04/08/2026"
        assert day_with_weekday(date(2026, 8, 4)) == "Tue 4 Aug 2026"


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2026, 11, 15), 3, date(2027, 2, 15)),
            (date(2026, 3, 31), -1, date(2026, 2, 28)),
            (date(2026, 1, 1), -1, date(2025, 12, 1)),
            (date(2026, 5, 5), 0, date(2026, 5, 5)),
        ],
    )
    def test_a_month_too_short_for_the_day_gives_its_last(self, day, months, expected):
        assert add_months(day, months) == expected

    @given(near_days, st.integers(-120, 120), st.integers(-120, 120))
    def test_months_add_up(self, day, one, other):
        first = day.replace(day=1)
        assert add_months(add_months(first, one), other) == add_months(first, one + other)


@pytest.mark.parametrize("text", ["2026-27", " 2026/27 ", "2026–2027", "2026 - 27"])
def test_a_financial_year_is_read_as_people_write_it(text):
    assert FinancialYear.parse(text) == FinancialYear(2026)


@pytest.mark.parametrize("text", ["2026", "2026-28", "26-27", "", "autumn"])
def test_a_text_that_is_no_financial_year_says_how_to_write_one(text):
    with pytest.raises(ValueError, match="write it as 2026-27"):
        FinancialYear.parse(text)


@pytest.mark.parametrize(
    ("day", "over"),
    [
        (date(2026, 1, 31), datetime(2026, 2, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, tzinfo=UTC)),  # clocks go forward that night
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 23, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, tzinfo=UTC)),  # a day of 25 hours
        (date(2026, 12, 31), datetime(2027, 1, 1, 0, tzinfo=UTC)),
        (date(2024, 3, 30), datetime(2024, 3, 31, 0, tzinfo=UTC)),  # the 31st is the Sunday
        (date(2024, 3, 31), datetime(2024, 3, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_day_in_london_ends_by_its_clocks(day, over):
    assert end_of_day_in_london(day) == over
    assert day_in_london(over - timedelta(microseconds=1)) == day
    assert day_in_london(over) == day + timedelta(days=1)
