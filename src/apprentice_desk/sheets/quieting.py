"""A workbook of others that is passed on: what in it could reach out of it is made plain text.

Sums and the like stay.  A formula that asks another file, a program or a server becomes the text of
itself, links that lead out are taken off, and names that reach out are left out.
"""

from __future__ import annotations

import re
from typing import Any

from apprentice_desk.sheets.describing import written_text
from apprentice_desk.sheets.writing import keep_as_text

_PLAIN = {
    "ABS", "AND", "AVERAGE", "CEILING", "CONCAT", "CONCATENATE", "COUNT", "COUNTA", "COUNTIF",
    "COUNTIFS", "DATE", "DATEDIF", "DATEVALUE", "DAY", "DAYS", "EDATE", "EOMONTH", "FALSE", "FLOOR",
    "HOUR", "IF", "IFERROR", "IFNA", "IFS", "INDEX", "INT", "ISBLANK", "ISERROR", "LEFT", "LEN",
    "LOOKUP", "LOWER", "MATCH", "MAX", "MEDIAN", "MID", "MIN", "MINUTE", "MOD", "MONTH",
    "NETWORKDAYS", "NOT", "NOW", "OR", "PROPER", "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW",
    "SUBSTITUTE", "SUBTOTAL", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TEXT", "TIME", "TODAY",
    "TRIM", "TRUE", "UPPER", "VALUE", "VLOOKUP", "WEEKDAY", "WEEKNUM", "WORKDAY", "XLOOKUP", "YEAR",
}  # fmt: skip
"""Functions that work with cells alone; any other is not passed on."""

_CALLED = re.compile(r"([A-Za-z_.][\w.]*)\s*\(")
_TEXT = re.compile(r'"[^"]*"')
_OUTSIDE = re.compile(r"[|\[\\]|:/")
"""A pipe to a program, another workbook, a server's share or address."""

_LONGEST = 8_192
"""Letters that a formula may have in Excel."""


def is_quiet(formula: str) -> bool:
    """Return whether a formula works with its own workbook's cells alone."""
    if len(formula) > _LONGEST:
        return False
    bare = _TEXT.sub('""', formula)
    called = {name.upper().removeprefix("_XLFN.") for name in _CALLED.findall(bare)}
    return not _OUTSIDE.search(bare) and called <= _PLAIN


def quieten(book: Any) -> None:
    """Make a workbook that openpyxl has open safe to be passed on."""
    for sheet in book.worksheets:
        for cell in there(sheet):
            if cell.hyperlink is not None and cell.hyperlink.target:
                cell.hyperlink = None
            if cell.data_type == "f":
                _quieten_cell(cell)
        _quieten_names(sheet.defined_names)
    _quieten_names(book.defined_names)


def there(sheet: Any) -> list[Any]:
    """Return the cells that a sheet holds; going by its rows would make all between them as well.

    Two cells at its far corners stand a thousand million apart.
    """
    return [sheet._cells[place] for place in sorted(sheet._cells)]


def _quieten_cell(cell: Any) -> None:
    formula = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", None) or ""
    if not is_quiet(formula):
        shown = formula if formula.startswith("=") else f"={formula}"
        cell.value = None  # or openpyxl keeps what it knew of the formula
        keep_as_text(cell, written_text(shown[:_LONGEST]))


def _quieten_names(names: Any) -> None:
    for name in [name for name, found in names.items() if not is_quiet(str(found.value or ""))]:
        del names[name]
