"""The files of checklists, durations, English and maths, and wages: read whole, or named wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.checklist_rules import Work
from apprentice_desk.domain.problems import Problem

FILES = ("start.toml", "gateway.toml", "durations.toml", "english_maths.toml")


def entry(text: str, name: str) -> resources.Entry:
    return resources.Entry(resources.parse_toml(text, name), name)


def rules_with(name: str, change: Callable[[str], str]) -> None:
    texts = {file: resources.read_text("rules", file) for file in FILES}
    changed = change(texts[name])
    assert changed != texts[name], "the test changes nothing"
    texts[name] = changed
    resources.read_programme_rules(*(entry(texts[file], file) for file in FILES))


def wages_with(change: Callable[[str], str]) -> None:
    text = resources.read_text("rules", "wages.toml")
    assert change(text) != text, "the test changes nothing"
    resources.read_wage_rules(entry(change(text), "wages.toml"))


def funding_with(change: Callable[[str], str]) -> None:
    text = resources.read_text("rules", "funding.toml")
    assert change(text) != text, "the test changes nothing"
    resources.read_funding_rules(entry(change(text), "funding.toml"), resources.programme_rules())


def test_every_kind_of_work_has_its_item_at_the_gateway() -> None:
    assert {rule.work for rule in resources.programme_rules().gateway} == set(Work)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("start.toml", 'key = "offered"', 'key = "advertised"', "two of the same key"),
        ("start.toml", 'key = "offered"', f'key = "{"x" * 61}"', "more than 60 characters"),
        ("start.toml", "is_verified = true", "verified = true", "is_verified is missing"),
        ("start.toml", "until {day}", "until then", "says does not name"),
        ("start.toml", "days = 42", "days = 0", "days is not a whole number from 1"),
        ("start.toml", "is_named = true", "is_named = 1", "neither true nor false"),
        ("start.toml", "after_days = 84", "later_days = 84", "after_days is missing"),
        ("start.toml", "[item.late]\nstarts", "[item.late]\nby = 1\nstarts", "by is not a key"),
        ("gateway.toml", 'work = "hours"', 'work = "guessed"', "not one of"),
        ("gateway.toml", "is_new = true", "is_new = false", "names does not say"),
        ("gateway.toml", "[[ahead]]", "[[behind]]", "ahead is missing"),
        ("durations.toml", "starts_from = 2022-08-01", "starts_from = 2022-08-02", "not follow"),
        ("durations.toml", "starts_to = 2022-07-31\n", "", "does not follow"),
        ("durations.toml", "planned_days = 14", "planned_days = 200", "begin with the longest"),
        ("english_maths.toml", "must_adults = true", "must_adults = 1", "neither true nor false"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(name: str, old: str, new: str, says: str) -> None:
    with pytest.raises(Problem, match=rf"^{name}.*{says}"):
        rules_with(name, lambda text: text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("valid_from = 2023-04-01", "valid_from = 2023-04-02", "do not follow the ones before"),
        ("valid_to = 2023-03-31", "valid_to = 2021-03-31", "comes before valid_from"),
        ("{ from = 0, ", "{ from = 1, ", "do not begin with 0"),
        ("from = 18, ", "from = 22, ", "do not begin with 0 and rise"),
        ('apprentice = "4.81"', 'apprentice = "a lot"', "is not an amount of money"),
        ('weeks = "52.1429"', 'weeks = "0"', "yearly has no weeks"),
        ("note = ", "remark = ", "note is missing"),
    ],
)
def test_what_is_wrong_in_the_rates_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(Problem, match=rf"^wages\.toml.*{says}"):
        wages_with(lambda text: text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("starts_from = 2019-04-01", "starts_from = 2019-04-02", "co_investment from 2019-04-02"),
        ("starts_to = 2019-03-31\n", "", "co_investment from 2019-04-01 does not follow"),
        ('training_share = "4/5"', 'training_share = "6/5"', "more than the whole price"),
        ("percent = 25", "percent = 101", "percent is more than 100"),
        ("percent = 25", 'percent = "25"', "percent is not a whole number"),
        ("note = ", "remark = ", "note is missing"),
    ],
)
def test_what_is_wrong_in_the_rules_of_paying_is_named(old: str, new: str, says: str) -> None:
    with pytest.raises(Problem, match=rf"^funding\.toml.*{says}"):
        funding_with(lambda text: text.replace(old, new, 1))
