"""Cases and the steps of their plans: their forms and their commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.outcomes import (
    CaseDetails,
    CaseFigure,
    StepDetails,
    unknown_figures,
)
from apprentice_desk.records import outcomes
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import Destination, OpenCase
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.rows import Column
from apprentice_desk.ui.recording.choices import day_in_table, day_in_words
from apprentice_desk.ui.recording.kind import Kind, Shown

_BRACES = "A figure of the desk stands in braces, such as {started}; a line with a dash is a list."


def _text(name: str, called: str, help_text: str, group: str = "") -> Field:
    return Field(name, called, "long text", help=help_text, group=group, rows=3)


FIELDS = (
    Field("title", "Title", required=True, width=50),
    Field(
        "desired_outcome",
        "Desired outcome",
        "long text",
        required=True,
        rows=3,
        help=f"What is to be different in the world, by when. {_BRACES}",
    ),
    _text("problems_technology", "Technology and data", "What of it stands in the way?",
          "Known problems"),
    _text("problems_people", "People, process, conditions", "What of them stands in the way?",
          "Known problems"),
    _text("solutions_technology", "With technology and data", "What part can it play?",
          "Potential solutions"),
    _text("solutions_people", "Beyond technology", "What else has to happen?",
          "Potential solutions"),
    _text("done_by_loti", "LOTI's central team", "Skills, people and time from LOTI.",
          "Who does what"),
    _text("done_by_lead", "Lead borough", "What the borough in the lead takes on.",
          "Who does what"),
    _text("done_by_boroughs", "Member boroughs", "What every borough is asked to do.",
          "Who does what"),
    _text("done_by_others", "Others", "Providers, employers, partners.", "Who does what"),
    _text("mandate", "Mandate", "Whose permission is needed, and who has given it.",
          "Mandate and evaluation"),
    _text("evaluation", "Evaluation", "How one will know that it worked, in figures.",
          "Mandate and evaluation"),
)  # fmt: skip
"""Every attribute of CaseDetails, in the order of LOTI's planner."""


