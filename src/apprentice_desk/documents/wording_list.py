"""All wording of a desk in one list: how each version stands, and what needs doing about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from sqlalchemy.orm import Session

from apprentice_desk.documents.newer_wording import words_of_clause
from apprentice_desk.documents.own_text import read_own
from apprentice_desk.documents.own_wording import added, joined, reading
from apprentice_desk.documents.placing import Now, now_of, parts_of
from apprentice_desk.documents.wording import Clause, DocumentType, Library, library
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs_of_wording import NeedyWording, WordingNeed
from apprentice_desk.domain.own_wording import REVIEW_NEAR_DAYS, Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keeping_documents import wording_in_use
from apprentice_desk.records.own_wording import WordingRow, wording_rows


class Doing(IntEnum):
    """What needs doing about a version; the smaller the sooner."""

    LEFT_OUT = 1
    REVIEW_PAST = 2
    OVERTAKEN = 3
    REVIEW_NEAR = 4
    DRAFT = 5
    NOTHING = 9


@dataclass(frozen=True, slots=True)
class WordingLine:
    """One version of one clause, or of a document type that the borough took in.

    *row* is what the desk keeps of it, None for packaged wording.  *types* are the names of the
    document types that it stands in, *contracts* how many contracts that are not over use it.
    *says* tells in a sentence what needs doing.  *reads* is the text without values, *review_by*
    None where it does not say.  *is_older* says that another version took its place.
    """

    file: str
    title: str
    wording_id: str
    version: int
    types: tuple[str, ...]
    row: WordingRow | None
    review_by: date | None
    guidance: str
    reads: str
    contracts: int
    doing: Doing
    says: str
    replaced_by: str = ""
    replaces: str = ""
    is_older: bool = False
    is_type: bool = False

    @property
    def id(self) -> str:
        """What the line is known by in a list."""
        return self.file

    @property
    def is_own(self) -> bool:
        """Whether it is the borough's own, or came in a pack."""
        return self.row is not None


def wording_lines(session: Session, today: date) -> tuple[WordingLine, ...]:
    """Return all wording that can be in documents that are made now, and all of the desk's own.

    What needs doing comes first, then by title.
    """
    rows = wording_rows(session)
    base = library()
    made = joined(base, rows)
    uses = {clause: len(found) for clause, found in wording_in_use(session, today).items()}
    listing = _Listing(made, now_of(made), _inside(made), uses, today)
    lines = [listing.packaged(each) for each in made.newest_clauses if not each.is_own]
    newest = Counter({each.id: each.version for each in made.newest_clauses if each.is_own})
    lines += [listing.own(row, newest) for row in rows]
    return tuple(sorted(lines, key=lambda line: (line.doing, line.title.casefold(), line.file)))


_NEEDS = {
    Doing.LEFT_OUT: WordingNeed.LEFT_OUT,
    Doing.REVIEW_PAST: WordingNeed.REVIEW,
    Doing.REVIEW_NEAR: WordingNeed.REVIEW,
    Doing.OVERTAKEN: WordingNeed.OVERTAKEN,
    Doing.DRAFT: WordingNeed.DRAFT,
}


def needy_wording(session: Session, today: date) -> tuple[NeedyWording, ...]:
    """Return the wording that needs something, what is most urgent first."""
    return tuple(
        NeedyWording(_NEEDS[line.doing], line.file, line.title, line.review_by, line.says)
        for line in wording_lines(session, today)
        if line.doing is not Doing.NOTHING
    )


