"""Versions of standards: dates and figures, options, duties, and what they ask to know and do.

A version comes from the official file, from a list that somebody typed or pasted, or from a
spreadsheet.  The catalogue (``standards``) has one line for each standard; here is what stands
behind it, for the standards that somebody loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.identifiers import check_standard_code, check_version
from apprentice_desk.domain.problems import Conflict, Problem
from apprentice_desk.domain.standards import (
    Duty,
    Ksb,
    Option,
    VersionDetails,
    check_version_details,
    version_name,
)
from apprentice_desk.domain.standards_comparing import Comparison, compare
from apprentice_desk.records.apprentices import Apprenticeship
from apprentice_desk.records.base import Kept, check_lengths, not_negative, refuse
from apprentice_desk.records.changelog import KEYS_A_QUERY, in_lots

_K = TypeVar("_K", bound=Kept)

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


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """One version as the desk has it, and the stamp of when it was read."""

    id: UUID
    details: VersionDetails
    loaded_on: date
    stamp: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version as lists show it."""

    id: UUID
    standard_code: str
    version: str
    title: str
    level: int | None
    status: str
    first_start_on: date | None
    last_start_on: date | None
    is_official: bool
    loaded_on: date
    ksb_count: int


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """What loading did; *comparison* says what was otherwise where it was there already."""

    id: UUID
    comparison: Comparison | None

    @property
    def is_new(self) -> bool:
        """Whether the desk did not have it before."""
        return self.comparison is None


_PLAIN = (
    "standard_code", "version", "title", "level", "status", "first_start_on", "last_start_on",
    "last_end_on", "typical_months", "assessment_months", "minimum_minutes", "max_funding",
    "has_new_assessment", "qualifications", "source", "is_official",
)  # fmt: skip


# --- checks -------------------------------------------------------------------------------------


def check(details: VersionDetails) -> list[Finding]:
    """Return what is wrong with *details*, each finding with the field that it is about."""
    findings = check_version_details(details) + check_lengths(details, StandardVersion)
    for field, parts, record_class in (
        ("options", details.options, StandardOption),
        ("ksbs", details.ksbs, StandardKsb),
        ("duties", details.duties, StandardDuty),
    ):
        parts_: Sequence[Option | Ksb | Duty] = parts
        for part in parts_:
            # Which of them are chosen or named is kept as text too: it is checked as such.
            texts = replace(part, **_as_kept(part)) if isinstance(part, Ksb | Duty) else part
            findings += [
                Finding(
                    Level.ROW, each.code, f"{_called(part)}: {each.message}", each.remedy,
                    Place(field=field),
                )
                for each in check_lengths(texts, record_class)
            ]  # fmt: skip
    return findings


def _as_kept(part: Ksb | Duty) -> dict[str, Any]:
    if isinstance(part, Ksb):
        return {"options": " ".join(map(str, sorted(part.options)))}
    return {"ksbs": " ".join(part.ksbs)}


def _called(part: Option | Ksb | Duty) -> str:
    return part.code if isinstance(part, Ksb) else f"{type(part).__name__} {part.number}"


# --- commands -----------------------------------------------------------------------------------


def load_version(session: Session, details: VersionDetails, loaded_on: date) -> LoadedVersion:
    """Take over a version; one that is there already becomes what *details* say.

    Raises Problem where ``check`` finds something.
    """
    tidy = _tidied(details)
    held = find_version(session, tidy.standard_code or "", tidy.version)
    if held is None:
        record = StandardVersion(loaded_on=loaded_on)
        _take_over(session, record, tidy)
        return LoadedVersion(record.id, None)
    found = _record(session, held.id)
    comparison = compare(held.details, tidy)
    if held.details != tidy:
        found.loaded_on = loaded_on
        _take_over(session, found, tidy)
    return LoadedVersion(found.id, comparison)


