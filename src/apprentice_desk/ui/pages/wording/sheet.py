"""The form of a clause that is written: its text, what the checks find in it, and its details."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.documents.own_text import line_of
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.needs import counted
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.marked_input import MarkedInput
from apprentice_desk.ui.kit.marked_text import Completion, MarkedText
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.wording.details import FIELDS, LOOKS, TEXT, ClauseDetails

IN_ORDER = "The checks find nothing."
_MOST = 12


class Found(QWidget):
    """What the checks find, each with the way to its line; *asked_for* is sent with that line."""

    asked_for = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        access.name(self, "Checks")
        self._rows: list[QWidget] = []
        self._said: tuple[tuple[str, int | None], ...] | None = None
        self.nothing = label(IN_ORDER, "quiet", wraps=True)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(2))
        self._down.addWidget(label("Checks", "heading", wraps=True))
        self._down.addWidget(self.nothing)

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
            self._down.removeWidget(old)
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
        self._down.addWidget(row)
        self._rows.append(row)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is found, in words."""
        return tuple(words for words, _ in self._said or ())


class ClauseForm(Form):
    """The form; *offer* says what can be written next in its text."""

    def __init__(
        self, offer: Callable[[str], Completion | None], theme: Theme, today: date
    ) -> None:
        self.text = MarkedText(TEXT.label, TEXT.help, LOOKS, offer, theme)
        text = MarkedInput(TEXT, theme, self.text)
        super().__init__(
            FIELDS, ClauseDetails, theme, today=today, scrolls=False, inputs={TEXT.name: text}
        )
        self.found = Found(theme)
        self.found.asked_for.connect(self.text.go_to_line)
        self.put_after(TEXT.name, self.found)

    def typed_details(self) -> ClauseDetails:
        """Return the details as they are typed; what cannot be read is blank."""
        values = {each.name: self.value(each.name) for each in self.fields}
        return ClauseDetails(**{name: each for name, each in values.items() if each is not None})

    def show_checked(self, findings: Sequence[Finding]) -> None:
        """Show what the checks found of what stands there."""
        self.text.show_wrong(self.found.show_findings(findings, self.text.toPlainText()))
        access.follow(self.text, access.stops(self.found))  # made anew, reached where it stands

    def is_lost(self) -> None:
        """Take all that is typed as not saved: what it was saved in is gone."""
        typed = self.typed()
        self.show_details(None)
        self.type_in(typed)
