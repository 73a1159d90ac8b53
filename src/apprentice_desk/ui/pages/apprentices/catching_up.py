"""The catch-up plan: by when, or at how many hours a week, and the agreement to sign."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apprentice_desk import resources
from apprentice_desk.documents.catch_up_weeks import facts_of_catch_up
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.catching_up import (
    Case,
    CatchUp,
    Wanted,
    Week,
    catch_up,
    check,
    read_spans,
)
from apprentice_desk.domain.durations import grid, sentence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.records.learning import ActivityStatus
from apprentice_desk.records.reviews import review_rows
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import MakeDocument
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.keys import add_key
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.rows import Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.pages.apprentices.telling import TellingDialog
from apprentice_desk.ui.pages.apprentices.viewpoint import Viewpoint

AGREEMENT = "catch-up-agreement"
_ROWS_SHOWN = 12


def _why(week: Week) -> str:
    if week.is_block:
        return "block week"
    full = min(5, sum((week.first.weekday() + turn) % 7 < 5
                      for turn in range((week.last - week.first).days + 1)))  # fmt: skip
    off = full - week.days
    if not off:
        return ""
    return "no working day" if not week.days else f"{off} {'day' if off == 1 else 'days'} off"


COLUMNS = (
    Column(
        "Week from",
        lambda week: show_day(week.first),
        sort=lambda week: week.first,
        say=lambda week: Period(week.first, week.last).shown(),
        kind="strong",
        width=16,
    ),
    Column(
        "Training",
        lambda week: grid(week.minutes),
        sort=lambda week: week.minutes,
        say=lambda week: sentence(week.minutes),
        right=True,
        width=10,
    ),
    Column(
        "Contracted",
        lambda week: grid(week.most_minutes),
        sort=lambda week: week.most_minutes,
        say=lambda week: sentence(week.most_minutes),
        right=True,
        width=11,
    ),
    Column("Because", _why, width=16),
)
FIELDS = (
    Field("by", "Recovered by", "date", help="Blank finds the earliest day at the hours given."),
    Field(
        "rate_minutes",
        "Hours a week",
        "duration",
        beside=True,
        help="Blank finds the least that is enough.",
    ),
    Field(
        "leave",
        "Leave",
        help="Such as 21/12/2026 to 1/1/2027; 15/2/2027. Bank holidays and reviews are known.",
    ),
    Field(
        "block_on",
        "A block week",
        "date",
        help="Any day of a week that is given to training as a whole.",
    ),
)


class CatchUpDialog(TellingDialog):
    """What is wanted above, the weeks below, and the way to the agreement on them."""

    def __init__(self, desk: Desk, row: ApprenticeRow, view: Viewpoint, parent: QWidget) -> None:
        self.form = Form(FIELDS, Wanted, desk.theme, today=view.day)
        self.form.show_details(Wanted(by=_first_offer(row, view.day)))
        super().__init__(
            desk, f"Catch-up plan for {row.name}", parent, form=self.form, whose=row.id
        )
        self._row = row
        self._view = view
        self.found: CatchUp | None = None
        self._wanted = Wanted()
        self.case = read_case(desk, row, view)
        self.says = label("", "strong", wraps=True)
        self.could = label("", "quiet", wraps=True)
        self.model = RowsModel(COLUMNS, self, key="first")
        self.table = RowsTable(self.model, "Hours week by week", desk.theme)
        self.table.set_fits(_ROWS_SHOWN)
        for part in (self.says, self.could, self.table):
            self.form.put_below(part)
        self.work = button("Work it out", desk.theme, self.work_out)
        self.work.setDefault(True)
        self.buttons.append(self.work)
        self.agree = button(
            "Make the agreement…", desk.theme, self.make_agreement, role="primary", icon="file-plus"
        )
        self.buttons.append(self.agree)
        self.finish()
        add_key(self, "Work it out", "Ctrl+Return", self.work_out)
        self.form.edited.connect(self._on_edited)
        self._on_edited()

    def work_out(self) -> None:
        """Say what makes no sense beside its field; else show the weeks."""
        wanted, findings = self.form.read()
        if wanted is not None and self.case is not None:
            findings = check(self.case, wanted)
        self.form.show_findings(findings)
        self._on_edited()
        if not findings and self.found is not None:
            self.table.choose_first()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.show_part(self.table)

    def _on_edited(self) -> None:
        wanted, _ = self.form.read()
        case = self.case
        if case is None:
            self._show(None, _why_not(self._row), "")
        elif wanted is None or check(case, wanted):
            self._show(None, "This cannot be worked out. “Work it out” says why.", "")
        else:
            self.form.clear_findings()
            self._work_out(case, wanted)

    def _work_out(self, case: Case, wanted: Wanted) -> None:
        self._wanted = wanted
        try:
            found = catch_up(case, wanted)
        except Problem as problem:
            self._show(None, problem.what, problem.remedy)
            return
        if isinstance(found, CatchUp):
            says = (
                f"{sentence(found.rate_minutes)} a week recovers"
                f" {sentence(found.needed_minutes)} by {show_day(found.by)}."
            )
            self._show(found, says, "")
        else:
            self._show(None, found.says, found.could)

    def _show(self, found: CatchUp | None, says: str, could: str) -> None:
        self.found = found
        self.model.replace(() if found is None else found.weeks)
        self.table.setVisible(found is not None)
        self.agree.setEnabled(found is not None)
        self.could.setText(could)
        self.could.setVisible(bool(could))
        if says != self.says.text():
            self.says.setText(says)
            access.announce(self.says, f"{says} {could}".strip())

    def make_agreement(self) -> None:
        """Go to the agreement on what is shown, which is a document to be issued."""
        found, case = self.found, self.case
        assert found is not None  # the button is not enabled otherwise
        assert case is not None
        leave = read_spans(self._wanted.leave, self._view.day)
        given = facts_of_catch_up(found, case.reviews, leave)
        kind = SubjectKind.APPRENTICESHIP.value
        self.accept()
        self._desk.go(MakeDocument(AGREEMENT, kind, self._row.id, given=tuple(given.items())))


def read_case(desk: Desk, row: ApprenticeRow, view: Viewpoint) -> Case | None:
    """Return what the plan is worked out from; None where too little is known."""
    required, week = row.figures.required_minutes, row.facts.weekly_minutes_on(view.day)
    week = week or row.weekly_minutes
    if required is None or week is None:
        return None
    plan = desk.store.read(view.plan, row.id)
    reviews = desk.store.read(review_rows, row.id)
    return Case(
        row.facts,
        required,
        week,
        view.day,
        resources.bank_holidays(),
        tuple(
            (each.due_on, each.planned_minutes)
            for each in plan
            if each.due_on is not None and each.status is not ActivityStatus.DROPPED
        ),
        frozenset(
            each.due_on for each in reviews if each.due_on is not None and each.held_on is None
        ),
    )


def _why_not(row: ApprenticeRow) -> str:
    if row.figures.required_minutes is None:
        return "What is required is not known, so there is nothing to catch up with."
    return "The contracted hours are not known, so no week can be planned."


def _first_offer(row: ApprenticeRow, today: date) -> date | None:
    """The planned end, which is what an agreement is mostly for."""
    end = row.course.training_planned_end_on
    return end if end is not None and end > today else None


def open_catch_up(
    desk: Desk, row: ApprenticeRow, view: Viewpoint, parent: QWidget
) -> CatchUpDialog:
    """Open the dialog, with the keyboard in the first field."""
    dialog = CatchUpDialog(desk, row, view, parent)
    dialog.open()
    dialog.form.focus_first()
    return dialog
