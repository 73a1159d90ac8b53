"""The frozen program against its own source: how long each takes to paint its first window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.measure import Result, compare

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "packing" / "frozen" / "apprentice-desk"
MOST = 1.3
_PAINT_FILE = "APPRENTICE_DESK_PAINT_FILE"  # as the program knows it


def program() -> Path | None:
    """Return the frozen program, where it was built; None where it was not."""
    folder = Path(os.environ.get("APPRENTICE_DESK_FROZEN", BUILT))
    found = folder / ("apprentice-desk.exe" if sys.platform == "win32" else "apprentice-desk")
    return found if found.exists() else None


def run(folder: Path) -> list[Result]:
    """Measure it, with settings of nobody's in *folder*; nothing where it is not frozen."""
    frozen = program()
    if frozen is None:
        print("The program is not frozen here: dev.py package linux --quick")
        return []
    told = folder / "painted"
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "APPRENTICE_DESK_SETTINGS": str(folder / "settings"),
        "PYTHONPATH": str(ROOT / "src"),
        _PAINT_FILE: str(told),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the source starts compiled, as installed

    def painted(*command: str | Path) -> float:
        """Return the seconds from the start of *command* to the paint that it writes down."""
        told.unlink(missing_ok=True)
        began = time.time()
        subprocess.run([*command, "open"], check=True, env=environment, timeout=120)
        return float(told.read_text("utf-8")) - began

    return [
        compare(
            "first painted window of the frozen program, against its source",
            MOST,
            lambda: painted(frozen),
            lambda: painted(sys.executable, "-m", "apprentice_desk"),
        )
    ]
