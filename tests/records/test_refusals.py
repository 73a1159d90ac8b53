"""What commands refuse, in words; a refused command has touched nothing, even if one goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.checklist import Checklist
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    Characteristic,
    EventKind,
    ReceiptState,
    RoleFamily,
)
from apprentice_desk.domain.wages import PayPer
from apprentice_desk.records import (
    apprentice_removal,
    apprentices,
    checklists,
    contract_prices,
    contracts,
    expecting,
    hours,
    import_memory,
    known_people,
    learning,
    levy,
    network,
    organisation,
    pay,
    payments,
    programme_changes,
    programmes,
    providers,
    returns_sent,
    reviews,
    secondments,
)
from records.acting import changing
from records.acts_on_people import ADA
from records.dumps import dump

GONE = UUID(int=1)
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

REFUSED = {
    # the person and the apprenticeship
    "enrol, gone": (
        lambda s, p: apprentices.enrol(s, ADA, apprentice_id=GONE),
        Conflict,
        "This apprentice was removed meanwhile",
    ),
    "enrol, another's ULN": (
        lambda s, p: apprentices.enrol(s, ADA),
        Problem,
        "ULN 1000000043 belongs to Ada King already",
    ),
    "enrol again, another's ULN": (
        lambda s, p: apprentices.enrol(s, ADA, apprentice_id=p.person),
        Problem,
        "belongs to Ada King already",
    ),
    "enrol, no day of weekly hours": (
        lambda s, p: apprentices.enrol(
            s, apprentices.ApprenticeDetails(family_name="A", weekly_minutes=2160)
        ),
        Problem,
        "Weekly hours need the day",
    ),
    "enrol, wrong code": (
        lambda s, p: apprentices.enrol(s, replace(ADA, uln=None, standard_code="116")),
        ValueError,
        "is not a standard",
    ),
    "correct, gone": (
        lambda s, p: apprentices.correct(s, GONE, ADA),
        Conflict,
        "This apprenticeship was removed meanwhile",
    ),
    "correct, another's ULN": (
        lambda s, p: apprentices.correct(s, p.other, ADA),
        Problem,
        "belongs to Ada King already",
    ),
    "correct, wrong ULN": (
        lambda s, p: apprentices.correct(s, p.other, replace(ADA, uln="1000000063")),
        ValueError,
        "is not a ULN",
    ),
    "correct, wrong code": (
        lambda s, p: apprentices.correct(s, p.other, replace(ADA, uln=None, standard_code="X")),
        ValueError,
        "is not a standard",
    ),
    "correct, no day of weekly hours": (
        lambda s, p: apprentices.correct(
            s, p.other, replace(ADA, uln=None, training_started_on=None)
        ),
        Problem,
        "Weekly hours need the day",
    ),
    "correct, stale": (
        lambda s, p: apprentices.correct(s, p.other, ADA, "1-1-1"),
        Conflict,
        "was changed by somebody else while you were editing",
    ),
    "weekly hours, gone": (
        lambda s, p: programmes.set_weekly_hours(s, GONE, date(2026, 1, 1), 60),
        Conflict,
        "removed meanwhile",
    ),
    "remove, gone": (
        lambda s, p: apprentice_removal.remove(s, GONE),
        Conflict,
        "This apprentice was removed meanwhile",
    ),
    # breaks
    "break, gone": (
        lambda s, p: programmes.start_break(s, GONE, date(2026, 7, 1)),
        Conflict,
        "removed meanwhile",
    ),
    "break, open already": (
        lambda s, p: programmes.start_break(s, p.on_a_break, date(2026, 7, 1)),
        Problem,
        "A break is open already",
    ),
    "break, before the start": (
        lambda s, p: programmes.start_break(s, p.live, date(2025, 8, 31)),
        Problem,
        "before the training starts",
    ),
    "break, start not known": (
        lambda s, p: programmes.start_break(s, p.unknown, date(2026, 7, 1)),
        Problem,
        "before the training starts",
    ),
    "break, ended": (
        lambda s, p: programmes.start_break(s, p.completed, date(2026, 7, 1)),
        Problem,
        "has ended",
    ),
    "break, inside an earlier one": (
        lambda s, p: programmes.start_break(s, p.back, date(2026, 2, 28)),
        Problem,
        "before an earlier one ended",
    ),
    "resume, no break": (
        lambda s, p: programmes.resume(s, p.back, date(2026, 7, 1)),
        Problem,
        "No break is open",
    ),
    "resume, before it began": (
        lambda s, p: programmes.resume(s, p.on_a_break, date(2026, 2, 28)),
        Problem,
        r"began on 1 Mar 2026; it cannot end before",
    ),
    "resume, training would end before it started": (
        lambda s, p: programmes.resume(s, p.on_a_break, date(2026, 4, 1), date(2025, 8, 31)),
        Problem,
        "started on 1 Sep 2025; it cannot end before",
    ),
    "resume, training would end after the whole": (
        lambda s, p: programmes.resume(s, p.bounded, date(2026, 8, 1), date(2028, 1, 1)),
        Problem,
        "planned to end on 31 Dec 2027, before the training would",
    ),
    # moves
    "assessment, ended": (
        lambda s, p: programmes.enter_assessment(s, p.completed, date(2026, 7, 1)),
        Problem,
        "that is completed cannot become in assessment",
    ),
    "assessment, before the start": (
        lambda s, p: programmes.enter_assessment(s, p.other, date(2026, 5, 31)),
        Problem,
        "that is planned cannot become in assessment",
    ),
    "complete, before the start": (
        lambda s, p: programmes.complete(s, p.other, date(2026, 5, 31)),
        Problem,
        "that is planned cannot become completed",
    ),
    "complete, on a break": (
        lambda s, p: programmes.complete(s, p.on_a_break, date(2026, 7, 1)),
        Problem,
        "that is on a break cannot become completed",
    ),
    "complete, before assessment": (
        lambda s, p: programmes.complete(s, p.assessed, date(2026, 4, 1)),
        Problem,
        "before assessment began on 1 May 2026",
    ),
    "withdraw, ended": (
        lambda s, p: programmes.withdraw(s, p.completed, date(2026, 7, 1), "98"),
        Problem,
        "that is completed cannot become withdrawn",
    ),
    "withdraw, before the start": (
        lambda s, p: programmes.withdraw(s, p.other, date(2026, 5, 1), "98"),
        Problem,
        "If training never started, leave its start empty",
    ),
    "withdraw, without a reason": (
        lambda s, p: programmes.withdraw(s, p.other, date(2026, 7, 1), " "),
        Problem,
        "Say why they leave early. Where nobody says, choose",
    ),
    "withdraw, inside a break that is over": (
        lambda s, p: programmes.withdraw(s, p.back, date(2026, 2, 14), "98"),
        Problem,
        "goes on after the end on 14 Feb 2026",
    ),
    "assessment, still to come": (
        lambda s, p: programmes.enter_assessment(s, p.live, TOMORROW, TODAY),
        Problem,
        "passed on 2 Sep 2026, which is still to come",
    ),
    "assessment, twice": (
        lambda s, p: programmes.enter_assessment(s, p.assessed, date(2026, 4, 1)),
        Problem,
        "was passed on 1 May 2026 already",
    ),
    "assessment, on a break": (
        lambda s, p: programmes.enter_assessment(s, p.on_a_break, date(2026, 7, 1)),
        Problem,
        "on a break cannot become in assessment. Record the return from the break first",
    ),
    "complete, still to come": (
        lambda s, p: programmes.complete(s, p.live, TOMORROW, today=TODAY),
        Problem,
        "Completed on 2 Sep 2026, which is still to come",
    ),
    "back, not in assessment": (
        lambda s, p: programmes.back_from_assessment(s, p.live, date(2026, 7, 1)),
        Problem,
        "is not in assessment",
    ),
    "back, before the gateway": (
        lambda s, p: programmes.back_from_assessment(s, p.assessed, date(2026, 4, 30)),
        Problem,
        "passed on 1 May 2026; nobody comes back before",
    ),
    "back, still to come": (
        lambda s, p: programmes.back_from_assessment(s, p.assessed, TOMORROW, today=TODAY),
        Problem,
        "came back on 2 Sep 2026, which is still to come",
    ),
    "resume, the whole would end before training": (
        lambda s, p: programmes.resume(
            s, p.bounded, date(2026, 8, 1), date(2027, 9, 30), date(2027, 9, 29)
        ),
        Problem,
        "planned to end on 29 Sep 2027, before the training would",
    ),
    # provider and standard
    "provider, gone": (
        lambda s, p: programme_changes.change_provider(s, GONE, TODAY, p.provider),
        Conflict,
        "removed meanwhile",
    ),
    "provider, the same": (
        lambda s, p: programme_changes.change_provider(s, p.changed, TODAY, p.provider),
        Problem,
        "That is the provider already",
    ),
    "provider, another's contract": (
        lambda s, p: programme_changes.change_provider(
            s, p.changed, TODAY, p.second_provider, p.contract
        ),
        Problem,
        "Contract C-1 is another provider's",
    ),
    "provider, ended": (
        lambda s, p: programme_changes.change_provider(s, p.completed, TODAY, p.provider),
        Problem,
        "has ended",
    ),
    "provider, on the first day": (
        lambda s, p: programme_changes.change_provider(s, p.live, date(2025, 9, 1), p.provider),
        Problem,
        "nothing of another provider has to be kept. Put it right with the facts",
    ),
    "provider, still to come": (
        lambda s, p: programme_changes.change_provider(
            s, p.live, TOMORROW, p.provider, today=TODAY
        ),
        Problem,
        "The provider changed on 2 Sep 2026, which is still to come",
    ),
    "provider, training would end before it started": (
        lambda s, p: programme_changes.change_provider(
            s, p.live, TODAY, p.provider, planned_end_on=date(2025, 8, 31)
        ),
        Problem,
        "started on 1 Sep 2025; it cannot end before",
    ),
    "planned end, the same": (
        lambda s, p: programme_changes.change_planned_end(s, p.live, TODAY, date(2027, 8, 31)),
        Problem,
        "That is the planned end already",
    ),
    "planned end, ended": (
        lambda s, p: programme_changes.change_planned_end(s, p.completed, TODAY, date(2027, 9, 30)),
        Problem,
        "has ended",
    ),
    "planned end, still to come": (
        lambda s, p: programme_changes.change_planned_end(
            s, p.live, TOMORROW, date(2027, 9, 30), today=TODAY
        ),
        Problem,
        "The planned end changed on 2 Sep 2026, which is still to come",
    ),
    "planned end, after that of the whole": (
        lambda s, p: programme_changes.change_planned_end(
            s, p.live, TODAY, date(2027, 9, 30), date(2027, 9, 29)
        ),
        Problem,
        "planned to end on 29 Sep 2027, before the training would",
    ),
    "standard, the same": (
        lambda s, p: programme_changes.change_standard(s, p.changed, TODAY, "st0116", " 1.2"),
        Problem,
        "That is the standard already",
    ),
    "standard, no code": (
        lambda s, p: programme_changes.change_standard(s, p.live, TODAY, "116", "1.2"),
        ValueError,
        "is not a standard",
    ),
    "standard, a later one is recorded": (
        lambda s, p: programme_changes.change_standard(
            s, p.changed, date(2026, 3, 1), "ST0118", "1.0"
        ),
        Problem,
        "Another standard is recorded from 1 Mar 2026 on already",
    ),
    # checklists and pay
    "tick, gone": (
        lambda s, p: checklists.tick(s, GONE, Checklist.START, ["role_agreed"], TODAY),
        Conflict,
        "removed meanwhile",
    ),
    "tick, still to come": (
        lambda s, p: checklists.tick(
            s, p.live, Checklist.START, ["role_agreed"], TOMORROW, today=TODAY
        ),
        Problem,
        "2 Sep 2026 is still to come",
    ),
    "not needed, gone": (
        lambda s, p: checklists.say_not_needed(s, GONE, Checklist.START, ["offered"], "Why"),
        Conflict,
        "removed meanwhile",
    ),
    "not needed, no reason": (
        lambda s, p: checklists.say_not_needed(s, p.live, Checklist.START, ["offered"], " "),
        Problem,
        "Say why it is not needed",
    ),
    "take back, gone": (
        lambda s, p: checklists.take_back(s, GONE, Checklist.START, ["offered"]),
        Conflict,
        "removed meanwhile",
    ),
    "pay, gone": (
        lambda s, p: pay.set_pay(s, GONE, TODAY, Decimal(9), PayPer.HOUR),
        Conflict,
        "removed meanwhile",
    ),
    "pay, nothing": (
        lambda s, p: pay.set_pay(s, p.live, TODAY, Decimal(0), PayPer.HOUR),
        Problem,
        "Pay is more than £0",
    ),
    "correct pay, gone": (
        lambda s, p: pay.correct_pay(s, GONE, TODAY, Decimal(9), PayPer.HOUR),
        Conflict,
        "This pay was removed meanwhile",
    ),
    "correct pay, nothing": (
        lambda s, p: pay.correct_pay(s, p.pay, TODAY, Decimal(0), PayPer.HOUR),
        Problem,
        "Pay is more than £0",
    ),
    "correct pay, another from that day": (
        lambda s, p: pay.correct_pay(s, p.pay, date(2026, 2, 1), Decimal(9), PayPer.HOUR),
        Problem,
        "Another pay is recorded from that day",
    ),
    "remove pay, gone": (
        lambda s, p: pay.remove_pay(s, GONE),
        Conflict,
        "This pay was removed meanwhile",
    ),
    # contracts and providers
    "award, reference taken": (
        lambda s, p: contracts.award(s, contract(p, reference=" C-1 ")),
        Problem,
        "There is a contract C-1 already",
    ),
    "award, wrong codes": (
        lambda s, p: contracts.award(s, contract(p, standard_codes="ST0116; X")),
        Problem,
        "is not a standard",
    ),
    "correct contract, gone": (
        lambda s, p: contracts.correct_contract(s, GONE, contract(p)),
        Conflict,
        "This contract was removed meanwhile",
    ),
    "correct contract, reference taken": (
        lambda s, p: contracts.correct_contract(s, p.contract, contract(p, reference="C-2")),
        Problem,
        "There is a contract C-2 already",
    ),
    "correct contract, wrong codes": (
        lambda s, p: contracts.correct_contract(s, p.contract, contract(p, standard_codes="X")),
        Problem,
        "is not a standard",
    ),
    "contract details, gone": (
        lambda s, p: contracts.contract_details(s, GONE),
        Conflict,
        "This contract was removed meanwhile",
    ),
    "remove contract, gone": (
        lambda s, p: contracts.remove_contract(s, GONE),
        Conflict,
        "This contract was removed meanwhile",
    ),
    "remove contract, apprentice on it": (
        lambda s, p: contracts.remove_contract(s, p.contract),
        Problem,
        "One apprenticeship is on contract C-1, so it was not removed. Give them another",
    ),
    "remove contract, apprentices on it": (
        lambda s, p: contracts.remove_contract(s, p.shared_contract),
        Problem,
        "2 apprenticeships are on contract C-3",
    ),
    "remove contract, paid": (
        lambda s, p: contracts.remove_contract(s, p.second_contract),
        Problem,
        "One payment was made under contract C-2, so it was not removed. Remove the payments",
    ),
    "remove contract, paid twice": (
        lambda s, p: contracts.remove_contract(s, p.paid_contract),
        Problem,
        "2 payments were made under contract C-4",
    ),
    "correct payment, gone": (
        lambda s, p: payments.correct_payment(s, GONE, payments.PaymentDetails()),
        Conflict,
        "This payment was removed meanwhile",
    ),
    "correct payment, nothing": (
        lambda s, p: payments.correct_payment(
            s, p.payment, payments.PaymentDetails(p.contract, date(2026, 1, 1))
        ),
        Problem,
        "A payment is more than £0",
    ),
    "remove payment, gone": (
        lambda s, p: payments.remove_payment(s, GONE),
        Conflict,
        "This payment was removed meanwhile",
    ),
    "pay nothing": (
        lambda s, p: payments.pay(s, p.contract, date(2026, 1, 1), Decimal("0.00")),
        Problem,
        "A payment is more than £0",
    ),
    "pay tomorrow": (
        lambda s, p: payments.pay(s, p.contract, TOMORROW, Decimal("1.00"), today=TODAY),
        Problem,
        "2 Sep 2026 is still to come. Record payments once they are made",
    ),
    "correct payment, tomorrow": (
        lambda s, p: payments.correct_payment(
            s,
            p.payment,
            payments.PaymentDetails(p.contract, TOMORROW, Decimal("1.00")),
            today=TODAY,
        ),
        Problem,
        "2 Sep 2026 is still to come",
    ),
    "pay for somebody who is gone": (
        lambda s, p: payments.pay(s, p.contract, date(2026, 1, 1), Decimal("1.00"), GONE),
        Conflict,
        "This apprenticeship was removed meanwhile",
    ),
    "levy balance, twice for a day": (
        lambda s, p: levy.record_balance(s, BALANCE, LEVY, TODAY),
        Problem,
        "There is a balance of 1 Jul 2026 already. Change that one",
    ),
    "levy balance, onto another": (
        lambda s, p: levy.correct_balance(s, p.balance, BALANCE, LEVY, TODAY),
        Problem,
        "There is a balance of 1 Jul 2026 already",
    ),
    "levy balance, nothing": (
        lambda s, p: levy.record_balance(s, levy.BalanceDetails(), LEVY, TODAY),
        Problem,
        "Enter the day of the balance",
    ),
    "levy balance, gone": (
        lambda s, p: levy.correct_balance(s, GONE, BALANCE, LEVY, TODAY),
        Conflict,
        "This balance was removed meanwhile",
    ),
    "remove levy balance, gone": (
        lambda s, p: levy.remove_balance(s, GONE),
        Conflict,
        "This balance was removed meanwhile",
    ),
    "levy income, twice for a month": (
        lambda s, p: levy.record_income(s, INCOME, LEVY),
        Problem,
        "What comes in from July 2026 on is recorded already. Change that one",
    ),
    "levy income, onto another": (
        lambda s, p: levy.correct_income(s, p.income, INCOME, LEVY),
        Problem,
        "What comes in from July 2026 on is recorded already",
    ),
    "levy income of a year that nobody knows": (
        lambda s, p: levy.record_income(
            s, levy.IncomeDetails(date(2016, 12, 1), Decimal("1.00")), LEVY
        ),
        Problem,
        "How long levy money lasts is not known for 1 Dec 2016. Enter May 2017 or later",
    ),
    "levy income, gone": (
        lambda s, p: levy.correct_income(s, GONE, INCOME, LEVY),
        Conflict,
        "This income was removed meanwhile",
    ),
    "remove levy income, gone": (
        lambda s, p: levy.remove_income(s, GONE),
        Conflict,
        "This income was removed meanwhile",
    ),
    "price, twice for a standard": (
        lambda s, p: contract_prices.agree_price(s, p.contract, PRICE),
        Problem,
        "This contract has a price for ST0116 already. Change that one",
    ),
    "price, nothing": (
        lambda s, p: contract_prices.agree_price(s, p.contract, contract_prices.PriceDetails()),
        Problem,
        "Choose the standard",
    ),
    "correct price, gone": (
        lambda s, p: contract_prices.correct_price(s, GONE, PRICE),
        Conflict,
        "This price was removed meanwhile",
    ),
    "remove price, gone": (
        lambda s, p: contract_prices.remove_price(s, GONE),
        Conflict,
        "This price was removed meanwhile",
    ),
    "provider, UKPRN taken": (
        lambda s, p: providers.add_provider(s, providers.ProviderDetails("X", "1000 1234")),
        Problem,
        "UKPRN 10001234 is College already",
    ),
    "provider, wrong UKPRN": (
        lambda s, p: providers.add_provider(s, providers.ProviderDetails("X", "2")),
        ValueError,
        "is not a UKPRN",
    ),
    "rename a mapping, gone": (
        lambda s, p: import_memory.rename_mapping(s, GONE, "Diary"),
        Conflict,
        "These columns were forgotten meanwhile",
    ),
    "rename a mapping, no name": (
        lambda s, p: import_memory.rename_mapping(s, p.mapping, " "),
        Problem,
        "The columns need a name",
    ),
    "rename a mapping, long name": (
        lambda s, p: import_memory.rename_mapping(s, p.mapping, "x" * 101),
        Problem,
        "there is room for 100",
    ),
    "forget a mapping, gone": (
        lambda s, p: import_memory.forget_mapping(s, GONE),
        Conflict,
        "These columns were forgotten meanwhile",
    ),
    "a LARS code, wrong": (
        lambda s, p: import_memory.remember_course(s, "data", "ST0118"),
        ValueError,
        "is not a LARS code",
    ),
    "a LARS code, wrong standard": (
        lambda s, p: import_memory.remember_course(s, "58", "118"),
        ValueError,
        "is not a standard",
    ),
    "correct provider, gone": (
        lambda s, p: providers.correct_provider(s, GONE, providers.ProviderDetails("X")),
        Conflict,
        "This provider was removed meanwhile",
    ),
    "correct provider, UKPRN taken": (
        lambda s, p: providers.correct_provider(
            s, p.second_provider, providers.ProviderDetails("X", "10001234")
        ),
        Problem,
        "UKPRN 10001234 is College already",
    ),
    "correct provider, wrong UKPRN": (
        lambda s, p: providers.correct_provider(s, p.provider, providers.ProviderDetails("X", "2")),
        ValueError,
        "is not a UKPRN",
    ),
    # hours, plans, reviews
    "correct hours, gone": (
        lambda s, p: hours.correct_hours(s, GONE, hours.HoursDetails()),
        Conflict,
        "This entry was removed meanwhile",
    ),
    "remove hours, gone": (
        lambda s, p: hours.remove_hours(s, GONE),
        Conflict,
        "This entry was removed meanwhile",
    ),
    "plan, no title": (
        lambda s, p: learning.plan_activity(s, p.live, " ", 60),
        Problem,
        "needs a title",
    ),
    "plan, below 0": (
        lambda s, p: learning.plan_activity(s, p.live, "A", -1),
        Problem,
        "cannot be below 0",
    ),
    "drop, gone": (
        lambda s, p: learning.drop_activity(s, GONE),
        Conflict,
        "This activity was removed meanwhile",
    ),
    "review, gone": (
        lambda s, p: reviews.hold_review(s, GONE, date(2026, 1, 1)),
        Conflict,
        "This review was removed meanwhile",
    ),
    "record a review of nobody": (
        lambda s, p: reviews.record_review(s, reviews.ReviewDetails(None, date(2026, 1, 1))),
        Problem,
        "Choose the apprentice",
    ),
    "correct review, gone": (
        lambda s, p: reviews.correct_review(s, GONE, reviews.ReviewDetails()),
        Conflict,
        "This review was removed meanwhile",
    ),
    "correct review, no day": (
        lambda s, p: reviews.correct_review(s, p.review, reviews.ReviewDetails(p.live)),
        Problem,
        "needs the day it is due or was held",
    ),
    "remove review, gone": (
        lambda s, p: reviews.remove_review(s, GONE),
        Conflict,
        "This review was removed meanwhile",
    ),
    # returns
    "send nothing": (
        lambda s, p: returns_sent.send_return(
            s,
            period="2026-27 Q2",
            revision=1,
            format_version="1.0",
            prepared_at=datetime(2026, 10, 7, 8, 0, tzinfo=UTC),
            prepared_by="",
            fingerprint="",
            file_name="return.xlsx",
            content=b"",
        ),
        Problem,
        "The return's workbook is empty",
    ),
    "withdraw a return, gone": (
        lambda s, p: returns_sent.withdraw_return(s, GONE),
        Conflict,
        "This return is no longer in the history",
    ),
    "withdraw a return, arrived": (
        lambda s, p: returns_sent.withdraw_return(s, p.received),
        Problem,
        "This return has a receipt",
    ),
    "a receipt, gone": (
        lambda s, p: returns_sent.take_receipt(s, GONE, RECEIPT),
        Conflict,
        "This return is no longer in the history",
    ),
    "a receipt, fewer than no rows": (
        lambda s, p: returns_sent.take_receipt(s, p.received, replace(RECEIPT, left_out=-1)),
        Problem,
        "fewer than 0 rows",
    ),
    "expect, no borough": (
        lambda s, p: expecting.expect(s, "Camden", "2026-27 Q3"),
        ValueError,
        "is not a borough's GSS code",
    ),
    "stop expecting, no quarter": (
        lambda s, p: expecting.stop_expecting(s, "E09000001", "autumn"),
        ValueError,
        "is not a quarter",
    ),
    # the rest
    "remove event, gone": (
        lambda s, p: network.remove_event(s, GONE),
        Conflict,
        "This event was removed meanwhile",
    ),
    "correct event, no day": (
        lambda s, p: network.correct_event(s, p.event, replace(EVENT, held_on=None)),
        Problem,
        "Enter the day of the event",
    ),
    "remove barrier, gone": (
        lambda s, p: network.remove_barrier(s, GONE),
        Conflict,
        "This barrier was removed meanwhile",
    ),
    "correct barrier, nothing said": (
        lambda s, p: network.correct_barrier(
            s, p.barrier, replace(BARRIER, what_stands_in_the_way="")
        ),
        Problem,
        "Say what stands in the way",
    ),
    "remove pledge, gone": (
        lambda s, p: organisation.remove_pledge(s, GONE),
        Conflict,
        "This pledge was removed meanwhile",
    ),
    "remove total, gone": (
        lambda s, p: organisation.remove_total(s, GONE),
        Conflict,
        "These totals were removed meanwhile",
    ),
    "remove secondment, gone": (
        lambda s, p: secondments.remove_secondment(s, GONE),
        Conflict,
        "This secondment was removed meanwhile",
    ),
    "remove secondment, started": (
        lambda s, p: secondments.remove_secondment(s, p.secondment),
        Problem,
        "Secondment XMP-1 started on 1 Jun 2026, so it was not removed",
    ),
    "event, no name": (
        lambda s, p: network.record_event(s, replace(EVENT, name=" ")),
        Problem,
        "needs a name",
    ),
    "correct event, gone": (
        lambda s, p: network.correct_event(s, GONE, EVENT),
        Conflict,
        "This event was removed meanwhile",
    ),
    "barrier, nothing said": (
        lambda s, p: network.note_barrier(s, replace(BARRIER, what_stands_in_the_way="\t")),
        Problem,
        "Say what stands in the way",
    ),
    "correct barrier, gone": (
        lambda s, p: network.correct_barrier(s, GONE, BARRIER),
        Conflict,
        "This barrier was removed meanwhile",
    ),
    "correct secondment, gone": (
        lambda s, p: secondments.correct_secondment(s, GONE, secondments.SecondmentDetails()),
        Conflict,
        "This secondment was removed meanwhile",
    ),
    "begin twice": (
        lambda s, p: organisation.begin(
            s, code="E09999998", name="S", letters="XMQ", team="T", is_sample=True
        ),
        Problem,
        "belongs to a borough already",
    ),
    "pledge below 0": (
        lambda s, p: organisation.pledge(s, 2026, RoleFamily.DATA, -1),
        Problem,
        "A pledge cannot be below 0",
    ),
    "people below 0": (
        lambda s, p: organisation.set_total(s, Characteristic.SEX, "female", 3, -1),
        Problem,
        "cannot be below 0",
    ),
}


def test_refused_commands_say_why_and_have_touched_nothing(store, make, subtests):
    prepared = Prepared(store, make)
    before = dump(store, with_log=True)
    for refused, (act, kind, words) in REFUSED.items():
        with subtests.test(refused):

            def go_on(session, act=act, kind=kind, words=words):
                with pytest.raises(kind, match=words) as caught:
                    act(session, prepared)
                return caught.value

            refusal = changing(store, go_on)
            assert type(refusal) is kind
            assert dump(store, with_log=True) == before


def remove_with(make_child):
    """Return a command that removes an apprentice on whom something hangs."""

    def prepare(make):
        apprenticeship_id = make.apprentice()
        make_child(make, apprenticeship_id)
        apprentice_id = make.store.read(apprentices.held, apprenticeship_id).apprentice_id
        return lambda session: apprentice_removal.remove(session, apprentice_id)

    return prepare


CLASHES = {
    "an apprentice with hours": remove_with(lambda make, it: make.hours(it)),
    "an apprentice with reviews": remove_with(lambda make, it: make.review(it)),
    "an apprentice with pay": remove_with(
        lambda make, it: changing(
            make.store, lambda s: pay.set_pay(s, it, TODAY, Decimal(9), PayPer.HOUR)
        )
    ),
    "an apprentice with something ticked off": remove_with(
        lambda make, it: changing(
            make.store,
            lambda s: checklists.tick(s, it, Checklist.START, ["offered"], TODAY),
        )
    ),
    "an apprentice with a change": remove_with(
        lambda make, it: changing(
            make.store, lambda s: programme_changes.change_standard(s, it, TODAY, "ST0118", "1.0")
        )
    ),
    "an apprentice with a plan": remove_with(lambda make, it: make.activity(it)),
    "an apprentice with a secondment": remove_with(
        lambda make, it: make.secondment(apprenticeship_id=it)
    ),
    "hours of nobody": lambda make: (
        lambda s: hours.log_hours(s, hours.HoursDetails(GONE, date(2026, 1, 1), 60))
    ),
    "a payment of no contract": lambda make: (
        lambda s: payments.pay(s, GONE, date(2026, 1, 1), Decimal("1.00"))
    ),
    "a contract of no provider": lambda make: (
        lambda s: contracts.award(s, contracts.ContractDetails("C-1", provider_id=GONE))
    ),
}


@pytest.mark.parametrize("clash", CLASHES)
def test_what_hangs_on_something_is_not_removed_and_what_is_gone_gets_nothing_more(
    clash, store, make
):
    act = CLASHES[clash](make)
    before = dump(store, with_log=True)
    with pytest.raises(Conflict, match="“Try” was not saved: something else in the desk hangs"):
        changing(store, act)
    assert dump(store, with_log=True) == before


def test_the_conflict_of_an_edit_carries_what_was_typed(store):
    with pytest.raises(Conflict) as caught:
        changing(store, lambda session: apprentices.correct(session, GONE, ADA))
    assert caught.value.mine is ADA


def test_a_temporary_uln_may_be_shared(store, make):
    make.apprentice(uln="9999999999")
    make.apprentice(uln="9999999999")
    assert len(store.read(known_people.known_people)) == 2


def test_a_withdrawal_is_allowed_while_a_break_is_open(store, make):
    apprenticeship_id = make.apprentice()
    changing(store, lambda s: programmes.start_break(s, apprenticeship_id, date(2026, 3, 1)))
    changing(store, lambda s: programmes.withdraw(s, apprenticeship_id, date(2026, 4, 1), "98"))
    held = store.read(apprentices.held, apprenticeship_id)
    assert held.details.ended_on == date(2026, 4, 1)


def test_a_flaw_that_was_there_before_does_not_forbid_an_end(store, make):
    """An import may have brought it; the end is still a fact."""
    apprenticeship_id = make.apprentice(assessment_began_on=date(2025, 8, 1))
    changing(store, lambda s: programmes.withdraw(s, apprenticeship_id, date(2026, 4, 1), "98"))
    assert store.read(apprentices.held, apprenticeship_id).details.outcome is not None


@pytest.mark.parametrize(
    "write",
    [
        lambda session: network.note_barrier(
            session, network.BarrierDetails(BarrierCategory.TIME, "x" * 1001)
        ),
        lambda session: organisation.rename_team(session, "x" * 101),
        lambda session: organisation.set_total(session, Characteristic.SEX, "x" * 101, 1, 1),
    ],
)
def test_a_text_longer_than_its_column_is_refused_alike_on_both_engines(store, write) -> None:
    with pytest.raises(Problem, match="characters; there is room for"):
        changing(store, write)
    assert store.latest_change().number == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda s, it: programmes.start_break(s, it, TODAY, "x" * 501),
        lambda s, it: programme_changes.change_standard(s, it, TODAY, "ST0116", "1" * 11),
        lambda s, it: programme_changes.change_standard(
            s, it, TODAY, "ST0116", "1.9", reason="x" * 501
        ),
        lambda s, it: checklists.tick(s, it, Checklist.START, ["offered"], TODAY, "x" * 201),
        lambda s, it: checklists.say_not_needed(s, it, Checklist.START, ["offered"], "x" * 1001),
        lambda s, it: pay.set_pay(s, it, TODAY, Decimal(9), PayPer.HOUR, "x" * 501),
    ],
)
def test_a_text_about_a_move_that_is_too_long_is_refused_as_well(store, make, write) -> None:
    whose = make.apprentice()
    before = dump(store)
    with pytest.raises(Problem, match="characters; there is room for"):
        changing(store, lambda session: write(session, whose))
    assert dump(store) == before
