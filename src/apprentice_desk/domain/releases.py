"""A version of the program as the file says that comes with it, held against the one that runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from apprentice_desk.domain.calendar import show_day

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_MOST_LINES, _MOST_LETTERS = 100, 600


class Standing(Enum):
    """How a version stands to the one that runs."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Release:
    """One version: its number, the day it came out, and what is new in it, a line each."""

    version: str
    released_on: date
    new: tuple[str, ...]


def numbers(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a *version* such as "1.4.0"; raises ValueError for any other."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise ValueError("A version has three numbers, such as 1.4.0.")
    major, minor, patch = found.groups()
    return int(major), int(minor), int(patch)


def standing(own: str, release: Release) -> Standing:
    """Tell how *release* stands to *own*, the version that runs."""
    ours, its = numbers(own), numbers(release.version)
    if its == ours:
        return Standing.SAME
    return Standing.NEWER if its > ours else Standing.OLDER


def read_release(content: Mapping[str, object], identity: str) -> Release:
    """Return what the *content* of a release's file says of the program called *identity*.

    What cannot be seen is taken out of its lines, and lines are cut where they are far too long.
    Raises ValueError, with a sentence, where the file is of another program or does not say it all.
    """
    if content.get("program") != identity:
        raise ValueError("It is about another program.")
    version, day, new = (content.get(key) for key in ("version", "released_on", "new"))
    if not isinstance(version, str):
        raise ValueError("It names no version.")  # noqa: TRY004 - what is in a file is a value
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError("It does not say when the version came out.")  # noqa: TRY004
    if not isinstance(new, list) or not all(isinstance(each, str) for each in new):
        raise ValueError("It does not say what is new.")
    numbers(version)
    lines = (_NOT_SHOWN.sub(" ", each).strip()[:_MOST_LETTERS] for each in new[:_MOST_LINES])
    return Release(version, day, tuple(line for line in lines if line))


def in_words(own: str, release: Release) -> tuple[str, str]:
    """Return how *release* stands to *own* in a few words, and a sentence on what to do."""
    day = show_day(release.released_on)
    match standing(own, release):
        case Standing.NEWER:
            return (
                f"Version {release.version} is newer",
                f"It came out on {day}; you have {own}. Ask whoever looks after the programs on"
                " this computer for it, usually your council's IT. Your desk stays as it is, and a"
                " copy of it is kept before its format changes.",
            )
        case Standing.SAME:
            return (
                f"Version {release.version} is the one you have",
                f"It came out on {day}. There is nothing to do.",
            )
        case _:
            return (
                f"Version {release.version} is older than yours",
                f"It came out on {day}; you have {own}. Keep yours.",
            )
