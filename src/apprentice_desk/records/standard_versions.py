"""Versions of standards: dates and figures, options, duties, and what they ask to know and do.

A version comes from the official file, from a list that somebody typed or pasted, or from a
spreadsheet.  The catalogue (``standards``) has one line for each standard; here is what stands
behind it, for the standards that somebody loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from apprentice_desk.domain.standards import Ksb
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.base import Kept, not_negative

LONGEST_CODE = 5
"""Of the code of a piece of knowledge, a skill or a behaviour, such as K12."""


class StandardVersion(Kept):
    """One version of a standard."""

    __tablename__ = "standard_version"
    __table_args__ = (
        UniqueConstraint("standard_code", "version"),
        *not_negative("typical_months", "assessment_months", "minimum_minutes", "max_funding"),
    )

    standard_code: Mapped[str] = mapped_column(String(6))
    version: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(60), default="")
    first_start_on: Mapped[date | None]
    last_start_on: Mapped[date | None]
    last_end_on: Mapped[date | None]
    typical_months: Mapped[int | None]
    assessment_months: Mapped[int | None]
    minimum_minutes: Mapped[int | None]
    """Off-the-job minutes that starts from August 2025 need, as published with the version."""
    max_funding: Mapped[Decimal | None]
    has_new_assessment: Mapped[bool | None]
    """Whether it is assessed by the model that began in October 2025; None where it is not said."""
    qualifications: Mapped[str] = mapped_column(String(2000), default="")
    """Qualifications that must be held before the gateway, one a line."""
    source: Mapped[str] = mapped_column(String(300), default="")
    is_official: Mapped[bool] = mapped_column(default=False)
    """Whether it came from the official file rather than from somebody's keyboard."""
    loaded_on: Mapped[date]

    options: Mapped[list[StandardOption]] = relationship(
        cascade="all, delete-orphan", order_by="StandardOption.number"
    )
    ksbs: Mapped[list[StandardKsb]] = relationship(
        cascade="all, delete-orphan", order_by="StandardKsb.position"
    )
    duties: Mapped[list[StandardDuty]] = relationship(
        cascade="all, delete-orphan", order_by="StandardDuty.number"
    )


class StandardOption(Kept):
    """One option (pathway) of a version."""

    __tablename__ = "standard_option"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("standard_version.id", ondelete="RESTRICT"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))


class StandardKsb(Kept):
    """One piece of knowledge, skill or behaviour of a version."""

    __tablename__ = "standard_ksb"
    __table_args__ = (
        UniqueConstraint("version_id", "code"),
        CheckConstraint("position >= 1", name="position_from_1"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("standard_version.id", ondelete="RESTRICT"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    words: Mapped[str] = mapped_column(String(2000))
    options: Mapped[str] = mapped_column(String(100), default="")
    """Numbers of the options that have it, blanks between them; empty where all have it."""


class StandardDuty(Kept):
    """One duty of a version."""

    __tablename__ = "standard_duty"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("standard_version.id", ondelete="RESTRICT"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(String(2000))
    is_core: Mapped[bool] = mapped_column(default=True)
    ksbs: Mapped[str] = mapped_column(String(1000), default="")


def known_ksbs(session: Session, keys: Collection[UUID]) -> Mapping[UUID, tuple[Ksb, ...]]:
    """Return what the standard of each apprenticeship asks, in the standard's order.

    It is that of the very version, and of the option where one is chosen.  An apprenticeship whose
    version was not loaded is left out: nothing is taken from another version.
    """
    asked = session.execute(
        select(
            Apprenticeship.id, Apprenticeship.standard_option, StandardVersion.id, StandardKsb.code,
            StandardKsb.words, StandardKsb.options,
        )
        .join(
            StandardVersion,
            (StandardVersion.standard_code == Apprenticeship.standard_code)
            & (StandardVersion.version == Apprenticeship.standard_version),
        )
        .join(StandardKsb, StandardKsb.version_id == StandardVersion.id)
        .where(Apprenticeship.id.in_(tuple(keys)))
        .order_by(StandardKsb.position)
    ).all()  # fmt: skip
    versions = {row[2] for row in asked}
    titles = session.execute(
        select(StandardOption.version_id, StandardOption.title, StandardOption.number).where(
            StandardOption.version_id.in_(versions)
        )
    )
    numbers = {(version, title): number for version, title, number in titles}
    found: dict[UUID, list[Ksb]] = {}
    for key, option, version, code, words, options in asked:
        ksb = Ksb(code, words, frozenset(map(int, options.split())))
        chosen = numbers.get((version, option))
        if chosen is None or not ksb.options or chosen in ksb.options:
            found.setdefault(key, []).append(ksb)
    return {key: tuple(ksbs) for key, ksbs in found.items()}
