"""Running other programs for the developer's commands.

Each gets the same clean environment, is stopped when this program is stopped, and either
shows what it prints or keeps it back until it fails.  What is run, and in which order, is
decided elsewhere.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent

# They would let packages from outside .venv in, or tell Python that it is another one.  The last
# would have every process of the tests compile the whole program for itself.
UNWANTED = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
    "PYTHONDONTWRITEBYTECODE",
)

SECONDS_TO_STOP = 5.0


class CannotGoOnError(Exception):
    """Something that a person has to put right first; the text is one sentence for them."""


class Owner(NamedTuple):
    """The user and group under whom a program is to run; only root may ask for it."""

    user: str
    group: str


def say(text: str) -> None:
    """Print *text* at once, so that it stands before what the next program prints."""
    print(text, flush=True)


def clean_environment(
    given: Mapping[str, str], more: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return *given* without what could change the Python inside .venv, and with *more*."""
    clean = {name: value for name, value in given.items() if name not in UNWANTED}
    return {**clean, "PYTHONNOUSERSITE": "1", **(more or {})}


def run(
    command: Sequence[str | Path],
    more: Mapping[str, str] | None = None,
    *,
    folder: Path = ROOT,
    owner: Owner | None = None,
) -> int:
    """Run *command*, showing what it prints, and return its exit status."""
    process = subprocess.Popen(
        [str(word) for word in command],
        env=clean_environment(os.environ, more),
        cwd=folder,
        user=owner.user if owner else None,
        group=owner.group if owner else None,
        extra_groups=() if owner else None,
    )
    try:
        return process.wait()
    except BaseException as reason:
        stop(process, has_heard=isinstance(reason, KeyboardInterrupt))
        raise


def run_quietly(
    command: Sequence[str | Path],
    otherwise: str,
    more: Mapping[str, str] | None = None,
    *,
    folder: Path = ROOT,
    owner: Owner | None = None,
) -> str:
    """Run *command* and return what it printed, which is shown only if it fails.

    Raises CannotGoOnError(*otherwise*) then: a sentence that says what to do.
    """
    with subprocess.Popen(
        [str(word) for word in command],
        env=clean_environment(os.environ, more),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        user=owner.user if owner else None,
        group=owner.group if owner else None,
        extra_groups=() if owner else None,
    ) as process:
        try:
            printed, _ = process.communicate()
        except BaseException as reason:
            stop(process, has_heard=isinstance(reason, KeyboardInterrupt))
            raise
    if process.returncode != 0:
        say(f"$ {' '.join(str(word) for word in command)}\n{printed.rstrip()}")
        raise CannotGoOnError(otherwise)
    return printed


def stop(process: subprocess.Popen[str] | subprocess.Popen[bytes], *, has_heard: bool) -> None:
    """End *process*: at its own pace if it *has_heard* Ctrl+C, else asked to, else killed."""
    if has_heard:  # the terminal sends Ctrl+C to every program in it, so it is ending already
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            pass
        else:
            return
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_cleanly_when_told_to() -> None:
    """Let a request to end (SIGTERM) unwind this program, so that servers are stopped too."""

    def leave(number: int, _frame: object) -> NoReturn:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
