"""Who is where when: one line each, with a bar over the weeks of a stretch of time.

Each line is a real button with all of it in its name; Tab reaches one, Up and Down the others.
What stands firm is painted full, what is only asked for with an open edge.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import MONTHS, Period, add_months, show_day
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.theme import Theme, Tone
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.kit.tokens import FontRole

_NAME_SHARE = 0.28
_ROW_QUARTERS = 11
_HEAD_QUARTERS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """One line: who, what below the name, the words on the bar and its days.

    *is_firm* says that the days stand.  *says* is all of it in words.
    """

    id: Hashable
    title: str
    below: str
    words: str
    days: Period
    says: str
    tone: Tone = "accent"
    is_firm: bool = True


class _Scale:
    """Where days lie on a line: *first* to *last*, over the room right of the names."""

    def __init__(self, first: date, last: date, width: int) -> None:
        self.first, self.last = first, last
        self.left = round(width * _NAME_SHARE)
        self._per_day = max(1, width - self.left) / ((last - first).days + 1)

    def x(self, day: date) -> float:
        return self.left + (day - self.first).days * self._per_day

    def months(self) -> list[date]:
        found, month = [], self.first.replace(day=1)
        while month <= self.last:
            found.append(month)
            month = add_months(month, 1)
        return found


class SpanButton(QAbstractButton):
    """One line of the calendar."""

    def __init__(self, theme: Theme, calendar: SpanCalendar) -> None:
        super().__init__()
        self._theme, self._calendar = theme, calendar
        self.span = Span(None, "", "", "", Period(date.min, date.min), "")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        theme.changed.connect(self.updateGeometry)

    def show_span(self, span: Span) -> None:
        """Show another line."""
        self.span = span
        access.name(self, span.says)
        self.setToolTip(as_tip(span.says))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(self._theme.space(100), self._theme.space(_ROW_QUARTERS))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be the one that is chosen."""
        super().focusInEvent(event)
        self._calendar.choose(self.span.id)
        self._calendar.line_reached.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the line above or below, the first or last; Enter opens it."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if step is not None:
            self._calendar.walk(self, step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._calendar.go_to_end(is_last=key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._calendar.line_opened.emit(self.span.id)
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Be marked if it is what the calendar has chosen; a press alone marks nothing."""
        self.setChecked(self._calendar.chosen == self.span.id)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Open it."""
        self._calendar.line_opened.emit(self.span.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, space = self._theme, self._theme.space
        if self.isChecked():
            painter.fillRect(self.rect(), theme.colour("row_selected"))
        scale = self._calendar.scale(self.width())
        self._paint_grid(painter, scale)
        line = QFontMetrics(theme.font("strong")).height()
        below = QFontMetrics(theme.font("small")).height()
        top = (self.height() - line - below) / 2
        room = QRectF(space(3), top, scale.left - space(5), line)
        self._write(painter, room, self.span.title, "strong", "text")
        room.moveTop(top + line)
        room.setHeight(below)
        self._write(painter, room, self.span.below, "small", "text_quiet")
        self._paint_bar(painter, scale)
        painter.end()

    def _paint_grid(self, painter: QPainter, scale: _Scale) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.colour("line"), 1))
        bottom = self.height() - 0.5
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        for month in scale.months():
            if month > scale.first:
                x = round(scale.x(month)) + 0.5
                painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        today = self._calendar.today
        if scale.first <= today <= scale.last:
            painter.setPen(QPen(theme.colour("accent"), max(2.0, theme.space(0.5))))
            x = scale.x(today)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _paint_bar(self, painter: QPainter, scale: _Scale) -> None:
        theme, span, days = self._theme, self.span, self.span.days
        first = max(days.first, scale.first)
        last = min(days.last or scale.last, scale.last)
        if first > last:
            return
        thick = theme.space(6)
        left = scale.x(first)
        width = max(scale.x(last + timedelta(days=1)) - left, theme.space(1.5))
        bar = QRectF(left, (self.height() - thick) / 2, width, thick)
        colours = theme.tone(span.tone)
        pen = QPen(colours.solid, max(1.5, theme.space(0.4)))
        if not span.is_firm:
            pen.setDashPattern([3.0, 2.2])
        painter.setPen(pen)
        painter.setBrush(colours.soft if span.is_firm else theme.colour("surface_raised"))
        corner = theme.space(1)
        painter.drawRoundedRect(bar.adjusted(1, 1, -1, -1), corner, corner)
        self._write_beside(painter, bar, colours.text.name())

    def _write_beside(self, painter: QPainter, bar: QRectF, colour: str) -> None:
        """Write what the bar is where it fits: on it, else at its right, else at its left."""
        theme, words = self._theme, self.span.words
        metrics = QFontMetrics(theme.font("small strong"))
        needed, gap = metrics.horizontalAdvance(words), theme.space(1.5)
        room = QRectF(bar)
        meaning = "text"
        if bar.width() >= needed + 2 * gap:
            room.adjust(gap, 0, -gap, 0)
            painter.setPen(colour)
            meaning = ""
        elif self.width() - bar.right() >= needed + 2 * gap:
            room.setLeft(bar.right() + gap)
            room.setRight(self.width())
        else:
            room.setRight(bar.left() - gap)
            room.setLeft(max(self._calendar.scale(self.width()).left, room.right() - needed))
        if meaning:  # not across the lines of months and of today
            written = QRectF(room.left() - gap / 2, room.center().y() - metrics.height() / 2,
                             min(needed, room.width()) + gap, metrics.height())  # fmt: skip
            is_chosen = self.isChecked()
            ground = theme.colour("row_selected" if is_chosen else "surface_raised")
            painter.fillRect(written, ground)
        self._write(painter, room, words, "small strong", meaning)

    def _write(
        self, painter: QPainter, room: QRectF, words: str, font: FontRole, meaning: str
    ) -> None:
        made = self._theme.font(font)
        painter.setFont(made)
        if meaning:
            painter.setPen(self._theme.colour(meaning))
        shown = QFontMetrics(made).elidedText(
            words, Qt.TextElideMode.ElideRight, max(0, round(room.width()))
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class _Months(QWidget):
    """The names of the months above the lines."""

    def __init__(self, theme: Theme, calendar: SpanCalendar) -> None:
        super().__init__()
        self._theme, self._calendar = theme, calendar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(100), self._theme.space(_HEAD_QUARTERS))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        scale = self._calendar.scale(self.width())
        font = theme.font("small strong")
        painter.setFont(font)
        painter.setPen(theme.colour("text_quiet"))
        months = scale.months()
        for number, month in enumerate(months):
            left = max(scale.x(month), scale.left)
            right = scale.x(months[number + 1]) if number + 1 < len(months) else self.width()
            words = f"{MONTHS[month.month - 1][:3]} {month.year}"
            metrics = QFontMetrics(font)
            if metrics.horizontalAdvance(words) > right - left - theme.space(1):
                words = MONTHS[month.month - 1][:3]
            if metrics.horizontalAdvance(words) > right - left - theme.space(1):
                words = words[0]
            room = QRectF(left + theme.space(1), 0, right - left, self.height())
            painter.drawText(
                room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words
            )
        painter.end()


class SpanCalendar(QWidget):
    """The calendar, called *name*, from one day to another.

    *line_chosen* has the id of the line that is chosen, *line_opened* that of one that Enter or a
    double click opens; *line_reached* has the line that got the keyboard, to be scrolled to.
    """

    KEYS = Keys(
        "In the calendar",
        (
            ("Up, Down", "Choose the line above or below"),
            ("Home, End", "Choose the first or last line"),
            ("Enter", "Go to what the line is about"),
        ),
    )

    line_chosen = Signal(object)
    line_opened = Signal(object)
    line_reached = Signal(QWidget)

    def __init__(self, name: str, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme = theme
        self.today = today
        self.first, self.last = today, today
        self._chosen: Hashable = None
        self.lines: list[SpanButton] = []
        # Of the lines of a group Tab reaches one, the arrows reach the others.
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        access.name(self, name, "Up and Down go from line to line, Enter opens one.")
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(0)
        self._down.addWidget(_Months(theme, self))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._down.addLayout(self._lines)
        self._down.addStretch(1)

    @property
    def chosen(self) -> Hashable:
        """The id of the line that is chosen; None where none is."""
        return self._chosen

    def scale(self, width: int) -> _Scale:
        """Return where days lie at *width*."""
        return _Scale(self.first, self.last, width)

    def show_spans(self, spans: Sequence[Span], first: date, last: date, today: date) -> None:
        """Show *spans* from *first* to *last*."""
        had_keyboard = any(line.hasFocus() for line in self.lines)
        self.first, self.last, self.today = first, last, today
        while len(self.lines) > len(spans):
            gone = self.lines.pop()
            self._group.removeButton(gone)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(spans):
            made = SpanButton(self._theme, self)
            made.clicked.connect(lambda _checked=False, made=made: self.choose(made.span.id))
            self.lines.append(made)
            self._group.addButton(made)
            self._lines.addWidget(made)
            made.show()  # not in a later turn: the keyboard may be given to it at once
        for made, span in zip(self.lines, spans, strict=True):
            made.show_span(span)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # without any, Qt does not set an order
        access.follow(self, self.lines)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._line_of(self._chosen) is None:
            self._chosen = spans[0].id if spans else None
        self._mark()
        if had_keyboard and (line := self._line_of(self._chosen)) is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def choose(self, key: Hashable) -> bool:
        """Choose a line; returns whether it is there."""
        if self._line_of(key) is None:
            return False
        if key != self._chosen:
            self._chosen = key
            self._mark()
            self.line_chosen.emit(key)
        return True

    @property
    def stop(self) -> QWidget | None:
        """The line that Tab reaches; None where there is none."""
        return self._line_of(self._chosen)

    def take_keyboard(self) -> None:
        """Go to the line that is chosen."""
        line = self._line_of(self._chosen)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self, start: SpanButton, step: int) -> None:
        """Give the keyboard to the line above or below."""
        there = self.lines.index(start) + step
        if 0 <= there < len(self.lines):
            self.lines[there].setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_end(self, *, is_last: bool) -> None:
        """Give the keyboard to the first or last line."""
        self.lines[-1 if is_last else 0].setFocus(Qt.FocusReason.TabFocusReason)

    def _line_of(self, key: Hashable) -> SpanButton | None:
        return next((each for each in self.lines if each.span.id == key), None)

    def _mark(self) -> None:
        for each in self.lines:
            is_it = each.span.id == self._chosen
            if is_it:
                each.setChecked(True)  # and no other: they are a group
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_it else Qt.FocusPolicy.ClickFocus)


def in_words(days: Period) -> str:
    """Return days as a sentence has them: "from 1 Jun 2026 to 26 Jun 2026"."""
    if days.last is None:
        return f"from {show_day(days.first)}"
    return f"from {show_day(days.first)} to {show_day(days.last)}"
