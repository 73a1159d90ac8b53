"""The system's keychain, where a person asked that a desk opens without its passphrase.

What is kept there is the key of the file, never the passphrase; it is found by the salt that the
file begins with, so a desk that was moved or renamed is still known, and no name of a desk or a
folder stands in the keychain.  Only keychains of the system itself are used (Windows Credential
Manager, macOS Keychain, Secret Service, KWallet): keyring can be told to keep things in a plain
file.  Where the administrators of the computer switched it off, nothing is kept and nothing that
was kept is used; it can only be removed.

Any of this may wait for the person, whom the system asks to open the keychain: not on the window's
thread.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from apprentice_desk import policy
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.keys import KEY_BYTES, DeskKey, salt_of

SERVICE = "Apprentice Desk"
SYSTEM_KEYCHAINS = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""The modules of the keychains that keep a secret; one of tests' own is added by a test."""
_OWN_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("dbus", "DBusException"),
    ("gi.repository.GLib", "Error"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)
"""What lies beneath keyring, and lets errors of its own through."""


def is_available() -> bool:
    """Whether this computer has a keychain that is trusted and allowed; a locked one counts."""
    return why_off() == "" and _keychain() is not None


def why_off() -> str:
    """Return why no keychain is asked though there may be one, as a sentence; "" where it is."""
    return policy.in_force().why_no_keychain


def remember(path: Path, key: DeskKey) -> None:
    """Keep *key*, which opens the desk at *path*, in the keychain.

    Raises Problem where there is none, it did not take it, or it is switched off.
    """
    if why_off():
        raise Problem(f"{path.name} was not remembered.", why_off())
    keychain = _keychain()
    if keychain is None:
        raise Problem(
            f"{path.name} was not remembered: this computer has no keychain of its own.",
            "Give the passphrase each time that you open it.",
        )
    try:
        keychain.set_password(SERVICE, key.salt.hex(), key.raw.hex())
    except _errors() as error:
        raise Problem(
            f"{path.name} was not remembered: this computer's keychain did not take it.",
            "Open the keychain and try again, or give the passphrase each time.",
        ) from error


def remembered(path: Path) -> DeskKey | None:
    """Return the key that is kept for the file at *path*.

    None where nothing is kept, the file is plain or cannot be read, or the keychain is missing,
    switched off or stays locked.  Whether it still opens the file is for whoever opens it to see.
    """
    if why_off():
        return None
    try:
        salt = salt_of(path)
    except Problem:
        return None
    return None if salt is None else _kept(salt)


def forget(path: Path, key: DeskKey | None = None) -> None:
    """Take the key of the desk at *path* out of the keychain; nothing happens where none is kept.

    *key* is given where the desk is open, so that its file is not read past the store.  Raises
    Problem where it may still be there.
    """
    salt = salt_of(path) if key is None else key.salt
    keychain = _keychain()
    if salt is None or keychain is None or _kept(salt) is None:
        return
    try:
        keychain.delete_password(SERVICE, salt.hex())
    except _errors() as error:
        raise Problem(
            f"This computer's keychain did not let go of the key of {path.name}.",
            f"Open the keychain and remove “{SERVICE}” there.",
        ) from error


def is_kept(key: DeskKey) -> bool:
    """Whether *key* itself is what the keychain has for its desk."""
    return _kept(key.salt) == key


def follow(path: Path, old: DeskKey | None, new: DeskKey | None) -> bool:
    """After a desk got another key: remember *new* where *old* was remembered, and forget *old*.

    Return whether *new* is remembered now.  Raises Problem as ``remember`` and ``forget`` do.
    """
    if old is None or _kept(old.salt) is None:
        return False
    is_kept = new is not None and not why_off()
    if new is not None and is_kept:
        remember(path, new)
    forget(path, old)
    return is_kept


def _kept(salt: bytes) -> DeskKey | None:
    keychain = _keychain()
    if keychain is None:
        return None
    try:
        kept = keychain.get_password(SERVICE, salt.hex())
    except _errors():
        return None
    with suppress(ValueError):  # what somebody else wrote there is no key
        raw = bytes.fromhex(kept or "")
        return DeskKey(raw, salt) if len(raw) == KEY_BYTES else None
    return None


def _keychain() -> Any:
    """Return keyring's way to the system's keychain; None where there is none to trust."""
    try:
        import keyring
        from keyring.backends import chainer

        found = keyring.get_keyring()
        several = found.backends if isinstance(found, chainer.ChainerBackend) else [found]
    except (ImportError, AttributeError):
        return None
    except _errors():
        return None
    # The first of them is written to, as keyring itself would; others might be a plain file.
    return next((one for one in several if _is_trusted(one)), None)


def _is_trusted(keychain: object) -> bool:
    return type(keychain).__module__.startswith(SYSTEM_KEYCHAINS)


def _errors() -> tuple[type[Exception], ...]:
    """Return what a keychain may raise when it is missing, locked or refused by the person."""
    found: list[type[Exception]] = [OSError, RuntimeError, ValueError]
    with suppress(ImportError):
        from keyring.errors import KeyringError

        found.append(KeyringError)
    for module, name in _OWN_ERRORS:
        error = getattr(sys.modules.get(module), name, None)
        if isinstance(error, type) and issubclass(error, Exception):
            found.append(error)
    return tuple(found)
