"""The frozen folder for the system that this is: made by PyInstaller, and held against its limit.

Windows' is made in another way where this is not Windows; see windows_runtime.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from packing import contents, environments
from packing.licences import write_licences
from packing.own import COMMAND
from programs import ROOT, CannotGoOnError, run_quietly, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPECIFICATION = ROOT / "installers" / "apprentice_desk.spec"
WORK = environments.BUILD / "work"
FROZEN = environments.BUILD / "frozen"
FOLDER = FROZEN / COMMAND
INNER = contents.INNER
MOST_BYTES = {"linux": 180_000_000, "windows": 150_000_000}
"""What the folder may take, by system; for macOS nobody has measured."""

_FREEZING = (
    "installers/start.py",
    "installers/locks/p*.txt",
    "installers/packing/[ci]*.py",  # contents, closure, icons
    "installers/packing/hidden.py",
    "installers/packing/licences.py",
    "installers/packing/s[ty]*.py",  # stripping, system_libraries
    "installers/linux/system_libraries.toml",
    "installers/packing/works.py",
)
"""What says, besides the program and the specification, what is in the folder."""
_FAILED = "PyInstaller could not freeze the program; what it said is above."


def commit_time() -> int:
    """Return when the last commit was made, in seconds since 1970: the time of what is packed."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    return int(run_quietly(["git", "log", "-1", "--format=%ct"], "git knows of no last commit."))


def build_folder(system: str, *, anew: bool = False) -> Path:
    """Freeze the program for this *system* and return the folder, with the licences in it.

    What is there already is kept unless something that it was made from has changed, or it is
    wanted *anew*.  Raises CannotGoOnError where PyInstaller fails, a licence does not fit, a file
    is missing or one too many, or the folder is too large.
    """
    stamp, made_from = FROZEN / "made-from", f"{commit_time()} {_digest()}"
    if not anew and stamp.exists() and stamp.read_text("utf-8") == made_from:
        return FOLDER
    program, tools = environments.program_python(), environments.tools_python()
    say("Freezing the program; this takes about a minute …")
    for old in (WORK, FROZEN):
        shutil.rmtree(old, ignore_errors=True)
    words: list[str | Path] = [tools, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    words += ["--distpath", FROZEN, "--workpath", WORK, SPECIFICATION]
    run_quietly(
        words,
        _FAILED,
        {
            "PYTHONPATH": str(environments.packages_of(program)),
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": str(commit_time()),
            "QT_QPA_PLATFORM": "offscreen",
        },
    )
    write_licences(program, FOLDER / INNER / "resources" / "licences", folder=FOLDER)
    if system != "macos":  # whose bundle has other folders
        check_contents(FOLDER)
    check_size(FOLDER, system)
    stamp.write_text(made_from, "utf-8")
    return FOLDER


def check_contents(folder: Path) -> None:
    """Raise CannotGoOnError if *folder* holds what it should not, or lacks a file of our own."""
    found = contents.amiss(folder, ROOT / "resources")
    if found:
        raise CannotGoOnError("The frozen folder is not right:\n" + "\n".join(found))


def size(folder: Path) -> int:
    """Return the bytes of all files in *folder*; one that has two names is counted once."""
    return sum(path.stat().st_size for path in folder.rglob("*") if not path.is_symlink())


def check_size(folder: Path, system: str) -> None:
    """Raise CannotGoOnError if *folder* is larger than it may be on *system*; say how large."""
    found, most = size(folder), MOST_BYTES.get(system)
    say(f"The frozen folder has {found / 1e6:.1f} MB.")
    if most is not None and found > most:
        raise CannotGoOnError(
            f"It may have {most / 1e6:.0f} MB: see what has come in, and leave out in "
            "installers/packing/contents.py what the program does not need."
        )


def _digest() -> str:
    """Return a digest of all that the folder is made from."""
    whole = hashlib.sha256()
    for path in _sources():
        whole.update(f"{path.relative_to(ROOT)}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _sources() -> Iterator[Path]:
    yield from (ROOT / "pyproject.toml", SPECIFICATION)
    for pattern in ("src/**/*", "resources/**/*", *_FREEZING):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
