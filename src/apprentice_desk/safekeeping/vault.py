"""A desk's passphrase: given, changed, taken away, and written down as a recovery code.

What a passphrase guards is the file at rest: on a laptop that is lost, on a stick, in a backup, in
a synced folder.  It does not guard what is open on the screen, nor against a program that reads the
computer's memory or its keyboard; and whoever has the passphrase may see everything in the desk.

The file is made anew with the other key beside the desk, checked, and put in its place in one move
(``recrypting``); then its copies and drafts follow (``protect``).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from apprentice_desk import drafts, policy
from apprentice_desk.domain import recovery_codes
from apprentice_desk.domain.passphrases import check_passphrase as check_passphrase
from apprentice_desk.domain.problems import Cancelled, Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.recovery_codes import WrongRecoveryCode
from apprentice_desk.records.doors import errors, open_file
from apprentice_desk.records.keys import (
    KEY_BYTES,
    SALT_BYTES,
    DeskKey,
    NeedsPassphrase,
    WrongPassphrase,
    derive,
    salt_of,
)
from apprentice_desk.records.keys import fresh_key as fresh_key  # what a new passphrase gives
from apprentice_desk.records.sealing import put_in_place, seal_of
from apprentice_desk.records.soundness import is_key_of_first_page
from apprentice_desk.safekeeping import copies
from apprentice_desk.safekeeping.recrypting import Recrypted, recrypt, unwritable


@dataclass(frozen=True, slots=True)
class LeftAsIs:
    """A copy beside the desk that still has its old key, or none; *why* is half a sentence."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Protected:
    """What came of giving a desk another key."""

    path: Path
    key: DeskKey | None
    """What opens it from now on; None where it is a plain file."""
    tables: int
    rows: int
    """How much was compared between the old file and the new one."""
    is_overwritten: bool
    """Whether the bytes of the old file were written over before it was let go."""
    copies: tuple[Path, ...]
    """Backups and copies that have the new key as well."""
    left: tuple[LeftAsIs, ...]


def is_protected(path: Path) -> bool:
    """Whether the desk at *path* is encrypted.  Raises Problem where it cannot be read."""
    return salt_of(path) is not None


def key_for(path: Path, passphrase: str) -> DeskKey:
    """Return the key that *passphrase* gives for the file at *path*, having opened it with it.

    Takes about 0.2 s.  Raises WrongPassphrase where it does not open it, and Problem where the
    file has no passphrase, cannot be read or is damaged.
    """
    salt = salt_of(path)
    if salt is None:
        raise Problem(f"{path.name} has no passphrase.", "Open it without one.")
    key = derive(passphrase, salt)
    if not is_key_of_first_page(path, key):
        prove(path, key)
    return key


def prove(path: Path, key: DeskKey | None) -> None:
    """Open the file at *path* with *key* and look into it.

    Raises NeedsPassphrase, WrongPassphrase or Problem where that does not succeed.
    """
    try:
        with closing(open_file(path, "rw", key)) as file:  # a journal left behind is put right
            file.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except errors():
        from apprentice_desk.records.connecting import recognise  # knows what is wrong, slowly

        recognise(path, key)
        raise


