"""Checking a return: every finding it can make, and running the checks over its rows.

Codes R0xx are about the file and its sheets, R1xx about single cells (from the descriptor), R2xx
to R7xx about rows (see row_checks), R9xx about merging.  A code keeps its meaning for good.  A
check that fails by itself is a fault of the program and is not caught.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from apprentice_desk import resources
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.findings import Finding, Level, Place
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns.context import Context
from apprentice_desk.returns.declared import (
    CANNOT_OPEN,
    CELL_ERROR,
    COLUMN_EXTRA,
    COLUMN_MISSING,
    COLUMN_MISSING_NOTE,
    COLUMN_TWICE,
    COMPARED_WITH,
    CONFLICT,
    DECLARED,
    FINGERPRINT_MISSING,
    FINGERPRINT_WRONG,
    HEADER_ITEM,
    HEADER_ITEM_NOTE,
    INVENTED_BOROUGH,
    LIST_MISSING,
    MERGED_ALREADY,
    MISSING,
    NEWER_FORMAT,
    NO_APPRENTICES,
    NO_HEADINGS,
    NOT_A_RETURN,
    NOT_BEGUN,
    NOT_LISTED,
    OTHER_BOROUGH,
    OTHER_DAYS,
    OTHER_PERIOD,
    OUT_OF_RANGE,
    PREPARED_AT_MISSING,
    ROW_COUNT,
    SAME_KEY_TWICE,
    SAME_ROW_TWICE,
    SAMPLE_LEFT_OUT,
    SHEET_EXTRA,
    SHEET_MISSING,
    TOO_LONG,
    UNDERSTOOD,
    UNKNOWN_BOROUGH,
    UNKNOWN_FORMAT,
    WRONG_SHAPE,
    WRONG_TYPE,
)
from apprentice_desk.returns.reference import Reference, packaged
from apprentice_desk.returns.registry import Registry
from apprentice_desk.returns.row_checks import ROW_CHECKS
from apprentice_desk.returns.rows import ReturnContent, ReturnHeader
from apprentice_desk.returns.schema import ReturnSchema
from apprentice_desk.returns.sheet_checking import (
    SheetChecker,
    SheetPlaces,
    field_finding,
    own_places,
)

__all__ = [
    "ALL_CHECKS",
    "CANNOT_OPEN",
    "CELL_ERROR",
    "COLUMN_EXTRA",
    "COLUMN_MISSING",
    "COLUMN_MISSING_NOTE",
    "COLUMN_TWICE",
    "COMPARED_WITH",
    "CONFLICT",
    "FINGERPRINT_MISSING",
    "FINGERPRINT_WRONG",
    "HEADER_ITEM",
    "HEADER_ITEM_NOTE",
    "INVENTED_BOROUGH",
    "LIST_MISSING",
    "MERGED_ALREADY",
    "MISSING",
    "NEWER_FORMAT",
    "NOT_A_RETURN",
    "NOT_BEGUN",
    "NOT_LISTED",
    "NO_APPRENTICES",
    "NO_HEADINGS",
    "OTHER_BOROUGH",
    "OTHER_DAYS",
    "OTHER_PERIOD",
    "OUT_OF_RANGE",
    "PREPARED_AT_MISSING",
    "ROW_COUNT",
    "SAME_KEY_TWICE",
    "SAME_ROW_TWICE",
    "SAMPLE_LEFT_OUT",
    "SHEET_EXTRA",
    "SHEET_MISSING",
    "TOO_LONG",
    "UNDERSTOOD",
    "UNKNOWN_BOROUGH",
    "UNKNOWN_FORMAT",
    "WRONG_SHAPE",
    "WRONG_TYPE",
    "Checked",
    "SheetPlaces",
    "field_finding",
    "header_findings",
    "known_boroughs",
    "run",
]

ALL_CHECKS = Registry(DECLARED, ROW_CHECKS)
"""Every finding that a return or a merge can have, by code."""


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
    last: ReturnContent | None = None,
    reference: Reference | None = None,
) -> Checked:
    """Check a whole return and say what was found, in the order of sheets, rows and columns.

    *last* is the borough's return of an earlier period, to compare with; *reference* are the lists
    to check against, by default those that come with the program.  Without *places* the lines are
    where the program would write them.  *unread* are cells as
    (resource, index of the line, attribute) that a finding was made about already: they are
    neither checked again nor counted against any rule.
    """
    known = known_boroughs() if boroughs is None else boroughs
    findings = list(header_findings(content.header, known, schema, file=file))
    lists = packaged() if reference is None else reference
    lists = replace(lists, borough_codes=frozenset(known))
    findings += [LIST_MISSING.finding(Place(file=file), lists=name) for name in lists.missing]
    context = Context(content, known.get(content.header.borough_code), last, lists)
    refused: dict[str, frozenset[int]] = {}
    for sheet in schema.sheets:
        lines = content.lines(sheet.resource)
        where = (places or {}).get(sheet.resource) or own_places(sheet, len(lines))
        bad: set[int] = {at for resource, at, _ in unread if resource == sheet.resource}
        checker = SheetChecker(sheet, context, file, where, unread)
        for index, finding in checker.findings(lines):
            findings.append(finding)
            if finding.level is Level.ROW and index is not None:
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
