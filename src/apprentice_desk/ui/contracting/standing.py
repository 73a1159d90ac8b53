"""How a contract stands on a day, in words."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.calendar import BankHolidays, day_with_weekday, show_day
from apprentice_desk.domain.contract_terms import (
    Milestone,
    Term,
    notice_day,
    runs_to,
    unanswered_extension,
)
from apprentice_desk.domain.needs import NeedRules
from apprentice_desk.ui.kit.rows import Badge


def standing(term: Term, today: date, holidays: BankHolidays) -> Badge:
    """Return how a contract stands on a day."""
    last = runs_to(term, today)
    if term.starts_on is not None and term.starts_on > today:
        return Badge("To start", "quiet", "calendar-clock")
    if last is None:
        return Badge("End not known", "warning", "circle-question-mark")
    if unanswered_extension(term, today) is not None:
        return Badge("Extended?", "danger", "circle-question-mark")
    if last < today:
        return Badge("Ended", "quiet", "circle-check")
    if last != term.ends_on:
        return Badge("Extended", "note", "calendar-clock")
    notice = notice_day(term, today, holidays).on
    if notice is not None and notice < today:
        return Badge("Notice day past", "warning", "triangle-alert")
    return Badge("Running", "good", "check")


def notice_in_words(term: Term, today: date, holidays: BankHolidays) -> str:
    """Return the last day for notice, with the period and what to mind; "" where none is known."""
    found = notice_day(term, today, holidays)
    period = "" if term.notice is None else term.notice.words()
    if found.on is None or found.act_by_on is None:
        return "; ".join(each for each in (period, found.unknown) if each)
    said = show_day(found.act_by_on)
    if found.send_by_on is not None:
        said += f", the last working day up to {day_with_weekday(found.on)}"
    if period:
        said += f"; {period} before the end"
    if found.unknown:
        said += f"; it may be a bank holiday: {found.unknown}"
    return said


def is_near(first: Milestone, today: date, rules: NeedRules) -> bool:
    """Return whether what needs doing first is near enough to be named on Today."""
    return (first.on - today).days <= rules.contract_days


def is_urgent(first: Milestone, today: date, rules: NeedRules) -> bool:
    """Return whether it is so near, or past, that it cannot wait."""
    return (first.on - today).days <= rules.contract_urgent_days
