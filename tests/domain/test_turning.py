"""Signs that turn the way a text runs are taken out, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest

from apprentice_desk.domain.turning import without_turns

TURNING = {"ALM", "LRM", "RLM", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada \u202eibO", "Ada ibO"),
        ("\u202aPriya Nair\u202c", "Priya Nair"),
        ("\u2068Zoë\u2069", "Zoë"),
        ("محمد\u200f", "محمد"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_a_name_reads_as_it_was_typed(typed: str, kept: str) -> None:
    assert without_turns(typed) == kept


def test_they_are_the_twelve_of_unicode_and_no_others() -> None:
    """By their class in writing both ways: every one that embeds, overrides, isolates or marks."""
    marks = {"\u061c", "\u200e", "\u200f"}
    classes = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    taken = {chr(code) for code in range(0x110000) if without_turns(chr(code)) == ""}
    turning = {chr(c) for c in range(0x110000) if unicodedata.bidirectional(chr(c)) in classes}
    assert taken == turning | marks
    assert len(taken) == len(TURNING)
