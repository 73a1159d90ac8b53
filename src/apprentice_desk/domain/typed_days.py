"""A day typed into a field: what the quick line takes too, where it can mean one day only.

Dates with their year are what calendar.parse_day() reads.  Where the field is about days that
have been, weekdays and days without a year are the last such day up to today, as in the quick
line; elsewhere each could be the last one or the next one, and is asked about.
"""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.calendar import WrittenDay, dated, day_with_weekday
from apprentice_desk.domain.quick_days import read_lone_day


def parse_typed_day(
    text: str, today: date, *, is_past: bool = False, end: bool = False, takes_month: bool = False
) -> WrittenDay:
    """Return the day that a person typed, on the day *today*.

    Takes what parse_day() does, and today, yesterday, -2 and "last tue".  With *is_past* also tue,
    17 nov and 17/11; without it those only where a weekday before them leaves one year: "thu 5
    nov".  Where *takes_month*, "nov 17" may be a month and is refused.  Raises ValueError with a
    sentence for anything else, and for a weekday that the day is not.
    """
    if (full := dated(text, end=end, today=today)) is not None:
        return full
    written = read_lone_day(" ".join(text.split()), today)
    if written is None:
        near = ", 4 Aug 2026, 17 nov or tue" if is_past else " or 4 Aug 2026"
        raise ValueError(f"“{text}” is not a day. Write it as 4/8/2026{near}.")
    if takes_month and written.is_month_first:
        raise ValueError(f"“{text}” could be a day or a month. Write it as 4 Aug 2026 or Aug 2026.")
    days = [written.day] if is_past else [written.day, written.later]
    could_be = [day for day in days if day is not None]
    if not could_be:
        raise ValueError(f"{written.message} Write it as 4/8/2026 or 4 Aug 2026.")
    if len(could_be) > 1:
        both = " or ".join(day_with_weekday(day) for day in could_be)
        raise ValueError(f"“{text}” could be {both}. Write the date with its year.")
    return WrittenDay(could_be[0], is_day_given=True)
