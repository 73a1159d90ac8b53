"""The descriptor of the standard return: loaded, checked, and given as plain values.

One JSON file for each version of the format (resources/returns/loti-<version>.json), a
Frictionless Data Package that the public `frictionless` tool reads as well.  Exporter, reader,
checks, template, merge, help and tests all ask this module what a sheet holds.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.returns.rows import LINE_CLASSES, Line, ReturnContent, ReturnHeader
from apprentice_desk.returns.values import IDENTIFIERS, KINDS, PLACES, Typed, as_text, normal

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "text": "string",
        "several": "string",
        "integer": "integer",
        "money": "number",
        "hours": "number",
        "percent": "number",
        "date": "date",
        "yes-no": "boolean",
    }
)
_CLASSES: Mapping[str, type] = MappingProxyType(
    {
        "text": str,
        "several": tuple,
        "integer": int,
        "money": Decimal,
        "hours": Decimal,
        "percent": Decimal,
        "date": date,
        "instant": datetime,
        "yes-no": bool,
        "quarter": Quarter,
    }
)
_STATES = frozenset({"format", "version", "rows", "fingerprint"})
_HEADER_SHEET = "return"
_FILE_NAME = re.compile(r"loti-(\d+\.\d+)\.json")


# Compared by identity: fields are looked up for every column of every file.
@dataclass(frozen=True, slots=True, eq=False)
class FieldSchema:
    """One column of a data sheet, or one item of the sheet Return.

    *name* is the heading, *takes* the attribute of the row class (empty for an item that the
    program states by itself, see *states*), *rule* says what to write, *message* what is wrong.
    """

    name: str
    kind: str
    rule: str
    message: str
    takes: str = ""
    states: str = ""
    of_sheet: str = ""
    width: float = 20
    choices: tuple[str, ...] = ()
    identifier: str = ""
    is_required: bool = False
    least: Decimal | date | None = None
    most: Decimal | date | None = None
    longest: int | None = None
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class SheetSchema:
    """One data sheet: *resource* names its lines in ReturnContent, *name* is the sheet's own."""

    resource: str
    name: str
    key: tuple[str, ...]
    fields: tuple[FieldSchema, ...]
    line_class: type[Line]

    @property
    def key_fields(self) -> tuple[FieldSchema, ...]:
        """The fields whose values together may stand only once; none means that rows may repeat."""
        return tuple(field for field in self.fields if field.name in self.key)

    def field(self, takes: str) -> FieldSchema:
        """Return the field that takes this attribute; KeyError if there is none."""
        for field in self.fields:
            if field.takes == takes:
                return field
        raise KeyError(takes)

    def values(self, line: Line) -> tuple[Typed, ...]:
        """Return a line's values in the order of the fields."""
        return tuple(getattr(line, field.takes) for field in self.fields)

    def texts(self, line: Line) -> tuple[str, ...]:
        """Return the text form of a line's values, in the order of the fields."""
        return tuple([as_text(field.kind, getattr(line, field.takes)) for field in self.fields])

    def key_texts(self, line: Line) -> tuple[str, ...]:
        """Return the text form of a line's key, or of the whole line if the sheet has no key."""
        keys = self.key_fields or self.fields
        return tuple(as_text(field.kind, getattr(line, field.takes)) for field in keys)

    def normal(self, line: Line) -> Line:
        """Return the line with each value in the form that is written and read back."""
        made: dict[str, Any] = {
            field.takes: normal(field.kind, getattr(line, field.takes), field.identifier)
            for field in self.fields
        }
        return self.line_class(**made)


@dataclass(frozen=True, slots=True)
class ReturnSchema:
    """One version of the format: its items on the sheet Return, and its data sheets in order."""

    title: str
    version: str
    header_sheet: str
    items: tuple[FieldSchema, ...]
    sheets: tuple[SheetSchema, ...]

    def sheet(self, resource: str) -> SheetSchema:
        """Return a data sheet by its name in the descriptor, such as "apprentices"."""
        return {sheet.resource: sheet for sheet in self.sheets}[resource]

    def normal(self, content: ReturnContent) -> ReturnContent:
        """Return a return whose every value has the form that is written and read back."""
        said: dict[str, Any] = {
            field.name: normal("text", getattr(content.header, field.name))
            for field in fields(ReturnHeader)
        }
        lines: dict[str, Any] = {
            sheet.resource: tuple(map(sheet.normal, content.lines(sheet.resource)))
            for sheet in self.sheets
        }
        return ReturnContent(ReturnHeader(**said), **lines)

    def fingerprint(self, content: ReturnContent) -> str:
        """Return the SHA-256 over the rows of every data sheet; see the descriptor for the form."""
        kept = self.normal(content)
        return self.fingerprint_of(
            {sheet.resource: kept.lines(sheet.resource) for sheet in self.sheets}
        )

    def fingerprint_of(
        self, lines: Mapping[str, Iterable[Line]], besides: Sequence[str] = ()
    ) -> str:
        """Return the fingerprint of normal lines by resource.

        *besides* are texts that belong to it too, such as cells that could not be read.
        """
        texts = {sheet.resource: map(sheet.texts, lines[sheet.resource]) for sheet in self.sheets}
        return self.fingerprint_of_texts(texts, besides)

    def fingerprint_of_texts(
        self, texts: Mapping[str, Iterable[tuple[str, ...]]], besides: Sequence[str] = ()
    ) -> str:
        """Return the fingerprint of lines by resource that are texts already."""
        digest = hashlib.sha256()
        for sheet in self.sheets:
            digest.update(f"{sheet.name}\x1e".encode())
            rows = list(texts[sheet.resource])
            rows.sort()  # those with the same key stay in the order of all their texts
            if keys := [sheet.fields.index(field) for field in sheet.key_fields]:
                rows.sort(key=itemgetter(*keys))
            for row in rows:
                digest.update("\x1f".join(row).encode() + b"\x1e")
        for text in besides:
            digest.update(f"{text}\x1e".encode(errors="replace"))
        return digest.hexdigest()


