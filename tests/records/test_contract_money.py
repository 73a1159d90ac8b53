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
from apprentice_desk.domain.contract_money import PriceFor, PriceFrom
from apprentice_desk.domain.needs_of_payments import Unpaid
from apprentice_desk.domain.vocabulary import PaymentKind
from apprentice_desk.records import (
    apprentices,
    contract_prices,
    contracts,
    payments,
    programme_changes,
    programmes,
    providers,
)
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.contract_money import contract_money, money_facts, unpaid
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
        payments.pay(session, contract_id, TODAY, Decimal("100.10"), here, PaymentKind.TRAINING)
        payments.pay(session, contract_id, TODAY, Decimal("20.02"), here)
        payments.pay(session, contract_id, TODAY, Decimal("3.00"), gone)
        payments.pay(session, contract_id, TODAY, Decimal("0.40"))
        payments.pay(session, contract_id, TODAY + timedelta(days=1), Decimal("999.00"), here)
        payments.pay(session, other, TODAY, Decimal("5.00"), here)
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
        payments.pay(session, contract_id, TODAY, Decimal("100.10"), key)
    assert money_of(store, contract_id).at_risk == 0
    assert money_of(store, contract_id, behind={key}).at_risk == Decimal("100.10")
    assert money_of(store, contract_id).value_limit == Decimal("40000.00")


def test_what_is_due_and_not_recorded_is_said_of_contracts_with_payments(store, make):
    """Fifteen months at £600.00 are due by 30 November 2026; nobody asks of the third contract."""
    first, second = make.contract(reference="B"), make.contract(reference="A")
    third = make.contract()
    people = {}
    for key in (first, second, third):
        price = Decimal("18000.00")
        people[key] = make.apprentice(contract_id=key, agreed_price=price)
    on = date(2026, 11, 30)
    assert store.read(unpaid, on, RULES) == ()
    paid = Decimal("9000.00")
    with store.change("Pay") as session:
        payments.pay(session, first, date(2026, 1, 31), Decimal("100.00"), people[first])
        payments.pay(session, second, date(2026, 1, 31), paid, people[second])
    assert store.read(unpaid, on, RULES) == (
        Unpaid(first, "B", Decimal("8900.00"), date(2026, 11, 30), 1),
    )
    day_after = date(2026, 12, 31)
    assert [(each.reference, each.amount) for each in store.read(unpaid, day_after, RULES)] == [
        ("A", Decimal("600.00")), ("B", Decimal("9500.00")),
    ]  # fmt: skip
    with store.change("Pay for nobody in particular") as session:
        payments.pay(session, first, on, Decimal("8900.00"))
        payments.pay(session, third, on, Decimal("1.00"), people[third], PaymentKind.REFUND)
    assert [each.reference for each in store.read(unpaid, on, RULES)] == [
        store.read(lambda s: s.get(contracts.Contract, third).reference)
    ]
    assert store.read(unpaid, date(2025, 9, 29), RULES) == (), "money came back, none was due"


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
        payments.pay(
            session, contract_id, TODAY, Decimal("1.00"), key, PaymentKind.COMPLETION, " Invoice 7 "
        )
    (row,) = store.read(contracts.payment_rows, contract_id)
    assert (row.apprenticeship_id, row.apprentice_name) == (key, "Ada King")
    assert (row.kind, row.note) == (PaymentKind.COMPLETION, "Invoice 7")
    assert row.paid == Decimal("1.00")
    details = payments.PaymentDetails(
        contract_id, TODAY, Decimal("1.00"), key, PaymentKind.REFUND, "It came back"
    )
    with store.change("Correct") as session:
        payments.correct_payment(session, row.id, details)
    (row,) = store.read(contracts.payment_rows, contract_id)
    assert row.paid == Decimal("-1.00")


# --- a whole borough ------------------------------------------------------------------------------


@dataclass
class Invented:
    """One made-up apprentice, in plain numbers: pence, and days; the last two ends may be open.

    *ends* are the ends planned later, by the day from which they hold; a return is among them
    with the end as it is planned then.  *change* is the day, contract and price of another one.
    """

    contract: int
    pence: int
    how_priced: str
    band: int | None
    percent: int | None
    start: date
    end: date
    breaks: list[tuple[date, date | None]]
    ends: dict[date, date]
    change: tuple[date, int | None, int | None] | None
    ended: date | None
    outcome: Outcome | None
    paid: list[tuple[date, int, int]]


