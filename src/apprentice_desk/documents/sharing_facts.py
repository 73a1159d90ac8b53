"""What a desk knows of what it shares with LOTI: the sheets and columns of the return's format.

They are read from the descriptor of the newest format, which export, checks and template are made
from too, so that a note on sharing never says other columns than those that are sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from apprentice_desk import resources
from apprentice_desk.documents.field_kinds import TableValue
from apprentice_desk.documents.procurement_facts import Facts
from apprentice_desk.resources.entries import all_of, entry_of

_FILE_NAME = re.compile(r"loti-(\d+(?:\.\d+)*)\.json")
_CODE = "apprentice"
"""What the descriptor calls the code of a person."""
_BLANK = " Leave blank if not known."
"""What is said of most columns, and once for all of them in the note."""
_BY_SHEET = (0.22, 0.25, 0.53)
"""How wide sheet, column and what is said of it are: no name of a sheet is broken."""


@dataclass(frozen=True, slots=True)
class SharedSheet:
    """One sheet: *columns* are headings with what stands below; *why* says what it is for.

    *lists* are the words that a column takes and no others, by its heading.  *is_by_person* says
    that its rows are of single apprentices, under a code.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    is_by_person: bool
    why: str


@dataclass(frozen=True, slots=True)
class SharedFormat:
    """The format of what is shared."""

    title: str
    version: str
    sheets: tuple[SharedSheet, ...]


@cache
def shared_format() -> SharedFormat:
    """Return what the newest format of the return has on each sheet."""
    package = json.loads(resources.read_text("returns", _newest_file()))
    purposes = _purposes()
    return SharedFormat(
        package["title"],
        package["version"],
        tuple(_sheet(one, purposes[one["name"]]) for one in package["resources"]),
    )


def _newest_file() -> str:
    named = (_FILE_NAME.fullmatch(path.name) for path in resources.path("returns").iterdir())
    newest = max((match for match in named if match), key=_version)
    return newest[0]


def _version(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, match[1].split(".")))


def _purposes() -> Mapping[str, str]:
    file = entry_of("lists", "return_purposes.toml")
    found = dict(all_of(file.entries("sheet"), lambda entry: (entry.text("of"), entry.text("why"))))
    file.end()
    return found


def _sheet(one: Mapping[str, Any], why: str) -> SharedSheet:
    # The sheet that says whose return it is lists items below each other, the others have columns.
    fields = one.get("items") or one["schema"]["fields"]
    return SharedSheet(
        one["dialect"]["excel"]["sheet"],
        tuple((field["name"], field["rule"]) for field in fields),
        tuple(
            (field["name"], tuple(field["constraints"]["enum"]))
            for field in fields
            if "enum" in field.get("constraints", {})
        ),
        any(field.get("identifier") == _CODE for field in fields),
        why,
    )


def facts_of_sharing(today: date) -> Facts:
    """Return what a note on sharing the return is told on *today*."""
    found = shared_format()
    return {
        "return_format": f"{found.title} {found.version}",
        "return_due_days": resources.return_settings().working_days_due(today),
        "shared_sheets": TableValue(
            ("Sheet", "By person", "Purpose"),
            tuple(
                (sheet.name, "yes, under a code" if sheet.is_by_person else "no", sheet.why)
                for sheet in found.sheets
            ),
            shares=(0.22, 0.2, 0.58),
        ),
        "shared_columns": TableValue(
            ("Sheet", "Column", "What stands in it"),
            tuple(
                (sheet.name, name, rule.removesuffix(_BLANK))
                for sheet in found.sheets
                for name, rule in sheet.columns
            ),
            shares=_BY_SHEET,
        ),
        "shared_lists": TableValue(
            ("Sheet", "Column", "One of these"),
            tuple(
                (", ".join(sheets), name, "; ".join(words))
                for (name, words), sheets in _listed(found.sheets).items()
            ),
            shares=_BY_SHEET,
        ),
    }


def _listed(sheets: Iterable[SharedSheet]) -> Mapping[tuple[str, tuple[str, ...]], list[str]]:
    """Return the sheets that have a column with a list, by its heading and its words."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for sheet in sheets:
        for each in sheet.lists:
            found.setdefault(each, []).append(sheet.name)
    return found
