"""Text without case and accents, so that "lukasz" finds "Łukasz" and "zoe" finds "Zoë"."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {
        "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d",
        "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "ı": "i", "Æ": "AE", "æ": "ae", "Œ": "OE",
        "œ": "oe", "Þ": "TH", "þ": "th", "Ŋ": "N", "ŋ": "n",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Return *text* without case and accents."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return text.casefold()
