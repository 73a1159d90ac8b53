"""The desk's library: the packaged wording with what a borough wrote or took in, once approved.

What cannot be read, or is not to the letter what was approved, is left out, and the library says
so; the packaged wording stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.documents.wording import (
    Approved,
    Clause,
    DocumentType,
    Library,
    WordingStatus,
    library,
    read_clause,
    read_type,
)
from apprentice_desk.documents.wording_checks import check_clause, check_placed
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place, refuses
from apprentice_desk.domain.own_wording import Approval, Standing, prefix_of
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import own_wording as kept
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.own_wording import WordingRow, wording_rows

_STATUS = {
    Standing.DRAFT: WordingStatus.DRAFT,
    Standing.APPROVED: WordingStatus.RELEASED,
    Standing.WITHDRAWN: WordingStatus.WITHDRAWN,
}


def library_of(session: Session) -> Library:
    """Return the packaged library with the desk's own wording that is approved.

    Withdrawn versions are in it too, so that documents can be made again.  What is wrong with the
    desk's own never raises: it is left out, with a finding.  Raises Problem if the packaged library
    is broken.
    """
    return joined(library(), wording_rows(session))


def joined(base: Library, rows: Iterable[WordingRow]) -> Library:
    """Return *base* with those of *rows* that were approved; drafts never get in."""
    versions = [row for row in rows if row.status is not Standing.DRAFT]
    if not versions:
        return base
    found: list[Finding] = list(base.left_out)
    made = base
    # What a clause replaces or follows may be another of them, and types are made of clauses.
    waiting = sorted(versions, key=lambda row: (row.named.startswith("documents/"), row.named))
    while waiting:
        refused: list[tuple[WordingRow, tuple[Finding, ...]]] = []
        for row in waiting:
            made, why = _taken_in(made, base, row)
            if why:
                refused.append((row, why))
        if len(refused) == len(waiting):
            found += [_left_out(row, why) for row, why in refused]
            break
        waiting = [row for row, _ in refused]
    return replace(made, left_out=tuple(found))


def _taken_in(made: Library, base: Library, row: WordingRow) -> tuple[Library, tuple[Finding, ...]]:
    """Return *made* with one version more, or as it was and why."""
    if not row.is_as_approved:
        return made, (_finding(row.named, "OW010", "Its text is not the one that was approved."),)
    try:
        read = reading(row.named, row.text)
    except Problem as problem:
        return made, (_finding(row.named, "OW011", str(problem)),)
    twin = _twin(base, read)
    if twin is not None:
        same = twin.fingerprint == read.fingerprint
        why = _finding(row.named, "OW012", "The program has come with another text of that name.")
        return made, (() if same else (why,))
    assert row.approved_on is not None  # the table sees to it
    version = replace(
        read,
        status=_STATUS[row.status],
        approved=Approved(row.approved_by, row.approved_as, row.approved_on, row.source),
    )
    grown = added(made, version)
    if row.status is Standing.WITHDRAWN:
        return grown, ()
    bad = _unfit(grown, version)
    return (made, bad) if bad else (grown, ())


def _unfit(grown: Library, version: Clause | DocumentType) -> tuple[Finding, ...]:
    """Return what keeps a document from being made at all with a version."""
    if isinstance(version, Clause):
        return check_clause(grown, version)
    missing = [each for each in version.clause_ids if not grown.has(each)]
    return tuple(
        _finding(version.file, "OW013", f"It has a clause “{each}”, which is not there.")
        for each in missing
    )


def added(base: Library, version: Clause | DocumentType) -> Library:
    """Return *base* with one version more, sealed as it is; one of that name it takes the place of.

    It is for looking at a draft, too: what is not approved is never issued, whatever library it is
    in.
    """
    sealed = {**base.settings.sealed, version.file.rpartition(".")[0]: version.fingerprint}
    grown = replace(base, settings=replace(base.settings, sealed=sealed))
    if isinstance(version, Clause):
        others = tuple(each for each in base.clauses if each.file != version.file)
        return replace(grown, clauses=(*others, version))
    types = tuple(each for each in base.types if each.file != version.file)
    return replace(grown, types=(*types, version))


def _twin(base: Library, read: Clause | DocumentType) -> Clause | DocumentType | None:
    every: tuple[Clause | DocumentType, ...] = (
        base.clauses if isinstance(read, Clause) else base.types
    )
    return next((each for each in every if each.file == read.file), None)


@lru_cache(maxsize=1000)
def reading(named: str, text: str) -> Clause | DocumentType:
    """Return what the file of a clause or of a document type holds; Problem where it is broken."""
    read = read_clause(text, named) if named.startswith("clauses/") else read_type(text, named)
    if read.file != named:
        raise Problem(f"{named} holds what should be called {read.file}.")
    return read


def _finding(named: str, code: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.FILE, code, message, remedy, Place(file=named))


def _left_out(row: WordingRow, why: tuple[Finding, ...]) -> Finding:
    """Return a note that a version is left out, with the first reason."""
    return Finding(
        Level.NOTE,
        why[0].code,
        f"“{row.named}” is approved and left out. {why[0].message}",
        "Documents are made without it. Look at it under Wording.",
        Place(file=row.named),
    )


# --- what a version must be like to be approved ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text comes to: the version in it, None where it cannot be read, and what is wrong."""

    version: Clause | DocumentType | None
    findings: tuple[Finding, ...]

    @property
    def is_in_order(self) -> bool:
        """Whether nothing keeps it from being approved."""
        return not refuses(self.findings)


