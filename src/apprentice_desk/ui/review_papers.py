"""The papers of progress reviews, wherever they are asked for: pack, record, and calendar file.

A pack is opened at once, as a copy that goes when the desk is closed: from there it is printed, or
saved.  It is made behind the window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk import resources
from apprentice_desk.documents.explained import About
from apprentice_desk.documents.review_pack import (
    HeldReview,
    Pack,
    review_pack,
    review_record,
)
from apprentice_desk.documents.tree import Document
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.review_facts import period_first, questions
from apprentice_desk.records.dates_ahead import dates_ahead
from apprentice_desk.records.review_actions import action_rows
from apprentice_desk.records.review_facts import review_facts
from apprentice_desk.records.review_meetings import MeetingRow, meeting_rows, party_names
from apprentice_desk.records.standard_versions import known_ksbs
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.files import ask_for_file, file_name, open_file
from apprentice_desk.ui.leaving import save_out, saved

OPEN_PACK = "Open the review pack"
SAVE_PACK = "Save the review pack as PDF…"
SAVE_DATES = "Save reviews and dates for a calendar…"


class ReviewPapers(QObject):
    """Makes papers for *page*, which owns the file dialogs."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.file_dialog: QFileDialog | None = None

    def open_pack(self, row: ApprenticeRow, review_id: UUID | None = None) -> None:
        """Make the pack of a planned review, or without one of the next, and open it."""
        self._open(f"Review pack {row.name}", making_pack(self._desk, row.id, review_id))

    def ask_to_save_pack(self, row: ApprenticeRow, review_id: UUID | None = None) -> None:
        """Ask where the pack is to stand."""
        make = making_pack(self._desk, row.id, review_id)
        self._ask(
            f"Review pack {row.name}",
            SAVE_PACK,
            "PDF",
            "pdf",
            pdf_writer(make),
            Going.of(LeftKind.REVIEW, [row.id]),
        )

    def open_record(self, row: ApprenticeRow, review_id: UUID) -> None:
        """Make the record of a review that was held, and open it."""
        self._open(f"Review record {row.name}", making_record(self._desk, row.id, review_id))

    def ask_to_save_dates(self, rows: Sequence[ApprenticeRow], called: str) -> None:
        """Ask where a calendar file of the days of *rows* is to stand; *called* names it."""
        keys = tuple(row.id for row in rows)

        def write(path: str, progress: Progress) -> Path:
            return write_calendar(self._desk, path, keys, progress)

        self._ask(
            f"Reviews and dates {called}",
            SAVE_DATES,
            "Calendar",
            "ics",
            write,
            Going.of(LeftKind.CALENDAR, keys),
        )

    # how

    def _open(self, name: str, make: Callable[[Progress], Document]) -> None:
        desk, called = self._desk, f"{file_name(f'{name} {self._desk.clock.today()}')}.pdf"

        def work(progress: Progress) -> Path:
            # Late: ReportLab takes a fifth of a second to import.
            from apprentice_desk.documents import pdf

            return desk.opened_files.put(called, pdf.content(make(progress), progress))

        def done(path: Any) -> None:
            if not open_file(path):
                desk.messages.warn(
                    f"No program of this computer opens “{called}”.",
                    "Save it as a PDF and open it elsewhere.",
                )

        desk.jobs.run(f"Making “{name}”", work, done=done, owner=self)

    def _ask(
        self,
        name: str,
        title: str,
        called: str,
        ending: str,
        write: Callable[[str, Progress], Path],
        going: Going,
    ) -> None:
        def save(path: str) -> None:
            save_out(
                self._desk,
                f"Saving “{Path(path).name}”",
                lambda progress: write(path, progress),
                going,
                owner=self,
                say=lambda where: saved(where, "It names people."),
            )

        offered = f"{name} {self._desk.clock.today()}"
        self.file_dialog = ask_for_file(
            self._page, title.removesuffix("…"), called, ending, offered, save
        )


def pdf_writer(make: Callable[[Progress], Document]) -> Callable[[str, Progress], Path]:
    """Return what writes the paper that *make* returns."""

    def write(path: str, progress: Progress) -> Path:
        # Late: ReportLab takes a fifth of a second to import.
        from apprentice_desk.documents import pdf

        return pdf.write(path, make(progress), progress)

    return write


