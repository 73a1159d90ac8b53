"""Whether a desk is whole: sound in itself, and what was acknowledged is in it, no more, no less.

Read past the program's own reading where that may hide something: the log is compared with the
tables row by row.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from apprentice_desk.records.base import Base, Kept
from apprentice_desk.records.changelog import ChangedRow, image
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.evidence import EvidenceContent
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.store import Store

_KEPT = {
    mapper.local_table.name: mapper.local_table
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Kept)
}


def unsound(path: Path, key: DeskKey | None) -> list[str]:
    """Return what SQLite's own checks find wrong with the file; nothing where it is sound."""
    try:
        with closing(open_file(path, "rw", key)) as file:
            found = [str(row[0]) for row in file.execute("PRAGMA integrity_check")]
            orphans = file.execute("PRAGMA foreign_key_check").fetchall()
    except errors() as error:
        return [f"cannot be read: {error}"]
    wrong = [] if found == ["ok"] else [f"integrity: {line}" for line in found[:5]]
    return wrong + [f"orphan in {row[0]}" for row in orphans[:5]]


def unlike_its_log(store: Store) -> list[str]:
    """Return where the change log and the tables tell different stories."""
    return store.read(_unlike)


def _unlike(session: Session) -> list[str]:
    wrong = []
    numbers = list(session.execute(text("SELECT number FROM change_log ORDER BY number")).scalars())
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(f"the changes are not numbered 1 to {len(numbers)}")
    chains: dict[tuple[str, str], list[Any]] = {}
    for row in session.execute(
        select(
            ChangedRow.number, ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before,
            ChangedRow.after, ChangedRow.left_in,
        ).order_by(ChangedRow.number)
    ):  # fmt: skip
        chains.setdefault((row.table_name, row.row_id), []).append(row)
    silent = set(numbers) - {row.number for rows in chains.values() for row in rows}
    wrong += [f"change {number} touched nothing" for number in sorted(silent)]
    present: dict[tuple[str, str], dict[str, Any]] = {}
    for name, table in _KEPT.items():
        for values in session.execute(select(table)).mappings():
            present[name, values["id"].hex] = image({str(k): v for k, v in values.items()})
    wrong += [f"{name} {key} is in no change" for name, key in present.keys() - chains.keys()]
    for (name, key), rows in chains.items():
        wrong += _broken_chain(f"{name} {key}", rows, present.get((name, key)))
    for kept in session.scalars(select(EvidenceContent)):
        if hashlib.sha256(kept.content).hexdigest() != kept.sha256:
            wrong.append(f"the bytes of file {kept.sha256} are others")
    return wrong


def _broken_chain(what: str, rows: list[Any], now: dict[str, Any] | None) -> list[str]:
    """Return where the images of one record do not follow from one another."""
    wrong = []
    newest = rows[-1]
    if (None if now is None else now["changed_in"]) != newest.left_in:
        wrong.append(f"{what} is not as change {newest.number} left it")
    for row, later in zip(rows, [*rows[1:], None], strict=True):
        stands = now if later is None else _read(later.before)
        after = _read(row.after)
        if after is not None and after != stands:
            wrong.append(f"{what} is not what change {row.number} made of it")
        if (row.left_in is None) != (stands is None):
            wrong.append(f"{what} is there or gone against change {row.number}")
    return wrong


def _read(written: str | None) -> dict[str, Any] | None:
    return None if written is None else json.loads(written)
