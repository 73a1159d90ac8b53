"""The part over the whole page: how far the procurement is, what is to be done, and its days."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from apprentice_desk.domain.calendar import day_with_weekday, show_day
from apprentice_desk.domain.contract_line import how_far
from apprentice_desk.domain.procuring import CourseDay, ToDo, course_days
from apprentice_desk.ui.contracting.procurements import STAGES
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Tone
from apprentice_desk.ui.kit.time_line import TimeLine, TimeSpot
from apprentice_desk.ui.kit.time_line_table import (
    KEYS,
    SHOW_AS_TABLE,
    TimeLineTable,
    TimeRow,
    table_button,
)
from apprentice_desk.ui.pages.procurement.part import ProcurementPart, ProcurementShown

_MOST_SAID = 3
_NO_DAYS = "No day is entered yet. Add the days of the timetable below."


class DaysPart(ProcurementPart):
    """A card with the line; Ctrl+T shows it as a table."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._title = ""
        self.rows: tuple[TimeRow, ...] = ()
        self.stage = label("", "strong", wraps=True)
        self.first = label("", wraps=True)
        self.line = TimeLine("Days of the procurement", theme)
        self.nothing = label(_NO_DAYS, "quiet", wraps=True)
        self.as_table = table_button(theme, self.show_table)
        card = Card("", theme)
        card.body.setSpacing(theme.space(2))
        for each in (self.stage, self.first, self.line, self.nothing):
            card.add(each)
        card.add(Flow([self.as_table], theme, quarters=4))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)
        add_key(self, SHOW_AS_TABLE, KEYS, self.show_table)

    def show_procurement(self, shown: ProcurementShown) -> None:
        """Show the days of a procurement and what is to be done."""
        today, standing = shown.today, shown.standing
        days = course_days(standing.course)
        self._title = f"Days of {shown.found.details.reference}"
        self.stage.setText(STAGES[standing.stage].text)
        self.first.setText(_to_do(standing.to_do, shown))
        self.rows = tuple(
            TimeRow(f"{number}", each.on, _done(each.words, is_done=each.is_done),
                    how_far(each.on, today))
            for number, each in enumerate(days)
        )  # fmt: skip
        told = "; ".join(f"{row.what}: {show_day(row.on)}, {row.how_far}" for row in self.rows)
        self.line.show_spots(_spots(days, today), told)
        self.line.setVisible(bool(days))
        self.as_table.setVisible(bool(days))
        self.nothing.setVisible(not days)

    def take_keyboard(self) -> None:
        """Go to the button that shows the table."""
        self.as_table.setFocus()

    def show_table(self) -> None:
        """List the days."""
        if self.rows:
            TimeLineTable(self.window(), self.rows, self._title, self._desk.theme).open()


def _spots(days: tuple[CourseDay, ...], today: date) -> list[TimeSpot]:
    """Return one spot for each day and all that falls on it, today among them."""
    if not days:
        return []
    by_day: dict[date, list[CourseDay]] = {today: []}
    for each in days:
        by_day.setdefault(each.on, []).append(each)
    spots = []
    for on, held in sorted(by_day.items()):
        words = ["Today"] if on == today else []
        words += [each.words for each in held]
        rest = [word[:1].lower() + word[1:] for word in words[1:]]
        is_done = bool(held) and all(each.is_done for each in held)
        tone: Tone = "quiet" if is_done else "accent"
        spots.append(TimeSpot(on, ", ".join((words[0], *rest)), tone, on == today))
    return spots


def _done(words: str, *, is_done: bool) -> str:
    return f"{words} (done)" if is_done else words


def _to_do(found: tuple[ToDo, ...], shown: ProcurementShown) -> str:
    if shown.found.abandoned_on is not None:
        return f"Given up on {show_day(shown.found.abandoned_on)}: {shown.found.abandoned_reason}"
    if not found:
        return "Nothing more is to be done."
    said = []
    for each in found[:_MOST_SAID]:
        late = "" if each.on is None or each.on >= shown.today else ", overdue"
        said.append(each.words if each.on is None
                    else f"{each.words}: {day_with_weekday(each.on)}{late}")  # fmt: skip
    return f"To do: {'; '.join(said)}."
