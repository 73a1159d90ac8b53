"""Filtering a list as one types.  How often an entry that is logged repaints is a test."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.app import starting
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import apply, load_theme
from bench.measure import Result, compare, seconds

_TYPED = "given 12"


@dataclass(frozen=True)
class _Row:
    id: int
    name: str
    standard: str
    provider: str
    manager: str


def run() -> list[Result]:
    """Measure each keystroke's filtering and repaint against a bare repaint."""
    application = starting.application()
    theme = load_theme("light")
    apply(application, theme)
    columns = (
        Column("Apprentice", lambda row: row.name, kind="strong", width=24),
        Column("Standard", lambda row: row.standard, width=24),
        Column("Provider", lambda row: row.provider, width=24),
        Column("Manager", lambda row: row.manager, width=18),
    )
    model = RowsModel(columns)
    model.replace(
        _Row(
            n, f"Given {n} Family {n * 7919 % 5000}", "Software developer", "College", f"M {n % 40}"
        )
        for n in range(5000)
    )
    table = RowsTable(model, "Apprentices", theme)
    table.resize(1200, 800)
    table.show()
    application.processEvents()

    def ours() -> None:
        for end in range(1, len(_TYPED) + 1):
            model.filter(_TYPED[:end])
            table.viewport().repaint()
        model.filter("")
        table.viewport().repaint()

    def plain() -> None:
        for _ in range(len(_TYPED) + 1):
            table.viewport().repaint()

    result = compare(
        "filtering 5,000 apprentices as one types, against a bare repaint",
        1.5,
        lambda: seconds(ours),
        lambda: seconds(plain),
    )
    table.close()
    return [result]
