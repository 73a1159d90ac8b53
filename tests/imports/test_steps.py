"""An import, step by step, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.imports.steps import Given, Journey
from apprentice_desk.records.hours import hours_rows
from imports.conftest import TODAY
from imports.layouts import layout

LOG = (
    ("My log", "", ""),
    ("Date", "Hours", "What I did"),
    ("03/08/2026", "1:30", "Databases module"),
    ("04/08/2026", "2", "Webinar on testing"),
    ("05/08/2026", "soon", "Reading"),
)


@pytest.fixture
def given(rules) -> Given:
    return Given(rules, {}, {}, TODAY)


@pytest.fixture
def log(listed) -> Path:
    return listed(LOG)


def fates(journey: Journey) -> list[Fate]:
    assert journey.review is not None
    return [row.fate for row in journey.review.rows]


def test_choosing_a_file_finds_its_headings_and_matches_its_columns(log) -> None:
    journey = steps.choose(steps.begin("hours"), log)

    assert journey.table is not None
    assert journey.matching is not None
    assert journey.table.heading_row == 2
    assert [column.field for column in journey.matching.columns][:2] == ["done_on", "duration"]
    assert journey.examples(1) == ("1:30", "2", "soon")


def test_a_log_that_names_nobody_asks_whose_it_is(log) -> None:
    journey = steps.choose(steps.begin(Kind.HOURS), log)
    assert journey.missing == ("whose hours these are",)

    said = steps.say(journey, Options("Ada Lovelace"))

    assert said.missing == ()


def test_a_list_with_names_does_not_ask_whose_it_is() -> None:
    journey = steps.choose(steps.begin(Kind.APPRENTICES), layout("11"))

    assert (journey.needs_a_person, journey.missing) == (False, ())


def test_a_column_that_is_let_go_of_is_missed_until_another_has_its_place(log) -> None:
    journey = steps.choose(steps.begin(Kind.HOURS), log)

    without = steps.hold(journey, 0, None)
    assert without.missing[0] == "the day"

    assert steps.hold(without, 0, "done_on").missing == journey.missing


def test_the_headings_can_be_said_to_stand_elsewhere(log) -> None:
    journey = steps.choose(steps.begin(Kind.HOURS), log)
    assert journey.table is not None

    moved = steps.find_headings(journey, journey.table.sheet, 1)

    assert moved.table is not None
    assert moved.table.headings[0] == "My log"
    with pytest.raises(Problem, match="no row 40"):
        steps.find_headings(journey, journey.table.sheet, 40)


def test_every_row_has_a_fate_and_nothing_is_written_yet(catalogued, make, log, given) -> None:
    make.apprentice()
    before = catalogued.latest_change()
    journey = steps.say(steps.choose(steps.begin(Kind.HOURS), log), Options("Ada Lovelace"))

    reviewed = steps.review(journey, catalogued, given)

    assert fates(reviewed) == [Fate.IMPORTED, Fate.IMPORTED, Fate.REFUSED]
    assert reviewed.label == "Import 2 entries of hours from list.csv"
    assert catalogued.latest_change() == before


def test_rows_left_out_stay_out_when_the_desk_is_looked_at_again(
    catalogued, make, log, given
) -> None:
    make.apprentice()
    journey = steps.say(steps.choose(steps.begin(Kind.HOURS), log), Options("Ada Lovelace"))
    reviewed = steps.tick(steps.review(journey, catalogued, given), [3], is_in=False)
    assert fates(reviewed) == [Fate.SKIPPED, Fate.IMPORTED, Fate.REFUSED]

    again = steps.review(reviewed, catalogued, given)

    assert fates(again) == fates(reviewed)
    assert fates(steps.tick(again, [3], is_in=True))[0] is Fate.IMPORTED


def test_what_comes_in_is_one_change(catalogued, make, log, given) -> None:
    make.apprentice()
    journey = steps.say(steps.choose(steps.begin(Kind.HOURS), log), Options("Ada Lovelace"))
    reviewed = steps.tick(steps.review(journey, catalogued, given), [3], is_in=False)

    done = steps.bring_in(reviewed, catalogued)

    assert done.applied is not None
    assert done.applied.rows == 1
    rows = catalogued.read(hours_rows)
    assert [row.minutes for row in rows] == [120]
    latest = catalogued.latest_change()
    assert latest is not None
    assert latest.label == "Import 1 entry of hours from list.csv"
    catalogued.undo(latest.number)
    assert catalogued.read(hours_rows) == ()


def test_with_every_row_left_out_there_is_nothing_to_bring_in(catalogued, make, log, given) -> None:
    make.apprentice()
    journey = steps.say(steps.choose(steps.begin(Kind.HOURS), log), Options("Ada Lovelace"))
    reviewed = steps.tick(steps.review(journey, catalogued, given), [3, 4], is_in=False)

    with pytest.raises(Problem, match="no row to bring in"):
        steps.bring_in(reviewed, catalogued)


def test_going_back_forgets_the_review(catalogued, make, log, given) -> None:
    make.apprentice()
    journey = steps.say(steps.choose(steps.begin(Kind.HOURS), log), Options("Ada Lovelace"))
    reviewed = steps.review(journey, catalogued, given)

    assert steps.hold(reviewed, 2, None).review is None


@pytest.mark.parametrize("step", ["find_headings", "hold", "review", "tick"])
def test_a_step_before_its_time_is_refused_in_words(step, catalogued, given) -> None:
    start = steps.begin(Kind.HOURS)
    acts = {
        "find_headings": lambda: steps.find_headings(start, "Sheet", 1),
        "hold": lambda: steps.hold(start, 0, None),
        "review": lambda: steps.review(start, catalogued, given),
        "tick": lambda: steps.tick(start, [1], is_in=True),
    }

    with pytest.raises(Problem, match="yet"):
        acts[step]()
