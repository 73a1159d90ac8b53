"""The places of LOTI's first programme: which borough had them, for which role, filled when.

``resources/sample/first_programme.toml`` describes them.  Every choice of chance is seeded, so the
same description gives the same places.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from apprentice_desk import resources
from apprentice_desk.domain import off_the_job
from apprentice_desk.domain.apprenticeship import LIVE, Course, Outcome, Status, status_at
from apprentice_desk.domain.calendar import Period, Quarter, add_months
from apprentice_desk.domain.identifiers import new_code
from apprentice_desk.domain.reference import Borough
from apprentice_desk.domain.vocabulary import AgeBand, EmployeeType


@dataclass(frozen=True, slots=True)
class Role:
    """What an apprenticeship of one role is like everywhere; *standard* is "" if not known."""

    standard: str
    title: str
    level: int | None
    months: int
    price: Decimal
    family: str
    provider: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place: in which period it was pledged and filled, by their indexes, and by whom.

    *recruited_at* is None while nobody has been found, and then nothing about a person counts.
    """

    code: str
    role: Role
    pledged_at: int
    recruited_at: int | None
    started_on: date
    course: Course
    required_minutes: int
    employee_type: EmployeeType
    age_band: AgeBand
    pace: Decimal
    missed_review: int

    def status(self, day: date) -> Status:
        """Return the state on *day*."""
        return status_at(self.course, day)

    def minutes(self, as_at: date) -> tuple[int, int]:
        """Return the minutes planned and logged by *as_at*."""
        planned = off_the_job.planned_to_date(self.course, self.required_minutes, as_at) or 0
        return planned, int(planned * self.pace)

    def reviews(self, first: date, last: date) -> list[tuple[date, bool]]:
        """Return the reviews due between two days, and whether each was held: not one in six."""
        interval = timedelta(days=resources.review_rules().interval_days(last))
        found: list[tuple[date, bool]] = []
        number, due_on = 0, self.started_on + interval
        while due_on <= last:
            if due_on >= first and self.status(due_on) in LIVE:
                found.append((due_on, number % 6 != self.missed_review))
            number, due_on = number + 1, due_on + interval
        return found


@dataclass(frozen=True, slots=True)
class TakingPart:
    """A borough and its places, in the order in which they were pledged."""

    borough: Borough
    places: tuple[Place, ...]


def taking_part(described: Mapping[str, Any], quarters: Sequence[Quarter]) -> list[TakingPart]:
    """Return the boroughs of the description with their places."""
    roles = {entry["name"]: _role(entry) for entry in described["role"]}
    named = {borough.name: borough for borough in resources.boroughs()}
    turn = count(1)
    return [
        TakingPart(
            named[entry["name"]],
            tuple(_places(described, quarters, named[entry["name"]], entry, roles, turn)),
        )
        for entry in described["borough"]
    ]


def _role(entry: Mapping[str, Any]) -> Role:
    code = entry.get("standard", "")
    if not code:
        return Role(
            "", entry["title"], entry["level"], entry["months"], Decimal(entry["price"]),
            entry["role_family"], entry["provider"],
        )  # fmt: skip
    listed = next(one for one in resources.standards_list().standards if one.code == code)
    assert listed.typical_months is not None  # no standard is named that lacks either
    assert listed.max_funding is not None
    return Role(
        code, listed.title, listed.level, listed.typical_months, listed.max_funding,
        resources.digital_standards().role_families[code], entry["provider"],
    )  # fmt: skip


def _places(
    described: Mapping[str, Any],
    quarters: Sequence[Quarter],
    borough: Borough,
    entry: Mapping[str, Any],
    roles: Mapping[str, Role],
    turn: Iterator[int],
) -> Iterator[Place]:
    chance = random.Random(f"{described['seed']} {borough.code}")  # noqa: S311 - a sample
    rules, weekly_minutes = resources.hours_rules(), described["weekly_hours"] * 60
    pause, leaving = described["break"], described["leaving"]
    for number, name in enumerate(entry["places"]):
        role = roles[name]
        pledged_at = _first_above(entry["pledged"], number)
        recruited_at = _first_above(entry["recruited"], number)
        assert pledged_at is not None  # a borough has as many places as it pledged
        code = new_code(borough.letters, chance)
        quarter = quarters[pledged_at if recruited_at is None else recruited_at]
        started_on = add_months(quarter.first, chance.choice((0, 1, 1, 2, 3)))
        training_end_on = add_months(started_on, role.months) - timedelta(days=1)
        counted = next(turn)
        has_paused = counted % pause["one_in"] == 0 and started_on < pause["first_on"]
        has_left = counted % leaving["one_in"] == 0 and started_on < leaving["on"]
        least = off_the_job.minimum(
            rules, started_on, training_end_on, weekly_minutes, role.standard, None
        )
        assert least.minutes is not None  # the rule of those years needs nothing else
        yield Place(
            code=code,
            role=role,
            pledged_at=pledged_at,
            recruited_at=recruited_at,
            started_on=started_on,
            course=Course(
                training_started_on=started_on,
                training_planned_end_on=training_end_on,
                apprenticeship_planned_end_on=add_months(training_end_on, 3),
                ended_on=leaving["on"] if has_left else None,
                outcome=Outcome.WITHDRAWN if has_left else None,
                breaks=(Period(pause["first_on"], pause["last_on"]),) if has_paused else (),
            ),
            required_minutes=least.minutes,
            employee_type=chance.choice((*[EmployeeType.NEW] * 3, EmployeeType.EXISTING)),
            age_band=chance.choice((AgeBand.UNDER_19, *[AgeBand.TO_24] * 2, AgeBand.FROM_25)),
            pace=Decimal(chance.randrange(70, 108)) / 100,
            missed_review=chance.randrange(6),
        )


def _first_above(running: Sequence[int], number: int) -> int | None:
    """Return the index of the first of rising totals that is more than *number*."""
    return next((at for at, total in enumerate(running) if total > number), None)
