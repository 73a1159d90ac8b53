"""Stories and the plan of communications: what is told where, to whom, by whom, with consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.communications import StoryDetails, StoryState, has_consent, state
from apprentice_desk.domain.findings import Finding
from apprentice_desk.records import stories
from apprentice_desk.records.stories import StoryRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, OpenNetwork
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words, words
from apprentice_desk.ui.recording.kind import (
    PEOPLE_TABLES,
    Kind,
    Shown,
    people,
    people_choices,
)

_CONSENT = "Consent"

FIELDS = (
    Field("title", "Title", required=True, width=50),
    Field("channel", "Channel", "offered", required=True, width=26),
    Field("audience", "For whom", "offered", beside=True, width=30),
    Field("author", "Author", width=30, help="Whoever writes or tells it."),
    Field("planned_on", "Planned for", "date", group="When"),
    Field("published_on", "Published", "date", is_past=True, beside=True),
    Field("link", "Link", width=50, help="Where it can be read."),
    Field(
        "apprenticeship_id",
        "About",
        "search",
        group=_CONSENT,
        width=50,
        help="The apprentice whom it is about or who tells it. Blank for nobody in particular.",
    ),
    Field("is_consent_needed", "Consent is needed", "tick"),
    Field("consent_on", "Agreed on", "date", is_past=True),
    Field("consent_ended_on", "Taken back on", "date", is_past=True, beside=True),
    Field(
        "consent_to",
        "What was agreed to",
        "long text",
        rows=2,
        help="Name, picture, where it may stand and for how long.",
    ),
    Field("note", "Note", "long text", rows=2, group="More"),
)
"""Every attribute of StoryDetails."""

_BADGES: dict[StoryState, tuple[Any, str]] = {
    StoryState.IDEA: ("quiet", "pencil"),
    StoryState.PLANNED: ("note", "calendar"),
    StoryState.OVERDUE: ("warning", "clock"),
    StoryState.PUBLISHED: ("good", "check"),
    StoryState.TO_BE_TAKEN_DOWN: ("danger", "circle-alert"),
}


def badge(found: StoryState) -> Badge:
    """Return the word for how far a story is."""
    tone, icon = _BADGES[found]
    return Badge(words(found), tone, icon)


def consent_in_words(details: StoryDetails, today: date) -> str:
    """Return how it stands with consent, in a word or two."""
    if not details.is_consent_needed:
        return "Not needed"
    if details.consent_ended_on is not None:
        return f"Taken back {day_in_table(details.consent_ended_on)}"
    return f"Agreed {day_in_table(details.consent_on)}" if has_consent(details, today) else "None"


class StoryForm(Form):
    """The form; a channel that the list knows brings whom it reaches, while nobody said so."""

    def __init__(self, fields: tuple[Field, ...], desk: Desk) -> None:
        super().__init__(fields, StoryDetails, desk.theme, today=desk.clock.today())
        self._audiences = {each.name: each.audience for each in resources.channels()}
        self._suits = {each.name: each.suits for each in resources.channels()}
        self._brought = ""
        self.edited.connect(self._on_edited)

    def _on_edited(self) -> None:
        channel = self.value("channel") or ""
        self.set_help("channel", f"Suits {self._suits[channel]}." if channel in self._suits else "")
        audience = self._audiences.get(channel, "")
        said = self.value("audience") or ""
        if audience and said != audience and said in ("", self._brought):
            self._brought = audience
            self.set_value("audience", audience)


class Stories(Kind):
    """Stories by day, ideas at the end."""

    name = "stories"
    title = "Stories"
    thing = "story"
    about = "What is told about your apprentices: where, to whom, by whom, and who agreed"
    tables = ("story", *PEOPLE_TABLES)
    filter_by = "title, channel, audience, author, name"
    empty = (
        "No stories yet",
        "Plan what is told about your apprentices, and record that they agreed before it is out.",
    )
    details_class = StoryDetails
    stretch = 0
    can_do_without = (3, 2, 5)

    def __init__(self, desk: Desk) -> None:
        self.columns = (
            Column("Story", lambda shown: shown.title, kind="strong", width=24),
            Column("Channel", lambda shown: shown.details.channel, width=16),
            Column("For whom", lambda shown: shown.details.audience, width=16),
            Column("Author", lambda shown: shown.details.author, width=14),
            Column(
                "Day",
                lambda shown: day_in_table(_day(shown.details)),
                sort=lambda shown: _day(shown.details),
                holds="date",
                value=lambda shown: _day(shown.details),
                width=12,
            ),
            Column(
                "Consent",
                lambda shown: consent_in_words(shown.details, desk.clock.today()),
                width=18,
            ),
            Column("Status", lambda shown: shown.badge, kind="badge", width=18),
        )
        super().__init__(desk)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the stories by day."""
        today = self.desk.clock.today()
        return tuple(
            Shown(
                row.id, row.details.title, row.details, row, _line(row),
                badge(state(row.details, today)),
            )
            for row in stories.story_rows(session)
        )  # fmt: skip

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a story."""
        details: StoryDetails = shown.details
        return [
            ("Channel", details.channel),
            ("For whom", details.audience),
            ("Author", details.author),
            ("Planned for", day_in_words(details.planned_on)),
            ("Published", day_in_words(details.published_on) or "not yet"),
            ("Link", details.link),
            ("About", shown.row.name or "nobody in particular"),
            ("Consent", consent_in_words(details, self.desk.clock.today())),
            ("Agreed to", details.consent_to),
            ("Note", details.note),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with channels, audiences and people to choose from."""
        channels = resources.channels()
        choices: dict[str, Any] = {
            "channel": [(each.name, each.name) for each in channels],
            "audience": [(each, each) for each in dict.fromkeys(c.audience for c in channels)],
            "apprenticeship_id": people_choices(people(self.desk)),
        }
        return tuple(
            replace(field, choices=choices[field.name]) if field.name in choices else field
            for field in FIELDS
        )

    def form(self) -> Form:
        """Return a form that knows whom a channel reaches."""
        return StoryForm(self.fields(), self.desk)

    def blank(self) -> StoryDetails:
        """Return a story that needs consent."""
        return StoryDetails()

    def check(self, details: StoryDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a story."""
        return stories.check(details, self.desk.clock.today())

    def named(self, details: StoryDetails) -> str:
        """Return which story it is."""
        return f"story “{details.title}”"

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where a form that was left half-done is opened again."""
        return OpenNetwork("stories", record_id, field)

    def add(self, session: Any, details: StoryDetails) -> UUID:
        """Plan or record a story."""
        return stories.plan_story(session, details, self.desk.clock.today())

    def correct(self, session: Any, record_id: UUID, details: StoryDetails) -> None:
        """Replace a story's details."""
        stories.correct_story(session, record_id, details, self.desk.clock.today())

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a story."""
        stories.remove_story(session, record_id)

    def what_removing_means(self, shown: Shown) -> str:
        """Return what will happen; a story that is out stays out."""
        if shown.details.published_on is not None:
            return (
                "It goes out of the desk with what is recorded of consent. Where it is published it"
                " stays until somebody takes it down. Undo brings the record back."
            )
        return "The story goes out of the desk. Undo brings it back."


def _day(details: StoryDetails) -> date | None:
    return details.published_on or details.planned_on


def _line(row: StoryRow) -> str:
    about = f"about {row.name}" if row.name else ""
    return " · ".join(each for each in (row.details.channel, about) if each)