def later(chance: random.Random, day: date, least: int, most: int) -> date:
    return day + timedelta(days=chance.randrange(least, most))


def invent(chance: random.Random, contract: int) -> Invented:
    start = later(chance, date(2023, 1, 1), 0, 1400)
    end = start + timedelta(days=chance.choice((25, 240, 365, 366, 548, 700)))
    one = Invented(
        contract=contract,
        pence=chance.choice((1, 99, 900_000, 1_540_000, 1_799_999, 2_100_000, 1_234_567)),
        how_priced=chance.choice(("agreed", "parts", "contract")),
        band=chance.choice((None, 1_500_000, 1_800_000)),
        percent=chance.choice((None, 0, 5, 25)),
        start=start,
        end=end,
        breaks=[],
        ends={},
        change=None,
        ended=None,
        outcome=None,
        paid=[],
    )
    day = later(chance, start, 20, 150)
    for what in chance.choices(("break", "prolong", "change", "nothing"), k=4):
        day = later(chance, day, 1, 90)
        if what == "break":
            last = later(chance, day, 27, 120)
            one.breaks.append((day, last))
            day = last + timedelta(days=1)
            end = end + (day - one.breaks[-1][0]) * chance.choice((0, 0, 1, 2))
            one.ends[day] = end
        elif what == "prolong":
            end = end + timedelta(days=chance.choice((-20, 1, 31, 200)))
            one.ends[day] = max(end, start)
            end = one.ends[day]
        elif what == "change" and one.change is None:
            same = None if one.how_priced == "contract" else one.pence
            price = chance.choice((same, 700_003, None))
            others = [other for other in range(30) if other != contract]
            one.change = day, chance.choice((*others, None)), price
    if chance.random() < 0.2:
        one.breaks.append((later(chance, day, 1, 90), None))
    elif chance.random() < 0.5:
        one.ended = max(
            later(chance, day, 1, 30), start + timedelta(days=chance.choice((10, 42, 300, 720)))
        )
        one.outcome = chance.choice((Outcome.COMPLETED, Outcome.WITHDRAWN))
    elif chance.random() < 0.3:  # nothing else has happened before an early end
        one.breaks, one.ends, one.change = [], {}, None
        one.ended = start + timedelta(days=chance.choice((10, 40, 41, 42)))
        one.outcome = Outcome.WITHDRAWN
    for _ in range(chance.randrange(12)):
        paid_on = later(chance, start, 0, 700)
        moved = one.change is not None and paid_on >= one.change[0]
        whose = one.change[1] if moved and one.change is not None else contract
        if whose is not None:
            one.paid.append((paid_on, chance.randrange(1, 90_000), whose))
    return one


def is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def split(whole: int, band: int | None) -> list[list[int]]:
    """What is for months and what for the completion, in pence: within the band and above it."""
    above = 0 if band is None else max(0, whole - band)
    parts = []
    for amount in (whole - above, above):
        months = (amount * 8 + 5) // 10  # 80 %, half a penny up
        parts.append([months, amount - months])
    return parts


def stayed_long_enough(one: Invented, last: date) -> bool:
    planned = (one.end - one.start).days + 1
    needed = 42 if planned >= 168 else 14 if planned >= 14 else 1
    return (last - one.start).days + 1 >= needed


@dataclass
class Earned:
    """What one contract owes for somebody in the end: days with pence within and above the band."""

    days: list[tuple[date, int, int]]
    price: int | None
    above: int
    is_band_known: bool


