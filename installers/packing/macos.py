"""The package for macOS: a disk image with the bundle.  Never run on a Mac: installers/README.md.

PyInstaller freezes only for the system that it runs on, and signing takes Apple's own tools.
"""

from __future__ import annotations

import os
import platform
import shutil
from typing import TYPE_CHECKING

from packing import environments, macos_signing
from packing.checksums import write_checksums
from packing.folder import FROZEN, build_folder
from packing.licences import write_licences
from packing.macos_bundle import bundle_name
from packing.own import COMMAND, product
from packing.release_file import write_release_file
from packing.sbom import write_sbom
from programs import ROOT, CannotGoOnError, run_quietly, say

if TYPE_CHECKING:
    from collections.abc import Iterable

DIST = ROOT / "dist" / "macos"
_FAILED = "Apple's tool said no; its words are above."


def package(*, is_quick: bool) -> None:
    """Make the disk image in dist/macos; *is_quick* leaves out what Apple has to look through.

    Raises CannotGoOnError where this is no Mac, or one of Apple's tools fails.
    """
    if platform.system() != "Darwin":
        raise CannotGoOnError(
            f"Packages for macOS are made on a Mac, with Apple's own tools; this is "
            f"{platform.system()}. installers/README.md says how."
        )
    build_folder("macos")
    of, python = product(), environments.program_python()
    app = FROZEN / bundle_name(of)
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    name = f"{COMMAND}-{of.version}-macos-{platform.machine()}"
    told = app / "Contents" / "Resources" / "resources" / "licences"
    text, _ = write_licences(python, told, folder=app)
    shutil.copyfile(text, DIST / f"{name}-{text.name}")
    write_sbom(python, DIST / f"{name}.cdx.json", folder=app)
    by = macos_signing.mac_signer({} if is_quick else os.environ)
    _carry_out(macos_signing.signing(by, app, macos_signing.machine_code(app)))
    made = DIST / f"{name}.dmg"
    _carry_out([macos_signing.image(app, of.name, made), *macos_signing.notarising(by, made)])
    write_release_file(DIST)
    write_checksums(DIST)
    if not by.is_for_others:
        say("It is signed for this Mac alone; installers/README.md says how to sign it for others.")


def _carry_out(commands: Iterable[macos_signing.Command]) -> None:
    for command in commands:
        run_quietly(list(command), _FAILED)
