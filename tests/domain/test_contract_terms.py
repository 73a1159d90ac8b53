"""The term of a contract: the days on which it turns, at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.contract_checks import check_change, check_extensions
from apprentice_desk.domain.contract_terms import (
    Ending,
    Expiry,
    Extension,
    Milestone,
    Notice,
    NoticeDay,
    Term,
    TermDay,
    ending,
    is_in_force,
    is_over,
    last_notice_day,
    milestones,
    next_extension,
    next_to_act_on,
    notice_day,
    notice_ends_on,
    notice_meant_for,
    read_notice,
    runs_to,
    standing_expiries,
    unanswered_extension,
    working_day_by,
)
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit

HOLIDAYS = resources.bank_holidays()
DAYS, WORKING, WEEKS, MONTHS = (
    NoticeUnit.DAYS, NoticeUnit.WORKING_DAYS, NoticeUnit.WEEKS, NoticeUnit.MONTHS,
)  # fmt: skip
TODAY = date(2026, 11, 23)
END = date(2027, 2, 20)
FIRST = Extension(1, date(2028, 2, 20), date(2026, 12, 31))
SECOND = Extension(2, date(2029, 2, 20))
TERM = Term(date(2025, 3, 1), END, SECOND.to_on, (FIRST, SECOND), Notice(2, MONTHS))


# --- the last day for notice ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends_on", "count", "unit", "last"),
    [
        (date(2027, 2, 20), 2, MONTHS, date(2026, 12, 20)),
        (date(2027, 2, 28), 1, MONTHS, date(2027, 1, 31)),  # 28 to 31 January all end then
        (date(2028, 2, 29), 1, MONTHS, date(2028, 1, 31)),
        (date(2028, 2, 28), 1, MONTHS, date(2028, 1, 28)),  # not the last day of a leap February
        (date(2027, 3, 31), 1, MONTHS, date(2027, 2, 28)),  # 1 March would end on 1 April
        (date(2028, 3, 31), 1, MONTHS, date(2028, 2, 29)),
        (date(2028, 3, 29), 1, MONTHS, date(2028, 2, 29)),
        (date(2027, 3, 29), 1, MONTHS, date(2027, 2, 28)),
        (date(2027, 4, 30), 1, MONTHS, date(2027, 3, 31)),
        (date(2027, 5, 31), 3, MONTHS, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, MONTHS, date(2027, 2, 28)),  # 1 March 2027 would end too late
        (date(2029, 2, 28), 12, MONTHS, date(2028, 2, 29)),
        (date(2028, 3, 1), 1, DAYS, date(2028, 2, 29)),
        (date(2027, 3, 1), 1, DAYS, date(2027, 2, 28)),
        (date(2027, 1, 1), 90, DAYS, date(2026, 10, 3)),
        (date(2028, 3, 1), 4, WEEKS, date(2028, 2, 2)),
        # Christmas of 2026: Friday 25, and Monday 28 for Boxing Day; New Year's Day is a Friday.
        (date(2026, 12, 31), 5, WORKING, date(2026, 12, 22)),
        (date(2027, 1, 4), 5, WORKING, date(2026, 12, 23)),
        (date(2027, 1, 1), 1, WORKING, date(2026, 12, 30)),
        (date(2027, 1, 3), 1, WORKING, date(2026, 12, 30)),  # a Sunday
        # Christmas of 2027: Saturday and Sunday, with Monday 27 and Tuesday 28 in their place.
        (date(2027, 12, 29), 2, WORKING, date(2027, 12, 23)),
    ],
)
def test_the_last_day_for_notice_at_the_ends_of_months_in_leap_years_and_over_christmas(
    ends_on, count, unit, last
):
    notice = Notice(count, unit)
    assert last_notice_day(ends_on, notice, HOLIDAYS) == last
    assert notice_ends_on(last, notice, HOLIDAYS) <= ends_on
    assert notice_ends_on(last + timedelta(days=1), notice, HOLIDAYS) > ends_on


@given(
    st.dates(date(2020, 6, 1), date(2027, 12, 1)),
    st.integers(1, 60),
    st.sampled_from(tuple(NoticeUnit)),
)
def test_notice_given_a_day_later_is_over_too_late(ends_on, count, unit):
    notice = Notice(count if unit is not MONTHS else (count - 1) % 12 + 1, unit)
    last = last_notice_day(ends_on, notice, HOLIDAYS)
    assert notice_ends_on(last, notice, HOLIDAYS) <= ends_on
    assert notice_ends_on(last + timedelta(days=1), notice, HOLIDAYS) > ends_on


def test_working_days_into_a_year_without_bank_holidays_are_a_problem_in_words():
    beyond = date(HOLIDAYS.last_year + 1, 2, 1)
    with pytest.raises(Problem, match=str(beyond.year)):
        last_notice_day(beyond, Notice(5, WORKING), HOLIDAYS)
    known = notice_day(Term(ends_on=beyond, notice=Notice(5, WORKING)), TODAY, HOLIDAYS)
    assert known.on is None
    assert str(beyond.year) in known.unknown
    by_day = notice_day(Term(ends_on=beyond, notice=Notice(5, DAYS)), TODAY, HOLIDAYS)
    assert by_day.on == beyond - timedelta(days=5)


@pytest.mark.parametrize(
    ("day", "sent"),
    [
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 28), date(2026, 12, 24)),  # Boxing Day's substitute, weekend, Christmas
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2026, 12, 20), date(2026, 12, 18)),
    ],
)
def test_notice_is_sent_by_the_last_working_day(day, sent):
    assert working_day_by(day, HOLIDAYS) == sent


def test_notice_in_a_year_without_bank_holidays_is_a_problem_in_words_and_minds_weekends():
    year = HOLIDAYS.last_year + 1
    with pytest.raises(Problem, match=str(year)):
        working_day_by(date(year, 3, 1), HOLIDAYS)

    def of(day: date) -> NoticeDay:
        return notice_day(Term(ends_on=date(year, 12, 31), notice_by_on=day), TODAY, HOLIDAYS)

    saturday = date(2029, 3, 3)
    assert saturday.year == year
    found = of(saturday)
    assert (found.on, found.send_by_on, found.act_by_on) == (
        saturday, date(2029, 3, 2), date(2029, 3, 2),
    )  # fmt: skip
    assert f"The bank holidays of {year} are not known" in found.unknown
    friday = of(date(2029, 3, 2))
    assert (friday.act_by_on, friday.send_by_on) == (date(2029, 3, 2), None)
    assert friday.unknown
    assert of(date(2029, 3, 4)).act_by_on == date(2029, 3, 2)
    assert not of(date(year - 1, 12, 29)).unknown


def test_notice_over_christmas_says_by_when_it_has_to_leave():
    term = Term(ends_on=date(2027, 1, 27), notice=Notice(30, DAYS))
    assert notice_day(term, TODAY, HOLIDAYS) == NoticeDay(date(2026, 12, 28), date(2026, 12, 24))
    later = replace(term, ends_on=date(2027, 1, 28))
    assert notice_day(later, TODAY, HOLIDAYS) == NoticeDay(date(2026, 12, 29))


def test_a_day_that_the_contract_names_goes_before_what_is_worked_out():
    typed = date(2026, 12, 1)
    term = replace(TERM, notice_by_on=typed)
    assert notice_day(term, TODAY, HOLIDAYS).on == typed
    taken = replace(term, extensions=(replace(FIRST, taken_on=TODAY), SECOND))
    assert notice_day(taken, TODAY, HOLIDAYS).on == date(2027, 12, 20)
    assert notice_day(Term(ends_on=END), TODAY, HOLIDAYS) == NoticeDay()
    assert notice_day(Term(notice=TERM.notice), TODAY, HOLIDAYS) == NoticeDay()
    assert notice_day(Term(notice_by_on=typed), TODAY, HOLIDAYS).on == typed


def test_a_day_for_notice_is_asked_for_anew_once_the_end_has_moved():
    typed = date(2026, 12, 1)
    taken = replace(
        TERM, notice=None, notice_by_on=typed, extensions=(replace(FIRST, taken_on=TODAY), SECOND)
    )
    before = TODAY - timedelta(days=1)
    assert notice_day(taken, before, HOLIDAYS) == NoticeDay(typed)
    found = notice_day(taken, TODAY, HOLIDAYS)
    assert (found.on, found.act_by_on, found.is_asked) == (None, None, True)
    assert found.unknown == (
        "The day that was entered, 1 Dec 2026, is for the end on 20 Feb 2027;"
        " for 20 Feb 2028 none is entered."
    )
    kinds = {each.kind for each in milestones(taken, TODAY, HOLIDAYS)}
    assert TermDay.NOTICE not in kinds
    again = replace(taken, notice_by_on=date(2027, 12, 1))
    assert notice_day(again, TODAY, HOLIDAYS) == NoticeDay(date(2027, 12, 1))


def test_a_day_for_notice_is_for_the_first_end_that_does_not_come_before_it():
    taken = replace(TERM, extensions=(replace(FIRST, taken_on=TODAY), SECOND))
    days = (END, END + timedelta(days=1), FIRST.to_on, FIRST.to_on + timedelta(days=1))
    ends = [notice_meant_for(taken, day, TODAY) for day in days]
    assert ends == [END, FIRST.to_on, FIRST.to_on, FIRST.to_on]
    assert notice_meant_for(Term(), TODAY, TODAY) is None


def test_a_day_for_notice_before_a_short_extension_stays_with_the_end_that_it_is_for():
    """Three months' notice of an extension of one month: the day lies before the first end."""
    month = Extension(1, date(2027, 3, 20), taken_on=TODAY)
    typed = date(2026, 12, 18)
    term = Term(ends_on=END, extensions=(month,), notice_by_on=typed)
    assert notice_day(term, TODAY, HOLIDAYS).is_asked
    said = replace(term, notice_for_on=month.to_on)
    assert notice_day(said, TODAY, HOLIDAYS) == NoticeDay(typed)
    assert notice_day(replace(said, notice_for_on=END), TODAY, HOLIDAYS).is_asked