def live(one: Invented) -> list[Earned]:
    """Walk through every day of somebody's training with whole pence; one turn for a contract."""
    turns = [
        Earned([], one.pence, max(0, one.pence - (one.band or one.pence)), one.band is not None)
    ]
    left = split(one.pence, one.band)
    goes_on = one.change is not None and one.how_priced != "contract" and one.change[2] == one.pence
    end, day, months, at_the_end = one.end, one.start, 0, False
    while day < date(2031, 1, 1) and (one.ended is None or day <= one.ended):
        anew = day == one.start or day in one.ends
        end = one.ends.get(day, end)
        if one.change is not None and day == one.change[0]:
            anew = True
            other_provider = one.change[1] is None or one.change[1] % 12 != one.contract % 12
            if other_provider and not stayed_long_enough(one, day - timedelta(days=1)):
                for _, within, above in turns[0].days:
                    left[0][0] += within
                    left[1][0] += above
                turns[0].days.clear()
            if goes_on:
                had = [sum(each[place] for each in turns[0].days) for place in (1, 2)]
                turns[0].price, before = sum(had), turns[0].above
                turns[0].above = had[1]
                turns.append(
                    Earned([], one.pence - sum(had), before - had[1], one.band is not None)
                )
            else:
                turns.append(Earned([], one.change[2], 0, False))
                left = split(one.change[2] or 0, None)
        away = [
            last for first, last in one.breaks if first <= day and (last is None or day <= last)
        ]
        if anew and not away:
            months, at_the_end, ahead = 0, False, day
            while ahead <= end:
                months += is_last_of_month(ahead)
                ahead += timedelta(days=1)
            if not months:
                months, at_the_end = 1, True
            rates = [part[0] // months for part in left]
        is_due = day <= end and (day == end if at_the_end else is_last_of_month(day))
        if is_due and not away:
            amounts = [p[0] if months == 1 else r for p, r in zip(left, rates, strict=True)]
            for part, amount in zip(left, amounts, strict=True):
                part[0] -= amount
            turns[-1].days.append((day, amounts[0], amounts[1]))
        months -= is_due
        if day == one.ended and one.outcome is Outcome.COMPLETED:
            turns[-1].days.append((day, sum(left[0]), sum(left[1])))
        day += timedelta(days=1)
    is_gone = one.outcome is Outcome.WITHDRAWN and one.ended is not None
    if is_gone and not stayed_long_enough(one, one.ended):
        turns[-1].days.clear()
    return turns


def keep(store, borough, contract_ids, provider_ids):
    """Put the borough into the desk in one change, as it happened; return the keys."""
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
            details = ApprenticeDetails(
                given_names=f"Person {turn}",
                family_name="Made-Up",
                standard_code=f"ST{one.pence % 9973:04}",
                training_started_on=one.start,
                training_planned_end_on=one.end,
                provider_id=provider_ids[one.contract % 12],
                contract_id=contract_ids[one.contract],
                agreed_price=(
                    whole + is_put_right(one) * Decimal("170.01")
                    if one.how_priced == "agreed"
                    else None
                ),
                training_price=half if one.how_priced == "parts" else None,
                assessment_price=whole - half if one.how_priced == "parts" else None,
                funding_band_maximum=None if one.band is None else Decimal(one.band) / 100,
                employer_percent=one.percent,
            )
            key = apprentices.enrol(session, details)
            happen(session, key, one, contract_ids, provider_ids)
            for day, pence, whose in one.paid:
                payments.pay(session, contract_ids[whose], day, Decimal(pence) / 100, key)
            keys.append(key)
        for contract_id in contract_ids:
            payments.pay(session, contract_id, date(2026, 5, 1), Decimal("1240.00"))
            payments.pay(
                session, contract_id, date(2026, 5, 2), Decimal("5.44"), kind=PaymentKind.REFUND
            )
    return keys


def is_put_right(one):
    """Whether the price was typed wrongly, and put right after the change, as that of the whole."""
    is_as_before = one.change is not None and one.change[2] == one.pence
    return is_as_before and one.how_priced == "agreed"


def happen(session, key, one, contract_ids, provider_ids):
    """Record what happened to somebody, in its order, by the commands that people use."""
    returns = {last + timedelta(days=1): first for first, last in one.breaks if last is not None}
    days = {*one.ends, *(first for first, _ in one.breaks)}
    end = one.end
    for day in sorted(days | ({one.change[0]} if one.change else set())):
        if day in returns:
            planned = None if one.ends[day] == end else one.ends[day]
            programmes.resume(session, key, day - timedelta(days=1), planned)
            end = one.ends[day]
        elif day in one.ends:
            if one.ends[day] != end:
                programme_changes.change_planned_end(session, key, day, one.ends[day])
            end = one.ends[day]
        if any(first == day for first, _ in one.breaks):
            programmes.start_break(session, key, day)
        if one.change is not None and one.change[0] == day:
            _, place, price = one.change
            provider = provider_ids[11 if place is None else place % 12]
            contract = None if place is None else contract_ids[place]
            programme_changes.change_provider(session, key, day, provider, contract, "Moved")
            found = apprentices.record_of(session, key)
            if price != one.pence or one.how_priced == "contract":
                found.training_price = found.assessment_price = None
                found.agreed_price = None if price is None else Decimal(price) / 100
                found.price_is_for = PriceFor.REST
            elif is_put_right(one):
                found.agreed_price = Decimal(one.pence) / 100  # it was wrong from the start
                found.price_is_for = PriceFor.WHOLE
    if one.outcome is Outcome.COMPLETED:
        programmes.complete(session, key, one.ended)
    elif one.outcome is Outcome.WITHDRAWN:
        programmes.withdraw(session, key, one.ended, "98")


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
    assert sum(one.change is not None for one in borough) > 50
    assert sum(map(is_put_right, borough)) > 3
    assert sum(len(one.breaks) > 1 for one in borough) > 20
    assert sum(one.outcome is Outcome.WITHDRAWN for one in borough) > 30
    keys = keep(store, borough, contract_ids, provider_ids)
    assert len(store.read(providers.provider_rows)) == 12
    behind = set(keys[::7])
    lives = [live(one) for one in borough]
    for on in (date(2024, 2, 29), date(2025, 7, 31), TODAY, date(2029, 1, 1)):
        facts = store.read(money_facts, on)
        assert len(facts) == 30
        sums = dict.fromkeys(("agreed", "above", "due", "paid", "risk", "share", "unsure"), 0)
        unknown = 0
        for place, contract_id in enumerate(contract_ids):
            money = contract_money(facts[contract_id], RULES, on, behind)
            people = {each.id: each for each in money.people}
            mine = []
            for key, one, turns in zip(keys, borough, lives, strict=True):
                if one.contract == place:
                    mine.append((key, one, turns[0]))
                elif one.change is not None and one.change[1] == place:
                    mine.append((key, one, turns[1]))
            assert set(people) == {key for key, _, _ in mine}
            loose = 123_456 if on >= date(2026, 5, 2) else 0
            agreed = above = due = risk = share = unsure = owed = 0
            paid = loose
            for key, one, turn in mine:
                is_paid = sum(
                    amount for day, amount, whose in one.paid if day <= on and whose == place
                )
                assert pence(people[key].paid) == is_paid
                paid += is_paid
                if turn.price is None:
                    assert people[key].due is None, one
                    assert people[key].price is None
                    risk += is_paid if key in behind else 0
                    unsure += 0 if key in behind else is_paid
                    unknown += 1
                    continue
                is_due = sum(w + a for day, w, a in turn.days if day <= on)
                assert people[key].due is not None, one
                assert pence(people[key].due) == is_due, (one, on)
                assert pence(people[key].price) == turn.price, one
                agreed += turn.price
                above += turn.above
                due += is_due
                owed += is_due - is_paid
                risk += is_paid if key in behind else max(0, is_paid - is_due)
                if turn.is_band_known and one.percent is not None:
                    share += ((turn.price - turn.above) * one.percent * 2 + 100) // 200
            assert pence(money.agreed) == agreed
            assert pence(money.above_band) == above
            assert money.agreed == money.within_band + money.above_band + money.band_unknown
            assert pence(money.due) == due
            assert pence(money.paid) == paid
            assert pence(money.difference) == owed - loose
            assert pence(money.at_risk) == risk
            assert pence(money.risk_unknown) == unsure + loose
            assert pence(money.employer_share) == share
            found = (agreed, above, due, paid, risk, share, unsure)
            for name, amount in zip(sums, found, strict=True):
                sums[name] += amount
        assert all(sums.values()), sums  # or the borough would prove nothing
        assert unknown > 10
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
    assert counts == [6, 6]
