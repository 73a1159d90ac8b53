"""The pages of somebody's PDF, read in a process of its own.

A PDF can be made so that reading it takes all memory there is, and the library that reads it ends
the whole process then.  It is another process here: with bounds of its own where the system has
them, and what ends it is told as a file that is too large.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from queue import Empty, Queue
from typing import Any, BinaryIO

from apprentice_desk.documents.page_words import (
    PageLine,
    PageWords,
    UnreadableError,
    page_words,
)
from apprentice_desk.domain.progress import Progress
from apprentice_desk.frozen import own_environment, own_program

COMMAND = "read-pages-apart"
"""What the program is called with to be that process; no command for a person."""

MOST_SECONDS = 120
_MOST_BYTES = 2 << 30
_LOOK_UP_SECONDS = 0.05
_LOCKED, _UNREADABLE, _TOO_MUCH = "locked", "unreadable", "too much"


def page_words_apart(
    content: bytes, most_pages: int, most_letters: int, progress: Progress
) -> tuple[PageWords, ...]:
    """Return what each page of a PDF says; raises what ``page_words`` does, and Cancelled.

    OverflowError also where reading took more memory or time than there is for it.
    """
    process = subprocess.Popen(  # noqa: S603 - this program itself
        [*own_program(), COMMAND, str(most_pages), str(most_letters)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=own_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said: Queue[dict[str, Any] | None] = Queue()
    threads = [
        threading.Thread(target=_hand_over, args=(process.stdin, content), name="handing pages"),
        threading.Thread(target=_listen, args=(process.stdout, said), name="hearing pages"),
    ]
    for thread in threads:
        thread.start()
    try:
        found = _hear(said, progress, time.monotonic() + MOST_SECONDS)
    finally:
        process.kill()
        process.wait()
        for thread in threads:
            thread.join()
        process.stdout.close()
    if found is None or found.get("fault") == _TOO_MUCH:
        raise OverflowError("There is too much in it.")
    if "fault" in found:
        raise UnreadableError(is_locked=found["fault"] == _LOCKED)
    return tuple(_page(each) for each in found["pages"])


def _hand_over(pipe: BinaryIO, content: bytes) -> None:
    with suppress(OSError):  # it ended before it had read everything
        pipe.write(content)
    with suppress(OSError):
        pipe.close()


def _listen(pipe: BinaryIO, said: Queue[dict[str, Any] | None]) -> None:
    """Pass on each line that is said, and None at the end."""
    for line in pipe:
        try:
            heard = json.loads(line)
        except ValueError:  # cut off with the process
            break
        said.put(heard)
    said.put(None)


def _hear(
    said: Queue[dict[str, Any] | None], progress: Progress, until: float
) -> dict[str, Any] | None:
    """Return the last word; None where there was none, or not in time."""
    at, of = 0, None
    while time.monotonic() < until:
        progress.step(at, of, "Reading the pages")
        try:
            heard = said.get(timeout=_LOOK_UP_SECONDS)
        except Empty:
            continue
        if heard is None or "at" not in heard:
            return heard
        at, of = heard["at"], heard["of"]
    return None


def _page(said: dict[str, Any]) -> PageWords:
    lines = tuple(PageLine(**line) for line in said["lines"])
    return PageWords(said["height"], lines, tuple(said["remarks"]))


# --- the other process ----------------------------------------------------------------------------


def be_apart(most_pages: int, most_letters: int, take: BinaryIO, give: BinaryIO) -> int:
    """Read a PDF from *take* and say on *give* what its pages say; the status of the process."""
    _bound()

    def say(words: dict[str, Any]) -> None:
        give.write(json.dumps(words).encode() + b"\n")
        give.flush()

    def report(at: int, of: int | None, _doing: str) -> None:
        say({"at": at, "of": of})

    try:
        pages = page_words(take.read(), most_pages, most_letters, Progress(report))
        say({"pages": [asdict(page) for page in pages]})
    except UnreadableError as error:
        say({"fault": _LOCKED if error.is_locked else _UNREADABLE})
    except (OverflowError, MemoryError):
        say({"fault": _TOO_MUCH})
    return 0


def _bound() -> None:
    """Bound memory and time where the system can."""
    if sys.platform == "win32":
        return  # there the time alone is bounded, from outside
    import resource

    for which, most in ((resource.RLIMIT_AS, _MOST_BYTES), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _, hard = resource.getrlimit(which)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS bounds no address space
            resource.setrlimit(which, (least, hard))
