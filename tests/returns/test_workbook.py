"""A return is the same after it was written and read, and a file that is none does no harm."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apprentice_desk import resources
from apprentice_desk.domain.calendar import FinancialYear
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.identifiers import CODE_ALPHABET, make_code
from apprentice_desk.returns import workbook
from apprentice_desk.returns.rows import ReturnContent, SecondmentLine
from apprentice_desk.returns.schema import FieldSchema, SheetSchema, load
from returns.making import APPRENTICE, CONTRACT, NO_ROWS, content, full_content, header

SCHEMA = load()


@pytest.fixture
def written(tmp_path):
    """A sound return on disk, and a way to change its cells before it is read."""
    path = tmp_path / "return.xlsx"
    workbook.write(content(), SCHEMA, path)

    def changed(change) -> workbook.ReadReturn:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return workbook.read(path)

    return changed


def codes(read: workbook.ReadReturn, *levels: Level) -> list[str]:
    return [f.code for f in read.findings if not levels or f.level in levels]


def values(field: FieldSchema) -> st.SearchStrategy[Any]:
    """Return every value that the field may have, blank ones included."""
    filled: st.SearchStrategy[Any]
    if field.identifier == "apprentice":
        body = st.text(CODE_ALPHABET, min_size=8, max_size=8)
        filled = body.map(lambda body: make_code("HCK", body))
    elif field.identifier == "standard":
        filled = st.from_regex(r"\A(ST|FA)[0-9]{4}\Z")
    elif field.identifier == "version":
        filled = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda v: f"{v[0]}.{v[1]}")
    elif field.identifier == "ukprn":
        filled = st.from_regex(r"\A1[0-9]{7}\Z")
    elif field.identifier == "gss":
        filled = st.from_regex(r"\AE09[0-9]{6}\Z")
    elif field.identifier == "host":
        filled = st.sampled_from(["LOTI", "technology employer", "E09000007"])
    elif field.identifier == "financial year":
        filled = st.integers(2000, 2098).map(lambda first: str(FinancialYear(first)))
    elif field.choices and field.kind == "text":
        filled = st.sampled_from(field.choices)
    elif field.kind == "text":
        filled = st.text(min_size=1, max_size=20).filter(lambda text: text.split())
    elif field.kind == "integer":
        filled = st.integers(int(field.least or 0), int(field.most or 99))
    elif field.kind == "percent":
        filled = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
    elif field.kind in ("money", "hours"):
        filled = st.integers(0, 900_000).map(lambda hundredths: Decimal(hundredths) / 100)
    elif field.kind == "date":
        filled = st.dates(date(2010, 1, 1), date(2099, 12, 31))
    else:
        filled = st.booleans()
    if field.kind == "several":
        return st.lists(filled, max_size=3).map(tuple)
    if field.is_required:
        return filled
    return filled | st.just("" if field.kind == "text" else None)


def lines(sheet: SheetSchema) -> st.SearchStrategy[Any]:
    made = st.builds(sheet.line_class, **{field.takes: values(field) for field in sheet.fields})
    return st.lists(made.map(sheet.normal), max_size=4).map(tuple)


@settings(max_examples=25)
@given(
    sheets=st.fixed_dictionaries({sheet.resource: lines(sheet) for sheet in SCHEMA.sheets}),
    revision=st.none() | st.integers(1, 99),
    prepared_at=st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)),
)
def test_every_value_of_every_sheet_comes_back_as_it_was(
    sheets, revision, prepared_at, tmp_path_factory
):
    at = prepared_at and prepared_at.replace(microsecond=0, tzinfo=UTC)
    made = ReturnContent(header(revision=revision, prepared_at=at), **sheets)
    path = tmp_path_factory.mktemp("round") / "a.xlsx"
    fingerprint = workbook.write(made, SCHEMA, path)
    read = workbook.read(path)
    assert read.header == made.header
    assert read.fingerprint == fingerprint == SCHEMA.fingerprint(made)
    for sheet in SCHEMA.sheets:
        left = {f.place.row for f in read.findings
                if f.level is Level.ROW and f.place.sheet == sheet.name}  # fmt: skip
        expected = [line for at, line in enumerate(made.lines(sheet.resource), 2) if at not in left]
        assert list(read.content.lines(sheet.resource)) == expected
        # What is left out here breaks a rule between fields or a key: never a single cell.
        assert not {"R101", "R103", "R104", "R105", "R107"} & set(codes(read))


def test_a_sound_return_with_rows_on_every_sheet_is_read_without_a_finding(tmp_path):
    made = full_content()
    workbook.write(made, SCHEMA, tmp_path / "a.xlsx")
    read = workbook.read(tmp_path / "a.xlsx")
    assert read.findings == ()
    assert read.content == made
    assert min(read.row_counts.values()) >= 1
    assert len(read.row_counts) == 7


def test_a_sound_return_is_read_without_a_finding(written):
    read = written(lambda book: None)
    assert read.findings == ()
    assert read.content == content()
    assert read.is_accepted


def test_the_cells_are_those_of_the_format(tmp_path):
    path = tmp_path / "return.xlsx"
    fingerprint = workbook.write(content(), SCHEMA, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Return", *(sheet.name for sheet in SCHEMA.sheets), "Lists",
    ]  # fmt: skip
    assert [[cell.value for cell in row] for row in book["Return"]] == [
        ["Item", "Value"],
        ["Format", "LOTI standard return"],
        ["Format version", "1.0"],
        ["Borough code", "E09000012"],
        ["Borough", "Hackney"],
        ["Period", "2026-27 Q3"],
        ["Period start", datetime(2026, 10, 1)],
        ["Period end", datetime(2026, 12, 31)],
        ["Revision", 1],
        ["Prepared at", datetime(2027, 1, 8, 9, 30)],
        ["Prepared by", "Apprenticeships lead"],
        ["Program version", "0.1.0"],
        ["Sample", "No"],
        ["Rows in Apprentices", 2],
        ["Rows in Contracts", 1],
        *([f"Rows in {sheet.name}", 0] for sheet in SCHEMA.sheets[2:]),
        ["Fingerprint", fingerprint],
    ]
    sheet = book["Apprentices"]
    row = {cell.column_letter: cell.value for cell in sheet[2]}
    assert [row[letters] for letters in ("A", "B", "D", "G", "L", "T", "V")] == [
        "HCK-00000000-X", 1, "1.2", "Yes", datetime(2026, 9, 1), 17500.5, 686.73,
    ]  # fmt: skip
    assert row["AI"] is None
    assert sheet["L2"].number_format == "dd/mm/yyyy"
    assert sheet.tables["Apprentices"].ref == "A1:AI3"
    assert sheet["F1"].comment.text == SCHEMA.sheet("apprentices").field("level").rule
    assert not sheet.protection.sheet
    assert book["Return"].protection.sheet
    assert book["Contracts"]["G2"].value == "ST0116; ST0118"


def test_a_sheet_without_rows_has_headings_and_no_table(tmp_path):
    path = tmp_path / "return.xlsx"
    workbook.write(ReturnContent(header()), SCHEMA, path)
    sheet = openpyxl.load_workbook(path)["Contracts"]
    assert sheet["A1"].value == "Contract"
    assert sheet.max_row == 1
    assert not sheet.tables
    assert codes(workbook.read(path)) == ["R022"]


def test_equal_content_gives_equal_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        workbook.write(content(), SCHEMA, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_text_that_looks_like_a_formula_stays_text_both_ways(tmp_path):
    path = tmp_path / "return.xlsx"
    made = content(lines={"standard_title": '=HYPERLINK("http://x")', "provider_name": "@SUM(1)"})
    workbook.write(made, SCHEMA, path)
    assert openpyxl.load_workbook(path)["Apprentices"]["E2"].data_type == "s"
    assert workbook.read(path).content == made


def test_columns_may_stand_in_any_order_and_further_down(written):
    def change(book):
        sheet = book["Apprentices"]
        rows = [[cell.value for cell in row] for row in sheet]
        del book["Apprentices"]
        fresh = book.create_sheet("Apprentices")
        fresh["A1"] = "Apprentices of Hackney"
        for row in rows:
            fresh.append([None, *reversed(row)])

    read = written(change)
    assert read.findings == ()
    assert read.content.apprentices == content().apprentices
    assert read.rows["apprentices"] == (3, 4)


def test_an_extra_column_and_sheet_are_reported_and_kept_out(written):
    def change(book):
        book["Apprentices"]["AJ1"] = "Name"
        book["Apprentices"]["AJ2"] = "Ada Example"
        book["Apprentices"]["AJ90"] = "A note far below"
        book.create_sheet("Notes")["A1"] = "x"

    read = written(change)
    assert codes(read) == ["R015", "R016"]
    assert read.findings[0].place.column == "AJ"
    assert read.content == content()
    assert "Ada" not in json.dumps(workbook.as_json([read]))


@pytest.mark.parametrize(
    ("cell", "value", "code", "shown"),
    [
        ("F2", "four", "R101", "four"),
        ("F2", 4.5, "R101", "4.5"),
        ("F2", 9, "R103", "9"),
        ("L2", "soon", "R101", "soon"),
        ("T2", 17500.505, "R101", "17500.505"),
        ("V2", 12.3456, "R101", "12.3456"),
        ("G2", "perhaps", "R101", "perhaps"),
        ("H2", "magic", "R104", "magic"),
        ("A2", "Ada Example", "R106", "Ada Example"),
        ("E2", None, "R102", ""),
        ("E2", datetime(2026, 4, 3), "R101", "03/04/2026"),
        ("F2", "#N/A", "R107", ""),
        ("F2", "=1+1", "R107", ""),
        ("S2", "C-999", "R208", "C-999"),
        ("Z2", 200, "R209", "200.00"),
    ],
)
def test_a_wrong_cell_leaves_its_row_out_and_is_named(written, cell, value, code, shown):
    def change(book):
        book["Apprentices"][cell] = value

    read = written(change)
    (found,) = [f for f in read.findings if f.level is Level.ROW]
    assert (found.code, found.place.sheet, found.place.row) == (code, "Apprentices", 2)
    assert (found.place.column, found.place.value) == (cell[:-1], shown)
    assert found.place.file == "return.xlsx"
    assert found.message
    assert found.remedy
    assert read.content.apprentices == content().apprentices[1:]
    assert read.rows["apprentices"] == (3,)
    assert {key for key, count in read.left_out.items() if count} == {"apprentices"}
    assert read.left_out["apprentices"] == 1
    assert "R018" in codes(read)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("L2", "1/9/2026"),
        ("T2", "£17,500.50"),
        ("V2", "686:44"),
        ("F2", "4"),
    ],
)
def test_a_cell_typed_as_text_is_understood_and_said_so(written, cell, value):
    def change(book):
        book["Apprentices"][cell] = value

    read = written(change)
    assert codes(read) == ["R120"]
    assert read.content == content()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("A2", "hck-oooooooo-x"),
        ("C2", " st0116"),
        ("G2", "YES"),
        ("G2", True),
        ("H2", "Software Development"),
        ("Q2", 19991234),
        ("D2", 1.2),
    ],
)
def test_the_same_thing_spelt_otherwise_needs_no_word(written, cell, value):
    def change(book):
        book["Apprentices"][cell] = value

    read = written(change)
    assert read.findings == ()
    assert read.content == content()


def test_blank_rows_are_passed_over(written):
    def change(book):
        book["Apprentices"]["A60"] = "  "
        book["Apprentices"].insert_rows(3)

    read = written(change)
    assert read.findings == ()
    assert read.rows["apprentices"] == (2, 4)


def set_item(name: str, value: object):
    def change(book):
        for row in book["Return"].iter_rows():
            if row[0].value == name:
                row[1].value = value

    return change


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Format", "Something else", "R002"),
        ("Format version", "1.7", "R003"),
        ("Format version", "12", "R003"),
        ("Format version", "0.9", "R004"),
        ("Format version", "new", "R004"),
        ("Format version", None, "R004"),
        ("Borough code", "E09000099", "R005"),
        ("Borough code", None, "R008"),
        ("Borough", "Camden", "R006"),
        ("Period", "autumn", "R008"),
        ("Period", None, "R008"),
        ("Revision", "second", "R008"),
        ("Revision", 0, "R008"),
        ("Prepared at", "noon", "R008"),
        ("Sample", "perhaps", "R008"),
    ],
)
def test_a_return_that_cannot_be_told_apart_is_refused_whole(written, name, value, code):
    read = written(set_item(name, value))
    assert codes(read, Level.FILE) == [code]
    assert not read.is_accepted


def test_a_newer_format_is_refused_with_both_versions(written):
    (found,) = written(set_item("Format version", "2.3")).findings
    assert "version 2.3" in found.message
    assert "up to 1.0" in found.message


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Fingerprint", None, "R017"),
        ("Fingerprint", "0" * 64, "R018"),
        ("Rows in Apprentices", 5, "R019"),
        ("Period start", datetime(2026, 9, 1), "R010"),
        ("Period end", "in winter", "R009"),
    ],
)
def test_what_the_sheet_return_says_otherwise_is_only_worth_a_look(written, name, value, code):
    read = written(set_item(name, value))
    assert codes(read) == [code]
    assert read.is_accepted
    assert read.content == content()


@pytest.mark.parametrize("value", [1, 1.0, "1", " 1.0 "])
def test_a_version_may_have_lost_its_point_in_a_spreadsheet(written, value):
    assert written(set_item("Format version", value)).findings == ()


def test_a_return_filled_in_by_hand_needs_no_revision(written):
    def change(book):
        rows = [f"Rows in {sheet.name}" for sheet in SCHEMA.sheets]
        for name in ("Revision", "Program version", "Fingerprint", *rows, "Period start",
                     "Period end", "Sample"):  # fmt: skip
            set_item(name, None)(book)

    read = written(change)
    assert codes(read) == ["R017"]
    assert read.header == header(revision=None, program_version="")


def test_neither_revision_nor_time_is_worth_a_look(written):
    def change(book):
        set_item("Revision", None)(book)
        set_item("Prepared at", None)(book)

    assert codes(written(change)) == ["R020"]


def test_what_else_stands_on_the_sheet_return_is_passed_over(written):
    def change(book):
        book["Return"]["A40"] = 12
        book["Return"]["C3"] = "A remark"
        book["Apprentices"]["AJ1"] = " \u00a0"
        set_item("Rows in Contracts", "several")(book)

    assert written(change).findings == ()


def test_nothing_is_counted_of_a_file_that_is_no_return(tmp_path):
    assert workbook.read(tmp_path / "none.xlsx").row_counts == {}


def test_a_missing_sheet_refuses_the_file(written):
    read = written(lambda book: book.remove(book["Contracts"]))
    assert "R011" in codes(read, Level.FILE)
    assert not read.is_accepted


@pytest.mark.parametrize(
    ("heading", "value", "code", "is_accepted"),
    [
        ("A1", "Person", "R012", False),
        ("F1", "Grade of standard", "R013", True),
        ("F1", "number", "R014", False),
    ],
)
def test_missing_and_doubled_headings(written, heading, value, code, is_accepted):
    def change(book):
        book["Apprentices"][heading] = value

    read = written(change)
    assert code in codes(read)
    assert read.is_accepted is is_accepted


def test_a_sheet_without_headings_refuses_the_file(written):
    read = written(lambda book: book["Contracts"].delete_rows(1))
    assert "R021" in codes(read, Level.FILE)


def test_a_wrong_cell_is_not_reported_a_second_time_by_rules_about_it(written):
    def change(book):
        book["Apprentices"]["L2"] = "soon"  # the start, which R202, R204 and R207 look at

    assert codes(written(change), Level.ROW) == ["R101"]


def test_a_workbook_that_is_no_return_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "list.xlsx")
    (found,) = workbook.read(tmp_path / "list.xlsx").findings
    assert found.code == "R002"
    assert "has no sheet called Return" in found.message


@pytest.mark.parametrize("packed", [b"", b"a,b\n1,2\n", b"PK\x03\x04"])
def test_a_file_that_cannot_be_opened_is_a_finding_and_no_crash(packed, tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(packed)
    read = workbook.read(path)
    assert codes(read) == ["R001"]
    assert read.findings[0].level is Level.FILE
    assert read.findings[0].remedy
    assert workbook.read(tmp_path / "none.xlsx").findings[0].code == "R001"


def test_json_of_a_check_has_findings_rows_and_fingerprint(written):
    read = written(set_item("Rows in Apprentices", 5))
    made = workbook.as_json([read])
    assert set(made["findings"][0]) == {
        "file", "sheet", "row", "column", "heading", "value", "code", "level", "message", "remedy",
    }  # fmt: skip
    assert made["rows"] == {**NO_ROWS, "Apprentices": 2, "Contracts": 1}
    assert made["fingerprint"] == SCHEMA.fingerprint(content())
    assert workbook.as_json([read, read])["rows"] == {**NO_ROWS, "Apprentices": 4, "Contracts": 2}
    assert json.loads(json.dumps(made)) == made


def test_the_public_tool_accepts_the_descriptor_and_a_return_with_rows_on_every_sheet(tmp_path):
    """Frictionless is what LOTI's own analysts have, and it compares headings with field names."""
    from frictionless import Package, system

    descriptor = resources.path("returns", "loti-1.0.json")
    assert list(Package.metadata_validate(json.loads(descriptor.read_text(encoding="utf-8")))) == []
    shutil.copy(descriptor, tmp_path)
    # An offer names nobody, and a row that is blank names no contract: both are in order.
    offer = SecondmentLine("S-002", "offer", host="E09000012", status="requested")
    made = full_content()
    alone = replace(made.apprentices[0], apprentice_code=make_code("HCK", "ZZZZZZZZ"),
                    contract_reference="")  # fmt: skip
    made = replace(
        made,
        apprentices=(*made.apprentices, alone),
        secondments=(*made.secondments, offer),
    )
    workbook.write(made, SCHEMA, tmp_path / "return.xlsx")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / descriptor.name)).validate()
        assert report.flatten(["type", "note"]) == []
        assert report.stats["tasks"] == 8
        wrong = replace(full_content(), contracts=(replace(CONTRACT, contract_reference="C-9"),))
        workbook.write(wrong, SCHEMA, tmp_path / "return.xlsx")
        report = Package(str(tmp_path / descriptor.name)).validate()
        assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}
        wrong = replace(full_content(), apprentices=full_content().apprentices[1:])
        workbook.write(wrong, SCHEMA, tmp_path / "return.xlsx")
        report = Package(str(tmp_path / descriptor.name)).validate()
        assert report.flatten(["type"]) == [["foreign-key"]]
        assert [task.name for task in report.tasks if not task.valid] == ["secondments"]
    assert APPRENTICE.contract_reference != "C-9"


def test_json_of_a_return_about_to_be_sent_counts_what_it_holds():
    made = workbook.written_as_json(content(), SCHEMA, ())
    assert made == {
        "findings": [],
        "rows": {**NO_ROWS, "Apprentices": 2, "Contracts": 1},
        "fingerprint": SCHEMA.fingerprint(content()),
    }
