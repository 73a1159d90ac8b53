"""A desk is brought up to date as a whole, or stays exactly what it was."""

from __future__ import annotations

import ast
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from apprentice_desk.domain.ksb_status import KsbStatus, Voice
from apprentice_desk.domain.planning import DeliveredBy
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import (
    apprentices,
    contracts,
    evidence,
    hours,
    learning,
    migrate,
    network,
    organisation,
    providers,
    putting_off,
    repeats,
    weeks,
)
from apprentice_desk.records.base import Base
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.ksb_progress import KsbStatement
from apprentice_desk.records.procurement_items import ClarificationDetails, add_item
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.programme_changes import ProgrammeChange
from apprentice_desk.records.standard_versions import StandardKsb, StandardVersion
from apprentice_desk.records.subjects import SUBJECTS
from records.commands import AT, LINE, MONDAY, TODAY, changing, repeat_of
from records.dumps import dump

STEPS_FOLDER = Path(migrate.__file__).parent / "migrations" / "versions"


# --- the steps and the classes describe one schema ----------------------------------------------


def ddl(path):
    """Return the statements that made a file's tables and indexes, in one form."""
    with closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(kind, name): clauses(sql) for kind, name, sql in found}


def clauses(sql):
    """Return a statement's head and its clauses, sorted: their order means nothing to us."""
    head, _, inside = " ".join(sql.split()).partition("(")
    depth, clause, found = 0, "", []
    for letter in inside.rpartition(")")[0]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append(clause.strip())
            clause = ""
        else:
            clause += letter
    # A table that was rebuilt was renamed, and stands in quotes since.
    return head.strip().replace('"', ""), sorted([*found, clause.strip()])


def test_the_steps_make_the_schema_of_the_classes_on_sqlite(empty_desk, tmp_path):
    assert SUBJECTS
    path = tmp_path / "classes.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    made = ddl(empty_desk)
    del made["table", "alembic_version"]
    assert len(made) > 30
    assert made == ddl(path)


def test_the_steps_make_the_schema_of_the_classes_on_postgresql(databases, empty_database):
    name = databases.make()
    engine = sa.create_engine(databases.address(name))
    Base.metadata.create_all(engine)
    classes = described(engine)
    engine.dispose()
    databases.drop(name)
    engine = sa.create_engine(databases.address(empty_database))
    made = described(engine)
    engine.dispose()
    del made["alembic_version"]
    assert len(made) > 15
    assert made == classes


def described(engine):
    """Return what PostgreSQL knows of each table."""
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: (repr(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            },
            "key": inspector.get_pk_constraint(table),
            "foreign": by_name(inspector.get_foreign_keys(table)),
            "unique": by_name(inspector.get_unique_constraints(table)),
            "checks": by_name(inspector.get_check_constraints(table)),
            "indexes": by_name(inspector.get_indexes(table)),
        }
        for table in inspector.get_table_names()
    }


def by_name(found):
    return sorted(found, key=lambda each: each["name"])


def test_every_constraint_has_a_name(empty_desk):
    """Or a later step could not change it on SQLite."""
    unnamed = [
        clause
        for (kind, name), (_, found) in ddl(empty_desk).items()
        for clause in found
        if kind == "table" and re.match(r"(PRIMARY|FOREIGN|UNIQUE|CHECK)\b", clause)
    ]
    assert not unnamed


def test_every_foreign_key_restricts_and_none_cascades_in_the_database():
    """Children are removed by the ORM, so that the log sees them."""
    rules = {
        key.ondelete
        for table in Base.metadata.tables.values()
        if table.name != "change_row"
        for key in table.foreign_keys
    }
    assert rules == {"RESTRICT"}


# --- the steps themselves -----------------------------------------------------------------------


def test_the_listed_steps_are_the_files_of_the_folder():
    files = sorted(path.stem for path in STEPS_FOLDER.glob("[0-9]*.py"))
    assert list(migrate.STEPS) == files
    assert files[-1].partition("_")[0] == migrate.HEAD


def test_each_step_says_what_it_comes_after():
    before = None
    for step, name in zip(migrate.steps(), migrate.STEPS, strict=True):
        assert name.partition("_")[0] == step.REVISION
        assert before == step.COMES_AFTER
        before = step.REVISION


