"""A log of 100,000 rows brought in, from the file to the desk."""

from __future__ import annotations

import csv
import sqlite3
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from apprentice_desk import resources
from apprentice_desk.commands import desks
from apprentice_desk.imports.applying import import_list
from apprentice_desk.records import apprentices
from apprentice_desk.records.desks import open_store
from bench.big_desk import TODAY, make
from bench.measure import Result, compare, seconds

ROWS = 100_000
_LIMIT = 6.0
_HEADINGS = ("Apprentice", "ULN", "Date", "Hours", "Activity", "What was done")
_ACTIVITIES = ("Online learning", "Shadowing", "Mentoring", "Workshop", "Assignment or project")

Line = tuple[str, str, date, float, str, str]


def run(folder: Path) -> list[Result]:
    """Measure an import against the bare reader and the bare insert of the same rows."""
    empty = make(folder / "importing.desk", entries_each=0)
    return [
        _compare(folder, empty, _csv_file(folder / "log.csv", _names(empty)), "CSV file"),
        _compare(folder, empty, _workbook(folder / "log.xlsx", _names(empty)), "workbook"),
    ]


def _names(desk: Path) -> list[str]:
    store = open_store(desk, read_only=True)
    names = [known.name for known in store.read(apprentices.known_people)]
    store.close()
    return names


def _lines(names: list[str]) -> list[Line]:
    """Return the rows of the log: no two alike, most of their words seen before."""
    return [
        (
            names[n % len(names)],
            "",
            TODAY - timedelta(days=n // len(names) + n % 7),
            (1 + n % 31) / 4,
            _ACTIVITIES[n % len(_ACTIVITIES)],
            f"Read part {n} and practised what it teaches (K{n % 20 + 1}, S{n % 9 + 1})",
        )
        for n in range(ROWS)
    ]


def _csv_file(path: Path, names: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        for name, uln, day, hours, *words in _lines(names):
            writer.writerow((name, uln, f"{day:%d/%m/%Y}", hours, *words))
    return path


def _workbook(path: Path, names: list[str]) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Log")
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, _HEADINGS)
    for at, (name, uln, day, hours, *words) in enumerate(_lines(names), 1):
        sheet.write_row(at, 0, (name, uln or None))
        sheet.write_datetime(at, 2, datetime(day.year, day.month, day.day), days)
        sheet.write_row(at, 3, (hours, *words))
    book.close()
    return path


def _compare(folder: Path, empty: Path, log: Path, what: str) -> Result:
    lists = desks.lists()
    counter = iter(range(1_000_000))

    def fresh() -> Path:
        for old in folder.glob("import-*"):
            old.unlink()
        copy = folder / f"import-{next(counter)}.desk"
        copy.write_bytes(empty.read_bytes())
        return copy

    def ours() -> float:
        store = open_store(fresh(), person="Bench")

        def bring() -> None:
            report = import_list(
                store,
                log,
                "hours",
                rules=lists.hours_rules,
                role_families=lists.role_families,
                provider_names=resources.provider_names(),
                today=TODAY,
            )
            assert report.as_json()["rows_imported"] == ROWS

        try:
            return seconds(bring)
        finally:
            store.close()

    def plain() -> float:
        copy = fresh()
        read = _bare_csv if log.suffix == ".csv" else _bare_workbook
        return seconds(lambda: _bare(copy, log, read(log)))

    return compare(
        f"100,000 rows of hours imported from a {what}, against a bare reader and insert",
        _LIMIT,
        ours,
        plain,
    )


def _bare_csv(log: Path) -> list[tuple[str, str, int, str, str]]:
    with log.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            (name, f"{day[6:]}-{day[3:5]}-{day[:2]}", round(float(hours) * 60), activity, what)
            for name, _, day, hours, activity, what in rows
        ]


def _bare_workbook(log: Path) -> list[tuple[str, str, int, str, str]]:
    rows = CalamineWorkbook.from_path(log).get_sheet_by_index(0).to_python()
    return [
        (name, day.isoformat(), round(hours * 60), activity, what)  # type: ignore[union-attr, operator, misc]
        for name, _, day, hours, activity, what in rows[1:]
    ]


def _bare(desk: Path, log: Path, rows: list[tuple[str, str, int, str, str]]) -> None:
    """Insert *rows* and their lines of the log, with the settings that a desk has."""
    bare = sqlite3.connect(desk, isolation_level=None)
    for setting in ("foreign_keys=ON", "synchronous=EXTRA", "secure_delete=ON", "cache_spill=OFF"):
        bare.execute(f"PRAGMA {setting}")
    owners = dict(
        bare.execute(
            "SELECT given_names || ' ' || family_name, apprenticeship.id FROM apprentice"
            " JOIN apprenticeship ON apprentice_id = apprentice.id"
        )
    )
    bare.execute("BEGIN IMMEDIATE")
    number = bare.execute("SELECT max(number) + 1 FROM change_log").fetchone()[0]
    keys = [uuid.uuid4().hex for _ in rows]
    bare.executemany(
        "INSERT INTO off_the_job_entry (id, changed_in, apprenticeship_id, done_on, minutes,"
        " activity, counts, what, ksbs, began_at, source) VALUES (?,?,?,?,?,?,1,?,'','',?)",
        (
            (key, number, owners[name], day, minutes, activity.lower(), what, f"{log.name}, {at}")
            for at, (key, (name, day, minutes, activity, what)) in enumerate(
                zip(keys, rows, strict=True), 2
            )
        ),
    )
    bare.execute(
        "INSERT INTO change_log (number, label, recorded_at, person, desk, schema_revision,"
        " takes_back, is_final) VALUES (?,?,?,?,?,?,NULL,0)",
        (number, f"Import {log.name}", datetime.now(UTC).isoformat(), "me", "", "0001"),
    )
    bare.executemany(
        "INSERT INTO change_row (number, table_name, row_id, before, after, left_in)"
        " VALUES (?,'off_the_job_entry',?,NULL,NULL,?)",
        ((number, key, number) for key in keys),
    )
    bare.execute("COMMIT")
    bare.close()
