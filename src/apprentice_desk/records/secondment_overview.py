"""Secondments as their page shows them: one row each for board, table and calendar, and one whole.

Only reads are here; what changes a secondment is in ``secondments`` and ``secondment_moves``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.domain.calendar import Period
from apprentice_desk.domain.people import called
from apprentice_desk.domain.placement_clashes import Clash, ClashRules
from apprentice_desk.domain.placement_days import last_day, stay
from apprentice_desk.domain.secondment_care import Care
from apprentice_desk.domain.secondment_moves import BECOMES, Move, possible
from apprentice_desk.domain.vocabulary import SecondmentKind, SecondmentStatus
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.secondment_care import care_of
from apprentice_desk.records.secondment_clashes import clashes_of
from apprentice_desk.records.secondment_moves import MoveRow, move_rows
from apprentice_desk.records.secondments import Secondment, SecondmentDetails, SecondmentMove

MADE_OF = ("secondment", "secondment_move", "apprentice", "apprenticeship")
"""The tables that a row is made of."""

_NAMES = tuple(SecondmentDetails.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class SecondmentLine:
    """One secondment, shadowing or visit in a list."""

    id: UUID
    code: str
    details: SecondmentDetails = field(repr=False)
    name: str = ""
    """The apprentice's; blank for an offer, and while nobody is named."""
    apprentice_code: str = ""
    apprenticeship_number: int | None = None
    line_manager: str = ""
    matched_code: str = ""
    reason: str = ""
    moved_on: date | None = None
    """The day of its last move."""

    @property
    def is_offer(self) -> bool:
        """Whether it is a place that is offered here."""
        return self.details.kind is SecondmentKind.OFFER

    @property
    def days(self) -> Period | None:
        """Return its days: as it went or was agreed, else as it would be from its earliest start.

        None while no start is known.
        """
        found = stay(self.details)
        first = self.details.earliest_start_on
        if found is not None or first is None:
            return found
        return Period(first, last_day(first, self.details.weeks, self.details.days))

    @property
    def is_fixed(self) -> bool:
        """Whether its days stand: agreed, or begun."""
        return stay(self.details) is not None

    @property
    def moves(self) -> tuple[Move, ...]:
        """What can be done with it next, the usual way on first."""
        return possible(self.details.form, self.details.status)


@dataclass(frozen=True, slots=True)
class SecondmentOverview:
    """One secondment with all that its panel shows."""

    line: SecondmentLine
    moves: tuple[MoveRow, ...]
    """What was done, the first move first."""
    clashes: tuple[Clash, ...]
    care: Care

    @property
    def can_be_taken_back(self) -> bool:
        """Whether its last move is kept and led to where it stands."""
        return bool(self.moves) and self.moves[-1].became is self.line.details.status


def secondment_lines(session: Session) -> tuple[SecondmentLine, ...]:
    """Return every secondment by its earliest start, those without one last."""
    moved = (
        select(
            SecondmentMove.secondment_id.label("of"), func.max(SecondmentMove.moved_on).label("on")
        )
        .group_by(SecondmentMove.secondment_id)
        .subquery()
    )
    found = session.execute(
        select(
            Secondment, Apprentice.given_names, Apprentice.family_name, Apprentice.code,
            Apprenticeship.number, Apprenticeship.line_manager, moved.c.on,
        )
        .outerjoin(Apprenticeship, Apprenticeship.id == Secondment.apprenticeship_id)
        .outerjoin(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .outerjoin(moved, moved.c.of == Secondment.id)
        .order_by(Secondment.code)
    )  # fmt: skip
    lines = [
        SecondmentLine(
            s.id,
            s.code,
            SecondmentDetails(**{name: getattr(s, name) for name in _NAMES}),
            "" if given is None else called(given, family),
            code or "",
            number,
            manager or "",
            s.matched_code,
            s.reason,
            moved_on,
        )
        for s, given, family, code, number, manager, moved_on in found
    ]
    return tuple(sorted(lines, key=_by_start))


def _by_start(line: SecondmentLine) -> tuple[date, str]:
    return (line.days.first if line.days else date.max, line.code)


def secondment_overview(
    session: Session, secondment_id: UUID, today: date, rules: ClashRules
) -> SecondmentOverview | None:
    """Return one secondment as it stands on *today*; None when it is gone."""
    if session.get(Secondment, secondment_id) is None:
        return None
    line = next(each for each in secondment_lines(session) if each.id == secondment_id)
    return SecondmentOverview(
        line,
        move_rows(session, secondment_id),
        clashes_of(session, secondment_id, today, rules) if _may_clash(line) else (),
        care_of(session, secondment_id),
    )


def _may_clash(line: SecondmentLine) -> bool:
    """Whether it may still come about, or is going on."""
    is_over = line.details.status in (
        SecondmentStatus.COMPLETED,
        *(BECOMES[move] for move in (Move.DECLINE, Move.WITHDRAW)),
    )
    return not is_over