def check_text(
    base: Library, named: str, text: str, letters: str, today: date, *, is_own: bool = True
) -> Checked:
    """Return what is wrong with the *text* of a version, as it would stand in *base*.

    What *base* had wrong before does not count.  *letters* are the borough's, with which the ids of
    its own wording begin; what came in a pack may be called otherwise.
    """
    try:
        read = reading(named, text)
    except Problem as problem:
        said = problem.what
        if said.startswith(f"{named}: "):
            said = said.removeprefix(f"{named}: ")
            said = f"{said[:1].upper()}{said[1:]}"
        return Checked(None, (_finding(named, "OW011", said),))
    found: list[Finding] = []
    prefix = prefix_of(letters)
    if is_own and not read.id.startswith(prefix):
        found.append(
            _finding(
                named, "OW014", f"“{read.id}” does not begin with “{prefix}”.",
                "So the borough's own wording never meets what comes with the program.",
            )
        )  # fmt: skip
    twin = _twin(library_without_own(base), read)
    if twin is not None:
        found.append(_finding(named, "OW012", "The library has wording of that name already."))
    if read.review_by <= today:
        found.append(
            _finding(
                named, "OW015", f"It is to be read again by {show_day(read.review_by)}, which is"
                " past.", "Choose a day to come, within a year or so.",
            )
        )  # fmt: skip
    trial = added(base, replace(read, status=WordingStatus.RELEASED))
    placed = check_placed(trial, replace(read, status=WordingStatus.RELEASED))
    before = set(_said(base)) if placed else set()  # it takes a quarter of a second
    found += [each for each in placed if _as_said(each) not in before]
    return Checked(read, tuple(dict.fromkeys(_of_own(each, read.id) for each in found)))


def _of_own(finding: Finding, own_id: str) -> Finding:
    """Return a finding as it is said to whoever writes the clause that it is about."""
    if not finding.message.startswith(f"{own_id} "):
        return finding
    remedy = _CAPITALS if finding.code == "WD015" else finding.remedy
    return replace(
        finding, message=f"It {finding.message.removeprefix(f'{own_id} ')}", remedy=remedy
    )


_CAPITALS = "Define it, write it small, or add it to its names with capitals."


def library_without_own(base: Library) -> Library:
    """Return *base* without what is the desk's own."""
    return replace(
        base,
        clauses=tuple(each for each in base.clauses if not each.is_own),
        types=tuple(each for each in base.types if not each.is_own),
    )


def _as_said(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.place.file, finding.message


def _said(base: Library) -> Iterable[tuple[str, str, str]]:
    """Yield what is wrong with the document types of *base* already."""
    for of in base.newest_types:
        yield from map(_as_said, check_placed(base, of))


def check_row(session: Session, wording_id: UUID, today: date) -> Checked:
    """Return what is wrong with a version that the desk keeps; Conflict when it is gone."""
    row = kept.wording_row(session, wording_id)
    return check_text(
        library_of(session),
        row.named,
        row.text,
        organisation_row(session).letters,
        today,
        is_own=not row.source,
    )


def approve(
    session: Session,
    wording_id: UUID,
    approval: Approval,
    *,
    changed_in: int | None = None,
) -> None:
    """Put a draft in force, by a named person, once nothing is wrong with it.

    Raises Problem with the first thing that is, and as ``records.own_wording.approve`` does.
    """
    checked = check_row(session, wording_id, approval.on)
    bad = [each for each in checked.findings if refuses((each,))]
    if bad:
        more = "" if len(bad) == 1 else f" {len(bad) - 1} more are to be put right."
        raise Problem(f"It was not approved: {bad[0].message}{more}", bad[0].remedy)
    kept.approve(session, wording_id, approval, changed_in=changed_in)
