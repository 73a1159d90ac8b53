"""What the list of documents shows of each, and which contracts use which wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.documents.wording import Library
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.evidence import show_size
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind
from apprentice_desk.records.keeping_documents import (
    ContractUse,
    DocumentRow,
    document_rows,
    wording_in_use,
)
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.narrowing import StatusFilter

CALLED = {DocumentFormat.PDF: "PDF", DocumentFormat.WORD: "Word"}


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document as the list shows it.

    *called* is the name of its type; *newer* counts its clauses of which there is newer wording.
    """

    id: UUID
    row: DocumentRow
    called: str
    newer: int

    @property
    def badge(self) -> Badge:
        """How its wording stands beside the library."""
        if self.newer:
            return Badge(f"{counted(self.newer, 'clause')} newer", "warning", "refresh-cw")
        return Badge("Newest", "good", "check")


@dataclass(frozen=True, slots=True)
class UseLine:
    """One version of one clause in the newest document of one contract that is not over."""

    id: str
    clause: str
    version: int
    newest: int | None
    use: ContractUse

    @property
    def badge(self) -> Badge:
        """How the version stands beside the library."""
        if self.newest is None:
            return Badge("Withdrawn", "warning", "ban")
        if self.newest > self.version:
            return Badge(f"Version {self.newest} is out", "warning", "refresh-cw")
        return Badge("Newest", "good", "check")


def read_lines(session: Any, library: Library) -> tuple[DocumentLine, ...]:
    """Return the documents that were issued, newest first."""
    names = {each.id: each.name for each in library.types}
    return tuple(
        DocumentLine(row.id, row, names.get(row.type_id, row.type_id), _newer(row, library))
        for row in document_rows(session)
    )


def _newer(row: DocumentRow, library: Library) -> int:
    return sum(
        not library.has(clause_id) or library.clause(clause_id).version > version
        for clause_id, version in row.clauses.items()
    )


def read_uses(session: Any, library: Library, today: date) -> tuple[UseLine, ...]:
    """Return which wording the contracts use that are not over, by clause and version."""
    lines: list[UseLine] = []
    for (clause_id, version), uses in wording_in_use(session, today).items():
        newest = library.clause(clause_id) if library.has(clause_id) else None
        title = clause_id if newest is None else newest.title
        lines.extend(
            UseLine(
                f"{clause_id} {version} {use.contract_id}",
                title,
                version,
                None if newest is None else newest.version,
                use,
            )
            for use in uses
        )
    return tuple(
        sorted(lines, key=lambda line: (line.clause.casefold(), line.version, line.use.reference))
    )


COLUMNS = (
    Column(
        "Issued",
        lambda line: table_day(line.row.issued_on),
        sort=lambda line: line.row.issued_on,
        say=lambda line: f"issued {show_day(line.row.issued_on)}",
        width=11,
    ),
    Column("Document", lambda line: line.called, width=24),
    Column("About", lambda line: line.row.about, width=40),
    Column("Reference", lambda line: line.row.reference, width=16),
    Column(
        "Wording",
        lambda line: line.badge,
        sort=lambda line: -line.newer,
        say=lambda line: f"wording: {line.badge.text}",
        kind="badge",
        width=18,
    ),
    Column(
        "File",
        lambda line: f"{CALLED[line.row.file_format]}, {show_size(line.row.size_bytes)}",
        sort=lambda line: line.row.size_bytes,
        say=lambda line: line.row.file_name,
        tip=lambda line: f"{line.row.file_name}. SHA-256 {line.row.sha256}",
        width=14,
    ),
)
FIRST_COLUMN = 0
LEFT_OUT_FIRST = (5, 3)
"""Columns that a narrow window leaves out, the first one first."""

USE_COLUMNS = (
    Column("Clause", lambda line: line.clause, width=30),
    Column("Version", lambda line: str(line.version), sort=lambda line: line.version, right=True,
           width=9),
    Column("Contract", lambda line: line.use.reference, width=18),
    Column("Provider", lambda line: line.use.provider_name, width=24),
    Column(
        "Ends",
        lambda line: "" if line.use.ends_on is None else table_day(line.use.ends_on),
        sort=lambda line: line.use.ends_on,
        width=11,
    ),
    Column(
        "Wording",
        lambda line: line.badge,
        sort=lambda line: line.badge.text,
        say=lambda line: f"wording: {line.badge.text}",
        kind="badge",
        width=18,
    ),
)  # fmt: skip

_OF_PROCUREMENTS = (SubjectKind.PROCUREMENT, SubjectKind.BIDDER)
_OF_PEOPLE = (SubjectKind.APPRENTICESHIP, SubjectKind.REVIEW, SubjectKind.SECONDMENT)

FILTERS = (
    StatusFilter("all", None),
    StatusFilter("with newer wording", lambda line: bool(line.newer)),
    StatusFilter("of contracts", lambda line: line.row.subject.kind is SubjectKind.CONTRACT),
    StatusFilter("of procurements", lambda line: line.row.subject.kind in _OF_PROCUREMENTS),
    StatusFilter("of people", lambda line: line.row.subject.kind in _OF_PEOPLE),
)


def counts_in_words(lines: Sequence[DocumentLine]) -> str:
    """Say how many documents there are, and of how many there is newer wording."""
    newer = sum(bool(line.newer) for line in lines)
    said = f"{counted(len(lines), 'document')} issued"
    return f"{said} · {newer} with newer wording" if newer else said
