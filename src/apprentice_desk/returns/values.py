"""The kinds of value in a return: how each is taken from a cell, shown, written and fingerprinted.

A kind is the word in the descriptor: text, several, integer, money, hours, percent, date, instant,
yes-no, quarter.  Parsers return the typed value or raise ValueError with a sentence for a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType

from apprentice_desk.domain.calendar import FinancialYear, Quarter, parse_day, table_day
from apprentice_desk.domain.durations import decimal_hours, parse_minutes
from apprentice_desk.domain.identifiers import (
    check_code,
    check_gss,
    check_host,
    check_standard_code,
    check_ukprn,
    check_version,
)
from apprentice_desk.domain.money import MOST, parse_pounds, show_pounds
from apprentice_desk.sheets import Cell, Kind, Value

Typed = str | int | Decimal | bool | date | datetime | Quarter | tuple[str, ...] | None

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "text": "text",
        "several": "text",
        "integer": "integer",
        "money": "money",
        "hours": "hours",
        "percent": "percent",
        "date": "date",
        "instant": "instant",
        "yes-no": "yes-no",
        "quarter": "text",
    }
)
"""The kinds of a return, and the kind of column that each is written in."""

IDENTIFIERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        # The code of each apprentice is looked at on being read and on being checked.
        "apprentice": lru_cache(8_192)(check_code),
        "standard": check_standard_code,
        "version": check_version,
        "ukprn": check_ukprn,
        "gss": check_gss,
        "host": check_host,
        "financial year": lambda text: str(FinancialYear.parse(text)),
    }
)
"""What an identifier must pass, by its word in the descriptor; each gives the normal form."""

PLACES = MappingProxyType({"money": 2, "hours": 2, "percent": 1})
"""Decimals that a kind may have."""

_TOO_FINE = {
    "money": "is finer than a penny",
    "hours": "has more than two decimals",
    "percent": "has more than one decimal",
}
_LARGE = 1_000_000_000
_WORDS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_YEARS = range(2010, 2100)
_BETWEEN = re.compile(r"[;,\n]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
_PLAIN_NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


def blank(kind: str) -> Typed:
    """Return what stands for "not known" in a value of *kind*."""
    if kind == "several":
        return ()
    return "" if kind == "text" else None


def clean(text: str) -> str:
    """Return *text* as one line in Unicode NFC, without control characters and stray spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return unicodedata.normalize("NFC", " ".join(_CONTROL.sub("", text).split()))


def normal(kind: str, value: Typed, identifier: str = "") -> Typed:
    """Return a typed value in the one form that is written, compared and fingerprinted.

    An identifier that is not valid stays as it is, for the checks to find.
    """
    if isinstance(value, str):
        return _identified(clean(value), identifier)
    if isinstance(value, tuple):
        return tuple(_identified(one, identifier) for one in map(clean, value) if one)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0)
    if isinstance(value, Decimal) and value.is_finite():
        exact = round(value, PLACES[kind])
        # Something finer is a finding, so it must not be rounded away here.
        return exact + 0 if exact == value else value
    return value


def from_cell(kind: str, cell: Cell, identifier: str = "") -> tuple[Typed, bool]:
    """Return a cell's value as *kind*, and whether it had to be understood from another type.

    A day or a number typed as text is understood if it can mean one thing only.  Blank cells and
    those of spaces alone are not known.  Raises ValueError with a sentence.
    """
    if isinstance(cell, str):
        cell = clean(cell)
    if cell is None or cell == "":
        return blank(kind), False
    return _TAKE[kind](cell, identifier)


def as_text(kind: str, value: Typed) -> str:
    """Return the form of a value that the fingerprint is made from; the descriptor states it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        text, places = str(value), PLACES[kind]
        # Most numbers have their places already, and formatting takes four times as long.
        return text if text[-1 - places : -places] == "." else f"{value:.{places}f}"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def text_of_number(places: int, cell: Cell) -> str:
    """Return the text (see as_text) of a number that needs no rounding, or "" where it might.

    It says in one step what from_cell and as_text say of nearly every amount in a return.
    """
    if cell.__class__ is float and 0 < cell < _LARGE:
        text = f"{cell:.{places}f}"
        # Below a thousand million no other number of 15 digits is as near to the cell's.
        return text if float(text) == cell else ""
    if cell.__class__ is int and 0 <= cell < _LARGE:
        return f"{cell}.{'0' * places}"
    return ""


def as_value(value: Typed) -> Value:
    """Return a value as a workbook's cell takes it."""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Quarter):
        return str(value)
    return value


def show(kind: str, value: Typed) -> str:
    """Return a value as a person reads it in a finding."""
    if isinstance(value, Decimal):
        if kind == "money":
            return (
                show_pounds(value)
                if value == round(value, 2) and abs(value) <= MOST
                else f"£{value}"
            )
        return f"{value}%" if kind == "percent" else f"{value}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return table_day(value)
    return as_text(kind, value)


