"""Finding the key of a desk for the window: given by a person, or kept by the computer's keychain.

Importing this costs next to nothing; what is slow is imported inside the work.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apprentice_desk.domain.problems import Damaged, Problem
    from apprentice_desk.domain.progress import Progress
    from apprentice_desk.records.keys import DeskKey
    from apprentice_desk.records.store import Store


@dataclass(frozen=True, slots=True)
class FoundKey:
    """What opens the desk, and why it is not remembered though that was asked for."""

    key: DeskKey
    not_remembered: Problem | None = None
    damaged: Damaged | None = None
    """That the key is right and the file damaged; None where the file opened."""


def key_on_hand(path: Path) -> DeskKey | None:
    """Return the key that this computer's keychain has for the desk at *path*; None without one.

    A plain desk costs no more than reading its first bytes.
    """
    from apprentice_desk.domain.problems import Problem
    from apprentice_desk.records.keys import salt_of

    try:
        salt = salt_of(path)
    except Problem:
        return None  # whoever opens it says what is wrong
    if salt is None:
        return None
    from apprentice_desk.safekeeping import keychain

    key = keychain.remembered(path)
    return key if key is not None and key.salt == salt else None


def trying(
    path: Path,
    text: str,
    *,
    is_recovery: bool,
    is_remembered: bool = False,
    places: Iterable[Path] = (),
) -> Callable[[Progress], FoundKey]:
    """Return the work of finding the key that *text* gives and proving that it opens the desk.

    *text* is the passphrase, or what a recovery sheet says.  With *is_remembered* the computer's
    keychain keeps the key from then on; where it cannot, the desk opens all the same.  A passphrase
    that is right though the file's own salt is damaged is told by the desk's backups, also those
    in *places*.  The work raises WrongPassphrase, WrongRecoveryCode or another Problem.
    """

    def work(progress: Progress) -> FoundKey:
        progress.step(0, None, "Trying the passphrase")
        from apprentice_desk.domain.problems import Damaged, Problem
        from apprentice_desk.records.keys import WrongPassphrase
        from apprentice_desk.safekeeping import vault

        try:
            key = (vault.key_by_recovery if is_recovery else vault.key_for)(path, text)
        except Damaged as damaged:  # the key is right, and its backups open with it
            return FoundKey(_key_unproved(path, text, is_recovery=is_recovery), damaged=damaged)
        except WrongPassphrase:
            key_of_damaged = None if is_recovery else _key_of_damaged(path, text, places)
            if key_of_damaged is None:
                raise
            return key_of_damaged
        from apprentice_desk.safekeeping import keychain

        if keychain.why_off():  # what was kept before that has no use any more
            with suppress(Problem):
                keychain.forget(path, key)
        elif is_remembered:
            try:
                keychain.remember(path, key)
            except Problem as problem:
                return FoundKey(key, problem)
        return FoundKey(key)

    return work


def _key_unproved(path: Path, text: str, *, is_recovery: bool) -> DeskKey:
    from apprentice_desk.records.keys import derive, salt_of
    from apprentice_desk.safekeeping.vault import key_from_recovery

    return key_from_recovery(text) if is_recovery else derive(text, salt_of(path) or b"")


def _key_of_damaged(path: Path, passphrase: str, places: Iterable[Path]) -> FoundKey | None:
    from apprentice_desk.records.soundness import damaged
    from apprentice_desk.safekeeping.rescue import key_with_a_copys_salt

    key = key_with_a_copys_salt(path, passphrase, places)
    if key is None:
        return None
    why = "Its passphrase is right, but the beginning of the file is not as it was written."
    return FoundKey(key, damaged=damaged(path, why))


def trying_locked(store: Store, text: str, *, is_recovery: bool) -> Callable[[Progress], DeskKey]:
    """Return the work of unlocking *store* with what *text* gives.

    Where work that was begun before still has the file open, the key is compared and the file left
    alone.  The work raises WrongPassphrase, WrongRecoveryCode or another Problem.
    """

    def work(progress: Progress) -> DeskKey:
        progress.step(0, None, "Trying the passphrase")
        from apprentice_desk.records.keys import WrongPassphrase, derive
        from apprentice_desk.safekeeping import vault

        known, path = store.key, Path(store.location)
        if known is None:
            key = (vault.key_by_recovery if is_recovery else vault.key_for)(path, text)
            store.unlock(key)
            return key
        key = vault.key_from_recovery(text) if is_recovery else derive(text, known.salt)
        if not hmac.compare_digest(key.raw, known.raw):
            raise WrongPassphrase(store.name)
        return known

    return work


def key_of_file(path: Path, passphrase: str) -> DeskKey:
    """Return the key that *passphrase* gives for another file than the desk that is open.

    After a wrong one nothing is tried for a while, as where a desk is opened.  Takes about 0.2 s.
    Raises as ``vault.key_for`` does, and Problem where it is too soon.
    """
    from apprentice_desk.domain.passphrases import too_soon
    from apprentice_desk.domain.problems import Problem
    from apprentice_desk.records.keys import WrongPassphrase
    from apprentice_desk.safekeeping import vault
    from apprentice_desk.safekeeping.attempts import attempts_at

    attempts = attempts_at(str(path))
    if attempts.seconds_left:
        found = too_soon(attempts.seconds_left)
        raise Problem(found.message, found.remedy)
    try:
        key = vault.key_for(path, passphrase)
    except WrongPassphrase:
        attempts.note_wrong()
        raise
    attempts.note_right()
    return key


def is_key_of(key: DeskKey, text: str) -> bool:
    """Whether *text* is the passphrase that gives *key*, or what its recovery sheet says.

    Takes about 0.2 s.
    """
    from apprentice_desk.domain.recovery_codes import WrongRecoveryCode
    from apprentice_desk.records.keys import derive
    from apprentice_desk.safekeeping import vault

    if hmac.compare_digest(derive(text, key.salt).raw, key.raw):
        return True
    try:
        return hmac.compare_digest(vault.key_from_recovery(text).raw, key.raw)
    except WrongRecoveryCode:
        return False


def exchanging(
    store: Store, passphrase: str, places: Iterable[Path] = ()
) -> Callable[[Progress], tuple[str, ...]]:
    """Return the work of giving an open desk *passphrase*, or none where it is blank.

    The file is closed meanwhile, and whoever reads waits.  *places* are other folders with backups.
    The work returns what the person must know besides, in sentences: copies that were left as they
    are, a keychain that did not follow.  It raises Problem where the desk is as it was.
    """

    def work(progress: Progress) -> tuple[str, ...]:
        from apprentice_desk.domain.problems import Problem
        from apprentice_desk.records.keys import fresh_key
        from apprentice_desk.safekeeping import keychain, vault

        path, old = Path(store.location), store.key
        new = fresh_key(passphrase) if passphrase else None
        made: list[vault.Protected] = []

        def convert() -> DeskKey | None:
            made.append(vault.protect(path, old, new, progress, places=places))
            return new

        store.exchange(convert)
        told = [f"{left.path.name} was left as it is: {left.why}." for left in made[0].left]
        try:
            keychain.follow(path, old, new)
        except Problem as problem:
            told.append(str(problem))
        return tuple(told)

    return work
