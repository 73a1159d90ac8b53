"""A return as a workbook, both ways, from the same descriptor.

write makes the workbook that a borough sends; read takes any that claims to be one, made by the
program or by hand, and says everything that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from apprentice_desk.domain.findings import Finding, FindingJson, Level, Place
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns import checks
from apprentice_desk.returns.reading import SheetReader, Stated, read_header
from apprentice_desk.returns.rows import Line, ReturnContent, ReturnHeader
from apprentice_desk.returns.schema import (
    FieldSchema,
    ReturnSchema,
    SheetSchema,
    known_versions,
    load,
    version_order,
)
from apprentice_desk.returns.values import KINDS, as_value, show_cell
from apprentice_desk.sheets import (
    ColumnSpec,
    SheetSpec,
    Value,
    Workbook,
    read_packed,
    read_workbook,
    write_workbook,
)

HEADER_SHEET = "Return"
_LABEL = "Item"
_VALUE = "Value"
# The sheets by which a merged workbook is known; a return has neither.
MERGED_SHEETS = ("Boroughs", "Findings")


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """What a file says as a return, and what is wrong with it.

    *content* holds the lines that count: those without a finding of level row.  *rows* gives the
    row number of each of them, by resource; *left_out* counts the others, which are *left_lines*.
    *fingerprint* is over every line of the file, those left out included, *path* where the file
    was.  *header* may be known even where the rest could not be read.
    """

    file: str
    findings: tuple[Finding, ...]
    header: ReturnHeader | None = None
    content: ReturnContent | None = None
    schema: ReturnSchema | None = None
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    left_lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    fingerprint: str = ""
    digest: str = ""
    is_merged: bool = False
    path: Path | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the file's lines count at all: nothing refuses it as a whole."""
        return self.content is not None and not any(
            finding.level is Level.FILE for finding in self.findings
        )

    @property
    def row_counts(self) -> dict[str, int]:
        """How many lines count, by the sheet's name."""
        if self.content is None or self.schema is None:
            return {}
        return {sheet.name: len(self.content.lines(sheet.resource)) for sheet in self.schema.sheets}


def write(content: ReturnContent, schema: ReturnSchema, path: str | Path) -> str:
    """Write the workbook that a borough sends, and return its fingerprint.

    Equal content gives equal bytes.  Raises Problem if the file cannot be written.
    """
    content = schema.normal(content)
    fingerprint = schema.fingerprint(content)
    specs = [header_spec(schema, lambda item: _stated_value(item, content, schema, fingerprint))]
    specs += [_sheet_spec(sheet, content) for sheet in schema.sheets]
    header = content.header
    title = f"{schema.title}, {header.borough_name}, {header.period}"
    if header.prepared_at is None:
        write_workbook(path, specs, title=title)
    else:
        write_workbook(path, specs, title=title, made_at=header.prepared_at)
    return fingerprint


def column_spec(column: FieldSchema) -> ColumnSpec:
    """Return how a field's column is written: its format, width, note and drop-down list."""
    return ColumnSpec(
        column.name,
        KINDS[column.kind],
        column.width,
        note=column.rule,
        choices=column.choices,
        is_wrapped=column.kind == "text" and column.width >= 20 and not column.choices,
    )


def read(path: str | Path, *, boroughs: Mapping[str, Borough] | None = None) -> ReadReturn:
    """Read and check one file as a return; whatever is wrong with it is a finding."""
    path = Path(path)
    try:
        book = read_workbook(path)
    except Problem as problem:
        return replace(_unopened(path.name, problem), path=path)
    return replace(take(book, boroughs=boroughs), path=path)


def unpack(name: str, packed: bytes) -> ReadReturn:
    """Read and check the bytes of a return, as ``read`` does with a file called *name*."""
    try:
        return take(read_packed(name, packed))
    except Problem as problem:
        return _unopened(name, problem)


