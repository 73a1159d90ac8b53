"""The recovery sheet: a page to be printed that opens an encrypted desk without its passphrase.

It says the key itself, so it is as good as the passphrase until the desk gets another one; the page
says so, and where to keep it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from apprentice_desk.documents import pdf
from apprentice_desk.documents.tree import (
    Block,
    Bold,
    Bullets,
    Column,
    Document,
    Heading,
    KeyValues,
    Numbered,
    Para,
    Table,
    Words,
)
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.recovery_codes import ALPHABET
from apprentice_desk.records.keys import KEY_BYTES, SALT_BYTES, DeskKey
from apprentice_desk.safekeeping.vault import recovery_code

TITLE = "Recovery sheet"
_IN_A_LINE = 4


def sheet_mark(key: DeskKey) -> str:
    """Return four letters that tell whether a sheet is of the desk's present passphrase.

    They say nothing of the key: they are made of the salt, which stands in the file for all to see.
    """
    digest = hashlib.sha256(b"recovery sheet" + key.salt).digest()
    return "".join(ALPHABET[byte & 31] for byte in digest[:4])


def recovery_sheet(desk: str, key: DeskKey, made_on: date, *, is_sample: bool = False) -> Document:
    """Return the sheet of the desk with the file name *desk*, whose key is *key*: one page."""
    return Document(
        title=TITLE,
        blocks=_blocks(desk, key, made_on),
        is_sample=is_sample,
        is_prose=True,
        foot=f"{TITLE} · {desk} · opens it for whoever has it: keep it safe",
    )


def write_sheet(
    path: str | Path, desk: str, key: DeskKey, made_on: date, *, is_sample: bool = False
) -> Path:
    """Save the sheet as a PDF at *path*, to be printed and then removed; return where it stands.

    Raises Problem if it cannot be saved there, or something that is no PDF would be lost.
    """
    return pdf.write(path, recovery_sheet(desk, key, made_on, is_sample=is_sample))


def _blocks(desk: str, key: DeskKey, made_on: date) -> tuple[Block, ...]:
    groups = recovery_code(key).split(" ")
    rows: tuple[tuple[Words, ...], ...] = tuple(
        (
            f"Groups {at + 1} to {at + _IN_A_LINE}",
            *((Bold(group),) for group in groups[at : at + _IN_A_LINE]),
        )
        for at in range(0, len(groups), _IN_A_LINE)
    )
    columns = (Column("Line"), *(Column(word) for word in ("First", "Second", "Third", "Fourth")))
    return (
        Para(
            (
                "This sheet opens ",
                Bold(desk),
                " when its passphrase is forgotten or whoever knew it has left. Whoever has this"
                " sheet and the file can see everything in the desk.",
            )
        ),
        KeyValues(
            "This sheet",
            (
                ("Desk", desk),
                ("Printed on", show_day(made_on)),
                ("Mark of this sheet", sheet_mark(key)),
            ),
        ),
        Table("The groups, line after line", columns, rows, has_row_headings=True),
        Heading("How to use it"),
        Numbered("1", "Open the desk in Apprentice Desk and choose Use the recovery sheet."),
        Numbered(
            "2",
            f"Type the {len(groups)} groups, line after line. Capitals and spaces do not matter."
            " There is no O, I, 0 or 1 among them. A group that is wrong is named.",
        ),
        Numbered("3", "Give the desk a new passphrase, and print a new sheet."),
        Heading("Where to keep it"),
        Bullets(
            (
                "On paper, in a locked cupboard or a safe, where a second person knows of it.",
                "Never with the computer or the stick that the desk is on, and never as a picture"
                " or in an e-mail.",
                "Once it is printed, delete the file that it was printed from.",
            )
        ),
        Heading("When it no longer holds"),
        Para(
            "A new passphrase makes this sheet void: destroy it then, and print the new one. The"
            " page Safekeeping shows the mark of the sheet that holds. A backup that still has the"
            " old passphrase is opened by the old sheet."
        ),
        Para(
            "For whoever must do without the program: the desk is a file of SQLCipher 4. In the"
            f" alphabet {ALPHABET} the first five letters of each group are five bits each; all of"
            f" them in a row are the key of {KEY_BYTES} bytes, the salt of {SALT_BYTES} bytes and"
            " two bytes that prove them (the first of their SHA-256). Key and salt in hexadecimal"
            " are the raw key that such a file takes.",
            is_quiet=True,
        ),
    )
