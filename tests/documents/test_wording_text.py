"""The text of a clause, taken apart."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.documents.conditions import ALWAYS, Known
from apprentice_desk.documents.wording_text import (
    FieldPiece,
    RefPiece,
    TableBlock,
    TextBlock,
    parse,
    pieces,
    words_of,
)


def test_blocks_fields_references_labels_conditions_lists_and_tables_are_found() -> None:
    text = """
{#start} {when known(framework)} The Council awards to {provider_name},
as {ref:price} says:

- first, {ref:ending#notice};
- second,
  on two lines.

{table:criteria}

{when known(lots)} {table:prices}

Last.
- With an item at once.
"""
    assert parse(text) == (
        TextBlock(
            (
                "The Council awards to ", FieldPiece("provider_name"), ", as ", RefPiece("price"),
                " says:",
            ),
            (("first, ", RefPiece("ending", "notice"), ";"), ("second, on two lines.",)),
            "start",
            Known("framework"),
        ),
        TableBlock("criteria"),
        TableBlock("prices", Known("lots")),
        TextBlock(("Last.",), (("With an item at once.",),)),
    )  # fmt: skip


def test_all_pieces_are_those_of_the_paragraph_and_of_its_items() -> None:
    (block,) = parse("a {x}\n- b {y}\n- c")
    assert isinstance(block, TextBlock)
    assert list(block.all_pieces) == ["a ", FieldPiece("x"), "b ", FieldPiece("y"), "c"]
    assert block.when == ALWAYS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no text."),
        (" \n \n", "There is no text."),
        ("{#a}", "“{#a}” has a beginning and no words."),
        ("{when x}", "“{when x}” has a beginning and no words."),
        ("{when x +} a", "“x +” is not an expression."),
        ("- a", "“- a” belongs to no paragraph: a list stands behind one."),
        ("a\n- b\n\n- c", "“- c” belongs to no paragraph: a list stands behind one."),
        ("{table:x}\n\n- c", "“- c” belongs to no paragraph: a list stands behind one."),
        ("a {", "There is a brace that is no field and no reference near “a {”."),
        ("a } b", "There is a brace that is no field and no reference near “a } b”."),
        ("{Wrong}", "There is a brace that is no field and no reference near “{Wrong}”."),
        ("{ref:}", "There is a brace that is no field and no reference near “{ref:}”."),
        ("{../x}", "There is a brace that is no field and no reference near “{../x}”."),
        (
            "a {table:x} b",
            "There is a brace that is no field and no reference near “a {table:x} b”.",
        ),
        ("{#l} {table:x}", "There is a brace that is no field and no reference near “{table:x}”."),
    ],
)
def test_what_is_wrong_is_quoted(text: str, says: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse(text)
    assert str(refused.value) == says


def test_braces_that_are_meant_are_written_twice() -> None:
    assert pieces("a {{b}} {c}}}") == ("a {b} ", FieldPiece("c"), "}")
    assert pieces("") == ()
    assert pieces("{a}{b}") == (FieldPiece("a"), FieldPiece("b"))


def test_the_words_of_pieces_have_a_dot_for_a_field() -> None:
    assert words_of(pieces("By {day}, as {ref:x} says")) == "By •, as • says"


@given(st.text(max_size=80))
def test_any_text_with_its_braces_doubled_reads_as_itself(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert pieces(doubled) == ((text,) if text else ())


@given(st.text(alphabet="{}ab:#- \nwhentable", max_size=60))
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse(text)