def test_notice_is_dated_by_the_last_working_day_and_both_days_are_said():
    """The last day is Sunday 27 December, two days after Christmas Day, a Friday."""
    term = Term(ends_on=date(2027, 2, 27), notice=Notice(2, MONTHS))
    sunday, thursday = date(2026, 12, 27), date(2026, 12, 24)
    notice = next(e for e in milestones(term, TODAY, HOLIDAYS) if e.kind is TermDay.NOTICE)
    assert notice == Milestone(thursday, TermDay.NOTICE, falls_on=sunday)
    assert notice.words_with_day() == "Notice by, the last working day up to Sun 27 Dec 2026"
    assert Milestone(thursday, TermDay.NOTICE).words_with_day() == "Notice by"
    for day in (thursday, date(2026, 12, 25), sunday):
        assert next_to_act_on(term, day, HOLIDAYS) == notice, day
    first = next_to_act_on(term, sunday + timedelta(days=1), HOLIDAYS)
    assert first == Milestone(date(2027, 2, 27), TermDay.END)


def test_a_notice_period_in_words():
    assert Notice(1, WORKING).words() == "1 working day"
    assert Notice(3, MONTHS).words() == "3 months"


# --- the end and extensions -----------------------------------------------------------------------


def test_a_contract_runs_to_its_end_until_an_extension_is_taken_up():
    assert runs_to(TERM, TODAY) == END
    taken = replace(TERM, extensions=(replace(FIRST, taken_on=TODAY), SECOND))
    assert runs_to(taken, TODAY - timedelta(days=1)) == END
    assert runs_to(taken, TODAY) == FIRST.to_on
    assert runs_to(Term(), TODAY) is None


