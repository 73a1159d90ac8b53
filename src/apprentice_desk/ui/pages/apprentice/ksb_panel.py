"""The panel beside the KSB grid: the whole of one code, what was said of it, and what names it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.domain.ksb_grid import KsbFacts, KsbLine, NamingEntry, PlannedKsbs, Said
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import reading_area
from apprentice_desk.ui.kit.panels import Card, EmptyState
from apprentice_desk.ui.kit.pieces import button, icon_button, label, row_of
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.apprentice.ksb_columns import (
    BADGES,
    VOICES,
    heed_in_words,
    words,
)

_MOST_ROWS = 6


def _said_in_full(said: Said) -> str:
    by = f" by {said.said_by}" if said.said_by else ""
    note = f" {said.note}" if said.note else ""
    return f"{VOICES[said.voice]}: {said.status}, said{by} on {show_day(said.said_on)}.{note}"


_SAID = (
    Column("Day", lambda said: table_day(said.said_on), sort=lambda said: said.said_on, width=11,
           say=lambda said: show_day(said.said_on)),
    Column("Who", lambda said: VOICES[said.voice], width=12),
    Column("Says", lambda said: BADGES[said.status], kind="badge", width=12,
           say=lambda said: said.status),
)  # fmt: skip
_ENTRIES = (
    Column("Day", lambda entry: table_day(entry.done_on), sort=lambda entry: entry.done_on,
           width=11, say=lambda entry: show_day(entry.done_on)),
    Column("Hours", lambda entry: grid(entry.minutes), right=True, width=7,
           sort=lambda entry: entry.minutes, say=lambda entry: _length(entry)),
    Column("Learned", lambda entry: entry.what, width=12, tip=lambda entry: entry.what),
)  # fmt: skip
_PLANNED = (
    Column("Due", lambda it: "" if it.due_on is None else table_day(it.due_on), width=11,
           sort=lambda it: it.due_on,
           say=lambda it: "no day yet" if it.due_on is None else show_day(it.due_on)),
    Column("Planned activity", lambda it: it.title, width=16, tip=lambda it: it.title),
)  # fmt: skip


def _length(entry: NamingEntry) -> str:
    return sentence(entry.minutes) + ("" if entry.counts else ", does not count")


class KsbPanel(Card):
    """Shows the line last given to ``show_line``.

    *entry_opened* and *activity_opened* have the key of what Enter asks for; *taken_back* the
    statements that are to be taken back.
    """

    entry_opened = Signal(object)
    activity_opened = Signal(object)
    taken_back = Signal(object)

    def __init__(self, theme: Theme, *, is_read_only: bool) -> None:
        super().__init__("", theme, flush=True)
        self._theme = theme
        self._is_read_only = is_read_only
        access.name(self, "Chosen KSB")
        self.nothing = EmptyState(
            theme, "target", "No KSB is chosen", "Choose one in the grid to see all of it."
        )
        self.close_button = icon_button("arrow-left", "Back to the grid", theme)
        self.code = label("", "large")
        self.asks = label("", wraps=True)
        self.heed = label("", "small", "warning", wraps=True)
        self.said = self._table(_SAID, "What was said of it", 2)
        self.entries = self._table(_ENTRIES, "Entries that name it", 2)
        self.planned = self._table(_PLANNED, "Planned activities", 1)
        self.hours = label("", "small", wraps=True)
        self.told = label("", "small", wraps=True)
        self.take_back = QAction("Take back", self)
        self.take_back.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.take_back.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.take_back.triggered.connect(lambda _checked=False: self._on_take_back())
        self.said.addAction(self.take_back)
        self.said.set_actions((self.take_back,))
        self.back = button("Take back", theme, self._on_take_back)
        access.name(self.back, "Take back", "The chosen statement, as if it had never been made")
        self._build()
        self.said.row_chosen.connect(lambda _row: self._allow())
        self.entries.row_opened.connect(lambda entry: self.entry_opened.emit(entry.id))
        self.planned.row_opened.connect(lambda it: self.activity_opened.emit(it.id))
        self.show_line(None, None)

    def _table(self, shown: tuple[Column, ...], name: str, stretch: int) -> RowsTable:
        table = RowsTable(RowsModel(shown, self), name, self._theme, stretch=stretch)
        table.set_fits(_MOST_ROWS)
        return table

    def _build(self) -> None:
        theme = self._theme
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        down.addLayout(row_of(theme, self.close_button, self.code, None))
        self._titles = {
            self.said: label("What was said", "heading"),
            self.entries: label("Entries that name it", "heading"),
            self.planned: label("Planned activities", "heading"),
        }
        self._none = {
            self.said: label("Nobody has said anything yet.", "quiet", wraps=True),
            self.entries: label("No entry of hours names it.", "quiet", wraps=True),
            self.planned: label("No activity of the plan is for it.", "quiet", wraps=True),
        }
        for part in (self.asks, self.heed):
            down.addWidget(part)
        for table, title in self._titles.items():
            down.addSpacing(theme.space(1))
            down.addWidget(title)
            if table is self.entries:
                down.addWidget(self.hours)
            down.addWidget(table)
            down.addWidget(self._none[table])
            if table is self.said:
                down.addWidget(self.told)
                down.addLayout(row_of(theme, self.back, None))
        down.addStretch(1)
        self.area = reading_area(content, "All about the KSB")
        self.body.addWidget(self.nothing, 1)
        self.body.addWidget(self.area, 1)

    def show_line(self, line: KsbLine | None, facts: KsbFacts | None) -> None:
        """Show another code with what stands behind it in *facts*."""
        self.nothing.setVisible(line is None)
        self.area.setVisible(line is not None)
        if line is None or facts is None:
            return
        self.code.setText(line.code)
        self.asks.setText(words(line, is_loaded=facts.known is not None))
        heed = heed_in_words(line)
        self.heed.setText(heed)
        self.heed.setVisible(bool(heed))
        naming = [entry for entry in facts.entries if line.code in entry.codes]
        self.hours.setText(_hours_in_words(line, naming))
        self._fill(self.said, [said for said in facts.said if said.code == line.code][::-1])
        self._fill(self.entries, naming)
        self._fill(self.planned, _planned_for(line.code, facts))
        self._allow()

    def _fill(self, table: RowsTable, rows: list[Any]) -> None:
        table.rows.replace(rows)
        table.setVisible(bool(rows))
        self._none[table].setVisible(not rows)
        table.choose_first()

    def _allow(self) -> None:
        may = not self._is_read_only and self.said.chosen() is not None
        said = self.said.chosen()
        self.told.setText("" if said is None else _said_in_full(said))
        self.told.setVisible(said is not None)
        self.take_back.setEnabled(may)
        self.back.setEnabled(may)
        self.back.setVisible(bool(self.said.rows.total) and not self._is_read_only)

    def _on_take_back(self) -> None:
        said = self.said.chosen()
        if said is not None:
            self.taken_back.emit(said)

    def first_stop(self) -> QWidget:
        """Return where the keyboard goes in the panel."""
        for table in (self.said, self.entries, self.planned):
            if table.rows.total:
                return table
        return self.area


def _planned_for(code: str, facts: KsbFacts) -> list[PlannedKsbs]:
    return [each for each in facts.planned if code in each.codes]


def _hours_in_words(line: KsbLine, naming: list[NamingEntry]) -> str:
    if not naming:
        return ""
    entries = "1 entry names" if len(naming) == 1 else f"{len(naming):,} entries name"
    several = sum(len(entry.codes) > 1 for entry in naming)
    said = f"{entries} it, {sentence(line.minutes)} of them counting."
    if several:
        said += " Those that name other KSBs too stand here whole."
    return said
