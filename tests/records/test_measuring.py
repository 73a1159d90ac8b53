"""What measures are worked out from: all facts, each with its own provider, in eight queries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from apprentice_desk.domain.apprenticeship import Outcome, Status
from apprentice_desk.domain.calendar import Period, Quarter
from apprentice_desk.domain.contract_money import PriceFor
from apprentice_desk.domain.hours_rules import HoursRules
from apprentice_desk.domain.measures import ReviewDays, all_time, measured, quarter_span
from apprentice_desk.domain.vocabulary import Measure
from apprentice_desk.records import (
    apprentices,
    contract_prices,
    learning,
    measuring,
    programme_changes,
    programmes,
)
from apprentice_desk.records.contract_prices import PriceDetails
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.records.store import Store
from records.acting import changing

TODAY = date(2026, 9, 1)
GO = date(2026, 3, 16)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    ran: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            ran.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


def by_contract(store: Store, rules: HoursRules, contract_id: UUID) -> Any:
    return store.read(measuring.measured_by_contract, TODAY, rules, contract_id)


def by_provider(store: Store, rules: HoursRules) -> Any:
    return store.read(measuring.measured_by_provider, TODAY, rules)


@pytest.mark.parametrize("people", [0, 1, 9])
def test_it_takes_as_many_queries_whatever_the_number(
    store: Store, make: Any, rules: HoursRules, statements: list[str], people: int
) -> None:
    contract_id = make.contract()
    provider_id = make.provider()
    for _ in range(people):
        someone = make.apprentice(contract_id=contract_id, provider_id=provider_id)
        make.hours(someone, done_on=date(2026, 8, 20))
        make.review(someone)
        make.activity(someone)
        make.apprentice(provider_id=make.provider())
    statements.clear()
    assert len(by_contract(store, rules, contract_id)) == people
    assert len(statements) == 8
    statements.clear()
    assert len(by_provider(store, rules)) == (people and people + 1)
    assert len(statements) == 8


def test_every_fact_of_an_apprenticeship_is_read(
    store: Store, make: Any, rules: HoursRules
) -> None:
    contract_id, provider_id = make.contract(), make.provider()
    someone = make.apprentice(
        given_names="Ada", family_name="King", contract_id=contract_id, provider_id=provider_id,
        agreed_price=Decimal("15000.50"), agreed_minutes=36_000,
    )  # fmt: skip
    changing(store, lambda s: programmes.start_break(s, someone, date(2026, 4, 6), "Illness"))
    changing(store, lambda s: programmes.resume(s, someone, date(2026, 5, 3)))
    for day in (date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 2)):
        make.hours(someone, done_on=day, minutes=60)
    make.hours(someone, done_on=date(2026, 6, 2), minutes=500, counts=False)
    make.review(someone, due_on=date(2026, 3, 1), held_on=date(2026, 3, 2))
    make.activity(someone, planned_minutes=300, due_on=date(2026, 8, 31))
    make.activity(someone, planned_minutes=400, due_on=None)
    dropped = make.activity(someone, planned_minutes=700, due_on=date(2026, 8, 1))
    changing(store, lambda s: learning.drop_activity(s, dropped))
    (row,) = by_contract(store, rules, contract_id)
    assert (row.id, row.name, row.contract_id) == (someone, "Ada King", contract_id)
    assert (row.provider_id, row.price) == (provider_id, Decimal("15000.50"))
    assert row.status is Status.LIVE
    assert row.is_here
    trained = row.trained
    assert trained.course.breaks == (Period(date(2026, 4, 6), date(2026, 5, 3)),)
    assert trained.required_minutes == 36_000
    assert sorted(trained.logged) == [(date(2026, 6, 1), 120), (date(2026, 7, 1), 60)]
    assert trained.planned == ((date(2026, 8, 31), 300),)
    assert trained.reviews == (ReviewDays(date(2026, 3, 1), date(2026, 3, 2)),)
    assert (trained.from_on, trained.to_on) == (None, None)


def test_the_price_is_the_typed_one_else_the_contracts_for_a_whole_training(
    store: Store, make: Any, rules: HoursRules
) -> None:
    """Who came from another provider has no price while none is typed for what was left."""
    contract_id = make.contract()
    other = make.contract()
    details = PriceDetails("ST0116", Decimal("16000.00"), Decimal("2000.01"))
    cheaper = replace(details, assessment_price=Decimal("0.00"))
    changing(store, lambda s: contract_prices.agree_price(s, contract_id, details))
    changing(store, lambda s: contract_prices.agree_price(s, other, cheaper))
    make.apprentice(family_name="A", contract_id=contract_id)
    make.apprentice(family_name="B", contract_id=contract_id, agreed_price=Decimal("17000.00"))
    make.apprentice(
        family_name="C", contract_id=contract_id, training_price=Decimal("1.00"),
        assessment_price=Decimal("2.00"),
    )  # fmt: skip
    make.apprentice(family_name="D", contract_id=contract_id, standard_code="ST0117")
    came = make.apprentice(family_name="E", contract_id=other)
    provider_id = store.read(lambda s: s.get(Contract, contract_id).provider_id)
    changing(
        store,
        lambda s: programme_changes.change_provider(
            s, came, date(2026, 5, 1), provider_id, contract_id
        ),
    )
    rows = by_contract(store, rules, contract_id)
    assert [row.price for row in rows] == [
        Decimal("18000.01"), Decimal("17000.00"), Decimal("3.00"), None, None,
    ]  # fmt: skip
    (was,) = by_contract(store, rules, other)
    assert was.price is None, "the price of where somebody is now is not that of before"


@pytest.mark.parametrize(
    ("price", "is_for", "is_of_the_whole"),
    [("17000.00", None, True), ("9000.00", None, False), ("9000.00", PriceFor.REST, False),
     ("18000.00", PriceFor.WHOLE, True), ("17000.00", PriceFor.REST, False)],
)  # fmt: skip
def test_a_price_for_what_was_left_is_none_of_the_whole_training(
    store: Store,
    make: Any,
    rules: HoursRules,
    price: str,
    is_for: PriceFor | None,
    is_of_the_whole: bool,
) -> None:
    """Divided by the hours of the whole training it would make the provider look cheap."""
    old, new = make.provider(), make.provider()
    someone = make.apprentice(provider_id=old, agreed_price=Decimal("17000.00"))
    moved(store, someone, new, None, GO)

    def agree(session: Any) -> None:
        found = apprentices.record_of(session, someone)
        found.agreed_price, found.price_is_for = Decimal(price), is_for

    changing(store, agree)
    found = by_provider(store, rules)
    wanted = Decimal(price) if is_of_the_whole else None
    assert [row.price for key in (old, new) for row in found[key]] == [wanted, wanted]


def test_what_is_not_known_stays_so(store: Store, make: Any, rules: HoursRules) -> None:
    contract_id = make.contract()
    make.apprentice(
        contract_id=contract_id, provider_id=None, training_started_on=None, weekly_minutes=None,
        agreed_minutes=None, agreed_price=None,
    )  # fmt: skip
    (row,) = by_contract(store, rules, contract_id)
    assert (row.provider_id, row.price) == (None, None)
    assert (row.trained.required_minutes, row.trained.planned) == (None, None)
    assert by_provider(store, rules) == {}


def moved(store: Store, key: UUID, provider_id: UUID, contract_id: UUID | None, on: date) -> None:
    changing(
        store,
        lambda s: programme_changes.change_provider(s, key, on, provider_id, contract_id),
    )


def test_who_changed_provider_is_measured_once_for_each(
    store: Store, make: Any, rules: HoursRules
) -> None:
    old, new = make.provider(), make.provider()
    before = make.contract(provider_id=old)
    after = make.contract(provider_id=new)
    someone = make.apprentice(provider_id=old, contract_id=before, agreed_minutes=36_500)
    for day in (GO - timedelta(days=1), GO, date(2026, 8, 3)):
        make.hours(someone, done_on=day, minutes=60)
    moved(store, someone, new, after, GO)
    found = by_provider(store, rules)
    (with_old,), (with_new,) = found[old], found[new]
    assert (with_old.trained.from_on, with_old.trained.to_on) == (None, GO - timedelta(days=1))
    assert (with_new.trained.from_on, with_new.trained.to_on) == (GO, None)
    assert (with_old.is_here, with_new.is_here) == (False, True)
    assert (with_old.contract_id, with_new.contract_id) == (before, after)
    assert by_contract(store, rules, before) == (with_old,)
    assert by_contract(store, rules, after) == (with_new,)
    hours = [
        measured([row.trained], all_time(TODAY), 84)[Measure.HOURS_TO_PLAN].count
        for row in (with_old, with_new)
    ]
    assert hours == [60, 120], "the month of the change is shared out by days"


def test_another_contract_of_the_same_provider_is_the_same_provider(
    store: Store, make: Any, rules: HoursRules
) -> None:
    provider_id = make.provider()
    first, second = (make.contract(provider_id=provider_id) for _ in range(2))
    someone = make.apprentice(provider_id=provider_id, contract_id=first)
    moved(store, someone, provider_id, second, GO)
    (row,) = by_provider(store, rules)[provider_id]
    assert (row.contract_id, row.trained.from_on, row.trained.to_on) == (second, None, None)
    (under_first,) = by_contract(store, rules, first)
    (under_second,) = by_contract(store, rules, second)
    assert (under_first.trained.to_on, under_second.trained.from_on) == (
        GO - timedelta(days=1), GO,
    )  # fmt: skip


def test_whoever_goes_back_to_a_provider_is_measured_for_both_stays(
    store: Store, make: Any, rules: HoursRules
) -> None:
    one, other = make.provider(), make.provider()
    someone = make.apprentice(provider_id=one, contract_id=None)
    moved(store, someone, other, None, GO)
    moved(store, someone, one, None, date(2026, 6, 1))
    first, second = by_provider(store, rules)[one]
    spans = {(row.trained.from_on, row.trained.to_on) for row in (first, second)}
    assert spans == {(None, GO - timedelta(days=1)), (date(2026, 6, 1), None)}


def test_the_figures_of_a_contract_come_out_of_the_file(
    store: Store, make: Any, rules: HoursRules
) -> None:
    contract_id = make.contract()
    start = date(2026, 1, 5)
    keys = [
        make.apprentice(
            contract_id=contract_id, training_started_on=start, agreed_minutes=54_600,
            training_planned_end_on=date(2027, 7, 4), weekly_minutes=2220,
        )
        for _ in range(3)
    ]  # fmt: skip
    for key, held in zip(keys, (date(2026, 3, 27), date(2026, 4, 2), None), strict=True):
        make.review(key, due_on=date(2026, 3, 30), held_on=held)
    changing(store, lambda s: programmes.withdraw(s, keys[2], date(2026, 5, 1), "3"))
    rows = by_contract(store, rules, contract_id)
    span = quarter_span(Quarter.parse("2025-26 Q4"), TODAY)
    values = measured([row.trained for row in rows], span, 84)
    assert (values[Measure.REVIEWS_ON_TIME].count, values[Measure.REVIEWS_ON_TIME].of) == (1, 3)
    assert (values[Measure.FIRST_REVIEW].count, values[Measure.FIRST_REVIEW].of) == (1, 3)
    assert values[Measure.HOURS_TO_PLAN].of == 3 * round(54_600 * 86 / 546)
    span = quarter_span(Quarter.parse("2026-27 Q1"), TODAY)
    values = measured([row.trained for row in rows], span, 84)
    assert (values[Measure.WITHDRAWALS].count, values[Measure.WITHDRAWALS].of) == (1, 3)
    assert values[Measure.KEPT_TO_COMPLETION].of == 1
    assert rows[0].trained.course.outcome in (None, Outcome.WITHDRAWN)


def test_hours_of_all_providers_reconcile_with_how_everybody_stands(
    store: Store, make: Any, rules: HoursRules
) -> None:
    """The list of apprentices works its figures out by another query and another way."""
    chance = random.Random(20260901)
    held_by = [make.provider() for _ in range(4)]
    for number in range(24):
        start = date(2024, 9, 1) + timedelta(days=chance.randrange(600))
        someone = make.apprentice(
            provider_id=chance.choice(held_by), training_started_on=start,
            training_planned_end_on=start + timedelta(days=chance.randrange(300, 900)),
            agreed_minutes=chance.choice((None, 20_000, 41_204)),
        )  # fmt: skip
        for _ in range(chance.randrange(6)):
            day = start + timedelta(days=chance.randrange(700))
            make.hours(someone, done_on=day, minutes=chance.randrange(1, 600),
                       counts=chance.random() < 0.8)  # fmt: skip
        for _ in range(chance.choice((0, 0, 3))):
            due_on = start + timedelta(days=chance.randrange(900))
            make.activity(someone, planned_minutes=chance.randrange(60, 900), due_on=due_on)
        if number % 3 == 0 and start < date(2026, 3, 1):
            changing(store, lambda s, k=someone: programmes.start_break(s, k, date(2026, 4, 1)))
        elif number % 5 == 0 and start < date(2026, 3, 1):
            moved(store, someone, make.provider(), None, date(2026, 5, 20))
    known = [
        row
        for row in store.read(apprentice_rows, TODAY, rules, {})
        if row.figures.planned_to_date_minutes is not None
        and row.course.training_started_on is not None
        and row.course.training_started_on <= TODAY
    ]
    values = [
        measured([row.trained for row in rows], all_time(TODAY), 84)[Measure.HOURS_TO_PLAN]
        for rows in by_provider(store, rules).values()
    ]
    assert len(known) > 12
    assert sum(value.count for value in values) == sum(row.figures.logged_minutes for row in known)
    assert sum(value.of for value in values) == sum(
        row.figures.planned_to_date_minutes for row in known
    )
