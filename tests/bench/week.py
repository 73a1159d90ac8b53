"""A week of everybody's hours: what the week grid reads, against the bare SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from apprentice_desk.app import pictures
from apprentice_desk.commands import desks
from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.records import standing, standing_query, week_grid
from apprentice_desk.records.desks import open_store
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
    totals = standing_query.parameters("sqlite", TODAY, TODAY)
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
        found = bare.execute(standing_query.statement("sqlite"), totals).fetchall()
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
    store.close()
    results.append(_opened(desk, monday, plain_page))
    bare.close()
    return results


def _opened(desk: Path, monday: date, plain_page: Callable[[], None]) -> Result:
    """Measure the page from the key to the painted week: twice the SQL and two repaints at most."""
    with pictures.windows_for_pictures(desk, "light", 1.0, (1440, 900), _Clock()) as window:
        window.show_page("hours")
        page: Any = window.page("hours")
        _until(lambda: len(page.week.model.people) == 500)
        table = page.week.table
        weeks = cycle((monday, monday - timedelta(days=7)))

        def shown(wanted: date) -> None:
            page.go_to_week(wanted)
            _until(lambda: page.week.model.days[:1] == (wanted,))
            table.viewport().repaint()

        def ours() -> float:
            window.settle()  # what the last week had read for its details is not of this key
            wanted = next(weeks)
            return seconds(lambda: shown(wanted))

        def plain() -> None:
            plain_page()
            table.viewport().repaint()

        return compare(
            "the week grid from the key to the painted week, against the bare SQL and a repaint",
            2.0,
            ours,
            lambda: seconds(plain),
        )


def _until(holds: Callable[[], bool]) -> None:
    """Let the window go on as it does for a person: it sleeps while nothing happens."""
    while not holds():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class _Clock:
    """The bench's own day."""

    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime.combine(TODAY, time(9, 0), UTC)
