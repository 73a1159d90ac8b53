"""What is known of one apprenticeship's hours on a day, all that its figures are worked out from.

Kept together, so that whoever explains the figures, asks what would be if, or plans how to catch
up starts from exactly what the figures themselves were made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apprentice_desk.domain import hours_rules, off_the_job
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.hours_rules import HoursRules, Minimum
from apprentice_desk.domain.off_the_job import Figures, Logged
from apprentice_desk.domain.placement_days import HostStay, stay_on
from apprentice_desk.domain.problems import Problem

NOTHING_LOGGED = Logged()


@dataclass(frozen=True, slots=True)
class PlanDue:
    """Sums over the dated activities of a learning plan, dropped ones left out.

    *overdue* are those that were due before the day and are not done.
    """

    due_minutes: int = 0
    overdue: int = 0
    overdue_minutes: int = 0


@dataclass(frozen=True, slots=True)
class HoursFacts:
    """The facts of one apprenticeship; *weekly* are (from this day on, minutes a week).

    *plan* is None where the learning plan has no dated activities.
    """

    course: Course
    original_start_on: date | None = None
    weekly: tuple[tuple[date, int], ...] = ()
    standard_code: str = ""
    standard_version: str = ""
    agreed_minutes: int | None = None
    prior_learning_minutes: int = 0
    logged: Logged = NOTHING_LOGGED
    plan: PlanDue | None = None
    stays: tuple[HostStay, ...] = ()
    """With which hosts they were, or are, on which days; hours there count all the same."""

    @property
    def mean_weekly_minutes(self) -> int | None:
        """The contracted week, averaged over the training; None where it is not known."""
        start = self.course.training_started_on
        if start is None:
            return max(self.weekly)[1] if self.weekly else None
        last = self.course.training_planned_end_on or start
        return hours_rules.mean_weekly_minutes(self.weekly, start, last)

    @property
    def moved_days(self) -> int:
        """The days of all breaks that have an end."""
        return sum(pause.days or 0 for pause in self.course.breaks)

    def weekly_minutes_on(self, day: date) -> int | None:
        """Return the contracted week in force on *day*; None where it is not known."""
        in_force = [span for span in self.weekly if span[0] <= day]
        return max(in_force)[1] if in_force else None


def minimum_of(facts: HoursFacts, rules: HoursRules) -> Minimum | None:
    """Return the minimum; None without a start or where no rule covers it."""
    if facts.original_start_on is None:
        return None
    try:
        return hours_rules.minimum(
            rules,
            facts.original_start_on,
            facts.course.training_planned_end_on,
            facts.mean_weekly_minutes,
            facts.standard_code,
            facts.standard_version,
            facts.prior_learning_minutes,
            break_days=facts.moved_days,
        )
    except Problem:
        return None  # the figures then say that there is no plan


def figures_of(
    facts: HoursFacts, rules: HoursRules, as_at: date, *, from_now: Fraction | None = None
) -> Figures:
    """Return the figures on *as_at*; *from_now* as for off_the_job.figures().

    Raises Problem where no limits of slipping and behind are known for the day.
    """
    plan, stay = facts.plan, stay_on(facts.stays, as_at)
    return off_the_job.figures(
        facts.course,
        facts.agreed_minutes,
        minimum_of(facts, rules),
        facts.logged,
        None if plan is None else plan.due_minutes,
        as_at,
        rules.limits_at(as_at),
        overdue=0 if plan is None else plan.overdue,
        from_now=from_now,
        with_host="" if stay is None else stay.says,
    )
