"""When the price of an apprentice is due, and what of it belongs to which contract.

A price is paid by a profile (domain.funding): a share of it in equal months of training, the rest
at completion.  A month is due on its last day, if the apprentice is in training then.  What is
earned stays earned: whenever training is planned anew (at the return from a break, with another
planned end, with another provider) what is left is spread over the months that are left.  Once
somebody has left nothing more is due; once somebody completes, all the rest is.  All amounts are
exact: the months take whole pence, and the last month what is left over.

A break of which nobody recorded what was planned before its return is taken to be in the plan from
the start: its months are left out, and all others cost the same.

What is not known stays unknown: a price, a start or an end that is missing is said, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from apprentice_desk.domain.apprenticeship import Course, Outcome
from apprentice_desk.domain.calendar import Period, add_months
from apprentice_desk.domain.funding import FundingRules
from apprentice_desk.domain.money import from_pence, round_pounds, to_pence
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import PaymentKind

NOTHING = Decimal("0.00")
NOT_SAID = (
    "Since a change the price is another: nobody has said whether it is for the whole training or"
    " for what was left of it."
)
_DAY = timedelta(days=1)


class PriceFrom(StrEnum):
    """Where a price comes from."""

    AGREED = "agreed for the apprentice"
    PARTS = "training and assessment, agreed for the apprentice"
    CONTRACT = "the contract's price for the standard"
    NOWHERE = "no price is recorded"


class PriceFor(StrEnum):
    """What a price that was typed after a change of provider or standard is for."""

    WHOLE = "the whole, as agreed before the change"
    REST = "what was left at the change"


@dataclass(frozen=True, slots=True)
class Stay:
    """The part of an apprenticeship from one change of provider or standard to the next.

    *first_on* is None from the start on.  *is_rest* marks a price that was agreed before and goes
    on: what is left of it belongs to this part.  *is_unsaid* says that the price is another than
    before and nobody said whether it is for the whole or for what was left.  *is_here* says that
    the part belongs to the contract in question, *is_left* that another provider trains after it.
    """

    first_on: date | None = None
    price: Decimal | None = None
    price_from: PriceFrom = PriceFrom.NOWHERE
    is_rest: bool = False
    is_here: bool = True
    is_left: bool = False
    is_unsaid: bool = False


@dataclass(frozen=True, slots=True)
class EndBefore:
    """That training was planned to end on *end_on* until it was planned anew on *until*.

    At the return from a break it stands there even where the end stayed as it was.
    """

    until: date
    end_on: date


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed for one apprenticeship, and the dates that decide when it is due.

    *employer_percent* is the employer's share of what lies within the funding band; None where
    nobody has said.  *original_start_on* chooses the rules where training began elsewhere, and
    *standard_code* does where a kind of training is paid otherwise.  *stays* are its parts, in
    order, where provider or standard changed; *ends_before* the ends planned before, in order.
    """

    course: Course
    price: Decimal | None = None
    price_from: PriceFrom = PriceFrom.NOWHERE
    band_maximum: Decimal | None = None
    employer_percent: int | None = None
    original_start_on: date | None = None
    standard_code: str = ""
    stays: tuple[Stay, ...] = ()
    ends_before: tuple[EndBefore, ...] = ()

    @property
    def above_band(self) -> Decimal | None:
        """What of the price the funding band does not cover, the employer's alone."""
        if self.price is None or self.band_maximum is None:
            return None
        return max(self.price - self.band_maximum, NOTHING)

    @property
    def has_left(self) -> bool:
        """Whether the apprenticeship goes on under another contract, or under none."""
        return bool(self.stays) and not self.stays[-1].is_here

    @property
    def here_until(self) -> date | None:
        """The last day under this contract, where the apprenticeship went on elsewhere."""
        if not self.has_left:
            return None
        last = max(place for place, each in enumerate(self.stays) if each.is_here)
        after = self.stays[last + 1].first_on
        return None if after is None else after - _DAY


