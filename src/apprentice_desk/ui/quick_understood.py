"""What was understood of a quick line: its chips, and a sentence on what Enter does with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from apprentice_desk.domain.quick_line import Chip, ChipKind
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.painting import Badge, badge_size
from apprentice_desk.ui.kit.pieces import BadgeLabel, label
from apprentice_desk.ui.kit.theme import Theme, Tone
from apprentice_desk.ui.kit.tips import as_tip

MOST_CHIPS = 24
"""More of them are counted; nobody reads so many before pressing Enter."""
_TONES: dict[ChipKind, Tone] = {
    ChipKind.PERSON: "note",
    ChipKind.DURATION: "note",
    ChipKind.DAY: "note",
    ChipKind.ACTIVITY: "note",
    ChipKind.KSB: "note",
    ChipKind.WHAT: "quiet",
    ChipKind.UNREAD: "danger",
}


class Understood(QWidget):
    """The sentence stands at the right of the chips, or below them where both are long.

    Without chips it stands in their place.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.chips = Flow((), theme, quarters=1.5, down=1.5)
        self.says = label("", "small", wraps=True)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.addWidget(self.chips)
        self._across.addWidget(self.says, 1)
        theme.changed.connect(self._arrange)
        self._arrange()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these *chips*, as many as anybody reads."""
        badges = [_badge(chip) for chip in chips[:MOST_CHIPS]]
        if len(chips) > MOST_CHIPS:
            badges.append(Badge(f"and {len(chips) - MOST_CHIPS} more", "quiet"))
        self.chips.replace([BadgeLabel(badge, self._theme) for badge in badges])
        for chip, shown in zip(chips, self.chips.parts, strict=False):
            if chip.note:
                shown.setToolTip(as_tip(chip.note))
        self._arrange()

    def say(self, words: str) -> None:
        """Say *words*."""
        self.says.setText(words)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as there is room now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme, has_chips = self._theme, bool(self.chips.parts)
        self.setMinimumHeight(round(badge_size(Badge("Ada"), theme).height()))
        words = self.says.fontMetrics().horizontalAdvance(self.says.text())
        needed = self.chips.sizeHint().width() + theme.space(4) + words
        is_beside = has_chips and needed <= self.width()
        ways = QBoxLayout.Direction
        self._across.setDirection(
            ways.LeftToRight if is_beside or not has_chips else ways.TopToBottom
        )
        self._across.setSpacing(theme.space(1.5) if has_chips else 0)
        self.chips.setVisible(has_chips)
        side = Qt.AlignmentFlag.AlignRight if is_beside else Qt.AlignmentFlag.AlignLeft
        self.says.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


def _badge(chip: Chip) -> Badge:
    tone = "quiet" if chip.is_assumed else _TONES[chip.kind]
    icon = "circle-alert" if chip.kind is ChipKind.UNREAD else ""
    words = f"{chip.shown}, assumed" if chip.is_assumed else chip.shown
    return Badge(words, tone, icon)
