"""Whether hours count, for whoever logs them: rules, holidays, and the dates of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.counting import Facts, Judgement, Proposed, judge
from apprentice_desk.domain.hours_rules import Activity


class Judging:
    """Judges entries by the dated rules; read once, used for every key that is pressed."""

    def __init__(self) -> None:
        self.rules = resources.counting_rules()
        self.holidays = resources.bank_holidays()
        self.courses: Mapping[UUID, Course] = {}
        """The dated facts of each apprenticeship, by its key."""

    def judge(self, apprenticeship_id: UUID, entry: Proposed) -> Judgement:
        """Return what the rules say of *entry*, from the apprenticeship's dates alone."""
        course = self.courses.get(apprenticeship_id, Course())
        return judge(entry, Facts(course, holidays=self.holidays), self.rules)

    def counts(self, apprenticeship_id: UUID, activity: Activity, day: date) -> bool:
        """Return whether hours of *activity* on *day* count."""
        return self.judge(apprenticeship_id, Proposed(day, 0, activity)).by_the_rules

    def trains(self, activity: Activity, day: date) -> bool:
        """Return whether *activity* counts by itself, whoever does it, at the time of *day*."""
        return judge(Proposed(day, 0, activity), Facts(Course()), self.rules).by_the_rules
