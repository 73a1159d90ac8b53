"""An Excel log goes out for whoever is chosen and comes back, shown before it is written."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.proposals import Repeat
from apprentice_desk.imports import steps
from apprentice_desk.imports.log_reading import RowKind
from apprentice_desk.imports.log_sheets import FilledLogError, is_log
from apprentice_desk.records import repeats
from apprentice_desk.records.hours import hours_rows
from apprentice_desk.records.repeats import RepeatDetails
from apprentice_desk.records.store import Store
from apprentice_desk.sheets import read_workbook
from apprentice_desk.ui.destinations import ImportList, OpenPage, TakeLog
from apprentice_desk.ui.pages.papers.page import PapersPage
from apprentice_desk.ui.shell.arriving import Arrival, Arrived, tell

Opener = Callable[..., PapersPage]


@pytest.fixture
def papers(page: Opener, desk: Any, qtbot: Any) -> PapersPage:
    opened = page("papers")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    return opened


def choose(papers: PapersPage, *names: str) -> None:
    papers.filter.clear()
    papers.table.clearSelection()
    model = papers.table.selectionModel()
    for number, row in enumerate(papers.model.shown):
        if row.name in names:
            index = papers.model.index(number, 0)
            model.select(index, model.SelectionFlag.Select | model.SelectionFlag.Rows)


@pytest.fixture
def filled(papers: PapersPage, desk: Any, qtbot: Any, tmp_path: Path) -> Path:
    """A log of Ada and Tomasz that went out and was filled in."""
    choose(papers, "Ada Obi", "Tomasz Nowak")
    papers.first.input.write(date(2026, 5, 1))
    path = tmp_path / "log.xlsx"
    papers.save_log(str(path))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    book = openpyxl.load_workbook(path)
    sheet = book["Hours"]
    first_blank = next(row for row in range(2, 100) if str(sheet[f"G{row}"].value) == "N1")
    assert first_blank > 2, "there is something in it already"
    sheet["C2"] = 3
    for column, value in zip("ABCDE", ("Ada Obi", date(2026, 8, 20), 1.5, "Workshop", "Joins"),
                             strict=True):  # fmt: skip
        sheet[f"{column}{first_blank}"] = value
    sheet[f"A{first_blank + 1}"] = "Nobody"
    book.save(path)
    return path


def look(papers: PapersPage, path: Path, desk: Any, qtbot: Any) -> None:
    papers.look_at(str(path))
    qtbot.waitUntil(lambda: papers.stack.currentWidget() is papers.review)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def test_papers_are_for_those_chosen_and_for_all_that_are_shown_without_a_choice(
    papers: PapersPage,
) -> None:
    everybody = [row.name for row in papers.chosen]
    assert "Ada Obi" in everybody
    assert len(everybody) == 4, "those on programme"
    choose(papers, "Ada Obi", "Tomasz Nowak")
    assert sorted(row.name for row in papers.chosen) == ["Ada Obi", "Tomasz Nowak"]
    assert papers.whom.text().startswith("For the 2 apprentices chosen, of 1 line manager.")
    papers.table.clearSelection()
    papers.filter.setText("Ada")
    assert papers.whom.text().startswith("For the 1 apprentice shown")
    papers.filter.setText("nobody at all")
    assert not papers.log.isEnabled()


def test_a_manager_begins_with_their_own(page: Opener, desk: Any, qtbot: Any) -> None:
    from dataclasses import replace

    desk.settings = replace(desk.settings, my_name="grace  park")
    opened = page("papers")
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert {row.line_manager for row in opened.chosen} == {"Grace Park"}


def test_before_a_log_is_saved_it_is_said_that_it_names_people(papers: PapersPage) -> None:
    papers.log.click()
    assert papers.question is not None
    assert "It names people" in papers.question.accessibleDescription()
    assert papers.file_dialog is None
    papers.question.confirm.click()
    assert isinstance(papers.file_dialog, QFileDialog)
    papers.file_dialog.reject()


@pytest.mark.parametrize("typed", ["31/2/2026", "2/9/2026"])
def test_a_day_that_is_none_or_to_come_is_said_beside_the_field(
    papers: PapersPage, typed: str
) -> None:
    papers.first.input.type_in(typed)
    papers.log.click()
    assert papers.first._error.text
    assert papers.question is None


def test_a_log_is_told_by_what_is_in_it_whatever_it_is_called(filled: Path, tmp_path: Path) -> None:
    other = filled.rename(tmp_path / "holiday photos.xlsx")
    assert tell([str(other)], "", _Quiet()) == Arrival(Arrived.LOG, (str(other),))
    with pytest.raises(Problem, match="each is a filled log"):
        tell([str(other), str(other)], "", _Quiet())
    with pytest.raises(FilledLogError):
        steps.choose(steps.begin("hours"), str(other))


class _Quiet:
    def step(self, *_told: Any) -> None:
        """Nobody waits."""


def test_import_hands_a_log_over_without_matching(
    filled: Path, page: Callable[..., Any], desk: Any, qtbot: Any
) -> None:
    places: list[object] = []
    desk.asked_to_go.connect(places.append)
    imports = page("imports")
    imports.arrive(ImportList("hours", str(filled)))
    qtbot.waitUntil(lambda: bool(places))
    assert places == [TakeLog(str(filled))]


def test_what_came_back_is_shown_before_anything_is_written_and_is_one_change(
    papers: PapersPage, filled: Path, desk: Any, qtbot: Any
) -> None:
    assert is_log(read_workbook(filled))
    before = desk.store.read(hours_rows)
    papers.arrive(TakeLog(str(filled)))
    qtbot.waitUntil(lambda: papers.stack.currentWidget() is papers.review)
    review = papers.review
    kinds = {row.kind: row for row in review.model.shown}
    assert set(kinds) == {RowKind.CORRECTION, RowKind.NEW, RowKind.WRONG}
    assert desk.store.read(hours_rows) == before
    assert "1 new row · 1 correction · 1 cannot be taken" in review.counts.text()
    review.table.choose(kinds[RowKind.WRONG].id)
    assert "is nobody of this log" in review.why.text()
    assert not review.turn.isEnabled()
    review.table.choose(kinds[RowKind.CORRECTION].id)
    assert "Hours: 10 h → 3 h" in review.why.text()
    assert review.take_in.text() == "Take in 2 rows"
    review.take_in.click()
    qtbot.waitUntil(lambda: papers.stack.currentWidget() is not papers.review)
    after = desk.store.read(hours_rows)
    assert len(after) == len(before) + 1
    qtbot.waitUntil(lambda: bool(desk.undo_label))
    assert desk.undo_label == "Take 1 entry of hours and correct 1 from log.xlsx"
    look(papers, filled, desk, qtbot)
    assert [row.kind for row in review.model.shown] == [RowKind.WRONG]
    assert not review.take_in.isEnabled()
    review.leave.click()
    desk.undo()
    assert {row.id: row.minutes for row in desk.store.read(hours_rows)} == {
        row.id: row.minutes for row in before
    }


def test_each_row_is_taken_or_left_with_a_key(
    papers: PapersPage, filled: Path, desk: Any, qtbot: Any
) -> None:
    look(papers, filled, desk, qtbot)
    review = papers.review
    row = next(each for each in review.model.shown if each.kind is RowKind.NEW)
    review.table.choose(row.id)
    qtbot.keyClick(review.table, Qt.Key.Key_Return)
    assert review.take_in.text() == "Take in 1 row"
    review.turn.click()
    assert review.take_in.text() == "Take in 2 rows"
    for each in tuple(review.model.shown):
        review._turn(each)
    assert review.take_in.text() == "Take in the rows"
    assert not review.take_in.isEnabled()


def test_a_file_that_is_no_log_is_said_and_the_page_stays(
    papers: PapersPage, desk: Any, qtbot: Any, tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    papers.look_at(str(tmp_path / "other.xlsx"))
    papers.look_at(str(tmp_path / "other.xlsx"))  # one at a time
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert "is no log that a desk has made" in str(desk.messages.said[-1])
    assert papers.stack.currentIndex() == 0


def test_the_file_that_came_back_can_be_asked_for(papers: PapersPage) -> None:
    papers.take.click()
    assert isinstance(papers.file_dialog, QFileDialog)
    papers.file_dialog.reject()


def test_it_leads_back_to_hours(papers: PapersPage, desk: Any, qtbot: Any) -> None:
    places: list[object] = []
    desk.asked_to_go.connect(places.append)
    qtbot.keyClick(papers, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert places == [OpenPage("hours")]


def test_pocket_sheets_are_one_pdf_with_a_sheet_for_each_manager(
    gone_out: Any,
    papers: PapersPage,
    desk: Any,
    team: Any,
    store: Store,
    qtbot: Any,
    tmp_path: Path,
) -> None:
    thursdays = Repeat(frozenset({3}), date(2026, 8, 6))
    with store.change("Remember a session") as session:
        repeats.keep_repeat(
            session,
            RepeatDetails(thursdays, ((team.ada, 390),), what="Cloud essentials", began_at="09:30"),
            date(2026, 9, 1),
        )
    qtbot.keyClick(papers, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert papers.question is not None, "that it names people comes first"
    papers.question.confirm.click()
    assert isinstance(papers.file_dialog, QFileDialog)
    papers.file_dialog.reject()
    path = tmp_path / "sheets.pdf"
    papers.save_sheets(str(path))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert path.exists()
    if shutil.which("pdftotext"):
        told = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert all(row.name in told for row in papers.chosen)
        assert "Grace Park" in told
        assert told.count("Cloud essentials (6 h 30 m, from 09:30)") == 4
        assert "on Thu 3 Sep 2026" in told
        assert "No line manager named" in told
        assert "Sample, invented people" in told
    papers.filter.setText("nobody at all")
    papers.question = None
    papers.ask_for_sheets()
    assert papers.question is None
    assert gone_out() == [("pocket sheets", 4)]
