"""What is to be done around a secondment: before it, half-way through it and afterwards.

The provider is told and the training plan looked at before it starts; there is a check-in half-way;
a review that falls due during it still happens; afterwards it is written down what came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Status
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import Need, NeedKind, NeedRules, Target, Urgency, listed
from apprentice_desk.domain.needs_of_people import (
    REVIEWS,
    Person,
    PlannedReview,
    often,
    review_due_by,
)
from apprentice_desk.domain.placement_clashes import PlacementRules
from apprentice_desk.domain.placement_days import StayFacts, host_words, stay
from apprentice_desk.domain.vocabulary import PlacementForm, SecondmentStatus


@dataclass(frozen=True, slots=True)
class Care:
    """What was done around one secondment; None and "" where it was not yet."""

    provider_told_on: date | None = None
    plan_revised_on: date | None = None
    plan_note: str = ""
    checked_in_on: date | None = None
    check_in_note: str = ""
    learned: str = ""
    ksbs_touched: str = ""
    host_feedback: str = ""
    apprentice_feedback: str = ""


@dataclass(frozen=True, slots=True)
class DoneDetails:
    """That one thing was done: the day, and a note where there is something to say."""

    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AfterDetails:
    """What came of a secondment; each can be filled in by itself."""

    learned: str = ""
    ksbs_touched: str = ""
    host_feedback: str = ""
    apprentice_feedback: str = ""


def check_done(details: DoneDetails, today: date, not_before: date | None = None) -> list[Finding]:
    """Return what is wrong with *details*; *not_before* is the day from which on it can be."""
    if details.on is None:
        return [_wrong("SQ001", "on", "Enter the day.", "")]
    if details.on > today:
        return [
            _wrong(
                "SQ002", "on", f"{show_day(details.on)} is still to come.",
                "Record it on the day itself or after.",
            )
        ]  # fmt: skip
    if not_before is not None and details.on < not_before:
        return [
            _wrong(
                "SQ003", "on", f"That is before it started, on {show_day(not_before)}.",
                "Check the day.",
            )
        ]  # fmt: skip
    return []


def check_after(details: AfterDetails) -> list[Finding]:
    """Return what is wrong with *details*: something has to be said."""
    if any(getattr(details, name).strip() for name in AfterDetails.__match_args__):
        return []
    return [
        _wrong("SQ004", "learned", "Say what came of it.", "One of the four is enough for now.")
    ]


def _wrong(code: str, field: str, message: str, remedy: str) -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def half_way(days: Period) -> date | None:
    """Return the day of the check-in: the middle of a stay; None while its end is not known."""
    if days.last is None:
        return None
    return days.first + timedelta(days=(days.last - days.first).days // 2)


# --- needs ----------------------------------------------------------------------------------------


class CaredFacts(StayFacts, Protocol):
    """What is known of one secondment."""

    @property
    def apprenticeship_id(self) -> UUID | None:
        """Whose it is."""

    @property
    def form(self) -> PlacementForm:
        """Whether it lasts weeks or days."""

    @property
    def host(self) -> str | None:
        """The code of where the place is."""

    @property
    def host_name(self) -> str:
        """What a host is called that is no borough."""


class Cared(Protocol):
    """One secondment with whom it is for and what was done around it."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def name(self) -> str:
        """The apprentice's name."""

    @property
    def details(self) -> CaredFacts:
        """What is known of it."""

    @property
    def care(self) -> Care:
        """What was done around it."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The reviews of everybody: who they are, what is planned, and how often one is due."""

    people: Mapping[UUID, Person]
    planned: Mapping[UUID, PlannedReview]
    interval_days: int
    needs: NeedRules


def where_words(facts: CaredFacts, places: Mapping[str, str]) -> str:
    """Return the host by its own name, else by that of its code, else in words."""
    return facts.host_name.strip() or places.get(facts.host or "") or host_words(facts.host)


def care_needs(
    secondments: Iterable[Cared],
    places: Mapping[str, str],
    reviewing: Reviewing,
    rules: PlacementRules,
    today: date,
) -> list[Need]:
    """Return a line for each thing around a secondment that waits for somebody.

    The light form asks for none of them: a day elsewhere changes no training plan.  *places* are
    the names of hosts by their code.
    """
    needs: list[Need] = []
    for each in secondments:
        facts = each.details
        if facts.form.is_light or facts.apprenticeship_id is None:
            continue
        where = where_words(facts, places)
        days = stay(facts)
        if facts.status in (SecondmentStatus.AGREED, SecondmentStatus.UNDER_WAY):
            needs += _before(each, where, days, rules, today)
            needs += _review(each, where, days, reviewing, today)
        if facts.status is SecondmentStatus.UNDER_WAY:
            needs += _check_in(each, where, days, rules, today)
        if facts.status is SecondmentStatus.COMPLETED:
            needs += _afterwards(each, where, days, rules, today)
    return needs


