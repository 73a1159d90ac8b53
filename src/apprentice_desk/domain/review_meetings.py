"""One progress review: who takes part, how it stands, and what may be recorded of it when.

A review has three parties: apprentice, line manager and provider; a host or others may join.  It
is signed off once all three have signed.  Rules: funding rules for training providers, progress
reviews, P59 and P60.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import BankHolidays, show_day
from apprentice_desk.domain.days_hours import minute_of_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.review_roles import ReviewRole

PARTIES = (ReviewRole.APPRENTICE, ReviewRole.MANAGER, ReviewRole.PROVIDER)
"""Who makes a review a review, in the order in which they are named."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in a review.

    *was_there* is None until it was held; *signed_on* None while it is not signed.
    """

    role: ReviewRole
    name: str = ""
    was_there: bool | None = None
    signed_on: date | None = None

    @property
    def words(self) -> str:
        """The person with their role, as far as they are known."""
        return f"{self.name} ({self.role})" if self.name else str(self.role)


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where a review is to be, and who is asked to it; *began_at* is hh:mm or ""."""

    due_on: date | None = None
    began_at: str = ""
    place: str = ""
    asked: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionDetails:
    """Something that somebody takes on: *owner* by *due_on*."""

    what: str = ""
    owner: str = ""
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldDetails:
    """What is recorded of a review that was held.

    *note* is what was discussed, *changes* what is new or has to be planned again.
    """

    held_on: date | None = None
    note: str = ""
    concerns: str = ""
    changes: str = ""
    parts: tuple[Part, ...] = ()


class ReviewState(StrEnum):
    """How a review stands on a day."""

    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    HELD = "held"
    SIGNED_OFF = "signed off"


def state_of(
    due_on: date | None, held_on: date | None, parts: Iterable[Part], today: date, due_days: int
) -> ReviewState:
    """Return how a review stands; one is due from *due_days* before its day on."""
    if held_on is not None:
        return ReviewState.HELD if unsigned(parts) else ReviewState.SIGNED_OFF
    if due_on is None or due_on > today + timedelta(days=due_days):
        return ReviewState.PLANNED
    return ReviewState.OVERDUE if due_on < today else ReviewState.DUE


def unsigned(parts: Iterable[Part]) -> tuple[ReviewRole, ...]:
    """Return which of the three parties have not signed."""
    signed = {part.role for part in parts if part.signed_on is not None}
    return tuple(role for role in PARTIES if role not in signed)


def signing_words(parts: Iterable[Part]) -> str:
    """Return who has signed and who has not, in words."""
    parts = tuple(parts)
    missing = unsigned(parts)
    signed = [role for role in PARTIES if role not in missing]
    if not missing:
        last = max(part.signed_on for part in parts if part.signed_on is not None)
        return f"Signed by all three, the last on {show_day(last)}"
    if not signed:
        return "Not signed by anybody yet"
    return f"Signed by {listed(signed)}; not yet by {listed(missing)}"


# --- the next one ---------------------------------------------------------------------------------


def proposed_on(
    course: Course, last_on: date | None, interval_days: int, holidays: BankHolidays
) -> date | None:
    """Return the last working day on which the next review may be; None where none is known.

    That is by ``review_due_by``, and after the last one.  A year whose bank holidays are not known
    is taken to have none.
    """
    due_by = review_due_by(course, last_on, interval_days)
    if due_by is None:
        return None
    for days in range(interval_days):
        day = due_by - timedelta(days=days)
        if day.weekday() < _SATURDAY and not holidays.is_holiday(day):
            return day
    return due_by


_SATURDAY = 5


# --- what is refused ------------------------------------------------------------------------------


def _wrong(code: str, field: str, message: str, remedy: str = "") -> Finding:
    return Finding(Level.ROW, code, message, remedy, Place(field=field))


