"""What tests of procurements share: how one is read, decided and made a contract of."""

from __future__ import annotations

from decimal import Decimal

from apprentice_desk import resources
from apprentice_desk.records import procurement_decisions
from apprentice_desk.records.procurement_decisions import contract_from
from apprentice_desk.records.procurement_overview import how_it_stands, procurement_overview
from apprentice_desk.records.procurement_scores import ScoreDetails
from procured import TODAY, TOLD
from records.acting import changing

RULES = resources.procurement_rules()
HOLIDAYS = resources.bank_holidays()
GIVEN = ScoreDetails(Decimal(5), "As the bid says on page 4")


def overview(store, made):
    found = store.read(procurement_overview, made.id)
    assert found is not None
    return found


def standing(store, made, today=TODAY):
    return how_it_stands(overview(store, made), today, RULES, HOLIDAYS)


def tell(store, made, told=TOLD):
    held = overview(store, made).decision.follow_up
    changing(store, lambda session: procurement_decisions.follow_up(
        session, made.id, told, held, TODAY, RULES))  # fmt: skip


def contract_made(store, made, today, holidays=HOLIDAYS):
    details = contract_from(overview(store, made))
    return changing(store, lambda session: procurement_decisions.make_contract(
        session, made.id, details, today, RULES, holidays
    ))  # fmt: skip
