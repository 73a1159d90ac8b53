"""The evidence of the entry that the details show: files, links and words, and what is done to it.

Files are read and written on the workers; what cannot be done is said in a sentence here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from apprentice_desk.domain.evidence import (
    EvidenceKind,
    EvidenceQuality,
    check_link,
    may_be_opened,
    safe_file_name,
    show_size,
)
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records import evidence
from apprentice_desk.records.evidence import (
    EvidenceRow,
    LinkDetails,
    WordsDetails,
    evidence_content,
    evidence_rows,
)
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours
from apprentice_desk.ui.kit import access, files
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.attaching import read_file, save_file
from apprentice_desk.ui.kit.keeping import DraftSpot
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.whole_text import WholeText, ask_before_link
from apprentice_desk.ui.leaving import Said, save_out
from apprentice_desk.ui.pages.hours.evidence_dialogs import ask_for_link, ask_for_words
from apprentice_desk.ui.writing import Writer, Writing

_KINDS = {
    EvidenceKind.FILE: ("File", "file-text"),
    EvidenceKind.LINK: ("Link", "external-link"),
    EvidenceKind.TEXT: ("Words", "pencil"),
}
"""The word for each kind, and its icon."""
_QUALITIES = {
    EvidenceQuality.DRAFT: Badge("Draft", "warning", "pencil"),
    EvidenceQuality.ENOUGH: Badge("Enough", "good", "check"),
    EvidenceQuality.STRONG: Badge("Strong", "good", "award"),
}
"""The word for how good a piece is, and its icon."""
_LONGEST_NAME = 60
_MOST_ROWS = 4
_MOST_SAID = 3
NO_DAY = "Choose a day: the evidence of its entries stands here."
UNSAVED = "Evidence can be added once the entry is logged."
NONE_YET = "None yet. Attach a file or drop it here, or add a link or a few words."
NONE = "None."


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose evidence is shown: of which entry, and of whom on which day."""

    entry_id: UUID
    apprenticeship_id: UUID
    done_on: date
    whose: str


def called(row: EvidenceRow) -> str:
    """Return what a piece of evidence is called: its title, else its own first words."""
    own = row.title or row.file_name or row.link or " ".join(row.words.split())
    return own if len(own) <= _LONGEST_NAME else f"{own[: _LONGEST_NAME - 1].rstrip()}…"


def _spoken(row: EvidenceRow) -> str:
    size = f", {show_size(row.size_bytes)}" if row.kind == EvidenceKind.FILE else ""
    return f"{_KINDS[row.kind][0]}: {called(row)}{size}"


COLUMNS = (
    Column(
        "Evidence",
        lambda row: Badge(called(row), "quiet", _KINDS[row.kind][1]),
        say=_spoken,
        kind="badge",
        width=17,
        tip=lambda row: row.link or row.words or row.file_name,
    ),
    Column(
        "Size",
        lambda row: show_size(row.size_bytes) if row.kind == EvidenceKind.FILE else "",
        sort=lambda row: row.size_bytes or None,
        right=True,
        width=9,
    ),
    Column(
        "Quality",
        lambda row: _QUALITIES.get(row.quality),
        sort=lambda row: None if row.quality is None else list(EvidenceQuality).index(row.quality),
        say=lambda row: row.quality or "not judged",
        kind="badge",
        width=9,
    ),
)


def _reading(path: str) -> Callable[[Progress], bytes]:
    return lambda _progress: read_file(path)


