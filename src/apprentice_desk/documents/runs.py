"""Texts with parts that stand out, as every renderer takes them: lines of fragments, tidied.

White space is made single and control characters become spaces here, once, so that a PDF and a
Word file of the same tree say the same letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from apprentice_desk.documents.tree import Bold, Filled, Gap, Run, Words

REGULAR = "Inter"
STRONG = "Inter SemiBold"
"""The two weights of the program's own font, by which widths are measured."""

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SPACES = re.compile(" +")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


_HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63})+"
_WEB = re.compile(
    rf"(?:https?://|(?<![\w.@-])www\.){_HOST}(?::\d{{1,5}})?"
    r"(?:[/?#](?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
_MAIL = re.compile(rf"(?<![\w.+/@-])[\w.+-]{{1,64}}@{_HOST}", re.ASCII)
_ENDS = ".,;:!?)'"
"""What stands behind an address rather than in it."""

_MAY_FOLLOW = re.compile(r"""[.,;:!?)\]}'"”’»]*(?:$|[\s<>])""")


@dataclass(frozen=True, slots=True)
class Link:
    """Where in a text an address stands, and what it leads to."""

    start: int
    end: int
    target: str


class Mark(Enum):
    """What shows about part of a text besides its letters."""

    NONE = auto()
    GAP = auto()
    FILLED = auto()
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of one line in one look."""

    text: str
    is_bold: bool = False
    mark: Mark = Mark.NONE

    def saying(self, text: str) -> Fragment:
        """Return another text in the same look."""
        return Fragment(text, self.is_bold, self.mark)


def tidy(text: str) -> str:
    """Return *text* on one line, its white space single, without control characters.

    A space that must not be broken at stays what it is.
    """
    return " ".join(part for part in _without_controls(text).split(" ") if part)


def lines_of(words: Words) -> list[list[Fragment]]:
    """Return the lines of *words*, at least one; an empty line has no fragments."""
    if isinstance(words, str):
        normal = unicodedata.normalize("NFC", words)
        tidied = [tidy(line) for line in normal.splitlines() or [""]]
        return [[Fragment(line)] if line else [] for line in tidied]
    lines: list[list[Fragment]] = [[]]
    for run in words:
        look = _look(run)
        # A part that ends in a line feed begins a new line, which splitlines leaves unsaid.
        first, *others = f"{unicodedata.normalize('NFC', look.text)}\0".splitlines()
        lines[-1].append(look.saying(first))
        lines.extend([look.saying(other)] for other in others)
        lines[-1][-1] = look.saying(lines[-1][-1].text[:-1])
    if len(lines) > 1 and not any(fragment.text for fragment in lines[-1]):
        lines.pop()  # as splitlines has it: a line feed ends a line
    return [_tidied(line) for line in lines]


def line_text(line: list[Fragment]) -> str:
    """Return what a line says."""
    return "".join(fragment.text for fragment in line)


def links_in(text: str) -> tuple[Link, ...]:
    """Return the addresses of mail and of the web that stand in *text*, from left to right."""
    found = []
    if "://" in text or "www." in text:
        found += [(match, "" if "://" in match[0] else "https://") for match in _WEB.finditer(text)]
    if "@" in text:
        found += [(match, "mailto:") for match in _MAIL.finditer(text)]
    links: list[Link] = []
    for match, before in sorted(found, key=lambda each: each[0].start()):
        address = match[0].rstrip(_ENDS)
        # One that goes on in letters that addresses do not have would lead somewhere else.
        is_whole = _MAY_FOLLOW.match(text, match.end()) is not None
        if is_whole and (not links or links[-1].end <= match.start()):
            end = match.start() + len(address)
            links.append(Link(match.start(), end, before + address))
    return tuple(links)


def readable(text: str) -> str:
    """Return *text* as XML can hold it: what is no character, such as half of one, is marked."""
    return _NO_CHARACTER.sub(UNREADABLE, text)


def _look(run: Run) -> Fragment:
    match run:
        case Bold():
            return Fragment(run.text, is_bold=True)
        case Gap():
            return Fragment(run.text, mark=Mark.GAP)
        case Filled():
            return Fragment(run.text, mark=Mark.WRONG if run.is_wrong else Mark.FILLED)
        case _:
            return Fragment(run)


def _tidied(line: list[Fragment]) -> list[Fragment]:
    """The fragments with single white space between them, none at either end, none empty."""
    found: list[Fragment] = []
    is_after_space = True
    for fragment in line:
        text = _SPACES.sub(" ", _without_controls(fragment.text))
        if is_after_space:
            text = text.lstrip(" ")
        if text:
            found.append(fragment.saying(text))
            is_after_space = text.endswith(" ")
    if is_after_space and found:
        last = found.pop()
        if shorter := last.text.rstrip(" "):
            found.append(last.saying(shorter))
    return found


def _without_controls(text: str) -> str:
    return _CONTROLS.sub(" ", text)
