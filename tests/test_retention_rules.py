"""The file of retention rules: read whole, or named wrong."""

from __future__ import annotations

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.retention import RetentionKind


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "apprentice"', 'kind = "learner"', "kind is “learner”"),
        ('counts_from = "day"', 'counts_from = "month"', "counts_from is “month”"),
        ("years = 6", "years = -1", "not a whole number from 0"),
        ("why = ", "reason = ", "why is missing"),
        ("source = ", "origin = ", "source is missing"),
        ("verified = false", 'verified = "no"', "neither true nor false"),
        ('kind = "barrier"', 'kind = "procurement"', "says nothing of: barrier"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(old: str, new: str, says: str) -> None:
    text = resources.read_text("rules", "retention.toml")
    changed = text.replace(old, new, 1)
    assert changed != text, "the test changes nothing"
    entry = resources.Entry(resources.parse_toml(changed, "retention.toml"), "retention.toml")
    with pytest.raises(Problem, match=rf"^retention\.toml.*({says})"):
        resources.read_retention_rules(entry)


def test_every_kind_has_a_rule_with_its_source_and_says_that_nobody_read_it() -> None:
    rules = resources.retention_rules()
    assert {rule.kind for rule in rules} == set(RetentionKind)
    for rule in rules:
        assert rule.source
        assert not rule.is_verified
        assert rule.years or rule.months
