"""The runway of the levy account, from what the desk holds: read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.levy import LevyRules, Runway, runway
from apprentice_desk.domain.levy_due import LevyDue, levy_due
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.changelog import ChangeLine
from apprentice_desk.records.contract_money import MoneyFacts, contract_money, money_facts
from apprentice_desk.records.levy import (
    BalanceRow,
    IncomeRow,
    LevyBalance,
    income_rows,
)


@dataclass(frozen=True, slots=True)
class LevyFacts:
    """What a runway is worked out from: the newest balance, and what is agreed on its day.

    *without_contract* is how many apprenticeships go on under no contract that the desk knows.
    """

    balance: BalanceRow
    incomes: tuple[IncomeRow, ...]
    contracts: Mapping[UUID, MoneyFacts]
    without_contract: int


@dataclass(frozen=True, slots=True)
class LevyLook:
    """How the account stands and what becomes of it."""

    balance: BalanceRow
    incomes: tuple[IncomeRow, ...]
    due: LevyDue
    runway: Runway
    without_contract: int


def levy_facts(session: Session, today: date) -> LevyFacts | None:
    """Return the facts by the newest balance up to *today*; None, after one query, without one.

    Payments after that balance are not read: they come out of it, as what is due does.
    """
    found = session.scalars(
        select(LevyBalance)
        .where(LevyBalance.balance_on <= today)
        .order_by(LevyBalance.balance_on.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    balance = BalanceRow(found.id, found.balance_on, found.amount, found.note)
    without = session.scalar(
        select(func.count())
        .select_from(Apprenticeship)
        .where(
            Apprenticeship.contract_id.is_(None),
            or_(
                Apprenticeship.ended_on > balance.balance_on,
                Apprenticeship.ended_on.is_(None) & Apprenticeship.outcome.is_(None),
            ),
        )
    )
    facts = money_facts(session, balance.balance_on)
    return LevyFacts(balance, income_rows(session), facts, without or 0)


def levy_look(facts: LevyFacts, funding: FundingRules, levy: LevyRules) -> LevyLook:
    """Return the runway that *facts* make; raises Problem where a rule is not known."""
    on = facts.balance.balance_on
    due = levy_due(
        one for each in facts.contracts.values() for one in contract_money(each, funding, on).people
    )
    incomes = [each.income for each in facts.incomes]
    return LevyLook(
        facts.balance,
        facts.incomes,
        due,
        runway(facts.balance.amount, on, incomes, due.by_month, levy),
        facts.without_contract,
    )


def levy_dates(
    session: Session, today: date, funding: FundingRules, levy: LevyRules
) -> tuple[DatedEvent, ...]:
    """Return the days to come by which to spend, each with what lapses otherwise.

    The version of each is that of the desk: whatever is changed may move them.
    """
    facts = levy_facts(session, today)
    if facts is None:
        return ()
    version = session.scalar(select(func.max(ChangeLine.number))) or 0
    return tuple(
        DatedEvent(
            f"levy-spend-by-{each.last_on.isoformat()}@apprentice-desk",
            version,
            each.last_on,
            f"{show_pounds(each.amount)} of the levy lapses after today",
            words=f"Keeping it takes {show_pounds(each.takes)} more than is promised, by the"
            f" balance of {show_day(facts.balance.balance_on)}.",
        )
        for each in levy_look(facts, funding, levy).runway.spend_by
        if each.last_on >= today
    )
