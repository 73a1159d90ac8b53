"""What this desk says to others of its own, without names, and what of theirs fits it.

Nothing is recorded of it: what is said follows from the records, and so does as of when.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain import identifiers, ksb_codes, placements
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.placement_matching import Fit, fits
from apprentice_desk.domain.placements import Placement, Word
from apprentice_desk.domain.vocabulary import (
    ListingKind,
    ListingState,
    OpeningKind,
    PlacementForm,
    SecondmentKind,
    SecondmentStatus,
)
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.changelog import ChangedRow, ChangeLine
from apprentice_desk.records.entries import OffTheJobEntry
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.records.listings import Listing, listings_held, placement_of
from apprentice_desk.records.openings import MOST_PLACES, Opening
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.records.secondments import Secondment, SecondmentMove, secondment_rows

TABLES = ("secondment", "secondment_move", "opening")
"""What the word of a desk is made of."""

_KIND_OF_OPENING = {
    OpeningKind.VACANCY: ListingKind.VACANCY,
    OpeningKind.SHADOWING: ListingKind.SHADOWING,
    OpeningKind.VISIT: ListingKind.VISIT,
}
_KIND_OF_OFFER = {
    PlacementForm.SECONDMENT: ListingKind.OFFER,
    PlacementForm.SHADOWING: ListingKind.SHADOWING,
    PlacementForm.VISIT: ListingKind.VISIT,
}
_TAKES_A_PLACE = (
    SecondmentStatus.MATCHED, SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY,
)  # fmt: skip


def own_word(session: Session) -> Word | None:
    """Return all that this desk has to say; None where it never had a secondment or opening.

    The same records give the same word: its time is that of the newest change of any of them.
    """
    as_of = _as_of(session)
    if as_of is None:
        return None
    own = organisation_row(session).code
    return placements.word_of(
        own, as_of, [*_secondments(session, own, as_of), *_openings(session, own, as_of)]
    )


def own_placement(session: Session, secondment_id: UUID) -> Placement | None:
    """Return a secondment as others would see it were it approved; None when it is gone.

    A request that names no standard is about the one that its apprentice follows.
    """
    found = session.get(Secondment, secondment_id)
    as_of = _as_of(session)
    if found is None or as_of is None:
        return None
    left = _left(found, _taken_places(session))
    own = organisation_row(session).code
    line = _placement(found, own, as_of, ListingState.OPEN, left)
    if line.standard_code is None and found.apprenticeship_id is not None:
        return replace(line, standard_code=_standard_of(session, found.apprenticeship_id))
    return line


def names_said(session: Session, word: Word) -> list[Finding]:
    """Return the lines of *word* in which an apprentice of this desk is named.

    Words are typed by people, and what leaves the borough names nobody.
    """
    names = {
        full_name(given, family)
        for given, family in session.execute(select(Apprentice.given_names, Apprentice.family_name))
        if given and family
    }
    if not names:
        return []
    ordered = sorted(names, key=lambda name: (-len(name), name))
    looked_for = re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE)
    found = []
    for line in word.lines:
        said = "\n".join((line.title, line.wanted, line.area, line.host_name, line.how_to_apply))
        if named := looked_for.search(" ".join(said.split())):
            found.append(
                Finding(
                    Level.ROW,
                    "PX001",
                    f"{line.code} names {named[0]}, and nobody is named in what leaves the"
                    " borough.",
                    "Take the name out of its words, then export again.",
                )
            )
    return found


def fits_of(session: Session, secondment_id: UUID, today: date) -> tuple[Fit, ...]:
    """Return what others ask for or offer that fits a secondment of this desk, the best first.

    Nothing fits one that is gone.
    """
    own = own_placement(session, secondment_id)
    if own is None:
        return ()
    return fits(own, listings_held(session), today, gaps_of(session, secondment_id))


@dataclass(frozen=True, slots=True)
class FitHere:
    """What fits a line of somebody else's: a secondment of this desk, or another's line."""

    fit: Fit
    secondment_id: UUID | None = None
    name: str = ""
    """The apprentice's, of a request of this desk."""

    @property
    def id(self) -> str:
        """What it is known by: the code of what fits."""
        return self.fit.placement.code


def fits_of_listing(session: Session, listing_id: UUID, today: date) -> tuple[FitHere, ...]:
    """Return what fits a line of somebody else's: this desk's own first, then others'.

    Of this desk it is what is approved and not matched yet.
    """
    listing = session.get(Listing, listing_id)
    if listing is None:
        return ()
    line = placement_of(listing)
    found = []
    for row in secondment_rows(session):
        if row.details.status is not SecondmentStatus.APPROVED:
            continue
        own = own_placement(session, row.id)
        assert own is not None  # it was read just now
        gaps = gaps_of(session, row.id)
        # Seen from this desk's own, whose gaps are known; what is told is what fits the line.
        found += [
            FitHere(replace(fit, placement=own), row.id, row.name)
            for fit in fits(own, [line], today, gaps)
        ]
    found.sort(key=lambda here: (-len(here.fit.ksbs), len(here.fit.against), here.id))
    return (*found, *(FitHere(fit) for fit in fits(line, listings_held(session), today)))


