"""What documents are told of a contract and its provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.documents.contract_facts import facts_of_contract
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.fields import FIELDS, keep, unkeep
from apprentice_desk.documents.procurement_facts import Facts
from apprentice_desk.documents.subjects import GIVEN
from apprentice_desk.domain.vocabulary import DataRole, Measure, NoticeUnit, SubjectKind
from apprentice_desk.records import contract_measures, contract_prices
from apprentice_desk.records.contract_overview import contract_overview
from apprentice_desk.records.standards import standard_rows
from apprentice_desk.records.store import Store

OF_RUNNING = frozenset(
    {
        "contract_runs_to_on", "apprentices_on_contract", "apprentices_in_training",
        "quarter_called", "measures_beside", "measures_made_of", "measures_missed",
        "measures_missed_twice", "is_all_well", "was_measured", "reviews_overdue",
    }
)  # fmt: skip
"""What is told of a contract while it runs; test_contract_running_facts is about these."""


def facts_of(store: Store, key: UUID, **changed: Any) -> Facts:
    found = store.read(contract_overview, key)
    assert found is not None
    return facts_of_contract(
        replace(found, **changed),
        store.read(contract_prices.price_rows, key),
        store.read(contract_measures.agreed_measures, key),
        {row.code: row for row in store.read(standard_rows)},
        resources.funding_rules(),
    )


@pytest.fixture
def key(store: Store, make: Any) -> UUID:
    """A contract of which everything is known that documents tell."""
    make.standard()
    found: UUID = make.contract(
        reference="EXB-1", framework="Framework 9", standard_codes="ST0116",
        framework_ends_on=date(2028, 10, 27), call_off_reference="C-9", notices="2026/S 1",
        lots="1", starts_on=date(2026, 9, 1), ends_on=date(2028, 8, 31),
        extension_to_on=date(2029, 8, 31),
        notice_count=3, notice_unit=NoticeUnit.MONTHS, data_role=DataRole.CONTROLLER,
        is_open_to_joint_buying=False, looked_after_by="Grace",
    )  # fmt: skip
    make.extension(found, date(2029, 2, 28), decide_by_on=date(2028, 6, 1))
    make.extension(found, date(2029, 8, 31))
    with store.change("Agree") as session:
        contract_prices.agree_price(
            session,
            found,
            contract_prices.PriceDetails("ST0116", Decimal("15000.00"), Decimal("2000.00")),
        )
        for measure, percent in ((Measure.REVIEWS_ON_TIME, 95), (Measure.WITHDRAWALS, 10)):
            contract_measures.agree_measure(
                session, found, measure, contract_measures.AgreedDetails(percent)
            )
    return found


def test_every_field_that_a_contract_can_tell_is_told_when_all_is_known(
    store: Store, key: UUID
) -> None:
    facts = facts_of(store, key)
    assert facts.keys() == GIVEN[SubjectKind.CONTRACT] - OF_RUNNING
    for name, value in facts.items():
        assert unkeep(FIELDS[name], keep(FIELDS[name], value)) == value, name
    assert facts["extensions"] == (
        "to 28 Feb 2029, to be taken up by 1 Jun 2028",
        "to 31 Aug 2029",
    )
    assert facts["notice_period"] == "3 months"
    prices, measures = facts["prices"], facts["measures"]
    assert isinstance(prices, TableValue)
    assert prices.rows == (
        ("Software developer, level 4 (ST0116)", "£15,000.00", "£2,000.00", "£17,000.00"),
    )
    assert isinstance(measures, TableValue)
    assert [row[1] for row in measures.rows] == ["at least 95%", "at most 10%"] or [
        row[1] for row in measures.rows
    ] == ["at most 10%", "at least 95%"]
    assert facts["prices_above_band"] is False
    assert (facts["monthly_share"], facts["completion_share"]) == ("80%", "20%")


def test_what_a_contract_does_not_say_is_left_out(store: Store, make: Any) -> None:
    key = make.contract(starts_on=None, ends_on=None, value_limit=None, regime=None, route=None)
    assert facts_of(store, key).keys() == {
        "contract_reference", "contract_title", "provider_name", "provider_ukprn",
    }  # fmt: skip


def test_standards_are_those_of_the_prices_where_the_contract_names_none(
    store: Store, key: UUID
) -> None:
    assert facts_of(store, key, standard_codes=())["standards"] == (
        "Software developer, level 4 (ST0116)",
    )


def price(store: Store, key: UUID, code: str, training: str) -> None:
    with store.change("Agree a price") as session:
        contract_prices.agree_price(
            session, key, contract_prices.PriceDetails(code, Decimal(training), Decimal(0))
        )


def test_a_price_above_its_band_is_said_once_every_band_is_known(store: Store, make: Any) -> None:
    make.standard()
    key = make.contract()
    price(store, key, "ST0116", "18000.01")
    assert facts_of(store, key)["prices_above_band"] is True
    price(store, key, "ST0795", "1.00")
    facts = facts_of(store, key)
    assert "prices_above_band" not in facts
    prices = facts["prices"]
    assert isinstance(prices, TableValue)
    assert [row[0] for row in prices.rows] == ["Software developer, level 4 (ST0116)", "ST0795"]


@pytest.mark.parametrize("starts_on", [date(1990, 1, 1), None])
def test_shares_that_no_rule_tells_are_left_out(
    store: Store, key: UUID, starts_on: date | None
) -> None:
    found = store.read(contract_overview, key)
    assert found is not None
    facts = facts_of(store, key, term=replace(found.term, starts_on=starts_on))
    assert not facts.keys() & {"monthly_share", "completion_share"}


def test_shares_that_differ_by_course_are_left_out(store: Store, key: UUID) -> None:
    """A sentence about "the share" would be wrong for one of the courses."""
    rules = resources.funding_rules()
    other = [each.code_begins for each in rules.other_profiles]
    assert other
    facts = facts_of(store, key, standard_codes=("ST0116", f"{other[0]}0001"))
    assert "monthly_share" not in facts
