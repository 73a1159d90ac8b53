"""Finding and reading the packaged files.

The window needs this before its first painting, so nothing else is imported here.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from apprentice_desk.domain.problems import Problem

REMEDY = "Install the program again. If somebody changed the file, put that line right."


def find_folder(package: Path, unpacked: str | None) -> Path:
    """Return the folder of packaged files for a program in *package*.

    *unpacked* is where a frozen program was unpacked (sys._MEIPASS), None otherwise.  Raises
    Problem if the folder is not there.
    """
    if unpacked is not None:
        places = [Path(unpacked) / "resources"]
    else:
        places = [package / "_resources", package.parent.parent / "resources"]
    for place in places:
        if place.is_dir():
            return place
    raise Problem("The program's own files are missing.", "Install the program again.")


@cache
def folder() -> Path:
    """Return the folder of packaged files of this program."""
    return find_folder(Path(__file__).resolve().parents[1], getattr(sys, "_MEIPASS", None))


def path(*parts: str) -> Path:
    """Return where the packaged file "lists", "boroughs.toml" is, to name one."""
    return folder().joinpath(*parts)


def read_text(*parts: str) -> str:
    """Return the text of a packaged file; raises Problem if it cannot be read."""
    try:
        return path(*parts).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{'/'.join(parts)} cannot be read.", REMEDY) from error


def load_toml(*parts: str) -> dict[str, object]:
    """Return the contents of a packaged TOML file; raises Problem if it is broken."""
    return parse_toml(read_text(*parts), "/".join(parts))


def parse_toml(text: str, named: str) -> dict[str, object]:
    """Return the contents of TOML *text*; raises Problem naming the file if it is broken."""
    import tomllib  # the first paint does without

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"{named} is not in order: {error}.", REMEDY) from error
