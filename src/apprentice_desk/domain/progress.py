"""How long work tells how far it has come, and how it is asked to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from apprentice_desk.domain.problems import Cancelled

# A person sees no difference between reports closer together than this, and a window that
# repaints for each of 100,000 rows would be slower than the work itself.
SECONDS_BETWEEN_REPORTS = 0.05


class Progress:
    """Passes steps on to *report* and raises Cancelled once stop() was called.

    *report* gets (done, total or None, what is being done) on the thread that does the work, at
    most once in 50 ms, but always for the first step and for the one where done reaches total.
    stop() may be called from any thread.  *clock* counts seconds.
    """

    def __init__(
        self,
        report: Callable[[int, int | None, str], None] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._report = report
        self._clock = clock
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._reported_at: float | None = None

    def step(self, done: int, total: int | None, doing: str) -> None:
        """Say that *done* of *total* is done; raises Cancelled if the person asked to stop."""
        if self._stopped.is_set():
            raise Cancelled
        if self._report is not None and self._is_due(is_last=done == total):
            self._report(done, total, doing)

    def stop(self) -> None:
        """Ask the work to stop at its next step."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether stop() was called."""
        return self._stopped.is_set()

    def _is_due(self, *, is_last: bool) -> bool:
        now = self._clock()
        with self._lock:
            before = self._reported_at
            if before is not None and not is_last and now - before < SECONDS_BETWEEN_REPORTS:
                return False
            self._reported_at = now
            return True


SECONDS_BEFORE_A_GUESS = 2.0
_MOST_SHIFT = 0.25  # of the way to what the newest report says


class Remaining:
    """How many seconds long work that begins at the second *now* will still take.

    Each part of the work (its count begins anew, or is out of another total) is measured on its
    own.  What is said moves on steadily: a report that says otherwise shifts it only in part.
    """

    def __init__(self, now: float) -> None:
        self._total: int | None = None
        self._done = 0
        self._began_at = self._seen_at = now
        self._ends_at: float | None = None

    def note(self, done: int, total: int | None, now: float) -> float | None:
        """Take a report at the second *now*; return the seconds left, None while not known."""
        if total != self._total or done < self._done:
            self._total, self._began_at, self._ends_at = total, self._seen_at, None
        self._done, self._seen_at = done, now
        gone = now - self._began_at
        if not total or not done or gone < SECONDS_BEFORE_A_GUESS:
            return None
        ends_at = now + gone * (total - done) / done
        if self._ends_at is not None:
            ends_at = self._ends_at + _MOST_SHIFT * (ends_at - self._ends_at)
        self._ends_at = ends_at
        return max(0.0, ends_at - now)
