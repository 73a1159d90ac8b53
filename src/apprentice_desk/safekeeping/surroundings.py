"""What is round a desk's file: the place that it stands on, and second files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apprentice_desk.domain.desk_places import PlaceKind, Standing
from apprentice_desk.domain.progress import Progress
from apprentice_desk.records.beside import organisation_in
from apprentice_desk.records.keys import DeskKey
from apprentice_desk.safekeeping.conflict_copies import ConflictCopy, copies_beside
from apprentice_desk.safekeeping.places import Computer, standing_of

_NEAR_BYTES = 256 * 2**20
_FAR_BYTES = 32 * 2**20
"""Up to these sizes a file is checked by itself after opening: on a disk, and over a network."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found."""

    standing: Standing | None
    copies: tuple[ConflictCopy, ...]
    size_bytes: int

    @property
    def is_checked_by_itself(self) -> bool:
        """Whether reading the whole file is no burden, so that it is checked unasked."""
        is_far = self.standing is not None and self.standing.kind is not PlaceKind.SYNCED
        return self.size_bytes <= (_FAR_BYTES if is_far else _NEAR_BYTES)


def look_round(
    desk: Path,
    key: DeskKey | None,
    progress: Progress | None = None,
    computer: Computer | None = None,
) -> Surroundings:
    """Look round *desk*, which *key* opens.  Raises Problem where it cannot be read just now."""
    progress = progress or Progress()
    progress.step(0, None, "Looking where the desk stands")
    standing = standing_of(desk, computer)
    progress.step(0, None, "Looking for second files of the desk")
    organisation = organisation_in(desk, key)
    return Surroundings(standing, copies_beside(desk, organisation, key), desk.stat().st_size)
