"""Rows that would give one person more than 24 hours on a day stay out, and say so."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports.rows import Fate
from apprentice_desk.records import hours, weeks
from apprentice_desk.records.hours import HoursDetails
from imports.test_comparing import FIRST, HEAD, ada, apply, changed, entries, review
from records.acting import AT, changing

__all__ = ["ada", "review"]  # fixtures

DAY = date(2026, 1, 5)


def rows(*lengths, **changes):
    texts = ("Reading about networks", "Databases", "A visit", "Portfolio", "Writing")
    return [
        changed(FIRST, hours=length, what=text, **changes)
        for length, text in zip(lengths, texts, strict=False)
    ]


def test_the_row_that_fills_a_day_over_is_refused_at_its_hours(catalogued, review, listed):
    made = review(listed([HEAD, *rows("15", "8", "2", "1"), changed(FIRST, date="06/01/2026")]))
    assert [row.fate for row in made.all_rows] == [
        Fate.IMPORTED, Fate.IMPORTED, Fate.REFUSED, Fate.IMPORTED, Fate.IMPORTED,
    ]  # fmt: skip
    refused = made.all_rows[2]
    (found,) = [each for each in refused.findings if each.code == "HO008"]
    assert found.message == (
        "5 Jan 2026 would have 25 h with this entry: 23 h are logged on it already."
    )
    assert (refused.place.row, refused.place.column, refused.place.value) == (4, "D", "2")
    assert refused.entry is None
    apply(catalogued, made)
    assert sum(entry.minutes for entry in entries(catalogued) if entry.done_on == DAY) == 24 * 60


def test_what_the_desk_has_counts_and_is_counted_once(catalogued, review, listed, ada):
    path = listed([HEAD, *rows("15", "8")])
    apply(catalogued, review(path))
    again = review(path)
    assert [row.fate for row in again.all_rows] == [Fate.SKIPPED] * 2
    more = review(listed([HEAD, *rows("15", "8", "2")], "more.csv"))
    assert [row.fate for row in more.all_rows] == [Fate.SKIPPED, Fate.SKIPPED, Fate.REFUSED]


def test_a_row_that_is_taken_in_all_the_same_is_stopped_by_the_desk(catalogued, review, listed):
    twins = [*rows("15"), changed(rows("15")[0], hours="15.1")]
    made = review(listed([HEAD, *twins]))
    assert made.all_rows[1].is_twin
    with pytest.raises(Problem, match="5 Jan 2026 would have 30 h 6 m for one apprentice"):
        apply(catalogued, made.tick(3))
    assert entries(catalogued) == []


def test_an_import_goes_into_a_finished_week_and_takes_nothing_away(
    catalogued, review, listed, ada
):
    def say(session):
        weeks.say_nothing(session, ada, DAY)
        weeks.finish_week(session, [ada], DAY, "Grace Park", AT)

    changing(catalogued, say)
    apply(catalogued, review(listed([HEAD, FIRST])))
    (row,) = catalogued.read(weeks.week_rows, DAY, DAY)
    assert (row.is_nothing, row.is_finished) == (False, True)
    corrected = review(listed([HEAD, changed(FIRST, hours="2", started="")]))
    apply(catalogued, corrected.taken_in([2]))
    assert [entry.minutes for entry in entries(catalogued)] == [120]


def test_a_correction_from_a_list_takes_a_verification_away(catalogued, review, listed, ada):
    apply(catalogued, review(listed([HEAD, FIRST])))
    (entry,) = entries(catalogued)
    changing(catalogued, lambda s: hours.verify(s, [entry.id], "Grace Park", AT))
    apply(catalogued, review(listed([HEAD, changed(FIRST, hours="2")])).taken_in([2]))
    (entry,) = entries(catalogued)
    assert (entry.minutes, entry.verified_by) == (120, "")
    assert entry.details == HoursDetails(
        ada, DAY, 120, entry.activity, entry.counts, entry.what, entry.ksbs
    )
