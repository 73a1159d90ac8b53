"""What is put into a calendar of a person's own: reviews, actions, planned ends, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One event of a calendar.

    *uid* stays the same while it is the same thing, and *version* grows whenever it is changed:
    so a calendar that takes the file in again moves the event that it has.  *began_at* is hh:mm,
    in London; without it the event is of the whole day.  *minutes* is how long it lasts, None
    where that is as long as a meeting usually does.  One that names nobody need not be private.
    """

    uid: str
    version: int
    on: date
    title: str
    began_at: str = ""
    place: str = ""
    words: str = ""
    minutes: int | None = None
    is_private: bool = True
    is_cancelled: bool = False
