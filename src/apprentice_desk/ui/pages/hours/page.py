"""The page of the hours: a line to log with, the week of everybody, and the list of entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.people import called
from apprentice_desk.domain.week_cells import Cell
from apprentice_desk.records import apprentices
from apprentice_desk.records.hours import HoursDetails
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import LogHours, LookThroughLog, OpenHours, ReadCalendar
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import EmptyState, PageHeader
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.pages.hours.list_view import APPRENTICE, WEEK_SCOPE, HoursList, day_in_words
from apprentice_desk.ui.pages.hours.more_ways import REPEAT_TABLES, MoreWays
from apprentice_desk.ui.pages.hours.week_reading import WeekRead, reading
from apprentice_desk.ui.pages.hours.week_view import WeekView
from apprentice_desk.ui.pages.hours.who import AskWho
from apprentice_desk.ui.papers_menu import papers_button
from apprentice_desk.ui.quick_logging import QuickLog
from apprentice_desk.ui.quick_team import TEAM_TABLES
from apprentice_desk.ui.quick_window import keeper_on_page, quick_card

PEOPLE_TABLES = (*TEAM_TABLES, "break_in_learning", "weekly_hours")
HOURS_TABLES = ("off_the_job_entry", "hours_week", "evidence", "secondment")
READ_ONLY = "This desk is open to read only, so nothing can be logged or changed in it."
WEEK = timedelta(days=7)
_MINE, _EVERYONE = "mine", "everyone"
_GRID, _LIST = "grid", "list"


class HoursPage(ScrollingPage):
    """The week of everybody in a grid, or entries one by one in a list."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = desk.theme
        self._rows: tuple[ApprenticeRow, ...] = ()
        self._first = monday_of(desk.clock.today())
        self._shown = _GRID
        self.who = AskWho(desk, self)
        self.judging = Judging()
        self.week = WeekView(desk, self.who, self.judging)
        self.list = HoursList(desk, self.who, self._choices)
        self.quick = QuickLog(desk)
        self.more = MoreWays(desk, self.judging, self._chosen_entry, self._likely_day, self)
        self.list.repeat_asked.connect(self.more.repeats)
        self._waits_for_people = ""
        self._build()
        self._connect()
        self._show_words()

    # building

    def _build(self) -> None:
        theme = self._theme
        self.previous = button("", theme, lambda: self._move(-WEEK), icon="chevron-left")
        self.this_week = button("This week", theme, self._on_this_week)
        self.next = button("", theme, lambda: self._move(WEEK), icon="chevron-right")
        for made, name in (
            (self.previous, "Previous week (Alt+Left)"),
            (self.next, "Next week (Alt+Right)"),
        ):
            made.setToolTip(as_tip(name))
            access.name(made, name)
        self.papers = papers_button(self._desk, self)
        self.whose = Switch("Whose hours", ((_MINE, "Mine"), (_EVERYONE, "Everyone")), theme)
        self.switch = Switch("Shown as", ((_GRID, "Week"), (_LIST, "List of entries")), theme)
        moving = (self.previous, self.this_week, self.next)
        actions = (self.switch, self.whose, *moving, self.papers)
        self.header = PageHeader("Hours", "", theme, actions)
        self.quick.put_beside(self.more.button)
        self.nobody = EmptyState(theme, "users", "Just a moment", "")
        self.read_only = label(READ_ONLY, "quiet", wraps=True)
        self.read_only.setVisible(self._desk.store.is_read_only)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nobody)
        self.stack.addWidget(self.week)
        self.stack.addWidget(self.list)
        self.put(self.header)
        self.put(self.read_only)
        self.quick_card = quick_card(self.quick, theme)
        self.put(self.quick_card)
        if self._desk.store.is_read_only:
            self.quick_card.hide()
        else:
            self.keeper = keeper_on_page(self.quick, self.quick_card, self._desk)
        self.put(self.more.strip)
        self.put(self.stack, 1)
        self.switch.show_value(self._shown)
        self.whose.hide()
        self.look = QAction("Look through the log…", self)
        self.look.setShortcut(QKeySequence("Ctrl+G"))
        self.look.setEnabled(False)
        self.addAction(self.look)
        self.week.table.offer(self.look)
        self.list.offer(self.look)

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._desk.settings_changed.connect(lambda _settings: self._ask_again())
        self.switch.chosen.connect(self._on_switch)
        self.whose.chosen.connect(self._on_whose)
        self.list.scope_changed.connect(self._show_list)
        self.quick.logged.connect(self._on_logged)
        self.quick.closed.connect(lambda: self.week.go_to(None))
        self.quick.grew.connect(self._see_quick)
        self.area.verticalScrollBar().valueChanged.connect(lambda _value: self.quick.move_list())
        self.week.cell_chosen.connect(self._on_cell)
        self.week.table.reached.connect(self._see_cell)
        self.week.saying.complained.connect(self._see_complaint)
        self.week.open_details.triggered.connect(self._see_details)
        self.list.person_chosen.connect(lambda: self.look.setEnabled(True))
        self.look.triggered.connect(lambda _checked=False: self.look_through_log())
        add_key(self, "Previous week", "Alt+Left", lambda: self._move(-WEEK))
        add_key(self, "Next week", "Alt+Right", lambda: self._move(WEEK))
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something typed is not saved."""
        return self.week.details.has_unsaved_changes or self.quick.has_unsaved_changes

    @property
    def unsaved_words(self) -> list[str]:
        """What would be lost: whose it is, of which day, and what was typed."""
        line = " ".join(self.quick.edit.text().split())
        return [*([f"Quick log “{line[:120]}”"] if line else []), *self.week.details.unsaved_words]

    # reading

    @property
    def _asks_as(self) -> tuple[str, bool]:
        chosen = self._desk.settings
        return chosen.my_name, not chosen.shows_everyone

    def _on_changed(self, changes: Any) -> None:
        if changes.touches(*PEOPLE_TABLES, *HOURS_TABLES, *REPEAT_TABLES):
            self.note_stale()

    def _ask_again(self) -> None:
        if self._asks_as != self._asked_as:
            self.note_stale()

    _asked_as: tuple[str, bool] = ("", True)

    def refresh(self) -> None:
        """Read the week again, in the background."""
        self._asked_as = name, only_theirs = self._asks_as
        self._desk.jobs.run(
            "Reading the week",
            reading(self._desk, self._first, name, only_theirs=only_theirs),
            done=self._on_read,
            newest_of="hours week",
            owner=self,
            is_quiet=True,
        )
        if self._shown == _LIST:
            self._show_list()

    def _on_read(self, read: WeekRead) -> None:
        if read.grid.monday != self._first:
            return
        self._rows = read.rows
        self.judging.courses = read.courses
        self.quick.take_team(read.team)
        self.whose.setVisible(read.has_own)
        self.whose.show_value(_EVERYONE if self._desk.settings.shows_everyone else _MINE)
        self.week.take(read)
        self.more.take(read.rows)
        self._show_part()
        if self._waits_for_people:
            path, self._waits_for_people = self._waits_for_people, ""
            self.more.read_calendar(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show of the week what there is room for."""
        super().resizeEvent(event)
        self._fit_week()

    def _fit_week(self) -> None:
        """Give the week the room below the line; what that says of a line is not counted in."""
        layout = self._content.layout()
        assert layout is not None
        layout.activate()
        margins = layout.contentsMargins()
        top = self.stack.mapTo(self._content, QPoint(0, 0)).y()
        self.week.fit(self.area.viewport().height() - top - margins.bottom())

    def _show_part(self) -> None:
        if self._shown == _LIST:
            self.stack.setCurrentWidget(self.list)
        elif self.week.model.people:
            self.stack.setCurrentWidget(self.week)
        else:
            self._say_nobody()
            self.stack.setCurrentWidget(self.nobody)
        self._show_words()
        self.header.arrange()
        self._fit_week()

    def _say_nobody(self) -> None:
        if self._rows:
            words = "Nobody was on programme in this week", "Look at another week."
        else:
            words = "No apprentices yet", "Add or import them first; then their hours come here."
        self.nobody.set_words(*words)

    def _show_list(self) -> None:
        self.list.show_week(self._first)
        self._show_words()

    def _show_words(self) -> None:
        words = f"Week of {day_in_words(self._first)}"
        is_week = self._shown == _GRID or self.list.scope == WEEK_SCOPE
        if not is_week:
            words = self.list.words()
        self.quick.show_week(self._first if is_week else None)
        self.header.set_words("Hours", f"{words} · off-the-job training in paid hours")
        self.next.setEnabled(self._first + WEEK <= self._desk.clock.today())

    def _choices(self) -> list[tuple[UUID, str]]:
        """Return who an entry can be given to: those on programme first, then the others."""
        first = [row for row in self._rows if row.status in LIVE]
        others = [row for row in self._rows if row.status not in LIVE]
        names = [row.name for row in first]
        choices = [
            (
                row.id,
                row.name if names.count(row.name) == 1 else f"{row.name}, {row.standard_title}",
            )
            for row in first
        ]
        return choices + [(row.id, f"{row.name} ({_not_now(row)})") for row in others]

    # moving

    def _move(self, step: timedelta) -> None:
        first = self._first + step
        if first > self._desk.clock.today():
            return
        if self.list.scope == APPRENTICE:
            self.list.scope = WEEK_SCOPE
        self.go_to_week(first)

    def _on_this_week(self) -> None:
        self.list.scope = WEEK_SCOPE
        self.go_to_week(monday_of(self._desk.clock.today()))

    def go_to_week(self, first: date) -> None:
        """Show the week that begins on *first*."""
        self._first = first
        self._show_words()
        self.refresh()

    def _on_switch(self, shown: str) -> None:
        self._shown = shown
        self.switch.show_value(shown)
        self._show_part()
        if shown == _LIST:
            self._show_list()

    def _on_whose(self, whose: str) -> None:
        settings = self._desk.settings
        self._desk.prefer(replace(settings, shows_everyone=whose == _EVERYONE))

    def _on_cell(self, cell: Cell | None) -> None:
        if cell is not None:
            person = self.week.model.person(cell.apprenticeship_id)
            self.list.choose_person((person.id, person.name))

    def _go_to_filter(self) -> None:
        if self._shown == _LIST:
            self.list.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.list.filter.selectAll()
            self.area.ensureWidgetVisible(self.list.filter)

    # arriving

    def arrive(self, destination: LogHours | OpenHours | ReadCalendar) -> None:
        """Begin to log, for whoever is named; go to a day; list all of one; read a calendar."""
        self._refresh_stale()
        if isinstance(destination, OpenHours):
            self._list_all_of(destination.apprenticeship_id, destination.entry_id)
            return
        if isinstance(destination, ReadCalendar):
            if self._rows:
                self.more.read_calendar(destination.path)
            else:
                self._waits_for_people = destination.path
            return
        day = destination.done_on
        if day is None and not self._desk.store.is_read_only:
            self.quick.begin_with(destination.apprenticeship_id)
            self.area.ensureVisible(0, 0)
            self._see_quick()
            return
        if self._shown == _LIST:
            self._on_switch(_GRID)
        if day is not None and monday_of(day) != self._first:
            self.go_to_week(monday_of(day))
        self.week.go_to(destination.apprenticeship_id, day)

    def look_through_log(self) -> None:
        """Look through the log of whoever was chosen last."""
        if self.list.person is not None:
            self._desk.go(LookThroughLog(self.list.person[0]))

    def _list_all_of(self, apprenticeship_id: UUID, entry_id: UUID | None) -> None:
        """Show every entry of one apprenticeship, whoever's team they are in, at one of them."""
        held = self._desk.store.read(apprentices.held, apprenticeship_id)
        name = called(held.details.given_names, held.details.family_name)
        self.list.choose_person((apprenticeship_id, name))
        self.list.scope = APPRENTICE
        self.list.want(entry_id)
        self._on_switch(_LIST)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_entry(self) -> HoursDetails | None:
        """The entry that is chosen in the list, or shown beside the week."""
        if self._shown == _LIST:
            row = self.list.table.chosen()
            return None if row is None else row.details
        entry = self.week.details.entry
        return None if entry is None else entry.details

    def _likely_day(self) -> date:
        """Return today while its week is shown, else the day on which the grid stands."""
        today, cell = self._desk.clock.today(), self.week.table.cell
        if self._first == monday_of(today):
            return today
        is_here = cell is not None and monday_of(cell.day) == self._first
        return cell.day if cell is not None and is_here else self._first

    def start_logging(self) -> None:
        """Go to the line."""
        self.arrive(LogHours())

    def _on_logged(self, cells: Sequence[Cell]) -> None:
        """Show the week in which something was logged, and the first of it in the grid."""
        weeks = [monday_of(cell.day) for cell in cells]
        if self._first not in weeks:
            self.go_to_week(max(weeks))
        if not self.week.details.has_unsaved_changes:
            first = next(cell for cell in cells if monday_of(cell.day) == self._first)
            self.week.go_to(*first, takes_keyboard=False)

    # what the keyboard reaches is seen

    def _see_quick(self) -> None:
        """Scroll to the line where what was understood of it would not be seen otherwise."""
        place, bar = self.quick_card.geometry(), self.area.verticalScrollBar()
        if place.bottom() > bar.value() + self.area.viewport().height():
            bar.setValue(place.top() - self._theme.space(2))

    def _see_cell(self) -> None:
        table = self.week.table
        rect = table.visualRect(table.currentIndex())
        if rect.isValid() and not QApplication.mouseButtons():  # nothing slips away below a press
            place = table.viewport().mapTo(self._content, rect.center())
            self.area.ensureVisible(place.x(), place.y(), rect.width() // 2, 2 * rect.height())

    def _see_complaint(self, words: str) -> None:
        """Bring what is said below the grid into sight with the cell that it is about.

        Where there is no room for both it stands in the status line too: the cell stays in sight.
        """
        table, saying, room = self.week.table, self.week.saying, self.area.viewport()
        saying.updateGeometry()
        top = table.viewport().mapTo(
            self._content, table.visualRect(table.currentIndex()).topLeft()
        )
        bottom = saying.mapTo(self._content, saying.rect().bottomLeft())
        if bottom.y() - top.y() < room.height():
            self.area.ensureVisible(bottom.x(), bottom.y(), 0, 0)
        elif saying.mapTo(room, saying.rect().bottomLeft()).y() > room.height():
            self._desk.messages.say(words)

    def _see_details(self) -> None:
        part = self.week.details.form.input("minutes").target
        place = part.mapTo(self._content, part.rect().center())
        self.area.ensureVisible(place.x(), place.y(), part.width(), 3 * part.height())


def _not_now(row: ApprenticeRow) -> str:
    return "not started" if row.status == "planned" else str(row.status)
