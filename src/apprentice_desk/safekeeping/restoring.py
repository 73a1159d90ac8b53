"""Making a desk of a copy, beside the one that there is and never over it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping.copies import BEFORE_FORMAT, folders_for
from apprentice_desk.safekeeping.copying import (
    copy_checked,
    empty_file,
    fitting,
    private_folder_in,
    verify,
    write_through,
)

if TYPE_CHECKING:  # it takes a fifth of a second to import, and most desks never erase anybody
    from apprentice_desk.safekeeping.erasing import Erased

_ERASED = "erased.json"


def restore_beside(
    backup: Path, key: DeskKey | None, to: Path, *, erased: Iterable[Erased] = ()
) -> Path:
    """Make a desk at *to* of a copy, which stays as it is; return its path.

    Who was erased since is taken out again before the new file has its name: all that the lists
    beside the backups say, and *erased*.  Raises Problem where a file is at *to* already, the copy
    is not good, such a list cannot be read or the folder cannot be written to; nothing is left half
    made then.
    """
    if to.exists():
        raise _is_there(to)
    if not to.parent.is_dir():
        raise Problem(
            f"Nothing was restored: there is no folder {to.parent}.", "Choose another folder."
        )
    fits = fitting(backup, key)
    verify(backup, fits, takes_orphans=True)  # better so than not at all
    wanted = [*_told_beside(backup), *erased]
    with private_folder_in(to.parent) as private:
        restored = private / to.name
        copy_checked(backup, empty_file(restored), fits, None)
        if wanted:
            from apprentice_desk.safekeeping import erasing

            erasing.erase_in(restored, fits, wanted)
        try:
            os.link(restored, to)  # unlike a rename it never takes another file's place
        except FileExistsError as error:
            raise _is_there(to) from error
        except OSError:  # a file system without links
            if to.exists():
                raise _is_there(to) from None
            restored.replace(to)
        write_through(to.parent)
    return to


def _is_there(to: Path) -> Problem:
    return Problem(f"{to.name} exists already and was left as it is.", "Choose another file name.")


def _told_beside(backup: Path) -> Iterator[Erased]:
    """Give who was erased, by the lists in the folders of the same backups."""
    stem, is_before_format, _rest = backup.stem.partition(BEFORE_FORMAT)
    folders = [backup.parent]
    if is_before_format:
        folders += folders_for(backup.with_name(stem + backup.suffix), backup.parent)
    for folder in folders:
        if (folder / _ERASED).exists():
            from apprentice_desk.safekeeping import erasing

            yield from erasing.listed(folder)
