"""Returns of all boroughs read, checked and merged, and one of them exported.

Times are those that the processor spends: neither side uses more than one, and other programs that
run meanwhile change them least.
"""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from apprentice_desk.returns import checks, workbook
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.schema import SheetSchema, load
from apprentice_desk.sheets import column_letter
from bench import returns_made
from bench.measure import Result, compare

FEW, MANY = 500, 5_000
_SLOWEST = 1 / 4  # of pandas
_MOST_TIMES = 12.0  # for ten times the rows
_MOST_GIB = 1.0
_EXPORT = 1.3  # times openpyxl
_FORMATS = {
    "integer": "0",
    "money": "£#,##0.00",
    "hours": "0.00",
    "percent": '0.0"%"',
    "date": "dd/mm/yyyy",
}
# What a person does with the merge: all of it is read, checked, merged and written.
_CHILD = """
import resource, sys
from pathlib import Path
from apprentice_desk.returns.giving_back import write_all
from apprentice_desk.returns.merge import merge
from apprentice_desk.returns.schema import load
merged = merge([sys.argv[1]], schema=load())
assert merged.row_counts["Apprentices"] == int(sys.argv[2]), merged.row_counts
write_all(merged, sys.argv[3])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak * (1 if sys.platform == "darwin" else 1024))
"""


def run(folder: Path) -> list[Result]:
    """Measure the merge against pandas and openpyxl, its growth and memory, and the export."""
    few = returns_made.make(folder / "few", FEW)
    many = returns_made.make_alike(folder / "many", MANY)
    return [
        compare(
            f"{len(few)} returns of {FEW} apprenticeships read, checked and merged, against pandas"
            " with openpyxl reading and joining them",
            _SLOWEST,
            lambda: spent(lambda: _ours(few, FEW)),
            lambda: spent(lambda: _pandas(few)),
        ),
        _growth(few, many),
        _peak(folder, many),
        _export(folder),
    ]


def spent(act: Callable[[], object]) -> float:
    """Return the seconds that the processor spends on *act*."""
    began = time.process_time()
    act()
    return time.process_time() - began


def _ours(files: list[Path], each: int) -> None:
    merged = merge(files, schema=load(), boroughs=checks.known_boroughs())
    assert merged.row_counts["Apprentices"] == each * len(files), merged.row_counts
    assert not merged.findings, merged.findings[:3]


def _pandas(files: list[Path]) -> None:
    import pandas as pd

    sheets: dict[str, list[pd.DataFrame]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in files:
            read = pd.read_excel(path, sheet_name=None, engine="openpyxl")
            for name, frame in read.items():
                sheets.setdefault(str(name), []).append(frame)
        joined = {name: pd.concat(frames) for name, frames in sheets.items()}
    assert len(joined["Apprentices"]) == FEW * len(files)


def _growth(few: list[Path], many: list[Path]) -> Result:
    return compare(
        f"time for {MANY} apprenticeships each, against {FEW} each",
        _MOST_TIMES,
        lambda: spent(lambda: _ours(many, MANY)),
        lambda: spent(lambda: _ours(few, FEW)),
    )


def _peak(folder: Path, many: list[Path]) -> Result:
    given = [str(many[0].parent), str(MANY * len(many)), str(folder / "merged.xlsx")]
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *given], check=True, capture_output=True, text=True
    )
    gib = int(done.stdout) / 1024**3
    name = f"memory in GiB for {len(many)} returns of {MANY} apprenticeships, written too"
    return Result(name, gib, _MOST_GIB, 0, 0, shown=f"{gib * 1024:.0f} MiB at the most")


def _export(folder: Path) -> Result:
    schema = load()
    content = schema.normal(returns_made.content(returns_made.real_boroughs()[0], MANY))

    def plain() -> None:
        _openpyxl(content, folder / "plain.xlsx")

    def ours() -> None:
        workbook.write(content, schema, folder / "ours.xlsx")

    result = compare(
        f"export of {MANY} apprenticeships, against openpyxl writing the same",
        _EXPORT,
        lambda: spent(ours),
        lambda: spent(plain),
    )
    _assert_same_cells(folder / "ours.xlsx", folder / "plain.xlsx")
    return result


def _openpyxl(content: workbook.ReturnContent, path: Path) -> None:
    """Write the data sheets as somebody would who knows openpyxl: row by row, in little memory."""
    book = openpyxl.Workbook(write_only=True)
    lists: dict[tuple[str, ...], int] = {}
    for sheet in load().sheets:
        _plain_sheet(book, sheet, content, lists)
    listed = book.create_sheet("Lists")
    for words in lists:
        listed.append(words)
    listed.sheet_state = "hidden"
    book.save(path)


def _plain_sheet(
    book: openpyxl.Workbook,
    sheet: SheetSchema,
    content: workbook.ReturnContent,
    lists: dict[tuple[str, ...], int],
) -> None:
    made = book.create_sheet(sheet.name)
    made.freeze_panes = "A2"
    headings = []
    for number, field in enumerate(sheet.fields, 1):
        made.column_dimensions[column_letter(number)].width = field.width
        cell = WriteOnlyCell(made, field.name)
        cell.comment = Comment(field.rule, "Bench")
        headings.append(cell)
    made.append(headings)
    lines = content.lines(sheet.resource)
    top, formats = Alignment(vertical="top"), [_FORMATS.get(f.kind, "@") for f in sheet.fields]
    for line in lines:
        row = []
        for value, form in zip(sheet.values(line), formats, strict=True):
            cell = WriteOnlyCell(made, _plain(value))
            cell.number_format = form
            cell.alignment = top
            row.append(cell)
        made.append(row)
    last = f"{column_letter(len(sheet.fields))}{len(lines) + 1}"
    table = Table(displayName=sheet.name, ref=f"A1:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    table.tableColumns = [
        TableColumn(id=number, name=field.name) for number, field in enumerate(sheet.fields, 1)
    ]
    made.tables.add(table)
    for number, field in enumerate(sheet.fields, 1):
        if field.choices:
            row = lists.setdefault(field.choices, len(lists) + 1)
            end = column_letter(len(field.choices))
            made.data_validations.append(
                DataValidation(
                    type="list",
                    formula1=f"Lists!$A${row}:${end}${row}",
                    sqref=f"{column_letter(number)}2:{column_letter(number)}{len(lines) + 1000}",
                )
            )


def _plain(value: object) -> str | float | date | None:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Decimal):
        return float(value)
    assert value is None or isinstance(value, str | int | date)
    return value or None if isinstance(value, str) else value


def _assert_same_cells(ours: Path, plain: Path) -> None:
    mine, theirs = openpyxl.load_workbook(ours), openpyxl.load_workbook(plain)
    for sheet in load().sheets:
        assert list(mine[sheet.name].values) == list(theirs[sheet.name].values), sheet.name
