"""The dated rules of stays elsewhere, and all that clashes are judged by on a day."""

from __future__ import annotations

from datetime import date
from functools import cache

from apprentice_desk.domain.dated import in_force
from apprentice_desk.domain.placement_clashes import ClashRules, PlacementRules
from apprentice_desk.resources.entries import Entry, all_of, entry_of
from apprentice_desk.resources.lists import bank_holidays
from apprentice_desk.resources.rules import review_rules


def read_placement_rules(file: Entry) -> tuple[PlacementRules, ...]:
    """Return the rules in *file*, checked."""
    rules = all_of(
        file.entries("stay"),
        lambda entry: PlacementRules(
            valid_from=entry.day("valid_from"),
            gateway_days=entry.number("gateway_days"),
            check_in_days=entry.number("check_in_days"),
            feedback_days=entry.number("feedback_days"),
            feedback_until_days=entry.number("feedback_until_days"),
            urgent_days=entry.number("urgent_days"),
            source=entry.text("source"),
        ),
    )
    file.end()
    return rules


@cache
def placement_rules() -> tuple[PlacementRules, ...]:
    """Return the rules of stays elsewhere."""
    return read_placement_rules(entry_of("rules", "placements.toml"))


def clash_rules(today: date) -> ClashRules:
    """Return what clashes are judged by on a day; raises Problem where that is not known."""
    return ClashRules(
        in_force(placement_rules(), today, "What is too near a stay elsewhere"),
        review_rules().interval_days(today),
        bank_holidays(),
    )
