"""The dialogs that log for several, where there is little room: what matters can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from apprentice_desk.ui.kit.theme import Theme, apply
from apprentice_desk.ui.pages.hours.calendar_dialog import CalendarDialog
from apprentice_desk.ui.pages.hours.page import HoursPage
from apprentice_desk.ui.sessions.dialog import SessionDialog
from apprentice_desk.ui.work_dialog import WorkDialog

Opener = Callable[..., HoursPage]
TITLE = "Workshop: databases, joins and how a query is planned"
CALENDAR = f"""BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@exampleton.example
SUMMARY:{TITLE}
DTSTART:20260827T093000
DTEND:20260827T123000
END:VEVENT
END:VCALENDAR
"""

SIZES = [(1.0, (1440, 900)), (1.0, (1024, 640)), (2.0, (1440, 900)), (2.0, (1024, 640))]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}-{size[1][0]}")
def opened(
    request: Any, page: Opener, theme: Theme, qapp: QApplication, team: Any, qtbot: Any
) -> Iterator[HoursPage]:
    """The page at a size of text and of window."""
    scale, size = request.param
    apply(qapp, theme, scale)
    made = page("hours", size)
    qtbot.waitUntil(lambda: bool(made.week.model.people))
    yield made
    apply(qapp, theme, 1.0)


def sized(opened: HoursPage, dialog: Any) -> Any:
    """Give a dialog the size that it would have on a screen as large as the page."""
    assert isinstance(dialog, WorkDialog)
    dialog.resize(opened.size() * 0.985)
    return dialog


def settled(qtbot: Any, table: Any) -> None:
    """Have the keyboard in a list, with all that follows."""
    table.window().activateWindow()
    table.setFocus()
    table.choose_first()
    qtbot.waitUntil(lambda: table.hasFocus() and table.chosen() is not None)


def in_sight(dialog: WorkDialog, table: Any) -> bool:
    """Whether the current row is seen whole."""
    row = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(dialog.area.viewport(), row.topLeft()).y()
    return top >= 0 and top + row.height() <= dialog.area.viewport().height()


def test_who_how_long_and_whether_it_counts_are_read_in_a_session(
    opened: HoursPage, team: Any, qtbot: Any
) -> None:
    opened.more.session()
    dialog: SessionDialog = sized(opened, opened.more.dialog)
    dialog.form.set_value("minutes", 210)
    table = dialog.people.table
    settled(qtbot, table)
    assert [table.rows.columns[place].heading for place in table.order.shown][:3] == [
        "Apprentice", "Hours", "Counts",
    ]  # fmt: skip
    assert table.horizontalScrollBar().maximum() == 0
    qtbot.waitUntil(lambda: in_sight(dialog, table))
    for row in table.rows.shown:
        table.choose(row.id)
        cut = {column.heading for column in table.cut_short(row) if column.text(row)}
        assert not cut & {"Apprentice", "Hours", "Counts"}
        qtbot.waitUntil(
            lambda cut=cut: all(f"{each}: " in dialog.whole.words.text() for each in cut)
        )


def test_day_title_and_whether_it_counts_are_read_of_an_event(
    opened: HoursPage, team: Any, tmp_path: Path, qtbot: Any
) -> None:
    path = tmp_path / "training.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    opened.more.read_calendar(str(path))
    dialog: CalendarDialog = sized(opened, opened.more.dialog)
    qtbot.waitUntil(lambda: dialog.events.rows.rowCount() == 1)
    qtbot.waitUntil(dialog.people.table.hasFocus)
    qtbot.waitUntil(lambda: in_sight(dialog, dialog.people.table))
    settled(qtbot, dialog.events)
    (line,) = dialog.events.rows.shown
    shown = [dialog.events.rows.columns[place].heading for place in dialog.events.order.shown]
    assert [each for each in shown if each in ("Day", "Hours", "Title", "Counts")] == [
        "Day", "Hours", "Title", "Counts",
    ]  # fmt: skip
    assert line.entry.done_on == date(2026, 8, 27)
    cut = {column.heading for column in dialog.events.cut_short(line)}
    assert not cut & {"Day", "Hours", "Counts"}
    assert dialog.events.horizontalScrollBar().maximum() == 0
    qtbot.waitUntil(lambda: in_sight(dialog, dialog.events))
    if "Title" in cut:
        qtbot.waitUntil(lambda: f"Title: {TITLE}" in dialog.whole.words.text())
    if "Activity" in cut:
        assert "Activity: Workshop (guessed)" in dialog.whole.words.text()
