"""The parts of About, each shown alone."""

from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, qVersion
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.releases import Release, in_words
from apprentice_desk.product import product
from apprentice_desk.resources.licences import Part
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, ScrollingPart, SideBySide
from apprentice_desk.ui.kit.files import ask_for_one, open_file
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.panels import KeyValues
from apprentice_desk.ui.kit.pieces import button, column_of, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.whole_text import WholeText
from apprentice_desk.ui.shell.own_places import OwnPlace

_OFFLINE = (
    "It works offline. Nothing leaves this computer unless you save it and send it yourself, and"
    " the program asks nobody whether there is a newer version."
)
_FREE = (
    "It is free software: you may use it, pass it on and change it. It comes without warranty. The"
    " licence says both in full."
)
_ON_WORKS = (
    "The program is built on the works of many others. Each has its own licence; choose one to"
    " read it."
)
_NOT_THERE = "Nothing is there yet."
_NEVER_ASKS = "The program never asks the internet whether there is a newer version."
_HOW_TO_SEE = (
    "A newer version comes from whoever looks after the programs on this computer, usually your"
    " council's IT. Each version has a small file that says what is new; its name ends in"
    " “.apprentice-desk-release”. If you have been given one, open it here to see whether it is"
    " newer than yours. Nothing is installed by it."
)
_WHAT_IS_SAID = "What such a file says is only as good as where you have it from."

_LIST_HIGH = 96
"""Quarters in which list and text of the works stand at first."""
_FULL_LINE = 50
"""From how many letters on the end of a line may be there only for want of room."""
_BEGINS_ITEM = re.compile(r"[-*•·(\[\d#=_]|[a-zA-Z][.)]\s")

WORKS = (
    Column("Work", lambda row: row.name, kind="strong", width=30),
    Column("Version", lambda row: row.version, width=20),
    Column("Licence", lambda row: row.licence, width=34),
)


class ProgramPart(ScrollingPart):
    """Which program this is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("This program", theme)
        self._theme = theme
        self.dialog: WholeText | None = None
        own = product()
        self.facts = KeyValues(
            [
                ("Version", own.version),
                ("From", own.publisher),
                ("Licence", own.licence),
                ("Runs with", f"Python {platform.python_version()}, Qt {qVersion()}"),
                ("On", f"{platform.system()} {platform.release()}"),
            ],
            theme,
        )
        self.licence = button("Read the licence…", theme, self.show_licence, icon="file-text")
        self.put(label(f"{own.summary}.", "strong", wraps=True))
        self.put(self.facts)
        self.put(label(_OFFLINE, wraps=True))
        self.put(label(_FREE, wraps=True))
        self.put(Flow([self.licence], theme))
        self.put_spare()

    def show_licence(self) -> None:
        """Show the licence of the program whole."""
        text = flowing(resources.read_text("licences", "own.txt"))
        self.dialog = WholeText(self, self._theme, "The licence of this program", "", text)
        self.dialog.open()


class WorksPart(ScrollingPart):
    """Whose works are in the program, each with its licence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Works of others", theme)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # list and text scroll by themselves
        self.model = RowsModel(WORKS, self)
        self.table = RowsTable(self.model, "Works of others and their licences", theme, stretch=0)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        access.name(self.text, "Licence of the chosen work", "Arrow keys scroll")
        for part in (self.table, self.text):
            part.setMinimumHeight(theme.space(24))
        self.table.row_chosen.connect(self._show)
        beside = SideBySide([self.table, self.text], theme, shares=(6, 5), narrowest=150)
        self.put(label(_ON_WORKS, wraps=True))
        self.put(beside, 1)
        try:
            # Only whoever looks at it pays for reading what is installed.
            from apprentice_desk.resources.credits import third_parties

            self.model.replace(third_parties())
        except Problem as problem:
            self.table.set_empty(problem.what, problem.remedy)
        self.table.choose_first()

    def height_for(self, width: int) -> int:
        """Return a height in which a good part of the list is seen."""
        return max(super().height_for(width), self._theme.space(_LIST_HIGH))

    def _show(self, row: Part | None) -> None:
        if row is None:
            self.text.clear()
            return
        lines = [f"{row.name} {row.version}".strip(), row.licence, row.home]
        texts = [f"— {each.title} —\n\n{flowing(each.text)}" for each in row.texts]
        self.text.setPlainText("\n\n".join(["\n".join(filter(None, lines)), *texts]))


