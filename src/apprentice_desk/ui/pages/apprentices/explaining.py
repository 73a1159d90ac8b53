"""How a figure comes about: its formula line by line, the rule and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from apprentice_desk.documents.explained import (
    BehindRows,
    entries_table,
    explained,
    plan_table,
)
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.domain.explaining import Behind, Explanation, Figure, explain_all
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.panels import KeyValues
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentices.telling import TellingDialog, about
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint

ENTRY_COLUMNS = (
    Column(
        "Day",
        lambda row: f"{row.done_on:%a} {table_day(row.done_on)}",
        sort=lambda row: row.done_on,
        say=lambda row: f"{row.done_on:%A} {show_day(row.done_on)}",
        width=18,
    ),
    Column(
        "Hours",
        lambda row: grid(row.minutes),
        sort=lambda row: row.minutes,
        say=lambda row: sentence(row.minutes),
        right=True,
        width=8,
    ),
    Column("Activity", lambda row: f"{row.activity[:1].upper()}{row.activity[1:]}", width=18),
    Column("What was learned", lambda row: row.what, width=20, tip=lambda row: row.what),
    Column("Counts", lambda row: "counts" if row.counts else "does not", width=10),
)
PLAN_COLUMNS = (
    Column("Activity", lambda row: row.title, kind="strong", width=30),
    Column(
        "Due",
        lambda row: "" if row.due_on is None else table_day(row.due_on),
        sort=lambda row: row.due_on,
        width=12,
    ),
    Column(
        "Hours",
        lambda row: grid(row.planned_minutes),
        sort=lambda row: row.planned_minutes,
        say=lambda row: sentence(row.planned_minutes),
        right=True,
        width=8,
    ),
    Column("Status", lambda row: row.status.value, width=12),
)


class ExplainDialog(TellingDialog):
    """All figures of one apprentice, one at a time, beginning with *figure*."""

    def __init__(
        self,
        desk: Desk,
        row: ApprenticeRow,
        view: Viewpoint,
        figure: Figure,
        parent: QWidget,
        note: str = "",
    ) -> None:
        super().__init__(
            desk,
            f"How the figures of {row.name} come about",
            parent,
            about="Formula and rule",
            whose=row.id,
        )
        self._row = row
        self._view = view
        self._note = note
        self._told = explain_all(row.facts, desk.lists.hours_rules, view.day)
        self.choice = QComboBox()
        for each in self._told:
            self.choice.addItem(f"{each.title}: {each.value}")
        access.name(self.choice, "Figure", f"As at {view.shown}")
        which = label("Figure", "label")
        which.setBuddy(self.choice)  # on Linux a screen reader takes the name from there
        self.seen_on = label(f"As at {view.shown}. {note}".strip(), "small", wraps=True)
        self.steps = KeyValues((), desk.theme)
        self.sources = label("", "small", wraps=True)
        self.counted = label("", "heading", wraps=True)
        self.entries = RowsTable(
            RowsModel(ENTRY_COLUMNS, self), "Entries behind the figure", desk.theme, stretch=3
        )
        self.plan = RowsTable(
            RowsModel(PLAN_COLUMNS, self), "Planned activities behind the figure", desk.theme
        )
        self._filler = QWidget()
        for part in (
            self.seen_on, which, self.choice, self.steps, label("Rule and source", "heading"),
            self.sources, self.counted,
        ):  # fmt: skip
            self.body.addWidget(part)
        for table in (self.entries, self.plan):
            table.setMinimumHeight(desk.theme.space(40))
            self.body.addWidget(table, 1)
        self.body.addWidget(self._filler, 1)
        self.add_pdf()
        self.finish()
        self.choice.currentIndexChanged.connect(self._show)
        self.choice.setCurrentIndex(list(Figure).index(figure))
        self._show()
        self.choice.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def told(self) -> Explanation:
        """The explanation that is shown."""
        return self._told[self.choice.currentIndex()]

    def _show(self) -> None:
        told = self.told
        self.steps.show_pairs([(step.what, step.amount) for step in told.steps])
        self.sources.setText("\n".join(source.says for source in told.sources))
        rows = self._rows(told)
        for table, kind in ((self.entries, Behind.ENTRIES), (self.plan, Behind.PLAN)):
            table.setVisible(told.behind is kind)
            if told.behind is kind:
                table.rows.replace(rows)
        self.counted.setVisible(told.behind is not Behind.NOTHING)
        self._filler.setVisible(told.behind is Behind.NOTHING)
        kinds = {Behind.ENTRIES: "entries", Behind.PLAN: "planned activities"}
        self.counted.setText(f"What stands behind it: {len(rows):,} {kinds.get(told.behind, '')}")
        self.area.verticalScrollBar().setValue(0)

    def _rows(self, told: Explanation) -> tuple[object, ...]:
        read = self._desk.store.read
        if told.behind is Behind.ENTRIES:
            return read(self._view.entries, self._row.id, told.first)
        if told.behind is Behind.PLAN:
            return read(self._view.plan, self._row.id)
        return ()

    def file_name(self) -> str:
        """Return the name that is offered for the PDF."""
        return f"{self._row.name} {self.told.figure} {self._view.day}"

    def writer(self, path: str) -> Callable[[Progress], Path]:
        """Return what writes the page on the figure that is shown to *path*."""
        told, who = self.told, about(self._desk, self._row, self._view, self._note)
        behind: BehindRows | None = None
        if told.behind is Behind.ENTRIES:
            behind = entries_table(tuple(self.entries.rows.shown))
        elif told.behind is Behind.PLAN:
            behind = plan_table(tuple(self.plan.rows.shown))

        def write(progress: Progress) -> Path:
            # Late: ReportLab takes a fifth of a second to import, and most days nobody prints.
            from apprentice_desk.documents import one_page

            rows = 0 if behind is None else len(behind.table.rows)
            return one_page.write(
                path, lambda shown: explained(who, told, behind, shown), rows, progress
            )

        return write
