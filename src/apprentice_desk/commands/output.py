"""How the command line writes findings and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from apprentice_desk.domain.findings import Finding


def as_line(finding: Finding) -> str:
    """Return a finding as one line: level, place, what is wrong, what to do, rule code."""
    place = finding.place
    where = [place.file, place.sheet]
    if place.row is not None:
        where.append(f"row {place.row}")
    if place.column:
        where.append(f"column {place.column}")
    if place.heading:
        where.append(place.heading)
    at = ", ".join(part for part in where if part)
    value = f"“{place.value}”" if place.value else ""
    said = (f"{at}:" if at else "", value, finding.message, finding.remedy, f"({finding.code})")
    return f"{finding.level.words}: {' '.join(part for part in said if part)}"


def print_findings(findings: Iterable[Finding]) -> None:
    """Print each finding on a line of its own."""
    for finding in findings:
        print(as_line(finding))


def print_json(value: object) -> None:
    """Print *value* as JSON, letters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
