"""The smaller figures of the panel, each a link that opens how it comes about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from apprentice_desk.domain.durations import rate, sentence
from apprentice_desk.domain.explaining import NOT_KNOWN, Figure
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip

EXPLAINS = "Show the formula, the rule and the rows behind it"
LINKED = (
    Figure.STATUS,
    Figure.REQUIRED,
    Figure.MINIMUM,
    Figure.PLANNED,
    Figure.PACE,
    Figure.NEEDED,
)


def in_words(row: ApprenticeRow, figure: Figure) -> str:
    """Return a figure of *row* in words; what cannot be worked out is said to be not known."""
    figures = row.figures
    if figure is Figure.STATUS:
        return figures.status.value
    if figure in (Figure.PACE, Figure.NEEDED):
        weekly = figures.pace_minutes if figure is Figure.PACE else figures.needed_minutes
        return NOT_KNOWN if weekly is None else rate(weekly)
    minutes = {
        Figure.REQUIRED: figures.required_minutes,
        Figure.MINIMUM: None if figures.minimum is None else figures.minimum.minutes,
        Figure.PLANNED: figures.planned_to_date_minutes,
    }[figure]
    return NOT_KNOWN if minutes is None else sentence(minutes)


class FigureLinks(QWidget):
    """Two columns of figures where there is room, one where there is not."""

    def __init__(
        self, explain: Callable[[Figure], object], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.links: dict[Figure, QPushButton] = {}
        self._keys: dict[Figure, QLabel] = {}
        for figure in LINKED:
            link = button("", theme, partial(explain, figure), role="small link")
            link.setToolTip(as_tip(EXPLAINS))
            self.links[figure] = link
            self._keys[figure] = label(figure[:1].upper() + figure[1:], "small")
        theme.changed.connect(self._arrange)
        self._arrange()

    def show_row(self, row: ApprenticeRow) -> None:
        """Show the figures of *row*."""
        for figure, link in self.links.items():
            words = in_words(row, figure)
            link.setText(words)
            access.name(link, f"Explain {figure}: {words}", EXPLAINS)
        self._arrange()

    def resizeEvent(self, event: object) -> None:
        """Take as many columns as there is room for."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        wide = max(
            self._keys[each].sizeHint().width() + self.links[each].sizeHint().width()
            for each in LINKED
        )
        columns = 2 if self.width() >= 2 * wide + self._theme.space(10) else 1
        self._grid.setHorizontalSpacing(self._theme.space(3))
        self._grid.setVerticalSpacing(self._theme.space(0.5))
        if columns == self._columns:
            return
        self._columns = columns
        for place, figure in enumerate(LINKED):
            across, down = place % columns, place // columns
            self._grid.addWidget(self._keys[figure], down, 3 * across)
            self._grid.addWidget(
                self.links[figure], down, 3 * across + 1, Qt.AlignmentFlag.AlignLeft
            )
        for column in range(6):
            self._grid.setColumnStretch(column, int(column % 3 == 1))
