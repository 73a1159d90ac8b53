"""Steps of a trial: each named before it is taken, timed, and said to be wrong in one sentence."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from programs import CannotGoOnError, say

if TYPE_CHECKING:
    from collections.abc import Iterator
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
