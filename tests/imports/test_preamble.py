"""What stands above a log is understood, offered and never taken over behind one's back."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports import preamble, reading, steps
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Options
from apprentice_desk.imports.steps import Given
from apprentice_desk.records import apprentices, hours, known_people
from imports.conftest import TODAY
from records.dumps import dump

ABOVE = [
    ["Off-the-job log 2025/26", "", "", ""],
    ["Apprentice name:", "Ada King", "", ""],
    ["Start date", "08/09/2025", "End date:", "Mar 2027"],
    ["Planned hours", "487.5", "Weekly hours", "36"],
    ["Training provider: Kestrel Skills", "", "Standard", "Data analyst"],
    ["", "", "", ""],
]
LOG = [
    ["Date", "Hours", "What I did", "KSBs"],
    ["05/01/2026", "1.5", "Unit testing", "S4"],
    ["06/01/2026", "2", "Reading", ""],
]


@pytest.fixture
def given(rules):
    return Given(rules, {}, {}, TODAY)


@pytest.fixture
def ada(make):
    return make.apprentice(
        given_names="Ada", family_name="King", training_planned_end_on=None, agreed_minutes=None
    )


@pytest.fixture
def journey(catalogued, given):
    """Go as far as the review."""

    def gone(path, **options):
        begun = steps.choose(steps.begin("hours"), path)
        known = catalogued.read(known_people.known_people)
        proposed = steps.propose(begun, known)
        if options:
            proposed = steps.say(proposed, Options(**options))
        return proposed if proposed.missing else steps.review(proposed, catalogued, given)

    return gone


def fields(read):
    return {said.field: said.shown for said in read.said}


def test_pairs_beside_below_and_in_one_cell_are_understood(listed):
    table = reading.find_table(reading.read(listed(ABOVE + LOG)), Kind.HOURS)
    assert fields(preamble.read(table)) == {
        "full_name": "Ada King",
        "training_started_on": "8 Sep 2025",
        "training_planned_end_on": "March 2027",
        "agreed_minutes": "487 h 30 m",
        "weekly_minutes": "36 h",
        "provider": "Kestrel Skills",
        "course": "Data analyst",
    }


def test_keys_in_a_row_with_values_below_are_understood(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Learner", "Start date", "Contracted hours"])
    sheet.append(["Ada King", date(2025, 9, 8), 36])
    sheet.append([])
    for row in LOG:
        sheet.append(row)
    path = tmp_path / "log.xlsx"
    book.save(path)
    table = reading.find_table(reading.read(path), Kind.HOURS)
    assert fields(preamble.read(table)) == {
        "full_name": "Ada King",
        "training_started_on": "8 Sep 2025",
        "weekly_minutes": "36 h",
    }


def test_titles_and_unreadable_values_say_nothing(listed):
    above = [["My name is on the door", "x", "", ""], ["Planned hours", "lots", "", ""]]
    table = reading.find_table(reading.read(listed(above + LOG)), Kind.HOURS)
    assert preamble.read(table).said == ()


def test_the_name_above_the_list_chooses_whose_hours_they_are(journey, ada, listed):
    gone = journey(listed(ABOVE + LOG))
    assert gone.options.apprentice == "Ada King"
    assert [row.entry.person for row in gone.review.rows] == ["Ada King", "Ada King"]


def test_a_name_that_is_only_like_one_is_proposed_and_not_taken(journey, ada, listed):
    above = [["Name", "Ada Kingg", "", ""]]
    gone = journey(listed(above + LOG))
    assert gone.missing == ("whose hours these are",)
    assert [near.said for near in gone.proposed] == ["Ada King (94 % alike)"]


def test_facts_are_ticked_where_the_desk_has_nothing_and_shown_beside_what_it_has(
    journey, ada, listed
):
    review = journey(listed(ABOVE + LOG)).review
    said = {change.field: change.said for change in review.sheet_says.changes}
    assert said["training_planned_end_on"] == "planned end of training: blank → March 2027"
    assert said["training_started_on"] == "training start: 1 Sep 2025 → 8 Sep 2025"
    assert said["agreed_minutes"] == "agreed off-the-job hours: blank → 487 h 30 m"
    assert review.believed == {"training_planned_end_on", "agreed_minutes", "provider"}
    assert "course" in said  # the desk has another standard, so it is off


def test_what_is_ticked_is_taken_over_in_the_same_change(catalogued, journey, given, ada, listed):
    before = dump(catalogued)
    gone = journey(listed(ABOVE + LOG))
    chosen = steps.believe(gone, {"agreed_minutes", "weekly_minutes", "provider"})
    done = steps.bring_in(chosen, catalogued)
    assert done.applied.rows == 2
    details = catalogued.read(apprentices.held, ada).details
    assert (details.agreed_minutes, details.weekly_minutes) == (29_250, 2_160)
    assert details.provider_id is not None
    assert details.training_started_on == date(2025, 9, 1)
    assert details.training_planned_end_on is None
    catalogued.undo(catalogued.undoable().number)
    assert {t: r for t, r in dump(catalogued).items() if "import" not in t} == {
        t: r for t, r in before.items() if "import" not in t
    }


def test_with_no_row_to_bring_in_what_stands_above_can_still_be_taken_over(
    bring, catalogued, journey, ada, listed
):
    path = listed(ABOVE + LOG)
    bring(path, "hours")
    gone = journey(path)
    assert gone.label == "Take over what stands above list.csv"
    steps.bring_in(gone, catalogued)
    assert catalogued.read(apprentices.held, ada).details.agreed_minutes == 29_250
    assert journey(path).review.believed == frozenset()


def test_somebody_who_is_added_gets_what_stands_above(catalogued, journey, given, listed):
    path = listed(ABOVE + LOG)
    gone = journey(path, apprentice="Ada King", add_missing=True)
    steps.bring_in(gone, catalogued)
    (known,) = catalogued.read(known_people.known_people)
    details = catalogued.read(apprentices.held, known.apprenticeship_id).details
    assert (details.standard_code, details.agreed_minutes) == ("ST0118", 29_250)
    assert details.training_started_on == date(2025, 9, 8)


def test_on_the_command_line_only_the_name_is_used_and_the_rest_is_noted(
    bring, catalogued, ada, listed
):
    report = bring(listed(ABOVE + LOG), "hours")
    assert report.as_json()["rows_imported"] == 2
    assert {row.name for row in catalogued.read(hours.hours_rows)} == {"Ada King"}
    assert [f.message for f in report.notes if f.code == "IM410"] == [
        "The sheet also says: training start: 8 Sep 2025.",
        "The sheet also says: planned end of training: March 2027.",
        "The sheet also says: agreed off-the-job hours: 487 h 30 m.",
        "The sheet also says: weekly hours: 36 h.",
        "The sheet also says: training provider: Kestrel Skills.",
        "The sheet also says: course: Data analyst.",
    ]
    assert catalogued.read(apprentices.held, ada).details.agreed_minutes is None


def test_on_the_command_line_a_name_that_is_only_like_one_is_said_and_not_taken(bring, ada, listed):
    with pytest.raises(Problem) as raised:
        bring(listed([["Name", "Ada Kingg", "", ""], *LOG]), "hours")
    assert "Did you mean Ada King? (94 % alike)" in raised.value.what


def test_a_list_of_many_peoples_hours_offers_nothing_from_above(journey, make, ada, listed):
    make.apprentice(given_names="Ben", family_name="Orr")
    rows = [[*row, name] for row, name in zip(LOG, ["Who", "Ada King", "Ben Orr"], strict=True)]
    gone = journey(listed([*ABOVE, *rows]))
    assert len(gone.review.rows) == 2
    assert gone.review.sheet_says is None


def test_a_spelling_said_once_holds_for_the_whole_file(catalogued, journey, given, ada, listed):
    rows = [[*row, name] for row, name in zip(LOG, ["Who", "Ada Kingg", "Ada Kingg"], strict=True)]
    gone = journey(listed(rows))
    assert [near.said for row in gone.review.rows for near in row.near] == [
        "Ada King (94 % alike)"
    ] * 2
    said = steps.review(steps.mean(gone, gone.review.rows[0].near[0]), catalogued, given)
    assert [row.entry.person for row in said.review.rows] == ["Ada King", "Ada King"]
