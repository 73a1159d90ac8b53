"""Makes the disk fail under a program that changes a desk, and looks at what it says and leaves.

strace lets a call to the file system fail as a full, broken or read-only disk would.  The program
must say what happened in a sentence (a Problem), lose nothing that it had acknowledged, keep
nothing of what it said was not saved, and go on once the disk is well.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apprentice_desk.records.troubles import trial_of
from torture.killing import LONGEST_SECONDS, Desk, Tally, Workers, is_alive, look_after, traced

BEFORE = ("log", "many", "attach")
ACTS = ("log", "attach", "many", "undo")
AFTER = ("log", "attach", "undo", "log")
FULL = r"The disk is full"
NO_RIGHT = r"cannot be written to"
NO_ANSWER = r"did not answer|was not opened: it cannot be read"
NOT_CONFIRMED = r"is in .*, but the disk did not confirm"
ANY_OF_THEM = f"{FULL}|{NO_RIGHT}|{NO_ANSWER}|is damaged"


@dataclass(frozen=True)
class Fault:
    """A way in which the disk fails.

    *calls* fail with *how* (strace's own words), where they have to do with one of *where*: the
    desk, its journal, the folder, the lock.  *says* is what the program must say of it.
    """

    name: str
    calls: str
    how: str
    where: tuple[str, ...]
    says: str
    whens: tuple[str, ...] = ("1+", "2")
    phases: tuple[str, ...] = ("changing",)


HALF_PAGES = 20_123
"""Bytes; not a whole number of pages."""
FILES = ("desk", "journal")
FAULTS = (
    Fault("full disk: the desk cannot grow", "pwrite64", "error=ENOSPC", ("desk",), FULL),
    Fault("full disk: the journal cannot grow", "pwrite64", "error=ENOSPC", ("journal",), FULL),
    Fault("full disk: no journal can be made", "openat", "error=ENOSPC", ("journal", "trial"),
          FULL, ("1+",)),
    Fault("full disk: no lock can be written", "write,openat", "error=ENOSPC", ("lock",), NO_RIGHT,
          phases=("opening",)),
    Fault("over quota", "pwrite64,write", "error=EDQUOT", (*FILES, "trial"), FULL, ("1+",)),
    Fault("broken disk: reading the desk", "pread64", "error=EIO", ("desk",), NO_ANSWER,
          ("1+", "3"), ("changing", "opening")),
    Fault("broken disk: writing the desk", "pwrite64", "error=EIO", ("desk",), NO_ANSWER,
          ("1+", "3")),
    Fault("broken disk: writing the journal", "pwrite64", "error=EIO", ("journal",), NO_ANSWER,
          ("1+", "3")),
    Fault("broken disk: syncing the desk", "fsync,fdatasync", "error=EIO", ("desk",), NO_ANSWER),
    Fault("broken disk: syncing the journal", "fsync,fdatasync", "error=EIO", ("journal",),
          NO_ANSWER),
    Fault("broken disk: syncing the folder", "fsync,fdatasync", "error=EIO", ("folder",),
          NOT_CONFIRMED),
    Fault("broken disk: removing the journal", "unlink,unlinkat", "error=EIO", ("journal",),
          NO_ANSWER),
    Fault("broken disk: opening the desk", "openat", "error=EIO", ("desk",), NO_ANSWER,
          ("1+",), ("opening",)),
    Fault("broken disk: making the journal", "openat", "error=EIO", ("journal",), NO_ANSWER),
    Fault("broken disk: looking for the desk", "newfstatat,stat,statx", "error=EIO", ("desk",),
          NO_ANSWER, ("1+",), ("opening", "changing")),
    Fault("broken disk: locking the desk", "fcntl", "error=EIO", ("desk",), NO_ANSWER,
          ("1+",), ("changing", "opening")),
    Fault("drive gone: every call", "openat,pread64,pwrite64,fsync,fdatasync,unlink,newfstatat",
          "error=ENODEV", (*FILES, "folder"), NO_ANSWER, ("1+",), ("changing", "opening")),
    Fault("drive gone: the share is stale", "openat,pread64,pwrite64,fsync,fdatasync,newfstatat",
          "error=ESTALE", FILES, NO_ANSWER, ("1+",), ("changing", "opening")),
    Fault("drive gone: removing the lock", "unlink,unlinkat", "error=EIO", ("lock",), NO_ANSWER,
          ("1+",), ("closing",)),
    Fault("read only: no journal can be made", "openat", "error=EROFS", ("journal", "trial"),
          NO_RIGHT, ("1+",)),
    Fault("read only: no right to make a journal", "openat", "error=EACCES", ("journal",),
          NO_RIGHT),
    Fault("read only: writing the desk", "pwrite64,write,openat", "error=EROFS",
          ("desk", "trial"), NO_RIGHT, ("1+",)),
    Fault("read only: removing the journal", "unlink,unlinkat,openat", "error=EROFS",
          ("journal", "trial"), NO_RIGHT, ("1+",)),
    Fault("read only: no lock can be made", "openat", "error=EROFS", ("lock",), NO_RIGHT,
          ("1+",), ("opening",)),
    Fault("short writes: nothing of a page of the desk", "pwrite64", "retval=0", ("desk",), FULL),
    Fault("short writes: nothing of a page of the journal", "pwrite64", "retval=0", ("journal",),
          FULL),
    Fault("short reads of the desk", "pread64", "retval=0", ("desk",), ANY_OF_THEM, ("1+",),
          ("changing", "opening")),
)  # fmt: skip


@dataclass
class Borne:
    """What came of one fault."""

    name: str
    met: bool
    """The program met it: something was refused, or it was told of otherwise."""
    said: list[str]
    wrong: list[str] = field(default_factory=list)


def bear_once(
    workers: Workers, desk: Desk, fault: Fault, when: str, phase: str, seed: str
) -> Borne:
    """Let the disk fail in one way under a program, and check what it said and left."""
    places = {
        "desk": desk.path,
        "journal": desk.journal,
        "folder": desk.path.parent,
        "lock": desk.path.with_name(desk.path.name + ".lock"),
        "trial": trial_of(desk.path),
    }
    given = [f"inject={fault.calls}:{fault.how}:when={when}"]
    paths = [places[each] for each in fault.where]
    return _borne(
        workers,
        desk,
        f"{fault.name} ({when}, {phase})",
        fault.says,
        seed,
        {"phase": phase},
        lambda pid: traced(pid, desk, given, paths),
    )


def bear_half_pages(workers: Workers, desk: Desk, seed: str) -> Borne:
    """Let no file grow beyond a limit: the page that reaches it is written in part only."""

    @contextmanager
    def trouble(_pid: int) -> Iterator[None]:
        desk.gate.touch()
        yield

    more = {"phase": "changing", "limit": HALF_PAGES}
    name = "short writes: half of a page (changing)"
    return _borne(workers, desk, name, NO_ANSWER, seed, more, trouble)


def bear_full_disk(workers: Workers, folder: Path, seed: str) -> Borne | None:
    """Fill a small disk of its own to the last byte; None where none may be made."""
    folder.mkdir(parents=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        return None
    try:
        desk = Desk.made(folder / "desk", is_encrypted=False)
        desk.said = folder.with_name("full-said.txt")  # what it says must not be held up
        ballast = folder / "ballast"

        @contextmanager
        def trouble(_pid: int) -> Iterator[None]:
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
            desk.gate.touch()
            yield
            ballast.unlink()

        more = {"phase": "changing"}
        name = "full disk: a real one (changing)"
        return _borne(workers, desk, name, FULL, seed, more, trouble)
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def _borne(
    workers: Workers,
    desk: Desk,
    name: str,
    says: str,
    seed: str,
    more: dict[str, Any],
    trouble: Callable[[int], Any],
) -> Borne:
    over = desk.path.with_name("over.txt")
    over.unlink(missing_ok=True)
    told = desk.told(
        seed, 0, gate=str(desk.gate), over=str(over), before=BEFORE, acts=ACTS, after=AFTER, **more
    )
    pid = workers.begin(told)
    wrong: list[str] = []
    try:
        _wait_for_line(desk, "ready", pid)
        with ExitStack() as running:
            running.enter_context(trouble(pid))
            _wait_for_line(desk, "through", pid)
        over.touch()
        until = time.monotonic() + LONGEST_SECONDS
        while is_alive(pid) and time.monotonic() < until:
            time.sleep(0.001)
        if is_alive(pid):
            wrong.append("it came to no end")
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        workers.end()
    said = desk.lines()
    problems = [line for line in said if "problem" in line]
    wrong += [line["crash"] for line in said if "crash" in line]
    for line in problems:
        what, remedy = line["problem"]
        at = line.get("of", "its end")
        if at.endswith("afterwards"):
            wrong.append(f"{at} was refused: {what}")
        elif not re.search(says, what) or not remedy:
            wrong.append(f"at {at} it said: {what} {remedy}")
    tally = Tally()
    desk.said.write_text(  # what was refused is none of what was under way
        "".join(f"{json.dumps(line)}\n" for line in _without_refused(said)), encoding="utf-8"
    )
    look_after(desk, tally, name)
    return Borne(
        name, bool(problems), [line["problem"][0] for line in problems], wrong + tally.wrong
    )


def _without_refused(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for line in said:
        if "problem" in line:
            if kept and "begins" in kept[-1]:
                kept.pop()
        elif "crash" not in line:
            kept.append(line)
    return kept


def _wait_for_line(desk: Desk, word: str, pid: int) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while is_alive(pid) and time.monotonic() < until:
        if any(word in line for line in desk.lines()):
            return
        time.sleep(0.002)


def bear_all(
    workers: Workers,
    folder: Path,
    seed: int,
    faults: tuple[Fault, ...] = FAULTS,
    note: Callable[[Borne], None] | None = None,
    *,
    is_short: bool = False,
) -> list[Borne]:
    """Let the disk fail in every way, over plain and encrypted desks; *is_short*: each way once."""
    found: list[Borne] = []
    turn = 0

    def came(borne: Borne) -> None:
        found.append(borne)
        if note is not None:
            note(borne)

    for fault in faults:
        cases = [
            (when, phase, is_encrypted)
            for phase in fault.phases
            for when in fault.whens
            for is_encrypted in (False, True)
        ]
        for when, phase, is_encrypted in cases[turn % 2 : turn % 2 + 1] if is_short else cases:
            turn += 1
            desk = Desk.made(folder / f"fault-{seed}-{turn}", is_encrypted=is_encrypted)
            borne = bear_once(workers, desk, fault, when, phase, f"{seed}-{turn}")
            borne.name += ", encrypted" if is_encrypted else ""
            if not borne.wrong:
                shutil.rmtree(desk.path.parent)
            came(borne)
    if faults is FAULTS:
        for is_encrypted in (False, True):
            desk = Desk.made(folder / f"half-{seed}-{is_encrypted}", is_encrypted=is_encrypted)
            came(bear_half_pages(workers, desk, f"{seed}-half"))
        if not is_short and (full := bear_full_disk(workers, folder / "full", f"{seed}-full")):
            came(full)
    return found
