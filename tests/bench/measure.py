"""How benches measure: ratios of medians over interleaved runs, never single times."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 7


@dataclass(frozen=True)
class Result:
    """One measured ratio beside its limit."""

    name: str
    ratio: float
    limit: float
    ours: float
    plain: float
    shown: str = ""
    """What the ratio is made of, where that is not two times."""

    @property
    def is_met(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= self.limit

    def line(self) -> str:
        """Return the result as a line of the table."""
        word = "ok  " if self.is_met else "OVER"
        shown = self.shown or f"{self.ours * 1000:.1f} ms against {self.plain * 1000:.1f} ms"
        return f"{word}  {self.ratio:6.2f} of at most {self.limit:5.2f}   {self.name}   ({shown})"


def seconds(act: Callable[[], object]) -> float:
    """Return how long *act* takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def compare(
    name: str, limit: float, ours: Callable[[], float], plain: Callable[[], float]
) -> Result:
    """Run both in turn and return the ratio of their medians; each returns its own seconds.

    Each collects its own garbage only: a pass over all that is there takes longer than most of
    what is measured, and would else fall to one of the two as the turns happen to come.
    """

    def alone(side: Callable[[], float]) -> float:
        gc.collect()
        return side()

    ours(), plain()  # warm
    pairs = [(alone(ours), alone(plain)) for _ in range(RUNS)]
    mine = statistics.median(pair[0] for pair in pairs)
    bare = statistics.median(pair[1] for pair in pairs)
    return Result(name, mine / bare, limit, mine, bare)
