"""Work that is begun before the window can show how far it is, and asked for once it can."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from apprentice_desk.domain.progress import Progress

T = TypeVar("T")
_LOOK_UP_SECONDS = 0.02


class Ahead(Generic[T]):
    """Does *work* in a thread of its own from now on.

    Called with the Progress of a job it waits for the end, and gives what the work gave or raises
    what it raised.  Whoever stops that job waits no longer; nobody hears of the work then.
    """

    def __init__(self, work: Callable[[Progress], T]) -> None:
        self._work = work
        self._given: T
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._do, name="Looking ahead", daemon=True)
        self._thread.start()

    def __call__(self, progress: Progress) -> T:
        """Wait for the work, and return what it gave."""
        progress.step(0, None, "Looking")
        while self._thread.is_alive():
            self._thread.join(_LOOK_UP_SECONDS)
            progress.step(0, None, "Looking")
        if self._fault is not None:
            raise self._fault
        return self._given

    def wait(self) -> None:
        """Wait until nothing is under way any more."""
        self._thread.join()

    def _do(self) -> None:
        from apprentice_desk.domain.progress import Progress

        try:
            self._given = self._work(Progress())
        except BaseException as fault:  # noqa: BLE001 - raised where the work is asked for
            self._fault = fault
