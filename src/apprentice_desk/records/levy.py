"""The borough's levy account: what it holds on a day, and what comes in each month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from apprentice_desk.records.base import Kept, not_negative


class LevyBalance(Kept):
    """What the account held at the end of a day."""

    __tablename__ = "levy_balance"
    __table_args__ = not_negative("amount")

    as_at_on: Mapped[date] = mapped_column(unique=True)
    amount: Mapped[Decimal]
    note: Mapped[str] = mapped_column(String(500), default="")


class LevyIncome(Kept):
    """What came in for a month, told by its first day."""

    __tablename__ = "levy_income"
    __table_args__ = not_negative("amount")

    month_on: Mapped[date] = mapped_column(unique=True)
    amount: Mapped[Decimal]
