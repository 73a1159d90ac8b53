"""Text as the bundled font can show it: what it lacks, how wide it is, where lines break.

The font knows Latin, Greek and Cyrillic.  A character that it lacks (a name in Arabic, an emoji)
is shown as an empty square, one for each that a person would count, never left out; the text
itself stays in the file for whoever copies, searches or listens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from apprentice_desk import resources
from apprentice_desk.documents.runs import (
    REGULAR,
    STRONG,
    Fragment,
    Link,
    Mark,
    line_text,
    lines_of,
    links_in,
    tidy,
)
from apprentice_desk.documents.tree import Words, plain

SQUARE = "□"
_FILES = {REGULAR: "Inter-Regular.ttf", STRONG: "Inter-SemiBold.ttf"}
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a line in a font of its own, beginning *left* points from where the line begins."""

    shown: str
    font: str
    left: float
    width: float
    mark: Mark = Mark.NONE
    target: str = ""
    """What it leads to, where it is an address."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is drawn, and the words themselves where the font lacks some of them.

    *parts* are there if not all of it looks alike.
    """

    shown: str
    meant: str
    parts: tuple[Part, ...] = ()


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
        return self._linked(found, text, font, size)

    def flow(self, words: Words, room: float, font: str, size: float) -> list[Line]:
        """Break *words* into lines as lines() does, what stands out in the stronger font."""
        if isinstance(words, str):
            return self.lines(words, room, font, size)
        found: list[Line] = []
        for line in lines_of(words):
            if all(fragment == Fragment(fragment.text) for fragment in line):
                found.extend(map(self._line, self._broken(line_text(line), room, font, size)))
            else:
                broken = self._flowed(line, room, font, size)
                found.extend(self._line_of(parts, font, size) for parts in broken)
        return self._linked(found, plain(words), font, size)

    def _linked(self, lines: list[Line], text: str, font: str, size: float) -> list[Line]:
        """The lines, with parts for addresses; one that is broken over two lines leads nowhere."""
        whole = {text[link.start : link.end] for link in links_in(text)}
        if not whole:
            return lines
        linked = []
        for line in lines:
            links = [
                link for link in links_in(line.shown) if line.shown[link.start : link.end] in whole
            ]
            is_whole = line.shown == line.meant
            linked.append(self._with_links(line, links, font, size) if is_whole else line)
        return linked

    def _with_links(self, line: Line, links: list[Link], font: str, size: float) -> Line:
        if not links:
            return line
        edges = {edge for link in links for edge in (link.start, link.end)}
        targets = {link.start: link.target for link in links}
        parts, at = [], 0
        for part in line.parts or (Part(line.shown, font, 0.0, 0.0),):
            left, end = part.left, at + len(part.shown)
            stops = sorted({at, end, *(edge for edge in edges if at < edge < end)})
            for start, stop in pairwise(stops):
                shown = line.shown[start:stop]
                wide = self.width(shown, part.font, size)
                target = "" if part.mark is Mark.GAP else targets.get(start, "")
                parts.append(Part(shown, part.font, left, wide, part.mark, target))
                left += wide
            at = end
        return Line(line.shown, line.meant, tuple(parts))

    def line_width(self, line: Line, font: str, size: float) -> float:
        """Return how wide *line* is as it is drawn."""
        if line.parts:
            return line.parts[-1].left + line.parts[-1].width
        return self.width(line.shown, font, size)

    def _fragments_width(self, line: Iterable[Fragment], font: str, size: float) -> float:
        return sum(self.width(part.text, _font(part, font), size) for part in line)

    def _flowed(
        self, fragments: list[Fragment], room: float, font: str, size: float
    ) -> Iterator[list[Fragment]]:
        line: list[Fragment] = []
        across = 0.0
        for space, word in _words(fragments):
            gap = [space] if line else []
            wide = self._fragments_width([*gap, *word], font, size)
            if across + wide <= room:
                line, across = [*line, *gap, *word], across + wide
                continue
            if line:
                yield line
            *full, line = self._broken_word(word, room, font, size)
            yield from full
            across = self._fragments_width(line, font, size)
        yield line

    def _broken_word(
        self, word: list[Fragment], room: float, font: str, size: float
    ) -> list[list[Fragment]]:
        """The word by itself, or in the lines that one takes which is longer than a line."""
        if self._fragments_width(word, font, size) <= room:
            return [word]
        lines: list[list[Fragment]] = [[]]
        across = 0.0
        for fragment in word:
            for cluster in clusters(fragment.text):
                wide = self.width(cluster, _font(fragment, font), size)
                if lines[-1] and across + wide > room:
                    lines.append([])
                    across = 0.0
                lines[-1].append(fragment.saying(cluster))
                across += wide
        return lines

    def _line_of(self, fragments: list[Fragment], font: str, size: float) -> Line:
        parts: list[Part] = []
        left = 0.0
        for look, alike in groupby(fragments, key=lambda part: part.saying("")):
            shown = self._line("".join(part.text for part in alike)).shown
            drawn = _font(look, font)
            wide = self.width(shown, drawn, size)
            parts.append(Part(shown, drawn, left, wide, look.mark))
            left += wide
        return Line("".join(part.shown for part in parts), line_text(fragments), tuple(parts))

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


def _font(fragment: Fragment, font: str) -> str:
    return STRONG if fragment.is_bold or fragment.mark is Mark.GAP else font


def _words(fragments: list[Fragment]) -> Iterator[tuple[Fragment, list[Fragment]]]:
    """Each word, which may change its look within, and the space before it in its own look."""
    space, word = Fragment(""), list[Fragment]()
    for fragment in fragments:
        for number, text in enumerate(fragment.text.split(" ")):
            if number:
                yield space, word
                space, word = fragment.saying(" "), []
            if text:
                word.append(fragment.saying(text))
    yield space, word


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
