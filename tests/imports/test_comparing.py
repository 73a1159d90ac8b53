"""Rows that look like others are set aside; rows that say otherwise are offered as corrections."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.imports import applying, matching, reading, reviewing, sums
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.rows import Fate, Options
from apprentice_desk.records import hours
from imports.conftest import TODAY
from records.dumps import dump

HEAD = ["Apprentice", "Date", "Started at", "Hours", "Type of activity", "What I did", "KSBs"]
FIRST = ["Ada King", "05/01/2026", "", "1:30", "Workshop", "Unit testing with the team", "S4"]
SECOND = ["Ada King", "06/01/2026", "09:00", "2", "Mentoring", "Retro with Priya", ""]


def changed(cells, **changes):
    places = {name.split()[0].casefold(): at for at, name in enumerate(HEAD)}
    made = list(cells)
    for name, cell in changes.items():
        made[places[name]] = cell
    return made


@pytest.fixture
def ada(make):
    return make.apprentice(given_names="Ada", family_name="King", uln="1000000043")


@pytest.fixture
def review(catalogued, rules, ada):
    """Review a file against the desk as it stands."""

    def reviewed(path, **options):
        table = reading.find_table(reading.read(path), Kind.HOURS)
        found = matching.match(table, Kind.HOURS)
        said = Options(**options)
        known = catalogued.read(reviewing.gather, table, found, said, rules, {}, TODAY)
        return reviewing.review(
            table, found, known, rules=rules, provider_names={}, today=TODAY, options=said
        )

    return reviewed


def apply(store, made):
    with store.change(applying.label_of(made)) as session:
        return applying.apply(session, made)


def entries(store):
    return list(reversed(store.read(hours.hours_rows)))


# --- likely duplicates --------------------------------------------------------------------------


def test_a_row_that_looks_like_an_earlier_one_is_off_by_default_and_names_it(review, listed):
    made = review(listed([HEAD, FIRST, changed(FIRST, what="Unit tests with team"), SECOND]))
    twin = made.all_rows[1]
    assert twin.fate is Fate.SKIPPED
    assert twin.is_twin
    assert twin.reason == (
        "Looks like row 2: 1 h 30 m, “Unit testing with the team”. Take it in if both happened."
    )
    assert (twin.place.column, twin.place.value) == ("B", "05/01/2026")
    assert made.count() == made.count(Fate.IMPORTED) + made.count(Fate.SKIPPED) == 3


def test_a_likely_duplicate_can_be_taken_in_and_left_out_again(catalogued, review, listed):
    made = review(listed([HEAD, FIRST, changed(FIRST, what="Unit tests with team")]))
    taken = made.tick(3)
    assert (taken.count(Fate.IMPORTED), taken.minutes(Fate.IMPORTED)) == (2, 180)
    assert taken.untick(3) == made
    assert apply(catalogued, taken) == applying.Applied(2, 0, 0)
    assert [entry.minutes for entry in entries(catalogued)] == [90, 90]


@pytest.mark.parametrize(
    "other",
    [
        {"hours": "1:34"},
        {"hours": "1.6"},
        {"hours": "1:30", "ksbs": "S5"},
        {"what": "unit testing, with the team."},
    ],
    ids=str,
)
def test_rounded_minutes_and_the_same_text_are_a_likely_duplicate(review, listed, other):
    made = review(listed([HEAD, changed(FIRST, hours="1:30"), changed(FIRST, **other)]))
    assert [row.is_twin for row in made.all_rows] == [False, True]


@pytest.mark.parametrize(
    "other",
    [
        {"date": "07/01/2026"},
        {"hours": "3"},
        {"what": "Reading about the law"},
        {"what": ""},
        {"what": "Unit testing with the team 2"},
    ],
    ids=str,
)
def test_another_day_length_or_text_is_another_entry(review, listed, other):
    made = review(listed([HEAD, FIRST, changed(FIRST, **other)]))
    assert [row.fate for row in made.all_rows] == [Fate.IMPORTED] * 2


def test_start_times_tell_alike_rows_apart(review, listed):
    rows = [changed(FIRST, started=at) for at in ("09:00", "11:00", "13:00")]
    made = review(listed([HEAD, *rows]))
    assert made.count(Fate.IMPORTED) == 3


def test_rows_alike_in_every_field_stay_skipped_for_good(review, listed):
    made = review(listed([HEAD, FIRST, FIRST]))
    assert made.all_rows[1].reason == "The same as row 2 in every field."
    assert made.tick(3).count(Fate.IMPORTED) == 1


def test_another_persons_row_is_no_duplicate(review, make, listed):
    make.apprentice(given_names="Ben", family_name="Orr")
    made = review(listed([HEAD, FIRST, changed(FIRST, apprentice="Ben Orr")]))
    assert made.count(Fate.IMPORTED) == 2


def test_a_row_that_looks_like_a_typed_entry_is_off_by_default(review, make, ada, listed):
    make.hours(ada, done_on=date(2026, 1, 5), minutes=90, what="Unit tests with the team")
    (row,) = review(listed([HEAD, FIRST])).all_rows
    assert row.is_twin
    assert row.reason.startswith(
        "Looks like an entry of 05/01/2026 that the desk has: 1 h 30 m, “Unit tests with the team”."
    )


def test_each_entry_of_the_desk_answers_to_one_row_only(review, make, ada, listed):
    """An hour's reading in the morning does not make two more hours a correction of it."""
    make.hours(ada, done_on=date(2026, 1, 5), minutes=60, what="Set book")
    rows = [changed(FIRST, hours=h, what="Set book", type="", ksbs="") for h in ("1", "2")]
    made = review(listed([HEAD, *rows]))
    assert [row.fate for row in made.all_rows] == [Fate.SKIPPED, Fate.IMPORTED]
    assert made.all_rows[0].reason == "Already here: the desk has this entry."


