"""The page of wording: all clauses, packaged and own, what needs doing about them first.

It is reached from the list of documents, from Today and by searching; the navigation does not
list it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.documents.own_wording import library_of
from apprentice_desk.documents.wording_list import Doing, WordingLine, wording_lines
from apprentice_desk.domain.own_wording import Standing
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import own_wording
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory, OpenPage, OpenWording, WriteClause
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit.arranging import Flow, ListSide, ScrollingPage
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.wording.columns import (
    ALL,
    COLUMNS,
    KEEPS,
    LEFT_OUT_FIRST,
    OWN,
    TABLES,
    TO_DO,
    counts_in_words,
)
from apprentice_desk.ui.pages.wording.dialogs import AddClause, ask_to_approve
from apprentice_desk.ui.pages.wording.panel import READ_ONLY, WordingPanel
from apprentice_desk.ui.saving_lists import ListSaver
from apprentice_desk.ui.wording_packs.packs_button import PacksButton

TITLE = "Wording"
SIDE_BY_SIDE = 240
PANEL_QUARTERS = 120


class WordingPage(ScrollingPage):
    """The list of all wording with the panel of the chosen version."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._lines: tuple[WordingLine, ...] = ()
        self._shown = ALL
        self.question: Question | None = None
        self.dialog: FormDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of clauses", theme, stretch=0)
        self.table.order.can_do_without(LEFT_OUT_FIRST)
        self.filter = FilterBox(self.table, "clause, document, standing, name", theme)
        self.variant = self._action("Write a variant…", "pencil", "F2", self.write_variant)
        self.edit = self._action("Go on writing…", "pencil", "Ctrl+Return", self.go_on_writing)
        self.approve = self._action("Approve…", "check", "Ctrl+Shift+A", self.ask_to_approve)
        self.again = self._action("New version…", "files", "F3", self.write_next)
        self.withdraw = self._action("Withdraw…", "ban", "", self.ask_to_withdraw)
        self.remove = self._action("Remove the draft…", "trash-2", "Del", self.ask_to_remove)
        self.history = self._action("History…", "history", "Ctrl+H", self.show_history)
        actions = (
            self.variant, self.edit, self.approve, self.again, self.withdraw, self.remove,
            self.history,
        )  # fmt: skip
        self.saver = ListSaver(desk, self, self.table, TITLE, self._facts)
        self.table.set_actions((*actions, *self.saver.all))
        self.panel = WordingPanel(desk, actions)
        self.details = button("Details", theme, self.open_panel, icon="panel-right")
        self.details.setToolTip("Show the chosen clause (Enter)")
        self.switch = Switch(
            "Which clauses are shown", ((TO_DO, "To do"), (OWN, "Own"), (ALL, "All")), theme
        )
        self._build()
        self.keeper = LookKeeper(desk, self, "wording", self.table, self.both.splitter)
        self._connect()
        self.show_which(ALL)

    def _build(self) -> None:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        self.add = button("Add a clause…", theme, self.start_adding, role="primary", icon="plus")
        self.add.setEnabled(not is_read_only)
        self.add.setToolTip(
            as_tip(
                READ_ONLY
                if is_read_only
                else "A clause of the borough's own, in a type of document"
            )
        )
        self.back = button("Back to Documents", theme, self._go_back, icon="arrow-left")
        self.back.setToolTip("Go to the list of documents (Alt+Left)")
        self.packs = PacksButton(self._desk, self)
        self.header = PageHeader(TITLE, "", theme, (self.add, self.packs, self.back))
        side = ListSide()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        left.addWidget(self.filter)
        left.addWidget(Flow((self.switch, self.saver.button(), self.details), theme))
        left.addWidget(self.table, 1)
        self.count = CountLine(self.table, "Enter opens")
        keys = label("· F2 writes a variant · Ctrl F filters", "small")
        left.addWidget(Flow((self.count, keys), theme, quarters=1))
        self.both = ListAndPanel(
            side, self.panel, theme, narrowest=SIDE_BY_SIDE, panel_quarters=PANEL_QUARTERS
        )
        self.put(self.header)
        self.put(self.both, 1)
        self._refit()

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _line: self.open_panel())
        self.switch.chosen.connect(self.show_which)
        self.panel.close_button.clicked.connect(self.close_panel)
        self.both.arranged.connect(self._on_arranged)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        add_key(self, "Back to the list of documents", "Alt+Left", self.back.click)
        self._on_arranged()

    def _action(self, text: str, icon: str, keys: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self.table)
        set_icon(action, icon, "text_quiet", self._theme)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    def _refit(self) -> None:
        self.table.set_least(52)
        self.panel.setMinimumHeight(self._theme.space(70))

    def _on_arranged(self) -> None:
        self.details.setVisible(not self.both.is_side_by_side)
        self.panel.close_button.setVisible(self.both.is_panel_alone)

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*TABLES):
            self.note_stale()

    def refresh(self) -> None:
        """Read the wording anew; what is chosen stays so."""
        try:
            self._lines = self._desk.store.read(wording_lines, self._desk.clock.today())
            version = self._desk.store.read(library_of).settings.version
        except Problem as problem:
            self._desk.messages.problem(problem)
            return
        self.model.replace(self._lines)
        for name, keeps in KEEPS.items():
            self.switch.show_count(name, sum(keeps is None or keeps(each) for each in self._lines))
        about = counts_in_words(self._lines, version)
        if self._desk.store.is_read_only:
            about += " · open to read only"
        self.header.set_words(TITLE, about)
        self.show_which(self._shown)
        self._on_chosen(self.table.chosen())

    def show_which(self, which: str) -> None:
        """Show what needs doing, the borough's own, or all."""
        self._shown = which
        self.switch.show_value(which)
        self.model.keep(KEEPS[which])
        nothing = {
            TO_DO: ("Nothing to do", "No draft waits, and nothing is due to be read again."),
            OWN: (
                "No wording of the borough's own",
                "Choose a clause below All and write a variant of it, or add a clause.",
            ),
            ALL: ("No wording", "Install the program again."),
        }
        self.table.set_empty(*nothing[which])
        self.table.choose_first()

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return () if self._shown == ALL else (("Shown", self._shown),)

    def narrow_to(self, words: str) -> None:
        """Show those in whose row all *words* occur."""
        self._refresh_stale()
        self.show_which(ALL)
        self.filter.setText(words)
        self.table.choose_first()

    def arrive(self, destination: OpenWording) -> None:
        """Show one version in the whole list, as another page asked."""
        self.refresh()  # what was just saved may not have been heard of yet
        self.show_which(ALL)
        self.filter.clear()
        self.table.setFocus()
        if not self.table.choose(destination.file):
            self._desk.messages.warn("This clause is not in the desk any more.", "It was removed.")

    def _on_chosen(self, line: WordingLine | None) -> None:
        self.details.setEnabled(line is not None)
        self.panel.show_line(line)
        self._allow(line)

    def _allow(self, line: WordingLine | None) -> None:
        may_write = not self._desk.store.is_read_only
        row = None if line is None else line.row
        is_clause = line is not None and not line.is_type
        is_draft = row is not None and row.status is Standing.DRAFT
        is_newest = row is not None and line is not None and not line.is_older
        self.variant.setEnabled(
            may_write and line is not None and row is None and not line.replaced_by
        )
        self.edit.setEnabled(may_write and is_draft and is_clause)
        self.approve.setEnabled(may_write and is_draft)
        self.again.setEnabled(may_write and is_newest and not is_draft and is_clause)
        self.withdraw.setEnabled(
            may_write and is_newest and row is not None and row.status is Standing.APPROVED
        )
        self.remove.setEnabled(may_write and is_draft)
        self.history.setEnabled(row is not None)
        self.panel.show_actions()

    def open_panel(self) -> None:
        """Show the chosen clause, in place of the list where there is no room beside it."""
        if self.table.chosen() is None:
            return
        self.both.open_panel()
        self.panel.take_keyboard()

    def close_panel(self) -> None:
        """Show the list again."""
        self.both.close_panel()
        self.table.setFocus()

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _go_back(self) -> None:
        self._desk.go(OpenPage("documents"))

    # what the person does

    def start_adding(self) -> None:
        """Ask what a new clause is called and where it stands."""
        if not self._desk.store.is_read_only:
            self.dialog = AddClause(self._desk, self, self._desk.store.read(library_of)).dialog
            self.dialog.open()

    def write_variant(self) -> None:
        """Begin a variant of the chosen clause."""
        line: WordingLine | None = self.table.chosen()
        if line is not None and self.variant.isEnabled():
            self._desk.go(WriteClause(replaces=line.wording_id))

    def go_on_writing(self) -> None:
        """Go on with the chosen draft."""
        line: WordingLine | None = self.table.chosen()
        if line is not None and line.row is not None and self.edit.isEnabled():
            self._desk.go(WriteClause(wording_id=line.row.id))

    def write_next(self) -> None:
        """Begin the next version of the chosen clause; one that is begun goes on."""
        line: WordingLine | None = self.table.chosen()
        if line is not None and line.row is not None and self.again.isEnabled():
            self._desk.go(WriteClause(next_of=line.row.id))

    def ask_to_approve(self) -> None:
        """Ask who approves the chosen draft."""
        line: WordingLine | None = self.table.chosen()
        if line is not None and line.row is not None and self.approve.isEnabled():
            row = line.row
            self.dialog = ask_to_approve(
                self._desk, self, row.id, line.title, row.written_by, row.changed_in, lambda: None
            )

    def ask_to_withdraw(self) -> None:
        """Ask before the chosen version is taken out of force."""
        line: WordingLine | None = self.table.chosen()
        if line is None or line.row is None or not self.withdraw.isEnabled():
            return
        instead = f"“{line.replaces}” stands again" if line.replaces else "Nothing stands"
        self.question = ask(
            self,
            self._theme,
            "Withdraw this wording?",
            f"“{line.title}” gets into no document from now on. {instead} in its place. Documents"
            " that were issued with it stay as they are.",
            "Withdraw it",
            partial(self._do, f"Withdraw “{line.title}”", own_wording.withdraw, line),
        )

    def ask_to_remove(self) -> None:
        """Ask before the chosen draft is removed."""
        line: WordingLine | None = self.table.chosen()
        if line is None or line.row is None or not self.remove.isEnabled():
            return
        self.question = ask(
            self,
            self._theme,
            "Remove this draft?",
            f"What is written of “{line.title}” is removed. Undo brings it back.",
            "Remove it",
            partial(self._do, f"Remove the draft “{line.title}”", own_wording.remove_draft, line),
            danger=True,
        )

    def show_history(self) -> None:
        """Go to what was changed of the chosen version, if it is the borough's own."""
        line: WordingLine | None = self.table.chosen()
        if line is not None and line.row is not None:
            self._desk.go(OpenHistory("wording_kept", line.row.id, f"“{line.title}”"))

    def _do(self, what: str, act: Callable[..., None], line: WordingLine) -> None:
        assert line.row is not None
        try:
            with self._desk.change(what) as session:
                act(session, line.row.id)
        except Problem as problem:
            self._desk.messages.problem(problem)

    @property
    def to_do(self) -> int:
        """How many versions need something."""
        return sum(line.doing is not Doing.NOTHING for line in self._lines)
