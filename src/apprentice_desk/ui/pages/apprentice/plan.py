"""The part Learning plan: what is planned, how it stands, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QVBoxLayout

from apprentice_desk.domain.planning import PlanActivityRow, PlanProgress, by_day, progress
from apprentice_desk.domain.planning_coverage import KsbCover, coverage, day_before, warnings
from apprentice_desk.domain.standards import Ksb
from apprentice_desk.records.learning import ksbs_logged, plan_rows
from apprentice_desk.records.standard_versions import known_ksbs
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.keeping import LookKeeper
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.tips import as_tip
from apprentice_desk.ui.moving.afterwards import MOVE
from apprentice_desk.ui.pages.apprentice import plan_making
from apprentice_desk.ui.pages.apprentice.part import RecordPart
from apprentice_desk.ui.pages.apprentice.plan_columns import plan_columns
from apprentice_desk.ui.pages.apprentice.plan_commands import PlanCommands
from apprentice_desk.ui.pages.apprentice.plan_coverage import CoverageDialog
from apprentice_desk.ui.saving_lists import ListSaver

_MOST_WARNINGS = 3
_LEAST_QUARTERS = 60
_KEYS = "Enter edits · Ctrl Shift D done · Delete drops"
_READ_ONLY = "The desk is open to read only."


@dataclass(frozen=True, slots=True)
class Plan:
    """What was read of one apprenticeship's plan."""

    rows: tuple[PlanActivityRow, ...] = ()
    ksbs: tuple[Ksb, ...] = ()
    covers: tuple[KsbCover, ...] = ()


