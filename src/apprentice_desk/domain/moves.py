"""What comes of a move, said before it is made: in words, with figures before and after.

Nothing here is saved or refused; what stands against a move is in ``move_checks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from apprentice_desk.domain import hours_facts, off_the_job
from apprentice_desk.domain.apprenticeship import Course
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.checklist_gateway import Gateway, lasts_until
from apprentice_desk.domain.checklist_rules import ProgrammeRules
from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.durations import rate, sentence
from apprentice_desk.domain.hours_facts import HoursFacts
from apprentice_desk.domain.hours_rules import Basis, HoursRules, Minimum
from apprentice_desk.domain.ksb_codes import write
from apprentice_desk.domain.ksb_meanings import Meaning
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.needs_of_people import review_due_by
from apprentice_desk.domain.off_the_job import Figures
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.standards import Ksb

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that comes of a move: what it is *about*, and what it *says*.

    *is_warning* marks what somebody should look at before going on.
    """

    about: str
    says: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Moving:
    """What consequences are worked out from: one apprenticeship on a day, and the rules."""

    facts: HoursFacts
    as_at: date
    hours: HoursRules
    programme: ProgrammeRules
    interval_days: int
    last_review_on: date | None = None

    @property
    def course(self) -> Course:
        """The dates as they are."""
        return self.facts.course

    def figures(self, facts: HoursFacts | None = None, on: date | None = None) -> Figures:
        """Return the figures of these facts, or as they would be."""
        return hours_facts.figures_of(facts or self.facts, self.hours, on or self.as_at)

    def minimum(self, facts: HoursFacts | None = None) -> Minimum | None:
        """Return the rule's minimum, or as it would be."""
        return hours_facts.minimum_of(facts or self.facts, self.hours)

    def lasts_until(self, course: Course | None = None) -> date | None:
        """Return the last day of the minimum duration, None where it cannot be said."""
        chooses = self.facts.original_start_on or self.course.training_started_on
        if chooses is None:
            return None
        try:
            rule = self.programme.duration_for(chooses)
        except Problem:
            return None
        return lasts_until(course or self.course, rule, self.as_at)

    def review_due(self, course: Course | None = None) -> date | None:
        """Return the last day for the next review, None while the start is not known."""
        return review_due_by(course or self.course, self.last_review_on, self.interval_days)


# --- breaks ---------------------------------------------------------------------------------------


def of_break(moving: Moving, on: date) -> tuple[Consequence, ...]:
    """Return what comes of a break in learning that begins on *on*."""
    course = moving.course
    end, least = (
        course.training_planned_end_on,
        in_force(moving.programme.breaks, on, "How long a break has to be"),
    )
    paused = replace(course, breaks=tuple(sorted((*course.breaks, Period(on)))))
    found = [_planned_stops(moving, paused, on)]
    if end is None:
        found.append(Consequence("Days left", "the planned end of training is not known"))
    else:
        left = off_the_job.training_days(off_the_job.known_breaks(course), on, end)
        found.append(
            Consequence(
                "Days left",
                f"{counted(left, 'day')} of training from {show_day(on)} to the planned end"
                f" {show_day(end)}; each day of the break takes one away until the end is moved"
                " at the return",
            )
        )
    lasts, due = moving.lasts_until(), moving.review_due()
    if lasts is not None:
        moves = "reached before the break" if lasts < on else "moves out by each day of the break"
        found.append(Consequence("Minimum duration", f"until {show_day(lasts)}; {moves}"))
    if due is not None:
        moves = "that is before the break" if due < on else "moves by each day of the break"
        found.append(Consequence("Next review", f"due by {show_day(due)}; {moves}"))
    found.append(_wage_stays())
    earliest = on + timedelta(days=least.least_days - 1)
    found.append(
        Consequence(
            "Length",
            f"at least {counted(least.least_days, 'day')}, so to {show_day(earliest)} or later"
            f" ({least.source})",
        )
    )
    return (*found, _revision(moving, on))


def _planned_stops(moving: Moving, paused: Course, on: date) -> Consequence:
    required = moving.figures().required_minutes
    if moving.facts.plan is not None:
        says = "the plan's activities stay due on their days: plan them again after the return"
        return Consequence("Planned to date", says)
    planned = off_the_job.planned_to_date(paused, required, on)
    if planned is None or required is None:
        return Consequence("Planned to date", NOT_KNOWN)
    return Consequence(
        "Planned to date",
        f"stops growing on {show_day(on - timedelta(days=1))}, at {sentence(planned)} of"
        f" {sentence(required)}",
    )


