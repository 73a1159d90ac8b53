"""How many records stand behind each sheet of a return."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import Kept
from apprentice_desk.records.contracts import Contract
from apprentice_desk.records.network import Barrier, NetworkEvent
from apprentice_desk.records.organisation import CharacteristicTotal, Pledge
from apprentice_desk.records.reviews import Review
from apprentice_desk.records.secondments import Secondment

_COUNTED: Mapping[str, type[Kept]] = {
    "contracts": Contract,
    "reviews": Review,
    "secondments": Secondment,
    "pledges": Pledge,
    "network": NetworkEvent,
    "barriers": Barrier,
    "characteristics": CharacteristicTotal,
}


def record_counts(session: Session) -> Mapping[str, int]:
    """Return how many records there are of each kind, drafts and unshared ones included."""
    row = session.execute(
        select(
            *(
                select(func.count()).select_from(kind).scalar_subquery().label(name)
                for name, kind in _COUNTED.items()
            )
        )
    ).one()
    return dict(zip(_COUNTED, row, strict=True))


def vacancy_count(session: Session) -> int:
    """Return how many roles nobody is named for yet; no return holds them."""
    return session.execute(
        select(func.count())
        .select_from(Apprenticeship)
        .join(Apprentice, Apprentice.id == Apprenticeship.apprentice_id)
        .where(Apprentice.given_names == "", Apprentice.family_name == "")
    ).scalar_one()
