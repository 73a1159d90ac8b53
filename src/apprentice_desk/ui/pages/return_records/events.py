"""Events of the network of apprentices and their managers: their list and form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import EventKind
from apprentice_desk.records import network
from apprentice_desk.records.network import EventDetails
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words, words
from apprentice_desk.ui.recording.kind import Kind, Shown, still_to_come

FIELDS = (
    Field(
        "name",
        "Event",
        required=True,
        help="Leaves the borough with the return: no name of a person in it.",
    ),
    Field("held_on", "Held", "date", is_past=True, required=True),
    Field(
        "kind",
        "Kind",
        "choice",
        required=True,
        beside=True,
        choices=tuple(EventKind),
        width=22,
    ),
    Field("attended", "Attended", "integer", unit="people from this borough"),
    Field(
        "counted_minutes",
        "Hours counted",
        "duration",
        beside=True,
        unit="hours",
        help="What counts as off-the-job training for one apprentice who came.",
    ),
)
"""Every attribute of EventDetails."""


class Events(Kind):
    """Events, the newest first."""

    name = "network"
    title = "Events"
    thing = "event"
    about = "One line of the sheet Network each"
    tables = ("network_event",)
    filter_by = "event, kind"
    empty = ("No events yet", "Add link-ups, workshops and visits that apprentices went to.")
    details_class = EventDetails
    columns = (
        Column("Event", lambda shown: shown.title, kind="strong", width=26),
        Column(
            "Held",
            lambda shown: day_in_table(shown.details.held_on),
            sort=lambda shown: shown.details.held_on,
            holds="date",
            value=lambda shown: shown.details.held_on,
            width=11,
        ),
        Column("Kind", lambda shown: words(shown.details.kind), width=15),
        Column(
            "Attended",
            lambda shown: "" if shown.details.attended is None else f"{shown.details.attended:,}",
            sort=lambda shown: shown.details.attended,
            right=True,
            width=10,
        ),
        Column(
            "Hours",
            lambda shown: _hours(shown.details.counted_minutes),
            sort=lambda shown: shown.details.counted_minutes,
            right=True,
            width=9,
        ),
    )
    can_do_without = (4, 3)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the events, newest first."""
        return tuple(
            Shown(
                row.id,
                row.details.name,
                row.details,
                None,
                f"{words(row.details.kind)} on {day_in_words(row.details.held_on)}",
            )
            for row in network.event_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of an event."""
        details: EventDetails = shown.details
        return [
            ("Held", day_in_words(details.held_on)),
            ("Kind", words(details.kind)),
            ("Attended", "" if details.attended is None else f"{details.attended:,}"),
            ("Hours counted", _hours(details.counted_minutes)),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return FIELDS

    def check(self, details: EventDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with an event."""
        return network.check_event(details) + still_to_come(
            "held_on",
            details.held_on,
            self.desk.clock.today(),
            "Record events once they were held.",
        )

    def named(self, details: EventDetails) -> str:
        """Return its name."""
        return f"event “{details.name.strip()}”"

    def add(self, session: Any, details: EventDetails) -> UUID:
        """Record an event."""
        return network.record_event(session, details)

    def correct(self, session: Any, record_id: UUID, details: EventDetails) -> None:
        """Replace an event's details."""
        network.correct_event(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove an event."""
        network.remove_event(session, record_id)


def _hours(minutes: int | None) -> str:
    return "" if minutes is None else sentence(minutes)