def of_return(
    moving: Moving, last_on: date, planned_end_on: date | None = None
) -> tuple[Consequence, ...]:
    """Return what comes of the open break ending with *last_on*, and of another planned end."""
    course = moving.course
    first = next(pause.first for pause in course.breaks if pause.last is None)
    pause = Period(first, last_on)
    days = (last_on - first).days + 1
    others = tuple(each for each in course.breaks if each.last is not None)
    back = replace(course, breaks=tuple(sorted((*others, pause))))
    after = replace(back, training_planned_end_on=planned_end_on or course.training_planned_end_on)
    least = in_force(moving.programme.breaks, first, "How long a break has to be")
    found = [Consequence("Break", f"{pause.shown()}, {counted(days, 'day')}")]
    if days < least.least_days:
        found.append(
            Consequence(
                "Length",
                f"shorter than the {counted(least.least_days, 'day')} of a break in learning;"
                f" a shorter pause is leave or absence ({least.source})",
                is_warning=True,
            )
        )
    found.append(_end_after_return(course, days, planned_end_on))
    day = max(moving.as_at, last_on)
    stays = moving.figures(replace(moving.facts, course=back), day)
    moved = moving.figures(replace(moving.facts, course=after), day)
    found.append(_needed(stays, moved, has_moved=planned_end_on is not None))
    found.append(
        _minimum_line(moving.minimum(), moving.minimum(replace(moving.facts, course=after)))
    )
    lasts = moving.lasts_until(after)
    if lasts is not None:
        found.append(
            Consequence("Minimum duration", f"until {show_day(lasts)}, the break left out")
        )
    due = moving.review_due(after)
    if due is not None:
        found.append(Consequence("Next review", f"due by {show_day(due)}"))
    return (*found, _wage_stays())


def _end_after_return(course: Course, days: int, planned_end_on: date | None) -> Consequence:
    end = course.training_planned_end_on
    if end is None:
        says = f"{show_day(planned_end_on)}" if planned_end_on else NOT_KNOWN
        return Consequence("Planned end", says)
    same = end + timedelta(days=days)
    hint = f"as many days of training as before would end on {show_day(same)}"
    if planned_end_on is None or planned_end_on == end:
        return Consequence("Planned end", f"stays {show_day(end)}; {hint}", is_warning=True)
    says = f"{show_day(end)} → {show_day(planned_end_on)}"
    return Consequence("Planned end", says if planned_end_on == same else f"{says}; {hint}")


def _needed(stays: Figures, moved: Figures, *, has_moved: bool) -> Consequence:
    before = _a_week(stays)
    if not has_moved:
        return Consequence("Needed a week", before)
    return Consequence("Needed a week", f"{before} with the old end → {_a_week(moved)}")


def _a_week(figures: Figures) -> str:
    if figures.needed_minutes is not None:
        return rate(figures.needed_minutes)
    return "no time left" if figures.weeks_left == 0 else NOT_KNOWN


def _wage_stays() -> Consequence:
    return Consequence(
        "Wage", "what is due an hour does not change: age, first year and rates run on"
    )


def _revision(moving: Moving, on: date) -> Consequence:
    rule = in_force(moving.programme.revision, on, "What has to be signed anew")
    return Consequence("To be signed", f"{_small(rule.what)} ({rule.source})")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


# --- hours, provider, standard --------------------------------------------------------------------


def of_weekly_hours(moving: Moving, from_on: date, minutes: int) -> tuple[Consequence, ...]:
    """Return what comes of other contracted weekly hours from *from_on* on."""
    facts = moving.facts
    kept = tuple(span for span in facts.weekly if span[0] != from_on)
    after = replace(facts, weekly=tuple(sorted((*kept, (from_on, minutes)))))
    was = facts.weekly_minutes_on(from_on)
    before = NOT_KNOWN if was is None else sentence(was)
    found = [
        Consequence("Contracted week", f"{before} → {sentence(minutes)} from {show_day(from_on)}"),
        Consequence(
            "Mean week of the training",
            f"{_minutes(facts.mean_weekly_minutes)} → {_minutes(after.mean_weekly_minutes)}",
        ),
    ]
    least = moving.minimum()
    if least is not None and least.rule.basis is Basis.PUBLISHED:
        says = (
            f"{_minutes(least.minutes)}; it does not depend on weekly hours (rule of the start:"
            f" {_small(least.rule.name)})"
        )
        found.append(Consequence("Minimum", says))
    else:
        found.append(_minimum_line(least, moving.minimum(after)))
    if facts.agreed_minutes is not None:
        says = f"{sentence(facts.agreed_minutes)} stay until the training plan is agreed anew"
        found.append(Consequence("Agreed hours", says))
    return (*found, _revision(moving, from_on))


