"""Three invented trackers of three tastes come in whole, with the sums worked out by hand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.imports.rows import Fate
from apprentice_desk.records.hours import hours_rows
from imports import trackers


def by_day(store):
    found = defaultdict(int)
    for row in store.read(hours_rows):
        found[row.done_on] += row.minutes
    return dict(found)


def reasons(report):
    return [(each["row"], each["reason"]) for each in report.as_json()["skipped"]]


@pytest.fixture
def team(make):
    """The people of the trackers, each on 35 hours a week."""
    return {
        name: make.apprentice(
            given_names=name.split()[0],
            family_name=name.split()[1],
            weekly_minutes=35 * 60,
            training_started_on=date(2025, 9, 1),
        )
        for name in trackers.PEOPLE
    }


def test_a_merged_beauty_comes_in_whole(bring, catalogued, team, tmp_path):
    report = bring(trackers.merged_beauty(tmp_path), "hours", apprentice="Amara Osei")
    assert by_day(catalogued) == trackers.MERGED_BEAUTY
    found = report.as_json()
    assert (found["rows_read"], found["rows_imported"], found["refused"]) == (10, 6, [])
    assert reasons(report) == [
        (25, "Only “FEBRUARY” stands in this row."),
        (28, "The same as row 27 in every field."),
        (30, "A row of totals."),
        (31, "Only “Congratulations, you made it to the bottom! ☺” stands in this row."),
    ]
    notes = {note.code: note.message for note in report.notes}
    assert "Row 19 is an example" in notes["IM453"]
    assert "J “Sign-off › Date signed”" in notes["IM452"]
    assert "“When › Where (postcode)”" in notes["IM451"]
    assert notes["IM458"] == "“Lists” is a hidden sheet and not read."
    looks = {f.place.row: f for f in report.findings if f.code == "IM450"}
    assert looks.keys() == {23}
    assert (
        "9 h is more than the day's contracted hours: 7 h a day (35 h a week)" in looks[23].message
    )
    rows = {(row.done_on, row.minutes): row for row in catalogued.read(hours_rows)}
    assert rows[date(2026, 1, 6), 75].ksbs == "K4-6, S1-2"
    assert rows[date(2026, 1, 6), 75].what == "Reading on sampling"
    assert rows[date(2026, 1, 7), 540].ksbs == "K1-2, K8, S2"
    assert rows[date(2026, 2, 4), 180].ksbs == "K3, S4"
    assert [row.what for row in rows.values() if not row.counts] == ["Off to the sea"]
    assert all("SE1" not in row.what for row in rows.values())


def test_a_grid_of_people_and_weeks_comes_in_whole(bring, catalogued, team, tmp_path):
    report = bring(trackers.month_grid(tmp_path), "hours")
    found = defaultdict(int)
    for row in catalogued.read(hours_rows):
        found[row.name] += row.minutes
        assert row.done_on.weekday() == 4 or "part" in row.source
    assert dict(found) == {name: int(minutes) for name, minutes in trackers.MONTH_GRID.items()}
    as_json = report.as_json()
    assert as_json["refused"] == []
    assert as_json["minutes_read"] == as_json["minutes_imported"]
    assert [reason for _, reason in reasons(report)].count("A row of totals.") == 2
    notes = {note.code: note.message for note in report.notes}
    assert "on its Friday" in notes["IM455"]
    assert "“Q3”, “Q4”" in notes["IM457"]


def test_a_diary_comes_in_whole_and_every_row_is_worth_a_look(bring, catalogued, team, tmp_path):
    report = bring(trackers.diary(tmp_path), "hours", apprentice="Amara Osei")
    assert by_day(catalogued) == trackers.DIARY
    rows = {row.done_on: row for row in catalogued.read(hours_rows)}
    assert rows[date(2026, 3, 2)].ksbs == "K4"
    assert rows[date(2026, 3, 3)].ksbs == "S2-3"
    assert rows[date(2026, 3, 6)].ksbs == "K1-2, K8, S2"
    assert (rows[date(2026, 3, 4)].activity, rows[date(2026, 3, 4)].counts) == (
        Activity.LEAVE, False,
    )  # fmt: skip
    for row in report.review.with_fate(Fate.IMPORTED):
        assert [f.level for f in row.findings if f.code == "IM459"] == [Level.NOTE]
    first = report.review.rows[0].findings[0]
    assert "“2 hours” and “45 mins”" in first.message
    assert "2 h 45 m is their sum" in first.message
    refused = {each["row"]: each["reason"] for each in report.as_json()["refused"]}
    assert "“2-3 hours” is no one length" in refused[9]
    assert "No length of time stands" in refused[10]
