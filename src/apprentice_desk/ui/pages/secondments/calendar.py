"""The calendar of who is where: half a year at a time, earlier and later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import Period, add_months, show_day
from apprentice_desk.records.secondment_overview import SecondmentLine
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.spans import SpanCalendar
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.secondments.columns import spans

MONTHS_SHOWN = 6
_MONTHS_BEFORE = 1
_STEP = 3
NOBODY = "Nobody is or would be elsewhere in these months."


class CalendarView(QScrollArea):
    """The lines, and the ways to earlier and later months."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._today = today
        self._moved_by = 0
        self._lines: Sequence[SecondmentLine] = ()
        self.earlier = button("Earlier", theme, lambda: self.step(-_STEP), icon="chevron-left")
        self.now = button("Now", theme, self.go_to_now)
        self.later = button("Later", theme, lambda: self.step(_STEP), icon="chevron-right")
        self.earlier.setToolTip("Earlier months (Alt+Page Up)")
        self.later.setToolTip("Later months (Alt+Page Down)")
        self.shown_days = label("", "quiet")
        self.nobody = label(NOBODY, "quiet", wraps=True)
        self.spans = SpanCalendar("Who is where", theme, today)
        self.legend = label(
            "A full bar is agreed or under way, a broken edge is asked for.", "small", wraps=True
        )
        card = Card("", theme, flush=True)
        card.add(self.spans, 1)
        content = QWidget()
        content.setProperty("role", "page")
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(Flow((self.earlier, self.now, self.later, self.shown_days), theme))
        down.addWidget(self.nobody)
        down.addWidget(card)
        down.addWidget(self.legend)
        down.addStretch(1)
        self.card = card
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self.spans.line_reached.connect(self.ensureWidgetVisible)
        add_key(self, "Earlier months", "Alt+PgUp", lambda: self.step(-_STEP))
        add_key(self, "Later months", "Alt+PgDown", lambda: self.step(_STEP))

    @property
    def days(self) -> Period:
        """The days that are shown."""
        first = add_months(self._today.replace(day=1), self._moved_by - _MONTHS_BEFORE)
        return Period(first, add_months(first, MONTHS_SHOWN) - timedelta(days=1))

    def show_lines(self, lines: Sequence[SecondmentLine], today: date) -> None:
        """Show who of *lines* is or would be where."""
        self._lines, self._today = lines, today
        self._show()

    def step(self, months: int) -> None:
        """Go to earlier or later months."""
        self._moved_by += months
        self._show()
        access.announce(self, self.shown_days.text())

    def go_to_now(self) -> None:
        """Go back to the months around today."""
        self.step(-self._moved_by)

    def _show(self) -> None:
        days = self.days
        assert days.last is not None  # months have an end
        found = spans(self._lines, days)
        self.shown_days.setText(f"{show_day(days.first)} to {show_day(days.last)}")
        self.spans.show_spans(found, days.first, days.last, self._today)
        self.card.setVisible(bool(found))
        self.legend.setVisible(bool(found))
        self.nobody.setVisible(not found)
        self.now.setEnabled(bool(self._moved_by))
        self.shown_days.setAlignment(Qt.AlignmentFlag.AlignVCenter)
