"""An audit is rehearsed: files drawn, every gap with the way to its place, saved as one PDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from apprentice_desk.documents.audit import NAMES_PEOPLE
from apprentice_desk.domain.audit_checks import GapKind
from apprentice_desk.ui.destinations import OpenApprentice, OpenHours, OpenPage, OpenReturnRecord
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.audit.page import AuditPage

Opener = Callable[..., AuditPage]


@pytest.fixture
def rehearsed(page: Opener, qtbot: Any) -> Callable[..., AuditPage]:
    def rehearse(size: str = "", seed: str = "20260901") -> AuditPage:
        opened = page("audit")
        opened.size_block.input.type_in(size)
        opened.seed_block.input.type_in(seed)
        opened.rehearse.click()
        qtbot.waitUntil(opened.rehearse.isEnabled)
        return opened

    return rehearse


def went(desk: Any) -> list[object]:
    places: list[object] = []
    desk.asked_to_go.connect(places.append)
    return places


def test_files_are_drawn_with_a_number_that_is_shown_and_draws_the_same_again(
    rehearsed: Callable[..., AuditPage], qtbot: Any
) -> None:
    opened = rehearsed("2")
    assert opened.seed_block.input.typed() == "20260901", "the day, unless another is typed"
    first = [each.file.id for each in opened.rehearsal.files]
    assert len(first) == 2
    assert "drawn with the number 20260901" in opened.drawn.text()
    assert opened.says.text() == opened.rehearsal.says()
    opened.others.click()
    qtbot.waitUntil(opened.rehearse.isEnabled)
    assert opened.seed_block.input.typed() == "20260902"
    opened.seed_block.input.type_in("20260901")
    opened.rehearse.click()
    qtbot.waitUntil(opened.rehearse.isEnabled)
    assert [each.file.id for each in opened.rehearsal.files] == first


def test_without_a_size_as_many_are_drawn_as_are_suggested(
    rehearsed: Callable[..., AuditPage],
) -> None:
    opened = rehearsed("", "")
    assert len(opened.rehearsal.files) == 5
    assert opened.rehearsal.sample.seed == 20260901


@pytest.mark.parametrize(("size", "seed"), [("0", ""), ("201", ""), ("two", ""), ("", "-1")])
def test_what_cannot_be_drawn_is_said_beside_the_field(page: Opener, size: str, seed: str) -> None:
    opened = page("audit")
    opened.size_block.input.type_in(size)
    opened.seed_block.input.type_in(seed)
    opened.rehearse.click()
    opened.others.click()
    block = opened.size_block if size else opened.seed_block
    assert block._error.text
    assert opened.rehearsal is None


def test_each_gap_leads_to_the_place_where_it_is_closed(
    rehearsed: Callable[..., AuditPage], desk: Any, qtbot: Any
) -> None:
    opened, places = rehearsed("5"), went(desk)
    wanted = {
        GapKind.PRICE: lambda gap: OpenApprentice(gap.target.record_id, "agreed_price"),
        GapKind.EVIDENCE: lambda gap: OpenHours(gap.target.record_id),
        GapKind.REVIEWS: lambda _gap: OpenReturnRecord("reviews"),
    }
    for kind, place in wanted.items():
        line = next(each for each in opened.model.shown if each.gap and each.gap.kind is kind)
        opened.table.choose(line.id)
        assert opened.gap_words.text() == line.gap.says
        assert opened.gap_closes.text() == line.gap.closes
        assert line.name in access.spoken_name(opened.go_there)
        opened.go_there.click()
        qtbot.keyClick(opened.table, Qt.Key.Key_Return)
        assert places[-2:] == [place(line.gap)] * 2


def test_a_file_without_a_gap_is_listed_too(
    rehearsed: Callable[..., AuditPage],
) -> None:
    opened = rehearsed("6")
    names = {each.file.name for each in opened.rehearsal.files}
    assert {line.name for line in opened.model.shown} == names


def test_where_nobody_has_begun_there_is_no_file_to_draw(
    store: Any, desk_on: Callable[..., Any], qtbot: Any
) -> None:
    opened = AuditPage(desk_on(store))
    qtbot.addWidget(opened)
    opened.show()
    opened.ask_before_saving()
    assert opened.question is None
    opened.rehearse.click()
    qtbot.waitUntil(opened.rehearse.isEnabled)
    assert opened.stack.currentWidget() is opened.nothing
    assert not opened.save.isEnabled()


def test_before_it_is_saved_it_is_said_that_it_names_people(
    gone_out: Any, rehearsed: Callable[..., AuditPage], tmp_path: Path, desk: Any, qtbot: Any
) -> None:
    opened = rehearsed("3")
    qtbot.keyClick(opened, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert opened.question is not None
    assert NAMES_PEOPLE in opened.question.accessibleDescription()
    assert opened.file_dialog is None, "nothing is asked before that is read"
    opened.question.confirm.click()
    assert isinstance(opened.file_dialog, QFileDialog)
    opened.file_dialog.reject()
    path = tmp_path / "rehearsal.pdf"
    opened.save_pdf(str(path))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert path.exists()
    if shutil.which("pdftotext"):
        told = subprocess.run(
            ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert "This is a rehearsal, not an audit." in told
        for each in opened.rehearsal.files:
            assert each.file.name in told
        assert told.count("Sample, invented people") >= 3
    assert gone_out() == [("audit rehearsal", 3)]


def test_hours_and_apprentices_lead_to_it_and_it_leads_back(
    page: Callable[..., Any], desk: Any, qtbot: Any
) -> None:
    places = went(desk)
    for name in ("hours", "apprentices"):
        menu = page(name).papers.menu()
        (action,) = [each for each in menu.actions() if "Audit" in each.text()]
        action.trigger()
        assert places[-1] == OpenPage("audit")
    qtbot.keyClick(page("audit"), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert places[-1] == OpenPage("hours")


def test_the_hours_of_a_gap_are_listed_all_of_them(
    page: Callable[..., Any], team: Any, qtbot: Any
) -> None:
    hours = page("hours")
    hours.arrive(OpenHours(team.ada))
    qtbot.waitUntil(lambda: bool(hours.list.model.shown))
    assert {row.apprenticeship_id for row in hours.list.model.shown} == {team.ada}
    assert len({row.done_on.year for row in hours.list.model.shown}) == 2, "not one week only"
    assert "All hours of Ada Obi" in hours.list.words()
    assert hours.stack.currentWidget() is hours.list
