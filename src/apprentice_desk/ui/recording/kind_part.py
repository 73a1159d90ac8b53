"""One kind of record on the page: its list, its panel, and what can be done with what is chosen."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.ui.destinations import OpenHistory
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ListSide
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.list_actions import action_of
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Kind, Shown
from apprentice_desk.ui.recording.panel import READ_ONLY, RecordPanel

SIDE_BY_SIDE = 240
"""The width in quarters from which list and panel stand side by side."""

PANEL_QUARTERS = 104
"""The width of what stands beside the list."""


class KindPart(QWidget):
    """One kind's list with its panel, and what can be done with what is chosen.

    ``filled`` is sent when the list has been read.
    """

    filled = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self._desk = kind.desk
        self._theme = theme = kind.desk.theme
        self._wanted: UUID | None = None
        self._wanted_place: int | None = None
        self.is_stale = True
        self.model = RowsModel(kind.columns, self)
        self.table = RowsTable(self.model, kind.title, theme, stretch=kind.stretch)
        self.table.order.can_do_without(kind.can_do_without)
        self.filter = FilterBox(self.table, kind.filter_by, theme)
        action = partial(action_of, theme, self.table)
        self.change = action(f"Change the {kind.thing}…", "pencil", "F2", self.start_change)
        self.remove = action(f"Remove the {kind.thing}…", "trash-2", "Del", self._on_remove)
        self.history = action("History…", "history", "Ctrl+H", self.show_history)
        self.table.set_actions((self.change, self.remove, self.history))
        self.panel = RecordPanel(self._desk, self.change, self.remove, kind.more(), self.history)
        self.details = button("Details", theme, self.open_panel, icon="panel-right")
        self.details.setToolTip(as_tip(f"Show the chosen {kind.thing} (Enter)"))
        access.name(self.details, "Details", f"Show the chosen {kind.thing}")
        self._build()
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _row: self.open_panel())
        self.panel.close_button.clicked.connect(self.close_panel)
        self.both.arranged.connect(self._on_arranged)
        theme.changed.connect(self._refit)
        self._refit()
        self._on_arranged()
        self._on_chosen(None)

    def _build(self) -> None:
        theme = self._theme
        list_side = ListSide()
        left = QVBoxLayout(list_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        above = row_of(theme, self.filter, self.details)
        above.setStretch(0, 1)
        left.addLayout(above)
        left.addWidget(self.table, 1)
        self.count = CountLine(self.table, "Enter opens")
        keys = label("· F2 changes · Delete removes", "small")
        left.addWidget(Flow([self.count, keys], theme, quarters=1, down=0))
        if self._desk.store.is_read_only:
            keys.hide()
        self.both = ListAndPanel(
            list_side,
            self.panel,
            theme,
            narrowest=SIDE_BY_SIDE,
            panel_quarters=PANEL_QUARTERS,
        )
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.both)

    def _refit(self) -> None:
        self.table.set_least(52)
        self.panel.setMinimumHeight(self._theme.space(70))

    def _on_arranged(self) -> None:
        self.details.setVisible(not self.both.is_side_by_side)
        self.panel.close_button.setVisible(self.both.is_panel_alone)

    # showing

    def refresh(self) -> None:
        """Read the list anew, behind the window in a desk where that takes long."""
        self.is_stale = False
        desk = self._desk
        if not desk.is_large:
            self.show_rows(desk.store.read(self.kind.read))
            return
        desk.jobs.run(
            f"Reading the {self.kind.title.lower()}",
            lambda _progress: desk.store.read(self.kind.read),
            done=self.show_rows,
            newest_of=f"return records, {self.kind.name}",
            owner=self,
        )

    def show_rows(self, rows: tuple[Shown, ...]) -> None:
        """Show *rows*; what was chosen stays so."""
        if self._desk.store.is_read_only:
            self.table.set_empty(self.kind.empty[0], READ_ONLY)
        else:
            add = f"Add {self.kind.a_thing}…"
            self.table.set_empty(*self.kind.empty, add, self.start_adding)
        self.model.replace(rows)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.choose(wanted)
        elif self._wanted_place is not None and self.model.rowCount():
            place = min(self._wanted_place, self.model.rowCount() - 1)
            self.table.choose(self.model.id_of(self.model.row(place)))
        self._wanted_place = None
        self.table.choose_first()
        # The row may be equal though what stands behind it is not: the panel reads anew.
        self._on_chosen(self.table.chosen())
        self.filled.emit()

    def choose(self, record_id: UUID) -> bool:
        """Choose a record, taking the filter away where it hides it."""
        if self.table.choose(record_id):
            return True
        self.filter.clear()
        return self.table.choose(record_id)

    def _on_chosen(self, shown: Shown | None) -> None:
        may_write = shown is not None and not self._desk.store.is_read_only
        self.change.setEnabled(may_write)
        self.remove.setEnabled(may_write)
        self.details.setEnabled(shown is not None)
        self.history.setEnabled(shown is not None)
        if shown is None and self.both.is_panel_alone:
            self.close_panel()
        self.panel.show_record(self.kind, shown)

    # what the person does

    def start_adding(self) -> None:
        """Open the form of a new one."""
        if not self._desk.store.is_read_only:
            editing.add(self.kind, self, self._want)

    def start_change(self, field: str = "") -> FormDialog | None:
        """Open the form of the chosen one, at *field* where one is named; None if it may not be."""
        shown = self.table.chosen()
        if shown is None or not self.change.isEnabled():
            return None
        return editing.change(self.kind, shown, self, field)

    def _on_remove(self) -> None:
        shown = self.table.chosen()
        if shown is not None:
            place = self.table.currentIndex().row()

            def removed() -> None:
                self._wanted_place = place

            editing.remove(self.kind, shown, self, removed)

    def show_history(self) -> None:
        """Go to what was changed of the chosen one."""
        shown = self.table.chosen()
        if shown is not None:
            self._desk.go(OpenHistory(self.kind.tables[0], shown.id, f"“{shown.title}”"))

    def _want(self, record_id: UUID) -> None:
        self._wanted = record_id

    def open_panel(self) -> None:
        """Go to the panel of the chosen one."""
        if self.table.chosen() is None:
            return
        self.both.open_panel()
        first = self.panel.change if self.panel.change.isEnabled() else self.panel.area
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Go back to the list."""
        self.both.close_panel()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_filter(self) -> None:
        """Go to the filter above the list."""
        self.both.close_panel()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        here = self.focusWidget()
        is_in_panel = here is not None and self.panel.isAncestorOf(here)
        if event.key() == Qt.Key.Key_Escape and (is_in_panel or self.both.is_panel_alone):
            self.close_panel()
        else:
            super().keyPressEvent(event)
