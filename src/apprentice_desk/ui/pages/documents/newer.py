"""What newer wording would say in a document that was issued, word by word, to read."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.documents.newer_wording import NewerClause, NewerWording
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.still_text import StillText
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.wording_packs.words import SIGNS, runs_as_html

TITLE = "Newer wording"
LEGEND = f"{SIGNS} The document that was issued stays as it is."


class NewerDialog(QDialog):
    """Shows what is newer than in the document called *about*."""

    def __init__(self, found: NewerWording, about: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        self.text = StillText()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.space(30))
        self.text.setHtml(as_html(found, theme))
        access.name(self.text, f"{TITLE}: {about}", "Arrow keys scroll")
        self.close_button = button("Close", theme, self.accept, role="primary")
        self.close_button.setDefault(True)
        edge = theme.space(5)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label(f"{TITLE}: {about}", "large", wraps=True))
        down.addWidget(self.text, 1)
        across = row_of(theme)
        across.addStretch(1)
        across.addWidget(self.close_button)
        down.addLayout(across)
        room = self.screen().availableSize() if self.screen() else self.size()
        self.resize(
            min(theme.space(170), room.width()), min(theme.space(150), int(room.height() * 0.9))
        )
        self.text.setFocus()


def as_html(found: NewerWording, theme: Theme) -> str:
    """Return what is newer as the text of the dialog."""
    parts = []
    if found.type_version is not None:
        parts.append(f"<p>The type of the document has a version {found.type_version}.</p>")
    for words, titles in (("new in it", found.added), ("left out of it", found.gone)):
        if titles:
            listed = "".join(f"<li>{escape(each)}</li>" for each in titles)
            parts.append(f"<p>Clauses that are {words}:</p><ul>{listed}</ul>")
    parts.extend(_clause(each, theme) for each in found.clauses)
    if found.clauses:
        parts.insert(0, f"<p>{escape(LEGEND)}</p>")
    return "".join(parts) or "<p>Nothing is newer than the wording of this document.</p>"


def _clause(clause: NewerClause, theme: Theme) -> str:
    now = "withdrawn" if clause.now is None else f"version {clause.now}"
    if clause.instead:
        now = f"“{clause.instead}”, {now}"
    heading = f"{clause.title}: version {clause.before}, now {now}"
    return f"<h3>{escape(heading)}</h3><p>{runs_as_html(clause.runs, theme)}</p>"