def test_of_two_rows_only_the_first_corrects_an_entry(review, make, ada, listed):
    make.hours(ada, done_on=date(2026, 1, 5), minutes=60, what="Set book")
    rows = [changed(FIRST, hours=hours, what="Set book", type="", ksbs="") for hours in ("2", "3")]
    made = review(listed([HEAD, *rows]))
    assert [row.fate for row in made.all_rows] == [Fate.SKIPPED, Fate.IMPORTED]
    assert made.all_rows[0].correction.said == "time spent: 1 h → 2 h"


# --- corrections --------------------------------------------------------------------------------


def test_a_corrected_file_is_offered_and_changes_nothing_by_itself(bring, catalogued, ada, listed):
    bring(listed([HEAD, FIRST, SECOND]), "hours")
    before = dump(catalogued, with_log=True)
    report = bring(listed([HEAD, changed(FIRST, hours="2"), SECOND]), "hours")
    assert report.as_json()["rows_imported"] == 0
    assert [each["reason"] for each in report.as_json()["skipped"]] == [
        "Corrects what the desk has, once it is accepted: time spent: 1 h 30 m → 2 h.",
        "Already here: the desk has this entry.",
    ]
    assert dump(catalogued, with_log=True) == before


def test_an_accepted_correction_changes_the_entry_and_one_undo_takes_all_back(
    bring, catalogued, ada, listed
):
    bring(listed([HEAD, FIRST, SECOND]), "hours")
    before = dump(catalogued)
    new = changed(SECOND, date="07/01/2026", what="Stand-up")
    rows = [HEAD, changed(FIRST, hours="2", type="Shadowing"), SECOND, new]
    report = bring(listed(rows), "hours", accept_corrections=True)
    assert report.label == "Import 1 entry of hours and correct 1 from list.csv"
    found = report.as_json()
    assert (found["rows_read"], found["rows_imported"], found["minutes_imported"]) == (3, 2, 240)
    assert found["rows_read"] == found["rows_imported"] + len(found["skipped"])
    first = entries(catalogued)[0]
    assert (first.minutes, first.activity, first.ksbs) == (120, Activity.SHADOWING, "S4")
    assert len(entries(catalogued)) == 3
    catalogued.undo(catalogued.undoable().number)
    assert dump(catalogued) == before


def test_a_blank_in_the_file_never_wipes_a_value(bring, catalogued, ada, listed):
    bring(listed([HEAD, FIRST, SECOND]), "hours")
    rows = [HEAD, changed(FIRST, type="", ksbs=""), changed(SECOND, started="", hours="3")]
    found = bring(listed(rows), "hours", accept_corrections=True).as_json()
    assert found["rows_imported"] == 1
    assert [e.minutes for e in entries(catalogued)] == [90, 180]
    assert [e.began_at for e in entries(catalogued)] == ["", "09:00"]
    assert [e.activity for e in entries(catalogued)] == [Activity.WORKSHOP, Activity.MENTORING]
    assert entries(catalogued)[0].ksbs == "S4"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"hours": "2:30"}, "time spent: 2 h → 2 h 30 m"),
        ({"type": "Workshop"}, "kind of activity: mentoring → workshop"),
        ({"what": "Retro with Sam"}, "description: Retro with Priya → Retro with Sam"),
        ({"ksbs": "K2"}, "knowledge, skills and behaviours: blank → K2"),
        ({"started": "10:00"}, "start time: 09:00 → 10:00"),
        ({"date": "08/01/2026"}, "day: 06/01/2026 → 08/01/2026"),
    ],
)
def test_every_value_that_differs_is_shown_old_and_new(bring, ada, listed, changes, says):
    bring(listed([HEAD, FIRST, SECOND]), "hours")
    report = bring(listed([HEAD, FIRST, changed(SECOND, **changes)]), "hours")
    assert report.skipped[1].correction.said == says


