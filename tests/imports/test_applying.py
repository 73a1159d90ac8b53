"""An import is one change: tried first, whole or not at all, undone at once."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.problems import Cancelled
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import applying, matching, reading, reviewing
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.records import hours, known_people
from imports.conftest import TODAY
from imports.layouts import layout
from records.dumps import dump

LOG = [
    ["Name", "Date", "Hours", "Description"],
    ["Ada King", "05/01/2026", "1", "a"],
    ["Ben Orr", "06/01/2026", "2", "b"],
    ["Ada King", "07/01/2026", "3", "c"],
]

CASES = [
    pytest.param("11", "apprentices", {}, id="apprentices"),
    pytest.param("07", "hours", {"add_missing": True}, id="hours"),
]


@pytest.mark.parametrize(("start", "kind", "options"), CASES)
def test_one_undo_takes_the_whole_import_back(bring, catalogued, start, kind, options):
    before = dump(catalogued)
    numbers = len(catalogued.changes())
    report = bring(layout(start), kind, **options)
    assert dump(catalogued) != before
    assert len(catalogued.changes()) == numbers + 1
    change = catalogued.undoable()
    assert change.label == report.label
    catalogued.undo(change.number)
    assert dump(catalogued) == before


@pytest.mark.parametrize(("start", "kind", "options"), CASES)
def test_a_dry_run_says_the_same_and_changes_nothing(bring, catalogued, start, kind, options):
    before = dump(catalogued, with_log=True)
    tried = bring(layout(start), kind, dry_run=True, **options)
    assert tried.is_dry_run
    assert dump(catalogued, with_log=True) == before
    assert bring(layout(start), kind, **options).as_json() == tried.as_json()


def test_the_change_is_named_after_what_it_brings_in(bring, listed):
    assert bring(layout("11"), "apprentices").label == (
        "Import 3 apprentices from 11_das_employer_download.csv"
    )
    path = listed(LOG[:2])
    assert bring(path, "hours", add_missing=True).label == "Import 1 entry of hours from list.csv"


def test_stopping_leaves_nothing_behind(bring, catalogued, listed):
    before = dump(catalogued, with_log=True)
    progress = Progress()

    def stop_at_writing(done, total, doing):
        if doing in ("Logging hours", "Adding apprentices"):
            progress.stop()

    progress = Progress(stop_at_writing, clock=iter(range(1000)).__next__)
    with pytest.raises(Cancelled):
        bring(layout("11"), "apprentices", progress=progress)
    assert dump(catalogued, with_log=True) == before


@pytest.fixture
def reviewed(catalogued, rules, listed):
    """The review of LOG, adding who is missing."""
    table = reading.find_table(reading.read(listed(LOG)), Kind.HOURS)
    found = matching.match(table, Kind.HOURS)
    options = Options(add_missing=True)
    known = catalogued.read(reviewing.gather, table, found, options, rules, {}, TODAY)
    return reviewing.review(
        table, found, known, rules=rules, provider_names={}, today=TODAY, options=options
    )


def test_a_row_can_be_left_out_and_taken_in_again(reviewed):
    without = reviewed.untick(3)
    assert [row.fate for row in without.rows] == [Fate.IMPORTED, Fate.SKIPPED, Fate.IMPORTED]
    assert (without.count(), without.minutes(Fate.IMPORTED), without.minutes()) == (3, 240, 360)
    assert without.tick(3) == reviewed


def test_nobody_is_added_for_rows_that_are_left_out(catalogued, reviewed):
    with catalogued.change("Import") as session:
        applied = applying.apply(session, reviewed.untick(3))
    assert applied == applying.Applied(rows=2, people_added=1, providers_added=0)
    assert [known.name for known in catalogued.read(known_people.known_people)] == ["Ada King"]


def test_leaving_out_a_persons_first_row_keeps_the_person_for_the_next(catalogued, reviewed):
    with catalogued.change("Import") as session:
        applying.apply(session, reviewed.untick(2))
    assert {row.name for row in catalogued.read(hours.hours_rows)} == {"Ada King", "Ben Orr"}


def test_a_matching_that_a_person_changed_is_used(catalogued, rules, listed, make):
    make.apprentice(given_names="Ada", family_name="King")
    rows = [["Name", "Date", "Quantity"], ["Ada King", "05/01/2026", "1.5"]]
    table = reading.table_at(reading.read(listed(rows)), "list", 1)
    found = matching.match(table, Kind.HOURS)
    assert found.missing == ("the time spent (hours, minutes, or when it began and ended)",)
    put_right = matching.change(found, 2, "duration")
    assert put_right.missing == ()
    known = catalogued.read(reviewing.gather, table, put_right, Options(), rules, {}, TODAY)
    review = reviewing.review(table, put_right, known, rules=rules, provider_names={}, today=TODAY)
    assert review.minutes(Fate.IMPORTED) == 90
