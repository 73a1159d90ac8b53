"""The term of a contract: its last day, extensions, the last day for notice, what runs out.

Today and the bank holidays are given.  Where only an extension's furthest day is known and none
is entered as taken up, a contract that is past its end counts as extended: otherwise it would be
over while people are on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from apprentice_desk.domain.calendar import BankHolidays, add_months, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import ExpiryKind, NoticeUnit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension that the contract allows, in their order; *taken_on* is when it was taken up.

    *decide_by_on* is None where the contract names no day: then it is the last day before it.
    """

    number: int
    to_on: date
    decide_by_on: date | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """How long before the end notice is given: *count* of a *unit*, the day it is given left out.

    A month ends on the day of the same number, or on the last of a month too short for it
    (the corresponding date rule: Dodds v Walker [1981] 1 WLR 1027).
    """

    count: int
    unit: NoticeUnit

    def words(self) -> str:
        """The period as a sentence says it: "3 months", "1 working day"."""
        unit = self.unit.value
        return f"{self.count:,} {unit[:-1] if self.count == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Expiry:
    """An insurance or policy of the provider, and its last day; *note* is what was said of it."""

    kind: ExpiryKind
    ends_on: date
    note: str = ""

    @property
    def called(self) -> str:
        """What it is, in words."""
        return self.note if self.kind is ExpiryKind.OTHER and self.note else self.kind.value


