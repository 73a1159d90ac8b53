"""What a person who opens the file does not see of a sheet, told in notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import values
from apprentice_desk.imports.tables import short
from apprentice_desk.sheets import SheetCells, cell_name, column_letter

_MOST_NAMED = 5


def notes(
    file_name: str, sheet: SheetCells, texts: Sequence[str], heading_row: int
) -> Iterator[Finding]:
    """Yield notes on what is hidden and holds something, and on what was left out far away.

    *texts* are the headings, in the order of the columns; of the rows those below count.
    """
    place = Place(file_name, sheet.name)
    columns = [
        (column, text)
        for column, text in enumerate(texts, 1)
        if column in sheet.hidden_columns and text
    ]
    if columns:
        named = ", ".join(
            f"{column_letter(at)} “{values.line(short(text))}”" for at, text in columns
        )
        are = "Column {} is hidden" if len(columns) == 1 else "Columns {} are hidden"
        yield Finding(
            Level.NOTE, "IM452", f"{are.format(named)} in the file, and looked at like the others.",
            "Say that a column is not read if it was hidden for a reason.", place,
        )  # fmt: skip
    rows = sorted(row for row in sheet.hidden_rows if row > heading_row)
    if rows:
        are = "Row {} is hidden" if len(rows) == 1 else f"{len(rows):,} rows ({{}}) are hidden"
        yield Finding(
            Level.NOTE, "IM465",
            f"{are.format(_stretches(rows))} in the file, and read like the others.",
            "Untick a row if it was hidden for a reason.", place,
        )  # fmt: skip
    if sheet.left_out:
        row, column = min(sheet.left_out, key=lambda at: (at[1], at[0]))
        many = len(sheet.left_out)
        cells = "A cell stands" if many == 1 else f"{many:,} cells stand"
        at = cell_name(row, column) if many == 1 else f"the first of them {cell_name(row, column)}"
        was = "was" if many == 1 else "were"
        it = (
            "it belongs to the list, move it" if many == 1 else "they belong to the list, move them"
        )
        yield Finding(
            Level.NOTE, "IM466",
            f"{cells} far to the right of all others, {at}, and {was} left out.",
            f"If {it} beside its other columns.",
            Place(file_name, sheet.name, row, column_letter(column)),
        )  # fmt: skip


def _stretches(numbers: Iterable[int]) -> str:
    """Return numbers in words, those that follow each other as from and to."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1][1:] = [number]
        else:
            stretches.append([number])
    told = [" to ".join(f"{number}" for number in stretch) for stretch in stretches]
    more = ["…"] if len(told) > _MOST_NAMED else []
    return ", ".join([*told[:_MOST_NAMED], *more])
