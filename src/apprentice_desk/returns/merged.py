"""What a merge comes to, and the workbook that it is written as.

The merged workbook has a sheet for each of the return's, whose rows say which borough, file and
row they come from, and two of its own: Boroughs and Findings.  It may be of any length, so it is
plain: no tables, lists or notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.findings import Finding
from apprentice_desk.returns.schema import ReturnSchema, SheetSchema
from apprentice_desk.returns.values import as_value
from apprentice_desk.returns.workbook import MERGED_SHEETS, ReadReturn, column_spec
from apprentice_desk.sheets import ColumnSpec, SheetSpec, Value, check_target, write_long_workbook
from apprentice_desk.sheets.saving import NO_TIME

_BOROUGHS, _FINDINGS = MERGED_SHEETS


class State(StrEnum):
    """How a borough's return came through the merge."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NOT_RECEIVED = "not received"


class Fate(StrEnum):
    """What became of one file, or of a borough that sent none."""

    ACCEPTED = "accepted"
    PARTLY = "accepted in part"
    REPLACED = "replaced"
    COPY = "same as another"
    OTHER_PERIOD = "another period"
    CONFLICT = "conflict"
    REFUSED = "refused"
    NOT_RECEIVED = "not received"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One return of a known borough for the period, and what became of it."""

    read: ReadReturn
    fate: Fate

    @property
    def borough_code(self) -> str:
        """Whose it is."""
        assert self.read.header is not None  # else nobody knows whose it is
        return self.read.header.borough_code

    @property
    def stands(self) -> bool:
        """Whether it is the one whose rows are merged."""
        return self.fate in (Fate.ACCEPTED, Fate.PARTLY)


@dataclass(frozen=True, slots=True)
class BoroughState:
    """What became of one borough's returns for the period.

    *file* is the one that stands, or those in conflict or refused; *replaced* are older ones that
    it stands in for, the newest first; *copies* are other files with the same return.  *rows* are
    counted by sheet, *left_out* are those that do not count.  *findings* are about no single file.
    """

    code: str
    name: str
    state: State
    file: str = ""
    replaced: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    revision: int | None = None
    prepared_at: datetime | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the state as `merge --json` writes it."""
        return {
            "code": self.code,
            "name": self.name,
            "state": self.state.value,
            "file": self.file,
            "replaced": list(self.replaced),
            "revision": self.revision,
            "rows": dict(self.rows),
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """The returns that stand, in the order of borough codes, and all that was found on the way.

    *period* is None if no return could be read.  *is_sample* marks a merge of samples.
    *outcomes* are all returns for the period, by borough and file.
    """

    schema: ReturnSchema
    period: Quarter | None
    is_sample: bool
    returns: tuple[ReadReturn, ...]
    boroughs: tuple[BoroughState, ...]
    findings: tuple[Finding, ...]
    fingerprint: str
    outcomes: tuple[Outcome, ...] = ()

    @property
    def newest_at(self) -> datetime | None:
        """When the newest of the returns that stand was prepared, as far as they say."""
        headers = [one.header for one in self.returns if one.header is not None]
        return max((one.prepared_at for one in headers if one.prepared_at), default=None)

    @property
    def row_counts(self) -> dict[str, int]:
        """How many rows were merged, by sheet."""
        return {
            sheet.name: sum(one.row_counts[sheet.name] for one in self.returns)
            for sheet in self.schema.sheets
        }

    def as_json(self) -> dict[str, object]:
        """Return what `merge --json` writes."""
        return {
            "period": str(self.period) if self.period else "",
            "is_sample": self.is_sample,
            "findings": [finding.as_json() for finding in self.findings],
            "rows": self.row_counts,
            "fingerprint": self.fingerprint,
            "boroughs": [borough.as_json() for borough in self.boroughs],
        }


def write_merged(merged: Merged, path: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Write the merged workbook: Boroughs, every data sheet, Findings.

    The same merge gives the same bytes.  Raises Problem if the file cannot be written, or if it
    would take the place of one of *inputs* or of something that is no workbook.
    """
    path = check_target(path, inputs)
    schema = merged.schema
    title = f"{schema.title}, merged, {merged.period or 'no period'}"
    if merged.is_sample:
        title += ", sample"
    specs = [_boroughs_spec(merged)]
    specs += [_rows_spec(merged, sheet) for sheet in schema.sheets]
    specs.append(_findings_spec(merged))
    write_long_workbook(path, specs, title=title, made_at=merged.newest_at or NO_TIME)


def _boroughs_spec(merged: Merged) -> SheetSpec:
    sheets = [sheet.name for sheet in merged.schema.sheets]
    columns = (
        ColumnSpec("Code", width=12),
        ColumnSpec("Borough", width=26),
        ColumnSpec("State", width=14),
        ColumnSpec("Period", width=13),
        ColumnSpec("Sample", "yes-no", width=9),
        ColumnSpec("File", width=34, is_wrapped=True),
        ColumnSpec("Revision", "integer", width=10),
        ColumnSpec("Prepared at", "instant", width=20),
        ColumnSpec("Replaces", width=34, is_wrapped=True),
        *(ColumnSpec(f"Rows in {name}", "integer", width=13) for name in sheets),
        ColumnSpec("Rows left out", "integer", width=10),
    )
    rows: list[Sequence[Value]] = []
    for one in merged.boroughs:
        is_in = one.state is State.ACCEPTED
        rows.append(
            (
                one.code,
                one.name,
                one.state.value,
                str(merged.period) if merged.period else None,
                merged.is_sample,
                one.file,
                one.revision,
                one.prepared_at,
                ", ".join(one.replaced),
                *(one.rows.get(name) for name in sheets),
                one.left_out if is_in else None,
            )
        )
    return SheetSpec(_BOROUGHS, columns, rows)


def _rows_spec(merged: Merged, sheet: SheetSchema) -> SheetSpec:
    columns = (
        ColumnSpec("Borough", width=24),
        ColumnSpec("Source file", width=30),
        ColumnSpec("Source row", "integer", width=9),
        *map(column_spec, sheet.fields),
    )
    return SheetSpec(sheet.name, columns, _merged_rows(merged, sheet))


def _merged_rows(merged: Merged, sheet: SheetSchema) -> Iterator[Sequence[Value]]:
    """Yield the rows of one sheet by borough and key, each with where it came from."""
    names = {borough.code: borough.name for borough in merged.boroughs}
    for one in merged.returns:
        assert one.header is not None  # they are accepted
        assert one.content is not None
        name = names[one.header.borough_code]
        lines = one.content.lines(sheet.resource)
        numbered = zip(lines, one.rows[sheet.resource], strict=True)
        for line, row in sorted(numbered, key=lambda pair: (sheet.key_texts(pair[0]), pair[1])):
            yield (name, one.file, row, *map(as_value, sheet.values(line)))


def _findings_spec(merged: Merged) -> SheetSpec:
    columns = (
        ColumnSpec("Level", width=15),
        ColumnSpec("File", width=30),
        ColumnSpec("Sheet", width=14),
        ColumnSpec("Row", "integer", width=7),
        ColumnSpec("Column", width=9),
        ColumnSpec("Heading", width=22, is_wrapped=True),
        ColumnSpec("Value", width=22, is_wrapped=True),
        ColumnSpec("What is wrong", width=56, is_wrapped=True),
        ColumnSpec("How to put it right", width=56, is_wrapped=True),
        ColumnSpec("Code", width=8),
    )
    rows: list[Sequence[Value]] = [
        (
            finding.level.words,
            finding.place.file,
            finding.place.sheet,
            finding.place.row,
            finding.place.column,
            finding.place.heading,
            finding.place.value,
            finding.message,
            finding.remedy,
            finding.code,
        )
        for finding in merged.findings
    ]
    return SheetSpec(_FINDINGS, columns, rows)
