"""Checking a return: every finding it can make, and running the checks over its rows.

Codes R0xx are about the file and its sheets, R1xx about single cells (from the descriptor), R2xx
and R3xx about rows (see row_checks), R9xx about merging.  A code keeps its meaning for good.  A
check that fails by itself is a fault of the program and is not caught.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import NOWHERE, Finding, Level, Place
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns.registry import Check, Context, Registry
from apprentice_desk.returns.row_checks import ROW_CHECKS
from apprentice_desk.returns.rows import Line, ReturnContent, ReturnHeader
from apprentice_desk.returns.schema import FieldSchema, ReturnSchema, SheetSchema
from apprentice_desk.returns.values import IDENTIFIERS, PLACES, Typed, as_text, show
from apprentice_desk.sheets import column_letter

_ORDERED = frozenset({*PLACES, "integer", "date"})
_FOUND = Registry()
_file, _row, _note = Level.FILE, Level.ROW, Level.NOTE

CANNOT_OPEN = _FOUND.declare("R001", _file, "{what}", "{remedy}")
NOT_A_RETURN = _FOUND.declare(
    "R002",
    _file,
    "This workbook is not a return: {why}.",
    "Choose the workbook that the desk exported, or a filled-in template.",
)
NEWER_FORMAT = _FOUND.declare(
    "R003",
    _file,
    "This return has format version {version}; this program knows versions up to {known}.",
    "Install the newest version of the program, or ask the borough to send format {known}.",
)
UNKNOWN_FORMAT = _FOUND.declare(
    "R004",
    _file,
    "This return has format version “{version}”, which never existed.",
    "Write one of these into “{item}” on the sheet Return: {known}.",
)
UNKNOWN_BOROUGH = _FOUND.declare(
    "R005",
    _file,
    "“{code}” is not the code of a London borough.",
    "Write the borough's GSS code into “Borough code”, such as E09000012 for Hackney.",
)
OTHER_BOROUGH = _FOUND.declare(
    "R006",
    _file,
    "The code {code} is that of {borough}, but the return says “{name}”.",
    "Put right whichever of the two is wrong.",
)
INVENTED_BOROUGH = _FOUND.declare(
    "R007",
    _file,
    "{borough} is invented, but the return is not marked as a sample.",
    "Write Yes into “Sample”, or the real borough's code into “Borough code”.",
)
HEADER_ITEM = _FOUND.declare("R008", _file, "{item}: {message}", "{remedy}")
HEADER_ITEM_NOTE = _FOUND.declare("R009", _note, "{item}: {message}", "{remedy}")
OTHER_DAYS = _FOUND.declare(
    "R010",
    _note,
    "{item} is {value}, but {period} has {day}. The period counts.",
    "Check that the period is the one that was meant.",
)
SHEET_MISSING = _FOUND.declare(
    "R011",
    _file,
    "The sheet {sheet} is missing.",
    "Add it, with its headings in the first row. If there is nothing to say, leave it without"
    " rows.",
)
COLUMN_MISSING = _FOUND.declare(
    "R012",
    _file,
    "The column “{heading}” is missing, and no row counts without it.",
    "Put the heading back as it was.",
)
COLUMN_MISSING_NOTE = _FOUND.declare(
    "R013",
    _note,
    "The column “{heading}” is missing, so nothing is known of it in any row.",
    "Put the heading back as it was, if there is something to say.",
)
COLUMN_TWICE = _FOUND.declare(
    "R014",
    _file,
    "The column “{heading}” is there twice, so it is not clear which one counts.",
    "Take one of them out.",
)
COLUMN_EXTRA = _FOUND.declare(
    "R015",
    _note,
    "The column “{heading}” is not part of the return and was left out.",
    "Nothing needs doing. If it holds names, take it out before the file goes further.",
)
SHEET_EXTRA = _FOUND.declare(
    "R016",
    _note,
    "The sheet “{sheet}” is not part of the return and was left out.",
    "Nothing needs doing. If it holds names, take it out before the file goes further.",
)
FINGERPRINT_MISSING = _FOUND.declare(
    "R017",
    _note,
    "The return has no fingerprint, as one that is filled in by hand.",
    "Nothing needs doing.",
)
FINGERPRINT_WRONG = _FOUND.declare(
    "R018",
    _note,
    "The rows are not those that the desk exported: the fingerprint differs.",
    "Ask the borough whether it changed the workbook by hand, or send the desk's own export.",
)
ROW_COUNT = _FOUND.declare(
    "R019",
    _note,
    "The return says that {sheet} has {stated}, but there are {found}.",
    "Check that no row was lost or added by hand.",
)
PREPARED_AT_MISSING = _FOUND.declare(
    "R020",
    _note,
    "The return has neither a revision nor the time when it was prepared.",
    "Fill in “Prepared at”: of two such returns the later one counts.",
)
NO_HEADINGS = _FOUND.declare(
    "R021",
    _file,
    "The sheet {sheet} has no row of headings that could be found.",
    "Put the headings back into the first row.",
)
NO_APPRENTICES = _FOUND.declare(
    "R022",
    _note,
    "The return has no apprentices.",
    "Nothing needs doing if the borough has none.",
)
NOT_BEGUN = _FOUND.declare(
    "R023",
    _file,
    "The return is for {period}, which had not begun when it was prepared on {day}.",
    "Write the quarter that it is for into “Period”, and export it again.",
)

WRONG_TYPE = _FOUND.declare("R101", _row, "{message} {why}", "{remedy}")
MISSING = _FOUND.declare(
    "R102", _row, "“{heading}” is blank, but every row needs it.", "Fill it in: {remedy}"
)
OUT_OF_RANGE = _FOUND.declare("R103", _row, "{message}", "{remedy}")
NOT_LISTED = _FOUND.declare("R104", _row, "{message}", "{remedy}")
TOO_LONG = _FOUND.declare(
    "R105",
    _row,
    "“{heading}” has {found} characters; at most {most} are allowed.",
    "Shorten it.",
)
WRONG_SHAPE = _FOUND.declare("R106", _row, "{message} {why}", "{remedy}")
CELL_ERROR = _FOUND.declare(
    "R107",
    _row,
    "“{heading}” holds {why}.",
    "Put the value itself into the cell, not a formula.",
)
SAME_ROW_TWICE = _FOUND.declare(
    "R108",
    _row,
    "This row stands in the sheet already, in row {other}.",
    "Take one of the two out.",
)
SAME_KEY_TWICE = _FOUND.declare(
    "R109",
    _row,
    "The same {key} stands in rows {rows} with different values, so none of them counts.",
    "Keep the row that is right and take the others out, or put the {key} right.",
)
UNDERSTOOD = _FOUND.declare(
    "R120",
    _note,
    "“{heading}” was not entered as {kind} in {rows}; here it was read as {value}.",
    "Nothing needs doing if that is right. Otherwise type it again.",
)

CONFLICT = _FOUND.declare(
    "R901",
    _file,
    "{borough} sent {revision} for {period} more than once with different content, so neither"
    " counts: {files}.",
    "Ask the borough which one is right, and for a new revision of it.",
)
SAMPLE_LEFT_OUT = _FOUND.declare(
    "R902",
    _file,
    "This return is a sample, and samples are never merged with real returns.",
    "Merge samples on their own.",
)
OTHER_PERIOD = _FOUND.declare(
    "R903",
    _note,
    "{files} of {other} {were} left out, since {period} is merged.",
    "To merge {other}, choose that period.",
)
MERGED_ALREADY = _FOUND.declare(
    "R904",
    _note,
    "This is a merged workbook, not a return, and was passed over.",
    "Nothing needs doing.",
)
COMPARED_WITH = _FOUND.declare(
    "R905",
    _note,
    "{files} of {other} {were} not merged, only compared with {period}.",
    "What changed since then stands on a sheet of its own.",
)

ALL_CHECKS = Registry(_FOUND, ROW_CHECKS)
"""Every finding that a return or a merge can have, by code."""


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """Where the lines of a sheet stand: the row number of each, the column letter of each field."""

    rows: Sequence[int]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found, and by resource the indexes of the lines that may not count."""

    findings: tuple[Finding, ...]
    refused: Mapping[str, frozenset[int]] = field(default_factory=dict)