def imported(source):
    """Return the modules that *source* imports anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
    return names


@pytest.mark.parametrize("step", sorted(STEPS_FOLDER.glob("[0-9]*.py")), ids=lambda p: p.stem)
def test_a_step_imports_nothing_of_ours(step):
    """It must do the same for ever, whatever becomes of the classes."""
    names = imported(step.read_text())
    assert names
    assert {name.partition(".")[0] for name in names} <= {"sqlalchemy", "alembic"}


@pytest.mark.parametrize(
    "source",
    [
        "import apprentice_desk.records.base",
        "from apprentice_desk.records import base",
        "def upgrade(o):\n    from ...base import Base",
    ],
)
def test_an_import_of_ours_would_be_seen(source):
    assert not {name.partition(".")[0] for name in imported(source)} <= {"sqlalchemy", "alembic"}


# --- bringing a desk up to date -----------------------------------------------------------------


NOW = migrate.HEAD
NEXT = f"{int(NOW) + 1:04}"


def step_next(upgrade):
    module = ModuleType(f"step_{NEXT}")
    module.REVISION, module.COMES_AFTER, module.upgrade = NEXT, NOW, upgrade
    return module


@pytest.fixture
def with_step(monkeypatch):
    """Let the program know one step more."""

    def add(upgrade):
        known = (*migrate.steps(), step_next(upgrade))
        monkeypatch.setattr(migrate, "steps", lambda: known)
        monkeypatch.setattr(migrate, "HEAD", NEXT)

    return add


def add_a_column(operations):
    operations.add_column("network_event", sa.Column("hall", sa.String(100)))
    operations.execute("UPDATE network_event SET hall = 'Town Hall'")


def fail_at_the_end(operations):
    add_a_column(operations)
    operations.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    operations.execute("DELETE FROM organisation")
    raise ZeroDivisionError


def rebuild_a_parent(operations):
    """SQLite rebuilds the table: its children must not notice."""
    with operations.batch_alter_table("apprentice") as table:
        table.alter_column("email", new_column_name="mail", existing_type=sa.String(200))


def make_an_orphan(operations):
    operations.execute("DELETE FROM apprentice")


def revision_of(location):
    opened = open_store(location, read_only=True)
    found = opened.read(
        lambda session: session.execute(sa.text("SELECT * FROM alembic_version")).scalar_one()
    )
    opened.close()
    return found


def tables_of(location):
    opened = open_store(location, read_only=True)
    found = dump(opened, with_log=True)
    opened.close()
    return found


def copies_of(path):
    return sorted(path.parent.glob("* before format *"))


def make_some(store, make):
    make.event()
    make.hours(make.apprentice())
    store.close()


def test_an_older_desk_is_brought_up_to_date_when_it_is_opened(location, store, make, with_step):
    make_some(store, make)
    before = tables_of(location)
    with_step(add_a_column)
    opened = open_store(location)
    places = opened.read(
        lambda session: session.execute(sa.text("SELECT hall FROM network_event")).all()
    )
    assert places == [("Town Hall",)]
    changing(opened, lambda session: organisation.rename_team(session, "Other"))
    opened.close()
    assert revision_of(location) == NEXT
    open_store(location).close()
    after = tables_of(location)
    assert after["off_the_job_entry"] == before["off_the_job_entry"]
    assert len(after["change_log"]) == len(before["change_log"]) + 1


def test_a_copy_in_the_old_format_is_kept_and_opens(desk_file, with_step, monkeypatch):
    before = tables_of(desk_file)
    first = desk_file.with_name(f"exampleton before format {NEXT} (was {NOW}).desk")
    first.write_text("An older copy of mine")
    with_step(add_a_column)
    open_store(desk_file).close()
    open_store(desk_file).close()
    monkeypatch.undo()
    copy = desk_file.with_name(f"exampleton before format {NEXT} (was {NOW}) 2.desk")
    assert copies_of(desk_file) == [copy, first]
    assert first.read_text() == "An older copy of mine"
    assert tables_of(copy) == before
    opened = open_store(copy)
    changing(opened, lambda session: organisation.rename_team(session, "Other"))
    opened.close()


def test_a_failing_step_leaves_schema_rows_and_version_as_they_were(
    location, store, make, with_step, monkeypatch
):
    make_some(store, make)
    before = tables_of(location)
    with_step(fail_at_the_end)
    with pytest.raises(ZeroDivisionError):
        open_store(location)
    monkeypatch.undo()
    assert revision_of(location) == NOW
    assert tables_of(location) == before
    if not is_address(location):
        assert not Path(f"{location}.lock").exists()
        (copy,) = copies_of(Path(location))
        assert tables_of(copy) == before
        assert ddl(copy) == ddl(location)


def test_a_table_can_be_rebuilt_though_others_hang_on_it(location, store, make, with_step):
    make_some(store, make)
    with_step(rebuild_a_parent)
    opened = open_store(location)
    mails = opened.read(
        lambda session: session.execute(sa.text("SELECT mail, family_name FROM apprentice")).all()
    )
    assert mails == [("", "Lovelace")]
    assert len(dump(opened)["off_the_job_entry"]) == 1
    opened.close()


def test_foreign_keys_are_watched_again_after_a_step(desk_file, with_step):
    with_step(add_a_column)
    opened = open_store(desk_file)
    assert opened.read(lambda session: session.execute(sa.text("PRAGMA foreign_keys")).scalar_one())
    opened.close()


def test_a_step_that_leaves_an_orphan_is_refused_and_changes_nothing(
    desk_file, with_step, monkeypatch
):
    opened = open_store(desk_file)
    details = {"family_name": "King", "course_title": "Course"}
    changing(
        opened,
        lambda session: apprentices.enrol(session, apprentices.ApprenticeDetails(**details)),
    )
    opened.close()
    before = tables_of(desk_file)
    with_step(make_an_orphan)
    with pytest.raises(Problem, match="records in apprenticeship point to records that are"):
        open_store(desk_file)
    monkeypatch.undo()
    assert tables_of(desk_file) == before
    assert len(copies_of(desk_file)) == 1


def test_a_step_that_leaves_an_orphan_is_stopped_by_postgresql_itself(
    databases, empty_database, with_step
):
    name = databases.make(empty_database)
    opened = open_store(databases.address(name))

    def contract(session):
        provider_id = providers.add_provider(session, providers.ProviderDetails("P"))
        contracts.award(session, contracts.ContractDetails("C", provider_id=provider_id))

    changing(opened, contract)
    opened.close()
    with_step(lambda operations: operations.execute("DELETE FROM provider"))
    with pytest.raises(DBAPIError, match="fk_contract_provider_id"):
        open_store(databases.address(name))
    databases.drop(name)


def set_version(location, version):
    engine = sa.create_engine(location if is_address(location) else f"sqlite:///{location}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :at"), {"at": version})
    engine.dispose()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_desk_is_refused_in_words_and_not_touched(location, read_only):
    set_version(location, "9999")
    before = None if is_address(location) else Path(location).read_bytes()
    with pytest.raises(Problem, match="last used by a newer Apprentice Desk") as caught:
        open_store(location, read_only=read_only)
    assert "9999" in caught.value.what
    assert NOW in caught.value.what
    assert "Nothing was changed" in caught.value.remedy
    if before is not None:
        assert Path(location).read_bytes() == before
        assert [each.name for each in Path(location).parent.iterdir()] == [Path(location).name]


def test_an_older_desk_cannot_be_opened_to_read_before_it_is_brought_up_to_date(
    location, with_step
):
    with_step(add_a_column)
    with pytest.raises(Problem, match=rf"has an older format \({NOW}\)"):
        open_store(location, read_only=True)


def test_without_a_sound_copy_nothing_is_changed(desk_file, with_step, monkeypatch):
    """A page in the middle of the file is damaged: the copy would be too."""
    content = bytearray(desk_file.read_bytes())
    with closing(sqlite3.connect(desk_file)) as file:
        (page,) = file.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_off_the_job_entry_totals'"
        ).fetchone()
    content[(page - 1) * 4096 : page * 4096] = b"\x55" * 4096
    desk_file.write_bytes(content)
    with_step(add_a_column)
    with pytest.raises(Problem, match="no copy of it could be kept first") as caught:
        open_store(desk_file)
    assert "Nothing was changed" in caught.value.remedy
    assert desk_file.read_bytes() == bytes(content)
    assert copies_of(desk_file) == []
    assert not Path(f"{desk_file}.lock").exists()


def test_a_database_error_in_a_step_is_said_in_words(desk_file, with_step, monkeypatch):
    def refuse(operations):
        raise sa.exc.OperationalError("", {}, Exception("database or disk is full"))

    before = tables_of(desk_file)
    with_step(refuse)
    with pytest.raises(Problem, match=r"could not be brought up to date\. The disk is full"):
        open_store(desk_file)
    monkeypatch.undo()
    assert tables_of(desk_file) == before


def test_alembic_is_not_imported_to_open_a_desk_of_today(desk_file):
    """It costs as much as the window itself."""
    look = (
        "import sys\n"
        "from apprentice_desk.records.desks import open_store\n"
        "open_store(sys.argv[1]).close()\n"
        "print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", look, str(desk_file)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["True", "False"]


def test_a_change_made_before_a_step_can_be_undone_after_it(desk_file, with_step):
    opened = open_store(desk_file)
    details = network.EventDetails("Summer", date(2026, 6, 1), network.EventKind.VISIT)
    changing(opened, lambda session: network.record_event(session, details))
    number = opened.latest_change().number
    opened.close()
    with_step(add_a_column)
    opened = open_store(desk_file)
    undone = opened.undo(number)
    assert opened.read(network.event_rows) == ()
    opened.undo(undone.number)
    assert opened.read(network.event_rows)[0].details == details
    opened.close()


# --- desks of released formats ------------------------------------------------------------------


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
    (ada,) = opened.read(apprentices.known_people)
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