def test_a_contract_is_in_force_from_its_first_day_to_its_last():
    days = (TERM.starts_on - timedelta(days=1), TERM.starts_on, END, END + timedelta(days=1))
    term = replace(TERM, extensions=(), extension_to_on=None)
    assert [is_in_force(term, day) for day in days] == [False, True, True, False]
    assert [is_over(term, day) for day in days] == [False, False, False, True]
    assert is_in_force(Term(), TODAY)
    assert is_in_force(TERM, END + timedelta(days=1)), "nobody said whether it was extended"


def test_an_extension_can_be_taken_up_on_the_last_day_and_not_after():
    open_ended = replace(TERM, extensions=(replace(FIRST, decide_by_on=None),))
    offered = next_extension(open_ended, END)
    assert offered is not None
    assert offered.decide_by_on == END
    assert next_extension(open_ended, END + timedelta(days=1)) is None

    def with_taken_on(day: date) -> Term:
        return replace(TERM, extensions=(replace(FIRST, taken_on=day),))

    on_the_last = with_taken_on(END)
    assert check_extensions(on_the_last) == []
    assert runs_to(on_the_last, END) == FIRST.to_on
    assert runs_to(on_the_last, END + timedelta(days=1)) == FIRST.to_on
    (found,) = check_extensions(with_taken_on(END + timedelta(days=1)))
    assert found.code == "CT004"


