"""What stands against a stay elsewhere: each with its day and what to do about it.

Nothing is refused here: a person decides, knowing what the stay collides with.  Which days count
as too near is a dated rule (resources/rules/placements.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import BankHolidays, Period, show_day
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.needs import counted, listed
from apprentice_desk.domain.needs_of_people import often, review_due_by
from apprentice_desk.domain.proposals import Repeat


class ClashKind(StrEnum):
    """What it is that falls into the stay."""

    REVIEW = "progress review"
    EXAM = "exam or assessment"
    TRAINING_DAY = "training day"
    LEAVE = "leave"
    SECONDMENT = "another secondment"
    BREAK = "break in learning"
    GATEWAY = "gateway"
    END = "end of training"


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing in the way: its days, what it *says* in one sentence, and the *remedy*.

    *is_grave* tells what should stop an approval until somebody says why it may go on.
    """

    kind: ClashKind
    days: Period
    says: str
    remedy: str
    is_grave: bool = False

    @property
    def first_on(self) -> date:
        """Its first day."""
        return self.days.first


@dataclass(frozen=True, slots=True)
class PlacementRules:
    """How near is too near around a stay elsewhere, in days; from a day on.

    The gateway is too near from so many days before it.  On Today the check-in half-way is named
    from *check_in_days* before it, and what is missing afterwards from *feedback_days* after the
    end on, up to *feedback_until_days*; what has to be done before a start is urgent from
    *urgent_days* before it.
    """

    valid_from: date
    gateway_days: int
    check_in_days: int
    feedback_days: int
    feedback_until_days: int
    urgent_days: int
    source: str


@dataclass(frozen=True, slots=True)
class ClashRules:
    """What is judged by on a day: the rules of stays, of reviews, and the bank holidays."""

    placements: PlacementRules
    review_days: int
    """At most so many days lie between two reviews."""
    holidays: BankHolidays


@dataclass(frozen=True, slots=True)
class DatedActivity:
    """One activity of the learning plan that is still to be done, with its days."""

    title: str
    kind: Activity | None
    days: Period


@dataclass(frozen=True, slots=True)
class RepeatedDay:
    """A session that comes again."""

    what: str
    activity: Activity
    repeat: Repeat


@dataclass(frozen=True, slots=True)
class OtherStay:
    """Another secondment of the same apprentice; *is_fixed* once it was agreed."""

    code: str
    where: str
    days: Period
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class ClashFacts:
    """What one apprentice has before them, whatever the window."""

    course: Course
    gateway_planned_on: date | None = None
    last_review_on: date | None = None
    reviews: tuple[date, ...] = ()
    """The days of reviews that are planned and not held."""
    activities: tuple[DatedActivity, ...] = ()
    repeats: tuple[RepeatedDay, ...] = ()
    leave: tuple[Period, ...] = ()
    stays: tuple[OtherStay, ...] = ()


SESSIONS = frozenset(
    {
        Activity.TEACHING,
        Activity.PRACTICAL_TRAINING,
        Activity.SIMULATION,
        Activity.INDUSTRY_VISIT,
        Activity.WORKSHOP,
        Activity.CONFERENCE,
        Activity.PROVIDER_DAY,
        Activity.OTHER_TRAINING,
        Activity.ENGLISH_AND_MATHS,
    }
)
"""What takes place on its day, with others; the rest can be done from anywhere."""

_LONGEST_SESSION = 14
"""An activity of the plan that runs for longer is work towards a day, not a training day."""

_LONGEST_LOOKED_AT = timedelta(weeks=26)
"""So far a window without an end is looked at: no secondment is longer."""


def clashes(facts: ClashFacts, window: Period, today: date, rules: ClashRules) -> tuple[Clash, ...]:
    """Return what stands against a stay in *window*, by day; what is over already does not."""
    last = window.last or window.first + _LONGEST_LOOKED_AT
    if last < today:
        return ()
    seen = _Seen(max(window.first, today), last)
    found = [
        *_course(facts.course, seen),
        *_gateway(facts, seen, rules.placements),
        *_breaks(facts, seen),
        *_exams(facts, seen),
        *_leave(facts, seen),
        *_stays(facts, seen),
        *_reviews(facts, seen, today, rules.review_days),
        *_training_days(facts, seen, rules.holidays),
    ]
    return tuple(sorted(found, key=lambda each: (each.first_on, _ORDER[each.kind], each.says)))


