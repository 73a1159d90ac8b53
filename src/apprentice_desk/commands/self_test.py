"""The self-test: what the program can do, tried out in a folder that is removed again.

It is what support asks for, and what an installed program is tried with.  Each part says in one
sentence what it did and how long it took; what is told holds no name and no path, so that it can
be sent as it is.
"""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from traceback import extract_tb

from apprentice_desk import crashes
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.frozen import is_frozen
from apprentice_desk.product import version
from apprentice_desk.safekeeping import support


@dataclass(frozen=True, slots=True)
class Trial:
    """What a part tries itself out with: an empty folder that is removed, and the time."""

    folder: Path
    today: date
    now: datetime


Doing = Callable[[Trial], str]
"""What a part does: returns what is said of it, without a dot; raises where it fails."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part; one that *needs* another by its title is left out where that failed."""

    title: str
    do: Doing
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part went."""

    title: str
    is_fine: bool
    said: str
    seconds: float = 0.0

    def __str__(self) -> str:
        mark = "ok  " if self.is_fine else "FAIL"
        return f"{mark}  {self.title}: {self.said} ({self.seconds:.1f} s)"


def run(parts: Sequence[Part], today: date, now: datetime, to: str = "") -> int:
    """Run every part and say how each went; 2 when one fails.

    All that is said is also saved as *to*, where that is given; raises Problem where it cannot be.
    """
    lines: list[str] = []
    failed = 0
    for line, is_fine in _said(parts, today, now):
        print(line, flush=True)
        lines.append(line)
        failed += not is_fine
    if to:
        support.save("\n".join(lines) + "\n", Path(to))
    return 2 if failed else 0


def _said(parts: Sequence[Part], today: date, now: datetime) -> Iterator[tuple[str, bool]]:
    """Give each line, and whether what it tells of is fine."""
    yield f"Apprentice Desk {version()}, self-test of {now:%Y-%m-%d %H:%M} UTC", True
    yield _computer(), True
    failed = []
    for outcome in outcomes(parts, today, now):
        yield str(outcome), outcome.is_fine
        failed += [] if outcome.is_fine else [outcome.title]
    if failed:
        yield (
            f"{counted(len(failed), 'part')} of the self-test failed: {', '.join(failed)}. Please"
            " send these lines to whoever supports the program; nobody is named in them.",
            True,
        )
    else:
        yield "The self-test passed.", True


def _computer() -> str:
    kind = "installed program" if is_frozen() else "program from its source"
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"The {kind}, Python {platform.python_version()}, {system}"


def outcomes(parts: Iterable[Part], today: date, now: datetime) -> Iterator[Outcome]:
    """Run every part and give how each went, at last whether all of it could be cleared away."""
    failed: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="apprentice-desk-", ignore_cleanup_errors=True) as name:
        trial = Trial(Path(name), today, now)
        for part in parts:
            if part.needs in failed:
                outcome = Outcome(part.title, False, f"left out, since it needs “{part.needs}”")
            else:
                outcome = _outcome(part, trial)
            if not outcome.is_fine:
                failed.add(part.title)
            yield outcome
        yield _outcome(Part("clearing up", _clear), trial)


def _clear(trial: Trial) -> str:
    """Empty the folder; on Windows that fails where a part left a file open."""
    count = 0
    for each in sorted(trial.folder.rglob("*"), reverse=True):
        count += each.is_file()
        each.rmdir() if each.is_dir() else each.unlink()
    return f"{counted(count, 'file')} removed, and nothing is left"


def _outcome(part: Part, trial: Trial) -> Outcome:
    began = time.perf_counter()
    try:
        said, is_fine = part.do(trial), True
    except Problem as problem:
        said, is_fine = str(problem), False
    except Exception as fault:  # noqa: BLE001 - a fault of ours is what is looked for
        said, is_fine = _fault(fault), False
    return Outcome(part.title, is_fine, said, time.perf_counter() - began)


def _fault(fault: Exception) -> str:
    """Return what a fault is and where, without its words, which could hold a path."""
    what = type(fault).__name__
    if isinstance(fault, ImportError) and fault.name:
        what += f" of {fault.name}"
    if isinstance(fault, OSError) and fault.strerror:
        what += f", {fault.strerror}"
        what += f", {Path(fault.filename).name}" if isinstance(fault.filename, str) else ""
    frames = crashes.frames(extract_tb(fault.__traceback__))
    return f"{what};{';'.join(frames[-4:])}"
