"""What the list of contracts shows of each, and the ways to narrow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.calendar import BankHolidays, day_with_weekday, show_day, table_day
from apprentice_desk.domain.contract_terms import (
    Milestone,
    NoticeDay,
    TermDay,
    next_to_act_on,
    notice_day,
    runs_to,
)
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import NeedRules, in_days, need_rules_on
from apprentice_desk.records.contracts import ContractRow, contract_rows, people_on_contracts
from apprentice_desk.ui.contracting.standing import is_near, is_urgent, standing
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.narrowing import StatusFilter
from apprentice_desk.ui.recording.choices import words
from apprentice_desk.ui.recording.kind import Shown

_ENDED, _TO_START, _UNKNOWN = "Ended", "To start", "End not known"
_ASKED = "Extended?"


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract as the list shows it.

    *first* is what needs doing first, None where nothing does; *first_tone* says how near it is.
    *badge* is how it stands, *ends_on* the day to which it runs, *on_it* how many are on programme
    under it.
    """

    id: UUID
    row: ContractRow
    badge: Badge
    ends_on: date | None
    notice: NoticeDay
    first: Milestone | None
    first_words: str
    first_tone: Tone
    on_it: int

    @property
    def shown(self) -> Shown:
        """What the forms of contracts know it by."""
        return Shown(self.id, self.row.reference, None, self.row)

    @property
    def looked_after_by(self) -> str:
        """Who sees to it."""
        return self.row.looked_after_by


def read_lines(session: Any, today: date) -> tuple[ContractLine, ...]:
    """Return the contracts, what needs doing first at the top."""
    rules = need_rules_on(resources.need_rules(), today)
    holidays = resources.bank_holidays()
    people = people_on_contracts(session, today)
    lines = [
        _line(row, people.get(row.id, 0), today, rules, holidays)
        for row in contract_rows(session, today)
    ]
    return tuple(sorted(lines, key=lambda line: _order(line)))


def _line(
    row: ContractRow, on_it: int, today: date, rules: NeedRules, holidays: BankHolidays
) -> ContractLine:
    badge = standing(row.term, today, holidays)
    first = next_to_act_on(row.term, today, holidays)
    last = runs_to(row.term, today)
    notice = notice_day(row.term, today, holidays)
    said = "" if first is None else f"{show_day(first.on)}: {_what(first, today)}"
    tone: Tone = ""
    if last is None:
        said, tone = "Enter its end", "warning"
    elif badge.text == _ENDED:
        said, tone = ("Move who is still on it", "danger") if on_it else ("", "")
    elif first is not None and is_near(first, today, rules):
        tone = "danger" if is_urgent(first, today, rules) else "warning"
        if first.on >= today:
            said = f"{said}, {in_days(first.on, today)}"
    elif notice.is_asked:
        said, tone = "Enter its new day for notice", "warning"
    return ContractLine(row.id, row, badge, last, notice, first, said, tone, on_it)


_WHAT = {
    TermDay.NOTICE: "notice",
    TermDay.DECIDE: "decide on extension",
    TermDay.END: "ends",
    TermDay.FRAMEWORK: "framework ends",
    TermDay.ASKED: "was it extended?",
}


def _what(first: Milestone, today: date) -> str:
    is_past = first.on < today
    match first.kind:
        case TermDay.EXPIRY:
            return f"{first.what} ran out" if is_past else f"renew {first.what}"
        case TermDay.DECIDE if is_past:
            return "was the extension taken up?"
        case TermDay.NOTICE if is_past:
            return f"notice, at the latest {show_day(first.last_on)}"
        case _:
            return _WHAT[first.kind]


def _notice_said(line: ContractLine) -> str:
    """The day to act by, and the one that is meant where nobody works on it."""
    notice = line.notice
    if notice.act_by_on is None:
        return notice.unknown
    said = show_day(notice.act_by_on)
    if notice.on is not None and notice.send_by_on is not None:
        said += f", the last working day up to {day_with_weekday(notice.on)}"
    return f"{said}. It may be a bank holiday: {notice.unknown}" if notice.unknown else said


_TONES: Sequence[Tone] = ("danger", "warning", "")


def _order(line: ContractLine) -> tuple[int, bool, date, str]:
    day = date.max if line.first is None else line.first.on
    return (_TONES.index(line.first_tone), not line.first_words, day, line.row.reference)


def _first_key(line: ContractLine) -> Any:
    return _order(line) if line.first_words else None


def _first_said(line: ContractLine) -> str:
    how = {"danger": ", cannot wait", "warning": ", soon"}.get(line.first_tone, "")
    return f"{_first_whole(line)}{how}" if line.first_words else "nothing to do"


