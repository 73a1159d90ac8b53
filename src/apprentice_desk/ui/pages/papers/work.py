"""What the page has done behind the window: reading people, making logs, looking at one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.durations import nearest_minute
from apprentice_desk.domain.pocket_sheets import PocketPerson, pocket_sheets, weeks_ahead
from apprentice_desk.domain.progress import Progress
from apprentice_desk.imports import log_applying, log_sheets
from apprentice_desk.imports.log_reading import LogReview
from apprentice_desk.records.planned_ahead import PlannedAhead, planned_ahead
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.sheets import read_workbook
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging

WEEKS_AHEAD = timedelta(weeks=12)
"""A log takes days so far ahead; whether they have come is checked when it comes back."""


def read_people(desk: Desk) -> tuple[ApprenticeRow, ...]:
    """Return how everybody stands today; roles without a name need no paper."""
    lists = desk.lists
    rows = desk.store.read(
        apprentice_rows, desk.clock.today(), lists.hours_rules, lists.role_families
    )
    return tuple(row for row in rows if not row.is_vacancy)


def making_log(
    desk: Desk, path: str, rows: Sequence[ApprenticeRow], first: date, log_id: UUID | None = None
) -> Callable[[Progress], Path]:
    """Return the work of writing a log of *rows* with what is logged from *first* on."""
    store, organisation = desk.store, desk.organisation
    people = [(row.id, row.name, row.standard_title) for row in rows]
    span = Period(first, desk.clock.today() + WEEKS_AHEAD)
    made_at = desk.clock.now()

    def work(progress: Progress) -> Path:
        progress.step(0, None, "Reading the hours")
        log = store.read(
            log_applying.log_of, people, span, log_id or uuid4(), organisation.name, made_at,
            is_sample=organisation.is_sample,
        )  # fmt: skip
        progress.step(0, None, "Writing the workbook")
        return log_sheets.write(path, log)

    return work


def making_sheets(
    desk: Desk, path: str, rows: Sequence[ApprenticeRow]
) -> Callable[[Progress], Path]:
    """Return the work of writing the pocket sheets of *rows*, one for each line manager."""
    store, organisation, today = desk.store, desk.organisation, desk.clock.today()

    def work(progress: Progress) -> Path:
        # Late: ReportLab takes a fifth of a second to import.
        from apprentice_desk.documents import pdf
        from apprentice_desk.documents.pocket import pocket_paper

        progress.step(0, None, "Reading what is planned")
        last = weeks_ahead(today).last
        assert last is not None  # four weeks have an end
        planned = store.read(planned_ahead, [row.id for row in rows], last)
        sheets = pocket_sheets(
            (_pocket_person(row, planned.get(row.id, PlannedAhead())) for row in rows),
            today,
            resources.bank_holidays(),
        )
        paper = pocket_paper(sheets, organisation.name, today, is_sample=organisation.is_sample)
        return pdf.write(path, paper, progress)

    return work


def _pocket_person(row: ApprenticeRow, planned: PlannedAhead) -> PocketPerson:
    needed = row.figures.needed_minutes
    return PocketPerson(
        row.id,
        row.name,
        row.line_manager,
        row.course,
        None if needed is None else nearest_minute(needed),
        planned.activities,
        planned.reviews,
        planned.repeats,
    )


def looking_at(desk: Desk, path: str) -> Callable[[Progress], LogReview]:
    """Return the work of finding out what the log at *path* would change."""
    today = desk.clock.today()

    def work(progress: Progress) -> LogReview:
        progress.step(0, None, "Reading the log")
        book = read_workbook(path)
        progress.step(0, None, "Looking at the desk")
        judging = Judging()
        judging.courses = {row.id: row.course for row in read_people(desk)}
        return log_applying.review(desk.store, book, today, judging.counts)

    return work


def bringing_in(desk: Desk, review: LogReview) -> Callable[[Progress], Any]:
    """Return the work of writing what was taken, as one change."""

    def work(progress: Progress) -> str:
        label = log_applying.label_of(review)
        with desk.store.change(label) as session:
            log_applying.apply(session, review, progress)
        return label

    return work
