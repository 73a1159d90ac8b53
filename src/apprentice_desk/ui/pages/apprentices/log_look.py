"""A look through somebody's whole log for what an auditor would ask about, kindly said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.smells import LogEntry, Situation, Smell, smells
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.records.typing_days import typed_on
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHours
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.panels import KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentices.explaining import ENTRY_COLUMNS
from apprentice_desk.ui.pages.apprentices.telling import TellingDialog
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint

_MOST_SEEN = 8
"""There are no more kinds of what can be seen."""
_KINDLY = (
    "Nothing here says that an entry is wrong: each of these has an honest explanation. It is what"
    " an auditor would ask about."
)


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry of the log; *typed_on* is None where nobody typed it here."""

    id: UUID
    done_on: date
    minutes: int
    activity: Activity
    what: str
    typed_on: date | None


@dataclass(frozen=True, slots=True)
class LogLook:
    """What was seen, and the counting entries that were looked at by their keys."""

    found: tuple[Smell, ...]
    entries: dict[UUID, LogRow]


SEEN_COLUMNS = (
    Column("Worth a look", lambda smell: _name(smell), kind="strong", width=24),
    Column("What was seen", lambda smell: smell.says, width=24, tip=lambda smell: smell.says),
    Column(
        "Entries",
        lambda smell: f"{len(smell.entry_ids):,}" if smell.entry_ids else "",
        sort=lambda smell: len(smell.entry_ids),
        say=lambda smell: f"{len(smell.entry_ids):,}" if smell.entry_ids else "days without any",
        right=True,
        width=9,
    ),
)
LOG_COLUMNS = (
    *(each for each in ENTRY_COLUMNS if each.heading != "Counts"),
    Column(
        "Typed on",
        lambda row: "" if row.typed_on is None else table_day(row.typed_on),
        sort=lambda row: row.typed_on,
        say=lambda row: "not typed here" if row.typed_on is None else show_day(row.typed_on),
        width=12,
    ),
)


def _name(smell: Smell) -> str:
    return f"{smell.code[:1].upper()}{smell.code[1:]}"


def looking_through(
    desk: Desk, row: ApprenticeRow, view: Viewpoint
) -> Callable[[Progress], LogLook]:
    """Return the work of reading the log and seeing what is worth a look in it."""
    store = desk.store

    def work(progress: Progress) -> LogLook:
        progress.step(0, None, "Reading the log")
        rows = store.read(view.entries, row.id)
        typed = store.read(typed_on, [row.id])
        log = [
            LogEntry(
                each.id, each.done_on, each.minutes, each.counts, each.what, each.ksbs,
                typed.get(each.id),
            )
            for each in rows
        ]  # fmt: skip
        situation = Situation(row.course, row.original_start_on, view.day, row.facts.stays)
        return LogLook(
            smells(log, situation, resources.counting_rules()),
            {
                each.id: LogRow(
                    each.id, each.done_on, each.minutes, each.activity, each.what,
                    typed.get(each.id),
                )
                for each in rows
                if each.counts
            },
        )  # fmt: skip

    return work


class LogLookDialog(TellingDialog):
    """What is worth a look, one line each; the chosen one in full, with its entries."""

    def __init__(self, desk: Desk, row: ApprenticeRow, view: Viewpoint, parent: QWidget) -> None:
        super().__init__(
            desk,
            f"A look through the log of {row.name}",
            parent,
            about="What was seen in the log",
            whose=row.id,
        )
        theme = desk.theme
        self._row = row
        self._view = view
        self.looked: LogLook | None = None
        self.says = label("Reading the log…", "quiet", wraps=True)
        self.seen = RowsTable(
            RowsModel(SEEN_COLUMNS, self, key="code"), "Worth a look", theme, stretch=1
        )
        self.seen.set_fits(_MOST_SEEN)
        self.full = label("", "strong", wraps=True)
        self.told = KeyValues((), theme)
        self.entries = RowsTable(
            RowsModel(LOG_COLUMNS, self), "Entries concerned", theme, stretch=3
        )
        self.entries.setMinimumHeight(theme.space(50))
        self._filler = QWidget()
        for part in (self.says, self.seen, self.full, self.told):
            self.body.addWidget(part)
        self.body.addWidget(self.entries, 1)
        self.body.addWidget(self._filler, 1)
        self.go_there = button("Show in Hours", theme, self._on_go, role="primary", icon="clock")
        self.buttons.append(self.go_there)
        self.finish()
        self.seen.row_chosen.connect(self._show)
        self.entries.row_opened.connect(lambda _row: self._on_go())
        room = self.screen().availableSize()
        self.resize(min(theme.space(220), room.width()), self.height())
        self._show(None)
        self.seen.hide()
        self.area.setFocus(Qt.FocusReason.TabFocusReason)
        desk.jobs.run(
            f"Looking through the log of {row.name}",
            looking_through(desk, row, view),
            done=self._on_looked,
            failed=self._on_failed,
            owner=self,
            is_quiet=True,
        )

    def _on_looked(self, looked: LogLook) -> None:
        self.looked = looked
        self.says.setText(self._words(looked))
        self.seen.rows.replace(looked.found)
        self.seen.setVisible(bool(looked.found))
        self.seen.choose_first()
        if looked.found and self.focusWidget() is self.area:
            self.seen.setFocus(Qt.FocusReason.TabFocusReason)
        access.announce(self.says, self.says.text())

    def _on_failed(self, problem: Problem) -> None:
        self.says.setText("")
        self.messages.problem(problem)

    def _words(self, looked: LogLook) -> str:
        count = len(looked.entries)
        entries = "1 entry that counts" if count == 1 else f"{count:,} entries that count"
        if looked.found:
            things = len(looked.found)
            worth = "1 thing is" if things == 1 else f"{things} things are"
            return f"{worth} worth a look among {entries} up to {self._view.shown}. {_KINDLY}"
        if not count:
            return (
                f"No hours that count are logged up to {self._view.shown}, so there is nothing to"
                " look through yet."
            )
        return (
            f"Nothing stands out among {entries} up to {self._view.shown}: lengths and words vary,"
            " every month has training, and what was learned is described. Well kept."
        )

    def _show(self, smell: Smell | None) -> None:
        """Tell one of them in full, with its entries."""
        concerned: tuple[Any, ...] = ()
        if smell is not None and self.looked is not None:
            of = self.looked.entries
            concerned = tuple(of[key] for key in smell.entry_ids)
            asks = "a funding rule" if smell.is_rule else "good practice, not a rule"
            self.full.setText(smell.says)
            self.told.show_pairs(
                [
                    ("What would help", smell.would_help),
                    *smell.figures,
                    ("Asked for by", asks),
                    ("Source", smell.source_words),
                ]
            )
        for part in (self.full, self.told, self.go_there):
            part.setVisible(smell is not None)
        self.entries.rows.replace(concerned)
        self.entries.setVisible(bool(concerned))
        self._filler.setVisible(not concerned)
        self.entries.choose_first()
        if smell is not None:
            which = f"the entries of “{_name(smell)}”" if concerned else "all hours"
            access.name(self.go_there, "Show in Hours", f"Goes to {which} of {self._row.name}")

    def _on_go(self) -> None:
        """Go to the chosen entry among all hours of this person."""
        entry = self.entries.chosen()
        place = OpenHours(self._row.id, None if entry is None else entry.id)
        self.accept()
        self._desk.go(place)
