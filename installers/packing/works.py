"""The works of others that a package of the program holds, told by its own files.

Packages say it themselves.  Libraries inside files are known by what stands in those, so that the
version is that of the file which is given away, not of one that happens to be installed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from packing.own import Problem, installed, licences
from packing.system_libraries import system_parts
from programs import ROOT, CannotGoOnError

_BINARIES = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_FIXED_FILE_INFO = b"\xbd\x04\xef\xfe"


@cache
def works(python: Path, folder: Path | None) -> tuple[licences.Part, ...]:
    """Return what others made in a program of *python*'s packages, frozen into *folder*.

    *folder* None looks at the files of *python* itself.  Raises CannotGoOnError where something is
    of unknown origin or version.
    """
    packages = packages_of(python)
    try:
        found = [*installed.installed_parts(packages), *licences.drawn_parts()]
        found += _inside(python, folder)
    except Problem as problem:
        raise CannotGoOnError(str(problem)) from problem
    if folder is not None and _is_linux(folder):
        told = {part.name for part in found}
        found += [each for each in system_parts(folder, packages) if each.name not in told]
    return licences.sorted_parts(found)


def packages_of(python: Path) -> Path:
    """Return the folder that *python*, of an environment or of Windows, has its packages in.

    Raises CannotGoOnError if it has none.
    """
    places = [
        python.parent / "Lib" / "site-packages",
        python.parents[1] / "Lib" / "site-packages",
        *sorted(python.parents[1].glob("lib/python3.*/site-packages")),
    ]
    for place in places:
        if place.is_dir():
            return place
    raise CannotGoOnError(f"{python} has no folder of packages.")


def _inside(python: Path, folder: Path | None) -> list[licences.Part]:
    """Return the libraries known by what stands in the files, each version of them once."""
    found: dict[tuple[str, str], licences.Part] = {}
    where = _library_of(python)
    for path, name in _binaries(python, folder):
        content = path.read_bytes()
        for work in licences.known().inside:
            version = _version(work, name, content)
            if version is not None and (work.name, version) not in found:
                text = licences.python_text(where) if work.name == "CPython" else None
                if work.name == "CPython" and text is None:
                    raise CannotGoOnError(f"The licence of Python is not in {where}.")
                part = licences.part_of(work, version, text)
                purl = f"pkg:generic/{work.name.lower().replace(' ', '-')}@{version}"
                found[work.name, version] = replace(part, purl=purl)
    return list(found.values())


def _version(work: licences.KnownWork, name: str, content: bytes) -> str | None:
    """Return the version of *work* in a file of *name*; None if it is not in there."""
    if work.only_in and not re.search(work.only_in, name):
        return None
    if work.told_by == "file":
        return _own_version(name, content)
    if work.told_by == "lock":
        return _locked_version(work.name.lower(), is_windows=name.endswith(".exe"))
    if work.beside and not re.search(work.beside.encode(), content):
        return None
    versions = {each[1].decode() for each in re.finditer(work.found.encode(), content)}
    if not versions and not work.only_in:
        return None
    if len(versions) != 1:
        told = ", ".join(sorted(versions)) or "none"
        raise CannotGoOnError(f"The version of {work.name} in {name} cannot be told: {told}.")
    (version,) = versions
    return version


def _own_version(name: str, content: bytes) -> str:
    """Return the version that Windows shows among the properties of a file."""
    at = content.find(_FIXED_FILE_INFO)
    if at < 0:
        raise CannotGoOnError(f"{name} does not say its version.")
    second, first, fourth, third = struct.unpack_from("<4H", content, at + 8)
    return f"{first}.{second}.{third}.{fourth}"


def _locked_version(package: str, *, is_windows: bool) -> str:
    lock = ROOT / "installers" / "locks" / ("windows.txt" if is_windows else "package.txt")
    named = re.search(rf"^{re.escape(package)}==(\S+)", lock.read_text("utf-8"), re.MULTILINE)
    if named is None:
        raise CannotGoOnError(f"{lock.name} does not name {package}.")
    return named[1]


def _binaries(python: Path, folder: Path | None) -> Iterator[tuple[Path, str]]:
    """Return each library and program, and its name inside *folder* with "/" between."""
    places = [folder] if folder is not None else [packages_of(python), _library_of(python)]
    seen: set[Path] = set()
    for place in places:
        for path in sorted(place.rglob("*")):
            inner = path.relative_to(place)
            if path.is_symlink() or not path.is_file() or path in seen:
                continue
            seen.add(path)
            with path.open("rb") as file:
                if file.read(4).startswith(_BINARIES):
                    yield path, inner.as_posix()


def _library_of(python: Path) -> Path:
    """Return the folder of the standard library that *python* runs with."""
    if (python.parent / "Lib").is_dir():
        return python.parent / "Lib"
    real = python.resolve()
    names = sorted(real.parents[1].glob(f"lib/{real.name}")) or sorted(
        real.parents[1].glob("lib/python3.*")
    )
    if not names:
        raise CannotGoOnError(f"The library of {python} cannot be found.")
    return names[-1]


def _is_linux(folder: Path) -> bool:
    return any(folder.rglob("libpython3*.so*"))
