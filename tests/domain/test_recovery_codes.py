"""Codes that a person copies: read back, and the group named where they are wrong."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.recovery_codes import ALPHABET, WrongRecoveryCode, read, written

BYTES = 48
SECRET = bytes(range(BYTES))
CODE = written(SECRET)


def wrong(text: str) -> WrongRecoveryCode:
    with pytest.raises(WrongRecoveryCode) as raised:
        read(text, BYTES)
    return raised.value


def test_a_code_is_sixteen_groups_of_six_without_letters_that_look_alike():
    groups = CODE.split(" ")
    assert [len(group) for group in groups] == [6] * 16
    assert not set("01OI") & set(ALPHABET)
    assert set("".join(groups)) <= set(ALPHABET)
    assert len(set(ALPHABET)) == 32


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_what_was_written_is_read_back(secret):
    assert read(written(secret), BYTES) == secret


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace(" ", ""),
        CODE.replace(" ", "-"),
        "\n".join(CODE.split(" ")) + "\n",
        "  " + CODE.replace(" ", "  ") + ".",
        CODE[:3] + " " + CODE[3:],
    ],
)
def test_capitals_and_what_stands_between_do_not_matter(typed):
    assert read(typed, BYTES) == SECRET


@given(st.integers(0, 15), st.integers(0, 5), st.sampled_from(ALPHABET))
def test_any_wrong_letter_names_its_group(group, place, letter):
    at = group * 7 + place
    typed = CODE[:at] + letter + CODE[at + 1 :]
    if typed != CODE:
        problem = wrong(typed)
        assert problem.group == group + 1
        assert problem.what.startswith(f"Group {group + 1}, {typed.split()[group]},")


@given(st.integers(0, 15), st.integers(0, 5), st.integers(0, 5))
def test_any_two_letters_that_changed_places_name_their_group(group, one, other):
    letters = list(CODE)
    one, other = group * 7 + one, group * 7 + other
    letters[one], letters[other] = letters[other], letters[one]
    typed = "".join(letters)
    if typed != CODE:
        assert wrong(typed).group == group + 1


@given(st.integers(0, 15), st.integers(0, 15))
def test_groups_that_changed_places_are_found(one, other):
    groups = CODE.split(" ")
    groups[one], groups[other] = groups[other], groups[one]
    if one != other:
        assert wrong(" ".join(groups)).group == min(one, other) + 1


def test_a_letter_too_few_or_too_many_names_its_group():
    groups = CODE.split(" ")
    assert wrong(" ".join([*groups[:4], groups[4][:-1], *groups[5:]])).group == 5
    problem = wrong(" ".join([*groups[:4], groups[4] + "A", *groups[5:]]))
    assert (problem.group, problem.what) == (
        5,
        f"Group 5, {groups[4]}A, has 7 letters instead of 6.",
    )


def test_a_group_left_out_is_told():
    groups = CODE.split(" ")
    assert wrong(" ".join(groups[:-1])).what == "There are 15 groups, and a recovery sheet has 16."
    assert wrong(" ".join(groups[:6] + groups[7:])).group == 7
    assert wrong("").what == "There are 0 groups, and a recovery sheet has 16."


@pytest.mark.parametrize("letter", "01OI!É")
def test_a_letter_that_no_sheet_has_is_named(letter):
    problem = wrong(CODE[:8] + letter + CODE[9:])
    assert problem.group == 2
    assert f"has “{letter.upper()[0]}” in it" in problem.what


def test_groups_of_two_sheets_do_not_belong_together():
    other = written(random.Random(1).randbytes(BYTES)).split(" ")
    mixed = CODE.split(" ")[:8] + other[8:]
    assert wrong(" ".join(mixed)).what == "These groups do not belong together."


def test_only_whole_groups_are_written():
    with pytest.raises(ValueError, match="do not fill whole groups"):
        written(bytes(47))
