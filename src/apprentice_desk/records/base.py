"""What every table shares: key, change number, constraint names and the typed columns.

A record class is the storage.  Nothing outside ``records`` sees one: lists show rows (frozen
dataclasses), forms edit details (frozen dataclasses).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, Dialect, MetaData, String, Uuid, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from apprentice_desk.domain import money
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.problems import Conflict, Problem

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, or a later migration could not change it on SQLite."""


_NOT_KEPT = re.compile("[\0\ud800-\udfff]")  # PostgreSQL takes no NUL, UTF-8 no half of a pair


class Pence(TypeDecorator[Decimal]):
    """Pounds as Decimal in Python, whole pence in the file.

    Anything finer than a penny is refused with the ValueError of ``money.pounds``.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn pounds into whole pence."""
        return None if value is None else money.to_pence(money.pounds(value))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn whole pence into pounds."""
        return None if value is None else money.from_pence(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as ISO text with its offset; naive times are refused."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write the instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read the instant back."""
        return None if value is None else datetime.fromisoformat(value)


class Word(TypeDecorator[StrEnum]):
    """One of a fixed set of words, kept as that word, so that the file can be read without us."""

    impl = String(60)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Write the word; one that is not of the set is refused."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Read the word back."""
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    """The parent of every record class."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {Decimal: Pence, datetime: Instant, UUID: Uuid}


class Kept(Base):
    """A record that people make and change: keyed by UUID, stamped, logged and undoable."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4, sort_order=-2)
    changed_in: Mapped[int] = mapped_column(sort_order=-1)
    """Number of the change that gave this record its present values."""


def check_lengths(details: object, *record_classes: type[Kept]) -> list[Finding]:
    """Return a finding for each text of *details* that its column cannot hold.

    It is too long, or has a sign in it that no database keeps.
    """
    findings = []
    for record_class in record_classes:
        for name, longest in _longest_texts(record_class):
            text = getattr(details, name, None)
            if isinstance(text, str) and len(text) > longest:
                findings.append(
                    Finding(
                        Level.ROW,
                        "TX001",
                        f"This text has {len(text):,} characters; there is room for {longest:,}.",
                        "Shorten it.",
                        Place(field=name),
                    )
                )
            elif isinstance(text, str) and _NOT_KEPT.search(text):
                findings.append(
                    Finding(
                        Level.ROW,
                        "TX002",
                        "There is an invisible sign in this text that cannot be kept.",
                        "Type the text anew, or paste it without its formatting.",
                        Place(field=name),
                    )
                )
    return findings


def refuse(findings: Iterable[Finding]) -> None:
    """Raise Problem with the first of *findings*: a command was given what a form would stop."""
    for finding in findings:
        raise Problem(finding.message, finding.remedy)


def refuse_changed(
    record: Kept, changed_in: int | None, mine: object, theirs: object | None
) -> None:
    """Raise Conflict with both versions where *record* is not as the change *changed_in* left it.

    None is whoever did not look at it before.
    """
    if changed_in is not None and record.changed_in != changed_in:
        raise Conflict(
            "This was changed by somebody else while you were editing.",
            "Compare the two versions and choose what to keep.",
            mine=mine,
            theirs=theirs,
            stamp=record.changed_in,
        )


@cache
def _longest_texts(record_class: type[Kept]) -> tuple[tuple[str, int], ...]:
    """Return the columns whose texts have a limit, with it."""
    limits = [
        (column.key, getattr(column.type, "length", None))
        for column in inspect(record_class).columns
    ]
    return tuple((name, longest) for name, longest in limits if longest is not None)


def not_before(later: str, earlier: str) -> CheckConstraint:
    """Return the constraint that the day in *later* is not before the day in *earlier*.

    Blank days pass.
    """
    return CheckConstraint(f"{later} >= {earlier}", name=f"{later}_not_before")


def not_negative(*columns: str) -> tuple[CheckConstraint, ...]:
    """Return a constraint for each of *columns* that it is blank or at least 0."""
    return tuple(
        CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns
    )


def plain(value: Any) -> Any:
    """Return *value* as a plain JSON value in the log's one encoding.

    Days and instants as ISO text, keys as 32 hexadecimal digits, money as whole pence, words as
    text, bytes as hexadecimal; numbers, yes/no and blanks as they are.
    """
    match value:
        case bool() | int() | None:
            return value
        case Decimal():
            return money.to_pence(money.pounds(value))
        case StrEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID():
            return value.hex
        case bytes():
            return value.hex()
        case str():
            return value
    raise TypeError(f"A {type(value).__name__} has no place in a record.")
