"""What the page Returns has done in the background: working the return out, and exporting it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from apprentice_desk import __version__, resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.returns_sent import ReturnSentRow, returns_sent_rows
from apprentice_desk.returns import sending
from apprentice_desk.returns.sending import Prepared, Sent
from apprentice_desk.ui.desk import Desk


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
        history = desk.store.read(returns_sent_rows)
        chosen = period
        if chosen is None:
            ended = Quarter.containing(today).previous()
            chosen = sending.period_to_send(today, due_on(ended), {row.period for row in history})
        progress.step(1, 2, "Gathering")
        return Standing(prepare(chosen), due_on(chosen), history)

    return work


def exporting(
    desk: Desk, period: Quarter, path: str, *, send_anyway: bool
) -> Callable[[Progress], Sent]:
    """Return the work of gathering a return anew, writing it to *path* and recording it."""
    prepare = _preparing(desk)

    def work(progress: Progress) -> Sent:
        progress.step(0, 2, "Gathering")
        prepared = prepare(period)
        progress.step(1, 2, "Writing the workbook")
        return sending.send(desk.store, prepared, path, send_anyway=send_anyway)

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
            program_version=__version__,
        )

    return prepare


def due_on(period: Quarter) -> date | None:
    """Return the day when the return for *period* is due; None where that is not known."""
    try:
        return resources.return_settings().due_on(period.last, resources.bank_holidays())
    except Problem:
        return None  # the settings or the list of bank holidays do not reach that far
