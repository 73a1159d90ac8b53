"""The frozen folder for Windows: made on Windows itself, or under wine elsewhere.

The same specification as everywhere makes it; what is special here is only how PyInstaller is
called, and that the folder is held against what a Windows has of its own.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import machine
from packing import environments, windows_closure, windows_python
from packing.wine import Wine
from programs import ROOT, CannotGoOnError, say

if TYPE_CHECKING:
    from pathlib import Path

SPECIFICATION = ROOT / "installers" / "apprentice_desk.spec"
WORK = environments.BUILD / "windows-work"
FOLDERS = environments.BUILD / "windows"
PREFIX = environments.BUILD / "wine"

SECONDS_TO_FREEZE = 3600
MOST_MB = 150


def wine(display: str | None = None) -> Wine:
    """Return the Windows that this computer's builds and checks run in, made if it is missing.

    Raises CannotGoOnError where wine cannot be had.
    """
    absent = machine.provide(machine.WINE)
    if absent:
        raise CannotGoOnError(f"To run programs for Windows, {machine.request(absent)}.")
    made = Wine(PREFIX, display)
    made.make()
    return made


def freeze(seconds: int) -> Path:
    """Freeze the program for Windows and return the folder.

    *seconds* since 1970 become the time of what is made, so that the same source gives the same
    bytes.  Raises CannotGoOnError where PyInstaller fails or takes an hour, or its folder is not
    right (see ``check``).
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
    folder = next(FOLDERS.iterdir())
    check(folder)
    return folder


def check(folder: Path) -> None:
    """Hold a frozen *folder* against what a Windows has; raises CannotGoOnError if it lacks any.

    Its size is held against MOST_MB as well.
    """
    amiss = windows_closure.missing_libraries(folder)
    amiss += [f"{path.name} is Windows' own." for path in sorted(folder.rglob("icu*.dll"))]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    say(f"The folder for Windows takes {size:.0f} MB.")
    if size > MOST_MB:
        amiss.append(f"It takes {size:.0f} MB; {MOST_MB} MB is the most it may.")
    if amiss:
        raise CannotGoOnError("The folder for Windows is not right:\n" + "\n".join(amiss))
