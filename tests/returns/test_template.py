"""The blank return: all of the format, nothing in it, and read back once it is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from apprentice_desk import resources
from apprentice_desk.returns import template, workbook
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.values import as_value
from apprentice_desk.sheets import column_letter
from returns.making import PERIOD, full_content

SCHEMA = load()


@pytest.fixture
def blank(tmp_path):
    path = tmp_path / "blank.xlsx"
    template.write(SCHEMA, path)
    return path


def items(book) -> dict[str, object]:
    return {row[0].value: row[1].value for row in book["Return"].iter_rows(min_row=2)}


def test_it_has_every_sheet_with_its_headings_notes_and_frozen_first_row(blank):
    book = openpyxl.load_workbook(blank)
    assert book.sheetnames == ["Return", *(sheet.name for sheet in SCHEMA.sheets), "Lists"]
    for sheet in SCHEMA.sheets:
        cells = book[sheet.name]
        assert [cell.value for cell in cells[1]] == [field.name for field in sheet.fields]
        assert [cell.comment.text for cell in cells[1]] == [field.rule for field in sheet.fields]
        assert cells.freeze_panes == "A2"
        assert cells.max_row == 1
        assert not cells.tables


def offered(book, sheet_name: str) -> dict[str, tuple[list[object], int]]:
    """Return each column's drop-down list and the last row that has it, by the column's letter."""
    found = {}
    for rule in book[sheet_name].data_validations.dataValidation:
        words = [cell.value for cell in book["Lists"][rule.formula1.split("$")[1]][1:]]
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.min_col) == (2, area.max_col)
        found[column_letter(area.min_col)] = ([w for w in words if w is not None], area.max_row)
    return found


def test_lists_and_formats_cover_200_empty_rows_of_every_sheet(blank):
    book = openpyxl.load_workbook(blank)
    formats = {"date": "dd/mm/yyyy", "money": "£#,##0.00", "hours": "0.00", "text": "@"}
    for sheet in SCHEMA.sheets:
        lists = offered(book, sheet.name)
        for at, field in enumerate(sheet.fields, 1):
            words, last_row = lists.get(column_letter(at), ([], 1001))
            assert words == list(field.choices)
            assert last_row > 200
            dimension = book[sheet.name].column_dimensions[column_letter(at)]
            assert dimension.number_format == formats.get(field.kind, dimension.number_format)


def test_only_the_labels_and_the_lists_are_protected(blank):
    book = openpyxl.load_workbook(blank)
    protected = {sheet.title for sheet in book if sheet.protection.sheet}
    assert protected == {"Return", "Lists"}
    assert book["Lists"].sheet_state == "hidden"
    for label, value in book["Return"].iter_rows(min_row=2):
        assert label.protection.locked
        assert not value.protection.locked


def test_it_names_the_format_and_nothing_else(blank):
    said = items(openpyxl.load_workbook(blank))
    assert {name: value for name, value in said.items() if value is not None} == {
        "Format": "LOTI standard return",
        "Format version": "1.0",
    }


def test_borough_and_period_may_be_filled_in_before(tmp_path):
    path = tmp_path / "blank.xlsx"
    template.write(SCHEMA, path, borough=resources.borough_by_code("E09000012"), period=PERIOD)
    said = items(openpyxl.load_workbook(path))
    assert said["Borough"] == "Hackney"
    assert (said["Period"], said["Sample"]) == ("2026-27 Q3", "No")
    assert (said["Period start"], said["Period end"]) == (
        datetime(2026, 10, 1),
        datetime(2026, 12, 31),
    )
    read = workbook.read(path)
    assert read.is_accepted
    assert {finding.code for finding in read.findings} == {"R017", "R020", "R022"}


def test_a_blank_one_of_an_invented_borough_is_a_sample(tmp_path):
    path = tmp_path / "blank.xlsx"
    template.write(SCHEMA, path, borough=resources.borough_by_code("E09999999"))
    assert items(openpyxl.load_workbook(path))["Sample"] == "Yes"


def test_the_same_template_has_the_same_bytes(blank, tmp_path):
    template.write(SCHEMA, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == blank.read_bytes()


def test_filled_in_by_hand_with_rows_left_out_between_it_is_accepted(blank):
    made = full_content()
    book = openpyxl.load_workbook(blank)
    for name, value in (("Borough code", "E09000012"), ("Period", "2026-27 Q3"),
                        ("Prepared at", datetime(2027, 1, 8, 9, 30))):  # fmt: skip
        at = next(row[0].row for row in book["Return"].iter_rows() if row[0].value == name)
        book["Return"].cell(at, 2, value)
    for sheet in SCHEMA.sheets:
        for index, line in enumerate(made.lines(sheet.resource)):
            for column, value in enumerate(map(as_value, sheet.values(line)), 1):
                typed = ("No", "Yes")[value] if isinstance(value, bool) else value
                book[sheet.name].cell(3 * index + 4, column, typed)
    book.save(blank)
    read = workbook.read(blank)
    assert [finding.code for finding in read.findings] == ["R017"]
    assert replace(read.content, header=made.header) == made
    assert read.rows["apprentices"] == (4, 7)
