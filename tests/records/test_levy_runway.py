"""The runway of the levy account, from the desk: by the newest balance, in so many queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records import levy, payments
from apprentice_desk.records.levy_runway import (
    LevyLook,
    levy_dates,
    levy_facts,
    levy_look,
)
from apprentice_desk.records.store import Store

D = Decimal
TODAY = date(2026, 11, 28)
FUNDING, LEVY = resources.funding_rules(), resources.levy_rules()
YEAR = {
    "training_started_on": date(2026, 10, 1),
    "training_planned_end_on": date(2027, 9, 30),
    "apprenticeship_planned_end_on": date(2027, 12, 15),
    "agreed_price": D("12000.00"),
    "funding_band_maximum": D("15000.00"),
    "employer_percent": 0,
}
"""£800 a month for a year, and £2,400 with completion."""


@pytest.fixture
def statements() -> Iterator[list[str]]:
    ran: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


def look(store: Store, today: date = TODAY) -> LevyLook:
    facts = store.read(levy_facts, today)
    assert facts is not None
    return levy_look(facts, FUNDING, LEVY)


def test_without_a_balance_there_is_no_runway_and_nothing_else_is_read(
    store: Store, make: Any, statements: list[str]
) -> None:
    make.levy_income()
    make.apprentice(contract_id=make.contract(), **YEAR)
    make.levy_balance(date(2026, 12, 1))
    statements.clear()
    assert store.read(levy_facts, TODAY) is None, "a balance of tomorrow is not today's"
    assert len(statements) == 1


@pytest.mark.parametrize("contracts", [0, 1, 5])
def test_it_takes_nine_queries(
    store: Store, make: Any, statements: list[str], contracts: int
) -> None:
    make.levy_balance(date(2026, 11, 28))
    make.levy_income()
    for _ in range(contracts):
        contract_id = make.contract()
        make.apprentice(contract_id=contract_id, **YEAR)
        make.payment(contract_id)
        make.apprentice()
    statements.clear()
    assert store.read(levy_facts, TODAY) is not None
    assert len(statements) == 9


def test_the_newest_balance_counts_and_what_is_agreed_is_due_from_its_day_on(
    store: Store, make: Any
) -> None:
    make.levy_balance(date(2026, 10, 1), "1.00")
    make.levy_balance(date(2026, 11, 28), "5000.00", "From the account")
    make.levy_income(date(2026, 9, 1), "1000.00")
    make.levy_income(date(2027, 1, 1), "2000.00")
    contract_id = make.contract()
    make.apprentice(contract_id=contract_id, **YEAR)
    make.apprentice(contract_id=contract_id, **YEAR | {"employer_percent": 25})
    found = look(store)
    assert (found.balance.balance_on, found.balance.note) == (TODAY, "From the account")
    assert [each.from_month for each in found.incomes] == [date(2027, 1, 1), date(2026, 9, 1)]
    november, december, january = found.runway.months[:3]
    assert (november.opening, november.due, november.closing) == (
        D("5000.00"), D("1400.00"), D("3600.00"),
    )  # fmt: skip
    assert (december.income, january.income) == (D("1000.00"), D("2000.00"))
    assert found.due.dated == D("11200.00") + D("8400.00")
    assert found.runway.unknown == D("2000.00"), "three months of £1,000 are known"


def test_what_was_paid_after_the_balance_comes_out_of_it(store: Store, make: Any) -> None:
    """Paid by the day of the balance it is not due again; paid later it is what was due."""
    make.levy_balance(date(2026, 11, 28))
    contract_id = make.contract()
    key = make.apprentice(contract_id=contract_id, **YEAR)

    def pay(on: date) -> None:
        with store.change("Pay") as session:
            payments.pay(session, contract_id, on, D("800.00"), key, PaymentKind.TRAINING)

    pay(date(2026, 11, 1))
    assert look(store).due.dated == D("11200.00"), "October's, which was due"
    pay(date(2026, 12, 2))
    assert look(store, date(2026, 12, 10)).due.dated == D("11200.00"), "November's, out of it"
    pay(date(2026, 11, 28))
    assert look(store).due.dated == D("10400.00"), "November's, paid ahead"


def test_who_is_on_no_contract_is_counted_while_it_goes_on(store: Store, make: Any) -> None:
    make.levy_balance(date(2026, 11, 28))
    make.apprentice()
    make.apprentice(ended_on=date(2026, 12, 1), outcome=Outcome.WITHDRAWN, leaving_reason="98")
    make.apprentice(ended_on=date(2026, 11, 28), outcome=Outcome.WITHDRAWN, leaving_reason="98")
    make.apprentice(contract_id=make.contract(), agreed_price=None)
    found = look(store)
    assert found.without_contract == 2
    assert found.due.unpriced == 1


def test_a_month_is_named_and_stands_for_its_first_day(store: Store, make: Any) -> None:
    make.levy_income(date(2026, 8, 31))
    (row,) = store.read(levy.income_rows)
    assert row.from_month == date(2026, 8, 1)
    assert levy.month_named(row.from_month) == "August 2026"


def test_the_days_by_which_to_spend_are_events_while_they_are_to_come(
    store: Store, make: Any
) -> None:
    assert store.read(levy_dates, TODAY, FUNDING, LEVY) == ()
    make.levy_income(date(2026, 10, 1), "1000.00")
    make.levy_balance(date(2026, 11, 28), "1500.00")
    events = store.read(levy_dates, TODAY, FUNDING, LEVY)
    assert events[0].on == date(2027, 9, 30)
    assert events[0].title == "£500.00 of the levy lapses after today"
    assert events[0].words == (
        "Keeping it takes £500.00 more than is promised, by the balance of 28 Nov 2026."
    )
    assert len({each.uid for each in events}) == len(events) == 14
    later = store.read(levy_dates, date(2027, 10, 1), FUNDING, LEVY)
    assert later == events[1:]
    make.levy_balance(date(2026, 11, 27), "0.00")
    (again, *_) = store.read(levy_dates, TODAY, FUNDING, LEVY)
    assert (again.uid, again.version) == (events[0].uid, events[0].version + 1)
