"""What is shown where the pointer rests, as the plain text that it is.

Qt takes a tip that looks like markup for that: it would draw it, and fetch the pictures that it
names, also from a server, which learns by it who is there.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def as_tip(text: str) -> str:
    """Return *text* so that Qt shows it letter by letter, whatever it looks like."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