def correct_version(
    session: Session, version_id: UUID, details: VersionDetails, stamp: str | None = None
) -> None:
    """Replace what a version says.

    With the *stamp* of ``version_details`` it raises Conflict, with both, when somebody changed
    it since; it also does when it is gone.  Raises Problem where ``check`` finds something, where
    the desk has that version already, and where somebody is on a version that would be called
    otherwise.
    """
    tidy = _tidied(details)
    record = _record(session, version_id)
    held = _held(record)
    if stamp is not None and held.stamp != stamp:
        raise Conflict(
            f"{held.details.name} was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=details,
            theirs=held,
        )
    now = (tidy.standard_code or "", tidy.version)
    if now != (record.standard_code, record.version):
        if find_version(session, *now) is not None:
            raise Problem(f"{tidy.name} is in the desk already.", "Correct that one.")
        if count := _people_on(session, record):
            raise Problem(
                f"{_people(count)} on {held.details.name}, so it must keep its code and version.",
                "Load the other version beside it, and move them there.",
            )
    _take_over(session, record, tidy)


def remove_version(session: Session, version_id: UUID) -> None:
    """Remove a version with all that it says.

    Raises Conflict when it is gone already, Problem while somebody is or was on it.
    """
    record = _record(session, version_id)
    if count := _people_on(session, record):
        raise Problem(
            f"{_people(count)} on {version_name(record.standard_code, record.version)}.",
            "What it asks of them must stay. Move them to another version first.",
        )
    session.delete(record)
    session.flush()


def _tidied(details: VersionDetails) -> VersionDetails:
    """Return *details* in their normal form, or refuse them."""
    refuse(check(details))
    texts = {name: getattr(details, name) for name in _PLAIN}
    tidy: dict[str, Any] = {
        name: text.strip() for name, text in texts.items() if isinstance(text, str)
    }
    tidy["standard_code"] = check_standard_code(details.standard_code or "")
    tidy["version"] = check_version(details.version)
    tidy["options"] = tuple(replace(each, title=each.title.strip()) for each in details.options)
    tidy["ksbs"] = tuple(replace(each, words=each.words.strip()) for each in details.ksbs)
    tidy["duties"] = tuple(replace(each, words=each.words.strip()) for each in details.duties)
    return replace(details, **tidy)


def _take_over(session: Session, record: StandardVersion, tidy: VersionDetails) -> None:
    for name in _PLAIN:
        setattr(record, name, getattr(tidy, name))
    session.add(record)
    _match(record.options, tidy.options, lambda each: each.number, StandardOption,
           lambda option, _place: {"number": option.number, "title": option.title})  # fmt: skip
    _match(record.ksbs, tidy.ksbs, lambda each: each.code, StandardKsb,
           lambda ksb, place: {"position": place, "code": ksb.code, "words": ksb.words,
                               **_as_kept(ksb)})  # fmt: skip
    _match(record.duties, tidy.duties, lambda each: each.number, StandardDuty,
           lambda duty, _place: {"number": duty.number, "words": duty.words,
                                 "is_core": duty.is_core, **_as_kept(duty)})  # fmt: skip
    session.flush()


def _match(
    records: list[_K],
    parts: Iterable[Any],
    key: Callable[[Any], int | str],
    record_class: type[_K],
    values: Callable[[Any, int], Mapping[str, Any]],
) -> None:
    """Make *records* what *parts* say; one with the same key stays the same record."""
    present = {key(each): each for each in records}
    wanted = {key(each) for each in parts}
    for gone in present.keys() - wanted:
        records.remove(present[gone])
    for place, part in enumerate(parts, 1):
        record = present.get(key(part))
        if record is None:
            records.append(record_class(**values(part, place)))
            continue
        for name, value in values(part, place).items():
            setattr(record, name, value)


def _people_on(session: Session, record: StandardVersion) -> int:
    return session.scalars(
        select(func.count())
        .select_from(Apprenticeship)
        .where(
            Apprenticeship.standard_code == record.standard_code,
            Apprenticeship.standard_version == record.version,
        )
    ).one()


def _people(count: int) -> str:
    return "1 apprenticeship is" if count == 1 else f"{count} apprenticeships are"


# --- reads --------------------------------------------------------------------------------------


def version_details(session: Session, version_id: UUID) -> HeldVersion:
    """Return a version whole; raises Conflict when it is gone."""
    return _held(_record(session, version_id))


def find_version(session: Session, standard_code: str, version: str) -> HeldVersion | None:
    """Return a version whole, None where it was not loaded."""
    found = session.scalars(
        _whole().where(
            StandardVersion.standard_code == standard_code, StandardVersion.version == version
        )
    ).first()
    return None if found is None else _held(found)


def versions_of(session: Session, standard_code: str) -> tuple[HeldVersion, ...]:
    """Return every version of a standard that was loaded, the oldest first."""
    found = session.scalars(_whole().where(StandardVersion.standard_code == standard_code))
    return tuple(sorted(map(_held, found), key=lambda each: version_order(each.details.version)))


