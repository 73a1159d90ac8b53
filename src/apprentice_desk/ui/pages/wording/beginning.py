"""How the page of a clause begins: a draft that goes on, a next version, a variant, a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apprentice_desk.documents.own_completing import types_with
from apprentice_desk.documents.own_text import (
    OwnClause,
    begin_clause,
    begin_variant,
    next_version,
    read_own,
)
from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.wording import (
    DocumentType,
    Library,
    packaged_files,
)
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.own_wording import WordingRow, wording_row, wording_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import WriteClause
from apprentice_desk.ui.pages.wording.details import in_a_year


@dataclass(frozen=True, slots=True)
class Begun:
    """A clause that is being written: as it began, and the draft it is kept as, if any.

    *guidance* is that of the clause it replaces, *about* says where it stands.  *title* is what a
    new one began with: its name is made of it; *next_of* is the version that it comes after.
    """

    library: Library
    own: OwnClause
    written_by: str = ""
    wording_id: UUID | None = None
    changed_in: int | None = None
    source: str = ""
    guidance: str = ""
    title: str = ""
    next_of: UUID | None = None

    @property
    def about(self) -> str:
        """Where the clause stands, and how it is kept, in one line."""
        own, library = self.own, self.library
        names = ", ".join(of.name for of in types_of(library, own)) or "no document"
        if own.replaces:
            title = library.clause(own.replaces).title if library.has(own.replaces) else ""
            where = f"instead of “{title or own.replaces}” in {names}"
        elif own.follows:
            title = library.clause(own.follows).title if library.has(own.follows) else ""
            where = f"behind “{title or own.follows}” in {names}"
        else:
            where = f"in {names}"
        kept = "a draft" if self.wording_id is not None else "not saved yet"
        return f"{where[:1].upper()}{where[1:]} · {own.id}, version {own.version} · {kept}"

    @property
    def destination(self) -> WriteClause:
        """What leads to it again."""
        own = self.own
        if self.wording_id is not None:
            return WriteClause(self.wording_id)
        if self.next_of is not None:
            return WriteClause(next_of=self.next_of)
        if own.replaces:
            return WriteClause(replaces=own.replaces)
        return WriteClause(title=self.title, joins=own.joins, follows=own.follows)

    def taken_anew(
        self,
        library: Library,
        wording_id: UUID | None,
        changed_in: int | None,
        own: OwnClause,
        written_by: str | None,
    ) -> Begun:
        """Return the same as the desk has it now; without a name its author stays."""
        return replace(
            self,
            library=library,
            wording_id=wording_id,
            changed_in=changed_in,
            own=own,
            written_by=self.written_by if written_by is None else written_by,
        )


def types_of(library: Library, own: OwnClause) -> tuple[DocumentType, ...]:
    """Return the document types that a clause stands in."""
    sought = own.replaces or own.follows or own.id
    found = [of for of in library.newest_types if own.joins in ("", of.id)]
    if library.has(sought) and not own.joins:
        return types_with(library, library.clause(sought))
    return tuple(found) if own.joins else ()


def begun(session: Any, destination: WriteClause, desk: Desk) -> Begun:
    """Return what is to be written, as a destination asks; Problem where that cannot be.

    Of a clause that has a draft already, that draft goes on.
    """
    library, rows = library_of(session), wording_rows(session)
    if destination.wording_id is not None:
        return _going_on(library, wording_row(session, destination.wording_id))
    if destination.next_of is not None:
        return _next(library, rows, wording_row(session, destination.next_of), desk)
    team = desk.organisation.team
    author = desk.settings.prepared_by
    owner = f"{desk.organisation.name}, {team}" if team else desk.organisation.name
    letters, review_by = desk.organisation.letters, in_a_year(desk.clock.today())
    taken = {read.id for read in _read(rows)}
    taken |= {each.id for each in library.clauses}
    if destination.replaces:
        clause = library.clause(destination.replaces)
        for row, own in zip(rows, _read(rows), strict=True):
            if own.replaces == clause.id and row.status is not Standing.WITHDRAWN:
                return _next(library, rows, row, desk)
        text = packaged_files()[clause.file]
        own = begin_variant(clause, text, letters, owner, review_by, taken)
        return Begun(library, own, author, guidance=clause.guidance)
    own = begin_clause(
        destination.title, destination.joins, destination.follows, letters, owner, review_by, taken
    )
    return Begun(library, own, author, title=destination.title)


def _read(rows: tuple[WordingRow, ...]) -> list[OwnClause]:
    found = []
    for row in rows:
        try:
            found.append(read_own(row.text, row.named))
        except Problem:
            found.append(OwnClause(id=row.named))
    return found


def _going_on(library: Library, row: WordingRow) -> Begun:
    if row.status is not Standing.DRAFT:
        raise Problem("This version was approved.", "Begin its next version.")
    own = read_own(row.text, row.named)
    return Begun(
        library, own, row.written_by, row.id, row.changed_in, row.source, _guidance(library, own)
    )


def _next(library: Library, rows: tuple[WordingRow, ...], row: WordingRow, desk: Desk) -> Begun:
    own = read_own(row.text, row.named)
    versions = zip(_read(rows), rows, strict=True)
    same = {read.version: each for read, each in versions if read.id == own.id}
    for each in same.values():
        if each.status is Standing.DRAFT:
            return _going_on(library, each)
    newest = max(same)
    later = next_version(own, in_a_year(desk.clock.today()), newest)
    if own.replaces and library.has(own.replaces):
        later = replace(later, replaces_version=library.clause(own.replaces).version)
    return Begun(library, later, row.written_by, source=row.source, next_of=row.id,
                 guidance=_guidance(library, own))  # fmt: skip


def _guidance(library: Library, own: OwnClause) -> str:
    return library.clause(own.replaces).guidance if library.has(own.replaces) else ""
