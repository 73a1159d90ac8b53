"""The panel beside the list: one record in words, and what its kind has more of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, reading_area
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues
from apprentice_desk.ui.kit.pieces import BadgeLabel, breakable, button, icon_button, label, line
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.recording.kind import Kind, MorePart, Shown

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."


class RecordPanel(Card):
    """Shows the record last given to ``show_record``."""

    def __init__(
        self,
        desk: Desk,
        change: QAction,
        remove: QAction,
        more: MorePart | None,
        history: QAction,
    ) -> None:
        super().__init__("", desk.theme, flush=True)
        self._desk = desk
        theme = desk.theme
        access.name(self, "Chosen record")
        self.nothing = EmptyState(theme, "files", "Nothing is chosen", "Choose a line in the list.")
        self.close_button = icon_button("arrow-left", "Back to the list", theme)
        self.name = label("", "large", wraps=True)
        self.badge = BadgeLabel(Badge(""), theme)
        self.line = label("", "quiet", wraps=True)
        self.facts = KeyValues((), theme)
        self.more = more
        self.change = _action_button(change, "Change", "pencil", desk)
        self.remove = _action_button(remove, "Remove", "trash-2", desk)
        self.history = _action_button(history, "History", "history", desk, writes=False)
        self._build()
        self.show_record(None, None)

    def _build(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        down.addLayout(head)
        down.addWidget(self.line)
        down.addSpacing(theme.space(1))
        down.addWidget(self.facts)
        down.addSpacing(theme.space(2))
        if self.more is not None:
            down.addWidget(self.more)
        down.addStretch(1)
        self.area = reading_area(content, "Details")
        self.read_only = label(READ_ONLY, "small", wraps=True)
        self.read_only.setVisible(self._desk.store.is_read_only)
        foot_words = QVBoxLayout()
        foot_words.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        foot_words.addWidget(self.read_only)
        foot_words.addWidget(Flow([self.change, self.remove, self.history], theme))
        self.shown = QWidget()
        inside = QVBoxLayout(self.shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.area, 1)
        inside.addWidget(line())
        inside.addLayout(foot_words)
        self.add(self.nothing, 1)
        self.add(self.shown, 1)

    def show_record(self, kind: Kind | None, shown: Shown | None) -> None:
        """Show one record, or that none is chosen."""
        self.nothing.setVisible(shown is None)
        self.shown.setVisible(shown is not None)
        if kind is None or shown is None:
            return
        self.name.setText(breakable(shown.title))
        self.badge.show_badge(shown.badge)
        self.line.setText(breakable(shown.line))
        self.line.setVisible(bool(shown.line))
        self.facts.show_pairs(kind.facts(shown))
        if self.more is not None:
            self.more.show_record(shown)


def _action_button(
    action: QAction, text: str, icon: str, desk: Desk, *, writes: bool = True
) -> QWidget:
    """A button that does what *action* does, and is enabled when it is."""
    made = button(text, desk.theme, action.trigger, icon=icon)
    keys = action.shortcut().toString()
    tip = READ_ONLY if writes and desk.store.is_read_only else f"{text} ({keys})"
    made.setToolTip(as_tip(tip))
    action.enabledChanged.connect(made.setEnabled)
    made.setEnabled(action.isEnabled())
    return made
