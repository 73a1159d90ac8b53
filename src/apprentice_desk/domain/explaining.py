"""How each figure of the hours comes about: the formula line by line, the rule, and what is behind.

Every explanation works its figure out again from the numbers that it shows, so it is the figure's
own arithmetic that is read, and the tests hold one against the other.  Amounts are whole minutes,
days and weeks; what is not known stays not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain.apprenticeship import Status, break_days, status_at
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import nearest_minute, rate, sentence
from apprentice_desk.domain.explaining_minimum import MinimumReckoning, reckon_minimum
from apprentice_desk.domain.hours_facts import HoursFacts, figures_of
from apprentice_desk.domain.hours_rules import HoursRules, one_place
from apprentice_desk.domain.off_the_job import (
    NEVER_DAYS,
    PACE_DAYS,
    Figures,
    HoursStatus,
    known_breaks,
    plan_day,
    training_days,
    weeks_left_of,
)
from apprentice_desk.domain.reckoning import OWN, Source, Step


class Figure(StrEnum):
    """A figure that can be explained, as it is called."""

    STATUS = "status"
    REQUIRED = "required"
    MINIMUM = "minimum"
    PLANNED = "planned to date"
    LOGGED = "logged"
    AGAINST_PLAN = "against plan"
    PACE = "pace"
    NEEDED = "needed a week"
    FORECAST = "forecast"


class Behind(StrEnum):
    """What kind of rows stand behind a figure."""

    NOTHING = "nothing"
    ENTRIES = "entries"
    PLAN = "planned activities"


Result = int | Fraction | HoursStatus | tuple[int | None, date | None, Fraction | None] | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure: its *value* in words, *steps* that lead to it and the *sources* of its rules.

    *result* is the figure itself as the steps come to it; a forecast is what is reached at the
    planned end, the day on which all is done and how many weeks late that is.  The rows behind it
    are those from *first* (None: from the start) to *last*.
    """

    figure: Figure
    value: str
    result: Result
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    behind: Behind = Behind.NOTHING
    first: date | None = None
    last: date | None = None

    @property
    def title(self) -> str:
        """What it is called, as a heading."""
        return self.figure[:1].upper() + self.figure[1:]


NOT_KNOWN = "not known"
COUNTING = Source(
    "What counts",
    "Whether an entry counts was decided when it was logged, by the dated rules of what counts or"
    " by a person, and is kept with the entry.",
    is_verified=False,
)


def explain(figure: Figure, facts: HoursFacts, rules: HoursRules, as_at: date) -> Explanation:
    """Return how *figure* comes about on *as_at*.

    Raises Problem where no limits of slipping and behind are known for the day.
    """
    return _EXPLAINED[figure](_Case(facts, rules, as_at))


def explain_all(facts: HoursFacts, rules: HoursRules, as_at: date) -> tuple[Explanation, ...]:
    """Return how every figure comes about, in the order in which they build on each other."""
    return tuple(explain(figure, facts, rules, as_at) for figure in Figure)


class _Case:
    """One apprenticeship on a day, with what several explanations begin with."""

    def __init__(self, facts: HoursFacts, rules: HoursRules, as_at: date) -> None:
        self.facts = facts
        self.rules = rules
        self.as_at = as_at
        self.course = facts.course
        self.figures: Figures = figures_of(facts, rules, as_at)
        self.minimum: MinimumReckoning = reckon_minimum(facts, rules)

    @property
    def required(self) -> int | None:
        agreed = self.facts.agreed_minutes
        return self.minimum.minutes if agreed is None else agreed

    @property
    def logged(self) -> int:
        return self.facts.logged.to_date_minutes

    @property
    def to_do(self) -> int | None:
        return None if self.required is None else max(self.required - self.logged, 0)

    @property
    def day(self) -> str:
        return show_day(self.as_at)


def _words(minutes: int | None) -> str:
    return NOT_KNOWN if minutes is None else sentence(minutes)


