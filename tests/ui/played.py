"""Playing a script of this folder at the real window, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def play(script: str, desk: Path, folder: Path, pictures: str, *more: str) -> None:
    """Play *script* with a *desk*, files in *folder*; without an X server skip (in CI: fail).

    *more* is what else the script is told.  The environment variable *pictures* names a folder for
    pictures of each step, if somebody wants to look.
    """
    if not os.environ.get("DISPLAY"):
        if os.environ.get("CI"):
            pytest.fail("There is no X server, though CI must have one.")
        pytest.skip("no X server: set DISPLAY")
    folder.mkdir()
    wanted = os.environ.get(pictures)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / script), str(desk), str(folder), *more,
         *([wanted] if wanted else [])],
        capture_output=True, text=True, check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
