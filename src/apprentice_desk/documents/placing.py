"""Where clauses stand in a document type: a borough's own ones among those that came with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from apprentice_desk.documents.wording import Clause, DocumentType, Library, Part

Parts = tuple[tuple[Part, tuple[Clause, ...]], ...]
"""The parts of a document type, each with its clauses in order."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """Variants by the clause that they replace; what joins, by type and the clause before it."""

    variants: Mapping[str, Clause]
    joined: Mapping[tuple[str, str], tuple[Clause, ...]]


def _placed(clauses: Iterable[Clause]) -> _Placed:
    variants: dict[str, Clause] = {}
    joined: dict[tuple[str, str], tuple[Clause, ...]] = {}
    for each in sorted(clauses, key=lambda clause: clause.id):
        if each.replaces:
            variants.setdefault(each.replaces, each)
        elif each.joins:
            where = (each.joins, each.follows)
            joined[where] = (*joined.get(where, ()), each)
    return _Placed(variants, joined)


def standing_for(library: Library, clause_id: str) -> Clause:
    """Return what stands where documents have a clause: its variant, or its newest version.

    Raises Problem where there is neither.
    """
    variant = _placed(library.newest_clauses).variants.get(clause_id)
    return library.clause(clause_id) if variant is None else variant


@dataclass(frozen=True, slots=True)
class Now:
    """What stands in documents that are made now, of a library that was read once."""

    library: Library
    placed: _Placed

    def instead_of(self, old: Clause) -> Clause | None:
        """Return what stands now where documents had *old*; None where nothing does any more.

        A clause may have got a variant, and a variant may have gone.
        """
        for clause_id in (old.id, old.replaces):
            if clause_id in self.placed.variants:
                return self.placed.variants[clause_id]
            if clause_id and self.library.has(clause_id):
                return self.library.clause(clause_id)
        return None

    def joined_since(self, type_id: str, day: date) -> tuple[Clause, ...]:
        """Return the borough's own clauses that joined a type and were approved after *day*."""
        return tuple(
            each
            for (of, _), clauses in self.placed.joined.items()
            for each in clauses
            if of == type_id and each.approved is not None and each.approved.on > day
        )


def now_of(library: Library) -> Now:
    """Return what stands in documents that are made now."""
    return Now(library, _placed(library.newest_clauses))


def parts_of(
    library: Library,
    of: DocumentType,
    versions: Mapping[str, int] | None = None,
    *,
    is_whole: bool = True,
) -> Parts:
    """Return the clauses of each part of a type, in order.

    A variant stands where the clause does that it replaces, and what joins the type behind the
    clause that it follows.  *versions* are those in a document that was made before, which no other
    clause gets into; without them the newest are taken.  Raises Problem where the library does not
    have a clause, unless the type need not be whole.
    """
    if versions is None:
        placed = _placed(library.newest_clauses)
    else:
        placed = _placed(library.clause(*each) for each in versions.items())

    def behind(clause_id: str) -> Iterator[Clause]:
        for each in placed.joined.get((of.id, clause_id), ()):
            yield each
            yield from behind(each.id)

    def clauses(part: Part) -> Iterator[Clause]:
        for clause_id in part.clauses:
            if clause_id in placed.variants:
                yield placed.variants[clause_id]
            elif versions is not None:
                if clause_id in versions:
                    yield library.clause(clause_id, versions[clause_id])
            elif is_whole or library.has(clause_id):
                yield library.clause(clause_id)
            yield from behind(clause_id)

    return tuple((part, tuple(clauses(part))) for part in of.parts)
