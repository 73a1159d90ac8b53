"""The page Merge returns: files come in, each is said yes or no to, one workbook goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from apprentice_desk.returns import receipts, schema, workbook
from apprentice_desk.returns.rows import ReturnContent
from apprentice_desk.sheets import read_workbook
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MergeReturns
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.pages.merge.page import MergePage
from returns.making import CAMDEN, HACKNEY, PERIOD, content

FORMAT = schema.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "returns"
    made.mkdir()
    return made


@pytest.fixture
def merging(page: Callable[..., Any]) -> MergePage:
    opened: MergePage = page("merge")
    return opened


def write(folder: Path, name: str, made: ReturnContent) -> str:
    workbook.write(made, FORMAT, folder / name)
    return str(folder / name)


def add(qtbot: Any, desk: Desk, page: MergePage, *paths: str | Path) -> None:
    page.add([str(path) for path in paths])
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def shown(page: MergePage) -> dict[str, str]:
    """What became of each file, in the list's words."""
    rows = page.returns.model
    return {row.file: rows.columns[1].text(row) for row in rows.shown if row.file}


def choose(page: MergePage, file: str) -> None:
    page.returns.table.choose(next(row.id for row in page.returns.model.shown if row.file == file))


def awaited(page: MergePage) -> list[str]:
    """The boroughs that the list says have not sent."""
    rows = page.returns.model
    return [row.borough for row in rows.shown if rows.columns[1].text(row) == "Not received"]


def test_before_any_return_the_page_says_what_to_do(merging: MergePage) -> None:
    assert merging.empty.isVisible()
    assert not merging.returns.isVisible()
    assert not merging.map.isVisible()
    assert not merging.export.isEnabled()
    assert merging.add_files.isEnabled()


def test_a_folder_is_read_and_each_return_says_what_became_of_it(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))
    write(folder, "c.xlsx", content(CAMDEN, 3))
    (folder / "broken.xlsx").write_bytes(b"no workbook")

    add(qtbot, desk, merging, folder)

    QAbstractItemModelTester(
        merging.returns.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert shown(merging) == {"broken.xlsx": "Refused", "c.xlsx": "Accepted", "h.xlsx": "Accepted"}
    assert merging.header.title.text() == "Merge returns · October to December 2026"
    assert merging.header.subtitle.text().startswith(
        "33 expected · 2 accepted · 31 not received · 1 file refused · merged in "
    )
    assert merging.figures["on_programme"].figure == "5"
    assert not merging.empty.isVisible()


def test_the_reason_of_the_chosen_return_stands_in_full_below_the_list(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "first.xlsx", content(HACKNEY))
    write(folder, "second.xlsx", content(HACKNEY, 3, revision=2))
    add(qtbot, desk, merging, folder)

    merging.returns.table.choose(next(r.id for r in merging.returns.model.shown if r.revision == 1))

    assert merging.returns.reason.text() == "Revision 2 stands in its place."
    assert merging.returns.which.text() == "first.xlsx, 2026-27 Q3, revision 1, 3 rows"


def test_findings_name_the_file(merging: MergePage, desk: Desk, folder: Path, qtbot: Any) -> None:
    made = content(HACKNEY, 2)
    broken = replace(made.apprentices[0], level=99)
    write(folder, "h.xlsx", replace(made, apprentices=(broken, made.apprentices[1])))

    add(qtbot, desk, merging, folder)

    first = merging.findings.model.row(0)
    assert (first.about, first.finding.place.heading) == ("h.xlsx", "Level")
    assert merging.findings.heading.text().startswith("1 finding that keeps something out")
    assert shown(merging) == {"h.xlsx": "Accepted in part"}


def test_returns_that_were_dropped_onto_the_window_are_added(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))
    merging.arrive(MergeReturns((str(folder),)))
    merging.arrive(MergeReturns((str(folder),)))
    warned = desk.messages.current_problem
    assert warned is not None
    assert "not added" in warned.text
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)

    assert shown(merging) == {"h.xlsx": "Accepted"}


