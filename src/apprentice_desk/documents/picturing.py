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
