"""What newer wording would say in a document that was issued, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from apprentice_desk.documents import conditions
from apprentice_desk.documents.compose import CHANGES, DEFINITIONS, SIGNATURES
from apprentice_desk.documents.field_kinds import Value
from apprentice_desk.documents.fields import FIELDS, show
from apprentice_desk.documents.keeping import values_of
from apprentice_desk.documents.placing import Now, now_of
from apprentice_desk.documents.wording import Clause, Library
from apprentice_desk.documents.wording_text import (
    FieldPiece,
    Pieces,
    RefPiece,
    TableBlock,
    TextPart,
)
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keeping_documents import DocumentDetails, DocumentRow


class Fate(StrEnum):
    """What becomes of words in newer wording."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that go together, blanks included; all of them with the same fate."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class NewerClause:
    """A clause of which there is a newer version; *runs* joined are both texts, one in the other.

    *now* is None where the clause was withdrawn.  *instead* is the title of another clause that
    stands in its place now: a variant that the borough wrote, or what such a one had replaced.
    """

    id: str
    title: str
    before: int
    now: int | None
    runs: tuple[Words, ...]
    instead: str = ""


@dataclass(frozen=True, slots=True)
class NewerWording:
    """What is newer than in a document: its type by version (None: not), and clauses in order.

    *added* and *gone* are the clauses that the newer type has besides, or not any more, by title.
    """

    type_version: int | None
    clauses: tuple[NewerClause, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_any(self) -> bool:
        """Whether there is anything newer."""
        return self.type_version is not None or bool(self.clauses or self.added)


def count_newer(now: Now, row: DocumentRow) -> int:
    """Return of how many clauses of a document there is other wording, and what joined it since."""
    count = len(now.joined_since(row.type_id, row.issued_on))
    for clause_id, version in row.clauses.items():
        try:
            old = now.library.clause(clause_id, version)
        except Problem:  # made of wording that the desk does not have
            count += 1
            continue
        count += _is_other(old, now.instead_of(old))
    return count


def _is_other(old: Clause, new: Clause | None) -> bool:
    return new is None or new.id != old.id or new.version > old.version


def newer_wording(library: Library, details: DocumentDetails) -> NewerWording:
    """Return what is newer than the wording of a document that was issued.

    Both versions are shown with the values of the document.  Raises Problem where the library does
    not have the wording that it was made of.
    """
    try:
        values = values_of(details)
    except ValueError as error:
        raise Problem(f"This document cannot be compared: {error}") from error
    clauses, now = [], now_of(library)
    for clause_id, version in details.clauses.items():
        old = library.clause(clause_id, version)
        new = now.instead_of(old)
        if not _is_other(old, new):
            continue
        clauses.append(
            NewerClause(
                clause_id,
                old.title if new is None else new.title,
                version,
                None if new is None else new.version,
                compare(
                    words_of_clause(library, old, values),
                    "" if new is None else words_of_clause(library, new, values),
                ),
                "" if new is None or new.id == clause_id else new.title,
            )
        )
    joined = now.joined_since(details.type_id, details.issued_on)
    found = _with_type(library, details, tuple(clauses))
    return replace(found, added=(*found.added, *(each.title for each in joined)))


def _with_type(
    library: Library, details: DocumentDetails, clauses: tuple[NewerClause, ...]
) -> NewerWording:
    old = library.type_of(details.type_id, details.type_version)
    released = {each.id: each for each in library.newest_types}
    new = released.get(details.type_id)
    if new is None or new.version <= old.version:
        return NewerWording(None, clauses, (), ())

    def titles(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            library.clause(each, details.clauses.get(each)).title
            for each in these
            if each not in those
        )

    return NewerWording(
        new.version,
        clauses,
        added=titles(new.clause_ids, old.clause_ids),
        gone=titles(
            _of_the_type(library, details), (*new.clause_ids, *_own_there(library, details))
        ),
    )


def _of_the_type(library: Library, details: DocumentDetails) -> tuple[str, ...]:
    """Return the clauses of a document, those that joined it left aside."""
    versions = details.clauses.items()
    return tuple(each for each, version in versions if not library.clause(each, version).joins)


def _own_there(library: Library, details: DocumentDetails) -> tuple[str, ...]:
    """Return the variants in a document: what they replaced may be in the newer type."""
    versions = details.clauses.items()
    return tuple(each for each, version in versions if library.clause(each, version).replaces)


# --- words ----------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\s+|[^\s]+")


def compare(before: str, after: str) -> tuple[Words, ...]:
    """Return both texts in one, word by word: what goes stands before what comes."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[Words] = []

    def add(fate: Fate, words: list[str]) -> None:
        if words:
            runs.append(Words(fate, "".join(words)))

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            add(Fate.SAME, old[old_from:old_to])
        else:
            add(Fate.OUT, old[old_from:old_to])
            add(Fate.IN, new[new_from:new_to])
    return tuple(runs)


def words_of_clause(library: Library, clause: Clause, values: Mapping[str, Value]) -> str:
    """Return the text of a clause with *values* in it, a paragraph or an item to a line.

    A reference is told by the title of what it leads to, since numbers move; what a condition
    leaves out is left out.
    """
    lines = [f"{clause.title}"]
    for block in clause.blocks:
        if conditions.holds(block.when, values):
            lines.extend(_lines(library, block, values))
    lines.extend(
        f"{term} means {_words(library, meaning, values)}"
        for term, meaning in clause.meanings.items()
    )
    return "\n".join(lines)


def _lines(library: Library, block: TextPart, values: Mapping[str, Value]) -> Iterator[str]:
    if isinstance(block, TableBlock):
        field = FIELDS.get(block.field)
        yield f"[{_BUILT.get(block.field) or (field.label if field else block.field)}]"
        return
    yield _words(library, block.pieces, values)
    for each in block.items:
        yield f"• {_words(library, each, values)}"


_BUILT = {SIGNATURES: "Signatures", DEFINITIONS: "Definitions", CHANGES: "What changes"}


def _words(library: Library, found: Pieces, values: Mapping[str, Value]) -> str:
    return "".join(_piece(library, each, values) for each in found)


def _piece(
    library: Library, piece: str | FieldPiece | RefPiece, values: Mapping[str, Value]
) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, RefPiece):
        known = library.has(piece.clause)
        return f"clause “{library.clause(piece.clause).title if known else piece.clause}”"
    field, value = FIELDS.get(piece.field), values.get(piece.field)
    if field is None:  # only a draft can have one that there is not
        return f"[{piece.field}]"
    if value is None:
        return f"[{field.label}]"
    return ", ".join(value) if isinstance(value, tuple) else show(field, value)
