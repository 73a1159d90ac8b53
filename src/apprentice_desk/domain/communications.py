"""What is told about the programme: where, to whom, by whom, and who agreed to it.

A story about a person is personal data.  It is published with their consent only, and taken down
when they take it back (UK GDPR, Articles 6(1)(a) and 7(3)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.evidence import check_link
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import STORIES, Need, NeedKind, Target, Urgency


class StoryState(StrEnum):
    """How far a story is."""

    IDEA = "idea"
    PLANNED = "planned"
    OVERDUE = "overdue"
    PUBLISHED = "published"
    TO_BE_TAKEN_DOWN = "to be taken down"


@dataclass(frozen=True, slots=True)
class StoryDetails:
    """What the form of a story edits.

    *apprenticeship_id* is whom it is about; *consent_to* is what they agreed to, in words, and
    *consent_ended_on* the day on which they took it back.
    """

    title: str = ""
    channel: str = ""
    audience: str = ""
    author: str = ""
    planned_on: date | None = None
    published_on: date | None = None
    link: str = ""
    note: str = ""
    apprenticeship_id: UUID | None = None
    is_consent_needed: bool = True
    consent_on: date | None = None
    consent_to: str = ""
    consent_ended_on: date | None = None


def state(story: StoryDetails, today: date) -> StoryState:
    """Return how far *story* is on *today*; the day that it is planned for is not overdue yet."""
    if story.published_on is not None:
        is_taken_back = story.is_consent_needed and story.consent_ended_on is not None
        return StoryState.TO_BE_TAKEN_DOWN if is_taken_back else StoryState.PUBLISHED
    if story.planned_on is None:
        return StoryState.IDEA
    return StoryState.OVERDUE if story.planned_on < today else StoryState.PLANNED


def has_consent(story: StoryDetails, on: date) -> bool:
    """Return whether *story* may be published on a day, as far as consent goes."""
    if not story.is_consent_needed:
        return True
    is_given = story.consent_on is not None and story.consent_on <= on
    return is_given and (story.consent_ended_on is None or on < story.consent_ended_on)


def check_story(story: StoryDetails, today: date) -> list[Finding]:
    """Return what is wrong with *story*: what is missing, days amiss, no consent."""
    return [*_missing(story), *_days(story, today), *_consent(story)]


def _missing(story: StoryDetails) -> Iterator[Finding]:
    if not story.title.strip():
        yield _wrong("ST001", "title", "The story needs a title.")
    if not story.channel.strip():
        yield _wrong("ST002", "channel", "Say where it is told.")
    if story.link.strip():
        yield from check_link(story.link)


def _days(story: StoryDetails, today: date) -> Iterator[Finding]:
    for name in ("published_on", "consent_on", "consent_ended_on"):
        day = getattr(story, name)
        if day is not None and day > today:
            yield _wrong(
                "ST003",
                name,
                f"{show_day(day)} is still to come.",
                "Record it on the day itself or after.",
            )
    given, ended = story.consent_on, story.consent_ended_on
    if ended is not None and given is None:
        yield _wrong("ST004", "consent_on", "Say when they had agreed.")
    elif given is not None and ended is not None and ended < given:
        yield _wrong("ST004", "consent_ended_on", "It was taken back before it was given.")


def _consent(story: StoryDetails) -> Iterator[Finding]:
    if story.apprenticeship_id is not None and not story.is_consent_needed:
        yield _wrong(
            "ST005",
            "is_consent_needed",
            "A story about an apprentice needs their consent.",
            "Say that it is needed, or take the apprentice out of it.",
        )
    if story.consent_on is not None and not story.consent_to.strip():
        yield _wrong(
            "ST006",
            "consent_to",
            "Say what they agreed to.",
            "Their name, their picture, where it may stand and for how long.",
        )
    if story.published_on is not None and not _was_agreed_to(story, story.published_on):
        yield _wrong(
            "ST007",
            "published_on",
            "Nobody's consent is recorded by that day.",
            "Ask whoever it is about first, and record the day on which they agreed.",
        )


def _was_agreed_to(story: StoryDetails, published_on: date) -> bool:
    """Return whether it was published with consent; that may have been taken back since."""
    return has_consent(story, published_on) or (
        story.consent_ended_on == published_on and story.consent_on is not None
    )


class Story(Protocol):
    """One story with its key."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def details(self) -> StoryDetails:
        """What is known of it."""


def story_needs(stories: Iterable[Story], today: date) -> list[Need]:
    """Return a line for each story that is to be taken down, or was to be out by now."""
    needs = []
    for story in stories:
        details = story.details
        found = state(details, today)
        if found is StoryState.TO_BE_TAKEN_DOWN:
            assert details.consent_ended_on is not None  # what makes the state
            needs.append(
                _need(
                    story,
                    Urgency.NOW,
                    f"“{details.title}” is to be taken down",
                    f"Consent was taken back on {show_day(details.consent_ended_on)}; it stands on"
                    f" {details.channel}",
                    details.consent_ended_on,
                )
            )
        elif found is StoryState.OVERDUE:
            assert details.planned_on is not None  # what makes the state
            lacks = "" if has_consent(details, today) else "; consent is not recorded"
            needs.append(
                _need(
                    story,
                    Urgency.LATER,
                    f"“{details.title}” was planned for {show_day(details.planned_on)}",
                    f"{details.channel[:1].upper()}{details.channel[1:]}{lacks}",
                    details.planned_on,
                )
            )
    return needs


def _need(story: Story, urgency: Urgency, what: str, why: str, since: date) -> Need:
    return Need(
        key=f"story:{story.id.hex}",
        kind=NeedKind.STORY,
        urgency=urgency,
        what=what,
        why=why,
        action="Open story",
        target=Target(STORIES, story.id),
        rank=since.toordinal(),
    )


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))
