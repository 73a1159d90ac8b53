"""A week of everybody's hours: what the week grid reads, against the bare SQL."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from apprentice_desk.commands import desks
from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.records import standing, week_grid
from apprentice_desk.records.store import open_store
from bench.big_desk import TODAY
from bench.measure import Result, compare, seconds

# Written out here, so that a change for the worse in the program's own queries shows.
_BARE_ENTRIES = """
    SELECT e.id, e.apprenticeship_id, e.done_on, e.minutes, e.activity, e.counts, e.what, e.ksbs,
      e.began_at, e.source, e.verified_by, e.verified_at, e.changed_in,
      (SELECT count(*) FROM evidence v WHERE v.entry_id = e.id)
    FROM off_the_job_entry e
    WHERE e.apprenticeship_id IN (SELECT id FROM apprenticeship) AND e.done_on BETWEEN ? AND ?
    ORDER BY e.done_on, e.began_at"""
_BARE_SAID = """
    SELECT apprenticeship_id, is_nothing, finished_at, finished_by FROM hours_week
    WHERE monday = ?"""


def run(desk: Path) -> list[Result]:
    """Measure the entries of a week, then these with how everybody stands."""
    store = open_store(desk, read_only=True)
    bare = sqlite3.connect(f"{desk.absolute().as_uri()}?mode=ro", uri=True)
    monday = monday_of(TODAY) - timedelta(days=7)
    week = [monday.isoformat(), (monday + timedelta(days=6)).isoformat()]
    totals = standing.parameters("sqlite", TODAY, TODAY)
    lists = desks.lists()

    def grid() -> None:
        read = store.read(week_grid.week_grid, monday, TODAY)
        assert len(read.entries) == len(read.said) == 500

    def plain() -> None:
        assert len(bare.execute(_BARE_ENTRIES, week).fetchall()) == 7_000
        assert len(bare.execute(_BARE_SAID, week[:1]).fetchall()) == 500

    def page() -> None:
        grid()
        rows = store.read(standing.apprentice_rows, TODAY, lists.hours_rules, lists.role_families)
        assert len(rows) == 500

    def plain_page() -> None:
        plain()
        found = bare.execute(standing.statement("sqlite", is_one=False), totals).fetchall()
        assert len(found) == 500

    results = [
        compare(
            "a week of 500 apprentices among 375,000 entries, against the bare SQL",
            2.0,
            lambda: seconds(grid),
            lambda: seconds(plain),
        ),
        compare(
            "the same with everybody's figures, which the week grid shows beside it",
            2.0,
            lambda: seconds(page),
            lambda: seconds(plain_page),
        ),
    ]
    bare.close()
    store.close()
    return results
