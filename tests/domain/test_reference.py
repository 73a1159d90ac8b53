from __future__ import annotations

from datetime import date, timedelta

import pytest

from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import (
    Categories,
    CharacteristicCategories,
    DatedNumber,
    KsbRules,
    ReturnSettings,
    ReviewPractice,
    ReviewRules,
)

OLD, NEW = date(2020, 4, 1), date(2026, 4, 1)
NUMBERS = (DatedNumber(NEW, 10, "new"), DatedNumber(OLD, 8, "old"))


def test_the_newest_number_in_force_is_used():
    settings = ReturnSettings(NUMBERS)
    assert settings.working_days_due(date(2026, 3, 31)) == 8
    assert settings.working_days_due(date(2026, 4, 1)) == 10
    assert ReviewRules(NUMBERS).interval_days(date(2027, 1, 1)) == 10
    assert KsbRules(NUMBERS).quiet_days(date(2026, 3, 31)) == 8


def test_a_day_before_the_first_number_is_a_problem_in_words():
    with pytest.raises(Problem, match="returns are due is not known for 31 Mar 2020"):
        ReturnSettings(NUMBERS).working_days_due(date(2020, 3, 31))
    with pytest.raises(Problem, match="interval of progress reviews is not known"):
        ReviewRules(NUMBERS).interval_days(date(2020, 3, 31))
    with pytest.raises(Problem, match="When a KSB has gone quiet is not known"):
        KsbRules(NUMBERS).quiet_days(date(2020, 3, 31))


def test_what_a_review_asks_about_and_dfes_categories_are_the_newest_in_force():
    old, new = (ReviewPractice(day, 30, 90, 60, "a test") for day in (OLD, NEW))
    rules = ReviewRules(NUMBERS, (new, old))
    assert rules.practice_on(NEW) is new
    assert rules.practice_on(NEW - timedelta(days=1)) is old
    with pytest.raises(Problem, match="What a review asks about is not known for 31 Mar 2020"):
        rules.practice_on(OLD - timedelta(days=1))
    before, after = (Categories(day, {}, "a test") for day in (OLD, NEW))
    categories = CharacteristicCategories((after, before))
    assert categories.on(NEW) is after
    assert categories.on(NEW - timedelta(days=1)) is before
    with pytest.raises(Problem, match="DfE's categories are not known for 31 Mar 2020"):
        categories.on(OLD - timedelta(days=1))


def test_a_return_is_due_so_many_working_days_after_its_period():
    holidays = BankHolidays(frozenset({date(2026, 4, 3), date(2026, 4, 6)}), 2026, 2026, "a test")
    assert ReturnSettings(NUMBERS).due_on(date(2026, 3, 31), holidays) == date(2026, 4, 14)