@dataclass(frozen=True, slots=True)
class Term:
    """What a contract says of its days.

    *notice_by_on* was typed as the contract has it, and goes before what is worked out from
    *notice* for as long as the first end stands.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    extension_to_on: date | None = None
    extensions: tuple[Extension, ...] = ()
    notice: Notice | None = None
    notice_by_on: date | None = None
    framework_ends_on: date | None = None
    expiries: tuple[Expiry, ...] = ()


# --- the end --------------------------------------------------------------------------------------


def runs_to(term: Term, today: date) -> date | None:
    """Return the last day of the contract as it stands on *today*; None where it is not known."""
    if term.ends_on is None:
        return None
    taken = [each.to_on for each in term.extensions if _is_taken(each, today)]
    if taken:
        return max(term.ends_on, *taken)
    furthest = term.extension_to_on
    if not term.extensions and furthest is not None and term.ends_on < today <= furthest:
        return furthest
    return term.ends_on


def is_in_force(term: Term, today: date) -> bool:
    """Return whether it has begun and runs on; what is not known of its days does not end it."""
    last = runs_to(term, today)
    has_begun = term.starts_on is None or term.starts_on <= today
    return has_begun and (last is None or last >= today)


def is_extension_assumed(term: Term, today: date) -> bool:
    """Return whether it counts as extended only because its end is past."""
    return not term.extensions and runs_to(term, today) != term.ends_on


def _is_taken(extension: Extension, today: date) -> bool:
    return extension.taken_on is not None and extension.taken_on <= today


def next_extension(term: Term, today: date) -> Extension | None:
    """Return the extension that may be taken up next, with its last day for deciding.

    None where the contract allows no more, has ended, or its end is not known.
    """
    last = runs_to(term, today)
    if last is None or last < today:
        return None
    offered = term.extensions
    if not offered and term.extension_to_on is not None:
        offered = (Extension(1, term.extension_to_on),)
    for each in sorted(offered, key=lambda each: each.to_on):
        if each.to_on > last and not _is_taken(each, today):
            return replace(each, decide_by_on=each.decide_by_on or last)
    return None


# --- notice ---------------------------------------------------------------------------------------


def notice_ends_on(given_on: date, notice: Notice, holidays: BankHolidays) -> date:
    """Return the last day of the contract where notice is given on *given_on*.

    Raises Problem where working days are counted into a year whose bank holidays are not known.
    """
    if notice.unit is NoticeUnit.MONTHS:
        return add_months(given_on, notice.count)
    if notice.unit is NoticeUnit.WORKING_DAYS:
        return holidays.working_days_after(given_on, notice.count)
    return given_on + _days_of(notice)


def last_notice_day(ends_on: date, notice: Notice, holidays: BankHolidays) -> date:
    """Return the last day on which notice can be given so that it is over by *ends_on*.

    Raises Problem as notice_ends_on() does.
    """
    if notice.unit is NoticeUnit.MONTHS:
        return _months_before(ends_on, notice.count)
    if notice.unit is NoticeUnit.WORKING_DAYS:
        return _working_days_before(ends_on, notice.count, holidays)
    return ends_on - _days_of(notice)


def _days_of(notice: Notice) -> timedelta:
    return timedelta(days=notice.count * (7 if notice.unit is NoticeUnit.WEEKS else 1))


def _months_before(ends_on: date, count: int) -> date:
    """The last day from which *count* months end by *ends_on*.

    Several days of a long month end on the last of a short one: 28 to 31 January on 28 February.
    """
    given_on = add_months(ends_on, -count)
    while add_months(given_on + _DAY, count) <= ends_on:
        given_on += _DAY
    return given_on


def _working_days_before(ends_on: date, count: int, holidays: BankHolidays) -> date:
    day, left = ends_on, count
    while True:
        left -= holidays.is_working_day(day)
        day -= _DAY
        if not left:
            return day


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """The last day for notice; *unknown* says in words why it is not known where it should be.

    *send_by_on* is the last working day up to it, where that is earlier.
    """

    on: date | None = None
    send_by_on: date | None = None
    unknown: str = ""


def notice_day(term: Term, today: date, holidays: BankHolidays) -> NoticeDay:
    """Return the last day for notice that ends the contract on the day to which it runs."""
    last = runs_to(term, today)
    is_first_end = last == term.ends_on
    if term.notice_by_on is not None and (is_first_end or term.notice is None):
        on = term.notice_by_on
    elif last is None or term.notice is None:
        return NoticeDay()
    else:
        try:
            on = last_notice_day(last, term.notice, holidays)
        except Problem as problem:
            return NoticeDay(unknown=problem.what)
    sent = working_day_by(on, holidays)
    return NoticeDay(on, sent if sent != on else None)


def working_day_by(day: date, holidays: BankHolidays) -> date:
    """Return *day*, or the last working day before it.

    In a year whose bank holidays are not known only weekends are left out.
    """
    while day.weekday() >= 5 or holidays.is_holiday(day):
        day -= _DAY
    return day


@dataclass(frozen=True, slots=True)
class Ending:
    """What giving notice on a day means: the *last_on* day, and by how many days it is earlier."""

    given_on: date
    last_on: date
    days_earlier: int


def ending(term: Term, given_on: date, holidays: BankHolidays) -> Ending | None:
    """Return when the contract is over if notice is given on *given_on*.

    Notice that would be over only after the end changes nothing.  None where end or notice are
    not known, or the contract is over by then.  Raises Problem as notice_ends_on() does.
    """
    last = runs_to(term, given_on)
    if last is None or term.notice is None or last < given_on:
        return None
    over = min(last, notice_ends_on(given_on, term.notice, holidays))
    return Ending(given_on, over, (last - over).days)


# --- the days together ----------------------------------------------------------------------------


class TermDay(StrEnum):
    """What a day of a contract is."""

    START = "starts"
    DECIDE = "extension to decide"
    NOTICE = "notice by"
    END = "ends"
    EXTENSION = "extension to"
    FRAMEWORK = "framework ends"
    EXPIRY = "runs out"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day of a contract; *what* names the insurance or policy that runs out."""

    on: date
    kind: TermDay
    what: str = ""

    def words(self) -> str:
        """What the day is: "Notice by", "Cyber security certificate runs out"."""
        said = f"{self.what} {self.kind.value}" if self.what else self.kind.value
        return said[:1].upper() + said[1:]


