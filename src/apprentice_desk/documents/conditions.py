"""When a clause applies: a small expression over the fields of a document.

It is written as in ``regime == "PCR 2015" and not is_light_touch``: names of fields; comparisons
with texts by ``==``, ``!=``, ``in`` and ``not in``; ``known(field)``; ``and``, ``or``, ``not`` and
brackets.  Nothing else is read, and nothing is ever run: the text is taken apart by Python's own
parser and walked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

LONGEST = 500
"""So many letters an expression may have; far more than a person can follow."""

Answer = bool | None
"""Whether something holds; None where it turns on what is not known."""


@dataclass(frozen=True, slots=True)
class Named:
    """A field that is yes or no."""

    field: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a field has a value."""

    field: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a field's value is one of *words*."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    inner: Node


@dataclass(frozen=True, slots=True)
class All:
    """Whether all of *inner* hold."""

    inner: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Whether one of *inner* holds."""

    inner: tuple[Node, ...]


Node = Named | Known | OneOf | Not | All | Any

ALWAYS = All(())


def parse(text: str) -> Node:
    """Return the expression that *text* writes; one without a word always holds.

    Raises ValueError with a sentence for anything that is not of the few kinds above.
    """
    if not text.strip():
        return ALWAYS
    if len(text) > LONGEST:
        raise ValueError(f"An expression has {LONGEST} letters at most.")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"“{text}” is not an expression.") from None
    return _node(tree.body)


def _node(part: ast.expr) -> Node:
    match part:
        case ast.Name(id=name):
            return Named(name)
        case ast.BoolOp(op=op, values=values):
            inner = tuple(_node(each) for each in values)
            return All(inner) if isinstance(op, ast.And) else Any(inner)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_node(operand))
        case ast.Call(func=ast.Name(id="known"), args=[ast.Name(id=name)], keywords=[]):
            return Known(name)
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[with_what]):
            return _compared(name, op, with_what)
    raise ValueError(f"“{ast.unparse(part)}” is none of what an expression may say.")


def _compared(name: str, op: ast.cmpop, with_what: ast.expr) -> Node:
    match op, with_what:
        case ((ast.Eq() | ast.NotEq()), ast.Constant(value=str(word))):
            words: tuple[str, ...] = (word,)
        case ((ast.In() | ast.NotIn()), ast.Tuple(elts=parts)):
            words = tuple(
                each.value
                for each in parts
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
            if len(words) != len(parts) or not words:
                raise ValueError(f"{name} is compared with what is not a list of texts.")
        case _:
            raise ValueError(f"{name} is compared in a way that is not read.")
    node = OneOf(name, words)
    return Not(node) if isinstance(op, ast.NotEq | ast.NotIn) else node


def holds(node: Node, values: Mapping[str, object]) -> Answer:
    """Return whether *node* holds for *values*; a field that is missing or None is not known.

    What is settled without an unknown field is settled: ``known or anything`` is yes.
    """
    match node:
        case Known(field):
            return values.get(field) is not None
        case Named(field):
            value = values.get(field)
            return None if value is None else bool(value)
        case OneOf(field, words):
            value = values.get(field)
            return None if value is None else str(value) in words
        case Not(inner):
            answer = holds(inner, values)
            return None if answer is None else not answer
        case All(parts):
            return _joined((holds(each, values) for each in parts), settles=False)
        case Any(parts):
            return _joined((holds(each, values) for each in parts), settles=True)
        case _:  # pragma: no cover - the type check keeps it from being reached
            assert_never(node)


def _joined(answers: Iterator[Answer], *, settles: bool) -> Answer:
    found = set(answers)
    if settles in found:
        return settles
    return None if None in found else not settles


def fields_in(node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every field that *node* asks for, with the words that it is compared with."""
    match node:
        case Named(field) | Known(field):
            yield field, ()
        case OneOf(field, words):
            yield field, words
        case Not(inner):
            yield from fields_in(inner)
        case All(parts) | Any(parts):
            for each in parts:
                yield from fields_in(each)
        case _:  # pragma: no cover - the type check keeps it from being reached
            assert_never(node)


def unknown_in(node: Node, values: Mapping[str, object]) -> tuple[str, ...]:
    """Return the fields without a value on which it turns whether *node* holds, once each."""
    if holds(node, values) is not None:
        return ()
    found = [field for field in _turned_on(node) if values.get(field) is None]
    return tuple(dict.fromkeys(found))


def _turned_on(node: Node) -> Iterator[str]:
    """Yield the fields whose value matters; whether a field is known can always be said."""
    match node:
        case Named(field) | OneOf(field, _):
            yield field
        case Known():
            return
        case Not(inner):
            yield from _turned_on(inner)
        case All(parts) | Any(parts):
            for each in parts:
                yield from _turned_on(each)
        case _:  # pragma: no cover - the type check keeps it from being reached
            assert_never(node)
