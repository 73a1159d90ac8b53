"""The case for a piece of work, in the headings of LOTI's outcomes planner."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.outcomes import CaseDetails, StepDetails, check_case, check_step
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.base import Kept, check_lengths, refuse, refuse_changed

LONGEST_TEXT = 4000


class OutcomesCase(Kept):
    """One case, heading by heading."""

    __tablename__ = "outcomes_case"

    title: Mapped[str] = mapped_column(String(200))
    desired_outcome: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    problems_technology: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    problems_people: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    solutions_technology: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    solutions_people: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_loti: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_lead: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_boroughs: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    done_by_others: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    mandate: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    evaluation: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")


class CaseStep(Kept):
    """One step of a case's plan."""

    __tablename__ = "case_step"
    case_id: Mapped[UUID] = mapped_column(
        ForeignKey("outcomes_case.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(500))
    week_of: Mapped[date | None]
    """The Monday of the week that it is planned for; None is still to be settled."""
    done_on: Mapped[date | None]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a plan as lists show it."""

    id: UUID
    number: int
    details: StepDetails


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with its plan."""

    id: UUID
    details: CaseDetails
    steps: tuple[StepRow, ...]
    changed_in: int


_CASE = CaseDetails.__match_args__
_STEP = StepDetails.__match_args__


def check(details: CaseDetails) -> list[Finding]:
    """Return what is wrong with a case."""
    return check_case(details) + check_lengths(details, OutcomesCase)


def check_plan_step(details: StepDetails, today: date) -> list[Finding]:
    """Return what is wrong with a step of a plan."""
    return check_step(details, today) + check_lengths(details, CaseStep)


def begin_case(session: Session, details: CaseDetails) -> UUID:
    """Begin a case and return its key; raises Problem for what ``check`` finds."""
    refuse(check(details))
    case = OutcomesCase(**_tidy(details))
    session.add(case)
    session.flush()
    return case.id


def correct_case(
    session: Session, case_id: UUID, details: CaseDetails, changed_in: int | None = None
) -> None:
    """Replace what a case says; its plan stays.

    Raises Conflict when it is gone or changed since the change *changed_in*, Problem for what
    ``check`` finds.
    """
    case = _case(session, case_id, details)
    refuse_changed(case, changed_in, details, _details(case))
    refuse(check(details))
    for name, value in _tidy(details).items():
        setattr(case, name, value)


def remove_case(session: Session, case_id: UUID) -> None:
    """Remove a case with its plan; raises Conflict when it is gone."""
    case = _case(session, case_id)
    for step in _steps(session, case_id):
        session.delete(step)
    session.flush()
    session.delete(case)
    session.flush()


def add_step(session: Session, case_id: UUID, details: StepDetails, today: date) -> UUID:
    """Add a step at the end of a case's plan and return its key.

    Raises Conflict when the case is gone, Problem for what ``check_plan_step`` finds.
    """
    _case(session, case_id, details)
    refuse(check_plan_step(details, today))
    last = session.scalar(select(func.max(CaseStep.number)).where(CaseStep.case_id == case_id))
    step = CaseStep(case_id=case_id, number=(last or 0) + 1, **_tidy(details))
    session.add(step)
    session.flush()
    return step.id


def correct_step(session: Session, step_id: UUID, details: StepDetails, today: date) -> None:
    """Replace a step's details.

    Raises Conflict when it is gone, Problem for what ``check_plan_step`` finds.
    """
    step = _step(session, step_id, details)
    refuse(check_plan_step(details, today))
    for name, value in _tidy(details).items():
        setattr(step, name, value)


def move_step(session: Session, step_id: UUID, by: int) -> bool:
    """Move a step up (-1) or down (1) in its plan; return whether there was room.

    Raises Conflict when it is gone.
    """
    step = _step(session, step_id)
    steps = _steps(session, step.case_id)
    at = steps.index(step)
    if not 0 <= at + by < len(steps):
        return False
    other = steps[at + by]
    step.number, other.number = other.number, step.number
    session.flush()
    return True


def remove_step(session: Session, step_id: UUID) -> None:
    """Remove a step; raises Conflict when it is gone."""
    session.delete(_step(session, step_id))
    session.flush()


def case_rows(session: Session) -> tuple[CaseRow, ...]:
    """Return the cases with their plans, by title."""
    found = session.scalars(
        select(OutcomesCase).order_by(func.lower(OutcomesCase.title), OutcomesCase.id)
    )
    return tuple(
        CaseRow(
            case.id,
            _details(case),
            tuple(
                StepRow(
                    step.id,
                    step.number,
                    StepDetails(**{name: getattr(step, name) for name in _STEP}),
                )
                for step in _steps(session, case.id)
            ),
            case.changed_in,
        )
        for case in found
    )


def _tidy(details: CaseDetails | StepDetails) -> dict[str, object]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(details).items()
    }


def _details(case: OutcomesCase) -> CaseDetails:
    return CaseDetails(**{name: getattr(case, name) for name in _CASE})


def _steps(session: Session, case_id: UUID) -> list[CaseStep]:
    found = (
        select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.number, CaseStep.id)
    )
    return list(session.scalars(found))


def _case(session: Session, case_id: UUID, mine: object | None = None) -> OutcomesCase:
    found = session.get(OutcomesCase, case_id)
    if found is None:
        raise Conflict("This case was removed meanwhile.", "Close the form.", mine=mine)
    return found


def _step(session: Session, step_id: UUID, mine: object | None = None) -> CaseStep:
    found = session.get(CaseStep, step_id)
    if found is None:
        raise Conflict("This step was removed meanwhile.", "Close the form.", mine=mine)
    return found
