"""Future coverage: when each KSB of a standard is first touched, and what comes too late.

An entry of hours touches the codes that it names on its day; an activity on its first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.ksb_codes import codes_in, write
from apprentice_desk.domain.planning import ActivityStatus, PlanActivityRow
from apprentice_desk.domain.quick_ksbs import code_order
from apprentice_desk.domain.standards import Ksb

GATEWAY = "gateway"
PLANNED_END = "planned end of training"


class Reach(StrEnum):
    """When a KSB is first touched."""

    TOUCHED = "touched already"
    PLANNED = "planned in time"
    LATE = "planned too late"
    NO_DAY = "planned without a day"
    NOTHING = "not planned"


@dataclass(frozen=True, slots=True)
class Before:
    """The day by which every KSB should be touched, and what that day is called."""

    on: date
    called: str = GATEWAY


@dataclass(frozen=True, slots=True)
class KsbCover:
    """One KSB: how it is reached, on which day first, and by what.

    *by* is the title of the activity, "" for an entry of hours.
    """

    code: str
    words: str
    reach: Reach
    on: date | None = None
    by: str = ""
    before: Before | None = None

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return self.code

    @property
    def says(self) -> str:
        """When it is first touched, in a sentence."""
        if self.reach is Reach.NOTHING:
            return f"No activity touches {self.code}."
        if self.on is None:
            return f"{self.code} is touched by {self.by} alone, which has no day yet."
        if self.reach is Reach.LATE and self.before is not None:
            return (
                f"{self.code} is first touched after the {self.before.called}"
                f" ({show_day(self.on)}, {self.before.called} {show_day(self.before.on)})."
            )
        if self.reach is Reach.PLANNED:
            return f"{self.code} is first touched on {show_day(self.on)}, by {self.by}."
        by = self.by or "an entry of hours"
        return f"{self.code} was first touched on {show_day(self.on)}, by {by}."


def day_before(
    gateway_passed_on: date | None, gateway_planned_on: date | None, ends_on: date | None
) -> Before | None:
    """Return by when every KSB should be touched: the gateway, else the planned end of training."""
    gateway = gateway_passed_on or gateway_planned_on
    if gateway is not None:
        return Before(gateway)
    return None if ends_on is None else Before(ends_on, PLANNED_END)


def coverage(
    ksbs: Sequence[Ksb],
    activities: Iterable[PlanActivityRow],
    logged: Iterable[tuple[date, str]],
    before: Before | None,
    today: date,
) -> tuple[KsbCover, ...]:
    """Return for each of *ksbs*, in their order, when it is first touched.

    *logged* are the days of entries with the codes as they were written.  A planned activity whose
    day has passed touches nothing before *today*; dropped ones touch nothing.  Without *ksbs* (the
    version of the standard is not loaded) the codes that are named anywhere are told about.
    """
    touched: dict[str, tuple[date, str, bool]] = {}
    undated: dict[str, str] = {}
    for day, text in logged:
        for code in codes_in(text):
            _note(touched, code, (day, "", True))
    for each in activities:
        if each.is_dropped:
            continue
        day_, has_happened = _touches(each, today)
        for code in codes_in(each.ksbs):
            if day_ is None:
                undated.setdefault(code, each.title)
            else:
                _note(touched, code, (day_, each.title, has_happened))
    wanted = list(ksbs) or [Ksb(code, "") for code in sorted({*touched, *undated}, key=code_order)]
    return tuple(_cover(ksb, touched.get(ksb.code), undated, before) for ksb in wanted)


def _note(
    touched: dict[str, tuple[date, str, bool]], code: str, found: tuple[date, str, bool]
) -> None:
    known = touched.get(code)
    # What has happened comes before what is only planned for the same day.
    if known is None or (found[0], not found[2]) < (known[0], not known[2]):
        touched[code] = found


def _touches(activity: PlanActivityRow, today: date) -> tuple[date | None, bool]:
    """The first day on which an activity touches its codes, and whether it has done so."""
    first = activity.first_on
    if activity.status is ActivityStatus.DONE:
        days = [day for day in (first, activity.done_on) if day is not None]
        return min(days, default=None), True
    if activity.status is ActivityStatus.UNDER_WAY:
        return min(first or today, today), True
    return None if first is None else max(first, today), False


def _cover(
    ksb: Ksb,
    found: tuple[date, str, bool] | None,
    undated: dict[str, str],
    before: Before | None,
) -> KsbCover:
    if found is None:
        by = undated.get(ksb.code, "")
        reach = Reach.NO_DAY if by else Reach.NOTHING
        return KsbCover(ksb.code, ksb.words, reach, by=by, before=before)
    day, by, has_happened = found
    if before is not None and day > before.on:
        reach = Reach.LATE
    else:
        reach = Reach.TOUCHED if has_happened else Reach.PLANNED
    return KsbCover(ksb.code, ksb.words, reach, day, by, before)


def warnings(covers: Iterable[KsbCover]) -> tuple[str, ...]:
    """Return the sentences on what is late, has no day, or is not planned, in that order.

    Codes that nothing touches share one sentence.
    """
    every = tuple(covers)
    says = [each.says for each in every if each.reach is Reach.LATE]
    says += [each.says for each in every if each.reach is Reach.NO_DAY]
    none = [each.code for each in every if each.reach is Reach.NOTHING]
    if none:
        says.append(f"No activity touches {write(none)}.")
    return tuple(says)
