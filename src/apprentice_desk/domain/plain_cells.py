"""Text that a spreadsheet would take for a formula, and how it is kept from that.

A cell that begins with =, +, - or @ is worked out by Excel and LibreOffice when it is pasted or
read from a CSV file; such a formula can start programs and send out what stands beside it (OWASP,
CSV Injection).  In a workbook a cell says itself that it is text, so nothing is needed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_STARTS = "=+-@|\uff1d\uff0b\uff0d\uff20"
"""What begins a formula, also in the wide letters of other keyboards; | as DDE's beginning."""

_FIGURE = re.compile(r"[-+]?[£€$]?(?:\d[\d,. :/-]*)?(?:%| ?(?:h|m|wk|weeks?|days?))?")
"""A number, time, day or sum, or a sign alone: nothing that could be worked out to harm."""

_BEFORE = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f]*")
"""What spreadsheets pass over before they look at a cell, and what cannot be seen."""

_SHEET_NAME = re.compile(r"[\x00-\x1f\[\]:*?/\\]")


def as_plain(text: str) -> str:
    """Return *text* so that a spreadsheet takes it for text: behind an apostrophe where it must be.

    Tabs and line ends are left to whoever writes the cell.
    """
    seen = _BEFORE.sub("", text, count=1)
    if not seen:
        return text
    is_odd = text[0] in "\t\r\n"  # some pass over it, some take what follows for another cell
    is_formula = seen[0] in _STARTS and not _FIGURE.fullmatch(seen)
    return f"'{text}" if is_odd or is_formula else text


def as_lines(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as lines with tabs, each cell on one line and none a formula."""
    return "".join("\t".join(as_plain(" ".join(c.split())) for c in row) + "\n" for row in rows)


def sheet_name(text: str) -> str:
    """Return *text* as a sheet may be called: 31 letters at most, none that workbooks refuse."""
    return " ".join(_SHEET_NAME.sub(" ", text).split())[:31].strip(" '") or "List"
