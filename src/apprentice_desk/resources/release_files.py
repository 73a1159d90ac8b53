"""The file that comes with each version: which it is, of what day, and what is new in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.releases import Release, read_release
from apprentice_desk.product import product

ENDING = "apprentice-desk-release"
_MOST_BYTES = 100_000
_OTHERWISE = f"Choose the file that came with a version; its name ends in “.{ENDING}”."


def release_in(path: Path) -> Release:
    """Return what the file of a version says; raises Problem if it is none of this program."""
    try:
        with path.open("rb") as file:
            read = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Problem(f"“{path.name}” cannot be read ({error.strerror}).", _OTHERWISE) from error
    if len(read) > _MOST_BYTES:
        raise Problem(f"“{path.name}” is too large for the file of a version.", _OTHERWISE)
    try:
        return read_release(tomllib.loads(read.decode("utf-8")), product().identity)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Problem(f"“{path.name}” is not the file of a version.", _OTHERWISE) from error
    except ValueError as error:
        raise Problem(f"“{path.name}” cannot be used. {error}", _OTHERWISE) from error