def test_extensions_come_one_after_the_other():
    assert next_extension(TERM, TODAY) == FIRST
    first_taken = replace(TERM, extensions=(SECOND, replace(FIRST, taken_on=TODAY)))
    second = next_extension(first_taken, TODAY)
    assert second == replace(SECOND, decide_by_on=FIRST.to_on)
    both = (replace(FIRST, taken_on=TODAY), replace(SECOND, taken_on=TODAY))
    assert next_extension(replace(TERM, extensions=both), TODAY) is None
    assert next_extension(Term(ends_on=END), TODAY) is None
    assert next_extension(Term(), TODAY) is None


def test_a_leap_day_can_be_the_end_and_the_end_of_an_extension():
    leap = date(2028, 2, 29)
    term = Term(
        ends_on=leap, extensions=(Extension(1, date(2029, 2, 28)),), notice=Notice(1, WEEKS)
    )
    assert runs_to(term, leap) == leap
    assert notice_day(term, TODAY, HOLIDAYS).on == date(2028, 2, 22)
    assert next_extension(term, leap) == Extension(1, date(2029, 2, 28), leap)
    assert next_extension(term, date(2028, 3, 1)) is None


@pytest.mark.parametrize(
    "term",
    [
        Term(ends_on=END, extension_to_on=FIRST.to_on),
        Term(ends_on=END, extension_to_on=FIRST.to_on, extensions=(FIRST,)),
    ],
)
def test_whether_a_contract_past_its_end_was_extended_is_asked_and_never_assumed(term):
    after, furthest = END + timedelta(days=1), FIRST.to_on
    days = (END, after, furthest, furthest + timedelta(days=1))
    asked = [unanswered_extension(term, day) for day in days]
    assert [each.to_on if each else None for each in asked] == [None, furthest, furthest, None]
    assert [runs_to(term, day) for day in days] == [END] * 4
    assert [is_over(term, day) for day in days] == [False, False, False, True]
    assert next_to_act_on(term, after, HOLIDAYS) == Milestone(END, TermDay.ASKED)
    assert next_to_act_on(term, furthest + timedelta(days=1), HOLIDAYS) is None
    taken = replace(term, extensions=(replace(FIRST, taken_on=END),))
    assert unanswered_extension(taken, after) is None
    assert unanswered_extension(replace(term, ends_on=None), after) is None


def test_an_extension_beyond_those_entered_is_offered_after_them():
    term = Term(ends_on=END, extension_to_on=date(2028, 2, 20))
    after = END + timedelta(days=1)
    assert next_extension(term, END) == Extension(1, date(2028, 2, 20), END)
    assert unanswered_extension(term, after) == Extension(1, date(2028, 2, 20))
    furthest = replace(term, extensions=(Extension(1, date(2027, 8, 20), taken_on=END),))
    assert next_extension(furthest, after) == Extension(2, date(2028, 2, 20), date(2027, 8, 20))
    assert unanswered_extension(furthest, date(2027, 8, 21)) == Extension(2, date(2028, 2, 20))