def known_boroughs() -> Mapping[str, Borough]:
    """Return the boroughs that returns may come from, by code; invented ones are among them."""
    return {borough.code: borough for borough in resources.boroughs()}


def run(
    content: ReturnContent,
    schema: ReturnSchema,
    *,
    boroughs: Mapping[str, Borough] | None = None,
    file: str = "",
    places: Mapping[str, SheetPlaces] | None = None,
    unread: frozenset[tuple[str, int, str]] = frozenset(),
) -> Checked:
    """Check a whole return and say what was found, in the order of sheets, rows and columns.

    Without *places* the lines are where the program would write them.  *unread* are cells as
    (resource, index of the line, attribute) that a finding was made about already: they are
    neither checked again nor counted against any rule.
    """
    known = known_boroughs() if boroughs is None else boroughs
    findings = list(header_findings(content.header, known, schema, file=file))
    context = Context.of(content, known.get(content.header.borough_code))
    refused: dict[str, frozenset[int]] = {}
    for sheet in schema.sheets:
        lines = content.lines(sheet.resource)
        where = (places or {}).get(sheet.resource) or _own_places(sheet, len(lines))
        bad: set[int] = {at for resource, at, _ in unread if resource == sheet.resource}
        checker = _SheetChecker(sheet, context, file, where, unread)
        for index, finding in checker.findings(lines):
            findings.append(finding)
            if finding.level is Level.ROW:
                bad.add(index)
        refused[sheet.resource] = frozenset(bad)
    if not content.apprentices:
        findings.append(
            NO_APPRENTICES.finding(Place(file=file, sheet=schema.sheet("apprentices").name))
        )
    return Checked(tuple(findings), refused)


