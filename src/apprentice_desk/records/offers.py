"""Learning offers of partners, such as courses that a technology firm gives for nothing.

It starts as the list in ``resources/lists`` and is the borough's own from then on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.evidence import check_link
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.planning_checks import check_minutes
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.domain.reference import ListedOffer
from apprentice_desk.records.base import Kept, Word, check_lengths, not_negative, refuse


class LearningOffer(Kept):
    """One offer that activities of a plan can be made from."""

    __tablename__ = "learning_offer"
    __table_args__ = not_negative("minutes")

    partner: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    link: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[Activity | None] = mapped_column(Word(Activity))
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    is_retired: Mapped[bool] = mapped_column(default=False)
    """Kept for the plans made from it, but offered no more."""


@dataclass(frozen=True, slots=True)
class OfferDetails:
    """What the form of an offer edits; *minutes* stay blank where they are not known."""

    partner: str = ""
    title: str = ""
    link: str = ""
    kind: Activity | None = None
    minutes: int | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as lists show it."""

    id: UUID
    details: OfferDetails
    is_retired: bool
    changed_in: int

    @property
    def title(self) -> str:
        """What is offered."""
        return self.details.title


def check_offer(details: OfferDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = [
        Finding(Level.ROW, "LO001", message, "", Place(field=field))
        for field, value, message in (
            ("partner", details.partner, "Say who offers it."),
            ("title", details.title, "The offer needs a title."),
        )
        if not value.strip()
    ]
    if details.link:
        findings += check_link(details.link)
    if details.minutes is not None:
        findings += check_minutes(details.minutes, "minutes")
    return findings + check_lengths(details, LearningOffer)


def load_offers(session: Session, listed: Iterable[ListedOffer]) -> int:
    """Take offers of the packaged list on; return how many.

    One that the desk has under the same partner and title, retired or not, is left as it is.
    """
    found = session.execute(select(LearningOffer.partner, LearningOffer.title))
    known = {(partner, title) for partner, title in found}
    new = [each for each in listed if (each.partner, each.title) not in known]
    for each in new:
        details = OfferDetails(
            each.partner, each.title, each.link, each.kind, None, each.note, each.source
        )
        session.add(LearningOffer(**_values(details)))
    session.flush()
    return len(new)


def add_offer(session: Session, details: OfferDetails) -> UUID:
    """Add an offer and return its key; raises Problem for what ``check_offer`` finds."""
    refuse(check_offer(details))
    offer = LearningOffer(**_values(details))
    session.add(offer)
    session.flush()
    return offer.id


def correct_offer(
    session: Session, offer_id: UUID, details: OfferDetails, changed_in: int | None = None
) -> None:
    """Replace an offer's details; plans that were made from it stay as they are.

    Raises Conflict when it is gone or changed since *changed_in*, Problem for what
    ``check_offer`` finds.
    """
    offer = _offer(session, offer_id, details)
    if changed_in is not None and offer.changed_in != changed_in:
        raise Conflict(
            "This offer was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=_row(offer).details,
            stamp=offer.changed_in,
        )
    refuse(check_offer(details))
    for name, value in _values(details).items():
        setattr(offer, name, value)


def retire_offer(session: Session, offer_id: UUID) -> None:
    """Offer it no more; it stays in the list as retired.  Raises Conflict when it is gone."""
    _offer(session, offer_id).is_retired = True


def offer_again(session: Session, offer_id: UUID) -> None:
    """Take an offer that was retired up again; raises Conflict when it is gone."""
    _offer(session, offer_id).is_retired = False


def _values(details: OfferDetails) -> dict[str, Any]:
    texts = {n: v.strip() for n, v in asdict(details).items() if n not in ("kind", "minutes") and v}
    return asdict(details) | texts


def _offer(session: Session, offer_id: UUID, mine: object | None = None) -> LearningOffer:
    found = session.get(LearningOffer, offer_id)
    if found is None:
        raise Conflict("This offer was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _row(offer: LearningOffer) -> OfferRow:
    details = OfferDetails(**{n: getattr(offer, n) for n in OfferDetails.__match_args__})
    return OfferRow(offer.id, details, offer.is_retired, offer.changed_in)


def offer_rows(session: Session) -> tuple[OfferRow, ...]:
    """Return the offers by partner and title, those that are retired at the end."""
    found = session.scalars(
        select(LearningOffer).order_by(
            LearningOffer.is_retired,
            func.lower(LearningOffer.partner),
            func.lower(LearningOffer.title),
        )
    )
    return tuple(map(_row, found))
