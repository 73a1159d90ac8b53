"""What the page Returns has done in the background.

Working the return out, exporting it, and what is done with those that were sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.leaving import Going
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.product import version
from apprentice_desk.records.known_people import names_by_code
from apprentice_desk.records.returns_sent import ReturnSentRow, returns_sent_rows
from apprentice_desk.returns import history, sending, template
from apprentice_desk.returns.differences import RowChange, compare
from apprentice_desk.returns.history import Taken
from apprentice_desk.returns.sending import Prepared, Sent
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.pages.returns.columns import revision_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The return as it would be now, the day it is due where that is known, and those sent."""

    prepared: Prepared
    due_on: date | None
    history: tuple[ReturnSentRow, ...]


def working_out(desk: Desk, period: Quarter | None) -> Callable[[Progress], Standing]:
    """Return the work of gathering and checking a return, of the likeliest quarter if None."""
    today, prepare = desk.clock.today(), _preparing(desk)

    def work(progress: Progress) -> Standing:
        progress.step(0, 2, "Looking at what was sent")
        sent = desk.store.read(returns_sent_rows)
        chosen = period
        if chosen is None:
            ended = Quarter.containing(today).previous()
            chosen = sending.period_to_send(today, due_on(ended), {row.period for row in sent})
        progress.step(1, 2, "Gathering")
        return Standing(prepare(chosen), due_on(chosen), sent)

    return work


@dataclass(frozen=True, slots=True)
class Exported:
    """A return that was sent, and who is in it."""

    sent: Sent
    going: Going


def exporting(
    desk: Desk, period: Quarter, path: str, *, send_anyway: bool
) -> Callable[[Progress], Exported]:
    """Return the work of gathering a return anew, writing it to *path* and recording it."""
    prepare = _preparing(desk)

    def work(progress: Progress) -> Exported:
        progress.step(0, 3, "Gathering")
        prepared = prepare(period)
        progress.step(1, 3, "Writing the workbook")
        sent = sending.send(desk.store, prepared, path, send_anyway=send_anyway, progress=progress)
        return Exported(sent, prepared.going)

    return work


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two returns, the older first, and the names behind codes."""

    title: str
    changes: tuple[RowChange, ...]
    names: Mapping[str, str]


def comparing(
    desk: Desk, about: ReturnSentRow, other: ReturnSentRow | None, now: Prepared
) -> Callable[[Progress], Compared]:
    """Return the work of comparing a return with another, or with the one that stands *now*."""

    def work(progress: Progress) -> Compared:
        progress.step(0, 2, "Reading what was sent")
        names = desk.store.read(names_by_code)
        if other is None:
            before = history.said_then(desk.store, about)
            title = f"What has changed since {revision_of(about)}"
            progress.step(1, 2, "Comparing")
            return Compared(title, compare(before, now.content, now.schema), names)
        older, newer = sorted((about, other), key=lambda row: (row.period, row.revision))
        title = f"What {revision_of(newer)} changed since {revision_of(older)}"
        return Compared(title, history.compared(desk.store, older, newer), names)

    return work


def saving_again(desk: Desk, sent: ReturnSentRow, path: str) -> Callable[[Progress], Path]:
    """Return the work of writing the workbook of a return once more."""

    def work(progress: Progress) -> Path:
        progress.step(0, 1, "Writing the workbook")
        return history.saved_again(desk.store, sent, path)

    return work


def leaving_blank(desk: Desk, prepared: Prepared, path: str) -> Callable[[Progress], Path]:
    """Return the work of writing a blank return for the borough and the quarter prepared."""
    borough = resources.borough_by_code(desk.organisation.code)

    def work(progress: Progress) -> Path:
        progress.step(0, 1, "Writing the workbook")
        template.write(prepared.schema, path, borough=borough, period=prepared.period)
        return Path(path)

    return work


def taking_in(desk: Desk, path: str) -> Callable[[Progress], tuple[Taken, ...]]:
    """Return the work of reading a receipt and recording it."""
    today = desk.clock.today()

    def work(progress: Progress) -> tuple[Taken, ...]:
        progress.step(0, 1, "Reading the receipt")
        return history.take_in(desk.store, path, today)

    return work


def _preparing(desk: Desk) -> Callable[[Quarter], Prepared]:
    """Return how a return is prepared, with what only the window's thread should ask for."""
    now, prepared_by = desk.clock.now(), desk.settings.prepared_by

    def prepare(period: Quarter) -> Prepared:
        return sending.prepare(
            desk.store,
            period,
            desk.lists,
            prepared_at=now,
            prepared_by=prepared_by,
            program_version=version(),
        )

    return prepare


def due_on(period: Quarter) -> date | None:
    """Return the day when the return for *period* is due; None where that is not known."""
    try:
        return resources.return_settings().due_on(period.last, resources.bank_holidays())
    except Problem:
        return None  # the settings or the list of bank holidays do not reach that far
