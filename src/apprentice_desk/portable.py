"""A copy of the program that is carried about: it keeps what is its own beside itself.

That is so where a file ``portable.txt`` lies beside the program, as the portable zip brings it.
What is in that file does not matter.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from apprentice_desk import private_files
from apprentice_desk.domain.problems import Problem

MARK = "portable.txt"
"""The file beside the program that makes it so."""
FOLDER = "Apprentice Desk data"
"""Beside the program: settings, the log, reports of faults, and what may go at any time."""


def folder() -> Path | None:
    """Return the folder beside the program, which need not exist yet; None for an installed one."""
    if not getattr(sys, "frozen", False):
        return None
    return folder_beside(sys.executable)


@cache
def folder_beside(program: str) -> Path | None:
    """Return the folder of the program at *program*; None where its mark is not beside it."""
    home = Path(program).absolute().parent
    return home / FOLDER if (home / MARK).is_file() else None


def why_nothing_is_kept() -> Problem | None:
    """Return that nothing can be kept beside a program that is carried about; None where it can.

    That is tried out: whether a stick is protected no system tells beforehand.
    """
    own = folder()
    if own is None:
        return None
    tried = own / f".{os.urandom(4).hex()}"
    try:
        private_files.make_folder(own)
        private_files.make(tried)
    except OSError:
        return Problem(
            "Nothing can be written beside this copy of Apprentice Desk, so what you choose here is"
            " forgotten when you close it.",
            "Take the write protection off the stick, or copy the program's folder to where you may"
            " write.",
        )
    with suppress(OSError):
        tried.unlink()
    return None
