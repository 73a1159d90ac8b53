"""What tests of privacy share: the quarter, and ULNs that are right and nobody's."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator

from apprentice_desk.domain.identifiers import check_uln

PERIOD = "2026-27 Q1"
Call = Callable[..., object]


def _ulns(above: int) -> Iterator[str]:
    for number in itertools.count(above):
        with contextlib.suppress(ValueError):
            yield check_uln(str(number))


ULNS = list(itertools.islice(_ulns(6_100_000_000), 10))
