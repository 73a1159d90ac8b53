"""What leaves as a placements file: shown line by line first, then saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.placements import Placement
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.product import version
from apprentice_desk.returns import placing
from apprentice_desk.returns.placements import ENDING, PlacementsFile
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access, files
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.placing.words import about, kind_of, length, role, state_of, window
from apprentice_desk.ui.recording.choices import place_name
from apprentice_desk.ui.work_dialog import WorkDialog

TITLE = "Export places"
SAYS = (
    "One file for LOTI or another borough. It holds no name of a person: requests and offers that"
    " are approved, and what you open to others. What is not in it any more counts as withdrawn"
    " there."
)
CALLED = "Places elsewhere"
_ROWS = 10
_ROOM, _ROW, _EMPTY = 62, 10, 3
"""Quarters for all but the rows, for one row, and rows that the words for none take."""
_TELLS = "What LOTI's central team sends back to every borough."


class LeavingLine:
    """One line that leaves, as the list shows it."""

    def __init__(self, line: Placement) -> None:
        self.line = line

    @property
    def id(self) -> str:
        """Its code."""
        return self.line.code


COLUMNS = (
    Column("What", lambda row: about(row.line) or row.line.code, kind="strong", width=28,
           tip=lambda row: about(row.line)),
    Column("Kind", lambda row: kind_of(row.line), width=11),
    Column("State", lambda row: state_of(row.line), kind="badge", width=13),
    Column("Code", lambda row: row.line.code, width=18),
    Column("Whose", lambda row: place_name(row.line.borough), width=14),
    Column("Role and standard", lambda row: role(row.line), width=24,
           tip=lambda row: role(row.line)),
    Column("KSBs", lambda row: row.line.ksbs, width=12, tip=lambda row: row.line.ksbs),
    Column("Can begin", lambda row: window(row.line), width=23),
    Column("Lasts", lambda row: length(row.line), width=9),
)  # fmt: skip


def export(desk: Desk, parent: QWidget) -> None:
    """Read what would leave, and show it before a file is made of it."""

    def work(_progress: Progress) -> placing.Leaving:
        return desk.store.read(placing.leaving, version(), with_others=True)

    def done(found: placing.Leaving) -> None:
        ExportDialog(desk, found, parent).open()

    desk.jobs.run("Reading what would leave", work, done=done, owner=parent)


class ExportDialog(WorkDialog):
    """Shows every line that would leave, and saves them once somebody has seen them."""

    def __init__(self, desk: Desk, found: placing.Leaving, parent: QWidget) -> None:
        super().__init__(desk, TITLE, SAYS, parent)
        self._found = found
        self.file_dialog: QFileDialog | None = None
        theme = desk.theme
        self.table = RowsTable(RowsModel(COLUMNS, self), "What leaves", theme, stretch=0)
        self.table.order.can_do_without((8, 6, 5, 4, 7, 3))
        self.table.set_fits(_ROWS)
        self.table.set_empty(
            "Nothing leaves yet",
            "Approve a request or an offer, or open something to others, first.",
        )
        self.with_others = QCheckBox("Hand on what others sent too")
        access.name(self.with_others, "Hand on what others sent too", _TELLS)
        self.with_others.setToolTip(as_tip(_TELLS))
        own = found.own.borough if found.own is not None else ""
        self.with_others.setVisible(any(word.borough != own for word in found.file.words))
        self.put(self.with_others)
        self.put(self.table, 1)
        rows = min(len(self._lines), _ROWS)
        self.finish(quarters=(300, _ROOM + _ROW * max(rows, _EMPTY)))
        self.confirm.setText("Save the file…")
        self.with_others.checkStateChanged.connect(lambda _state: self._show())
        self.follow(self.table)
        self._show()
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _lines(self) -> list[LeavingLine]:
        own = self._found.own
        takes_all = self.with_others.isChecked()
        return [
            LeavingLine(line)
            for word in self._found.file.words
            if takes_all or (own is not None and word.borough == own.borough)
            for line in sorted(word.lines, key=lambda line: (not line.is_open, line.code))
        ]

    def _show(self) -> None:
        lines = self._lines
        self.table.rows.replace(lines)
        count = sum(row.line.is_open for row in lines)
        self.count.setText(f"{counted(count, 'line')} that can be had" if lines else "")
        is_held_back = bool(self._found.findings)
        self.confirm.setEnabled(not is_held_back and (self._found.own is not None or bool(lines)))
        if is_held_back:
            first = self._found.findings[0]
            self.say(first.message, first.remedy)

    def submit(self) -> None:
        """Ask where the file is to stand."""
        self.messages.dismiss()
        self.file_dialog = files.ask_for_file(
            self, "Save the places", "Places elsewhere", ENDING.removeprefix("."),
            f"{self._desk.organisation.name} places", self.save_to,
        )  # fmt: skip

    def save_to(self, path: str) -> None:
        """Write the file to *path*; the dialog closes once it stands there."""
        desk, with_others = self._desk, self.with_others.isChecked()

        def work(_progress: Progress) -> Path:
            placing.export(desk.store, path, version(), with_others=with_others)
            return Path(path)

        def done(_where: Path) -> None:
            self._may_go = True
            self.accept()

        self.confirm.setEnabled(False)
        save_out(
            desk,
            "Saving the places",
            work,
            Going(LeftKind.PLACES, count=0),
            owner=self,
            say=lambda where: Said(f"Saved the places: {where}."),
            then=done,
            failed=self._on_failed,
        )

    def _on_failed(self, problem: Problem) -> None:
        self.confirm.setEnabled(True)
        self.messages.problem(problem)


def merge(desk: Desk, parent: QWidget) -> QFileDialog:
    """Ask for many boroughs' files and where their one list is to stand, and write it."""

    def chosen(paths: list[str]) -> None:
        files.ask_for_file(
            parent, "Save the merged list", CALLED, ENDING.removeprefix("."), "All places",
            partial(merge_into, desk, parent, paths),
        )  # fmt: skip

    return files.ask_for_files(parent, "Choose the boroughs' files to merge", chosen)


def merge_into(desk: Desk, parent: QWidget, paths: list[str], to: str) -> None:
    """Write one list of the files *paths* to *to*; what is wrong is said, and nothing written."""

    def work(_progress: Progress) -> PlacementsFile:
        return placing.merge(paths, to, placing.now(), version())

    def say(made: PlacementsFile) -> Said:
        return Said(
            f"Merged {counted(len(paths), 'file')}: {counted(made.open_lines, 'line')} of"
            f" {counted(len(made.words), 'borough')}, in {to}."
        )

    leaves = [(Path(to), Going(LeftKind.PLACES, count=0))]
    save_out(desk, "Merging places", work, lambda _made: leaves, owner=parent, say=say)
