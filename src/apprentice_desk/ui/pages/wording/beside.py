"""What stands beside and below the text that is written: what is found, and how it would read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.own_text import line_of
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.needs import counted
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import reading_area
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.wording.details import HOW_TO_WRITE

IN_ORDER = "The checks find nothing."
_MOST = 12


class Found(Card):
    """What the checks find, each with the way to its line; *asked_for* is sent with that line."""

    asked_for = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Checks", theme)
        self._theme = theme
        self._rows: list[QWidget] = []
        self._said: tuple[tuple[str, int | None], ...] | None = None
        self.nothing = label(IN_ORDER, "quiet", wraps=True)
        self.add(self.nothing)

    def show_findings(self, findings: Sequence[Finding], text: str) -> dict[int, str]:
        """Show *findings* about *text*; return the lines, from 0, with what is wrong in each."""
        said = tuple(
            (f"{each.message} {each.remedy}".strip(), line_of(each, text)) for each in findings
        )
        wrong = {line: words for words, line in reversed(said) if line is not None}
        if said == self._said:
            return wrong
        if self._said is not None and len(said) != len(self._said):
            access.announce(self, counted(len(said), "thing") + " to put right")
        self._said = said
        for old in self._rows:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        self.nothing.setVisible(not said)
        for words, line in said[:_MOST]:
            self._add(words, line)
        if len(said) > _MOST:
            self._add(f"{len(said) - _MOST} more, once these are put right.", None)
        return wrong

    def _add(self, words: str, line: int | None) -> None:
        row = QWidget()
        down = QVBoxLayout(row)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(self._theme.space(0.5))
        down.addWidget(label(words, "", "danger", wraps=True))
        if line is not None:
            made = button(
                f"Go to line {line + 1}", self._theme, partial(self.asked_for.emit, line),
                role="link",
            )  # fmt: skip
            access.name(made, f"Go to line {line + 1}: {words}")
            down.addWidget(made)
        self.add(row)
        self._rows.append(row)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is found, in words."""
        return tuple(words for words, _ in self._said or ())


class Beside(Card):
    """Guidance, the clause as it would read, and how it is written; it scrolls by itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme, flush=True)
        access.name(self, "Beside the text")
        self.guidance_heading = label("Guidance of the packaged clause", "heading", wraps=True)
        self.guidance = label("", wraps=True)
        self.reads = label("", wraps=True)
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        for part in (
            self.guidance_heading,
            self.guidance,
            label("As it would read", "heading", wraps=True),
            label("A draft. What a document fills in stands in brackets.", "small", wraps=True),
            self.reads,
            label("How to write it", "heading", wraps=True),
            KeyValues(tuple(HOW_TO_WRITE.items()), theme),
        ):
            down.addWidget(part)
        down.addStretch(1)
        self.area = reading_area(content, "Beside the text")
        self.add(self.area, 1)

    def show_guidance(self, words: str) -> None:
        """Show the guidance of the clause that is replaced."""
        self.guidance.setText(words)
        for part in (self.guidance_heading, self.guidance):
            part.setVisible(bool(words))

    def show_reading(self, words: str) -> None:
        """Show how the clause would read."""
        self.reads.setText(words.replace("\n", "\n\n"))
