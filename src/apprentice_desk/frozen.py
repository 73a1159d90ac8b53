"""What is otherwise where the program is frozen: one executable, and no Python beside it.

A frozen program is its own Python.  What calls it starts the executable itself, and on Windows the
one with a window has nothing to write words to.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

PACKAGE = "apprentice_desk"
_FOR_ITSELF = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH", "PATH")


def is_frozen() -> bool:
    """Tell whether this is the installed program, not its source."""
    return bool(getattr(sys, "frozen", False))


def own_program() -> list[str]:
    """Return what calls this very program, before any words to it."""
    return [sys.executable] if is_frozen() else [sys.executable, "-m", PACKAGE]


def own_environment() -> dict[str, str]:
    """Return the environment in which ``own_program`` finds the very same program."""
    if is_frozen():  # it looks nowhere but beside itself
        return dict(os.environ)
    here = str(Path(__file__).resolve().parents[1])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def mend_streams() -> bool:
    """Give the program somewhere to write and read where it has nowhere; tell whether it had not.

    A program with a window has neither output nor input on Windows unless somebody hands it some,
    and Python has None then, which every ``write`` would fail at.
    """
    streams: dict[str, TextIO | None] = {
        name: getattr(sys, name) for name in ("stdin", "stdout", "stderr")
    }
    for name, stream in streams.items():
        if stream is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - open to the end
    return streams["stdout"] is None and streams["stderr"] is None


def give_back_environment() -> None:
    """Take out of the environment what only this frozen program is to find.

    The reader of a PDF that it opens would look for its own libraries and plugins here otherwise.
    Call it once Qt has found its plugins.
    """
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked is None:
        return
    for name in _FOR_ITSELF:
        before = os.environ.pop(f"{name}_ORIG", None)  # what the bootloader put aside
        given = (before or os.environ.get(name, "")).split(os.pathsep)
        others = [place for place in given if place and not Path(place).is_relative_to(unpacked)]
        if others:
            os.environ[name] = os.pathsep.join(others)
        else:
            os.environ.pop(name, None)


def tell_without_console(text: str) -> None:
    """Say *text* in a window of the system's own, where one waits for it: on Windows alone.

    For what keeps the program's own window from being there.
    """
    if sys.platform == "win32":
        import ctypes

        as_a_warning = 0x30
        ctypes.windll.user32.MessageBoxW(None, text, "Apprentice Desk", as_a_warning)
