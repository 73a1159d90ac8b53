"""What is kept of a fault of ours: where it happened, and nothing about anybody.

Exception texts, local values and paths are left out, since they can hold names.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import sys
import traceback
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

from apprentice_desk import private_files
from apprentice_desk.product import version


def fingerprint(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return a short text that is the same for the same fault at the same place."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    text = "|".join([kind.__name__, *frames])
    return f"{zlib.crc32(text.encode()):08x}"


def report(kind: type[BaseException], trace: TracebackType | None, now: datetime) -> str:
    """Return the report of a fault: type, frames, version and platform."""
    import platform  # only when there is something to report

    lines = [
        "Apprentice Desk: report of a fault",
        f"when: {now:%Y-%m-%d %H:%M} UTC",
        f"version: {version()}, Python {platform.python_version()}",
        f"platform: {platform.system()} {platform.release()} {platform.machine()}",
        f"fault: {kind.__name__} ({fingerprint(kind, trace)})",
        "where:",
    ]
    lines += frames(traceback.extract_tb(trace))
    return "\n".join(lines) + "\n"


def frames(found: Iterable[traceback.FrameSummary]) -> list[str]:
    """Return frames as reports tell them: the file's name alone, since a path may hold a name."""
    return [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in found]


def keep(
    folder: Path, kind: type[BaseException], trace: TracebackType | None, now: datetime
) -> Path | None:
    """Write the report into *folder* and return its path; None when that is not possible."""
    return _write(folder / f"fault-{fingerprint(kind, trace)}.txt", report(kind, trace, now))


def keep_standstill(
    folder: Path, found: traceback.StackSummary, seconds: float, now: datetime
) -> Path | None:
    """Write where a window stood still, and for how long so far; None when that is not possible."""
    lines = [
        "Apprentice Desk: report of a window that stood still",
        f"when: {now:%Y-%m-%d %H:%M} UTC",
        f"version: {version()}, Python {sys.version.split()[0]}",
        f"so far: {seconds:.1f} seconds",
        "where:",
        *frames(found),
    ]
    mark = f"{zlib.crc32('|'.join(lines[5:]).encode()):08x}"
    return _write(folder / f"still-{mark}.txt", "\n".join(lines) + "\n")


def _write(path: Path, text: str) -> Path | None:
    try:
        private_files.make_folder(path.parent)
        private_files.put(path, text.encode())
    except OSError:
        return None
    return path


def reports(folder: Path) -> tuple[Path, ...]:
    """Return the reports that are kept, newest first."""
    found = [path for path in folder.glob("*.txt") if path.is_file()]
    return tuple(sorted(found, key=lambda path: (-path.stat().st_mtime, path.name)))


def is_lack_of_memory(kind: type[BaseException]) -> bool:
    """Whether the computer had no memory left, which is no fault of the program's."""
    return issubclass(kind, MemoryError)


OUT_OF_MEMORY = (
    "There was not enough memory to go on; nothing was half done.",
    "Close other programs and windows, then try again, with fewer or smaller files if you can.",
)
"""What is said then, and what to do."""


def sentence(path: Path | None, kind: type[BaseException] = Exception) -> str:
    """Return what to tell the person."""
    if is_lack_of_memory(kind):
        return " ".join(OUT_OF_MEMORY)
    where = f" A report without personal details is in {path}." if path else ""
    return f"Something went wrong inside the program; nothing was half done.{where}"


def is_stop(kind: type[BaseException]) -> bool:
    """Whether the program was asked to stop, which is no fault."""
    return issubclass(kind, KeyboardInterrupt | SystemExit)


def print_report(kind: type[BaseException], trace: TracebackType | None, now: datetime) -> None:
    """Write the report to standard error; for runs where nobody sees a window."""
    sys.stderr.write(report(kind, trace, now))


# --- crashes that end the program, and ends without a word ----------------------------------------

_BAD_END = re.compile(r"(?:Fatal Python error|Windows fatal exception): (.*)")
_BAD_ENDS = (
    "Segmentation fault", "Aborted", "Bus error", "Illegal instruction", "Floating point exception",
    "Floating-point exception", "access violation", "stack overflow", "int divide by zero",
)  # fmt: skip
_FRAME = re.compile(r'\s*File "(.*)", line (\d+) in (.+)')
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]+.*\(most recent call first\):")


class Watch:
    """Keeps where the program was when the system ended it; give it back with ``release``.

    The file is Python's own, and names whole paths: it is private, and the next start makes a
    report of it without them (``left_behind``).
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"running-{os.getpid()}.trace"
        self._file = None
        with contextlib.suppress(OSError):
            private_files.make_folder(folder)
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = os.fdopen(handle, "w")
            faulthandler.enable(self._file)

    def release(self) -> None:
        """Say that the program was closed in good order."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with contextlib.suppress(OSError):
                self._path.unlink()


def left_behind(folder: Path, now: datetime) -> tuple[int, tuple[Path, ...]]:
    """Return how many runs ended without being closed, and the reports of those that crashed.

    What they left is removed.  A run that is still going on is left alone.
    """
    ended, told = 0, []
    for path in sorted(folder.glob("running-*.trace")):
        if _is_running(path):
            continue
        try:
            text = path.read_text("utf-8", errors="replace")
            path.unlink()
        except OSError:  # Windows: somebody has it open
            continue
        ended += 1
        lines = list(_told(text))
        if lines:
            mark = f"{zlib.crc32(chr(10).join(lines).encode()):08x}"
            head = ["Apprentice Desk: report of a crash", f"found: {now:%Y-%m-%d %H:%M} UTC"]
            head.append(f"version: {version()}, Python {sys.version.split()[0]}")
            kept = _write(folder / f"crash-{mark}.txt", "\n".join([*head, *lines]) + "\n")
            if kept is not None:
                told.append(kept)
    return ended, tuple(told)


def _is_running(path: Path) -> bool:
    number = path.stem.removeprefix("running-")
    if sys.platform == "win32" or not number.isdecimal():
        return False  # there a file in use cannot be removed, which says it as well
    if int(number) == 0:  # to the system that is every process of the group
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _told(text: str) -> Iterator[str]:
    """Give the lines of Python's own account that name code only."""
    for line in text.splitlines():
        if found := _BAD_END.match(line):
            known = (each for each in _BAD_ENDS if each in found[1])
            yield f"fault: {next(known, 'another')}"
        elif found := _THREAD.match(line):
            yield f"{found[1]}:"
        elif found := _FRAME.match(line):
            name = re.split(r"[\\/]", found[1])[-1]
            yield f"  {name}:{found[2]} in {found[3]}"
