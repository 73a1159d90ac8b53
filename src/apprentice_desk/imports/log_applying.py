"""What a log needs of the desk, and writing what was taken of it as one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import Period, monday_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.people import full_name
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import log_reading, log_sheets
from apprentice_desk.imports.log_reading import DeskSide, LogReview
from apprentice_desk.imports.log_sheets import Log
from apprentice_desk.records import apprentices, hours, ksb_progress, weeks
from apprentice_desk.records.store import Store
from apprentice_desk.sheets import Workbook

Counts = Callable[[UUID, Activity, date], bool]
_EVERY = 200


def log_of(
    session: Session,
    people: Sequence[tuple[UUID, str, str]],
    span: Period,
    log_id: UUID,
    borough: str,
    made_at: datetime,
    *,
    is_sample: bool,
) -> Log:
    """Return the log of *people* (key, name, standard): what they have logged in *span*."""
    keys = [key for key, _, _ in people]
    entries = tuple(
        entry
        for entry in hours.logged_entries(session, keys)
        if entry.details.done_on is not None and entry.details.done_on in span
    )
    return Log(log_id, borough, is_sample, made_at, span, log_sheets.labels(people), entries)


def desk_side(session: Session, book: Workbook, today: date, counts: Counts) -> DeskSide:
    """Return what the desk holds of those who stand in a log; raises Problem when it is none."""
    keys = set(log_sheets.read_about(book).people.values())
    held = apprentices.all_held(session, keys)
    entries = hours.logged_entries(session, held)
    mondays = {
        (entry.details.apprenticeship_id, monday_of(entry.details.done_on))
        for entry in entries
        if entry.details.apprenticeship_id is not None and entry.details.done_on is not None
    }
    first = min((monday for _, monday in mondays), default=monday_of(today))
    said = weeks.week_rows(session, first, monday_of(today))
    return DeskSide(
        today=today,
        names={
            key: full_name(each.details.given_names, each.details.family_name)
            for key, each in held.items()
        },
        starts={key: each.details.training_started_on for key, each in held.items()},
        entries=entries,
        finished=frozenset(
            (week.apprenticeship_id, week.monday) for week in said if week.is_finished
        ),
        counts=counts,
        ksbs=ksb_progress.known_codes(session, held),
    )


def review(store: Store, book: Workbook, today: date, counts: Counts) -> LogReview:
    """Return what a log would change in the desk; raises Problem as ``log_reading.review``."""
    return log_reading.review(book, store.read(desk_side, book, today, counts))


def label_of(review: LogReview) -> str:
    """Return the name of the change: what Undo and the log of changes call it."""
    corrected = sum(row.correction is not None for row in review.taken)
    count = len(review.taken) - corrected
    new = "1 entry" if count == 1 else f"{count:,} entries"
    mended = "1 entry" if corrected == 1 else f"{corrected:,} entries"
    if not corrected:
        return f"Take {new} of hours from {review.file_name}"
    if not count:
        return f"Correct {mended} of hours from {review.file_name}"
    return f"Take {new} of hours and correct {corrected:,} from {review.file_name}"


def apply(session: Session, review: LogReview, progress: Progress | None = None) -> int:
    """Write the rows that are taken, those of finished weeks included; return how many.

    Raises Conflict when an entry has changed since the review, Problem when nothing is taken or
    a day would have more than 24 hours; the change must then end.
    """
    progress = progress or Progress()
    taken = review.taken
    if not taken:
        raise Problem("No row is taken, so there is nothing to write.", "Take one row at least.")
    # Corrections first: one may make room on a day for what is new.
    ordered = sorted(taken, key=lambda row: (row.correction is None, _is_longer(row)))
    for number, row in enumerate(ordered):
        if number % _EVERY == 0:
            progress.step(number, len(ordered), f"Writing {counted(len(ordered), 'row')}")
        assert row.details is not None  # only rows that can be read can be taken
        if row.correction is None:
            hours.log_hours(session, row.details, row.source, even_if_finished=True)
        else:
            hours.correct_hours(
                session, row.correction.of, row.details, row.correction.stamp,
                even_if_finished=True,
            )  # fmt: skip
    return len(ordered)


def _is_longer(row: log_reading.LogRow) -> int:
    return (row.details.minutes or 0) if row.details is not None else 0
