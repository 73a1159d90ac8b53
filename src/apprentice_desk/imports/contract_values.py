"""What cells of a register of contracts say beyond days and money: periods, yes or no, choices."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from apprentice_desk.domain import identifiers
from apprentice_desk.domain.contract_terms import Notice
from apprentice_desk.domain.vocabulary import NoticeUnit
from apprentice_desk.imports import values
from apprentice_desk.imports.fields import choice_words, plain
from apprentice_desk.sheets import Cell

_WRITTEN = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_COUNT = rf"(?P<count>[0-9]{{1,4}}|{'|'.join(_WRITTEN)})"
_UNIT = r"(?P<kind>working|business|calendar)?\s*(?P<unit>day|week|month|year)s?"
_PERIOD = re.compile(rf"(?:at least |minimum |min )?{_COUNT}\s*{_UNIT}(?: written)?(?: notice)?")
_UNIT_ALONE = re.compile(_UNIT)
_STANDARD = re.compile(r"\b(?:st|fa|au)\s?[0-9]{4}\b", re.IGNORECASE)
_UP_TO = re.compile(r"(?:up to|max(?:imum)?(?: of)?|not exceeding|not to exceed)\s+", re.IGNORECASE)
_YES = frozenset({"yes", "y", "true", "open", "open to it", "agreed"})
_NO = frozenset({"no", "n", "false", "not open", "closed"})

_Choice = TypeVar("_Choice", bound=StrEnum)


def notice(cell: Cell, heading: str = "") -> Notice | None:
    """Return a notice period such as "3 months' notice"; a number alone is what *heading* counts.

    Raises ValueError with a sentence where it is no such period.
    """
    number = values.plain_number(cell)
    if number is not None and number == int(number):
        unit = _UNIT_ALONE.search(plain(heading))
        if unit is None:
            raise ValueError(
                f"“{values.line(cell)}” may be days, weeks or months. Write it as 3 months."
            )
        return _period(int(number), unit)
    words = values.said(cell)
    if not words:
        return None
    found = _PERIOD.fullmatch(plain(words))
    if found is None:
        raise ValueError(f"“{words}” is not a notice period. Write it as 3 months, or 20 days.")
    count = found["count"]
    return _period(int(count) if count.isdigit() else _WRITTEN.index(count) + 1, found)


def _period(count: int, found: re.Match[str]) -> Notice:
    if found["unit"] == "year":
        return Notice(12 * count, NoticeUnit.MONTHS)
    if found["unit"] == "day" and found["kind"] in ("working", "business"):
        return Notice(count, NoticeUnit.WORKING_DAYS)
    return Notice(count, NoticeUnit(f"{found['unit']}s"))


def yes_or_no(cell: Cell) -> bool | None:
    """Return yes or no; raises ValueError with a sentence for anything else."""
    words = plain(values.said(cell))
    if not words:
        return None
    if words not in _YES | _NO:
        raise ValueError(f"“{values.line(cell)}” is neither yes nor no.")
    return words in _YES


def choice(section: str, choices: type[_Choice], cell: Cell) -> _Choice | None:
    """Return the one of *choices* that a cell means; ValueError with a sentence for none."""
    words = values.said(cell)
    if not words:
        return None
    found = choice_words(section, choices).get(plain(words))
    if found is None:
        raise ValueError(f"“{words}” is none of {'; '.join(choices)}.")
    return choices(found)


def standard_codes(cell: Cell) -> str:
    """Return the codes of standards in a cell, whatever stands between them.

    Raises ValueError with a sentence where something stands there and no code is in it.
    """
    words = values.said(cell)
    codes = [
        identifiers.check_standard_code("".join(found.split()))
        for found in _STANDARD.findall(words)
    ]
    if words and not codes:
        raise ValueError(f"No code of a standard, such as ST0116, is in “{words}”.")
    return "; ".join(dict.fromkeys(codes))


def pounds(cell: Cell) -> Decimal | None:
    """Return an amount of money, "up to" before it or not; raises ValueError as values.pounds."""
    return values.pounds(_UP_TO.sub("", cell.strip()) if isinstance(cell, str) else cell)
