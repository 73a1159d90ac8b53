"""Merge fields: how a value is written, read from a person, and kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.documents import fields
from apprentice_desk.documents.field_kinds import FieldKind, MergeField, TableValue
from apprentice_desk.documents.fields import (
    FIELDS,
    LONGEST,
    MOST_POINTS,
    check_text,
    keep,
    parse,
    show,
    unkeep,
)
from apprentice_desk.domain import money
from apprentice_desk.domain.vocabulary import Regime

TODAY = date(2026, 9, 1)


def of(kind: FieldKind, **more: Any) -> MergeField:
    return MergeField("field", kind, "The field", **more)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
VALUES: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.TEXT: NAMES,
    FieldKind.LINES: NAMES,
    FieldKind.CHOICE: st.sampled_from(["a", "b"]),
    FieldKind.TIME: st.just("12:00"),
    FieldKind.DAY: st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    FieldKind.MONEY: st.decimals(0, money.MOST, places=2),
    FieldKind.SCORE: st.decimals(0, 10**6, places=2),
    FieldKind.NUMBER: st.integers(0, 10**9 - 1),
    FieldKind.YES_NO: st.booleans(),
    FieldKind.POINTS: st.lists(NAMES, max_size=4).map(tuple),
    FieldKind.TABLE: st.lists(st.tuples(NAMES, NAMES), max_size=3).map(
        lambda rows: TableValue(("A", "B"), tuple(rows), frozenset({1}), frozenset({0}), (0.3, 0.7))
    ),
}


def test_every_kind_has_values_here() -> None:
    assert VALUES.keys() == set(FieldKind)


@given(st.data())
def test_a_value_comes_back_from_the_file_as_it_was_kept(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(FieldKind))
    value = data.draw(VALUES[kind])
    kept = json.loads(json.dumps(keep(of(kind), value)))
    back = unkeep(of(kind), kept)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize(
    "kept",
    [
        None, 1.5, {}, "NaN pounds", "2026-02-31",
        {"headings": ["A"], "rows": [7], "right": [], "blank": []},
        {"headings": ["A"], "rows": [["1", "2"]], "right": [], "blank": []},
        {"headings": ["A"], "rows": [], "right": [[1]], "blank": []},
    ],
)  # fmt: skip
def test_what_was_kept_otherwise_is_refused_or_is_of_the_kind(kind: FieldKind, kept: Any) -> None:
    if isinstance(kept, str) and kind in (
        FieldKind.TEXT, FieldKind.LINES, FieldKind.CHOICE, FieldKind.TIME,
    ):  # fmt: skip
        assert unkeep(of(kind), kept) == kept
        return
    with pytest.raises(ValueError, match=f"The field was not kept as a {kind}"):
        unkeep(of(kind), kept)


def test_yes_is_no_number() -> None:
    with pytest.raises(ValueError, match="was not kept as a number"):
        unkeep(of(FieldKind.NUMBER), kept=True)
    with pytest.raises(TypeError, match="does not take bool"):
        show(of(FieldKind.NUMBER), value=True)


# --- as it stands in a sentence -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldKind.TEXT, "Ada", "Ada"),
        (FieldKind.LINES, "a\nb", "a\nb"),
        (FieldKind.TIME, "12:00", "12:00"),
        (FieldKind.CHOICE, Regime.ACT_2023, Regime.ACT_2023.value),
        (FieldKind.YES_NO, True, "yes"),
        (FieldKind.YES_NO, False, "no"),
        (FieldKind.DAY, date(2026, 8, 4), "4 Aug 2026"),
        (FieldKind.MONEY, Decimal("1234.50"), "£1,234.50"),
        (FieldKind.SCORE, Decimal("4.50"), "4.5"),
        (FieldKind.NUMBER, 1200, "1,200"),
    ],
)
def test_a_value_is_written_as_a_sentence_has_it(kind: FieldKind, value: Any, shown: str) -> None:
    assert show(of(kind), value) == shown


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.POINTS, ("a",)),
        (FieldKind.TABLE, TableValue((), ())),
        (FieldKind.DAY, "2026"),
        (FieldKind.MONEY, 5),
        (FieldKind.TEXT, date(2026, 1, 1)),
    ],
)
def test_a_value_of_another_kind_is_a_fault(kind: FieldKind, value: Any) -> None:
    with pytest.raises(TypeError, match=f"field is a {kind}"):
        show(of(kind), value)


def test_only_points_and_tables_stand_alone() -> None:
    assert {each for each in FieldKind if each.stands_alone} == {FieldKind.POINTS, FieldKind.TABLE}


def test_a_table_has_a_cell_for_each_heading() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        TableValue(("A", "B"), (("1",),))


def test_a_table_with_shares_has_one_for_each_column_and_is_kept_with_them() -> None:
    with pytest.raises(ValueError, match="another number of shares"):
        TableValue(("A", "B"), (), shares=(1.0,))
    table = next(each for each in FIELDS.values() if each.kind is FieldKind.TABLE)
    for value in (TableValue(("A", "B"), ()), TableValue(("A", "B"), (), shares=(0.3, 0.7))):
        assert unkeep(table, keep(table, value)) == value


# --- what a person writes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (FieldKind.TEXT, "  Ada & <b>Co</b> {x} ", "Ada & <b>Co</b> {x}"),
        (FieldKind.TEXT, "=1+1", "=1+1"),
        (FieldKind.TEXT, "../../etc/passwd", "../../etc/passwd"),
        (FieldKind.TEXT, "شكرا", "شكرا"),
        (FieldKind.LINES, "a \n\n b\n", "a\n\n b"),
        (FieldKind.DAY, "4 Aug 2026", date(2026, 8, 4)),
        (FieldKind.TIME, "9:05", "09:05"),
        (FieldKind.MONEY, "£1,234.50", Decimal("1234.50")),
        (FieldKind.NUMBER, "1,200", 1200),
        (FieldKind.SCORE, "4.5", Decimal("4.5")),
        (FieldKind.SCORE, "5", Decimal(5)),
        (FieldKind.YES_NO, "Yes", True),
        (FieldKind.YES_NO, "NO", False),
        (FieldKind.POINTS, "a\n\n b \n", ("a", "b")),
    ],
)
def test_what_a_person_writes_is_the_value(kind: FieldKind, written: str, value: Any) -> None:
    found = parse(of(kind), written, TODAY)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "written", "says"),
    [
        (FieldKind.TEXT, "  ", "The field is missing."),
        (FieldKind.TEXT, "a\nb", "This goes over more than one line."),
        (FieldKind.TEXT, "x" * (LONGEST + 1), "This has 4,001 letters; 4,000 are the most."),
        (FieldKind.TEXT, "x" * 100_000, "This has 100,000 letters; 4,000 are the most."),
        (FieldKind.TEXT, "a\tb", "no document can hold (U+0009)"),
        (FieldKind.TEXT, "a\0b", "no document can hold (U+0000)"),
        (FieldKind.TEXT, "a\x1b[0m", "no document can hold (U+001B)"),
        (FieldKind.TEXT, "a\x80b", "no document can hold (U+0080)"),
        (FieldKind.TEXT, "a\u202eb", "no document can hold (U+202E)"),
        (FieldKind.TEXT, "a\u2066b", "no document can hold (U+2066)"),
        (FieldKind.TEXT, "a\ud800b", "no document can hold (U+D800)"),
        (FieldKind.TEXT, "a\uffffb", "no document can hold (U+FFFF)"),
        (FieldKind.TEXT, "a\ufdd0b", "no document can hold (U+FDD0)"),
        (FieldKind.TEXT, "a\U0001fffeb", "no document can hold (U+1FFFE)"),
        (FieldKind.DAY, "March 2027", "“March 2027” is a month: give the day"),
        (FieldKind.DAY, "soon", "soon"),
        (FieldKind.TIME, "9", "“9” is not a time of day"),
        (FieldKind.TIME, "25:00", "“25:00” is not a time of day"),
        (FieldKind.MONEY, "-5", "An amount cannot be below £0."),
        (FieldKind.MONEY, "much", "much"),
        (FieldKind.NUMBER, "1.5", "“1.5” is not a whole number."),
        (FieldKind.NUMBER, "-1", "“-1” is not a whole number."),
        (FieldKind.NUMBER, "٣", "“٣” is not a whole number."),
        (FieldKind.NUMBER, "1" * 10, "is not a whole number."),
        (FieldKind.SCORE, "4.5.1", "“4.5.1” is not a number such as 5 or 4.5."),
        (FieldKind.SCORE, ".5", "“.5” is not a number"),
        (FieldKind.SCORE, "5e9", "“5e9” is not a number"),
        (FieldKind.SCORE, "5.x", "“5.x” is not a number"),
        (FieldKind.SCORE, "NaN", "“NaN” is not a number"),
        (FieldKind.SCORE, "1" * 10, "is not a number"),
        (FieldKind.YES_NO, "perhaps", "“perhaps” is neither yes nor no."),
        (FieldKind.CHOICE, "c", "“c” is none of: a; B."),
        (FieldKind.POINTS, "a\n" * 101, f"These are 101 points; {MOST_POINTS} are the most."),
    ],
)
def test_what_is_not_of_the_kind_or_cannot_be_held_is_refused_in_words(
    kind: FieldKind, written: str, says: str
) -> None:
    with pytest.raises(ValueError) as refused:
        parse(of(kind, choices=("a", "B")), written, TODAY)
    assert says in str(refused.value)


def test_a_choice_is_found_whatever_the_case() -> None:
    assert parse(of(FieldKind.CHOICE, choices=("a", "Bee")), "bEE", TODAY) == "Bee"


def test_what_only_the_desk_can_know_is_not_taken() -> None:
    for field in FIELDS.values():
        if field.is_of_desk:
            with pytest.raises(ValueError, match="comes from the desk and cannot be written here"):
                parse(field, "yes", TODAY)


@given(st.text(max_size=60))
def test_any_text_stands_as_typed_or_is_refused(text: str) -> None:
    assert tidy_or_refused(text) in (text.strip(), None)


def tidy_or_refused(text: str) -> str | None:
    try:
        return check_text(text)
    except ValueError:
        return None


@given(st.data())
def test_what_is_shown_is_read_again_as_the_same(data: st.DataObject) -> None:
    kind = data.draw(
        st.sampled_from(
            [FieldKind.DAY, FieldKind.MONEY, FieldKind.NUMBER, FieldKind.SCORE, FieldKind.YES_NO]
        )
    )
    value = data.draw(VALUES[kind])
    assert parse(of(kind), show(of(kind), value), TODAY) == value


# --- the list of fields ---------------------------------------------------------------------------


def test_every_field_is_named_once_and_has_words() -> None:
    assert len({each.label.casefold() for each in FIELDS.values()}) == len(FIELDS)
    for name, field in FIELDS.items():
        assert name == field.name
        assert field.label.strip() == field.label != ""
        assert (field.kind is FieldKind.CHOICE) == bool(field.choices)


def test_tables_and_what_turns_on_the_desk_is_never_asked_for() -> None:
    assert all(each.is_of_desk for each in FIELDS.values() if each.kind is FieldKind.TABLE)
    assert not any(each.is_kept and each.is_of_desk for each in FIELDS.values())


def test_lines_that_may_be_asked_for_can_be_points() -> None:
    assert fields.check_text("a\nb", may_have_lines=True) == "a\nb"
