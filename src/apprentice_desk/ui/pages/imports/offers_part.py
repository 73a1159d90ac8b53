"""What an import asks a person about: changes value by value, and spellings of names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from apprentice_desk.imports.corrections import Change
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.imports import sentences

_MOST_SPELLINGS = 6


class ChangesList(QWidget):
    """A tick box for each change, with the old value beside the new one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Change, ...] | None = None
        self._boxes: dict[str, QCheckBox] = {}
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(1))

    def show_changes(self, changes: Sequence[Change], taken: Collection[str]) -> None:
        """Show changes, those of the fields in *taken* ticked."""
        if tuple(changes) != self._shown:
            self._shown = tuple(changes)
            self._build()
        for field, box in self._boxes.items():
            box.setChecked(field in taken)

    def box(self, field: str) -> QCheckBox:
        """Return the tick box of a field."""
        return self._boxes[field]

    def put_after(self, widget: QWidget) -> QWidget:
        """Let Tab reach the boxes after *widget*; return the last one."""
        return access.follow(widget, self._boxes.values())

    def _build(self) -> None:
        _clear(self._down)
        self._boxes = {}
        for change in self._shown or ():
            box = QCheckBox(change.words[:1].upper() + change.words[1:])
            access.name(box, change.said)
            box.clicked.connect(lambda _checked=False: self._report())
            self._boxes[change.field] = box
            said = f"In the desk: {change.old or 'blank'}\nIn the list: {change.new}"
            words = label(said, "small", wraps=True)
            words.setContentsMargins(self._theme.space(7), 0, 0, 0)
            self._down.addWidget(box)
            self._down.addWidget(words)

    def _report(self) -> None:
        self.chosen.emit(frozenset(f for f, box in self._boxes.items() if box.isChecked()))


class SpellingsList(QWidget):
    """Names of the list that may mean somebody of the desk, each with ways to say who it is."""

    meant = Signal(object)
    differed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Sequence[sentences.Doubt] = ()
        self._buttons: list[QWidget] = []
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(1))

    def show_doubts(self, found: Sequence[sentences.Doubt]) -> None:
        """Show names, each with who may be meant and with somebody else."""
        if found == self._shown:
            return
        self._shown = found
        _clear(self._down)
        self._buttons = []
        for doubt in found[:_MOST_SPELLINGS]:
            answers = [
                button(f"This is {near.name}", self._theme, partial(self.meant.emit, near))
                for near in doubt.near
            ]
            differs = partial(self.differed.emit, doubt.written)
            answers.append(button(doubt.otherwise, self._theme, differs))
            for answer in answers:
                answer.setAccessibleDescription(doubt.said)
            self._down.addWidget(label(doubt.said, wraps=True))
            self._down.addWidget(Flow(answers, self._theme))
            self._buttons += answers
        more = len(found) - _MOST_SPELLINGS
        if more > 0:
            self._down.addWidget(label(f"And {more} more.", "small"))

    def put_after(self, widget: QWidget) -> QWidget:
        """Let Tab reach the buttons after *widget*; return the last one."""
        return access.follow(widget, self._buttons)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
