"""References of contracts as lists write them: other dashes, spaces and capitals, or none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")

_GROUP = re.compile(r"[^\W\d_]+|\d+")
_APART = re.compile(r"[\W_]")


def exact(reference: str) -> str:
    """Return a reference for comparing it as it is written, but for its capitals."""
    return reference.strip().casefold()


def bare(reference: str) -> str:
    """Return a reference without what people write in one place and leave out in another."""
    return "".join(_GROUP.findall(reference.casefold()))


def may_be_one(one: str, other: str) -> bool:
    """Whether two references differ only in how their parts are parted.

    "LBH/1/12" may be "lbh-1-12" and "LBH112", but not "LBH/11/2".
    """
    if bare(one) != bare(other):
        return False
    mine, theirs = (_GROUP.findall(each.casefold()) for each in (one, other))
    return mine == theirs or not all(_APART.search(each.strip()) for each in (one, other))


class References(Generic[T]):
    """What is known by its reference."""

    def __init__(self, known: Iterable[tuple[str, T]]) -> None:
        self._exact: defaultdict[str, list[T]] = defaultdict(list)
        self._bare: defaultdict[str, list[tuple[str, T]]] = defaultdict(list)
        for reference, each in known:
            self._exact[exact(reference)].append(each)
            self._bare[bare(reference)].append((reference, each))

    def same(self, said: str) -> tuple[T, ...]:
        """Return what has just this reference, whatever its capitals."""
        return tuple(self._exact.get(exact(said), ()))

    def meant(self, said: str) -> tuple[T, ...]:
        """Return what may be meant: what has just this reference, else what is parted otherwise."""
        alike = self._bare.get(bare(said), ()) if bare(said) else ()
        return self.same(said) or tuple(each for ref, each in alike if may_be_one(ref, said))
