"""The merge fields that wording may hold: what each is called, means, and how it is written.

A field is looked up in the desk where the desk knows it and asked for otherwise.  A value of the
wrong kind, or one that cannot stand in a document, is refused in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from apprentice_desk.documents import (
    fields_of_buying,
    fields_of_contracts,
    fields_of_managing,
    fields_of_people,
    fields_of_sharing,
)
from apprentice_desk.documents.field_kinds import FieldKind, MergeField, TableValue, Value
from apprentice_desk.domain import calendar, money
from apprentice_desk.domain.days_hours import minute_of_day
from apprentice_desk.domain.scoring import plain

LONGEST = 4_000
"""So many letters a text that is asked for may have: more belongs into an appendix."""
MOST_POINTS = 100


_GROUPS = (
    fields_of_buying.FIELDS,
    fields_of_contracts.FIELDS,
    fields_of_managing.FIELDS,
    fields_of_sharing.FIELDS,
    fields_of_people.FIELDS,
)

FIELDS: Mapping[str, MergeField] = {each.name: each for group in _GROUPS for each in group}
"""Every field by name."""


# --- how a value is written -----------------------------------------------------------------------


def show(of: MergeField, value: Value) -> str:
    """Return *value* as it stands within a sentence.

    TypeError where the value is not of the field's kind or stands alone: a fault of the program.
    """
    match of.kind, value:
        case ((FieldKind.TEXT | FieldKind.LINES | FieldKind.TIME | FieldKind.CHOICE), str()):
            return value
        case FieldKind.YES_NO, bool():
            return "yes" if value else "no"
        case FieldKind.DAY, date():
            return calendar.show_day(value)
        case FieldKind.MONEY, Decimal():
            return money.show_pounds(value)
        case FieldKind.SCORE, Decimal():
            return plain(value)
        case FieldKind.NUMBER, int() if not isinstance(value, bool):
            return f"{value:,}"
    raise TypeError(f"{of.name} is a {of.kind} and does not take {type(value).__name__}")


def parse(of: MergeField, text: str, today: date) -> Value:
    """Return the value that a person wrote for a field.

    Raises ValueError with a sentence for what is not of the field's kind, is too long, or holds
    what cannot stand in a document; also for a field that only the desk can know.
    """
    if of.is_of_desk:
        raise ValueError(f"{of.label} comes from the desk and cannot be written here.")
    written = check_text(text, may_have_lines=of.kind in (FieldKind.LINES, FieldKind.POINTS))
    if not written:
        raise ValueError(f"{of.label} is missing.")
    return _PARSERS[of.kind](of, written, today)


def check_text(text: str, *, may_have_lines: bool = False) -> str:
    """Return *text* without blanks around it, as it can stand in a document.

    Raises ValueError with a sentence where it is longer than LONGEST, has a letter that no file
    can hold, or a line feed where there may be none.
    """
    tidy = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(tidy) > LONGEST:
        raise ValueError(f"This has {len(tidy):,} letters; {LONGEST:,} are the most.")
    if not may_have_lines and "\n" in tidy:
        raise ValueError("This goes over more than one line.")
    for letter in tidy:
        if letter != "\n" and not _is_writable(letter):
            raise ValueError(
                f"This has a letter that no document can hold (U+{ord(letter):04X}). Type it anew."
            )
    return tidy


def _is_writable(letter: str) -> bool:
    """Say whether both kinds of file can hold a letter: no controls, halves, or non-characters.

    Tabs would be lost in a PDF; the marks that turn the direction of writing would let a text
    read otherwise than it is kept.
    """
    code = ord(letter)
    return not (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code in _TURNS
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code < 0xFDF0
    )


_TURNS = frozenset((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def _parse_choice(of: MergeField, text: str, _: date) -> Value:
    found = next((each for each in of.choices if each.casefold() == text.casefold()), None)
    if found is None:
        raise ValueError(f"“{text}” is none of: {'; '.join(of.choices)}.")
    return found


def _parse_number(_: MergeField, text: str, __: date) -> Value:
    bare = text.replace(",", "")
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 9:
        raise ValueError(f"“{text}” is not a whole number.")
    return int(bare)


def _parse_score(_: MergeField, text: str, __: date) -> Value:
    if not _SCORE.fullmatch(text):
        raise ValueError(f"“{text}” is not a number such as 5 or 4.5.")
    return Decimal(text)


_SCORE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})?")


def _parse_yes_no(_: MergeField, text: str, __: date) -> Value:
    known = {"yes": True, "no": False}
    if text.casefold() not in known:
        raise ValueError(f"“{text}” is neither yes nor no.")
    return known[text.casefold()]


def _parse_time(_: MergeField, text: str, __: date) -> Value:
    minute = minute_of_day(text.zfill(len("12:00")))
    if minute is None:
        raise ValueError(f"“{text}” is not a time of day such as 12:00.")
    return f"{minute // 60:02}:{minute % 60:02}"


def _parse_points(_: MergeField, text: str, __: date) -> Value:
    points = tuple(line.strip() for line in text.splitlines() if line.strip())
    if len(points) > MOST_POINTS:
        raise ValueError(f"These are {len(points)} points; {MOST_POINTS} are the most.")
    return points


def _parse_day(_: MergeField, text: str, today: date) -> Value:
    written = calendar.parse_day(text, today=today)
    if not written.is_day_given:
        raise ValueError(f"“{text}” is a month: give the day, such as 31 March 2027.")
    return written.day


def _as_written(_: MergeField, text: str, __: date) -> Value:
    return text


def _parse_money(_: MergeField, text: str, __: date) -> Value:
    amount = money.parse_pounds(text)
    if amount < 0:
        raise ValueError("An amount cannot be below £0.")
    return amount


_PARSERS: Mapping[FieldKind, Callable[[MergeField, str, date], Value]] = {
    FieldKind.TEXT: _as_written,
    FieldKind.LINES: _as_written,
    FieldKind.DAY: _parse_day,
    FieldKind.TIME: _parse_time,
    FieldKind.MONEY: _parse_money,
    FieldKind.NUMBER: _parse_number,
    FieldKind.SCORE: _parse_score,
    FieldKind.CHOICE: _parse_choice,
    FieldKind.YES_NO: _parse_yes_no,
    FieldKind.POINTS: _parse_points,
}


# --- how values are kept --------------------------------------------------------------------------

Kept = str | int | bool | list[str] | dict[str, object]


def keep(of: MergeField, value: Value) -> Kept:
    """Return *value* as a file keeps it; unkeep() gives it back exactly."""
    match value:
        case TableValue():
            return {
                "headings": list(value.headings),
                "rows": [list(row) for row in value.rows],
                "right": sorted(value.right),
                "blank": sorted(value.blank),
                **({"shares": list(value.shares)} if value.shares else {}),
            }
        case tuple():
            return list(value)
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


def unkeep(of: MergeField, kept: object) -> Value:
    """Return the value that keep() wrote; ValueError where it is not of the field's kind."""
    try:
        return _unkept(of, kept)
    except (ValueError, TypeError, InvalidOperation):
        raise ValueError(f"{of.label} was not kept as a {of.kind}.") from None


def _unkept(of: MergeField, kept: object) -> Value:
    match of.kind, kept:
        case FieldKind.DAY, str():
            return date.fromisoformat(kept)
        case ((FieldKind.MONEY | FieldKind.SCORE), str()):
            return Decimal(kept)
        case FieldKind.NUMBER, int() if not isinstance(kept, bool):
            return kept
        case FieldKind.YES_NO, bool():
            return kept
        case FieldKind.POINTS, list():
            return tuple(str(each) for each in kept)
        case FieldKind.TABLE, {
            "headings": list(headings),
            "rows": list(rows),
            "right": list(right),
            "blank": list(blank),
            **more,
        }:
            shares = more.get("shares")
            return TableValue(
                tuple(map(str, headings)),
                tuple(tuple(map(str, row)) for row in rows),
                frozenset(right),
                frozenset(blank),
                tuple(map(float, shares)) if isinstance(shares, list) else (),
            )
        case ((FieldKind.TEXT | FieldKind.LINES | FieldKind.TIME | FieldKind.CHOICE), str()):
            return kept
    raise TypeError(type(kept).__name__)
