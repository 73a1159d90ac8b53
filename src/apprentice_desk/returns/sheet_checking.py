"""Running the checks over the lines of one sheet: fields, repeats, rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from apprentice_desk.domain.findings import NOWHERE, Finding, Place
from apprentice_desk.returns.checks_last import LAST
from apprentice_desk.returns.context import Context
from apprentice_desk.returns.declared import (
    MISSING,
    NOT_LISTED,
    OUT_OF_RANGE,
    SAME_KEY_TWICE,
    SAME_ROW_TWICE,
    TOO_LONG,
    WRONG_SHAPE,
    WRONG_TYPE,
)
from apprentice_desk.returns.registry import Check
from apprentice_desk.returns.row_checks import ROW_CHECKS
from apprentice_desk.returns.rows import Line
from apprentice_desk.returns.schema import FieldSchema, SheetSchema
from apprentice_desk.returns.values import IDENTIFIERS, PLACES, Typed, as_text, show
from apprentice_desk.sheets import column_letter

_ORDERED = frozenset({*PLACES, "integer", "date"})


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Where the lines of a sheet stand: the row number of each, the column letter of each field."""

    rows: Sequence[int]
    columns: Mapping[str, str]


def field_finding(column: FieldSchema, value: Typed, place: Place) -> Finding | None:
    """Return what the descriptor has against a single value, or None."""
    objection = _objection(column, value)
    if objection is None:
        return None
    check, more = objection
    words = {"heading": column.name, "message": column.message, "remedy": column.rule}
    return check.finding(place, **(words | more))


# Many boroughs say the same.  Typed, since True is 1 to a dictionary.
@lru_cache(65_536, typed=True)
def _objection(column: FieldSchema, value: Typed) -> tuple[Check, dict[str, object]] | None:
    """Return the check that a value fails, and the words that it needs besides the column's."""
    if value is None or (isinstance(value, str | tuple) and not value):
        return (MISSING, {}) if column.is_required else None
    if column.choices and not isinstance(value, bool) and value not in column.choices:
        remedy = f"{column.rule} The list: {'; '.join(column.choices)}."
        return NOT_LISTED, {"remedy": remedy}
    if isinstance(value, Decimal) and value != round(value, PLACES[column.kind]):
        return WRONG_TYPE, {"why": "It has too many decimals."}
    if not _is_in_range(column, value):
        return OUT_OF_RANGE, {}
    if column.longest is not None and len(text := as_text(column.kind, value)) > column.longest:
        return TOO_LONG, {"found": len(text), "most": column.longest}
    if isinstance(value, str | tuple):
        for one in value if isinstance(value, tuple) else (value,):
            if why := _shape_is_wrong(column, one):
                return WRONG_SHAPE, {"why": why}
    return None


