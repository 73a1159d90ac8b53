"""The dated rules of what a provider is measured by."""

from __future__ import annotations

from functools import cache

from apprentice_desk.domain.measures import MeasureRules
from apprentice_desk.resources.entries import Entry, all_of, entry_of


@cache
def measure_rules() -> tuple[MeasureRules, ...]:
    """Return from when on a measure is called behind."""
    file = entry_of("rules", "measures.toml")
    rules = all_of(file.entries("limits"), _limits)
    file.end()
    return rules


def _limits(entry: Entry) -> MeasureRules:
    return MeasureRules(
        valid_from=entry.day("valid_from"),
        behind_points=entry.number("behind_points", least=1),
        source=entry.text("source"),
        is_verified=entry.yes_no("is_verified"),
    )
