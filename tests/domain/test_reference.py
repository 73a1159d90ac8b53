from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import DatedNumber, ReturnSettings, ReviewRules

NUMBERS = (
    DatedNumber(date(2026, 4, 1), 10, "new"),
    DatedNumber(date(2020, 4, 1), 8, "old"),
)


def test_the_newest_number_in_force_is_used():
    settings = ReturnSettings(NUMBERS)
    assert settings.working_days_due(date(2026, 3, 31)) == 8
    assert settings.working_days_due(date(2026, 4, 1)) == 10
    assert ReviewRules(NUMBERS).interval_days(date(2027, 1, 1)) == 10


def test_a_day_before_the_first_number_is_a_problem_in_words():
    with pytest.raises(Problem, match="returns are due is not known for 31 Mar 2020"):
        ReturnSettings(NUMBERS).working_days_due(date(2020, 3, 31))
    with pytest.raises(Problem, match="interval of progress reviews is not known"):
        ReviewRules(NUMBERS).interval_days(date(2020, 3, 31))


def test_a_return_is_due_so_many_working_days_after_its_period():
    holidays = BankHolidays(frozenset({date(2026, 4, 3), date(2026, 4, 6)}), 2026, 2026, "a test")
    assert ReturnSettings(NUMBERS).due_on(date(2026, 3, 31), holidays) == date(2026, 4, 14)
