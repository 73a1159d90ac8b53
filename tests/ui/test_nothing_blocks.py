"""Long work is done on other threads than the window's, which goes on answering.

What is watched is where the work really happens: the statements that the database is asked, the
workbooks and lists that are opened for reading, the files that are written.  The bench `standstill`
measures how long the window stands still meanwhile; here the mechanism is proved on a smaller desk.
"""

from __future__ import annotations

import csv
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from sqlalchemy import Engine, event

from apprentice_desk.app.program import Program
from apprentice_desk.ui.destinations import ImportList, MergeReturns
from apprentice_desk.ui.pages.imports.page import Step
from bench import big_desk, returns_made

ROWS = 3_000
LONG = 120_000  # milliseconds to wait at most; a bound against hanging
ENTRIES = "off_the_job_entry"


class Watch:
    """What was done on the window's thread, and what on others; and how often the window turned."""

    def __init__(self) -> None:
        self.window = threading.get_ident()
        self.here: Counter[str] = Counter()
        self.beside: Counter[str] = Counter()
        self.turns = 0
        self._is_on = True

    def note(self, what: str) -> None:
        """Take note that *what* is done on this thread."""
        if self._is_on:
            (self.here if threading.get_ident() == self.window else self.beside)[what] += 1

    def statement(self, _connection: Any, _cursor: Any, said: str, *_rest: Any) -> None:
        """Take note of a statement; all that asks for everybody's hours is one kind."""
        self.note(
            "every hour" if ENTRIES in said and "apprenticeship_id = ?" not in said else "else"
        )

    def audited(self, name: str, given: tuple[Any, ...]) -> None:
        """Take note of files that are opened."""
        if self._is_on and name == "open" and given and isinstance(given[0], str | Path):
            path = str(given[0])
            if path.endswith((".csv", ".xlsx")):
                self.note(f"file {Path(path).suffix}")

    def close(self) -> None:
        """Take no more notes: an audit hook cannot be taken away."""
        self._is_on = False


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watch statements and files from here on, and the turns of the event loop."""
    watch = Watch()
    event.listen(Engine, "before_cursor_execute", watch.statement)
    sys.addaudithook(watch.audited)
    timer = QTimer()
    timer.setInterval(1)

    def turn() -> None:
        watch.turns += 1

    timer.timeout.connect(turn)
    timer.start()
    yield watch
    timer.stop()
    watch.close()
    event.remove(Engine, "before_cursor_execute", watch.statement)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk like the one of 375,000 entries, with fewer of them."""
    return big_desk.make(tmp_path_factory.mktemp("large") / "large.desk", 60, 50)


@pytest.fixture
def opened(
    large: Path, tmp_path: Path, start: Callable[[str], Program], monkeypatch: pytest.MonkeyPatch,
    watch: Watch,
) -> Program:  # fmt: skip
    """The program on the large desk, which it takes for as large as it was made to be."""
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setattr("apprentice_desk.app.opening.LONG_SECONDS", 0.0)
    own = tmp_path / "large.desk"
    own.write_bytes(large.read_bytes())
    return start(str(own))


def settle(program: Program, qtbot: Any, until: Callable[[], object] = lambda: True) -> None:
    desk = program.window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: bool(until()) and not desk.jobs.is_busy, timeout=LONG)


def test_a_large_desk_is_opened_and_read_beside_the_window(
    opened: Program, qtbot: Any, watch: Watch
) -> None:
    window = opened.window
    settle(opened, qtbot)
    window.show_page("apprentices")
    apprentices: Any = window.page("apprentices")
    settle(opened, qtbot, lambda: len(apprentices.model.shown) == 60)
    window.show_page("hours")
    page: Any = window.page("hours")
    settle(opened, qtbot, lambda: page.week.model.people)
    assert window._finder is not None
    assert window._finder.is_ready
    assert watch.beside["every hour"]
    assert watch.here["every hour"] == 0


def test_a_list_is_read_reviewed_and_brought_in_beside_the_window(
    opened: Program, qtbot: Any, watch: Watch, tmp_path: Path
) -> None:
    log = tmp_path / "log.csv"
    with log.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Apprentice", "Date", "Hours", "What was done"))
        for n in range(ROWS):
            day = big_desk.TODAY - timedelta(days=n // 60)
            name = f"Given{n % 60:04d} Family{n % 60 * 7919 % 60:04d}"
            writer.writerow((name, f"{day:%d/%m/%Y}", f"{61 + n // 60}m", f"Part {n}"))
    settle(opened, qtbot)
    watch.here.clear()
    watch.beside.clear()
    window = opened.window
    window.go(ImportList("hours", str(log)))
    page: Any = window.page("imports")
    settle(opened, qtbot, lambda: page.step is Step.MATCH)
    page.match_part.forward.click()
    settle(opened, qtbot, lambda: page.step is Step.REVIEW)
    before = watch.turns
    page.bring_in()
    settle(opened, qtbot, lambda: page.step is Step.DONE)
    assert len(page.journey.review.entries()) == ROWS
    assert watch.turns - before > 10
    assert watch.beside["every hour"]
    assert watch.beside["file .csv"]
    assert watch.here["every hour"] == 0
    assert watch.here["file .csv"] == 0


def test_returns_are_merged_and_written_beside_the_window(
    opened: Program, qtbot: Any, watch: Watch, tmp_path: Path
) -> None:
    folder = tmp_path / "returns"
    returns_made.make(folder, 5)
    settle(opened, qtbot)
    watch.here.clear()
    watch.beside.clear()
    window = opened.window
    before = watch.turns
    window.go(MergeReturns((str(folder),)))
    page: Any = window.page("merge")
    settle(opened, qtbot, lambda: page.incoming.merged)
    assert len(page.incoming.merged.returns) == 33
    made = tmp_path / "merged.xlsx"
    page.export_to(str(made))
    settle(opened, qtbot, made.is_file)
    assert watch.turns - before > 50
    assert watch.beside["file .xlsx"] >= 33
    assert watch.here["file .xlsx"] == 0


def test_a_watch_that_sees_the_work_done_here_says_so(watch: Watch, large: Path) -> None:
    """What the tests above would see if a job were done on the window's thread."""
    from apprentice_desk.commands import desks
    from apprentice_desk.records.desks import open_store
    from apprentice_desk.records.standing import apprentice_rows

    lists = desks.lists()
    store = open_store(large, read_only=True)
    store.read(apprentice_rows, date(2026, 11, 24), lists.hours_rules, lists.role_families)
    store.close()
    assert watch.here["every hour"]
