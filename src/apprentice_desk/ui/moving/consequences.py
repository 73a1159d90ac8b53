"""What comes of a move, said below its form while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.moves import Consequence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.panels import KeyValues
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme

Tell = Callable[[Any], tuple[Consequence, ...]]
"""Returns what comes of the details of a form; raises Problem where the move cannot be made."""

LOOK = "Look: "
"""Stands before what should be looked at before going on: no colour says it alone."""


class Consequences(QWidget):
    """What would come of the move that *form* describes, by *tell*; *needed* are its fields.

    Until those can be read it says what to enter; what stands against the move is said as well.
    """

    def __init__(self, form: Form, tell: Tell, needed: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._form = form
        self._tell = tell
        self._needed = needed
        self.heading = label("What comes of it", "heading")
        self.against = label("", "", "danger", wraps=True)
        self.said = KeyValues((), theme, least=60)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, theme.space(2), 0, 0)
        down.setSpacing(theme.space(2))
        for part in (self.heading, self.against, self.said):
            down.addWidget(part)
        form.put_below(self)
        form.edited.connect(self.refresh)
        self._shown: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
        self.refresh()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What is said: about what, and what of it."""
        return self._shown[1]

    def refresh(self) -> None:
        """Say it anew."""
        against = ""
        pairs: tuple[tuple[str, str], ...] = ()
        if any(self._form.value(name) is None for name in self._needed):
            labels = [f"“{f.label}”" for f in self._form.fields if f.name in self._needed]
            against = f"Fill in {' and '.join(labels)}, and what comes of it is said here."
        else:
            details, findings = self._form.read()
            if not findings:
                against, pairs = self._told(details)
        if (against, pairs) == self._shown:
            return
        is_refused = bool(against) and not against.startswith("Fill in ")
        self._shown = (against, pairs)
        self.against.setText(against)
        self.against.setProperty("tone", "danger" if is_refused else "")
        self.against.style().polish(self.against)
        self.against.setVisible(bool(against))
        self.said.show_pairs(pairs)
        self.said.setVisible(bool(pairs))
        access.announce(self, against or ". ".join(f"{a}: {s}" for a, s in pairs))

    def _told(self, details: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
        try:
            found = self._tell(details)
        except Problem as problem:
            return str(problem), ()
        return "", tuple(
            (each.about, f"{LOOK}{each.says}" if each.is_warning else _begun(each.says))
            for each in found
        )


def _begun(says: str) -> str:
    return says[:1].upper() + says[1:]
