"""The money of the sample's contracts: their prices, and each quarter's invoices as they are paid.

What is paid is what the rules say is due, so that the sample shows how a desk looks whose payments
are in order; what fell due since the newest invoice is still to pay.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk import resources
from apprentice_desk.commands.sample_people import months_ago
from apprentice_desk.domain.calendar import add_months
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records import contract_prices, payments
from apprentice_desk.records.contract_money import contract_money, money_facts
from apprentice_desk.records.contract_prices import PriceDetails


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a provider asks for under a contract, for what was due up to a day."""

    contract_id: UUID
    due_by: date
    paid_on: date


def agree(
    session: Session,
    contract_id: UUID,
    entry: Mapping[str, Any],
    people: Iterable[Mapping[str, Any]],
    chance: random.Random,
    today: date,
) -> list[Invoice]:
    """Record the prices of a contract; return its invoices, the newest of a month ago."""
    highest: dict[str, Decimal] = {}
    for each in people:
        if each["contract"] == entry["reference"]:
            price = Decimal(each["price"])
            highest[each["standard"]] = max(price, highest.get(each["standard"], price))
    for code, price in sorted(highest.items()):
        assessment = (price / 10).quantize(Decimal("0.01"))
        contract_prices.agree_price(
            session, contract_id, PriceDetails(code, price - assessment, assessment)
        )
    starts_on = months_ago(today, entry["began_months_ago"])
    asked_on = months_ago(today, 1)
    invoices = []
    while asked_on > starts_on:
        paid_on = min(asked_on + timedelta(days=chance.randrange(50, 80) - 50), today)
        invoices.append(Invoice(contract_id, asked_on, paid_on))
        asked_on = add_months(asked_on, -3)
    return invoices[::-1]


def pay(
    session: Session, invoices: Iterable[Invoice], last: date | None, today: date
) -> list[Invoice]:
    """Pay the invoices of up to *last*, or all; return those that are left."""
    left = []
    for invoice in invoices:
        if last is not None and invoice.paid_on > last:
            left.append(invoice)
            continue
        facts = money_facts(session, invoice.paid_on, invoice.contract_id)[invoice.contract_id]
        for one in contract_money(facts, resources.funding_rules(), today).people:
            amount = one.schedule.due_by(invoice.due_by) - one.paid
            if amount > 0:
                payments.pay(
                    session,
                    invoice.contract_id,
                    invoice.paid_on,
                    amount,
                    one.id,
                    PaymentKind.TRAINING,
                )
    return left
