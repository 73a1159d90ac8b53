"""A file that came back, whatever it is: Word documents and PDFs are read, others told apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from apprentice_desk.documents.returned_pages import read_pages
from apprentice_desk.documents.returned_text import ReturnedText, protected, too_large
from apprentice_desk.documents.returned_word import read_word
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress

MOST_BYTES = 100 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AS_WORD = "Open it in Word or LibreOffice and save it as a Word document (.docx)."
_BY_FIRST_BYTES = (
    (b"{\\rtf", "a text document of another kind (.rtf)", _AS_WORD),
    (b"\x89PNG", "a picture", "Ask for the Word document, or a PDF saved from it."),
    (b"\xff\xd8\xff", "a picture", "Ask for the Word document, or a PDF saved from it."),
    (b"II*\0", "a picture", "Ask for the Word document, or a PDF saved from it."),
    (b"MM\0*", "a picture", "Ask for the Word document, or a PDF saved from it."),
    (b"<", "a web page or other text", _AS_WORD),
)
_PDF_BEGINS_WITHIN = 1024


def read_file(
    path: str | Path, edges: Sequence[str], progress: Progress, title: str = ""
) -> ReturnedText:
    """Return what a file says; *edges* are what stood at the edges of every page that was sent.

    *title* is that of what was sent, which an edge may repeat.

    Raises Problem if it is missing, empty, locked, damaged, protected with a password, too large,
    without a word, or neither a Word document nor a PDF.
    """
    path = Path(path)
    return read_bytes(path.name, _bytes_of(path), edges, progress, title)


def read_bytes(
    name: str, content: bytes, edges: Sequence[str], progress: Progress, title: str = ""
) -> ReturnedText:
    """Return what the bytes of a file called *name* say; raises Problem as read_file does."""
    if not content.strip(b"\0 \r\n\t"):
        raise Problem(f"“{name}” is empty.", "Copy it here again, or ask for it again.")
    if content.startswith(b"PK"):
        return read_word(name, content, progress)
    if b"%PDF-" in content[:_PDF_BEGINS_WITHIN]:
        return read_pages(name, content, edges, progress, title)
    raise _other(name, content)


def _other(name: str, content: bytes) -> Problem:
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return protected(name)
        return Problem(f"“{name}” is a document of an older Word (.doc).", _AS_WORD)
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for begins, kind, remedy in _BY_FIRST_BYTES:
        if start.startswith(begins):
            return Problem(f"“{name}” is no Word document and no PDF: inside it is {kind}.", remedy)
    return Problem(
        f"“{name}” is no Word document and no PDF.",
        "Choose the Word document (.docx) or the PDF that came back.",
    )


def _bytes_of(path: Path) -> bytes:
    """Return the bytes of a file; Problem where the computer does not give them."""
    name = path.name
    try:
        if path.is_dir():
            raise Problem(f"“{name}” is a folder, not a file.", "Choose the document inside it.")
        if not path.is_file() and path.exists():  # a pipe would be waited for without end
            raise Problem(f"“{name}” is not a file.", "Choose the document that came back.")
        if path.stat().st_size > MOST_BYTES:
            raise too_large(name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Problem(
            f"“{name}” was not found.", "Check the name and the folder, and try again."
        ) from error
    except PermissionError as error:
        raise Problem(
            f"“{name}” may not be read, or another program has it open.",
            "Close it there, or ask for the right to read it, and try again.",
        ) from error
    except OSError as error:
        raise Problem(
            f"“{name}” could not be read.",
            "Copy it to this computer, if it is on a drive that may be out of reach.",
        ) from error
