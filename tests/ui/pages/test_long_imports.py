"""A log of 100,000 rows in the window: it shows how far it is, can be stopped, and is in no way."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from apprentice_desk.records.hours import hours_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList
from apprentice_desk.ui.kit.jobs import State
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step
from records.dumps import Dump, dump

ROWS = 100_000
LONG = 120_000  # milliseconds to wait at most; a bound against hanging


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Apprentice", "Date", "Hours", "What was done"))
        for number in range(ROWS):
            # Days without hours so far, and none with more than it has: 48 rows of up to 48 m.
            day = date(2025, 8, 31) - timedelta(days=number // 3 % 700)
            name = ("Ada Obi", "Tomasz Nowak", "Mei Lin")[number % 3]
            minutes = 1 + number // 2100  # no two alike on a day, or they would look double
            writer.writerow((name, f"{day:%d/%m/%Y}", f"{minutes}m", f"Part {number}"))
    return path


def wait(qtbot: Any, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=LONG)
    QCoreApplication.sendPostedEvents()


def job_of(page: ImportsPage) -> Any:
    panels: list[ProgressPanel] = page.findChildren(ProgressPanel)
    return panels[-1]._job


def held(desk: Desk) -> Dump:
    """What the desk holds, but for how columns are matched: that is remembered on its own."""
    return {name: rows for name, rows in dump(desk.store).items() if name != "import_mapping"}


@pytest.fixture
def importing(page: Callable[..., Any], desk: Desk, qtbot: Any, long_log: Path) -> ImportsPage:
    """The page with the long log's columns matched."""
    opened: ImportsPage = page("imports")
    opened.arrive(ImportList("hours", str(long_log)))
    wait(qtbot, desk)
    assert opened.step is Step.MATCH
    return opened


def test_stopping_100_000_rows_leaves_nothing_behind_and_reading_never_waits(
    importing: ImportsPage, desk: Desk, qtbot: Any
) -> None:
    importing.match_part.forward.click()
    wait(qtbot, desk)
    assert importing.step is Step.REVIEW
    before = held(desk)
    entries = len(desk.store.read(hours_rows))
    seen: list[tuple[int, int | None]] = []
    read: list[int] = []

    def on_progress(done: int, total: int | None, doing: str) -> None:
        if doing == "Logging hours":
            seen.append((done, total))
            read.append(len(desk.store.read(hours_rows)))
            if done > ROWS // 4:
                job.stop()

    importing.bring_in()
    job = job_of(importing)
    job.progressed.connect(on_progress)
    wait(qtbot, desk)

    assert job.state is State.STOPPED
    assert importing.step is Step.REVIEW
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert {total for _, total in seen} == {ROWS}
    assert set(read) == {entries}
    assert held(desk) == before
    assert "Import" not in {change.label.split()[0] for change in desk.store.changes()}


def test_reviewing_100_000_rows_can_be_stopped_too(
    importing: ImportsPage, desk: Desk, qtbot: Any
) -> None:
    importing.match_part.forward.click()
    job = job_of(importing)

    def on_progress(done: int, total: int | None, doing: str) -> None:
        if doing == "Reading the rows" and done:
            job.stop()

    job.progressed.connect(on_progress)
    wait(qtbot, desk)
    assert job.state is State.STOPPED
    assert importing.step is Step.MATCH
    assert importing.match_part.forward.isEnabled()
