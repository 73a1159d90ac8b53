"""The catalogue of apprenticeship standards in this desk.

It starts as the dated list in ``resources/lists`` and is replaced by newer lists of the same
columns (``apprentice-desk catalogue``); a standard that a newer list leaves out stays, since
somebody may be on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.records.base import Kept
from apprentice_desk.records.changelog import insert_many


class Standard(Kept):
    """One standard of the catalogue."""

    __tablename__ = "standard"

    code: Mapped[str] = mapped_column(String(6), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[int | None]
    typical_months: Mapped[int | None]
    max_funding: Mapped[Decimal | None]
    version: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(60))
    route: Mapped[str] = mapped_column(String(100))
    listed_on: Mapped[date]


class ListedStandard(Protocol):
    """A standard as a list gives it."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> int | None: ...  # noqa: D102
    @property
    def typical_months(self) -> int | None: ...  # noqa: D102
    @property
    def max_funding(self) -> Decimal | None: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def route(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One standard as lists and forms show it."""

    id: UUID
    code: str
    title: str
    level: int | None
    typical_months: int | None
    max_funding: Decimal | None
    version: str
    status: str
    route: str

    @property
    def shown(self) -> str:
        """Code, title and level, for a list to choose from."""
        level = "" if self.level is None else f", level {self.level}"
        return f"{self.code}  {self.title}{level}"


@dataclass(frozen=True, slots=True)
class CatalogueUpdate:
    """What loading a list does: codes by fate."""

    added: tuple[str, ...]
    altered: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...]
    """In the desk but not in the list."""


_FIELDS = ("title", "level", "typical_months", "max_funding", "version", "status", "route")


def load_catalogue(
    session: Session, listed: Iterable[ListedStandard], listed_on: date
) -> CatalogueUpdate:
    """Take over a list of standards: add the new, alter the changed, keep the rest."""
    present = {found.code: found for found in session.scalars(select(Standard))}
    added, altered, seen = [], [], set()
    rows = []
    for standard in listed:
        seen.add(standard.code)
        values = {name: getattr(standard, name) for name in _FIELDS}
        found = present.get(standard.code)
        if found is None:
            added.append(standard.code)
            rows.append({"code": standard.code, "listed_on": listed_on, **values})
        elif any(getattr(found, name) != value for name, value in values.items()):
            altered.append(standard.code)
            for name, value in values.items():
                setattr(found, name, value)
            found.listed_on = listed_on
    insert_many(session, Standard, rows)
    return CatalogueUpdate(
        tuple(added),
        tuple(altered),
        len(seen) - len(added) - len(altered),
        tuple(sorted(present.keys() - seen)),
    )


def standard_rows(session: Session) -> tuple[StandardRow, ...]:
    """Return the catalogue by title."""
    found = session.execute(
        select(
            Standard.id, Standard.code, Standard.title, Standard.level, Standard.typical_months,
            Standard.max_funding, Standard.version, Standard.status, Standard.route,
        ).order_by(func.lower(Standard.title), Standard.code)
    )  # fmt: skip
    return tuple(StandardRow(*row) for row in found)


def listed_on(session: Session) -> date | None:
    """Return the date of the newest list that the catalogue holds; None when it is empty."""
    return session.execute(select(func.max(Standard.listed_on))).scalar_one()
