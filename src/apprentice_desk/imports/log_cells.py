"""What is typed into the cells of a log of hours, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from apprentice_desk.domain import durations, ksb_codes
from apprentice_desk.domain.calendar import parse_day
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.sheets import Cell


def text(cell: Cell) -> str:
    """Return a cell as text, a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def day(cell: Cell) -> date:
    """Return the day in a cell; raises ValueError with a sentence."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = parse_day(text(cell))
    if not written.is_day_given:
        raise ValueError(f"“{text(cell)}” does not say the day.")
    return written.day


def minutes(cell: Cell) -> int:
    """Return the minutes in a cell of hours; raises ValueError with a sentence."""
    if isinstance(cell, bool | date):
        raise ValueError("This is no number of hours. Type it such as 1.5.")  # noqa: TRY004 - said
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, int | float):
        return durations.minutes_from_hours(cell)
    return durations.parse_minutes(text(cell))


_BY_WORDS = {each.value.casefold(): each for each in Activity}


def activity(cell: Cell) -> Activity:
    """Return the activity in a cell; raises ValueError with a sentence."""
    found = _BY_WORDS.get(text(cell).casefold())
    if found is None:
        raise ValueError(f"“{text(cell)[:40]}” is no activity of the list.")
    return found


def tidied(details: HoursDetails) -> HoursDetails:
    """Return *details* with their codes in the short form: K4, K5 is no other than K4-5."""
    return replace(details, ksbs=ksb_codes.tidy(details.ksbs))
