"""The dated rules of off-the-job hours: what is the least that must be done, and what counts.

The rules themselves (figures, days, sources) come from resources/rules/off_the_job.toml and
published_minimums.toml; this module says what shape a rule has and how to apply it.  All amounts
are whole minutes, worked out exactly and rounded up to the minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import nearest_minute, round_up_to_minute, sentence
from apprentice_desk.domain.identifiers import check_version
from apprentice_desk.domain.problems import Problem


class Activity(StrEnum):
    """What was done in an entry of hours.  Which of these count, the counting rules say."""

    TEACHING = "teaching of theory"
    PRACTICAL_TRAINING = "practical training"
    ONLINE_LEARNING = "online learning"
    SHADOWING = "shadowing"
    MENTORING = "mentoring"
    ASSIGNMENT = "assignment or project"
    SELF_STUDY = "self-study"
    SIMULATION = "simulation"
    INDUSTRY_VISIT = "industry visit"
    WORKSHOP = "workshop"
    CONFERENCE = "conference or event"
    PROVIDER_DAY = "provider training day"
    OTHER_TRAINING = "other training"
    ENGLISH_AND_MATHS = "english and maths"
    PROGRESS_REVIEW = "progress review"
    ASSESSMENT = "assessment"
    INDUCTION = "induction"
    ON_THE_JOB = "on the job"
    LEAVE = "leave"
    ADMINISTRATION = "administration"


class Basis(StrEnum):
    """What a minimum is worked out from."""

    CONTRACTED_SHARE = "contracted share"
    CAPPED_SHARE = "capped share"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class PublishedMinimum:
    """The minimum that is published for one version of a standard, for starts between two days.

    *is_verified* is false where the figure was not read in the published list itself.
    """

    standard_code: str
    version: str
    minimum_minutes: int
    valid_from: date
    valid_to: date | None
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class HoursRule:
    """How the minimum is worked out for apprenticeships that first started between two days.

    *share* of the contracted week, of at most *cap_weekly_minutes* where there is a cap, over the
    weeks of training less *leave_weeks_a_year*; or the published figure, which needs none of
    these.  The result is never below *floor_minutes*.
    """

    name: str
    valid_from: date | None
    valid_to: date | None
    basis: Basis
    share: Fraction
    cap_weekly_minutes: int | None
    leave_weeks_a_year: Fraction
    floor_minutes: int
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class StatusLimits:
    """When an apprenticeship is called slipping or behind, from a day on.

    The shares are of the required minutes, the weeks are counted after the planned end of
    training.  No funding rule sets these: they are our own, and *source* says so.
    """

    valid_from: date
    slipping_share: Fraction
    behind_share: Fraction
    slipping_weeks: Fraction
    behind_weeks: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class CountingRule:
    """Whether an activity counts as off-the-job training between two days, and why.

    *is_verified* is true only where it was read in the funding rules themselves.
    """

    activity: Activity
    counts: bool
    why: str
    valid_from: date | None
    valid_to: date | None
    source: str
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class HoursRules:
    """All dated rules of off-the-job hours."""

    rules: tuple[HoursRule, ...]
    published: tuple[PublishedMinimum, ...]
    limits: tuple[StatusLimits, ...]
    counting: tuple[CountingRule, ...]

    def rule_for(self, original_start_on: date) -> HoursRule:
        """Return the rule of an apprenticeship that first started on *original_start_on*.

        It stays that rule over breaks and changes of provider.  Raises Problem if there is none.
        """
        for rule in self.rules:
            if _covers(rule.valid_from, rule.valid_to, original_start_on):
                return rule
        raise Problem(
            f"No off-the-job rule is known for a start on {show_day(original_start_on)}.",
            "Check the start, or install a version of the program that knows that year's rules.",
        )

    def published_minimum(
        self, standard_code: str | None, standard_version: str | None, original_start_on: date
    ) -> PublishedMinimum | None:
        """Return the published figure for exactly this version and start, None if none is known.

        It may differ by start inside one version: some figures were revised for a few months.
        """
        try:
            version = check_version(standard_version or "")
        except ValueError:
            return None
        for figure in self.published:
            if (figure.standard_code, figure.version) == (standard_code, version) and _covers(
                figure.valid_from, figure.valid_to, original_start_on
            ):
                return figure
        return None

    def limits_at(self, day: date) -> StatusLimits:
        """Return the limits in force on *day*; raises Problem if there are none."""
        in_force = [limits for limits in self.limits if limits.valid_from <= day]
        if not in_force:
            raise Problem(
                f"No limits for slipping and behind are known for {show_day(day)}.",
                "Choose a later day.",
            )
        return max(in_force, key=lambda limits: limits.valid_from)

    def counting_rule(self, activity: Activity, on: date) -> CountingRule:
        """Return what is ruled for *activity* on a day; raises Problem if nothing is."""
        for rule in self.counting:
            if rule.activity is activity and _covers(rule.valid_from, rule.valid_to, on):
                return rule
        raise Problem(
            f"No rule says whether {activity} counted as off-the-job training on {show_day(on)}.",
            "Check the day, or choose another activity.",
        )

    def counts(self, activity: Activity, on: date) -> bool:
        """Return whether *activity* counts on a day; raises Problem if no rule covers it."""
        return self.counting_rule(activity, on).counts


def _covers(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


@dataclass(frozen=True, slots=True)
class Minimum:
    """The least that the funding rule asks of one apprenticeship.

    *minutes* is None where something needed is not known; the floor is then still a floor, not
    the minimum.  *says* is how it was worked out or what is missing, without a full stop.
    """

    minutes: int | None
    floor_minutes: int
    rule: HoursRule
    published: PublishedMinimum | None
    says: str
    is_verified: bool


def training_weeks(start: date, end: date) -> int:
    """Return whole weeks: the days from *start* to *end*, the end left out, over 7, half up.

    So do the providers' calculators (5 Sep 2022 to 4 Sep 2024 is 730 days, 104 weeks).
    """
    return ((end - start).days * 2 + 7) // 14


def minimum(
    rules: HoursRules,
    original_start_on: date,
    training_planned_end_on: date | None,
    weekly_minutes: int | None,
    standard_code: str | None,
    standard_version: str | None,
    prior_learning_minutes: int = 0,
    *,
    break_days: int = 0,
) -> Minimum:
    """Return the minimum for one apprenticeship, by the rule of its original start.

    *weekly_minutes* is the contracted week (see mean_weekly_minutes where it changed); unknown, it
    is never taken to be full time.  *break_days* are the days of breaks that are over: they moved
    the planned end without adding training.  Raises Problem if no rule covers the start.
    """
    rule = rules.rule_for(original_start_on)
    if rule.basis is Basis.PUBLISHED:
        figure = rules.published_minimum(standard_code, standard_version, original_start_on)
        return _published(rule, figure, standard_code, standard_version, prior_learning_minutes)
    if training_planned_end_on is None:
        return _unknown(rule, "The planned end of training is not known")
    if weekly_minutes is None:
        return _unknown(rule, "The contracted weekly hours are not known")
    weeks = training_weeks(original_start_on, training_planned_end_on - timedelta(days=break_days))
    if weeks <= 0:
        return _unknown(rule, "The planned end of training is not after its start")
    return _share(rule, weeks, weekly_minutes)


def _unknown(rule: HoursRule, missing: str) -> Minimum:
    says = f"{missing}, so the minimum cannot be worked out"
    if rule.floor_minutes:
        says += f"; it is never below {sentence(rule.floor_minutes)}"
    return Minimum(None, rule.floor_minutes, rule, None, says, rule.is_verified)


def _share(rule: HoursRule, weeks: int, weekly_minutes: int) -> Minimum:
    cap = rule.cap_weekly_minutes
    base = weekly_minutes if cap is None else min(weekly_minutes, cap)
    leave = Fraction(weeks, 52) * rule.leave_weeks_a_year
    minutes = round_up_to_minute((weeks - leave) * base * rule.share)
    if cap is not None and base == cap:
        a_week = f"{sentence(round_up_to_minute(base * rule.share))} a week"
    else:
        a_week = f"{one_place(rule.share * 100)}% of {sentence(base)} a week"
    says = f"{a_week} over {weeks} weeks less {one_place(leave)} weeks of leave"
    if not rule.is_verified:
        says += " (second-hand rule: check against the funding rules of the start)"
    minutes = max(minutes, rule.floor_minutes)
    return Minimum(minutes, rule.floor_minutes, rule, None, says, rule.is_verified)


def _published(
    rule: HoursRule,
    figure: PublishedMinimum | None,
    standard_code: str | None,
    standard_version: str | None,
    prior_learning_minutes: int,
) -> Minimum:
    if figure is None:
        has_both = standard_code and standard_version
        wanted = f"{standard_code} v{standard_version}" if has_both else standard_code
        return _unknown(rule, f"No published minimum is known for {wanted or 'this standard'}")
    says = f"Published minimum for {figure.standard_code} v{figure.version}"
    minutes = figure.minimum_minutes
    if prior_learning_minutes:
        says += f" less {sentence(prior_learning_minutes)} of recognised prior learning"
        minutes -= prior_learning_minutes
    if minutes < rule.floor_minutes:
        says += f", but never below {sentence(rule.floor_minutes)}"
        minutes = rule.floor_minutes
    if not figure.is_verified:
        says += " (second-hand figure: check against the current list)"
    elif not rule.is_verified:
        says += " (second-hand rule: check against the funding rules of the start)"
    is_verified = rule.is_verified and figure.is_verified
    return Minimum(minutes, rule.floor_minutes, rule, figure, says, is_verified)


def one_place(number: Fraction) -> str:
    """Return *number* with one place where it needs one: "11.2", "20"."""
    whole, tenth = divmod(nearest_minute(number * 10), 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def mean_weekly_minutes(spans: Sequence[tuple[date, int]], first: date, last: date) -> int | None:
    """Return the mean contracted week from *first* to *last*, each day weighing the same.

    *spans* are (from this day on, minutes a week).  Rounded up to the minute.  None if *last*
    comes before *first* or the week is not known from *first* on: it is never guessed.
    """
    in_order = sorted(spans)
    if last < first or not in_order or in_order[0][0] > first:
        return None
    if len(in_order) == 1:
        return in_order[0][1]
    total = 0
    ends = [begins - timedelta(days=1) for begins, _ in in_order[1:]] + [last]
    for (begins, minutes), ends_on in zip(in_order, ends, strict=True):
        days = (min(ends_on, last) - max(begins, first)).days + 1
        total += max(days, 0) * minutes
    return round_up_to_minute(Fraction(total, (last - first).days + 1))
