"""A long text shown whole, and the question before a link is opened."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme

_ROWS, _MOST_ROWS, _FEWEST_ROWS = 8, 22, 3


class WholeText(QDialog):
    """Shows a text that may be long, every sign of it; *accepted* is sent by *confirm_text*.

    Without one there is nothing to agree to, and it is only read.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        title: str,
        sentence: str,
        text: str,
        confirm_text: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        access.name(self, title, sentence)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        access.name(self.text, title, sentence)
        self.text.setMinimumWidth(theme.space(105))
        row = self.text.fontMetrics().lineSpacing()
        self.text.setMinimumHeight(_FEWEST_ROWS * row + theme.space(6))
        self.cancel = button("Cancel" if confirm_text else "Close", theme, self.reject)
        self.cancel.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space(2))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        down = QVBoxLayout(self)
        edge = theme.space(6)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label(title, "large", wraps=True))
        words = label(sentence, wraps=True)
        if not sentence:
            words.hide()
        down.addWidget(words)
        down.addWidget(self.text, 1)
        down.addLayout(buttons)
        if confirm_text:
            self.confirm = button(confirm_text, theme, self.accept, role="primary")
            buttons.addWidget(self.confirm)
        self.cancel.setFocus(Qt.FocusReason.TabFocusReason)
        around = self.sizeHint().height() - self.text.sizeHint().height()
        rows = min(max(_ROWS, text.count("\n") + 1), _MOST_ROWS)
        height = around + rows * row + theme.space(6)
        room = self.screen().availableSize() if self.screen() else self.size()
        self.resize(self.sizeHint().width(), min(height, int(room.height() * 0.9)))


def ask_before_link(
    parent: QWidget, theme: Theme, link: str, then: Callable[[], object]
) -> WholeText:
    """Show a link in full and do *then* if the person wants to go there; returns at once."""
    asked = WholeText(
        parent,
        theme,
        "Open this link?",
        f"Your browser opens a page of {host_in_full(link)}. The page learns that you have been"
        " there; this program sends nothing.",
        link,
        "Open in the browser",
    )
    asked.accepted.connect(then)
    asked.open()
    return asked


def host_in_full(link: str) -> str:
    """Return whose page it is, letters that may pass for others written out as well."""
    host = urlsplit(link).hostname or ""
    if host.isascii():
        return host
    try:
        return f"{host} (written out {host.encode('idna').decode()})"
    except UnicodeError:
        return f"{host} (it has letters that may pass for others)"
