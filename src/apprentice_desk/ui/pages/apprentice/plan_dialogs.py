"""The dialogs of a learning plan: from a template, moving it, and the whole KSB coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from apprentice_desk.domain import planning
from apprentice_desk.domain.calendar import show_day, table_day
from apprentice_desk.domain.durations import grid
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.planning import ActivityDetails, PlanActivityRow
from apprentice_desk.domain.planning_templates import Taking, from_lines, taking
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records import learning
from apprentice_desk.records.plan_templates import TemplateRow, template_lines
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.work_dialog import WorkDialog

_MOST_ROWS = 9


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of what a template would bring."""

    id: int
    details: ActivityDetails
    badge: Badge


_NEW = Badge("New", "good", "plus")
_THERE = Badge("There already", "quiet", "check")
_BEYOND = Badge("After the planned end", "warning", "triangle-alert")


def _day(day: date | None) -> str:
    return "" if day is None else table_day(day)


TAKEN_COLUMNS = (
    Column("Activity", lambda row: row.details.title, kind="strong", width=28),
    Column("First day", lambda row: _day(row.details.starts_on), width=12,
           sort=lambda row: row.details.starts_on),
    Column("Last day", lambda row: _day(row.details.due_on), width=12,
           sort=lambda row: row.details.due_on),
    Column("Hours", lambda row: grid(row.details.planned_minutes or 0), right=True, width=8,
           sort=lambda row: row.details.planned_minutes),
    Column("What happens", lambda row: row.badge, kind="badge", width=23),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """Which template is taken."""

    template_id: UUID | None = None


_MOST_QUARTERS = 215


class FromTemplateDialog(WorkDialog):
    """Chooses a template and shows what its activities would be before they are added."""

    DOING, DONE = "planning", "planned"

    def __init__(
        self,
        desk: Desk,
        row: ApprenticeRow,
        plan: Sequence[PlanActivityRow],
        templates: Sequence[TemplateRow],
        parent: QWidget,
    ) -> None:
        started = row.course.training_started_on
        assert started is not None  # the part says so before it opens this
        super().__init__(
            desk, f"A plan for {row.name} from a template",
            f"Days are counted from the start of training, {show_day(started)}.", parent,
        )  # fmt: skip
        self._row, self._plan, self._started = row, tuple(plan), started
        ordered = sorted(
            templates, key=lambda each: each.details.standard_code != (row.standard_code or "")
        )
        field = Field(
            "template_id", "Template", "choice", required=True, width=50,
            choices=[(each.id, _called(each)) for each in ordered],
        )  # fmt: skip
        self.form = Form((field,), TemplateChoice, desk.theme, scrolls=False)
        self.form.show_details(TemplateChoice(ordered[0].id if ordered else None))
        self.model = RowsModel(TAKEN_COLUMNS, self)
        self.table = RowsTable(self.model, "What the template brings", desk.theme)
        self.table.set_empty("This template has no activities", "Add some on its own page.")
        self.table.set_fits(_MOST_ROWS)
        self.put(self.form)
        self.put(self.table)
        self.finish()
        Fitter(self, self.area, desk.theme, _MOST_QUARTERS)
        self.follow(self.table)
        self.form.edited.connect(self._show)
        self.taking = Taking((), (), (), None)
        self._show()

    def open(self) -> None:
        """Show it, with the keyboard on the choice."""
        super().open()
        self.form.focus_first()

    def _show(self) -> None:
        key = self.form.value("template_id")
        lines = () if key is None else self._desk.store.read(template_lines, key)
        wanted = from_lines((each.line for each in lines), self._started)
        ends_on = self._row.course.training_planned_end_on
        self.taking = found = taking(wanted, self._plan, ends_on)
        rows = []
        for number, each in enumerate(wanted):
            is_new = any(each is new for new in found.new)
            badge = _NEW if is_new else _THERE
            if any(each is late for late in found.beyond):
                badge = _BEYOND
            rows.append(Taken(number, each, badge))
        self.model.replace(rows)
        self.count.setText(f"{found.says}." if wanted else "")
        self.count.setVisible(bool(wanted))
        access.announce(self.count, self.count.text())
        self.confirm.setText(f"Add {_activities(len(found.new))}")
        self.confirm.setEnabled(bool(found.new))

    def submit(self) -> None:
        """Add what is new to the plan, as the plan is by then."""
        wanted = [each.details for each in self.model.shown]
        key = self._row.id
        self.write(
            f"Plan {_activities(len(self.taking.new))} for {self._row.name} from a template",
            lambda session: learning.plan_many(
                session, key, taking(wanted, learning.plan_rows(session, key)).new
            ),
        )


def _called(template: TemplateRow) -> str:
    of = template.details.standard_code
    which = f", {of}" if of else ""
    return f"{template.name} ({_activities(template.activities)}{which})"


@dataclass(frozen=True, slots=True)
class MoveDetails:
    """From which day on a plan moves, and by how many days or to which."""

    after: date | None = None
    by_days: int | None = None
    to: date | None = None


MOVE_FIELDS = (
    Field("after", "Move what ends on or after", "date",
          help="Such as the first day of a break. Blank moves all that is open."),
    Field("by_days", "By so many days", "integer", width=8, unit="days",
          help="Below 0 moves it to earlier days."),
    Field("to", "Or so that it goes on from", "date", beside=True,
          help="The first that moves begins on this day."),
)  # fmt: skip

MOVE_COLUMNS = (
    Column("Activity", lambda row: row.title, kind="strong", width=28),
    Column("First day now", lambda row: _day(row.starts_on), width=14,
           sort=lambda row: row.starts_on),
    Column("Last day now", lambda row: _day(row.due_on), width=14, sort=lambda row: row.due_on),
    Column("First day then", lambda row: _day(row.new_starts_on), width=14,
           sort=lambda row: row.new_starts_on),
    Column("Last day then", lambda row: _day(row.new_due_on), width=14,
           sort=lambda row: row.new_due_on),
)  # fmt: skip


class MoveDialog(WorkDialog):
    """Shows what moves, and from which days to which, before it is moved in one change."""

    DOING, DONE = "moving the plan", "moved"

    def __init__(
        self, desk: Desk, row: ApprenticeRow, plan: Sequence[PlanActivityRow], parent: QWidget
    ) -> None:
        super().__init__(
            desk, f"Move the plan of {row.name}",
            "Activities that are planned or under way move; what is done or dropped stays.", parent,
        )  # fmt: skip
        self._row, self._plan = row, tuple(plan)
        self.form = Form(
            MOVE_FIELDS, MoveDetails, desk.theme, today=desk.clock.today(), scrolls=False
        )
        self.form.show_details(first_offer(row))
        self.model = RowsModel(MOVE_COLUMNS, self)
        self.table = RowsTable(self.model, "What moves", desk.theme)
        self.table.set_empty("Nothing moves yet", "Say by how many days, or to which day.")
        self.table.set_fits(_MOST_ROWS)
        self.put(self.form)
        self.put(self.table)
        self.finish()
        self.follow(self.table)
        self.by = 0
        self.form.edited.connect(self._show)
        self._show()

    @property
    def has_typed(self) -> bool:
        """Whether something was typed."""
        return self.form.has_unsaved_changes

    def open(self) -> None:
        """Show it, with the keyboard in the first field."""
        super().open()
        self.form.focus_first()

    def _show(self) -> None:
        moves: tuple[planning.Move, ...] = ()
        self.by, after, why_not = self._wanted()
        if not why_not:
            try:
                moves = planning.moved(self._plan, self.by, after)
            except Problem as problem:
                why_not = str(problem)
        self.model.replace(moves)
        self.confirm.setText(f"Move {_activities(len(moves))}")
        self.confirm.setEnabled(bool(moves))
        says = why_not or self._in_words(moves)
        if says != self.count.text():
            self.count.setText(says)
            access.announce(self.count, says)

    def _wanted(self) -> tuple[int, date | None, str]:
        """By how many days, from which day on; and why that cannot be said."""
        details, found = self.form.read()
        if details is None:
            return 0, None, found[0].message
        if details.by_days is not None and details.to is not None:
            return 0, None, "Say either by how many days or from which day, not both."
        if details.to is not None:
            return planning.days_to(self._plan, details.to, details.after), details.after, ""
        return details.by_days or 0, details.after, ""

    def _in_words(self, moves: Sequence[planning.Move]) -> str:
        if not moves:
            return "Nothing moves."
        many = f"{abs(self.by):,} {'day' if abs(self.by) == 1 else 'days'}"
        which = "later" if self.by > 0 else "earlier"
        move = "moves" if len(moves) == 1 else "move"
        says = f"{_activities(len(moves))} {move} {many} {which}."
        end = self._row.course.training_planned_end_on
        lasts = [each.new_due_on or each.new_starts_on for each in moves]
        late = sum(day is not None and end is not None and day > end for day in lasts)
        if late and end is not None:
            goes = "goes" if late == 1 else "go"
            says += f" {late:,} {goes} beyond the planned end of training, {show_day(end)}."
        return says

    def submit(self) -> None:
        """Move the plan, in one change."""
        by, after, why_not = self._wanted()
        if why_not or not self.model.shown:
            return
        key, today = self._row.id, self._desk.clock.today()
        self.write(
            f"Move the plan of {self._row.name} by {counted(by, 'day')}",
            lambda session: learning.move_plan(session, key, by, after, today),
        )


def first_offer(row: ApprenticeRow) -> MoveDetails:
    """Return what the last break asks for: from its first day on, by its length."""
    breaks = sorted(row.course.breaks)
    if not breaks:
        return MoveDetails()
    return MoveDetails(breaks[-1].first, breaks[-1].days)


def _activities(count: int) -> str:
    return f"{count:,} {'activity' if count == 1 else 'activities'}"
