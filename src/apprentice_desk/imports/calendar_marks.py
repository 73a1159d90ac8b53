"""How an entry that came from a calendar is known again, and which activity its title names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.imports.calendars import CalendarEntry

_LONGEST_NAME = 100
_LONGEST_UID = 160
_BETWEEN = ", UID "
_WORD = re.compile(r"[^\W_]+(?:[-_'’][^\W_]+)*")


def source_of(file_name: str, entry: CalendarEntry) -> str:
    """Return where *entry* came from, as it is kept with what is logged: file and UID.

    An event without a UID is known by its title; long ones are shortened to what stays the same.
    """
    return f"{file_name[-_LONGEST_NAME:]}{_BETWEEN}{_mark(entry)}"


def is_from(source: str, began_at: str, entry: CalendarEntry) -> bool:
    """Return whether what was logged from *source* at *began_at* is *entry*, on the same day.

    Whatever the file was called: the next export has another name.
    """
    _, between, mark = source.rpartition(_BETWEEN)
    return bool(between) and mark == _mark(entry) and began_at == entry.began_at


def _mark(entry: CalendarEntry) -> str:
    uid = " ".join(entry.uid.split()) or f"none: {entry.title}"
    if len(uid) <= _LONGEST_UID and _BETWEEN not in uid:
        return uid
    return hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()


def named_activity(title: str, known: Mapping[str, Activity]) -> Activity | None:
    """Return the activity whose word stands in *title*; None where none or more than one does.

    The longest words count: "training course" before "training".
    """
    words = [found[0].casefold() for found in _WORD.finditer(title)]
    text = f" {' '.join(words)} "
    there = [word for word in known if f" {word} " in text]
    longest = [
        word for word in there if not any(word != other and word in other for other in there)
    ]
    activities = {known[word] for word in longest}
    return activities.pop() if len(activities) == 1 else None