def _rate_words(weekly: Fraction | None) -> str:
    return NOT_KNOWN if weekly is None else rate(weekly)


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def _required(case: _Case) -> Explanation:
    agreed = case.facts.agreed_minutes
    steps = [
        Step("Agreed in the training plan", "not given" if agreed is None else sentence(agreed)),
        Step("Minimum of the funding rule", _words(case.minimum.minutes)),
    ]
    if agreed is not None:
        steps.append(Step("Required is what was agreed", sentence(agreed)))
    else:
        steps.append(
            Step("Nothing is agreed, so required is the minimum", _words(case.minimum.minutes))
        )
    sources = (OWN,) if agreed is not None else (OWN, *case.minimum.sources)
    return Explanation(Figure.REQUIRED, _words(case.required), case.required, tuple(steps), sources)


def _minimum(case: _Case) -> Explanation:
    found = case.minimum
    return Explanation(
        Figure.MINIMUM, _words(found.minutes), found.minutes, found.steps, found.sources
    )


def _planned(case: _Case) -> Explanation:
    facts, course = case.facts, case.course
    if facts.plan is not None:
        due = facts.plan.due_minutes
        steps = [
            Step(f"Planned activities due by {case.day}, dropped ones left out", sentence(due))
        ]
        if facts.plan.overdue:
            over = f"{facts.plan.overdue:,} of them, {sentence(facts.plan.overdue_minutes)}"
            steps.append(Step("Due before that day and not done", over))
        steps.append(Step("Planned to date is what was due", sentence(due)))
        return Explanation(
            Figure.PLANNED, sentence(due), due, tuple(steps), (OWN,), Behind.PLAN, None, case.as_at
        )
    start, end, required = (
        course.training_started_on,
        course.training_planned_end_on,
        case.required,
    )
    steps = [
        Step("Required", _words(required)),
        Step("Training starts", NOT_KNOWN if start is None else show_day(start)),
        Step("Training is planned to end", NOT_KNOWN if end is None else show_day(end)),
    ]
    planned: int | None = None
    if required is not None and start is not None and end is not None:
        planned = _in_proportion(case, required, start, end, steps)
    return Explanation(Figure.PLANNED, _words(planned), planned, tuple(steps), (OWN,))


def _in_proportion(case: _Case, required: int, start: date, end: date, steps: list[Step]) -> int:
    day = plan_day(case.course, case.as_at)
    if day < case.as_at:
        steps.append(Step("The plan stopped with the end or an open break", show_day(day)))
    if day < start:
        steps.append(Step("Training had not started", sentence(0)))
        return 0
    if day >= end:
        steps.append(Step("The planned end has come, so all of it", sentence(required)))
        return required
    gone = training_days(case.course, start, day)
    whole = training_days(known_breaks(case.course), start, end)
    steps.append(Step("Days of training so far, breaks taken out", _days(gone)))
    steps.append(Step("Days of training altogether, breaks taken out", _days(whole)))
    planned = nearest_minute(Fraction(required * gone, whole)) if whole else 0
    steps.append(Step(f"{sentence(required)} × {gone:,} ÷ {whole:,}", sentence(planned)))
    return planned


def _logged(case: _Case) -> Explanation:
    logged = case.facts.logged
    steps = [Step(f"Entries that count, to {case.day}", sentence(logged.to_date_minutes))]
    if logged.not_counting_minutes:
        steps.append(
            Step("Entries that do not count, in no total", sentence(logged.not_counting_minutes))
        )
    if logged.last_on is not None:
        steps.append(Step("Last day with an entry that counts", show_day(logged.last_on)))
    value = logged.to_date_minutes
    return Explanation(
        Figure.LOGGED, sentence(value), value, tuple(steps), (COUNTING,), Behind.ENTRIES, None,
        case.as_at,
    )  # fmt: skip


def _against(case: _Case) -> Explanation:
    planned_by = _planned(case)
    planned = planned_by.result
    assert planned is None or isinstance(planned, int)
    steps = [
        Step(f"Logged to {case.day}", sentence(case.logged)),
        Step("Planned to date", _words(planned)),
    ]
    against = None
    if planned is not None:
        against = case.logged - planned
        steps.append(Step(f"{sentence(case.logged)} − {sentence(planned)}", sentence(against)))
    return Explanation(
        Figure.AGAINST_PLAN, _words(against), against, tuple(steps), (OWN, COUNTING),
        Behind.ENTRIES, None, case.as_at,
    )  # fmt: skip


