"""What a PDF that came back says: its lines rejoined to paragraphs, the edges of pages left out.

A PDF knows no paragraphs.  One ends where the next line begins with a number or a dot, stands
farther below than lines do, or where a line stops well before the others.  What stands on every
page, such as its number, is known by where it stands and by being repeated, or by what was sent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from apprentice_desk.documents.page_words import (
    LINE_END_HYPHEN,
    PageLine,
    PageWords,
    UnreadableError,
)
from apprentice_desk.documents.reading_apart import page_words_apart
from apprentice_desk.documents.returned_text import (
    MOST_LETTERS,
    Passage,
    ReturnedText,
    damaged,
    protected,
    says_nothing,
    too_large,
)
from apprentice_desk.documents.returned_words import label_at
from apprentice_desk.domain.needs import listed
from apprentice_desk.domain.progress import Progress

_MOST_PAGES = 2_000
_MOST_READ = 2 * MOST_LETTERS
"""Letters with what stands at the edges and the spaces between, before any is looked at."""
_TOP, _BOTTOM = 0.085, 0.91
"""What stands on every page stands above and below these shares of its height."""

_NEAR_EDGE = 0.16
"""What is known to have stood on every page is looked for within this share of its height."""

_FEWEST_LETTERS = 25
"""A page with fewer is a picture, or as good as blank."""

_SAME = 6.0
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*\d+(?:\s*(?:of|/)\s*\d+)?", re.IGNORECASE)
_SHORT = 0.8
_FAR = 1.45


def read_pages(
    name: str, content: bytes, edges: Iterable[str], progress: Progress, title: str = ""
) -> ReturnedText:
    """Return what the PDF called *name* says.

    *edges* are what stood at the top and bottom of every page that was sent, *title* is its title.
    Raises Problem where it is damaged, protected, too large, or its pages are pictures.
    """
    try:
        pages = page_words_apart(content, _MOST_PAGES, _MOST_READ, progress)
    except OverflowError as error:
        raise too_large(name) from error
    except UnreadableError as error:
        raise protected(name) if error.is_locked else damaged(name) from error
    if sum(len(line.text) for page in pages for line in page.lines) > MOST_LETTERS:
        raise too_large(name)
    known = [_masked(each) for each in edges if each.strip()]
    bodies = _without_edges(pages, known, _masked(title))
    if not any(bodies):
        raise says_nothing(name)
    passages = tuple(_passages(bodies))
    remarks = [
        f"Page {number}: {remark}"
        for number, page in enumerate(pages, 1)
        for remark in page.remarks
    ]
    return ReturnedText(
        passages, is_of_pages=True, comments=tuple(remarks), notes=tuple(_notes(bodies))
    )


def _notes(bodies: Sequence[Sequence[PageLine]]) -> Iterator[str]:
    blank = [
        str(number)
        for number, lines in enumerate(bodies, 1)
        if sum(len(line.text) for line in lines) < _FEWEST_LETTERS
    ]
    if blank:
        pages = "Page" if len(blank) == 1 else "Pages"
        has = "has" if len(blank) == 1 else "have"
        yield (
            f"{pages} {listed(blank, 12)} {has} next to no text: blank, or a picture as a scanner"
            " makes it. What such a page shows is not compared: look at it."
        )


# --- what stands on every page --------------------------------------------------------------------


def _masked(text: str) -> str:
    """Return a text without its figures and blanks, by which the edges of pages are alike."""
    return "".join(_NUMBERS.sub("0", text).split()).casefold()


def _place(line: PageLine) -> tuple[str, int]:
    return _masked(line.text), round(line.base / _SAME)


def _without_edges(
    pages: Sequence[PageWords], known: Sequence[str], title: str
) -> list[list[PageLine]]:
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        at_edge = {_place(each) for each in page.lines if _is_at_edge(each, page.height)}
        seen.update(at_edge)
    bodies = []
    for number, page in enumerate(pages):
        sent = _known_edges(page, known, "" if number else title)
        bodies.append(
            [
                line
                for at, line in enumerate(page.lines)
                if at not in sent and not _is_edge(line, page.height, seen, len(pages))
            ]
        )
    return bodies


def _known_edges(page: PageWords, known: Sequence[str], title: str) -> set[int]:
    """Return where on *page* what was sent on every page stands.

    At the top and at the bottom each once, the outermost: a *title* may say the same below it, or
    stand there by itself.
    """
    found: set[int] = set()
    downwards = sorted(enumerate(page.lines), key=lambda each: each[1].base)
    masked = [(at, _masked(line.text), line.base / page.height) for at, line in downwards]
    top = [(at, text) for at, text, where in masked if where < _NEAR_EDGE]
    bottom = [(at, text) for at, text, where in masked if where > 1 - _NEAR_EDGE]
    for side in (top, bottom[::-1]):
        for edge in known:
            hits = [at for at, text in side if text == edge or text.startswith(f"{edge}page")]
            if edge != title or len(hits) > 1:
                found.update(hits[:1])
    return found


def _is_at_edge(line: PageLine, height: float) -> bool:
    return not _TOP <= line.base / height <= _BOTTOM


def _is_edge(
    line: PageLine,
    height: float,
    seen: Counter[tuple[str, int]],
    pages: int,
) -> bool:
    if not _is_at_edge(line, height):
        return False
    if _PAGE_NUMBER.fullmatch(line.text.strip()):
        return True
    text, base = _place(line)
    most = max(seen[(text, each)] for each in (base - 1, base, base + 1))
    return most >= max(2, pages // 3)


# --- paragraphs -----------------------------------------------------------------------------------


def _passages(bodies: Sequence[Sequence[PageLine]]) -> Iterator[Passage]:
    steps = [
        line.base - before.base
        for lines in bodies
        for before, line in pairwise(lines)
        if line.base > before.base + 1
    ]
    step = median(steps) if steps else 0.0
    right = max((line.right for lines in bodies for line in lines), default=0.0)
    held: list[str] = []
    before: PageLine | None = None
    for lines in bodies:
        for line in lines:
            if before is not None and held and _begins(before, line, step, right):
                yield _passage(held)
                held = []
            held.append(line.text)
            before = line
    if held:
        yield _passage(held)


def _passage(lines: Sequence[str]) -> Passage:
    text = "\n".join(lines)
    if text.endswith(LINE_END_HYPHEN):
        text = f"{text[:-1]}-"  # nothing follows that it could part
    return Passage(text)


def _begins(before: PageLine, line: PageLine, step: float, right: float) -> bool:
    """Whether *line* begins a paragraph rather than goes on with that of the line *before*."""
    if before.text.endswith(LINE_END_HYPHEN) and line.text[:1].isalnum():
        return False
    if label_at(line.text):
        return True
    down = line.base - before.base
    if down > step * _FAR:
        return True
    is_next_page = down <= 0
    return not is_next_page and before.right < right * _SHORT
