"""How the command line asks for a passphrase: on the terminal, or in a file that is named.

Never on the command line itself, which other programs of the computer can read, and which shells
keep.
"""

from __future__ import annotations

import getpass
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from apprentice_desk.domain.findings import refuses
from apprentice_desk.domain.passphrases import LONGEST, check_passphrase
from apprentice_desk.domain.problems import Problem
from apprentice_desk.records.connecting import is_address, recognise
from apprentice_desk.records.keys import DeskKey, NeedsPassphrase, WrongPassphrase, salt_of
from apprentice_desk.safekeeping import vault

FILE_VARIABLE = "APPRENTICE_DESK_PASSPHRASE_FILE"
"""Names the file for every command that is not told of another one."""

_TRIES = 3
_MOST_BYTES = LONGEST * 4 + 2
_named: ContextVar[str] = ContextVar("named", default="")


@contextmanager
def from_file(name: str) -> Iterator[None]:
    """Take passphrases from the file called *name* for the length of a command."""
    token = _named.set(name)
    try:
        yield
    finally:
        _named.reset(token)


def key_of(location: str | Path) -> DeskKey | None:
    """Return the key of the desk at *location*, having asked for its passphrase.

    None where it is not encrypted, is a database or is not there.  A terminal is asked three times
    at most, after a delay that grows.  Raises WrongPassphrase, and Problem where nobody can be
    asked.
    """
    path = Path(location)
    if is_address(location) or not path.is_file() or path.stat().st_size == 0:
        return None
    if salt_of(path) is None:
        return None
    try:
        recognise(path)
    except NeedsPassphrase:
        return _asked_for(path)
    return None


def _asked_for(path: Path) -> DeskKey:
    if (file := _file()) is not None:
        return vault.key_for(path, read_file(file))
    for tried in range(1, _TRIES + 1):
        passphrase = _from_terminal(path, f"Passphrase of {path.name}: ")
        try:
            return vault.key_for(path, passphrase)
        except WrongPassphrase as problem:
            if tried == _TRIES:
                raise
            print(problem, file=sys.stderr)
            time.sleep(2.0 ** (tried - 1))
    raise AssertionError  # the last try returns or raises


def new_passphrase(path: Path, names: Iterable[str] = (), file: str = "") -> str:
    """Return a new passphrase for the desk at *path*: from *file*, else typed twice.

    Raises Problem where it will not do, the two differ or nobody can be asked.
    """
    if file:
        passphrase = again = read_file(Path(file))
    else:
        passphrase = _from_terminal(path, f"New passphrase for {path.name}: ")
        again = ""
    findings = check_passphrase(passphrase, (path.stem, *names))
    if refuses(findings):
        raise Problem(findings[0].message, findings[0].remedy)
    again = again or _from_terminal(path, "The same once more: ")
    if again != passphrase:
        raise Problem("The two passphrases differ, so nothing was changed.", "Type it again.")
    return passphrase


def named() -> str:
    """Return the name of the file that the passphrase is in, as given; "" where none is."""
    return _named.get() or os.environ.get(FILE_VARIABLE, "")


def read_file(path: Path) -> str:
    """Return the passphrase in the file at *path*: its first line, without the line's end."""
    try:
        with path.open("rb") as file:
            begins = file.read(_MOST_BYTES)
        line = begins.decode("utf-8-sig").splitlines()[:1]
    except OSError as error:
        raise Problem(
            f"The passphrase was not read: {path.name} cannot be opened ({error.strerror}).",
            "Check the name of the file and who may read it.",
        ) from error
    except UnicodeDecodeError as error:
        raise Problem(
            f"The passphrase was not read: {path.name} is no text in UTF-8.",
            "Write the passphrase into a text file by itself.",
        ) from error
    if not line or not line[0]:
        raise Problem(
            f"There is no passphrase in {path.name}.", "Write it on the first line of that file."
        )
    return line[0]


def _file() -> Path | None:
    return Path(named()) if named() else None


def _from_terminal(path: Path, prompt: str) -> str:
    if not sys.stdin.isatty():
        raise Problem(
            f"{path.name} takes a passphrase, and there is no terminal to ask for it.",
            f"Name a file that it stands in: --passphrase-file FILE, or the variable"
            f" {FILE_VARIABLE}.",
        )
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise Problem(f"No passphrase was given for {path.name}.") from error
