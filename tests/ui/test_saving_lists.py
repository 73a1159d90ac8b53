"""A list is saved as it is seen: these columns, in this order, these rows and no others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from apprentice_desk.domain.progress import Progress
from apprentice_desk.sheets import read_workbook
from apprentice_desk.ui import listing, saving_lists
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.clipboard import leave_plain_text
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.seen import SeenList, seen
from apprentice_desk.ui.pages.apprentices.columns import COLUMNS
from apprentice_desk.ui.saving_lists import ListSaver

PLACES = {column.heading: place for place, column in enumerate(COLUMNS)}
ORIGIN = listing.Origin("Exampleton", "1 Sep 2026", is_sample=True)


@pytest.fixture
def opened(page: Any) -> Any:
    """The apprentices narrowed, sorted and with their columns as no page has them at first."""
    made = page("apprentices")
    order = made.table.order
    for heading in ("Standard", "Provider", "Hours against plan"):
        order.show(PLACES[heading], is_shown=False)
    for heading in ("Training ends", "Logged"):
        order.show(PLACES[heading], is_shown=True)
    order.move(PLACES["Training ends"], -1)
    order.move(PLACES["Training ends"], -1)
    made.filter.setText("software")
    made.table.sort_by(PLACES["Logged"])
    made.table.sort_by(PLACES["Logged"])
    return made


def done(desk: Desk, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def test_what_is_seen_is_columns_rows_and_order(opened: Any, team: Any) -> None:
    now = seen(opened.table, "Apprentices", opened.narrowing.facts)
    assert [column.heading for column in now.columns] == [
        "Apprentice", "Training ends", "Status", "Logged",
    ]  # fmt: skip
    assert [row.name for row in now.rows] == ["Tomasz Nowak", "Ada Obi", "Mei Lin", "Jo Bright"]
    assert now.facts == (
        ("Shown", "4 of 6"),
        ("Status", "on programme"),
        ("Filter", "“software”"),
        ("Sorted by", "Logged, falling"),
    )


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_the_pdf_shows_what_the_screen_shows(
    gone_out: Any, opened: Any, desk: Desk, qtbot: Any, tmp_path: Path, messages: Messages
) -> None:
    opened.saver.save_pdf(str(tmp_path / "list.pdf"))
    done(desk, qtbot)
    told = ["pdftotext", "-layout", str(tmp_path / "list.pdf"), "-"]
    text = subprocess.run(told, capture_output=True, text=True, check=True).stdout
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines[:5] == [
        "Sample, invented people",
        "Apprentices",
        "Shown: 4 of 6 · Status: on programme · Filter: “software” · Sorted by: Logged, falling",
        "Apprentice Training ends Status Logged",
        "Tomasz Nowak 31/08/2027 On track 260:00",
    ]
    assert "Page 1 of 1" in lines[-1]
    assert "Kim Adeyemi" not in text
    assert messages.current is not None
    assert messages.current.action_text == "Open the folder"
    assert "list.pdf" in messages.current.text
    assert gone_out() == [("list", 4)]


def test_the_workbook_has_days_and_hours_as_such(
    opened: Any, desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    opened.saver.save_workbook(str(tmp_path / "list.xlsx"))
    done(desk, qtbot)
    rows, about = (sheet.rows for sheet in read_workbook(tmp_path / "list.xlsx").sheets)
    assert rows[0] == ("Apprentice", "Training ends", "Status", "Logged")
    assert [row[0] for row in rows[1:]] == ["Tomasz Nowak", "Ada Obi", "Mei Lin", "Jo Bright"]
    ends, logged = rows[1][1], rows[1][3]
    assert (ends.date() if hasattr(ends, "date") else ends) == date(2027, 8, 31)
    assert float(logged) == 260
    facts = {row[0]: row[1] for row in about[1:]}
    assert facts["Filter"] == "“software”"
    assert facts["Note"] == "Sample, invented people"


def test_the_clipboard_takes_the_list_as_text_and_as_a_table(
    opened: Any, desk: Desk, qtbot: Any, messages: Messages
) -> None:
    opened.saver.copy.trigger()
    done(desk, qtbot)
    content = QApplication.clipboard().mimeData()
    assert content.text().splitlines()[:2] == [
        "Apprentice\tTraining ends\tStatus\tLogged",
        "Tomasz Nowak\t31/08/2027\tOn track\t260:00",
    ]
    assert ">Training ends</th>" in content.html()
    assert content.html().count("<tr>") == 5
    assert "Copied 4 rows." in str(messages.current)
    leave_plain_text()
    content = QApplication.clipboard().mimeData()
    assert not content.hasHtml()
    assert content.text().startswith("Apprentice\tTraining ends")


@pytest.mark.parametrize("is_left_plain", [True, False])
def test_a_program_that_has_copied_a_list_ends_without_a_fault(is_left_plain: bool) -> None:
    """Without the last step it ends with one, but on Windows: if that changes, the step can go."""
    script = f"""if True:
        from PySide6.QtWidgets import QApplication
        from apprentice_desk.ui.kit.clipboard import leave_plain_text, put
        app = QApplication([])
        put("a\\tb", "<table><tr><td>a</td><td>b</td></tr></table>")
        if {is_left_plain}:
            leave_plain_text()
    """
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", script], check=False)
    assert (done.returncode == 0) is (is_left_plain or sys.platform == "win32")


def test_text_that_looks_like_a_formula_or_markup_stays_text() -> None:
    class Row:
        name = "=1+1 <b>"

    column = COLUMNS[0]
    made = SeenList("List", (), (type(column)("Name", lambda row: row.name),), (Row(),))
    html = listing.as_html(made, Progress())
    assert "mso-number-format:'\\@'" in html
    assert "=1+1 &lt;b&gt;" in html
    assert listing.as_text(made, Progress()) == "Name\n'=1+1 <b>\n"


def test_no_line_ends_between_a_figure_and_its_unit(opened: Any) -> None:
    opened.table.order.show(PLACES["Hours against plan"], is_shown=True)
    made = listing.as_document(seen(opened.table, "Apprentices"), ORIGIN, Progress())
    words = next(cell for cell in made.blocks[1].rows[0] if "logged of" in cell)
    assert words.startswith("260\u00a0h logged of 500\u00a0h required")


def test_a_list_of_many_columns_is_printed_on_its_side(opened: Any) -> None:
    narrow = listing.as_document(seen(opened.table, "Apprentices"), ORIGIN, Progress())
    opened.table.order.show(PLACES["Provider"], is_shown=True)
    wide = listing.as_document(seen(opened.table, "Apprentices"), ORIGIN, Progress())
    assert (narrow.is_wide, wide.is_wide) == (False, True)


@pytest.mark.parametrize("save", ["save_pdf", "save_workbook"])
def test_what_is_something_else_is_left_as_it_is(
    save: str, opened: Any, desk: Desk, qtbot: Any, tmp_path: Path, messages: Messages
) -> None:
    path = tmp_path / ("kept.pdf" if save == "save_pdf" else "kept.xlsx")
    path.write_bytes(b"SQLite format 3\0")
    getattr(opened.saver, save)(str(path))
    done(desk, qtbot)
    assert path.read_bytes() == b"SQLite format 3\0"
    assert messages.current_problem is not None
    assert "so it was left as it is" in messages.current_problem.text


@pytest.mark.parametrize(("ask", "ending"), [("pdf", "pdf"), ("workbook", "xlsx")])
def test_a_name_with_borough_and_day_is_offered(opened: Any, ask: str, ending: str) -> None:
    getattr(opened.saver, ask).trigger()
    dialog = opened.saver.file_dialog
    assert Path(dialog.selectedFiles()[0]).name == f"Exampleton apprentices 2026-09-01.{ending}"
    dialog.reject()


def test_nothing_shown_leaves_nothing_to_save(opened: Any) -> None:
    assert all(action.isEnabled() for action in opened.saver.all)
    opened.filter.setText("nobody at all")
    assert not any(action.isEnabled() for action in opened.saver.all)
    assert opened.save.accessibleName() == saving_lists.TITLE
    assert [action.text() for action in opened.save.menu().actions()] == [
        "Save as PDF, to print…", "Save as Excel workbook…", "Copy the list",
        "Save reviews and dates for a calendar…",
    ]  # fmt: skip


def test_any_table_can_have_the_menu(desk: Desk, qtbot: Any, page: Any, tmp_path: Path) -> None:
    hours = page("hours")
    hours.list.set_scope("four weeks")
    table = hours.list.table
    saver = ListSaver(desk, hours, table, "Hours")
    saver.save_workbook(str(tmp_path / "hours.xlsx"))
    done(desk, qtbot)
    rows = read_workbook(tmp_path / "hours.xlsx").sheets[0].rows
    assert len(rows) == 1 + len(table.rows.shown) > 1