def write_calendar(desk: Desk, path: str, keys: Sequence[UUID], progress: Progress) -> Path:
    """Write the days of apprenticeships to *path*, as a calendar."""
    # Late: only whoever wants a calendar waits for icalendar.
    from apprentice_desk.documents import calendar_file

    today, rules = desk.clock.today(), resources.review_rules()
    events = desk.store.read(dates_ahead, keys, today, rules.interval_days(today))
    if not events:
        raise Problem(
            "There is no day to put into a calendar, so no file was written.",
            "Plan a review, or enter the planned end.",
        )
    minutes = rules.practice_on(today).meeting_minutes
    return calendar_file.write(path, events, desk.clock.now(), minutes, progress)


# --- what the papers are made of ------------------------------------------------------------------


def making_pack(
    desk: Desk, apprenticeship_id: UUID, review_id: UUID | None = None
) -> Callable[[Progress], Document]:
    """Return the work of reading what a pack says and putting it together."""

    def make(progress: Progress) -> Document:
        progress.step(0, None, "Reading the period")
        return review_pack(read_pack(desk, apprenticeship_id, review_id))

    return make


def read_pack(desk: Desk, apprenticeship_id: UUID, review_id: UUID | None = None) -> Pack:
    """Return what a pack says today: of one review, or without one of the next that is planned.

    Raises Problem when the apprenticeship is gone.
    """
    today, rules = desk.clock.today(), resources.review_rules()
    meetings = desk.store.read(meeting_rows, [apprenticeship_id]).get(apprenticeship_id, ())
    planned = [each for each in meetings if each.held_on is None]
    chosen = next((each for each in planned if each.id == review_id), None)
    meeting = chosen or next(iter(planned), None)
    row = _row(desk, apprenticeship_id)
    first = period_first(row.last_review_on, row.course.training_started_on, today)
    row = _row(desk, apprenticeship_id, first)
    facts = desk.store.read(
        review_facts, apprenticeship_id, first, today, row.planned_minutes_since
    )
    ksbs = desk.store.read(known_ksbs, [apprenticeship_id]).get(apprenticeship_id, ())
    gateway_on = None if row.course.assessment_began_on is not None else row.gateway_planned_on
    return Pack(
        about=about(desk, row),
        line_manager=row.line_manager,
        figures=row.figures,
        facts=facts,
        meeting=None if meeting is None else meeting.meeting,
        own_questions="" if meeting is None else meeting.questions,
        asked=questions(
            facts, row.figures, rules.practice_on(today), row.given_names or row.name,
            row.line_manager, gateway_on, row.course,
        ),
        last_review_on=row.last_review_on,
        due_by=review_due_by(row.course, row.last_review_on, rules.interval_days(today)),
        gateway_on=gateway_on,
        effort="" if row.recoverability is None else row.recoverability.says,
        names=party_names(meetings),
        words={each.code: each.words for each in ksbs},
    )  # fmt: skip


def making_record(
    desk: Desk, apprenticeship_id: UUID, review_id: UUID
) -> Callable[[Progress], Document]:
    """Return the work of reading a review that was held and putting its record together."""

    def make(progress: Progress) -> Document:
        progress.step(0, None, "Reading the review")
        meetings = desk.store.read(meeting_rows, [apprenticeship_id]).get(apprenticeship_id, ())
        found = next((each for each in meetings if each.id == review_id), None)
        if found is None:
            raise Problem("This review was removed meanwhile.")
        row = _row(desk, apprenticeship_id)
        actions = desk.store.read(action_rows, apprenticeship_id)
        return review_record(
            HeldReview(
                about(desk, row),
                row.line_manager,
                found,
                tuple(each for each in actions if each.review_id == review_id),
                next_day(meetings, found),
            )
        )

    return make


def next_day(meetings: Sequence[MeetingRow], held: MeetingRow) -> Any:
    """Return the day of the review after *held*, None where there is none."""
    after = [each.on for each in meetings if each.on and held.on and each.on > held.on]
    return min(after, default=None)


def about(desk: Desk, row: ApprenticeRow) -> About:
    """Return whose paper it is and where it comes from."""
    return About(
        name=row.name,
        standard=row.standard_shown,
        provider=row.provider_name,
        day=show_day(desk.clock.today()),
        borough=desk.organisation.name,
        is_sample=desk.organisation.is_sample,
    )


def _row(desk: Desk, apprenticeship_id: UUID, since: Any = None) -> ApprenticeRow:
    lists = desk.lists
    found = desk.store.read(
        apprentice_rows, desk.clock.today(), lists.hours_rules, lists.role_families, since,
        apprenticeship_id,
    )  # fmt: skip
    if not found:
        raise Problem(
            "This apprentice is not in the desk any more.", "Somebody removed the record."
        )
    return found[0]
