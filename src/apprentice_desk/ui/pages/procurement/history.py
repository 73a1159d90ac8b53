"""The part History: who changed what of the procurement, and how a change is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.domain.scoring import plain
from apprentice_desk.records.procurement_history import (
    ProcurementChange,
    ProcurementItem,
    procurement_history,
)
from apprentice_desk.records.putting_back import put_back
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown

_MOST_ROWS = 6
_THINGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "procurement": ("Procurement", ("reference",)),
    "procurement_step": ("Timetable", ("kind", "due_on", "done_on")),
    "bidder": ("Bidder", ("standing", "price")),
    "bid_price": ("Price offered", ("standard_code", "training_price", "assessment_price")),
    "clarification": ("Question", ("number", "answered_on")),
    "criterion": ("Criterion", ("name", "weight")),
    "evaluator": ("Evaluator", ("name",)),
    "abstention": ("Who does not score", ("reason",)),
    "score": ("Score", ("score", "reason")),
    "moderated_score": ("Moderated score", ("score", "reason")),
    "procurement_decision": ("Decision", ("decided_on", "letters_on", "notice_on")),
    "document_made": ("Document issued", ("title", "issued_on")),
}
"""What each kind of thing is called, and which of its values say which one it is."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line: a change, in words what it did, and with all its values."""

    id: int
    change: ProcurementChange
    words: str


def lines_of(changes: tuple[ProcurementChange, ...]) -> Iterator[HistoryLine]:
    """Yield a line for each change, the newest first."""
    for change in changes:
        yield HistoryLine(change.number, change, "; ".join(map(_item, change.items)))


def _item(item: ProcurementItem) -> str:
    name, shown = _THINGS[item.table]
    if item.before is None:
        return f"{name} added{_values(item.after or {}, shown)}"
    if item.after is None:
        return f"{name} removed{_values(item.before, shown)}"
    changed = [key for key, value in item.after.items() if item.before.get(key) != value]
    said = [
        f"{_plain_name(key)} from {_shown(item.before.get(key))} to {_shown(item.after[key])}"
        for key in changed
        if not key.endswith("_id") and key != "changed_in"
    ]
    return f"{name}: {', '.join(said) or 'changed'}"


def _values(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    said = [_shown(row[name]) for name in names if row.get(name) not in (None, "")]
    return f": {', '.join(said)}" if said else ""


def _plain_name(key: str) -> str:
    return key.removesuffix("_on").replace("_", " ")


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, Decimal):
        return plain(value)
    return f"“{value}”" if isinstance(value, str) else f"{value}"


COLUMNS = (
    Column("What changed", lambda line: line.words, width=26,
           tip=lambda line: f"{line.change.label}. {line.words}"),
    Column("When", lambda line: table_instant(line.change.recorded_at),
           lambda line: line.change.number, width=17),
    Column("By", lambda line: line.change.person or "somebody without a name", width=16),
)  # fmt: skip


class HistoryPart(ProcurementPart):
    """A card with a line for each change, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "History of the procurement", theme)
        self.table.order.can_do_without((2, 1))
        self.table.set_fits(_MOST_ROWS)
        self.whole = button("Take the change back", theme, self._take_back, icon="rotate-ccw")
        access.name(self.whole, "Take the chosen change back")
        self._action = QAction("Take the change back", self.table)
        self._action.triggered.connect(lambda _checked=False: self._take_back())
        self.table.set_actions((self._action,))
        self.table.row_chosen.connect(lambda _line: self._allow())
        card = Card("History", theme)
        card.add(self.table)
        card.add(Flow([self.whole], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        self.whole.setVisible(not desk.store.is_read_only)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show what was changed of a procurement."""
        changes = self._desk.store.read(procurement_history, shown.found.id)
        self.model.replace(tuple(lines_of(changes)))
        self.table.choose_first()
        self._allow()

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _allow(self) -> None:
        line = self.table.chosen()
        may = (
            line is not None and line.change.may_be_taken_back and not self._desk.store.is_read_only
        )
        self.whole.setEnabled(may)
        self._action.setEnabled(may)

    def _take_back(self) -> None:
        line = self.table.chosen()
        if line is None or not line.change.may_be_taken_back:
            return
        change = line.change

        def act() -> None:
            with self._desk.change(f"Take back: {change.label}") as session:
                put_back(session, change.number, change.label)

        self._desk.attempt(act)
