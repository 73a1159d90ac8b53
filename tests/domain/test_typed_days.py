"""A day typed into a field: the words of the quick line, where they can mean one day only.

Examples stand in the page of help, which test_quick_line reads, and properties beside those of
the quick line.
"""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.calendar import WrittenDay
from apprentice_desk.domain.typed_days import parse_typed_day

TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize("is_past", [True, False])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4/8/2026", date(2026, 8, 4)),
        ("2026-08-04", date(2026, 8, 4)),
        ("Tue, 4 Aug 2026", date(2026, 8, 4)),
        ("4 aug 31", date(2031, 8, 4)),
        (" TODAY ", TODAY),
        ("fri yesterday", None),
        ("last  mon", date(2026, 11, 9)),
        ("−3", date(2026, 11, 17)),
        ("on yesterday", date(2026, 11, 19)),
    ],
)
def test_what_can_be_one_day_only_is_read_in_every_field(text, day, is_past):
    if day is None:
        with pytest.raises(ValueError, match="19 November 2026 is a Thursday, not a Friday"):
            parse_typed_day(text, TODAY, is_past=is_past)
    else:
        assert parse_typed_day(text, TODAY, is_past=is_past) == WrittenDay(day, is_day_given=True)


@pytest.mark.parametrize("text", ["aug 2026", "08/2026", "2026-08"])
def test_a_month_alone_is_read_as_before(text):
    assert parse_typed_day(text, TODAY) == WrittenDay(date(2026, 8, 1), is_day_given=False)
    assert parse_typed_day(text, TODAY, end=True).day == date(2026, 8, 31)


def test_a_month_and_two_figures_could_be_a_month_where_months_are_taken():
    assert parse_typed_day("nov 17", TODAY, is_past=True).day == date(2026, 11, 17)
    with pytest.raises(ValueError, match="“nov 17” could be a day or a month"):
        parse_typed_day("nov 17", TODAY, is_past=True, takes_month=True)


@pytest.mark.parametrize(
    ("text", "is_past", "says"),
    [
        ("soon", True, "“soon” is not a day. Write it as 4/8/2026, 4 Aug 2026, 17 nov or tue."),
        ("soon", False, "“soon” is not a day. Write it as 4/8/2026 or 4 Aug 2026."),
        ("tue, wed", True, "“tue, wed” is not a day"),
        ("31/02", True, "February has no day 31. Write it as 4/8/2026 or 4 Aug 2026."),
        ("31/02", False, "February has no day 31. Write it as 4/8/2026 or 4 Aug 2026."),
        ("9/26", False, "There is no month 26"),
        ("31/02/2026", True, "does not exist: February has no day 31"),
        ("mon 5 nov", False, "5 November 2026 is a Thursday, not a Monday"),
        ("20 nov", False, "“20 nov” could be Fri 20 Nov 2026 or Sat 20 Nov 2027."),
        ("fri", False, "“fri” could be Fri 20 Nov 2026 or Fri 27 Nov 2026."),
        ("29 feb", False, "“29 feb” could be Thu 29 Feb 2024 or Tue 29 Feb 2028."),
    ],
)
def test_what_is_no_one_day_is_refused_with_a_sentence(text, is_past, says):
    with pytest.raises(ValueError) as refused:
        parse_typed_day(text, TODAY, is_past=is_past)
    assert str(refused.value).startswith(says) or says in str(refused.value)
