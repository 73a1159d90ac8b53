"""Two returns compared, in words that a person can check against the workbooks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from apprentice_desk.returns.differences import Difference, compare, summary
from apprentice_desk.returns.rows import BarrierLine, EventLine, PledgeLine, ReturnContent
from apprentice_desk.returns.schema import load
from returns.making import content, header

SCHEMA = load()


def changed(before: ReturnContent, **lines: Any) -> ReturnContent:
    return replace(before, **lines)


def test_the_same_return_differs_in_nothing_whatever_its_order_and_spaces() -> None:
    before = content(apprentices=4)
    turned = changed(before, apprentices=before.apprentices[::-1])
    spaced = replace(turned.apprentices[0], provider_name="  Example   College ")
    turned = changed(turned, apprentices=(spaced, *turned.apprentices[1:]))
    assert compare(before, turned, SCHEMA) == ()
    assert summary(()) == "Both say the same."


def test_a_row_is_told_apart_by_its_key_and_each_field_is_named() -> None:
    before = content(apprentices=2)
    first, second = before.apprentices
    altered = replace(
        first,
        status="completed",
        ended_on=date(2027, 1, 4),
        agreed_price=Decimal("17000.00"),
        grade="merit",
        gateway_planned_on=None,
    )
    (change,) = compare(before, changed(before, apprentices=(second, altered)), SCHEMA)
    assert (change.sheet, change.difference) == ("Apprentices", Difference.CHANGED)
    assert change.named == f"{first.apprentice_code}, 1"
    assert change.words() == (
        "Status: completed, was live; Ended: 04/01/2027, was not known;"
        " Agreed price: £17,000.00, was £17,500.50;"
        " Gateway planned: not known, was 31/08/2028; Grade: merit, was not known"
    )


def test_rows_added_and_removed_come_by_sheet_and_key() -> None:
    before = content(apprentices=3)
    pledge = PledgeLine("2026-27", "data", 3)
    after = changed(before, apprentices=before.apprentices[:1], contracts=(), pledges=(pledge,))
    found = compare(before, after, SCHEMA)
    assert [(one.sheet, one.named, one.words()) for one in found] == [
        ("Apprentices", f"{before.apprentices[1].apprentice_code}, 1", "Removed"),
        ("Apprentices", f"{before.apprentices[2].apprentice_code}, 1", "Removed"),
        ("Contracts", "C-001", "Removed"),
        ("Pledges", "2026-27, data", "Added"),
    ]
    assert summary(found) == "1 row added and 3 rows removed."
    assert [one.words() for one in compare(after, before, SCHEMA)] == ["Added"] * 3 + ["Removed"]


def test_a_sheet_without_a_key_is_compared_row_by_whole_row_repeats_included() -> None:
    event = EventLine("Summer link-up", date(2026, 6, 18), "link-up", 12)
    barrier = BarrierLine("time for training", "No cover", is_help_wanted=True)
    before = ReturnContent(header(), network=(event, event), barriers=(barrier,))
    after = ReturnContent(
        header(), network=(event, replace(event, attended=13)), barriers=(barrier,)
    )
    found = compare(before, after, SCHEMA)
    assert [(one.sheet, one.difference, one.named) for one in found] == [
        ("Network", Difference.ADDED, "Summer link-up, 18/06/2026, link-up, 13"),
        ("Network", Difference.REMOVED, "Summer link-up, 18/06/2026, link-up, 12"),
    ]


def test_a_key_that_stands_twice_is_compared_in_turn() -> None:
    before = content(apprentices=1)
    twice = changed(before, apprentices=before.apprentices * 2)
    (change,) = compare(before, twice, SCHEMA)
    assert change.difference is Difference.ADDED


def test_what_differs_can_be_put_together_again() -> None:
    """The fields that were altered at random are those that are said."""
    source = random.Random(7)
    before = content(apprentices=40)
    headings = {field.takes: field.name for field in SCHEMA.sheet("apprentices").fields}
    altered = {
        "status": "withdrawn",
        "level": 6,
        "grade": "pass",
        "required_hours": Decimal("1.25"),
    }
    wanted, lines = {}, []
    for line in before.apprentices:
        chosen = source.sample(sorted(altered), source.randrange(3))
        if chosen:
            wanted[line.apprentice_code] = {headings[name] for name in chosen}
        lines.append(replace(line, **{name: altered[name] for name in chosen}))
    source.shuffle(lines)
    found = compare(before, changed(before, apprentices=tuple(lines)), SCHEMA)
    assert wanted
    assert {one.key[0]: {field.heading for field in one.fields} for one in found} == wanted


def test_each_kind_of_difference_is_counted_in_the_summary() -> None:
    before = content(apprentices=2)
    first, second = before.apprentices
    new = replace(first, apprentice_code="HCK-AAAAAAAA-A")
    after = changed(before, apprentices=(replace(second, level=6), new))
    assert summary(compare(before, after, SCHEMA)) == (
        "1 row added, 1 row removed and 1 row changed."
    )
    assert summary(compare(before, changed(before, contracts=()), SCHEMA)) == "1 row removed."
