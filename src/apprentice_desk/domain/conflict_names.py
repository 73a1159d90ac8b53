"""How tools that keep folders in step name the second file when both sides were changed.

The names are those that the tools' own help pages give.  A name alone proves nothing: whether such
a file is a desk of the same organisation is looked up in it (``safekeeping.conflict_copies``).
"""

from __future__ import annotations

import re

_COMPUTERS = r"(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{1,14}"
"""A computer's name as Windows has it: capitals, figures and hyphens, up to 15."""
_APPLES = r"[^\\/]{0,40}(?:MacBook|iMac|Mac mini|Mac Studio|Mac Pro|iPad|iPhone)[^\\/]{0,20}"
_STAMP = r"\d{8}-\d{6}"

_NAMES = (
    (r"\.sync-conflict-" + _STAMP + r"(-[0-9A-Z]+)?", "Syncthing"),
    (r"_conflict-(.{1,40}-)?" + _STAMP, "ownCloud"),
    (r" \(conflicted copy .*\d{4}-\d{2}-\d{2} \d{6}\)", "Nextcloud"),
    (r" \(.*conflicted copy.*\)", "Dropbox"),
    (r" \((case|selective sync|white ?space) conflict.*\)", "Dropbox"),
    (r" \(SFConflict .*\)", "Seafile"),
    (r"_.{1,60}_conflict( \(\d+\))?", "Synology Drive"),
    (r"\.conflict\d*", "Resilio Sync"),
    (r" \(\S+@\S+\)", "Box"),
    (r" \(.* v\d{1,2}\)", "Windows Offline Files"),
    (r" \(.*conflict.*\)", ""),
    (r" ?[\[_-] ?conflict(ed)?.*", ""),
    (r" \(kept \d{4}-\d{2}-\d{2} \d{4}\)", "Apprentice Desk"),
    (r" - copy( \(\d{1,2}\))?", "Windows"),
    (r" copy( \d{1,2})?", "macOS"),
    (r" \(\d{1,2}\)", ""),
    (r" \d{1,2}", "iCloud Drive"),
)
"""What follows the desk's own name, and the tool that writes it so; "" where several do."""

_KNOWN = tuple((re.compile(ending, re.IGNORECASE), tool) for ending, tool in _NAMES)
_ONEDRIVE = re.compile(rf"-(?:{_COMPUTERS}|{_APPLES})(?:-\d{{1,2}})?")


def conflict_of(stem: str, other: str) -> str | None:
    """Return which tool names a second file of *stem* like *other*; None where none does.

    Both without ".desk".  "" means that the name is that of a second file, and several tools
    write it so.
    """
    if len(other) <= len(stem) or not other.casefold().startswith(stem.casefold()):
        return None
    ending = other[len(stem) :]
    if _ONEDRIVE.fullmatch(ending):
        return "OneDrive"
    return next((tool for known, tool in _KNOWN if known.fullmatch(ending)), None)