@cache
def load(version: str = "1.0") -> ReturnSchema:
    """Return the format of *version*, checked; raises Problem if there is none or it is broken."""
    if version not in known_versions():
        raise Problem(
            f"This program does not know version {version} of the return's format.",
            f"It knows {', '.join(known_versions())}.",
        )
    return read_schema(resources.path("returns", f"loti-{version}.json"))


@cache
def known_versions() -> tuple[str, ...]:
    """Return the versions whose descriptor comes with the program, the oldest first."""
    found = (_FILE_NAME.fullmatch(path.name) for path in resources.path("returns").iterdir())
    return tuple(sorted((match[1] for match in found if match), key=version_order))


def version_order(version: str) -> tuple[int, ...]:
    """Return what versions are compared by; ValueError if it is not digits and points."""
    return tuple(int(part) for part in version.split("."))


def read_schema(path: Path) -> ReturnSchema:
    """Load one descriptor; raises Problem naming the file, the sheet and the field at fault."""
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(
            f"The return's description “{path.name}” cannot be read.", "Install the program again."
        ) from error
    return _Loader(path.name, package).schema()


_hints = cache(get_type_hints)
"""What the attributes of a class are; asked for once for each field that takes one."""


class _Loader:
    """Turns one descriptor into a schema; everything it refuses names the place."""

    def __init__(self, file_name: str, package: Mapping[str, Any]) -> None:
        self._file_name = file_name
        self._package = package

    def schema(self) -> ReturnSchema:
        title = self._text(self._package, "title", "the descriptor")
        version = self._text(self._package, "version", "the descriptor")
        listed = _FILE_NAME.fullmatch(self._file_name)
        if listed and listed[1] != version:
            raise self._wrong("the descriptor", f"says that it is version {version}")
        resources_ = {one.get("name"): one for one in self._package.get("resources", ())}
        if len(resources_) != len(self._package["resources"]):
            raise self._wrong("the descriptor", "names a sheet twice")
        if _HEADER_SHEET not in resources_:
            raise self._wrong("the descriptor", "has no sheet “return”")
        header = resources_.pop(_HEADER_SHEET)
        sheets = tuple(self._sheet(name, one) for name, one in resources_.items())
        names = {sheet.name for sheet in sheets}
        items = tuple(self._item(item, names) for item in header.get("items", ()))
        self._check_unique(self._sheet_name(header), items)
        missing = {field.name for field in fields(ReturnHeader)} - {item.takes for item in items}
        if missing:
            raise self._wrong("return", f"has no item for {', '.join(sorted(missing))}")
        return ReturnSchema(title, version, self._sheet_name(header), items, sheets)

    def _sheet(self, resource: str, one: Mapping[str, Any]) -> SheetSchema:
        line_class = LINE_CLASSES.get(resource)
        if line_class is None:
            raise self._wrong(resource, "is a sheet that the program has no rows for")
        name = self._sheet_name(one)
        schema = one.get("schema", {})
        columns = tuple(self._column(name, line_class, field) for field in schema["fields"])
        self._check_unique(name, columns)
        unused = {field.name for field in fields(line_class)} - {column.takes for column in columns}
        if unused:
            raise self._wrong(name, f"has no field for {', '.join(sorted(unused))}")
        key = schema.get("primaryKey", ())
        key = (key,) if isinstance(key, str) else tuple(key)
        if unknown := set(key) - {column.name for column in columns}:
            raise self._wrong(name, f"has no field {', '.join(sorted(unknown))}, named in its key")
        return SheetSchema(resource, name, key, columns, line_class)

    def _column(self, sheet: str, line_class: type[Line], field: Mapping[str, Any]) -> FieldSchema:
        made = self._field(sheet, field)
        where = f"{sheet}, {made.name}"
        if field.get("type") != _TYPES.get(made.kind):
            raise self._wrong(where, f"cannot be of type {field.get('type')} and kind {made.kind}")
        takes = self._text(field, "takes", where)
        self._check_takes(where, line_class, takes, made.kind)
        return made

    def _item(self, item: Mapping[str, Any], sheets: set[str]) -> FieldSchema:
        made = self._field("Return", item)
        where = f"Return, {made.name}"
        if bool(made.takes) == bool(made.states):
            raise self._wrong(where, "must either take an attribute or state something")
        if made.takes:
            self._check_takes(where, ReturnHeader, made.takes, made.kind)
        elif made.states not in _STATES or (made.states == "rows" and made.of_sheet not in sheets):
            raise self._wrong(where, f"states something unknown: {made.states} {made.of_sheet}")
        return made

    def _field(self, sheet: str, field: Mapping[str, Any]) -> FieldSchema:
        name = self._text(field, "name", sheet)
        where = f"{sheet}, {name}"
        kind = self._text(field, "kind", where)
        if kind not in KINDS:
            raise self._wrong(where, f"is of a kind that is not known: {kind}")
        identifier = field.get("identifier", "")
        if identifier and identifier not in IDENTIFIERS:
            raise self._wrong(where, f"names an identifier that is not known: {identifier}")
        limits: Mapping[str, Any] = field.get("constraints", {})
        pattern = limits.get("pattern")
        try:
            compiled = re.compile(pattern) if pattern else None
        except re.error as error:
            raise self._wrong(where, "has a pattern that cannot be read") from error
        return FieldSchema(
            name=name,
            kind=kind,
            rule=self._text(field, "rule", where),
            message=self._text(field, "message", where),
            takes=field.get("takes", ""),
            states=field.get("states", ""),
            of_sheet=field.get("sheet", ""),
            width=field.get("width", 20),
            choices=self._choices(where, field, limits),
            identifier=identifier,
            is_required=bool(field.get("required", limits.get("required", False))),
            least=self._limit(where, kind, limits.get("minimum")),
            most=self._limit(where, kind, limits.get("maximum")),
            longest=limits.get("maxLength"),
            pattern=compiled,
        )

    def _choices(
        self, where: str, field: Mapping[str, Any], limits: Mapping[str, Any]
    ) -> tuple[str, ...]:
        name = field.get("list")
        if name is None:
            return ()
        words = self._package.get("lists", {}).get(name)
        if not words:
            raise self._wrong(where, f"names a list that is not there: {name}")
        if "enum" in limits and limits["enum"] != words:
            raise self._wrong(where, f"differs from the list “{name}” in its enum")
        return tuple(words)

    def _limit(self, where: str, kind: str, limit: object) -> Decimal | date | None:
        if limit is None:
            return None
        try:
            if kind == "date":
                return date.fromisoformat(str(limit))
            if kind in PLACES or kind == "integer":
                return Decimal(str(limit))
        except (ValueError, ArithmeticError) as error:
            raise self._wrong(where, f"has a limit that cannot be read: {limit}") from error
        raise self._wrong(where, f"has a limit that a {kind} cannot have")

    def _check_takes(self, where: str, of: type, takes: str, kind: str) -> None:
        """Refuse an attribute that the class does not have, or has with another type."""
        hints = _hints(of)
        if takes in hints:
            hint = hints[takes]
        elif isinstance(member := getattr(of, takes, None), property) and member.fget:
            hint = get_type_hints(member.fget)["return"]
        else:
            raise self._wrong(where, f"takes “{takes}”, which {of.__name__} does not have")
        kinds = {getattr(one, "__origin__", one) for one in get_args(hint)} or {hint}
        if getattr(hint, "__origin__", None) is tuple:
            kinds = {tuple}
        if _CLASSES[kind] not in kinds:
            raise self._wrong(where, f"is of kind {kind}, but {of.__name__}.{takes} is not")

    def _check_unique(self, sheet: str, columns: Sequence[FieldSchema]) -> None:
        names = [column.name.casefold() for column in columns]
        takes = [column.takes for column in columns if column.takes]
        for kind, words in (("heading", names), ("takes", takes)):
            twice = sorted({word for word in words if words.count(word) > 1})
            if twice:
                raise self._wrong(sheet, f"has the same {kind} twice: {', '.join(twice)}")

    def _sheet_name(self, one: Mapping[str, Any]) -> str:
        try:
            return str(one["dialect"]["excel"]["sheet"])
        except KeyError as error:
            raise self._wrong(str(one.get("name")), "does not name its sheet") from error

    def _text(self, one: Mapping[str, Any], name: str, where: str) -> str:
        text = one.get(name)
        if not isinstance(text, str) or not text:
            raise self._wrong(where, f"has no “{name}”")
        return text

    def _wrong(self, where: str, what: str) -> Problem:
        return Problem(
            f"The return's description “{self._file_name}” is broken: {where} {what}.",
            "Install the program again, or put the file right.",
        )
