"""The lists of reviews and of their actions: columns, and how each line stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.review_meetings import (
    PARTIES,
    Part,
    ReviewState,
    signing_words,
    state_of,
)
from apprentice_desk.records.review_actions import ActionRow
from apprentice_desk.records.review_meetings import MeetingRow
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.standing_words import action_badge

_STATES = {
    ReviewState.PLANNED: Badge("Planned", "quiet", "calendar-clock"),
    ReviewState.DUE: Badge("Due", "warning", "hourglass"),
    ReviewState.OVERDUE: Badge("Overdue", "danger", "circle-alert"),
    ReviewState.HELD: Badge("Held, to be signed", "note", "pencil"),
    ReviewState.SIGNED_OFF: Badge("Signed off", "good", "circle-check"),
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review and how it stands."""

    row: MeetingRow
    state: ReviewState

    @property
    def id(self) -> UUID:
        """The review's key."""
        return self.row.id

    @property
    def is_held(self) -> bool:
        """Whether it was held."""
        return self.row.held_on is not None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action and how it stands on *today*."""

    row: ActionRow
    today: date

    @property
    def id(self) -> UUID:
        """The action's key."""
        return self.row.id

    @property
    def badge(self) -> Badge:
        """How it stands."""
        return action_badge(is_open=self.row.is_open, is_overdue=self.row.is_overdue(self.today))


def review_line(row: MeetingRow, today: date, due_days: int) -> ReviewLine:
    """Return *row* with how it stands."""
    return ReviewLine(row, state_of(row.due_on, row.held_on, row.parts, today, due_days))


def _day(day: date | None) -> str:
    return "" if day is None else show_day(day)


def signed_by(parts: tuple[Part, ...]) -> str:
    """Return who of the three parties has signed, as the list says it."""
    signed = [part.role for part in parts if part.signed_on is not None and part.role in PARTIES]
    if len(set(signed)) == len(PARTIES):
        return "all three"
    return ", ".join(role for role in PARTIES if role in signed)


REVIEW_COLUMNS = (
    Column(
        "Day",
        lambda line: _day(line.row.on),
        sort=lambda line: line.row.on,
        kind="strong",
        width=13,
    ),
    Column("How it stands", lambda line: _STATES[line.state], kind="badge", width=20),
    Column(
        "Signed by",
        lambda line: signed_by(line.row.parts),
        width=16,
        tip=lambda line: signing_words(line.row.parts) if line.is_held else "",
    ),
)
ACTION_COLUMNS = (
    Column("How it stands", lambda line: line.badge, kind="badge", width=13),
    Column(
        "What",
        lambda line: line.row.what,
        kind="strong",
        width=16,
        tip=lambda line: f"{line.row.what} {line.row.note}".strip(),
    ),
    Column("Who", lambda line: line.row.owner, width=12, tip=lambda line: line.row.owner),
    Column("By", lambda line: _day(line.row.due_on), sort=lambda line: line.row.due_on, width=13),
)
