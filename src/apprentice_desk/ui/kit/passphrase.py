"""The input for a passphrase: not shown unless asked for, never kept, and told of Caps Lock."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.inputs import Field, Input
from apprentice_desk.ui.kit.pieces import icon_button
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

CAPS_LOCK = "Caps Lock is on."
_HIDDEN = "not shown"
"""What a question says that stands in it, in place of the words."""
_SHOW_KEY = "Alt+V"


class PassphraseInput(Input):
    """One line in which dots stand for the letters; Alt+V in it shows them, and hides them again.

    What is typed is taken as it is, spaces included.  It is neither kept as a draft nor put back,
    and cannot be copied while it is not shown.
    """

    def __init__(self, field: Field, theme: Theme) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(field, theme, self.line)
        self._is_capital: bool | None = None
        self.line.textEdited.connect(self.edited)
        self.show_ = icon_button("eye", "", theme, self.turn)
        self.show_.setCheckable(True)
        self.put_inside(self.line, self.show_)
        self._name_button()
        self.finish()

    @property
    def is_shown(self) -> bool:
        """Whether the letters can be read."""
        return self.line.echoMode() == QLineEdit.EchoMode.Normal

    def turn(self) -> None:
        """Show the letters, or dots again."""
        self.show_letters(not self.is_shown)

    def show_letters(self, is_shown: bool) -> None:
        """Show the letters, or dots in their place."""
        modes = QLineEdit.EchoMode
        self.line.setEchoMode(modes.Normal if is_shown else modes.Password)
        self._name_button()

    def _name_button(self) -> None:
        words = "Hide the letters" if self.is_shown else "Show the letters"
        self.show_.setToolTip(as_tip(words))
        access.name(self.show_, f"{words}: {self.field.label}")
        access.answer_in_field(self.show_, _SHOW_KEY)
        self.show_.setChecked(self.is_shown)

    def read(self) -> str | None:
        """Return what is typed, as it is; None for nothing."""
        return self.line.text() or None

    def write(self, value: Any) -> None:
        """Show *value*, as dots."""
        self.line.setText(value or "")
        self.show_letters(False)

    def typed(self) -> str:
        """Return that something stands there, and not what."""
        return _HIDDEN if self.line.text() else ""

    def type_in(self, text: str) -> None:
        """Leave it as it is: a passphrase is never kept, so there is nothing to put back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of Caps Lock by what the keys give, and answer Alt+V."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.turn()
                return True
            self._look_at_key(event)
        elif kind == QEvent.Type.FocusIn:
            self._tell(_caps_lock_on_windows())
        elif kind == QEvent.Type.FocusOut:
            self._tell(None)
        return super().eventFilter(watched, event)

    def _look_at_key(self, event: QKeyEvent) -> None:
        text = event.text()
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            if self._is_capital is not None:
                self._tell(not self._is_capital)
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            self._tell(text.isupper() != has_shift)

    def _tell(self, is_capital: bool | None) -> None:
        if is_capital == self._is_capital:
            return
        self._is_capital = is_capital
        self.understood.emit(CAPS_LOCK if is_capital else "")
        if is_capital:
            access.announce(self.line, CAPS_LOCK)


def _caps_lock_on_windows() -> bool | None:
    """Return whether Caps Lock is on, where the system says so before a key is pressed."""
    if sys.platform != "win32":
        return None
    import ctypes  # pragma: no cover - there only

    return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)  # pragma: no cover
