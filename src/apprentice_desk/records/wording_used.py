"""Undo, where documents were issued with the desk's own wording: it never leaves them without it.

A document is made again of the wording that it was made of, held against what comes back, and
listed where that wording is in use.  So an approval, and a pack that was taken in, stay once a
document was issued with them: wording that is no longer wanted is withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.changelog import ChangedRow
from apprentice_desk.records.documents_made import DocumentMade
from apprentice_desk.records.own_wording import WordingKept
from apprentice_desk.records.putting_back import PutBack, before_putting_back

_MOST_NAMED = 3


@before_putting_back(WordingKept)
def _refuse_for_documents(session: Session, rows: Sequence[PutBack], label: str) -> None:
    """Raise Problem, naming the documents, where they were issued with what would be lost."""
    lost = {
        str(row.now["named"])
        for row in rows
        if row.now is not None
        and row.now["status"] is not Standing.DRAFT
        and (row.before is None or row.before["status"] == Standing.DRAFT)
    }
    using = _documents_with(session, lost) if lost else []
    if not using:
        return
    named = ", ".join(using[:_MOST_NAMED])
    if len(using) > _MOST_NAMED:
        named += f" and {len(using) - _MOST_NAMED} more"
    what = "a document was" if len(using) == 1 else f"{len(using)} documents were"
    raise Problem(
        f"“{label}” cannot be undone: {what} issued with this wording: {named}.",
        "Withdraw the wording instead: then nothing new is made with it, and what was issued can"
        " still be made again.",
    )


def _documents_with(session: Session, named: Iterable[str]) -> list[str]:
    """Return the documents made with wording of these names, in words, the newest first."""
    wanted = set(named)
    found = session.execute(
        select(
            DocumentMade.title, DocumentMade.reference, DocumentMade.issued_on,
            DocumentMade.type_id, DocumentMade.type_version, DocumentMade.clauses,
        ).order_by(DocumentMade.issued_on.desc(), DocumentMade.title, DocumentMade.id)
    ).mappings()  # fmt: skip
    return [
        f"“{row['title']}” of {show_day(row['issued_on'])}"
        + (f" ({row['reference']})" if row["reference"] else "")
        for row in found
        if wanted & _wording_of(row)
    ]


def _wording_of(row: Mapping[Any, Any]) -> set[str]:
    """Return what the files are called within a library that a document was made of."""
    clauses = json.loads(row["clauses"])
    return {
        f"documents/{row['type_id']}.{row['type_version']}.toml",
        *(f"clauses/{clause}.{version}.md" for clause, version in clauses.items()),
    }


@before_putting_back(DocumentMade)
def _refuse_without_wording(session: Session, rows: Sequence[PutBack], label: str) -> None:
    """Raise Problem where a document would come back whose wording was taken back meanwhile."""
    needed: set[str] = set()
    for row in rows:
        if row.now is None and row.before is not None:
            needed |= _wording_of(row.before)
    if not needed:
        return
    in_force = set(
        session.scalars(select(WordingKept.named).where(WordingKept.status != Standing.DRAFT))
    )
    if needed & (_once_approved(session) - in_force):
        raise Problem(
            f"“{label}” cannot be undone: wording in that document is not approved any more.",
            "Approve the wording again first.",
        )


def _once_approved(session: Session) -> set[str]:
    """Return the names of wording that was approved and is no more what it was then."""
    images = session.scalars(
        select(ChangedRow.before).where(
            ChangedRow.table_name == WordingKept.__tablename__, ChangedRow.before.is_not(None)
        )
    )
    rows = (json.loads(image) for image in images if image is not None)
    return {row["named"] for row in rows if row["status"] != Standing.DRAFT}
