"""What the cards of a contract with a short list share: its table, its buttons and its forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from apprentice_desk.domain.findings import Finding
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenContract
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.contract.part import ContractPart
from apprentice_desk.ui.planning import editing

_MOST_ROWS = 6


class ListedPart(ContractPart):
    """A card with a list of one kind of thing; every subclass says which.

    *name* is the part's name in code, *thing* one of them in words.
    """

    name: str
    title: str
    thing: str
    none_yet: str
    columns: tuple[Column, ...]
    fields: tuple[Field, ...]
    details_class: type

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.contract: ContractOverview | None = None
        self.dialog: FormDialog | None = None
        self.model = RowsModel(self.columns, self)
        self.table = RowsTable(self.model, f"{self.title} of the contract", desk.theme)
        self._actions: dict[QPushButton, QAction] = {}
        self._build()
        self.table.row_opened.connect(lambda _row: self.start_change())
        self.table.row_chosen.connect(lambda _row: self._allow())

    def _build(self) -> None:
        theme = self._desk.theme
        self.nothing = label(self.none_yet, "quiet", wraps=True)
        self.table.set_fits(_MOST_ROWS)
        self.add = button("Add…", theme, self.start_adding, icon="plus")
        access.name(self.add, f"Add {'an' if self.thing[0] in 'aeiou' else 'a'} {self.thing}")
        self.change = self._for_chosen("Change…", "F2", self.start_change)
        self.remove = self._for_chosen("Remove", QKeySequence.StandardKey.Delete, self._on_remove)
        for text, act in self.more_for_chosen():
            self._for_chosen(text, "", act)
        self.table.set_actions(tuple(self._actions.values()))
        self._below = Flow((self.add, *self._actions), theme)
        card = Card(self.title, theme)
        for part in (self.nothing, self.table, self._below):
            card.add(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def _for_chosen(
        self, text: str, keys: str | QKeySequence.StandardKey, act: Callable[[], object]
    ) -> QPushButton:
        made = button(text, self._desk.theme, act)
        access.name(made, f"{text} (the chosen {self.thing})")
        action = QAction(text, self.table)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        self._actions[made] = action
        return made

    # what a subclass says (Qt's classes cannot be abstract: what is not said raises)

    def more_for_chosen(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Return what else can be done with the chosen one, as texts of buttons and acts."""
        return ()

    def read(self, contract_id: UUID) -> tuple[Any, ...]:
        """Return the rows of a contract."""
        raise NotImplementedError

    def read_one(self, session: Any, row_id: UUID) -> Any:
        """Return one row, with its details and *changed_in*; raises Conflict when it is gone."""
        raise NotImplementedError

    def check(self, details: Any, row_id: UUID | None) -> list[Finding]:
        """Return what is wrong with *details*."""
        raise NotImplementedError

    def enter(self, session: Any, contract_id: UUID, details: Any) -> None:
        """Enter a new one."""
        raise NotImplementedError

    def correct(self, session: Any, row_id: UUID, details: Any, changed_in: int) -> None:
        """Replace the details of one; raises Conflict when it changed since *changed_in*."""
        raise NotImplementedError

    def take_out(self, session: Any, row_id: UUID) -> None:
        """Take one out of the desk."""
        raise NotImplementedError

    # showing

    def show_contract(self, contract: ContractOverview) -> None:
        """Show what is listed of *contract*."""
        self.contract = contract
        here = self.window().focusWidget()
        had_keyboard = here is not None and here is not self.add and self.isAncestorOf(here)
        self.model.replace(self.read(contract.id))
        self.table.choose_first()
        self._allow()
        if had_keyboard and not self.model.total and self.add.isVisible():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrive(self, item_id: UUID) -> None:
        """Go to one of them."""
        self.table.choose(item_id)
        self.table.setFocus()

    def take_keyboard(self) -> None:
        """Go to the list, or to the button that adds the first."""
        (self.table if self.model.total else self.add).setFocus()

    def may(self, _button: QPushButton, _row: Any) -> bool:
        """Return whether a button has something to do for the chosen row."""
        return True

    def _allow(self) -> None:
        may_write = not self._desk.store.is_read_only
        row, has_rows = self.table.chosen(), bool(self.model.total)
        self.nothing.setText(self.none_yet if may_write else "None.")
        self.nothing.setVisible(not has_rows)
        self.table.setVisible(has_rows)
        self._below.setVisible(may_write)
        for made, action in self._actions.items():
            made.setVisible(has_rows)
            may = may_write and row is not None and self.may(made, row)
            made.setEnabled(may)
            action.setEnabled(may)

    # what the person does

    def start_adding(self) -> None:
        """Open the form of a new one."""
        contract = self.contract
        if contract is None or self._desk.store.is_read_only:
            return

        def save(session: Any, details: Any) -> None:
            self.enter(session, contract.id, details)

        title = f"Add {self.thing}, contract {contract.reference}"
        self.dialog = editing.add(
            self._desk, self._kind(contract, None), self.details_class(), title,
            f"contract {self.name}:{contract.id}", save, self, label=lambda _details: title,
            confirm="Save",
        )  # fmt: skip

    def start_change(self, field: str = "", **given: Any) -> None:
        """Open the form of the chosen one at *field*, with what is *given* filled in."""
        chosen, contract, desk = self.table.chosen(), self.contract, self._desk
        if chosen is None or contract is None or desk.store.is_read_only:
            return

        def act() -> None:
            row = desk.store.read(self.read_one, chosen.id)

            def correct(session: Any, details: Any, changed_in: int) -> None:
                self.correct(session, row.id, details, changed_in)

            title = f"Change {self.thing}, contract {contract.reference}"
            opened = editing.Editing(
                desk, self._kind(contract, row.id), row.details, row.changed_in, title,
                f"contract {self.name}:{row.id}", correct, self, label=lambda _details: title,
            )  # fmt: skip
            self.dialog = opened.dialog
            for name, value in given.items():
                opened.form.set_value(name, value)
            if field:
                opened.form.focus(field)

        desk.attempt(act)

    def _kind(self, contract: ContractOverview, row_id: UUID | None) -> editing.Kind:
        return editing.Kind(
            self.thing,
            self.fields,
            self.details_class,
            lambda details: self.check(details, row_id),
            OpenContract(contract.id, self.name, row_id),
        )

    def _on_remove(self) -> None:
        row, contract, desk = self.table.chosen(), self.contract, self._desk
        if row is None or contract is None or desk.store.is_read_only:
            return

        def act() -> None:
            with desk.change(f"Remove {self.thing}, contract {contract.reference}") as session:
                self.take_out(session, row.id)

        desk.attempt(act)
