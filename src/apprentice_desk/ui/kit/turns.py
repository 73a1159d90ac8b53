"""How the window gets its turn while work is done beside it.

All threads of a program share one interpreter.  Left alone, two things make the window wait for
longer than a person fails to notice: the interpreter, which may be handed over late, and the
collector of garbage, which stops every thread and looks at all there is.
"""

from __future__ import annotations

import gc
import sys

SECONDS_OF_A_TURN = 0.0002
"""After so long the work lets the window have the interpreter, if it asks for it.

Painting one list asks for it hundreds of times.  Work that writes files lets go of it by itself,
for so short a time that the window misses it and begins to wait anew: a turn must be shorter than
from one piece written to the next, or the window may wait for as long as there is work.
"""

_NEVER = 1_000_000_000


class _Usual:
    """What the interpreter has while no work is under way, and how much is."""

    under_way = 0
    interval = 0.0
    thresholds = (0, 0, 0)


def begin() -> None:
    """Have the work that begins now leave the window its turn."""
    _Usual.under_way += 1
    if _Usual.under_way > 1:
        return
    _Usual.interval, _Usual.thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SECONDS_OF_A_TURN)
    gc.set_threshold(*_Usual.thresholds[:2], _NEVER)


def end() -> None:
    """Say that one is over; once no work is under way any more, go back to what is usual.

    Where so much was made that the collector would go through all of it now, it is told that this
    stays, until a desk is left (``let_go``).
    """
    _Usual.under_way -= 1
    if _Usual.under_way:
        return
    sys.setswitchinterval(_Usual.interval)
    if gc.get_count()[2] > _Usual.thresholds[2]:
        gc.freeze()
    gc.set_threshold(*_Usual.thresholds)


def let_go() -> None:
    """Have what was told to stay looked at again: a desk was left, and all of it may go."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
