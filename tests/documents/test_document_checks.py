"""What is checked of the values of a document before it is issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from apprentice_desk.documents.compose import compose
from apprentice_desk.documents.document_checks import CHECKS, check_values
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.vocabulary import Route
from documents.wordings import clause, library_of, of_type, part

TODAY = date(2026, 9, 1)
LIBRARY = library_of(
    clause("a", "Bids are due on {bids_by_on}."),
    of_type(
        "t", "procurement", (part("clauses", "a"),), to_come=("bids_by_on", "decision_by_on"),
        checks=tuple(CHECKS),
    ),
)  # fmt: skip


def found(**values: Any) -> list[tuple[str, str, str]]:
    made = compose(LIBRARY, LIBRARY.type_of("t"), values)
    return [
        (each.code, each.place.field, each.message) for each in check_values(made, values, TODAY)
    ]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def test_a_day_that_must_be_to_come_is_not_past_where_the_document_has_it() -> None:
    assert found(bids_by_on=TODAY) == []
    assert found(bids_by_on=day(-1), decision_by_on=day(-1)) == [
        ("DV001", "bids_by_on", "Bids due on: 31 Aug 2026 is in the past.")
    ]
    assert found() == []


def test_the_days_of_a_timetable_follow_each_other() -> None:
    assert found(questions_by_on=day(1), bids_by_on=day(1), contract_starts_on=day(9)) == []
    assert found(bids_by_on=day(5), decision_by_on=day(4), contract_starts_on=day(3)) == [
        ("DV002", "decision_by_on",
         "Decision by, 5 Sep 2026, comes before bids due on, 6 Sep 2026."),
        ("DV002", "contract_starts_on",
         "First day of the contract, 4 Sep 2026, comes before decision by, 5 Sep 2026."),
    ]  # fmt: skip


def criteria(*weights: str) -> Mapping[str, TableValue]:
    rows = tuple((str(turn), "Name", weight) for turn, weight in enumerate(weights))
    return {"criteria": TableValue(("Number", "Criterion", "Weight"), rows)}


def test_weights_come_to_a_hundred() -> None:
    assert found(**criteria("60%", "40%")) == []
    assert found(**criteria("60%", "39.5%")) == [
        ("DV003", "criteria", "The weights come to 99.5%, not 100%.")
    ]
    assert found(**criteria("50%", "150%"))[0][2] == "The weights come to 200%, not 100%."
    assert found(criteria="none") == []


@pytest.mark.parametrize(("above", "codes"), [(True, ["DV004"]), (False, []), (None, [])])
def test_a_price_above_its_band_is_a_note(above: object, codes: list[str]) -> None:
    values: Any = {"prices_above_band": above, "bids_by_on": TODAY}
    made = compose(LIBRARY, LIBRARY.type_of("t"), values)
    notes = check_values(made, values, TODAY)
    assert [each.code for each in notes] == codes
    assert all(each.level is Level.NOTE for each in notes)


def test_a_bid_stays_open_until_the_decision() -> None:
    days = {"bids_by_on": day(0), "decision_by_on": day(30)}
    assert found(bid_valid_days=30, **days) == []
    assert found(bid_valid_days=29, **days) == [
        ("DV005", "bid_valid_days",
         "Bids lapse 29 days after 1 Sep 2026, before the decision on 1 Oct 2026."),
    ]  # fmt: skip
    assert found(bid_valid_days=29, bids_by_on=day(0)) == []


@pytest.mark.parametrize(
    "name", ["public_liability", "employers_liability", "professional_indemnity"]
)
def test_cover_of_nothing_is_none(name: str) -> None:
    assert found(**{name: Decimal("0.01")}) == []
    ((code, field, message),) = found(**{name: Decimal(0)})
    assert (code, field) == ("DV006", name)
    assert message.endswith("of £0.00 is no cover.")


@pytest.mark.parametrize(("is_winner", "code"), [(True, "DV008"), (False, "DV007"), (None, None)])
def test_a_letter_goes_to_whom_it_is_for(is_winner: bool | None, code: str | None) -> None:
    """The type here has the checks of both letters."""
    assert [each[0] for each in found(bidder_is_winner=is_winner)] == ([code] if code else [])


@pytest.mark.parametrize(("is_first", "codes"), [(False, ["DV010"]), (True, []), (None, [])])
def test_the_bid_that_was_chosen_still_comes_first(is_first: bool | None, codes: list[str]) -> None:
    values = {} if is_first is None else {"winner_is_first": is_first}
    assert [code for code, *_ in found(**values)] == codes


@pytest.mark.parametrize(
    ("names", "hints", "codes"),
    [
        (True, True, ["DV011"]),
        (True, False, ["DV011"]),
        (False, True, ["DV012"]),
        (False, False, []),
    ],
)
def test_a_log_of_questions_names_nobody_and_says_what_may_hint(
    names: bool, hints: bool, codes: list[str]
) -> None:
    values = {"answers_name_somebody": names, "answers_may_hint": hints}
    assert [code for code, *_ in found(**values)] == codes


@pytest.mark.parametrize("route", Route)
def test_a_report_on_a_direct_award_is_not_made_of_a_competition(route: Route) -> None:
    is_direct = route in (Route.DIRECT, Route.FRAMEWORK_DIRECT)
    assert [code for code, *_ in found(route=route)] == ([] if is_direct else ["DV013"])
