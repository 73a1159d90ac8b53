"""Removing an apprentice who was entered by mistake, with what other subjects keep about them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.guides import GoesOn
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.apprentices import Apprentice
from apprentice_desk.records.documents_made import DocumentMade, refuse_removing
from apprentice_desk.records.guide_checklists import forget_checklists
from apprentice_desk.records.leave import forget_leave
from apprentice_desk.records.mentoring import forget_mentoring
from apprentice_desk.records.network import forget_attendance
from apprentice_desk.records.putting_off import forget_lines
from apprentice_desk.records.repeats import leave_repeats
from apprentice_desk.records.weeks import forget_weeks


def remove(session: Session, apprentice_id: UUID) -> None:
    """Remove an apprentice entered by mistake, with apprenticeships, breaks and weekly hours.

    What was put off about them on the page Today is forgotten, what was said of their weeks, their
    leave, that they take part in sessions that come again, the events and mentors that they had,
    and the checklists of guides that are on them.

    Raises Conflict (at the end of the change) when hours, reviews or secondments hang on them, and
    Problem while a document about them is kept.
    """
    person = session.get(Apprentice, apprentice_id)
    if person is None:
        raise Conflict("This apprentice was removed meanwhile.")
    keys = [each.id for each in person.apprenticeships]
    for key in keys:
        refuse_removing(
            session, DocumentMade.apprenticeship_id, key,
            called(person.given_names, person.family_name),
        )  # fmt: skip
    forget_lines(session, keys)
    forget_weeks(session, keys)
    leave_repeats(session, keys)
    forget_attendance(session, keys)
    forget_mentoring(session, keys)
    forget_leave(session, keys)
    forget_checklists(session, GoesOn.APPRENTICE, keys)
    session.delete(person)
