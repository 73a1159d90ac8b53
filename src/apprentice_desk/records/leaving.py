"""The ledger of what left the desk: every file, when, by whom, who is in it and who gets it.

A line is written once the file stands where it was wanted, as a change of its own that is final: a
file that is out cannot be called back, and it never stands in the way of undo.  Who gets it is
added afterwards, by whoever knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from apprentice_desk.domain.evidence import safe_file_name
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.leaving import FileFacts, GivenTo, Going, LeftKind, LeftRow
from apprentice_desk.domain.people import called
from apprentice_desk.domain.problems import Conflict
from apprentice_desk.records.apprentices import Apprentice, Apprenticeship
from apprentice_desk.records.base import (
    Kept,
    Word,
    check_lengths,
    not_negative,
    refuse,
    refuse_changed,
)
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots


class LeftFile(Kept):
    """One file that left."""

    __tablename__ = "left_file"
    __table_args__ = (
        Index("ix_left_file_sha256", "sha256"),
        *not_negative("size_bytes", "people_count"),
    )

    left_at: Mapped[datetime]
    person: Mapped[str] = mapped_column(String(200))
    kind: Mapped[LeftKind] = mapped_column(Word(LeftKind))
    file_name: Mapped[str] = mapped_column(String(255))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    people_count: Mapped[int | None]
    to_whom: Mapped[str] = mapped_column(String(200), default="")
    purpose: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")


class LeftFilePerson(Kept):
    """One person who is in a file that left.

    The key refers to nothing: the line stays as long as the ledger says so, whoever is removed.
    """

    __tablename__ = "left_file_person"
    __table_args__ = (
        Index("ix_left_file_person_left_file_id", "left_file_id"),
        Index("ix_left_file_person_apprentice_id", "apprentice_id"),
    )

    left_file_id: Mapped[UUID] = mapped_column(ForeignKey("left_file.id", ondelete="RESTRICT"))
    apprentice_id: Mapped[UUID]


@dataclass(frozen=True, slots=True)
class LeftPerson:
    """Somebody in a file that left; *name* is "" where they are in the desk no more."""

    apprentice_id: UUID
    name: str
    apprenticeship_id: UUID | None = None
    """The newest apprenticeship of theirs, which leads to their record."""


# --- commands -----------------------------------------------------------------------------------


def record_left(
    session: Session, going: Going, facts: FileFacts, left_at: datetime, person: str
) -> UUID:
    """Write into the ledger that a file left, with who is in it, and return the line's key."""
    people = sorted(_people(session, going))
    count = len(people) or going.count
    line = LeftFile(
        left_at=left_at,
        person=person[:200],
        kind=going.kind,
        file_name=safe_file_name(facts.name),
        size_bytes=facts.size_bytes,
        sha256=facts.sha256,
        people_count=count,
        to_whom=going.given.to_whom,
        purpose=going.given.purpose,
        note=going.given.note,
    )
    session.add(line)
    session.flush()
    for each in people:
        session.add(LeftFilePerson(left_file_id=line.id, apprentice_id=each))
    session.flush()
    return line.id


def _people(session: Session, going: Going) -> set[UUID]:
    """Return the keys of the people in a file, also of those known by an apprenticeship."""
    people = set(going.apprentices)
    for lot in in_lots(sorted(going.apprenticeships), KEYS_A_QUERY):
        people |= set(
            session.scalars(select(Apprenticeship.apprentice_id).where(Apprenticeship.id.in_(lot)))
        )
    return people


def check_given(given: GivenTo) -> list[Finding]:
    """Return what is too long of what is said afterwards."""
    return check_lengths(given, LeftFile)


