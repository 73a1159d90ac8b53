"""The dated rules behind the checklists: items, durations, English and maths, names.

They come from resources/rules (start.toml, gateway.toml, durations.toml, english_maths.toml);
this module says what shape they have.  *is_verified* is false where the rule itself was not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.problems import Problem


class Work(StrEnum):
    """How an item of a checklist is looked at: by a person, or worked out."""

    TICKED = "ticked"
    HOURS = "hours"
    DURATION = "duration"
    ENGLISH = "english"
    MATHS = "maths"
    QUALIFICATIONS = "qualifications"
    ACTIVITIES = "activities"
    BEHAVIOURS = "behaviours"


@dataclass(frozen=True, slots=True)
class LateRule:
    """How long after the start an item may still be met, for starts from a day on.

    *days* are those of training, the first included; *says* names the last of them as {day}.
    """

    starts_from: date
    days: int
    says: str
    source: str

    def last_on(self, started_on: date) -> date | None:
        """Return the last day for a start, None where the rule does not hold for it."""
        if started_on < self.starts_from:
            return None
        return started_on + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class ItemRule:
    """One item, for starts between two days; *meets* says what meets it.

    *is_named* asks for it on Today around the start.  *due_source* is the rule by which it is due
    at the start, "" where none that was read says by when.
    """

    key: str
    work: Work
    title: str
    meets: str
    starts_from: date | None
    starts_to: date | None
    is_for_new_people_only: bool
    source: str
    is_verified: bool
    is_named: bool = False
    due_source: str = ""
    late: LateRule | None = None


@dataclass(frozen=True, slots=True)
class DurationRule:
    """The least that an apprenticeship lasts, by its start; *days* count both ends.

    *part_time_note* is said where the contracted week is below *part_time_weekly_minutes*.
    """

    starts_from: date | None
    starts_to: date | None
    months: int
    days: int
    part_time_weekly_minutes: int | None
    part_time_note: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class QualifyingRule:
    """After how many *days* the provider earns, where so many were planned at the least."""

    planned_days: int
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class BreakRule:
    """The least that a break in learning lasts, from a day on."""

    valid_from: date
    least_days: int
    source: str


@dataclass(frozen=True, slots=True)
class RevisionRule:
    """What has to be signed anew when something changes, from a day on."""

    valid_from: date
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class EnglishMathsRule:
    """Whether English and maths have to be achieved, from a day of the gateway on."""

    valid_from: date
    adult_from_age: int
    must_adults: bool
    says: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class AssessmentNames:
    """What things are called by one model of assessment."""

    gateway: str
    assessment: str
    organisation: str


@dataclass(frozen=True, slots=True)
class AheadRule:
    """How many days ahead a planned gateway is named and urgent, from a day on."""

    valid_from: date
    days: int
    urgent_days: int
    source: str


@dataclass(frozen=True, slots=True)
class StartAheadRule:
    """From how many days before a start its open items are named and urgent, from a day on.

    For *after_days* after it they still have a line of their own.
    """

    valid_from: date
    days: int
    urgent_days: int
    after_days: int
    source: str


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """All of them; *names* are those of the old model and of the new one."""

    start: tuple[ItemRule, ...]
    gateway: tuple[ItemRule, ...]
    durations: tuple[DurationRule, ...]
    qualifying: tuple[QualifyingRule, ...]
    breaks: tuple[BreakRule, ...]
    revision: tuple[RevisionRule, ...]
    english_maths: tuple[EnglishMathsRule, ...]
    names: tuple[AssessmentNames, AssessmentNames]
    ahead: tuple[AheadRule, ...]
    start_ahead: tuple[StartAheadRule, ...]

    def duration_for(self, original_start_on: date) -> DurationRule:
        """Return the rule of a start; raises Problem if there is none."""
        for rule in self.durations:
            if covers(rule.starts_from, rule.starts_to, original_start_on):
                return rule
        raise Problem(
            f"No minimum duration is known for a start on {show_day(original_start_on)}.",
            "Check the start, or install a version of the program that knows that year's rules.",
        )

    def qualifying_days(self, planned_days: int) -> QualifyingRule | None:
        """Return after how many days the provider earns; None where nothing was planned."""
        return next((each for each in self.qualifying if each.planned_days <= planned_days), None)

    def names_of(self, is_new: bool | None) -> AssessmentNames:
        """Return the names by the model; both where it is not known."""
        if is_new is not None:
            return self.names[int(is_new)]
        old, new = self.names
        return AssessmentNames(
            old.gateway,
            f"{old.assessment} or {new.assessment}",
            f"{old.organisation} or {new.organisation}",
        )


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Return whether *day* lies between two days, either of which may be open."""
    return (first is None or first <= day) and (last is None or day <= last)
