"""The sample layouts, by the number that their file names begin with."""

from __future__ import annotations

import csv
from pathlib import Path

LAYOUTS = Path(__file__).parents[1] / "layouts"


def layout_rows(start: str) -> list[list[str]]:
    """Return the rows of the layout whose file name begins with *start*."""
    with layout(start).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def layout(start: str) -> Path:
    """Return the layout whose file name begins with *start*."""
    return next(LAYOUTS.glob(f"{start}_*.csv"))
