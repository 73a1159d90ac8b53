"""What is due under contracts and not recorded as paid: one line for each contract, not for people.

Only contracts under which payments are recorded are looked at: who keeps them in the finance system
alone is not asked for them here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.needs import Need, NeedKind, Target, Urgency, counted

PAYMENTS = "payments"
"""The part of a contract's page that holds its payments."""


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What is due under a contract and not recorded as paid; *last_on* is when the last fell due.

    *people* is for how many something is open.
    """

    contract_id: UUID
    reference: str
    amount: Decimal
    last_on: date
    people: int


def payment_needs(unpaid: Iterable[Unpaid]) -> list[Need]:
    """Return a line for each contract; none is urgent, for an invoice may still be on its way."""
    return [
        Need(
            key=f"payments:{each.contract_id.hex}",
            kind=NeedKind.CONTRACT,
            urgency=Urgency.LATER,
            what=f"{show_pounds(each.amount)} under {each.reference} is not recorded as paid",
            why=f"For {counted(each.people, 'apprentice')}, the last of it due on"
            f" {show_day(each.last_on)}",
            action="Open payments",
            target=Target("contracts", each.contract_id, part=PAYMENTS),
            rank=each.last_on.toordinal(),
        )
        for each in unpaid
    ]
