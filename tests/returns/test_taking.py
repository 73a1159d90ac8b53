"""Whole columns are taken as their cells would be one by one, however fast."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apprentice_desk.domain.findings import NOWHERE
from apprentice_desk.returns import sheet_checking, taking
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.sheet_checking import field_finding
from apprentice_desk.returns.taking import Taker, taker_of
from apprentice_desk.returns.values import as_text, blank, from_cell

SCHEMA = load()
FIELDS = [field for sheet in SCHEMA.sheets for field in sheet.fields]
KINDS = {field.kind: field for field in FIELDS}
NUMBERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2_000_000_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-10, 2_000_000_000, places=2, allow_nan=False).map(float),
    st.decimals(0, 1000, places=1, allow_nan=False).map(float),
    st.sampled_from(["", " ", "12", "7:30", "£1,250.50", "soon", 0.005, 1e300, 0.1 + 0.2]),
)
CELLS = st.one_of(NUMBERS, st.dates(), st.datetimes(), st.text(max_size=8), st.just("Yes"))


def as_read(cell):
    """Return a cell as a file is read: whole numbers are ints, so no float is equal to one."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def slowly(field, cell):
    try:
        value, is_understood = from_cell(field.kind, cell, field.identifier)
    except ValueError as error:
        return blank(field.kind), "", False, str(error)
    if isinstance(value, str) and field.choices:
        value = {one.casefold(): one for one in field.choices}.get(value.casefold(), value)
    return value, as_text(field.kind, value), is_understood, ""


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(st.lists(CELLS, max_size=8))
@example([True, 1, 1.0, 0, False, None])
@example([1, True])
@example([0.1, 0.25, 686.73, 3, None])
def test_a_column_says_what_each_of_its_cells_says(kind, cells):
    field = KINDS[kind]
    cells = [as_read(cell) for cell in cells]
    took = Taker(field).take(cells)
    expected = [slowly(field, cell) for cell in cells]
    assert took.values == [one[0] for one in expected]
    assert list(map(type, took.values)) == [type(one[0]) for one in expected]
    assert took.texts == [one[1] for one in expected]
    odd = {at: (one[2], one[3]) for at, one in enumerate(expected) if one[2] or one[3]}
    assert {at: (taken.is_understood, taken.wrong) for at, taken in took.odd} == odd


def test_what_was_remembered_of_one_file_does_not_change_another():
    taker = Taker(KINDS["yes-no"])
    assert taker.take(["Yes", "no"]).values == [True, False]
    assert [taken.wrong for _, taken in taker.take([1]).odd] == ["“1” is neither Yes nor No."]
    assert taker.take([True]).values == [True]
    assert [taken.wrong for _, taken in taker.take([1]).odd] == ["“1” is neither Yes nor No."]


def test_a_taker_forgets_before_it_grows_too_large(monkeypatch):
    monkeypatch.setattr(taking, "_MOST_REMEMBERED", 3)
    taker = Taker(KINDS["text"])
    cells = [f"text {number}" for number in range(10)]
    assert taker.take(cells).values == cells
    assert len(taker._known) <= 3


def test_each_column_has_one_taker():
    first, second = FIELDS[:2]
    assert taker_of(first) is taker_of(first)
    assert taker_of(first) is not taker_of(second)


VALUES = {
    "money": st.decimals(-2, 10_000_000, allow_nan=False, places=3),
    "hours": st.decimals(-2, 20_000, allow_nan=False, places=3),
    "percent": st.decimals(-2, 20_000, allow_nan=False, places=2),
    "integer": st.integers(-5, 20_000),
    "date": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    "text": st.text(max_size=5),
}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@settings(max_examples=20)
@given(data=st.data())
def test_a_column_that_is_sound_at_a_glance_has_no_finding(field, data):
    kind = VALUES.get(field.kind, st.none())
    coarse = kind.map(lambda value: round(value, 2) if isinstance(value, Decimal) else value)
    values = set(data.draw(st.lists(st.one_of(st.none(), kind, coarse), max_size=5)))
    if sheet_checking._are_sound(field, values):
        assert [field_finding(field, value, NOWHERE) for value in values] == [None] * len(values)


def test_the_glance_sees_what_is_sound_and_what_is_not():
    """Else the test above would hold of a glance that never sees anything."""
    price = next(field for field in FIELDS if field.takes == "agreed_price")
    level = next(field for field in FIELDS if field.takes == "level")
    title = next(field for field in FIELDS if field.takes == "standard_title")
    held = next(field for field in FIELDS if field.takes == "held_on")
    see = sheet_checking._are_sound
    assert see(price, {Decimal("1.00"), None})
    assert see(price, set())
    assert not see(price, {Decimal("1.001")})
    assert not see(price, {Decimal("-1.00")})
    assert see(level, {2, 7})
    assert not see(level, {2, 8})
    assert see(held, {date(2026, 1, 1)})
    assert not see(held, {date(2026, 1, 1), None})
    assert not see(title, {"a"})


def test_moments_are_told_from_days():
    field = KINDS["date"]
    took = Taker(field).take([datetime(2026, 1, 1, 9), date(2026, 1, 1)])
    assert took.values == [date(2026, 1, 1)] * 2
    assert [at for at, _ in took.odd] == [0]
