"""Packages of a version before, to be upgraded from: as this one's, but for number and a file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from packing.debian import write_deb
from packing.folder import FOLDER, INNER, commit_time
from packing.licences import TEXT
from packing.linux_files import filled, shared_files, words
from packing.own import COMMAND
from packing.tarball import write_tarball

OLDER = "0.0.9"
ONLY_OLDER = f"{INNER}/only in the older.txt"
"""What is in the older one's folder alone, and is to be gone when it is upgraded."""


def make_older(folder: Path) -> tuple[Path, Path]:
    """Make the .deb and the tar.gz of the version before in *folder*; return both."""
    shutil.rmtree(folder, ignore_errors=True)
    frozen = folder / COMMAND
    shutil.copytree(FOLDER, frozen, symlinks=True)
    (frozen / ONLY_OLDER).write_text("It is gone in the next.\n", "utf-8")
    told = frozen / INNER / "_product.toml"
    version = re.compile(r'^version = ".*"$', re.MULTILINE)
    told.write_text(version.sub(f'version = "{OLDER}"', told.read_text("utf-8"), count=1), "utf-8")
    seconds = commit_time()
    deb, tarball = folder / f"{COMMAND}_{OLDER}.deb", folder / f"{COMMAND}-{OLDER}.tar.gz"
    text = frozen / INNER / "resources" / "licences" / TEXT
    tree = folder / "tree"
    write_deb(frozen, text, deb, seconds, tree, version=OLDER, is_quick=True)
    shutil.rmtree(tree)
    beside = {
        "INSTALL.txt": filled("INSTALL.txt", words(seconds, glibc="2.36")),
        **{f"share/{path}": content for path, content in shared_files(seconds).items()},
    }
    write_tarball(frozen, beside, tarball, f"{COMMAND}-{OLDER}", seconds, level=1)
    shutil.rmtree(frozen)
    return deb, tarball
