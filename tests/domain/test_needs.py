"""What needs somebody stands in order, may be put off, and comes back in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain import needs
from apprentice_desk.domain.needs import (
    Need,
    NeedKind,
    NeedRules,
    PutOff,
    Target,
    Urgency,
    agenda,
    need_rules_on,
)
from apprentice_desk.domain.problems import Problem

TODAY = date(2026, 11, 23)
RULES = NeedRules(date(2010, 1, 1), 28, 7, 14, 7, 28, 28, 90, 14, 600, "House rule")


def need(
    key: str = "a",
    kind: NeedKind = NeedKind.REVIEW,
    urgency: Urgency = Urgency.SOON,
    what: str = "What",
    weight: int = 0,
    rank: int = 0,
) -> Need:
    return Need(key, kind, urgency, what, "Why", "Go", Target("reviews"), weight, rank)


def put_off(
    key: str = "a", days: int = 7, urgency: Urgency = Urgency.SOON, weight: int = 0
) -> PutOff:
    return PutOff(key, TODAY + timedelta(days=days), "On leave", urgency, weight)


def keys(found: needs.Agenda) -> tuple[list[str], list[str]]:
    return [each.key for each in found.needs], [each.need.key for each in found.waiting]


def test_the_most_urgent_stands_first_then_by_kind_then_by_rank_then_by_name() -> None:
    wanted = [
        need("1", NeedKind.RETURN, Urgency.NOW),
        need("2", NeedKind.HOURS, Urgency.NOW, rank=-90),
        need("3", NeedKind.HOURS, Urgency.NOW, "ada", rank=-60),
        need("4", NeedKind.HOURS, Urgency.NOW, "Bo", rank=-60),
        need("5", NeedKind.MISSING, Urgency.NOW),
        need("6", NeedKind.RETURN, Urgency.SOON),
        need("7", NeedKind.HOURS, Urgency.LATER, rank=-9_999),
    ]
    assert agenda(reversed(wanted), (), TODAY, RULES).needs == tuple(wanted)


@given(st.permutations([need(str(n), rank=n % 3, what=f"W{n}") for n in range(8)]))
def test_the_order_does_not_depend_on_the_order_they_were_found_in(found: list[Need]) -> None:
    expected = agenda(sorted(found, key=lambda each: each.key), (), TODAY, RULES)
    assert agenda(found, (), TODAY, RULES) == expected


def test_nothing_needs_nobody() -> None:
    assert agenda((), (put_off(),), TODAY, RULES) == needs.Agenda()


def test_a_line_waits_until_its_day_with_its_reason() -> None:
    found = agenda([need("a"), need("b")], [put_off("a", days=1)], TODAY, RULES)
    assert keys(found) == (["b"], ["a"])
    assert found.waiting[0].until_on == TODAY + timedelta(days=1)
    assert found.waiting[0].reason == "On leave"
    assert keys(agenda([need("a")], [put_off("a", days=0)], TODAY, RULES)) == (["a"], [])


def test_what_comes_back_soonest_stands_first_among_those_that_wait() -> None:
    marks = [put_off("a", 9), put_off("b", 2), put_off("c", 5)]
    assert keys(agenda([need("a"), need("b"), need("c")], marks, TODAY, RULES))[1] == [
        "b", "c", "a",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "waits"),
    [
        (Urgency.SOON, Urgency.NOW, False),
        (Urgency.SOON, Urgency.SOON, True),
        (Urgency.SOON, Urgency.LATER, True),
    ],
)
def test_a_line_that_has_become_more_urgent_does_not_wait(
    then: Urgency, now: Urgency, waits: bool
) -> None:
    found = agenda([need(urgency=now)], [put_off(urgency=then)], TODAY, RULES)
    assert bool(found.waiting) is waits


@pytest.mark.parametrize(
    ("kind", "then", "now", "waits"),
    [
        (NeedKind.MISSING, 2, 3, False),
        (NeedKind.MISSING, 2, 2, True),
        (NeedKind.MISSING, 2, 1, True),
        (NeedKind.HOURS, 1000, 1599, True),
        (NeedKind.HOURS, 1000, 1600, False),
        (NeedKind.RETURN, 0, 1, False),
    ],
)
def test_a_line_that_has_become_worse_does_not_wait(
    kind: NeedKind, then: int, now: int, waits: bool
) -> None:
    found = agenda([need(kind=kind, weight=now)], [put_off(weight=then)], TODAY, RULES)
    assert bool(found.waiting) is waits


def test_the_newest_rules_in_force_hold() -> None:
    newer = replace(RULES, valid_from=date(2026, 11, 23), contract_days=120)
    assert need_rules_on([newer, RULES], date(2026, 11, 22)) is RULES
    assert need_rules_on([RULES, newer], TODAY) is newer
    with pytest.raises(Problem, match="1 Jan 2009"):
        need_rules_on([RULES], date(2009, 1, 1))


def test_urgencies_have_words() -> None:
    assert [each.words for each in Urgency] == ["Now", "Soon", "When there is time"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (needs.counted(1, "day"), "1 day"),
        (needs.counted(0, "day"), "0 days"),
        (needs.counted(1200, "row"), "1,200 rows"),
        (needs.in_days(TODAY, TODAY), "today"),
        (needs.in_days(TODAY + timedelta(days=1), TODAY), "tomorrow"),
        (needs.in_days(TODAY + timedelta(days=89), TODAY), "in 89 days"),
        (needs.listed([]), ""),
        (needs.listed(["A"]), "A"),
        (needs.listed(["A", "B"]), "A and B"),
        (needs.listed(["A", "B", "C"]), "A, B and C"),
        (needs.listed(["A", "B", "C", "D", "E"]), "A, B, C and 2 more"),
        (needs.long_day(TODAY), "Monday 23 November 2026"),
    ],
)
def test_words(said: str, words: str) -> None:
    assert said == words
