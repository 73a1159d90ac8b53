"""The packages for Windows: the MSI, the setup program for one user, and the portable zip.

All three hold the same frozen folder, signed.  They are left in dist/ with what belongs to them
and, where they were made in full, beside the same packages without a signature: only those can be
compared with a build of one's own.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import machine
import servers
from packing import environments, windows_python, windows_runtime
from packing.checksums import digest, write_checksums
from packing.folder import INNER, check_contents, commit_time
from packing.licences import TEXT, write_licences
from packing.msi import write_msi
from packing.msi_source import files
from packing.nsis import write_setup
from packing.own import COMMAND, Product, product
from packing.portable import write_portable
from packing.release_file import write_release_file
from packing.sbom import write_sbom
from packing.signing import Signer, sign_payload, signer
from packing.windows_check import Made, WindowsCheck
from packing.windows_paint import check_first_paint
from packing.wine import Wine
from programs import ROOT, CannotGoOnError, say

if TYPE_CHECKING:
    from pathlib import Path

DIST = ROOT / "dist" / "windows"
WORK = environments.BUILD / "windows-packages"
OLD_DESK = ROOT / "tests" / "old_files" / "v0001.desk"
ICON = environments.BUILD / "own" / f"{COMMAND}.ico"
"""Left there by the specification of the frozen folder."""


def package(*, is_quick: bool, is_twice: bool = False) -> None:
    """Make the packages in dist/windows and try them; *is_quick* packs loosely and tries nothing.

    *is_twice* makes the frozen folder and the zip of it twice, from nothing, and compares them.
    Raises CannotGoOnError where something is missing, cannot be made, differs, or does not pass
    its trial.
    """
    absent = machine.provide(machine.WINDOWS_PACKAGES)
    if absent:
        raise CannotGoOnError(f"To make packages for Windows, {machine.request(absent)}.")
    when = commit_time()
    frozen = _frozen_twice(when) if is_twice else _frozen(when)
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    name = f"{COMMAND}-{product().version}-windows"
    shutil.copyfile(frozen / INNER / "resources" / "licences" / TEXT, DIST / f"{name}-{TEXT}")
    write_sbom(windows_python.program_python(), DIST / f"{name}.cdx.json", folder=frozen)
    made = make(frozen, DIST, product(), when, is_quick=is_quick)
    write_release_file(DIST)
    write_checksums(DIST)
    for path in (made.msi, made.setup, made.portable):
        say(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.0f} MB")
    if not is_quick:
        check(made, when)


def _frozen(when: int) -> Path:
    """Freeze the program for Windows and return the folder, with the licences in it."""
    frozen = windows_runtime.freeze(when)
    python = windows_python.program_python()
    write_licences(python, frozen / INNER / "resources" / "licences", folder=frozen)
    check_contents(frozen)
    return frozen


def _frozen_twice(when: int) -> Path:
    """Freeze twice from nothing and return the folder.

    Raises CannotGoOnError unless every file in it, and the zip of it, has the same bytes twice.
    """
    found = []
    for number in (1, 2):
        frozen = _frozen(when)
        to = WORK.with_name(f"windows-{number}.zip")
        write_portable(frozen, to, product(), when)
        found.append(contents(frozen) | {to.suffix: digest(to)})
    differing = {name for name, _ in set(found[0].items()) ^ set(found[1].items())}
    if differing:
        raise CannotGoOnError(f"Made twice, it is not the same: {', '.join(sorted(differing))}.")
    say("Frozen a second time from nothing, the folder and its zip are the same to the last byte.")
    return frozen


def contents(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in *folder*, by its path in it."""
    return {path: digest(folder / path) for path in files(folder)}


def make(
    frozen: Path,
    to: Path,
    of: Product,
    when: int,
    *,
    is_quick: bool,
) -> Made:
    """Make the three packages of the folder *frozen* in the folder *to*, signed.

    Unless *is_quick* they are made without signatures first, in a folder "unsigned" there.
    """
    by = signer(os.environ, environments.BUILD / "signing", of, when)
    payload = WORK / "payload"
    to.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(frozen, payload)
    if not is_quick:
        unsigned = to / "unsigned"
        unsigned.mkdir(parents=True, exist_ok=True)
        _pack(payload, unsigned, of, when, None, is_quick=is_quick)
    signed = sign_payload(payload, by)
    say(f"Signed {len(signed)} programs and libraries that nobody had signed yet.")
    return _pack(payload, to, of, when, by, is_quick=is_quick)


def check(made: Made, when: int) -> None:
    """Try the packages *made*, over those of a version before them, in a fresh Windows."""
    needs = (*machine.X_SERVER, *machine.WINDOWS_TRIALS)
    absent = machine.provide(needs)
    if absent:
        raise CannotGoOnError(f"To try the packages, {machine.request(absent)}.")
    older = _older(made, when)
    prefix = WORK / "wine"
    shutil.rmtree(prefix, ignore_errors=True)
    with servers.x_display() as display:
        wine = Wine(prefix, display)
        try:
            WindowsCheck(wine, made, older, OLD_DESK, WORK / "trials").carry_out()
            check_first_paint(wine, made.payload, WORK / "painting")
        finally:
            wine.end_all()


def _pack(
    payload: Path, to: Path, of: Product, when: int, by: Signer | None, *, is_quick: bool
) -> Made:
    _date(payload, when)
    name = f"{COMMAND}-{of.version}"
    made = Made(
        of,
        payload,
        msi=to / f"{name}-x64.msi",
        setup=to / f"{name}-x64-setup.exe",
        portable=to / f"{name}-x64-portable.zip",
    )
    write_portable(payload, made.portable, of, when)
    write_msi(payload, made.msi, of, ICON, when)
    signs = by.in_place() if by else ""
    write_setup(payload, made.setup, of, ICON, when, signs=signs, is_quick=is_quick)
    if by is not None:
        by.sign(made.msi)
        by.sign(made.setup)
    return made


def _older(made: Made, when: int) -> Made:
    """Make the MSI and setup program of the version before: this one, but for number and a file."""
    of = replace(made.product, version=_before(made.product.version))
    folder = WORK / "older"
    payload = folder / "payload"
    shutil.copytree(made.payload, payload)
    (payload / INNER / "only in the older.txt").write_text("It is gone in the next.\n", "utf-8")
    told = payload / INNER / "_product.toml"
    lines = told.read_text("utf-8")
    told.write_text(
        re.sub(r'(?m)^version = ".*"$', f'version = "{of.version}"', lines, count=1), "utf-8"
    )
    _date(payload, when)
    older = Made(of, payload, folder / "older.msi", folder / "older-for-me.exe", made.portable)
    write_msi(payload, older.msi, of, ICON, when)
    write_setup(payload, older.setup, of, ICON, when, is_quick=True)
    return older


def _date(payload: Path, when: int) -> None:
    for path in (payload, *payload.rglob("*")):
        os.utime(path, (when, when))


def _before(version: str) -> str:
    """Return a version before *version*."""
    parts = [int(part) for part in version.split(".")]
    at = next(place for place in (2, 1, 0) if parts[place] > 0)
    parts[at] -= 1
    parts[at + 1 :] = [9] * (len(parts) - at - 1)
    return ".".join(str(part) for part in parts)
