"""What is checked of a variation, a notice to end and a letter on performance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apprentice_desk.documents.document_checks import CHECKS
from apprentice_desk.domain.contract_changing import ChangeGround
from apprentice_desk.domain.contract_ending import ApprenticesAfter, EndingKind
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.vocabulary import Regime

MONDAY = date(2026, 11, 30)
UNKNOWN = date(1990, 1, 1)
"""In a year whose bank holidays are not known."""


def found(check: str, **values: Any) -> list[tuple[str, str]]:
    return [(each.code, each.place.field) for each in CHECKS[check](values)]


def level(check: str, **values: Any) -> Level:
    (finding,) = CHECKS[check](values)
    return finding.level


# --- a change -------------------------------------------------------------------------------------


def test_a_change_changes_something_and_not_only_who_looks_after_it() -> None:
    check = "change-is-a-change"
    dated: dict[str, Any] = {"variation_number": "1"}
    assert found(check) == []
    assert found(check, **dated) == [("DV031", "new_ends_on")]
    assert found(check, **dated, new_lots="2") == []
    assert found(check, **dated, other_changes=("Clause 4: no more.",)) == []
    only_people: dict[str, Any] = {**dated, "new_provider_contact": "Jo"}
    assert found(check, **only_people) == [("DV030", "new_provider_contact")]
    assert level(check, **only_people) is Level.NOTE
    assert found(check, **only_people, new_lots="2") == []


@pytest.mark.parametrize(
    ("regime", "ground", "codes"),
    [
        (Regime.ACT_2023, ChangeGround.LIGHT_TOUCH, []),
        (Regime.PCR_2015, ChangeGround.LIGHT_TOUCH, ["DV032"]),
        (Regime.BELOW_THRESHOLD, ChangeGround.AGREED, ["DV032"]),
        (Regime.BELOW_THRESHOLD, ChangeGround.BELOW, []),
        (None, ChangeGround.BELOW, []),
        (Regime.ACT_2023, None, []),
    ],
)
def test_the_ground_is_one_of_the_law_of_the_contract(
    regime: Regime | None, ground: ChangeGround | None, codes: list[str]
) -> None:
    values = {"regime": regime, "change_ground": ground}
    told = {name: value for name, value in values.items() if value is not None}
    assert [code for code, _ in found("change-ground-fits", **told)] == codes


ACT: dict[str, Any] = {
    "regime": Regime.ACT_2023,
    "contract_starts_on": date(2027, 1, 1),
    "contract_runs_to_on": date(2027, 12, 31),
    "value_limit": Decimal("1000.00"),
}


@pytest.mark.parametrize(
    ("limit", "ground", "is_over"),
    [
        ("1100.00", ChangeGround.SMALL, False),
        ("1100.01", ChangeGround.SMALL, True),
        ("1500.00", ChangeGround.ADDITIONAL, False),
        ("1500.01", ChangeGround.ADDITIONAL, True),
    ],
)
def test_a_change_of_value_goes_as_far_as_its_ground(
    limit: str, ground: ChangeGround, is_over: bool
) -> None:
    values = {**ACT, "change_ground": ground, "new_value_limit": Decimal(limit)}
    expected = [("DV033", "change_ground")] if is_over else []
    assert found("change-within-limits", **values) == expected


def test_a_longer_term_is_substantial_and_may_need_a_notice() -> None:
    values = {**ACT, "change_ground": ChangeGround.NOT_SUBSTANTIAL}
    # 36 days are less than a tenth of 365, and 37 are more.
    for last, codes in ((date(2028, 2, 5), []), (date(2028, 2, 6), ["DV033"])):
        told = found("change-within-limits", **values, new_ends_on=last)
        assert [code for code, _ in told] == codes
    late: dict[str, Any] = {**values, "new_ends_on": date(2028, 2, 6)}
    assert found("change-notice-first", **late) == [("DV034", "change_notice")]
    assert level("change-notice-first", **late) is Level.NOTE
    assert found("change-notice-first", **late, change_notice="2027/S 1") == []
    light = {**late, "change_ground": ChangeGround.LIGHT_TOUCH}
    assert found("change-notice-first", **light) == []
    assert found("change-notice-first") == found("change-within-limits") == []


def test_a_change_applies_from_a_day_to_come_and_ends_nothing_before_it() -> None:
    check = "change-from-day"
    assert found(check, change_from_on=MONDAY, document_date=MONDAY) == []
    back: dict[str, Any] = {"change_from_on": MONDAY, "document_date": date(2026, 12, 1)}
    assert found(check, **back) == [("DV035", "change_from_on")]
    assert level(check, **back) is Level.NOTE
    assert found(check, change_from_on=MONDAY, new_ends_on=date(2026, 11, 29)) == [
        ("DV036", "new_ends_on")
    ]
    assert found(check, change_from_on=MONDAY, new_ends_on=MONDAY) == []
    assert found(check, new_ends_on=MONDAY) == []


def test_what_is_over_is_not_changed() -> None:
    check = "change-from-day"
    values: dict[str, Any] = {"change_from_on": MONDAY, "contract_runs_to_on": MONDAY}
    assert found(check, **values) == []
    late = {**values, "change_from_on": date(2026, 12, 1)}
    assert found(check, **late) == [("DV045", "change_from_on")]


# --- the end --------------------------------------------------------------------------------------

NOTICE: dict[str, Any] = {
    "ending_kind": EndingKind.NOTICE,
    "notice_period": "3 months",
    "document_date": MONDAY,
    "notice_counts_from_on": MONDAY,
    "contract_runs_to_on": date(2027, 12, 31),
    "ending_on": date(2027, 2, 28),
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"ending_on": date(2027, 2, 27)}, [("DV040", "ending_on")]),
        ({"ending_on": date(2027, 12, 31)}, []),
        ({"ending_on": date(2028, 1, 1)}, [("DV037", "ending_on")]),
        ({"ending_kind": EndingKind.BREACH, "ending_on": MONDAY}, []),
        ({"document_date": date(2026, 12, 1)}, [("DV038", "notice_counts_from_on")]),
        (
            {"notice_counts_from_on": date(2026, 12, 5), "ending_on": date(2027, 4, 1)},
            [("DV039", "notice_counts_from_on")],
        ),
        ({"notice_period": "a season", "ending_on": MONDAY}, []),
        ({"notice_period": None, "ending_on": MONDAY}, []),
        ({"notice_counts_from_on": None, "ending_on": MONDAY}, []),
        ({"document_date": None, "contract_runs_to_on": None}, []),
        ({"ending_on": None}, []),
        (
            {"notice_period": "5 working days", "ending_on": date(2026, 12, 6)},
            [("DV040", "ending_on")],
        ),
        ({"notice_period": "5 working days", "ending_on": date(2026, 12, 7)}, []),
    ],
)
def test_notice_is_as_long_as_the_contract_asks(
    changed: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    values = {k: v for k, v in (NOTICE | changed).items() if v is not None}
    assert found("notice-long-enough", **values) == told


def test_of_a_year_whose_bank_holidays_are_not_known_nothing_is_said() -> None:
    values = {
        **NOTICE, "notice_period": "5 working days", "document_date": UNKNOWN,
        "notice_counts_from_on": UNKNOWN, "ending_on": UNKNOWN,
    }  # fmt: skip
    assert found("notice-long-enough", **values) == []
    breach = {"ending_kind": EndingKind.BREACH, "document_date": UNKNOWN}
    assert found("failing-had-its-time", **breach, failing_asked_on=UNKNOWN) == []
    assert found("answer-time-is-fair", document_date=UNKNOWN, answer_by_on=UNKNOWN) == []


@pytest.mark.parametrize("kind", [EndingKind.RUNS_OUT, None])
def test_what_runs_out_needs_no_notice(kind: EndingKind | None) -> None:
    values = {**NOTICE, "ending_on": date(2030, 1, 1)} | {"ending_kind": kind}
    told = {name: value for name, value in values.items() if value is not None}
    assert found("notice-long-enough", **told) == []


def test_a_failing_has_twenty_working_days_to_be_put_right() -> None:
    values: dict[str, Any] = {
        "ending_kind": EndingKind.BREACH, "failing_asked_on": date(2026, 11, 2),
    }  # fmt: skip
    check = "failing-had-its-time"
    assert found(check, **values, document_date=MONDAY) == [("DV041", "failing_asked_on")]
    assert found(check, **values, document_date=date(2026, 12, 1)) == []
    by_notice = {**values, "ending_kind": EndingKind.NOTICE}
    assert found(check, **by_notice, document_date=MONDAY) == []
    assert found(check, **values) == []


def test_a_ground_of_law_was_told_before() -> None:
    values: dict[str, Any] = {"ending_kind": EndingKind.LAW, "document_date": MONDAY}
    check = "ground-was-told"
    assert found(check, **values, ground_told_on=MONDAY) == [("DV042", "ground_told_on")]
    assert found(check, **values, ground_told_on=date(2026, 11, 29)) == []
    assert found(check, **values) == []
    other = {**values, "ending_kind": EndingKind.NOTICE}
    assert found(check, **other, ground_told_on=MONDAY) == []


@pytest.mark.parametrize("kind", EndingKind)
def test_after_an_early_end_apprentices_are_not_trained_to_the_end(kind: EndingKind) -> None:
    is_early = kind in (EndingKind.BREACH, EndingKind.LAW)
    told = found("ground-was-told", ending_kind=kind, apprentices_after=ApprenticesAfter.STAY)
    assert told == ([("DV043", "apprentices_after")] if is_early else [])
    moved = found("ground-was-told", ending_kind=kind, apprentices_after=ApprenticesAfter.MOVE)
    assert moved == []


def test_a_provider_has_ten_working_days_to_object() -> None:
    check = "answer-time-is-fair"
    soon: dict[str, Any] = {"document_date": MONDAY, "answer_by_on": date(2026, 12, 11)}
    assert found(check, **soon) == [("DV044", "answer_by_on")]
    assert level(check, **soon) is Level.NOTE
    assert found(check, document_date=MONDAY, answer_by_on=date(2026, 12, 14)) == []
    assert found(check, document_date=MONDAY) == found(check) == []
