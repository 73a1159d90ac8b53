"""What tries of refusals share: a desk with one of everything that a refusal needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk import resources
from apprentice_desk.domain.vocabulary import BarrierCategory, EventKind, ReceiptState
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentices,
    contract_prices,
    contracts,
    levy,
    network,
    pay,
    programme_changes,
    programmes,
    returns_sent,
)
from records.acting import changing

EVENT = network.EventDetails("Visit", date(2026, 1, 1), EventKind.VISIT)
LEVY = resources.levy_rules()
BALANCE = levy.BalanceDetails(date(2026, 7, 1), Decimal("1.00"))
INCOME = levy.IncomeDetails(date(2026, 7, 31), Decimal("1.00"))
RECEIPT = returns_sent.ReceiptDetails(ReceiptState.ACCEPTED, date(2026, 7, 12))
BARRIER = network.BarrierDetails(BarrierCategory.TIME, "No time")
TODAY, TOMORROW = date(2026, 9, 1), date(2026, 9, 2)


class Prepared:
    """A desk with one of everything that a refusal needs."""

    def __init__(self, store, make):
        self.live = make.apprentice(family_name="King", uln="1000000043")
        self.other = make.apprentice(
            given_names="Grace",
            family_name="Hopper",
            training_started_on=date(2026, 6, 1),
            apprenticeship_planned_end_on=date(2027, 12, 31),
        )
        self.bounded = make.apprentice(apprenticeship_planned_end_on=date(2027, 12, 31))
        self.person = store.read(apprentices.held, self.other).apprentice_id
        self.on_a_break = make.apprentice(family_name="Away")
        self.back = make.apprentice(family_name="Back", weekly_minutes=None)
        self.completed = make.apprentice(family_name="Done")
        self.assessed = make.apprentice(family_name="Nearly")
        self.unknown = make.apprentice(
            family_name="When", training_started_on=None, weekly_minutes=None
        )

        def set_up(session):
            programmes.start_break(session, self.on_a_break, date(2026, 3, 1))
            programmes.start_break(session, self.bounded, date(2026, 7, 1))
            programmes.start_break(session, self.back, date(2026, 2, 1))
            programmes.resume(session, self.back, date(2026, 2, 28))
            programmes.complete(session, self.completed, date(2026, 5, 1))
            programmes.enter_assessment(session, self.assessed, date(2026, 5, 1))

        changing(store, set_up)
        self.provider = make.provider(name="College", ukprn="10001234")
        self.second_provider = make.provider(name="Academy", ukprn="10005678")
        self.contract = make.contract(reference="C-1", provider_id=self.provider)
        self.mapping = make.mapping()
        self.changed = make.apprentice(family_name="Changed", provider_id=self.provider)
        self.pay = changing(
            store, lambda s: pay.set_pay(s, self.live, date(2026, 1, 1), Decimal(9), PayPer.HOUR)
        )
        changing(
            store, lambda s: pay.set_pay(s, self.live, date(2026, 2, 1), Decimal(9), PayPer.HOUR)
        )
        changing(
            store,
            lambda s: programme_changes.change_standard(
                s, self.changed, date(2026, 3, 1), "ST0116", "1.2"
            ),
        )
        self.second_contract = make.contract(reference="C-2", provider_id=self.provider)
        self.shared_contract = make.contract(reference="C-3")
        self.paid_contract = make.contract(reference="C-4")
        make.apprentice(contract_id=self.contract)
        for _ in range(2):
            make.apprentice(contract_id=self.shared_contract)
            make.payment(self.paid_contract)
        self.payment = make.payment(self.second_contract)
        self.balance = make.levy_balance(date(2026, 8, 1))
        make.levy_balance(date(2026, 7, 1))
        self.income = make.levy_income(date(2026, 8, 1))
        make.levy_income(date(2026, 7, 1))
        changing(store, lambda s: contract_prices.agree_price(s, self.contract, PRICE))
        self.review = make.review(self.live)
        self.event = make.event()
        self.barrier = make.barrier()
        self.secondment = make.secondment("XMP-1", started_on=date(2026, 6, 1))
        self.received = make.sent()
        changing(store, lambda s: returns_sent.take_receipt(s, self.received, RECEIPT))


def contract(prepared, **details):
    values = {"reference": "C-9", "provider_id": prepared.provider} | details
    return contracts.ContractDetails(**values)


PRICE = contract_prices.PriceDetails("ST0116", Decimal("15000.00"), Decimal("2000.00"))