@dataclass(frozen=True, slots=True)
class Step:
    """One amount of a price and the day on which it is due; None while that is not known.

    *above_band* is the part of it that lies above the funding band.
    """

    kind: PaymentKind
    due_on: date | None
    amount: Decimal
    above_band: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a price is due; *says* is why that is not known, and then there are no steps.

    *never_due* is what of the price will not be due any more; *above_band_never_due* what of that
    lies above the funding band.  Steps and *never_due* together are the price.  *band_unknown* is
    what of the price may lie within the band or above it: nobody can say.
    """

    steps: tuple[Step, ...] = ()
    never_due: Decimal = NOTHING
    above_band_never_due: Decimal = NOTHING
    band_unknown: Decimal = NOTHING
    months: int = 0
    months_gone: int = 0
    says: str = ""

    @property
    def price(self) -> Decimal | None:
        """The price, or the part of it that is the contract's; None where that is not known."""
        if self.says:
            return None
        return total(step.amount for step in self.steps) + self.never_due

    @property
    def above_band(self) -> Decimal:
        """What of the price is known to lie above the funding band."""
        return total(step.above_band for step in self.steps) + self.above_band_never_due

    def due_by(self, day: date) -> Decimal:
        """What is due up to *day*."""
        return total(step.amount for step in self._until(day))

    def above_band_due_by(self, day: date) -> Decimal:
        """What of it lies above the funding band."""
        return total(step.above_band for step in self._until(day))

    def _until(self, day: date) -> Iterable[Step]:
        return (step for step in self.steps if step.due_on is not None and step.due_on <= day)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum, £0 of nothing."""
    return sum(amounts, NOTHING)


def equal_parts(amount: Decimal, count: int) -> tuple[Decimal, ...]:
    """Return *count* equal parts in whole pence; the last one has what is left over."""
    pence = to_pence(amount)
    each = pence // count
    return (*(from_pence(each),) * (count - 1), from_pence(pence - each * (count - 1)))


# --- when a price is due --------------------------------------------------------------------------


def schedule(agreed: Agreed, rules: FundingRules, on: date) -> Schedule:
    """Return when a price is due; *on* says only how many months are gone.

    Of an apprenticeship that changed contracts it is what belongs to the one in question.
    """
    says = _not_known(agreed, rules)
    plan = _Plan.of(agreed)
    if says or plan is None:
        return Schedule(says=says)
    profile = rules.profile_for(agreed.original_start_on or plan.start, agreed.standard_code)
    stays = agreed.stays or (Stay(None, agreed.price, agreed.price_from),)
    purse = _Purse()
    parts = []
    for place, stay in enumerate(stays):
        following = stays[place + 1] if place + 1 < len(stays) else None
        if not stay.is_rest:
            band = agreed.band_maximum if place == 0 else None
            purse = _Purse.filled(stay.price or NOTHING, band, profile.training_share)
        before = None if following is None else following.first_on
        months = _months(stay.first_on or plan.start, before, plan, purse)
        part = (
            _last_part(months, purse, plan, rules, on)
            if following is None
            else _earlier_part(months, purse, plan, rules, stay, following, on)
        )
        purse = purse.without(part.steps)
        if stay.is_here:
            parts.append(part)
    return Schedule(
        steps=tuple(step for part in parts for step in part.steps),
        never_due=total(part.never_due for part in parts),
        above_band_never_due=total(part.above_band_never_due for part in parts),
        band_unknown=total(part.band_unknown for part in parts),
        months=sum(part.months for part in parts),
        months_gone=sum(part.months_gone for part in parts),
    )


def _not_known(agreed: Agreed, rules: FundingRules) -> str:
    """Why nobody can say when a price is due; "" where one can."""
    course = agreed.course
    says = _price_not_known(agreed)
    if says:
        return says
    if course.training_started_on is None:
        return "The start of training is not known."
    if course.training_planned_end_on is None:
        return "The planned end of training is not known."
    if course.outcome is not None and course.ended_on is None:
        return f"The day is not known on which it was {course.outcome}."
    try:
        rules.profile_for(
            agreed.original_start_on or course.training_started_on, agreed.standard_code
        )
    except Problem as problem:
        return problem.what
    return ""


def _price_not_known(agreed: Agreed) -> str:
    """Why nobody can say what is agreed with the contract; "" where one can."""
    if not agreed.stays:
        return "No price is recorded." if agreed.price is None else ""
    known = False
    for place, stay in enumerate(agreed.stays):
        if not stay.is_rest:
            known = stay.price is not None
        if stay.is_here and stay.is_unsaid:
            return NOT_SAID
        if stay.is_here and not known:
            if place == 0:
                return "No price is recorded of the time before the change."
            return "What was agreed for the rest of the training at the change is not recorded."
    return ""


@dataclass(frozen=True, slots=True)
class _Purse:
    """What of a price is still to be spread over months, within the band and above it."""

    within: Decimal = NOTHING
    above: Decimal = NOTHING
    within_at_completion: Decimal = NOTHING
    above_at_completion: Decimal = NOTHING
    is_band_known: bool = True

    @classmethod
    def filled(cls, price: Decimal, band: Decimal | None, share: Fraction) -> _Purse:
        """What lies above the band is spread as the rest is, so that each month has its part."""
        above = NOTHING if band is None else max(price - band, NOTHING)
        within = price - above
        months, months_above = _share_of(within, share), _share_of(above, share)
        return cls(months, months_above, within - months, above - months_above, band is not None)

    @property
    def completion(self) -> Decimal:
        """What is due at completion."""
        return self.within_at_completion + self.above_at_completion

    def without(self, steps: Iterable[Step]) -> _Purse:
        """Return what is left when the months among *steps* are paid out of it."""
        months = [step for step in steps if step.kind is PaymentKind.TRAINING]
        above = total(step.above_band for step in months)
        within = total(step.amount for step in months) - above
        return replace(self, within=self.within - within, above=self.above - above)


def _share_of(amount: Decimal, share: Fraction) -> Decimal:
    return round_pounds(amount * share.numerator / share.denominator)


def unrecorded_breaks(agreed: Agreed) -> tuple[Period, ...]:
    """Return the breaks of which nobody recorded what was planned until the return."""
    return tuple(
        pause for pause in agreed.course.breaks if _is_unrecorded(pause, agreed.ends_before)
    )


def _is_unrecorded(pause: Period, before: Sequence[EndBefore]) -> bool:
    last = pause.last
    return last is not None and not any(each.until == last + _DAY for each in before)


@dataclass(frozen=True, slots=True)
class _Plan:
    """From when to when training was planned, as it was planned at each time."""

    start: date
    end: date
    before: tuple[EndBefore, ...]
    course: Course

    @classmethod
    def of(cls, agreed: Agreed) -> _Plan | None:
        course = agreed.course
        start, end = course.training_started_on, course.training_planned_end_on
        if start is None or end is None:
            return None
        return cls(start, end, agreed.ends_before, course)

    def end_on(self, day: date) -> date:
        """The end that was planned on a day."""
        return next((each.end_on for each in self.before if day < each.until), self.end)

    def pause_at(self, day: date) -> Period | None:
        """The break that holds a day and that the plan knew nothing of: the longest one."""
        found = [pause for pause in self.course.breaks if day in pause and not self.knew(pause)]
        return max(found, key=lambda each: each.last or date.max, default=None)

    def knew(self, pause: Period) -> bool:
        """Whether the planned end is taken to reckon with a break."""
        return _is_unrecorded(pause, self.before)

    def months(self, first: date, last: date) -> tuple[date, ...]:
        """The last days of the months that are planned from *first* to *last*; else *last*."""
        known = [pause for pause in self.course.breaks if self.knew(pause)]
        days = (day for day in _month_ends(first, last) if not any(day in each for each in known))
        return tuple(days) or (last,)

    def turns(self, first: date, before: date | None) -> tuple[date, ...]:
        """The days on which training is planned anew: *first*, another end, a return."""
        days = (each.until for each in self.before)
        return (first, *(day for day in days if first < day and (before is None or day < before)))


def _last_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - _DAY


def _month_ends(first: date, last: date) -> Iterator[date]:
    """The last days of months from *first* to *last*."""
    day = _last_of_month(first)
    while day <= last:
        yield day
        day = _last_of_month(day + _DAY)


def _months(first: date, before: date | None, plan: _Plan, purse: _Purse) -> tuple[Step, ...]:
    """The months from *first* to the day before *before*, or all.

    Of those that go on into a break without an end, or for which nobody has planned days yet,
    the day is not known.
    """
    found: list[Step] = []
    turns = plan.turns(first, before)
    for turn, following in zip(turns, (*turns[1:], before), strict=True):
        pause = plan.pause_at(turn)
        if pause is not None and pause.last is not None:
            continue  # planned anew at the return
        left, end = purse.without(found), plan.end_on(turn)
        if end < turn:
            if following is None and (left.within or left.above):
                found.append(_month(None, left.within, left.above))
            continue
        days = plan.months(turn, end)
        parts = zip(
            days, equal_parts(left.within, len(days)), equal_parts(left.above, len(days)),
            strict=True,
        )  # fmt: skip
        for day, within, above in parts:
            if following is not None and day >= following:
                break
            if plan.pause_at(day) is None:
                found.append(_month(day, within, above))
            elif following is None:
                found.append(_month(None, within, above))
    return tuple(found)


def _month(day: date | None, within: Decimal, above: Decimal) -> Step:
    return Step(PaymentKind.TRAINING, day, within + above, above)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is due of one stay, and what never will be."""

    steps: tuple[Step, ...]
    never_due: Decimal
    above_band_never_due: Decimal
    band_unknown: Decimal
    months: int
    months_gone: int


