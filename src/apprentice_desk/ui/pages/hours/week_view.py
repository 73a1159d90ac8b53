"""The week of everybody's hours: the grid, what can be done in it, and what could not be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.domain.calendar import monday_of, show_day
from apprentice_desk.domain.durations import sentence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.week_cells import (
    Cell,
    Correct,
    Entries,
    Log,
    Planned,
    Refusal,
    SayNothing,
    copied,
    pasted,
    removed,
    typed,
)
from apprentice_desk.records import week_grid, weeks
from apprentice_desk.records.week_changes import carry_out
from apprentice_desk.records.week_grid import WeekGrid, entries_between
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.judging import Judging
from apprentice_desk.ui.kit.arranging import GAP_QUARTERS, Flow, SideBySide
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.pages.hours.details import DayDetails
from apprentice_desk.ui.pages.hours.saying import Saying
from apprentice_desk.ui.pages.hours.week_ending import WeekEnding
from apprentice_desk.ui.pages.hours.week_model import WeekModel
from apprentice_desk.ui.pages.hours.week_people import WeekPerson
from apprentice_desk.ui.pages.hours.week_reading import WeekRead
from apprentice_desk.ui.pages.hours.week_table import WeekTable
from apprentice_desk.ui.pages.hours.week_words import count_of_away, label_of
from apprentice_desk.ui.writing import Writer, Writing

WEEK = timedelta(days=7)
_SHARES = (20, 7)
"""Of the width: that of the grid, and of the details where there is room for them beside it."""
_COUNTING_QUARTERS = 36
"""What the rules say of an entry is at most so high as a rule; it stands below the grid then."""


class WeekView(QWidget):
    """One week; ``take`` shows one that was read.  *cell_chosen* has the current cell or None.

    *who* is asked for the name of whoever finishes a week: it is given what to call with it.
    """

    cell_chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        who: Callable[[Callable[[str], object]], object],
        judging: Judging,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._judging = judging
        self._monday = date.min
        self._height = 0
        self._wanted: tuple[UUID | None, date | None, bool] | None = None
        self._people: tuple[WeekPerson, ...] = ()
        self.model = WeekModel(self)
        self.model.is_read_only = desk.store.is_read_only
        self.model.holidays = judging.holidays.days
        self.table = WeekTable(self.model, desk.theme)
        self.writer = Writer(desk, self)
        self.details = DayDetails(desk, self.model, self.writer, judging, who)
        self.ending = WeekEnding(desk, self.model, self.writer, who, self)
        self._build()
        self._connect()

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.copy_last = self._action("Copy last week's hours", "Ctrl+D", self._on_copy_last)
        self.nothing = self._action("Nothing this week", "Ctrl+Shift+X", self._on_nothing)
        self.open_details = self._action("Details of the day", "Ctrl+Return", self.details.focus)
        self.remove = self._action("Remove hours", QKeySequence.StandardKey.Delete, self._on_remove)
        self.weekend = self._action("Show the weekend", "", self.model.show_weekend)
        self.finish_chosen = self._action(
            "Finish the week of this apprentice", "", lambda: self._of_chosen(self.ending.finish)
        )
        self.reopen_chosen = self._action(
            "Reopen the week of this apprentice", "", lambda: self._of_chosen(self.ending.reopen)
        )
        self.verify_chosen = self._action(
            "Verify the week of this apprentice",
            "Ctrl+Shift+V",
            lambda: self._of_chosen(self.ending.verify),
        )
        self.verify_shown = self._action(
            "Verify the week of everybody shown", "", lambda: self.ending.verify(self.model.people)
        )
        self.table.set_actions(
            (
                self.open_details,
                self.copy_last,
                self.nothing,
                self.remove,
                self.weekend,
                self.finish_chosen,
                self.reopen_chosen,
                self.verify_chosen,
                self.verify_shown,
            )
        )
        self.finish = button("Finish the week", theme, self._on_finish, icon="check")
        self.finish.setToolTip("Say that everybody's hours of this week are complete")
        self.copy_all = button("Copy last week", theme, self._on_copy_all, icon="copy")
        self.copy_all.setToolTip("Copy everybody's hours of last week into the days still blank")
        self.totals = label("", "strong", wraps=True)
        self.saying = Saying(
            "Type hours, Enter goes down, Tab to the next day · Ctrl D copies last week ·"
            " n says nothing this week ·"
            " Ctrl Enter opens the details · Ctrl Shift V verifies the week · Ctrl Z undoes",
            theme,
        )
        self.complaint = self.saying.complaint
        grid = QWidget()
        self._grid_side = down = QVBoxLayout(grid)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2.5))
        down.addWidget(self.table)
        buttons = Flow([self.copy_all, self.finish], theme)
        self.below = SideBySide([self.totals, buttons], theme, shares=(1, 0), narrowest=120)
        down.addWidget(self.below)
        down.addWidget(self.saying)
        down.addStretch(1)
        self.sides = SideBySide([grid, self.details], theme, shares=_SHARES)
        all_ = QVBoxLayout(self)
        all_.setContentsMargins(0, 0, 0, 0)
        all_.addWidget(self.sides)
        all_.addStretch(1)
        is_read_only = self._desk.store.is_read_only
        for part in (self.finish, self.copy_all, self.saying):
            part.setVisible(not is_read_only)

    def _action(
        self, text: str, keys: str | QKeySequence.StandardKey, act: Callable[[], object]
    ) -> QAction:
        action = QAction(text, self.table)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        action.setEnabled(not self._desk.store.is_read_only)
        return action

    def _connect(self) -> None:
        self.table.entered.connect(self._on_entered)
        self.table.pasted.connect(self._on_pasted)
        self.table.chosen.connect(self._on_chosen)
        self.details.went_back.connect(self.table.take_keyboard)
        self.table.given_up.connect(lambda _cell: self._say_refusals(is_new=False))
        self.table.installEventFilter(self)
        self.model.summed.connect(self._show_totals)
        for changed in (self.model.columnsInserted, self.model.modelReset):
            changed.connect(lambda *_: self.fit(self._height))
        self.writer.written.connect(self._on_written)
        self.writer.refused.connect(self._on_refused)
        self.writer.taken_back.connect(self._on_taken_back)

    # room

    def fit(self, height: int) -> None:
        """Put the details beside the grid where it is whole there, then with as many rows as fit.

        What the rules say of them, and the evidence, stand below the grid then.  *height* is how
        much is seen from the top of the grid on.
        """
        theme = self._desk.theme
        self._height = height
        needed = self.table.least_width * sum(_SHARES) / _SHARES[0] + theme.space(GAP_QUARTERS)
        self.sides.set_narrowest(needed / theme.space(1))
        is_wide = self.sides.is_wide
        is_below = not self.details.isAncestorOf(self.details.beside)
        if is_wide and not is_below:
            self._grid_side.insertWidget(self._grid_side.count() - 1, self.details.beside)
        elif not is_wide and is_below:
            self.details.take_back()
        below = [self.below.sizeHint().height(), self.saying.minimumHeight()]
        below.append(theme.space(_COUNTING_QUARTERS))
        rest = sum(below) + len(below) * self._grid_side.spacing()
        self.table.fit(height - rest if is_wide else 0)

    # showing

    def take(self, read: WeekRead) -> None:
        """Show a week that was read."""
        self.details.take(read.courses)
        self._people = read.people
        self._monday = read.grid.monday
        self._show(read.grid)

    def refresh(self, number: int) -> None:
        """Read the entries of the week again, after what was written as *number*.

        In a desk where that takes too long for the window's thread it is done behind it; what was
        typed stays shown meanwhile.
        """
        store, monday = self._desk.store, self._monday
        ids = [person.id for person in self._people]

        def read(_progress: object = None) -> WeekGrid:
            return store.read(week_grid.week_grid, monday, date.max, ids)

        def show(grid: WeekGrid) -> None:
            if grid.monday == self._monday:
                self._show(grid)
            self.model.settle(number)

        if self._desk.is_large:
            self._desk.jobs.run("Reading the week", read, done=show, owner=self, is_quiet=True)
        else:
            show(read())

    def _show(self, grid: WeekGrid) -> None:
        self.model.show_week(grid, self._people, self._desk.clock.today())
        self._on_chosen(self.table.cell)
        if self._wanted is not None and self.model.people:
            wanted, self._wanted = self._wanted, None
            self.go_to(*wanted)

    def go_to(
        self, whom: UUID | None, day: date | None = None, takes_keyboard: bool = True
    ) -> None:
        """Give the grid the keyboard, at this day of *whom*, an apprenticeship, if it is shown.

        Without a day it is today's.  While its week is not read yet it is done as soon as it is.
        """
        is_read = day is None or monday_of(day) == self._monday
        if not self.model.people or not is_read:
            self._wanted = (whom, day, takes_keyboard)
            return
        if day is not None and day not in self.model.days:
            self.model.show_weekend()
        if day is None:
            today, days = self._desk.clock.today(), self.model.days
            day = today if today in days else days[0]
        here = self.table.cell
        whose = whom or (here and here.apprenticeship_id) or self.model.people[0].id
        self.table.go_to(Cell(whose, day))
        if takes_keyboard:
            self.table.take_keyboard()

    def _show_totals(self) -> None:
        model = self.model
        minutes = sum(model.total(person) for person in model.people)
        other = sum(model.not_counting(person) for person in model.people)
        blank, away = model.without_answer(model.people)
        parts = [f"{sentence(minutes)} counting"]
        if other:
            parts.append(f"{sentence(other)} not counting")
        if blank:
            parts.append(f"{len(blank)} without hours or an answer")
        if away:
            parts.append(count_of_away(away))
        left = sum(map(model.to_verify, model.people))
        if left or minutes or other:
            parts.append(f"{left:,} to verify" if left else "all verified")
        self.totals.setText(" · ".join(parts) if model.people else "")
        is_done = bool(model.people) and all(map(model.is_finished, model.people))
        self.finish.setText("Reopen the week" if is_done else "Finish the week")
        self.finish.setEnabled(bool(model.people) and self._monday <= self._desk.clock.today())

    def _on_chosen(self, cell: Cell | None) -> None:
        may_write = not self._desk.store.is_read_only
        person = None if cell is None else self.model.person(cell.apprenticeship_id)
        is_finished = person is not None and self.model.is_finished(person)
        for action in (self.copy_last, self.nothing, self.remove, self.finish_chosen):
            action.setEnabled(may_write and cell is not None and not is_finished)
        self.reopen_chosen.setEnabled(may_write and is_finished)
        self.verify_chosen.setEnabled(
            may_write and person is not None and self.model.to_verify(person) > 0
        )
        has_some = any(map(self.model.to_verify, self.model.people))
        self.verify_shown.setEnabled(may_write and has_some)
        self.weekend.setEnabled(len(self.model.days) < 7)
        self.details.show_cell(cell)
        self.cell_chosen.emit(cell)

    def _say_refusals(self, *, is_new: bool) -> None:
        said = [
            f"{self._name(refusal.cell)}, {refusal.cell.day:%A}: "
            + f"{refusal.message} {refusal.remedy}".strip()
            for refusal in self.model.refusals.values()
        ]
        more = f" And {len(said) - 2} more." if said[2:] else ""
        self.saying.complain(" ".join(said[:2]) + more, is_new=is_new)

    def _name(self, cell: Cell) -> str:
        return self.model.person(cell.apprenticeship_id).name

    def _of_chosen(self, act: Callable[[Sequence[WeekPerson]], object]) -> None:
        if (cell := self.table.cell) is not None:
            act([self.model.person(cell.apprenticeship_id)])

    def _on_finish(self) -> None:
        people = self.model.people
        is_done = all(map(self.model.is_finished, people))
        self.table.take_keyboard()  # the button means the contrary next: it is not pressed twice
        (self.ending.reopen if is_done else self.ending.finish)(people)

    # typing, pasting, copying

    def _on_entered(self, cell: Cell, text: str) -> None:
        self.model.give_up(cell)
        if self._is_finished_said([cell], text):
            return
        today = self._desk.clock.today()
        planned = typed(cell, text, self.model.entries(cell), self.details.activity, today)
        self._do(planned, label_of(planned.steps, self._name))

    def _on_pasted(self, text: str) -> None:
        rows = self.table.rows_from_here()
        if not rows or not rows[0]:
            return
        cells = [cell for row in rows for cell in row]
        today = self._desk.clock.today()
        planned = pasted(text, rows, self._entries(cells), self.details.activity, today)
        if self._is_finished_said([step.cell for step in planned.steps]):
            return
        self._do(planned, label_of(planned.steps, self._name, "Paste"))
        if planned.refused and not any(refusal.typed for refusal in planned.refused):
            refusal = planned.refused[0]
            self.saying.complain(f"Nothing was pasted. {refusal.message} {refusal.remedy}".strip())

    def _on_copy_last(self) -> None:
        self._copy(self.table.cells())

    def _on_copy_all(self) -> None:
        self._copy(
            [
                Cell(person.id, day)
                for person in self.model.people
                if not self.model.is_finished(person)
                for day in self.model.days
            ]
        )

    def _copy(self, cells: Sequence[Cell]) -> None:
        if not cells:
            return
        first = min(cell.day for cell in cells) - WEEK
        last = max(cell.day for cell in cells) - WEEK
        ids = {cell.apprenticeship_id for cell in cells}
        before: dict[Cell, list[Any]] = {}
        for entry in self._desk.store.read(entries_between, first, last, ids):
            before.setdefault(Cell(entry.apprenticeship_id, entry.done_on), []).append(entry)
        planned = copied(
            cells, self._entries(cells), before, self._desk.clock.today(), self._why_not
        )
        if not planned.steps and not planned.left:
            when = "last week" if first != last else f"on {show_day(first)}"
            self._desk.messages.say(f"There was nothing {when} to copy.")
            return
        self._do(planned, label_of(planned.steps, self._name, "Copy last week's"))
        if planned.left:
            left = [f"{self._name(each.cell)}, {each.message}" for each in planned.left[:2]]
            more = f" And {len(planned.left) - 2} more." if planned.left[2:] else ""
            self.saying.complain(f"Not copied: {' '.join(left)}{more}")

    def _why_not(self, cell: Cell) -> str:
        """Why last week's hours are not copied into *cell*; a holiday at a weekend is no reason."""
        is_away = cell.day in self.model.person(cell.apprenticeship_id).days_away
        return self.model.day_away(cell) if is_away or cell.day.weekday() < 5 else ""

    def _entries(self, cells: Iterable[Cell]) -> Entries:
        return {cell: self.model.entries(cell) for cell in cells}

    def _on_remove(self) -> None:
        cells = self.table.cells()
        if self._is_finished_said(cells):
            return
        planned = removed(self._entries(cells))
        for cell in cells:
            self.model.give_up(cell)
        self._do(planned, label_of(planned.steps, self._name))

    def _on_nothing(self) -> None:
        cell = self.table.cell
        if cell is not None and not self._is_finished_said([cell]):
            person = self.model.person(cell.apprenticeship_id)
            if self.model.is_nothing(person):
                self.writer.write(
                    f"Leave the week of {person.name} blank again",
                    lambda session: weeks.take_nothing_back(session, person.id, self._monday),
                )
                return
            self._do(Planned((SayNothing(cell),)), label_of((SayNothing(cell),), self._name))

    def _is_finished_said(self, cells: Sequence[Cell], text: str = "") -> bool:
        """Say so where one of *cells* is in a week that is finished."""
        for cell in cells:
            if self.model.is_finished(self.model.person(cell.apprenticeship_id)):
                remedy = "Reopen it first: Shift F10, Reopen the week."
                if text:
                    refusal = Refusal(cell, text, "The week is finished.", remedy)
                    self.model.refuse([refusal])
                    self._say_refusals(is_new=True)
                else:
                    self.saying.complain(f"{self._name(cell)}'s week is finished. {remedy}")
                return True
        return False

    def _do(self, planned: Planned, words: str) -> None:
        self.model.refuse(planned.refused)
        self._say_refusals(is_new=bool(planned.refused))
        if planned.steps:
            steps, counts = planned.steps, self._judging.counts
            writing = self.writer.write(
                words, lambda session: carry_out(session, steps, counts), steps
            )
            self.model.put(steps, writing.number, counts)

    # what became of it

    def _on_written(self, writing: Writing) -> None:
        self.refresh(writing.number)

    def _on_refused(self, writing: Writing, problem: Problem) -> None:
        self.refresh(writing.number)
        kept = [
            Refusal(step.cell, sentence(step.minutes), str(problem))
            for step in writing.content or ()
            if isinstance(step, Log | Correct)
        ]
        self.model.refuse(kept[:1])
        self.saying.complain(f"Not saved: {writing.label}. {problem}")

    def _on_taken_back(self, writing: Writing) -> None:
        self.refresh(writing.number)
        self._desk.messages.say(f"Not saved, as you wished: {writing.label}.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z take back what is not written yet, before what was written before it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.writer.is_busy
        ):
            event.accept()
            self.writer.take_back()
            return True
        return False
