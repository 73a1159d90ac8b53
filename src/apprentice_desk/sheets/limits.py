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
MOST_ROWS = 1_048_576
# A few cells that stand far to the right of all others, where no list is as wide, are left out:
# they were seldom meant, and nobody finds them.
WIDEST_LIST = 1_000
FAR_COLUMNS = 100  # that are empty before such a cell
MOST_STRAYS = 100
MOST_AREAS = 20_000  # of joined cells in a workbook
MOST_HIDDEN = 200  # of a stretch of columns that are not shown
# Tags of a part that has to be parsed; four make a filled cell of a LibreOffice workbook.
MOST_TAGS = 10_000_000
LONGEST_TEXT = 32_768  # one character more than a cell of Excel holds

# Those that the reader knows; Excel has made more since, and LibreOffice has its own.
KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_LONGEST_ERROR = 30
FORMULA_WITHOUT_RESULT = "a formula that was never worked out"

_SAVE_AGAIN = (
    "Open it in Excel or LibreOffice, save it again under a new name, or ask for it again."
)


def error_cell(name: str) -> str:
    """Return what is said of a cell that shows an error, with its name where it has a plain one."""
    name = name.strip()
    if not name or len(name) > _LONGEST_ERROR or not name.isprintable() or set(name) & set("<>&"):
        return "an error in place of a value"
    return f"the error {name} in place of a value"


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
        "Open it in Excel and take the password out under File, Info, Protect Workbook; in"
        " LibreOffice save it anew without one.",
    )


def has_entities(name: str) -> Problem:
    """Return the Problem for a workbook whose XML defines or fetches pieces of text."""
    return Problem(
        f"“{name}” holds instructions to the program that reads it, as no ordinary workbook does.",
        "It was not opened. Ask whoever sent it to save it again in Excel or LibreOffice.",
    )
