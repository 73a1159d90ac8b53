"""Several sheets of one shape, such as one for each month or person, read as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.imports import grids, headings, labels
from apprentice_desk.imports.fields import GROUPED, PERSON_FIELDS, Kind, plain, synonyms
from apprentice_desk.imports.making import other_sheets
from apprentice_desk.imports.tables import BodyRow, Origin, Source, Table

_ALIKE = 0.75
_OF_A_SHEET = frozenset(
    {"IM452", "IM453", "IM465", "IM466"}
)  # notes that say something of one sheet only


def with_others(
    source: Source, table: Table, tables: Sequence[Table], kind: Kind, *, together: bool
) -> Table:
    """Return *table* with those of *tables* of the same shape named or, with *together*, read."""
    others = [other for other in tables if other.rows and _are_alike(table, other)]
    if not others:
        return table
    order = [sheet.name for sheet in source.workbook.sheets]
    everyone = sorted((table, *others), key=lambda one: order.index(one.sheet))
    names = tuple(one.sheet for one in everyone)
    if not together:
        return replace(table, alike=names)
    return _joined(source, everyone, kind, names)


def _are_alike(one: Table, other: Table) -> bool:
    first, second = ({plain(h) for h in table.headings} - {""} for table in (one, other))
    return len(first & second) >= _ALIKE * len(first | second)


def _joined(source: Source, tables: Sequence[Table], kind: Kind, names: tuple[str, ...]) -> Table:
    """Return the rows of all *tables* as one table with the headings of the first.

    A heading that only another has is put at the end.  Where the sheets are called like people and
    no column says whose the rows are, the name of the sheet becomes a column.
    """
    base = tables[0]
    texts = list(base.headings)
    for other in tables[1:]:
        texts += _more(texts, other.headings)
    sheet_column = None
    if kind is Kind.HOURS and _are_people(names) and not _names_people(base):
        sheet_column = len(texts)
        texts.append(f"Sheet{GROUPED}{synonyms(kind)['full_name'][0]}")
    rows: list[BodyRow] = []
    for table in tables:
        order = _order(texts, table.headings)
        for row in table.rows:
            at = row.origin.columns if row.origin else tuple(range(len(row.cells)))
            cells = [None if index is None else row.cells[index] for index in order]
            columns = tuple(-1 if index is None else at[index] for index in order)
            if sheet_column is not None:
                cells[sheet_column] = table.sheet
            origin = row.origin or Origin(table.sheet, row.number, ())
            rows.append(
                BodyRow(len(rows) + 1, tuple(cells), origin._replace(columns=columns))
            )  # fmt: skip
    listed = ", ".join(f"“{name}”" for name in names)
    note = Finding(
        Level.NOTE, "IM457", f"{len(names)} sheets have the same shape and are read together:"
        f" {listed}.", "Read one of them alone if the others are not meant.",
        Place(base.file_name, base.sheet),
    )  # fmt: skip
    kept: dict[tuple[str, str], Finding] = {}
    for each in (each for table in tables for each in table.notes):
        key = (each.code, each.place.sheet if each.code in _OF_A_SHEET else "")
        if key not in kept or len(each.message) > len(kept[key].message):
            kept[key] = each
    return replace(
        base,
        headings=tuple(texts),
        letters=(*base.letters, *("" for _ in texts[len(base.letters) :])) if base.letters else (),
        rows=tuple(rows),
        lost=None,
        alike=names,
        joined=names,
        sheet_column=sheet_column,
        lost_by_sheet={
            sheet.name: sheet.unread
            for sheet in source.workbook.sheets
            if sheet.name in names and sheet.unread
        },
        notes=(note, *kept.values()),
        header_words=frozenset().union(*(table.header_words for table in tables)),
        preambles={table.sheet: table.preamble for table in tables},
        wide=frozenset().union(*(table.wide for table in tables)),
        other_sheets=other_sheets(source, names, are_hidden=False),
        hidden_sheets=other_sheets(source, names, are_hidden=True),
    )


def _more(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    here = {plain(text) for text in texts}
    return [text for text in others if plain(text) and plain(text) not in here]


def _order(texts: Sequence[str], own: Sequence[str]) -> list[int | None]:
    """Return for each of *texts* where *own* has it; columns without a heading keep their place."""
    left: dict[str, list[int]] = {}
    for index, text in enumerate(own):
        left.setdefault(plain(text), []).append(index)
    order: list[int | None] = []
    for text in texts:
        found = left.get(plain(text))
        order.append(found.pop(0) if found else None)
    return order


def _are_people(names: Sequence[str]) -> bool:
    people = [name for name in names if grids.is_a_name(name) and labels.is_no_label(name)]
    whole = [name for name in people if len(name.split()) > 1]
    return len(people) == len(names) and len(whole) * 2 >= len(names)


def _names_people(table: Table) -> bool:
    columns = [table.column(index) for index in range(len(table.headings))]
    found = headings.meanings(Kind.HOURS, table.headings, columns)
    return any(meaning.field in PERSON_FIELDS for meaning in found)
