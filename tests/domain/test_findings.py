from __future__ import annotations

import pytest

from apprentice_desk.domain.findings import Finding, Level, Place, refuses


def finding(level: Level) -> Finding:
    return Finding(level, "RT001", "It is wrong.")


def test_levels_are_read_as_words():
    assert [level.words for level in Level] == ["File refused", "Row left out", "Worth a look"]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], False),
        ([Level.NOTE, Level.NOTE], False),
        ([Level.NOTE, Level.ROW], True),
        ([Level.FILE], True),
    ],
)
def test_only_file_and_row_findings_refuse(levels, expected):
    assert refuses(map(finding, levels)) is expected


def test_json_has_the_agreed_keys_in_order_and_plain_values():
    place = Place("a.xlsx", "Apprentices", 7, "C", "Level", "level", "nine")
    found = Finding(Level.ROW, "RT007", "“nine” is not a level.", "Write 2 to 7.", place)
    assert list(found.as_json().items()) == [
        ("file", "a.xlsx"),
        ("sheet", "Apprentices"),
        ("row", 7),
        ("column", "C"),
        ("heading", "Level"),
        ("value", "nine"),
        ("code", "RT007"),
        ("level", "row"),
        ("message", "“nine” is not a level."),
        ("remedy", "Write 2 to 7."),
    ]
    assert type(found.as_json()["level"]) is str


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), ""),
        (Place("a.xlsx", "Apprentices", 7, "C", "Level"), "a.xlsx, Apprentices, cell C7 (Level)"),
        (Place(sheet="Return", row=3), "Return, row 3"),
        (Place(sheet="Return", column="C"), "Return, column C"),
        (Place(file="a.csv", heading="Level"), "a.csv, Level"),
        (Place(file="a.csv"), "a.csv"),
    ],
)
def test_a_place_is_told_as_closely_as_it_is_known(place, words):
    assert place.words() == words
