"""How long people are kept: what is due, since when, and what speaks against erasing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.retention import (
    CountsFrom,
    Hold,
    HoldDetails,
    KeepReason,
    Retained,
    RetentionKind,
    RetentionRule,
    check_hold,
    due,
    rule_for,
)

RULES = resources.retention_rules()
KEY, OTHER = UUID(int=1), UUID(int=2)
TODAY = date(2026, 9, 1)
PERSON = Retained(RetentionKind.APPRENTICE, KEY, "Ada Lovelace", date(2019, 5, 3), "Left on")
AUDIT = Hold(KeepReason.AUDIT, "Sample drawn", "Grace Hopper", date(2026, 8, 3), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("last_on", "until_on"),
    [
        (date(2019, 3, 31), date(2025, 3, 31)),  # the last day of a financial year
        (date(2019, 4, 1), date(2026, 3, 31)),  # the first of the next
        (date(2020, 2, 29), date(2026, 3, 31)),
    ],
)
def test_an_apprentice_is_kept_six_years_after_the_financial_year(
    last_on: date, until_on: date
) -> None:
    assert rule_for(RULES, RetentionKind.APPRENTICE, TODAY).kept_until(last_on) == until_on


def test_whoever_never_started_is_kept_a_year_from_the_day_itself() -> None:
    rule = rule_for(RULES, RetentionKind.NEVER_STARTED, TODAY)
    assert rule.kept_until(date(2024, 2, 29)) == date(2025, 2, 28)


def test_it_is_due_on_the_day_after_its_last_and_not_before() -> None:
    assert due([PERSON], RULES, {}, date(2026, 3, 31)) == ()
    (found,) = due([PERSON], iter(RULES), {}, date(2026, 4, 1))
    assert found.until_on == date(2026, 3, 31)
    assert found.since == "Left on 3 May 2019"
    assert not found.is_held
    assert found.reasons == ()


def test_what_goes_on_is_never_due() -> None:
    assert due([replace(PERSON, last_on=None)], RULES, {}, date(2099, 1, 1)) == ()


def test_the_longest_over_stands_first() -> None:
    earlier = replace(PERSON, id=OTHER, name="Zoe", last_on=date(2018, 5, 3))
    same = replace(PERSON, id=OTHER, name="ada Byron")
    assert [each.kept.name for each in due([PERSON, earlier, same], RULES, {}, TODAY)] == [
        "Zoe", "ada Byron", "Ada Lovelace",
    ]  # fmt: skip


def test_a_reason_to_keep_holds_until_its_day() -> None:
    on, after = date(2026, 12, 1), date(2026, 12, 2)
    (found,) = due([PERSON], RULES, {KEY: [AUDIT], OTHER: [AUDIT]}, on)
    assert found.is_held
    assert found.reasons == (
        "Audit under way: Sample drawn (3 Aug 2026, Grace Hopper), until 1 Dec 2026.",
    )
    (found,) = due([PERSON], RULES, {KEY: [AUDIT]}, after)
    assert not found.is_held


def test_a_reason_without_a_day_holds_until_it_is_taken_back() -> None:
    hold = Hold(KeepReason.CLAIM, " ", "", date(2026, 8, 3))
    assert hold.stands_on(date(2099, 1, 1))
    assert hold.says == "Claim (3 Aug 2026), until taken back"


def test_a_contract_in_force_is_a_reason_to_keep() -> None:
    (found,) = due([replace(PERSON, contracts=("C1", "C2"))], RULES, {}, TODAY)
    assert found.is_held
    assert found.reasons == ("Contract in force: C1, C2.",)


def test_the_rule_in_force_on_the_day_decides() -> None:
    rule = RetentionRule(
        date(2027, 1, 1), RetentionKind.APPRENTICE, CountsFrom.DAY, 10, 6, "why", "source", True
    )
    rules = (*RULES, rule)
    assert rule_for(rules, RetentionKind.APPRENTICE, date(2026, 12, 31)) is not rule
    assert due([PERSON], rules, {}, date(2027, 1, 1)) == ()
    (found,) = due([PERSON], rules, {}, date(2029, 11, 4))
    assert found.rule is rule
    assert found.until_on == date(2029, 11, 3)


def test_a_kind_without_a_rule_is_a_problem() -> None:
    with pytest.raises(Problem, match=r"^How long is kept: Barrier is not known"):
        due([], [rule for rule in RULES if rule.kind is not RetentionKind.BARRIER], {}, TODAY)


def test_every_kind_has_words_and_only_two_are_people() -> None:
    assert [kind.words for kind in RetentionKind] == [
        "Apprentice", "Never started", "Procurement file", "Contract", "Barrier", "Survey answer",
    ]  # fmt: skip
    assert [kind for kind in RetentionKind if kind.is_person] == [
        RetentionKind.APPRENTICE, RetentionKind.NEVER_STARTED,
    ]  # fmt: skip


def test_only_of_a_contract_somebody_decides_by_hand() -> None:
    assert [kind for kind in RetentionKind if kind.is_by_hand] == [RetentionKind.CONTRACT]
    ended = replace(PERSON, kind=RetentionKind.CONTRACT, name="C001", ended="Ended on")
    found = due([ended, replace(PERSON, id=OTHER)], RULES, {}, TODAY)
    assert [(each.kept.name, each.is_by_hand) for each in found] == [
        ("Ada Lovelace", False), ("C001", True),
    ]  # fmt: skip
    assert found[1].until_on == date(2026, 3, 31)


def test_a_reason_to_keep_needs_a_reason_and_who_decided_it() -> None:
    found = check_hold(HoldDetails(until_on=TODAY), TODAY)
    assert [(each.code, each.place.field) for each in found] == [
        ("RT001", "reason"), ("RT002", "said_by"), ("RT003", "until_on"),
    ]  # fmt: skip
    fine = HoldDetails(KeepReason.DISPUTE, "", "Grace Hopper", date(2026, 9, 2))
    assert check_hold(fine, TODAY) == []
    assert check_hold(replace(fine, until_on=None), TODAY) == []