def protect(
    path: Path,
    old: DeskKey | None,
    new: DeskKey | None,
    progress: Progress | None = None,
    *,
    places: Iterable[Path] = (),
) -> Protected:
    """Give the desk at *path*, whose key is *old*, the key *new*; None is a plain file.

    The caller holds the desk (``records.holding``) and has no connection to it, nor drafts that are
    still being written (``Drafts.close``, and ``reseal`` afterwards).  *places* are other
    folders with backups.  Backups, "before format" copies and drafts that *old* opens get the new
    key too; those that it does not open stay, and are told of in ``left``.

    Whenever this is broken off, by a kill, by Stop or by a full disk, the desk at *path* is whole,
    under its old key or its new one.  After Stop once the desk has its new key, the copies not yet
    done are ``left``.  Raises WrongPassphrase where *old* does not open it, Problem where it cannot
    be written or what was written does not match; then nothing was changed.

    The bytes of the old file are written over before it is let go.  That reaches what a file
    system keeps in place.  It does not reach what a solid-state disk, a snapshot, a synced folder's
    earlier versions, a journalling file system or a backup of the computer have kept of it: a desk
    that was plain once may be found there by whoever has the disk.
    """
    progress = progress or Progress()
    copies.refuse_to_change(path)
    if old == new:
        raise Problem(f"{path.name} has this passphrase already.", "Choose another one.")
    if new is None and policy.in_force().needs_passphrase:
        raise Problem(f"{path.name} keeps its passphrase.", policy.in_force().why_passphrase)
    others = copies.of_desk(path, places)
    total = len(others) + 1
    made = _with_drafts(path, old, new, progress, total)
    done: list[Path] = []
    left: list[LeftAsIs] = []
    for number, copy in enumerate(others, 1):
        why = _follow(copy, old, new, progress, number, total)
        if why is None:
            done.append(copy)
        else:
            left.append(LeftAsIs(copy, why))
    return Protected(
        path, new, made.tables, made.rows, made.is_overwritten, tuple(done), tuple(left)
    )


def _with_drafts(
    path: Path, old: DeskKey | None, new: DeskKey | None, progress: Progress, total: int
) -> Recrypted:
    """Give the desk its key and the half-done forms beside it as well, or neither."""
    place = drafts.place_for(str(path))
    is_done = False
    try:
        drafts.prepare(place, seal_of(old), seal_of(new))
        made = recrypt(path, old, new, progress, total)
        is_done = True
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        prepared = drafts.upcoming(place)
        if is_done and prepared.exists():
            with suppress(OSError):  # whoever opens the desk next takes what its key opens
                put_in_place(place, prepared)
        elif not is_done:
            prepared.unlink(missing_ok=True)
    return made


def _follow(
    copy: Path,
    old: DeskKey | None,
    new: DeskKey | None,
    progress: Progress,
    number: int,
    total: int,
) -> str | None:
    """Give a copy the key *new* too; return why that was not done, None where it was."""
    try:
        recrypt(copy, old, new, progress, total, number)
    except Cancelled:
        return "you stopped before it was done"
    except WrongPassphrase:
        return "it has an earlier passphrase"
    except NeedsPassphrase:
        return "it has a passphrase of its own"
    except Problem as problem:
        return problem.what.rstrip(".")
    return None


def recovery_code(key: DeskKey) -> str:
    """Return *key* as 16 groups of six letters, without 0 and O, 1 and I.

    It opens the file without the passphrase, until the desk gets another one.
    """
    return recovery_codes.written(key.raw + key.salt)


def key_from_recovery(text: str) -> DeskKey:
    """Return the key that a recovery sheet's groups say.

    Raises WrongRecoveryCode that names the first group that is wrong.
    """
    both = recovery_codes.read(text, KEY_BYTES + SALT_BYTES)
    return DeskKey(both[:KEY_BYTES], both[KEY_BYTES:])


def key_by_recovery(path: Path, text: str) -> DeskKey:
    """Return the key that a recovery sheet's groups say, having opened the file at *path* with it.

    Raises WrongRecoveryCode where the groups are not as printed, or are of another passphrase or
    desk, and Problem where the file has no passphrase, cannot be read or is damaged.
    """
    key = key_from_recovery(text)
    salt = salt_of(path)
    if salt is None:
        raise Problem(f"{path.name} has no passphrase.", "Open it without one.")
    if salt != key.salt:
        raise _another_sheet(path)
    try:
        prove(path, key)
    except WrongPassphrase as error:
        raise _another_sheet(path) from error
    return key


def _another_sheet(path: Path) -> WrongRecoveryCode:
    return WrongRecoveryCode(
        f"This recovery sheet does not open {path.name}: it is of another desk, or of a passphrase"
        " that this one had before.",
        "Look for the sheet that was printed last, or restore a backup of that time.",
    )
