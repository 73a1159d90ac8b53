"""What the pages of somebody's PDF say, line by line, with where each line stands."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from apprentice_desk.documents.picturing import TURN
from apprentice_desk.domain.progress import Progress

LINE_END_HYPHEN = "\u00ad"
"""What a hyphen at the end of a line is given as: the word may go on without it."""

_HYPHENS = "-\u2010\u00ad"
_PARTED = "\x02\ufffe"
_ENDS = f"\r\n{_PARTED}"
_LONGEST_REMARK = 20_000
_MOST_REMARKS = 5_000
_SAYS_NOTHING = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of text; *base* is how far below the top of the page it stands, all in points."""

    text: str
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a page says, in the order of its file; *remarks* were put upon it afterwards."""

    height: float
    lines: tuple[PageLine, ...]
    remarks: tuple[str, ...]


class UnreadableError(ValueError):
    """A file that is no PDF or damaged; *is_locked*: it wants a password."""

    def __init__(self, *, is_locked: bool) -> None:
        super().__init__("It wants a password." if is_locked else "It is no PDF, or damaged.")
        self.is_locked = is_locked


def page_words(
    content: bytes, most_pages: int, most_letters: int, progress: Progress
) -> tuple[PageWords, ...]:
    """Return what each page of a PDF says.

    Raises UnreadableError where it cannot be opened or a page cannot be read, and OverflowError
    where there are more than *most_pages*, or they say more than *most_letters*.
    """
    with TURN:
        try:
            opened = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            locked = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise UnreadableError(is_locked=code in locked) from error
        try:
            if len(opened) > most_pages:
                raise OverflowError("There are too many pages.")
            found: list[PageWords] = []
            left = most_letters
            for at in range(len(opened)):
                progress.step(at, len(opened), "Reading the pages")
                page, count = _words_of(opened[at], left)
                left -= count
                found.append(page)
            return tuple(found)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(is_locked=False) from error
        finally:
            opened.close()


def _words_of(page: pypdfium2.PdfPage, most_letters: int) -> tuple[PageWords, int]:
    """Return what a page says, and how many letters that is; counted before they are looked at."""
    height = page.get_height()
    words = page.get_textpage()
    try:
        count = words.count_chars()
        if count > most_letters:
            raise OverflowError("There are too many letters.")
        lines = tuple(_lines(words, height))
    finally:
        words.close()
    return PageWords(height, lines, tuple(_remarks(page))), count


def _lines(words: pypdfium2.PdfTextPage, height: float) -> Iterator[PageLine]:
    count = words.count_chars()
    letters: list[tuple[int, str]] = []
    for at in range(count + 1):
        letter = "\n" if at == count else _letter(words, at)
        if letter not in _ENDS:
            letters.append((at, letter))
            continue
        if letter in _PARTED:  # the library joins what stands on the next line, or at its edge
            letters.append((at, LINE_END_HYPHEN))
        text = "".join(each for _, each in letters)
        shown = [place for place, each in letters if not each.isspace()]
        letters = []
        if not shown:
            continue
        is_parted = text.rstrip()[-1] in _HYPHENS and len(shown) > 1
        if is_parted:
            text = text.rstrip()[:-1] + LINE_END_HYPHEN
        left, base = _origin(words, shown[0])
        yield PageLine(text.strip(" "), left, words.get_charbox(shown[-1])[2], height - base)


def _letter(words: pypdfium2.PdfTextPage, at: int) -> str:
    code = raw.FPDFText_GetUnicode(words, at)
    if not code or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if not code else "\ufffd"
    return chr(code)


def _origin(words: pypdfium2.PdfTextPage, at: int) -> tuple[float, float]:
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(words, at, across, up)
    return across.value, up.value


def _remarks(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield what was written upon a page, or that something was drawn or struck out there."""
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > _MOST_REMARKS:
        raise OverflowError("There are too many remarks.")
    for at in range(count):
        remark = raw.FPDFPage_GetAnnot(page, at)
        if not remark:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(remark)
            if kind in _SAYS_NOTHING:
                continue
            if kind == raw.FPDF_ANNOT_WIDGET:
                if text := _string(remark, b"V"):
                    yield f"In a field of a form: {text}"
            else:
                yield _string(remark, b"Contents") or _MARKS.get(kind, "Something was put here.")
        finally:
            raw.FPDFPage_CloseAnnot(remark)


_MARKS = {
    raw.FPDF_ANNOT_STRIKEOUT: "Words were struck out.",
    raw.FPDF_ANNOT_HIGHLIGHT: "Words were marked.",
    raw.FPDF_ANNOT_UNDERLINE: "Words were underlined.",
    raw.FPDF_ANNOT_SQUIGGLY: "Words were underlined.",
    raw.FPDF_ANNOT_INK: "Something was drawn by hand.",
    raw.FPDF_ANNOT_STAMP: "Something was stamped.",
    raw.FPDF_ANNOT_CARET: "A place was marked.",
}


def _string(remark: object, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(remark, key + b"\0", None, 0)
    if not 2 < size <= _LONGEST_REMARK:
        return ""
    room = (ctypes.c_ushort * ((size + 1) // 2))()
    raw.FPDFAnnot_GetStringValue(remark, key + b"\0", room, size)
    text = bytes(room)[: size - 2].decode("utf-16-le", "replace")
    return " ".join(text.split())