class FilesPart(ScrollingPart):
    """Where the program keeps what, each with a button that shows the folder."""

    def __init__(self, theme: Theme, places: Sequence[OwnPlace]) -> None:
        super().__init__("Where files are", theme)
        self._messages = Messages(self)
        self.buttons: list[QWidget] = []
        self.put(Banner(self._messages, theme))
        for place in places:
            whole = QWidget()
            words = [
                label(place.title, "strong", wraps=True),
                label(place.holds, "small", wraps=True),
            ]
            where = KeyValues([("Folder", str(place.folder))], theme)
            whole.setLayout(column_of(theme, *words, where, self._way_to(place, theme), quarters=1))
            self.put(whole)
        self.put_spare()

    def _way_to(self, place: OwnPlace, theme: Theme) -> QWidget:
        if not place.folder.is_dir():
            return label(_NOT_THERE, "quiet")
        made = button(
            "Show the folder",
            theme,
            lambda: self._show(place.folder),
            role="small link",
            icon="folder-open",
        )
        access.name(made, f"Show the folder: {place.title}, {place.folder.name}")
        self.buttons.append(made)
        return Flow([made], theme)

    def _show(self, folder: Path) -> None:
        self._messages.dismiss()
        if not open_file(folder):
            self._messages.problem(
                Problem(
                    "The folder could not be shown: no program for folders was found.",
                    f"It is {folder}.",
                )
            )


class NewerPart(ScrollingPart):
    """Whether there is a newer version, as far as a file can tell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Newer versions", theme)
        self._theme = theme
        self._messages = Messages(self)
        self.file_dialog: QFileDialog | None = None
        self.open = button(
            "Open the file of a version…", theme, self.ask_which, role="primary", icon="folder-open"
        )
        self.told = label("", "heading", wraps=True)
        self.what_to_do = label("", wraps=True)
        self.new_title = label("What is new in it", "label")
        self.new = label("", wraps=True)
        self.put(Banner(self._messages, theme))
        self.put(
            label(f"You have version {product().version}. {_NEVER_ASKS}", "strong", wraps=True)
        )
        self.put(label(_HOW_TO_SEE, wraps=True))
        self.put(Flow([self.open], theme))
        self._result = (self.told, self.what_to_do, self.new_title, self.new)
        for part in self._result:
            part.hide()
            self.put(part)
        self.put_spare()

    def ask_which(self) -> None:
        """Ask for the file of a version."""
        from apprentice_desk.resources.release_files import ENDING

        self.file_dialog = ask_for_one(
            self, "Open the file of a version", "Versions", [ENDING], self.read
        )

    def read(self, path: str) -> None:
        """Say whether the version of the file at *path* is newer, and what is new in it."""
        from apprentice_desk.resources.release_files import release_in

        self._messages.dismiss()
        try:
            release = release_in(Path(path))
        except Problem as problem:
            self._messages.problem(problem)
            return
        self._show(release)

    def _show(self, release: Release) -> None:
        told, what_to_do = in_words(product().version, release)
        self.told.setText(told)
        self.what_to_do.setText(f"{what_to_do} {_WHAT_IS_SAID}")
        self.new.setText("\n".join(f"•  {line}" for line in release.new))
        for part in self._result:
            part.show()
        self.new_title.setVisible(bool(release.new))
        self.new.setVisible(bool(release.new))
        self.grown.emit()
        QTimer.singleShot(0, self, self._go_to_result)
        access.announce(self, f"{told}. {what_to_do}")

    def _go_to_result(self) -> None:
        """Bring what the file says into sight, its first words on top."""
        self.verticalScrollBar().setValue(self.told.y())


def flowing(text: str) -> str:
    """Return a licence's *text* with the lines of each paragraph joined, to be broken where shown.

    Short lines, items and lines that stand further in begin anew, as they do in the text.
    """
    lines: list[str] = []
    last = ""
    for line in text.expandtabs(4).strip("\n").splitlines():
        said = line.strip()
        is_as_far_in = len(line) - len(line.lstrip()) == len(last) - len(last.lstrip())
        is_next = is_as_far_in and len(last.strip()) >= _FULL_LINE
        if said and is_next and not _BEGINS_ITEM.match(said):
            lines[-1] += f" {said}"
        else:
            lines.append(line.rstrip())
        last = line
    return "\n".join(lines)
