"""The virtual environment in .venv: made, filled from a lock, and left alone while it is right.

A stamp inside it says what it was made from.  While the stamp fits, nothing is run at all, so
that a second start takes no longer than the program itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import machine
from programs import ROOT, CannotGoOnError, run_quietly, say

RUN = "run"
DEV = "dev"  # everything of RUN, and the tools of the checks

NO_PIP = "pip could not install them; look at its last lines above, and at the network, and retry."
INCOMPLETE = "The packages do not fit together (above); the locks need renewing."


class Stamp(NamedTuple):
    """What an environment was made from; two that are equal are interchangeable."""

    lock: str  # RUN or DEV
    digest: str  # of that lock's content
    python: str  # "3.11"
    project: str  # digest of what the installed project says of itself
    folder: str  # scripts and the link to the source know where they are

    @classmethod
    def wanted(cls, root: Path, lock: str) -> Stamp:
        """Return the stamp that *root* asks for with *lock* and this Python."""
        return cls(
            lock=lock,
            digest=hashlib.sha256(lock_file(root, lock).read_bytes()).hexdigest(),
            python=f"{sys.version_info.major}.{sys.version_info.minor}",
            project=_project_digest(root / "pyproject.toml"),
            folder=str(root),
        )


def lock_file(root: Path, lock: str) -> Path:
    """Return the file that names every package of *lock* with its hashes."""
    return root / "installers" / "locks" / f"{lock}.txt"


def python_in(venv: Path) -> Path:
    """Return the Python of *venv*."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def program_in(venv: Path, name: str) -> Path:
    """Return the program *name* that a package put into *venv*."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def read_stamp(venv: Path) -> Stamp | None:
    """Return the stamp of *venv*; None if it has none, or none that can be read."""
    try:
        return Stamp(**json.loads(_stamp_file(venv).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def is_sound(venv: Path) -> bool:
    """Tell whether *venv* has a Python that is there, of this version, with pip."""
    try:
        written = (venv / "pyvenv.cfg").read_text("utf-8")
    except OSError:
        return False
    version = f"{sys.version_info.major}.{sys.version_info.minor}."
    is_same = any(
        name.strip() in {"version", "version_info"} and value.strip().startswith(version)
        for name, _, value in (line.partition("=") for line in written.splitlines())
    )
    pips = (*venv.glob("lib/python*/site-packages/pip"), *venv.glob("Lib/site-packages/pip"))
    return is_same and python_in(venv).exists() and bool(pips)


def lock_to_use(root: Path, lock: str, found: Stamp | None) -> str:
    """Return the lock to install for *lock*: DEV stays DEV, since it holds RUN as well."""
    if found is not None and found.lock == DEV:
        return DEV if found.digest == Stamp.wanted(root, DEV).digest else lock
    return lock


def prepare(lock: str, root: Path = ROOT) -> Path:
    """Make .venv in *root* right for *lock*, if it is not yet, and return its Python.

    Raises CannotGoOnError where Python lacks what it needs or pip fails.
    """
    venv = root / ".venv"
    found = read_stamp(venv)
    lock = lock_to_use(root, lock, found)
    wanted = Stamp.wanted(root, lock)
    is_usable = is_sound(venv)
    if is_usable and found == wanted:
        return python_in(venv)
    if not is_usable or (found is not None and _must_be_made_anew(found, wanted)):
        _make(venv)
    _stamp_file(venv).unlink(missing_ok=True)
    _fill(venv, root, lock)
    _stamp_file(venv).write_text(json.dumps(wanted._asdict(), indent=2) + "\n", "utf-8")
    return python_in(venv)


def _must_be_made_anew(found: Stamp, wanted: Stamp) -> bool:
    """Tell whether installing on top would leave traces: packages of an older lock, old paths."""
    is_added_to = found.lock == RUN and wanted.lock == DEV
    return found.folder != wanted.folder or (found.digest != wanted.digest and not is_added_to)


def _make(venv: Path) -> None:
    absent = machine.provide(machine.ENVIRONMENTS)
    if absent:
        raise CannotGoOnError(f"To make a virtual environment, {machine.request(absent)}.")
    say("Making the virtual environment .venv …")
    if venv.exists():
        try:
            shutil.rmtree(venv)
        except OSError as problem:
            raise CannotGoOnError(
                f"The old .venv could not be removed ({problem}); close what uses it, and retry."
            ) from problem
    # The Python below any environment that this one may itself be running in.
    base = getattr(sys, "_base_executable", sys.executable)
    run_quietly(
        [base, "-m", "venv", venv],
        "The virtual environment could not be made; what Python said of it is above.",
    )


def _fill(venv: Path, root: Path, lock: str) -> None:
    say("Installing the packages it needs; the first time this takes a minute or two …")
    pip: list[str | Path] = [python_in(venv), "-m", "pip", "install", "--no-input", "--quiet"]
    pip += ["--disable-pip-version-check", "--progress-bar", "off"]
    # The lock names everything, so nothing is left for pip to choose: an older pip that meets a
    # wish such as "coverage[toml]>=7" would take the newest release for it, and refuse that one.
    pip.append("--no-deps")
    run_quietly([*pip, "--require-hashes", "-r", lock_file(root, lock)], NO_PIP, folder=root)
    run_quietly([*pip, "--no-build-isolation", "--no-index", "-e", root], NO_PIP, folder=root)
    run_quietly([python_in(venv), "-m", "pip", "check"], INCOMPLETE, folder=root)


def _stamp_file(venv: Path) -> Path:
    return venv / "apprentice-desk.json"


def _project_digest(pyproject: Path) -> str:
    """Return a digest of the tables that an installed project depends on, not of its tools'."""
    content = tomllib.loads(pyproject.read_text("utf-8"))
    told = [content.get("project"), content.get("build-system"), content["tool"].get("hatch")]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
