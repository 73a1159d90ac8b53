"""The levy account of a sample borough: two balances, and what comes in each month."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.commands.sample_people import months_ago
from apprentice_desk.records import levy
from apprentice_desk.records.levy import BalanceDetails, IncomeDetails


def keep_the_levy(session: Session, today: date) -> None:
    """Put the account in, as it was looked up until *today*."""
    described: dict[str, Any] = resources.load_toml("sample", "levy.toml")
    rules = resources.levy_rules()
    for entry in described["balance"]:
        on = today - timedelta(days=entry["days_ago"])
        details = BalanceDetails(on, Decimal(entry["amount"]), entry["note"])
        levy.record_balance(session, details, rules, today)
    for entry in described["income"]:
        month = months_ago(today, entry["months_ago"])
        levy.record_income(session, IncomeDetails(month, Decimal(entry["amount"])), rules)
