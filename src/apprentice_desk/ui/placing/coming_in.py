"""What a placements file would bring: shown first, then taken in as one change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.placements import Coming, Fate, Placement
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import placing
from apprentice_desk.returns.placing import Arriving, label_of, look_through, take_in
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.placing.words import about, kind_of, length, role, window
from apprentice_desk.ui.recording.choices import place_name
from apprentice_desk.ui.work_dialog import WorkDialog

_ROWS = 10
_ROOM, _ROW = 50, 10
"""Quarters for all but the rows, and for one row: no dialog is higher than what it holds."""
_FATES = {
    Fate.NEW: Badge("New", "accent", "plus"),
    Fate.CHANGED: Badge("Changed", "accent", "refresh-cw"),
    Fate.TAKEN: Badge("Taken", "quiet", "check"),
    Fate.WITHDRAWN: Badge("Withdrawn", "quiet", "ban"),
}


class ComingLine:
    """One line of news, as the list shows it; what is over is shown as it was before."""

    def __init__(self, coming: Coming) -> None:
        self.fate = coming.fate
        placement = coming.placement
        self.line: Placement = placement if placement.is_open else coming.before or placement

    @property
    def id(self) -> str:
        """Its code."""
        return self.line.code


COLUMNS = (
    Column("What is new", lambda row: _FATES[row.fate], kind="badge", width=14),
    Column("Kind", lambda row: kind_of(row.line), width=11),
    Column("Whose", lambda row: place_name(row.line.borough), width=16),
    Column("What", lambda row: about(row.line), kind="strong", width=34,
           tip=lambda row: about(row.line)),
    Column("Role and standard", lambda row: role(row.line), width=24,
           tip=lambda row: role(row.line)),
    Column("Can begin", lambda row: window(row.line), width=23),
    Column("Lasts", lambda row: length(row.line), width=9),
)  # fmt: skip


def import_files(desk: Desk, parent: QWidget) -> QFileDialog:
    """Ask for placements files, and show what is new in them."""

    def chosen(paths: list[str]) -> None:
        show_news(desk, paths, parent)

    return files.ask_for_files(parent, "Choose files of places elsewhere", chosen)


def show_news(desk: Desk, paths: Sequence[str], parent: QWidget) -> None:
    """Show what the files in *paths* would bring; what is wrong with one of them is said."""

    def work(_progress: Progress) -> Arriving:
        return look_through(desk.store, paths, placing.now())

    def done(found: Arriving) -> None:
        if found.news:
            ImportDialog(desk, found, parent).open()
        else:
            _take(desk, found, parent)

    desk.jobs.run("Reading places elsewhere", work, done=done, owner=parent)


def _take(desk: Desk, found: Arriving, parent: QWidget) -> None:
    """Note what is still so; a person has nothing to look at."""
    today = desk.clock.today()

    def work(_progress: Progress) -> str:
        take_in(desk.store, found, today)
        return f"Nothing new from {found.sender}."

    desk.jobs.run(label_of(found), work, done=desk.messages.say, writes=True, owner=parent)


class ImportDialog(WorkDialog):
    """What is new, taken, changed and withdrawn elsewhere."""

    def __init__(self, desk: Desk, found: Arriving, parent: QWidget) -> None:
        super().__init__(
            desk,
            "Places elsewhere",
            f"From {found.sender}. Each borough's newest word counts; what is yours stays as it is"
            " in this desk.",
            parent,
        )
        self._found = found
        self.table = RowsTable(RowsModel(COLUMNS, self), "What is new", desk.theme, stretch=3)
        self.table.order.can_do_without((6, 4, 5))
        self.table.set_fits(_ROWS)
        self.table.rows.replace(tuple(map(ComingLine, found.news)))
        self.put(self.table, 1)
        count = len(found.news)
        self.finish(quarters=(280, _ROOM + _ROW * min(count, _ROWS)))
        self.count.setText(f"{counted(count, 'line')} new or otherwise")
        self.confirm.setText(f"Take in {counted(count, 'line')}")
        self.follow(self.table)
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Take all of it in, as one change."""
        today, found = self._desk.clock.today(), self._found
        self.write(label_of(found), lambda session: placing.take_words(session, found, today))
