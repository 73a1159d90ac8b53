"""The file of levy rules: read whole, or named wrong."""

from __future__ import annotations

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.problems import Problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("valid_from = 2017-05-01", "valid_from = 2017-05-02", "not the first day of a month"),
        ("valid_from = 2026-08-01", "valid_from = 2017-05-01", "does not come after"),
        ("months = 12", "months = 0", "not a whole number from 1"),
        ("day = 23", "day = 29", "not a day that every month has"),
        ("[[income_day]]", "[[income_days]]", "income_day is missing|not a key"),
        ("is_verified = false", "verified = false", "is_verified is missing"),
        ("note = ", "notes = ", "note is missing"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(old: str, new: str, says: str) -> None:
    text = resources.read_text("rules", "levy.toml")
    changed = text.replace(old, new, 1)
    assert changed != text, "the test changes nothing"
    entry = resources.Entry(resources.parse_toml(changed, "levy.toml"), "levy.toml")
    with pytest.raises(Problem, match=rf"^levy\.toml.*({says})"):
        resources.read_levy_rules(entry)


def test_nobody_has_read_the_rules_themselves_and_the_file_says_so() -> None:
    rules = resources.levy_rules()
    assert [each.months for each in rules.expiry] == [24, 12]
    for each in (*rules.expiry, *rules.income_days):
        assert each.source
        assert not each.is_verified
    assert not rules.is_verified