class Cases(Kind):
    """The cases of this desk, by title."""

    name = "cases"
    title = "Cases"
    thing = "case"
    about = "What is to be different, what stands in the way, who does what, and how one will know"
    tables = ("outcomes_case", "case_step")
    filter_by = "title"
    empty = ("No case yet", "Begin one: from what is to be different back to what has to be done.")
    details_class = CaseDetails
    columns = (Column("Case", lambda shown: shown.title, kind="strong", width=30),)

    def __init__(self, desk: Desk, figures: Callable[[], Sequence[CaseFigure]]) -> None:
        super().__init__(desk)
        self._figures = figures

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the cases."""
        return tuple(
            Shown(row.id, row.details.title, row.details, row)
            for row in outcomes.case_rows(session)
        )

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what a case is for."""
        return [("Desired outcome", shown.details.desired_outcome)]

    def fields(self) -> tuple[Field, ...]:
        """Return the headings of the planner."""
        return FIELDS

    def blank(self) -> CaseDetails:
        """Return a case that says nothing yet."""
        return CaseDetails()

    def check(self, details: CaseDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a case, figures that the desk has not included."""
        return [*outcomes.check(details), *unknown_figures(details, self._figures())]

    def named(self, details: CaseDetails) -> str:
        """Return which case it is."""
        return f"case “{details.title}”"

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where a form that was left half-done is opened again."""
        return OpenCase(record_id, field)

    def add(self, session: Any, details: CaseDetails) -> UUID:
        """Begin a case."""
        return outcomes.begin_case(session, details)

    def correct(self, session: Any, record_id: UUID, details: CaseDetails) -> None:
        """Replace what a case says."""
        outcomes.correct_case(session, record_id, details)

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a case with its plan."""
        outcomes.remove_case(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Return what will happen."""
        return "The case goes out of the desk with its plan. Undo brings both back."


STEP_FIELDS = (
    Field("what", "What is to be done", required=True, width=60),
    Field("week_of", "Week of", "date", help="Its Monday. Blank: still to be settled."),
    Field("done_on", "Done on", "date", is_past=True, beside=True),
)
"""Every attribute of StepDetails."""


class StepForm(Form):
    """The form of a step; a day of a week is taken as its Monday."""

    def __init__(self, fields: tuple[Field, ...], desk: Desk) -> None:
        super().__init__(fields, StepDetails, desk.theme, today=desk.clock.today())
        self.edited.connect(self._to_monday)

    def _to_monday(self) -> None:
        day = self.value("week_of")
        if day is not None and day != monday_of(day):
            sunday = monday_of(day) + timedelta(days=6)
            self.set_help("week_of", f"That is the week to {day_in_words(sunday)}.")
        else:
            self.set_help("week_of", "Its Monday. Blank: still to be settled.")


class Steps(Kind):
    """The plan of the case last given to ``show_case``."""

    name = "steps"
    title = "Plan"
    thing = "step"
    about = ""
    tables = ("case_step",)
    filter_by = "words"
    empty = ("Nothing is planned yet", "")
    details_class = StepDetails
    columns = (
        Column("What is to be done", lambda shown: shown.title, width=30),
        Column(
            "Week of",
            lambda shown: day_in_table(shown.details.week_of) or "to be settled",
            sort=lambda shown: shown.details.week_of,
            holds="date",
            value=lambda shown: shown.details.week_of,
            width=14,
        ),
        Column(
            "Done",
            lambda shown: day_in_table(shown.details.done_on),
            sort=lambda shown: shown.details.done_on,
            holds="date",
            value=lambda shown: shown.details.done_on,
            width=12,
        ),
    )
    can_do_without = (2,)

    _case_id: UUID | None = None

    def show_case(self, case_id: UUID | None) -> None:
        """Keep to the plan of one case."""
        self._case_id = case_id

    def read(self, session: Any) -> tuple[Shown, ...]:
        """Return the steps of the case, in their order."""
        for row in outcomes.case_rows(session):
            if row.id == self._case_id:
                return tuple(
                    Shown(step.id, step.details.what, step.details, step) for step in row.steps
                )
        return ()

    def facts(self, shown: Shown) -> list[tuple[str, str]]:
        """Return what is known of a step."""
        return [("Week of", day_in_words(shown.details.week_of) or "to be settled")]

    def fields(self) -> tuple[Field, ...]:
        """Return the fields."""
        return STEP_FIELDS

    def form(self) -> Form:
        """Return a form that knows what a week is."""
        return StepForm(self.fields(), self.desk)

    def blank(self) -> StepDetails:
        """Return a step that is still to be settled."""
        return StepDetails()

    def check(self, details: StepDetails, _record_id: UUID | None) -> list[Finding]:
        """Return what is wrong with a step."""
        return outcomes.check_plan_step(_on_monday(details), self.desk.clock.today())

    def named(self, details: StepDetails) -> str:
        """Return which step it is."""
        return f"step “{details.what}”"

    def destination(self, record_id: UUID | None, field: str) -> Destination:
        """Return where a form that was left half-done is opened again: beside its case."""
        return OpenCase(self._case_id)

    def add(self, session: Any, details: StepDetails) -> UUID:
        """Add a step at the end of the plan."""
        assert self._case_id is not None  # nothing can be added where no case is shown
        today = self.desk.clock.today()
        return outcomes.add_step(session, self._case_id, _on_monday(details), today)

    def correct(self, session: Any, record_id: UUID, details: StepDetails) -> None:
        """Replace a step's details."""
        outcomes.correct_step(session, record_id, _on_monday(details), self.desk.clock.today())

    def remove(self, session: Any, record_id: UUID) -> None:
        """Remove a step."""
        outcomes.remove_step(session, record_id)

    def what_removing_means(self, _shown: Shown) -> str:
        """Return what will happen."""
        return "The step goes out of the plan. Undo brings it back."


def _on_monday(details: StepDetails) -> StepDetails:
    week_of = None if details.week_of is None else monday_of(details.week_of)
    return StepDetails(details.what, week_of, details.done_on)
