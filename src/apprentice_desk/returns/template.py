"""The blank workbook that a borough without the program fills in by hand.

It is made from the descriptor like every return, so its headings, notes, lists and formats are
those of an export, and what is typed into it is read like one.
"""

from __future__ import annotations

from pathlib import Path

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns.schema import FieldSchema, ReturnSchema
from apprentice_desk.returns.workbook import column_spec, header_spec
from apprentice_desk.sheets import SheetSpec, Value, check_target, write_workbook

BLANK_ROWS = 200
"""The empty rows that drop-down lists cover on each sheet at least."""


def write(
    schema: ReturnSchema,
    path: str | Path,
    *,
    borough: Borough | None = None,
    period: Quarter | None = None,
) -> None:
    """Write a blank return to *path*, for a borough and a period if they are given.

    A return of an invented borough is marked as a sample.  The same template has the same bytes.
    Raises Problem if the file cannot be written.
    """
    path = check_target(path)
    known: dict[str, Value] = {"format": schema.title, "version": schema.version}
    if borough is not None:
        known |= {"borough_code": borough.code, "borough_name": borough.name}
        known["is_sample"] = borough.is_invented
    if period is not None:
        known["period"] = str(period)
        known |= {"period_first_on": period.first, "period_last_on": period.last}

    def value(item: FieldSchema) -> Value:
        return known.get(item.takes or item.states)

    specs = [header_spec(schema, value)]
    specs += [
        SheetSpec(sheet.name, tuple(map(column_spec, sheet.fields)), blank_rows=BLANK_ROWS)
        for sheet in schema.sheets
    ]
    write_workbook(path, specs, title=f"{schema.title} {schema.version}, blank")
