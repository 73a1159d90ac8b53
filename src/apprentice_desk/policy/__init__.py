"""What a computer's administrators set for everybody who uses it, read once from one file.

The file stands where only they may write.  It narrows what a person may choose and widens nothing,
so whatever of it is not understood is taken at its strictest.  Where there is no file, which is
nearly everywhere, all this costs one look whether it is there.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from apprentice_desk import portable
from apprentice_desk.policy.values import CALLED, WHO, Feature, Policy, counted_minutes

__all__ = [
    "CALLED",
    "FILE_VARIABLE",
    "WHO",
    "Feature",
    "Policy",
    "counted_minutes",
    "in_force",
    "place",
    "read",
]

FILE_VARIABLE = "APPRENTICE_DESK_POLICY"
"""Names a file to try out, for whoever sets it.  Where the computer has its own, that one holds:
nobody gets out of it by a variable."""
NAME = "policy.toml"
_COMMON_PROGRAM_DATA = 0x23  # CSIDL_COMMON_APPDATA
_LONGEST_PATH = 260


def in_force() -> Policy:
    """Return what holds on this computer; it is read when first asked for, once."""
    return _read_once(*_chosen(), portable.folder() is not None)


def _chosen() -> tuple[Path | None, bool]:
    """Return the file that holds, and whether it is the computer's own."""
    own = place()
    if _is_there(own):
        return own, True
    tried = os.environ.get(FILE_VARIABLE)
    return (Path(tried), False) if tried else (None, False)


def _is_there(path: Path) -> bool:
    """Whether there is anything at *path*; what may not be looked at is there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


@cache
def _read_once(path: Path | None, is_the_computers: bool, is_portable: bool) -> Policy:
    if path is None:
        return Policy(is_portable=is_portable)
    return read(path, is_the_computers=is_the_computers, is_portable=is_portable)


def read(path: Path, *, is_the_computers: bool = True, is_portable: bool = False) -> Policy:
    """Return what the file at *path* sets; whatever is wrong with it is among the troubles.

    What is not *is_the_computers* is believed whoever may write it.
    """
    from apprentice_desk.policy.reading import read_policy  # most computers have no such file

    return read_policy(path, is_the_computers=is_the_computers, is_portable=is_portable)


def place() -> Path:
    """Return where the file of this computer stands, or would."""
    return _folder() / NAME


def _folder() -> Path:
    if sys.platform == "win32":  # pragma: no cover - on Windows
        import ctypes

        # Asked of Windows itself: the variable ProgramData is for each person to set.
        found = ctypes.create_unicode_buffer(_LONGEST_PATH)
        ctypes.windll.shell32.SHGetFolderPathW(None, _COMMON_PROGRAM_DATA, None, 0, found)
        return Path(found.value or r"C:\ProgramData") / "Apprentice Desk"
    if sys.platform == "darwin":  # pragma: no cover - on macOS
        return Path("/Library/Application Support/Apprentice Desk")
    return Path("/etc/apprentice-desk")
