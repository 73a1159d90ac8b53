"""What commands about contracts and providers refuse.

By its name, the act, what is raised and its words.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records import (
    contract_prices,
    contracts,
    import_memory,
    levy,
    payments,
    providers,
)
from records.acting import GONE
from records.refusing import BALANCE, INCOME, LEVY, PRICE, TODAY, TOMORROW, contract

REFUSED = {
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
}