def _as_of(session: Session) -> datetime | None:
    """Return when any of what is told was changed last, what was removed since included."""
    numbers = [
        session.scalar(select(func.max(ChangedRow.number)).where(ChangedRow.table_name.in_(TABLES)))
    ]
    numbers += [
        session.scalar(select(func.max(kind.changed_in)))
        for kind in (Secondment, SecondmentMove, Opening)
    ]
    newest = max((number for number in numbers if number is not None), default=None)
    if newest is None:
        return None
    return session.scalars(
        select(ChangeLine.recorded_at).where(ChangeLine.number == newest)
    ).one_or_none()


def _secondments(session: Session, own: str, as_of: datetime) -> list[Placement]:
    was = _last_status(session)
    taken = _taken_places(session)
    found = []
    for each in session.scalars(select(Secondment)):
        state = placements.state_of(each.status, was.get(each.id))
        if state is None:
            continue
        left = _left(each, taken)
        if state is ListingState.OPEN and left is not None and left < 1:
            state = ListingState.TAKEN
        line = _placement(each, own, as_of, state, left)
        found.append(line if line.is_open else placements.over(line, state))
    return found


def _placement(
    each: Secondment, own: str, as_of: datetime, state: ListingState, places: int | None
) -> Placement:
    is_request = each.kind is SecondmentKind.REQUEST
    return Placement(
        code=each.code,
        kind=ListingKind.REQUEST if is_request else _KIND_OF_OFFER[each.form],
        state=state,
        borough=own,
        said_at=as_of,
        wanted=each.wanted.strip(),
        role_family=each.role_family,
        standard_code=_standard(each.standard_code),
        ksbs=each.ksbs.strip(),
        # Where somebody would like to go is a wish; where an offer's place is, others must know.
        host="" if is_request else each.host or own,
        host_name="" if is_request else " ".join(each.host_name.split()),
        earliest_start_on=each.earliest_start_on,
        latest_start_on=each.latest_start_on,
        weeks=None if each.form.is_light else each.weeks,
        days=each.days if each.form.is_light else None,
        places=places,
        pattern=each.pattern,
        area=" ".join(each.area.split()),
    )


def _openings(session: Session, own: str, as_of: datetime) -> list[Placement]:
    found = []
    for each in session.scalars(select(Opening)):
        line = Placement(
            code=each.code,
            kind=_KIND_OF_OPENING[each.kind],
            state=ListingState.OPEN,
            borough=own,
            said_at=as_of,
            title=each.title,
            wanted=each.about,
            role_family=each.role_family,
            standard_code=each.standard_code,
            ksbs=each.ksbs,
            host=own,
            earliest_start_on=each.from_on,
            latest_start_on=each.until_on,
            days=each.days,
            places=each.places,
            pattern=each.pattern,
            area=each.area,
            how_to_apply=each.how_to_apply,
        )
        if each.closed_on is not None:
            state = ListingState.TAKEN if each.is_taken else ListingState.WITHDRAWN
            line = placements.over(line, state)
        found.append(line)
    return found


def _last_status(session: Session) -> dict[UUID, SecondmentStatus]:
    """Return the status of each secondment before its last move."""
    moves = select(SecondmentMove).order_by(SecondmentMove.number)
    return {move.secondment_id: move.was for move in session.scalars(moves)}


def _taken_places(session: Session) -> Mapping[str, int]:
    """Return how many places of offers of this desk its own apprentices have, by code."""
    found: dict[str, int] = {}
    rows = session.scalars(
        select(Secondment.matched_code).where(
            Secondment.kind == SecondmentKind.REQUEST,
            Secondment.status.in_(_TAKES_A_PLACE),
            Secondment.matched_code != "",
        )
    )
    for code in rows:
        found[code] = found.get(code, 0) + 1
    return found


def _left(each: Secondment, taken: Mapping[str, int]) -> int | None:
    if each.kind is SecondmentKind.REQUEST:
        return None
    has = 1 if each.capacity is None else min(each.capacity, MOST_PLACES)
    return max(0, has - taken.get(each.code, 0))


def _standard(code: str | None) -> str | None:
    """Return a standard's code as others can read it; what a list brought in may be none."""
    try:
        return identifiers.check_standard_code(code) if code else None
    except ValueError:
        return None


def gaps_of(session: Session, secondment_id: UUID) -> tuple[str, ...]:
    """Return the KSBs that no entry of the apprentice of a request names yet.

    None of an offer, of a request about another standard than the apprentice's, and where the
    standard's KSBs are not loaded.
    """
    found = session.get(Secondment, secondment_id)
    if found is None or found.apprenticeship_id is None:
        return ()
    key = found.apprenticeship_id
    if found.standard_code not in (None, "", _standard_of(session, key)):
        return ()
    touched = {
        code
        for ksbs in session.scalars(
            select(OffTheJobEntry.ksbs)
            .where(OffTheJobEntry.apprenticeship_id == key, OffTheJobEntry.ksbs != "")
            .distinct()
        )
        for code in ksb_codes.codes_in(ksbs)
    }
    known = known_codes(session, [key]).get(key, ())
    return tuple(code for code in known if code not in touched)


def _standard_of(session: Session, apprenticeship_id: UUID) -> str | None:
    return session.scalars(
        select(Apprenticeship.standard_code).where(Apprenticeship.id == apprenticeship_id)
    ).one_or_none()
