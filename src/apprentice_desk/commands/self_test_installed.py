"""The parts of the self-test that look at what the program was installed with, and on what."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from inspect import Parameter, isroutine, signature, unwrap

from apprentice_desk import policy, resources
from apprentice_desk.commands.self_test import Trial
from apprentice_desk.documents.wording import library
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.frozen import is_frozen
from apprentice_desk.returns import schema
from apprentice_desk.safekeeping import keychain

INSTALL_AGAIN = "Install the program again."

_BEGINS = {".ttf": b"\x00\x01\x00\x00", ".svg": b"<", ".png": b"\x89PNG"}
"""How files of a kind begin."""

_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


def try_packaged_files(_trial: Trial) -> str:
    """Read every list and rule there is, and see that fonts, icons and help are whole."""
    loaders = _lists_and_rules()
    for load in loaders:
        load()
    formats = [schema.load(each) for each in schema.known_versions()]
    wording = library()
    files = [file for file in resources.folder().rglob("*") if file.is_file()]
    for file in files:
        begins = _BEGINS.get(file.suffix, b"")
        if not file.read_bytes().startswith(begins):
            raise Problem(f"{file.name} is damaged.", INSTALL_AGAIN)
    for text in resources.path("help").glob("*.md"):
        for named in _PICTURE.findall(text.read_text("utf-8")):
            for look in ("light", "dark"):
                if not resources.path("help", "pictures", f"{named}-{look}.png").is_file():
                    raise Problem(f"The picture “{named}” of Help is missing.", INSTALL_AGAIN)
    kinds = {kind: sum(file.suffix == kind for file in files) for kind in _BEGINS}
    if not all(kinds.values()):
        raise Problem("Fonts, icons or pictures are missing.", INSTALL_AGAIN)
    return (
        f"{len(files)} files, among them {counted(kinds['.ttf'], 'font')},"
        f" {counted(kinds['.svg'], 'drawing')} and {counted(kinds['.png'], 'picture')};"
        f" {len(loaders)} lists and rules, {counted(len(formats), 'format')} of returns,"
        f" {counted(len(wording.newest_types), 'type')} of documents"
    )


def _lists_and_rules() -> list[Callable[[], object]]:
    """Return every loader of packaged lists and rules that asks for nothing."""
    offered = [getattr(resources, name) for name in resources.__all__]
    return [
        each
        for each in offered
        if isroutine(unwrap(each))
        and Parameter.empty not in (one.default for one in signature(each).parameters.values())
    ]


def try_policy(_trial: Trial) -> str:
    """Say how much administrators set, and that it was understood."""
    held = policy.in_force()
    if held.troubles:
        raise Problem(
            f"In what administrators set, {counted(len(held.troubles), 'thing')} cannot be taken"
            " as it stands.",
            "They are named under Settings, and by: apprentice-desk policy",
        )
    return f"{counted(len(held.lines()), 'thing')} set for this computer"


def try_keychain(_trial: Trial) -> str:
    """Ask for the system's keychain; nothing is kept in it."""
    if why_off := keychain.why_off():
        return f"not asked. {why_off.removesuffix('.')}"
    if keychain.is_available():
        return "this computer has one, where a key can be remembered"
    if sys.platform in ("win32", "darwin"):
        raise Problem("The keychain of this computer was not found, which always has one.")
    return "this computer has none, so passphrases are typed each time"


def try_shared_desks(_trial: Trial) -> str:
    """See whether a server could be talked to; none is."""
    if off := policy.in_force().why_not(policy.Feature.DATABASES):
        return f"not tried. {off.removesuffix('.')}"
    try:
        import psycopg
    except ImportError:
        # Only for teams with such a server: on Linux the library is a package of the system's.
        if sys.platform in ("win32", "darwin") and is_frozen():
            raise
        return "PostgreSQL is not talked to: its client library, libpq, is not on this computer"
    from sqlalchemy import make_url

    dialect = make_url("postgresql+psycopg://nobody@nowhere/none").get_dialect()
    return f"PostgreSQL is talked to by psycopg {psycopg.__version__} with {dialect.name}"
