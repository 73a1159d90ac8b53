"""What somebody sees who brings the employer download in for the first time."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtWidgets import QLabel, QWidget

from apprentice_desk.imports.fields import Kind
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import ImportList, OpenPage
from apprentice_desk.ui.pages.imports.page import ImportsPage, Step
from imports.layouts import layout

WHO, COURSE = 3, 4


@pytest.fixture
def download(tmp_path: Path) -> str:
    """The official layout with forty people, one of whom has a ULN of four digits, one twice."""
    with layout("11").open(encoding="utf-8", newline="") as file:
        head, first, *_ = csv.reader(file)
    rows = []
    for number in range(40):
        row = list(first)
        row[head.index("Apprentice name")] = f"Amara {chr(65 + number // 26)}{'bcdefghi' * 2}"
        row[head.index("Apprentice name")] += chr(97 + number % 26)
        row[head.index("ULN")] = ""
        row[head.index("Reference")] = row[head.index("Your reference")] = f"X{number}"
        rows.append(row)
    rows[7][head.index("Apprentice name")] = "Bilal Hale"
    rows[7][head.index("ULN")] = "1234"
    rows[3][head.index("Apprenticeship training course")] = "ST0116"
    path = tmp_path / "Manage apprentices.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows, rows[0]])
    return str(path)


@pytest.fixture
def importing(page: Callable[..., Any]) -> ImportsPage:
    opened: ImportsPage = page("imports")
    return opened


def wait(qtbot: Any, desk: Desk) -> None:
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    QCoreApplication.sendPostedEvents()


def is_in_sight(page: QWidget, part: QWidget) -> bool:
    place = QRect(part.mapTo(page, QPoint(0, 0)), part.size())
    return part.isVisible() and page.rect().contains(place) and place.height() > 0


def words(part: QWidget) -> str:
    return "\n".join(each.text() for each in part.findChildren(QLabel))


def test_the_first_step_says_which_lists_are_meant(importing: ImportsPage) -> None:
    importing.arrive(ImportList("apprentices"))
    assert "“Manage your apprentices”" in words(importing.choose_part)
    importing.choose_part.kind.button(Kind.HOURS).click()
    assert "“Manage your apprentices”" not in words(importing.choose_part)
    assert "A log of hours" in words(importing.choose_part)


@pytest.mark.parametrize("size", [(1224, 800), (808, 560)])
def test_the_next_step_is_in_sight_from_the_file_to_the_end(
    importing: ImportsPage, desk: Desk, qtbot: Any, download: str, size: tuple[int, int]
) -> None:
    importing.resize(*size)
    importing.arrive(ImportList("apprentices"))
    assert is_in_sight(importing, importing.choose_part.file_button)
    importing.choose(download)
    wait(qtbot, desk)
    assert importing.step is Step.MATCH
    assert importing.area.verticalScrollBar().maximum() > 0, "else this shows nothing"
    assert is_in_sight(importing, importing.match_part.forward)
    assert not is_in_sight(importing, importing.review_part.foot)
    importing.match_part.forward.click()
    wait(qtbot, desk)
    assert importing.step is Step.REVIEW
    assert is_in_sight(importing, importing.review_part.forward)
    assert not is_in_sight(importing, importing.match_part.foot)
    importing.review_part.forward.click()
    wait(qtbot, desk)
    assert importing.step is Step.DONE
    assert is_in_sight(importing, importing.done_part.go)
    assert not is_in_sight(importing, importing.review_part.foot)


def test_rows_name_the_person_and_the_course_even_where_they_stay_out(
    importing: ImportsPage, desk: Desk, qtbot: Any, download: str
) -> None:
    importing.arrive(ImportList("apprentices", download))
    wait(qtbot, desk)
    importing.match_part.forward.click()
    wait(qtbot, desk)
    model = importing.review_part.model
    lines = model.shown
    who = [model.columns[WHO].text(line) for line in lines]
    assert who[7] == "Bilal Hale"
    assert lines[7].badge.text == "Refused"
    assert lines[40].badge.text == "Left out"
    assert who[40] == who[0]
    assert model.columns[COURSE].text(lines[0]) == "Data analyst, Level: 4 (Standard)"
    assert model.columns[COURSE].text(lines[3]) == "Software developer", "known by its code"


def test_the_last_step_says_what_stayed_out_and_leads_to_what_is_next(
    importing: ImportsPage, desk: Desk, qtbot: Any, download: str
) -> None:
    importing.arrive(ImportList("apprentices", download))
    wait(qtbot, desk)
    importing.match_part.forward.click()
    wait(qtbot, desk)
    importing.review_part.forward.click()
    wait(qtbot, desk)
    said = importing.done_part.stayed_out.text()
    assert said.startswith("1 refused and 1 left out of the list")
    gone: list[object] = []
    desk.asked_to_go.connect(gone.append)
    importing.done_part.needs.click()
    assert gone == [OpenPage("today")]
    importing.done_part.undo.click()
    assert not importing.done_part.stayed_out.isVisible()
