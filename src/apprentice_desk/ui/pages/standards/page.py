"""The page of standards: the catalogue, the versions that are loaded, and who follows which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from apprentice_desk.domain.findings import Finding, Level, Place, refuses
from apprentice_desk.domain.standards import VersionDetails
from apprentice_desk.domain.standards_comparing import compare
from apprentice_desk.domain.standards_text import VersionText
from apprentice_desk.records import standard_uses, standard_versions
from apprentice_desk.records.ksb_progress import ksb_facts
from apprentice_desk.records.standard_uses import VersionAnswers, people_on
from apprentice_desk.records.standard_versions import HeldVersion, find_version, versions_of
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenLibrary, OpenPage
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit.arranging import Flow, ListSide, ScrollingPage
from apprentice_desk.ui.kit.beside import ListAndPanel
from apprentice_desk.ui.kit.dialogs import FormDialog, Question, ask
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.progress import ProgressPanel
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.standards.columns import (
    ALL,
    COLUMNS,
    HIDDEN_AT_FIRST,
    IN_USE,
    LOADED,
    TABLES,
    StandardLine,
    read_lines,
)
from apprentice_desk.ui.pages.standards.correcting import Correcting
from apprentice_desk.ui.pages.standards.dialogs import CompareDialog, ReviewDialog
from apprentice_desk.ui.pages.standards.form import VersionForm, text_of_list, version_of
from apprentice_desk.ui.pages.standards.loading import (
    PATTERNS,
    OfferedVersion,
    ReadFile,
    reading_file,
)
from apprentice_desk.ui.pages.standards.moving import MovesDialog
from apprentice_desk.ui.pages.standards.panel import READ_ONLY, StandardPanel
from apprentice_desk.ui.saving_lists import ListSaver

TITLE = "Standards"
SIDE_BY_SIDE = 240
"""The width in quarters from which list and panel stand side by side."""
PANEL_QUARTERS = 112
_LOAD = "Load a file…"


class StandardsPage(ScrollingPage):
    """The list of standards with the panel of the chosen one."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = theme = desk.theme
        self._lines: tuple[StandardLine, ...] = ()
        self._shown = ""
        self._ask_after: str = ""
        self.file_dialog: QFileDialog | None = None
        self.question: Question | None = None
        self.dialog: Any = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "List of standards", theme, stretch=0)
        self.table.order.hide_at_first(HIDDEN_AT_FIRST)
        self.filter = FilterBox(self.table, "title, code, route, status", theme)
        self.load = button(_LOAD, theme, self.ask_for_file, role="primary", icon="upload")
        self.library = button("Plan templates and offers", theme, self._on_library, icon="layers")
        self.library.setToolTip("Plans to begin with for a standard, and what partners offer")
        self.paste = button("Type or paste…", theme, self.start_typing, icon="pencil")
        self.correct = self._action("Correct…", "pencil", "F2", self.start_correcting)
        self.comparing = self._action("Compare versions…", "layers", "Ctrl+D", self.start_comparing)
        self.who = self._action("Who follows which…", "users", "Ctrl+M", self.start_moving)
        self.remove = self._action("Remove the version…", "trash-2", "Del", self.ask_to_remove)
        actions = (self.correct, self.comparing, self.who, self.remove)
        self.saver = ListSaver(desk, self, self.table, TITLE, self._facts)
        self.table.set_actions((*actions, *self.saver.all))
        self.panel = StandardPanel(desk, actions)
        self.details = button("Details", theme, self.open_panel, icon="panel-right")
        self.details.setToolTip("Show the chosen standard (Enter)")
        self.switch = Switch(
            "Which standards are shown",
            ((IN_USE, "In use"), (LOADED, "Versions loaded"), (ALL, "All")),
            theme,
        )
        self._build()
        self.keeper = LookKeeper(desk, self, "standards", self.table, self.both.splitter)
        self._connect()
        self._allow()

    def _build(self) -> None:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        for made in (self.load, self.paste):
            made.setEnabled(not is_read_only)
        if is_read_only:
            self.load.setToolTip(as_tip(READ_ONLY))
            self.paste.setToolTip(as_tip(READ_ONLY))
        else:
            self.load.setToolTip("The official JSON file of a standard, or a spreadsheet of codes")
        self.header = PageHeader(TITLE, "", theme, (self.library, self.paste, self.load))
        self.progress_room = QVBoxLayout()
        side = ListSide()
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.space(2.5))
        left.addWidget(self.filter)
        left.addWidget(Flow((self.switch, self.saver.button(), self.details), theme))
        left.addWidget(self.table, 1)
        self.count = CountLine(self.table, "Enter opens")
        left.addWidget(
            Flow((self.count, label("· F2 corrects · Ctrl F filters", "small")), theme, quarters=1)
        )
        self.both = ListAndPanel(
            side, self.panel, theme, narrowest=SIDE_BY_SIDE, panel_quarters=PANEL_QUARTERS
        )
        self.put(self.header)
        self.put(self.progress_room)
        self.put(self.both, 1)
        self._refit()

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(lambda _line: self.open_panel())
        self.switch.chosen.connect(self.show_which)
        self.panel.version_shown.connect(self._allow)
        self.panel.close_button.clicked.connect(self.close_panel)
        self.both.arranged.connect(self._on_arranged)
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        self._on_arranged()

    def _action(self, text: str, icon: str, keys: str, act: Any) -> QAction:
        action = QAction(text, self.table)
        set_icon(action, icon, "text_quiet", self._theme)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.table.addAction(action)
        return action

    def _refit(self) -> None:
        self.table.set_least(52)
        self.panel.setMinimumHeight(self._theme.space(70))

    def _on_arranged(self) -> None:
        self.details.setVisible(not self.both.is_side_by_side)
        self.panel.close_button.setVisible(self.both.is_panel_alone)

    # showing

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*TABLES):
            self.note_stale()

    def refresh(self) -> None:
        """Read the standards anew; which one is chosen stays so."""
        self._lines = self._desk.store.read(read_lines, self._desk.clock.today())
        self.model.replace(self._lines)
        in_use = sum(line.is_in_use for line in self._lines)
        loaded = sum(bool(line.versions) for line in self._lines)
        for name, count in ((IN_USE, in_use), (LOADED, loaded), (ALL, len(self._lines))):
            self.switch.show_count(name, count)
        if not self._shown:
            self._shown = IN_USE if in_use else LOADED if loaded else ALL
        self.show_which(self._shown)
        self.header.set_words(TITLE, self._about(in_use, loaded))
        self._on_chosen(self.table.chosen())

    def _about(self, in_use: int, loaded: int) -> str:
        followed = [line for line in self._lines if line.on_it]
        lacking = sum(not line.versions for line in followed)
        parts = [
            f"{len(self._lines):,} in the list",
            f"{in_use:,} in use",
            f"{loaded:,} with versions loaded",
        ]
        if lacking:
            parts.append(f"{lacking:,} followed without one")
        if self._desk.store.is_read_only:
            parts.append("open to read only")
        return " · ".join(parts)

    def show_which(self, which: str) -> None:
        """Show the standards in use, those with versions loaded, or all."""
        self._shown = which
        self.switch.show_value(which)
        keeps = {
            IN_USE: lambda line: line.is_in_use,
            LOADED: lambda line: bool(line.versions),
            ALL: None,
        }
        self.model.keep(keeps[which])
        self.table.choose_first()
        self.table.set_empty(
            "No list of standards yet",
            "A newer list is loaded by the command “catalogue”; a version by the button below.",
            "" if self._desk.store.is_read_only else _LOAD,
            self.ask_for_file,
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return () if self._shown == ALL else (("Shown", self._shown),)

    def narrow_to(self, words: str) -> None:
        """Show the standards in whose row all *words* occur."""
        self._refresh_stale()
        self.show_which(ALL)
        self.filter.setText(words)
        self.table.choose_first()

    def choose(self, code: str) -> bool:
        """Choose a standard, taking the filters away where they hide it."""
        if self.table.choose(code):
            return True
        self.filter.clear()
        self.show_which(ALL)
        return self.table.choose(code)

    def _on_chosen(self, line: StandardLine | None) -> None:
        self.details.setEnabled(line is not None)
        self.panel.show_line(line)
        self._allow()

    def _allow(self) -> None:
        held, may_write = self.panel.version, not self._desk.store.is_read_only
        line: StandardLine | None = self.table.chosen()
        self.correct.setEnabled(may_write and held is not None)
        self.remove.setEnabled(may_write and held is not None)
        self.comparing.setEnabled(len(self.panel.versions) > 1)
        self.who.setEnabled(
            may_write and bool(self.panel.versions) and line is not None and bool(line.on_it)
        )

    def _on_library(self) -> None:
        self._desk.go(OpenLibrary(back_to="standards"))

    # loading a file

    def ask_for_file(self) -> None:
        """Ask for the official file of a standard, or a spreadsheet."""
        dialog = QFileDialog(self, "Load a standard", "", ";;".join(PATTERNS))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read_file)
        self.file_dialog = dialog
        dialog.open()

    def read_file(self, path: str) -> None:
        """Read a file behind the window, and show what it would load."""
        job = self._desk.jobs.run(
            "Reading the standard", reading_file(self._desk, path), done=self._on_read, owner=self
        )
        panel = ProgressPanel(job, self._theme)
        self.progress_room.addWidget(panel)
        job.ended.connect(panel.deleteLater)

    def _on_read(self, read: ReadFile) -> None:
        if read.listed is None:
            self._review(read.name, read.versions)
            return
        line: StandardLine | None = self.table.chosen()
        code, title = ("", "") if line is None else (line.id, line.title)
        level = None if line is None else line.level
        lines = [f"{each.code}: {each.words}" for each in read.listed.ksbs]
        self._open_form(text_of_list(code, title, level, lines, read.name), read.listed.findings)

    def _review(self, name: str, offers: Sequence[OfferedVersion]) -> None:
        self.dialog = ReviewDialog(self, self._theme, name, offers, self._load)
        self.dialog.open()

    def _load(self, offers: Sequence[OfferedVersion]) -> None:
        names = ", ".join(offer.id for offer in offers[:3])
        more = f" and {len(offers) - 3} more" if len(offers) > 3 else ""
        today = self._desk.clock.today()
        with self._desk.change(f"Load {names}{more}") as session:
            for offer in offers:
                standard_versions.load_version(session, offer.details, today)
        newest = offers[-1].details
        self._after_loading(newest, is_new=offers[-1].comparison is None)

    def _after_loading(self, details: VersionDetails, *, is_new: bool) -> None:
        """Show what was loaded; where people follow another version, ask who goes over."""
        self.refresh()
        code = details.standard_code or ""
        self.choose(code)
        self.panel.show_version(details.version)
        people = self._desk.store.read(people_on, code)
        if is_new and any(
            each.version != details.version and each.stays_though(details.version) is None
            for each in people
        ):
            self.start_moving(details.version)

    # typing, pasting, correcting

    def start_typing(self) -> FormDialog | None:
        """Open the form of a version of the chosen standard."""
        if self._desk.store.is_read_only:
            return None
        line: StandardLine | None = self.table.chosen()
        if line is None:
            return self._open_form(VersionText())
        return self._open_form(text_of_list(line.id, line.title, line.level, (), ""))

    def _open_form(self, text: VersionText, findings: Sequence[Finding] = ()) -> FormDialog:
        form = self._form()
        form.begin_with(text)
        dialog = FormDialog(
            form, "A version of a standard", "Load version", self._save_typed, self._theme, self,
            draft=self._desk.draft(
                "standard version:new", "A version of a standard", OpenPage("standards"),
                is_new=True,
            ),
        )  # fmt: skip
        self.dialog = dialog
        dialog.open()
        form.focus("version" if text.standard_code else "standard_code")
        if findings:
            form.show_findings(findings)
        return dialog

    def _form(self) -> VersionForm:
        return VersionForm(self._desk, {line.id: line.title for line in self._lines})

    def _save_typed(self, text: VersionText) -> list[Finding]:
        details, found = version_of(text)
        if refuses(found):
            return found
        held = self._desk.store.read(find_version, details.standard_code or "", details.version)
        if held is not None:
            return [_is_there_already(held, details)]
        with self._desk.change(f"Load {details.name}") as session:
            standard_versions.load_version(session, details, self._desk.clock.today())
        self._after_loading(details, is_new=True)
        return []

    def start_correcting(self) -> FormDialog | None:
        """Open the form of the version that is shown."""
        held = self.panel.version
        if held is None or not self.correct.isEnabled():
            return None
        dialog = Correcting(self._desk, self._form(), held, self).dialog
        self.dialog = dialog
        return dialog

    # comparing, moving, removing

    def start_comparing(self) -> None:
        """Show two of the loaded versions beside each other."""
        if self.comparing.isEnabled():
            self.dialog = CompareDialog(self, self._theme, self.panel.versions)
            self.dialog.open()

    def start_moving(self, to: str = "") -> None:
        """Ask of each apprentice on the standard which version they follow."""
        line: StandardLine | None = self.table.chosen()
        if line is None or not self.who.isEnabled():
            return
        store, today = self._desk.store, self._desk.clock.today()
        self.dialog = MovesDialog(
            self, self._theme, store.read(versions_of, line.id), store.read(people_on, line.id),
            today, self._answer, lambda key: store.read(ksb_facts, key, today), to=to,
        )  # fmt: skip
        self.dialog.open()

    def _answer(self, answers: VersionAnswers, reason: str) -> None:
        count, desk = answers.count, self._desk
        whom = "1 apprentice follows" if count == 1 else f"{count} apprentices follow"
        by, today = desk.settings.my_name.strip(), desk.clock.today()
        with desk.change(f"Say which version {whom}") as session:
            standard_uses.answer(session, answers, today, by, reason)

    def ask_to_remove(self) -> None:
        """Ask before the version that is shown is removed."""
        held = self.panel.version
        if held is None or not self.remove.isEnabled():
            return
        name = held.details.name
        self.question = ask(
            self,
            self._theme,
            f"Remove {name}?",
            f"{name} goes with what it asks, its options and its duties. It can be undone, or"
            " loaded again.",
            "Remove version",
            lambda: self._remove(held),
            danger=True,
        )

    def _remove(self, held: HeldVersion) -> None:
        def act() -> None:
            with self._desk.change(f"Remove {held.details.name}") as session:
                standard_versions.remove_version(session, held.id)

        self._desk.attempt(act)

    # list and panel

    def open_panel(self) -> None:
        """Go to the panel of the chosen standard."""
        if self.table.chosen() is None:
            return
        self.both.open_panel()
        self.panel.take_keyboard()

    def close_panel(self) -> None:
        """Go back to the list."""
        self.both.close_panel()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_filter(self) -> None:
        self.both.close_panel()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        here = self.focusWidget()
        is_in_panel = here is not None and self.panel.isAncestorOf(here)
        if event.key() == Qt.Key.Key_Escape and (is_in_panel or self.both.is_panel_alone):
            self.close_panel()
        else:
            super().keyPressEvent(event)


def _is_there_already(held: HeldVersion, details: VersionDetails) -> Finding:
    differs = compare(held.details, details).says
    return Finding(
        Level.ROW,
        "SV103",
        f"{details.name} is in the desk already. What is typed here differs: {differs}",
        "Correct it there (F2), or write another version.",
        Place(field="version"),
    )
