"""The desks that were opened last: their names, where they are, when they were used.

Whether a file is still there is looked up beside the window: a drive that is away may take long
to say so.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from apprentice_desk.domain.calendar import table_day
from apprentice_desk.settings import Settings

_ADDRESS = "://"


@dataclass(frozen=True, slots=True)
class Recent:
    """One desk as the welcome lists it; *location* is what opens it and may hold a password."""

    location: str
    name: str
    where: str
    used: str
    """When it was opened last, in words; "" where nobody knows."""


def recent_desks(kept: Settings, today: date) -> tuple[Recent, ...]:
    """Return the desks that *kept* remembers, newest first."""
    return tuple(
        Recent(location, *_place(location), _used(kept.opened_at.get(location, ""), today))
        for location in kept.recent_desks
    )


def _place(location: str) -> tuple[str, str]:
    if _ADDRESS in location:
        parts = urlsplit(location)
        return parts.path.strip("/") or "database", f"database on {parts.hostname or 'a server'}"
    path = Path(location)
    folder = path.parent
    with contextlib.suppress(ValueError, RuntimeError):  # elsewhere, or nobody is at home
        inside = folder.relative_to(Path.home())
        if sys.platform != "win32":
            return path.name, str(Path("~") / inside)
        if inside.parts:  # there "~" says nothing to people; "Documents" does
            return path.name, str(inside)
    return path.name, str(folder)


def _used(at: str, today: date) -> str:
    try:
        opened = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    days = (today - opened.date()).days
    if days == 0:
        return f"today at {opened:%H:%M}"
    return "yesterday" if days == 1 else table_day(opened.date())


class Looking(QObject):
    """Looks which desks are gone, on a thread of its own that nobody waits for.

    *found* carries their locations, once.
    """

    found = Signal(object)

    def look(self, locations: Sequence[str]) -> None:
        """Begin to look; databases count as there."""
        files = [location for location in locations if _ADDRESS not in location]
        threading.Thread(target=self._look, args=(files,), daemon=True).start()

    def _look(self, files: Sequence[str]) -> None:
        gone = frozenset(file for file in files if not _is_there(file))
        with contextlib.suppress(RuntimeError):  # the welcome is gone by now
            self.found.emit(gone)


def _is_there(file: str) -> bool:
    try:
        return Path(file).is_file()
    except OSError:  # a share that refuses to say
        return False
