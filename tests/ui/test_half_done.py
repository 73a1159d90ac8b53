"""What was half typed when the program went down: there again in the next window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from apprentice_desk import settings
from apprentice_desk.clock import SystemClock
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.drafts import Drafts
from apprentice_desk.ui import desk as desks
from apprentice_desk.ui.destinations import (
    AddApprentice,
    LogHours,
    OpenApprentice,
    OpenContract,
    OpenPage,
    OpenProvider,
    OpenReturnRecord,
    WriteClause,
    destination_of,
    place_of,
)
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from ui.starting import NovemberClock

CRASHING = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.clock import SystemClock
application = starting.application()
program = Program(application, SystemClock(), sys.argv[1])
kept = Path(sys.argv[1] + ".drafts")
def type_something():
    program.window.show_page("hours")
    page = program.window.page("hours")
    if page._is_stale or not page.week.model.people or program.window.desk.jobs.is_busy:
        QTimer.singleShot(20, type_something)
        return
    page.week.go_to(page.week.model.people[2].id)
    page.week.details.form.type_in({"what": "Half a sen"})
    look()
def look():
    if kept.exists():
        os._exit(70)
    QTimer.singleShot(20, look)
program.ready.connect(type_something)
program.start()
application.exec()
"""

CRASHING_IN_A_CLAUSE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.clock import SystemClock
from apprentice_desk.ui.destinations import WriteClause
application = starting.application()
program = Program(application, SystemClock(), sys.argv[1])
kept = Path(sys.argv[1] + ".drafts")
def type_something():
    program.window.go(WriteClause(replaces="of-law"))
    QTest.keyClicks(program.window.page("clause").text, "Half a sen")
    look()
def look():
    if kept.exists():
        os._exit(70)
    QTimer.singleShot(20, look)
