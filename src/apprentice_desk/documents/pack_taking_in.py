"""A pack taken into a desk: what is chosen of it comes in as one change, approved or as drafts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.pack_comparing import (
    Fate,
    Held,
    PackComparison,
    PackLine,
    compare_pack,
    findings_of,
)
from apprentice_desk.documents.pack_manifest import Pack
from apprentice_desk.domain.own_wording import Approval, Standing, check_approval, fingerprint
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.base import refuse
from apprentice_desk.records.keeping_documents import wording_in_use
from apprentice_desk.records.own_wording import (
    DraftDetails,
    approve,
    keep_draft,
    withdraw,
    wording_rows,
)
from apprentice_desk.records.store import Store

NEED_APPROVAL = (Fate.DRAFT, Fate.WITHDRAWN)
"""What does not come in as a draft: it is here as one, or would be taken out of force."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a pack: how many versions came in force, as drafts, or were withdrawn."""

    approved: int = 0
    drafts: int = 0
    withdrawn: int = 0

    @property
    def count(self) -> int:
        """How much of the desk's wording changed."""
        return self.approved + self.drafts + self.withdrawn


def held_by(session: Session, today: date) -> Held:
    """Return what the desk has, to compare a pack with."""
    library = library_of(session)
    prints: dict[Standing, dict[str, str]] = {standing: {} for standing in Standing}
    for row in wording_rows(session):
        prints[row.status][row.named] = fingerprint(row.text)
    return Held(
        library,
        drafts=prints[Standing.DRAFT],
        withdrawn=prints[Standing.WITHDRAWN],
        own=prints[Standing.APPROVED],
        variants={each.replaces: each for each in library.newest_clauses if each.replaces},
        uses=wording_in_use(session, today),
        today=today,
    )


def compare_with_desk(
    session: Session,
    pack: Pack,
    today: date,
    progress: Progress | None = None,
    *,
    left_out: Collection[str] = (),
) -> PackComparison:
    """Return what *pack* would do to the desk, and whether that would be in order there.

    The latter without what is *left_out*.  Nothing is changed.
    """
    held = held_by(session, today)
    comparison = compare_pack(held, pack, progress)
    found = findings_of(held, comparison, comparison.without(left_out))
    return replace(comparison, findings=found)


def label_of(pack: Pack) -> str:
    """Return what the change is called that takes a pack in."""
    return f"Take in the wording “{pack.title}” from {pack.sender}"


def take_in(
    store: Store,
    pack: Pack,
    chosen: Collection[str] | None,
    approval: Approval | None,
    today: date,
    progress: Progress | None = None,
) -> TakenIn:
    """Take the *chosen* files of a pack into the desk as one change; None are all that change it.

    With an *approval* they are in force at once, without one they are drafts, which no document is
    made of.  Where there is nothing to do, nothing is changed.  Raises Problem, and takes nothing
    in, where part of what is chosen needs what is not, where the wording would not be in order,
    and for what keeps the approval from being one.
    """
    comparison = store.read(lambda session: compare_pack(held_by(session, today), pack, progress))
    if not _lines(comparison, chosen, approval):
        return TakenIn()
    with store.change(label_of(pack)) as session:
        return _take_in(session, pack, chosen, approval, today, progress)


def _take_in(
    session: Session,
    pack: Pack,
    chosen: Collection[str] | None,
    approval: Approval | None,
    today: date,
    progress: Progress | None,
) -> TakenIn:
    held = held_by(session, today)
    comparison = compare_pack(held, pack, progress)
    lines = _lines(comparison, chosen, approval)
    if approval is not None:
        refuse(check_approval(approval, ""))
        _check(held, comparison, [line.id for line in lines])
    rows = {row.named: row.id for row in wording_rows(session)}
    counts = dict.fromkeys(("approved", "drafts", "withdrawn"), 0)
    for line in lines:
        counts[_take(session, pack, line, rows.get(line.id), approval)] += 1
    return TakenIn(**counts)


def _lines(
    comparison: PackComparison, chosen: Collection[str] | None, approval: Approval | None
) -> list[PackLine]:
    """Return the lines to take in, those with what they need; a draft changes nothing in force."""
    changes = {line.id: line for line in comparison.changes}
    names = set(changes if chosen is None else chosen)
    for named in sorted(names - changes.keys()):
        raise Conflict(
            f"“{named}” cannot be taken in any more: the desk's wording was changed meanwhile.",
            "Nothing was taken in. Import the pack again.",
        )
    lacking = comparison.with_needed(names) - names
    if lacking:
        named = min(lacking)
        by = next(line for line in comparison.changes if line.id in names and named in line.needs)
        raise Problem(
            f"“{by.title}” needs “{changes[named].title}” of the same pack.",
            "Nothing was taken in. Choose both, or neither.",
        )
    return [
        line
        for line in comparison.changes
        if line.id in names and (approval is not None or line.fate not in NEED_APPROVAL)
    ]


def _check(held: Held, comparison: PackComparison, names: Collection[str]) -> None:
    found = findings_of(held, comparison, names)
    if found:
        more = "" if len(found) == 1 else f" {len(found) - 1} more are not in order."
        raise Problem(
            f"Nothing was taken in: in this desk the wording would not be in order."
            f" {found[0].message}{more}",
            "Leave out what it concerns, or take the pack in as drafts and put them right.",
        )


def _take(
    session: Session, pack: Pack, line: PackLine, key: UUID | None, approval: Approval | None
) -> str:
    """Take one file in, and return as what it counts."""
    is_in_force = line.fate is Fate.WITHDRAWN and key is not None
    if key is None:
        details = DraftDetails(line.id, line.item.text, source=pack.source)
        key = keep_draft(session, details)
    if approval is None:
        return "drafts"
    if not is_in_force:
        approve(session, key, approval)
    if line.fate is not Fate.WITHDRAWN:
        return "approved"
    withdraw(session, key)
    return "withdrawn"
