"""Signs that turn the way a text runs: nobody sees them, and a name behind one reads backwards.

They come along when a name is copied out of a mail or an address book.  Letters of languages that
run from right to left need none of them.
"""

from __future__ import annotations

import re

TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""The signs, as they stand within the brackets of a pattern."""
_TURNS = re.compile(f"[{TURNS}]")


def without_turns(text: str) -> str:
    """Return *text* with none of them; all else stays, as do the joiners of Persian and emoji."""
    return text if text.isascii() else _TURNS.sub("", text)
