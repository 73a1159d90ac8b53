"""Looking through a pack: what it would change, word by word, and who approves it here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from apprentice_desk.documents.pack_comparing import Fate, PackComparison, PackLine, settled
from apprentice_desk.documents.pack_taking_in import (
    NEED_APPROVAL,
    TakenIn,
    compare_with_desk,
    label_of,
    take_in,
)
from apprentice_desk.documents.packs import load_pack
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.own_wording import Approval, check_approval
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access, files
from apprentice_desk.ui.kit.arranging import SideBySide
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Badge, Column
from apprentice_desk.ui.kit.still_text import StillText
from apprentice_desk.ui.kit.ticking import Ticks, TickTable
from apprentice_desk.ui.wording_packs.together import Together
from apprentice_desk.ui.wording_packs.words import SIGNS, plain_tip, runs_as_html
from apprentice_desk.ui.work_dialog import WorkDialog

_ROWS = 10
_SIDE_BY_SIDE = 170
"""Quarters from which on the words stand beside the list."""

_BADGES = {
    Fate.NEW: Badge("New", "accent", "plus"),
    Fate.NEWER: Badge("Newer", "accent", "refresh-cw"),
    Fate.OLDER: Badge("Older", "quiet", "history"),
    Fate.WITHDRAWN: Badge("Withdrawn", "warning", "ban"),
    Fate.DRAFT: Badge("Draft here", "warning", "pencil"),
    Fate.SAME: Badge("There already", "good", "check"),
    Fate.REFUSED: Badge("Not taken", "danger", "triangle-alert"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    by: str = ""
    job_title: str = ""
    is_read: bool = False
    as_drafts: bool = False


FIELDS = (
    Field("by", "Who approves it here", width=30, help="A name; what the sender approved is not"
          " approved here."),
    Field("job_title", "Job title", width=30, beside=True),
    Field("is_read", "Whoever approves it has read it", "tick"),
    Field("as_drafts", "Take it in as drafts", "tick", beside=True,
          help="No document is made with them until they are approved under Wording."),
)  # fmt: skip


def import_pack(desk: Desk, parent: QWidget) -> QFileDialog:
    """Ask for the file of a pack, read it, and show what it would change."""

    def chosen(paths: list[str]) -> None:
        look_through(desk, paths[0], parent)

    return files.ask_for_files(parent, "Choose a pack of wording", chosen)


def look_through(desk: Desk, path: str, parent: QWidget) -> None:
    """Show what the pack at *path* would change; what is wrong with it is said."""
    today = desk.clock.today()

    def work(progress: Progress) -> PackComparison:
        return desk.store.read(compare_with_desk, load_pack(path), today, progress)

    def done(found: PackComparison) -> None:
        ImportDialog(desk, found, parent).open()

    desk.jobs.run("Comparing the pack", work, done=done, owner=parent)


class ImportDialog(WorkDialog):
    """Shows what a pack would do, and takes in what is ticked once somebody approves it."""

    DOING, DONE = "taking the pack in", "taken in"

    def __init__(self, desk: Desk, found: PackComparison, parent: QWidget) -> None:
        pack = found.pack
        says = f"From {pack.sender}, made on {show_day(pack.made_on)}."
        if pack.note:
            says += f" {' '.join(pack.note.split())}"
        super().__init__(desk, f"Import “{pack.title}”", says, parent)
        theme = desk.theme
        self._found = found
        changes = found.changes
        ticks = Ticks()
        self.table = TickTable(
            ticks,
            (
                ticks.column("Clause or document type", lambda row: row.title, 18),
                Column("What", lambda row: _BADGES[row.fate], kind="badge", width=15),
                Column("Version", _versions, width=13),
                Column("Worth knowing", _worth, width=26, tip=lambda row: plain_tip(_worth(row))),
            ),
            "What the pack holds",
            theme,
            stretch=0,
        )
        self.table.order.can_do_without((2, 3))
        self.table.set_fits(_ROWS)
        self.table.rows.replace(found.lines)
        needs = {line.id: line.needs for line in changes}
        self.together = Together(self.table, partial(settled, needs))
        self.words = StillText()
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(theme.space(60))
        access.name(self.words, "What would change, word by word", "Arrow keys scroll")
        self.form = self.typed_into = Form(FIELDS, _Asked, theme, scrolls=False)
        self.form.show_details(_Asked())
        left, right = QWidget(), QWidget()
        for side, heading, part in (
            (left, "What the pack holds", self.table),
            (right, "What would change, word by word", self.words),
        ):
            side.setProperty("role", "raised")
            down = QVBoxLayout(side)
            down.setContentsMargins(0, 0, 0, 0)
            down.addWidget(label(heading, "heading"))
            down.addWidget(part, 1)
            if part is self.table:
                down.addStretch(1)  # it is no higher than what it holds
        self.put(SideBySide([left, right], theme, shares=(1, 1), narrowest=_SIDE_BY_SIDE), 100)
        self.put(self.form)
        self.finish(quarters=(270, 205))
        self.together.changed.connect(self._show)
        self.form.edited.connect(lambda: self._show(0))
        self.table.row_chosen.connect(lambda _line: self._show_words())
        theme.changed.connect(self._show_words)
        self.follow(self.table)
        self.together.begin(line.id for line in changes)
        self.table.choose(changes[0].id) if changes else self.table.choose_first()
        self._show_words()
        self._say_findings()
        self.table.setFocus()

    @property
    def has_typed(self) -> bool:
        """Whether who approves it would be lost."""
        return self.form.has_unsaved_changes

    def _say_findings(self) -> None:
        found = self._found.findings
        if found:
            more = "" if len(found) == 1 else f" {len(found) - 1} more are not in order."
            self.say(
                f"In this desk its wording would not be in order. {found[0].message}{more}",
                "Leave out what it concerns, or take the pack in as drafts.",
            )

    def _show(self, more: int) -> None:
        of = len(self._found.changes)
        as_drafts = bool(self.form.value("as_drafts"))
        count = sum(
            line.id in self.together.chosen and not (as_drafts and line.fate in NEED_APPROVAL)
            for line in self._found.changes
        )
        said = f"{count} of {counted(of, 'change')} ticked" if of else "Nothing is new to this desk"
        if refused := len(self._found.refused):
            said += f" · {refused} cannot be taken"
        if more:
            said += " · what belongs together goes together, what cannot be taken stays unticked"
        self.count.setText(said)
        how = " as drafts" if as_drafts else ""
        self.confirm.setText(f"Take in {count}{how}" if count else "Take in")
        self.confirm.setEnabled(bool(count))

    def _show_words(self) -> None:
        line: PackLine | None = self.table.chosen()
        self.words.setHtml("" if line is None else as_html(line, self._theme))

    # taking in

    def submit(self) -> None:
        """Take in what is ticked, once it is said who approves it."""
        self.messages.dismiss()
        asked, found = self.form.read()
        approval = None
        if asked is not None and not asked.as_drafts:
            today = self._desk.clock.today()
            approval = Approval(asked.by, asked.job_title, today, is_read=asked.is_read)
            found = check_approval(approval, "")
        if found:
            self.form.show_findings(found)
            self.area.ensureWidgetVisible(self.form)
            return
        self._take_in(approval)

    def _take_in(self, approval: Approval | None) -> None:
        desk, pack, chosen = self._desk, self._found.pack, self.together.chosen
        today = desk.clock.today()

        def work(progress: Progress) -> TakenIn:
            return take_in(desk.store, pack, chosen, approval, today, progress)

        self.confirm.setEnabled(False)
        desk.jobs.run(
            label_of(pack),
            work,
            done=self._on_taken,
            failed=self._on_failed,
            stopped=lambda: self.confirm.setEnabled(True),
            writes=True,
            owner=self,
        )

    def _on_taken(self, taken: TakenIn) -> None:
        if taken.count:
            self._desk.say_saved(label_of(self._found.pack))
        else:
            self._desk.messages.say("Nothing to do: the desk has all of it.")
        self._may_go = True
        self.done_.emit()
        self.accept()

    def _on_failed(self, problem: Problem) -> None:
        self.confirm.setEnabled(True)
        self.messages.problem(problem)


def _versions(line: PackLine) -> str:
    if line.before is None or line.before == line.item.version:
        return str(line.item.version)
    return f"{line.before}, then {line.item.version}"


def _worth(line: PackLine) -> str:
    if line.fate is Fate.REFUSED:
        return line.says
    said = ["Yours stays in its place"] if line.stays else []
    if line.uses:
        contracts = {use.contract_id for use in line.uses}
        said.append(f"Used by {counted(len(contracts), 'contract')}")
    return " · ".join(said)


def as_html(line: PackLine, theme: Any) -> str:
    """Return what one file of a pack would do, as a page to read."""
    parts = [f"<h3>{escape(line.title)}</h3>"]
    parts += [f"<p>{escape(each)}</p>" for each in _told(line)]
    if line.runs:
        parts.append(f"<p>{runs_as_html(line.runs, theme)}</p><p>{escape(SIGNS)}</p>")
    parts.append(f"<p>{escape(line.id)}</p>")
    return "".join(parts)


def _told(line: PackLine) -> Iterator[str]:
    yield f"{line.says} {line.remedy}".strip()
    item = line.item
    if item.approved_by:
        on = "" if item.approved_on is None else f" on {show_day(item.approved_on)}"
        yield f"At the sender approved by {item.approved_by}{on}."
    for title in line.stays:
        yield f"“{title}” of this desk stays in its place: look whether it should follow."
    if line.uses:
        used = sorted({f"{use.reference} ({use.provider_name})" for use in line.uses})
        yield f"Contracts made with what the desk has: {', '.join(used)}. They stay as they are."
