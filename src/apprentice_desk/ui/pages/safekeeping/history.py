"""The part 'History' of Safekeeping."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from apprentice_desk import policy
from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.changes_told import told_change
from apprentice_desk.records.desk_history import (
    HistoryPage,
    HistoryRow,
    Wanted,
    history_count,
    history_page,
    people_of_history,
    records_about,
)
from apprentice_desk.records.history_kinds import KINDS
from apprentice_desk.safekeeping.history_export import write_history
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.choosing import ChoiceInput
from apprentice_desk.ui.kit.fields import Field, make_input
from apprentice_desk.ui.kit.files import ask_for_file
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.leaving import save_out
from apprentice_desk.ui.pages.safekeeping.history_columns import (
    CAN_DO_WITHOUT,
    COLUMNS,
    NOT_KNOWN,
    TOLD_COLUMNS,
    told_lines,
)
from apprentice_desk.ui.parted import SwitchedPart
from apprentice_desk.ui.saving_lists import ListSaver

WAIT_MS = 250
"""So long after the last letter the list is read anew."""

_WHO_SEES = (
    "Whoever can open this desk sees all of it, this history too: a desk that is a file has one"
    " passphrase for everybody. Names are those by which computers know people, and prove nothing."
)
_FIELDS = (
    Field("words", "Words in it", width=24),
    Field("person", "Who", "choice", width=18),
    Field("kind", "Kind of record", "choice", choices=tuple((kind, kind) for kind in KINDS),
          width=20),
    Field("first_on", "From", "date", width=14, is_past=True),
    Field("last_on", "Until", "date", width=14, is_past=True),
)  # fmt: skip
_EVERY = {"person": "Everybody", "kind": "Every kind"}
"""What a choice is called that narrows nothing."""
_ROWS = 8
_TOLD_ROWS = 6


class HistoryPart(SwitchedPart):
    """Who changed what, and when."""

    name = "history"
    title = "History"
    about = "Who changed what, and when"
    tables = frozenset(table for tables in KINDS.values() for table in tables)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._record = Wanted()
        self._called = ""
        self._found = 0
        self._rows: tuple[HistoryRow, ...] = ()
        self._has_more = False
        self.file_dialog: QFileDialog | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Changes", theme, stretch=2)
        self.table.order.can_do_without(CAN_DO_WITHOUT)
        self.table.set_fits(_ROWS)
        self.table.set_empty(
            "No change is like that", "Use fewer words, or clear one of the fields above."
        )
        self.told_model = RowsModel(TOLD_COLUMNS, self)
        self.told = RowsTable(self.told_model, "What the chosen change did", theme, stretch=3)
        self.told.set_fits(_TOLD_ROWS)
        self.told.setProperty("role", "inner")
        self.blocks = {field.name: self._block(field) for field in _FIELDS}
        self.saver = ListSaver(desk, self, self.table, "History", self._facts, lambda _row: None)
        self.table.set_actions(self.saver.all)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.read_first)
        self._build()
        for block in self.blocks.values():
            block.input.edited.connect(self._timer.start)
            block.input.left.connect(self._say_what_is_unreadable)
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(
            lambda _row: self.told.setFocus(Qt.FocusReason.OtherFocusReason)
        )
        self._show_chosen(None)

    def _block(self, field: Field) -> FieldBlock:
        # Few enough to be looked through: what is half typed narrows nothing, what is chosen does.
        is_choice = field.kind == "choice"
        theme, today = self._desk.theme, self._desk.clock.today()
        made = (
            ChoiceInput(field, theme, _EVERY[field.name])
            if is_choice
            else make_input(field, theme, today)
        )
        return FieldBlock(field, made, theme)

    def _build(self) -> None:
        theme = self._desk.theme
        self.of_record = label("", "strong", wraps=True)
        self.everything = button("Show every change", theme, self.show_all, icon="x")
        self.narrowed = QWidget()
        narrowed = QVBoxLayout(self.narrowed)
        narrowed.setContentsMargins(0, 0, 0, 0)
        narrowed.setSpacing(theme.space(2))
        narrowed.addWidget(self.of_record)
        narrowed.addWidget(Flow((self.everything,), theme))
        self.narrowed.hide()
        self.save_all = button("Save all of these…", theme, self.ask_for_file, icon="download")
        self.save_all.setToolTip("Every change that is found, as CSV for other programs")
        if not policy.in_force().allows(policy.Feature.LISTS):
            self.save_all.hide()  # the menu beside it says why
        self.count_line = label("", "small", wraps=True)
        self.older = button("Show older changes", theme, self.read_more, icon="chevron-down")
        self.card = Card("", theme)
        self.what = label("", "heading", wraps=True)
        self.line = label("", "quiet", wraps=True)
        self.rest = label("", "quiet", wraps=True)
        for part in (self.what, self.line, self.told, self.rest):
            self.card.add(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(label(_WHO_SEES, "quiet", wraps=True))
        down.addWidget(self.narrowed)
        down.addWidget(Flow(tuple(self.blocks.values()), theme))
        down.addWidget(self.table)
        down.addWidget(self.count_line)
        down.addWidget(Flow((self.older, self.save_all, self.saver.button()), theme))
        down.addWidget(self.card)
        down.addStretch(1)

    # showing

    def refresh(self) -> None:
        """Read the history anew."""
        self.is_stale = False
        people = self._desk.store.read(people_of_history)
        self.blocks["person"].input.set_choices(  # type: ignore[attr-defined]
            tuple((each, each or NOT_KNOWN) for each in people)
        )
        self.read_first()

    def read_first(self) -> None:
        """Read the newest changes that are wanted."""
        self._timer.stop()
        wanted = self.wanted()
        if wanted is None:
            return
        read = self._desk.store.read
        self._found = read(history_count, wanted)
        self._show_page(read(history_page, wanted), ())
        self.table.choose_first()
        self._show_chosen(self.table.chosen())

    def read_more(self) -> None:
        """Read the changes before the oldest that is shown."""
        wanted = self.wanted()
        if wanted is None or not self._rows:
            return
        oldest = min(row.number for row in self._rows)
        self._show_page(self._desk.store.read(history_page, wanted, oldest), self._rows)
        if not self._has_more:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, page: HistoryPage, before: tuple[HistoryRow, ...]) -> None:
        self._rows = (*before, *page.rows)
        self._has_more = page.has_more
        self.model.replace(self._rows)
        shown = f"{len(self._rows):,} of {counted(self._found, 'change')}"
        self.count_line.setText(f"{shown}, the newest first · Enter shows what the chosen one did")
        self.count_line.setVisible(bool(self._rows))
        self.older.setVisible(self._has_more)
        self.save_all.setEnabled(bool(self._rows))

    def _say_what_is_unreadable(self) -> None:
        """Say beside a day why it cannot be read, once somebody has left it."""
        for block in self.blocks.values():
            try:
                block.input.read()
            except ValueError as error:
                block.show_findings([Finding(Level.ROW, "HI001", str(error))])

    def wanted(self) -> Wanted | None:
        """Return which changes are wanted; None while a day is half typed, or they do not fit."""
        for block in self.blocks.values():
            block.show_findings([])
        try:
            given = {name: block.input.read() for name, block in self.blocks.items()}
        except ValueError:
            return None
        first, last = given["first_on"], given["last_on"]
        if first and last and first > last:
            says = "This day is before the first one."
            self.blocks["last_on"].show_findings([Finding(Level.ROW, "HI002", says)])
            return None
        return replace(
            self._record,
            words=given["words"] or "",
            person=given["person"],
            kind=given["kind"] or "",
            first_at=_midnight(first),
            until_at=None if last is None else _midnight(last + timedelta(days=1)),
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        said = [("Of", self._called)] if self._called else []
        for block in self.blocks.values():
            words = block.input.typed().strip()
            if words and self._is_read(block):
                said.append((block.input.field.label, words))
        return tuple(said)

    @staticmethod
    def _is_read(block: FieldBlock) -> bool:
        try:
            return block.input.read() is not None
        except ValueError:
            return False

    def show_record(self, destination: OpenHistory) -> None:
        """Narrow the history to one record and what belongs to it."""
        found = self._desk.store.read(records_about, destination.table, destination.record_id)
        self._record = Wanted(records=found)
        self._called = destination.called
        self.of_record.setText(f"Only what was changed of {destination.called}")
        self.narrowed.show()
        for block in self.blocks.values():
            block.input.write(None)
        self.is_stale = True

    def show_all(self) -> None:
        """Show every change again."""
        self._record, self._called = Wanted(), ""
        self.narrowed.hide()
        self.read_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_filter(self) -> None:
        """Go to the words to look for."""
        self.blocks["words"].input.target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first_stop(self) -> QWidget:
        """Return the list."""
        return self.table

    def _show_chosen(self, row: HistoryRow | None) -> None:
        self.card.setVisible(row is not None)
        if row is None:
            return
        told = self._desk.store.read(told_change, row.number, self._record.records)
        self.what.setText(row.label)
        who = row.person or NOT_KNOWN
        final = " It cannot be undone." if row.is_final else ""
        undone = " It was undone later." if row.is_undone else ""
        self.line.setText(
            f"Change {row.number:,}, {show_instant(row.recorded_at)}, by {who}.{final}{undone}"
        )
        self.told_model.replace(tuple(told_lines(told)))
        self.told.set_empty("Nothing more is kept of it", "")
        self.rest.setText(self._rest_in_words(told.more))
        self.rest.setVisible(told.more > 0)
        self.told.choose_first()

    def _rest_in_words(self, count: int) -> str:
        records = "1 more record" if count == 1 else f"{count:,} more records"
        if not self._called:
            which = "which is not told here" if count == 1 else "which are not told one by one"
            return f"And {records}, {which}."
        return f"It touched {records}. Show every change to see them."

    # saving all of it

    def ask_for_file(self) -> None:
        """Ask where every change that is found is to stand."""
        desk = self._desk
        name = f"{desk.organisation.name} history {desk.clock.today()}"
        self.file_dialog = ask_for_file(self, "Save the history", "CSV", "csv", name, self.save_to)

    def save_to(self, path: str) -> None:
        """Write every change that is found to *path*, in the background."""
        wanted, store = self.wanted(), self._desk.store
        if wanted is None:
            return

        def work(progress: Progress) -> Path:
            return write_history(store, wanted, path, progress)

        # Who is named in its labels is not known: they are what people wrote.
        save_out(self._desk, "Saving the history", work, Going(LeftKind.HISTORY), owner=self)


def _midnight(day: date | None) -> datetime | None:
    """Return the instant at which a day begins where this computer stands."""
    return None if day is None else datetime.combine(day, time()).astimezone()
