"""The frozen folder for Windows: made on Windows itself, or under wine elsewhere.

The same specification as everywhere makes it; what is special here is only how PyInstaller is
called, and that the folder is held against what a Windows has of its own.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from packing import environments, windows_python
from packing.wine import Wine
from programs import ROOT, CannotGoOnError, say

if TYPE_CHECKING:
    from pathlib import Path

SPECIFICATION = ROOT / "installers" / "apprentice_desk.spec"
WORK = environments.BUILD / "windows-work"
FOLDERS = environments.BUILD / "windows"
PREFIX = environments.BUILD / "wine"

SECONDS_TO_FREEZE = 1800


def wine(display: str | None = None) -> Wine:
    """Return the Windows that this computer's builds and checks run in, made if it is missing."""
    made = Wine(PREFIX, display)
    made.make()
    return made


def freeze(seconds: int) -> Path:
    """Freeze the program for Windows and return the folder.

    *seconds* since 1970 become the time of what is made, so that the same source gives the same
    bytes.  Raises CannotGoOnError where PyInstaller fails or takes half an hour.
    """
    python = windows_python.program_python()
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(FOLDERS, ignore_errors=True)
    windows = wine()
    say("Freezing the program under wine; this takes some minutes …")
    try:
        frozen = windows.run(
            python,
            *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", FOLDERS, "--workpath", WORK, SPECIFICATION),
            timeout=SECONDS_TO_FREEZE,
            more={"SOURCE_DATE_EPOCH": str(seconds), "PYTHONHASHSEED": "0"},
            folder=ROOT,
        )
    except subprocess.TimeoutExpired as late:
        say(str(late.stderr))
        raise CannotGoOnError("PyInstaller came to no end; what it said is above.") from late
    if frozen.returncode != 0:
        say(frozen.stdout + frozen.stderr)
        raise CannotGoOnError("PyInstaller failed under wine; what it said is above.")
    return next(FOLDERS.iterdir())
