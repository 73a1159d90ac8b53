"""How long the window stands still at the most while long work goes on beside it."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import importing, returns_made
from bench.big_desk import make
from bench.measure import RUNS, Result

MOST = 100.0  # milliseconds; what a person takes for at once
RETURNS_OF = 500
_HERE = Path(__file__).parent


def run(desk: Path, folder: Path) -> list[Result]:
    """Measure opening and searching a big desk, a large import, and a large merge."""
    place = folder / "standstill"
    place.mkdir()
    empty = make(place / "empty.desk", entries_each=0)
    log = importing._csv_file(place / "log.csv", importing._names(empty))
    returns_made.make(place / "returns", RETURNS_OF)
    own, made = place / "own.desk", place / "made"

    def fresh() -> Path:
        shutil.copy(empty, own)
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        return own

    return [
        _longest("375,000 entries are opened, Today and Apprentices filled", place,
                 lambda: ["opening", desk]),
        _longest("somebody types into the search of that desk", place, lambda: ["finding", desk]),
        _longest(f"a list of {importing.ROWS:,} rows is read, reviewed and brought in", place,
                 lambda: ["importing", fresh(), log]),
        _longest(f"33 returns of {RETURNS_OF} apprenticeships are merged and written",
                 place, lambda: ["merging", fresh(), place / "returns", made / "merged.xlsx"]),
    ]  # fmt: skip


def _longest(what: str, place: Path, given: Callable[[], Sequence[str | Path]]) -> Result:
    """Return the median of the longest standstill in several runs, each a process of its own."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "APPRENTICE_DESK_SETTINGS": str(place / "settings"),
        "PYTHONPYCACHEPREFIX": str(place / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled, as installed

    def longest() -> float:
        done = subprocess.run(
            [sys.executable, str(_HERE / "answering_window.py"), *map(str, given())],
            check=True,
            env=environment,
            timeout=300,
            stdout=subprocess.PIPE,
            text=True,
        )
        return float(done.stdout.split()[-1])

    longest()  # warm
    found = [longest() for _ in range(RUNS)]
    shown = f"in ms; from {min(found):.0f} to {max(found):.0f} in {RUNS} runs"
    name = f"longest standstill of the window while {what}"
    return Result(name, statistics.median(found), MOST, 0, 0, shown=shown)
