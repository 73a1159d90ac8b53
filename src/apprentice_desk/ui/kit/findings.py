"""A card that lists what was found: where, what kind, what is wrong, and a way to put it right.

The words of the chosen line stand in full below the list, so that nobody needs a mouse to read
what a column cuts short.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.findings import Finding, Level
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, SideBySide
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

_SHEET, _ROW = 1, 2  # places of columns
MOST_ROWS = 8
"""How many lines are seen at once; more of them scroll."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with whom or what it is about, for the list."""

    id: int
    finding: Finding
    about: str


def finding_badge(finding: Finding) -> Badge:
    """Return the kind of a finding in one word."""
    if finding.level is Level.FILE:
        return Badge("Whole file", "danger", "circle-x")
    if finding.level is Level.NOTE:
        return Badge("Unusual", "warning", "triangle-alert")
    if finding.place.value:
        return Badge("Wrong", "danger", "circle-alert")
    return Badge("Missing", "danger", "circle-alert")


class FindingsCard(Card):
    """Findings, those that hold something back first.

    *about* heads the column of whom each is about.  Where there is no file yet (not *in_a_file*)
    the columns of sheet and row are held back, and the problem gets their room.  Enter, a double
    click or the button sends *asked_for* with the finding if *leads_on* says that there is
    somewhere to go.  Where the value cannot be typed *instead* gives the reason in a sentence, and
    other words for the button.
    """

    asked_for = Signal(object)

    def __init__(
        self,
        theme: Theme,
        about: str,
        empty: tuple[str, str],
        parent: QWidget | None = None,
        *,
        in_a_file: bool = True,
        action_text: str = "",
        leads_on: Callable[[Finding], bool] = lambda _finding: False,
        instead: Callable[[Finding], tuple[str, str] | None] = lambda _finding: None,
    ) -> None:
        super().__init__("Findings", theme, parent, flush=True)
        self._leads_on = leads_on
        self._instead = instead
        self._action_text = action_text or "Go"
        self.model = RowsModel(
            (
                Column(about, lambda row: row.about, width=15, kind="strong"),
                Column("Sheet", lambda row: row.finding.place.sheet, width=11),
                Column(
                    "Row",
                    lambda row: row.finding.place.row or "",
                    sort=lambda row: row.finding.place.row,
                    right=True,
                    width=4,
                ),
                Column("Column", lambda row: row.finding.place.heading, width=14),
                Column("Kind", lambda row: finding_badge(row.finding), kind="badge", width=12),
                Column("Problem", lambda row: row.finding.message, width=18),
            ),
            self,
        )
        self.table = RowsTable(self.model, "Findings", theme, stretch=5)
        self.table.setProperty("role", "inner")
        for place in (_SHEET, _ROW):
            self.table.show_column(place, is_shown=in_a_file)
        self.table.set_empty(*empty)
        self.table.set_fits(MOST_ROWS)
        self._words = label("", wraps=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        access.name(self._words, "What was found")
        self.action = button(self._action_text, theme, self._on_action)
        if not action_text:
            self.action.hide()  # never shown here: without its place it would be a window
        self._foot = QWidget()
        inside = QVBoxLayout(self._foot)
        inside.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(3))
        act = Flow([self.action], theme)
        inside.addWidget(SideBySide([self._words, act], theme, shares=(1, 0), narrowest=110))
        self.add(self.table)
        self.add(self._foot)
        self.body.addStretch(1)
        self.body.setSpacing(0)
        self.table.row_chosen.connect(self._show_chosen)
        self.table.row_opened.connect(self._open)
        self._show_chosen(None)

    def show_findings(self, title: str, findings: Sequence[tuple[Finding, str]]) -> None:
        """Show *findings*, each with whom it is about, under *title*."""
        self.heading.setText(title)
        access.name(self, title)
        access.name(self.table, title)
        in_order = sorted(findings, key=lambda pair: _RANKS[pair[0].level])
        self.model.replace(
            FindingRow(number, finding, about) for number, (finding, about) in enumerate(in_order)
        )
        self.table.choose_first()
        self._show_chosen(self.table.chosen())

    def set_empty(self, title: str, sentence: str) -> None:
        """Say what stands in place of findings while there are none."""
        self.table.set_empty(title, sentence)

    def _show_chosen(self, row: FindingRow | None) -> None:
        self._foot.setVisible(row is not None)
        if row is None:
            return
        finding = row.finding
        why, action_text = self._instead(finding) or ("", self._action_text)
        said = (finding.message, finding.remedy, why)
        self._words.setText(" ".join(part for part in said if part))
        self.action.setText(action_text)
        access.name(self._words, self._words.text())
        leads = self._leads_on(finding)
        self.action.setEnabled(leads)
        self.action.setToolTip(as_tip("" if leads else "There is nowhere to go to for this one."))
        access.name(self.action, f"{self.action.text()}: {row.about or finding.place.words()}")

    def _on_action(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self._open(row)

    def _open(self, row: FindingRow) -> None:
        if self._leads_on(row.finding):
            self.asked_for.emit(row.finding)


_RANKS = {Level.FILE: 0, Level.ROW: 1, Level.NOTE: 2}
