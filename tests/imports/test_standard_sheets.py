"""Knowledge, skills and behaviours from spreadsheets of several makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Ksb
from apprentice_desk.domain.standards_text import ReadKsbs
from apprentice_desk.imports.standard_sheets import read_standard_sheet


def read(tmp_path: Path, rows: list[list[Any]], *more: list[list[Any]]) -> ReadKsbs:
    book = openpyxl.Workbook()
    for number, each in enumerate((rows, *more)):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        for row in each:
            sheet.append(row)
    path = tmp_path / "ksbs.xlsx"
    book.save(path)
    return read_standard_sheet(path)


TWO = (Ksb("K1", "How data is kept"), Ksb("S1", "Labels what it finds"))


def test_a_column_of_codes_and_one_of_words(tmp_path: Path) -> None:
    found = read(tmp_path, [["Code", "Description"], ["K1", "How data is kept"],
                            ["S1", "Labels what it finds"]])  # fmt: skip
    assert found == ReadKsbs(TWO)


def test_a_title_an_empty_column_and_longer_notes_do_not_matter(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        [
            ["Mapping of the standard, 2026"],
            [],
            [None, "KSB", "Evidence notes", "Wording"],
            [None, "Knowledge"],
            [None, "K1.", "A very long note on what was shown and when " * 3, "How data is kept"],
            [None, "Skills"],
            [None, "s 01", "Another long note of no use here " * 3, "Labels what it finds"],
        ],
    )
    assert found.ksbs == TWO
    assert not refuses(found.findings)


def test_without_headings_the_longest_column_is_taken(tmp_path: Path) -> None:
    found = read(tmp_path, [["K1", "x", "How data is kept", 3], ["S1", "", "Labels what it finds"]])
    assert found.ksbs == TWO


def test_a_row_without_a_code_is_left_out_and_said(tmp_path: Path) -> None:
    rows = [["Code", "Words"], ["K1", "How data is kept"], [None, "Something without a code"],
            ["S1", "Labels what it finds"]]  # fmt: skip
    found = read(tmp_path, rows)
    assert found.ksbs == TWO
    assert [each.message for each in found.findings] == [
        "1 row has words and no code, and was left out (row 3)."
    ]
    found = read(tmp_path, [*rows, [None, "One more without a code"]])
    assert "2 rows have words" in found.findings[0].message


def test_code_and_words_in_one_cell_are_read_too(tmp_path: Path) -> None:
    found = read(tmp_path, [["The standard"], ["K1: How data is kept"],
                            ["S1: Labels what it finds"]])  # fmt: skip
    assert found.ksbs == TWO


def test_the_sheet_with_the_most_codes_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        [["K9", "Only one of them here"]],
        [["Code", "Description"], ["K1", "How data is kept"], ["S1", "Labels what it finds"]],
    )
    assert found.ksbs == TWO


def test_the_same_code_twice_names_the_rows(tmp_path: Path) -> None:
    found = read(tmp_path, [["K1", "How data is kept"], ["K1", "Something else here"]])
    assert refuses(found.findings)
    assert "row 1 and again in row 2" in found.findings[0].message


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["Title", "Level"], ["Technician", 3]], "No column of “ksbs.xlsx” has codes"),
        ([["K1", 3], ["S1", None]], "Beside the codes in column A"),
    ],
)
def test_a_sheet_without_codes_or_words_is_refused(
    tmp_path: Path, rows: list[list[Any]], says: str
) -> None:
    with pytest.raises(Problem) as caught:
        read(tmp_path, rows)
    assert says in caught.value.what
    assert caught.value.remedy


def test_a_csv_file_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "ksbs.csv"
    path.write_text("Code,Description\nK1,How data is kept\nS1,Labels what it finds\n", "utf-8")
    assert read_standard_sheet(path).ksbs == TWO