@dataclass(frozen=True, slots=True)
class _Listing:
    library: Library
    now: Now
    inside: Mapping[str, frozenset[str]]
    uses: Mapping[tuple[str, int], int]
    today: date

    def packaged(self, clause: Clause) -> WordingLine:
        uses = self.uses.get((clause.id, clause.version), 0)
        stands = self.now.instead_of(clause)
        replaced_by = "" if stands is None or stands.id == clause.id else stands.title
        doing, says = Doing.NOTHING, ""
        if uses and not replaced_by:
            doing, says = self._review(clause.review_by)
        return WordingLine(
            file=clause.file,
            title=clause.title,
            wording_id=clause.id,
            version=clause.version,
            types=self._types(clause),
            row=None,
            review_by=clause.review_by,
            guidance=clause.guidance,
            reads=words_of_clause(self.library, clause, {}),
            contracts=uses,
            doing=doing,
            says=says,
            replaced_by=replaced_by,
        )

    def own(self, row: WordingRow, newest: Mapping[str, int]) -> WordingLine:
        try:
            version = reading(row.named, row.text)
        except Problem as problem:
            return self._unreadable(row, problem)
        is_older = row.status is Standing.APPROVED and newest.get(version.id, 0) > version.version
        doing, says = self._doing(row, version)
        if is_older or row.status is Standing.WITHDRAWN:
            doing, says = Doing.NOTHING, ""
        is_clause = isinstance(version, Clause)
        return WordingLine(
            file=row.named,
            title=version.title if isinstance(version, Clause) else version.name,
            wording_id=version.id,
            version=version.version,
            types=self._types(version) if isinstance(version, Clause) else (version.name,),
            row=row,
            review_by=version.review_by,
            guidance=version.guidance if isinstance(version, Clause) else version.summary,
            reads=(
                words_of_clause(added(self.library, version), version, {})
                if isinstance(version, Clause)
                else version.summary
            ),
            contracts=self.uses.get((version.id, version.version), 0),
            doing=doing,
            says=says,
            replaces=version.replaces if isinstance(version, Clause) else "",
            is_older=is_older,
            is_type=not is_clause,
        )

    def _unreadable(self, row: WordingRow, problem: Problem) -> WordingLine:
        stem = row.named.rpartition("/")[2]
        try:
            own = read_own(row.text, row.named)
        except Problem:
            own = None
        is_draft = row.status is Standing.DRAFT
        return WordingLine(
            file=row.named,
            title=(own.title if own else "") or stem,
            wording_id=stem.partition(".")[0],
            version=int(stem.split(".")[1]),
            types=(),
            row=row,
            review_by=own.review_by if own else None,
            guidance=own.guidance if own else "",
            reads=own.text if own else row.text,
            contracts=0,
            doing=Doing.DRAFT if is_draft else Doing.LEFT_OUT,
            says="A draft that nobody approved yet." if is_draft else problem.what,
            replaces=own.replaces if own else "",
        )

    def _doing(self, row: WordingRow, version: Clause | DocumentType) -> tuple[Doing, str]:
        if row.status is Standing.DRAFT:
            return Doing.DRAFT, "A draft that nobody approved yet."
        for each in self.library.left_out:
            if each.place.file == row.named:
                return Doing.LEFT_OUT, each.message
        doing, says = self._review(version.review_by)
        if doing is not Doing.REVIEW_PAST and isinstance(version, Clause):
            newest = self.library.clause(version.replaces) if self._has(version) else None
            if newest is not None and newest.version > version.replaces_version > 0:
                return Doing.OVERTAKEN, (
                    f"It was written from version {version.replaces_version} of"
                    f" “{newest.title}”, of which there is version {newest.version}."
                )
        return doing, says

    def _has(self, version: Clause) -> bool:
        return bool(version.replaces) and self.library.has(version.replaces)

    def _review(self, review_by: date) -> tuple[Doing, str]:
        left = (review_by - self.today).days
        if left < 0:
            return Doing.REVIEW_PAST, f"It was to be read again by {show_day(review_by)}."
        if left <= REVIEW_NEAR_DAYS:
            return Doing.REVIEW_NEAR, f"It is to be read again by {show_day(review_by)}."
        return Doing.NOTHING, ""

    def _types(self, clause: Clause) -> tuple[str, ...]:
        sought = {clause.id, clause.replaces} - {""}
        return tuple(
            of.name
            for of in self.library.newest_types
            if of.id == clause.joins or sought & self.inside[of.id]
        )


def _inside(made: Library) -> Mapping[str, frozenset[str]]:
    """Return the clauses of each type by its id: those that are named, and those that stand."""
    return {
        of.id: frozenset(of.clause_ids)
        | {each.id for _, found in parts_of(made, of, is_whole=False) for each in found}
        for of in made.newest_types
    }
