"""The input for a day: typed as in the quick line, in any British form, or picked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QTableView, QVBoxLayout, QWidget

from apprentice_desk.domain import calendar
from apprentice_desk.domain.typed_days import parse_typed_day
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.inputs import Field, LineInput
from apprentice_desk.ui.kit.pieces import icon_button
from apprentice_desk.ui.kit.theme import Theme

_HAS_YEAR = re.compile("[0-9]{4}")


class DateInput(LineInput):
    """A day, typed in any British form or picked from a calendar (Alt+Down).

    Where *today* is known, words such as "yesterday" will do too.  What does not say its year is
    told as a whole day before it is saved.
    """

    def __init__(self, field: Field, theme: Theme, today: date | None) -> None:
        super().__init__(field, theme, self._parse_day, calendar.table_day)
        self._today = today
        self.is_day_given = True
        self._pick = icon_button(
            "calendar-days", f"Choose {field.label.lower()} from a calendar", theme, self.pick
        )
        access.answer_in_field(self._pick, "Alt+Down")
        self.put_inside(self.line, self._pick)
        self._understood = ""
        self.line.textEdited.connect(lambda _text: self._tell_understood())
        self._popup: _CalendarPopup | None = None
        self.finish()

    def read(self) -> date | None:
        """Return the typed value; ValueError with a sentence if it cannot be read."""
        text = self.line.text().strip()
        if not text:
            self.is_day_given = True
            return None
        written = self._written(text)
        if not written.is_day_given and self.field.kind != "month date":
            raise ValueError(f"“{text}” gives no day. Write the day too, as in 04/08/2026.")
        self.is_day_given = written.is_day_given
        return written.day

    def write_day(self, value: date | None, *, is_day_given: bool = True) -> None:
        """Show *value*, as a month alone if the day is not given."""
        self.is_day_given = is_day_given
        self.line.setText(self._shown(value))
        self._tell_understood()

    def write(self, value: Any) -> None:
        """Show *value*."""
        self.write_day(value)

    def type_in(self, text: str) -> None:
        """Put a line back; on another day its words may mean another one."""
        super().type_in(text)
        self._tell_understood()

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        super().set_read_only(is_read_only)
        self._pick.setVisible(not is_read_only)

    def pick(self) -> None:
        """Open the calendar under the input."""
        try:
            day = self.read()
        except ValueError:
            day = None
        popup = _CalendarPopup(self.theme, day or self._today, self)
        popup.picked.connect(self._on_picked)
        popup.open_below(self.line)
        self._popup = popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch what it must follow; nothing is held back."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
            and not self.line.isReadOnly()
        ):
            self.pick()
            return True
        return super().eventFilter(watched, event)

    def _parse_day(self, text: str) -> date:
        return self._written(text).day

    def _written(self, text: str) -> calendar.WrittenDay:
        field = self.field
        if self._today is None:
            return calendar.parse_day(text, end=field.end)
        return parse_typed_day(
            text,
            self._today,
            is_past=field.is_past,
            end=field.end,
            takes_month=field.kind == "month date",
        )

    def follow(self, today: date) -> None:
        """Understand words such as "yesterday" from another day on; what stands there stays."""
        if self._today is not None:
            self._today = today

    def _tell_understood(self) -> None:
        """Tell which day was understood where the text does not give its year."""
        text, words = self.line.text(), ""
        if text.strip() and not _HAS_YEAR.search(text):
            try:
                written = self._written(text)
                words = calendar.day_with_weekday(written.day) if written.is_day_given else ""
            except ValueError:
                words = ""
        if words != self._understood:
            self._understood = words
            self.understood.emit(words)

    def _shown(self, value: date | None) -> str:
        if value is None:
            return ""
        if self.is_day_given:
            return calendar.table_day(value)
        return f"{calendar.MONTHS[value.month - 1]} {value.year}"

    def _tidy(self) -> None:
        if self.line.isReadOnly():
            return
        try:
            value = self.read()
        except ValueError:
            return
        if self._understood and self._shown(value) != self.line.text():
            access.announce(self.line, self._understood)
        self.line.setText(self._shown(value))

    def _on_picked(self, day: date) -> None:
        self.write_day(day)
        self.edited.emit()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)


class _CalendarPopup(QFrame):
    """A month to pick a day from; Enter picks, Escape closes."""

    picked = Signal(object)

    def __init__(self, theme: Theme, day: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._days = QCalendarWidget()
        self._days.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self._days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._days.setGridVisible(False)
        plain = QTextCharFormat()
        plain.setForeground(theme.colour("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._days.setWeekdayTextFormat(weekday, plain)
        heading = QTextCharFormat()
        heading.setForeground(theme.colour("text_quiet"))
        heading.setBackground(theme.colour("surface_raised"))
        self._days.setHeaderTextFormat(heading)
        if day is not None:
            self._days.setSelectedDate(QDate(day.year, day.month, day.day))
        access.name(self._days, "Calendar", "Arrow keys move, Enter picks the day")
        self._days.activated.connect(self._on_activated)
        self._days.clicked.connect(self._on_activated)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*(theme.space(2),) * 4)
        inside.addWidget(self._days)

    def open_below(self, widget: QWidget) -> None:
        """Show the calendar under *widget*, with the keyboard."""
        self.move(widget.mapToGlobal(widget.rect().bottomLeft()))
        self.show()
        view = self._days.findChild(QTableView, "qt_calendar_calendarview")
        (view or self._days).setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_activated(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()