def _pace(case: _Case) -> Explanation:
    course, recent = case.course, case.facts.logged.last_8_weeks_minutes
    start = course.training_started_on
    window = case.as_at - timedelta(days=PACE_DAYS - 1)
    steps = [
        Step(f"Entries that count, {show_day(window)} to {case.day}", sentence(recent)),
    ]
    pace: Fraction | None = None
    if start is None:
        steps.append(Step("Training starts", NOT_KNOWN))
    else:
        last = case.as_at if course.ended_on is None else min(case.as_at, course.ended_on)
        days = training_days(course, max(window, start), last)
        steps.append(Step("Days of those in training and not on a break", _days(days)))
        if days:
            pace = Fraction(recent * 7, days)
            steps.append(Step(f"{sentence(recent)} × 7 ÷ {_days(days)}", rate(pace)))
    return Explanation(
        Figure.PACE, _rate_words(pace), pace, tuple(steps), (OWN, COUNTING), Behind.ENTRIES,
        window, case.as_at,
    )  # fmt: skip


def _weeks(case: _Case, steps: list[Step]) -> Fraction | None:
    """The weeks left, told in a step."""
    weeks = weeks_left_of(case.course, case.as_at)
    end = case.course.training_planned_end_on
    if weeks is None or end is None:
        why = "it has ended" if status_at(case.course, case.as_at).is_ended else NOT_KNOWN
        steps.append(Step("Weeks left to the planned end", why))
        return None
    days = int(weeks * 7)
    steps.append(
        Step(
            f"Days left to {show_day(end)}, known breaks taken out",
            f"{_days(days)}, {one_place(weeks)} weeks",
        )
    )
    return weeks


def _still_to_do(case: _Case, steps: list[Step]) -> int | None:
    steps.append(Step("Required", _words(case.required)))
    steps.append(Step(f"Logged to {case.day}", sentence(case.logged)))
    to_do = case.to_do
    if to_do is not None:
        steps.append(Step("Still to do, never below nothing", sentence(to_do)))
    return to_do


def _needed(case: _Case) -> Explanation:
    steps: list[Step] = []
    to_do = _still_to_do(case, steps)
    weeks = _weeks(case, steps)
    needed: Fraction | None = None
    if to_do is not None and weeks:
        needed = to_do / weeks
        steps.append(Step(f"{sentence(to_do)} ÷ {one_place(weeks)} weeks", rate(needed)))
    return Explanation(
        Figure.NEEDED, _rate_words(needed), needed, tuple(steps), (OWN, COUNTING), Behind.ENTRIES,
        None, case.as_at,
    )  # fmt: skip


