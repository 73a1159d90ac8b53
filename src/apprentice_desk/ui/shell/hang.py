"""A window that stands still is noticed from a thread beside it, with where it stands.

The window's own thread marks the time once a second; the thread beside it looks whether it still
does.  What is kept names code and nothing else.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from apprentice_desk import crashes
from apprentice_desk.clock import Clock
from apprentice_desk.logs import Event, Log, site_in

LONG_SECONDS = 5.0
"""After how long without an answer a window counts as standing still."""
_MARK_MS = 1000
_LOOK_SECONDS = 0.5
_SLEPT_SECONDS = 2.0
"""A look that comes this much later than asked for was held up with the whole computer."""


class HangWatch(QObject):
    """Watches the thread it is made on until ``stop``.

    *long_seconds* and *look_seconds* are for tests.
    """

    def __init__(
        self,
        log: Log,
        folder: Path,
        clock: Clock,
        parent: QObject | None = None,
        *,
        long_seconds: float = LONG_SECONDS,
        look_seconds: float = _LOOK_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._log, self._folder, self._clock = log, folder, clock
        self._long, self._look = long_seconds, look_seconds
        self._watched = threading.get_ident()
        self._marked_at = time.monotonic()
        self._over = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(min(_MARK_MS, int(look_seconds * 1000)))
        self._timer.timeout.connect(self._mark)
        self._thread = threading.Thread(target=self._watch, name="hang watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._mark()
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer; a second call does nothing."""
        self._timer.stop()
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _mark(self) -> None:
        self._marked_at = time.monotonic()

    def _watch(self) -> None:
        stood_at: float | None = None
        looked_at = time.monotonic()
        while not self._over.wait(self._look):
            now = time.monotonic()
            if now - looked_at > self._look + _SLEPT_SECONDS:
                self._marked_at = now  # the computer slept, or was too busy for this thread too
            looked_at = now
            still = now - self._marked_at
            if stood_at is None and still >= self._long:
                stood_at = self._marked_at
                self._tell(still)
            elif stood_at is not None and still < self._long:
                self._log.note(Event.WENT_ON, seconds=self._marked_at - stood_at)
                stood_at = None

    def _tell(self, still: float) -> None:
        frame = sys._current_frames().get(self._watched)
        if frame is None:
            return
        found = traceback.extract_stack(frame)
        self._log.note(Event.STOOD_STILL, seconds=still, at=site_in(found))
        crashes.keep_standstill(self._folder, found, still, self._clock.now())
