"""What a merge field of the wording is, the kinds there are, and short ways to write one down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    SCORE = "score"
    CHOICE = "choice"
    YES_NO = "yes or no"
    POINTS = "points"
    TABLE = "table"

    @property
    def stands_alone(self) -> bool:
        """Whether it is set as a block of its own, not within a sentence."""
        return self in (FieldKind.POINTS, FieldKind.TABLE)


@dataclass(frozen=True, slots=True)
class TableValue:
    """Rows below headings.

    Columns of *right* hold numbers; *blank* ones are for the reader to write in, and the table is
    drawn with boxes then.  With *shares* each column takes so much of the width.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    blank: frozenset[int] = frozenset()
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("A row has another number of cells than there are headings.")
        if self.shares and len(self.shares) != len(self.headings):
            raise ValueError("There is another number of shares than there are headings.")


Value = str | date | Decimal | int | bool | tuple[str, ...] | TableValue


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field: *label* names it in a form and in a gap, *help* says what is wanted.

    *choices* are the words it may have; *is_kept* is prefilled with what the last document had;
    *is_of_desk* is never asked for: only the desk can know it.
    """

    name: str
    kind: FieldKind
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    is_kept: bool = False
    is_of_desk: bool = False


def words(of: type[StrEnum]) -> tuple[str, ...]:
    """Return the words of *of*, which a field may have."""
    return tuple(each.value for each in of)


def text(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    """Return a field of one line."""
    return MergeField(name, FieldKind.TEXT, label, help_, is_kept=is_kept)


def lines(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    """Return a field of several lines."""
    return MergeField(name, FieldKind.LINES, label, help_, is_kept=is_kept)


def day(name: str, label: str, help_: str = "") -> MergeField:
    """Return a field that holds a day."""
    return MergeField(name, FieldKind.DAY, label, help_)


def money(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    """Return a field of pounds and pence."""
    return MergeField(name, FieldKind.MONEY, label, help_, is_kept=is_kept)


def number(name: str, label: str, help_: str = "", *, is_kept: bool = False) -> MergeField:
    """Return a field that holds a whole number."""
    return MergeField(name, FieldKind.NUMBER, label, help_, is_kept=is_kept)


def yes_no(name: str, label: str, help_: str = "", *, is_of_desk: bool = False) -> MergeField:
    """Return a field that is yes or no."""
    return MergeField(name, FieldKind.YES_NO, label, help_, is_of_desk=is_of_desk)


def choice(name: str, label: str, of: type[StrEnum], help_: str = "") -> MergeField:
    """Return a field that holds one of the words of *of*."""
    return MergeField(name, FieldKind.CHOICE, label, help_, words(of))


def table(name: str, label: str, help_: str = "") -> MergeField:
    """Return a table, which only the desk can know."""
    return MergeField(name, FieldKind.TABLE, label, help_, is_of_desk=True)


def points(name: str, label: str, help_: str = "", *, is_of_desk: bool = True) -> MergeField:
    """Return a field of points, one to a line; by itself only the desk can know it."""
    return MergeField(name, FieldKind.POINTS, label, help_, is_of_desk=is_of_desk)