def say_who_gets(
    session: Session, left_file_id: UUID, given: GivenTo, changed_in: int | None = None
) -> None:
    """Say who gets a file that left, what for, and what else is to be known.

    Raises Conflict when the line is gone or was changed since *changed_in*, Problem for a text that
    is too long.
    """
    refuse(check_given(given))
    line = _line(session, left_file_id)
    refuse_changed(line, changed_in, given, _given(line))
    line.to_whom = " ".join(given.to_whom.split())
    line.purpose = " ".join(given.purpose.split())
    line.note = given.note.strip()
    session.flush()


def _line(session: Session, left_file_id: UUID) -> LeftFile:
    found = session.get(LeftFile, left_file_id)
    if found is None:
        raise Conflict("This line of the ledger was removed meanwhile.")
    return found


# --- reads --------------------------------------------------------------------------------------


def left_rows(session: Session) -> tuple[LeftRow, ...]:
    """Return every file that left, the newest first."""
    return _rows(session.scalars(_NEWEST_FIRST))


def left_row(session: Session, left_file_id: UUID) -> LeftRow:
    """Return one line of the ledger; raises Conflict when it is gone."""
    return _row(_line(session, left_file_id))


def files_about(session: Session, apprentice_id: UUID) -> tuple[LeftRow, ...]:
    """Return the files that left with a person in them, the newest first.

    Where nobody could tell who is in a file (one that was attached, for instance) it is not among
    them.
    """
    those = select(LeftFilePerson.left_file_id).where(LeftFilePerson.apprentice_id == apprentice_id)
    return _rows(session.scalars(_NEWEST_FIRST.where(LeftFile.id.in_(those))))


def files_like(session: Session, sha256: str) -> tuple[LeftRow, ...]:
    """Return the files that left with exactly these bytes, the newest first."""
    return _rows(session.scalars(_NEWEST_FIRST.where(LeftFile.sha256 == sha256)))


def people_in_file(session: Session, left_file_id: UUID) -> tuple[LeftPerson, ...]:
    """Return who is in a file that left, by name; those who are in the desk no more come last."""
    found = session.execute(
        select(
            LeftFilePerson.apprentice_id, Apprentice.id, Apprentice.given_names,
            Apprentice.family_name, Apprenticeship.id,
        )
        .outerjoin(Apprentice, Apprentice.id == LeftFilePerson.apprentice_id)
        .outerjoin(Apprenticeship, Apprenticeship.apprentice_id == Apprentice.id)
        .where(LeftFilePerson.left_file_id == left_file_id)
        .order_by(Apprenticeship.changed_in)  # the newest last, which is the one that stays below
    )  # fmt: skip
    people = {
        key: LeftPerson(key, "" if there is None else called(given, family), newest)
        for key, there, given, family, newest in found
    }
    return tuple(
        sorted(
            people.values(),
            key=lambda each: (not each.name, each.name.casefold(), each.apprentice_id.hex),
        )
    )


def everybody(session: Session) -> frozenset[UUID]:
    """Return the keys of all people in the desk, as they are in a copy of it."""
    return frozenset(session.scalars(select(Apprentice.id)))


def recipients(session: Session) -> tuple[str, ...]:
    """Return whom files went to, those named most often first."""
    return tuple(
        session.scalars(
            select(LeftFile.to_whom)
            .where(LeftFile.to_whom != "")
            .group_by(LeftFile.to_whom)
            .order_by(func.count().desc(), LeftFile.to_whom)
        )
    )


_NEWEST_FIRST = select(LeftFile).order_by(LeftFile.left_at.desc(), LeftFile.file_name, LeftFile.id)


def _rows(lines: Iterable[LeftFile]) -> tuple[LeftRow, ...]:
    return tuple(map(_row, lines))


def _row(line: LeftFile) -> LeftRow:
    return LeftRow(
        line.id, line.left_at, line.person, line.kind, line.file_name, line.size_bytes,
        line.sha256, line.people_count, _given(line), line.changed_in,
    )  # fmt: skip


def _given(line: LeftFile) -> GivenTo:
    return GivenTo(line.to_whom, line.purpose, line.note)
