"""Shared libraries without what only a debugger reads; on Linux some come with it, 45 MB in all."""

from __future__ import annotations

import subprocess
from pathlib import Path


def without_debugging(binary: Path, folder: Path) -> Path:
    """Return *binary*, or a copy of it in *folder* without what a debugger reads.

    Symbols by which it is linked stay, and so does every byte that is ever run.
    """
    if b".symtab\0" not in binary.read_bytes():
        return binary
    folder.mkdir(parents=True, exist_ok=True)
    to = folder / f"{len(list(folder.iterdir()))}-{binary.name}"
    subprocess.run(["strip", "--strip-unneeded", "-o", to, binary], check=True)
    return to