def take(book: Workbook, *, boroughs: Mapping[str, Borough] | None = None) -> ReadReturn:
    """Check a workbook that is already read, and return what it says as a return."""
    name = book.file_name

    def refused(finding: Finding) -> ReadReturn:
        return ReadReturn(name, (finding,), digest=book.digest)

    cells = book.sheet(HEADER_SHEET)
    if cells is None:
        if all(book.sheet(sheet) for sheet in MERGED_SHEETS):
            finding = checks.MERGED_ALREADY.finding(Place(file=name))
            return ReadReturn(name, (finding,), digest=book.digest, is_merged=True)
        return refused(
            checks.NOT_A_RETURN.finding(
                Place(file=name), why=f"it has no sheet called {HEADER_SHEET}"
            )
        )
    newest = load(known_versions()[-1])
    stated = read_header(cells, newest.items)
    if wrong := _format_is_wrong(name, newest, stated):
        return refused(wrong)
    schema = load(_version(stated.cell("version")))
    header, findings = stated.header(schema, name)
    if header is None:
        return ReadReturn(name, tuple(findings), schema=schema, digest=book.digest)

    # One that was given back with its cells marked, and is sent again, has a sheet of findings.
    known = {schema.header_sheet.casefold(), "lists", MERGED_SHEETS[1].casefold()}
    known |= {sheet.name.casefold() for sheet in schema.sheets}
    findings += [
        checks.SHEET_EXTRA.finding(Place(file=name, sheet=extra.name), sheet=extra.name)
        for extra in book.sheets
        if extra.name.strip().casefold() not in known
    ]
    readers = {sheet.resource: SheetReader(sheet, name) for sheet in schema.sheets}
    for reader in readers.values():
        reader.read(book.sheet(reader.sheet.name))
        findings += reader.findings
    lines: dict[str, Any] = {key: tuple(reader.lines) for key, reader in readers.items()}
    whole = ReturnContent(header, **lines)
    unread = frozenset((key, *at) for key, reader in readers.items() for at in reader.unread)
    checked = checks.run(
        whole,
        schema,
        boroughs=boroughs,
        file=name,
        places={key: reader.places for key, reader in readers.items()},
        unread=unread,
    )
    findings += checked.findings
    lost = sorted(text for reader in readers.values() for text in reader.unread.values())
    texts = {key: reader.texts for key, reader in readers.items()}
    fingerprint = schema.fingerprint_of_texts(texts, lost)
    findings += _stated_otherwise(stated, schema, name, readers, fingerprint)

    kept = {
        key: [at for at in range(len(reader.lines)) if at not in checked.refused[key]]
        for key, reader in readers.items()
    }
    left = {
        key: [at for at in range(len(reader.lines)) if at in checked.refused[key]]
        for key, reader in readers.items()
    }
    accepted: dict[str, Any] = {
        key: tuple(readers[key].lines[at] for at in indexes) for key, indexes in kept.items()
    }
    return ReadReturn(
        file=name,
        findings=in_order(findings, schema),
        header=header,
        content=ReturnContent(header, **accepted),
        schema=schema,
        rows={key: tuple(readers[key].rows[at] for at in at_) for key, at_ in kept.items()},
        left_out={key: len(at_) for key, at_ in left.items()},
        left_lines={key: tuple(readers[key].lines[at] for at in at_) for key, at_ in left.items()},
        fingerprint=fingerprint,
        digest=book.digest,
    )


def _unopened(name: str, problem: Problem) -> ReadReturn:
    place = Place(file=name)
    finding = checks.CANNOT_OPEN.finding(place, what=problem.what, remedy=problem.remedy)
    return ReadReturn(name, (finding,))


def in_order(findings: Sequence[Finding], schema: ReturnSchema) -> tuple[Finding, ...]:
    """Return findings by file, sheet, row and column, those about the whole first."""
    sheets = ["", schema.header_sheet, *(sheet.name for sheet in schema.sheets)]

    def order(finding: Finding) -> tuple[object, ...]:
        place = finding.place
        at = sheets.index(place.sheet) if place.sheet in sheets else len(sheets)
        letters = (len(place.column), place.column)
        return place.file, at, place.sheet, place.row or 0, letters, finding.code, finding.message

    return tuple(sorted(findings, key=order))


def as_json(reads: Sequence[ReadReturn]) -> dict[str, object]:
    """Return what `check --json` writes of one or several files.

    *rows* are the lines that count, added up; *fingerprint* is that of the file if there is only
    one; *returns* tells the files apart.
    """
    rows: dict[str, int] = {}
    for one in reads:
        for sheet, count in one.row_counts.items():
            rows[sheet] = rows.get(sheet, 0) + count
    findings: list[FindingJson] = [f.as_json() for one in reads for f in one.findings]
    return {
        "findings": findings,
        "rows": rows,
        "fingerprint": reads[0].fingerprint if len(reads) == 1 else "",
        "returns": [
            {
                "file": one.file,
                "code": one.header.borough_code if one.header else "",
                "period": str(one.header.period) if one.header else "",
                "revision": one.header.revision if one.header else None,
                "is_sample": one.header.is_sample if one.header else None,
                "is_accepted": one.is_accepted,
                "rows": one.row_counts,
                "fingerprint": one.fingerprint,
            }
            for one in reads
        ],
    }


