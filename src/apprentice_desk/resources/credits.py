"""What others made in this program: read from the list that a package holds, else put together."""

from __future__ import annotations

import platform
from functools import cache

from apprentice_desk.domain.problems import Problem
from apprentice_desk.resources.files import REMEDY, path
from apprentice_desk.resources.installed import installed_parts
from apprentice_desk.resources.licences import (
    PACKED,
    Part,
    drawn_parts,
    known,
    part_of,
    python_text,
    sorted_parts,
    unpack_parts,
)


@cache
def third_parties() -> tuple[Part, ...]:
    """Return what others made in this program, by name; raises Problem if that cannot be read.

    Without a list, as when it runs from its source, every package is asked, which takes a moment.
    """
    packed = path("licences", PACKED)
    if packed.exists():
        try:
            return unpack_parts(packed.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise Problem("The list of licences cannot be read.", REMEDY) from error
    python = next(work for work in known().inside if work.name == "CPython")
    own = part_of(python, platform.python_version(), python_text())
    return sorted_parts((*installed_parts(), *drawn_parts(), own))
