"""What opens an encrypted desk: the key that its passphrase and its file's salt give.

The file is SQLCipher's, version 4, with nothing changed: any program that knows that format opens
it with the passphrase.  The key is derived here and not by SQLCipher, once for each opening, since
every connection would derive it anew.  How a desk gets, changes and loses a passphrase is in
``safekeeping.vault``.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from apprentice_desk.domain.problems import Problem

SALT_BYTES = 16
KEY_BYTES = 32
_ROUNDS = 256_000
"""SQLCipher 4's own number, of PBKDF2 with HMAC-SHA512."""
_PLAIN = b"SQLite format 3\x00"
"""How every file of SQLite begins that is not encrypted; an encrypted one begins with its salt."""


class NeedsPassphrase(Problem):
    """The file has no SQLite header: it is asked for its passphrase."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is protected by a passphrase, or it is no desk.",
            "Give its passphrase to open it.",
        )


class WrongPassphrase(Problem):
    """The key does not open the file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"This passphrase does not open {name}.",
            "Check Caps Lock and the keyboard's language, and try again.",
        )


@dataclass(frozen=True, slots=True, repr=False)
class DeskKey:
    """The 32 bytes that encrypt a file, and the 16 bytes that it begins with."""

    raw: bytes
    salt: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES or len(self.salt) != SALT_BYTES:
            raise ValueError("A key has 32 bytes and its salt 16.")

    @property
    def pragma(self) -> str:
        """The statement that hands the key to SQLCipher."""
        return f"PRAGMA key = \"x'{self.raw.hex()}{self.salt.hex()}'\""

    def __repr__(self) -> str:  # whatever prints a value must not print this one
        return "DeskKey(…)"


def derive(passphrase: str, salt: bytes) -> DeskKey:
    """Return the key of *passphrase* and *salt*, as SQLCipher 4 derives it; takes about 0.2 s.

    A letter with an accent counts as the same however the keyboard puts it together (NFC).
    """
    spelt = unicodedata.normalize("NFC", passphrase).encode()
    return DeskKey(hashlib.pbkdf2_hmac("sha512", spelt, salt, _ROUNDS, KEY_BYTES), salt)


def fresh_key(passphrase: str) -> DeskKey:
    """Return the key of *passphrase* for a file that is yet to be made, with a salt of its own."""
    return derive(passphrase, secrets.token_bytes(SALT_BYTES))


def salt_of(path: Path) -> bytes | None:
    """Return what an encrypted file begins with; None where it is a plain file of SQLite.

    Raises Problem where it cannot be read or is too short to be either.  Not to be called while
    this program has a transaction open on the file: on POSIX, closing any handle of a file drops
    the locks that the program's connections hold on it.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise _is_no_file(path)
        with path.open("rb") as file:
            begins = file.read(SALT_BYTES)
    except OSError as error:
        raise Problem(
            f"{path.name} was not opened: it cannot be read ({error.strerror}).",
            "Check that it is a file and that you may open files in that folder.",
        ) from error
    if len(begins) < SALT_BYTES:
        raise Problem(
            f"{path.name} is not a desk of Apprentice Desk: there is next to nothing in it.",
            "Choose a file that ends in .desk, or restore a backup.",
        )
    return None if begins == _PLAIN else begins


def _is_no_file(path: Path) -> Problem:
    """Return what is said of a pipe or the like, which would be waited for for ever."""
    return Problem(
        f"{path.name} was not opened: it is no file.", "Choose a file that ends in .desk."
    )
