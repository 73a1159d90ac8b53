"""What the program did, kept for whoever supports it: rotated, private, and about nobody.

A line holds an Event, which is one of a fixed list of words, and facts that are numbers, words of
such lists, or places in the program's own code.  There is no way to put a text into it, so that no
name, title, path or message can get there; ``note`` refuses to.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from apprentice_desk import private_files

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler
    from traceback import FrameSummary

NAME = "apprentice-desk.log"
MOST_BYTES = 256 * 1024
OLDER = 3
"""How many files stand behind the newest; beyond them the oldest lines go."""

_LINE = re.compile(r"(\S+) ([a-z-]+)((?: [a-z_]+=\S+)*)")


class Event(StrEnum):
    """What can be told in the log."""

    STARTED = "started"
    POLICY = "policy"
    ENDED = "ended"
    NOT_CLOSED = "not-closed"
    CRASHED = "crashed"
    DESK_OPENED = "desk-opened"
    DESK_CLOSED = "desk-closed"
    PROBLEM = "problem"
    WORK_ENDED = "work-ended"
    FAULT = "fault"
    OUT_OF_MEMORY = "out-of-memory"
    STOOD_STILL = "stood-still"
    WENT_ON = "went-on"


SAYS = {
    Event.STARTED: "The program started",
    Event.POLICY: "Administrators' settings were read",
    Event.ENDED: "The program was closed",
    Event.NOT_CLOSED: "The program had ended without being closed",
    Event.CRASHED: "The program had crashed",
    Event.DESK_OPENED: "A desk was opened",
    Event.DESK_CLOSED: "A desk was closed",
    Event.PROBLEM: "Something could not be done, and was said",
    Event.WORK_ENDED: "Work in the background ended",
    Event.FAULT: "A fault of the program",
    Event.OUT_OF_MEMORY: "There was not enough memory",
    Event.STOOD_STILL: "The window stood still",
    Event.WENT_ON: "The window went on",
}
"""Each event as a person reads it."""


class Site(str):
    """A place in the program's own code; made by ``site_of`` and ``code_of`` only."""

    __slots__ = ()


Fact = bool | int | float | StrEnum | Site


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as it is read back; *event* is None for one of a newer program."""

    id: int
    at: datetime
    event: Event | None
    facts: str

    @property
    def says(self) -> str:
        """What happened, in words."""
        return (
            SAYS[self.event] if self.event is not None else "Something this version does not know"
        )


def site_of(trace: TracebackType | None) -> Site:
    """Return where in the program something was raised: the last of its own modules."""
    import traceback

    return site_in([each for each in traceback.extract_tb(trace) if _is_ours(each.filename)])


def site_in(frames: Sequence[FrameSummary]) -> Site:
    """Return the last of *frames* that is the program's own, or the last of all."""
    if not frames:
        return Site("elsewhere")
    last = next((each for each in reversed(frames) if _is_ours(each.filename)), frames[-1])
    return Site(f"{Path(last.filename).name}:{last.lineno}:{last.name}".replace(" ", ""))


def code_of(function: Callable[..., object]) -> Site:
    """Return what a function of the program is called."""
    whole = getattr(function, "__wrapped__", getattr(function, "func", function))
    module = getattr(whole, "__module__", "") or ""
    name = getattr(whole, "__qualname__", type(whole).__qualname__)
    return Site(f"{module.rpartition('.')[2]}.{name}".replace(" ", ""))


def _is_ours(filename: str) -> bool:
    return "apprentice_desk" in Path(filename).parts


class Log:
    """The log in a folder; without one it keeps nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._handler: RotatingFileHandler | None = None
        self._logger = logging.Logger("apprentice-desk")

    def note(self, event: Event, **facts: Fact) -> None:
        """Write a line; raises TypeError for a fact that could hold a person's words.

        A disk that does not take it is no reason to stop: the line is lost then.
        """
        shown = " ".join(f"{name}={_shown(value)}" for name, value in facts.items())
        if self.folder is None:
            return
        if self._handler is None:
            self._handler = _handler(self.folder)
            if self._handler is None:
                return
            self._logger.addHandler(self._handler)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._logger.info("%s", f"{now} {event.value} {shown}".rstrip())

    def close(self) -> None:
        """Let go of the file; the next line opens it again."""
        if self._handler is not None:
            self._logger.removeHandler(self._handler)
            with contextlib.suppress(OSError):  # a full disk has not taken the last line
                self._handler.close()
            self._handler = None

    def files(self) -> tuple[Path, ...]:
        """Return the files of the log, oldest first."""
        if self.folder is None:
            return ()
        names = [f"{NAME}.{number}" for number in range(OLDER, 0, -1)]
        paths = [self.folder / name for name in (*names, NAME)]
        return tuple(path for path in paths if path.is_file())

    def lines(self) -> tuple[Line, ...]:
        """Return what is in the log, newest first; a line that is none is left out."""
        read = [line for path in self.files() for line in _read(path)]
        numbered = [
            Line(number, at, event, facts) for number, (at, event, facts) in enumerate(read)
        ]
        return tuple(reversed(numbered))

    def empty(self) -> None:
        """Remove everything that is in the log; raises OSError where it cannot be."""
        self.close()
        for path in self.files():
            path.unlink()


def _shown(value: Fact) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, int | StrEnum | Site):
        return str(value)
    raise TypeError("The log takes numbers, fixed words and places in the code, and no text.")


def _handler(folder: Path) -> RotatingFileHandler | None:
    from logging.handlers import RotatingFileHandler

    class Private(RotatingFileHandler):
        """Rotating files that nobody else may read."""

        def _open(self) -> object:  # type: ignore[override]
            handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            return os.fdopen(handle, "a", encoding="ascii", errors="replace")

        def handleError(self, record: logging.LogRecord) -> None:
            """Lose the line: a full disk must not stop the program."""

    try:
        private_files.make_folder(folder)
        handler = Private(folder / NAME, maxBytes=MOST_BYTES, backupCount=OLDER)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler


def _read(path: Path) -> Iterator[tuple[datetime, Event | None, str]]:
    try:
        text = path.read_text("ascii", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        try:
            at = datetime.fromisoformat(found[1])
        except ValueError:
            continue
        event = Event(found[2]) if found[2] in {each.value for each in Event} else None
        yield at, event, found[3].strip()
