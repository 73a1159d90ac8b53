"""The copies of a desk that the program itself has put beside it or in a second place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def of_desk(path: Path, places: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return the "before format" copies and the backups of the desk at *path*, by path.

    Backups are looked for in the folder "<name> backups" beside it, in each of *places* and in a
    folder of that name there.  Only what the program's own names say is a copy of this desk counts:
    a desk called "hackney schools.desk" is none of "hackney.desk".
    """
    stem, ending = re.escape(path.stem), re.escape(path.suffix)
    before = re.compile(rf"{stem} before format \w+ \(was \w+\)( \d+)?{ending}")
    backup = re.compile(rf"{stem} \d{{4}}-\d\d-\d\d \d{{4}}\b.*{ending}")
    folders = [path.with_name(f"{path.stem} backups")]
    for place in places:
        folders += [place, place / f"{path.stem} backups"]
    found = {one for one in _files(path.parent) if before.fullmatch(one.name)}
    for folder in folders:
        found |= {one for one in _files(folder) if backup.fullmatch(one.name)}
    return tuple(sorted(found - {path}))


def _files(folder: Path) -> list[Path]:
    """Return the files of *folder*; none where it is not there or cannot be read."""
    try:
        return [one for one in folder.iterdir() if one.is_file() and not one.is_symlink()]
    except OSError:
        return []
