"""Where the program keeps what: its settings, its log, the open desk and that one's backups."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apprentice_desk import policy
from apprentice_desk import settings as preferences
from apprentice_desk.records.holding import file_of
from apprentice_desk.safekeeping.copies import folders_for

if TYPE_CHECKING:
    from apprentice_desk.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One folder: what is in it, in a few words, and where it is."""

    title: str
    holds: str
    folder: Path


def own_places(desk: Desk | None) -> tuple[OwnPlace, ...]:
    """Return where files of the program and of *desk*, where one is open, are; some only will be.

    A desk that is a database has no place of its own.
    """
    found = []
    path = None if desk is None else file_of(desk.store.location)
    if desk is not None and path is not None:
        found.append(
            OwnPlace("This desk", f"{path.name}, and forms left half-done", path.absolute().parent)
        )
        second = desk.settings.second_place_of(desk.store.location)
        places = [path.absolute().parent, *([] if second is None else [second])]
        copies = [folder for place in places for folder in folders_for(path.absolute(), place)]
        found += [OwnPlace("Backups of this desk", folder.name, folder) for folder in copies]
    settings = preferences.folder()
    found += [
        OwnPlace("Settings", "How you set up the program on this computer", settings),
        OwnPlace("Log", "What the program did, without names", preferences.logs_folder()),
        OwnPlace("Reports of faults", "Where something went wrong", preferences.faults_folder()),
        *_set_by_the_council(),
        OwnPlace("The program itself", "Put there by whoever installed it", _program_folder()),
    ]
    return tuple(found)


def _set_by_the_council() -> list[OwnPlace]:
    file = policy.in_force().file
    return [] if file is None else [OwnPlace("Set by your council's IT", file.name, file.parent)]


def _program_folder() -> Path:
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]
