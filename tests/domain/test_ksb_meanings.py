"""Codes that ask something else than when they were used: said, and nothing is carried over."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from apprentice_desk.domain.ksb_grid import NamingEntry, Said
from apprentice_desk.domain.ksb_meanings import (
    CodeUse,
    EarlierVersion,
    Meaning,
    Then,
    meant_then,
    not_known,
    use_of,
    would_change,
)
from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.standards import Ksb

DAY = date(2026, 3, 2)
MOVED = date(2026, 8, 3)
BEFORE = (Ksb("K1", "Stages"), Ksb("K2", "Roles."), Ksb("K3", "Tests"), Ksb("S1", "Writes code"))
AFTER = (Ksb("K1", "stages"), Ksb("K2", "Laws"), Ksb("K4", "Roles"), Ksb("S1", "Writes code"))


def entry(*codes: str, minutes: int = 60, on: date = DAY, **more: Any) -> NamingEntry:
    return NamingEntry(uuid4(), on, minutes, more.pop("counts", True), "", codes, **more)


def said(code: str, on: date = DAY) -> Said:
    return Said(uuid4(), code, Voice.MANAGER, KsbStatus.COMPLETED, on)


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (CodeUse(), "nothing"),
        (CodeUse(1, 90, 1, 0), "1 h 30 m in 1 entry, 1 piece of evidence"),
        (CodeUse(2, 0, 3, 1), "0 h in 2 entries, 3 pieces of evidence, 1 statement"),
        (CodeUse(0, 0, 0, 2), "2 statements"),
    ],
)
def test_what_stands_under_a_code_is_said_in_words(use: CodeUse, says: str) -> None:
    assert use.says == says
    assert use.is_used is (says != "nothing")


def test_what_stands_under_a_code_is_counted_in_a_span_of_days() -> None:
    entries = (
        entry("K1", "K2", evidence=(None, None)),
        entry("K1", minutes=30, on=MOVED, counts=False),
        entry("K1", minutes=15, on=date(2026, 9, 1), evidence=(None,)),
    )
    spoken = (said("K1"), said("K1", MOVED), said("K2"))
    assert use_of("K1", entries, spoken) == CodeUse(3, 75, 3, 2)
    assert use_of("K1", entries, spoken, until_on=MOVED) == CodeUse(1, 60, 2, 1)
    assert use_of("K1", entries, spoken, first_on=MOVED) == CodeUse(2, 15, 1, 1)
    assert use_of("S9", entries, spoken) == CodeUse()


def test_codes_in_use_that_would_ask_something_else_are_named() -> None:
    entries = (entry("K1", "K2", "K3"), entry("K2", minutes=30), entry("K4"), entry("K9"))
    found = would_change(BEFORE, AFTER, entries, (said("S1"), said("K3")))
    # K1 and S1 ask the same; K9 is in neither; K2's words stand under K4 now.
    assert found == (
        Meaning("K2", "Roles.", "Laws", CodeUse(2, 90), "K4"),
        Meaning("K3", "Tests", "", CodeUse(1, 60, 0, 1)),
        Meaning("K4", "", "Roles", CodeUse(1, 60)),
    )
    assert [each.says for each in found] == [
        "would ask something else (its words stand under K4). Under K2 so far: 1 h 30 m in 2"
        " entries.",
        "would not be there any more. Under K3 so far: 1 h in 1 entry, 1 statement.",
        "would be there, which it is not so far. Under K4 so far: 1 h in 1 entry.",
    ]
    assert would_change(BEFORE, BEFORE, entries, ()) == ()
    assert would_change(BEFORE, AFTER, (), ()) == ()


def test_what_is_from_before_the_change_keeps_what_it_meant() -> None:
    entries = (
        entry("K1", "K2", "K3", evidence=(None,)),
        entry("K2", minutes=30, on=MOVED),
        entry("K4", minutes=15),
    )
    earlier = EarlierVersion("ST0116 v1.0", MOVED, BEFORE)
    found = meant_then(AFTER, (earlier,), entries, (said("K3", MOVED),))
    assert found == (
        Then("K2", earlier, "Roles.", CodeUse(1, 60, 1)),
        Then("K3", earlier, "Tests", CodeUse(1, 60, 1)),
        Then("K4", earlier, "", CodeUse(1, 15)),
    )
    assert found[0].says == (
        "Until 2 Aug 2026 ST0116 v1.0 was followed, where K2 was “Roles”. From then: 1 h in 1"
        " entry, 1 piece of evidence."
    )
    assert found[2].says == (
        "Until 2 Aug 2026 ST0116 v1.0 was followed, where there was no K4. From then: 15 m in 1"
        " entry."
    )
    assert meant_then(AFTER, (earlier,), (entry("K2", on=MOVED),), ()) == ()


def test_each_earlier_version_has_its_own_days() -> None:
    first = EarlierVersion("ST0116 v1.0", date(2026, 4, 1), (Ksb("K1", "One"),))
    second = EarlierVersion("ST0116 v1.1", MOVED, (Ksb("K1", "Two"),))
    entries = (entry("K1"), entry("K1", minutes=30, on=date(2026, 4, 1)), entry("K1", on=MOVED))
    found = meant_then((Ksb("K1", "Three"),), (second, first), entries, ())
    assert [(each.version.name, each.words, each.use.minutes) for each in found] == [
        ("ST0116 v1.0", "One", 60),
        ("ST0116 v1.1", "Two", 30),
    ]


def test_of_an_earlier_version_that_is_not_loaded_nothing_is_said_but_that() -> None:
    first = EarlierVersion("ST0116 v1.0", date(2026, 4, 1))
    second = EarlierVersion("ST0116 v1.1", MOVED)
    loaded = EarlierVersion("ST0116 v1.2", date(2026, 8, 20), BEFORE)
    entries = (entry("K2"), entry("K2", on=date(2026, 8, 25)))
    earlier = (first, second, loaded)
    assert meant_then(AFTER, earlier, entries, ()) == ()
    assert not_known(earlier, entries, ()) == (first,)
    assert not_known(earlier, (), (said("K2", date(2026, 5, 1)),)) == (second,)