def _minutes(minutes: int | None) -> str:
    return NOT_KNOWN if minutes is None else sentence(minutes)


def _minimum_line(before: Minimum | None, after: Minimum | None) -> Consequence:
    was = None if before is None else before.minutes
    will = None if after is None else after.minutes
    how = "" if after is None else f" ({_small(after.says)})"
    if was == will:
        return Consequence("Minimum", f"stays {_minutes(will)}{how}")
    return Consequence("Minimum", f"{_minutes(was)} → {_minutes(will)}{how}")


def of_provider(
    moving: Moving, on: date, before: str, after: str, planned_end_on: date | None = None
) -> tuple[Consequence, ...]:
    """Return what comes of another provider or contract; *before* and *after* name them."""
    done = moving.figures().logged_minutes
    return (
        Consequence("Provider", f"{before or NOT_KNOWN} → {after or NOT_KNOWN}"),
        Consequence("Hours", f"the {sentence(done)} logged so far stay and count on"),
        Consequence("Rules", "those of the original start stay"),
        Consequence(
            "Price",
            f"the months before {show_day(on)} stay with the contract of that time; the price that"
            " is recorded goes on, unless another is recorded for what is left",
        ),
        *_other_end(moving, planned_end_on),
        _revision(moving, on),
    )


def of_planned_end(moving: Moving, on: date, planned_end_on: date) -> tuple[Consequence, ...]:
    """Return what comes of training that is planned to end on another day, from *on* on."""
    course = replace(moving.course, training_planned_end_on=planned_end_on)
    after = moving.minimum(replace(moving.facts, course=course))
    says = (
        f"what was earned before {show_day(on)} stays as it is; what is left of the price is"
        f" spread over the months up to {show_day(planned_end_on)}"
    )
    return (
        *_other_end(moving, planned_end_on),
        _minimum_line(moving.minimum(), after),
        Consequence("Price", says),
        _revision(moving, on),
    )


def of_standard(
    moving: Moving,
    on: date,
    code: str,
    version: str,
    ksbs: tuple[tuple[Ksb, ...] | None, tuple[Ksb, ...] | None] = (None, None),
    planned_end_on: date | None = None,
    meanings: Sequence[Meaning] = (),
) -> tuple[Consequence, ...]:
    """Return what comes of another version or standard.

    *ksbs* are what the one before and the one after ask, None where the version is not loaded.
    *meanings* are the codes in use that would ask something else.
    """
    facts = moving.facts
    after = replace(facts, standard_code=code, standard_version=version)
    before = _named(facts.standard_code, facts.standard_version)
    found = [
        Consequence("Standard", f"{before} → {_named(code, version)}"),
        _minimum_line(moving.minimum(), moving.minimum(after)),
        *_ksb_lines(*ksbs),
        *_meaning_lines(meanings),
    ]
    if facts.agreed_minutes is not None:
        says = f"{sentence(facts.agreed_minutes)} stay until the training plan is agreed anew"
        found.append(Consequence("Agreed hours", says))
    return (*found, *_other_end(moving, planned_end_on), _revision(moving, on))


def _named(code: str, version: str) -> str:
    return f"{code} v{version}" if code and version else code or NOT_KNOWN


def _other_end(moving: Moving, planned_end_on: date | None) -> tuple[Consequence, ...]:
    if planned_end_on is None:
        return ()
    end = moving.course.training_planned_end_on
    was = NOT_KNOWN if end is None else show_day(end)
    course = replace(moving.course, training_planned_end_on=planned_end_on)
    stays, moved = moving.figures(), moving.figures(replace(moving.facts, course=course))
    return (
        Consequence("Planned end", f"{was} → {show_day(planned_end_on)}"),
        _needed(stays, moved, has_moved=True),
    )


_MOST_CODES = 12


def _ksb_lines(
    before: tuple[Ksb, ...] | None, after: tuple[Ksb, ...] | None
) -> tuple[Consequence, ...]:
    about = "Knowledge, skills and behaviours"
    if before is None or after is None:
        which = "before" if before is None else "after"
        if before is None and after is None:
            which = "before and the one after"
        says = f"the version {which} is not loaded, so what changes cannot be said"
        return (Consequence(about, says, is_warning=True),)
    was, will = {each.code: each.words for each in before}, {e.code: e.words for e in after}
    parts = [
        _codes("added", [code for code in will if code not in was]),
        _codes("dropped", [code for code in was if code not in will]),
        _codes(
            "worded anew", [c for c in will if c in was and _folded(was[c]) != _folded(will[c])]
        ),
    ]
    return (Consequence(about, "; ".join(part for part in parts if part) or "the same"),)


