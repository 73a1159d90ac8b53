"""The checksums of what a build leaves in dist/, for whoever wants to know that it is unchanged."""

from __future__ import annotations

import hashlib
from pathlib import Path

SUMS = "SHA256SUMS"


def write_checksums(folder: Path) -> Path:
    """Write SHA256SUMS of every file in *folder* and below, as sha256sum checks them.

    What is unsigned and lies beside its signed copy is told as well: signing changes a file's
    bytes, so that only the unsigned ones can be compared with a build of one's own.
    """
    sums = folder / SUMS
    lines = [
        f"{digest(path)}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != sums
    ]
    sums.write_text("".join(lines), "utf-8", newline="\n")
    return sums


def digest(path: Path) -> str:
    """Return the SHA-256 of the file *path*."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
