"""What documents can be about: the subjects of each kind that a desk has, and finding one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.contracts import contract_rows
from apprentice_desk.records.keeping_documents import SEPARATOR, Subject
from apprentice_desk.records.known_people import known_people
from apprentice_desk.records.organisation import organisation_key, organisation_row
from apprentice_desk.records.procurement_overview import procurement_overviews
from apprentice_desk.records.reviews import review_rows
from apprentice_desk.records.secondments import secondment_rows

STROKE = "/"
"""Parts what a person writes to name a subject within another."""


@dataclass(frozen=True, slots=True)
class SubjectChoice:
    """A subject to choose; *is_winner* of a bidder is None before the decision.

    *written* is how a person names it on the command line.  *within* is the key of the procurement
    of a bidder, and of the apprenticeship of a review or a secondment.
    """

    subject: Subject
    reference: str
    name: str
    written: str
    within: UUID | None = None
    is_winner: bool | None = None

    @property
    def shown(self) -> str:
        """Reference and name, as a list shows them."""
        return SEPARATOR.join(filter(None, (self.reference, self.name)))


def subject_choices(
    session: Session, kind: SubjectKind, today: date, within: UUID | None = None
) -> tuple[SubjectChoice, ...]:
    """Return the subjects of a kind that a desk has, by reference, name or day.

    With the key of a procurement only its bidders, with that of an apprenticeship only its reviews
    and secondments.  Roles that nobody is named for are left out: nothing is written to nobody.
    """
    found = _READERS[kind](session, today, within)
    return tuple(each for each in found if within is None or each.within == within)


def review_called(name: str, due_on: date | None, held_on: date | None) -> str:
    """Return what a review is called: whose it is, and the day it was held or is due."""
    on = held_on or due_on
    return (
        f"{name}{SEPARATOR}review" if on is None else f"{name}{SEPARATOR}review of {show_day(on)}"
    )


def _procurements(session: Session, _: date, __: UUID | None) -> list[SubjectChoice]:
    return [
        SubjectChoice(
            Subject(SubjectKind.PROCUREMENT, each.id),
            each.details.reference,
            each.details.title,
            each.details.reference,
        )
        for each in procurement_overviews(session)
    ]


def _bidders(session: Session, _: date, within: UUID | None) -> list[SubjectChoice]:
    return [
        SubjectChoice(
            Subject(SubjectKind.BIDDER, bidder.id),
            each.details.reference,
            bidder.name,
            f"{each.details.reference}{STROKE}{bidder.name}",
            each.id,
            None if each.decision is None else each.decision.details.bidder_id == bidder.id,
        )
        for each in procurement_overviews(session, within)
        for bidder in each.bidders
    ]


def _contracts(session: Session, today: date, _: UUID | None) -> list[SubjectChoice]:
    return [
        SubjectChoice(
            Subject(SubjectKind.CONTRACT, row.id),
            row.reference,
            SEPARATOR.join(filter(None, (row.provider_name, row.title))),
            row.reference,
        )
        for row in contract_rows(session, today)
    ]


def _apprenticeships(session: Session, _: date, __: UUID | None) -> list[SubjectChoice]:
    return [
        SubjectChoice(
            Subject(SubjectKind.APPRENTICESHIP, each.apprenticeship_id),
            "",
            SEPARATOR.join(filter(None, (each.name, each.standard_code))),
            STROKE.join(filter(None, (each.name, each.standard_code))),
            each.apprenticeship_id,
        )
        for each in known_people(session)
    ]


def _reviews(session: Session, _: date, within: UUID | None) -> list[SubjectChoice]:
    return [
        SubjectChoice(
            Subject(SubjectKind.REVIEW, row.id),
            "",
            review_called(row.name, row.due_on, row.held_on),
            STROKE.join(filter(None, (row.name, str(row.held_on or row.due_on or "")))),
            row.apprenticeship_id,
        )
        for row in review_rows(session, within)
    ]


def _secondments(session: Session, _: date, __: UUID | None) -> list[SubjectChoice]:
    return [
        SubjectChoice(
            Subject(SubjectKind.SECONDMENT, row.id),
            row.code,
            row.name,
            row.code,
            row.details.apprenticeship_id,
        )
        for row in secondment_rows(session)
    ]


def _organisation(session: Session, _: date, __: UUID | None) -> list[SubjectChoice]:
    ours = organisation_row(session)
    subject = Subject(SubjectKind.ORGANISATION, organisation_key(session))
    return [SubjectChoice(subject, "", ours.name, ours.name)]


_READERS: Mapping[SubjectKind, Callable[[Session, date, UUID | None], list[SubjectChoice]]] = {
    SubjectKind.PROCUREMENT: _procurements,
    SubjectKind.BIDDER: _bidders,
    SubjectKind.CONTRACT: _contracts,
    SubjectKind.APPRENTICESHIP: _apprenticeships,
    SubjectKind.REVIEW: _reviews,
    SubjectKind.SECONDMENT: _secondments,
    SubjectKind.ORGANISATION: _organisation,
}


def find_subject(session: Session, kind: SubjectKind, written: str, today: date) -> Subject:
    """Return the subject that a person wrote.

    A reference or a name; of what lies within another, that one's, a stroke, and its own: of these
    the beginning is enough where it leads to one only.  Raises Problem saying what there is.
    """
    choices = subject_choices(session, kind, today)
    called = written.strip()
    folded = called.casefold()
    found = [each for each in choices if called == each.written]
    if not found:
        found = [each for each in choices if each.written.casefold() == folded]
    if not found and kind in _HOW:
        found = [each for each in choices if folded and each.written.casefold().startswith(folded)]
    if len(found) == 1:
        return found[0].subject
    near = found or [each for each in choices if each.reference.casefold() in folded] or choices
    listed = "; ".join(each.written for each in near[:_MOST_LISTED])
    more = "; and more" if len(near) > _MOST_LISTED else ""
    if found:
        raise Problem(f"“{called}” may be any of {len(found)}.", f"Write which: {listed}{more}.")
    there = f"There are: {listed}{more}." if near else "There is none yet."
    raise Problem(
        f"There is no {kind} “{called}” in the desk.",
        " ".join(filter(None, (there, _HOW.get(kind, "")))),
    )


_MOST_LISTED = 10
_HOW: Mapping[SubjectKind, str] = {
    SubjectKind.BIDDER: "Write it as reference/bidder.",
    SubjectKind.APPRENTICESHIP: "Write it as name or as name/standard.",
    SubjectKind.REVIEW: "Write it as name/day, the day as 2026-03-31.",
}
"""The kinds of which the beginning is enough, and how each is written."""
