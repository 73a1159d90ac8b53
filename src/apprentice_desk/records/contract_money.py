"""What the money of contracts is worked out from: apprentices, prices, breaks and payments.

Everything is read in a fixed number of queries, whatever the number of contracts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import contract_money as money
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_money import (
    NOTHING,
    Agreed,
    ContractMoney,
    PriceFrom,
    Spending,
)
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.people import full_name
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, Break
from apprentice_desk.records.contract_prices import ContractPrice
from apprentice_desk.records.contracts import Contract, Payment
from apprentice_desk.records.standards import Standard


@dataclass(frozen=True, slots=True)
class OnContract:
    """One apprenticeship on a contract; ``id`` is the apprenticeship's key."""

    id: UUID
    contract_id: UUID
    name: str
    standard_code: str
    standard_title: str
    agreed: Agreed
    paid: Decimal


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """One contract with who is on it, by name, and what was paid for nobody of them."""

    contract_id: UUID
    value_limit: Decimal | None
    people: tuple[OnContract, ...]
    paid_otherwise: Decimal


def money_facts(
    session: Session, as_at: date, contract_id: UUID | None = None
) -> Mapping[UUID, MoneyFacts]:
    """Return the facts of all contracts, or of one, by key; payments up to *as_at*."""
    contracts = select(Contract.id, Contract.value_limit)
    people = (
        select(Apprenticeship, Apprentice.given_names, Apprentice.family_name, Standard.title)
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .outerjoin(Standard, Standard.code == Apprenticeship.standard_code)
        .where(Apprenticeship.contract_id.is_not(None))
        .order_by(func.lower(Apprentice.family_name), func.lower(Apprentice.given_names))
    )
    breaks = (
        select(Break.apprenticeship_id, Break.first_on, Break.last_on)
        .join(Apprenticeship, Apprenticeship.id == Break.apprenticeship_id)
        .where(Apprenticeship.contract_id.is_not(None))
    )
    prices = select(
        ContractPrice.contract_id, ContractPrice.standard_code,
        ContractPrice.training_price, ContractPrice.assessment_price,
    )  # fmt: skip
    paid = select(Payment.contract_id, Payment.apprenticeship_id, Payment.amount).where(
        Payment.paid_on <= as_at
    )
    if contract_id is not None:
        contracts = contracts.where(Contract.id == contract_id)
        people = people.where(Apprenticeship.contract_id == contract_id)
        breaks = breaks.where(Apprenticeship.contract_id == contract_id)
        prices = prices.where(ContractPrice.contract_id == contract_id)
        paid = paid.where(Payment.contract_id == contract_id)
    spans: dict[UUID, list[Period]] = {}
    for key, first_on, last_on in session.execute(breaks):
        spans.setdefault(key, []).append(Period(first_on, last_on))
    priced = {
        (contract, code): training + assessment
        for contract, code, training, assessment in session.execute(prices)
    }
    amounts: dict[tuple[UUID, UUID | None], Decimal] = {}
    for contract, whose, amount in session.execute(paid):
        amounts[contract, whose] = amounts.get((contract, whose), NOTHING) + amount
    on_it: dict[UUID, list[OnContract]] = {}
    for row in session.execute(people):
        one = _on_contract(row, spans, priced, amounts)
        on_it.setdefault(one.contract_id, []).append(one)
    otherwise: dict[UUID, Decimal] = {}
    for (contract, _), amount in amounts.items():
        otherwise[contract] = otherwise.get(contract, NOTHING) + amount
    return {
        key: MoneyFacts(key, limit, tuple(on_it.get(key, ())), otherwise.get(key, NOTHING))
        for key, limit in session.execute(contracts)
    }


def _on_contract(
    row: Any,
    spans: Mapping[UUID, list[Period]],
    priced: Mapping[tuple[UUID, str], Decimal],
    amounts: dict[tuple[UUID, UUID | None], Decimal],
) -> OnContract:
    """One apprenticeship; what was paid for it is taken out of *amounts*."""
    found, given_names, family_name, title = row
    code = found.standard_code or ""
    price, price_from = _price(found, priced.get((found.contract_id, code)))
    agreed = Agreed(
        course=Course(
            training_started_on=found.training_started_on,
            training_planned_end_on=found.training_planned_end_on,
            apprenticeship_planned_end_on=found.apprenticeship_planned_end_on,
            assessment_began_on=found.assessment_began_on,
            ended_on=found.ended_on,
            outcome=found.outcome,
            breaks=tuple(sorted(spans.get(found.id, ()))),
        ),
        price=price,
        price_from=price_from,
        band_maximum=found.funding_band_maximum,
        employer_percent=found.employer_percent,
        original_start_on=found.original_start_on,
    )
    return OnContract(
        id=found.id,
        contract_id=found.contract_id,
        name=full_name(given_names, family_name),
        standard_code=code,
        standard_title=title or found.course_title,
        agreed=agreed,
        paid=amounts.pop((found.contract_id, found.id), NOTHING),
    )


def _price(found: Apprenticeship, of_contract: Decimal | None) -> tuple[Decimal | None, PriceFrom]:
    if found.agreed_price is not None:
        return found.agreed_price, PriceFrom.AGREED
    if found.training_price is not None and found.assessment_price is not None:
        return found.training_price + found.assessment_price, PriceFrom.PARTS
    if of_contract is not None:
        return of_contract, PriceFrom.CONTRACT
    return None, PriceFrom.NOWHERE


def contract_money(
    facts: MoneyFacts, rules: FundingRules, on: date, behind: Collection[UUID] = frozenset()
) -> ContractMoney:
    """Return how the money of a contract stands; *behind* are those whose hours are behind."""
    people = tuple(
        Spending(
            each.id,
            each.agreed,
            money.schedule(each.agreed, rules, on),
            on,
            each.paid,
            each.id in behind,
        )
        for each in facts.people
    )
    return ContractMoney(people, facts.paid_otherwise, facts.value_limit)
