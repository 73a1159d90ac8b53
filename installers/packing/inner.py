"""What packages say is inside them, in lists that lie beside their files (PEP 770).

They tell of the whole package as its makers built it.  What is none of the program's, because it
is left out of the frozen folder or of the build, is named in resources/licences/known.toml.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packing.own import installed, licences

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = ("type", "name", "version", "purl", "cpe", "licenses")


@dataclass(frozen=True, slots=True)
class InnerWork:
    """One work that a package says is inside it."""

    name: str
    version: str
    licence: str
    """An SPDX expression; "" where the list says none, and the package's own texts speak of it."""
    row: dict[str, Any]
    """It as CycloneDX writes it."""


def inner_works(packages: Path) -> dict[str, list[InnerWork]]:
    """Return what the packages in the folder *packages* say is inside them, by their names."""
    found: dict[str, list[InnerWork]] = {}
    for file in sorted(packages.glob("*.dist-info/sboms/*.json")):
        name = installed.tidy_name(re.split(r"-\d", file.parts[-3], maxsplit=1)[0])
        known = licences.known().packages.get(name)
        left_out = known.left_out if known else ()
        works = found.setdefault(name, [])
        for row in json.loads(file.read_text("utf-8")).get("components", ()):
            work = _work(row)
            is_itself = installed.tidy_name(work.name) == name
            if not is_itself and work.name not in left_out and work not in works:
                works.append(work)
    return found


def _work(row: dict[str, Any]) -> InnerWork:
    said = [
        each.get("expression") or each.get("license", {}).get("id", "")
        for each in row.get("licenses", ())
    ]
    return InnerWork(
        name=str(row.get("name", "")),
        version=str(row.get("version", "")),
        licence=" AND ".join(filter(None, said)),
        row={key: row[key] for key in _KEPT if key in row},
    )
