"""Long work that no page shows itself stands above the page, with Stop; stopped, it did nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from apprentice_desk.app.program import Program
from apprentice_desk.commands.opening import opening
from apprentice_desk.domain.problems import Cancelled
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.desks import open_store
from apprentice_desk.ui.kit.progress import ProgressPanel
from bench import big_desk
from ui.starting import NovemberClock

LONG = 60_000  # milliseconds to wait at most; a bound against hanging


@pytest.fixture(scope="module")
def five_hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of 500 people."""
    return big_desk.make(tmp_path_factory.mktemp("people") / "people.desk", 500, 1)


@pytest.fixture
def program(
    five_hundred: Path, tmp_path: Path, start: Callable[[str], Program],
    monkeypatch: pytest.MonkeyPatch,
) -> Program:  # fmt: skip
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    own = tmp_path / "people.desk"
    own.write_bytes(five_hundred.read_bytes())
    return start(str(own))


def panels(program: Program) -> list[ProgressPanel]:
    room = program.window.furniture.progress
    return [each for each in room.findChildren(ProgressPanel) if each.isVisible()]


def stop_button(panel: ProgressPanel) -> QPushButton:
    return panel.findChildren(QPushButton)[0]


def said(program: Program) -> list[str]:
    return [message.text for message in program.messages.said]


class Gate:
    """Holds a job until it is let through, telling that it is nearly done, however slow it is."""

    def __init__(self) -> None:
        self.opened = threading.Event()

    def __call__(self, progress: Progress) -> None:
        for turn in range(1_000_000):
            progress.step(min(900 + turn, 999), 1_000, "Drawing")
            if self.opened.wait(0.005):
                return


def test_work_of_any_page_is_shown_above_it_and_says_what_was_not_done(
    program: Program, qtbot: Any
) -> None:
    desk = program.window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=LONG)
    assert not program.window.furniture.progress.isVisible()
    gate = Gate()
    desk.jobs.run("Drawing a picture", gate)
    desk.jobs.run("Looking around", gate, writes=True, is_quiet=True)
    qtbot.waitUntil(lambda: bool(panels(program)), timeout=LONG)
    (panel,) = panels(program)
    assert stop_button(panel).accessibleName() == "Stop: Drawing a picture"
    qtbot.waitUntil(lambda: panel._left.text() != "", timeout=LONG)
    assert panel._left.text() == "a few seconds left"
    stop_button(panel).click()
    qtbot.waitUntil(lambda: not panels(program), timeout=LONG)
    assert not program.window.furniture.progress.isVisible()
    assert said(program)[-1] == "“Drawing a picture” was stopped: nothing of it was done."
    gate.opened.set()


def test_a_list_of_500_people_that_is_stopped_on_its_way_to_paper_leaves_no_file(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    window = program.window
    window.show_page("apprentices")
    page: Any = window.page("apprentices")
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk.jobs.is_busy and page.model.total == 500, timeout=LONG)
    told: list[str] = []
    page.saver.save_pdf(str(tmp_path / "list.pdf"))
    (job,) = desk.jobs.running

    def on_progress(_done: int, total: int | None, doing: str) -> None:
        assert total
        told.append(doing)
        if doing != "Reading the list":
            job.stop()

    job.progressed.connect(on_progress)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=LONG)
    assert told
    assert said(program)[-1] == "“Saving the list as PDF” was stopped: nothing of it was done."
    assert not list(tmp_path.glob("list*"))


def test_opening_that_is_stopped_lets_go_of_the_desk(five_hundred: Path) -> None:
    class StopsWhenOpen(Progress):
        def step(self, done: int, total: int | None, doing: str) -> None:
            if doing == "Reading":
                self.stop()
            super().step(done, total, doing)

    work = opening(str(five_hundred), NovemberClock(), read_only=False)
    with pytest.raises(Cancelled):
        work(StopsWhenOpen())
    open_store(five_hundred).close()  # nobody has it open


def test_opening_that_is_stopped_leads_back_to_the_desk_before(
    program: Program, qtbot: Any, five_hundred: Path, tmp_path: Path
) -> None:
    before = program.window.desk
    assert before is not None
    location = before.store.location
    other = tmp_path / "other.desk"
    other.write_bytes(five_hundred.read_bytes())
    program.opener._open(str(other), read_only=False, key=None)
    assert program.opener._jobs is not None
    program.opener._jobs.running[0].stop()
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=LONG)
    assert program.window.desk is not None
    assert program.window.desk.store.location == location
