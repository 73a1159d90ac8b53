"""The days of apprenticeships and of the network that people want in their own calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.people import called
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.network import EventAttendance, NetworkEvent
from apprentice_desk.records.reviews import Review, ReviewAction

_SAYS = "apprentice-desk"


def dates_ahead(
    session: Session, apprenticeship_ids: Iterable[UUID], today: date, past_days: int
) -> tuple[DatedEvent, ...]:
    """Return reviews, actions, gateways, planned ends and events of apprenticeships, by day.

    Reviews that were held, actions that were done and events of the last *past_days* are among
    them, so that a calendar which has them as planned is put right.
    """
    since = today - timedelta(days=past_days)
    events: list[DatedEvent] = []
    asked_to: dict[UUID, NetworkEvent] = {}
    for lot in in_lots(apprenticeship_ids, KEYS_A_QUERY):
        names: dict[UUID, str] = {}
        found = session.execute(
            select(Apprenticeship, Apprentice.given_names, Apprentice.family_name)
            .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
            .where(Apprenticeship.id.in_(lot))
        )
        for apprenticeship, given, family in found:
            names[apprenticeship.id] = called(given, family, apprenticeship.course_title)
            events += _of_apprenticeship(apprenticeship, names[apprenticeship.id])
        reviews = select(Review).where(
            Review.apprenticeship_id.in_(lot),
            or_(Review.held_on.is_(None), Review.held_on >= since),
        )
        for review in session.scalars(reviews):
            events += _of_review(review, names[review.apprenticeship_id])
        actions = select(ReviewAction).where(
            ReviewAction.apprenticeship_id.in_(lot),
            ReviewAction.due_on.is_not(None),
            or_(ReviewAction.done_on.is_(None), ReviewAction.done_on >= since),
        )
        events += [
            _of_action(action, names[action.apprenticeship_id])
            for action in session.scalars(actions)
        ]
        attended = select(NetworkEvent).where(
            NetworkEvent.held_on >= since,
            NetworkEvent.id.in_(
                select(EventAttendance.event_id).where(EventAttendance.apprenticeship_id.in_(lot))
            ),
        )
        asked_to |= {event.id: event for event in session.scalars(attended)}
    events += [_of_event(event) for event in asked_to.values()]
    return tuple(sorted(events, key=lambda each: (each.on, each.began_at, each.title, each.uid)))


def event_dates(session: Session, event_ids: Iterable[UUID]) -> tuple[DatedEvent, ...]:
    """Return these events of the network, by day; they name no apprentice."""
    found: list[NetworkEvent] = []
    for lot in in_lots(event_ids, KEYS_A_QUERY):
        found += session.scalars(select(NetworkEvent).where(NetworkEvent.id.in_(lot)))
    return tuple(sorted(map(_of_event, found), key=lambda each: (each.on, each.began_at, each.uid)))


def _of_event(event: NetworkEvent) -> DatedEvent:
    about = (
        event.what,
        f"Host: {event.host}" if event.host else "",
        f"With {event.partner}" if event.partner else "",
    )
    return DatedEvent(
        f"event-{event.id.hex}@{_SAYS}",
        event.changed_in,
        event.held_on,
        event.name,
        event.began_at,
        event.place,
        "\n".join(each for each in about if each),
        event.minutes,
        is_private=False,
        is_cancelled=event.cancelled_on is not None,
    )


def _of_apprenticeship(record: Apprenticeship, name: str) -> Iterator[DatedEvent]:
    if record.outcome is not None:
        return
    days = (
        ("gateway", record.gateway_planned_on, f"Gateway planned: {name}"),
        ("training-end", record.training_planned_end_on, f"Training is planned to end: {name}"),
        ("end", record.apprenticeship_planned_end_on, f"Apprenticeship is planned to end: {name}"),
    )
    for what, day, title in days:
        is_passed = what == "gateway" and record.assessment_began_on is not None
        if day is not None and not is_passed:
            yield DatedEvent(f"{what}-{record.id.hex}@{_SAYS}", record.changed_in, day, title)


def _of_review(review: Review, name: str) -> Iterator[DatedEvent]:
    on = review.held_on or review.due_on
    if on is None:
        return
    is_held = review.held_on is not None
    title = f"{'Progress review held' if is_held else 'Progress review'}: {name}"
    yield DatedEvent(
        f"review-{review.id.hex}@{_SAYS}",
        review.changed_in,
        on,
        title,
        review.began_at,
        review.place,
    )


def _of_action(action: ReviewAction, name: str) -> DatedEvent:
    assert action.due_on is not None  # asked for so
    done = "Done: " if action.done_on is not None else ""
    return DatedEvent(
        f"action-{action.id.hex}@{_SAYS}",
        action.changed_in,
        action.due_on,
        f"{done}{action.what} ({name})",
        words=f"Taken on by {action.owner}." if action.owner else "",
    )
