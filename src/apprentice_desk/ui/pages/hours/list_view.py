"""The list of what was logged: a week, four weeks, or all of one apprentice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import MONTHS, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.records import hours
from apprentice_desk.records.hours import HoursRow, hours_rows
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenHistory
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.filters import FilterBox
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.hours.columns import CAN_DO_WITHOUT, COLUMNS, totals_in_words
from apprentice_desk.ui.pages.hours.editing import Editing

WEEK = timedelta(days=7)
_SIX_DAYS = timedelta(days=6)
ROOMY = 115
"""The width in quarters from which there is room for everything beside each other."""
WEEK_SCOPE, FOUR_WEEKS, APPRENTICE = "week", "four weeks", "apprentice"
Who = Callable[[Callable[[str], object]], object]


class HoursList(QWidget):
    """Entries, one to a line.  *scope_changed* is sent when other ones are asked for.

    *repeat_asked* has the details of an entry that is to come again; *person_chosen* says that
    ``person`` is known.

    *who* is asked for the name of whoever verifies; *people* are those whom an entry can be given
    to.
    """

    scope_changed = Signal()
    repeat_asked = Signal(object)
    person_chosen = Signal()

    def __init__(self, desk: Desk, who: Who, people: Callable[[], list[tuple[UUID, str]]]) -> None:
        super().__init__()
        self._desk = desk
        self._who = who
        self._people = people
        self._first = date.min
        self._wanted: UUID | None = None
        self._wanted_place: int | None = None
        self.scope = WEEK_SCOPE
        self.person: tuple[UUID, str] | None = None
        """Whose entries alone can be shown: whoever was chosen last."""
        self.model = RowsModel(COLUMNS, self, reads=ksb_codes.asked_for)
        self.table = RowsTable(self.model, "Hours logged", desk.theme, stretch=4, several=True)
        self.table.order.can_do_without(CAN_DO_WITHOUT)
        self.filter = FilterBox(
            self.table, "apprentice, activity, what was learned, KSBs", desk.theme
        )
        self._build()

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.choose = button("Show", theme, icon="calendar-days")
        self.choose.setMenu(self._scope_menu())
        self._above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above.setSpacing(theme.space(2))
        self._above.addWidget(self.filter, 1)
        self._above.addWidget(self.choose)
        self.totals = label("", "strong", wraps=True)
        hint = "Enter edits · Delete removes, with Undo · Ctrl Shift V verifies the chosen entries"
        self.hint = label(hint, "small", wraps=True)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2.5))
        down.addLayout(self._above)
        down.addWidget(self.table, 1)
        down.addWidget(self.totals)
        down.addWidget(self.hint)
        self.edit = self._action("Edit entry…", "F2", self._on_edit)
        self.remove = self._action(
            "Remove entries", QKeySequence.StandardKey.Delete, self._on_remove
        )
        self.verify = self._action("Verify", "Ctrl+Shift+V", self._on_verify)
        self.unverify = self._action("Take the verification back", "", self._on_unverify)
        self.repeat = self._action("Repeat…", "", self._on_repeat)
        self.history = self._action("History of the entry…", "Ctrl+H", self._on_history)
        self._own = (
            self.edit, self.repeat, self.verify, self.unverify, self.history, self.remove,
        )  # fmt: skip
        self.table.set_actions(self._own)
        self.table.row_opened.connect(lambda _row: self._on_edit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.model.counted.connect(self._show_totals)
        self.table.set_least(52)

    def _scope_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._scopes: dict[str, QAction] = {}
        for scope, text in ((WEEK_SCOPE, "One week"), (FOUR_WEEKS, "Four weeks"), (APPRENTICE, "")):
            choice = QAction(text, self)  # its own: Python loses hold of what a menu makes itself
            menu.addAction(choice)
            choice.setCheckable(True)
            choice.triggered.connect(lambda _checked=False, scope=scope: self.set_scope(scope))
            group.addAction(choice)
            self._scopes[scope] = choice
        menu.aboutToShow.connect(self._name_scopes)
        return menu

    def _action(
        self, text: str, keys: str | QKeySequence.StandardKey, act: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self.table)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        action.setEnabled(False)
        self.table.addAction(action)
        return action

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the button stands below the filter."""
        super().resizeEvent(event)
        has_room = self.width() >= self._desk.theme.space(ROOMY)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._above.setDirection(across if has_room else down)

    # showing

    def offer(self, action: QAction) -> None:
        """Offer one action more in the context menu; whoever made it answers its keys."""
        self.table.set_actions((*self._own, action))

    def set_scope(self, scope: str) -> None:
        """Show other entries."""
        self.scope = scope
        self.scope_changed.emit()

    def show_week(self, first: date) -> None:
        """Read the entries of the week that begins on *first*, or what the scope says instead."""
        self._first = first
        self._name_scopes()
        read = self._reading()
        if not self._desk.is_large:
            self._show_rows(read())
            return
        self._desk.jobs.run(
            "Reading the entries",
            read,
            done=self._show_rows,
            newest_of="hours list",
            owner=self,
            is_quiet=True,
        )

    def _reading(self) -> Callable[..., tuple[HoursRow, ...]]:
        """Return how the entries are read, on any thread."""
        store, first, last = self._desk.store, self._first, self._first + _SIX_DAYS
        if self.scope == APPRENTICE and self.person is not None:
            key = self.person[0]
            return lambda *_: store.read(hours_rows, apprenticeship_id=key)
        begins = first - 3 * WEEK if self.scope == FOUR_WEEKS else first
        return lambda *_: store.read(hours_rows, begins, last)

    def _show_rows(self, rows: tuple[HoursRow, ...]) -> None:
        self._show_empty()
        self.model.replace(rows)
        self._choose_wanted(rows)
        self._name_scopes()
        self._allow()

    def _choose_wanted(self, rows: Iterable[HoursRow]) -> None:
        if self._wanted is not None:
            self.table.choose(self._wanted)
        elif self._wanted_place is not None and rows:
            place = min(self._wanted_place, self.model.rowCount() - 1)
            if place >= 0:
                self.table.choose(self.model.id_of(self.model.row(place)))
        self._wanted = self._wanted_place = None

    def words(self) -> str:
        """What the list shows, for the head of the page."""
        if self.scope == APPRENTICE and self.person is not None:
            return f"All hours of {self.person[1]}"
        if self.scope == FOUR_WEEKS:
            return f"Four weeks to {day_in_words(self._first + _SIX_DAYS)}"
        return f"Week of {day_in_words(self._first)}"

    def want(self, entry_id: UUID | None) -> None:
        """Choose this entry once what is asked for next has been read."""
        self._wanted = entry_id
        if entry_id is not None:
            self.filter.clear()

    def choose_person(self, person: tuple[UUID, str] | None) -> None:
        """Say who was chosen last on the page."""
        if person is not None:
            self.person = person
            self._name_scopes()
            self.person_chosen.emit()

    def _name_scopes(self) -> None:
        own = self._scopes[APPRENTICE]
        own.setText(f"All of {self.person[1]}" if self.person else "All of the chosen apprentice")
        own.setEnabled(self.person is not None)
        chosen = self._scopes[self.scope]
        chosen.setChecked(True)
        text = chosen.text()
        self.choose.setText(f"Show: {text[:1].lower()}{text[1:]}")
        access.name(self.choose, self.choose.text(), "Which entries the list shows")

    def _show_empty(self) -> None:
        if self._desk.store.is_read_only:
            self.table.set_empty("Nothing is logged here", "Look at another week.")
            return
        where = {
            WEEK_SCOPE: f"in the week of {day_in_words(self._first)}",
            FOUR_WEEKS: f"in the four weeks to {day_in_words(self._first + _SIX_DAYS)}",
        }.get(self.scope, "for this apprentice")
        self.table.set_empty(
            f"Nothing is logged {where}",
            "Write a line above, type into the week, or import a list of hours.",
        )

    def _show_totals(self) -> None:
        self.totals.setText(totals_in_words(self.model.shown))

    # what can be done with entries

    def _allow(self) -> None:
        chosen = self.table.selected()
        may_write = bool(chosen) and not self._desk.store.is_read_only
        self.edit.setEnabled(may_write and len(chosen) == 1)
        self.repeat.setEnabled(may_write and len(chosen) == 1)
        self.history.setEnabled(len(chosen) == 1)
        self.remove.setEnabled(may_write)
        self.verify.setEnabled(may_write and any(not row.verified_by for row in chosen))
        self.unverify.setEnabled(may_write and any(row.verified_by for row in chosen))
        if len(chosen) == 1:
            self.choose_person((chosen[0].apprenticeship_id, chosen[0].name))

    def _on_edit(self) -> None:
        row = self.table.chosen()
        if row is not None and self.edit.isEnabled():
            choices = self._people()
            if all(own != row.apprenticeship_id for own, _ in choices):
                choices.append((row.apprenticeship_id, row.name))
            Editing(self._desk, row, choices, self).dialog.open()

    def _on_history(self) -> None:
        row = self.table.chosen()
        if row is not None:
            of = f"the hours of {row.name} on {show_day(row.details.done_on)}"
            self._desk.go(OpenHistory("off_the_job_entry", row.id, of))

    def _on_repeat(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self.repeat_asked.emit(row.details)

    def _on_remove(self) -> None:
        rows = self.table.selected()
        if not rows:
            return
        self._wanted_place = self.table.currentIndex().row()
        first = rows[0]
        what = f"{sentence(first.minutes)} of {first.name} on {show_day(first.done_on)}"
        what = what if len(rows) == 1 else f"{len(rows)} entries of hours"

        def act() -> None:
            with self._desk.change(f"Remove {what}") as session:
                for row in rows:
                    hours.remove_hours(session, row.id)

        self._desk.attempt(act)

    def _on_verify(self) -> None:
        rows = [row for row in self.table.selected() if not row.verified_by]
        if rows:
            self._who(lambda name: self._verify(rows, name))

    def _verify(self, rows: list[HoursRow], name: str) -> None:
        now = self._desk.clock.now()

        def act() -> None:
            with self._desk.change(f"Verify {_entries(rows)}") as session:
                hours.verify(session, [row.id for row in rows], name, now)

        self._desk.attempt(act)

    def _on_unverify(self) -> None:
        rows = [row for row in self.table.selected() if row.verified_by]

        def act() -> None:
            with self._desk.change(f"Take back the verification of {_entries(rows)}") as session:
                hours.take_verification_back(session, [row.id for row in rows])

        self._desk.attempt(act)


def day_in_words(day: date) -> str:
    """Return *day* with the whole word for its month, for headings."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _entries(rows: list[Any]) -> str:
    return "1 entry of hours" if len(rows) == 1 else f"{len(rows)} entries of hours"
