"""Tables that stand side by side in one sheet, each with the same headings: read one after another.

One person's log beside another's, or one month's beside the next.  Where a name stands above each,
it becomes a column that says whose the rows are, as the names of sheets do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import grids, headings, labels, values
from apprentice_desk.imports.fields import GROUPED, NEEDED, Kind, own_words, plain, synonyms
from apprentice_desk.imports.header_rows import Header
from apprentice_desk.imports.keys import parted
from apprentice_desk.imports.tables import BodyRow, Origin, Table, letter
from apprentice_desk.sheets import SheetCells

_ROWS_ABOVE = 3
_SAMPLE = 100

Columns = tuple[int, ...]


def one_below_another(table: Table, sheet: SheetCells, header: Header, kind: Kind) -> Table:
    """Return *table* with the rows of each of several tables side by side; else as it is."""
    blocks = _blocks(table, kind)
    if not blocks:
        return table
    named = _names(sheet, header, blocks)
    first = blocks[0]
    texts = [own_words(table.headings[column]) for column in first]
    at = [", ".join(letter(block[place]) for block in blocks) for place in range(len(first))]
    if named:
        texts.append(f"Above{GROUPED}{synonyms(kind)['full_name'][0]}")
        at.append("")
    rows: list[BodyRow] = []
    for number, block in enumerate(blocks):
        more = (named[number],) if named else ()
        reach = _reach(block)
        for row in table.rows:
            cells = tuple(row.cells[column] for column in block)
            if all(values.is_blank(cell) for cell in cells):
                continue
            columns = (*block, *(-1 for _ in more))
            origin = Origin(sheet.name, row.number, columns, beside=f"columns {reach}")
            rows.append(BodyRow(len(rows) + 1, (*cells, *more), origin))
    reaches = [_reach(block) for block in blocks]
    note = Finding(
        Level.NOTE, "IM464",
        f"{len(blocks)} tables stand side by side and are read one after another: columns"
        f" {', '.join(reaches[:-1])} and {reaches[-1]}.", "",
        Place(table.file_name, sheet.name, table.heading_row),
    )  # fmt: skip
    return replace(
        table,
        headings=tuple(texts),
        letters=tuple(at),
        rows=tuple(rows),
        lost=None,
        lost_by_sheet={sheet.name: sheet.unread} if sheet.unread else {},
        sheet_column=len(first) if named else None,
        notes=(*table.notes, note),
    )


def _reach(block: Columns) -> str:
    return f"{letter(block[0])} to {letter(block[-1])}"


def _blocks(table: Table, kind: Kind) -> list[Columns]:
    """Return the columns of each table, none where the headings are not the same again and again.

    Each must have all that a list of its kind needs.
    """
    own = [plain(own_words(text)) for text in table.headings]
    told = [column for column, words in enumerate(own) if words]
    if len(told) < 4:
        return []
    starts = [column for column in told if own[column] == own[told[0]]]
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(own)]
    blocks = [
        tuple(column for column in told if first <= column < end)
        for first, end in zip(starts, ends, strict=True)
    ]
    words = {tuple(own[column] for column in block) for block in blocks}
    if len(words) != 1 or not _is_whole(table, blocks[0], kind):
        return []
    return blocks


def _is_whole(table: Table, block: Columns, kind: Kind) -> bool:
    texts = [own_words(table.headings[column]) for column in block]
    cells = [[row.cells[column] for row in table.rows[:_SAMPLE]] for column in block]
    fields = {meaning.field for meaning in headings.meanings(kind, texts, cells)}
    return all(any(fields.issuperset(way) for way in needed.ways) for needed in NEEDED[kind])


def _names(sheet: SheetCells, header: Header, blocks: Sequence[Columns]) -> tuple[str, ...]:
    """Return the name above each table; none unless each has one, and not all the same."""
    found = []
    for block in blocks:
        name = ""
        for at in range(header.at - 1, max(-1, header.at - 1 - _ROWS_ABOVE), -1):
            row = sheet.rows[at]
            told = [values.line(row[column]) for column in block if values.line(row[column])]
            if told:
                name = parted(told[-1].rpartition(":")[2].strip())[0]
                break
        found.append(name)
    are_names = all(
        len(name.split()) > 1 and grids.is_a_name(name) and labels.is_no_label(name)
        for name in found
    )
    return tuple(found) if are_names and len(set(found)) == len(found) else ()
