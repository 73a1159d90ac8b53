"""Reading the file of a policy: what is understood of it, and what is not, taken at its strictest.

A file that cannot be read at all is as strict as one can be, since nobody knows what it was meant
to forbid.  Folders have no strictest: one that makes no sense is left to the person.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from apprentice_desk.policy.guarded import is_guarded
from apprentice_desk.policy.values import MOST_MINUTES, STRICTEST_MINUTES, Feature, Policy

PLACES = {
    "desks": "desks_folder",
    "exports": "exports_folder",
    "backups": "backup_folder",
}
SECURITY: Mapping[str, tuple[str, Any]] = {
    "lock_after_minutes": ("lock_minutes", STRICTEST_MINUTES),
    "passphrase_for_new_desks": ("needs_passphrase", True),
    "keychain": ("allows_keychain", False),
}
"""Each name with the field that it sets and that field's strictest value."""
FEATURES = {each.value: each for each in Feature}
TABLES = {"places": PLACES, "security": SECURITY, "features": FEATURES}
TOP = ("contact", *TABLES)
_MOST_BYTES = 64 * 1024
_LONGEST_CONTACT = 120
_LEFT_OVER = re.compile(r"%[^%\\/]+%|\$\{?\w+\}?")


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    values: dict[str, Any] = field(default_factory=dict)
    off: set[Feature] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)


def read_policy(path: Path, *, is_the_computers: bool, is_portable: bool = False) -> Policy:
    """Return what the file at *path* sets; never raises for what is in it or is not."""
    base = Policy(file=path, is_portable=is_portable)
    try:
        text = _read(path)
    except OSError as error:
        why = error.strerror or "it is no plain file"
        return _strictest(base, f"The file cannot be read ({why.lower()}).")
    except UnicodeDecodeError:
        return _strictest(base, "The file is not text in UTF-8.")
    try:
        kept = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _strictest(base, f"The file is not written as TOML asks: {_where(error, text)}.")
    found = _Found()
    _take(kept, found)
    if is_the_computers and not _is_trusted(path):
        _distrust(found)
    return replace(base, **found.values, off=frozenset(found.off), troubles=tuple(found.troubles))


def _read(path: Path) -> str:
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would have the program wait for ever
        raise OSError
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OSError(0, "it is too large")
    return content.decode("utf-8-sig")


def _where(error: Exception, text: str) -> str:
    """Return where reading stopped; what else the error says is for programmers."""
    found = re.search(r"at line (\d+)", str(error))
    if found is None:
        return "it ends too early"
    line = text.splitlines()[int(found[1]) - 1]
    hint = " (a folder of Windows stands between single quotes)" if "\\" in line else ""
    return f"look at line {found[1]}{hint}"


def _strictest(base: Policy, trouble: str) -> Policy:
    """Return *base* with everything set as strictly as it can be."""
    strict = dict(SECURITY.values())
    said = (trouble, "Until it is mended, everything that it can forbid is forbidden.")
    return replace(base, **strict, off=frozenset(Feature), troubles=said)


def _is_trusted(path: Path) -> bool:
    try:
        return is_guarded(path)
    except OSError:
        return False


def _distrust(found: _Found) -> None:
    """Take no folder of a file that anybody may write; what it forbids stays forbidden.

    A folder could lead copies of desks to whoever wrote it.
    """
    for name in PLACES.values():
        found.values.pop(name, None)
    found.values.pop("contact", None)
    found.troubles.append(
        "Others than administrators may write this file, so its folders and whom to ask are not"
        " taken from it. What it forbids holds. Let administrators own it, and nobody else write"
        " it."
    )


def _take(kept: dict[str, Any], found: _Found) -> None:
    for name in _unknown(kept, TOP, "", found):
        if name in TABLES:
            _make_strict(name, TABLES[name], found)
    contact = kept.get("contact", "")
    if isinstance(contact, str) and len(contact) <= _LONGEST_CONTACT:
        found.values["contact"] = " ".join(contact.split()).rstrip(".")
    else:
        found.troubles.append(f"contact is text of {_LONGEST_CONTACT} letters at most.")
    for table, names in TABLES.items():
        given = kept.get(table, {})
        if not isinstance(given, dict):
            found.troubles.append(f"{table} begins with a line [{table}] of its own.")
            _make_strict(table, names, found)
            continue
        for name in _unknown(given, names, f"{table}.", found):
            _make_strict(table, (name,), found)
        for name in names:
            if name in given:
                _take_one(table, name, given[name], found)


def _unknown(
    given: Mapping[str, Any], names: Mapping[str, Any] | tuple[str, ...], where: str, found: _Found
) -> Iterator[str]:
    """Say which names of *given* are none, and give those that were meant where one can tell."""
    for name in given:
        if name in names:
            continue
        meant = next(iter(get_close_matches(name, list(names), 1)), None)
        ask = f" Was {where}{meant} meant?" if meant else ""
        found.troubles.append(f"{where}{name[:40]} is not known to this version.{ask}")
        if meant is not None and meant not in given:
            yield meant


def _make_strict(table: str, names: Mapping[str, Any] | tuple[str, ...], found: _Found) -> None:
    for name in names:
        if table == "security":
            to, strictest = SECURITY[name]
            found.values[to] = strictest
        elif table == "features":
            found.off.add(FEATURES[name])


def _take_one(table: str, name: str, value: object, found: _Found) -> None:
    if table == "places":
        _take_folder(name, value, found)
    elif table == "features":
        if not isinstance(value, bool):
            found.troubles.append(f"features.{name} is true or false. It is taken as false.")
        if value is not True:
            found.off.add(FEATURES[name])
    elif name == "lock_after_minutes":
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number and 0 < value <= MOST_MINUTES:  # type: ignore[operator]
            found.values["lock_minutes"] = value
        else:
            _make_strict(table, (name,), found)
            found.troubles.append(
                f"security.{name} is a number of minutes from 1 to {MOST_MINUTES}. It is taken as"
                f" {STRICTEST_MINUTES}."
            )
    else:
        to, strictest = SECURITY[name]
        found.values[to] = value if isinstance(value, bool) else strictest
        if not isinstance(value, bool):
            word = "true" if strictest else "false"
            found.troubles.append(f"security.{name} is true or false. It is taken as {word}.")


def _take_folder(name: str, value: object, found: _Found) -> None:
    """Take a folder; "~" and variables in it are of whoever uses the computer."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        found.troubles.append(f"places.{name} is a folder, between quotes. It is not used.")
        return
    try:
        whole = Path(os.path.expandvars(value.strip())).expanduser()
    except RuntimeError:  # there is no such person, or they have no folder
        whole = Path(value.strip())
    left = _LEFT_OVER.search(str(whole))
    if left is not None:
        found.troubles.append(
            f"places.{name} names {left[0]}, which is not set for this person. It is not used."
        )
    elif not whole.is_absolute():
        found.troubles.append(
            f"places.{name} is to begin with a drive, a server or a stroke. It is not used."
        )
    else:
        found.values[PLACES[name]] = whole
