"""Giving a desk a passphrase, changing it, taking it away, and printing its recovery sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from apprentice_desk import settings
from apprentice_desk.commands import passphrases
from apprentice_desk.commands.desks import note, opened_to_note, person
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.connecting import is_address, recognise
from apprentice_desk.records.holding import hold
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.records.organisation import organisation_row
from apprentice_desk.safekeeping import keychain, vault
from apprentice_desk.safekeeping.recovery_sheet import write_sheet
from apprentice_desk.safekeeping.vault import Protected

_DISKS = (
    "What a solid-state disk, an earlier version in a synced folder or a backup of the computer"
    " still holds of the plain file is not reached by this."
)


def protect(
    location: str,
    now: datetime,
    *,
    removes: bool = False,
    changes: bool = False,
    new_file: str = "",
    also: Iterable[str] = (),
) -> int:
    """Give the desk a passphrase, another one (*changes*), or none any more (*removes*).

    Backups in its second place, as this computer's settings name it, and in the folders *also* get
    the same.
    """
    path = _file_of(location)
    is_protected = vault.is_protected(path)
    _refuse_what_is_so(path, is_protected=is_protected, removes=removes, changes=changes)
    if not is_protected:
        recognise(path)  # what is no desk is not encrypted
    old = passphrases.key_of(path)
    held = hold(path, person(), now)
    try:
        new = None if removes else _new_key(path, old, new_file)
        made = vault.protect(path, old, new, places=_places(location, also))
    finally:
        held.release()
    _tell(made, old)
    try:
        keychain.follow(path, old, new)
    except Problem as problem:
        print(problem)
    return 0


def _places(location: str, also: Iterable[str]) -> list[Path]:
    second = settings.load().second_place_of(location)
    return [*([second] if second else []), *map(Path, also)]


def _file_of(location: str) -> Path:
    if is_address(location):
        raise Problem(
            "A desk in a database has no passphrase of its own.",
            "Whoever runs the server says who may open it.",
        )
    path = Path(location)
    if not path.is_file():
        recognise(path)  # says that it is not there
    return path


def _refuse_what_is_so(path: Path, *, is_protected: bool, removes: bool, changes: bool) -> None:
    if is_protected and not (removes or changes):
        raise Problem(
            f"{path.name} has a passphrase already.", "Use --change for another, or --remove."
        )
    if not is_protected and (removes or changes):
        raise Problem(f"{path.name} has no passphrase.", "Leave --change and --remove out.")


def _new_key(path: Path, old: DeskKey | None, new_file: str) -> DeskKey:
    file = new_file or ("" if old is not None else passphrases.named())
    return vault.fresh_key(passphrases.new_passphrase(path, (person(),), file))


def _tell(made: Protected, old: DeskKey | None) -> None:
    name = made.path.name
    if made.key is None:
        print(f"{name} has no passphrase any more: whoever has the file can read it.")
    elif old is None:
        print(f"{name} opens with its passphrase only from now on. {_DISKS}")
    else:
        print(f"{name} has another passphrase now. A recovery sheet of the old one is void.")
    if made.copies:
        count = len(made.copies)
        print(f"The same goes for {'one copy' if count == 1 else f'{count} copies'} of it.")
    for one in made.left:
        print(f"Left as it was: {one.path} ({one.why}).")


def sheet(location: str, to: str, today: date) -> int:
    """Write the recovery sheet of a desk as a PDF."""
    path = _file_of(location)
    if not vault.is_protected(path):
        raise Problem(
            f"{path.name} has no passphrase, so there is nothing to recover.",
            "Give it one first: apprentice-desk protect DESK.",
        )
    with opened_to_note(location) as store:
        row = store.read(organisation_row)
        assert store.key is not None
        saved = write_sheet(to, path.name, store.key, today, is_sample=row.is_sample)
        note(store, [(saved, Going(LeftKind.RECOVERY, count=0))])
    print(f"Saved {saved.name}. Print it, keep it locked away, and delete the file.")
    return 0
