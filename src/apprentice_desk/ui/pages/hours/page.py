"""The page of the hours: log one entry after the other, and the list of what was logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.findings import refuses
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursDetails, HoursRow, hours_rows
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk, LogHours
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import ScrollingPage
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.keeping import keeper_for
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.messages import Banner, Messages
from apprentice_desk.ui.kit.panels import Card, PageHeader
from apprentice_desk.ui.kit.pieces import BadgeLabel, button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.hours.columns import (
    COLUMNS,
    COUNTS_NOT,
    counts_badge,
    totals_in_words,
)
from apprentice_desk.ui.pages.hours.editing import Editing
from apprentice_desk.ui.pages.hours.form import HoursForm

PEOPLE_TABLES = ("apprentice", "apprenticeship", "break_in_learning")
READ_ONLY = "This desk is open to read only, so nothing can be logged or changed in it."
WEEK = timedelta(days=7)
ROOMY = 115
"""The width in quarters from which there is room for everything beside each other."""

_Read = tuple[tuple[ApprenticeRow, ...] | None, tuple[HoursRow, ...]]
_HINT = "Enter edits · Delete removes, with Undo · Alt Left and Alt Right change the week"


class HoursPage(ScrollingPage):
    """The log form above, the entries of a week, of four weeks or of one apprentice below."""

    MOST_QUARTERS = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._theme = desk.theme
        self._people_are_stale = True
        self._is_reading = False
        self._then: Callable[[], object] | None = None
        self._people: tuple[ApprenticeRow, ...] = ()
        self._first = _monday(desk.clock.today())
        self._scope = "week"
        self._wanted: UUID | None = None
        self._wanted_place: int | None = None
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Hours logged", desk.theme, stretch=4)
        self.filter = FilterBox(self.table, "apprentice, activity, what was learned", desk.theme)
        self._build()
        self._connect()
        self._refit()
        self._show_week()

    # building

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether an entry is half typed."""
        return self.form.has_unsaved_changes

    def _build(self) -> None:
        theme = self._theme
        self.previous = button("", theme, lambda: self._move(-WEEK), icon="chevron-left")
        self.this_week = button("This week", theme, self._on_this_week)
        self.next = button("", theme, lambda: self._move(WEEK), icon="chevron-right")
        for made, name in (
            (self.previous, "Previous week (Alt+Left)"),
            (self.next, "Next week (Alt+Right)"),
        ):
            made.setToolTip(name)
            access.name(made, name)
        self.header = PageHeader("Hours", "", theme, (self.previous, self.this_week, self.next))
        self.put(self.header)
        self.put(self._log_card())
        above = self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        above.setSpacing(theme.space(2))
        self.scope = button("Show", theme, icon="calendar-days")
        self.scope.setMenu(self._scope_menu())
        above.addWidget(self.filter, 1)
        above.addWidget(self.scope)
        self.totals = label("", "strong", wraps=True)
        self.hint = label(_HINT, "small", wraps=True)
        self._list = QVBoxLayout()
        self._list.addLayout(above)
        self._list.addWidget(self.table, 1)
        self._list.addWidget(self.totals)
        self._list.addWidget(self.hint)
        self.put(self._list, 1)
        self.edit = self._action("Edit entry…", "F2", self._on_edit)
        self.remove = self._action("Remove entry", QKeySequence.StandardKey.Delete, self._on_remove)
        self.table.set_actions((self.edit, self.remove))

    def _log_card(self) -> Card:
        theme, is_read_only = self._theme, self._desk.store.is_read_only
        card = Card("Log hours", theme, flush=True)
        self.log_messages = Messages(self)
        self.form = HoursForm(self._desk, (), is_on_page=True)
        spot = self._desk.draft("hours:new", "Log hours", LogHours(), is_new=True)
        self.keeper = keeper_for(self.form, spot, theme)
        self.counts = BadgeLabel(COUNTS_NOT, theme)
        self.save = button("Log hours", theme, self.submit, role="primary", icon="plus")
        self.save.setToolTip("Log this entry (Enter)")
        access.name(self.save, "Log hours of this entry")
        self.keys = label("Enter logs and keeps apprentice, day and activity", "small", wraps=True)
        foot = QHBoxLayout()
        self._foot = foot
        foot.addWidget(self.counts)
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.save)
        card.add(Banner(self.log_messages, theme))
        card.add(self.form)
        card.body.addLayout(foot)
        self.read_only = label(READ_ONLY, "quiet", wraps=True)
        self.read_only.setContentsMargins(*[theme.space(4)] * 4)
        self.read_only.setVisible(is_read_only)
        card.add(self.read_only)
        for part in (self.form, self.counts, self.keys, self.save):
            part.setVisible(not is_read_only)
        card.heading.setVisible(not is_read_only)
        return card

    def _scope_menu(self) -> QMenu:
        menu = QMenu(self.scope)
        group = QActionGroup(menu)
        self._scopes: dict[str, QAction] = {}
        for scope in ("week", "four weeks", "apprentice"):
            choice = QAction(self)  # its own: Python loses hold of what a menu makes itself
            menu.addAction(choice)
            choice.setCheckable(True)
            choice.triggered.connect(lambda _checked=False, scope=scope: self._set_scope(scope))
            group.addAction(choice)
            self._scopes[scope] = choice
        self._scopes["week"].setText("One week")
        self._scopes["four weeks"].setText("Four weeks")
        self._scopes["week"].setChecked(True)
        menu.aboutToShow.connect(self._name_scopes)
        return menu

    def _action(self, text: str, keys: str | QKeySequence.StandardKey, act: Any) -> QAction:
        action = QAction(text, self.table)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        action.setEnabled(False)
        self.table.addAction(action)
        return action

    def _connect(self) -> None:
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self._refit)
        self.table.row_opened.connect(lambda _row: self._on_edit())
        self.table.row_chosen.connect(self._on_chosen)
        self.model.counted.connect(self._show_totals)
        self.form.edited.connect(self._show_counts)
        add_key(self, "Previous week", "Alt+Left", lambda: self._move(-WEEK))
        add_key(self, "Next week", "Alt+Right", lambda: self._move(WEEK))
        add_key(self, "Filter the list", QKeySequence.StandardKey.Find, self._go_to_filter)
        for field in self.form.fields:
            self.form.input(field.name).target.installEventFilter(self)

    def _refit(self) -> None:
        space = self._theme.space
        self._list.setSpacing(space(2.5))
        self._foot.setContentsMargins(space(4), 0, space(4), space(4))
        self._foot.setSpacing(space(3))
        self.table.set_least(52)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons stand below the filter, and a hint goes."""
        super().resizeEvent(event)
        has_room = self.width() >= self._theme.space(ROOMY)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._above.setDirection(across if has_room else down)
        self.keys.setVisible(has_room and not self._desk.store.is_read_only)

    # showing

    def _on_changed(self, changes: Any) -> None:
        self._people_are_stale |= changes.touches(*PEOPLE_TABLES)
        if changes.touches("off_the_job_entry", *PEOPLE_TABLES):
            self.note_stale()

    def _show_people(self, people: tuple[ApprenticeRow, ...]) -> None:
        """Offer who can be logged for: those on programme first, then the others."""
        is_first = not self._people
        self._people = people
        self.form.set_choices("apprenticeship_id", self._choices())
        if is_first:
            self._begin(HoursDetails(done_on=self._desk.clock.today()))

    def _begin(self, details: HoursDetails) -> None:
        self.form.begin(details)
        self._show_counts()

    def _typed(self) -> HoursDetails:
        """Return what the next entry begins with."""
        return HoursDetails(
            self.form.value("apprenticeship_id"),
            self.form.value("done_on"),
            activity=self.form.value("activity") or HoursDetails().activity,
        )

    def _choices(self) -> list[tuple[UUID, str]]:
        first = [row for row in self._people if row.status in LIVE]
        others = [row for row in self._people if row.status not in LIVE]
        names = [row.name for row in first]
        choices = []
        for row in first:
            is_one = names.count(row.name) == 1
            choices.append((row.id, row.name if is_one else f"{row.name}, {row.standard_title}"))
        choices += [(row.id, f"{row.name} ({_not_now(row)})") for row in others]
        return choices

    def refresh(self) -> None:
        """Read the list anew; what is chosen stays chosen.

        In a desk where that takes too long for the window's thread it is done behind it.
        """
        read = self._reading()
        if not self._desk.is_large:
            self._show_read(read())
            return
        self._is_reading = True
        told: dict[str, Any] = {"newest_of": "hours", "owner": self, "is_quiet": True}
        self._desk.jobs.run("Reading the hours", lambda _: read(), self._show_read, **told)

    def _reading(self) -> Callable[[], _Read]:
        """Return how what is to be shown is read, on any thread."""
        desk, wants_people, scope = self._desk, self._people_are_stale, self._scope
        first, last = self._first, self._first + WEEK - timedelta(days=1)
        if scope == "four weeks":
            first -= 3 * WEEK
        chosen = self.form.value("apprenticeship_id") if scope == "apprentice" else None

        def read() -> _Read:
            people = None
            if wants_people:
                lists = desk.lists
                people = desk.store.read(
                    apprentice_rows, desk.clock.today(), lists.hours_rules, lists.role_families
                )
            if scope == "apprentice":
                return people, desk.store.read(hours_rows, apprenticeship_id=chosen)
            return people, desk.store.read(hours_rows, first, last)

        return read

    def _show_read(self, read: _Read) -> None:
        people, rows = read
        self._is_reading = False
        if people is not None:
            self._people_are_stale = False
            self._show_people(people)
        self._show_empty()
        self.model.replace(rows)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.table.choose(wanted)
        elif self._wanted_place is not None and rows:
            place = min(self._wanted_place, self.model.rowCount() - 1)
            if place >= 0:
                self.table.choose(self.model.id_of(self.model.row(place)))
        self._wanted_place = None
        self._on_chosen(self.table.chosen())
        then, self._then = self._then, None
        if then is not None:
            then()

    def _show_empty(self) -> None:
        if self._desk.store.is_read_only:
            self.table.set_empty("Nothing is logged here", "Look at another week.")
            return
        where = {
            "week": f"in the week of {_day_in_words(self._first)}",
            "four weeks": f"in the four weeks to {_day_in_words(self._first + WEEK)}",
        }.get(self._scope, "for this apprentice")
        self.table.set_empty(
            f"Nothing is logged {where}",
            "Fill in the line above and press Enter, or import a list of hours.",
            "Log hours",
            self.start_logging,
        )

    def _show_week(self) -> None:
        today = self._desk.clock.today()
        words = {
            "week": f"Week of {_day_in_words(self._first)}",
            "four weeks": f"Four weeks to {_day_in_words(self._first + WEEK - timedelta(days=1))}",
        }.get(self._scope, f"All hours of {self._chosen_name()}")
        self.header.set_words("Hours", f"{words} · off-the-job training in paid hours")
        self.next.setEnabled(self._first + WEEK <= today)
        self._name_scopes()
        text = self._scopes[self._scope].text()
        self.scope.setText(f"Show: {text[:1].lower()}{text[1:]}")
        access.name(self.scope, self.scope.text(), "Which entries the list shows")

    def _name_scopes(self) -> None:
        name = self._chosen_name()
        action = self._scopes["apprentice"]
        action.setText(f"All of {name}" if name else "All of the apprentice in the form")
        action.setEnabled(bool(name))

    def _chosen_name(self) -> str:
        chosen = self.form.value("apprenticeship_id")
        return next((row.name for row in self._people if row.id == chosen), "")

    def _show_totals(self) -> None:
        self.totals.setText(totals_in_words(self.model.shown))

    def _show_counts(self) -> None:
        self.counts.show_badge(counts_badge(counts=self.form.counts))
        if self._desk.store.is_read_only:
            self.counts.hide()

    # moving in time

    def _move(self, step: timedelta) -> None:
        first = self._first + step
        if first > self._desk.clock.today():
            return
        self._scope = "week" if self._scope == "apprentice" else self._scope
        self._go_to_week(first)

    def _on_this_week(self) -> None:
        self._scope = "week"
        self._go_to_week(_monday(self._desk.clock.today()))

    def _go_to_week(self, first: date) -> None:
        self._first = first
        self._scopes[self._scope].setChecked(True)
        if not self.form.has_unsaved_changes and not self._desk.store.is_read_only:
            day = min(self._desk.clock.today(), first + timedelta(days=4))
            self._begin(replace(self._typed(), done_on=day))
        self._show_week()
        self.refresh()

    def _set_scope(self, scope: str) -> None:
        self._scope = scope
        self._scopes[scope].setChecked(True)
        self._show_week()
        self.refresh()

    # logging

    def arrive(self, destination: LogHours) -> None:
        """Begin to log, for one apprenticeship or whoever is chosen in the form."""
        self._refresh_stale()
        if self._desk.store.is_read_only:
            return
        if self._is_reading and not self._people:  # nobody can be chosen yet
            self._then = lambda: self._begin_for(destination.apprenticeship_id)
        else:
            self._begin_for(destination.apprenticeship_id)

    def _begin_for(self, apprenticeship_id: UUID | None) -> None:
        if apprenticeship_id is None:
            self.start_logging()
            return
        self.form.set_value("apprenticeship_id", apprenticeship_id)
        self._focus("minutes")

    def start_logging(self) -> None:
        """Go to the first field of the form."""
        self._focus("apprenticeship_id")

    def _focus(self, field: str) -> None:
        self.area.ensureVisible(0, 0)
        self.form.focus(field)

    def submit(self) -> None:
        """Log what is typed; the next entry begins with the same apprentice, day and activity."""
        self.log_messages.dismiss()
        given, unread = self.form.read()
        if given is None:
            self.form.show_findings(unread)
            return
        found = hours.check(given, self._desk.clock.today())
        if refuses(found):
            self.form.show_findings(found)
            return
        if not self._desk.attempt(lambda: self._log(given)):
            return
        if self.keeper is not None:
            self.keeper.forget()
        self._begin(replace(given, minutes=None, what="", ksbs=""))
        assert given.done_on is not None  # checked above
        if self._scope != "apprentice" and not self._is_shown(given.done_on):
            self._scope = "week"
            self._go_to_week(_monday(given.done_on))
        self.start_logging()

    def _is_shown(self, day: date) -> bool:
        first = self._first - (3 * WEEK if self._scope == "four weeks" else timedelta())
        return first <= day < self._first + WEEK

    def _log(self, given: HoursDetails) -> None:
        assert given.minutes is not None  # checked before
        label_ = f"Log {sentence(given.minutes)} for {self._chosen_name()}"
        with self._desk.change(label_) as session:
            self._wanted = hours.log_hours(session, given)

    # one entry

    def _on_chosen(self, row: HoursRow | None) -> None:
        may_write = row is not None and not self._desk.store.is_read_only
        self.edit.setEnabled(may_write)
        self.remove.setEnabled(may_write)

    def _on_edit(self) -> None:
        row = self.table.chosen()
        if row is not None and self.edit.isEnabled():
            Editing(self._desk, row, self._choices_with(row), self).dialog.open()

    def _choices_with(self, row: HoursRow) -> list[tuple[UUID, str]]:
        choices = self._choices()
        if all(own != row.apprenticeship_id for own, _ in choices):
            choices.append((row.apprenticeship_id, row.name))
        return choices

    def _on_remove(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        self._wanted_place = self.table.currentIndex().row()

        def act() -> None:
            what = f"{sentence(row.minutes)} of {row.name} on {show_day(row.done_on)}"
            with self._desk.change(f"Remove {what}") as session:
                hours.remove_hours(session, row.id)

        self._desk.attempt(act)

    # keys

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
        self.area.ensureWidgetVisible(self.filter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the form logs."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        here = self.focusWidget()
        if is_enter and here is not None and self.form.isAncestorOf(here):
            self.submit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while nothing is typed that a field could take back."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.form.has_unsaved_changes
        ):
            event.ignore()
            return True
        return False


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _not_now(row: ApprenticeRow) -> str:
    return "not started" if row.status == "planned" else str(row.status)
