"""What a review comes to: rows and hours read, coming in (counting or not) and left out."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk.domain.durations import sentence
from apprentice_desk.imports.fields import Kind
from apprentice_desk.imports.hours import HoursEntry
from apprentice_desk.imports.reviewing import AnyReview
from apprentice_desk.imports.rows import Fate


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows by what becomes of them, and minutes: what is read is what the parts add up to."""

    rows: int
    imported: int
    corrected: int
    skipped: int
    refused: int
    minutes: int
    counting_minutes: int
    not_counting_minutes: int
    skipped_minutes: int
    refused_minutes: int

    @property
    def words(self) -> str:
        """The hours as a sum, such as "7 h read = 5 h that count + 2 h that do not + …"."""
        left_out = self.skipped_minutes + self.refused_minutes
        return (
            f"{sentence(self.minutes)} read = {sentence(self.counting_minutes)} that come in and"
            f" count + {sentence(self.not_counting_minutes)} that come in and do not count"
            f" + {sentence(left_out)} left out or refused"
        )


def of(review: AnyReview) -> Sums:
    """Return the sums of a review as it stands."""
    counts = dict.fromkeys(Fate, 0)
    minutes = dict.fromkeys(Fate, 0)
    corrected = counting = 0
    for row in review.rows:
        counts[row.fate] += 1
        minutes[row.fate] += row.minutes
        if row.fate is Fate.IMPORTED:
            corrected += row.correction is not None
            entry = row.entry
            if review.kind is Kind.HOURS and isinstance(entry, HoursEntry):
                counting += row.minutes if entry.details.counts else 0
    return Sums(
        rows=sum(counts.values()),
        imported=counts[Fate.IMPORTED],
        corrected=corrected,
        skipped=counts[Fate.SKIPPED],
        refused=counts[Fate.REFUSED],
        minutes=sum(minutes.values()),
        counting_minutes=counting,
        not_counting_minutes=minutes[Fate.IMPORTED] - counting,
        skipped_minutes=minutes[Fate.SKIPPED],
        refused_minutes=minutes[Fate.REFUSED],
    )
