"""Events of the network of apprentices and their managers: their list and form."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.counting import time_of_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.network_events import room_in_words
from apprentice_desk.domain.vocabulary import EventKind
from apprentice_desk.records import network
from apprentice_desk.records.network import EventDetails, EventRow
from apprentice_desk.ui.destinations import Destination, OpenNetwork
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.pages.network.event_panel import EventMore
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words, words
from apprentice_desk.ui.recording.kind import Kind, MorePart, Shown, still_to_come

_WHAT = "What and when"
_WHERE = "Where, and with whom"
_AFTER = "Hours and people"

FIELDS = (
    Field(
        "name",
        "Event",
        required=True,
        group=_WHAT,
        help="Leaves the borough with the return: no name of a person in it.",
    ),
    Field(
        "kind",
        "Kind",
        "choice",
        required=True,
        group=_WHAT,
        choices=tuple(EventKind),
        width=22,
    ),
    Field("held_on", "Day", "date", required=True, group=_WHAT),
    Field(
        "began_at",
        "Begins at",
        group=_WHAT,
        beside=True,
        width=8,
        parse=time_of_day,
        show=str,
    ),
    Field("minutes", "Lasts", "duration", group=_WHAT, beside=True, width=8, unit="hours"),
    Field("place", "Place", group=_WHERE),
    Field("capacity", "Places", "integer", group=_WHERE, beside=True, width=8),
    Field("host", "Host", group=_WHERE, help="The borough or team that it is held at."),
    Field("partner", "Partner", group=_WHERE, beside=True, help="Who gives it, such as a firm."),
    Field("what", "What it is about", "long text", group=_WHERE, rows=3),
    Field(
        "counted_minutes",
        "Hours that count",
        "duration",
        group=_AFTER,
        unit="hours",
        help="What counts as off-the-job training for one apprentice who came.",
    ),
    Field(
        "attended",
        "Attended",
        "integer",
        group=_AFTER,
        beside=True,
        unit="people",
        help="From this borough. Saying who came fills this in.",
    ),
)
"""Every attribute of EventDetails."""

PLANNED = Badge("Planned", "note", "calendar-days")
TO_SAY = Badge("Who came?", "warning", "circle-question-mark")
TO_LOG = Badge("Hours to log", "warning", "clock")
HELD = Badge("Held", "good", "check")
CANCELLED = Badge("Cancelled", "quiet", "ban")


def standing(row: EventRow, today: date) -> Badge:
    """Return how an event stands on *today*."""
    held_on = row.details.held_on
    if not row.is_on:
        return CANCELLED
    if held_on is None or held_on > today:
        return PLANNED
    if row.lacks_attendance:
        return TO_SAY
    return TO_LOG if row.lacks_hours else HELD


class Events(Kind):
    """Events, the newest first."""

    name = "network"
    title = "Events"
    thing = "event"
    about = "Link-ups, workshops and visits · one line of the return's sheet Network each"
    tables = ("network_event", "event_attendance", "off_the_job_entry", "apprentice")
    filter_by = "event, kind, place"
    empty = ("No events yet", "Add link-ups, workshops and visits, planned or held.")
    details_class = EventDetails
    columns = (
        Column("Event", lambda shown: shown.title, kind="strong", width=26),
        Column(
            "Day",
            lambda shown: day_in_table(shown.details.held_on),
            sort=lambda shown: shown.details.held_on,
            holds="date",
            value=lambda shown: shown.details.held_on,
            width=11,
        ),
        Column("Kind", lambda shown: words(shown.details.kind), width=14),
        Column("Place", lambda shown: shown.details.place, width=16),
        Column(
            "Came",
            lambda shown: _came(shown.row),
            sort=lambda shown: shown.details.attended,
            right=True,
            width=9,
            tip=lambda shown: _came_in_words(shown.row),
            say=lambda shown: _came_in_words(shown.row),
        ),
        Column("How it stands", lambda shown: shown.badge, kind="badge", width=14),
    )
    can_do_without = (3, 2, 4)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the events, newest first."""
        today = self.desk.clock.today()
        return tuple(
            Shown(
                row.id,
                row.details.name,
                row.details,
                row,
                words(row.details.kind),
                standing(row, today),
            )
            for row in network.event_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of an event; what is blank is left out."""
        details: EventDetails = shown.details
        when = day_in_words(details.held_on)
        if details.began_at:
            when += f" at {details.began_at}"
        pairs = [
            ("When", when),
            ("Lasts", _hours(details.minutes)),
            ("Place", details.place),
            ("Host", details.host),
            ("Partner", details.partner),
            ("About", details.what),
            ("Asked", room_in_words(shown.row.asked, details.capacity)),
            ("Attended", "" if details.attended is None else f"{details.attended:,}"),
            ("Hours that count", _hours(details.counted_minutes)),
            ("Cancelled", day_in_words(shown.row.cancelled_on)),
        ]
        return [(key, value) for key, value in pairs if value]

    def more(self) -> MorePart:
        """Return who is asked and came, and what can be done with an event."""
        return EventMore(self.desk)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return FIELDS

    def check(self, details: EventDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with an event."""
        found = network.check_event(details)
        if details.attended is not None:
            found += still_to_come(
                "attended",
                details.held_on,
                self.desk.clock.today(),
                "Say how many attended once it was held.",
            )
        return found

    def named(self, details: EventDetails) -> str:
        """Return its name."""
        return f"event “{details.name.strip()}”"

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where the form is: on the page of the network."""
        return OpenNetwork("events", record_id, field)

    def add(self, session: Any, details: EventDetails) -> UUID:
        """Record an event."""
        return network.record_event(session, details)

    def correct(self, session: Any, record_id: UUID, details: EventDetails) -> None:
        """Replace an event's details."""
        network.correct_event(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove an event."""
        network.remove_event(session, record_id)

    def what_removing_means(self, shown: Shown) -> str:
        """Say that the hours stay."""
        says = super().what_removing_means(shown)
        logged = shown.row.logged
        if not logged:
            return says
        whose = "The hours of 1 apprentice" if logged == 1 else f"The hours of {logged} apprentices"
        return f"{says} {whose} stay in the logs."


def _hours(minutes: int | None) -> str:
    return "" if minutes is None else sentence(minutes)


def _came(row: EventRow) -> str:
    if row.details.attended is not None:
        return f"{row.details.attended:,}"
    return f"{row.asked:,} asked" if row.asked else ""


def _came_in_words(row: EventRow) -> str:
    attended = row.details.attended
    said = "" if attended is None else f"{attended:,} attended"
    asked = f"{row.asked:,} asked" if row.asked else ""
    return ", ".join(each for each in (said, asked) if each) or "nobody asked yet"
