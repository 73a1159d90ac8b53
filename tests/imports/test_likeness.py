"""What makes one text, time or name look like another."""

from __future__ import annotations

import pytest

from apprentice_desk.imports import likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SQL joins", "sql  joins."),
        ("Databases module", "Database module"),
        ("Webinar on testing", "Watched webinar on testing"),
        ("Lecture week 1: Python basics", "Python basics lecture week 1"),
        ("Shadowing the data team", "Shadowed the data team"),
    ],
)
def test_texts_that_may_tell_of_the_same_thing_are_similar(one, other):
    assert likeness.are_similar(one, other)
    assert likeness.are_similar(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lecture week 1", "Lecture week 2"),
        ("Workshop morning", "Workshop afternoon"),
        ("Read chapter one", "Read chapter two"),
        ("SQL joins", "SQL views"),
        ("Reading", ""),
        ("", ""),
        ("Reading", "Reading about the law of contracts"),
        ("word " * 80, "word " * 80 + "more"),
    ],
)
def test_texts_with_another_number_or_word_are_not(one, other):
    assert not likeness.are_similar(one, other)
    assert not likeness.are_similar(other, one)


@pytest.mark.parametrize(("one", "other"), [(100, 102), (88, 90), (67, 60), (68, 75), (64, 65)])
def test_times_that_differ_by_rounding_are_told(one, other):
    assert likeness.is_rounded(one, other)
    assert likeness.is_rounded(other, one)


@pytest.mark.parametrize(("one", "other"), [(60, 60), (60, 90), (45, 120), (60, 76), (7, 9)])
def test_other_times_are_not_rounded(one, other):
    assert not likeness.is_rounded(one, other)


def test_only_the_same_letters_are_wholly_alike():
    assert likeness.percent("ada king", "ada king") == 100
    assert likeness.percent("ada oby", "ada obi") == 86
    assert likeness.percent("a" * 400 + "b", "a" * 400 + "c") == 99
