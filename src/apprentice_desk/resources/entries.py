"""Reading a TOML file key by key, so that whatever is wrong in it is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from apprentice_desk.domain.problems import Problem
from apprentice_desk.resources.files import REMEDY, load_toml

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


class Entry:
    """One table of a TOML file, whose values are asked for by key and kind.

    Asking for what is missing or of another kind raises Problem naming file and key; so does
    end() if a key was never asked for, which catches misspelt ones.
    """

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._values = values
        self._where = where
        self._asked: set[str] = set()

    def wrong(self, key: str, what: str) -> Problem:
        """Return the Problem that says *what* is wrong with *key*."""
        return Problem(f"{self._where}: {key} {what}.", REMEDY)

    def has(self, key: str) -> bool:
        """Return whether *key* is given."""
        return key in self._values

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "is not a text")
        return value

    def number(self, key: str, *, least: int = 0) -> int:
        """Return a whole number, *least* or more."""
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(key, f"is not a whole number from {least}")
        return value

    def fraction(self, key: str) -> Fraction:
        """Return an exact number, 0 or more, written as text ("0.2", "1/5") or whole."""
        value = self._get(key)
        try:
            fraction = Fraction(value) if isinstance(value, str | int) else Fraction(-1)
        except (ValueError, ZeroDivisionError):
            fraction = Fraction(-1)
        if fraction < 0:
            raise self.wrong(key, 'is not a number from 0 in quotation marks, such as "5.6"')
        return fraction

    def day(self, key: str) -> date:
        """Return a day."""
        value = self._get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "is not a day such as 2026-07-02")
        return value

    def yes_no(self, key: str) -> bool:
        """Return true or false."""
        value = self._get(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "is neither true nor false")
        return value

    def word(self, key: str, words: type[Word]) -> Word:
        """Return one of a list of words."""
        value = self.text(key)
        try:
            return words(value)
        except ValueError:
            raise self.wrong(key, f"is “{value}”, not one of: {'; '.join(words)}") from None

    def checked(self, key: str, check: Callable[[str], T]) -> T:
        """Return a text that *check* made into a value or refused with ValueError."""
        value = self.text(key)
        try:
            return check(value)
        except ValueError as error:
            raise self.wrong(key, f"is wrong: {str(error).removesuffix('.')}") from None

    def entries(self, key: str) -> list[Entry]:
        """Return the tables of an array of tables, of which there must be one at least."""
        value = self._get(key)
        if not isinstance(value, list) or not value:
            raise self.wrong(key, "is not a list of tables")
        return [self._inner(each, f"{key} {number}") for number, each in enumerate(value, 1)]

    def texts(self, key: str) -> list[str]:
        """Return a list of texts, of which there must be one at least."""
        value = self._get(key)
        if not isinstance(value, list) or not value:
            raise self.wrong(key, "is not a list of texts")
        if not all(isinstance(each, str) and each for each in value):
            raise self.wrong(key, "is not a list of texts")
        return value

    def table(self, key: str) -> Mapping[str, object]:
        """Return a table whose keys are not fixed."""
        value = self._get(key)
        if not isinstance(value, dict) or not value:
            raise self.wrong(key, "is not a table")
        return value

    def inner(self, key: str) -> Entry:
        """Return a table whose keys are asked for one by one."""
        return self._inner(self._get(key), key)

    def end(self) -> None:
        """Say that nothing more will be asked for."""
        for key in self._values:
            if key not in self._asked:
                raise self.wrong(key, "is not a key that the program knows")

    def _get(self, key: str) -> object:
        self._asked.add(key)
        if key not in self._values:
            raise self.wrong(key, "is missing")
        return self._values[key]

    def _inner(self, value: object, name: str) -> Entry:
        if not isinstance(value, dict):
            raise self.wrong(name, "is not a table")
        return Entry(value, f"{self._where}, {name}")


def entry_of(*parts: str) -> Entry:
    """Return a packaged TOML file as an Entry."""
    return Entry(load_toml(*parts), "/".join(parts))


def all_of(entries: list[Entry], build: Callable[[Entry], T]) -> tuple[T, ...]:
    """Return what *build* makes of each entry; no entry may hold a key that it did not ask for."""
    values = []
    for entry in entries:
        values.append(build(entry))
        entry.end()
    return tuple(values)
