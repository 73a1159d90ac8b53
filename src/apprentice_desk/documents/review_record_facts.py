"""What a desk knows of one progress review that was held, as merge fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.people_facts import Person, facts_of_person, read_person
from apprentice_desk.documents.procurement_facts import Facts, known
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.review_facts import PlanItem, ReviewFacts, period_first
from apprentice_desk.domain.review_meetings import Part
from apprentice_desk.domain.review_roles import ReviewRole
from apprentice_desk.records.review_actions import ActionRow, action_rows
from apprentice_desk.records.review_facts import review_facts
from apprentice_desk.records.review_meetings import MeetingRow, meeting_rows, party_names
from apprentice_desk.records.reviews import Review
from apprentice_desk.records.standard_versions import known_ksbs


@dataclass(frozen=True, slots=True)
class HeldReview:
    """One review with the person it is of, and what the desk has of its period."""

    person: Person
    meeting: MeetingRow
    facts: ReviewFacts
    actions: tuple[ActionRow, ...]
    meetings: tuple[MeetingRow, ...]
    words: dict[str, str]


def read_review(session: Session, review_id: UUID, today: date) -> HeldReview | None:
    """Return what is known of a review on its day, or on *today* while it was not held.

    None when it is gone.
    """
    review = session.get(Review, review_id)
    if review is None:
        return None
    key, on = review.apprenticeship_id, review.held_on or today
    meetings = meeting_rows(session, [key])[key]
    before = [each.held_on for each in meetings if each.held_on is not None and each.held_on < on]
    person = read_person(session, key, on)
    assert person is not None  # a review is of an apprenticeship that is there
    started_on = person.row.course.training_started_on
    first = period_first(max(before, default=None), started_on, on)
    person = read_person(session, key, on, first)
    assert person is not None
    return HeldReview(
        person,
        next(each for each in meetings if each.id == review_id),
        review_facts(session, key, first, on, person.row.planned_minutes_since),
        action_rows(session, key),
        meetings,
        {each.code: each.words for each in known_ksbs(session, [key]).get(key, ())},
    )


def facts_of_review(found: HeldReview) -> Facts:
    """Return what the record of a review is told."""
    meeting, facts = found.meeting, found.facts
    agreed = [each for each in found.actions if each.review_id == meeting.id]
    earlier = [each for each in found.actions if each.review_id != meeting.id and each.is_open]
    names = party_names([meeting])
    return (
        facts_of_person(found.person)
        | known(
            {
                "review_on": meeting.on,
                "review_from_on": facts.first,
                "review_place": meeting.place,
                "review_people": _people(meeting.parts),
                "review_hours": _hours(found.person, facts),
                "review_plan": _plan(facts),
                "review_ksbs": _ksbs(facts, found.words),
                "review_said": meeting.note,
                "review_concerns": meeting.concerns,
                "review_changes": meeting.changes,
                "review_actions": actions_table(agreed),
                "review_open_actions": actions_table(earlier),
                "next_review_on": _next(found.meetings, meeting),
                "line_manager_name": names.get(ReviewRole.MANAGER) or found.person.row.line_manager,
                "tutor_name": names.get(ReviewRole.PROVIDER),
            }
        )
        | {"review_was_held": meeting.held_on is not None}
    )


def _next(meetings: Iterable[MeetingRow], this: MeetingRow) -> date | None:
    after = [each.on for each in meetings if each.on and this.on and each.on > this.on]
    return min(after, default=None)


def _people(parts: Sequence[Part]) -> TableValue | None:
    there = {True: "yes", False: "no", None: "not recorded"}
    rows = tuple(
        (part.name or "name not recorded", _sentence(part.role), there[part.was_there])
        for part in parts
    )
    return TableValue(("Who", "As", "There"), rows) if rows else None


def _hours(person: Person, facts: ReviewFacts) -> TableValue:
    figures = person.row.figures
    rows = [
        ("Recorded in this time", sentence(facts.counting_minutes)),
        ("Planned for this time", _or_not_known(facts.planned_minutes)),
        ("Recorded since the start", sentence(figures.logged_minutes)),
        ("Planned to this day", _or_not_known(figures.planned_to_date_minutes)),
        ("Required in all", _or_not_known(figures.required_minutes)),
    ]
    if facts.other_minutes:
        rows.append(("Recorded in this time, but not counted", sentence(facts.other_minutes)))
    return TableValue(("Off-the-job training", "Hours"), tuple(rows), right=frozenset({1}))


def _or_not_known(minutes: int | None) -> str:
    return "not known" if minutes is None else sentence(minutes)


def _plan(facts: ReviewFacts) -> TableValue | None:
    rows = [
        *(_planned(each, "done") for each in facts.done),
        *(_planned(each, "overdue") for each in facts.overdue),
    ]
    return TableValue(("Activity", "Due", "How it stands"), tuple(rows)) if rows else None


def _planned(item: PlanItem, how: str) -> tuple[str, ...]:
    return item.title, "" if item.due_on is None else show_day(item.due_on), how


def _ksbs(facts: ReviewFacts, words: dict[str, str]) -> TableValue | None:
    rows = tuple(
        (
            each.code,
            words.get(each.code, ""),
            _sentence(each.voice),
            f"{each.before} to {each.after}",
        )
        for each in facts.moves
    )
    return TableValue(("Code", "What it is", "Says", "Moved from and to"), rows) if rows else None


def actions_table(actions: Iterable[ActionRow]) -> TableValue | None:
    """Return actions as a table, None without any."""
    rows = tuple(
        (
            each.what,
            each.owner or "nobody named",
            "no day" if each.due_on is None else show_day(each.due_on),
            "open" if each.done_on is None else f"done {show_day(each.done_on)}",
        )
        for each in actions
    )
    return TableValue(("What", "Who", "By", "How it stands"), rows) if rows else None


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
