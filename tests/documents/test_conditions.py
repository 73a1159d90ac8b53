"""Conditions: what is read, what is refused, and what is settled without an unknown field."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.documents.conditions import (
    ALWAYS,
    LONGEST,
    All,
    Any,
    Known,
    Named,
    Node,
    Not,
    OneOf,
    fields_in,
    holds,
    parse,
    unknown_in,
)

READ: dict[str, Node] = {
    "": ALWAYS,
    "  ": ALWAYS,
    "is_light_touch": Named("is_light_touch"),
    "known(framework)": Known("framework"),
    'regime == "PCR 2015"': OneOf("regime", ("PCR 2015",)),
    'regime != "PCR 2015"': Not(OneOf("regime", ("PCR 2015",))),
    'route in ("a", "b")': OneOf("route", ("a", "b")),
    'route not in ("a",)': Not(OneOf("route", ("a",))),
    "not (x and y)": Not(All((Named("x"), Named("y")))),
    "x or y or not z": Any((Named("x"), Named("y"), Not(Named("z")))),
}

REFUSED = {
    "x +": "“x +” is not an expression.",
    "\0": "“\0” is not an expression.",
    "(" * 400: f"“{'(' * 400}” is not an expression.",
    "x" * (LONGEST + 1): f"An expression has {LONGEST} letters at most.",
    "__import__('os')": "“__import__('os')” is none of what an expression may say.",
    "known()": "“known()” is none of what an expression may say.",
    "known('x')": "“known('x')” is none of what an expression may say.",
    "known(x, y)": "“known(x, y)” is none of what an expression may say.",
    "known(x, y=z)": "“known(x, y=z)” is none of what an expression may say.",
    "unknown(x)": "“unknown(x)” is none of what an expression may say.",
    "x.y": "“x.y” is none of what an expression may say.",
    "x[0]": "“x[0]” is none of what an expression may say.",
    "True": "“True” is none of what an expression may say.",
    "-x": "“-x” is none of what an expression may say.",
    "lambda: x": "“lambda: x” is none of what an expression may say.",
    "'a' == x": "“'a' == x” is none of what an expression may say.",
    "x == y == z": "“x == y == z” is none of what an expression may say.",
    "x == 1": "x is compared in a way that is not read.",
    "x == y": "x is compared in a way that is not read.",
    "x < 'a'": "x is compared in a way that is not read.",
    "x in 'ab'": "x is compared in a way that is not read.",
    "x in ('a', 1)": "x is compared with what is not a list of texts.",
    "x in ('a', y)": "x is compared with what is not a list of texts.",
    "x in ()": "x is compared with what is not a list of texts.",
}


@pytest.mark.parametrize("text", READ)
def test_what_is_written_is_read(text: str) -> None:
    assert parse(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse(text)
    assert str(refused.value) == REFUSED[text]


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert holds(parse(text), {}) in (True, False, None)


def test_what_turns_on_an_unknown_field_is_not_known() -> None:
    values = {"yes": True, "no": False, "word": "b", "none": None}
    for text, answer in (
        ("", True),
        ("yes", True),
        ("no", False),
        ("none", None),
        ("there", None),
        ("not yes", False),
        ("not there", None),
        ("known(word)", True),
        ("known(none)", False),
        ('word == "b"', True),
        ('word in ("a", "c")', False),
        ('word != "a"', True),
        ('there == "a"', None),
        ("yes and there", None),
        ("no and there", False),
        ("yes or there", True),
        ("no or there", None),
        ("no or no", False),
        ("yes and yes", True),
    ):
        assert holds(parse(text), values) is answer, text


NODES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(
        st.builds(Named, st.sampled_from("ab")),
        st.builds(Known, st.sampled_from("ab")),
        st.builds(OneOf, st.sampled_from("ab"), st.just(("x",))),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@given(NODES, st.sampled_from([None, "x", "y"]), st.sampled_from(["x", "y"]))
def test_what_is_settled_stays_so_whatever_is_learnt(node: Node, a: str | None, b: str) -> None:
    """A field that becomes known changes no answer but that of known() itself."""
    if any(isinstance(each, Known) for each in _leaves(node)):
        return
    before = holds(node, {"a": a})
    assert before is None or holds(node, {"a": a, "b": b}) is before


def _leaves(node: Node) -> list[Node]:
    match node:
        case Not(inner):
            return _leaves(inner)
        case All(parts) | Any(parts):
            return [each for part in parts for each in _leaves(part)]
    return [node]


def test_the_fields_of_an_expression_are_named_with_what_they_are_compared_with() -> None:
    node = parse('a and (not known(b) or c in ("x", "y"))')
    assert list(fields_in(node)) == [("a", ()), ("b", ()), ("c", ("x", "y"))]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("a and b and a", ("a", "b")),
        ("yes or b", ()),
        ("yes and b", ("b",)),
        ("known(b)", ()),
        ("a and not known(b)", ("a",)),
        ('not (c == "x" or known(b))', ("c",)),
    ],
)
def test_what_is_unknown_is_named_once_where_it_matters(text: str, unknown: tuple[str]) -> None:
    assert unknown_in(parse(text), {"yes": True}) == unknown


def test_nothing_that_is_written_is_ever_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither eval nor a call gets at what is written."""

    def fail(*_: object) -> Callable[..., None]:
        raise AssertionError

    monkeypatch.setattr("builtins.eval", fail)
    monkeypatch.setattr("builtins.exec", fail)
    with pytest.raises(ValueError, match="none of what"):
        parse("print('run')")
