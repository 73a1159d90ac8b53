"""Who goes off to fix one thing comes back to the rest; the window comes back as it was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from apprentice_desk import settings
from apprentice_desk.records import apprentices
from apprentice_desk.records.standing import apprentice_rows
from apprentice_desk.ui.destinations import OpenApprentice
from apprentice_desk.ui.kit.dialogs import FormDialog
from ui.starting import NovemberClock

TODAY = NovemberClock().today()


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy_sample: Any) -> Path:
    monkeypatch.setenv("APPRENTICE_DESK_SETTINGS", str(tmp_path / "settings"))
    return Path(copy_sample(tmp_path / "exampleton.desk", TODAY))


def settled(window: Any, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not window.desk.jobs.is_busy)


def open_form(window: Any) -> FormDialog:
    (form,) = [each for each in window.findChildren(FormDialog) if each.isVisible()]
    return form


def without_an_end(desk: Any) -> tuple[str, date]:
    """Take the planned end away from somebody in training; return the name and the day."""
    rows = desk.store.read(apprentice_rows, TODAY, desk.lists.hours_rules, desk.lists.role_families)
    row = next(row for row in rows if row.course.training_planned_end_on and row.status == "live")
    held = desk.store.read(apprentices.held, row.id)
    planned = held.details.training_planned_end_on
    assert planned is not None
    with desk.store.change("Forget the planned end") as session:
        apprentices.correct(session, row.id, replace(held.details, training_planned_end_on=None))
    return row.name, planned


def test_a_fix_leads_back_to_the_return_with_the_next_finding(
    start: Any, sample: Path, qtbot: Any
) -> None:
    window = start(str(sample)).window
    name, planned = without_an_end(window.desk)
    window.show_page("returns")
    returns = window.page("returns")
    qtbot.waitUntil(
        lambda: (
            not window.desk.jobs.is_busy
            and name in [row.about for row in returns.findings.model.shown]
        )
    )
    place = [row.about for row in returns.findings.model.shown].index(name)
    returns.findings.table.choose(returns.findings.model.shown[place].id)
    qtbot.keyClick(returns.findings.table, Qt.Key.Key_Return)
    form = open_form(window)
    assert window.shown == "apprentices"
    form.form.set_value("training_planned_end_on", planned)
    form.panel.submit()
    assert window.shown == "returns"
    qtbot.waitUntil(lambda: name not in [row.about for row in returns.findings.model.shown])
    assert returns.findings.isAncestorOf(window.focusWidget())


def test_a_form_that_is_left_leads_back_too_and_one_of_the_page_itself_stays(
    start: Any, sample: Path, qtbot: Any
) -> None:
    window = start(str(sample)).window
    settled(window, qtbot)
    (row, *_) = window.page("apprentices")._rows or window.desk.store.read(
        apprentice_rows, TODAY, window.desk.lists.hours_rules, window.desk.lists.role_families
    )
    window.desk.go(OpenApprentice(row.id, "line_manager"))
    assert window.shown == "apprentices"
    open_form(window).reject()
    assert window.shown == "today"
    window.show_page("apprentices")
    window.desk.go(OpenApprentice(row.id, "line_manager"))
    open_form(window).reject()
    assert window.shown == "apprentices"


def test_the_line_of_a_return_leads_to_its_quarter_whatever_was_shown_before(
    start: Any, sample: Path, qtbot: Any
) -> None:
    window = start(str(sample)).window
    window.show_page("returns")
    returns = window.page("returns")
    settled(window, qtbot)
    assert returns.header.title.text() == "Return for October to December 2026"
    window.show_page("today")
    settled(window, qtbot)
    today = window.page("today")
    line = next(line for line in today.lines.lines if line.need.target.quarter)
    line.action.click()
    settled(window, qtbot)
    assert returns.header.title.text() == "Return for July to September 2026"


def test_today_is_come_to_at_the_line_that_was_left(start: Any, sample: Path, qtbot: Any) -> None:
    window = start(str(sample)).window
    settled(window, qtbot)
    today = window.page("today")
    today.lines.lines[1].action.setFocus()
    window.show_page("apprentices")
    window.show_page("today")
    assert window.focusWidget() is today.lines.lines[1].action


def test_the_window_comes_back_in_the_size_and_the_place_in_which_it_was_left(
    start: Any, sample: Path
) -> None:
    first = start(str(sample)).window
    assert first.isMaximized(), "its first size does not fit this screen of 800 by 800"
    first.setWindowState(Qt.WindowState.WindowNoState)
    first.setGeometry(40, 60, 700, 620)
    first.close()
    assert settings.load().window
    second = start(str(sample)).window
    assert not second.isMaximized()
    assert second.geometry().getRect() == (40, 60, 700, 620)
