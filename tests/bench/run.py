"""All benches: prints a table of ratios and leaves with 1 when one is over its limit."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench import (
    big_desk,
    finding,
    frozen,
    importing,
    lists,
    merging,
    papers,
    protecting,
    standstill,
    start,
    storing,
    week,
)


def main() -> int:
    """Run the benches that are named, or all."""
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        desk = big_desk.make(folder / "big.desk")
        groups = {
            "start": lambda: start.run(desk, folder),
            "frozen": lambda: frozen.run(folder),
            "storing": lambda: storing.run(desk, folder),
            "protecting": lambda: protecting.run(desk, folder),
            "week": lambda: week.run(desk),
            "lists": lists.run,
            "finding": finding.run,
            "importing": lambda: importing.run(folder),
            "merging": lambda: merging.run(folder),
            "documents": lambda: papers.run(folder),
            "standstill": lambda: standstill.run(desk, folder),
        }
        results = [
            result
            for group, run in groups.items()
            if not wanted or group in wanted
            for result in run()
        ]
    for result in results:
        print(result.line())
    return 0 if all(result.is_met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
