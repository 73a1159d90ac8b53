"""How long the frozen program takes to its first window on Windows, against its own source.

Both in one wine, in turn: wine adds the same to both, so the ratio is told and not the seconds.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from packing import windows_python
from packing.own import COMMAND
from packing.trials import expect
from programs import ROOT, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packing.wine import Wine

MOST = 1.3
RUNS = 5
SECONDS_TO_PAINT = 240

_PAINT_FILE = "APPRENTICE_DESK_PAINT_FILE"  # as the program knows it


def check_first_paint(wine: Wine, frozen: Path, work: Path) -> None:
    """Raise CannotGoOnError if the program of the folder *frozen* paints too late.

    Its settings, which are nobody's, and the time that it writes down are kept in *work*.
    """
    work.mkdir(parents=True, exist_ok=True)
    python = windows_python.program_python()
    program = frozen / f"{COMMAND}.exe"
    ours, plain = _medians(
        lambda: _painted(wine, work, program),
        lambda: _painted(wine, work, python, "-m", "apprentice_desk"),
    )
    ratio = ours / plain
    say(f"First painted: {ratio:.2f} times its source's time ({ours:.1f} s and {plain:.1f} s).")
    expect(ratio <= MOST, f"the first window takes {ratio:.2f} times as long; {MOST} is the most")


def _medians(ours: Callable[[], float], plain: Callable[[], float]) -> tuple[float, float]:
    """Return the median of each, run in turn, so that a busy minute is one for both."""
    ours(), plain()  # what is read from the disk, and compiled, the first time
    pairs = [(ours(), plain()) for _ in range(RUNS)]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def _painted(wine: Wine, work: Path, program: Path, *words: str) -> float:
    """Return the seconds from the start of *program* to the paint that it writes down."""
    told = work / "painted"
    told.unlink(missing_ok=True)
    began = time.time()
    ended = wine.run(
        program,
        *words,
        "open",
        timeout=SECONDS_TO_PAINT,
        more={
            _PAINT_FILE: wine.path(told),
            "APPRENTICE_DESK_SETTINGS": wine.path(work / "settings"),
            "PYTHONPATH": wine.path(ROOT / "src"),
        },
    )
    expect(told.exists(), f"{program.name} painted nothing: {ended.stdout}{ended.stderr}"[-2000:])
    return float(told.read_text("utf-8")) - began
