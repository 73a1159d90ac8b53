"""The contract that a procurement ends in: what it begins with, and when it may be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.procuring import BidderStanding, Stage
from apprentice_desk.domain.vocabulary import Regime, Route
from apprentice_desk.records import (
    contract_prices,
    contracts,
    procurement_decisions,
    procurement_items,
    procurements,
)
from apprentice_desk.records.procurement_decisions import contract_from
from apprentice_desk.records.procurement_details import BidPriceDetails
from apprentice_desk.records.procurement_outcomes import FollowUpDetails
from procured import DECIDED, DETAILS, TODAY, TOLD, procured
from records.acting import changing
from records.procuring import HOLIDAYS, RULES, contract_made, overview, standing, tell


@pytest.fixture
def made(make):
    return procured(make)


def test_the_contract_begins_with_what_is_known_and_takes_the_prices_over(store, make):
    made = procured(make)
    other = BidPriceDetails(made.bidders[1], "ST0116", Decimal(1), Decimal(1))
    changing(store, lambda session: procurement_items.add_item(session, made.id, other))
    won = replace(DECIDED, bidder_id=made.bidders[0])
    changing(store, lambda session: procurement_decisions.decide(
        session, made.id, won, None, TODAY
    ))  # fmt: skip
    tell(store, made)
    details = contract_from(overview(store, made))
    assert (details.reference, details.title) == ("EXB-P-7", DETAILS.title)
    assert (details.regime, details.route, details.lots) == (Regime.ACT_2023, Route.OPEN, "1")
    assert (details.starts_on, details.ends_on) == (date(2027, 3, 1), date(2029, 2, 28))
    assert details.value_limit == Decimal("108000.00")
    assert details.provider_id is not None

    def act(session):
        return procurement_decisions.make_contract(
            session, made.id, details, date(2026, 9, 9), RULES, HOLIDAYS
        )

    contract_id = changing(store, act)
    (price,) = store.read(contract_prices.price_rows, contract_id)
    assert (price.training_price, price.assessment_price) == (Decimal(13000), Decimal(2000))
    found = overview(store, made)
    assert (found.decision.contract_id, found.decision.contract_reference) == (
        contract_id, "EXB-P-7",
    )  # fmt: skip
    assert standing(store, made).stage is Stage.CONTRACT_MADE
    with pytest.raises(Problem, match="made already"):
        changing(store, act)
    for refused in (
        lambda session: procurement_decisions.take_decision_back(session, made.id),
        lambda session: procurement_decisions.decide(
            session, made.id, found.decision.details, found.decision.details, TODAY
        ),
        lambda session: procurements.abandon(
            session, made.id, procurements.AbandonDetails(TODAY, "Why"), TODAY
        ),
        lambda session: procurements.remove_procurement(session, made.id),
    ):
        with pytest.raises(Problem, match="A contract was made of"):
            changing(store, refused)
    changing(store, lambda session: contracts.remove_contract(session, contract_id))
    assert standing(store, made, date(2026, 9, 9)).stage is Stage.DECIDED


def test_no_contract_is_made_while_the_standstill_lasts(store, make):
    made = procured(make, is_decided=True, is_told=True)
    with pytest.raises(Problem, match="lasts to the end of 8 Sep 2026"):
        contract_made(store, made, date(2026, 9, 8))
    contract_made(store, made, date(2026, 9, 9))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (None, "It is counted from the day the contract award notice is published"),
        (FollowUpDetails(TOLD.letters_on), "enter when letters and notice went out"),
    ],
)
def test_no_contract_is_made_before_the_standstill_that_is_owed_begins(store, make, told, says):
    made = procured(make, is_decided=True)
    if told is not None:
        tell(store, made, told)
    with pytest.raises(Problem, match=says):
        contract_made(store, made, date(2027, 1, 4))
    assert overview(store, made).decision.contract_id is None
    assert store.read(contracts.contract_rows, TODAY) == ()


def test_no_contract_is_made_while_the_bank_holidays_of_the_standstill_are_unknown(store, make):
    made = procured(make, is_decided=True, is_told=True)
    unknown = BankHolidays(frozenset(), 2024, 2025, "")
    with pytest.raises(Problem, match="ank holiday"):
        contract_made(store, made, date(2027, 1, 4), unknown)
    tell(store, made, replace(TOLD, standstill_to_on=date(2026, 9, 8)))
    contract_made(store, made, date(2026, 9, 9), unknown)


def test_a_voluntary_standstill_is_waited_for_unless_somebody_says_that_none_is_kept(store, make):
    made = procured(make, is_decided=True)
    changing(store, lambda session: procurements.correct_procurement(
        session, made.id, replace(DETAILS, is_light_touch=True)
    ))  # fmt: skip
    tell(store, made, FollowUpDetails(keeps_standstill=True))
    with pytest.raises(Problem, match="last day is not known"):
        contract_made(store, made, TODAY)
    tell(store, made, FollowUpDetails(keeps_standstill=False))
    contract_made(store, made, TODAY)


def test_no_contract_is_made_of_what_was_given_up(store, make):
    made = procured(make, is_decided=True, is_told=True)
    given_up = procurements.AbandonDetails(TODAY, "No money")
    changing(store, lambda session: procurements.abandon(session, made.id, given_up, TODAY))
    with pytest.raises(Problem, match="given up"):
        contract_made(store, made, date(2027, 1, 4))


def test_without_a_decision_the_contract_begins_without_a_provider(store, made):
    assert contract_from(overview(store, made)).provider_id is None
    with pytest.raises(Conflict, match="taken back"):
        changing(store, lambda session: procurement_decisions.make_contract(
            session, made.id, contract_from(overview(store, made)), TODAY, RULES, HOLIDAYS
        ))  # fmt: skip


def test_the_scale_is_what_a_bidder_who_withdrew_no_longer_needs(store, made):
    (beta,) = [row for row in overview(store, made).bidders if row.name == "Beta Skills"]
    gone = replace(beta.details, standing=BidderStanding.WITHDREW)
    changing(store, lambda session: procurement_items.correct_item(session, beta.id, gone))
    assert [each.name for each in standing(store, made).ranked] == ["College"]