def check_meeting(
    meeting: Meeting,
    started_on: date | None,
    latest_on: date | None = None,
    after_on: date | None = None,
) -> list[Finding]:
    """Return what is wrong with when a review is to be.

    It is not before the start of training; where they are given, at *latest_on* and after
    *after_on*, the day of the one before.
    """
    due_on = meeting.due_on
    found = []
    if due_on is None:
        found.append(_wrong("RV010", "due_on", "Say on which day the review is to be."))
    elif started_on is not None and due_on < started_on:
        found.append(
            _wrong(
                "RV011", "due_on",
                f"{show_day(due_on)} is before the training began on {show_day(started_on)}.",
                "Check the day.",
            )
        )  # fmt: skip
    elif after_on is not None and due_on <= after_on:
        found.append(
            _wrong(
                "RV012", "due_on",
                f"{show_day(due_on)} is not after this review, {show_day(after_on)}.",
                "The next review comes later.",
            )
        )  # fmt: skip
    elif latest_on is not None and due_on > latest_on:
        found.append(
            _wrong(
                "RV013", "due_on",
                f"{show_day(due_on)} is later than reviews may lie apart:"
                f" the next is due by {show_day(latest_on)}.",
                "Choose a day by then.",
            )
        )  # fmt: skip
    if meeting.began_at and minute_of_day(meeting.began_at) is None:
        found.append(
            _wrong("RV014", "began_at", "This is not a time of day.", "For example 09:30.")
        )
    return found


def check_held(held: HeldDetails, started_on: date | None, today: date) -> list[Finding]:
    """Return what is wrong with what is recorded of a review."""
    held_on = held.held_on
    found = []
    if held_on is None:
        found.append(_wrong("RV020", "held_on", "Say on which day the review was held."))
    elif held_on > today:
        found.append(
            _wrong(
                "RV021", "held_on", f"{show_day(held_on)} is still to come.",
                "A review is recorded once it was held; until then it is planned.",
            )
        )  # fmt: skip
    elif started_on is not None and held_on < started_on:
        found.append(
            _wrong(
                "RV022", "held_on",
                f"{show_day(held_on)} is before the training began on {show_day(started_on)}.",
                "Check the day.",
            )
        )  # fmt: skip
    if not any(part.was_there for part in held.parts):
        found.append(_wrong("RV023", "parts", "Say who was there.", "Tick at least one person."))
    return found


def check_signature(part: Part, held_on: date | None, today: date, field: str) -> list[Finding]:
    """Return what is wrong with the day of one signature."""
    signed_on = part.signed_on
    if signed_on is None:
        return []
    if held_on is None:
        return [
            _wrong(
                "RV030", field, "This review is not held yet, so nobody can sign it.",
                "Record that it was held first.",
            )
        ]  # fmt: skip
    if signed_on > today:
        return [_wrong("RV031", field, f"{show_day(signed_on)} is still to come.")]
    if signed_on < held_on:
        return [
            _wrong(
                "RV032", field,
                f"{show_day(signed_on)} is before the review was held on {show_day(held_on)}.",
                "Check the day.",
            )
        ]  # fmt: skip
    return []


def check_action(
    action: ActionDetails, since_on: date | None = None, suffix: str = ""
) -> list[Finding]:
    """Return what is wrong with an action; it is not due before it was agreed, *since_on*.

    *suffix* is put behind the names of fields, of a form that has several actions.
    """
    found = []
    if not action.what.strip():
        found.append(_wrong("RV040", f"what{suffix}", "Say what is to be done."))
    if not action.owner.strip():
        found.append(_wrong("RV041", f"owner{suffix}", "Say who takes it on."))
    if action.due_on is not None and since_on is not None and action.due_on < since_on:
        found.append(
            _wrong(
                "RV042", f"due_on{suffix}",
                f"{show_day(action.due_on)} is before it was agreed on {show_day(since_on)}.",
                "Check the day.",
            )
        )  # fmt: skip
    return found


def check_done(done_on: date | None, today: date) -> list[Finding]:
    """Return what is wrong with the day on which an action was done."""
    if done_on is None:
        return [_wrong("RV043", "done_on", "Say on which day it was done.")]
    if done_on > today:
        return [_wrong("RV044", "done_on", f"{show_day(done_on)} is still to come.")]
    return []


def names(text: str) -> tuple[str, ...]:
    """Return the names in *text*, which are separated by semicolons or new lines."""
    parts: Sequence[str] = text.replace("\n", ";").split(";")
    return tuple(name for part in parts if (name := " ".join(part.split())))
