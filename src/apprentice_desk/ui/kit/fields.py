"""What a field of a form is, and which input each kind of value gets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from apprentice_desk.domain import durations, money
from apprentice_desk.ui.kit.choosing import ChoiceInput, OfferedInput, SearchInput, is_long
from apprentice_desk.ui.kit.dates import DateInput
from apprentice_desk.ui.kit.inputs import (
    Field,
    Input,
    LineInput,
    LongTextInput,
    TickInput,
    YesNoInput,
)
from apprentice_desk.ui.kit.passphrase import PassphraseInput
from apprentice_desk.ui.kit.theme import Theme

__all__ = ["Field", "make_input"]


def _parse_integer(text: str) -> int:
    plain = text.replace(",", "").replace("−", "-").replace(" ", "")
    try:
        return int(plain)
    except ValueError:
        raise ValueError(f"“{text}” is not a whole number. Write it in figures, as 12.") from None


def _parse_decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace("−", "-").replace(" ", ""))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError(f"“{text}” is not a number. Write it in figures, as 12.5.")
    return number


def _plain(text: str) -> str:
    return " ".join(text.split())


def _upper(text: str) -> str:
    return "".join(text.split()).upper()


def make_input(field: Field, theme: Theme, today: date | None = None) -> Input:
    """Return the input for *field*; *today* lets a date be written as "yesterday"."""
    match field.kind:
        case "text":
            made: Input = LineInput(field, theme, _plain, str)
        case "code":
            made = LineInput(field, theme, _upper, str)
        case "long text":
            made = LongTextInput(field, theme)
        case "date" | "month date":
            made = DateInput(field, theme, today)
        case "duration":
            made = LineInput(field, theme, durations.parse_minutes, durations.grid)
        case "money":
            made = LineInput(field, theme, money.parse_pounds, money.show_pounds)
        case "integer":
            made = LineInput(field, theme, _parse_integer, "{:,}".format)
        case "decimal":
            made = LineInput(field, theme, _parse_decimal, "{:,f}".format)
        case "choice":
            made = (SearchInput if is_long(field.choices) else ChoiceInput)(field, theme)
        case "search":
            made = SearchInput(field, theme)
        case "offered":
            made = OfferedInput(field, theme)
        case "yes-no":
            made = YesNoInput(field, theme)
        case "tick":
            made = TickInput(field, theme)
        case "passphrase":
            made = PassphraseInput(field, theme)
    made.set_read_only(field.read_only)
    return made
