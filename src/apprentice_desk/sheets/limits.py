"""How files begin, how large they may be to be read, and what is said of one that cannot be."""

from __future__ import annotations

from apprentice_desk.domain.problems import Problem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

MOST_FILE_BYTES = 100 * 1024 * 1024
MOST_INFLATED_BYTES = 400 * 1024 * 1024
MOST_PARTS = 5_000
MOST_SHEETS = 1_000
# Cells of all sheets, each counted as the rectangle from A1 to its last row and column; the
# reader takes about 32 bytes for each.
MOST_CELLS = 12_000_000
MOST_COLUMNS = 16_384  # as Excel and LibreOffice have
# Tags of a part that has to be parsed; four make a filled cell of a LibreOffice workbook.
MOST_TAGS = 10_000_000
LONGEST_TEXT = 32_768  # one character more than a cell of Excel holds

ERROR_CELL = "an error in place of a value"
FORMULA_WITHOUT_RESULT = "a formula that was never worked out"

_SAVE_AGAIN = (
    "Open it in Excel or LibreOffice, save it again under a new name, or ask for it again."
)


def damaged(name: str) -> Problem:
    """Return the Problem for a file that cannot be read to its end."""
    return Problem(f"“{name}” is damaged or incomplete.", _SAVE_AGAIN)


def too_large(name: str) -> Problem:
    """Return the Problem for a file that would take more memory than a workbook should."""
    return Problem(
        f"“{name}” is too large to be read safely.",
        "Remove empty rows and columns far below or beside the entries, or split the file.",
    )


def protected(name: str) -> Problem:
    """Return the Problem for a workbook that opens only with a password."""
    return Problem(
        f"“{name}” is protected with a password.",
        "Open it in Excel, remove the password under File, Info, Protect Workbook, and save it.",
    )


def not_supported(name: str) -> Problem:
    """Return the Problem for a zip of XML that is another kind of document."""
    return Problem(
        f"“{name}” is not a workbook.",
        "Open it in the program that made it and save it as an Excel workbook (.xlsx).",
    )


def has_entities(name: str) -> Problem:
    """Return the Problem for a workbook whose XML defines or fetches pieces of text."""
    return Problem(
        f"“{name}” holds instructions to the program that reads it, as no ordinary workbook does.",
        "It was not opened. Ask whoever sent it to save it again in Excel or LibreOffice.",
    )
