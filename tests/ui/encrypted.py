"""A desk with a passphrase, for the tests of whatever asks for it."""

from __future__ import annotations

from pathlib import Path

from apprentice_desk.records.keys import DeskKey, fresh_key
from apprentice_desk.safekeeping import vault

PASSPHRASE = "copper lantern meadow"


def encrypt(path: Path) -> DeskKey:
    """Give the desk at *path* the passphrase, and return its key."""
    key = fresh_key(PASSPHRASE)
    vault.protect(path, None, key)
    return key