@pytest.mark.parametrize(
    ("term", "codes"),
    [
        (TERM, []),
        (replace(TERM, extensions=(replace(FIRST, to_on=END),)), ["CT002"]),
        (replace(TERM, extensions=(FIRST, replace(SECOND, to_on=FIRST.to_on))), ["CT002"]),
        (replace(TERM, extensions=(replace(FIRST, decide_by_on=END),)), []),
        (
            replace(TERM, extensions=(replace(FIRST, decide_by_on=END + timedelta(days=1)),)),
            ["CT003"],
        ),
        (replace(TERM, ends_on=None), ["CT001"]),
        (replace(TERM, ends_on=None, extensions=()), []),
    ],
)
def test_extensions_go_further_each_time(term, codes):
    assert [found.code for found in check_extensions(term)] == codes


TYPED = Term(ends_on=END, notice_by_on=date(2026, 11, 20))
LONGER = replace(
    TYPED,
    extension_to_on=SECOND.to_on,
    extensions=(replace(FIRST, taken_on=TODAY), replace(SECOND, taken_on=TODAY)),
)
"""Both extensions taken up: the last end before them is that of the first."""


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (TYPED, TYPED, []),
        (TYPED, replace(TYPED, ends_on=FIRST.to_on), ["CO010"]),
        (TYPED, replace(TYPED, ends_on=FIRST.to_on, notice_by_on=date(2027, 11, 20)), []),
        (TYPED, replace(TYPED, ends_on=FIRST.to_on, notice_by_on=None), []),
        (TYPED, replace(TYPED, ends_on=None), []),
        (TYPED, replace(TYPED, notice_by_on=END), []),
        (LONGER, LONGER, []),
        (LONGER, replace(LONGER, notice_by_on=FIRST.to_on), ["CO011"]),
        (LONGER, replace(LONGER, notice_by_on=FIRST.to_on + timedelta(days=1)), []),
        (LONGER, replace(LONGER, notice_by_on=END, notice_for_on=END), []),
        (LONGER, replace(LONGER, notice_by_on=END, notice_for_on=TODAY), ["CO012"]),
        (LONGER, replace(LONGER, notice_by_on=SECOND.to_on, notice_for_on=END), ["CO013"]),
        (LONGER, replace(LONGER, extension_to_on=SECOND.to_on - timedelta(days=1)), ["CO009"]),
        (LONGER, replace(LONGER, extension_to_on=None), ["CO009"]),
        (LONGER, replace(LONGER, extensions=(replace(FIRST, to_on=END),)), ["CT002"]),
    ],
)
def test_a_change_of_days_fits_the_extensions_and_the_day_for_notice(before, after, codes):
    assert [found.code for found in check_change(before, after)] == codes


# --- what if we end it ----------------------------------------------------------------------------


def test_ending_it_takes_the_notice_period_and_never_lasts_longer_than_the_contract():
    last = date(2026, 12, 20)
    assert ending(TERM, TODAY, HOLIDAYS) == Ending(TODAY, date(2027, 1, 23), 28)
    assert ending(TERM, last, HOLIDAYS) == Ending(last, END, 0)
    assert ending(TERM, last + timedelta(days=1), HOLIDAYS) == Ending(
        last + timedelta(days=1), END, 0
    )
    assert ending(TERM, END, HOLIDAYS) == Ending(END, END, 0)
    over = replace(TERM, extensions=(), extension_to_on=None)
    assert ending(over, END + timedelta(days=1), HOLIDAYS) is None
    assert ending(replace(TERM, notice=None), TODAY, HOLIDAYS) is None
    assert ending(Term(notice=TERM.notice), TODAY, HOLIDAYS) is None


def test_what_ending_it_means_is_not_told_of_a_contract_that_may_be_over():
    with pytest.raises(Problem, match="not entered whether the contract goes on after 20 Feb 2027"):
        ending(TERM, END + timedelta(days=1), HOLIDAYS)