def _first_whole(line: ContractLine) -> str:
    """What needs doing first, with the day that is meant where nobody works on it."""
    if line.first is None or line.first.falls_on is None:
        return line.first_words
    return f"{line.first_words} (last working day up to {day_with_weekday(line.first.falls_on)})"


def _day(day: date | None) -> str:
    return "" if day is None else table_day(day)


COLUMNS = (
    Column("Reference", lambda line: line.row.reference, kind="strong", width=15),
    Column("Provider", lambda line: line.row.provider_name, width=20,
           tip=lambda line: line.row.provider_name),
    Column("What needs doing first", lambda line: line.first_words, sort=_first_key, width=36,
           say=_first_said, tone=lambda line: line.first_tone,
           tip=_first_whole),
    Column("Runs to", lambda line: _day(line.ends_on), sort=lambda line: line.ends_on, width=11,
           holds="date", value=lambda line: line.ends_on),
    Column("On it", lambda line: f"{line.on_it:,}" if line.on_it else "", right=True, width=6,
           sort=lambda line: -line.on_it, say=lambda line: f"{line.on_it:,} on programme",
           holds="integer", value=lambda line: line.on_it),
    Column("Paid", lambda line: show_pounds(line.row.paid_to_date), right=True, width=13,
           sort=lambda line: line.row.paid_to_date,
           holds="money", value=lambda line: line.row.paid_to_date),
    Column("How it stands", lambda line: line.badge, kind="badge", width=16),
    Column("Title", lambda line: line.row.title, width=26, tip=lambda line: line.row.title),
    Column("Up to", lambda line: "" if line.row.value_limit is None
           else show_pounds(line.row.value_limit), right=True, width=13,
           sort=lambda line: line.row.value_limit,
           holds="money", value=lambda line: line.row.value_limit),
    Column("Starts", lambda line: _day(line.row.starts_on), sort=lambda line: line.row.starts_on,
           width=11, holds="date", value=lambda line: line.row.starts_on),
    Column("Notice by", lambda line: _day(line.notice.act_by_on),
           sort=lambda line: line.notice.act_by_on, width=11, holds="date",
           value=lambda line: line.notice.act_by_on, say=_notice_said, tip=_notice_said),
    Column("May be extended to", lambda line: _day(line.row.extension_to_on),
           sort=lambda line: line.row.extension_to_on, width=17, holds="date",
           value=lambda line: line.row.extension_to_on),
    Column("Procurement law", lambda line: words(line.row.regime), width=22),
    Column("Route", lambda line: words(line.row.route), width=28),
    Column("Framework", lambda line: line.row.framework, width=24,
           tip=lambda line: line.row.framework),
    Column("Framework ends", lambda line: _day(line.row.framework_ends_on),
           sort=lambda line: line.row.framework_ends_on, width=14, holds="date",
           value=lambda line: line.row.framework_ends_on),
    Column("Call-off", lambda line: line.row.call_off_reference, width=14),
    Column("Lots", lambda line: line.row.lots, width=14),
    Column("Standards", lambda line: line.row.standard_codes, width=18),
    Column("UKPRN", lambda line: line.row.provider_ukprn or "", width=10),
    Column("Looked after by", lambda line: line.row.looked_after_by, width=18),
)  # fmt: skip
HIDDEN_AT_FIRST = tuple(range(7, len(COLUMNS)))
LEFT_OUT_FIRST = (5, 4, 1, 3, 6)
"""Columns that go, in this order, where there is no room."""
FIRST_COLUMN = 2
"""What needs doing first, by which the list is sorted at first."""

FILTERS = (
    StatusFilter("not ended", lambda line: line.badge.text != _ENDED),
    StatusFilter("needs doing soon", lambda line: bool(line.first_tone)),
    StatusFilter("all", None),
    StatusFilter("running", lambda line: line.badge.text not in (_ENDED, _TO_START, _ASKED)),
    StatusFilter("to start", lambda line: line.badge.text == _TO_START),
    StatusFilter("was it extended?", lambda line: line.badge.text == _ASKED),
    StatusFilter("extended", lambda line: line.badge.text == "Extended"),
    StatusFilter("ended", lambda line: line.badge.text == _ENDED),
    StatusFilter("end not known", lambda line: line.badge.text == _UNKNOWN),
    StatusFilter("open to joint buying", lambda line: bool(line.row.is_open_to_joint_buying)),
)
ALL = FILTERS[2]


def counts_in_words(lines: Sequence[ContractLine]) -> str:
    """Return how many there are in which state, for below the page's name."""
    ended = sum(line.badge.text == _ENDED for line in lines)
    near = sum(bool(line.first_tone) for line in lines)
    parts = [f"{len(lines) - ended:,} in force or to come"]
    if ended:
        parts.append(f"{ended:,} ended")
    parts.append(f"{near:,} to see to soon" if near else "nothing to see to soon")
    return " · ".join(parts)
