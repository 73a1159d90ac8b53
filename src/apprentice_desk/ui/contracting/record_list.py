"""A short list of records that belong to a contract, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.destinations import OpenHistory
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Kind

_MOST_ROWS = 8


class RecordList(QWidget):
    """The records of a kind with buttons to add, change and remove one.

    With *has_history* another leads to what was changed of one: a list on a page without a
    history of its own.  *more* stand behind its buttons.
    """

    def __init__(
        self,
        kind: Kind,
        add_text: str,
        *,
        is_main: bool = False,
        has_history: bool = False,
        more: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.kind = kind
        self._desk = kind.desk
        theme = self._desk.theme
        self.model = RowsModel(kind.columns, self)
        self.table = RowsTable(self.model, kind.title, theme, stretch=kind.stretch)
        self.table.order.can_do_without(kind.can_do_without)
        self.table.set_fits(_MOST_ROWS)
        self.table.set_empty(*kind.empty)
        self.heading = label(kind.title, "heading", wraps=True)
        role = "primary" if is_main else ""
        self.add = button(add_text, theme, self.start_adding, icon="plus", role=role)
        self.change = button("Change…", theme, self._on_change)
        self.remove = button("Remove…", theme, self._on_remove)
        access.name(self.change, f"Change the chosen {kind.thing}")
        self.history = button("History", theme, self._on_history, icon="history")
        access.name(self.remove, f"Remove the chosen {kind.thing}")
        access.name(self.history, f"History of the chosen {kind.thing}")
        buttons: list[QWidget] = [self.add, self.change, self.remove, *more]
        if has_history:
            buttons.append(self.history)
            add_key(
                self.table, f"History of the {kind.thing}", "Ctrl+H", self._on_history,
                only_there=True,
            )  # fmt: skip
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.heading)
        down.addWidget(self.table)
        down.addWidget(Flow(buttons, theme))
        for what, keys, act in (
            (f"Change the {kind.thing}…", "F2", self._on_change),
            (f"Remove the {kind.thing}…", "Del", self._on_remove),
        ):
            add_key(self.table, what, keys, act, only_there=True)
        self.table.row_opened.connect(lambda _shown: self._on_change())
        self.table.row_chosen.connect(lambda _shown: self._allow())
        self._allow()

    def refresh(self) -> None:
        """Read the records anew."""
        self.model.replace(self._desk.store.read(self.kind.read))
        self.table.choose_first()
        self._allow()

    def start_adding(self) -> None:
        """Open the form of a new one."""
        if not self._desk.store.is_read_only:
            editing.add(self.kind, self, lambda _made: None)

    def arrive(self, record_id: UUID) -> None:
        """Go to one of them."""
        self.table.choose(record_id)
        self.table.setFocus()

    def take_keyboard(self) -> None:
        """Go to the list, or to the button where there is none."""
        (self.table if self.model.rowCount() else self.add).setFocus()

    def _allow(self) -> None:
        may_write = not self._desk.store.is_read_only
        is_chosen = self.table.chosen() is not None
        self.add.setEnabled(may_write)
        self.change.setEnabled(may_write and is_chosen)
        self.remove.setEnabled(may_write and is_chosen)
        self.history.setEnabled(is_chosen)

    def _on_change(self) -> None:
        shown = self.table.chosen()
        if shown is not None and self.change.isEnabled():
            editing.change(self.kind, shown, self)

    def _on_remove(self) -> None:
        shown = self.table.chosen()
        if shown is not None and self.remove.isEnabled():
            editing.remove(self.kind, shown, self, lambda: None)

    def _on_history(self) -> None:
        shown = self.table.chosen()
        if shown is not None:
            called = f"{self.kind.thing} of {shown.title}"
            self._desk.go(OpenHistory(self.kind.tables[0], shown.id, called))
