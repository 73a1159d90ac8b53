"""The workbook that a merge is written as.

First what it comes to (Picture) and whose returns are in it (Boroughs); then a sheet for each of
the return's, whose rows say which borough, file and row they come from; last what was found and
what changed since the period before.  It may be of any length, so it is plain: no tables, lists or
notes.  The same set of returns gives the same bytes, whatever the time and the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import figures, measures
from apprentice_desk.returns.changes import BoroughChange, Changes, changes
from apprentice_desk.returns.figures import Figure, Terms
from apprentice_desk.returns.merged import BoroughState, Merged, State
from apprentice_desk.returns.schema import SheetSchema
from apprentice_desk.returns.values import as_value
from apprentice_desk.returns.workbook import MERGED_SHEETS, column_spec
from apprentice_desk.sheets import (
    ColumnSpec,
    SheetSpec,
    Value,
    check_target,
    sheet_names,
    write_long_workbook,
)
from apprentice_desk.sheets.saving import NO_TIME

_BOROUGHS, _FINDINGS = MERGED_SHEETS
WRITING = "Writing the merged workbook"
_ROWS_BETWEEN_STEPS = 50
_PICTURE = "Picture"
_CHANGES = "What changed since last period"  # 30 characters; a sheet's name may have 31


def write_merged(merged: Merged, path: str | Path, inputs: Iterable[str | Path] = ()) -> None:
    """Write the merged workbook.

    Raises Problem if the file cannot be written, or if it would take the place of one of *inputs*
    or of anything but an earlier merged workbook.
    """
    write_merged_to(merged, check_merged_target(path, inputs))


def write_merged_to(merged: Merged, path: Path, progress: Progress | None = None) -> None:
    """Write the merged workbook where nothing is that could be lost.

    Raises Cancelled once *progress* is stopped; nothing stands at *path* then.
    """
    write_long_workbook(
        path, specs(merged, progress), title=_title(merged), made_at=merged.newest_at or NO_TIME
    )


def check_merged_target(path: str | Path, inputs: Iterable[str | Path] = ()) -> Path:
    """Return *path* if a merged workbook may be saved there; raises Problem in words if not."""
    path = check_target(path, inputs)
    if path.exists() and path.stat().st_size and not is_merged(path):
        raise Problem(
            f"“{path.name}” is there already and is no merged workbook, so it was left as it is.",
            "Choose another name to save under.",
        )
    return path


def is_merged(path: str | Path) -> bool:
    """Return whether a file is a merged workbook, by the names of its sheets alone."""
    names = sheet_names(path)
    return set(MERGED_SHEETS) <= set(names) and "Return" not in names


def specs(merged: Merged, progress: Progress | None = None) -> list[SheetSpec]:
    """Return the sheets of the merged workbook, in their order.

    *progress* is told of the boroughs' rows as they are taken.
    """
    counting = _Counting(sum(merged.row_counts.values()), progress or Progress())
    terms = figures.terms_for(merged.period) if merged.period else None
    return [
        _picture_spec(merged, terms),
        _boroughs_spec(merged),
        *(_rows_spec(merged, sheet, counting) for sheet in merged.schema.sheets),
        findings_spec(merged.findings),
        _changes_spec(changes(merged, terms) if terms else None),
    ]


def _title(merged: Merged) -> str:
    title = f"{merged.schema.title}, merged, {merged.period or 'no period'}"
    return f"{title}, sample" if merged.is_sample else title


# --- Picture -----------------------------------------------------------------------------------


def _picture_spec(merged: Merged, terms: Terms | None) -> SheetSpec:
    """Return the figures: a row for each, what it means, all boroughs, then each by itself."""
    present = [one for one in merged.boroughs if one.state is State.ACCEPTED]
    columns = (
        ColumnSpec("Part", width=28),
        ColumnSpec("Figure", width=34, is_wrapped=True),
        ColumnSpec("What it means", width=56, is_wrapped=True),
        ColumnSpec("All boroughs", "number", width=12),
        *(ColumnSpec(one.name, "number", width=13) for one in present),
    )
    rows: list[Sequence[Value]] = []
    if terms is not None:
        rows = [*_picture_rows(merged, present, terms)]
    return SheetSpec(_PICTURE, columns, rows)


def _picture_rows(
    merged: Merged, present: Sequence[BoroughState], terms: Terms
) -> Iterator[Sequence[Value]]:
    codes = [one.code for one in present]
    returns = merged.returns
    yield (
        "Returns",
        "Boroughs merged",
        f"Boroughs whose return for {terms.period} stands. All boroughs is the sum of the boroughs"
        " in every figure, save where its meaning says otherwise.",
        len(codes),
        *(1 for _ in codes),
    )
    by_name: dict[str, Figure] = {}
    for measure in measures.MEASURES:
        found = by_name[measure.name] = figures.figure(returns, measure, terms)
        yield _figure_row(found, codes)
        if measure is measures.LOGGED_HOURS:
            planned = by_name[measures.PLANNED_HOURS.name]
            yield (
                measure.group,
                "Hours to plan, in percent",
                "Hours logged as a share of those planned, of each borough and of all together:"
                " it does not add up.",
                figures.percent(found.total, planned.total),
                *(
                    figures.percent(found.by_borough[code], planned.by_borough[code])
                    for code in codes
                ),
            )
    yield from _provider_rows(merged, codes)
    for grouping in figures.GROUPINGS:
        for part in figures.groups(returns, grouping, terms):
            yield _figure_row(part, codes)


def _figure_row(found: Figure, codes: Sequence[str]) -> Sequence[Value]:
    measure = found.measure
    return (
        measure.group,
        measure.title,
        measure.meaning,
        found.total,
        *(found.by_borough[code] for code in codes),
    )


def _provider_rows(merged: Merged, codes: Sequence[str]) -> Iterator[Sequence[Value]]:
    every = figures.providers(merged.returns)
    shared = [one for one in every if len(one.borough_codes) >= figures.SHARED_FROM]
    for title, meaning, found in (
        (
            "Providers",
            "Providers with a contract or with someone on programme. One that serves several"
            " boroughs counts once under All boroughs: it does not add up.",
            every,
        ),
        (
            "Providers that boroughs share",
            f"Of the providers: they serve {figures.SHARED_FROM} boroughs or more."
            " It does not add up.",
            shared,
        ),
    ):
        by_code = (sum(code in one.borough_codes for one in found) for code in codes)
        yield ("Providers", title, meaning, len(found), *by_code)


# --- Boroughs, the rows, Findings ---------------------------------------------------------------


def _boroughs_spec(merged: Merged) -> SheetSpec:
    sheets = [sheet.name for sheet in merged.schema.sheets]
    columns = (
        ColumnSpec("Code", width=12),
        ColumnSpec("Borough", width=26),
        ColumnSpec("State", width=14),
        ColumnSpec("Why", width=40, is_wrapped=True),
        ColumnSpec("Period", width=13),
        ColumnSpec("Sample", "yes-no", width=9),
        ColumnSpec("File", width=34, is_wrapped=True),
        ColumnSpec("Revision", "integer", width=10),
        ColumnSpec("Prepared at", "instant", width=20),
        ColumnSpec("Replaces", width=34, is_wrapped=True),
        *(ColumnSpec(f"Rows in {name}", "integer", width=16) for name in sheets),
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
                one.reason,
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


class _Counting:
    """Tells *progress* how many of all rows have been taken."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = total
        self._progress = progress
        self._done = 0

    def passed(self, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        """Pass *rows* on."""
        for row in rows:
            if self._done % _ROWS_BETWEEN_STEPS == 0:
                self._progress.step(self._done, self._total, WRITING)
            self._done += 1
            yield row


def _rows_spec(merged: Merged, sheet: SheetSchema, counting: _Counting) -> SheetSpec:
    columns = (
        ColumnSpec("Borough", width=24),
        ColumnSpec("Source file", width=30),
        ColumnSpec("Source row", "integer", width=9),
        *map(column_spec, sheet.fields),
    )
    return SheetSpec(sheet.name, columns, counting.passed(_merged_rows(merged, sheet)))


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


def findings_spec(findings: Iterable[Finding]) -> SheetSpec:
    """Return the sheet of findings, as it stands in every workbook that has one."""
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
        for finding in findings
    ]
    return SheetSpec(_FINDINGS, columns, rows)


