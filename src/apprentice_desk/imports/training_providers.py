"""Providers that a list names: of the desk, of the look-up list, or to be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from apprentice_desk.imports.fields import plain
from apprentice_desk.records.providers import ProviderDetails, ProviderRow

_FORMS = frozenset({"limited", "plc", "llp", "cic"})
_SHORT = {"ltd": "limited", "co": "company", "the": "", "uk": "uk"}


@dataclass(frozen=True, slots=True)
class ProviderChoice:
    """A provider of the desk (*id*), or one to be added with *details*."""

    id: UUID | None
    details: ProviderDetails


class Providers:
    """The desk's providers and the look-up list of names by UKPRN."""

    def __init__(self, known: Iterable[ProviderRow], names: Mapping[str, str]) -> None:
        self._by_name: dict[str, ProviderRow] = {}
        self._by_ukprn: dict[str, ProviderRow] = {}
        self._by_firm: dict[str, list[ProviderRow]] = {}
        self.names: dict[UUID, str] = {}
        """What the desk's providers are called, by key."""
        for provider in known:
            self.names[provider.id] = provider.name
            self._by_name.setdefault(_folded(provider.name), provider)
            self._by_firm.setdefault(_firm(provider.name), []).append(provider)
            if provider.ukprn:
                self._by_ukprn[provider.ukprn] = provider
        self._ukprns: dict[str, list[str]] = {}
        for ukprn, name in names.items():
            self._ukprns.setdefault(_folded(name), []).append(ukprn)
        self._names = names
        self._chosen: dict[tuple[str, str], ProviderChoice] = {}

    def choose(self, name: str, ukprn: str = "") -> ProviderChoice | None:
        """Return the provider of this UKPRN or name, whatever its capitals and "Ltd".

        A new one gets the UKPRN that the look-up list has for its name, if there is just one.
        Two rows that mean the same new provider get the same choice.  None without a name.
        """
        found = self._by_ukprn.get(ukprn) or (self._by_name.get(_folded(name)) if name else None)
        if found is not None:
            return ProviderChoice(found.id, ProviderDetails(found.name, found.ukprn))
        if not name and not ukprn:
            return None
        listed = self._ukprns.get(_folded(name), [])
        if not ukprn and len(listed) == 1:
            ukprn = listed[0]
            if ukprn in self._by_ukprn:
                return self.choose("", ukprn)
        key = ("", ukprn) if ukprn else (_folded(name), "")
        return self._chosen.setdefault(
            key,
            ProviderChoice(
                None, ProviderDetails(name or self._names.get(ukprn, ukprn), ukprn or None)
            ),
        )

    def of_firm(self, name: str) -> ProviderChoice | None:
        """Return the only provider of the desk of this name, with "Ltd" behind it or without."""
        found = self._by_firm.get(_firm(name), [])
        if len(found) != 1:
            return None
        return ProviderChoice(found[0].id, ProviderDetails(found[0].name, found[0].ukprn))


def _firm(name: str) -> str:
    words = _folded(name).split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in _FORMS else words)


def _folded(name: str) -> str:
    words = plain(name.casefold().replace("&", " and ")).split()
    return " ".join(word for word in (_SHORT.get(each, each) for each in words) if word)