class PlanPart(RecordPart):
    """How the plan stands in words, then its activities by date and what is done with them."""

    tables = frozenset({"plan_activity", "off_the_job_entry", "standard_version", "standard_ksb"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._row: ApprenticeRow | None = None
        self._arriving_at: UUID | None = None
        self.plan = Plan()
        self.dialog: QDialog | None = None
        self.model = RowsModel(plan_columns(desk.clock.today), self)
        self.table = RowsTable(self.model, "Learning plan", theme, several=True)
        self.commands = PlanCommands(desk, self.table, self)
        self.saver = ListSaver(
            desk,
            self,
            self.table,
            "Learning plan",
            self._facts,
            whom=lambda _row: self._row.id if self._row else None,
        )
        self.keeper = LookKeeper(desk, self, "plan", self.table, None)
        self._build()
        if not desk.store.is_read_only:
            add_key(self, "Add an activity", "Ctrl+Shift+A", self.add.click)

    # building

    def _build(self) -> None:
        theme = self._desk.theme
        self.overdue = label("", "strong", "danger", wraps=True)
        self.hours = label("", wraps=True)
        self.activities = label("", "quiet", wraps=True)
        self.late = label("", "", "warning", wraps=True)
        self.gaps = label("", "", "warning", wraps=True)
        self.show_coverage = button("KSB coverage…", theme, self.open_coverage, icon="target")
        self.words = Card("How the plan stands", theme)
        for part in (self.overdue, self.hours, self.activities, self.late, self.gaps):
            self.words.add(part)
        self.words.add(Flow([self.show_coverage], theme))
        self.add = button("Add an activity", theme, self.commands.add, role="primary", icon="plus")
        self.add.setToolTip("Add an activity (Ctrl+Shift+A)")
        self._buttons = [self.add]
        for action, keys in (
            (self.commands.edit, "Enter"),
            (self.commands.finish, "Ctrl+Shift+D"),
            (self.commands.start, "Ctrl+Shift+U"),
            (self.commands.drop, "Delete"),
            (self.commands.back, "Ctrl+Shift+B"),
        ):
            self._buttons.append(self._button_of(action, keys))
        self.more = button("More", theme, icon="ellipsis")
        access.name(self.more, "More for the plan", "Templates, copies, moving the plan")
        self.more.setMenu(self._menu())
        self._buttons += [self.more, self.saver.button()]
        self.totals = label("", "small", wraps=True)
        self.table.set_least(_LEAST_QUARTERS)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        down.addWidget(self.words)
        down.addWidget(Flow(self._buttons, theme))
        down.addWidget(self.table, 1)
        down.addWidget(self.totals)
        if self._desk.store.is_read_only:
            for made in self._buttons[:-2]:
                made.hide()

    def _button_of(self, action: QAction, keys: str) -> Any:
        made = button(action.text(), self._desk.theme, action.trigger)
        made.setToolTip(as_tip(f"{action.text()} ({keys})"))
        made.setEnabled(action.isEnabled())
        action.changed.connect(lambda: made.setEnabled(action.isEnabled()))
        return made

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        may_write = not self._desk.store.is_read_only
        offered: tuple[tuple[str, str, Callable[[], object], bool], ...] = (
            ("From a template…", "files", self.take_template, may_write),
            ("From a partner's offer…", "book-open", self.take_offer, may_write),
            ("Copy to others…", "users", self.copy_to_others, may_write),
            ("Move the plan…", "calendar-clock", self.move_plan, may_write),
            ("Save as template…", "save", self.save_as_template, may_write),
            ("Templates and offers", "layers", self._go_to_library, True),
        )
        self.actions_: dict[str, QAction] = {}
        for text, icon, act, is_allowed in offered:
            action = QAction(text, self)
            set_icon(action, icon, "text_quiet", self._desk.theme)
            action.triggered.connect(lambda _checked=False, act=act: act())
            action.setEnabled(is_allowed)
            menu.addAction(action)
            self.actions_[text] = action
        return menu

    # showing

    def show_record(self, row: ApprenticeRow) -> None:
        """Show the plan of *row*."""
        self._row = row
        store, today = self._desk.store, self._desk.clock.today()
        rows = store.read(plan_rows, row.id)
        ksbs = store.read(known_ksbs, [row.id]).get(row.id, ())
        course = row.course
        before = day_before(
            course.assessment_began_on, row.gateway_planned_on, course.training_planned_end_on
        )
        covers = coverage(ksbs, rows, store.read(ksbs_logged, row.id), before, today)
        self.plan = Plan(rows, ksbs, covers)
        self.commands.show_whose(row)
        self._show_words(
            progress(rows, today, row.figures.logged_minutes, course.training_planned_end_on)
        )
        self._show_empty()
        self.model.replace(by_day(rows))
        self.table.choose_first()
        self.commands.allow()
        if self._arriving_at is not None:
            self.arrive(self._arriving_at)

    def _show_words(self, found: PlanProgress) -> None:
        gaps = warnings(self.plan.covers) if self.plan.rows else ()
        more = len(gaps) - _MOST_WARNINGS
        said = " ".join(gaps[:_MOST_WARNINGS])
        if more > 0:
            said += f" KSB coverage shows {more} more."
        for shown, words in (
            (self.overdue, found.overdue_words),
            (self.hours, found.hours_words if found.count else ""),
            (self.activities, found.activities_words if found.count else ""),
            (self.late, found.late_words),
            (self.gaps, said),
        ):
            shown.setText(words)
            shown.setVisible(bool(words))
        self.words.setVisible(bool(self.plan.rows))
        keys = "" if self._desk.store.is_read_only else f" · {_KEYS}"
        self.totals.setText(found.totals_words + keys if self.plan.rows else "")

    def _show_empty(self) -> None:
        if self._desk.store.is_read_only:
            self.table.set_empty("No activities yet", _READ_ONLY)
            return
        self.table.set_empty(
            "No activities yet",
            "Add what is planned, take a template with More, or copy the plan of somebody in the"
            " same cohort from theirs.",
            "Add an activity…",
            self.commands.add,
        )

    def arrive(self, item_id: UUID) -> None:
        """Go to one activity."""
        self._arriving_at = None
        if self.table.choose(item_id):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrive_at(self, item: str) -> None:
        """Go to the list, and on to moving the plan where that was asked for."""
        self.take_keyboard()
        if item == MOVE and not self._desk.store.is_read_only:
            self.move_plan()

    def take_keyboard(self) -> None:
        """Go to the list, or to what begins a plan."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return () if self._row is None else (("Apprentice", self._row.name),)

    # what the person does

    def open_coverage(self) -> None:
        """Show every KSB and when it is first touched."""
        if self._row is not None:
            self.dialog = CoverageDialog(
                self._desk, f"KSB coverage of {self._row.name}", self.plan.covers, self,
                is_known=bool(self.plan.ksbs), whose=self._row.id,
            )  # fmt: skip
            self.dialog.open()

    def take_template(self) -> None:
        """Add the activities of a template."""
        self._make(plan_making.take_template)

    def take_offer(self) -> None:
        """Make an activity of what a partner offers."""
        row = self._row
        if row is not None:
            self.dialog = plan_making.choose_offer(self._desk, row, self.commands.add, self)

    def copy_to_others(self) -> None:
        """Copy the plan to others of the cohort."""
        self._make(plan_making.copy_to_others)

    def move_plan(self) -> None:
        """Move what is open of the plan."""
        self._make(plan_making.move)

    def save_as_template(self) -> None:
        """Keep the plan as a template."""
        self._make(plan_making.save_as_template)

    def _make(self, how: Callable[..., QDialog | None]) -> None:
        if self._row is not None:
            self.dialog = how(self._desk, self._row, self.plan.rows, self)

    def _go_to_library(self) -> None:
        self._desk.go(plan_making.LIBRARY)
