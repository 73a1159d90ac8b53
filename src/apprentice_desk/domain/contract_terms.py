"""The term of a contract: its last day, extensions, the last day for notice, what runs out.

Today and the bank holidays are given.  A contract that is past its end, and may have been
extended beyond today, is neither over nor extended until somebody says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from apprentice_desk.domain.calendar import BankHolidays, add_months, day_with_weekday, show_day
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


def read_notice(words: str) -> Notice | None:
    """Return the period that ``Notice.words`` wrote; None for any other text."""
    bare = words.strip().partition(" ")[0].replace(",", "")
    if not (bare.isascii() and bare.isdigit()) or not int(bare):
        return None
    for each in NoticeUnit:
        found = Notice(int(bare), each)
        if found.words() == words.strip():
            return found
    return None


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

    *extension_to_on* is how far it may go at most, with extensions or without any entered.
    *notice_by_on* was typed as the contract has it, and goes before what is worked out from
    *notice* for as long as the end stands that it was typed for: *notice_for_on*, where that was
    said, as the notice of a short extension may have to be given before that extension begins.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    extension_to_on: date | None = None
    extensions: tuple[Extension, ...] = ()
    notice: Notice | None = None
    notice_by_on: date | None = None
    framework_ends_on: date | None = None
    expiries: tuple[Expiry, ...] = ()
    notice_for_on: date | None = None


# --- the end --------------------------------------------------------------------------------------


def runs_to(term: Term, today: date) -> date | None:
    """Return the last day of the contract as it stands on *today*; None where it is not known."""
    if term.ends_on is None:
        return None
    return max(_ends(term, term.ends_on, today))


def _ends(term: Term, first: date, today: date) -> list[date]:
    """Return the end of the contract as it was at first, and after each extension taken up."""
    return [first, *sorted(each.to_on for each in term.extensions if _is_taken(each, today))]


def is_in_force(term: Term, today: date) -> bool:
    """Return whether it has begun and runs on; what is not known of its days does not end it."""
    has_begun = term.starts_on is None or term.starts_on <= today
    return has_begun and not is_over(term, today)


def is_over(term: Term, today: date) -> bool:
    """Return whether it is past its end, and was not extended as far as anybody can tell."""
    last = runs_to(term, today)
    return last is not None and last < today and unanswered_extension(term, today) is None


def unanswered_extension(term: Term, today: date) -> Extension | None:
    """Return the extension of which nobody said whether it was taken up, though the end is past.

    None while the contract runs, and from when it would be over with every extension too.
    """
    last = runs_to(term, today)
    if last is None or last >= today:
        return None
    beyond = _beyond(term, last, today)
    return beyond[0] if beyond and beyond[-1].to_on >= today else None


def _beyond(term: Term, last: date, today: date) -> list[Extension]:
    """Return the extensions that go beyond *last* and are not taken up, the nearest first.

    How far the contract may go at most is one more where no extension entered goes so far.
    """
    offered = list(term.extensions)
    furthest = max((each.to_on for each in offered), default=last)
    if term.extension_to_on is not None and term.extension_to_on > furthest:
        number = max((each.number for each in offered), default=0) + 1
        offered.append(Extension(number, term.extension_to_on))
    return sorted(
        (each for each in offered if each.to_on > last and not _is_taken(each, today)),
        key=lambda each: each.to_on,
    )


def _is_taken(extension: Extension, today: date) -> bool:
    return extension.taken_on is not None and extension.taken_on <= today


def next_extension(term: Term, today: date) -> Extension | None:
    """Return the extension that may be taken up next, with its last day for deciding.

    None where the contract allows no more, has ended, or its end is not known.
    """
    last = runs_to(term, today)
    if last is None or last < today:
        return None
    for each in _beyond(term, last, today):
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
    """The last day for notice; *unknown* says in words what is not known of it but should be.

    *send_by_on* is the last working day up to it, where that is earlier.  *is_asked* is set where
    the day that was typed is for an end that no longer stands, so that another has to be entered.
    """

    on: date | None = None
    send_by_on: date | None = None
    unknown: str = ""
    is_asked: bool = False

    @property
    def act_by_on(self) -> date | None:
        """The day by which one has to act: the last on which anybody works."""
        return self.send_by_on or self.on


def notice_day(term: Term, today: date, holidays: BankHolidays) -> NoticeDay:
    """Return the last day for notice that ends the contract on the day to which it runs.

    Of a year whose bank holidays are not known only weekends are minded, and that is said.
    """
    last = runs_to(term, today)
    typed = term.notice_by_on
    meant_for = None if typed is None else notice_meant_for(term, typed, today)
    if typed is not None and meant_for == last:
        on = typed
    elif last is not None and term.notice is not None:
        try:
            on = last_notice_day(last, term.notice, holidays)
        except Problem as problem:
            return NoticeDay(unknown=problem.what)
    elif typed is not None and meant_for is not None and last is not None:
        return NoticeDay(
            unknown=f"The day that was entered, {show_day(typed)}, is for the end on"
            f" {show_day(meant_for)}; for {show_day(last)} none is entered.",
            is_asked=True,
        )
    else:
        return NoticeDay()
    try:
        sent, unknown = working_day_by(on, holidays), ""
    except Problem as problem:
        sent, unknown = _weekday_by(on), problem.what
    return NoticeDay(on, sent if sent != on else None, unknown)


def notice_meant_for(term: Term, typed: date, today: date) -> date | None:
    """Return the end that a typed day for notice is for; None where no end is known.

    Where nobody said which, it is the first that does not come before it: a later one has a later
    day for notice.
    """
    if term.notice_for_on is not None:
        return term.notice_for_on
    if term.ends_on is None:
        return None
    ends = _ends(term, term.ends_on, today)
    return next((end for end in ends if typed <= end), ends[-1])


def working_day_by(day: date, holidays: BankHolidays) -> date:
    """Return *day*, or the last working day before it.

    Raises Problem in a year whose bank holidays are not known.
    """
    while not holidays.is_working_day(day):
        day -= _DAY
    return day


def _weekday_by(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


@dataclass(frozen=True, slots=True)
class Ending:
    """What giving notice on a day means: the *last_on* day, and by how many days it is earlier."""

    given_on: date
    last_on: date
    days_earlier: int


def ending(term: Term, given_on: date, holidays: BankHolidays) -> Ending | None:
    """Return when the contract is over if notice is given on *given_on*.

    Notice that would be over only after the end changes nothing.  None where end or notice are
    not known, or the contract is over by then.  Raises Problem as notice_ends_on() does, and where
    nobody said whether it was extended beyond an end before *given_on*.
    """
    last = runs_to(term, given_on)
    if last is None or term.notice is None:
        return None
    if unanswered_extension(term, given_on) is not None:
        raise Problem(
            f"It is not entered whether the contract goes on after {show_day(last)}.",
            "Enter the extension first.",
        )
    if last < given_on:
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
    ASKED = "was it extended?"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day of a contract, by which one has to act; *what* names what runs out.

    *falls_on* is the day that the contract means, where nobody works on it.
    """

    on: date
    kind: TermDay
    what: str = ""
    falls_on: date | None = None

    @property
    def last_on(self) -> date:
        """The day from which it is too late, that day left out."""
        return self.falls_on or self.on

    def words(self) -> str:
        """What the day is: "Notice by", "Cyber security certificate runs out"."""
        said = f"{self.what} {self.kind.value}" if self.what else self.kind.value
        return said[:1].upper() + said[1:]

    def words_with_day(self) -> str:
        """What the day is, and the day that is meant where nobody works on that."""
        if self.falls_on is None:
            return self.words()
        return f"{self.words()}, the last working day up to {day_with_weekday(self.falls_on)}"


