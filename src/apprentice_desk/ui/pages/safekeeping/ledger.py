"""The part 'What left' of Safekeeping."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.leaving import LeftRow
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.leaving import left_rows, people_in_file
from apprentice_desk.safekeeping.ledger import Compared, compare_file
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.dialogs import FormDialog
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.list_actions import action_of
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import ask_who_gets
from apprentice_desk.ui.pages.safekeeping.ledger_columns import (
    CAN_DO_WITHOUT,
    COLUMNS,
    facts,
)
from apprentice_desk.ui.parted import SwitchedPart
from apprentice_desk.ui.saving_lists import ListSaver

_READ_ONLY = (
    "This desk is open to read only: what is saved from it now is not noted, and who gets a file"
    " cannot be said."
)
_ROWS = 10
_TELLS = "Find out whether a file came from this desk, by its bytes"


class LedgerPart(SwitchedPart):
    """Every file that went out of this desk."""

    name = "ledger"
    title = "What left"
    about = "Every file that went out of this desk: what, when, who is in it, and who gets it"
    tables = frozenset({"left_file", "left_file_person", "apprentice"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._is_read = False
        self.file_dialog: QFileDialog | None = None
        self.dialog: FormDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Files that left", theme, stretch=1)
        self.table.order.can_do_without(CAN_DO_WITHOUT)
        self.table.set_fits(_ROWS)
        self.table.set_empty(
            "Nothing has left yet",
            "Whatever is saved from this desk from now on stands here: lists, returns, documents"
            " and copies of files.",
        )
        self.who_gets = action_of(
            theme, self.table, "Who gets it…", "pencil", "F2", self.say_who_gets
        )
        self.filter = FilterBox(self.table, "file, kind, who gets it, what for", theme)
        self.saver = ListSaver(desk, self, self.table, "What left", whom=lambda _row: None)
        self.table.set_actions((self.who_gets, *self.saver.all))
        self.compare = button("Did a file come from here?", theme, self.ask_for_one, icon="search")
        self.compare.setToolTip(as_tip(_TELLS))
        self.card = Card("", theme)
        self.file_name = label("", "heading", wraps=True)
        self.facts = KeyValues((), theme)
        self.say = button("Who gets it…", theme, self.say_who_gets, icon="pencil")
        self.say.setToolTip("Say who gets the chosen file (F2)")
        for part in (self.file_name, self.facts, Flow((self.say,), theme)):
            self.card.add(part)
        self._build()
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(lambda _row: self.say_who_gets())
        self._show_chosen(None)

    def _build(self) -> None:
        theme = self._desk.theme
        read_only = label(_READ_ONLY, tone="warning", wraps=True)
        read_only.setVisible(self._desk.store.is_read_only)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(read_only)
        down.addWidget(Flow((self.compare, self.saver.button()), theme))
        down.addWidget(self.filter)
        down.addWidget(self.table)
        hint = "" if self._desk.store.is_read_only else "Enter or F2 says who gets it"
        down.addWidget(CountLine(self.table, hint))
        down.addWidget(self.card)
        down.addStretch(1)

    # showing

    @property
    def count(self) -> int | None:
        """How many files left; None until they are read."""
        return self.model.total if self._is_read else None

    def refresh(self) -> None:
        """Read what left anew."""
        self.is_stale = False
        self.model.replace(self._desk.store.read(left_rows))
        self._is_read = True
        self.table.choose_first()
        self._show_chosen(self.table.chosen())
        self.counted.emit()

    def go_to_filter(self) -> None:
        """Go to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def first_stop(self) -> QWidget:
        """Return the list."""
        return self.table

    def _show_chosen(self, row: LeftRow | None) -> None:
        self.card.setVisible(row is not None)
        may_say = row is not None and not self._desk.store.is_read_only
        self.who_gets.setEnabled(may_say)
        self.say.setVisible(may_say)
        if row is None:
            return
        self.file_name.setText(row.file_name)
        self.facts.show_pairs(facts(row, self._desk.store.read(people_in_file, row.id)))

    # what the person does

    def say_who_gets(self) -> None:
        """Ask who gets the chosen file."""
        row: LeftRow | None = self.table.chosen()
        if row is not None and not self._desk.store.is_read_only:
            self.dialog = ask_who_gets(self._desk, [row.id], (self.window(),))

    def ask_for_one(self) -> None:
        """Ask which file is to be held against the ledger."""
        self.file_dialog = files.ask_for_one(
            self, "Did this file come from here?", "Any file", ("*",), self.compare_with
        )

    def compare_with(self, path: str) -> None:
        """Find out, behind the window, whether a file left this desk."""
        store = self._desk.store

        def work(_progress: Progress) -> Compared:
            return compare_file(store, path)

        self._desk.jobs.run(
            "Looking for the file", work, done=self._show_compared, newest_of="ledger", owner=self
        )

    def _show_compared(self, found: Compared) -> None:
        name = found.facts.name
        if not found.same:
            self._desk.messages.warn(
                f"No file with exactly the bytes of “{name}” is noted here.",
                "It may be from elsewhere, from before files were noted, or changed or saved again"
                " since.",
            )
            return
        newest = found.same[0]
        self.filter.clear()
        self.table.choose(newest.id)
        also = len(found.same) - 1
        more = f", and {counted(also, 'time')} before" if also else ""
        self._desk.messages.say(
            f"“{name}” left this desk on {show_instant(newest.left_at)}"
            f" as “{newest.file_name}”{more}."
        )
