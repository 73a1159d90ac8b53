"""The money of contracts, from the desk: to the penny, and in a fixed number of queries."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Outcome
from apprentice_desk.domain.contract_money import PriceFrom
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records import apprentices, contract_prices, contracts, providers
from apprentice_desk.records.apprentices import ApprenticeDetails, Break
from apprentice_desk.records.contract_money import contract_money, money_facts
from apprentice_desk.records.contract_prices import PriceDetails

RULES = resources.funding_rules()
TODAY = date(2026, 11, 23)


def money_of(store, contract_id, on=TODAY, behind=frozenset()):
    facts = store.read(money_facts, on, contract_id)
    return contract_money(facts[contract_id], RULES, on, behind)


def price(store, contract_id, training="16000.00", assessment="2000.00", code="ST0116"):
    details = PriceDetails(code, Decimal(training), Decimal(assessment))
    with store.change("Agree a price") as session:
        return contract_prices.agree_price(session, contract_id, details)


# --- where a price comes from ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "has_price", "expected"),
    [
        ({"agreed_price": Decimal("17200.00")}, True, ("17200.00", PriceFrom.AGREED)),
        (
            {"training_price": Decimal("15000.00"), "assessment_price": Decimal("1999.99")},
            True,
            ("16999.99", PriceFrom.PARTS),
        ),
        ({"training_price": Decimal("15000.00")}, True, ("18000.00", PriceFrom.CONTRACT)),
        ({"standard_code": "ST0117"}, True, (None, PriceFrom.NOWHERE)),
        ({"standard_code": None, "course_title": "?"}, True, (None, PriceFrom.NOWHERE)),
        ({}, False, (None, PriceFrom.NOWHERE)),
    ],
)
def test_what_is_agreed_for_the_apprentice_goes_before_the_contracts_price(
    store, make, details, has_price, expected
):
    contract_id = make.contract()
    if has_price:
        price(store, contract_id)
        price(store, make.contract(), "1.00", "1.00")  # another contract's is not taken
    make.apprentice(contract_id=contract_id, **details)
    (one,) = store.read(money_facts, TODAY, contract_id)[contract_id].people
    amount, price_from = expected
    assert one.agreed.price == (None if amount is None else Decimal(amount))
    assert one.agreed.price_from is price_from


def test_who_is_on_a_contract_comes_by_name_with_the_standard(store, make):
    make.standard()
    contract_id = make.contract()
    make.apprentice(family_name="King", contract_id=contract_id, course_title="As they call it")
    make.apprentice(
        family_name="amber", contract_id=contract_id, standard_code=None, course_title="Networks"
    )
    make.apprentice(family_name="Elsewhere", contract_id=make.contract())
    make.apprentice(family_name="Nowhere")
    people = store.read(money_facts, TODAY, contract_id)[contract_id].people
    assert [(each.name, each.standard_code, each.standard_title) for each in people] == [
        ("Ada amber", "", "Networks"),
        ("Ada King", "ST0116", "Software developer"),
    ]


def test_what_is_paid_for_nobody_or_for_somebody_elsewhere_stays_with_the_contract(store, make):
    contract_id, other = make.contract(), make.contract()
    here = make.apprentice(contract_id=contract_id, agreed_price=Decimal("18000.00"))
    gone = make.apprentice(contract_id=other)
    with store.change("Pay") as session:
        contracts.pay(session, contract_id, TODAY, Decimal("100.10"), here, PaymentKind.TRAINING)
        contracts.pay(session, contract_id, TODAY, Decimal("20.02"), here)
        contracts.pay(session, contract_id, TODAY, Decimal("3.00"), gone)
        contracts.pay(session, contract_id, TODAY, Decimal("0.40"))
        contracts.pay(session, contract_id, TODAY + timedelta(days=1), Decimal("999.00"), here)
        contracts.pay(session, other, TODAY, Decimal("5.00"), here)
    money = money_of(store, contract_id)
    (one,) = money.people
    assert (one.paid, money.paid_otherwise) == (Decimal("120.12"), Decimal("3.40"))
    assert money.paid == Decimal("123.52")
    elsewhere = money_of(store, other)
    assert (elsewhere.people[0].paid, elsewhere.paid_otherwise) == (0, Decimal("5.00"))


def test_hours_that_are_behind_put_what_was_paid_at_risk(store, make):
    contract_id = make.contract(value_limit=Decimal("40000.00"))
    key = make.apprentice(contract_id=contract_id, agreed_price=Decimal("18000.00"))
    with store.change("Pay") as session:
        contracts.pay(session, contract_id, TODAY, Decimal("100.10"), key)
    assert money_of(store, contract_id).at_risk == 0
    assert money_of(store, contract_id, behind={key}).at_risk == Decimal("100.10")
    assert money_of(store, contract_id).value_limit == Decimal("40000.00")


# --- prices and payments as they are kept ---------------------------------------------------------


def test_prices_come_by_standard_with_what_the_band_is_today(store, make):
    make.standard()
    contract_id = make.contract()
    price(store, contract_id, code="ST0117")
    price(store, contract_id, "16000.00", "1200.50", code="st0116")
    price(store, make.contract())
    rows = store.read(contract_prices.price_rows, contract_id)
    assert [
        (row.standard_code, row.standard_title, row.price, row.max_funding) for row in rows
    ] == [
        ("ST0116", "Software developer", Decimal("17200.50"), Decimal("18000.00")),
        ("ST0117", "", Decimal("18000.00"), None),
    ]
    assert len(store.read(contract_prices.price_rows)) == 3


def test_a_contract_that_is_removed_takes_its_prices_along(store, make):
    contract_id = make.contract()
    price(store, contract_id)
    with store.change("Remove") as session:
        contracts.remove_contract(session, contract_id)
    assert store.read(contract_prices.price_rows) == ()


def test_a_payment_says_for_whom_and_what_for(store, make):
    contract_id = make.contract()
    key = make.apprentice(family_name="King", contract_id=contract_id)
    with store.change("Pay") as session:
        contracts.pay(
            session, contract_id, TODAY, Decimal("1.00"), key, PaymentKind.COMPLETION, " Invoice 7 "
        )
    (row,) = store.read(contracts.payment_rows, contract_id)
    assert (row.apprenticeship_id, row.apprentice_name) == (key, "Ada King")
    assert (row.kind, row.note) == (PaymentKind.COMPLETION, "Invoice 7")


# --- a whole borough ------------------------------------------------------------------------------


@dataclass
class Invented:
    """One made-up apprentice, in plain numbers: pence, and days."""

    contract: int
    pence: int
    how_priced: str
    band: int | None
    percent: int | None
    start: date
    end: date
    breaks: list[tuple[date, date | None]]
    ended: date | None
    outcome: Outcome | None
    paid: list[tuple[date, int]]


def invent(chance: random.Random, contract: int) -> Invented:
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(1400))
    end = start + timedelta(days=chance.choice((25, 240, 365, 366, 548, 700)))
    breaks: list[tuple[date, date | None]] = []
    if chance.random() < 0.3:
        first = start + timedelta(days=chance.randrange(30, 200))
        breaks.append((first, first + timedelta(days=chance.randrange(28, 120))))
        if chance.random() < 0.4:
            later = breaks[0][1] + timedelta(days=chance.randrange(1, 90))
            breaks.append((later, None))
    ended, outcome = None, None
    if chance.random() < 0.4 and not any(last is None for _, last in breaks):
        ended = start + timedelta(days=chance.choice((10, 41, 42, 90, 300, 548, 720)))
        outcome = chance.choice((Outcome.COMPLETED, Outcome.WITHDRAWN))
        breaks = [(first, last) for first, last in breaks if last is not None and last < ended]
    return Invented(
        contract=contract,
        pence=chance.choice((1, 99, 900_000, 1_540_000, 1_799_999, 2_100_000, 1_234_567)),
        how_priced=chance.choice(("agreed", "parts", "contract")),
        band=chance.choice((None, 1_500_000, 1_800_000)),
        percent=chance.choice((None, 0, 5, 25)),
        start=start,
        end=end,
        breaks=breaks,
        ended=ended,
        outcome=outcome,
        paid=[
            (start + timedelta(days=chance.randrange(700)), chance.randrange(1, 90_000))
            for _ in range(chance.randrange(12))
        ],
    )


def due_in_pence(one: Invented, on: date) -> int:
    """What is due, found by walking through every day of the calendar with whole pence."""
    above = 0 if one.band is None else max(0, one.pence - one.band)
    due = 0
    for pence in (one.pence - above, above):
        monthly = (pence * 8 + 5) // 10  # 80 %, half a penny up
        counted, passed, day = 0, 0, one.start
        moved_on = [(f, last) for f, last in one.breaks if last is not None and last < on]
        while day <= one.end:
            is_last = (day + timedelta(days=1)).day == 1
            counted += is_last and not any(f <= day <= last for f, last in moved_on)
            day += timedelta(days=1)
        if not counted:  # no last day of a month in the whole training: due at its end
            whole = monthly if one.end <= on and (one.ended is None or one.end <= one.ended) else 0
            passed, counted = (1, 1) if whole else (0, 1)
        else:
            day = one.start
            until = on if one.ended is None else min(on, one.ended)
            while day <= until and passed < counted:
                is_last = (day + timedelta(days=1)).day == 1
                is_away = any(f <= day and (last is None or day <= last) for f, last in one.breaks)
                passed += is_last and not is_away
                day += timedelta(days=1)
        part = monthly if passed == counted else passed * (monthly // counted)
        if one.ended is not None:
            if one.outcome is Outcome.COMPLETED and one.ended <= on:
                part = pence
            planned = (one.end - one.start).days + 1
            needed = 42 if planned >= 168 else 14 if planned >= 14 else 1
            if one.outcome is Outcome.WITHDRAWN and (one.ended - one.start).days + 1 < needed:
                part = 0
        due += part
    return due


def keep(store, borough, contract_ids):
    """Put the borough into the desk in one change; return the apprenticeships' keys."""
    keys = []
    with store.change("A borough") as session:
        for contract_id, pence in {
            (contract_ids[one.contract], one.pence)
            for one in borough
            if one.how_priced == "contract"
        }:
            contract_prices.agree_price(
                session,
                contract_id,
                PriceDetails(f"ST{pence % 9973:04}", Decimal(pence) / 100, Decimal("0.00")),
            )
        for turn, one in enumerate(borough):
            whole = Decimal(one.pence) / 100
            half = Decimal(one.pence // 2) / 100
            key = apprentices.enrol(
                session,
                ApprenticeDetails(
                    given_names=f"Person {turn}",
                    family_name="Made-Up",
                    standard_code=f"ST{one.pence % 9973:04}",
                    training_started_on=one.start,
                    training_planned_end_on=one.end,
                    ended_on=one.ended,
                    outcome=one.outcome,
                    contract_id=contract_ids[one.contract],
                    agreed_price=whole if one.how_priced == "agreed" else None,
                    training_price=half if one.how_priced == "parts" else None,
                    assessment_price=whole - half if one.how_priced == "parts" else None,
                    funding_band_maximum=None if one.band is None else Decimal(one.band) / 100,
                    employer_percent=one.percent,
                ),
            )
            for first, last in one.breaks:
                session.add(Break(apprenticeship_id=key, first_on=first, last_on=last))
            for day, pence in one.paid:
                contracts.pay(session, contract_ids[one.contract], day, Decimal(pence) / 100, key)
            keys.append(key)
        for contract_id in contract_ids:
            contracts.pay(session, contract_id, date(2026, 5, 1), Decimal("1234.56"))
    return keys


def pence(amount: Decimal) -> int:
    assert amount == amount.quantize(Decimal("0.01"))
    return int(amount * 100)


def test_a_made_up_borough_reconciles_to_the_penny(store, make):
    """12 providers, 30 contracts and 200 apprentices, against a walk through the calendar."""
    chance = random.Random(8)
    provider_ids = [make.provider() for _ in range(12)]
    contract_ids: list[UUID] = [
        make.contract(provider_id=provider_ids[turn % 12]) for turn in range(30)
    ]
    borough = [invent(chance, turn % 30) for turn in range(200)]
    keys = keep(store, borough, contract_ids)
    assert len(store.read(providers.provider_rows)) == 12
    behind = set(keys[::7])
    for on in (date(2024, 2, 29), date(2025, 7, 31), TODAY, date(2029, 1, 1)):
        facts = store.read(money_facts, on)
        assert len(facts) == 30
        sums = dict.fromkeys(("agreed", "above", "due", "paid", "risk", "share"), 0)
        for place, contract_id in enumerate(contract_ids):
            money = contract_money(facts[contract_id], RULES, on, behind)
            mine = [(k, one) for k, one in zip(keys, borough, strict=True) if one.contract == place]
            people = {each.id: each for each in money.people}
            assert set(people) == {key for key, _ in mine}
            agreed = above = due = risk = share = 0
            loose = 123_456 if on >= date(2026, 5, 1) else 0
            paid = loose
            for key, one in mine:
                is_due = due_in_pence(one, on)
                is_paid = sum(amount for day, amount in one.paid if day <= on)
                is_above = 0 if one.band is None else max(0, one.pence - one.band)
                assert pence(people[key].due) == is_due, (one, on)
                assert pence(people[key].paid) == is_paid
                agreed += one.pence
                above += is_above
                due += is_due
                paid += is_paid
                risk += is_paid if key in behind else max(0, is_paid - is_due)
                if one.band is not None and one.percent is not None:
                    share += ((one.pence - is_above) * one.percent * 2 + 100) // 200
            assert pence(money.agreed) == agreed
            assert pence(money.above_band) == above
            assert money.agreed == money.within_band + money.above_band + money.band_unknown
            assert pence(money.due) == due
            assert pence(money.paid) == paid
            assert pence(money.difference) == due - paid
            assert pence(money.at_risk) == risk
            assert pence(money.employer_share) == share
            for name, amount in zip(sums, (agreed, above, due, paid, risk, share), strict=True):
                sums[name] += amount
        assert all(sums.values()), sums  # or the borough would prove nothing
    shown = store.read(contracts.contract_rows, TODAY)
    assert sum(row.paid_to_date for row in shown) == sum(
        contract_money(each, RULES, TODAY).paid for each in store.read(money_facts, TODAY).values()
    )


def test_the_money_of_all_contracts_is_read_in_a_fixed_number_of_queries(store, make):
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    counts = []
    for _ in range(2):
        for _ in range(3):
            contract_id = make.contract()
            price(store, contract_id)
            make.payment(contract_id)
            make.apprentice(contract_id=contract_id)
        asked.clear()
        event.listen(Engine, "before_cursor_execute", note)
        store.read(money_facts, TODAY)
        event.remove(Engine, "before_cursor_execute", note)
        counts.append(sum(each.lstrip().startswith("SELECT") for each in asked))
    assert counts == [5, 5]
