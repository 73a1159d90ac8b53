"""A number that is another person's is refused, never taken for theirs; totals are nobody's."""

from __future__ import annotations

import pytest

from apprentice_desk.imports import likeness
from apprentice_desk.records import hours, known_people

PEOPLE = ["Name", "ULN", "Course", "Planned start"]
HOURS = ["Name", "ULN", "Date", "Time spent", "Description"]


def test_a_second_name_with_the_same_number_is_refused_and_not_dropped(bring, catalogued, listed):
    rows = [
        PEOPLE,
        ["Jo Smith", "1000000043", "Data analyst", "Sep 2025"],
        ["Sam Jones", "1000000043", "Data analyst", "Sep 2025"],
        ["Jo  SMITH", "1000000043", "Data analyst", "Sep 2025"],
    ]
    found = bring(listed(rows), "apprentices").as_json()
    assert found["rows_imported"] == 1
    (refused,) = found["refused"]
    assert refused["row"] == 3
    assert "Sam Jones" in refused["reason"]
    assert "Jo Smith" in refused["reason"]
    assert [each["row"] for each in found["skipped"]] == [4]
    assert [each.name for each in catalogued.read(known_people.known_people)] == ["Jo Smith"]


def test_hours_with_one_name_and_another_number_go_to_nobody(bring, catalogued, listed, make):
    make.apprentice(given_names="Ada", family_name="King", uln="1000000043")
    rows = [
        HOURS,
        ["Ben Orr", "1000000043", "05/01/2026", "1:30", "SQL"],
        ["Ada K", "1000000043", "06/01/2026", "0:45", "SQL"],
    ]
    found = bring(listed(rows), "hours").as_json()
    (refused,) = found["refused"]
    assert refused["row"] == 2
    assert "is that of Ada King" in refused["reason"]
    assert [each.minutes for each in catalogued.read(hours.hours_rows)] == [45]


def test_a_row_of_totals_has_no_hours_of_its_own(bring, listed, make):
    make.apprentice(given_names="Ada", family_name="King", uln="1000000043")
    rows = [
        HOURS,
        ["Ada King", "1000000043", "05/01/2026", "1:30", "SQL"],
        ["Total", "", "", "99", ""],
    ]
    found = bring(listed(rows), "hours").as_json()
    assert (found["rows_read"], found["rows_imported"], len(found["skipped"])) == (2, 1, 1)
    assert (found["minutes_read"], found["minutes_imported"]) == (90, 90)


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Ada King", "ADA KING-OBI", True),
        ("Ada King", "Ada Obi", True),
        ("Mohammed Ali", "Mohamed Aly", True),
        ("Jo Smith", "Sam Jones", False),
        ("Ada King", "Ben Orr", False),
    ],
)
def test_names_that_may_be_one_persons(one, other, may_be):
    assert likeness.may_be_one(one, other) is may_be
