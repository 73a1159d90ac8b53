"""The part History: who changed what of the contract, and how a value is put back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.clocks import table_instant
from apprentice_desk.records.contract_history import (
    TABLES,
    ContractChange,
    ContractHistory,
    contract_history,
    put_contract_value_back,
)
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.records.providers import provider_rows
from apprentice_desk.records.putting_back import put_back
from apprentice_desk.ui.contracting.contracts import fields_offering
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.contract.history_words import HistoryLine, lines_of
from apprentice_desk.ui.pages.contract.part import ContractPart

_MOST_ROWS = 6


def who(change: ContractChange) -> str:
    """Return who made a change."""
    return change.person or "somebody without a name"


def _tip(line: HistoryLine) -> str:
    others = ", together with other records" if line.change.touched_others else ""
    return f"{line.change.label}{others}. {line.words}"


COLUMNS = (
    Column("What changed", lambda line: line.words, width=24, tip=_tip),
    Column(
        "When",
        lambda line: table_instant(line.change.recorded_at),
        lambda line: line.change.number,
        width=17,
    ),
    Column("By", lambda line: who(line.change), width=16),
)


class HistoryPart(ContractPart):
    """A card with a line for each detail that a change altered, the newest first."""

    tables = frozenset(TABLES)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._contract: ContractOverview | None = None
        self._history: ContractHistory | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "History of the contract", theme)
        self.table.order.can_do_without((2, 1))
        self.table.set_fits(_MOST_ROWS)
        self.value = button("Put back the value", theme, self._put_back, icon="rotate-ccw")
        self.whole = button("Take the whole change back", theme, self._take_back)
        access.name(self.value, "Put back the value before the chosen change")
        access.name(self.whole, "Take the whole chosen change back")
        self._actions = {
            self.value: self._action("Put back the value before", self._put_back),
            self.whole: self._action("Take the whole change back", self._take_back),
        }
        self.table.set_actions(tuple(self._actions.values()))
        self.table.row_chosen.connect(lambda _line: self._allow())
        self._acts = Flow([self.value, self.whole], theme)
        card = Card("History", theme)
        card.add(self.table)
        card.add(self._acts)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        self._acts.setVisible(not desk.store.is_read_only)

    def _action(self, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self.table)
        action.triggered.connect(lambda _checked=False: act())
        return action

    # showing

    def show_contract(self, contract: ContractOverview) -> None:
        """Show what was changed of *contract*."""
        desk = self._desk
        is_other = self._contract is None or self._contract.id != contract.id
        self._contract = contract
        fields = fields_offering(desk.store.read(provider_rows))
        self._history = desk.store.read(contract_history, contract.id)
        self.model.replace(tuple(lines_of(self._history, fields)))
        if is_other or self.table.chosen() is None:
            self.table.choose_first()
        self._allow()

    def take_keyboard(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _allow(self) -> None:
        line, history = self.table.chosen(), self._history
        may_write = not self._desk.store.is_read_only
        own = line.value if line is not None else None
        is_otherwise = (
            own is not None
            and history is not None
            and getattr(history.details, own.name) != own.before
        )
        may_take = line is not None and line.change.may_be_taken_back
        for made, may in ((self.value, is_otherwise), (self.whole, may_take)):
            made.setEnabled(may and may_write)
            self._actions[made].setEnabled(may and may_write)

    # what the person does

    def _put_back(self) -> None:
        line, contract, history = self.table.chosen(), self._contract, self._history
        if line is None or line.value is None or contract is None or history is None:
            return
        desk, own = self._desk, line.value

        def act() -> None:
            what = f"Put back {line.field.lower()} of contract {contract.reference}"
            with desk.change(what) as session:
                put_contract_value_back(session, contract.id, history.details, own.name, own.before)

        desk.attempt(act)

    def _take_back(self) -> None:
        line = self.table.chosen()
        if line is None or not line.change.may_be_taken_back:
            return
        change = line.change

        def act() -> None:
            with self._desk.change(f"Take back: {change.label}") as session:
                put_back(session, change.number, change.label)

        self._desk.attempt(act)
