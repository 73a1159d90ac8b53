"""What a person's plan is to have, from a template or a colleague's plan, by their own start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apprentice_desk.domain.planning import ActivityDetails, PlanActivityRow
from apprentice_desk.domain.planning_templates import TemplateLine, copied, from_lines
from apprentice_desk.domain.problems import Problem
from apprentice_desk.ui.people_list import PersonLine
from apprentice_desk.ui.planning.taking_on import Wanted

NO_START = Problem(
    "The start of training is not known, so no day can be counted from it.",
    "Fill it in among the facts first.",
)


def from_template(lines: Sequence[TemplateLine]) -> Wanted:
    """Return what makes a template into a plan."""

    def wanted(person: PersonLine) -> tuple[ActivityDetails, ...]:
        return from_lines(lines, start_of(person))

    return wanted


def from_plan(plan: Sequence[PlanActivityRow], started_on: date) -> Wanted:
    """Return what copies the *plan* of somebody whose training started on *started_on*."""

    def wanted(person: PersonLine) -> tuple[ActivityDetails, ...]:
        return copied(plan, (start_of(person) - started_on).days)

    return wanted


def start_of(person: PersonLine) -> date:
    """Return the first day of somebody's training; raises Problem where it is not known."""
    started_on = person.course.training_started_on
    if started_on is None:
        raise NO_START
    return started_on