def test_the_same_start_in_another_file_is_the_same_entry(bring, ada, listed):
    bring(listed([HEAD, SECOND]), "hours")
    path = listed([HEAD, FIRST, changed(SECOND, hours="2:15", what="Coaching")], "new.csv")
    report = bring(path, "hours")
    assert report.as_json()["rows_imported"] == 1
    assert report.skipped[0].correction.said == (
        "time spent: 2 h → 2 h 15 m; description: Retro with Priya → Coaching"
    )


def test_rows_that_moved_down_are_known_again_and_the_new_one_comes_in(bring, ada, listed):
    bring(listed([HEAD, FIRST, SECOND]), "hours")
    new = changed(FIRST, what="Reading", hours="4", date="05/01/2026")
    report = bring(listed([HEAD, new, FIRST, changed(SECOND, hours="3")]), "hours")
    assert [row.fate for row in report.review.rows] == [Fate.IMPORTED, Fate.SKIPPED, Fate.SKIPPED]
    assert report.skipped[1].correction.said == "time spent: 2 h → 3 h"


def test_single_values_of_a_correction_can_be_left_as_they_are(
    bring, catalogued, review, ada, listed
):
    bring(listed([HEAD, FIRST]), "hours")
    made = review(listed([HEAD, changed(FIRST, hours="2", what="Unit testing with team")]))
    part = made.accept(2, {"minutes"})
    assert [change.field for change in part.rows[0].correction.changes] == ["minutes"]
    apply(catalogued, part)
    (entry,) = entries(catalogued)
    assert (entry.minutes, entry.what) == (120, "Unit testing with the team")
    assert made.accept(2, ()) == made


def test_an_entry_changed_since_the_review_is_not_overwritten(
    bring, catalogued, review, ada, listed
):
    bring(listed([HEAD, FIRST]), "hours")
    made = review(listed([HEAD, changed(FIRST, hours="2")])).tick(2)
    (entry,) = entries(catalogued)
    with catalogued.change("Typed over") as session:
        hours.correct_hours(
            session, entry.id, hours.HoursDetails(ada, entry.done_on, 45, what="Other")
        )
    before = dump(catalogued, with_log=True)
    with pytest.raises(Conflict), catalogued.change("Import") as session:
        applying.apply(session, made)
    assert dump(catalogued, with_log=True) == before


def test_what_was_said_of_offered_rows_holds_in_the_next_review(bring, review, ada, listed):
    bring(listed([HEAD, FIRST]), "hours")
    path = listed([HEAD, changed(FIRST, hours="2", ksbs="K9"), SECOND])
    said = review(path).accept(2, {"minutes"}).untick(3)
    again = review(path).again(said)
    assert [row.fate for row in again.rows] == [Fate.IMPORTED, Fate.SKIPPED]
    assert [change.field for change in again.rows[0].correction.changes] == ["minutes"]


# --- counting, and sums -------------------------------------------------------------------------


def test_leave_and_work_come_in_as_not_counting_and_the_sum_adds_up(review, listed):
    rows = [
        HEAD,
        FIRST,
        SECOND,
        changed(FIRST, date="07/01/2026", type="Annual leave", hours="7", what="Leave"),
        changed(FIRST, date="08/01/2026", type="Administration", hours="1", what="Timesheets"),
        changed(FIRST, what="Unit tests with team"),
        changed(FIRST, date="soon"),
    ]
    made = review(listed(rows))
    found = sums.of(made)
    assert (found.minutes, found.counting_minutes, found.not_counting_minutes) == (870, 210, 480)
    assert (found.skipped_minutes, found.refused_minutes) == (90, 90)
    assert found.minutes == (
        found.counting_minutes
        + found.not_counting_minutes
        + found.skipped_minutes
        + found.refused_minutes
    )
    assert found.words == (
        "14 h 30 m read = 3 h 30 m that come in and count + 8 h that come in and do not count"
        " + 3 h left out or refused"
    )
    why = [row.entry.why_not for row in made.rows if row.entry]
    assert why == ["", "", "Does not count: leave.", "Does not count: administration."]


def test_codes_written_out_are_no_other_than_the_same_in_short(bring, ada, listed, make):
    bring(listed([HEAD, changed(FIRST, ksbs="K4-6")]), "hours")
    (entry,) = entries(make.store)
    with make.store.change("As an older program kept it") as session:
        session.get_one(hours.OffTheJobEntry, entry.id).ksbs = "K4, K5, K6"
    report = bring(listed([HEAD, changed(FIRST, ksbs="K4 to K6")]), "hours")
    assert [row.correction for row in report.skipped] == [None]
    report = bring(listed([HEAD, changed(FIRST, ksbs="K4-7")]), "hours")
    said = "knowledge, skills and behaviours: K4, K5, K6 → K4-7"
    assert report.skipped[0].correction.said == said
