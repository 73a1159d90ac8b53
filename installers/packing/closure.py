"""Which of the shared libraries that were gathered are still needed by what stays.

PyInstaller gathers the libraries of every plugin before a plugin can be left out.  Whatever
nothing that stays asks for, directly or through others, is left out with it.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Gathered = tuple[str, str, str]
"""Name in the folder, file it comes from, and PyInstaller's word for what it is."""


def needed(
    gathered: Sequence[Gathered], asks_for: Callable[[str], Iterable[str]]
) -> list[Gathered]:
    """Return those of *gathered* that are no libraries, or libraries that one of them needs.

    *asks_for* returns the names of the libraries that a file is linked to.  What lies in a folder
    of its own is a plugin or is opened by its path, and stays.  Names are compared without regard
    to their case, since Windows' libraries write each other's now in capitals and now not.
    """
    libraries = {each[0].casefold(): each for each in gathered if _is_free(each[0], each[2])}
    waiting = [each for each in gathered if each[0].casefold() not in libraries]
    kept = {name.casefold() for name, _, _ in waiting}
    while waiting:
        for asked in asks_for(waiting.pop()[1]):
            name = PurePosixPath(asked).name.casefold()
            if name in libraries and name not in kept:
                kept.add(name)
                waiting.append(libraries[name])
    return [each for each in gathered if each[0].casefold() in kept]


def _is_free(name: str, kind: str) -> bool:
    """Tell whether it is a library that is there only for others."""
    is_interpreter = name.startswith(("libpython", "python3", "Python"))  # the bootloader opens it
    return kind == "BINARY" and "/" not in name.replace("\\", "/") and not is_interpreter