# --- the days together ----------------------------------------------------------------------------

CYBER = Expiry(ExpiryKind.CYBER, date(2027, 1, 5))
WHOLE = replace(TERM, framework_ends_on=date(2027, 10, 1), expiries=(CYBER,))


def test_every_day_of_a_contract_stands_in_order():
    assert milestones(WHOLE, TODAY, HOLIDAYS) == (
        Milestone(date(2025, 3, 1), TermDay.START),
        Milestone(date(2026, 12, 18), TermDay.NOTICE, falls_on=date(2026, 12, 20)),
        Milestone(date(2026, 12, 31), TermDay.DECIDE),
        Milestone(date(2027, 1, 5), TermDay.EXPIRY, "cyber security certificate"),
        Milestone(END, TermDay.END),
        Milestone(date(2027, 10, 1), TermDay.FRAMEWORK),
        Milestone(date(2028, 2, 20), TermDay.EXTENSION),
    )
    assert milestones(Term(), TODAY, HOLIDAYS) == ()


def test_a_day_in_words():
    assert Milestone(TODAY, TermDay.NOTICE).words() == "Notice by"
    assert Milestone(TODAY, TermDay.EXPIRY, "business continuity plan").words() == (
        "Business continuity plan runs out"
    )


def test_of_two_insurances_of_a_kind_the_longer_stands():
    newer = replace(CYBER, ends_on=date(2028, 1, 5))
    other = Expiry(ExpiryKind.OTHER, date(2026, 1, 1))
    another = Expiry(ExpiryKind.OTHER, date(2029, 1, 1))
    assert standing_expiries((another, newer, CYBER, other)) == (other, newer, another)
    assert [each.called for each in (newer, other, replace(other, note="Van"))] == [
        "cyber security certificate", "other", "Van",
    ]  # fmt: skip


def test_what_needs_doing_first():
    notice = Milestone(date(2026, 12, 18), TermDay.NOTICE, falls_on=date(2026, 12, 20))
    decide = Milestone(date(2026, 12, 31), TermDay.DECIDE)
    assert next_to_act_on(WHOLE, TODAY, HOLIDAYS) == notice
    assert next_to_act_on(WHOLE, notice.on, HOLIDAYS) == notice
    assert next_to_act_on(WHOLE, notice.last_on + timedelta(days=1), HOLIDAYS) == decide
    assert next_to_act_on(WHOLE, decide.on + timedelta(days=1), HOLIDAYS) == decide
    framework = replace(WHOLE, framework_ends_on=TODAY)
    assert next_to_act_on(framework, TODAY, HOLIDAYS) == Milestone(TODAY, TermDay.FRAMEWORK)
    assert next_to_act_on(framework, TODAY + timedelta(days=1), HOLIDAYS) == notice
    gone = replace(WHOLE, expiries=(replace(CYBER, ends_on=TODAY - timedelta(days=1)),))
    first = next_to_act_on(gone, TODAY, HOLIDAYS)
    assert first is not None
    assert first.kind is TermDay.EXPIRY
    decided = replace(WHOLE, extensions=(), extension_to_on=None)
    assert next_to_act_on(decided, END, HOLIDAYS) == Milestone(date(2027, 1, 5), *CYBER_WORDS)
    assert next_to_act_on(decided, END + timedelta(days=1), HOLIDAYS) is None
    assert next_to_act_on(Term(starts_on=TODAY), TODAY, HOLIDAYS) is None


CYBER_WORDS = (TermDay.EXPIRY, "cyber security certificate")


@pytest.mark.parametrize("unit", NoticeUnit)
@pytest.mark.parametrize("count", [1, 3, 1000])
def test_a_notice_period_is_read_as_it_is_written(count: int, unit: NoticeUnit) -> None:
    notice = Notice(count, unit)
    assert read_notice(notice.words()) == notice


@pytest.mark.parametrize("words", ["", "three months", "0 months", "3 moons", "1 months", "² days"])
def test_what_is_no_notice_period_is_read_as_none(words: str) -> None:
    assert read_notice(words) is None