program.ready.connect(type_something)
program.start()
application.exec()
"""


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(settings.FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def sample_desk(tmp_path: Path, copy_sample: Any) -> Path:
    today = NovemberClock().today()
    return Path(copy_sample(tmp_path / "sampleford.desk", today, "sampleford.toml"))


def crash_while_typing(desk_file: Path, script: str = CRASHING) -> Path:
    done = subprocess.run(
        [sys.executable, "-c", script, str(desk_file)],
        capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 70, done.stderr
    return desk_file.with_name(desk_file.name + ".drafts")


def test_after_a_crash_the_form_is_named_led_to_and_put_back(
    start: Any, tmp_path: Path, copy_sample: Any, qtbot: Any
) -> None:
    desk_file = tmp_path / "sampleford.desk"
    copy_sample(desk_file, SystemClock().today(), "sampleford.toml")
    kept = crash_while_typing(desk_file)
    (draft,) = Drafts(kept, json.loads(kept.read_bytes())["drafts"][0]["person"]).waiting()
    destination = destination_of(draft.place)
    assert isinstance(destination, LogHours)
    program = start(str(desk_file))
    said = program.messages.current_problem
    assert said.text.startswith(f"“{draft.title}” was left half-done on ")
    assert draft.title.startswith("Hours of ")
    assert said.action_text == "Go to it"
    said.action()
    assert program.window.shown == "hours"
    page = program.window.page("hours")
    cell = Cell(destination.apprenticeship_id, destination.done_on)
    qtbot.waitUntil(lambda: page.week.table.cell == cell)
    assert not page.has_unsaved_changes
    page.week.details.unsaved.keeper.offer.back.click()
    assert page.week.details.form.value("what") == "Half a sen"
    program.window.close()
    (question,) = program.window.findChildren(Question)
    question.confirm.click()
    qtbot.waitUntil(lambda: program.window.desk is None)
    assert not kept.exists(), "the person said that it may go"


def test_a_clause_that_was_half_written_is_led_to_and_gone_once_it_is_saved(
    start: Any, sample_desk: Path, qtbot: Any
) -> None:
    kept = crash_while_typing(sample_desk, CRASHING_IN_A_CLAUSE)
    program = start(str(sample_desk))
    said = program.messages.current_problem
    assert said.text.startswith("“Clause Law and courts” was left half-done on ")
    said.action()
    assert program.window.shown == "clause"
    page = program.window.page("clause")
    assert not page.text.toPlainText().startswith("Half")
    page.keeper.offer.back.click()
    assert page.text.toPlainText().startswith("Half a senThe law of England")
    qtbot.waitUntil(kept.exists)  # as it is not saved yet
    page.form.set_value("written_by", "Priya Shah")
    assert page.save()
    program.window.desk.drafts.close()
    assert not kept.exists()


def test_a_lid_that_was_closed_and_the_window_that_went_with_it_lose_nothing(
    start: Any, desk_file: Path, qtbot: Any
) -> None:
    program = start(str(desk_file))
    program.window.actions_.add_apprentice.trigger()
    (dialog,) = program.window.findChildren(FormDialog)
    dialog.form.type_in({"given_names": "Ad"})
    kept = Path(f"{desk_file}.drafts")
    qtbot.waitUntil(kept.exists)
    half = kept.read_bytes()
    dialog.panel._let_go()
    qtbot.waitUntil(lambda: not program.window.desk.jobs.is_busy)
    program.window.close()
    assert program.window.desk is None
    kept.write_bytes(half)
    again = start(str(desk_file))
    again.messages.current_problem.action()
    (dialog,) = again.window.findChildren(FormDialog)
    assert dialog.form.value("given_names") is None
    QTest.keyClick(dialog.panel.keeper.offer.back, Qt.Key.Key_Space)
    assert dialog.form.value("given_names") == "Ad"
    dialog.panel._let_go()


def test_what_is_saved_is_not_offered_again(start: Any, sample_desk: Path, qtbot: Any) -> None:
    program = start(str(sample_desk))
    window = program.window
    window.show_page("hours")
    page, drafts = window.page("hours"), window.desk.drafts
    qtbot.waitUntil(lambda: bool(page.week.model.people))
    page.week.go_to(None)
    details = page.week.details
    details.form.type_in({"minutes": "2:30", "what": "Databases"})
    details.unsaved.keeper.keep()
    assert [draft.title[:9] for draft in drafts.waiting()] == ["Hours of "]
    details.submit()
    qtbot.waitUntil(lambda: not window.desk.jobs.is_busy)
    assert drafts.waiting() == ()


@pytest.mark.parametrize(
    "destination",
    [
        OpenPage("settings"),
        OpenApprentice(uuid4(), "uln"),
        AddApprentice(),
        LogHours(),
        LogHours(uuid4()),
        LogHours(uuid4(), date(2026, 11, 20)),
        OpenContract(uuid4(), "files", uuid4()),
        OpenProvider(uuid4(), "actions", uuid4()),
        OpenReturnRecord("contracts", uuid4(), "title"),
        OpenReturnRecord("pledges"),
        WriteClause(uuid4()),
        WriteClause(next_of=uuid4()),
        WriteClause(title="Parking: cars", joins="order-form", follows="of-law"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_where_a_form_is_found_again_survives_as_text(destination: desks.Destination) -> None:
    assert destination_of(place_of(destination)) == destination


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"to": "Nowhere"},
        {"to": "OpenPage"},
        {"to": "LogHours", "apprenticeship_id": "x"},
        {"to": "LogHours", "done_on": "yesterday"},
    ],
    ids=str,
)
def test_a_place_that_makes_no_sense_leads_nowhere(place: dict[str, str]) -> None:
    assert destination_of(place) is None


LEAVING_A_COPY = """
import os, sys
from pathlib import Path
from apprentice_desk.ui.kit.opened_files import OpenedFiles
OpenedFiles(Path(sys.argv[1])).put("notes.txt", b"learned")
os._exit(70)
"""


def test_what_was_open_elsewhere_when_it_went_down_goes_at_the_next_start(
    start: Any, qtbot: Any
) -> None:
    folder = settings.cache_folder() / desks.OPENED
    done = subprocess.run([sys.executable, "-c", LEAVING_A_COPY, str(folder)], timeout=300)
    assert done.returncode == 70
    assert list(folder.glob("*/*/notes.txt"))
    start()
    qtbot.waitUntil(lambda: not folder.exists())
