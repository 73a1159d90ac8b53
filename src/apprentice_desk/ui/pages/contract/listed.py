"""What the cards of a contract with a short list share: its table, its buttons and its forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from apprentice_desk.domain.findings import Finding, refuses
from apprentice_desk.records.contract_overview import ContractOverview
from apprentice_desk.ui.desk import Desk, OpenContract
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.contract.part import ContractPart

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

    def row_details(self, session: Any, row_id: UUID) -> Any:
        """Return what the form edits; raises Conflict when it is gone."""
        raise NotImplementedError

    def check(self, details: Any, row_id: UUID | None) -> list[Finding]:
        """Return what is wrong with *details*."""
        raise NotImplementedError

    def enter(self, session: Any, contract_id: UUID, details: Any) -> None:
        """Enter a new one."""
        raise NotImplementedError

    def correct(self, session: Any, row_id: UUID, details: Any) -> None:
        """Replace the details of one."""
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

        self._open_form(contract, f"Add {self.thing}", None, self.details_class(), save)

    def start_change(self, field: str = "", **given: Any) -> None:
        """Open the form of the chosen one at *field*, with what is *given* filled in."""
        row, contract, desk = self.table.chosen(), self.contract, self._desk
        if row is None or contract is None or desk.store.is_read_only:
            return

        def act() -> None:
            details = desk.store.read(self.row_details, row.id)

            def save(session: Any, changed: Any) -> None:
                self.correct(session, row.id, changed)

            form = self._open_form(contract, f"Change {self.thing}", row.id, details, save)
            for name, value in given.items():
                form.set_value(name, value)
            if field:
                form.focus(field)

        desk.attempt(act)

    def _open_form(
        self,
        contract: ContractOverview,
        doing: str,
        row_id: UUID | None,
        details: Any,
        act: Callable[[Any, Any], None],
    ) -> Form:
        desk = self._desk
        form = Form(self.fields, self.details_class, desk.theme, today=desk.clock.today())
        form.show_details(details)
        title = f"{doing}, contract {contract.reference}"

        def save(changed: Any) -> list[Finding]:
            found = self.check(changed, row_id)
            if not refuses(found):
                with desk.change(title) as session:
                    act(session, changed)
            return found

        draft = desk.draft(
            f"contract {self.name}:{row_id or contract.id}",
            title,
            OpenContract(contract.id, self.name, row_id),
            is_new=row_id is None,
        )
        self.dialog = FormDialog(form, title, "Save", save, desk.theme, self, draft=draft)
        self.dialog.open()
        return form

    def _on_remove(self) -> None:
        row, contract, desk = self.table.chosen(), self.contract, self._desk
        if row is None or contract is None or desk.store.is_read_only:
            return

        def act() -> None:
            with desk.change(f"Remove {self.thing}, contract {contract.reference}") as session:
                self.take_out(session, row.id)

        desk.attempt(act)
