"""A name that is near to somebody's: this is them, or somebody else, as a person says."""

from __future__ import annotations

import pytest

from apprentice_desk.imports import steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.imports.steps import Given
from apprentice_desk.records import hours, known_people
from imports.conftest import TODAY

HEAD = ["Name", "Date", "Hours", "What I did"]


@pytest.fixture
def given(rules):
    return Given(rules, {}, {}, TODAY)


@pytest.fixture
def ada(make):
    return make.apprentice(given_names="Ada", family_name="King")


@pytest.fixture
def journey(catalogued, given):
    """Bring a file to its review."""

    def gone(path, kind=Kind.HOURS, **options):
        chosen = steps.choose(steps.begin(kind), path)
        known = catalogued.read(known_people.known_people)
        proposed = steps.propose(steps.say(chosen, Options(**options)), known)
        return proposed if proposed.missing else steps.review(proposed, catalogued, given)

    return gone


def people(store):
    return [each.name for each in store.read(known_people.known_people)]


def row(name, day=3):
    return [name, f"0{day}/08/2026", "1", f"Reading, part {day}"]


def test_a_name_near_to_somebodys_is_not_added_until_it_is_said(
    catalogued, journey, given, ada, listed
):
    gone = journey(listed([HEAD, row("Ada Kingg"), row("Zed Roe")]), add_missing=True)
    first, second = gone.review.rows
    assert (first.fate, second.fate) == (Fate.REFUSED, Fate.IMPORTED)
    assert [near.said for near in first.near] == ["Ada King (94 % alike)"]

    differs = steps.differ(gone, "Ada Kingg")
    done = steps.bring_in(steps.review(differs, catalogued, given), catalogued)

    assert done.applied.people_added == 2
    assert sorted(people(catalogued)) == ["Ada King", "Ada Kingg", "Zed Roe"]
    assert {each.name for each in catalogued.read(hours.hours_rows)} == {"Ada Kingg", "Zed Roe"}


def test_one_person_may_be_added_though_the_others_are_not(catalogued, journey, given, ada, listed):
    gone = journey(listed([HEAD, row("Ada Kingg"), row("Zed Roe")]))
    said = steps.review(steps.differ(gone, "Ada Kingg"), catalogued, given)
    assert [each.fate for each in said.review.rows] == [Fate.IMPORTED, Fate.REFUSED]
    assert [note.message for note in said.notes] == ["Ada Kingg is added; the course is not known."]


def test_two_new_names_that_are_near_each_other_are_asked_about_too(
    catalogued, journey, given, listed
):
    rows = [HEAD, row("Tom Smith"), row("Tim Smith", 4), row("Tim Smith", 5)]
    gone = journey(listed(rows), add_missing=True)
    assert [each.fate for each in gone.review.rows] == [Fate.IMPORTED, *[Fate.REFUSED] * 2]
    (near,) = gone.review.rows[1].near
    assert (near.name, near.is_new) == ("Tom Smith", True)

    one = steps.review(steps.mean(gone, near), catalogued, given)
    assert [each.entry.person for each in one.review.rows] == ["Tom Smith"] * 3

    two = steps.review(steps.differ(gone, "Tim Smith"), catalogued, given)
    assert [each.entry.person for each in two.review.rows] == ["Tom Smith", *["Tim Smith"] * 2]
    steps.bring_in(two, catalogued)
    assert sorted(people(catalogued)) == ["Tim Smith", "Tom Smith"]


def test_whoever_has_another_uln_is_not_meant_and_not_asked_about(journey, listed, make):
    make.apprentice(given_names="Ada", family_name="King", uln="1000000043")
    rows = [["ULN", *HEAD], ["1000000051", *row("Ada Kingg")]]
    (only,) = journey(listed(rows), add_missing=True).review.rows
    assert (only.fate, only.entry.person, only.near) == (Fate.IMPORTED, "Ada Kingg", ())


def test_somebody_new_of_a_list_of_apprentices_may_be_said_to_be_somebody_else(
    catalogued, journey, given, ada, listed
):
    rows = [["Name", "Course"], ["Ada Kingg", "Data analyst"]]
    gone = journey(listed(rows), Kind.APPRENTICES)
    (first,) = gone.review.rows
    assert [finding.code for finding in first.findings] == ["IM203"]
    (again,) = steps.review(steps.differ(gone, "Ada Kingg"), catalogued, given).review.rows
    assert (again.fate, again.findings, again.near) == (Fate.IMPORTED, (), ())


ABOVE = [["Name", "Ada Kingg"], ["ULN", "1000000051"], ["Date", "Hours"], ["03/08/2026", "1"]]


def test_the_name_above_a_log_may_be_added_as_a_new_apprentice(
    catalogued, journey, given, ada, listed
):
    gone = journey(listed(ABOVE))
    assert gone.missing == ("whose hours these are",)
    assert gone.stranger == "Ada Kingg"

    differs = steps.differ(gone, gone.stranger)
    assert differs.missing == ()
    steps.bring_in(steps.review(differs, catalogued, given), catalogued)

    (added,) = [each for each in catalogued.read(known_people.known_people) if each.uln]
    assert (added.name, added.uln) == ("Ada Kingg", "1000000051")
    assert [each.name for each in catalogued.read(hours.hours_rows)] == ["Ada Kingg"]