# --- What changed ------------------------------------------------------------------------------


def _changes_spec(found: Changes | None) -> SheetSpec:
    before = str(found.before) if found else "Last period"
    now = str(found.now) if found else "This period"
    columns = (
        ColumnSpec("Borough", width=26),
        ColumnSpec("What", width=26, is_wrapped=True),
        ColumnSpec("Apprentice", width=18),
        ColumnSpec("Number", "integer", width=9),
        ColumnSpec(before, "number", width=13),
        ColumnSpec(now, "number", width=13),
        ColumnSpec("Change", "number", width=11),
        ColumnSpec("Source row", "integer", width=9),
        ColumnSpec("What it means", width=60, is_wrapped=True),
    )
    rows: list[Sequence[Value]] = []
    if found is not None:
        for borough in found.boroughs:
            rows += _change_rows(borough, found)
    return SheetSpec(_CHANGES, columns, rows)


def _change_rows(borough: BoroughChange, found: Changes) -> Iterator[Sequence[Value]]:
    name = borough.name
    if borough.missing:
        yield (name, "Not compared", None, None, None, None, None, None, borough.missing)
        return
    for one in borough.figures:
        measure = one.measure
        yield (
            name, measure.title, None, None, one.before, one.now, one.change, None,
            measure.meaning,
        )  # fmt: skip
    for what, those, period in (
        ("Vanished", borough.vanished, found.before),
        ("Appeared", borough.appeared, found.now),
    ):
        for each in those:
            meaning = f"In {period} it was {each.status}. {each.meaning}"
            yield (
                name, what, each.code, each.number, None, None, None, each.row, meaning,
            )  # fmt: skip
