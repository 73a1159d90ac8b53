"""How each command about the network is tried: events, mentors, openings, secondments.

By the name of each, what prepares it and returns the act itself.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain import placements
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.secondment_care import AfterDetails, DoneDetails
from apprentice_desk.domain.secondment_moves import Move, MoveDetails
from apprentice_desk.domain.vocabulary import (
    BarrierCategory,
    EventKind,
    ListingKind,
    ListingState,
    MentorRole,
    OpeningKind,
    RoleFamily,
    SecondmentKind,
    SecondmentStatus,
    WorkingPattern,
)
from apprentice_desk.records import (
    event_attendance,
    hours,
    listings,
    mentoring,
    mentors,
    network,
    openings,
    secondment_care,
    secondment_moves,
    secondments,
)
from records.acting import TODAY, Act, Preparing, once


def make_owner(session: Session, mentoring_id: UUID) -> UUID:
    """Return whom a mentor or buddy goes along with."""
    return session.get_one(mentoring.Mentoring, mentoring_id).apprenticeship_id


def _cancelled(make: Any) -> UUID:
    event_id: UUID = make.event(attended=None)
    with make.store.change("Cancel") as session:
        network.cancel_event(session, event_id, date(2026, 6, 1))
    return event_id


def _event_logged(make: Any) -> tuple[UUID, UUID]:
    """An event of which hours are logged, and the entry."""
    event_id, people = make.attended()
    details = hours.HoursDetails(people[0], date(2026, 6, 18), 90, Activity.WORKSHOP)
    with make.store.change("Log hours of the event") as session:
        event_attendance.log_event_hours(session, event_id, [details])
    rows = make.store.read(event_attendance.attendance_rows, event_id)
    entry_id = next(each.entry_id for each in rows if each.apprenticeship_id == people[0])
    return event_id, entry_id


def _moved_back(make: Any) -> Act:
    """Take back that a request was declined."""
    secondment_id = make.secondment(status=SecondmentStatus.REQUESTED)
    with make.store.change("Decline") as session:
        secondment_moves.move_secondment(
            session,
            secondment_id,
            Move.DECLINE,
            MoveDetails(date(2026, 5, 4), "Tom Ash", "Too near the gateway"),
            date(2026, 5, 5),
        )
    return lambda session: secondment_moves.take_move_back(session, secondment_id)


VISIT = openings.OpeningDetails(OpeningKind.VISIT, "Control room", days=1)


def _opened(make: Any) -> UUID:
    with make.store.change("Open up") as session:
        return openings.open_up(session, VISIT, random_source=random.Random(2))


def _closed(make: Any) -> Act:
    opening_id = _opened(make)
    with make.store.change("Close") as session:
        openings.close_opening(session, opening_id, date(2026, 5, 4), is_taken=True)
    return lambda session: openings.reopen_opening(session, opening_id)


def _listed(title: str, at: datetime) -> placements.Word:
    line = placements.Placement(
        "CMD-00000001-0", ListingKind.VISIT, ListingState.OPEN, "E09000007", at, title
    )
    return placements.word_of("E09000007", at, [line])


def _taking_listings(make: Any) -> Act:
    def take(session: Session, title: str, month: int) -> None:
        word = _listed(title, datetime(2026, month, 1, tzinfo=UTC))
        listings.take_listings(session, [word], "E09999999", "Camden", date(2026, 7, 1))

    with make.store.change("Take in") as session:
        take(session, "Control room", 5)
    return lambda session: take(session, "Control room, by night", 6)


def _second(make: Any) -> Act:
    details = secondments.SecondmentDetails(
        kind=SecondmentKind.REQUEST,
        apprenticeship_id=make.apprentice(),
        role_family=RoleFamily.DATA,
        standard_code="ST0116",
        ksbs="K1",
        home="E09999999",
        earliest_start_on=date(2026, 10, 1),
        latest_start_on=date(2026, 12, 1),
        weeks=6,
        pattern=WorkingPattern.HYBRID,
        status=SecondmentStatus.REQUESTED,
    )
    return lambda session: secondments.second(session, details, random_source=random.Random(1))


DONE = DoneDetails(date(2026, 8, 31), "It stands")


def _told(make) -> Act:
    """Take back that a provider was told."""
    secondment_id = make.secondment(status=SecondmentStatus.AGREED)
    with make.store.change("Tell the provider") as session:
        secondment_care.tell_provider(session, secondment_id, DONE, TODAY)
    return lambda session: secondment_care.take_care_back(
        session, secondment_id, "provider_told_on"
    )


ACTS: dict[str, Preparing] = {
    "network.record_event": once(
        lambda make: make.barrier(),
        lambda session, it: network.record_event(
            session,
            network.EventDetails("Challenge", date(2026, 7, 1), EventKind.CHALLENGE_DAY, None, 360),
        ),
    ),
    "network.correct_event": once(
        lambda make: make.event(),
        lambda session, it: network.correct_event(
            session, it, network.EventDetails("Visit", date(2026, 7, 2), EventKind.VISIT)
        ),
    ),
    "network.note_barrier": once(
        lambda make: make.event(),
        lambda session, it: network.note_barrier(
            session,
            network.BarrierDetails(
                BarrierCategory.LEVY, "Levy runs out", "A transfer", is_help_wanted=True
            ),
        ),
    ),
    "network.correct_barrier": once(
        lambda make: make.barrier(),
        lambda session, it: network.correct_barrier(
            session, it, network.BarrierDetails(BarrierCategory.EQUIPMENT, "No laptops")
        ),
    ),
    "network.remove_event": once(
        lambda make: make.attended()[0], lambda session, it: network.remove_event(session, it)
    ),
    "network.cancel_event": once(
        lambda make: make.event(attended=None),
        lambda session, it: network.cancel_event(session, it, date(2026, 6, 1)),
    ),
    "network.hold_after_all": once(
        lambda make: _cancelled(make), lambda session, it: network.hold_after_all(session, it)
    ),
    "network.forget_entry": once(
        lambda make: _event_logged(make)[1],
        lambda session, it: network.forget_entry(session, it),
    ),
    "network.forget_attendance": once(
        lambda make: make.attended()[1],
        lambda session, it: network.forget_attendance(session, it),
    ),
    "event_attendance.invite": once(
        lambda make: (make.event(), make.apprentice()),
        lambda session, it: event_attendance.invite(session, it[0], [it[1]]),
    ),
    "event_attendance.record_attendance": once(
        lambda make: (make.event(), make.apprentice()),
        lambda session, it: event_attendance.record_attendance(
            session, it[0], [it[1]], 2, date(2026, 7, 1)
        ),
    ),
    "event_attendance.log_event_hours": once(
        lambda make: make.attended(),
        lambda session, it: event_attendance.log_event_hours(
            session,
            it[0],
            [hours.HoursDetails(it[1][0], date(2026, 6, 18), 90, Activity.WORKSHOP)],
        ),
    ),
    "event_attendance.take_event_hours_back": once(
        lambda make: _event_logged(make)[0],
        lambda session, it: event_attendance.take_event_hours_back(session, it),
    ),
    "mentors.begin_mentoring": once(
        lambda make: make.mentor(),
        lambda session, it: mentors.begin_mentoring(
            session,
            mentors.MentoringDetails(
                make_owner(session, it), MentorRole.MENTOR, "Lena Hall", from_on=date(2026, 5, 4)
            ),
        ),
    ),
    "mentors.correct_mentoring": once(
        lambda make: make.mentor(),
        lambda session, it: mentors.correct_mentoring(
            session,
            it,
            mentors.MentoringDetails(
                make_owner(session, it), MentorRole.BUDDY, "Sam Lee", from_on=date(2026, 1, 6)
            ),
        ),
    ),
    "mentors.end_mentoring": once(
        lambda make: make.mentor(),
        lambda session, it: mentors.end_mentoring(session, it, date(2026, 6, 30)),
    ),
    "mentors.remove_mentoring": once(
        lambda make: make.mentor(),
        lambda session, it: mentors.remove_mentoring(session, it),
    ),
    "mentors.remove_named_mentor": once(
        lambda make: make.apprentice(mentor="Lena Hall"),
        lambda session, it: mentors.remove_named_mentor(session, it),
    ),
    "mentoring.follow_name": once(
        lambda make: make.mentor(),
        lambda session, it: mentoring.follow_name(session, make_owner(session, it), "Sam Leigh"),
    ),
    "mentoring.forget_mentoring": once(
        lambda make: make.mentor(),
        lambda session, it: mentoring.forget_mentoring(session, [make_owner(session, it)]),
    ),
    "network.remove_barrier": once(
        lambda make: make.barrier(), lambda session, it: network.remove_barrier(session, it)
    ),
    "listings.take_listings": _taking_listings,
    "openings.open_up": once(
        lambda make: make.event(),
        lambda session, it: openings.open_up(session, VISIT, random_source=random.Random(2)),
    ),
    "openings.correct_opening": once(
        _opened,
        lambda session, it: openings.correct_opening(
            session, it, replace(VISIT, title="Control room, by night", standard_code="ST0118")
        ),
    ),
    "openings.close_opening": once(
        _opened,
        lambda session, it: openings.close_opening(session, it, date(2026, 5, 4), is_taken=False),
    ),
    "openings.reopen_opening": _closed,
    "openings.remove_opening": once(
        _opened, lambda session, it: openings.remove_opening(session, it)
    ),
    "secondment_care.tell_provider": once(
        lambda make: make.secondment(status=SecondmentStatus.AGREED),
        lambda session, it: secondment_care.tell_provider(session, it, DONE, TODAY),
    ),
    "secondment_care.revise_plan": once(
        lambda make: make.secondment(status=SecondmentStatus.AGREED),
        lambda session, it: secondment_care.revise_plan(session, it, DONE, TODAY),
    ),
    "secondment_care.hold_check_in": once(
        lambda make: make.secondment(status=SecondmentStatus.UNDER_WAY),
        lambda session, it: secondment_care.hold_check_in(session, it, DONE, TODAY),
    ),
    "secondment_care.record_afterwards": once(
        lambda make: make.secondment(status=SecondmentStatus.COMPLETED),
        lambda session, it: secondment_care.record_afterwards(session, it, AfterDetails("Joins")),
    ),
    "secondment_care.take_care_back": _told,
    "secondment_moves.move_secondment": once(
        lambda make: make.secondment(status=SecondmentStatus.REQUESTED),
        lambda session, it: secondment_moves.move_secondment(
            session, it, Move.APPROVE, MoveDetails(date(2026, 5, 4), "Tom Ash"), date(2026, 5, 5)
        ),
    ),
    "secondment_moves.take_move_back": _moved_back,
    "secondments.second": _second,
    "secondments.correct_secondment": once(
        lambda make: make.secondment(),
        lambda session, it: secondments.correct_secondment(
            session,
            it,
            secondments.SecondmentDetails(
                kind=SecondmentKind.OFFER,
                weeks=8,
                status=SecondmentStatus.UNDER_WAY,
                started_on=date(2026, 6, 1),
            ),
        ),
    ),
    "secondments.remove_secondment": once(
        lambda make: make.secondment(),
        lambda session, it: secondments.remove_secondment(session, it),
    ),
}
