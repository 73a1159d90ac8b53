"""What imports remember: how the columns of a list were matched, and what LARS codes mean.

A mapping is found again by the fingerprint of the headings; it holds headings and the names of
our fields, and nothing of anybody in the list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.records.base import Kept, check_lengths

Columns = tuple[tuple[str, str], ...]
"""Headings, each with the field that its column holds; "" where it is not read."""


class ImportMapping(Kept):
    """How the columns of one kind of list with certain headings are matched."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("kind", "fingerprint"),)

    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(60))
    fingerprint: Mapped[str] = mapped_column(String(64))
    columns: Mapped[str] = mapped_column(String())
    """A JSON list of pairs: heading, field.  A list, since two columns may have one heading."""
    last_used_on: Mapped[date]


class CourseCode(Kept):
    """The standard that a LARS code means, as somebody answered; blank where they do not know."""

    __tablename__ = "course_code"

    lars_code: Mapped[str] = mapped_column(String(10), unique=True)
    standard_code: Mapped[str | None] = mapped_column(String(6))


@dataclass(frozen=True, slots=True)
class MappingDetails:
    """A mapping to be remembered."""

    name: str
    kind: str
    fingerprint: str
    columns: Columns


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A mapping that is remembered."""

    id: UUID
    name: str
    kind: str
    fingerprint: str
    columns: Columns
    last_used_on: date


def check(details: MappingDetails) -> list[Finding]:
    """Return what is wrong with *details*."""
    findings = []
    if not details.name.strip():
        findings.append(
            Finding(Level.ROW, "MP001", "The columns need a name.", "", Place(field="name"))
        )
    return findings + check_lengths(details, ImportMapping)


def remember_mapping(session: Session, details: MappingDetails, used_on: date) -> UUID:
    """Remember how columns were matched, in place of what these headings meant before.

    Returns its key.
    """
    columns = json.dumps(details.columns, ensure_ascii=False)
    mapping = session.scalars(
        select(ImportMapping).where(
            ImportMapping.kind == details.kind, ImportMapping.fingerprint == details.fingerprint
        )
    ).first()
    if mapping is None:
        mapping = ImportMapping(kind=details.kind, fingerprint=details.fingerprint)
        session.add(mapping)
    mapping.name = details.name.strip()
    mapping.columns = columns
    mapping.last_used_on = used_on
    session.flush()
    return mapping.id


def rename_mapping(session: Session, mapping_id: UUID, name: str) -> None:
    """Give a mapping another name.

    Raises Conflict when it was forgotten meanwhile, Problem when the name is blank or too long.
    """
    mapping = _held(session, mapping_id)
    details = MappingDetails(name, mapping.kind, mapping.fingerprint, ())
    if wrong := check(details):
        raise Problem(wrong[0].message, wrong[0].remedy)
    mapping.name = name.strip()


def forget_mapping(session: Session, mapping_id: UUID) -> None:
    """Forget a mapping; Conflict when it was forgotten meanwhile."""
    session.delete(_held(session, mapping_id))


def _held(session: Session, mapping_id: UUID) -> ImportMapping:
    mapping = session.get(ImportMapping, mapping_id)
    if mapping is None:
        raise Conflict("These columns were forgotten meanwhile.", "Match them again.")
    return mapping


def mapping_rows(session: Session) -> tuple[MappingRow, ...]:
    """Return the mappings by name."""
    found = session.scalars(
        select(ImportMapping).order_by(func.lower(ImportMapping.name), ImportMapping.fingerprint)
    )
    return tuple(
        MappingRow(
            each.id,
            each.name,
            each.kind,
            each.fingerprint,
            tuple((heading, field) for heading, field in json.loads(each.columns)),
            each.last_used_on,
        )
        for each in found
    )


def remember_course(session: Session, lars_code: str, standard_code: str | None) -> None:
    """Remember which standard a LARS code means; None that nobody here knows.

    Raises ValueError with a sentence where either is no such code.
    """
    lars_code = identifiers.check_lars_code(lars_code)
    if standard_code is not None:
        standard_code = identifiers.check_standard_code(standard_code)
    known = session.scalars(select(CourseCode).where(CourseCode.lars_code == lars_code)).first()
    if known is None:
        session.add(CourseCode(lars_code=lars_code, standard_code=standard_code))
    else:
        known.standard_code = standard_code


def course_codes(session: Session) -> Mapping[str, str | None]:
    """Return the standards by LARS code as answered here; None where nobody knows."""
    found = session.execute(
        select(CourseCode.lars_code, CourseCode.standard_code).order_by(CourseCode.lars_code)
    )
    return {row.lars_code: row.standard_code for row in found}
