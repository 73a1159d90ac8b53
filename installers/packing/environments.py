"""The two environments that packages are made with, in build/packing.

``program`` holds what goes into a package and nothing else, so that lists of parts and licences
can be read off it; ``package`` holds what freezes it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from environment import NO_PIP, lock_file, python_in
from programs import ROOT, run_quietly, say

BUILD = ROOT / "build" / "packing"

PROGRAM = "program"
TOOLS = "package"


def program_python() -> Path:
    """Return the Python whose packages are those of the program; makes it where it is missing."""
    return _prepare(PROGRAM)


def tools_python() -> Path:
    """Return the Python with PyInstaller; makes it where it is missing."""
    return _prepare(TOOLS)


def packages_of(python: Path) -> Path:
    """Return the folder that *python*, one of the two, has its packages in."""
    venv = python.parents[1]
    if os.name == "nt":
        return venv / "Lib" / "site-packages"
    return venv / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}/site-packages"


def _prepare(lock: str) -> Path:
    """Make the environment of *lock* unless it is there and was made of the same lock."""
    venv, named = BUILD / f"{lock}-environment", lock_file(ROOT, lock)
    stamp, python = venv / "made-from", python_in(venv)
    wanted = f"{sys.version} {venv} {hashlib.sha256(named.read_bytes()).hexdigest()}"
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return python
    say(f"Installing what installers/locks/{lock}.txt names …")
    shutil.rmtree(venv, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    run_quietly([base, "-m", "venv", venv], "The environment for packing could not be made.")
    pip: list[str | Path] = [python, "-m", "pip", "install", "--no-input", "--quiet", "--no-deps"]
    pip += ["--disable-pip-version-check", "--progress-bar", "off", "--require-hashes"]
    run_quietly([*pip, "--only-binary", ":all:", "-r", named], NO_PIP)
    stamp.write_text(wanted, "utf-8")
    return python
