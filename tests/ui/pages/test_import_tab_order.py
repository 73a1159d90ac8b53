"""Tab goes over the steps of an import as the eye does: from the top, and from left to right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from apprentice_desk.imports.fields import Kind
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step

HEAD = ("Date", "Hours", "What was done", "KSBs")
MORE = ("Apprentice", "Started at", *HEAD)


def book(path: Path, **sheets: list[tuple[object, ...]]) -> str:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return str(path)


def entry(day: int) -> tuple[object, ...]:
    return date(2026, 8, day), 1, "Reading", "K1"


@pytest.fixture
def importing(page: Callable[..., Any]) -> ImportsPage:
    opened: ImportsPage = page("imports")
    return opened


def wait(qtbot: Any, desk: Desk) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def reached_by_tab(page: ImportsPage, first: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside *page* from *first* on, until it leaves or comes round."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = []
    focus = QApplication.focusWidget()
    while focus is not None and focus not in reached and page.isAncestorOf(focus):
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
    return reached


def can_be_reached(part: QWidget) -> set[QWidget]:
    return {
        widget
        for widget in part.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }


def as_seen(page: ImportsPage, widgets: set[QWidget]) -> list[QWidget]:
    """Return *widgets* by their lines from the top, and in a line from the left."""
    places = {each: each.mapTo(page, QPoint()) for each in widgets}
    lines: list[list[QWidget]] = []
    for each in sorted(widgets, key=lambda one: places[one].y()):
        bottom = max((places[o].y() + o.height() for o in lines[-1]), default=0) if lines else 0
        middle = places[each].y() + each.height() // 2
        if lines and middle < bottom:
            lines[-1].append(each)
        else:
            lines.append([each])
    return [each for line in lines for each in sorted(line, key=lambda one: places[one].x())]


def called(widgets: list[QWidget]) -> list[str]:
    return [each.accessibleName() or type(each).__name__ for each in widgets]


def check(page: ImportsPage, least: int, part: QWidget) -> None:
    seen = as_seen(page, can_be_reached(part))
    assert len(seen) >= least
    reached = [each for each in reached_by_tab(page, seen[0]) if part.isAncestorOf(each)]
    assert called(reached) == called(seen)
    assert reached == seen


def check_foot(page: ImportsPage, last: QWidget, foot: QWidget) -> None:
    """Tab goes on from the last stop of a part to what stands below it."""
    below = as_seen(page, can_be_reached(foot))
    assert len(below) >= 1
    assert reached_by_tab(page, last)[1 : len(below) + 1] == below


def test_tab_follows_the_eye_over_a_log_whose_person_is_asked_for(
    importing: ImportsPage, qtbot: Any, desk: Desk, tmp_path: Path
) -> None:
    above = [("Apprentice", "Ada Obii"), HEAD]
    path = book(tmp_path / "log.xlsx", May=[*above, entry(3)], June=[*above, entry(4)])
    importing.arrive(ImportList(Kind.HOURS, path))
    wait(qtbot, desk)
    assert importing.step is Step.MATCH
    assert importing.match_part.proposals.isVisible()
    check(importing, 10, importing.match_part)


def test_tab_follows_the_eye_after_another_file_with_other_columns(
    importing: ImportsPage, qtbot: Any, desk: Desk, tmp_path: Path
) -> None:
    first = book(tmp_path / "first.xlsx", Log=[HEAD, entry(3)])
    importing.arrive(ImportList(Kind.HOURS, first))
    wait(qtbot, desk)
    check(importing, 8, importing.match_part)
    second = book(tmp_path / "second.xlsx", Log=[MORE, ("Ada Obi", "9:30", *entry(3))])
    importing.arrive(ImportList(Kind.HOURS, second))
    wait(qtbot, desk)
    check(importing, 10, importing.match_part)


def test_tab_follows_the_eye_over_the_rows_and_goes_on_below_them(
    importing: ImportsPage, qtbot: Any, desk: Desk, tmp_path: Path
) -> None:
    path = book(tmp_path / "log.xlsx", Log=[MORE, ("Ada Obi", "9:30", *entry(3))])
    importing.arrive(ImportList(Kind.HOURS, path))
    wait(qtbot, desk)
    check_foot(importing, as_seen(importing, can_be_reached(importing.match_part))[-1],
               importing.match_part.foot)  # fmt: skip
    importing.match_part.forward.click()
    wait(qtbot, desk)
    assert importing.step is Step.REVIEW
    rows = importing.review_part
    check(importing, 4, rows)
    check_foot(importing, as_seen(importing, can_be_reached(rows))[-1], rows.foot)


def test_tab_comes_to_a_step_made_later_before_what_follows_the_page(
    importing: ImportsPage, qtbot: Any, desk: Desk, tmp_path: Path
) -> None:
    window, before, after = QWidget(), QPushButton("Before"), QPushButton("After")
    qtbot.addWidget(window)
    down = QVBoxLayout(window)
    for part in (before, importing, after):
        down.addWidget(part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    path = book(tmp_path / "log.xlsx", Log=[MORE, ("Ada Obi", "9:30", *entry(3))])
    importing.arrive(ImportList(Kind.HOURS, path))
    wait(qtbot, desk)
    first = as_seen(importing, can_be_reached(importing.match_part))[0]
    before.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first
    importing.match_part.forward.click()
    wait(qtbot, desk)
    last = as_seen(importing, can_be_reached(importing.review_part.foot))[-1]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
