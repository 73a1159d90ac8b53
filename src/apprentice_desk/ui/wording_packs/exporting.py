"""Making a pack: which wording goes into it, what it is called, and where its file is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from apprentice_desk.documents.pack_comparing import settled
from apprentice_desk.documents.pack_making import Offered, make_pack, offered
from apprentice_desk.documents.pack_manifest import LONGEST_LINE, LONGEST_NOTE
from apprentice_desk.documents.packs import ENDING, check_pack, save_pack
from apprentice_desk.domain.calendar import table_day
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import files
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.kit.ticking import Ticks, TickTable
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.wording_packs.together import Together
from apprentice_desk.ui.wording_packs.words import plain_tip
from apprentice_desk.ui.work_dialog import WorkDialog

TITLE = "Export a pack"
SAYS = (
    "One file with the wording that is ticked, for other desks. Whoever gets it sees, word by word,"
    " what it would change, and approves it there. Drafts are never sent."
)
_ROWS = 9


@dataclass(frozen=True, slots=True)
class _Asked:
    title: str = ""
    note: str = ""


def _short(longest: int) -> Any:
    def parse(text: str) -> str:
        if len(text) > longest:
            raise ValueError(f"This has {len(text):,} letters; {longest:,} are the most.")
        return text

    return parse


FIELDS = (
    Field("title", "What the pack is called", required=True, width=60, parse=_short(LONGEST_LINE)),
    Field(
        "note", "Note to its readers", "long text", rows=2, parse=_short(LONGEST_NOTE),
        help="What is new in it, and by when it is wanted.",
    ),
)  # fmt: skip


def export_pack(desk: Desk, parent: QWidget) -> None:
    """Read what can be sent, then ask what is to go into a pack."""

    def work(_progress: Progress) -> Sequence[Offered]:
        return desk.store.read(offered)

    def done(found: Sequence[Offered]) -> None:
        ExportDialog(desk, found, parent).open()

    desk.jobs.run("Reading the wording", work, done=done, owner=parent)


class ExportDialog(WorkDialog):
    """Asks what goes into a pack, of all that is *found*."""

    DOING, DONE = "exporting", "exported"

    def __init__(self, desk: Desk, found: Sequence[Offered], parent: QWidget) -> None:
        super().__init__(desk, TITLE, SAYS, parent)
        theme = desk.theme
        self.file_dialog: QFileDialog | None = None
        self._found = found
        self._needs = {each.id: each.needs for each in found}
        self.form = self.typed_into = Form(FIELDS, _Asked, theme, scrolls=False)
        self.form.show_details(_Asked())
        ticks = Ticks()
        self.table = TickTable(
            ticks,
            (
                ticks.column("Clause or document type", lambda row: row.title, 38),
                Column("Version", lambda row: row.item.version, right=True, width=9),
                Column("Kind", _kind, width=15),
                Column("From", _from, width=32, tip=lambda row: plain_tip(_from(row))),
                Column("Standing", _standing, kind="badge", width=15),
                Column("Approved", _approved, width=28, tip=lambda row: plain_tip(_approved(row))),
            ),
            "Wording to send",
            theme,
            stretch=0,
        )
        self.table.order.can_do_without((5, 2, 3))
        self.table.set_fits(_ROWS)
        self.table.rows.replace(tuple(found))
        self.together = Together(self.table, partial(settled, self._needs))
        self.filter = FilterBox(self.table, "title, kind, where it came from", theme)
        self.own = button("Only what was written here", theme, self.tick_own)
        self.every = button("Tick all shown", theme, lambda: self.table.tick_shown(is_ticked=True))
        self.none = button("Tick none", theme, lambda: self.together.begin(()))
        self.put(self.form)
        self.put(Flow((self.own, self.every, self.none), theme))
        self.put(self.filter)
        self.put(self.table, 1)
        self.finish(quarters=(230, 190))
        self.confirm.setText("Save the pack…")
        self.together.changed.connect(self._show)
        self.follow(self.table)
        self.tick_own()
        self.table.choose_first()
        self.form.focus_first()

    @property
    def has_typed(self) -> bool:
        """Whether a title or a note would be lost."""
        return self.form.has_unsaved_changes

    def tick_own(self) -> None:
        """Tick what was written in this desk, and no more."""
        self.together.begin(each.id for each in self._found if each.is_written_here)

    def _show(self, more: int) -> None:
        count = len(self.together.chosen)
        said = f"{counted(count, 'version')} ticked" if count else "Nothing is ticked"
        if more:
            said += f" · {more} went along: they belong together"
        self.count.setText(said)
        self.confirm.setEnabled(bool(count))

    def submit(self) -> None:
        """Ask where the pack is to stand."""
        self.messages.dismiss()
        asked, found = self.form.read()
        if asked is None:
            self.form.show_findings(found)
            self.area.verticalScrollBar().setValue(0)
            return
        self.file_dialog = files.ask_for_file(
            self, "Save the pack", "Pack of wording", ENDING.removeprefix("."), asked.title,
            partial(self.save_to, asked),
        )  # fmt: skip

    def save_to(self, asked: _Asked, path: str) -> None:
        """Write the pack to *path*; the dialog closes once it stands there."""
        desk, chosen = self._desk, self.together.chosen
        today = desk.clock.today()

        def work(_progress: Progress) -> Path:
            pack = desk.store.read(make_pack, chosen, asked.title, asked.note, today)
            check_pack(pack)
            return save_pack(pack, path)

        def done(_where: Path) -> None:
            self._may_go = True
            self.accept()

        self.confirm.setEnabled(False)
        save_out(
            desk,
            "Saving the pack",
            work,
            Going(LeftKind.WORDING, count=0),
            owner=self,
            say=lambda where: Said(f"Saved the pack: {where}."),
            then=done,
            failed=self._on_failed,
        )

    def _on_failed(self, problem: Problem) -> None:
        self.confirm.setEnabled(True)
        self.messages.problem(problem)


def _kind(row: Offered) -> str:
    return "Clause" if row.item.is_clause else "Document type"


def _from(row: Offered) -> str:
    if not row.is_own:
        return "The program"
    return "Written here" if row.is_written_here else row.source


def _standing(row: Offered) -> Badge:
    if row.item.is_withdrawn:
        return Badge("Withdrawn", "warning", "ban")
    return Badge("In force", "good", "check")


def _approved(row: Offered) -> str:
    on = row.item.approved_on
    return row.item.approved_by + (f", {table_day(on)}" if on is not None else "")
