"""The file of procurement rules: read whole, or named wrong."""

from __future__ import annotations

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import Regime


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("starts_from = 2026-01-01", "starts_from = 2026-01-02", "does not follow"),
        ("days = 8", "days = 0", "not a whole number from 1"),
        ('unit = "working days"', 'unit = "weeks"', "not one of"),
        ('begins = "with the day"', 'begins = "before"', "not one of"),
        ('from_day = "notice"', 'from_day = "award"', "not one of"),
        ('regime = "PCR 2015"', 'regime = "PCR 2016"', "not one of"),
        ('routes = ["framework, further', 'routes = ["fromework, further', "is none of"),
        ("is_required = false", "is_required = 0", "neither true nor false"),
        ("is_light_touch = true", "light_touch = true", "not a key that the program knows"),
        ("[[threshold]]", "[[thresholds]]", "not follow|not a key"),
        ("is_verified = true", "verified = true", "is_verified is missing"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(old: str, new: str, says: str) -> None:
    text = resources.read_text("rules", "procurement.toml")
    changed = text.replace(old, new, 1)
    assert changed != text, "the test changes nothing"
    entry = resources.Entry(resources.parse_toml(changed, "procurement.toml"), "procurement.toml")
    with pytest.raises(Problem, match=rf"^procurement\.toml.*({says})"):
        resources.read_procurement_rules(entry)


def test_every_law_says_whether_a_contract_has_to_wait() -> None:
    rules = resources.procurement_rules()
    assert {each.regime for each in rules.duties if not each.routes} == set(Regime)
    for each in (*rules.standstills, *rules.duties, *rules.thresholds):
        assert each.source
        assert each.is_verified is ("from memory" not in each.source)
