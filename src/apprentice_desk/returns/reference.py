"""What returns are checked against: lists that somebody else keeps, as plain values.

A list that is not at hand is None.  Then nothing is checked against it, and that is said.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Protocol

from apprentice_desk import resources
from apprentice_desk.domain.reference import CharacteristicCategories


class ListedStandard(Protocol):
    """A standard as a catalogue gives it: the packaged list, or the desk's own."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> int | None: ...  # noqa: D102
    @property
    def max_funding(self) -> Decimal | None: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The standards by code, and the day of the list."""

    listed_on: date
    standards: Mapping[str, ListedStandard]
    _meant: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, listed_on: date, standards: Iterable[ListedStandard]) -> Catalogue:
        """Return the catalogue that holds *standards*."""
        return cls(listed_on, MappingProxyType({one.code: one for one in standards}))

    def meant(self, code: str, title: str = "") -> str:
        """Return which listed standard an unknown code most likely means, "" if none comes close.

        The one with the same title, or else the likeliest slip of the pen.
        """
        key = (code, title.casefold())
        if key not in self._meant:
            self._meant[key] = self._find(*key)
        return self._meant[key]

    def _find(self, code: str, title: str) -> str:
        if title:
            for one in self.standards.values():
                if one.title.casefold() == title:
                    return one.code
        close = difflib.get_close_matches(code, self.standards, 20, 0.8)
        # Two digits that changed places are likelier than a wrong one.
        return next(iter(sorted(close, key=lambda one: sorted(one) != sorted(code))), "")


@dataclass(frozen=True, slots=True)
class Reference:
    """The lists that a return is checked against."""

    catalogue: Catalogue | None = None
    provider_names: Mapping[str, str] | None = None
    """Training providers by UKPRN."""
    categories: CharacteristicCategories | None = None
    borough_codes: frozenset[str] | None = None
    """GSS codes, those of invented boroughs among them."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The lists that are not at hand, in words; whose a return is, is checked by itself."""
        lists = {
            "standards": self.catalogue,
            "training providers": self.provider_names,
            "DfE's categories": self.categories,
        }
        return tuple(name for name, known in lists.items() if not known)


@cache
def packaged() -> Reference:
    """Return the lists that come with the program."""
    listed = resources.standards_list()
    return Reference(
        Catalogue.of(listed.listed_on, listed.standards),
        resources.provider_names(),
        resources.characteristic_categories(),
    )
