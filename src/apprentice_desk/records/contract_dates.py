"""The days of contracts that people want in their own calendar."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import BankHolidays, add_months, day_with_weekday, show_day
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.contract_money import schedule
from apprentice_desk.domain.contract_terms import (
    Milestone,
    TermDay,
    is_over,
    milestones,
    notice_day,
)
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import counted
from apprentice_desk.records.changelog import ChangeLine
from apprentice_desk.records.contract_money import money_facts
from apprentice_desk.records.contracts import Contract, ContractRow, contract_rows
from apprentice_desk.records.providers import Provider

_SAYS = "apprentice-desk"
_MONTHS_OF_PAYMENTS = 12
"""So far ahead payments are put into a calendar: what comes later changes too often."""

_WANTED = frozenset(
    {TermDay.NOTICE, TermDay.DECIDE, TermDay.END, TermDay.FRAMEWORK, TermDay.EXPIRY}
)


def contract_dates(
    session: Session, contract_ids: Container[UUID], today: date, holidays: BankHolidays
) -> tuple[DatedEvent, ...]:
    """Return the days to come of contracts that are not over, by day.

    The version of each is that of the desk: what an event comes from may be taken away, and the
    day that holds then has to go before the one that a calendar has.
    """
    version = session.scalar(select(func.max(ChangeLine.number))) or 0
    events = [
        event
        for row in contract_rows(session, today)
        if row.id in contract_ids
        for event in _events(row, version, today, holidays)
    ]
    return tuple(sorted(events, key=lambda each: (each.on, each.title, each.uid)))


def payment_dates(
    session: Session, contract_ids: Container[UUID], today: date, rules: FundingRules
) -> tuple[DatedEvent, ...]:
    """Return the days of the coming months on which payments fall due, with what comes to it.

    What falls due under a contract on a day is one event.  Prices that are not known are left out.
    """
    version = session.scalar(select(func.max(ChangeLine.number))) or 0
    until = add_months(today, _MONTHS_OF_PAYMENTS)
    due: dict[tuple[date, UUID], list[Decimal]] = {}
    for key, facts in money_facts(session, today).items():
        for one in facts.people if key in contract_ids else ():
            for step in schedule(one.agreed, rules, today).steps:
                if step.due_on is not None and today <= step.due_on <= until and step.amount:
                    due.setdefault((step.due_on, key), []).append(step.amount)
    found: Any = session.execute(
        select(Contract.id, Contract.reference, Provider.name).join(
            Provider, Provider.id == Contract.provider_id
        )
    )
    names = {key: (reference, provider) for key, reference, provider in found}
    return tuple(
        DatedEvent(
            f"contract-payment-{on}-{key.hex}@{_SAYS}",
            version,
            on,
            f"{show_pounds(sum(amounts, Decimal(0)))} falls due: contract {names[key][0]}",
            words=f"To {names[key][1]}, for {counted(len(amounts), 'apprentice')}.",
        )
        for (on, key), amounts in sorted(
            due.items(), key=lambda each: (each[0][0], names[each[0][1]])
        )
    )


def _events(
    row: ContractRow, version: int, today: date, holidays: BankHolidays
) -> Iterator[DatedEvent]:
    if is_over(row.term, today):
        return
    for each in milestones(row.term, today, holidays):
        if each.kind in _WANTED and each.last_on >= today:
            yield DatedEvent(
                f"contract-{_what(each)}-{row.id.hex}@{_SAYS}",
                version,
                each.on if each.on >= today else each.last_on,
                _title(each, row),
                words=_words(each, row, today, holidays),
            )


def _what(milestone: Milestone) -> str:
    """Return what stays the same while it is the same thing, though its day may move."""
    if milestone.kind is not TermDay.EXPIRY:
        return milestone.kind.name.lower()
    return f"expiry-{sha256(milestone.what.encode()).hexdigest()[:12]}"


def _title(milestone: Milestone, row: ContractRow) -> str:
    name = f"contract {row.reference}"
    match milestone.kind:
        case TermDay.NOTICE:
            which = "day" if milestone.falls_on is None else "working day"
            return f"Last {which} for notice: {name}"
        case TermDay.DECIDE:
            return f"Extension to decide: {name}"
        case TermDay.FRAMEWORK:
            return f"Framework ends: {row.framework or name}"
        case TermDay.EXPIRY:
            return f"{milestone.words()}: {name}"
        case _:
            return f"Ends: {name}"


def _words(milestone: Milestone, row: ContractRow, today: date, holidays: BankHolidays) -> str:
    said = [f"With {row.provider_name}."]
    if milestone.kind is TermDay.NOTICE:
        found = notice_day(row.term, today, holidays)
        if row.term.notice is not None:
            said.append(f"{row.term.notice.words()} before the end.")
        if found.on is not None and found.send_by_on is not None:
            said.append(f"The last day for it is {day_with_weekday(found.on)}: not a working day.")
        if found.unknown:
            said.append(f"It may be a bank holiday: {found.unknown}")
    elif milestone.kind is TermDay.FRAMEWORK:
        said.append(f"Contract {row.reference} was called off from it.")
    if milestone.kind in (TermDay.DECIDE, TermDay.END) and row.extension_to_on is not None:
        said.append(f"May be extended to {show_day(row.extension_to_on)}.")
    return " ".join(said)
