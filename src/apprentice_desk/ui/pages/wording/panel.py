"""The panel beside the list of wording: one version, as it reads, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.documents.wording_list import WordingLine
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.own_wording import is_same_person
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, reading_area
from apprentice_desk.ui.kit.panels import Card, EmptyState, KeyValues
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, icon_button, label, line
from apprentice_desk.ui.kit.rows import Badge
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.wording.columns import badge, whose

READ_ONLY = "This desk is open to read only, so nothing in it can be changed."


class WordingPanel(Card):
    """Shows the version last given to ``show_line``."""

    def __init__(self, desk: Desk, actions: Sequence[QAction]) -> None:
        super().__init__("", desk.theme, flush=True)
        self._desk = desk
        theme = desk.theme
        access.name(self, "Chosen clause")
        self.nothing = EmptyState(
            theme, "book-open", "Nothing is chosen", "Choose a line in the list."
        )
        self.close_button = icon_button("arrow-left", "Back to the list", theme)
        self.name = label("", "large", wraps=True)
        self.badge = BadgeLabel(Badge(""), theme)
        self.says = label("", "", "warning", wraps=True)
        self.facts = KeyValues((), theme)
        self.guidance_heading = label("Guidance", "heading", wraps=True)
        self.guidance = label("", wraps=True)
        self.reads_heading = label("How it reads", "heading", wraps=True)
        self.reads = label("", wraps=True)
        self._actions = tuple(actions)
        self.buttons = [_action_button(action, desk) for action in actions]
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(head)
        for part in (
            self.says, self.facts, self.guidance_heading, self.guidance, self.reads_heading,
            self.reads,
        ):  # fmt: skip
            down.addWidget(part)
        down.addStretch(1)
        self.area = reading_area(content, "The clause")
        self.read_only = label(READ_ONLY, "small", wraps=True)
        self.read_only.setVisible(desk.store.is_read_only)
        foot = QVBoxLayout()
        foot.setContentsMargins(edge, theme.space(2), edge, theme.space(3))
        foot.addWidget(self.read_only)
        foot.addWidget(Flow(self.buttons, theme))
        self.shown = QWidget()
        inside = QVBoxLayout(self.shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.area, 1)
        inside.addWidget(line())
        inside.addLayout(foot)
        self.add(self.nothing, 1)
        self.add(self.shown, 1)
        self.show_line(None)

    def show_line(self, shown: WordingLine | None) -> None:
        """Show one version, or that none is chosen."""
        self.nothing.setVisible(shown is None)
        self.shown.setVisible(shown is not None)
        if shown is None:
            return
        self.name.setText(shown.title)
        self.badge.show_badge(badge(shown))
        self.says.setText(shown.says)
        self.says.setVisible(bool(shown.says))
        self.facts.show_pairs(_facts(shown))
        self.guidance.setText(shown.guidance)
        for part in (self.guidance_heading, self.guidance):
            part.setVisible(bool(shown.guidance))
        self.reads.setText(shown.reads.replace("\n", "\n\n"))
        self.area.verticalScrollBar().setValue(0)

    def show_actions(self) -> None:
        """Show the buttons of what can be done about the version that is shown, and no other."""
        for action, made in zip(self._actions, self.buttons, strict=True):
            made.setVisible(action.isEnabled())

    def take_keyboard(self) -> None:
        """Take the keyboard, where arrow keys scroll."""
        self.area.setFocus(Qt.FocusReason.TabFocusReason)


def _facts(shown: WordingLine) -> list[tuple[str, str]]:
    row = shown.row
    pairs = [
        ("Known as", f"{shown.wording_id}, version {shown.version}"),
        ("Whose", whose(shown) if row is None or not row.source else row.source),
        ("Stands in", ", ".join(shown.types) or "no document"),
    ]
    if shown.replaces:
        pairs.append(("Replaces", shown.replaces))
    if shown.replaced_by:
        pairs.append(("Replaced by", shown.replaced_by))
    if shown.review_by is not None:
        pairs.append(("To be read again", f"by {show_day(shown.review_by)}"))
    if row is not None and row.written_by:
        pairs.append(("Written by", row.written_by))
    if row is not None and row.approved_on is not None:
        alone = ", who wrote it too" if is_same_person(row.written_by, row.approved_by) else ""
        who = f"{row.approved_by}, {row.approved_as}{alone}, on {show_day(row.approved_on)}"
        pairs.append(("Approved by", who))
    if shown.contracts:
        pairs.append(("Used by", f"{counted(shown.contracts, 'contract')} that are not over"))
    return pairs


def _action_button(action: QAction, desk: Desk) -> QWidget:
    """A button that does what *action* does."""
    made = button(action.text(), desk.theme, action.trigger)
    keys = action.shortcut().toString()
    made.setToolTip(as_tip(f"{action.text().rstrip('…')} ({keys})" if keys else ""))
    return made
