"""What ending a contract would mean: its last day, who needs another provider, and the money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from apprentice_desk.domain.apprenticeship import Course, break_at, status_at
from apprentice_desk.domain.calendar import BankHolidays
from apprentice_desk.domain.contract_money import NOTHING, total
from apprentice_desk.domain.contract_sums import Spending
from apprentice_desk.domain.contract_terms import Ending, Term, ending


class EndingKind(StrEnum):
    """How a contract comes to its end."""

    NOTICE = "by notice, for no failing"
    BREACH = "for a failing of the provider"
    LAW = "where procurement law gives the right"
    RUNS_OUT = "at its natural end"


class ApprenticesAfter(StrEnum):
    """What becomes of those who have not finished when a contract ends."""

    MOVE = "they move to another provider"
    STAY = "you train them to the end"


@dataclass(frozen=True, slots=True)
class OnIt:
    """Somebody who is on the contract, and what they cost under it."""

    id: UUID
    name: str
    standard: str
    spending: Spending


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody who would not have finished by the last day.

    *planned_end_on* is the end with assessment where it is known, else that of the training;
    *due_after* what of the price would have been due after the last day.  None is not known.
    *why* says what stands against the planned end: it is past, or a break goes on.
    """

    id: UUID
    name: str
    standard: str
    planned_end_on: date | None
    due_after: Decimal | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class IfEnded:
    """What comes of giving notice: *committed* is what is still to be paid up to the last day.

    It is below £0 where more was paid than will be due.  *due_by*, *due_after* and *never_due*
    together are the prices of those for whom it is known; *unknown* is for how many it is not.
    What is due at a completion that is still to come counts on the planned end; after the last
    day where that is past or a break goes on.
    """

    ending: Ending
    affected: tuple[Affected, ...]
    due_by: Decimal
    due_after: Decimal
    never_due: Decimal
    paid: Decimal
    unknown: int

    @property
    def committed(self) -> Decimal:
        """What is still to be paid up to the last day."""
        return self.due_by - self.paid


def if_ended(
    term: Term,
    given_on: date,
    holidays: BankHolidays,
    people: Iterable[OnIt],
    paid_otherwise: Decimal = NOTHING,
) -> IfEnded | None:
    """Return what comes of giving notice on *given_on*.

    *paid_otherwise* was paid for none of *people*.  None where end or notice period are not known
    or the contract is over by then.  Raises Problem where bank holidays are not known.
    """
    found = ending(term, given_on, holidays)
    if found is None:
        return None
    all_ = tuple(people)
    known = tuple(each.spending for each in all_ if each.spending.due is not None)
    return IfEnded(
        ending=found,
        affected=tuple(
            Affected(
                each.id,
                each.name,
                each.standard,
                _end_of(each.spending.agreed.course),
                None if each.spending.due is None else _due_after(each.spending, found.last_on),
                _held_up(each.spending),
            )
            for each in all_
            if _is_affected(each.spending, found)
        ),
        due_by=total(_due_by(each, found.last_on) for each in known),
        due_after=total(_due_after(each, found.last_on) for each in known),
        never_due=total(each.schedule.never_due for each in known),
        paid=total(each.paid for each in known) + paid_otherwise,
        unknown=len(all_) - len(known),
    )


def _end_of(course: Course) -> date | None:
    return course.apprenticeship_planned_end_on or course.training_planned_end_on


def _held_up(spending: Spending) -> str:
    """Why nobody can count on the planned end; "" where one can."""
    course = spending.agreed.course
    if course.ended_on is not None:
        return ""
    pause, end = break_at(course, spending.on), _end_of(course)
    if pause is not None and pause.last is None:
        return "on a break"
    return "the planned end is past" if end is not None and end < spending.on else ""


def _expected_end(spending: Spending) -> date | None:
    """The day on which somebody ends, as far as it can be counted on."""
    course = spending.agreed.course
    return course.ended_on or (None if _held_up(spending) else _end_of(course))


def _is_affected(spending: Spending, found: Ending) -> bool:
    if spending.agreed.has_left or status_at(spending.agreed.course, found.given_on).is_ended:
        return False
    end = _expected_end(spending)
    return end is None or end > found.last_on


def _due_by(spending: Spending, last_on: date) -> Decimal:
    """What is due up to a day; at completion is taken to be on the planned end, while it is not."""
    end = _expected_end(spending)
    return total(
        each.amount
        for each in spending.schedule.steps
        if (due_on := each.due_on or end) is not None and due_on <= last_on
    )


def _due_after(spending: Spending, last_on: date) -> Decimal:
    """The rest of what will be due."""
    return total(each.amount for each in spending.schedule.steps) - _due_by(spending, last_on)
