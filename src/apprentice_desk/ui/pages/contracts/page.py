"""The page of contracts: the list, what needs doing first, and what can be done with one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from apprentice_desk.ui.contracting.contracts import TABLES, Contracts
from apprentice_desk.ui.contracting.dates import SAVE_DATES, ContractDates
from apprentice_desk.ui.desk import Desk, ImportList, OpenContract, OpenPage
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPage
from apprentice_desk.ui.kit.dialogs import FormDialog, Question
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.narrowing import Narrowing, known_of_people
from apprentice_desk.ui.pages.contracts.columns import (
    COLUMNS,
    FILTERS,
    FIRST_COLUMN,
    HIDDEN_AT_FIRST,
    LEFT_OUT_FIRST,
    ContractLine,
    counts_in_words,
    read_lines,
)
from apprentice_desk.ui.recording import editing
from apprentice_desk.ui.recording.kind import Shown, people
from apprentice_desk.ui.saving_lists import ListSaver

TITLE = "Contracts"
READ_ONLY = "This desk is open to read only, so nothing in it can be changed."
FILTER_BESIDE = 140
"""The width in quarters from which the filter stands beside the buttons."""


class ContractsPage(ScrollingPage):
    """The list of contracts; Enter opens the page of one."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._kind = Contracts(desk)
        self._wanted: UUID | None = None
        self.question: Question | None = None
        self.dialog: FormDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of contracts", theme, stretch=2, several=True)
        self.table.order.hide_at_first(HIDDEN_AT_FIRST)
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        self.table.sort_by(FIRST_COLUMN)
        self.filter = FilterBox(self.table, "reference, provider, standard", theme)
        self.narrowing = Narrowing(
            desk, self, self.table, self.filter, FILTERS, "contracts",
            "Which contracts the list shows", "Digital, ending soon", self._known_of_people,
            lines=(3,),
        )  # fmt: skip
        self.open = self._action("Open the contract", "file-text", "Ctrl+Return", self.open_chosen)
        self.change = self._action("Change the contract…", "pencil", "F2", self.start_change)
        self.remove = self._action("Remove the contract…", "trash-2", "Del", self.ask_to_remove)
        self.dates = ContractDates(desk, self)
        self.save_dates = QAction(SAVE_DATES, self)
        set_icon(self.save_dates, "calendar", "text_quiet", theme)
        self.save_dates.triggered.connect(lambda _checked=False: self.ask_to_save_dates())
        self.addAction(self.save_dates)
        self.saver = ListSaver(desk, self, self.table, TITLE, lambda: self.narrowing.facts)
        self.table.set_actions(
            (self.open, self.change, self.remove, self.save_dates, *self.saver.all)
        )
        self._build()
        self.keeper = LookKeeper(desk, self, "contracts", self.table, None)
        self._connect()
        self.narrowing.choose(FILTERS[0])
        self._allow()

    def _build(self) -> None:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        self.add = button("Add contract", theme, self.start_adding, role="primary", icon="plus")
        self.add.setEnabled(not is_read_only)
        if is_read_only:
            self.add.setToolTip(READ_ONLY)
        self.bring_in = button("Import a register…", theme, self.start_import, icon="upload")
        self.bring_in.setEnabled(not is_read_only)
        if is_read_only:
            self.bring_in.setToolTip(READ_ONLY)
        self.procurements = button(
            "Procurements", theme, lambda: self._desk.go(OpenPage("procurements")),
            icon="list-checks",
        )  # fmt: skip
        self.procurements.setToolTip("Calls for bids, before there is a contract")
        self.levy = button("Levy", theme, self._go_to_levy, icon="hourglass")
        self.levy.setToolTip("What becomes of the levy account (Ctrl+Shift+E)")
        actions = (self.levy, self.procurements, self.bring_in, self.add)
        self.header = PageHeader(TITLE, "", theme, actions)
        self.columns = button("Columns", theme, self._on_columns, icon="columns-3")
        self.columns.setToolTip("Choose and sort by columns")
        access.name(self.columns, "Columns", "Choose and sort by columns")
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(theme.space(2))
        self._above.addWidget(self.filter, 1)
        self.save = self.saver.button()
        self.save.menu().addAction(self.save_dates)
        beside = (self.narrowing.button, self.columns, self.save)
        self._above.addWidget(Flow(beside, theme))
        self.count = CountLine(self.table, "Enter opens")
        keys = "· Ctrl F filters" if is_read_only else "· F2 changes · Ctrl F filters"
        self.put(self.header)
        self.put(self._above)
        self.put(self.table, 1)
        self.put(Flow((self.count, label(keys, "small")), theme, quarters=1, down=0))
        self._refit()

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_opened.connect(lambda _line: self.open_chosen())
        self.table.row_chosen.connect(lambda _line: self._allow())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        add_key(self, "Go to the levy account", "Ctrl+Shift+E", self._go_to_levy)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)

    def _action(self, text: str, icon: str, keys: str, act: Any) -> QAction:
        action = QAction(text, self.table)
        set_icon(action, icon, "text_quiet", self._theme)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    def _refit(self) -> None:
        self.table.set_least(52)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filter beside the buttons, or above them where there is no room."""
        super().resizeEvent(event)
        is_one_line = self.width() >= self._theme.space(FILTER_BESIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._above.setDirection(across if is_one_line else down)

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*TABLES):
            self.note_stale()

    def refresh(self) -> None:
        """Read the contracts anew, behind the window in a desk where that takes long."""
        desk = self._desk
        today = desk.clock.today()
        if not desk.is_large:
            self.show_lines(desk.store.read(read_lines, today))
            return
        desk.jobs.run(
            "Reading the contracts",
            lambda _progress: desk.store.read(read_lines, today),
            done=self.show_lines,
            newest_of="contracts",
            owner=self,
        )

    def show_lines(self, lines: tuple[ContractLine, ...]) -> None:
        """Show *lines*; what was chosen stays so."""
        is_read_only = self._desk.store.is_read_only
        about = counts_in_words(lines) if lines else "Who trains your apprentices, until when"
        self.header.set_words(TITLE, about + (" · open to read only" if is_read_only else ""))
        if is_read_only:
            self.table.set_empty("No contracts yet", READ_ONLY)
        else:
            self.table.set_empty(
                "No contracts yet",
                "Add the contracts under which apprentices are trained, or import the register that"
                " you have. What ends when then stands here and on Today.",
                "Add a contract…",
                self.start_adding,
            )
        self.model.replace(lines)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.choose(wanted)
        self.table.choose_first()
        self._allow()

    def choose(self, contract_id: UUID) -> bool:
        """Choose a contract, taking the filters away where they hide it."""
        if self.table.choose(contract_id):
            return True
        self.filter.clear()
        if not self.table.choose(contract_id):
            self.narrowing.choose(self.narrowing.all)
        return self.table.choose(contract_id)

    def narrow_to(self, words: str) -> None:
        """Show those in whose row all *words* occur."""
        self._refresh_stale()
        self.narrowing.choose(self.narrowing.all)
        self.filter.setText(words)
        self.table.choose_first()

    def _known_of_people(self) -> list[str]:
        known = [line.row.looked_after_by for line in self.model.given]
        return [*known, *known_of_people(people(self._desk))]

    def _allow(self) -> None:
        line = None if self.table.several() else self.table.chosen()
        may_write = line is not None and not self._desk.store.is_read_only
        self.open.setEnabled(line is not None)
        self.change.setEnabled(may_write)
        self.remove.setEnabled(may_write)
        self.save_dates.setEnabled(bool(self.model.shown))

    # what the person does

    def open_chosen(self) -> None:
        """Go to the page of the chosen contract."""
        line: ContractLine | None = self.table.chosen()
        if line is not None:
            self._desk.go(OpenContract(line.id))

    def start_adding(self) -> None:
        """Open the form of a new contract."""
        if not self._desk.store.is_read_only:
            self.dialog = editing.add(self._kind, self, self._want)

    def start_import(self) -> None:
        """Go to the import, for a register of contracts."""
        if not self._desk.store.is_read_only:
            self._desk.go(ImportList("contracts"))

    def start_change(self) -> None:
        """Open the form of the chosen contract."""
        if (shown := self._shown()) is not None and self.change.isEnabled():
            self.dialog = editing.change(self._kind, shown, self)

    def ask_to_remove(self) -> None:
        """Ask before the chosen contract is taken out of the desk."""
        if (shown := self._shown()) is not None and self.remove.isEnabled():
            self.question = editing.remove(self._kind, shown, self, lambda: None)

    def ask_to_save_dates(self) -> None:
        """Ask where the days of those that are selected, or else shown, are to stand."""
        lines = self.table.several() or list(self.model.shown)
        called = lines[0].row.reference if len(lines) == 1 else f"{len(lines):,} contracts"
        self.dates.ask_for_file([line.id for line in lines], called)

    def _shown(self) -> Shown | None:
        line: ContractLine | None = self.table.chosen()
        return None if line is None else Shown(line.id, line.row.reference, None, line.row)

    def _want(self, contract_id: UUID) -> None:
        self._wanted = contract_id

    def _on_columns(self) -> None:
        menu = self.table.columns_menu(self.columns)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    def _go_to_levy(self) -> None:
        self._desk.go(OpenPage("levy"))

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
