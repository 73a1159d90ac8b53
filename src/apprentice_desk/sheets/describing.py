"""What a workbook is described by: columns of a kind, and sheets with rows of typed values.

And how every writer of workbooks understands that: formats by kind, widths and heights, and what
stands in a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from apprentice_desk.domain.problems import Problem
from apprentice_desk.sheets.allowing import Limits

Kind = Literal[
    "text", "integer", "number", "money", "hours", "percent", "date", "instant", "yes-no"
]
Value = str | int | Decimal | float | bool | date | datetime | None

FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "integer": "0",
    "number": "General",
    "money": "£#,##0.00",
    "hours": "0.00",
    "percent": '0.0"%"',  # 93.5 stands for 93.5 %, so Excel's own % (93.5 = 9350 %) is wrong
    "date": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm:ss",
    "yes-no": "@",
}
MADE_BY = "Apprentice Desk"
"""Stands where Office would put a person's name."""

_LONGEST_TEXT = 32_767
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HEADING_FILL = "1F3A5F"
HEADING_TEXT = "FFFFFF"

LEFT: Mapping[str, Any] = {"horizontal": "left", "indent": 1}
_LINE_HEIGHT = 15.0  # points, of 11 point text


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its heading, what it holds, how wide it is (in characters) and its help.

    *choices* become a drop-down list; *note* is shown when the pointer rests on the heading.
    On a protected sheet only columns with is_locked=False can be typed in.  Numbers and days stand
    at the right unless is_left.
    """

    heading: str
    kind: Kind = "text"
    width: float = 14
    note: str = ""
    choices: tuple[str, ...] = ()
    is_locked: bool = True
    is_wrapped: bool = False
    is_left: bool = False
    between: Limits | None = None
    """The least and the most that may be typed into its cells."""
    refuses: str = ""
    """What is said to whoever types something else."""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet to be written: headings in the first row, then *rows* of values.

    *table_name* makes an Excel table of the rows, if there are any.  *blank_rows* is how many
    empty rows the lists cover at least.  *marks* colours single cells and gives each a note;
    *cells* describes single cells otherwise than their column does.  The keys of both are (index
    of the row in *rows*, index of the column), from 0.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    rows: Iterable[Sequence[Value]] = ()
    table_name: str = ""
    freeze: bool = True
    is_protected: bool = False
    is_hidden: bool = False
    has_filter: bool = False
    blank_rows: int = 0
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], ColumnSpec] = field(default_factory=dict)


def written_text(text: str) -> str:
    """Return *text* as a workbook can hold it.

    Characters that XML refuses are left out and line ends become plain ones; raises Problem if it
    is longer than a cell can be.
    """
    text = _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _LONGEST_TEXT:
        raise Problem(
            f"A text of {len(text):,} characters is too long for a cell: “{text[:40]}…”.",
            f"Shorten it to at most {_LONGEST_TEXT:,} characters.",
        )
    return text


def alignment(column: ColumnSpec) -> Mapping[str, Any]:
    """Return how a column is aligned; text a little in, to keep off a number before it."""
    if column.is_left or column.kind in ("text", "yes-no"):
        return LEFT
    return {"horizontal": "right", "indent": 0}


def _lines(text: str, room: float) -> int:
    """Return the lines that *text* takes in a column with room for so many characters."""
    count = 0
    for part in text.split("\n"):
        used = 0.0
        count += 1
        for word in part.split(" "):
            if used and used + 1 + len(word) > room:
                count, used = count + 1, 0
            used += len(word) + (1 if used else 0)
            while used > room:
                count, used = count + 1, used - room
    return count


def heading_height(columns: Sequence[ColumnSpec]) -> float:
    """Return the height in points that the wrapped headings take, beside the filter's button."""
    most = max(_lines(column.heading, max(5, column.width - 3)) for column in columns)
    return _LINE_HEIGHT * most + 3


def row_height(columns: Sequence[ColumnSpec], row: Sequence[Value]) -> float | None:
    """Return the height in points of a row whose texts wrap, or None if one line is enough.

    Stated, since not every program works it out when it opens the file.
    """
    most = 1
    for column, value in zip(columns, row, strict=True):
        if column.is_wrapped and isinstance(value, str) and len(value) > column.width - 3:
            most = max(most, _lines(value, column.width - 2))
    return None if most == 1 else _LINE_HEIGHT * most


def as_written(value: Value) -> str | int | float | date | datetime | None:
    """Return *value* as a library takes it; a text of white space alone is a blank."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str):
        text = written_text(value)
        return text if text.strip() else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return value
