"""LibreOffice opens the return and the template as they are meant, and fills the template in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apprentice_desk import resources
from apprentice_desk.returns import merge, template, workbook
from apprentice_desk.returns.schema import load
from apprentice_desk.returns.values import as_text
from apprentice_desk.sheets import column_letter
from office import Office
from returns.making import PERIOD, full_content

SCHEMA = load()


def typed(texts: list[tuple[str, str]]) -> dict[str, str]:
    """Return the texts to type, by cell, without those that stay blank."""
    return {cell: text for cell, text in texts if text}


@pytest.fixture(scope="module")
def done(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """A return opened, and the template opened, filled in by hand and saved, all in one go."""
    folder = tmp_path_factory.mktemp("returns")
    workbook.write(full_content(), SCHEMA, folder / "return.xlsx")
    template.write(
        SCHEMA, folder / "blank.xlsx", borough=resources.borough_by_code("E09000012"), period=PERIOD
    )
    at = next(at for at, item in enumerate(SCHEMA.items, 2) if item.takes == "prepared_at")
    cells = {"Return": {f"B{at}": "2027-01-08 09:30:00"}}
    for sheet in SCHEMA.sheets:
        lines = full_content().lines(sheet.resource)
        cells[sheet.name] = typed(
            [
                # A row is left free after the headings, as people do.
                (f"{column_letter(column)}{row}", as_text(field.kind, getattr(line, field.takes)))
                for row, line in enumerate(lines, 3)
                for column, field in enumerate(sheet.fields, 1)
            ]
        )
    orders = [
        {"open": str(folder / "return.xlsx"), "save": [str(folder / "return.pdf")]},
        {
            "open": str(folder / "blank.xlsx"),
            "type": cells,
            "save": [str(folder / name) for name in ("filled.xlsx", "filled.ods", "filled.pdf")],
        },
    ]
    return folder, office(orders)


@pytest.mark.parametrize("at", [0, 1], ids=["return", "template"])
def test_lists_notes_formats_and_protection_are_there(done: tuple[Path, list[Any]], at: int):
    sheets = done[1][at]["sheets"]
    assert set(sheets) == {"Return", "Lists", *(sheet.name for sheet in SCHEMA.sheets)}
    assert {name for name, sheet in sheets.items() if sheet["is_protected"]} == {"Return", "Lists"}
    assert {name for name, sheet in sheets.items() if not sheet["is_visible"]} == {"Lists"}
    assert sheets["Return"]["first_labels_locked"] == [True, False]
    for sheet in SCHEMA.sheets:
        found = sheets[sheet.name]
        assert found["is_frozen"]
        assert [column["heading"] for column in found["columns"]] == [f.name for f in sheet.fields]
        assert [found["notes"][str(at)] for at in range(len(sheet.fields))] == [
            field.rule for field in sheet.fields
        ]
        for column, field in zip(found["columns"], sheet.fields, strict=True):
            assert bool(column["list"]) is bool(field.choices)
            if field.kind == "date":
                assert column["format"].upper() == "DD/MM/YYYY"
            if field.kind == "money":
                assert column["format"].endswith("#,##0.00")


def test_every_sheet_of_a_return_with_rows_is_a_table(done: tuple[Path, list[Any]]):
    assert set(done[1][0]["tables"]) >= {sheet.name for sheet in SCHEMA.sheets}
    assert not set(done[1][1]["tables"]) & {sheet.name for sheet in SCHEMA.sheets}


@pytest.mark.parametrize("name", ["filled.xlsx", "filled.ods"])
def test_a_template_filled_in_there_is_read_as_it_was_meant(
    done: tuple[Path, list[Any]], name: str
):
    read = workbook.read(done[0] / name)
    assert read.is_accepted
    assert [finding for finding in read.findings if finding.code not in ("R017", "R120")] == []
    made = full_content()
    assert replace(read.content, header=made.header) == made
    assert (read.header.borough_code, read.header.period) == ("E09000012", PERIOD)
    assert read.header.prepared_at == made.header.prepared_at


def test_the_two_files_are_one_return_to_the_merge(done: tuple[Path, list[Any]]):
    files = [done[0] / "filled.xlsx", done[0] / "filled.ods"]
    merged = merge.merge(files, schema=SCHEMA)
    (borough,) = merged.boroughs
    assert (borough.name, borough.state.value) == ("Hackney", "accepted")
    assert len(borough.copies) == 1
    assert merged.row_counts == {
        sheet.name: len(full_content().lines(sheet.resource)) for sheet in SCHEMA.sheets
    }