def written_as_json(
    content: ReturnContent, schema: ReturnSchema, findings: Sequence[Finding]
) -> dict[str, object]:
    """Return what `return --json` writes of a return that is about to be sent."""
    return {
        "findings": [finding.as_json() for finding in findings],
        "rows": {sheet.name: len(content.lines(sheet.resource)) for sheet in schema.sheets},
        "fingerprint": schema.fingerprint(content),
    }


def header_spec(schema: ReturnSchema, value_of: Callable[[FieldSchema], Value]) -> SheetSpec:
    """Return the sheet Return with the value that *value_of* gives each item.

    Only its labels are protected: the values of one filled in by hand are typed beside them.
    """
    rows: list[tuple[Value, Value]] = []
    cells: dict[tuple[int, int], ColumnSpec] = {}
    for at, item in enumerate(schema.items):
        rows.append((item.name, value_of(item)))
        cells[at, 1] = ColumnSpec(
            item.name,
            KINDS[item.kind],
            note=item.rule,
            choices=item.choices,
            is_locked=False,
            is_left=True,
            is_wrapped=True,
        )
    columns = (
        ColumnSpec(_LABEL, width=22),
        ColumnSpec(_VALUE, width=46, is_locked=False),
    )
    return SheetSpec(
        schema.header_sheet, columns, rows, is_protected=True, cells=cells, blank_rows=len(rows)
    )


def _stated_value(
    item: FieldSchema, content: ReturnContent, schema: ReturnSchema, fingerprint: str
) -> Value:
    """Return what the sheet Return says of a whole return beside one item."""
    if item.takes:
        return as_value(getattr(content.header, item.takes))
    if item.states == "rows":
        counts = {sheet.name: len(content.lines(sheet.resource)) for sheet in schema.sheets}
        return counts[item.of_sheet]
    return {"format": schema.title, "version": schema.version, "fingerprint": fingerprint}[
        item.states
    ]


def _sheet_spec(sheet: SheetSchema, content: ReturnContent) -> SheetSpec:
    lines = content.lines(sheet.resource)
    return SheetSpec(
        sheet.name,
        tuple(column_spec(column) for column in sheet.fields),
        [[as_value(value) for value in sheet.values(line)] for line in lines],
        table_name=sheet.name,
    )


def _format_is_wrong(name: str, newest: ReturnSchema, stated: Stated) -> Finding | None:
    """Return why the sheet Return is not that of a format which can be read, or None."""
    item = next(item for item in newest.items if item.states == "version")
    place = Place(file=name, sheet=newest.header_sheet, heading=item.name)
    title = show_cell(stated.cell("format")).strip()
    if title.casefold() != newest.title.casefold():
        return checks.NOT_A_RETURN.finding(
            place, why=f"its sheet {newest.header_sheet} does not say “{newest.title}”"
        )
    version = _version(stated.cell("version"))
    known = known_versions()
    if version in known:
        return None
    try:
        is_newer = version_order(version) > version_order(known[-1])
    except ValueError:
        is_newer = False
    if is_newer:
        return checks.NEWER_FORMAT.finding(place, version=version, known=known[-1])
    return checks.UNKNOWN_FORMAT.finding(
        place, version=version, item=item.name, known=", ".join(known)
    )


def _version(cell: object) -> str:
    """Return a format's version as text; a number loses its ".0" in a spreadsheet."""
    text = show_cell(cell).strip() if isinstance(cell, str | int | float) else ""
    return f"{text}.0" if text.isdigit() else text


def _stated_otherwise(
    stated: Stated,
    schema: ReturnSchema,
    name: str,
    readers: Mapping[str, SheetReader],
    fingerprint: str,
) -> list[Finding]:
    """Return notes on what the sheet Return says of the rows and they do not."""
    findings: list[Finding] = []
    for item in schema.items:
        place = Place(file=name, sheet=schema.header_sheet, heading=item.name)
        if item.states == "rows":
            said = stated.value(item)
            found = next(
                len(reader.lines)
                for reader in readers.values()
                if reader.sheet.name == item.of_sheet
            )
            if said is not None and said != found:
                findings.append(
                    checks.ROW_COUNT.finding(
                        place, sheet=item.of_sheet, stated=f"{said} rows", found=found
                    )
                )
        elif item.states == "fingerprint":
            said = stated.value(item)
            if not said:
                findings.append(checks.FINGERPRINT_MISSING.finding(place))
            elif said != fingerprint:
                findings.append(checks.FINGERPRINT_WRONG.finding(place))
    return findings
