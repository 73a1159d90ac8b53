"""A matching of columns as a small file that one borough can give to another.

JSON with format, version, kind of list, headings and the names of our fields.  It holds no cell
of the list and not even its file's name.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apprentice_desk.domain.problems import Problem
from apprentice_desk.imports.fields import FIELDS, IGNORED, Kind, field_named
from apprentice_desk.private_files import replacing
from apprentice_desk.records.import_memory import Columns

FORMAT = "apprentice-desk-columns"
VERSION = 1
SUFFIX = ".json"

_LARGEST = 1_000_000  # bytes; a list with a thousand long headings has half of that
_KINDS = {
    Kind.APPRENTICES: "apprentices",
    Kind.HOURS: "hours",
    Kind.CONTRACTS: "contracts",
    Kind.PAYMENTS: "payments",
}


def write(path: str | Path, kind: Kind, columns: Columns) -> None:
    """Write *columns* to *path*, in place of what was there.

    Raises Problem when it cannot be written; what was there is then as it was.
    """
    path = Path(path)
    text = json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "kind": kind.value,
            "columns": [{"heading": heading, "field": field} for heading, field in columns],
        },
        ensure_ascii=False,
        indent=2,
    )
    with replacing(path) as fresh:
        fresh.write_bytes(f"{text}\n".encode())


def read(path: str | Path, kind: Kind) -> Columns:
    """Return the columns in a file for lists of *kind*.

    Raises Problem, naming file and fault, where it is no such file, is of a newer format or says
    something that cannot be.
    """
    path = Path(path)
    return _Read(path.name, kind).columns(_parsed(path))


def _parsed(path: Path) -> object:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise Problem(
            f"“{path.name}” cannot be read ({error.strerror}).", "Choose another file."
        ) from error
    if len(content) > _LARGEST:
        raise Problem(
            f"“{path.name}” is too large to be a file of columns.", "Choose another file."
        )
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Problem(
            f"“{path.name}” is not a file of columns: it is not readable as JSON.",
            "Choose a file that “Save to a file” has written.",
        ) from error


class _Read:
    """One file being read."""

    def __init__(self, name: str, kind: Kind) -> None:
        self._name = name
        self._kind = kind

    def columns(self, found: object) -> Columns:
        """Return its columns."""
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise Problem(
                f"“{self._name}” is not a file of columns.",
                "Choose a file that “Save to a file” has written.",
            )
        self._check_version(found.get("version"))
        self._check_kind(found.get("kind"))
        written = found.get("columns")
        if not isinstance(written, list) or not written:
            raise self._wrong("it has no list of columns")
        columns = tuple(self._column(number, each) for number, each in enumerate(written, 1))
        self._check_fields(columns)
        return columns

    def _check_version(self, version: object) -> None:
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise self._wrong("its version is not a number")
        if version > VERSION:
            raise Problem(
                f"“{self._name}” was made by a newer Apprentice Desk: its version is {version},"
                f" and this program reads up to {VERSION}.",
                "Update Apprentice Desk on this computer, then load it again.",
            )

    def _check_kind(self, written: object) -> None:
        if written not in list(_KINDS.values()):
            raise self._wrong("it does not say whether it is for apprentices or hours")
        if written != self._kind.value:
            raise Problem(
                f"“{self._name}” is for a list of {written}, and this is one of {self._kind}.",
                f"Choose a file for {self._kind}.",
            )

    def _column(self, number: int, written: Any) -> tuple[str, str]:
        heading = written.get("heading") if isinstance(written, dict) else None
        field = written.get("field") if isinstance(written, dict) else None
        if not isinstance(heading, str) or not isinstance(field, str):
            raise self._wrong(f"its column {number} is not a heading and a field")
        known = {each.name for each in FIELDS[self._kind]} - {IGNORED}
        if field and field not in known:
            raise self._wrong(
                f"its column {number} (“{heading[:40]}”) holds “{field[:40]}”, which is nothing"
                f" that a list of {self._kind} can hold"
            )
        return heading, field

    def _check_fields(self, columns: Columns) -> None:
        seen: dict[str, str] = {}
        for heading, field in columns:
            if not field or field_named(self._kind, field).is_many:
                continue
            if field in seen:
                words = field_named(self._kind, field).words
                raise self._wrong(
                    f"both “{seen[field][:40]}” and “{heading[:40]}” hold the same: {words}"
                )
            seen[field] = heading

    def _wrong(self, what: str) -> Problem:
        return Problem(
            f"“{self._name}” cannot be used: {what}.",
            "Put it right, or save it again where it came from.",
        )
