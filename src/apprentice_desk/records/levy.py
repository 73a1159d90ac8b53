"""The borough's levy account: what was in it on which day, and what comes in each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.levy import Income, LevyRules, month_of
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept, check_lengths, not_negative, refuse


class LevyBalance(Kept):
    """What was in the account on a day."""

    __tablename__ = "levy_balance"
    __table_args__ = (UniqueConstraint("balance_on"), *not_negative("amount"))

    balance_on: Mapped[date]
    amount: Mapped[Decimal]
    note: Mapped[str] = mapped_column(String(500), default="", server_default="")


class LevyIncome(Kept):
    """What comes in each month, from the first day of a month on."""

    __tablename__ = "levy_income"
    __table_args__ = (UniqueConstraint("from_month"), *not_negative("amount"))

    from_month: Mapped[date]
    amount: Mapped[Decimal]


@dataclass(frozen=True, slots=True)
class BalanceDetails:
    """What the form of a balance edits."""

    balance_on: date | None = None
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomeDetails:
    """What the form of an income edits; any day of the first month stands for it."""

    from_month: date | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One balance as lists show it."""

    id: UUID
    balance_on: date
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class IncomeRow:
    """One monthly income as lists show it."""

    id: UUID
    from_month: date
    amount: Decimal

    @property
    def income(self) -> Income:
        """The income as the runway reckons with it."""
        return Income(self.from_month, self.amount)


def month_named(day: date) -> str:
    """Return the month of *day* as it is read: "August 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _finding(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check_balance(details: BalanceDetails, rules: LevyRules, today: date) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    on = details.balance_on
    if on is None:
        findings.append(_finding("LV001", "balance_on", "Enter the day of the balance."))
    elif on > today:
        findings.append(
            _finding(
                "LV002", "balance_on", f"{show_day(on)} is still to come.",
                "Enter what the account shows now; what comes is worked out.",
            )
        )  # fmt: skip
    elif on < rules.first_month:
        findings.append(_too_early("LV003", "balance_on", on, rules))
    if details.amount is None or details.amount < 0:
        findings.append(_finding("LV004", "amount", "Enter what is in the account.", "£0 or more."))
    return findings + check_lengths(details, LevyBalance)


def check_income(details: IncomeDetails, rules: LevyRules) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if details.from_month is None:
        findings.append(_finding("LV005", "from_month", "Enter from which month on it comes in."))
    elif details.from_month < rules.first_month:
        findings.append(_too_early("LV006", "from_month", details.from_month, rules))
    if details.amount is None or details.amount < 0:
        findings.append(
            _finding("LV007", "amount", "Enter what comes in each month.", "£0 or more.")
        )
    return findings


def _too_early(code: str, field: str, day: date, rules: LevyRules) -> Finding:
    return _finding(
        code,
        field,
        f"How long levy money lasts is not known for {show_day(day)}.",
        f"Enter {month_named(rules.first_month)} or later.",
    )


def record_balance(
    session: Session, details: BalanceDetails, rules: LevyRules, today: date
) -> UUID:
    """Record what was in the account on a day and return its key.

    Raises Problem where something is missing, the day is still to come or has a balance already.
    """
    balance = LevyBalance()
    _take_balance(session, balance, details, rules, today)
    session.add(balance)
    session.flush()
    return balance.id


def correct_balance(
    session: Session, balance_id: UUID, details: BalanceDetails, rules: LevyRules, today: date
) -> None:
    """Replace a balance; raises Conflict when it is gone, Problem as ``record_balance`` does."""
    _take_balance(session, _known(session, LevyBalance, balance_id, details), details, rules, today)


def remove_balance(session: Session, balance_id: UUID) -> None:
    """Remove a balance entered by mistake; raises Conflict when it is gone."""
    session.delete(_known(session, LevyBalance, balance_id))
    session.flush()


def record_income(session: Session, details: IncomeDetails, rules: LevyRules) -> UUID:
    """Record what comes in each month from one on and return its key.

    Raises Problem where something is missing or the month has an income already.
    """
    income = LevyIncome()
    _take_income(session, income, details, rules)
    session.add(income)
    session.flush()
    return income.id


def correct_income(
    session: Session, income_id: UUID, details: IncomeDetails, rules: LevyRules
) -> None:
    """Replace an income; raises Conflict when it is gone, Problem as ``record_income`` does."""
    _take_income(session, _known(session, LevyIncome, income_id, details), details, rules)


def remove_income(session: Session, income_id: UUID) -> None:
    """Remove an income entered by mistake; raises Conflict when it is gone."""
    session.delete(_known(session, LevyIncome, income_id))
    session.flush()


Record = TypeVar("Record", LevyBalance, LevyIncome)
_WORDS = {LevyBalance: "balance", LevyIncome: "income"}


def _known(
    session: Session, record_class: type[Record], record_id: UUID, mine: object = None
) -> Record:
    found = session.get(record_class, record_id)
    if found is None:
        raise Conflict(f"This {_WORDS[record_class]} was removed meanwhile.", mine=mine)
    return found


def _take_balance(
    session: Session, balance: LevyBalance, details: BalanceDetails, rules: LevyRules, today: date
) -> None:
    refuse(check_balance(details, rules, today))
    assert details.balance_on is not None  # checked above
    assert details.amount is not None
    with session.no_autoflush:
        other = session.scalars(
            select(LevyBalance).where(LevyBalance.balance_on == details.balance_on)
        ).first()
    if other is not None and other is not balance:
        raise Problem(
            f"There is a balance of {show_day(details.balance_on)} already.",
            "Change that one instead.",
        )
    balance.balance_on = details.balance_on
    balance.amount = details.amount
    balance.note = details.note.strip()


def _take_income(
    session: Session, income: LevyIncome, details: IncomeDetails, rules: LevyRules
) -> None:
    refuse(check_income(details, rules))
    assert details.from_month is not None  # checked above
    assert details.amount is not None
    month = month_of(details.from_month)
    with session.no_autoflush:
        other = session.scalars(select(LevyIncome).where(LevyIncome.from_month == month)).first()
    if other is not None and other is not income:
        raise Problem(
            f"What comes in from {month_named(month)} on is recorded already.",
            "Change that one instead.",
        )
    income.from_month = month
    income.amount = details.amount


def balance_rows(session: Session) -> tuple[BalanceRow, ...]:
    """Return all balances, the newest first."""
    return tuple(
        BalanceRow(each.id, each.balance_on, each.amount, each.note)
        for each in session.scalars(select(LevyBalance).order_by(LevyBalance.balance_on.desc()))
    )


def income_rows(session: Session) -> tuple[IncomeRow, ...]:
    """Return all incomes, the newest first."""
    return tuple(
        IncomeRow(each.id, each.from_month, each.amount)
        for each in session.scalars(select(LevyIncome).order_by(LevyIncome.from_month.desc()))
    )
