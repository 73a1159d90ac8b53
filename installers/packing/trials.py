"""Steps of a trial: each named before it is taken, timed, and said to be wrong in one sentence."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from programs import CannotGoOnError, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Trial:
    """What was tried of a package, step by step, with the seconds that each took."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._took: dict[str, float] = {}

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Take the step *what*; a CannotGoOnError in it names it."""
        began = time.monotonic()
        try:
            yield
        except CannotGoOnError as problem:
            raise CannotGoOnError(f"{self._name}: {what}: {problem}") from problem
        self._took[what] = round(time.monotonic() - began, 1)
        say(f"  {self._name}: {what} ({self._took[what]} s)")

    def store(self, to: Path) -> None:
        """Write the steps and their seconds to *to*, as JSON."""
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(json.dumps({self._name: self._took}, indent=2) + "\n", "utf-8")


def expect(is_so: object, otherwise: str) -> None:
    """Raise CannotGoOnError(*otherwise*) unless *is_so*."""
    if not is_so:
        raise CannotGoOnError(otherwise)


def opens(run: Callable[..., str], program: Path, desk: Path) -> None:
    """Check that *program*, run by *run*, writes a return from *desk*, which keeps what it held.

    A desk of an older format is brought up to date by that.
    """
    before = run(program, "verify", desk)
    to = desk.with_suffix(".xlsx")
    words = ("return", desk, "--period", "2026-27 Q3", "--to", to, "--send-anyway")
    run(program, *words, ends_with=(0, 1))
    expect(to.exists(), f"no return was written from {desk.name}")
    after = run(program, "verify", desk)
    is_same = before.partition(",")[0] == after.partition(",")[0]
    expect(is_same, f"{desk.name} held {before} and now {after}")
