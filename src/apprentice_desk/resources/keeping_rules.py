"""The dated rules of how long people are kept."""

from __future__ import annotations

from functools import cache

from apprentice_desk.domain.retention import CountsFrom, RetentionKind, RetentionRule
from apprentice_desk.resources.entries import Entry, all_of, entry_of


def read_retention_rules(file: Entry) -> tuple[RetentionRule, ...]:
    """Return the rules in *file*, checked; every kind has one."""
    rules = all_of(
        file.entries("rule"),
        lambda entry: RetentionRule(
            valid_from=entry.day("valid_from"),
            kind=entry.word("kind", RetentionKind),
            counts_from=entry.word("counts_from", CountsFrom),
            years=entry.number("years"),
            months=entry.number("months"),
            why=entry.text("why"),
            source=entry.text("source"),
            is_verified=entry.yes_no("verified"),
        ),
    )
    missing = set(RetentionKind) - {rule.kind for rule in rules}
    if missing:
        raise file.wrong("rule", f"says nothing of: {'; '.join(sorted(missing))}")
    file.end()
    return rules


@cache
def retention_rules() -> tuple[RetentionRule, ...]:
    """Return how long each kind of record is kept."""
    return read_retention_rules(entry_of("rules", "retention.toml"))