def _forecast(case: _Case) -> Explanation:
    steps: list[Step] = []
    pace = _pace(case).result
    assert pace is None or isinstance(pace, Fraction)
    steps.append(Step("Pace of the last 8 weeks", _rate_words(pace)))
    weeks = _weeks(case, steps)
    forecast: int | None = None
    if pace is not None and weeks is not None:
        forecast = nearest_minute(case.logged + pace * weeks)
        steps.append(
            Step(
                f"{sentence(case.logged)} + {rate(pace)} × {one_place(weeks)} weeks",
                f"{sentence(forecast)} at the planned end",
            )
        )
    to_do = _still_to_do(case, steps)
    end = case.course.training_planned_end_on
    reached, late = _reached(case, to_do, pace), None
    if reached is not None and to_do:
        days = -(-to_do * 7 // (pace or 1))
        steps.append(
            Step(
                f"{sentence(to_do)} ÷ {_rate_words(pace)}, rounded up", f"{_days(days)} of training"
            )
        )
        steps.append(Step("That many days on, known breaks skipped", show_day(reached)))
        if end is not None:
            over = max((reached - end).days, 0)
            steps.append(Step(f"After the planned end, {show_day(end)}", _days(over)))
            late = Fraction(over, 7)
    elif to_do:
        steps.append(Step("All of it is reached on", "no day that can be foreseen"))
    return Explanation(
        Figure.FORECAST, _words(forecast), (forecast, reached, late), tuple(steps),
        (OWN, COUNTING), Behind.ENTRIES, None, case.as_at,
    )  # fmt: skip


def _reached(case: _Case, to_do: int | None, pace: Fraction | None) -> date | None:
    """The day on which all is done at *pace*: so many days of training on."""
    course, tomorrow = known_breaks(case.course), case.as_at + timedelta(days=1)
    if not to_do or not pace or status_at(course, case.as_at).is_ended:
        return None
    days = -(-to_do * 7 // pace)
    if days > NEVER_DAYS:
        return None
    day = case.as_at + timedelta(days=days)
    for pause in sorted(course.breaks):
        if pause.first <= day:
            skipped = break_days(replace(course, breaks=(pause,)), tomorrow, pause.last or day)
            day += timedelta(days=skipped)
            tomorrow = max(tomorrow, (pause.last or day) + timedelta(days=1))
    return day


def _status(case: _Case) -> Explanation:
    """Go through what is asked, in its order, until something holds."""
    steps: list[Step] = []
    status = _judged(case, steps)
    limits = case.rules.limits_at(case.as_at)
    steps.append(Step("So the hours are", status.value))
    source = Source(
        f"Limits in force from {show_day(limits.valid_from)}", limits.source, is_verified=True
    )
    return Explanation(
        Figure.STATUS, status.value, status, tuple(steps), (source,), Behind.ENTRIES, None,
        case.as_at,
    )  # fmt: skip


def _judged(case: _Case, steps: list[Step]) -> HoursStatus:
    required, course = case.required, case.course
    is_done = required is not None and case.logged >= required
    steps.append(Step("Are all required hours logged?", _yes_no(is_done)))
    if is_done:
        return HoursStatus.COMPLETE
    stands = status_at(course, case.as_at)
    start = course.training_started_on
    steps.append(Step("How the apprenticeship stands", stands.value))
    if stands.is_ended:
        return HoursStatus.ENDED
    if stands is Status.PLANNED or start is None:
        return HoursStatus.NOT_STARTED
    if stands is Status.ON_A_BREAK:
        return HoursStatus.ON_A_BREAK
    planned = _planned(case).result
    steps.append(Step("Is there a plan to measure by?", _yes_no(planned is not None)))
    if required is None or not isinstance(planned, int):
        return HoursStatus.NO_PLAN
    return _by_the_limits(case, steps, required, planned - case.logged, start)


def _by_the_limits(
    case: _Case, steps: list[Step], required: int, below: int, start: date
) -> HoursStatus:
    limits = case.rules.limits_at(case.as_at)
    share = f", {one_place(Fraction(below * 100, required))}% of required" if below > 0 else ""
    steps.append(Step("Below plan", sentence(max(below, 0)) + share))
    steps.append(
        Step(
            "Limits of what is below plan",
            f"slipping over {one_place(limits.slipping_share * 100)}%,"
            f" behind over {one_place(limits.behind_share * 100)}%",
        )
    )
    late: Fraction | None = Fraction(0)
    if training_days(case.course, start, case.as_at) < PACE_DAYS:
        steps.append(Step("Weeks late", "not asked in the first 8 weeks of training"))
    elif case.course.training_planned_end_on is None:
        steps.append(Step("Weeks late", "not asked without a planned end"))
    else:
        late = case.figures.weeks_late
        steps.append(
            Step(
                "Weeks that the forecast is late",
                "it never comes at this pace" if late is None else one_place(late),
            )
        )
        steps.append(
            Step(
                "Limits of weeks late",
                f"slipping over {one_place(limits.slipping_weeks)},"
                f" behind over {one_place(limits.behind_weeks)}",
            )
        )
    if below > limits.behind_share * required or late is None or late > limits.behind_weeks:
        return HoursStatus.BEHIND
    if below > limits.slipping_share * required or late > limits.slipping_weeks:
        return HoursStatus.SLIPPING
    return HoursStatus.ON_TRACK


def _yes_no(holds: bool) -> str:
    return "yes" if holds else "no"


_EXPLAINED: dict[Figure, Callable[[_Case], Explanation]] = {
    Figure.STATUS: _status,
    Figure.REQUIRED: _required,
    Figure.MINIMUM: _minimum,
    Figure.PLANNED: _planned,
    Figure.LOGGED: _logged,
    Figure.AGAINST_PLAN: _against,
    Figure.PACE: _pace,
    Figure.NEEDED: _needed,
    Figure.FORECAST: _forecast,
}