class EvidencePart(Card):
    """Shows the evidence of what was last given to ``show_entry``.

    Files may be dropped onto it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__("Evidence", desk.theme)
        self._desk = desk
        self._shown: Shown | None = None
        self._has_cell = False
        self._said: list[str] = []
        self.file_dialog: QFileDialog | None = None
        self.dialog: QObject | None = None
        self.writer = Writer(desk, self)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Evidence of the entry", desk.theme)
        self._build()
        self._connect()
        self.show_entry(None)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        may_write = not self._desk.store.is_read_only
        self.setAcceptDrops(may_write)
        self.setProperty(files.TAKES_FILES, may_write)
        self.nothing = label("", "quiet", wraps=True)
        self.table.set_fits(_MOST_ROWS)
        self.table.hide()
        self.complaint = label("", "small", "danger", wraps=True)
        access.name(self.complaint, "What could not be done with the evidence")
        self.complaint.hide()
        self.attach = button("Attach file…", theme, self._ask_for_files, icon="upload")
        self.link = button("Add link…", theme, self._ask_for_link)
        self.words = button("Add words…", theme, self._ask_for_words)
        self.open = button("Open", theme, self._on_open)
        self.save = button("Save a copy…", theme, self._on_save)
        self.judge = button("How good", theme)
        self.judge.setToolTip("Say how good the chosen evidence is for what it is to show")
        self.judge.setMenu(self._judge_menu())
        self.remove = button("Remove", theme, self._on_remove)
        for made in (self.open, self.save, self.judge, self.remove):
            access.name(made, f"{made.text()} (the chosen evidence)")
        self._for_chosen = Flow([self.open, self.save, self.judge, self.remove], theme)
        self._for_new = Flow([self.attach, self.link, self.words], theme)
        self._actions = {
            self.open: self._action("Open", "", self._on_open),
            self.save: self._action("Save a copy…", "", self._on_save),
            self.remove: self._action("Remove", QKeySequence.StandardKey.Delete, self._on_remove),
        }
        self.table.set_actions((*self._actions.values(), *self.qualities.values()))
        for part in (self.nothing, self.table, self._for_chosen, self.complaint, self._for_new):
            self.add(part)
        self.body.addStretch(1)

    def _judge_menu(self) -> QMenu:
        menu = QMenu(self)
        words = {each: each.value.capitalize() for each in EvidenceQuality}
        self.qualities: dict[EvidenceQuality | None, QAction] = {
            each: self._action(text, "", partial(self._on_judge, each))
            for each, text in ({None: "Not judged yet"} | words).items()
        }
        menu.addActions(list(self.qualities.values()))
        return menu

    def _on_judge(self, quality: EvidenceQuality | None) -> None:
        row, shown = self.table.chosen(), self._shown
        if row is None or shown is None or row.quality == quality:
            return
        self._complain()
        found = "not judged yet" if quality is None else str(quality)
        self.writer.write(
            f"Find “{called(row)}” of {shown.whose} {found}",
            lambda session: evidence.judge(session, row.id, quality),
        )

    def _action(
        self, text: str, keys: str | QKeySequence.StandardKey, act: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self.table)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    def _connect(self) -> None:
        self.table.row_opened.connect(lambda _row: self._on_open())
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.writer.written.connect(lambda _writing: self._read())
        self.writer.refused.connect(self._on_refused)
        self._desk.changed.connect(self._on_changed)

    # showing

    def show_entry(self, shown: Shown | None, *, count: int = 0, has_cell: bool = False) -> None:
        """Show another entry's evidence, of which there are *count* pieces, or that of none.

        *has_cell* says that a day is chosen, whose new entry is not logged yet.
        """
        is_other = shown != self._shown
        self._shown, self._has_cell = shown, has_cell
        if is_other:
            self._said = []
            self._complain()
            self._show_rows(())
        if shown is not None and (count or self.model.total):
            self._read()
        self._allow()

    def _on_changed(self, changes: Any) -> None:
        if changes.touches("evidence"):
            self._read()

    def _read(self) -> None:
        if self._shown is None:
            return
        store, shown = self._desk.store, self._shown

        def done(rows: tuple[EvidenceRow, ...]) -> None:
            if shown == self._shown:
                self._show_rows(rows)

        self._desk.jobs.run(
            "Reading the evidence",
            lambda _progress: store.read(evidence_rows, [shown.entry_id]),
            done=done,
            newest_of="evidence of an entry",
            owner=self,
            is_quiet=True,
        )

    def _show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        here = self.window().focusWidget()
        had_keyboard = here is not None and here is not self.attach and self.isAncestorOf(here)
        place = self.table.currentIndex().row()
        self.model.replace(rows)
        if rows and self.table.chosen() is None:
            self.table.choose(rows[min(max(place, 0), len(rows) - 1)].id)
        self._allow()
        if had_keyboard and not rows and self._for_new.isVisible():
            self.attach.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        may_write = self._shown is not None and not self._desk.store.is_read_only
        row = self.table.chosen()
        has_rows = bool(self.model.total)
        if self._shown is None:
            self.nothing.setText(UNSAVED if self._has_cell else NO_DAY)
        else:
            self.nothing.setText(NONE_YET if may_write else NONE)
        self.nothing.setVisible(not has_rows)
        self.table.setVisible(has_rows)
        self._for_chosen.setVisible(has_rows)
        self._for_new.setVisible(may_write)
        for made, may in (
            (self.open, row is not None),
            (self.save, row is not None and row.kind == EvidenceKind.FILE),
            (self.remove, row is not None and may_write),
        ):
            made.setEnabled(may)
            self._actions[made].setEnabled(may)
        self.remove.setVisible(not self._desk.store.is_read_only)
        self.judge.setVisible(not self._desk.store.is_read_only)
        self.judge.setEnabled(row is not None)
        for quality, action in self.qualities.items():
            action.setEnabled(row is not None and may_write and row.quality != quality)

    def _complain(self, problem: Problem | str = "") -> None:
        if problem:
            self._said.append(str(problem))
        else:
            self._said = []
        more = len(self._said) - _MOST_SAID
        words = " ".join(self._said[:_MOST_SAID]) + (f" And {more} more." if more > 0 else "")
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))
        access.announce(self.complaint, str(problem))

    def _on_refused(self, writing: Writing, problem: Problem) -> None:
        self._complain(f"Not saved: {writing.label}. {problem}")
        self._read()

    # attaching

    def _ask_for_files(self) -> None:
        self.file_dialog = files.ask_for_files(self, "Attach files", self.attach_files)

    def attach_files(self, paths: Sequence[str]) -> None:
        """Attach files to the entry that is shown, each in a change of its own."""
        self._complain()
        shown = self._shown
        if shown is None:
            self._complain(UNSAVED if self._has_cell else NO_DAY)
            return
        for path in paths:
            self._desk.jobs.run(
                f"Reading {safe_file_name(path)}",
                _reading(path),
                done=partial(self._attach_file, shown, path),
                failed=self._complain,
                owner=self,
            )

    def _attach_file(self, shown: Shown, path: str, content: bytes) -> None:
        self.writer.write(
            f"Attach “{safe_file_name(path)}” to {shown.whose}",
            lambda session: evidence.attach_file(session, shown.entry_id, path, content),
        )

    def _ask_for_link(self) -> None:
        if (shown := self._shown) is None:
            return

        def attach(given: LinkDetails) -> None:
            self._complain()
            self.writer.write(
                f"Add a link to {shown.whose}",
                lambda session: evidence.attach_link(
                    session, shown.entry_id, given.link, given.title
                ),
            )

        self.dialog = ask_for_link(
            self._desk, self, shown.whose, attach, self._draft(shown, "link", "A link for")
        )

    def _ask_for_words(self) -> None:
        if (shown := self._shown) is None:
            return

        def attach(given: WordsDetails) -> None:
            self._complain()
            self.writer.write(
                f"Add words to {shown.whose}",
                lambda session: evidence.attach_text(
                    session, shown.entry_id, given.words, given.title
                ),
            )

        self.dialog = ask_for_words(
            self._desk, self, shown.whose, attach, self._draft(shown, "words", "Words for")
        )

    def _draft(self, shown: Shown, kind: str, begins: str) -> DraftSpot | None:
        return self._desk.draft(
            f"evidence {kind}:{shown.entry_id}",
            f"{begins} {shown.whose}",
            LogHours(shown.apprenticeship_id, shown.done_on),
            is_new=True,
        )

    # what can be done with one

    def _on_open(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        self._complain()
        if row.kind == EvidenceKind.FILE:
            self._open_file(row)
        elif row.kind == EvidenceKind.LINK:
            self._open_link(row)
        else:
            shown = WholeText(self, self._desk.theme, row.title or "Words", "", row.words)
            self.dialog = shown
            shown.open()

    def _open_file(self, row: EvidenceRow) -> None:
        if not may_be_opened(row.file_name):
            self._complain(
                f"“{row.file_name}” is not opened from here: only documents and pictures are."
                " Save a copy of it."
            )
            return
        store, copies = self._desk.store, self._desk.opened_files

        def work(_progress: Progress) -> Any:
            return copies.put(row.file_name, store.read(evidence_content, row.id))

        def done(path: Any) -> None:
            if not files.open_file(path):
                self._complain(
                    f"No program of this computer opens “{row.file_name}”. Save a copy of it."
                )

        self._desk.jobs.run(
            f"Opening {row.file_name}", work, done=done, failed=self._complain, owner=self
        )

    def _open_link(self, row: EvidenceRow) -> None:
        if found := check_link(row.link):  # it may have come in from elsewhere
            self._complain(f"This link is not opened. {found[0].message}")
            return

        def go() -> None:
            if not files.open_link(row.link):
                self._complain("No browser of this computer opens the link.")

        self.dialog = ask_before_link(self, self._desk.theme, row.link, go)

    def _on_save(self) -> None:
        row = self.table.chosen()
        if row is not None and row.kind == EvidenceKind.FILE:
            self._complain()
            self.file_dialog = files.ask_where(
                self, "Save a copy", row.file_name, partial(self.save_copy, row)
            )

    def save_copy(self, row: EvidenceRow, path: str) -> None:
        """Write a copy of a file to *path*."""
        store = self._desk.store
        whose = None if self._shown is None else self._shown.apprenticeship_id
        leaves = [(Path(path), Going.of(LeftKind.COPY, [whose]))]
        save_out(
            self._desk,
            f"Saving {row.file_name}",
            lambda _progress: save_file(path, store.read(evidence_content, row.id)),
            lambda _nothing: leaves,
            owner=self,
            say=lambda _nothing: Said(f"Saved a copy: {path}."),
            failed=self._complain,
        )

    def _on_remove(self) -> None:
        row, shown = self.table.chosen(), self._shown
        if row is None or shown is None or self._desk.store.is_read_only:
            return
        self._complain()
        self.writer.write(
            f"Remove “{called(row)}” from {shown.whose}",
            lambda session: evidence.remove_evidence(session, row.id),
        )

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer, as copies."""
        files.offer_copies(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was let go."""
        self.attach_files(files.taken_copies(event))
