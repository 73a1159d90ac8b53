"""Two texts of one version of a standard, to choose from line by line.

Both are texts as ``write_version`` writes them.  What is asked goes by its code, options and
duties by their numbers, so that of two people who corrected the same list neither loses what the
other did not touch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from apprentice_desk.domain.standards_text import VersionText

LISTS = ("ksbs", "options", "duties")
_ABOUT = {"ksbs": "{}", "options": "Option {}", "duties": "Duty {}"}


@dataclass(frozen=True, slots=True)
class LineChoice:
    """One line that two texts have otherwise; None is that there is no such line."""

    field: str
    key: str
    """The code, or the number of the option or duty."""
    mine: str | None
    theirs: str | None
    is_mine: bool
    """Whether mine is the one that was changed, so that it is proposed."""

    @property
    def name(self) -> str:
        """What tells it from the others and from the fields of a form."""
        return f"{self.field} {self.key}"

    @property
    def about(self) -> str:
        """What it is about, for a person."""
        return _ABOUT[self.field].format(self.key)


def line_choices(
    mine: VersionText, theirs: VersionText, original: VersionText
) -> tuple[LineChoice, ...]:
    """Return the lines of the lists in which *mine* and *theirs* differ, both made of *original*.

    A line that I did not touch is proposed as theirs.
    """
    return tuple(_choices(mine, theirs, original))


def _choices(mine: VersionText, theirs: VersionText, original: VersionText) -> Iterator[LineChoice]:
    for field in LISTS:
        own, other, before = (_lines(text, field) for text in (mine, theirs, original))
        for key in _in_order(own, other):
            if own.get(key) != other.get(key):
                is_mine = own.get(key) != before.get(key)
                yield LineChoice(field, key, own.get(key), other.get(key), is_mine)


def choose_lines(mine: VersionText, theirs: VersionText, kept: Collection[str]) -> VersionText:
    """Return *theirs* with what *kept* names taken from *mine*: fields, and lines of the lists."""
    values: dict[str, Any] = {}
    for name in VersionText.__match_args__:
        if name not in LISTS:
            values[name] = getattr(mine if name in kept else theirs, name)
            continue
        own, other = _lines(mine, name), _lines(theirs, name)
        lines = []
        for key in _in_order(own, other):
            line = (own if f"{name} {key}" in kept else other).get(key)
            if line is not None:
                lines.append(_written(name, key, line))
        values[name] = "\n".join(lines)
    return replace(theirs, **values)


def _lines(text: VersionText, field: str) -> dict[str, str]:
    """Return the lines of a list by code or number, without it."""
    lines = getattr(text, field).splitlines()
    if field == "options":
        return {str(number): line for number, line in enumerate(lines, 1)}
    parted = (line.partition(": " if field == "ksbs" else ". ") for line in lines)
    return {key: words for key, _, words in parted}


def _written(field: str, key: str, line: str) -> str:
    match field:
        case "ksbs":
            return f"{key}: {line}"
        case "duties":
            return f"{key}. {line}"
        case _:
            return line


def _in_order(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return the keys of both in the order of *theirs*; mine alone come behind what they follow."""
    keys = list(theirs)
    place = 0
    for key in mine:
        if key not in theirs:
            keys.insert(place, key)
        place = keys.index(key) + 1
    return keys
