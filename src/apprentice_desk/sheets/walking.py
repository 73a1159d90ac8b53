"""Going through the tags of a large part of XML once, quickly and without keeping them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from html import unescape
from xml.parsers import expat

from apprentice_desk.sheets.limits import MOST_TAGS, damaged, too_large

DEEPEST = 200  # elements inside each other, of which a sheet has a dozen
_MOST_DIGITS = 18
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[^<>]*>")

Edit = tuple[int, int, bytes]
"""From where to where, in bytes, something else is put."""


class Walk(ABC):
    """One way through a part; what is met is taken by ``begin`` and ``end``.

    Tags are called as they are written, prefixes included.  Raises Problem where the part breaks
    off or has too many tags.
    """

    def __init__(self, name: str, part: bytes) -> None:
        self.name = name
        self.part = part
        self._parser = expat.ParserCreate()

    def go(self) -> None:
        """Go through the whole part."""
        if self.part.count(b"<") > MOST_TAGS:
            raise too_large(self.name)
        parser = self._parser
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        try:
            parser.Parse(self.part, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise damaged(self.name) from error
        finally:  # or the part would stay in memory for as long as the two hold each other
            parser.StartElementHandler = parser.EndElementHandler = None

    def at(self) -> int:
        """Return the byte at which the tag begins that is being taken."""
        return self._parser.CurrentByteIndex

    def text_from(self, begin: int) -> str:
        """Return the text between the tag at byte *begin* and the end that is being taken."""
        begin = self.part.find(b">", begin) + 1
        raw = self.part[begin : self.at()].decode("utf-8", "replace")
        return unescape(_TAG.sub("", raw)).strip()

    @abstractmethod
    def begin(self, tag: str, about: Mapping[str, str]) -> None:
        """Take the begin of an element and its attributes."""

    @abstractmethod
    def end(self, tag: str) -> None:
        """Take the end of an element."""


def narrow(name: str, part: bytes) -> bytes:
    """Return a part in UTF-16 as UTF-8, any other as it is."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif part[1:2] == b"\0":
        encoding = "utf-16-le"
    elif part[:1] == b"\0":
        encoding = "utf-16-be"
    else:
        return part
    try:
        return _DECLARATION.sub("", part.decode(encoding), count=1).encode()
    except UnicodeError as error:
        raise damaged(name) from error


def edited(part: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a part with *edits* made; they stand in order and do not overlap."""
    pieces: list[bytes] = []
    done = 0
    for begin, end, instead in edits:
        pieces += (part[done:begin], instead)
        done = end
    return b"".join((*pieces, part[done:]))


def whole_number(text: str | None, otherwise: int) -> int:
    """Return a whole number as the reader takes it, with or without a plus, or *otherwise*."""
    if text is None:
        return otherwise
    digits = text.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return otherwise
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS
