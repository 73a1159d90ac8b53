"""Stories and the plan of communications: what is told where, to whom, by whom, with consent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import communications
from apprentice_desk.domain.communications import StoryDetails
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept, check_lengths, refuse, refuse_changed


class Story(Kept):
    """One thing that is told, planned or published."""

    __tablename__ = "story"

    title: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(60))
    audience: Mapped[str] = mapped_column(String(100), default="")
    author: Mapped[str] = mapped_column(String(200), default="")
    planned_on: Mapped[date | None]
    published_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    apprenticeship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT"), index=True
    )
    """Whom it is about."""
    is_consent_needed: Mapped[bool] = mapped_column(default=True)
    consent_on: Mapped[date | None]
    consent_to: Mapped[str] = mapped_column(String(500), default="")
    """What was agreed to: name, picture, where it may stand and until when."""
    consent_ended_on: Mapped[date | None]
    """When consent was taken back."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story as lists show it, with the name of whom it is about."""

    id: UUID
    details: StoryDetails
    name: str
    changed_in: int


_NAMES = StoryDetails.__match_args__


def check(details: StoryDetails, today: date) -> list[Finding]:
    """Return what is wrong with *details*."""
    return communications.check_story(details, today) + check_lengths(details, Story)


def plan_story(session: Session, details: StoryDetails, today: date) -> UUID:
    """Plan or record a story and return its key; raises Problem for what ``check`` finds."""
    refuse(check(details, today))
    story = Story(**_tidy(details))
    session.add(story)
    session.flush()
    return story.id


def correct_story(
    session: Session,
    story_id: UUID,
    details: StoryDetails,
    today: date,
    changed_in: int | None = None,
) -> None:
    """Replace a story's details.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem for what
    ``check`` finds.
    """
    story = _story(session, story_id, details)
    refuse_changed(story, changed_in, details, _details(story))
    refuse(check(details, today))
    for name, value in _tidy(details).items():
        setattr(story, name, value)


def remove_story(session: Session, story_id: UUID) -> None:
    """Remove a story; raises Conflict when it is gone."""
    session.delete(_story(session, story_id))
    session.flush()


def story_rows(session: Session) -> tuple[StoryRow, ...]:
    """Return the stories, those planned or published last first and ideas at the end."""
    found = session.execute(
        select(Story, Apprentice.given_names, Apprentice.family_name)
        .outerjoin(Apprenticeship, Apprenticeship.id == Story.apprenticeship_id)
        .outerjoin(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .order_by(func.lower(Story.title), Story.id)
    )
    rows = [
        StoryRow(
            story.id,
            _details(story),
            "" if given is None else called(given, family),
            story.changed_in,
        )
        for story, given, family in found
    ]
    return tuple(sorted(rows, key=_newest_day, reverse=True))


def _newest_day(row: StoryRow) -> date:
    return row.details.published_on or row.details.planned_on or date.min


def _tidy(details: StoryDetails) -> dict[str, object]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(details).items()
    }


def _details(story: Story) -> StoryDetails:
    return StoryDetails(**{name: getattr(story, name) for name in _NAMES})


def _story(session: Session, story_id: UUID, mine: object | None = None) -> Story:
    found = session.get(Story, story_id)
    if found is None:
        raise Conflict("This story was removed meanwhile.", "Close the form.", mine=mine)
    return found
