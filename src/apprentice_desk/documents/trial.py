"""A clause that is being written, in a document that it would stand in: only to be looked at.

Nothing is filled in, so that every field shows as a gap.  The clause is in whatever the facts, with
every paragraph that it may have, and so is what it refers to: whoever writes it wants to read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from apprentice_desk.documents import conditions, tree
from apprentice_desk.documents.compose import (
    APPROVAL,
    CHANGES,
    DEFINITIONS,
    SIGNATURES,
    Composed,
    compose,
)
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.own_wording import added
from apprentice_desk.documents.placing import parts_of, standing_for
from apprentice_desk.documents.wording import Clause, DocumentType, Library, WordingStatus
from apprentice_desk.documents.wording_text import RefPiece, TextBlock

_BUILT = frozenset({SIGNATURES, APPROVAL, DEFINITIONS, CHANGES})
_ONLY_WHEN = re.compile(r"(?<!\{)\{when [^{}]*\}")
_FIELD = re.compile(r"(?<!\{)\{(?P<table>table:)?(?P<name>[a-z][a-z0-9_]*)\}")
_ENOUGH = 40
"""So many letters of a paragraph are looked for on a page."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a clause stands: below the *heading* with its number, or where its words *begin*.

    A clause without a number has no heading of its own.  *after* is the heading that follows, ""
    where that is not known.
    """

    heading: str
    begins: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """The document, and where the clause stands in it; None where it has no place in it."""

    document: tree.Document
    spot: Spot | None


def trial(library: Library, version: Clause, type_id: str) -> Trial:
    """Return the newest document of a type with the draft *version* in its place.

    Raises Problem where the library lacks the type, or another clause of it.
    """
    shown = _open(replace(version, status=WordingStatus.RELEASED))
    others = tuple(
        each
        for each in library.clauses
        if each.id != shown.id and (not shown.replaces or each.replaces != shown.replaces)
    )
    grown = added(replace(library, clauses=others), shown)
    there = {shown.id, *_referred_to(grown, shown)}
    for each in there - {shown.id}:
        grown = added(grown, _open(grown.clause(each)))
    of = _with_its_parts(grown, grown.type_of(type_id), there)
    composed = compose(grown, of, {}, dict.fromkeys(there, True))
    return Trial(composed.document, _spot(composed, shown, _title_above(grown, of, shown)))


def _open(clause: Clause) -> Clause:
    """Return a clause that always stands there as a whole; what is no field shows as such."""
    return replace(
        clause,
        applies=conditions.ALWAYS,
        text=_readable(_ONLY_WHEN.sub("", clause.text)),
        defines={term: _readable(each) for term, each in clause.defines.items()},
    )


def _readable(text: str) -> str:
    def show(found: re.Match[str]) -> str:
        name = found["name"]
        is_known = name in FIELDS or (bool(found["table"]) and name in _BUILT)
        return found[0] if is_known else f"[{name}]"

    return _FIELD.sub(show, text)


def _referred_to(library: Library, clause: Clause) -> Iterator[str]:
    """Yield the clauses that stand where *clause* refers to, by id."""
    for block in clause.blocks:
        if isinstance(block, TextBlock):
            for piece in block.all_pieces:
                if isinstance(piece, RefPiece) and library.has(piece.clause):
                    yield standing_for(library, piece.clause).id


def _with_its_parts(library: Library, of: DocumentType, ids: set[str]) -> DocumentType:
    """Return a type whose parts with one of *ids* in them always are in it."""
    return replace(
        of,
        parts=tuple(
            replace(part, applies=conditions.ALWAYS)
            if ids & {each.id for each in clauses}
            else part
            for part, clauses in parts_of(library, of)
        ),
    )


def _title_above(library: Library, of: DocumentType, clause: Clause) -> str:
    """Return the title of the part that a clause stands in."""
    return next((part.title for part, there in parts_of(library, of) if clause in there), "")


def _spot(composed: Composed, clause: Clause, title_above: str) -> Spot | None:
    if clause not in composed.clauses:
        return None
    begins = next(_beginnings(clause), "")
    document = composed.document
    headed = [
        each
        for each in (*document.opening, *document.blocks)
        if isinstance(each, tree.Clause | tree.Heading)
    ]
    for at, each in enumerate(headed):
        if isinstance(each, tree.Clause) and each.title == clause.title:
            after = headed[at + 1] if at + 1 < len(headed) else None
            return Spot(_said(each), begins, "" if after is None else _said(after))
    return Spot("" if begins else title_above, begins)


def _said(heading: tree.Clause | tree.Heading) -> str:
    """Return what a list of headings says of one."""
    if isinstance(heading, tree.Heading):
        return tree.plain(heading.text)
    return f"{heading.number} {heading.title}"


def _beginnings(clause: Clause) -> Iterator[str]:
    """Yield the first words of each paragraph that begins with words of its own."""
    for block in clause.blocks:
        if isinstance(block, TextBlock) and block.pieces and isinstance(block.pieces[0], str):
            words = block.pieces[0].strip()
            if words:
                yield words[:_ENOUGH].rpartition(" ")[0] if len(words) > _ENOUGH else words
