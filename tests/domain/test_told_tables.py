"""Tables that come from outside: read key by key, whatever is amiss is named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.told_tables import ToldTable, hidden, parsed, shown
from apprentice_desk.domain.vocabulary import ListingState


def wrong(what: str) -> Problem:
    return Problem(what)


def told(**values: object) -> ToldTable:
    return ToldTable(values, "it", wrong)


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": 1, "a": 2}', "[" * 100_000, '{"a": NaN}', '{"a": -Infinity}']
)
def test_what_is_no_json_or_says_a_thing_twice_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parsed(text)


def test_what_is_json_is_parsed() -> None:
    assert parsed('{"a": [1, null, true]}') == {"a": [1, None, True]}


def test_letters_that_cannot_be_seen_are_found_and_never_shown() -> None:
    assert hidden("plain\n\twords\N{SOFT HYPHEN}") == ""
    assert hidden("a\u202eb") == "U+202E"
    assert shown("a\u202eb") == "a?b"
    assert len(shown("x" * 200)) == 80


def test_what_is_as_it_should_be_is_returned() -> None:
    table = told(
        words="two\nlines", line="one", blank="", day="2026-10-05", never=None,
        at="2026-10-05T10:00:00+01:00", weeks=4, yes=True, state="open", rows=[1, 2],
    )  # fmt: skip
    assert table.words("words", 20) == "two\nlines"
    assert table.line("line", 20) == "one"
    assert table.line("blank", 20, may_lack=True) == ""
    assert table.day("day") == table.day_or_none("day") == date(2026, 10, 5)
    assert table.day_or_none("never") is None
    assert table.instant("at") == datetime(2026, 10, 5, 9, tzinfo=UTC)
    assert table.number_or_none("weeks", 1, 26) == 4
    assert table.number_or_none("never", 1, 26) is None
    assert table.yes_no("yes") is True
    assert table.word("state", ListingState) is ListingState.OPEN
    assert table.word_or_none("state", ListingState) is ListingState.OPEN
    assert table.word_or_none("never", ListingState) is None
    assert table.rows("rows", 2) == [1, 2]


def test_a_table_has_the_keys_it_should_have_and_no_more() -> None:
    told(a=1).only({"a"})
    with pytest.raises(Problem, match="it lacks b"):
        told(a=1).only({"a", "b"})
    with pytest.raises(Problem, match="it has b, which is not known"):
        told(a=1, b=2).only({"a"})
    with pytest.raises(Problem, match="it is no table"):
        ToldTable([], "it", wrong)


@pytest.mark.parametrize(
    ("call", "value", "says"),
    [
        (lambda table: table.words("a", 3), 7, "a is no text"),
        (lambda table: table.words("a", 3), "four", "a is longer than 3 letters"),
        (lambda table: table.words("a", 3), "a\0", r"cannot be seen \(U\+0000\)"),
        (lambda table: table.line("a", 9), "a\nb", "a is not one line of text"),
        (lambda table: table.line("a", 9), " ", "a is not one line of text"),
        (lambda table: table.rows("a", 1), {}, "a is no list"),
        (lambda table: table.rows("a", 1), [1, 2], "a has more than 1 lines"),
        (lambda table: table.day("a"), "5 Oct", "a is no day"),
        (lambda table: table.day("a"), 5, "a is no day"),
        (lambda table: table.instant("a"), "2026-10-05", "a is no time"),
        (lambda table: table.instant("a"), "0001-01-01T00:00:00+14:00", "a is no time"),
        (lambda table: table.instant("a"), None, "a is no time"),
        (lambda table: table.number_or_none("a", 1, 26), 27, "whole number from 1 to 26"),
        (lambda table: table.number_or_none("a", 1, 26), True, "whole number from 1 to 26"),
        (lambda table: table.number_or_none("a", 1, 26), 4.0, "whole number from 1 to 26"),
        (lambda table: table.yes_no("a"), 1, "a is neither true nor false"),
        (lambda table: table.word("a", ListingState), "shut", "a is none of open, taken"),
        (lambda table: table.word("a", ListingState), [], "a is none of open, taken"),
    ],
)
def test_what_is_amiss_is_named(call, value: object, says: str) -> None:
    with pytest.raises(Problem, match=says):
        call(told(a=value))
