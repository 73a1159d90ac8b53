"""What is kept of a fault of ours: where it happened, and nothing about anybody.

Exception texts, local values and paths are left out, since they can hold names.
"""

from __future__ import annotations

import sys
import traceback
import zlib
from datetime import datetime
from pathlib import Path
from types import TracebackType

from apprentice_desk import __version__, private_files


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
        f"version: {__version__}, Python {platform.python_version()}",
        f"platform: {platform.system()} {platform.release()} {platform.machine()}",
        f"fault: {kind.__name__} ({fingerprint(kind, trace)})",
        "where:",
    ]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    return "\n".join(lines) + "\n"


def keep(
    folder: Path, kind: type[BaseException], trace: TracebackType | None, now: datetime
) -> Path | None:
    """Write the report into *folder* and return its path; None when that is not possible."""
    path = folder / f"fault-{fingerprint(kind, trace)}.txt"
    try:
        private_files.make_folder(folder)
        private_files.put(path, report(kind, trace, now).encode())
    except OSError:
        return None
    return path


def sentence(path: Path | None) -> str:
    """Return what to tell the person."""
    where = f" A report without personal details is in {path}." if path else ""
    return f"Something went wrong inside the program; nothing was half done.{where}"


def is_stop(kind: type[BaseException]) -> bool:
    """Whether the program was asked to stop, which is no fault."""
    return issubclass(kind, KeyboardInterrupt | SystemExit)


def print_report(kind: type[BaseException], trace: TracebackType | None, now: datetime) -> None:
    """Write the report to standard error; for runs where nobody sees a window."""
    sys.stderr.write(report(kind, trace, now))
