"""The self-test: the thread from a list to a merged return, tried in a temporary folder.

It is what support asks for, and what a freshly built program is tried with.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from apprentice_desk import resources
from apprentice_desk.commands import desks, lists, sample
from apprentice_desk.documents import issuing
from apprentice_desk.documents.choosing import subject_choices
from apprentice_desk.documents.gathering import gathered
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import DocumentFormat
from apprentice_desk.imports import applying
from apprentice_desk.records import apprentices, hours, migrate, organisation
from apprentice_desk.records.keys import DeskKey, fresh_key, salt_of
from apprentice_desk.records.store import open_store
from apprentice_desk.returns import merge, schema, workbook
from apprentice_desk.safekeeping import backup


def run(today: date, now: datetime) -> int:
    """Run every part and say how each went; 2 when one fails."""
    parts: tuple[tuple[str, Callable[[Path, date, datetime], str]], ...] = (
        ("packaged files", _packaged_files),
        ("migrations", _migrations),
        ("sample, returns", _sample),
        ("lists", _lists),
        ("merge", _merge),
        ("documents", _documents),
        ("backups", _backups),
        ("encrypted backups", _encrypted_backups),
    )
    with tempfile.TemporaryDirectory(prefix="apprentice-desk-") as name:
        for title, part in parts:
            try:
                print(f"ok    {title}: {part(Path(name), today, now)}")
            except Problem as problem:
                print(f"FAIL  {title}: {problem}")
                return 2
    print("The self-test passed.")
    return 0


def _packaged_files(folder: Path, today: date, now: datetime) -> str:
    resources.hours_rules()
    resources.bank_holidays()
    count = len(resources.standards_list().standards)
    return f"{len(resources.boroughs())} boroughs, {count} standards, rules and lists"


def _migrations(folder: Path, today: date, now: datetime) -> str:
    store = desks.make_desk(folder / "new.desk", resources.boroughs()[0], "Self-test")
    store.close()
    return f"a new desk of format {migrate.HEAD}"


def _sample(folder: Path, today: date, now: datetime) -> str:
    written = sample.write_sample(folder / "sample", today, now)
    reads = [workbook.read(path) for path in written if path.suffix == ".xlsx"]
    for one in reads:
        if refuses(one.findings):
            raise Problem(f"{one.file} is refused: {one.findings[0].message}")
    return f"{len(written)} files, {len(reads)} returns read back"


def _lists(folder: Path, today: date, now: datetime) -> str:
    borough = resources.borough_by_code("E09999999")
    if borough is None:
        raise Problem("The sample's borough is not in the list.")
    rules = desks.lists()
    store = desks.make_desk(folder / "lists.desk", borough, "Self-test")
    try:
        files = sorted((folder / "sample" / "lists").glob("*.csv"))
        for file in files:
            kind = "apprentices" if file == files[0] else "hours"
            report = applying.import_list(
                store,
                file,
                kind,
                add_missing=False,
                rules=rules.hours_rules,
                role_families=rules.role_families,
                provider_names=resources.provider_names(),
                today=today,
            )
            if report.refused or not report.as_json()["rows_imported"]:
                raise Problem(f"{file.name} did not come in whole: {lists.summary(report)}")
        people = len(store.read(apprentices.known_people))
        entries = len(store.read(hours.hours_rows))
        line = store.undoable()
        if line is None:
            raise Problem("An import cannot be undone.")
        store.undo(line.number)
        if len(store.read(hours.hours_rows)) >= entries:
            raise Problem("Undoing an import left its rows.")
    finally:
        store.close()
    return f"{people} apprentices and {entries} entries of hours in, the last list out again"


def _merge(folder: Path, today: date, now: datetime) -> str:
    merged = merge.merge([folder / "sample" / "returns"], schema=schema.load())
    merge.write_merged(merged, folder / "merged.xlsx")
    if merged.period != Quarter.containing(today) or not merged.row_counts:
        raise Problem("The merge did not take the newest period.")
    counts = ", ".join(f"{count} {sheet}" for sheet, count in merged.row_counts.items())
    return f"{len(merged.boroughs)} boroughs, {counts}"


def _documents(folder: Path, today: date, now: datetime) -> str:
    """Draw every type of document about something of the sample, gaps and all."""
    with desks.opened(str(folder / "sample" / "exampleton.desk"), read_only=True) as store:
        wording, drawn = store.read(library_of), 0
        for of in wording.newest_types:
            subject = store.read(subject_choices, of.subject, today)[0].subject
            draft = issuing.begin(wording, of, store.read(gathered, subject, today))
            document = issuing.prepare(draft, today).composed.document
            drawn += sum(len(issuing.drawn(document, kind, today)) for kind in DocumentFormat)
    types = len(wording.newest_types)
    return f"{types} types drawn as {' and '.join(DocumentFormat)}, {show_size(drawn)}"


def _backups(folder: Path, today: date, now: datetime) -> str:
    return _backed_up(folder / "plain.desk", None, now)


def _encrypted_backups(folder: Path, today: date, now: datetime) -> str:
    return _backed_up(folder / "protected.desk", fresh_key(secrets.token_hex()), now)


def _backed_up(path: Path, key: DeskKey | None, now: datetime) -> str:
    """Back a desk up, change it, compare the two, and restore what was before."""
    store = desks.make_desk(path, resources.boroughs()[0], "Self-test", key)
    try:
        made = backup.make_backup(path, key, now)
        with store.change("Rename the team to Changed") as session:
            organisation.rename_team(session, "Changed")
    finally:
        store.close()
    if len(backup.compare(made.path, path, key).since) != 1:
        raise Problem("A backup does not tell what was changed since.")
    restored = backup.restore_beside(made.path, key, path.with_name(f"{path.stem} restored.desk"))
    opened = open_store(restored, key=key)
    try:
        if opened.read(organisation.organisation_row).team != "Self-test":
            raise Problem("What was restored is not what was backed up.")
    finally:
        opened.close()
    if key is not None and salt_of(made.path) is None:
        raise Problem("The backup of an encrypted desk is not encrypted.")
    size = show_size(made.size_bytes)
    return f"copied, checked, compared and restored{', encrypted' if key else ''}, {size}"
