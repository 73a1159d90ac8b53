"""Text as the bundled font can show it: what it lacks, how wide it is, where lines break.

The font knows Latin, Greek and Cyrillic.  A character that it lacks (a name in Arabic, an emoji)
is shown as an empty square, one for each that a person would count, never left out; the text
itself stays in the file for whoever copies, searches or listens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from apprentice_desk import resources

REGULAR = "Inter"
STRONG = "Inter SemiBold"
SQUARE = "□"
_FILES = {REGULAR: "Inter-Regular.ttf", STRONG: "Inter-SemiBold.ttf"}
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is drawn, and the words themselves where the font lacks some of them."""

    shown: str
    meant: str


class Lettering:
    """The two weights of the font, read once for a document."""

    def __init__(self) -> None:
        for name, file in _FILES.items():
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", file))))
        self._widths: dict[str, dict[int, float]] = {
            name: pdfmetrics.getFont(name).face.charWidths for name in _FILES
        }
        self._known = self._widths[REGULAR]
        self.has_squares = False
        """Whether any character had to be shown as a square so far."""

    def width(self, text: str, font: str, size: float) -> float:
        """Return how wide *text* is in points, as it will be shown."""
        widths = self._widths[font]
        try:
            return sum(widths[ord(letter)] for letter in text) * size / 1000
        except KeyError:
            return self.width(self.fitted(text), font, size)

    def fitted(self, text: str) -> str:
        """Return *text* with a square for each character that the font lacks."""
        if all(ord(letter) in self._known for letter in text):
            return text
        return "".join(self._shown(cluster) for cluster in clusters(text))

    def _shown(self, cluster: str) -> str:
        if all(ord(letter) in self._known for letter in cluster):
            return cluster
        if ord(cluster[0]) in self._known and all(map(_is_mark, cluster[1:])):
            return cluster[0] + SQUARE if any(map(_is_seen, cluster[1:])) else cluster[0]
        return SQUARE if any(map(_is_seen, cluster)) else ""

    def lines(self, text: str, room: float, font: str, size: float) -> list[Line]:
        """Break *text* into lines no wider than *room*; at least one, which may be empty.

        It breaks between words; a word that is too long for a line of its own is broken where
        the line is full.
        """
        text = unicodedata.normalize("NFC", text)
        found: list[Line] = []
        for part in text.splitlines() or [""]:
            found.extend(self._line(line) for line in self._broken(tidy(part), room, font, size))
        return found

    def _line(self, meant: str) -> Line:
        shown = self.fitted(meant)
        if SQUARE in shown and SQUARE not in meant:
            self.has_squares = True
        return Line(shown, meant)

    def _broken(self, text: str, room: float, font: str, size: float) -> Iterator[str]:
        if self.width(text, font, size) <= room:
            yield text
            return
        space = self.width(" ", font, size)
        line, across = "", 0.0
        for word in text.split(" "):
            for number, (part, wide) in enumerate(self._parts(word, room, font, size)):
                gap = space if line and not number else 0.0
                if line and (number or across + gap + wide > room):
                    yield line
                    line, across = part, wide
                else:
                    line, across = (f"{line} {part}" if line else part), across + gap + wide
        yield line

    def _parts(self, word: str, room: float, font: str, size: float) -> list[tuple[str, float]]:
        """The word, or the pieces of one that is longer than a line."""
        wide = self.width(word, font, size)
        if wide <= room:
            return [(word, wide)]
        parts: list[tuple[str, float]] = []
        for cluster in clusters(word):
            wide = self.width(cluster, font, size)
            if parts and parts[-1][1] + wide <= room:
                parts[-1] = (parts[-1][0] + cluster, parts[-1][1] + wide)
            else:
                parts.append((cluster, wide))
        return parts


def tidy(text: str) -> str:
    """Return *text* on one line, its white space single, without control characters.

    A space that must not be broken at stays what it is.
    """
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(part for part in kept.split(" ") if part)


def clusters(text: str) -> list[str]:
    """Return what a person counts as the characters of *text*: marks and joined emoji together."""
    found: list[str] = []
    for letter in text:
        is_joined = bool(found) and (found[-1].endswith(_JOINER) or _is_mark(letter))
        if is_joined:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Me", "Cf") or ord(letter) in _SKIN


def _is_seen(letter: str) -> bool:
    """Whether it would be missed: joiners, directions and the choice of a shape would not."""
    return unicodedata.category(letter) != "Cf" and not 0xFE00 <= ord(letter) <= 0xFE0F
