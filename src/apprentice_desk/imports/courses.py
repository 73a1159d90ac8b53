"""What a list calls a course, looked up in the desk's catalogue of standards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apprentice_desk.imports.fields import plain
from apprentice_desk.records.standards import StandardRow

_CODE = re.compile(r"\b(?:ST|FA|AU)[0-9]{4}\b", re.IGNORECASE)
_LEVEL = re.compile(r"[\s,;:(–-]*\b(?:level|lvl|l)[\s:]*([1-8])\b\)?", re.IGNORECASE)
_KIND = re.compile(
    r"[\s,;:–-]*(?:\((?:standard|framework)\)|\bapprenticeship(?: standard)?\b)\s*$", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """The standard that a course text means, or the text and why none was found."""

    standard: StandardRow | None
    title: str
    why: str = ""


class Courses:
    """The catalogue, to be asked by title, level and code.

    *lars_codes* are the codes of standards by LARS code, as far as they are known.
    """

    def __init__(
        self,
        standards: Iterable[StandardRow],
        lars_codes: Mapping[str, str | None] = MappingProxyType({}),
    ) -> None:
        self._lars_codes = lars_codes
        self._by_code: dict[str, StandardRow] = {}
        self._by_title: dict[str, list[StandardRow]] = {}
        self._by_short_title: dict[str, list[StandardRow]] = {}
        self._found: dict[tuple[str, int | None], FoundCourse] = {}
        for standard in standards:
            self._by_code[standard.code] = standard
            self._by_title.setdefault(_folded(standard.title), []).append(standard)
            short = _folded(_BRACKETS.sub(" ", standard.title))
            self._by_short_title.setdefault(short, []).append(standard)

    def with_code(self, code: str | None) -> StandardRow | None:
        """Return the standard with this code."""
        return self._by_code.get(code or "")

    def with_lars_code(self, lars_code: str) -> StandardRow | None:
        """Return the standard that a LARS code means; None where that is not known."""
        return self.with_code(self._lars_codes.get(lars_code))

    def title_of(self, code: str | None, title: str) -> str:
        """Return what tells one course from another, by its catalogue title if it has one."""
        standard = self.with_code(code)
        return _folded(standard.title if standard else title)

    def find(self, text: str, level: int | None = None) -> FoundCourse:
        """Return the course that *text* names, such as "Data analyst, Level: 4 (Standard)".

        The title must be the catalogue's but for capitals, punctuation and "and"; the level, in
        the text or given, must fit.
        """
        key = (text, level)
        if key not in self._found:
            self._found[key] = self._find(text, level)
        return self._found[key]

    def _find(self, text: str, level: int | None) -> FoundCourse:
        if (code := _CODE.search(text)) and (standard := self.with_code(code[0].upper())):
            return FoundCourse(standard, standard.title)
        title = _KIND.sub("", text).strip()
        for written in (title, *_without_level(title)):
            bare, of_title = written if isinstance(written, tuple) else (written, None)
            wanted = level if of_title is None else of_title
            everyone = self._by_title.get(_folded(bare)) or self._by_short_title.get(_folded(bare))
            if not everyone:
                continue
            fitting = [s for s in everyone if wanted is None or s.level == wanted]
            if len(fitting) == 1:
                return FoundCourse(fitting[0], fitting[0].title)
            if fitting:
                return FoundCourse(None, text, f"{len(fitting)} standards are called “{bare}”.")
            levels = ", ".join(sorted({str(s.level) for s in everyone}))
            return FoundCourse(
                None, text, f"“{bare}” is in the catalogue at level {levels}, not level {wanted}."
            )
        return FoundCourse(None, text, f"“{text}” is not in the catalogue of standards.")


def _without_level(title: str) -> list[tuple[str, int]]:
    """Return the title without the level that it names, and that level."""
    found = _LEVEL.search(title)
    if found is None:
        return []
    bare = (title[: found.start()] + " " + title[found.end() :]).strip(" ,;:()-–")
    return [(_KIND.sub("", bare).strip(), int(found[1]))]


def _folded(title: str) -> str:
    return plain(title.casefold().replace("&", " and "))