def _meaning_lines(meanings: Sequence[Meaning]) -> Iterator[Consequence]:
    for each in meanings[:_MOST_CODES]:
        yield Consequence(f"{each.code} in use", each.says.rstrip("."), is_warning=True)
    if rest := [each.code for each in meanings[_MOST_CODES:]]:
        says = f"{write(rest)} ask something else too, or are gone"
        yield Consequence("More in use", says, is_warning=True)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def _codes(what: str, codes: Iterable[str]) -> str:
    found = list(codes)
    return f"{len(found)} {what} ({write(found)})" if found else ""


# --- gateway and end ------------------------------------------------------------------------------


def of_gateway(moving: Moving, gateway: Gateway) -> tuple[Consequence, ...]:
    """Return what comes of passing the gateway with what is still open."""
    found = [
        Consequence(
            item.title,
            f"{item.state}: {_small(item.why)}",
            is_warning=True,
        )
        for item in gateway.open
    ]
    if not found:
        found = [Consequence("Checklist", "everything is met")]
    figures = moving.figures()
    found.append(
        Consequence(
            "Hours",
            f"{sentence(figures.logged_minutes)} of {_minutes(figures.required_minutes)} logged",
        )
    )
    found.append(Consequence("Next", f"{gateway.names.assessment}, by the"
                             f" {gateway.names.organisation}"))  # fmt: skip
    return tuple(found)


def of_back(moving: Moving, on: date) -> tuple[Consequence, ...]:
    """Return what comes of being back in training after the gateway."""
    end = moving.course.training_planned_end_on
    found = [Consequence("From then on", f"in training again, from {show_day(on)}")]
    if end is not None and end < on:
        says = f"{show_day(end)} is past: move it, or the plan asks for everything at once"
        found.append(Consequence("Planned end", says, is_warning=True))
    due = moving.review_due()
    if due is not None:
        found.append(Consequence("Next review", f"due by {show_day(due)}"))
    return tuple(found)


def of_completion(moving: Moving, on: date) -> tuple[Consequence, ...]:
    """Return what comes of completing on *on*."""
    return (*_hours_at_end(moving), *_duration_at_end(moving, on), _then_closed())


def of_withdrawal(moving: Moving, on: date) -> tuple[Consequence, ...]:
    """Return what comes of leaving early with *on* as the last day."""
    return (*_hours_at_end(moving), *_qualifying(moving, on), _then_closed())


def _hours_at_end(moving: Moving) -> tuple[Consequence, ...]:
    figures = moving.figures()
    required = figures.required_minutes
    done = figures.logged_minutes
    says = f"{sentence(done)} of {_minutes(required)} logged; the provider reports what was done"
    least = None if figures.minimum is None else figures.minimum.minutes
    is_short = required is not None and done < max(required, least or 0)
    return (Consequence("Hours", says, is_warning=is_short),)


def _duration_at_end(moving: Moving, on: date) -> tuple[Consequence, ...]:
    lasts = moving.lasts_until()
    if lasts is None:
        return (Consequence("Minimum duration", NOT_KNOWN),)
    if lasts <= on:
        return (Consequence("Minimum duration", f"over since {show_day(lasts)}"),)
    says = f"not over before {show_day(lasts)}"
    return (Consequence("Minimum duration", says, is_warning=True),)


def _qualifying(moving: Moving, on: date) -> tuple[Consequence, ...]:
    start, end = moving.course.training_started_on, moving.course.training_planned_end_on
    if start is None or on < start:
        return (Consequence("Early leaving", "training has not begun by then"),)
    number = (on - start).days + 1
    if end is None:
        says = f"day {number} of training; how many were planned is not known"
        return (Consequence("Early leaving", says),)
    rule = moving.programme.qualifying_days((end - start).days + 1)
    if rule is None:
        return (Consequence("Early leaving", f"day {number} of training"),)
    qualifies = number >= rule.days
    how = (
        "so the provider earns what falls due until then"
        if qualifies
        else ("so the provider earns nothing")
    )
    says = (
        f"day {number} of training; {counted(rule.days, 'day')} are the qualifying period, {how}"
        f" ({rule.source})"
    )
    return (Consequence("Early leaving", says),)


def _then_closed() -> Consequence:
    return Consequence(
        "From then on", "no review falls due any more and nothing more is planned; Undo takes it"
        " back",
    )  # fmt: skip
