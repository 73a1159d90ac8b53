"""How the money of one contract stands, read for its page, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.contract_money import NOTHING, PriceFrom
from apprentice_desk.domain.contract_sums import ContractMoney, Spending
from apprentice_desk.domain.money import show_pounds
from apprentice_desk.domain.off_the_job import HoursStatus
from apprentice_desk.records.contract_money import (
    MoneyFacts,
    OnContract,
    contract_money,
    money_facts,
)
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.standing_words import status_badge

TABLES = frozenset(
    {
        "apprentice", "apprenticeship", "break_in_learning", "contract_price", "payment",
        "off_the_job_entry", "plan_activity", "programme_change", "standard", "weekly_hours",
    }
)  # fmt: skip
"""What the money of a contract is made of, beside the contract itself."""

_GOOD_ENOUGH = ("good", "quiet", "note")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One apprenticeship on a contract as its list shows it; *row* is None once it went on."""

    id: UUID
    on_contract: OnContract
    spending: Spending
    row: ApprenticeRow | None

    @property
    def name(self) -> str:
        """The name as it is spoken."""
        return self.on_contract.name

    @property
    def standard(self) -> str:
        """The standard's title, else its code."""
        return self.on_contract.standard_title or self.on_contract.standard_code

    @property
    def badge(self) -> Badge:
        """How it stands; above its band where nothing worse is to be said."""
        until = self.spending.agreed.here_until
        if self.row is None or until is not None:
            return Badge("Moved on" if until is None else f"To {table_day(until)}", "quiet")
        badge = status_badge(self.row)
        above = self.spending.above_band
        if above and badge.tone in _GOOD_ENOUGH:
            return Badge(f"{show_pounds(above)} over band", "warning", "triangle-alert")
        return badge


@dataclass(frozen=True, slots=True)
class MoneyStanding:
    """The money of one contract on a day, with its apprentices by name."""

    money: ContractMoney
    people: tuple[PersonLine, ...]


def read_standing(desk: Desk, contract_id: UUID) -> MoneyStanding:
    """Read how the money of a contract stands today; nothing where the contract is gone."""
    today = desk.clock.today()
    rows = {
        row.id: row
        for row in desk.store.read(
            apprentice_rows,
            today,
            desk.lists.hours_rules,
            desk.lists.role_families,
            contract_id=contract_id,
        )
    }
    behind = {
        row.id
        for row in rows.values()
        if row.status in LIVE and row.figures.status is HoursStatus.BEHIND
    }
    facts = _facts(desk, contract_id, today)
    money = contract_money(facts, resources.funding_rules(), today, behind)
    people = tuple(
        PersonLine(one.id, one, spending, rows.get(one.id))
        for one, spending in zip(facts.people, money.people, strict=True)
    )
    return MoneyStanding(money, people)


def _facts(desk: Desk, contract_id: UUID, on: date) -> MoneyFacts:
    found = desk.store.read(money_facts, on, contract_id)
    return found.get(contract_id, MoneyFacts(contract_id, None, (), NOTHING))


def due_in_words(desk: Desk, contract_id: UUID, on: date, whose: UUID | None) -> str:
    """Return what is due and paid up to a day: for one apprenticeship, or under the contract."""
    facts = _facts(desk, contract_id, on)
    money = contract_money(facts, resources.funding_rules(), on)
    found = [
        (one.name, spending)
        for one, spending in zip(facts.people, money.people, strict=True)
        if one.id == whose
    ]
    if whose is not None and not found:
        return "Whoever this is for was never on this contract."
    for name, spending in found:
        if spending.due is None:
            return f"What is due for {name} cannot be said. {spending.schedule.says}"
        return _due(f"For {name}", spending.due, spending.paid, on)
    return _due("Under this contract", money.due, money.paid, on)


def _due(which: str, due: Decimal, paid: Decimal, on: date) -> str:
    return (
        f"{which} {show_pounds(due)} is due up to {show_day(on)} and {show_pounds(paid)} is"
        f" recorded as paid: {difference_in_words(due - paid)}."
    )


def limit_in_words(limit: Decimal | None, *, is_with_vat: bool | None) -> str:
    """Return the most that may be spent, and whether that is with VAT where somebody said so."""
    if limit is None:
        return ""
    vat = "" if is_with_vat is None else " with VAT" if is_with_vat else " without VAT"
    return f"{show_pounds(limit)}{vat}"


def difference_in_words(difference: Decimal) -> str:
    """Return what is still to be paid, or what was paid ahead."""
    if difference > 0:
        return f"{show_pounds(difference)} still to pay"
    if difference < 0:
        return f"{show_pounds(-difference)} more than is due"
    return "nothing still to pay"


def price_in_words(spending: Spending) -> str:
    """Return the price with where it comes from, for a tooltip and for screen readers."""
    agreed, price = spending.agreed, spending.price
    if price is None:
        return spending.schedule.says or PriceFrom.NOWHERE.value
    here = [stay for stay in agreed.stays if stay.is_here]
    says = f"{show_pounds(price)}, {agreed.price_from}"
    if len(here) == len(agreed.stays):
        return says
    if here[-1].is_rest or (agreed.has_left and agreed.stays[-1].is_rest):
        assert agreed.price is not None  # a price that goes on is known
        says = f"{show_pounds(price)} of {show_pounds(agreed.price)}, {agreed.price_from}"
    if here[0].first_on is not None:
        says += f", for the training from {show_day(here[0].first_on)} on"
    if agreed.here_until is not None:
        says += f", for the training to {show_day(agreed.here_until)}"
    return says


def share_in_words(part: Decimal | int, whole: Decimal | int) -> str:
    """Return a share in whole per cent; "" of nothing."""
    return f"{int(Decimal(part) * 100 / Decimal(whole) + Decimal('0.5'))}%" if whole else ""
