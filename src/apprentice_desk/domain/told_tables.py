"""Tables of JSON that come from outside, read key by key; what is not as it should be is named.

What comes from outside is read as if it were made to do harm: a key that is not known is refused
like one that is missing, and so is every letter that cannot be seen.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from apprentice_desk.domain.problems import Problem

_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_PLAIN = frozenset("\n\t\N{SOFT HYPHEN}")
_W = TypeVar("_W", bound=StrEnum)

Wrong = Callable[[str], Problem]
"""Makes the Problem that says what is not in order."""


def shown(name: str) -> str:
    """Return *name* as it can be shown: nothing in it that turns or hides what stands by it."""
    plain = "".join(each if unicodedata.category(each) not in _HIDDEN else "?" for each in name)
    return plain[:80]


def hidden(text: str) -> str:
    """Return the code of the first letter in *text* that cannot be seen; "" for none."""
    for each in text:
        if each not in _PLAIN and unicodedata.category(each) in _HIDDEN:
            return f"U+{ord(each):04X}"
    return ""


def parsed(text: str) -> Any:
    """Return what *text* says in JSON; ValueError where it is none, or a key stands twice."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("It is nested too deeply.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number.")


class ToldTable:
    """One table, in words the thing *where*; whatever is amiss is raised as *wrong* makes it."""

    def __init__(self, found: Any, where: str, wrong: Wrong) -> None:
        if not isinstance(found, dict):
            raise wrong(f"{where} is no table")
        self.values: Mapping[str, Any] = found
        self._where = where
        self._wrong = wrong

    def only(self, keys: set[str]) -> None:
        """Refuse the table where it has not all of *keys*, or more than them."""
        for key in sorted(keys - self.values.keys()):
            raise self._wrong(f"{self._where} lacks {key}")
        for key in sorted(self.values.keys() - keys):
            raise self._wrong(f"{self._where} has {shown(key)}, which is not known")

    def rows(self, key: str, most: int) -> Sequence[Any]:
        """Return a list of *most* at most; what is in it is not looked at yet."""
        found = self.values[key]
        if not isinstance(found, list):
            raise self._wrong(f"{key} is no list")
        if len(found) > most:
            raise self._wrong(f"{key} has more than {most:,} lines")
        return found

    def words(self, key: str, longest: int) -> str:
        """Return a text, of several lines perhaps."""
        found = self.values[key]
        if not isinstance(found, str):
            raise self._wrong(f"{key} is no text")
        if len(found) > longest:
            raise self._wrong(f"{key} is longer than {longest:,} letters")
        if code := hidden(found):
            raise self._wrong(f"{key} holds a letter that cannot be seen ({code})")
        return found

    def line(self, key: str, longest: int, *, may_lack: bool = False) -> str:
        """Return one line of text; an empty one only where it *may_lack*."""
        found = self.words(key, longest)
        if "\n" in found or not (may_lack or found.strip()):
            raise self._wrong(f"{key} is not one line of text")
        return found

    def day(self, key: str) -> date:
        """Return a day."""
        try:
            return date.fromisoformat(self.values[key])
        except (TypeError, ValueError):
            raise self._wrong(f"{key} is no day such as 2026-11-29") from None

    def day_or_none(self, key: str) -> date | None:
        """Return a day, None for null."""
        return None if self.values[key] is None else self.day(key)

    def instant(self, key: str) -> datetime:
        """Return a point in time in UTC; one without a zone is refused."""
        try:
            found = datetime.fromisoformat(self.values[key])
            if found.tzinfo is None:
                raise ValueError("It has no zone.")
            return found.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            raise self._wrong(f"{key} is no time such as 2026-11-29T09:30:00+00:00") from None

    def number_or_none(self, key: str, least: int, most: int) -> int | None:
        """Return a whole number from *least* to *most*, None for null."""
        found = self.values[key]
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise self._wrong(f"{key} is no whole number from {least} to {most:,}")
        return found

    def yes_no(self, key: str) -> bool:
        """Return yes or no."""
        found = self.values[key]
        if not isinstance(found, bool):
            raise self._wrong(f"{key} is neither true nor false")
        return found

    def word(self, key: str, words: type[_W]) -> _W:
        """Return one of a fixed set of words."""
        found = self.values[key]
        try:
            return words(found if isinstance(found, str) else "")
        except ValueError:
            raise self._wrong(f"{key} is none of {', '.join(words)}") from None

    def word_or_none(self, key: str, words: type[_W]) -> _W | None:
        """Return one of a fixed set of words, None for null."""
        return None if self.values[key] is None else self.word(key, words)
