"""Two returns compared: which rows came, went or say something else, and what they say now.

Rows are told apart by the key of their sheet.  A sheet without one is compared as a whole: a row
that is not in the other return was added or removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from apprentice_desk.returns.rows import Line, ReturnContent
from apprentice_desk.returns.schema import ReturnSchema, SheetSchema
from apprentice_desk.returns.values import show


class Difference(StrEnum):
    """What became of a row between two returns."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that says something else, each way as a person reads it; "" is not known."""

    heading: str
    before: str
    after: str

    def words(self) -> str:
        """Return the change as a sentence without its full stop: "Status: live, was planned"."""
        return f"{self.heading}: {self.after or 'not known'}, was {self.before or 'not known'}"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs between two returns.

    *key* are its key's values as a person reads them; of a sheet without a key, all that it says.
    """

    sheet: str
    key: tuple[str, ...]
    difference: Difference
    fields: tuple[FieldChange, ...] = ()

    @property
    def named(self) -> str:
        """Which row it is, in words."""
        return ", ".join(part for part in self.key if part)

    def words(self) -> str:
        """Return what became of it, in words."""
        if self.difference is Difference.CHANGED:
            return "; ".join(field.words() for field in self.fields)
        return "Added" if self.difference is Difference.ADDED else "Removed"


def compare(
    before: ReturnContent, after: ReturnContent, schema: ReturnSchema
) -> tuple[RowChange, ...]:
    """Return the rows that differ, by sheet in the format's order and by key in each.

    The order of rows in either return means nothing.
    """
    before, after = schema.normal(before), schema.normal(after)
    changes: list[RowChange] = []
    for sheet in schema.sheets:
        compared = _keyed if sheet.key_fields else _whole
        changes += compared(sheet, before.lines(sheet.resource), after.lines(sheet.resource))
    return tuple(changes)


def summary(changes: Iterable[RowChange]) -> str:
    """Return how much differs, in a sentence."""
    counts = Counter(change.difference for change in changes)
    said = [
        f"{counts[kind]:,} row{'' if counts[kind] == 1 else 's'} {kind}"
        for kind in Difference
        if counts[kind]
    ]
    if not said:
        return "Both say the same."
    return f"{', '.join(said[:-1])} and {said[-1]}." if len(said) > 1 else f"{said[0]}."


def _keyed(
    sheet: SheetSchema, before: Iterable[Line], after: Iterable[Line]
) -> Iterable[RowChange]:
    old, new = _by_key(sheet, before), _by_key(sheet, after)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            line = now if was is None else was
            assert line is not None  # the key is of one of the two
            difference = Difference.ADDED if was is None else Difference.REMOVED
            yield RowChange(sheet.name, _named(sheet, line), difference)
        elif fields := _fields(sheet, was, now):
            yield RowChange(sheet.name, _named(sheet, now), Difference.CHANGED, fields)


def _by_key(sheet: SheetSchema, lines: Iterable[Line]) -> dict[tuple[tuple[str, ...], int], Line]:
    """Return lines by their key and the how-manieth of that key it is: a fault may repeat one."""
    found: dict[tuple[tuple[str, ...], int], Line] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        key = sheet.key_texts(line)
        found[key, seen[key]] = line
        seen[key] += 1
    return found


def _named(sheet: SheetSchema, line: Line) -> tuple[str, ...]:
    fields = sheet.key_fields or sheet.fields
    return tuple(show(field.kind, getattr(line, field.takes)) for field in fields)


def _fields(sheet: SheetSchema, was: Line, now: Line) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field.name, show(field.kind, old), show(field.kind, new))
        for field, old, new in zip(sheet.fields, sheet.values(was), sheet.values(now), strict=True)
        if old != new
    )


def _whole(
    sheet: SheetSchema, before: Iterable[Line], after: Iterable[Line]
) -> Iterable[RowChange]:
    old, new = Counter(before), Counter(after)
    for difference, lines in (
        (Difference.ADDED, new - old),
        (Difference.REMOVED, old - new),
    ):
        for line in sorted(lines.elements(), key=sheet.texts):
            yield RowChange(sheet.name, _named(sheet, line), difference)
