"""What stands against a stay elsewhere: each with its day and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.calendar import Period


class ClashKind(StrEnum):
    """What it is that falls into the stay."""

    REVIEW = "progress review"
    EXAM = "exam or assessment"
    TRAINING_DAY = "training day"
    LEAVE = "leave"
    SECONDMENT = "another secondment"
    BREAK = "break in learning"
    GATEWAY = "gateway"
    END = "end of training"


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing in the way: its days, what it *says* in one sentence, and the *remedy*.

    *is_grave* tells what should stop an approval until somebody says why it may go on.
    """

    kind: ClashKind
    days: Period
    says: str
    remedy: str
    is_grave: bool = False

    @property
    def first_on(self) -> date:
        """Its first day."""
        return self.days.first
