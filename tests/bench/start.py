"""From the start of the process to what the person sees."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.measure import Result, compare

_HERE = Path(__file__).parent


def run(desk: Path, folder: Path) -> list[Result]:
    """Measure the first paint, and what the apprentices of a big desk need."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "APPRENTICE_DESK_SETTINGS": str(folder / "settings"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),  # both sides start compiled, as installed
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def process(script: str, *arguments: str) -> float:
        """Return the seconds from the start of the process to the paint that it reports."""
        began = time.time()
        done = subprocess.run(
            [sys.executable, str(_HERE / script), *arguments],
            check=True,
            env=environment,
            timeout=120,
            capture_output=True,
            text=True,
        )
        return float(done.stdout.split()[-1]) - began

    return [
        compare(
            "first painted window, against a bare QMainWindow",
            1.5,
            lambda: process("our_window.py", "paint", str(desk)),
            lambda: process("bare_window.py"),
        ),
        compare(
            "Today on 375,000 entries, against a bare QMainWindow",
            5.0,
            lambda: process("our_window.py", "rows", str(desk)),
            lambda: process("bare_window.py"),
        ),
    ]