_ORDER = {kind: place for place, kind in enumerate(ClashKind)}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The days that are looked at: as a Period that has an end."""

    first: date
    last: date

    def part(self, days: Period) -> Period | None:
        """Return those of *days* that are looked at, None where there are none."""
        return Period(self.first, self.last).overlap(days)


def _course(course: Course, seen: _Seen) -> Iterator[Clash]:
    start, ended, end = (
        course.training_started_on, course.ended_on, course.training_planned_end_on,
    )  # fmt: skip
    if start is not None and seen.first < start:
        yield Clash(
            ClashKind.END,
            Period(seen.first, min(start - timedelta(days=1), seen.last)),
            f"Training starts on {show_day(start)} only.",
            "Let it begin once the apprenticeship has started.",
            is_grave=True,
        )
    if ended is not None and ended < seen.last:
        yield _over(seen, ended, f"The apprenticeship ends on {show_day(ended)}.")
    elif end is not None and end < seen.last:
        yield _over(seen, end, f"Training is planned to end on {show_day(end)}.")


def _over(seen: _Seen, end: date, says: str) -> Clash:
    return Clash(
        ClashKind.END,
        Period(max(end + timedelta(days=1), seen.first), seen.last),
        says,
        "Let the stay end before that, or make it shorter.",
        is_grave=True,
    )


def _gateway(facts: ClashFacts, seen: _Seen, rules: PlacementRules) -> Iterator[Clash]:
    began, planned = facts.course.assessment_began_on, facts.gateway_planned_on
    if began is not None and began <= seen.last:
        yield Clash(
            ClashKind.GATEWAY,
            Period(max(began, seen.first), seen.last),
            f"Assessment began on {show_day(began)}.",
            "Ask the provider first whether a stay elsewhere leaves room for it.",
            is_grave=True,
        )
    elif planned is not None and seen.first <= planned <= seen.last:
        yield Clash(
            ClashKind.GATEWAY,
            Period(planned, planned),
            f"The gateway is planned for {show_day(planned)}.",
            "Let the stay end before it, or plan the gateway anew with the provider.",
            is_grave=True,
        )
    elif planned is not None and 0 < (planned - seen.last).days <= rules.gateway_days:
        after = counted((planned - seen.last).days, "day")
        yield Clash(
            ClashKind.GATEWAY,
            Period(planned, planned),
            f"The gateway is planned for {show_day(planned)}, {after} after the stay may end.",
            "Agree with the provider what has to be ready by then, and leave time for it.",
        )


def _breaks(facts: ClashFacts, seen: _Seen) -> Iterator[Clash]:
    for pause in facts.course.breaks:
        both = seen.part(pause)
        if both is not None:
            yield Clash(
                ClashKind.BREAK,
                both,
                f"On a break in learning {_span(pause)}.",
                "Let it begin once the apprentice has come back.",
                is_grave=True,
            )


def _exams(facts: ClashFacts, seen: _Seen) -> Iterator[Clash]:
    for each in facts.activities:
        both = seen.part(each.days)
        if each.kind is Activity.ASSESSMENT and both is not None:
            yield Clash(
                ClashKind.EXAM,
                both,
                f"“{each.title}” is planned {_span(each.days)}.",
                "Agree with the host that the apprentice is free for it, or move the stay.",
                is_grave=True,
            )


def _leave(facts: ClashFacts, seen: _Seen) -> Iterator[Clash]:
    for away in facts.leave:
        both = seen.part(away)
        if both is None:
            continue
        # Both have an end, so that both have a number of days.
        is_most = 2 * (both.days or 0) > (seen.last - seen.first).days
        yield Clash(
            ClashKind.LEAVE,
            both,
            f"On leave {_span(away)}.",
            "Tell the host, or let the stay end so much later.",
            is_grave=is_most,
        )


def _stays(facts: ClashFacts, seen: _Seen) -> Iterator[Clash]:
    for other in facts.stays:
        both = seen.part(other.days)
        if both is None:
            continue
        if other.is_fixed:
            says = f"With {other.where} {_span(other.days)} ({other.code})."
            remedy = "Let this one begin after that."
        else:
            says = f"Asked for a place {_span(other.days)} too ({other.code})."
            remedy = "Withdraw one of the two once the other is agreed."
        yield Clash(ClashKind.SECONDMENT, both, says, remedy, is_grave=other.is_fixed)


def _reviews(facts: ClashFacts, seen: _Seen, today: date, interval: int) -> Iterator[Clash]:
    within = [day for day in facts.reviews if seen.first <= day <= seen.last]
    for day in within:
        yield Clash(
            ClashKind.REVIEW,
            Period(day, day),
            f"A progress review is planned for {show_day(day)}.",
            "Keep it, and ask whoever looks after the apprentice there to it.",
        )
    # One that is planned before the stay will have been held by then; one that was missed is not.
    held = [day for day in facts.reviews if today <= day < seen.first]
    if facts.last_review_on is not None:
        held.append(facts.last_review_on)
    due = review_due_by(facts.course, max(held, default=None), interval)
    if due is None or not seen.first <= due <= seen.last or any(day <= due for day in within):
        return
    yield Clash(
        ClashKind.REVIEW,
        Period(due, due),
        f"A progress review falls due by {show_day(due)}: one is due at least every"
        f" {often(interval)}.",
        "Hold it before the stay, or plan it for a day during it.",
    )


def _training_days(facts: ClashFacts, seen: _Seen, holidays: BankHolidays) -> Iterator[Clash]:
    for each in facts.activities:
        both = seen.part(each.days)
        is_session = each.kind in SESSIONS and (each.days.days or 0) <= _LONGEST_SESSION
        if is_session and both is not None:
            yield _training(both, f"“{each.title}” is planned {_span(each.days)}.")
    for again in facts.repeats:
        if again.activity not in SESSIONS:
            continue
        days = [
            day
            for day in again.repeat.days(seen.last)
            if seen.first <= day
            and not holidays.is_holiday(day)
            and not any(day in left for left in again.repeat.leave_out)
        ]
        if days:
            shown = listed([show_day(day) for day in days], 4)
            yield _training(Period(days[0], days[-1]), f"“{again.what}” comes again on {shown}.")


def _training(days: Period, says: str) -> Clash:
    return Clash(
        ClashKind.TRAINING_DAY,
        days,
        says,
        "Agree with the host that the apprentice is free for it: the training goes on.",
    )


def _span(days: Period) -> str:
    if days.first == days.last:
        return f"on {show_day(days.first)}"
    if days.last is None:
        return f"from {show_day(days.first)} on"
    return f"from {show_day(days.first)} to {show_day(days.last)}"