def _need(
    each: Cared, about: str, urgency: Urgency, what: str, why: str, action: str, rank: int
) -> Need:
    return Need(
        key=f"secondment-{about}:{each.id.hex}",
        kind=NeedKind.SECONDMENT,
        urgency=urgency,
        what=what,
        why=why,
        action=action,
        target=Target("secondments", each.id, about),
        rank=rank,
    )


def _before(
    each: Cared, where: str, days: Period | None, rules: PlacementRules, today: date
) -> Iterator[Need]:
    starts = date.max if days is None else days.first
    is_near = (starts - today).days <= rules.urgent_days
    urgency = Urgency.NOW if is_near else Urgency.SOON
    when = "" if days is None else f", {days.shown()}"
    if each.care.provider_told_on is None:
        yield _need(
            each, "provider", urgency,
            f"The provider of {each.name} has not been told of the secondment",
            f"With {where}{when}. Place and hours change, so the training plan may have to be"
            " revised",
            "Record it", starts.toordinal(),
        )  # fmt: skip
    if each.care.plan_revised_on is None:
        yield _need(
            each, "plan", urgency,
            f"The training plan of {each.name} is to be revised for the secondment",
            f"With {where}{when}. Record when it was revised, or that it stands",
            "Record it", starts.toordinal(),
        )  # fmt: skip


def _check_in(
    each: Cared, where: str, days: Period | None, rules: PlacementRules, today: date
) -> Iterator[Need]:
    middle = None if days is None else half_way(days)
    if each.care.checked_in_on is not None or middle is None or days is None:
        return
    left = (middle - today).days
    if left > rules.check_in_days:
        return
    what = f"Check-in with {each.name} half-way is due by {show_day(middle)}"
    if left < 0:
        what = f"Check-in with {each.name} half-way was due by {show_day(middle)}"
    yield _need(
        each, "check-in", Urgency.SOON if left <= 0 else Urgency.LATER, what,
        f"With {where}, {days.shown()}. Ask the apprentice and the host how it goes",
        "Record check-in", middle.toordinal(),
    )  # fmt: skip


def _review(
    each: Cared, where: str, days: Period | None, reviewing: Reviewing, today: date
) -> Iterator[Need]:
    """Name a review that falls due during it, before it would be named for being near."""
    key = each.details.apprenticeship_id
    person = None if key is None else reviewing.people.get(key)
    if person is None or person.status is not Status.LIVE or days is None:
        return
    due = review_due_by(person.course, person.last_review_on, reviewing.interval_days)
    planned = reviewing.planned.get(person.id)
    if due is None or due not in days or (due - today).days <= reviewing.needs.review_days:
        return
    if planned is not None and today <= planned.due_on <= due:
        return
    yield Need(
        key=f"review:{person.id.hex}",
        kind=NeedKind.REVIEW,
        urgency=Urgency.LATER,
        what=f"Progress review for {person.name} falls due during the secondment",
        why=f"By {show_day(due)}, with {where} {days.shown()}; one is due at least every"
        f" {often(reviewing.interval_days)}, and none is planned by then",
        action="Open review" if planned else "Plan review",
        target=Target(
            "apprentices", person.id, part=REVIEWS, item_id=planned.id if planned else None
        ),
        rank=due.toordinal(),
    )


_AFTERWARDS = (
    ("learned", "what was learned"),
    ("host_feedback", "the host’s feedback"),
    ("apprentice_feedback", "the apprentice’s feedback"),
)


def _afterwards(
    each: Cared, where: str, days: Period | None, rules: PlacementRules, today: date
) -> Iterator[Need]:
    last = None if days is None else days.last
    missing = [words for name, words in _AFTERWARDS if not getattr(each.care, name).strip()]
    if last is None or not missing:
        return
    gone = (today - last).days
    if not rules.feedback_days <= gone <= rules.feedback_until_days:
        return
    yield _need(
        each, "afterwards", Urgency.LATER,
        f"What came of the secondment of {each.name} is not all written down",
        f"With {where} until {show_day(last)}. Missing: {listed(missing)}",
        "Write it down", last.toordinal(),
    )  # fmt: skip