def version_rows(session: Session) -> tuple[VersionRow, ...]:
    """Return every version that was loaded, by standard and the oldest first; two queries."""
    counts = {
        row[0]: row[1]
        for row in session.execute(
            select(StandardKsb.version_id, func.count()).group_by(StandardKsb.version_id)
        )
    }
    version = StandardVersion
    found: Any = session.execute(
        select(
            version.id, version.standard_code, version.version, version.title, version.level,
            version.status, version.first_start_on, version.last_start_on, version.is_official,
            version.loaded_on,
        )
    )  # fmt: skip
    rows = [VersionRow(*(*row, counts.get(row[0], 0))) for row in found]
    rows.sort(key=lambda row: (row.standard_code, version_order(row.version)))
    return tuple(rows)


def version_order(version: str) -> tuple[int, ...]:
    """Return what versions are sorted by: 1.2 before 1.10."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _whole() -> Any:
    return select(StandardVersion).options(
        selectinload(StandardVersion.options),
        selectinload(StandardVersion.ksbs),
        selectinload(StandardVersion.duties),
    )


def _record(session: Session, version_id: UUID) -> StandardVersion:
    found: StandardVersion | None = session.scalars(
        _whole().where(StandardVersion.id == version_id)
    ).first()
    if found is None:
        raise Conflict("This version was removed meanwhile.")
    return found


def _held(record: StandardVersion) -> HeldVersion:
    values = {name: getattr(record, name) for name in _PLAIN}
    parts: Sequence[Kept] = (record, *record.options, *record.ksbs, *record.duties)
    return HeldVersion(
        record.id,
        VersionDetails(
            **values,
            options=tuple(Option(each.number, each.title) for each in record.options),
            ksbs=tuple(
                Ksb(each.code, each.words, frozenset(map(int, each.options.split())))
                for each in sorted(record.ksbs, key=lambda ksb: ksb.position)
            ),
            duties=tuple(
                Duty(each.number, each.words, each.is_core, tuple(each.ksbs.split()))
                for each in sorted(record.duties, key=lambda duty: duty.number)
            ),
        ),
        record.loaded_on,
        "-".join(str(each.changed_in) for each in parts),
    )


def known_ksbs(session: Session, keys: Collection[UUID]) -> Mapping[UUID, tuple[Ksb, ...]]:
    """Return what the standard of each apprenticeship asks, in the standard's order.

    It is that of the very version, and of the option where one is chosen.  An apprenticeship whose
    version was not loaded is left out: nothing is taken from another version.  Those who follow
    the same share one answer.
    """
    follows: dict[UUID, tuple[UUID, str]] = {}
    for lot in in_lots(keys, KEYS_A_QUERY):
        for key, version_id, option in session.execute(
            select(Apprenticeship.id, StandardVersion.id, Apprenticeship.standard_option)
            .join(
                StandardVersion,
                (StandardVersion.standard_code == Apprenticeship.standard_code)
                & (StandardVersion.version == Apprenticeship.standard_version),
            )
            .where(Apprenticeship.id.in_(lot))
        ):
            follows[key] = (version_id, option)
    versions = {version_id for version_id, _ in follows.values()}
    held: dict[UUID, list[Ksb]] = {}
    for version_id, code, words, options in session.execute(
        select(StandardKsb.version_id, StandardKsb.code, StandardKsb.words, StandardKsb.options)
        .where(StandardKsb.version_id.in_(versions))
        .order_by(StandardKsb.position)
    ):
        numbers = frozenset(map(int, options.split()))
        held.setdefault(version_id, []).append(Ksb(code, words, numbers))
    titles = {
        (version_id, title): number
        for version_id, title, number in session.execute(
            select(StandardOption.version_id, StandardOption.title, StandardOption.number).where(
                StandardOption.version_id.in_(versions)
            )
        )
    }
    shared: dict[tuple[UUID, str], tuple[Ksb, ...]] = {}
    for version_id, option in set(follows.values()):
        chosen = titles.get((version_id, option))
        shared[version_id, option] = tuple(
            each
            for each in held.get(version_id, ())
            if chosen is None or not each.options or chosen in each.options
        )
    return {key: shared[what] for key, what in follows.items() if shared[what]}
