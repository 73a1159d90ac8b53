"""A pack made of a desk's wording: what can be sent, and what goes together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.pack_comparing import needs_of, reached
from apprentice_desk.documents.pack_manifest import Pack, PackItem
from apprentice_desk.documents.wording import (
    SETTINGS,
    Clause,
    DocumentType,
    WordingStatus,
    library,
    packaged_files,
)
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.product import version
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.own_wording import WordingRow, wording_rows


@dataclass(frozen=True, slots=True)
class Offered:
    """One version that can be sent.

    *is_own* is what did not come with the program, *source* where that came from.  What was
    *is_written_here*, a later version of a pack's clause among it, goes into a pack unless somebody
    says otherwise.  *needs* are those of the desk's own without which it makes no sense.
    """

    item: PackItem
    title: str
    is_own: bool
    is_written_here: bool = False
    source: str = ""
    needs: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """What it is known by: the name of its file."""
        return self.item.named


def offered(session: Session) -> tuple[Offered, ...]:
    """Return what can be sent: all that is approved or withdrawn here, and the program's wording.

    A draft is never sent.  The desk's own come first, types before clauses.
    """
    whole = library_of(session)
    versions: dict[str, Clause | DocumentType] = {each.file: each for each in whole.clauses}
    versions |= {each.file: each for each in whole.types}
    own = {
        row.named: _own(row, versions[row.named])
        for row in wording_rows(session)
        if row.named in versions and versions[row.named].approved is not None
    }
    packaged = [
        Offered(PackItem(named, text, versions[named].owner), _title(versions[named]), is_own=False)
        for named, text in packaged_files().items()
        if named != SETTINGS
        and named not in own
        and versions[named].status is WordingStatus.RELEASED
    ]
    needs = needs_of(library(), {named: versions[named] for named in own})
    every = [
        *packaged,
        *(replace(each, needs=needs[named]) for named, each in own.items()),
    ]
    return tuple(
        sorted(
            every,
            key=lambda each: (
                not each.is_own, each.item.is_clause, each.title.casefold(), each.item.version,
                each.id,
            ),
        )
    )  # fmt: skip


def _own(row: WordingRow, version: Clause | DocumentType) -> Offered:
    item = PackItem(
        row.named,
        row.text,
        row.approved_by,
        row.approved_on,
        is_withdrawn=row.status is Standing.WITHDRAWN,
    )
    return Offered(
        item,
        _title(version),
        is_own=True,
        is_written_here=not row.source or bool(row.written_by),
        source=row.source,
    )


def _title(of: Clause | DocumentType) -> str:
    return of.title if isinstance(of, Clause) else of.name


def with_needed(every: Collection[Offered], chosen: Collection[str]) -> frozenset[str]:
    """Return *chosen* and all that it needs of the desk's own."""
    return reached(chosen, {each.id: each.needs for each in every})


def make_pack(
    session: Session, chosen: Collection[str], title: str, note: str, today: date
) -> Pack:
    """Return the pack of what is *chosen* by its name, with what that needs.

    The sender is the organisation of the desk.  Raises Problem for a name that cannot be sent: a
    draft, or what the desk does not have.
    """
    every = offered(session)
    by_name = {each.id: each for each in every}
    for named in sorted(set(chosen) - by_name.keys()):
        raise Problem(
            f"“{named}” cannot be sent: the desk has no approved wording of that name.",
            "Look under Wording what it is called, and whether it is a draft.",
        )
    names = with_needed(every, chosen)
    return Pack(
        title=" ".join(title.split()),
        sender=organisation_row(session).name,
        made_on=today,
        program_version=version(),
        items=tuple(by_name[named].item for named in sorted(names)),
        note=note.strip(),
    )
