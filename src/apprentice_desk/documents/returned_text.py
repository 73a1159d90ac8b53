"""What a file that came back says: passages of text, as its readers give them."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.domain.problems import Problem

MOST_LETTERS = 2_000_000
"""Of a whole file; the longest contract that the desk issues has less than a twentieth of it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or what a cell of a table says.

    *added* are the stretches that were put in with changes tracked, from where to where; *gone*
    is what was taken out so, by where it stood.  *row* tells the rows of tables apart, None
    outside of them.
    """

    text: str
    is_heading: bool = False
    row: int | None = None
    added: tuple[tuple[int, int], ...] = ()
    gone: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """All that a file says, in reading order.

    *is_of_pages* says that it was read off pages, where blanks and the ends of paragraphs are
    guessed.  *comments* are the remarks beside the text; *notes* say what was met on the way and
    has to be looked at by a person.
    """

    passages: tuple[Passage, ...]
    is_of_pages: bool = False
    has_tracked: bool = False
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def damaged(name: str) -> Problem:
    """Return the Problem for a file that cannot be read to its end."""
    return Problem(
        f"“{name}” is damaged or incomplete.",
        "Open it in Word or a PDF reader and save it again under a new name, or ask for it again.",
    )


def protected(name: str) -> Problem:
    """Return the Problem for a file that opens only with a password."""
    return Problem(
        f"“{name}” is protected with a password.",
        "Ask whoever sent it for a copy without one, or save one yourself.",
    )


def too_large(name: str) -> Problem:
    """Return the Problem for a file that would take more memory than a document should."""
    return Problem(
        f"“{name}” is too large to be read safely.",
        "Save it without pictures, or ask for the document by itself.",
    )


def says_nothing(name: str) -> Problem:
    """Return the Problem for a file without a word in it."""
    return Problem(
        f"“{name}” holds no text.",
        "Its pages are pictures, as a scanner makes them, or blank. Ask for the Word file, or for"
        " a PDF saved from it; the signed copy can be looked at beside that.",
    )
