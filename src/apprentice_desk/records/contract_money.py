"""What the money of contracts is worked out from: apprentices, prices, breaks and payments.

Everything is read in a fixed number of queries, whatever the number of contracts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import contract_money as money
from apprentice_desk.domain import contract_stays
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.contract_money import NOTHING, Agreed, PriceFrom
from apprentice_desk.domain.contract_stays import Terms, Turn
from apprentice_desk.domain.contract_sums import ContractMoney, Spending
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.needs_of_payments import Unpaid
from apprentice_desk.domain.people import called
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship, Break
from apprentice_desk.records.contract_prices import ContractPrice
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.payments import PAID, Payment
from apprentice_desk.records.programme_changes import ProgrammeChange, typed_price
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
    """Return the facts of all contracts, or of one, by key; payments up to *as_at*.

    Who went on under another contract is still among those of the contract before.
    """
    change = ProgrammeChange
    contracts = select(Contract.id, Contract.value_limit)
    changed = select(change.apprenticeship_id).where(change.was_contract_id.is_not(None))
    keys = select(Apprenticeship.id).where(
        or_(Apprenticeship.contract_id.is_not(None), Apprenticeship.id.in_(changed))
    )
    prices = select(
        ContractPrice.contract_id, ContractPrice.standard_code,
        ContractPrice.training_price, ContractPrice.assessment_price,
    )  # fmt: skip
    paid = select(Payment.contract_id, Payment.apprenticeship_id, PAID).where(
        Payment.paid_on <= as_at
    )
    if contract_id is not None:
        contracts = contracts.where(Contract.id == contract_id)
        changed = changed.where(change.was_contract_id == contract_id)
        keys = select(Apprenticeship.id).where(
            or_(Apprenticeship.contract_id == contract_id, Apprenticeship.id.in_(changed))
        )
        prices = prices.where(ContractPrice.contract_id == contract_id)
        paid = paid.where(Payment.contract_id == contract_id)
    priced = {
        (contract, code): training + assessment
        for contract, code, training, assessment in session.execute(prices)
    }
    amounts: dict[tuple[UUID, UUID | None], Decimal] = {}
    for contract, whose, amount in session.execute(paid):
        amounts[contract, whose] = amounts.get((contract, whose), NOTHING) + amount
    on_it: dict[UUID, list[OnContract]] = {}
    for person in _people(session, keys):
        for one in person.on_contracts(priced, amounts):
            on_it.setdefault(one.contract_id, []).append(one)
    otherwise: dict[UUID, Decimal] = {}
    for (contract, _), amount in amounts.items():
        otherwise[contract] = otherwise.get(contract, NOTHING) + amount
    return {
        key: MoneyFacts(key, limit, tuple(on_it.get(key, ())), otherwise.get(key, NOTHING))
        for key, limit in session.execute(contracts)
    }


@dataclass(frozen=True, slots=True)
class _Person:
    """One apprenticeship with its breaks and changes, the changes in the order of recording."""

    found: Apprenticeship
    name: str
    title: str
    breaks: tuple[Period, ...]
    turns: tuple[Turn, ...]

    def on_contracts(
        self,
        prices: Mapping[tuple[UUID, str], Decimal],
        amounts: dict[tuple[UUID, UUID | None], Decimal],
    ) -> Iterator[OnContract]:
        """Return the apprenticeship as each of its contracts sees it.

        What was paid for it under one is taken out of *amounts*.
        """
        found = self.found
        held = contract_stays.spells(self.turns, _terms(found))
        course = Course(
            training_started_on=found.training_started_on,
            training_planned_end_on=found.training_planned_end_on,
            apprenticeship_planned_end_on=found.apprenticeship_planned_end_on,
            assessment_began_on=found.assessment_began_on,
            ended_on=found.ended_on,
            outcome=found.outcome,
            breaks=self.breaks,
        )
        last_here = {spell.terms.contract_id: place for place, spell in enumerate(held)}
        for contract_id, place in last_here.items():
            if contract_id is None:
                continue
            stays = contract_stays.stays(held, contract_id, prices)
            code = held[place].terms.standard_code
            yield OnContract(
                id=found.id,
                contract_id=contract_id,
                name=self.name,
                standard_code=code,
                standard_title=self.title if code == (found.standard_code or "") else "",
                agreed=Agreed(
                    course=course,
                    price=stays[place].price,
                    price_from=stays[place].price_from,
                    band_maximum=found.funding_band_maximum,
                    employer_percent=found.employer_percent,
                    original_start_on=found.original_start_on,
                    standard_code=code,
                    stays=stays if len(stays) > 1 else (),
                    ends_before=contract_stays.ends_before(
                        self.turns, found.training_planned_end_on
                    ),
                ),
                paid=amounts.pop((contract_id, found.id), NOTHING),
            )


def _people(session: Session, keys: Select[Any]) -> Iterator[_Person]:
    """Return the apprenticeships with *keys*, by name."""
    one, change = Apprenticeship, ProgrammeChange
    people = (
        select(one, Apprentice.given_names, Apprentice.family_name, Standard.title)
        .join(Apprentice, Apprentice.id == one.apprentice_id)
        .outerjoin(Standard, Standard.code == one.standard_code)
        .where(one.id.in_(keys))
        .order_by(func.lower(Apprentice.family_name), func.lower(Apprentice.given_names))
    )
    spans: dict[UUID, list[Period]] = {}
    for key, first_on, last_on in session.execute(
        select(Break.apprenticeship_id, Break.first_on, Break.last_on).where(
            Break.apprenticeship_id.in_(keys)
        )
    ):
        spans.setdefault(key, []).append(Period(first_on, last_on))
    turns: dict[UUID, list[Turn]] = {}
    for made in session.scalars(
        select(change)
        .where(change.apprenticeship_id.in_(keys))
        .order_by(change.changed_in, change.changed_on)
    ):
        was = Terms(
            made.was_provider_id, made.was_contract_id, made.was_standard_code or "",
            made.was_agreed_price, price_is_for=made.was_price_is_for,
        )  # fmt: skip
        turns.setdefault(made.apprenticeship_id, []).append(
            Turn(made.changed_on, made.kind, was, made.was_training_planned_end_on)
        )
    for found, given_names, family_name, title in session.execute(people):
        yield _Person(
            found,
            called(given_names, family_name, title or found.course_title),
            title or found.course_title,
            tuple(sorted(spans.get(found.id, ()))),
            tuple(turns.get(found.id, ())),
        )


def _terms(found: Apprenticeship) -> Terms:
    """What holds now."""
    price = typed_price(found)
    return Terms(
        found.provider_id,
        found.contract_id,
        found.standard_code or "",
        price,
        PriceFrom.PARTS if found.agreed_price is None else PriceFrom.AGREED,
        found.price_is_for,
    )


def unpaid(session: Session, today: date, rules: FundingRules) -> tuple[Unpaid, ...]:
    """Return what is due and not recorded as paid, of contracts that payments are recorded under.

    One query where there are no payments at all.
    """
    paid_under = Contract.id.in_(select(Payment.contract_id))
    rows = session.execute(select(Contract.id, Contract.reference).where(paid_under))
    kept = {key: reference for key, reference in rows}  # noqa: C416 - rows are no pairs to mypy
    if not kept:
        return ()
    found = []
    facts = money_facts(session, today)
    for key, reference in sorted(kept.items(), key=lambda each: each[1]):
        money = contract_money(facts[key], rules, today)
        last = [
            day
            for each in money.people
            if (each.difference or NOTHING) > 0 and (day := each.last_due_on) is not None
        ]
        if money.difference > 0 and last:
            found.append(Unpaid(key, reference, money.difference, max(last), len(last)))
    return tuple(found)


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
