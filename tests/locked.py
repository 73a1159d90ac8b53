"""Whether another program finds a desk's file locked: only another process can tell on POSIX."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ATTEMPT = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
file.execute("BEGIN IMMEDIATE")
"""


def is_locked_for_others(path: Path) -> bool:
    """Return whether another program is kept from writing to the file at *path*."""
    ran = subprocess.run(
        [sys.executable, "-c", _ATTEMPT, str(path)], capture_output=True, text=True, check=False
    )
    return "database is locked" in ran.stderr
