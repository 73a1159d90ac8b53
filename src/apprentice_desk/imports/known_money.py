"""What the desk knows of the money of contracts, for the payments of a list to be held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk.domain.contract_money import Schedule, schedule, total
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.records.contract_money import MoneyFacts
from apprentice_desk.records.contracts import ContractRow
from apprentice_desk.records.payments import PaymentRow


@dataclass(frozen=True, slots=True)
class KnownMoney:
    """What the desk knows of the money of contracts."""

    contracts: tuple[ContractRow, ...] = ()
    facts: Mapping[UUID, MoneyFacts] = field(default_factory=dict)
    payments: tuple[PaymentRow, ...] = ()


class Ledger:
    """What is due and paid by contract and apprenticeship, with the rows read so far."""

    def __init__(self, known: KnownMoney, rules: FundingRules, today: date) -> None:
        self._schedules: dict[tuple[UUID, UUID], Schedule] = {
            (key, one.id): schedule(one.agreed, rules, today)
            for key, facts in known.facts.items()
            for one in facts.people
        }
        self._paid: defaultdict[tuple[UUID, UUID | None], list[tuple[date, Decimal]]]
        self._paid = defaultdict(list)
        for row in known.payments:
            self.pay(row.contract_id, row.apprenticeship_id, row.paid_on, row.paid)

    def pay(self, contract_id: UUID, whose: UUID | None, on: date, paid: Decimal) -> None:
        """Add a payment."""
        self._paid[contract_id, whose].append((on, paid))

    def paid(self, contract_id: UUID, whose: UUID | None, on: date) -> Decimal:
        """What was paid up to a day."""
        return total(paid for day, paid in self._paid[contract_id, whose] if day <= on)

    def left(self, contract_id: UUID, whose: UUID | None, on: date) -> Decimal | None:
        """What is still to be paid of what was due up to a day; None where it is not known."""
        if whose is not None:
            found = self._schedules[contract_id, whose]
            return None if found.says else found.due_by(on) - self.paid(contract_id, whose, on)
        people = {key: s for (under, key), s in self._schedules.items() if under == contract_id}
        if any(found.says for found in people.values()):
            return None
        due = total(found.due_by(on) for found in people.values())
        every = {*people, *(who for under, who in tuple(self._paid) if under == contract_id)}
        return due - total(self.paid(contract_id, who, on) for who in every)

    def why_unknown(self, contract_id: UUID, whose: UUID | None) -> str:
        """Why nobody can say what is due."""
        if whose is not None:
            return self._schedules[contract_id, whose].says
        return "What is due is not known of everybody on the contract."
