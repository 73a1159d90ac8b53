"""Making and opening desks, taking a change back, loading a newer catalogue."""

from __future__ import annotations

import difflib
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from apprentice_desk import policy, resources
from apprentice_desk.commands import passphrases
from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.leaving import NOT_NOTED
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.reference import Borough
from apprentice_desk.records import organisation, standards
from apprentice_desk.records.connecting import is_address
from apprentice_desk.records.desks import check_room, create_store, open_store
from apprentice_desk.records.keys import DeskKey, fresh_key
from apprentice_desk.records.store import Store
from apprentice_desk.returns.gathering import Lists
from apprentice_desk.safekeeping.copies import refuse_to_change
from apprentice_desk.safekeeping.ledger import Leaves, note_left

_SHEET = "apprentice-desk recovery-sheet DESK --to FILE.pdf"


def person() -> str:
    """Return who is at this computer, for the change log; "" when it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system account without a name
        return ""


def lists() -> Lists:
    """Return the packaged rules and lists that returns and figures are made with."""
    return Lists(
        resources.hours_rules(),
        resources.digital_standards().role_families,
        {reason.code: reason.group for reason in resources.leaving_reasons()},
    )


def find_borough(word: str) -> Borough:
    """Return the borough of a GSS code or a name, large or small letters alike.

    Raises Problem when it is none of the 33, nor one of the invented ones.
    """
    by_word = {one.code.casefold(): one for one in resources.boroughs()}
    by_word |= {one.name.casefold(): one for one in resources.boroughs()}
    asked = " ".join(word.split()).casefold()
    if asked in by_word:
        return by_word[asked]
    names = [asked_for for asked_for in by_word if not asked_for.startswith("e09")]
    meant = next((by_word[name] for name in difflib.get_close_matches(asked, names, 1)), None)
    raise Problem(
        f"“{word}” is not a London borough's code or name.",
        f"Perhaps {meant.name} ({meant.code})?" if meant else "Write it as Hackney or E09000012.",
    )


def make_desk(
    location: str | Path, borough: Borough, team: str, key: DeskKey | None = None
) -> Store:
    """Make a desk for *borough* with the packaged catalogue in it, and open it.

    A desk of an invented borough is a sample; one with a *key* is encrypted.  A failure leaves no
    file behind.  Raises Problem without a key where this computer's desks need one.
    """
    is_open = key is None and not borough.is_invented and not is_address(location)
    if is_open and policy.in_force().needs_passphrase:
        raise Problem(
            "No desk was made: it has no passphrase.",
            f"{policy.in_force().why_passphrase} On the command line, use --protect.",
        )
    catalogue = resources.standards_list()
    store = create_store(location, person=person(), key=key)
    try:
        with store.change("Begin the desk", is_final=True) as session:
            organisation.begin(
                session,
                code=borough.code,
                name=borough.name,
                letters=borough.letters,
                team=team,
                is_sample=borough.is_invented,
            )
            standards.load_catalogue(session, catalogue.standards, catalogue.listed_on)
    except BaseException:
        store.close()
        Path(location).unlink(missing_ok=True)
        raise
    return store


@contextmanager
def opened(location: str, *, read_only: bool = False) -> Iterator[Store]:
    """Open a desk for the length of a command, having asked for its passphrase where it has one."""
    if not read_only:
        _refuse_backup(location)
    key = passphrases.key_of(location)
    store = open_store(location, person=person(), read_only=read_only, key=key)
    try:
        yield store
    finally:
        store.close()


def _refuse_backup(location: str) -> None:
    """Raise Problem where a desk that is to be changed is a backup."""
    if not is_address(location):
        refuse_to_change(Path(location))


@contextmanager
def opened_to_note(location: str) -> Iterator[Store]:
    """Open a desk that something leaves, for changes so that it is noted, else to read only.

    The latter where somebody has it open just now, or it may not be written to: what only reads
    need not wait for that.
    """
    key = passphrases.key_of(location)
    try:
        _refuse_backup(location)
        store = open_store(location, person=person(), key=key)
    except Problem:  # what is wrong with the desk itself is said by the second try
        store = open_store(location, person=person(), read_only=True, key=key)
    try:
        yield store
    finally:
        store.close()


def note(
    store: Store, leaves: Leaves, at: datetime | None = None, *, is_quiet: bool = False
) -> None:
    """Note files that were written in the ledger of what left, and say so where it cannot be.

    *at* is when they left, now where it is None.  *is_quiet* says nothing: what is printed is read
    by another program.
    """
    note_left(store, leaves, at)
    if store.is_read_only and not is_quiet:
        print(NOT_NOTED)


def new(location: str, borough_code: str, team: str, *, protects: bool = False) -> int:
    """Make a new desk; with a passphrase where it *protects*."""
    borough = find_borough(borough_code)
    path, key = Path(location), None
    if protects:
        if is_address(location):
            raise Problem(
                "A desk in a database has no passphrase of its own.",
                "Whoever runs the server says who may open it.",
            )
        check_room(path)
        names = (borough.name, team, person())
        key = fresh_key(passphrases.new_passphrase(path, names, passphrases.named()))
    make_desk(location, borough, team, key).close()
    print(f"Made {path.name} for {borough.name}.")
    if key is not None:
        print(f"Without its passphrase nobody can open it; print its recovery sheet: {_SHEET}.")
    return 0


def undo(location: str) -> int:
    """Take the newest change that still stands back, naming it."""
    with opened(location) as store:
        line = store.newest_standing()
        if line is None:
            raise Problem("There is no change to undo.")
        if line.is_final:
            raise Problem(
                f"The newest change, “{line.label}”, cannot be undone.",
                "What came before it stays as it is.",
            )
        store.undo(line.number)
    print(f"Undone: {line.label}")
    return 0


def load_catalogue(file: str, location: str, today: date, *, dry_run: bool) -> int:
    """Load a newer list of standards, of the same columns as the packaged one."""
    path = Path(file)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            f"{path.name} cannot be read as a list of standards.",
            "It must be a CSV file in UTF-8 (in Excel: Save as, CSV UTF-8).",
        ) from error
    listed = resources.read_standards(text, path.name)
    with opened(location) as store:
        try:
            with store.change(f"Load the catalogue {path.name}") as session:
                update = standards.load_catalogue(session, listed, today)
                if dry_run:
                    raise _DryRunError
        except _DryRunError:
            pass
    would = "Would add" if dry_run else "Added"
    print(
        f"{would} {counted(len(update.added), 'standard')}, alter{'' if dry_run else 'ed'}"
        f" {len(update.altered)}; the same: {update.unchanged}; in the desk only:"
        f" {len(update.kept)}. List of {show_day(today)}."
    )
    return 0


class _DryRunError(Exception):
    """Rolls a change back that was only tried."""
