"""Who was asked about another version of their standard, and stays on the one that they follow.

The answer holds while the apprenticeship follows the same standard in the same version: after a
move it is asked again.  It stays in the desk with its day and name, as part of the story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.standards import version_name
from apprentice_desk.records.apprentices import Apprenticeship, record_of
from apprentice_desk.records.base import Kept
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots
from apprentice_desk.records.standard_versions import StandardVersion


class VersionStay(Kept):
    """One answer: that an apprenticeship stays where it is, though *version* could be followed."""

    __tablename__ = "version_stay"
    __table_args__ = (UniqueConstraint("apprenticeship_id", "standard_code", "version"),)

    apprenticeship_id: Mapped[UUID] = mapped_column(
        ForeignKey("apprenticeship.id", ondelete="RESTRICT")
    )
    standard_code: Mapped[str] = mapped_column(String(6))
    version: Mapped[str] = mapped_column(String(10))
    """The version that was asked about."""
    follows: Mapped[str] = mapped_column(String(10), default="")
    """The version that was followed then; empty where none was said."""
    said_on: Mapped[date]
    said_by: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")


@dataclass(frozen=True, slots=True)
class Stay:
    """One answer that holds: the version that was asked about, and who said so when."""

    apprenticeship_id: UUID
    version: str
    said_on: date
    said_by: str = ""
    reason: str = ""


def stay(
    session: Session,
    apprenticeship_ids: Iterable[UUID],
    version: str,
    said_on: date,
    by: str = "",
    reason: str = "",
) -> int:
    """Note that these apprenticeships stay on what they follow; return how many they are.

    What was said of the same version before is replaced.  Raises Problem where *version* is not
    loaded or is followed already, Conflict when an apprenticeship is gone.
    """
    count = 0
    for key in dict.fromkeys(apprenticeship_ids):
        apprenticeship = record_of(session, key)
        code = apprenticeship.standard_code or ""
        if apprenticeship.standard_version == version:
            raise Problem(
                f"{version_name(code, version)} is what is followed already.",
                "Look at the list again.",
            )
        _check_loaded(session, code, version)
        said = _said(session, key, code, version)
        if said is None:
            said = VersionStay(apprenticeship_id=key, standard_code=code, version=version)
            session.add(said)
        said.follows = apprenticeship.standard_version
        said.said_on, said.said_by, said.reason = said_on, by.strip(), reason.strip()
        count += 1
    session.flush()
    return count


def ask_again(session: Session, apprenticeship_ids: Iterable[UUID], version: str) -> int:
    """Take back that these apprenticeships stay, so that it is asked again; return how many.

    Raises Conflict where nothing is said of *version* any more.
    """
    count = 0
    for key in dict.fromkeys(apprenticeship_ids):
        said = _said(session, key, record_of(session, key).standard_code or "", version)
        if said is None:
            raise Conflict("This was taken back meanwhile.", "Look at the list again.")
        session.delete(said)
        count += 1
    session.flush()
    return count


def stays(session: Session, keys: Collection[UUID]) -> Mapping[UUID, tuple[Stay, ...]]:
    """Return the answers that hold, by apprenticeship; who said nothing is left out."""
    found: dict[UUID, tuple[Stay, ...]] = {}
    for lot in in_lots(keys, KEYS_A_QUERY):
        for said in session.scalars(
            select(VersionStay)
            .join(
                Apprenticeship,
                (Apprenticeship.id == VersionStay.apprenticeship_id)
                & (Apprenticeship.standard_code == VersionStay.standard_code)
                & (Apprenticeship.standard_version == VersionStay.follows),
            )
            .where(VersionStay.apprenticeship_id.in_(lot))
            .order_by(VersionStay.version)
        ):
            key = said.apprenticeship_id
            row = Stay(key, said.version, said.said_on, said.said_by, said.reason)
            found[key] = (*found.get(key, ()), row)
    return found


def _said(session: Session, key: UUID, code: str, version: str) -> VersionStay | None:
    return session.scalars(
        select(VersionStay).where(
            VersionStay.apprenticeship_id == key,
            VersionStay.standard_code == code,
            VersionStay.version == version,
        )
    ).first()


def _check_loaded(session: Session, code: str, version: str) -> None:
    found = select(StandardVersion.id).where(
        StandardVersion.standard_code == code, StandardVersion.version == version
    )
    if session.scalars(found).first() is None:
        raise Problem(
            f"Version {version} of {code or 'no standard'} is not in the desk.",
            "Load it on the page Standards first.",
        )