def milestones(term: Term, today: date, holidays: BankHolidays) -> tuple[Milestone, ...]:
    """Return every day of the contract that is known, by day; notice on the day to act by.

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
    notice = notice_day(term, today, holidays)
    if notice.act_by_on is not None:
        falls_on = None if notice.send_by_on is None else notice.on
        yield Milestone(notice.act_by_on, TermDay.NOTICE, falls_on=falls_on)
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


_TO_ACT_ON = frozenset(
    {TermDay.NOTICE, TermDay.DECIDE, TermDay.END, TermDay.FRAMEWORK, TermDay.EXPIRY}
)
_OPEN_UNTIL_DONE = frozenset({TermDay.DECIDE, TermDay.EXPIRY})
"""What is still to be seen to when its day is past."""


def next_to_act_on(term: Term, today: date, holidays: BankHolidays) -> Milestone | None:
    """Return what needs doing first: what is past and still open, or the next day by which to act.

    A contract that is over needs nothing more; of one that may be over it is asked.
    """
    last = runs_to(term, today)
    if last is not None and last < today:
        asked = unanswered_extension(term, today)
        return None if asked is None else Milestone(last, TermDay.ASKED)
    for each in milestones(term, today, holidays):
        is_open = each.last_on >= today or each.kind in _OPEN_UNTIL_DONE
        if each.kind in _TO_ACT_ON and is_open:
            return each
    return None
