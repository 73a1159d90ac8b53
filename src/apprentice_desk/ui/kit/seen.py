"""What of a table is seen just now: its columns, rows and order, to be kept in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.kit.table import RowsTable


@dataclass(frozen=True, slots=True)
class SeenList:
    """A list as it was on screen at one moment.

    *facts* say in words what it shows: how many of how many, narrowed by what, in which order.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[Any, ...]


def seen(table: RowsTable, title: str, facts: tuple[tuple[str, str], ...] = ()) -> SeenList:
    """Return what *table* shows, or of it the rows where several are selected.

    *facts* are what the page itself narrows it by.
    """
    model = table.rows
    shown, total = len(model.shown), model.total
    told = [("Shown", f"{shown:,} of {total:,}" if shown != total else f"{total:,}"), *facts]
    chosen = table.several()
    if chosen:
        told.insert(0, ("Chosen", f"{len(chosen):,} of those shown"))
    if model.filter_text:
        told.append(("Filter", f"“{model.filter_text}”"))
    by, direction = model.sorted_by
    if by >= 0:
        way = "falling" if direction == Qt.SortOrder.DescendingOrder else "rising"
        told.append(("Sorted by", f"{model.columns[by].heading}, {way}"))
    columns = tuple(model.columns[place] for place in table.order.shown)
    return SeenList(title, tuple(told), columns, tuple(chosen or model.shown))
