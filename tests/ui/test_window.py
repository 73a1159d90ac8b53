"""The window as a whole: start, opening and making desks, undo, faults, closing."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from apprentice_desk import resources, settings
from apprentice_desk.app import pictures, starting
from apprentice_desk.app.program import Program
from apprentice_desk.commands import desks
from apprentice_desk.domain.needs import NeedKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import apprentices, hours, known_people, putting_off
from apprentice_desk.records.desks import open_store
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.destinations import OpenReturnRecord
from apprentice_desk.ui.kit import theme as themes
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.pages.today.first_look import first_agenda
from apprentice_desk.ui.shell.crash import CrashHook
from apprentice_desk.ui.shell.frame import JUST_A_MOMENT, Frame
from apprentice_desk.ui.shell.navigation import PlaceButton
from apprentice_desk.ui.shell.places import first_page
from apprentice_desk.ui.shell.window import Window
from ui.starting import NovemberClock

TODAY = date(2026, 11, 24)


@pytest.fixture
def sample(tmp_path: Path, copy_sample: Any) -> Path:
    return Path(copy_sample(tmp_path / "exampleton.desk", TODAY))


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "settings"
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(folder))
    return folder


class RepaintCounter(QObject):
    """Notes the figure that each repaint of a widget showed."""

    def __init__(self, watched: QWidget, figure: Callable[[], int], painted: list[int]) -> None:
        super().__init__(watched)
        self._figure = figure
        self._painted = painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted.append(self._figure())
        return False


def dialog_of(program: Program, kind: type) -> Any:
    found = [each for each in program.window.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def do_without_passphrase(program: Program) -> None:
    """Make the new desk without a passphrase, and say that one knows what that means."""
    asked = dialog_of(program, FormDialog)
    link = next(
        b for b in asked.findChildren(QPushButton) if b.text().startswith("Make it without")
    )
    link.click()
    question = dialog_of(program, Question)
    assert "can read everything in it" in question.accessibleDescription()
    question.confirm.click()


def test_nothing_slow_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    script = """
import sys
from PySide6.QtCore import QTimer
from apprentice_desk.app import starting
from apprentice_desk.app.program import Program
from apprentice_desk.clock import SystemClock
application = starting.application()
program = Program(application, SystemClock(), "")
def look():
    slow = {"sqlalchemy", "openpyxl", "reportlab", "docx", "alembic", "xlsxwriter"}
    window = program.window
    assert window.isVisible() and window.centralWidget() is None
    print(sorted(slow & set(sys.modules)))
    QTimer.singleShot(0, application.quit)
