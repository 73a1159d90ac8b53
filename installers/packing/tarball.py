"""The program as a tar.gz, for a Linux that takes no .deb; the same files give the same bytes."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_tarball(
    frozen: Path, files: dict[str, bytes], to: Path, top: str, seconds: int, *, level: int
) -> None:
    """Write the folder *frozen*, under its own name, and *files* by their paths into the tar.gz.

    All of it lies in a folder *top*, belongs to root, and is of the time *seconds* since 1970.
    """
    with (
        to.open("wb") as raw,
        gzip.GzipFile("", "wb", level, raw, mtime=seconds) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in (frozen, *sorted(frozen.rglob("*"))):
            info = tar.gettarinfo(
                path, f"{top}/{frozen.name}/{path.relative_to(frozen)}".rstrip("/.")
            )
            _normalise(info, seconds)
            if info.isreg():
                with path.open("rb") as content:
                    tar.addfile(info, content)
            else:
                tar.addfile(info)
        for name, whole in sorted(files.items()):
            info = tarfile.TarInfo(f"{top}/{name}")
            info.size = len(whole)
            _normalise(info, seconds)
            tar.addfile(info, io.BytesIO(whole))


def _normalise(info: tarfile.TarInfo, seconds: int) -> None:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = seconds
    is_run = info.isdir() or info.mode & 0o100
    info.mode = 0o777 if info.issym() else 0o755 if is_run else 0o644
    if info.islnk():  # gettarinfo makes a link of a file that has two names
        info.type = tarfile.REGTYPE
