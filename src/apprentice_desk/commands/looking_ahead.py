"""Work that is begun before the window can show how far it is, and asked for once it can."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from apprentice_desk.domain.progress import Progress

T = TypeVar("T")
_LOOK_UP_SECONDS = 0.02


class Ahead(Generic[T]):
    """Does *work* in a thread of its own from now on.

    Called with the Progress of a job it waits for the end, and gives what the work gave or raises
    what it raised.  Whoever stops that job waits no longer; nobody hears of the work then.
    """

    def __init__(self, work: Callable[[Progress], T]) -> None:
        thread = ThreadPoolExecutor(1, "Looking ahead")
        self._found = thread.submit(work, Progress())
        thread.shutdown(wait=False)  # once it is done

    def __call__(self, progress: Progress) -> T:
        """Wait for the work, and return what it gave."""
        progress.step(0, None, "Looking")
        while not self._found.done():
            wait((self._found,), _LOOK_UP_SECONDS)
            progress.step(0, None, "Looking")
        return self._found.result()

    def wait(self) -> None:
        """Wait until nothing is under way any more."""
        wait((self._found,))