def milestones(term: Term, today: date, holidays: BankHolidays) -> tuple[Milestone, ...]:
    """Return every day of the contract that is known, by day.

    Of extensions only those count that are not taken up yet; of insurances and policies of one
    kind only the one that lasts longest.
    """
    return tuple(sorted(_days(term, today, holidays), key=lambda each: (each.on, _place(each))))


_PLACES = tuple(TermDay)


def _place(milestone: Milestone) -> tuple[int, str]:
    return (_PLACES.index(milestone.kind), milestone.what)


def _days(term: Term, today: date, holidays: BankHolidays) -> Iterator[Milestone]:
    if term.starts_on is not None:
        yield Milestone(term.starts_on, TermDay.START)
    if (last := runs_to(term, today)) is not None:
        yield Milestone(last, TermDay.END)
    if (notice := notice_day(term, today, holidays).on) is not None:
        yield Milestone(notice, TermDay.NOTICE)
    if (extension := next_extension(term, today)) is not None:
        assert extension.decide_by_on is not None  # next_extension() fills it in
        yield Milestone(extension.decide_by_on, TermDay.DECIDE)
        yield Milestone(extension.to_on, TermDay.EXTENSION)
    if term.framework_ends_on is not None:
        yield Milestone(term.framework_ends_on, TermDay.FRAMEWORK)
    for expiry in standing_expiries(term.expiries):
        yield Milestone(expiry.ends_on, TermDay.EXPIRY, expiry.called)


def standing_expiries(expiries: Iterable[Expiry]) -> tuple[Expiry, ...]:
    """Return of each kind the one that lasts longest, "other" each for itself, soonest first."""
    longest: dict[ExpiryKind, Expiry] = {}
    others = []
    for each in expiries:
        if each.kind is ExpiryKind.OTHER:
            others.append(each)
        elif each.kind not in longest or each.ends_on > longest[each.kind].ends_on:
            longest[each.kind] = each
    return tuple(sorted([*longest.values(), *others], key=lambda each: (each.ends_on, each.kind)))


_TO_ACT_ON = frozenset({TermDay.NOTICE, TermDay.DECIDE, TermDay.END, TermDay.EXPIRY})


def next_to_act_on(term: Term, today: date, holidays: BankHolidays) -> Milestone | None:
    """Return what needs doing first: what has run out already, or the next day by which to act.

    A contract that is over needs nothing more.
    """
    last = runs_to(term, today)
    if last is not None and last < today:
        return None
    for each in milestones(term, today, holidays):
        is_gone = each.on < today
        if each.kind in _TO_ACT_ON and (each.kind is TermDay.EXPIRY or not is_gone):
            return each
    return None


# --- checks ---------------------------------------------------------------------------------------


def check_extensions(term: Term) -> list[Finding]:
    """Return what is wrong with the extensions: each goes further than what stands before it."""
    findings = []
    before = term.ends_on
    for each in sorted(term.extensions, key=lambda each: each.number):
        if before is None:
            findings.append(
                _finding(
                    "CT001",
                    "to_on",
                    "The end of the contract is not known, so nothing can be added to it.",
                    "Enter its end first.",
                )
            )
            break
        if each.to_on <= before:
            findings.append(
                _finding(
                    "CT002",
                    "to_on",
                    f"Extension {each.number} goes to {show_day(each.to_on)}, which is no later"
                    f" than what stands before it, {show_day(before)}.",
                )
            )
        if each.decide_by_on is not None and each.decide_by_on > before:
            findings.append(
                _finding(
                    "CT003",
                    "decide_by_on",
                    f"On {show_day(each.decide_by_on)} the contract has ended:"
                    f" its last day before this extension is {show_day(before)}.",
                )
            )
        if each.taken_on is not None and each.taken_on > before:
            findings.append(
                _finding(
                    "CT004",
                    "taken_on",
                    f"The contract ended on {show_day(before)}, before the extension was taken up"
                    f" on {show_day(each.taken_on)}.",
                    "What has ended cannot be extended: check the day, or ask your legal team.",
                )
            )
        before = each.to_on
    return findings


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
