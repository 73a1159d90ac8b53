"""Progress reviews: their list and their form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records import reviews
from apprentice_desk.records.reviews import ReviewDetails, ReviewRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words
from apprentice_desk.ui.recording.kind import (
    PEOPLE_TABLES,
    Kind,
    Shown,
    people,
    people_choices,
    still_to_come,
)

FIELDS = (
    Field("apprenticeship_id", "Apprentice", "search", required=True, width=50),
    Field("due_on", "Due", "date"),
    Field(
        "held_on",
        "Held",
        "date",
        is_past=True,
        beside=True,
        help="Blank until it was held; never a day to come.",
    ),
    Field("note", "Note", "long text", help="Stays in this desk; no return carries it."),
)
"""Every attribute of ReviewDetails."""


class Reviews(Kind):
    """Reviews of everybody, the newest first."""

    name = "reviews"
    title = "Reviews"
    thing = "review"
    about = "Progress reviews, counted in the return on the sheets Apprentices and Contracts"
    tables = ("review", *PEOPLE_TABLES)
    filter_by = "apprentice, day"
    empty = ("No reviews yet", "Add the progress reviews that are due or were held.")
    details_class = ReviewDetails
    columns = (
        Column("Apprentice", lambda shown: shown.title, kind="strong", width=18),
        Column(
            "Due",
            lambda shown: day_in_table(shown.details.due_on),
            sort=lambda shown: shown.details.due_on,
            holds="date",
            value=lambda shown: shown.details.due_on,
            width=11,
        ),
        Column(
            "Held",
            lambda shown: day_in_table(shown.details.held_on),
            sort=lambda shown: shown.details.held_on,
            holds="date",
            value=lambda shown: shown.details.held_on,
            width=11,
        ),
        Column("How it stands", lambda shown: shown.badge, kind="badge", width=14),
        Column("Note", lambda shown: " ".join(shown.details.note.split()), width=24),
    )
    stretch = 4
    can_do_without = (4, 2)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: dict[UUID, str] = {}
        self._whose: dict[UUID, UUID] = {}

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return all reviews, those due last first."""
        rows = reviews.review_rows(session)
        self._names |= {row.apprenticeship_id: row.name for row in rows}
        self._whose = {row.id: row.apprenticeship_id for row in rows}
        today = self.desk.clock.today()
        return tuple(
            Shown(row.id, row.name, _details(row), None, _line(row), standing(row, today))
            for row in sorted(rows, key=_latest, reverse=True)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return when it was due and held."""
        details = shown.details
        return [
            ("Due", day_in_words(details.due_on)),
            ("Held", day_in_words(details.held_on) or "not yet"),
            ("Note", details.note or "none"),
        ]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields with the apprentices of this desk."""
        everybody = people(self.desk)
        self._names |= {row.id: row.name for row in everybody}
        return with_people(FIELDS, people_choices(everybody))

    def check(self, details: ReviewDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a review."""
        return reviews.check_review(details) + still_to_come(
            "held_on",
            details.held_on,
            self.desk.clock.today(),
            "Leave it blank until the review was held.",
        )

    def named(self, details: ReviewDetails) -> str:
        """Return whose it is."""
        whose = details.apprenticeship_id
        return f"review of {self._names.get(whose, 'an apprentice') if whose else 'an apprentice'}"

    def details(self, session: Any, record_id: UUID) -> ReviewDetails:
        """Return what the form edits; there may be very many, so one person's are looked at."""
        for row in reviews.review_rows(session, self._whose.get(record_id)):
            if row.id == record_id:
                return _details(row)
        raise Conflict("This review was removed meanwhile.")

    def add(self, session: Any, details: ReviewDetails) -> UUID:
        """Record a review."""
        return reviews.record_review(session, details)

    def correct(self, session: Any, record_id: UUID, details: ReviewDetails) -> None:
        """Replace a review's details."""
        reviews.correct_review(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a review."""
        reviews.remove_review(session, record_id)


def with_people(fields: tuple[Field, ...], choices: list[tuple[UUID, str]]) -> tuple[Field, ...]:
    """Return *fields* with the apprentices to choose from."""
    return tuple(
        replace(field, choices=choices) if field.name == "apprenticeship_id" else field
        for field in fields
    )


def _details(row: ReviewRow) -> ReviewDetails:
    return ReviewDetails(row.apprenticeship_id, row.due_on, row.held_on, row.note)


def _latest(row: ReviewRow) -> date:
    return row.due_on or row.held_on or date.min


def _line(row: ReviewRow) -> str:
    if row.due_on is not None:
        return f"Progress review due {day_in_words(row.due_on)}"
    return f"Progress review held {day_in_words(row.held_on)}"


def standing(row: ReviewRow, today: date) -> Badge:
    """Return how a review stands on a day; the return counts one as on time up to its due day."""
    if row.held_on is not None:
        if row.due_on is None or row.held_on <= row.due_on:
            return Badge("On time", "good", "check")
        return Badge("Held late", "warning", "triangle-alert")
    if row.due_on is not None and row.due_on < today:
        return Badge("Overdue", "danger", "circle-alert")
    return Badge("Planned", "quiet", "calendar-clock")