def test_another_period_is_chosen_from_those_that_came_in(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "new.xlsx", content(HACKNEY))
    before = PERIOD.previous()
    old = content(CAMDEN, 0, period=before, prepared_at=datetime(2026, 10, 8, tzinfo=UTC))
    write(folder, "old.xlsx", replace(old, contracts=()))
    add(qtbot, desk, merging, folder)
    assert merging._period_block.isVisible()

    merging._period.write(before)
    merging._period.edited.emit()

    assert merging.header.title.text() == f"Merge returns · {before.words()}"
    assert shown(merging) == {"new.xlsx": "Another period", "old.xlsx": "Accepted"}


def test_a_return_can_be_taken_away_again(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))
    write(folder, "c.xlsx", content(CAMDEN))
    add(qtbot, desk, merging, folder)
    choose(merging, "c.xlsx")

    merging.returns.away.click()

    assert shown(merging) == {"h.xlsx": "Accepted"}
    choose(merging, "h.xlsx")
    merging.returns.away.click()
    assert merging.empty.isVisible()


def test_reading_again_sees_what_was_put_right(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    (folder / "h.xlsx").write_bytes(b"no workbook")
    add(qtbot, desk, merging, folder)
    write(folder, "h.xlsx", content(HACKNEY))

    merging.returns.again.click()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)

    assert shown(merging) == {"h.xlsx": "Accepted"}


def test_the_merged_workbook_is_written_and_the_page_says_where(
    gone_out: Any, merging: MergePage, desk: Desk, folder: Path, qtbot: Any, tmp_path: Path
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))
    write(folder, "c.xlsx", content(CAMDEN))
    add(qtbot, desk, merging, folder)
    path = tmp_path / "merged.xlsx"

    qtbot.keyClick(merging.returns.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert merging.file_dialog is not None
    merging.file_dialog.reject()
    merging.export_to(str(path))
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)

    sheet = read_workbook(path).sheet("Apprentices")
    assert sheet is not None
    assert {row[0] for row in sheet.rows[1:]} == {"Hackney", "Camden"}
    assert desk.messages.said[-1].text == (
        f"Merged into “merged.xlsx” in {tmp_path}. Receipts and findings for the boroughs are in"
        " “merged - for the boroughs” beside it."
    )
    receipt = receipts.read(
        tmp_path / "merged - for the boroughs" / "Hackney 2026-27 Q3 - receipt.json"
    )
    assert (receipt.borough_name, receipt.state.value) == ("Hackney", "accepted")
    assert gone_out() == [
        ("receipt or findings for a borough", 0),
        ("receipt or findings for a borough", 0),
        ("merged returns", 4),
    ]


def test_writing_can_be_stopped_and_then_nothing_is_there(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any, tmp_path: Path
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))
    add(qtbot, desk, merging, folder)

    merging.export_to(str(tmp_path / "merged.xlsx"))
    desk.jobs.running[0].stop()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)

    assert not [path for path in tmp_path.iterdir() if path.name.startswith("merged")]
    assert merging.export.isEnabled()


def test_a_workbook_that_is_no_merge_is_not_replaced(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    """That the return is one of the set is said in the banner, and the return stays."""
    path = write(folder, "h.xlsx", content(HACKNEY))
    before = Path(path).read_bytes()
    add(qtbot, desk, merging, folder)

    merging.export_to(path)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)

    assert desk.messages.current_problem is not None
    assert Path(path).read_bytes() == before


def test_progress_is_shown_while_returns_are_read_and_nothing_else_begins(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))

    merging.add([str(folder)])

    assert len(merging.findChildren(ProgressPanel)) == 1
    assert not merging.add_files.isEnabled()
    merging.add([str(folder)])
    assert len(desk.jobs.running) == 1
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)
    assert merging.add_files.isEnabled()


def test_a_folder_without_returns_is_said_in_the_banner(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    add(qtbot, desk, merging, folder)

    assert "No workbook was found" in str(desk.messages.current_problem)
    assert merging.add_folder.isEnabled()


def test_the_keyboard_reaches_everything_in_reading_order(
    merging: MergePage, desk: Desk, folder: Path, qtbot: Any
) -> None:
    write(folder, "h.xlsx", content(HACKNEY))
    add(qtbot, desk, merging, folder)

    assert access.unnamed_widgets(merging) == []
    assert access.out_of_order(merging) == []
    assert access.buttons_without_keyboard(merging) == []
