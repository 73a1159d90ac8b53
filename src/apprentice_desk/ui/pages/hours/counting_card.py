"""Does it count?  What speaks for and against the entry that is being typed, each with its rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from apprentice_desk.domain.counting import Judgement, Reason
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.painting import Badge
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import BadgeLabel, label, line
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

COUNTS = Badge("Counts", "good", "check")
DOES_NOT = Badge("Does not", "danger", "x")
LOOK = Badge("Look", "warning", "triangle-alert")
_NOTHING_YET = "Choose a day and type hours: what the rules say of them stands here."


class CountingCard(Card):
    """Shows one Judgement; a screen reader hears of it when what it comes to changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Does it count?", theme)
        self._theme = theme
        self._shown: Judgement | None = None
        self.nothing = label(_NOTHING_YET, "quiet", wraps=True)
        self.lines = QWidget()
        self.lines.setProperty("role", "raised")
        self._grid = QGridLayout(self.lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(2.5))
        self.rest = label("", "small", wraps=True)
        self.add(self.nothing)
        self.add(self.lines)
        self.add(self.rest)
        self.body.addStretch(1)
        self.show_judgement(None)

    @property
    def words(self) -> str:
        """All that it says, for a screen reader and for tests."""
        if self._shown is None:
            return _NOTHING_YET
        said = [f"{_badge(each).text}: {each.says}" for each in self._shown.reasons]
        return " ".join([*said, *self._shown.assumed, *self._shown.unchecked])

    def show_judgement(self, judgement: Judgement | None) -> None:
        """Show *judgement*, or that there is nothing to judge yet."""
        if judgement is not None and judgement == self._shown:
            return
        before, self._shown = self._shown, judgement
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.nothing.setVisible(judgement is None)
        self.lines.setVisible(judgement is not None)
        reasons: Sequence[Reason] = () if judgement is None else judgement.reasons
        top = Qt.AlignmentFlag.AlignTop
        for number, reason in enumerate(reasons):
            row = 2 * number
            if number:
                self._grid.addWidget(line(), row - 1, 0, 1, 2)
            self._grid.addWidget(BadgeLabel(_badge(reason), self._theme), row, 0, top)
            self._grid.addWidget(self._words(reason), row, 1, top)
        rest = "" if judgement is None else " ".join([*judgement.assumed, *judgement.unchecked])
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))
        access.name(self, "Does it count?", self.words)
        if judgement is not None and (before is None or before.counts != judgement.counts):
            access.announce(self, "Counts" if judgement.counts else "Does not count")

    def _words(self, reason: Reason) -> QWidget:
        """What a reason says, and below it the rule; the tooltip has where that stands."""
        words = QWidget()
        words.setProperty("role", "raised")
        down = QVBoxLayout(words)
        down.setContentsMargins(0, self._theme.space(0.5), 0, 0)
        down.setSpacing(self._theme.space(0.5))
        down.addWidget(label(reason.says, wraps=True))
        if reason.rule:
            words.setToolTip(as_tip(f"{reason.rule}. {reason.source_words}"))
            down.addWidget(label(_rule(reason), "small", wraps=True))
        return words


def _badge(reason: Reason) -> Badge:
    if reason.counts is None:
        return LOOK
    return COUNTS if reason.counts else DOES_NOT


def _rule(reason: Reason) -> str:
    """The rule behind a reason in one clause, and a word of caution where it was not read."""
    checked = "" if reason.is_verified else " (check against the rules)"
    return f"{reason.rule}{checked}." if reason.rule else ""
