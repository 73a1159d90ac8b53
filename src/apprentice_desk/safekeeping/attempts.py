"""How long somebody waits after a wrong passphrase: 1, 2, 4 … 30 seconds.

It holds up whoever tries at this window, and nobody who has a copy of the file: against those only
the passphrase's length helps, which is why there are rules for it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from apprentice_desk.records.holding import one_name

_LONGEST = 30


class Attempts:
    """The wrong attempts at one desk since the program was started; *now* is in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._wrong = 0
        self._until = now()

    def note_wrong(self) -> None:
        """Count one more, and wait twice as long as the last time, 30 s at most."""
        self._until = self._now() + min(2**self._wrong, _LONGEST)
        self._wrong += 1

    def note_right(self) -> None:
        """Begin anew."""
        self._wrong = 0
        self._until = self._now()

    @property
    def seconds_left(self) -> int:
        """How long nothing is tried, in whole seconds; 0 when it may be."""
        return max(0, math.ceil(self._until - self._now()))


_OF_DESKS: dict[str, Attempts] = {}


def attempts_at(location: str) -> Attempts:
    """Return the attempts at one desk: closing it and opening it again forgets none.

    It is one desk however its path is written.
    """
    return _OF_DESKS.setdefault(one_name(location), Attempts())