def show_cell(cell: Cell) -> str:
    """Return what stood in a cell, for a finding to name it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(cell, date):
        return table_day(cell)
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell)[:200]


def _identified(text: str, identifier: str) -> str:
    if not text or not identifier:
        return text
    try:
        return IDENTIFIERS[identifier](text)
    except ValueError:
        return text


def _text(cell: Cell, identifier: str) -> tuple[Typed, bool]:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise ValueError(f"{show_cell(cell)} is not text.")  # noqa: TRY004 - an entry
    return _identified(cell if isinstance(cell, str) else show_cell(cell), identifier), False


def _several(cell: Cell, identifier: str) -> tuple[Typed, bool]:
    if not isinstance(cell, str):
        return (str(_text(cell, identifier)[0]),), False
    parts = (_identified(part.strip(), identifier) for part in _BETWEEN.split(cell))
    return tuple(part for part in parts if part), False


def _integer(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    number, is_from_text = _number(cell)
    if number != number.to_integral_value():
        raise ValueError(f"{show_cell(cell)} is not a whole number.")
    return int(number), is_from_text


def _money(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    if isinstance(cell, str):
        return parse_pounds(cell), True
    return _with_places(_number(cell)[0], "money"), False


def _percent(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    is_signed = isinstance(cell, str) and cell.endswith("%")
    number, is_from_text = _number(
        cell[:-1].strip() if is_signed and isinstance(cell, str) else cell
    )
    return _with_places(number, "percent"), is_from_text


def _hours(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, timedelta):
        # Excel keeps 7:30 as a share of a day, so the seconds are not exact.
        return decimal_hours(round(cell.total_seconds() / 60)), True
    if isinstance(cell, str) and not _PLAIN_NUMBER.fullmatch(cell):
        return decimal_hours(parse_minutes(cell)), True
    number, is_from_text = _number(cell)
    return _with_places(number, "hours"), is_from_text


def _day(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    if isinstance(cell, datetime):
        return cell.date(), True
    if isinstance(cell, date):
        return cell, False
    if not isinstance(cell, str):
        raise ValueError(f"{show_cell(cell)} is not a day.")  # noqa: TRY004 - an entry
    written = parse_day(cell)
    if not written.is_day_given:
        raise ValueError(f"“{cell}” names a month, not a day.")
    return written.day, True


def _instant(cell: Cell, identifier: str) -> tuple[Typed, bool]:
    if isinstance(cell, datetime):
        _check_year(cell)
        # Excel keeps the time as a share of a day, so the seconds are not exact.
        nearest = cell + timedelta(microseconds=500_000)
        return nearest.replace(microsecond=0, tzinfo=UTC), False
    if isinstance(cell, str):
        try:
            moment = datetime.fromisoformat(cell)
        except ValueError:
            pass
        else:
            _check_year(moment)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC).replace(microsecond=0), True
    day, is_from_text = _day(cell, identifier)
    assert isinstance(day, date)  # _day gives nothing else
    _check_year(day)
    return datetime.combine(day, time.min, UTC), is_from_text


def _check_year(day: date) -> None:
    """Raise ValueError for a year that no return was ever prepared in."""
    if day.year not in _YEARS:
        raise ValueError(f"The year {day.year} cannot be meant.")


def _yes_no(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    if isinstance(cell, bool):
        return cell, False
    word = _WORDS.get(cell.casefold()) if isinstance(cell, str) else None
    if word is None:
        raise ValueError(f"“{show_cell(cell)}” is neither Yes nor No.")
    return word, False


def _quarter(cell: Cell, _identifier: str) -> tuple[Typed, bool]:
    return Quarter.parse(show_cell(cell)), False


_TAKE: Mapping[str, Callable[[Cell, str], tuple[Typed, bool]]] = {
    "text": _text,
    "several": _several,
    "integer": _integer,
    "money": _money,
    "hours": _hours,
    "percent": _percent,
    "date": _day,
    "instant": _instant,
    "yes-no": _yes_no,
    "quarter": _quarter,
}


def _number(cell: Cell) -> tuple[Decimal, bool]:
    """Return a number exactly as Excel shows it: it keeps 15 digits, and so does this."""
    try:
        if isinstance(cell, bool):
            raise InvalidOperation
        if isinstance(cell, int):
            return Decimal(cell), False
        if isinstance(cell, float):
            number = Decimal(f"{cell:.15g}")
            if number.is_finite():
                return number, False
        elif isinstance(cell, str) and _PLAIN_NUMBER.fullmatch(cell):
            return Decimal(cell.replace(",", "").replace("−", "-")), True
    except InvalidOperation:
        pass
    raise ValueError(f"“{show_cell(cell)}” is not a number.")


def _with_places(number: Decimal, kind: str) -> Decimal:
    try:
        exact = round(number, PLACES[kind])
    except InvalidOperation:
        raise ValueError(f"{number} is too large.") from None
    if exact != number:
        raise ValueError(f"{number} {_TOO_FINE[kind]}.")
    return exact + 0  # never a minus before zero