def header_findings(
    header: ReturnHeader, boroughs: Mapping[str, Borough], schema: ReturnSchema, *, file: str = ""
) -> Iterator[Finding]:
    """Yield what is wrong with whose return it is."""
    items = {item.takes: item for item in schema.items if item.takes}

    def place(takes: str, value: str) -> Place:
        return Place(file, schema.header_sheet, heading=items[takes].name, field=takes, value=value)

    # A day's grace: the time is in UTC, the quarter begins where the borough is.
    prepared_at = header.prepared_at
    if prepared_at is not None and header.period.first > prepared_at.date() + timedelta(days=1):
        yield NOT_BEGUN.finding(
            place("period", str(header.period)),
            period=header.period,
            day=show_day(prepared_at.date()),
        )
    borough = boroughs.get(header.borough_code)
    if borough is None:
        yield UNKNOWN_BOROUGH.finding(
            place("borough_code", header.borough_code), code=header.borough_code
        )
        return
    said, named = header.borough_name.casefold(), borough.name.casefold()
    if said and named not in said and said not in named:
        yield OTHER_BOROUGH.finding(
            place("borough_name", header.borough_name),
            code=borough.code,
            borough=borough.name,
            name=header.borough_name,
        )
    if borough.is_invented and not header.is_sample:
        yield INVENTED_BOROUGH.finding(place("is_sample", "No"), borough=borough.name)


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


class _SheetChecker:
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

    def findings(self, lines: Sequence[Line]) -> Iterator[tuple[int, Finding]]:
        found = [*self._of_fields(lines), *self._repeats(lines), *self._of_rules(lines)]
        yield from sorted(found, key=lambda pair: pair[0])

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

    def _of_rules(self, lines: Sequence[Line]) -> Iterator[tuple[int, Finding]]:
        """Yield what the rules have against lines, save for cells with a finding already."""
        for check in ROW_CHECKS.of_sheet(self._sheet.resource):
            assert check.passes is not None  # row_checks holds nothing else
            passes, context = check.passes, self._context
            for index, line in enumerate(lines):
                if not passes(line, context) and not any(
                    self._is_unread(index, takes) for takes in check.fields
                ):
                    yield index, self._finding(check, index, line)

    def _finding(self, check: Check, index: int, line: Line) -> Finding:
        words = {
            takes: show(self._sheet.field(takes).kind, getattr(line, takes))
            for takes in check.fields
        }
        borough = self._context.borough
        return check.finding(
            self._place(index, line, check.fields[0]),
            borough=borough.name if borough else "the borough",
            **words,
        )

    def _repeats(self, lines: Sequence[Line]) -> Iterator[tuple[int, Finding]]:
        """Yield the lines whose key stands more than once, but not the first of equal ones."""
        keys = self._sheet.key_fields
        if not keys:
            return
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

    def _is_unread(self, index: int, takes: str) -> bool:
        return (self._sheet.resource, index, takes) in self._unread

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


def _own_places(sheet: SheetSchema, count: int) -> SheetPlaces:
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