program.first_painted.connect(look)
program.start()
application.exec()
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, timeout=60, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_the_taskbar_is_told_whose_the_window_is_before_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows takes a name only from whom it has not seen a window of."""
    done: list[str] = []

    def no_application(_words: object) -> None:
        done.append("made")
        raise KeyboardInterrupt

    monkeypatch.setattr(starting, "tell_taskbar", lambda: done.append("told"))
    monkeypatch.setattr(starting, "application", no_application)
    with pytest.raises(KeyboardInterrupt):
        starting.run()
    assert done == ["told", "made"]


def test_without_a_desk_the_window_offers_the_ways_in(start: Any, qtbot: Any) -> None:
    program = start()
    furniture = program.window.furniture
    qtbot.waitUntil(lambda: bool(furniture.welcome and furniture.welcome.isVisible()))
    welcome = furniture.welcome
    qtbot.waitUntil(lambda: QApplication.focusWidget() is welcome.first)
    assert welcome.first.accessibleName() == "Borough"
    assert [welcome.make.text(), welcome.open.text(), welcome.sample.text()] == [
        "Make the desk…", "Open a desk…", "Open the sample desk",
    ]  # fmt: skip
    assert not program.window.actions_.log_hours.isEnabled()
    assert not program.window.navigation.isEnabled()


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.0), ("contrast", 2.0)])
def test_the_first_frame_looks_like_the_widgets_that_follow_it(
    theme: str, scale: float, qapp: QApplication
) -> None:
    """Places and colours agree: blurred to 8 pixels, hardly any spot of the two differs."""
    look = load_theme(theme, scale)
    apply(qapp, look)
    window = Window()
    window.furnish(look, Messages())
    window.resize(1440, 900)
    window.furniture.show_opening(JUST_A_MOMENT)
    window.furniture.top.menu.hide()  # what comes with the actions
    window.furniture.top.log.hide()
    window.show()
    window.furniture.top.search.hide()  # shown when the bar got its width
    window.furniture.top.search_button.hide()
    real = window.picture().toImage()
    frame = QImage(real.size(), real.format())
    painter = QPainter(frame)
    Frame(theme, scale).paint(painter, 1440, 900)
    painter.end()
    window.close()
    window.deleteLater()
    small = [
        image.scaled(
            180,
            112,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        for image in (real, frame)
    ]
    differing = 0
    for x in range(180):
        for y in range(105):  # above the foot, whose words come later
            one, other = (image.pixelColor(x, y) for image in small)
            if abs(one.lightness() - other.lightness()) > 40:
                differing += 1
    assert small[0] != QImage(small[0].size(), small[0].format())
    assert differing <= 40, f"{differing} of 18,900 spots differ"


def test_a_desk_opens_on_today_with_numbers_beside_the_places(
    start: Any, sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    assert program.window.shown == "today"
    assert "Exampleton" in program.window.windowTitle()
    lines = program.window.page("today").lines
    qtbot.waitUntil(lambda: len(lines.lines) > 3)
    assert program.window.actions_.log_hours.isEnabled()
    places = program.window.navigation.findChildren(PlaceButton)
    named = [each.accessibleName() for each in places if each.accessibleName() != each.text()]
    assert named[1:] == [
        "Apprentices, 17 on programme",
        "Contracts, 3 in force",
        "Secondments, 7 to see to",
        "Returns, 1 to see to",
    ]
    assert named[0].startswith("Today, ")
    assert named[0].endswith("things need you")


def test_numbers_stand_there_on_another_page_follow_changes_and_leave_with_the_desk(
    start: Any, sample: Path, qtbot: Any
) -> None:
    settings.save(settings.Settings(last_page="hours", last_used_on=TODAY.isoformat()))
    program = start(str(sample))
    window, desk = program.window, program.window.desk
    assert window.shown == "hours"
    place = next(p for p in window.navigation.findChildren(PlaceButton) if "Appr" in p.text())
    qtbot.waitUntil(lambda: place.accessibleName() == "Apprentices, 17 on programme")
    details = apprentices.ApprenticeDetails(
        family_name="New", course_title="Course", training_started_on=date(2026, 11, 2)
    )
    with desk.change("Enrol") as session:
        apprentices.enrol(session, details)
    qtbot.waitUntil(lambda: place.accessibleName() == "Apprentices, 18 on programme")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    window.leave()
    assert place.accessibleName() == "Apprentices"


def test_a_new_day_begins_on_today_and_the_same_day_where_it_was_left(
    start: Any, sample: Path
) -> None:
    program = start(str(sample))
    program.window.show_page("hours")
    program.window.close()
    assert settings.load().last_used_on == TODAY.isoformat()
    assert start(str(sample)).window.shown == "hours"
    yesterday = settings.Settings(last_page="hours", last_used_on="2026-11-23")
    assert first_page(yesterday, TODAY) == "today"
    assert first_page(settings.Settings(), TODAY) == "today"


def test_what_people_need_is_seen_before_the_desk_is_open(
    start: Any, sample: Path, qtbot: Any
) -> None:
    store = open_store(sample)
    needs = looked_at(store)
    behind = next(each for each in needs if each.kind is NeedKind.HOURS)
    with store.change("Put off") as session:
        details = putting_off.PutOffDetails(date(2026, 12, 1), "On leave")
        putting_off.put_off(session, behind, details, TODAY)
    store.close()
    program = Program(QApplication.instance(), NovemberClock(), str(sample))
    seen: list[tuple[bool, list[str]]] = []

    def look() -> None:
        lines = program.window.furniture.first_look.lines.lines
        seen.append((program.window.desk is None, [line.need.what for line in lines]))

    program.seen.connect(look)
    program.start()
    try:
        with qtbot.waitSignal(program.ready):
            pass
        ((was_before, shown),) = seen
        assert was_before
        assert behind.what not in shown
        assert len(shown) >= 2
        page = program.window.page("today")
        qtbot.waitUntil(lambda: bool(page.lines.lines))
        now = [line.need.what for line in page.lines.lines]
        assert [what for what in now if what in shown] == shown
        assert program.window.furniture.first_look is None
    finally:
        program.window.close()
        program.close()
        program.window.deleteLater()


def looked_at(store: Any) -> tuple[Any, ...]:
    rows = store.read(
        apprentice_rows, TODAY, resources.hours_rules(), resources.digital_standards().role_families
    )
    return first_agenda(rows, (), TODAY, "").needs


def test_the_apprentices_are_seen_before_the_desk_is_open(
    start: Any, sample: Path, qtbot: Any
) -> None:
    settings.save(settings.Settings(last_page="apprentices", last_used_on=TODAY.isoformat()))
    program = Program(QApplication.instance(), NovemberClock(), str(sample))
    seen: list[tuple[bool, list[Any]]] = []

    def look() -> None:
        table = program.window.furniture.first_look.table
        seen.append((program.window.desk is None, list(table.rows.shown)))

    program.seen.connect(look)
    program.start()
    try:
        with qtbot.waitSignal(program.ready):
            pass
        ((was_before, rows),) = seen
        assert was_before
        page = program.window.page("apprentices")
        qtbot.waitUntil(lambda: page.table.rows.total == 24)
        assert rows == list(page.table.rows.shown)
        assert len(rows) == 17
        assert program.window.furniture.first_look is None
        assert program.window.shown == "apprentices"
    finally:
        program.window.close()
        program.close()
        program.window.deleteLater()


def test_reading_a_large_desk_does_not_stop_the_window(
    start: Any, sample: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apprentice_desk.app.opening.LONG_SECONDS", 0.0)
    program = start(str(sample))
    program.window.show_page("apprentices")
    desk, page = program.window.desk, program.window.page("apprentices")
    assert desk.is_large
    qtbot.waitUntil(lambda: page.table.rows.total == 24 and not desk.jobs.is_busy)
    threads: list[bool] = []
    read = page._read

    def watched(*given: Any, **named: Any) -> Any:
        threads.append(threading.current_thread() is threading.main_thread())
        return read(*given, **named)

    page._read = watched
    row = page.table.rows.shown[0]
    with desk.change("Log 1 h") as session:
        hours.log_hours(session, hours.HoursDetails(row.id, TODAY, 60))
    after = row.figures.logged_minutes + 60
    qtbot.waitUntil(lambda: page.table.rows.shown[0].figures.logged_minutes == after)
    assert threads == [False]


def test_closing_a_desk_leads_back_to_the_welcome_which_lists_it(
    start: Any, sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    assert settings.load().recent_desks == (str(sample),), "a crash must not forget it"
    program.window.actions_.close_desk.trigger()
    welcome = program.window.furniture.welcome
    assert welcome.isVisible()
    assert program.window.desk is None
    assert not program.window.actions_.close_desk.isEnabled()
    (row,) = welcome.rows.values()
    assert row.recent.location == str(sample)
    with qtbot.waitSignal(program.ready):
        row.open.click()
    assert program.window.desk.store.location == str(sample)


def test_a_desk_that_is_gone_stays_on_the_list_until_it_is_taken_off(
    start: Any, tmp_path: Path, qtbot: Any
) -> None:
    gone = str(tmp_path / "gone.desk")
    settings.save(settings.Settings(recent_desks=(gone,)))
    program = start()
    furniture = program.window.furniture
    qtbot.waitUntil(lambda: bool(furniture.welcome and furniture.welcome.isVisible()))
    row = furniture.welcome.rows[gone]
    qtbot.waitUntil(lambda: row.is_gone)
    row.remove.click()
    assert furniture.welcome.rows == {}
    assert settings.load().recent_desks == ()


def test_a_new_desk_is_made_from_the_welcome(start: Any, tmp_path: Path, qtbot: Any) -> None:
    program = start()
    furniture = program.window.furniture
    qtbot.waitUntil(lambda: bool(furniture.welcome and furniture.welcome.isVisible()))
    furniture.welcome.form.set_value("borough", "E09000030")
    furniture.welcome.form.set_value("team", "Digital")
    furniture.welcome.make.click()
    do_without_passphrase(program)
    where = dialog_of(program, QFileDialog)
    assert where.selectedFiles()[0].endswith("tower-hamlets.desk")
    path = tmp_path / "tower-hamlets.desk"
    with qtbot.waitSignal(program.ready):
        where.fileSelected.emit(str(path))
    where.close()
    assert path.read_bytes().startswith(b"SQLite format 3")
    assert program.window.desk.organisation.team == "Digital"
    assert program.window.shown == "today"


def test_undo_and_redo_name_what_they_do(start: Any, sample: Path, qtbot: Any) -> None:
    program = start(str(sample))
    desk = program.window.desk
    actions = program.window.actions_
    assert not actions.undo.isEnabled()
    row = desk.store.read(known_people.known_people)[0]
    before = desk.store.read(hours.hours_rows)
    with desk.change("Log 1 h for Jo Bright") as session:
        hours.log_hours(session, hours.HoursDetails(row.apprenticeship_id, TODAY, 60))
    qtbot.waitUntil(lambda: actions.undo.isEnabled())
    assert actions.undo.text() == "Undo: Log 1 h for Jo Bright"
    actions.undo.trigger()
    qtbot.waitUntil(lambda: actions.redo.isEnabled())
    assert desk.store.read(hours.hours_rows) == before
    assert actions.redo.text() == "Redo: Log 1 h for Jo Bright"
    assert not actions.undo.isEnabled()
    actions.redo.trigger()
    qtbot.waitUntil(lambda: actions.undo.isEnabled())
    assert len(desk.store.read(hours.hours_rows)) == len(before) + 1
    assert actions.undo.text() == "Undo: Log 1 h for Jo Bright"


def test_a_page_shows_a_change_made_elsewhere_after_at_most_two_more_repaints(
    start: Any, sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    window, desk = program.window, program.window.desk
    window.show_page("apprentices")
    page = window.page("apprentices")
    qtbot.waitUntil(lambda: page.table.rows.total == 24)
    row = next(row for row in page.table.rows.shown if row.family_name == "Obi")
    before = row.figures.logged_minutes
    painted: list[int] = []

    def logged() -> int:
        return next(r for r in page.table.rows.shown if r.id == row.id).figures.logged_minutes

    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    counter = RepaintCounter(page.table.viewport(), logged, painted)
    page.table.viewport().installEventFilter(counter)
    with desk.change("Log 2 h for Ada Obi") as session:
        hours.log_hours(session, hours.HoursDetails(row.id, TODAY, 120))
    qtbot.waitUntil(lambda: before + 120 in painted)
    assert painted.index(before + 120) <= 2


def test_on_another_day_every_page_is_read_anew_when_it_is_shown(
    start: Any, sample: Path, qtbot: Any
) -> None:
    class Tomorrow(NovemberClock):
        def today(self) -> date:
            return date(2026, 11, 25)

    window = start(str(sample)).window
    window.show_page("apprentices")
    page = window.page("apprentices")
    qtbot.waitUntil(lambda: bool(page.table.rows.shown))

    def planned() -> list[int | None]:
        return [row.figures.planned_to_date_minutes for row in page.table.rows.shown]

    before = planned()
    window.show_page("today")
    window.desk.clock = Tomorrow()  # the window stood open over night
    window.show_page("apprentices")
    qtbot.waitUntil(lambda: planned() != before)


def test_closing_lets_go_of_the_desk_and_keeps_the_last_page(
    start: Any, sample: Path, own_settings: Path
) -> None:
    program = start(str(sample))
    lock = sample.with_name(sample.name + ".lock")
    assert lock.exists()
    program.window.show_page("hours")
    program.window.close()
    assert not lock.exists()
    kept = settings.load()
    assert kept.last_page == "hours"
    assert kept.recent_desks == (str(sample),)
    assert json.loads((own_settings / "settings.json").read_text(encoding="utf-8"))


def test_the_newest_desk_and_its_last_page_come_back(start: Any, sample: Path, qtbot: Any) -> None:
    settings.save(
        settings.Settings(
            recent_desks=(str(sample),), last_page="returns", last_used_on=TODAY.isoformat()
        )
    )
    program = start()
    qtbot.waitUntil(lambda: program.window.shown == "returns")


def test_a_desk_in_use_can_be_opened_to_read_only(start: Any, sample: Path, qtbot: Any) -> None:
    store = open_store(sample, person="Priya Raman")
    try:
        program = start(str(sample))
        question = dialog_of(program, Question)
        assert "Priya Raman" in question.accessibleDescription()
        with qtbot.waitSignal(program.ready):
            question.confirm.click()
        assert program.window.desk.store.is_read_only
        assert not program.window.actions_.log_hours.isEnabled()
    finally:
        store.close()


def test_a_desk_that_cannot_be_opened_is_said_in_the_banner(start: Any, tmp_path: Path) -> None:
    path = tmp_path / "letter.desk"
    path.write_text("Dear all, " * 40, encoding="utf-8")
    program = start(str(path))
    said = program.messages.current_problem
    assert "letter.desk" in said.text
    assert said.remedy
    assert program.window.desk is None


def test_a_new_desk_asks_for_borough_and_team_and_then_for_the_file(
    start: Any, tmp_path: Path, qtbot: Any
) -> None:
    program = start()
    program.window.asked.emit("new")
    form = dialog_of(program, FormDialog)
    form.panel.submit()
    assert form.isVisible(), "an empty form must not go through"
    form.form.set_value("borough", "E09000012")
    form.form.set_value("team", "Digital")
    form.panel.submit()
    do_without_passphrase(program)
    where = dialog_of(program, QFileDialog)
    assert where.selectedFiles()[0].endswith("hackney.desk")
    path = tmp_path / "new.desk"
    with qtbot.waitSignal(program.ready):
        where.fileSelected.emit(str(path))
    where.close()
    assert program.window.desk.organisation.name == "Hackney"
    assert program.window.shown == "today"
    assert path.exists()


def test_a_fault_is_told_once_and_keeps_a_report_without_texts(
    start: Any, sample: Path, own_settings: Path, qtbot: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    program = start(str(sample))

    def fault() -> None:
        raise LookupError("Ada Obi 1000000043")

    for _ in range(2):
        try:
            fault()
        except LookupError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    (hook,) = program.window.findChildren(CrashHook)
    qtbot.waitUntil(lambda: len(hook.dialogs) == 1)
    (kept,) = (own_settings / "faults").iterdir()
    report = kept.read_text(encoding="utf-8")
    assert "LookupError" in report
    for private in ("Ada", "1000000043", str(sample.parent)):
        assert private not in report
    assert "Ada" not in capsys.readouterr().err
    hook.dialogs[0].reject()


def test_a_fault_in_a_job_leads_to_the_same_dialog(start: Any, sample: Path, qtbot: Any) -> None:
    program = start(str(sample))

    def work(progress: object) -> None:
        raise ZeroDivisionError

    program.window.desk.jobs.run("Dividing", work)
    (hook,) = program.window.findChildren(CrashHook)
    qtbot.waitUntil(lambda: len(hook.dialogs) == 1)
    hook.dialogs[0].reject()


def test_what_a_page_could_not_read_is_said_and_called_no_fault(
    start: Any, sample: Path, own_settings: Path, qtbot: Any
) -> None:
    """Its drive was away: nobody is to send a report of that."""
    program = start(str(sample))
    error = Problem("hackney.desk could not be read.", "Check the drive, then try again.")
    sys.excepthook(type(error), error, None)
    messages = program.messages
    qtbot.waitUntil(lambda: messages.current_problem is not None)
    assert messages.current_problem.text == "hackney.desk could not be read."
    assert messages.current_problem.remedy == "Check the drive, then try again."
    (hook,) = program.window.findChildren(CrashHook)
    assert hook.dialogs == []
    assert not (own_settings / "faults").exists() or not any((own_settings / "faults").iterdir())


def test_closing_asks_before_work_is_stopped_and_then_nothing_of_it_is_kept(
    start: Any, sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    window, desk = program.window, program.window.desk
    store = desk.store
    row = store.read(known_people.known_people)[0]
    count = len(store.read(hours.hours_rows))

    def work(progress: Any) -> None:
        with store.change("Log for ever") as session:
            for n in itertools.count():  # a thousand a day, so that no day is ever full
                day = TODAY - timedelta(days=n // 1_000)
                hours.log_hours(session, hours.HoursDetails(row.apprenticeship_id, day, 1))
                progress.step(1, None, "Logging")

    job = desk.jobs.run("Logging for ever", work, writes=True)
    qtbot.waitUntil(lambda: job.state == "running")
    window.close()
    assert window.isVisible()
    question = dialog_of(program, Question)
    question.confirm.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    again = open_store(sample)
    assert len(again.read(hours.hours_rows)) == count
    again.close()


def hours_of_somebody(program: Any, qtbot: Any) -> Any:
    """Show the details of a day in the week of the hours."""
    program.window.show_page("hours")
    page = program.window.page("hours")
    qtbot.waitUntil(lambda: bool(page.week.model.people))
    page.week.go_to(None)
    return page.week.details


def test_closing_asks_before_half_typed_hours_are_lost(
    start: Any, sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    window = program.window
    details = hours_of_somebody(program, qtbot)
    details.form.set_value("what", "Read about queries")
    window.show_page("apprentices")
    window.close()
    assert window.isVisible()
    question = dialog_of(program, Question)
    assert window.shown == "hours"
    whose = details.head.text()
    assert question.accessibleDescription() == (
        f"Not saved yet, and lost if you leave: {whose}: What was learned “Read about queries”."
    )
    question.cancel.click()
    assert details.form.value("what") == "Read about queries"
    window.close()
    question = dialog_of(program, Question)
    question.confirm.click()
    assert not window.isVisible()


def test_the_keyboard_is_at_the_chosen_card_at_the_first_visit_to_secondments(
    start: Any, sample: Path, qtbot: Any
) -> None:
    """Its cards are there a turn after the page is."""
    window = start(str(sample)).window
    window.show_page("secondments")
    page = window.page("secondments")
    qtbot.waitUntil(lambda: window.focusWidget() is page.first_stop())
    assert page.first_stop().card.id == page.chosen.id


def test_a_page_that_goes_with_its_desk_reads_nothing_any_more(start: Any, sample: Path) -> None:
    """Else its clock, which has not run off yet, would have the file opened again, and held."""
    program = start(str(sample))
    window = program.window
    window.show_page("apprentices")
    page = window.page("apprentices")
    page._refresh_stale()
    read: list[object] = []
    page.refresh = lambda: read.append(page)
    page._is_stale = True  # as where something was changed while it was not in sight
    page._refresh_stale()
    assert read == [page]
    page._is_stale = True
    window.leave()
    page._refresh_stale()
    assert read == [page]


def test_what_was_changed_just_before_a_desk_was_closed_is_not_read_any_more(
    start: Any, sample: Path
) -> None:
    program = start(str(sample))
    desk, told = program.window.desk, []
    desk.changed.connect(told.append)
    behind = next(each for each in looked_at(desk.store) if each.kind is NeedKind.HOURS)
    with desk.change("Put it off") as session:
        details = putting_off.PutOffDetails(date(2026, 12, 1), "On leave")
        putting_off.put_off(session, behind, details, TODAY)
    assert told == [], "it is heard a turn later"
    program.window.leave()
    QApplication.processEvents()
    assert told == []


def test_what_is_half_typed_is_asked_about_before_another_desk_is_opened(
    start: Any, sample: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    window, desk = program.window, program.window.desk
    hours_of_somebody(program, qtbot).form.set_value("what", "Read about queries")
    window.asked.emit("sample")
    dialog_of(program, Question).cancel.click()
    assert window.desk is desk


def test_a_desk_that_cannot_be_opened_leaves_the_one_that_was_open(
    start: Any, sample: Path, tmp_path: Path, qtbot: Any
) -> None:
    program = start(str(sample))
    path = tmp_path / "letter.desk"
    path.write_text("Dear all, " * 40, encoding="utf-8")
    with qtbot.waitSignal(program.ready):
        program.open(str(path))
    assert program.window.desk is not None
    assert Path(program.window.desk.store.location) == sample
    assert "letter.desk" in program.messages.current_problem.text


def test_theme_and_text_size_are_shown_at_once_and_kept(start: Any, sample: Path) -> None:
    from dataclasses import replace

    program = start(str(sample))
    desk = program.window.desk
    desk.prefer(replace(desk.settings, theme="dark", text_size=150))
    assert program.theme.name == "dark"
    assert program.theme.text_scale == 1.5
    assert settings.load().theme == "dark"


def test_another_text_size_makes_the_pages_anew_but_keeps_what_is_half_typed(
    start: Any, sample: Path, qtbot: Any
) -> None:
    from dataclasses import replace

    program = start(str(sample))
    window = program.window
    details = hours_of_somebody(program, qtbot)
    typed, plain = window.page("hours"), window.page("apprentices")
    window.picture()  # until the page has settled
    details.form.type_in({"what": "Half a sentence"})
    assert typed.has_unsaved_changes
    window.desk.prefer(replace(window.desk.settings, text_size=175))
    qtbot.waitUntil(lambda: window.page("apprentices") is not plain)
    assert window.page("hours") is typed
    assert window.shown == "hours"


def test_a_team_that_is_renamed_is_known_at_once(start: Any, sample: Path, qtbot: Any) -> None:
    from apprentice_desk.records import organisation

    desk = start(str(sample)).window.desk
    with desk.change("Rename the team") as session:
        organisation.rename_team(session, "Digital services")
    qtbot.waitUntil(lambda: desk.organisation.team == "Digital services")


def test_more_contrast_is_taken_up_when_the_computer_asks_for_it(
    start: Any, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(str(sample))
    assert program.theme.name in ("light", "dark")
    monkeypatch.setattr(themes, "prefers_contrast", lambda _app: True)
    program.preferences.contrast.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert program.theme.name == "contrast"


@pytest.mark.parametrize("goes_there", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keyboard_moves_between_navigation_and_page(
    start: Any, sample: Path, qtbot: Any, goes_there: Qt.Key
) -> None:
    window = start(str(sample)).window
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.navigation.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), goes_there)
    assert window.shown == "apprentices"
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.page("apprentices").isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.shown == "today"


@pytest.mark.window
def test_a_real_window_logs_hours_by_keyboard_alone(sample: Path, own_settings: Path) -> None:
    if not os.environ.get("DISPLAY"):
        if os.environ.get("CI"):
            pytest.fail("There is no X server, though CI must have one.")
        pytest.skip("no X server: set DISPLAY")
    store = open_store(sample)
    before = len(store.read(hours.hours_rows))
    store.close()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "typing_in_a_real_window.py"), str(sample)],
        capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "xcb"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    store = open_store(sample)
    entries = store.read(hours.hours_rows)
    store.close()
    assert len(entries) == before + 1
    made = next(entry for entry in entries if entry.what == "Indexes and when they help")
    assert (made.name, made.minutes) == ("Ada Obi", 210)


def test_the_boroughs_of_a_new_desk_are_the_33() -> None:
    from apprentice_desk.ui.kit.theme import load_theme
    from apprentice_desk.ui.shell.new_desk import new_desk_form

    form = new_desk_form(load_theme("light"))
    (field,) = [field for field in form.fields if field.name == "borough"]
    choices = list(field.choices)
    assert len(choices) == 33
    assert {code for code, _ in choices} == {
        borough.code for borough in resources.boroughs() if not borough.is_invented
    }
    form.deleteLater()
    assert desks.find_borough("e09000012").name == "Hackney"


def test_returns_leads_to_the_records_it_is_made_of_and_back(sample: Path) -> None:
    with pictures.windows_for_pictures(
        sample, theme="light", text_scale=1.0, size=(1440, 900), clock=NovemberClock()
    ) as window:
        window.show_page("returns")
        window.picture()
        returns: Any = window.page("returns")
        returns.made_of.links["pledges"].click()
        records: Any = window.page("return_records")
        assert (window.shown, records.shown_kind) == ("return_records", "pledges")
        assert records.part("pledges").model.rowCount() > 0
        records.back.click()
        assert window.shown == "returns"


def test_totals_that_are_typed_are_asked_about_before_the_window_closes(sample: Path) -> None:
    with pictures.windows_for_pictures(
        sample, theme="light", text_scale=1.0, size=(1440, 900), clock=NovemberClock()
    ) as window:
        assert window.desk is not None
        window.desk.go(OpenReturnRecord("characteristics"))
        records: Any = window.page("return_records")
        next(iter(records.totals.cards.values())).inputs[0][0].write(7)
        assert window.unsaved_pages() == ("return_records",)
        records.totals.revert()
        assert window.unsaved_pages() == ()
