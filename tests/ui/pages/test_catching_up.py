"""The catch-up plan in its dialog: around leave, never over the contract, and to sign."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from apprentice_desk.records.store import Store
from apprentice_desk.ui.pages.apprentices.catching_up import COLUMNS, CatchUpDialog
from apprentice_desk.ui.pages.apprentices.page import ApprenticesPage
from records.dumps import dump

Opener = Callable[..., ApprenticesPage]


def ask(page: ApprenticesPage, key: Any) -> CatchUpDialog:
    page.table.show_all()
    assert page.table.choose(key)
    page.actions_.catch_up.trigger()
    (dialog,) = [each for each in page.findChildren(CatchUpDialog) if each.isVisible()]
    return dialog


def words(dialog: CatchUpDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_it_begins_with_the_planned_end_and_is_worked_out_while_one_types(
    page: Opener, team: Any, make: Any, store: Store, qtbot: Any
) -> None:
    make.review(team.ada, date(2026, 9, 16))
    before = dump(store, with_log=True)
    dialog = ask(page("apprentices"), team.ada)
    assert dialog.form.value("by") == date(2027, 8, 31)
    assert "a week recovers 460 h by 31 Aug 2027." in dialog.says.text()
    plain = dialog.found.rate_minutes
    qtbot.keyClicks(dialog.form.input("leave").target, "1/12/2026 to 31/1/2027")
    assert dialog.found.rate_minutes > plain
    because = {week.first: COLUMNS[3].text(week) for week in dialog.model.shown}
    assert because[date(2026, 9, 14)] == "1 day off", "the review"
    assert because[date(2026, 12, 7)] == "no working day"
    assert because[date(2026, 9, 7)] == ""
    dialog.form.set_value("block_on", date(2026, 10, 7))
    dialog.work.click()
    because = {week.first: COLUMNS[3].text(week) for week in dialog.model.shown}
    assert because[date(2026, 10, 5)] == "block week"
    assert dump(store, with_log=True) == before


def test_at_a_rate_the_earliest_day_is_found(page: Opener, team: Any, qtbot: Any) -> None:
    dialog = ask(page("apprentices"), team.ada)
    dialog.form.set_value("by", None)
    dialog.form.set_value("rate_minutes", 20 * 60)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.says.text().startswith("20 h a week recovers ")
    assert dialog.found.by < date(2027, 8, 31)
    assert dialog.focusWidget() is dialog.table


def test_what_cannot_be_says_what_could_and_cannot_be_signed(page: Opener, team: Any) -> None:
    dialog = ask(page("apprentices"), team.ada)
    dialog.form.set_value("by", date(2026, 9, 4))
    dialog.work.click()
    assert "working days to it have" in words(dialog)
    assert "With every contracted hour it would be recovered by" in words(dialog)
    assert not dialog.pdf.isEnabled()
    assert not dialog.table.isVisible()
    dialog.form.set_value("rate_minutes", 40 * 60)
    dialog.work.click()
    assert "more than the contracted 36 h" in words(dialog)
    dialog.form.set_value("rate_minutes", None)
    dialog.form.set_value("by", date(2040, 1, 1))
    dialog.work.click()
    assert "bank holidays of 2029 are not known" in words(dialog)


def test_where_too_little_is_known_it_says_what_is_missing(
    page: Opener, team: Any, make: Any
) -> None:
    nothing = make.apprentice(given_names="No", family_name="Hours", agreed_minutes=None,
                              standard_code=None, course_title="A course")  # fmt: skip
    no_week = make.apprentice(given_names="No", family_name="Week", weekly_minutes=None)
    opened = page("apprentices")
    dialog = ask(opened, nothing)
    assert "What is required is not known" in words(dialog)
    assert not dialog.pdf.isEnabled()
    dialog.close()
    assert "The contracted hours are not known" in words(ask(opened, no_week))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the PDF back")
def test_the_agreement_is_saved_as_one_page_marked_as_sample(
    page: Opener, team: Any, qtbot: Any, tmp_path: Path
) -> None:
    dialog = ask(page("apprentices"), team.ada)
    path = tmp_path / "agreement.pdf"
    dialog.save_pdf(str(path))
    qtbot.waitUntil(lambda: "Saved" in words(dialog), timeout=60_000)
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    for part in (
        "Catch-up agreement", "Ada Obi", "Grace Park", "Thamesbank", "Page 1 of 1",
        "Sample, invented people", "Training provider told",
    ):  # fmt: skip
        assert part in told
    assert dialog.file_name() == "Catch-up agreement Ada Obi 2026-09-01"
