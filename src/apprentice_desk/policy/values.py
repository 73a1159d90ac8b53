"""What administrators may set for a computer, and what that is called where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from apprentice_desk.domain.problems import Problem

WHO = "your council's IT"
"""Whoever looks after the computer, in a sentence."""
STRICTEST_MINUTES = 5
"""What is taken for automatic locking where what is set makes no sense."""
MOST_MINUTES = 60
"""The longest that can be set for automatic locking."""
_PORTABLE = (
    "This copy of the program goes from computer to computer, so it leaves no key on any of them."
)


class Feature(StrEnum):
    """What can be switched off, by its name in the file."""

    DATABASES = "databases"
    LISTS = "lists"
    PLACEMENTS = "placements"
    WORDING_PACKS = "wording_packs"


CALLED = {
    Feature.DATABASES: "Desks in a database",
    Feature.LISTS: "Saving lists and the history as files",
    Feature.PLACEMENTS: "Files of places elsewhere",
    Feature.WORDING_PACKS: "Packs of wording",
}
"""Each feature at the beginning of a sentence; all are in the plural but for LISTS."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds on this computer, whoever uses it; it only ever narrows what a person may choose.

    *troubles* are sentences about what in the file was not understood or not believed.
    """

    file: Path | None = None
    """Where it stands; None where there is none."""
    contact: str = ""
    """Who is asked about it, in the council's words."""
    desks_folder: Path | None = None
    exports_folder: Path | None = None
    backup_folder: Path | None = None
    lock_minutes: int | None = None
    """The longest that a desk may be left alone before it is locked."""
    needs_passphrase: bool = False
    """Whether every new desk gets a passphrase, and none loses the one that it has."""
    allows_keychain: bool = True
    """Whether this computer's keychain may keep keys of desks."""
    is_portable: bool = False
    """Whether the program is carried about, and so leaves nothing on the computer."""
    off: frozenset[Feature] = frozenset()
    troubles: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether there is anything to tell."""
        return self.file is not None

    def allows(self, feature: Feature) -> bool:
        """Whether *feature* is there on this computer."""
        return feature not in self.off

    def why_not(self, feature: Feature) -> str:
        """Return, as a sentence, that *feature* is switched off; "" where it is not."""
        if self.allows(feature):
            return ""
        verb = "is" if feature is Feature.LISTS else "are"
        return f"{CALLED[feature]} {verb} switched off on this computer by {WHO}."

    def refuse(self, feature: Feature) -> None:
        """Raise Problem where *feature* is switched off."""
        why = self.why_not(feature)
        if why:
            raise Problem(why, self.whom_to_ask)

    @property
    def whom_to_ask(self) -> str:
        """Who is asked for something else, as a sentence."""
        return f"Ask {self.contact} if you need it." if self.contact else "Ask them if you need it."

    def minutes_before_locking(self, chosen: int) -> int:
        """Return after how many minutes a desk is locked where somebody chose *chosen*.

        0 stands for never, as in the settings.
        """
        if self.lock_minutes is None:
            return chosen
        return min(chosen, self.lock_minutes) if chosen else self.lock_minutes

    def minutes_to_choose(self, offered: Iterable[int]) -> tuple[int, ...]:
        """Return those of *offered* that may be chosen, and the longest that may."""
        if self.lock_minutes is None:
            return tuple(offered)
        shorter = [each for each in offered if 0 < each < self.lock_minutes]
        return (*shorter, self.lock_minutes)

    @property
    def why_minutes(self) -> str:
        """What is said beside the choice of minutes; "" where all can be chosen."""
        if self.lock_minutes is None:
            return ""
        return f"Set by {WHO}: {counted_minutes(self.lock_minutes)} at most."

    @property
    def why_passphrase(self) -> str:
        """What is said where no desk is without a passphrase; "" where that may be."""
        if not self.needs_passphrase:
            return ""
        return f"Set by {WHO}: every desk on this computer needs a passphrase."

    @property
    def why_no_keychain(self) -> str:
        """What is said where no key is remembered; "" where the keychain may be asked."""
        if not self.allows_keychain:
            return f"Switched off by {WHO}: no key of a desk is kept on this computer."
        return _PORTABLE if self.is_portable else ""

    def backups_of(self, location: str) -> Path | None:
        """Return where copies of the desk at *location* go besides; None where that is free.

        That is never the desk's own folder, where they stand in any case.
        """
        if self.backup_folder is None or "://" in location:
            return None
        own = Path(location).absolute().parent
        return None if self.backup_folder == own else self.backup_folder

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what is set, as names and values for a person; nothing where nothing is."""
        found = [
            ("Folder of desks", _shown(self.desks_folder)),
            ("Folder of saved files", _shown(self.exports_folder)),
            ("Second place of backups", _shown(self.backup_folder)),
            (
                "Automatic lock",
                f"after {counted_minutes(self.lock_minutes)} at most" if self.lock_minutes else "",
            ),
            ("Passphrase", "every new desk has one" if self.needs_passphrase else ""),
            ("Keys in the keychain", "" if self.allows_keychain else "not kept"),
        ]
        found += [(CALLED[each], "switched off") for each in Feature if each in self.off]
        return tuple((name, value) for name, value in found if value)


def counted_minutes(minutes: int) -> str:
    """Return a number of minutes in words."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _shown(folder: Path | None) -> str:
    return "" if folder is None else str(folder)
