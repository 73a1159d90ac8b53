"""The lists of channels and questions: read whole, or named wrong."""

from __future__ import annotations

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.survey import survey_of


def entry(name: str, text: str) -> resources.Entry:
    return resources.Entry(resources.parse_toml(text, name), name)


def test_the_channels_are_those_of_the_apprentices_own_plan() -> None:
    names = [each.name for each in resources.channels()]
    assert len(names) == 6
    assert {"blog", "LinkedIn", "event"} <= set(names)
    assert all(each.audience and each.suits for each in resources.channels())


def test_each_quarter_of_the_year_has_its_questions_and_says_whose_they_are() -> None:
    for number in range(1, 5):
        survey = survey_of(resources.surveys(), Quarter.parse(f"2026-27 Q{number}"))
        assert 2 <= len(survey.questions) <= 3
        assert "Written for this project" in survey.source


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "LinkedIn"', 'name = "Blog"', "same name twice"),
        ("suits = ", "suit = ", "suits is missing"),
        ("source = ", "sources = ", "source is missing"),
    ],
)
def test_what_is_wrong_in_the_channels_is_named(old: str, new: str, says: str) -> None:
    text = resources.read_text("lists", "channels.toml")
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(Problem, match=rf"^channels\.toml.*{says}"):
        resources.read_channels(entry("channels.toml", changed))


_ANOTHER = """
[[set]]
from = "{}"
to = "2027-28 Q4"
source = "LOTI"
[[set.question]]
id = "a"
text = "What helped?"
help = "One thing."
"""


def test_sets_of_questions_follow_each_other() -> None:
    text = resources.read_text("lists", "survey.toml")
    found = resources.read_surveys(entry("survey.toml", text + _ANOTHER.format("2027-28 Q1")))
    assert [str(each.first) for each in found] == ["2026-27 Q1", "2027-28 Q1"]
    with pytest.raises(Problem, match="begins before the one before it ends"):
        resources.read_surveys(entry("survey.toml", text + _ANOTHER.format("2026-27 Q4")))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('to = "2026-27 Q4"', 'to = "2025-26 Q4"', "to is before its beginning"),
        ('from = "2026-27 Q1"', 'from = "2026 Q1"', "from is wrong"),
        ('id = "worked_well"', 'id = "one_change"', "same id twice"),
        (
            "[[set.question]]",
            '[[set.question]]\nid = "x"\ntext = "y"\nhelp = "z"\n\n[[set.question]]',
            "more than 3 times",
        ),
    ],
)
def test_what_is_wrong_in_the_questions_is_named(old: str, new: str, says: str) -> None:
    text = resources.read_text("lists", "survey.toml")
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(Problem, match=rf"^survey\.toml.*{says}"):
        resources.read_surveys(entry("survey.toml", changed))
