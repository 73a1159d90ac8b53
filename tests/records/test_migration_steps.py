"""The steps from format to format make the schema of the classes, and import nothing of ours."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from apprentice_desk.records import migrate
from apprentice_desk.records.base import Base
from apprentice_desk.records.subjects import SUBJECTS
from records.migrating import ddl

STEPS_FOLDER = Path(migrate.__file__).parent / "migrations" / "versions"


# --- the steps and the classes describe one schema ----------------------------------------------


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
