"""Pages of a PDF as pictures, to be looked at before it is issued, and what they say."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pypdfium2

TURN = threading.Lock()
"""The library may be called by one thread at a time."""

_DOTS_PER_POINT_MOST = 6.0
"""Larger pictures than this would only take room."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: *pixels* in rows of *stride* bytes, blue, green, red and one unused for each."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PageSize:
    """How large a page is, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the pages: so far *down* a page, from 0 at its upper edge to 1."""

    page: int
    down: float


class Pages:
    """The pages of a PDF; numbers begin with 0."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        with TURN:
            opened = pypdfium2.PdfDocument(content)
            try:
                self.sizes = tuple(PageSize(*opened.get_page_size(at)) for at in range(len(opened)))
            finally:
                opened.close()

    def picture(self, page: int, width: int) -> Picture:
        """Return a page drawn *width* pixels wide; IndexError where there is no such page."""
        scale = min(width / self.sizes[page].width, _DOTS_PER_POINT_MOST)
        with TURN:
            opened = pypdfium2.PdfDocument(self._content)
            try:
                drawn = opened[page].render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
                return Picture(page, drawn.width, drawn.height, drawn.stride, bytes(drawn.buffer))
            finally:
                opened.close()

    def words(self, page: int) -> str:
        """Return the text of a page; IndexError where there is no such page."""
        with TURN:
            opened = pypdfium2.PdfDocument(self._content)
            try:
                found: str = opened[page].get_textpage().get_text_bounded()
            finally:
                opened.close()
        return "\n".join(line.rstrip() for line in found.splitlines())

    def place_of(self, heading: str) -> Place | None:
        """Return where the first heading of these words stands; None where there is none."""
        with TURN:
            opened = pypdfium2.PdfDocument(self._content)
            try:
                for each in opened.get_toc():
                    leads_to = each.get_dest() if each.get_title() == heading else None
                    if leads_to is not None:
                        return self._place(leads_to.get_index(), leads_to.get_view()[1][1])
            finally:
                opened.close()
        return None

    def place_saying(self, words: str) -> Place | None:
        """Return where *words* stand first; None where no page says them."""
        with TURN:
            opened = pypdfium2.PdfDocument(self._content)
            try:
                for number in range(len(self.sizes)):
                    text = opened[number].get_textpage()
                    found = text.search(words, match_case=True).get_next()
                    if found is not None:
                        return self._place(number, text.get_charbox(found[0])[3])
            finally:
                opened.close()
        return None

    def _place(self, page: int, above: float) -> Place:
        """Return a place so many points *above* the lower edge of a page."""
        return Place(page, 1 - above / self.sizes[page].height)