def _earlier_part(
    months: Sequence[Step],
    purse: _Purse,
    plan: _Plan,
    rules: FundingRules,
    stay: Stay,
    following: Stay,
    on: date,
) -> _Part:
    """What is due of a stay that another followed; nothing of what is left unless it goes on."""
    kept = _kept(months, plan.course.ended_on)
    assert following.first_on is not None  # only the first stay has none
    if stay.is_left and not _qualifies(plan, following.first_on - _DAY, rules):
        kept = ()
    left = replace(_EMPTY, is_band_known=purse.is_band_known)
    return _part(kept, left if following.is_rest else purse.without(kept), len(kept), kept, on)


def _last_part(
    months: tuple[Step, ...], purse: _Purse, plan: _Plan, rules: FundingRules, on: date
) -> _Part:
    """What is due of the stay that goes on or in which the apprenticeship ended."""
    ended_on = plan.course.ended_on
    completion = Step(PaymentKind.COMPLETION, ended_on, purse.completion, purse.above_at_completion)
    nothing = replace(_EMPTY, is_band_known=purse.is_band_known)
    kept = _kept(months, ended_on)
    if ended_on is None:
        return _part((*months, completion), nothing, len(months), kept, on)
    if plan.course.outcome is Outcome.COMPLETED:
        left = purse.without(kept)
        balance = (_month(ended_on, left.within, left.above),) if len(months) > len(kept) else ()
        return _part((*kept, *balance, completion), nothing, len(months), kept, on)
    earned = kept if _qualifies(plan, ended_on, rules) else ()
    return _part(earned, purse.without(earned), len(months), kept, on)


def _part(
    steps: tuple[Step, ...], left: _Purse, planned: int, gone: Sequence[Step], on: date
) -> _Part:
    never_due = left.within + left.above + left.completion
    whole = total(step.amount for step in steps) + never_due
    return _Part(
        steps,
        never_due,
        left.above + left.above_at_completion,
        NOTHING if left.is_band_known else whole,
        planned,
        sum(step.due_on is not None and step.due_on <= on for step in gone),
    )


_EMPTY = _Purse()


def _kept(months: Sequence[Step], ended_on: date | None) -> tuple[Step, ...]:
    """The months that were earned by the end, or that have a day while there is none."""
    return tuple(
        each for each in months if each.due_on and (ended_on is None or each.due_on <= ended_on)
    )


def _qualifies(plan: _Plan, left_on: date, rules: FundingRules) -> bool:
    """Whether somebody who left stayed long enough for the provider to have earned anything."""
    planned = (plan.end_on(plan.start) - plan.start).days + 1
    rule = rules.programme.qualifying_days(planned)
    return rule is None or (left_on - plan.start).days + 1 >= rule.days