class SheetChecker:
    """Runs every check over the lines of one sheet; findings come with the index of their line."""

    def __init__(
        self,
        sheet: SheetSchema,
        context: Context,
        file: str,
        places: SheetPlaces,
        unread: frozenset[tuple[str, int, str]],
    ) -> None:
        self._sheet = sheet
        self._context = context
        self._file = file
        self._places = places
        self._unread = unread
        self._wrong: set[tuple[int, str]] = set()

    def findings(self, lines: Sequence[Line]) -> Iterator[tuple[int | None, Finding]]:
        """Yield each finding with the index of its line, those about the whole sheet first."""
        of_fields = list(self._of_fields(lines))
        # A cell that is wrong by itself says nothing that a rule could go by.
        self._wrong = {(index, finding.place.field) for index, finding in of_fields}
        found = [*of_fields, *self._repeats(lines), *self._of_rules(lines)]
        yield from sorted(found, key=lambda pair: -1 if pair[0] is None else pair[0])

    def _of_fields(self, lines: Sequence[Line]) -> Iterator[tuple[int, Finding]]:
        """Yield what the descriptor has against single values; each value is looked at once."""
        for column in self._sheet.fields:
            takes = column.takes
            values = list(map(attrgetter(takes), lines))
            different = set(values)
            if _are_sound(column, different):
                continue
            wrong = {
                value: finding
                for value in different
                if (finding := field_finding(column, value, NOWHERE))
            }
            if not wrong:
                continue
            for index, value in enumerate(values):
                if value in wrong and not self._is_unread(index, takes):
                    place = self._place(index, lines[index], takes)
                    yield index, replace(wrong[value], place=place)

    def _of_rules(self, lines: Sequence[Line]) -> Iterator[tuple[int | None, Finding]]:
        """Yield what the rules have against lines, save for cells with a finding already."""
        context = self._context
        for check in ROW_CHECKS.of_sheet(self._sheet.resource):
            if context.last is None and check.code in LAST:
                continue  # there is nothing to compare with
            if check.finds is not None:
                for found in check.finds(context):
                    if found.index is None:
                        place = self._sheet_place(check.fields[0])
                        yield None, check.finding(place, **found.words)
                    elif not self._is_any_wrong(found.index, check):
                        line = lines[found.index]
                        yield found.index, self._finding(check, found.index, line, found.words)
                continue
            passes, more_words = check.passes, check.more_words
            assert passes is not None  # it is of lines, then
            failing = [index for index, line in enumerate(lines) if not passes(line, context)]
            for index in failing:
                if not self._is_any_wrong(index, check):
                    words = more_words(lines[index], context) if more_words else {}
                    yield index, self._finding(check, index, lines[index], words)

    def _finding(self, check: Check, index: int, line: Line, more: Mapping[str, object]) -> Finding:
        words: dict[str, object] = {
            takes: show(self._sheet.field(takes).kind, getattr(line, takes))
            for takes in check.fields
        }
        borough = self._context.borough
        words["borough"] = borough.name if borough else "the borough"
        return check.finding(self._place(index, line, check.fields[0]), **(words | dict(more)))

    def _repeats(self, lines: Sequence[Line]) -> Iterator[tuple[int, Finding]]:
        """Yield the lines whose key stands more than once, but not the first of equal ones."""
        keys = self._sheet.key_fields
        if not keys:
            return
        if len(set(map(attrgetter(*(one.takes for one in keys)), lines))) == len(lines):
            return  # as nearly always
        by_key: dict[tuple[str, ...], list[int]] = {}
        for index, line in enumerate(lines):
            key = tuple([as_text(one.kind, getattr(line, one.takes)) for one in keys])
            if all(key):
                by_key.setdefault(key, []).append(index)
        named = " and ".join(column.name for column in keys)
        for indexes in by_key.values():
            if len(indexes) == 1:
                continue
            rows = [self._places.rows[index] for index in indexes]
            if all(lines[index] == lines[indexes[0]] for index in indexes):
                for index in indexes[1:]:
                    place = self._place(index, lines[index], keys[0].takes)
                    yield index, SAME_ROW_TWICE.finding(place, other=rows[0])
            else:
                for index in indexes:
                    yield (
                        index,
                        SAME_KEY_TWICE.finding(
                            self._place(index, lines[index], keys[0].takes),
                            key=named,
                            rows=_listed(rows),
                        ),
                    )

    def _is_any_wrong(self, index: int, check: Check) -> bool:
        return any(
            (index, takes) in self._wrong or self._is_unread(index, takes) for takes in check.fields
        )

    def _is_unread(self, index: int, takes: str) -> bool:
        return (self._sheet.resource, index, takes) in self._unread

    def _sheet_place(self, takes: str) -> Place:
        """Return the place of what is about no row in particular."""
        heading = self._sheet.field(takes).name
        return Place(file=self._file, sheet=self._sheet.name, heading=heading, field=takes)

    def _place(self, index: int, line: Line, takes: str) -> Place:
        column = self._sheet.field(takes)
        return Place(
            file=self._file,
            sheet=self._sheet.name,
            row=self._places.rows[index],
            column=self._places.columns.get(takes, ""),
            heading=column.name,
            field=takes,
            value=show(column.kind, getattr(line, takes)),
        )


def _listed(rows: Sequence[int]) -> str:
    """Return "2, 14 and 15"."""
    *first, last = map(str, rows)
    return f"{', '.join(first)} and {last}"


def own_places(sheet: SheetSchema, count: int) -> SheetPlaces:
    """Return where the program would write so many lines."""
    columns = {field.takes: column_letter(at) for at, field in enumerate(sheet.fields, 1)}
    return SheetPlaces(range(2, count + 2), columns)


def _are_sound(column: FieldSchema, values: set[Any]) -> bool:
    """Return whether the amounts, numbers or days of a column are seen to be sound at a glance.

    False says nothing: then each value is looked at by itself.
    """
    if column.kind not in _ORDERED or column.longest is not None:
        return False
    known = values - {None}
    if len(known) < len(values) and column.is_required:
        return False
    places = PLACES.get(column.kind)
    if places is not None and any(str(value)[-1 - places : -places] != "." for value in known):
        return False
    return not known or (_is_in_range(column, min(known)) and _is_in_range(column, max(known)))


def _is_in_range(column: FieldSchema, value: Any) -> bool:
    """Return whether a value keeps to its column's limits, which are of its own kind."""
    least, most = column.least, column.most
    return (least is None or least <= value) and (most is None or value <= most)


def _shape_is_wrong(column: FieldSchema, text: str) -> str:
    """Return what is wrong with an identifier's shape in a sentence, or nothing."""
    if column.identifier:
        try:
            IDENTIFIERS[column.identifier](text)
        except ValueError as error:
            return str(error)
    if column.pattern and not column.pattern.fullmatch(text):
        return f"“{text}” has another shape."
    return ""
