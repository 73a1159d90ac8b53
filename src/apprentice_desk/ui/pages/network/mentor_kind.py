"""Mentors and buddies: their list and form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.vocabulary import MentorRole
from apprentice_desk.records import mentors
from apprentice_desk.records.mentors import MentoringDetails, MentoringRow
from apprentice_desk.ui.destinations import Destination, OpenNetwork
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words, words
from apprentice_desk.ui.recording.kind import Kind, Shown, people, people_choices, still_to_come

_NOW = Badge("Now", "good", "check")
_COMING = Badge("To begin", "note", "clock")
_BEFORE = Badge("Before", "quiet", "history")
_NO_DAYS = Badge("No days", "warning", "circle-question-mark")


def standing(row: MentoringRow, today: date) -> Badge:
    """Return whether somebody is mentor or buddy now, was so before, or is named without days."""
    if row.details.from_on is None:
        return _NO_DAYS
    if not row.is_open:
        return _BEFORE
    return _COMING if row.details.from_on > today else _NOW


class Mentors(Kind):
    """Mentors and buddies by apprentice, those of before below those of now."""

    name = "mentors"
    title = "Mentors and buddies"
    thing = "mentor or buddy"
    about = "Who goes along with whom, since when, and who did before"
    tables = ("mentoring", "apprentice", "apprenticeship", "break_in_learning")
    filter_by = "apprentice, mentor"
    empty = ("No mentors or buddies yet", "Add who goes along with an apprentice.")
    details_class = MentoringDetails
    columns = (
        Column("Apprentice", lambda shown: shown.title, kind="strong", width=20),
        Column("Role", lambda shown: words(shown.details.role), width=9),
        Column("Who", lambda shown: shown.details.name, width=20),
        Column("Organisation", lambda shown: shown.details.organisation, width=18, kind="quiet",
               tip=lambda shown: shown.details.organisation),
        Column("Since", lambda shown: day_in_table(shown.details.from_on),
               sort=lambda shown: shown.details.from_on, holds="date",
               value=lambda shown: shown.details.from_on, width=11),
        Column("Until", lambda shown: day_in_table(shown.details.until_on),
               sort=lambda shown: shown.details.until_on, holds="date",
               value=lambda shown: shown.details.until_on, width=11),
        Column("How it stands", lambda shown: shown.badge, kind="badge", width=12),
    )  # fmt: skip
    can_do_without = (3, 5, 1)

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return mentors and buddies by apprentice."""
        today = self.desk.clock.today()
        return tuple(
            Shown(
                row.id,
                row.apprentice,
                row.details,
                row,
                f"{words(row.details.role)}: {row.details.name}",
                standing(row, today),
            )
            for row in mentors.mentoring_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a mentor or buddy; what is blank is left out."""
        details: MentoringDetails = shown.details
        since = day_in_words(details.from_on) or "Not known: named in the record of the apprentice"
        pairs = [
            (words(details.role), details.name),
            ("Organisation", details.organisation),
            ("Contact", details.contact),
            ("Since", since),
            ("Until", day_in_words(details.until_on)),
            ("Note", details.note),
        ]
        return [(key, value) for key, value in pairs if value]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the apprentices of this desk."""
        return (
            Field("apprenticeship_id", "Apprentice", "search", required=True, width=50,
                  choices=people_choices(people(self.desk))),
            Field("role", "Role", "choice", required=True, choices=tuple(MentorRole), width=14,
                  help="Whoever was mentor before is so until the day before a new one begins."),
            Field("name", "Name", required=True),
            Field("organisation", "Organisation", beside=True,
                  help="Or team, such as the digital team of another borough."),
            Field("contact", "Contact", help="How the apprentice reaches them at work."),
            Field("from_on", "Since", "date", required=True),
            Field("until_on", "Until", "date", beside=True, help="Blank while it goes on."),
            Field("note", "Note", "long text", rows=3),
        )  # fmt: skip

    def blank(self) -> MentoringDetails:
        """Return a mentor from today on."""
        return MentoringDetails(role=MentorRole.MENTOR, from_on=self.desk.clock.today())

    def check(self, details: MentoringDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a mentor or buddy."""
        return mentors.check_mentoring(details) + still_to_come(
            "until_on",
            details.until_on,
            self.desk.clock.today(),
            "Give the last day once it was.",
        )

    def named(self, details: MentoringDetails) -> str:
        """Return who it is."""
        return f"{details.role or 'mentor'} {details.name.strip()}"

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where the form is: on the page of the network."""
        return OpenNetwork("mentors", record_id, field)

    def details(self, session: Any, record_id: UUID) -> MentoringDetails:
        """Return what the form edits; one without days is to get them."""
        found: MentoringDetails = super().details(session, record_id)
        return found

    def add(self, session: Any, details: MentoringDetails) -> UUID:
        """Record a mentor or buddy."""
        return mentors.begin_mentoring(session, _plain(details))

    def correct(self, session: Any, record_id: UUID, details: MentoringDetails) -> None:
        """Replace the details of one; whoever had no days begins with those that are given."""
        if record_id == self.details(session, record_id).apprenticeship_id:
            if details.apprenticeship_id != record_id:
                mentors.remove_named_mentor(session, record_id)
            mentors.begin_mentoring(session, _plain(details))
        else:
            mentors.correct_mentoring(session, record_id, _plain(details))

    def remove(self, session: Any, record_id: UUID) -> None:
        """Take one out of the desk."""
        if record_id == self.details(session, record_id).apprenticeship_id:
            mentors.remove_named_mentor(session, record_id)
        else:
            mentors.remove_mentoring(session, record_id)

    def what_removing_means(self, shown: Shown) -> str:
        """Say that a last day is better for one who was there."""
        if not shown.row.has_days:
            return "The name goes out of the record of the apprentice. Undo brings it back."
        return (
            f"{shown.details.name} goes out of the desk, with the days. For somebody who was there,"
            " give the last day instead. Undo brings it back."
        )


def _plain(details: MentoringDetails) -> MentoringDetails:
    return replace(details, name=" ".join(details.name.split()))
