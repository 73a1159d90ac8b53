"""Every figure of the panel opens how it comes about, with keys alone, and prints as a page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from apprentice_desk.domain.explaining import Figure
from apprentice_desk.records.hours import HoursDetails, log_many
from apprentice_desk.records.store import Store
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.pages.apprentices.explaining import ExplainDialog
from apprentice_desk.ui.pages.apprentices.figure_links import LINKED
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage

Opener = Callable[..., ApprenticesPage]


def opened_dialog(page: ApprenticesPage) -> ExplainDialog:
    (dialog,) = [each for each in page.findChildren(ExplainDialog) if each.isVisible()]
    return dialog


def words(dialog: ExplainDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_each_figure_of_the_panel_is_a_button_that_says_that_it_explains(
    page: Opener, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    panel = opened.panel
    buttons = {
        Figure.LOGGED: panel.logged,
        Figure.AGAINST_PLAN: panel.against,
        Figure.FORECAST: panel.forecast,
        **{figure: panel.others.links[figure] for figure in LINKED},
    }
    assert set(buttons) == set(Figure), "no figure is left out"
    for figure, each in buttons.items():
        assert access.spoken_name(each).startswith(f"Explain {figure}: ")
        each.setFocus()
        qtbot.keyClick(each, Qt.Key.Key_Space)
        dialog = opened_dialog(opened)
        assert dialog.told.figure is figure
        dialog.close_button.click()


def test_one_key_opens_all_figures_and_the_arrows_go_through_them(
    page: Opener, team: Any, qtbot: Any
) -> None:
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    qtbot.keyClick(opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = opened_dialog(opened)
    seen = [dialog.told.figure]
    while len(seen) < len(Figure):
        qtbot.keyClick(dialog.choice, Qt.Key.Key_Down)
        seen.append(dialog.told.figure)
    assert seen == list(Figure)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_dialog_shows_formula_rule_and_the_entries_of_the_figure(
    page: Opener, team: Any
) -> None:
    opened = page("apprentices")
    assert opened.table.choose(team.tomasz)
    dialog = opened.actions_.explain_figure(Figure.PACE)
    assert "Entries that count, 8 Jul 2026 to 1 Sep 2026" in words(dialog)
    assert "What stands behind it: 4 entries" in words(dialog)
    assert len(dialog.entries.rows.shown) == 4
    dialog.choice.setCurrentIndex(list(Figure).index(Figure.LOGGED))
    assert len(dialog.entries.rows.shown) == 26
    dialog.choice.setCurrentIndex(list(Figure).index(Figure.MINIMUM))
    assert not dialog.entries.isVisible()
    assert "Check against the rules." in words(dialog)


def test_a_dated_plan_shows_its_activities(page: Opener, team: Any, make: Any) -> None:
    make.activity(team.ada, "Databases", 600, date(2026, 8, 1))
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    dialog = opened.actions_.explain_figure(Figure.PLANNED)
    assert [row.title for row in dialog.plan.rows.shown] == ["Databases"]
    assert dialog.plan.isVisible()
    assert "1 of them, 10 h" in words(dialog)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
def test_a_figure_with_thousands_of_entries_prints_as_one_page(
    gone_out: Any, page: Opener, team: Any, store: Store, qtbot: Any, tmp_path: Path
) -> None:
    days = [date(2025, 9, 1) + timedelta(days=number % 360) for number in range(3_000)]
    with store.change("Log hours") as session:
        log_many(session, [(HoursDetails(team.ada, day, 5), "") for day in days])
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    dialog = opened.actions_.explain_figure(Figure.LOGGED)
    assert len(dialog.entries.rows.shown) > 3_000
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.choice, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    asked = dialog.findChild(QFileDialog)
    assert asked is dialog.file_dialog
    asked.reject()
    path = tmp_path / "logged.pdf"
    dialog.save_pdf(str(path))
    qtbot.waitUntil(lambda: path.exists() and "Saved" in words(dialog))
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Page 1 of 1" in told
    assert "Ada Obi" in told
    assert "more rows stand on the page Hours." in told
    assert "Sample, invented people" in told
    assert gone_out() == [("page that explains figures", 1)]


def test_what_cannot_be_saved_is_said_in_the_dialog(
    page: Opener, team: Any, qtbot: Any, tmp_path: Path
) -> None:
    opened = page("apprentices")
    assert opened.table.choose(team.ada)
    dialog = opened.actions_.explain_figure(Figure.PLANNED)
    dialog.save_pdf(str(tmp_path / "no folder" / "page.pdf"))
    qtbot.waitUntil(lambda: dialog.messages.current_problem is not None)
