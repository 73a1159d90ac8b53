"""Desks of every released format open with all that was in them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.records import (
    apprentices,
    evidence,
    hours,
    known_people,
    learning,
    migrate,
    putting_off,
    repeats,
    weeks,
)
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.ksb_progress import KsbStatement
from apprentice_desk.records.procurement_details import ClarificationDetails
from apprentice_desk.records.procurement_items import add_item
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.programme_changes import ProgrammeChange
from apprentice_desk.records.standard_versions import StandardKsb, StandardVersion
from records.acting import AT, MONDAY, TODAY, changing
from records.acts_on_hours import repeat_of
from records.acts_on_people import LINE
from records.migrating import copies_of, revision_of

OLD_FILES = sorted((Path(__file__).parents[1] / "old_files").glob("v*.desk"))


def test_there_is_a_desk_of_every_earlier_format():
    assert [path.stem.removeprefix("v") for path in OLD_FILES] == [
        name.partition("_")[0] for name in migrate.STEPS[:-1]
    ]


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.stem)
def test_a_desk_of_a_released_format_opens_with_all_that_was_in_it(old, tmp_path):
    path = Path(shutil.copy(old, tmp_path / "old.desk"))
    before = rows_of(path)
    opened = open_store(path)
    (ada,) = opened.read(known_people.known_people)
    assert (ada.name, ada.uln) == ("Ada Lovelace", "1000000043")
    details = opened.read(apprentices.held, ada.apprenticeship_id).details
    assert (details.agreed_minutes, details.agreed_price) == (41_204, Decimal("15000.50"))
    assert opened.read(hours.hours_total, ada.apprenticeship_id, date(2026, 9, 1)) == 210
    undone = opened.undo(opened.undoable().number)
    assert opened.read(hours.hours_total, ada.apprenticeship_id, date(2026, 9, 1)) == 90
    opened.undo(undone.number)
    changing(opened, put_a_line_off)
    changing(opened, lambda session: use_the_hours_book(session, ada.apprenticeship_id))
    opened.undo(opened.latest_change().number)
    changing(opened, lambda session: repeat_something(session, ada.apprenticeship_id))
    opened.undo(opened.latest_change().number)
    changing(opened, lambda session: plan_and_progress(session, ada.apprenticeship_id))
    opened.undo(opened.latest_change().number)
    opened.close()
    assert revision_of(path) == migrate.HEAD
    after = rows_of(path, columns_of(old))
    kept = before.keys() - LOG_AND_VERSION - {"evidence_content"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    # The bytes of a file stay where they are for the redo of what was undone.
    assert set(before.get("evidence_content", ())) <= set(after.get("evidence_content", ()))
    (copy,) = copies_of(path)
    assert rows_of(copy) == before
    assert copy.name == f"old before format {migrate.HEAD} (was {old.stem.removeprefix('v')}).desk"


def test_a_change_from_before_prices_were_kept_has_the_price_that_held_then(tmp_path):
    """There was one price for the whole of an apprenticeship; nobody had recorded another."""
    path = Path(shutil.copy(OLD_FILES[7], tmp_path / "old.desk"))
    with closing(sqlite3.connect(path)) as before:
        (whose,) = before.execute("SELECT id FROM apprenticeship").fetchone()
        words = "('{0}', 1, '{1}', '2026-03-01', 'provider', '', '', '', '')"
        before.execute(
            "INSERT INTO programme_change (id, changed_in, apprenticeship_id, changed_on, kind,"
            " reason, was_provider_reference, was_standard_version, was_standard_option) VALUES "
            + words.format("0" * 32, whose)
        )
        before.commit()
    opened = open_store(path)
    kept = opened.read(lambda session: session.scalars(sa.select(ProgrammeChange)).one())
    assert kept.was_agreed_price == Decimal("15000.50")
    opened.close()


def test_numbers_of_questions_go_on_from_the_highest_of_before(tmp_path):
    path = Path(shutil.copy(OLD_FILES[8], tmp_path / "old.desk"))
    with closing(sqlite3.connect(path)) as before:
        (whose,) = before.execute("SELECT id FROM procurement").fetchone()
        for key, number in (("1" * 32, 1), ("4" * 32, 4)):
            before.execute(
                "INSERT INTO clarification (id, changed_in, procurement_id, number, asked_on,"
                f" question, published_question, answer) VALUES ('{key}', 1, '{whose}', {number},"
                " '2026-03-01', 'When?', '', '')"
            )
        before.commit()
    opened = open_store(path)
    another = ClarificationDetails(date(2026, 3, 2), None, "How many?")
    key = changing(opened, lambda session: add_item(session, UUID(whose), another))
    (found,) = opened.read(procurement_overviews)
    assert [row.number for row in found.clarifications if row.id == key] == [5]
    opened.close()


def put_a_line_off(session):
    """Use what a step brought: no desk before it has the table."""
    for line in session.scalars(sa.select(putting_off.PutOffLine)):
        session.delete(line)
    session.flush()
    details = putting_off.PutOffDetails(date(2026, 9, 8), "On leave")
    putting_off.put_off(session, LINE, details, date(2026, 9, 1))
    assert putting_off.put_off_rows(session)[0].reason == "On leave"


def use_the_hours_book(session, apprenticeship_id):
    """Use the columns and tables of weeks and evidence: some older desks have none."""
    rows = hours.hours_rows(session)
    assert [(row.verified_by, row.verified_at) for row in rows] == [("", None)] * 2
    keys = [row.id for row in rows]
    assert hours.verify(session, keys, "Grace Park", AT) == 2
    assert {row.verified_by for row in hours.hours_rows(session)} == {"Grace Park"}
    file_id = evidence.attach_file(session, keys[0], "a.txt", b"Learned")
    assert evidence.evidence_content(session, file_id) == b"Learned"
    assert weeks.finish_week(session, [apprenticeship_id], MONDAY, "Grace Park", AT) == 1


def repeat_something(session, apprenticeship_id):
    """Use the tables of sessions that come again."""
    details = repeat_of(apprenticeship_id)
    repeats.keep_repeat(session, details, TODAY, TODAY)
    assert details in [row.details for row in repeats.repeat_rows(session)]


def plan_and_progress(session, apprenticeship_id):
    """Use what the newest step brought."""
    version = StandardVersion(
        standard_code="ST0116",
        version="1.2",
        title="Software developer",
        loaded_on=TODAY,
        ksbs=[StandardKsb(position=1, code="K1", words="Stages of the life cycle")],
    )
    session.add(version)
    session.add(
        KsbStatement(
            apprenticeship_id=apprenticeship_id,
            code="K1",
            voice=Voice.MANAGER,
            status=KsbStatus.IN_PROGRESS,
            said_on=TODAY,
        )
    )
    activity_id = learning.plan_activity(session, apprenticeship_id, "Induction to testing", 60)
    session.get_one(learning.PlanActivity, activity_id).delivered_by = DeliveredBy.EMPLOYER
    for activity in session.scalars(sa.select(learning.PlanActivity)):
        assert (activity.kind, activity.starts_on, activity.note) == (None, None, "")
    session.flush()
    assert version.id is not None


LOG_AND_VERSION = frozenset({"alembic_version", "change_log", "change_row", "put_off_line"})


def columns_of(path):
    """Return the columns of every table, by its name."""
    with closing(sqlite3.connect(path)) as file:
        found = file.execute(
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p"
            " WHERE m.type = 'table'"
        )
        columns = {}
        for table, column in found:
            columns.setdefault(table, []).append(column)
    return columns


def rows_of(path, columns=None):
    """Return every row of every table, read past the program: all columns, or just *columns*."""
    columns = columns_of(path) if columns is None else columns
    with closing(sqlite3.connect(path)) as file:
        found = {
            table: sorted(map(repr, file.execute(f'SELECT {", ".join(names)} FROM "{table}"')))
            for table, names in ((t, [f'"{n}"' for n in ns]) for t, ns in columns.items())
        }
    assert sum(map(len, found.values())) > 8
    return found


def test_hours_logged_while_somebody_was_away_are_told_as_done_at_the_host(tmp_path):
    """The return counted them so; those before it, after it and of others stay at home."""
    path = Path(shutil.copy(OLD_FILES[10], tmp_path / "old.desk"))
    with closing(sqlite3.connect(path)) as before:
        (secondment,) = before.execute("SELECT id FROM secondment").fetchone()
        found = before.execute("SELECT id FROM off_the_job_entry ORDER BY id").fetchall()
        days = ["2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01"]
        assert len(found) >= 2
        columns = ", ".join(
            row[1] for row in before.execute("PRAGMA table_info(off_the_job_entry)")
            if row[1] not in ("id", "done_on")
        )  # fmt: skip
        for number, day in enumerate(days):
            before.execute(
                f"INSERT INTO off_the_job_entry (id, done_on, {columns})"
                f" SELECT ?, ?, {columns} FROM off_the_job_entry WHERE id = ?",
                (f"{number:032x}", day, found[0][0]),
            )
        before.execute(
            "UPDATE secondment SET started_on = '2026-05-01', ended_on = '2026-05-31',"
            " apprenticeship_id = (SELECT apprenticeship_id FROM off_the_job_entry WHERE id = ?)",
            found[0],
        )
        before.commit()
    open_store(path).close()
    with closing(sqlite3.connect(path)) as after:
        told = dict(
            after.execute(
                "SELECT done_on, secondment_id FROM off_the_job_entry WHERE id < ?",
                (f"{len(days):032x}",),
            )
        )
    assert told == {days[0]: None, days[1]: secondment, days[2]: secondment, days[3]: None}
