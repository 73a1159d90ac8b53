"""The only door to spreadsheets: typed cells in, described sheets out.

Nothing else may import openpyxl, python_calamine or XlsxWriter.  What lives here knows cells,
formats, lists and notes; it does not know what a return or an import is.  The libraries are
imported when first used, so that importing this package costs next to nothing.
"""

from __future__ import annotations

import os

from apprentice_desk.sheets.cells import (
    Area,
    Cell,
    SheetCells,
    Workbook,
    cell_name,
    column_letter,
    column_number,
)
from apprentice_desk.sheets.csv_writing import write_csv
from apprentice_desk.sheets.describing import ColumnSpec, Kind, SheetSpec, Value, written_text
from apprentice_desk.sheets.long_writing import write_long_workbook
from apprentice_desk.sheets.reading import (
    WORKBOOK_ENDINGS,
    formula_cells,
    read_packed,
    read_workbook,
    sheet_names,
)
from apprentice_desk.sheets.saving import check_target, replacing, settle
from apprentice_desk.sheets.writing import write_workbook

# lxml comes along with what writes Word files.  openpyxl would take it as soon as it is there:
# workbooks would be other bytes than before, and those of other people be read by another parser
# than the one that hostile ones were tried on.
os.environ.setdefault("OPENPYXL_LXML", "False")

__all__ = [
    "WORKBOOK_ENDINGS",
    "Area",
    "Cell",
    "ColumnSpec",
    "Kind",
    "SheetCells",
    "SheetSpec",
    "Value",
    "Workbook",
    "cell_name",
    "check_target",
    "column_letter",
    "column_number",
    "formula_cells",
    "read_packed",
    "read_workbook",
    "replacing",
    "settle",
    "sheet_names",
    "write_csv",
    "write_long_workbook",
    "write_workbook",
    "written_text",
]
