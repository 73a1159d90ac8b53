"""What was changed of somebody's hours after a day, so that the day's figures were others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apprentice_desk.domain.calendar import show_day
from apprentice_desk.domain.durations import sentence

FactValue = date | int | str | None

FACTS: dict[str, str] = {
    "training_started_on": "start of training",
    "original_start_on": "first start",
    "training_planned_end_on": "planned end of training",
    "ended_on": "last day",
    "outcome": "how it ended",
    "agreed_minutes": "hours agreed",
    "prior_learning_minutes": "prior learning",
    "standard_code": "standard",
    "standard_version": "standard's version",
}
"""The details of an apprenticeship that its figures are made of, as a sentence calls them."""


@dataclass(frozen=True, slots=True)
class EntriesChanged:
    """So many entries, and by how many counting minutes they change what was said."""

    count: int = 0
    minutes: int = 0

    def plus(self, minutes: int) -> EntriesChanged:
        """Return one entry more."""
        return EntriesChanged(self.count + 1, self.minutes + minutes)


NONE_CHANGED = EntriesChanged()


@dataclass(frozen=True, slots=True)
class SinceThen:
    """What was changed after a day of what concerns days up to it.

    *facts* are (attribute, what it was then); *others* name breaks, contracted hours or learning
    plan where any of theirs changed.
    """

    later: EntriesChanged = NONE_CHANGED
    corrected: EntriesChanged = NONE_CHANGED
    removed: EntriesChanged = NONE_CHANGED
    facts: tuple[tuple[str, FactValue], ...] = ()
    others: tuple[str, ...] = ()
    was_entered_later: bool = False
    is_gone: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was."""
        return self == SinceThen()

    @property
    def says(self) -> str:
        """All of it as one sentence without its full stop; "" if there is nothing."""
        parts = []
        if self.was_entered_later:
            parts.append("the apprenticeship was entered later")
        if self.is_gone:
            parts.append("the apprenticeship was removed")
        for changed, what in (
            (self.later, "before the end of that day {} logged later"),
            (self.corrected, "{} corrected"),
            (self.removed, "{} removed"),
        ):
            if changed.count:
                one = changed.count == 1
                count = "1 entry" if one else f"{changed.count:,} entries"
                sign = "+" if changed.minutes > 0 else ""
                words = what.format("was" if one else "were")
                parts.append(f"{count} {words}: {sign}{sentence(changed.minutes)}")
        parts += [f"{FACTS[name]}: {_value(name, value)} then" for name, value in self.facts]
        parts += [f"{other} changed" for other in self.others]
        return "; ".join(parts)


def _value(name: str, value: FactValue) -> str:
    if value is None or value == "":
        return "not given"
    if isinstance(value, date):
        return show_day(value)
    return sentence(value) if isinstance(value, int) and name.endswith("_minutes") else str(value)
