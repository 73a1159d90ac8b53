"""The packages for Linux: a .deb for Debian and Ubuntu, and a tar.gz for the others.

Both hold the same frozen folder, and are left in dist/linux with checksums, licences and the list
of what they are made of.  Both are the same, byte by byte, from the same commit.
"""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
from typing import TYPE_CHECKING

import machine
from packing import environments
from packing.checksums import write_checksums
from packing.debian import is_nobodys, package_name, write_deb
from packing.folder import INNER, build_folder, commit_time
from packing.licences import TEXT
from packing.linux_check import LinuxCheck
from packing.linux_files import filled, shared_files, words
from packing.own import COMMAND, product
from packing.release_file import write_release_file
from packing.sbom import write_sbom
from packing.tarball import write_tarball
from programs import ROOT, CannotGoOnError, say

if TYPE_CHECKING:
    from pathlib import Path

DIST = ROOT / "dist" / "linux"
WORK = environments.BUILD / "linux-packages"

_TIGHT, _QUICK = 9, 1
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")


def package(*, is_quick: bool, is_twice: bool = False) -> None:
    """Make the packages in dist/linux and try them; *is_quick* packs loosely and tries nothing.

    *is_twice* makes them a second time from nothing and compares.  Raises CannotGoOnError where
    something is missing, cannot be made, differs, or does not pass its trial.
    """
    _provide(machine.LINUX_PACKAGES, "make packages for Linux")
    if platform.machine() != "x86_64":
        raise CannotGoOnError("Packages for Linux are made on a 64-bit PC (x86-64).")
    made = make(DIST, is_quick=is_quick)
    for path in made:
        say(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    if is_nobodys(product().contact):
        say(
            f"The .deb names {product().contact}, which is nobody's: see contact in pyproject.toml."
        )
    if is_twice:
        first = [_digest(path) for path in made]
        again = make(WORK / "again", is_quick=is_quick, anew=True)
        differing = [
            path.name for path, digest in zip(again, first, strict=True) if _digest(path) != digest
        ]
        if differing:
            raise CannotGoOnError(f"Made twice, it is not the same: {', '.join(differing)}.")
        say("Made a second time from nothing, both are the same to the last byte.")
    if not is_quick:
        _provide((*machine.LINUX_TRIALS, *machine.X_SERVER, *machine.X_WINDOWS), "try them")
        LinuxCheck(made[0], made[1], WORK).carry_out()


def make(to: Path, *, is_quick: bool, anew: bool = False) -> tuple[Path, Path]:
    """Make the .deb and the tar.gz in the folder *to*, with what belongs to them; return both."""
    seconds, of = commit_time(), product()
    frozen = build_folder("linux", anew=anew)
    python = environments.program_python()
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    name = f"{COMMAND}-{of.version}-linux"
    text, listed = to / f"{name}-{TEXT}", to / f"{name}.cdx.json"
    shutil.copyfile(frozen / INNER / "resources" / "licences" / TEXT, text)
    write_sbom(python, listed, folder=frozen)
    deb, tar = to / package_name(of.version), to / f"{name}-x86_64.tar.gz"
    say("Making the tar.gz and the .deb …")
    beside = {
        "INSTALL.txt": filled("INSTALL.txt", words(seconds, glibc=glibc(frozen))),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        TEXT: text.read_bytes(),
        f"{COMMAND}.cdx.json": listed.read_bytes(),
        **{f"share/{path}": content for path, content in shared_files(seconds).items()},
    }
    top = f"{COMMAND}-{of.version}"
    write_tarball(frozen, beside, tar, top, seconds, level=_QUICK if is_quick else _TIGHT)
    write_deb(
        frozen,
        frozen / INNER / "resources" / "licences" / TEXT,
        deb,
        seconds,
        WORK / "tree",
        version=of.version,
        is_quick=is_quick,
    )
    write_release_file(to)
    write_checksums(to)
    return deb, tar


def glibc(folder: Path) -> str:
    """Return the oldest version of glibc that every library in *folder* runs with."""
    found = {
        int(minor)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
        for minor in _GLIBC.findall(path.read_bytes())
    }
    return f"2.{max(found)}"


def _provide(needs: tuple[machine.Need, ...], to: str) -> None:
    absent = machine.provide(needs)
    if absent:
        raise CannotGoOnError(f"To {to}, {machine.request(absent)}.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
