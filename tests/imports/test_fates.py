"""What became of each row is saved as a workbook that can be read, corrected and brought back."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from apprentice_desk.domain.problems import Problem

HEAD = ["Name", "Date", "Hours", "Description", "Room"]


@pytest.fixture
def log(tmp_path, make):
    make.apprentice(given_names="Ada", family_name="King")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        HEAD,
        ["Ada King", date(2026, 1, 5), 1.5, "Unit testing with the team", "=1+1"],
        ["Ada King", date(2026, 1, 5), 1.5, "Unit tests with the team", 12],
        ["Ada King", date(2026, 1, 6), 7, "Annual leave", None],
        ["Ada Kign", date(2026, 1, 7), 2, '\'=HYPERLINK("x")', None],
    ):
        sheet.append(row)
    sheet["E2"].data_type = "s"
    sheet["D5"].value = '=HYPERLINK("http://example.org")'
    sheet["D5"].data_type = "s"
    path = tmp_path / "log.xlsx"
    book.save(path)
    return path


def test_every_row_stands_with_its_cells_fate_reason_and_remedy(bring, log, tmp_path):
    to = tmp_path / "fates.xlsx"
    bring(log, "hours", fates_to=to)
    book = openpyxl.load_workbook(to)
    assert len(book.sheetnames) == 1
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert rows[0] == ["Row", *HEAD, "Fate", "Reason", "Remedy"]
    assert [row[0] for row in rows[1:]] == [2, 3, 4, 5]
    assert [row[6] for row in rows[1:]] == [
        "imported", "skipped: likely duplicate", "imported: does not count", "refused",
    ]  # fmt: skip
    assert rows[1][2].date() == date(2026, 1, 5)
    assert rows[1][3] == 1.5
    assert rows[2][7].startswith("Looks like row 2")
    assert rows[3][7] == "Does not count: leave."
    assert rows[4][7].startswith("There is no Ada Kign in the desk. Did you mean Ada King?")
    assert rows[4][8].startswith("Say so in the review")


def test_text_that_looks_like_a_formula_stays_text(bring, log, tmp_path):
    to = tmp_path / "fates.xlsx"
    bring(log, "hours", fates_to=to)
    sheet = openpyxl.load_workbook(to).active
    assert (sheet["F2"].value, sheet["F2"].data_type) == ("=1+1", "s")
    assert sheet["E5"].data_type == "s"


def test_the_saved_list_can_be_brought_in_again(bring, log, tmp_path):
    to = tmp_path / "fates.xlsx"
    bring(log, "hours", fates_to=to)
    found = bring(to, "hours").as_json()
    assert (found["rows_read"], found["rows_imported"]) == (4, 0)
    assert found["minutes_read"] == 720


def test_a_correction_is_named_in_its_fate(bring, make, listed, tmp_path):
    make.apprentice(given_names="Ada", family_name="King")
    rows = [["Name", "Date", "Hours", "Description"], ["Ada King", "05/01/2026", "1", "Reading"]]
    bring(listed(rows), "hours")
    rows[1][2] = "2"
    for accept, fate in (
        (False, "skipped: correction not accepted"),
        (True, "imported: correction accepted"),
    ):
        to = tmp_path / f"{accept}.xlsx"
        bring(listed(rows), "hours", fates_to=to, accept_corrections=accept)
        sheet = openpyxl.load_workbook(to).active
        assert sheet["F2"].value == fate
        assert "time spent: 1 h → 2 h" in sheet["G2"].value


def test_a_place_that_cannot_be_written_is_a_problem_in_words(bring, log, tmp_path):
    with pytest.raises(Problem):
        bring(log, "hours", fates_to=tmp_path / "nowhere" / "fates.xlsx")
