"""What the installed packages say of themselves: those that the program is built on, no others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import cast

from apprentice_desk.domain.problems import Problem
from apprentice_desk.product import required_packages
from apprentice_desk.resources.licences import Known, LicenceText, Part, known, known_texts

_NEED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")
_IS_TEXT = re.compile(r"(licen[cs]e|copying|notice|patents|copyright)", re.IGNORECASE)
_HOMES = ("homepage", "home", "repository", "source", "source code", "documentation")


def installed_parts(folder: Path | None = None) -> tuple[Part, ...]:
    """Return the packages in *folder*, site-packages, that the program needs, and theirs in turn.

    *folder* None takes those of this Python.  One that another only wishes for, or wants on another
    system, counts where it is installed.  Raises Problem if one that the program itself asks for is
    not there.
    """
    found = {
        tidy_name(each.name): each
        for each in (distributions() if folder is None else distributions(path=[str(folder)]))
        if _is_named(each)
    }
    wanted = [_need(line) for line in required_packages()]
    missing = [name for name, _ in wanted if name not in found]
    if missing:
        raise Problem(f"These packages are not installed: {', '.join(missing)}.")
    waiting = [*wanted, *map(_need, required_packages(is_optional=True))]
    taken: dict[str, Distribution] = {}
    while waiting:
        name, extras = waiting.pop()
        if name in found and (extras or name not in taken):
            taken[name] = found[name]
            waiting += _needs(found[name], extras)
    return tuple(_part(each, set(taken)) for _, each in sorted(taken.items()))


def _is_named(package: Distribution) -> bool:
    """Whether *package* is whole enough to have a name; a removal may leave its folder behind."""
    try:
        return bool(package.metadata["Name"])
    except FileNotFoundError:  # importlib_metadata, which takes over where a library imports it
        return False


def tidy_name(name: str) -> str:
    """Return the *name* of a package as registries compare them: "Foo.bar_baz" is "foo-bar-baz"."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(metadata: Message, held: Known) -> str:
    """Return the licence that *metadata* names, as an SPDX expression; "" where it names none."""
    expression = metadata.get("License-Expression")
    if expression:
        return expression
    written = (metadata.get("License") or "").strip()
    by_class = [
        line.rsplit("::", 1)[-1].strip()
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    for each in (written, *by_class):
        if each in held.names:
            return held.names[each]
    return written if "\n" not in written and len(written) < 80 else ""


def _need(line: str) -> tuple[str, frozenset[str]]:
    """Return the name that *line*, a requirement, asks for and the extras it wants with it."""
    named = _NEED.match(line)
    assert named is not None, line
    extras = (extra.strip() for extra in (named[2] or "").split(","))
    return tidy_name(named[1]), frozenset(tidy_name(extra) for extra in extras if extra)


def _needs(
    package: Distribution, extras: frozenset[str] = frozenset()
) -> list[tuple[str, frozenset[str]]]:
    """Return what *package* asks for with *extras*."""
    return [
        _need(line)
        for line in package.requires or ()
        if (extra := _EXTRA.search(line)) is None or tidy_name(extra[1]) in extras
    ]


def _part(package: Distribution, taken: set[str]) -> Part:
    held = known()
    name = tidy_name(package.name)
    by_hand = held.packages.get(name)
    metadata = cast("Message", package.metadata)
    licence = (by_hand.licence if by_hand else "") or licence_of(metadata, held)
    texts = (*_texts(package), *(known_texts(by_hand) if by_hand else ()))
    return Part(
        name=package.name,
        version=package.version,
        kind="package",
        licence=licence,
        home=_home(metadata),
        texts=tuple(dict.fromkeys(texts)),
        purl=f"pkg:pypi/{name}@{package.version}",
        needs=tuple(sorted({need for need, _ in _needs(package)} & taken)),
    )


def _texts(package: Distribution) -> Iterable[LicenceText]:
    """Return the texts among the files that describe *package*, and those named in its metadata."""
    for file in sorted(package.files or (), key=str):
        within = "/".join(file.parts[1:])
        if not file.parts[0].endswith(".dist-info") or not _IS_TEXT.search(within):
            continue
        where = Path(str(file.locate()))
        if where.suffix in {".py", ".json"} or not where.is_file():
            continue
        yield LicenceText(within.removeprefix("licenses/"), where.read_text("utf-8", "replace"))


def _home(metadata: Message) -> str:
    by_label = {
        label.strip().casefold(): address.strip()
        for label, _, address in (
            line.partition(",") for line in metadata.get_all("Project-URL") or ()
        )
    }
    named = (by_label[label] for label in _HOMES if label in by_label)
    return next(named, (metadata.get("Home-page") or "").strip())
