"""One logged entry, and the totals of everybody."""

from __future__ import annotations

import itertools
import sqlite3
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from apprentice_desk.commands import desks
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.records import apprentices, hours, standing
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.hours import HoursDetails
from bench.big_desk import TODAY
from bench.measure import Result, compare, seconds

_COMMITS = 40


def run(desk: Path, folder: Path) -> list[Result]:
    """Measure a commit against the same rows in bare sqlite3, and totals against bare SQL."""
    return [_commit(folder), *_totals(desk)]


def _commit(folder: Path) -> Result:
    path = folder / "commit.desk"
    borough = desks.find_borough("E09000012")
    store = desks.make_desk(path, borough, "Bench")
    with store.change("Enrol") as session:
        owner = apprentices.enrol(
            session,
            apprentices.ApprenticeDetails(
                family_name="Bench", standard_code="ST0116", training_started_on=date(2026, 1, 1)
            ),
        )
    what = Activity.ONLINE_LEARNING, True, "Read and practised"
    day_of, bare_day_of = _days(), _days()

    def ours() -> None:
        for _ in range(_COMMITS):
            with store.change("Log 1 h 30 m for Bench") as session:
                hours.log_hours(session, HoursDetails(owner, next(day_of), 90, *what))

    bare_path = folder / "bare.desk"
    bare_path.write_bytes(path.read_bytes())
    bare = sqlite3.connect(bare_path, isolation_level=None)
    for pragma in ("foreign_keys=ON", "synchronous=EXTRA", "secure_delete=ON"):
        bare.execute(f"PRAGMA {pragma}")
    number = bare.execute("SELECT max(number) FROM change_log").fetchone()[0]

    def plain() -> None:
        nonlocal number
        for _ in range(_COMMITS):
            number += 1
            key = uuid.uuid4().hex
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(
                "INSERT INTO off_the_job_entry (id, changed_in, apprenticeship_id, done_on,"
                " minutes, activity, counts, what, ksbs, began_at, source)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (key, number, owner.hex, next(bare_day_of).isoformat(), 90, "online learning", 1,
                 "Read and practised", "", "", ""),
            )  # fmt: skip
            bare.execute(
                "INSERT INTO change_log (number, label, recorded_at, person, desk,"
                " schema_revision, takes_back, is_final) VALUES (?,?,?,?,?,?,?,?)",
                (number, "Log 1 h 30 m for Bench", datetime.now(UTC).isoformat(), "me", "", "0001",
                 None, 0),
            )  # fmt: skip
            bare.execute(
                "INSERT INTO change_row (number, table_name, row_id, before, after, left_in)"
                " VALUES (?,?,?,?,?,?)",
                (number, "off_the_job_entry", key, None, None, number),
            )
            bare.execute("COMMIT")

    result = compare(
        "one logged entry committed, log included, against bare sqlite3",
        3.0,
        lambda: seconds(ours) / _COMMITS,
        lambda: seconds(plain) / _COMMITS,
    )
    bare.close()
    store.close()
    return result


def _days() -> Iterator[date]:
    """Yield days on end, each for five entries: more of them would not fit into it."""
    return (TODAY - timedelta(days=number // 5) for number in itertools.count())


# Written out here, so that a change for the worse in the program's own query shows.
_BARE_TOTALS = """
    SELECT a.id, t.logged, t.all_minutes,
      (SELECT sum(e.minutes) FROM off_the_job_entry e
       WHERE e.apprenticeship_id = a.id AND e.counts AND e.done_on BETWEEN :recent AND :as_at),
      (SELECT sum(e.minutes) FROM off_the_job_entry e
       WHERE e.apprenticeship_id = a.id AND e.counts AND e.done_on BETWEEN :since AND :as_at),
      (SELECT e.done_on FROM off_the_job_entry e
       WHERE e.apprenticeship_id = a.id AND e.counts AND e.done_on <= :as_at
       ORDER BY e.done_on DESC LIMIT 1)
    FROM apprenticeship a
    LEFT JOIN (
      SELECT apprenticeship_id, sum(CASE WHEN counts THEN minutes ELSE 0 END) AS logged,
        sum(minutes) AS all_minutes
      FROM off_the_job_entry WHERE done_on <= :as_at GROUP BY apprenticeship_id
    ) t ON t.apprenticeship_id = a.id"""


def _totals(desk: Path) -> list[Result]:
    store = open_store(desk, read_only=True)
    bare = sqlite3.connect(f"{desk.absolute().as_uri()}?mode=ro", uri=True)
    values = standing.parameters("sqlite", TODAY, TODAY)

    def plain() -> None:
        assert len(bare.execute(_BARE_TOTALS, values).fetchall()) == 500

    def asked(session: Session) -> int:
        return len(session.execute(text(standing.totals()), values).all())

    def ours() -> None:
        assert store.read(asked) == 500

    def figures() -> None:
        lists = desks.lists()
        rows = store.read(standing.apprentice_rows, TODAY, lists.hours_rules, lists.role_families)
        assert len(rows) == 500

    results = compare(
        "totals of 500 apprentices over 375,000 entries, against the bare SQL",
        1.5,
        lambda: seconds(ours),
        lambda: seconds(plain),
    )
    whole = compare(
        "the same with everybody's figures and particulars, for information",
        9.9,
        lambda: seconds(figures),
        lambda: seconds(plain),
    )
    bare.close()
    store.close()
    return [results, whole]
