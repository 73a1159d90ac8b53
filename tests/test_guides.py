"""The packaged guides: what they say can be read in minutes, comes from somewhere, and holds."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.guides import filled, guide_items, words_of_item
from apprentice_desk.domain.problems import Problem
from apprentice_desk.resources.entries import Entry

TODAY = date(2026, 9, 1)
GUIDES = resources.guides()
NAMES = [guide.name for guide in GUIDES]
KEPT = Path(__file__).parent / "guide_items.txt"
"""The keys of items that were ever released; one may leave the guides, none may change."""

MOST_WORDS, FEWEST_WORDS = 420, 220
"""Three minutes at 140 words a minute, which is slow."""
LONGEST_SENTENCE = 27
MEAN_SENTENCE = 15
LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
FIGURE = re.compile(r"\{[^}]*\}")


def plain(text: str) -> str:
    """Return the words of *text*: links by what they say, figures and marks left out."""
    return FIGURE.sub("", LINK.sub(r"\1", text)).replace("*", "")


def sentences(text: str) -> list[str]:
    lines = [line.lstrip("#-0123456789. ") for line in plain(text).splitlines()]
    return [
        each.strip() for line in lines for each in re.split(r"(?<=[.?:])\s", line) if each.strip()
    ]


def guide_of(name: str):
    return next(guide for guide in GUIDES if guide.name == name)


def test_there_is_a_guide_for_each_stage_in_its_order() -> None:
    assert NAMES == [
        "decide-the-role", "choose-a-standard", "procure-a-provider", "recruit-for-diversity",
        "first-weeks", "line-managing", "off-the-job-time", "reviews", "when-things-slip",
        "secondment", "gateway", "after",
    ]  # fmt: skip
    files = {path.stem for path in resources.path("guides").glob("*.md")}
    assert files == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_can_be_read_in_three_minutes(name) -> None:
    text = guide_of(name).text
    assert FEWEST_WORDS < len(plain(text).split()) < MOST_WORDS


@pytest.mark.parametrize("name", NAMES)
def test_sentences_are_short(name) -> None:
    lengths = {each: len(each.split()) for each in sentences(guide_of(name).text)}
    assert len(lengths) > 15
    assert {each for each, length in lengths.items() if length > LONGEST_SENTENCE} == set()
    assert sum(lengths.values()) / len(lengths) <= MEAN_SENTENCE


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_begins_with_its_title_and_ends_with_what_the_program_does(name) -> None:
    guide = guide_of(name)
    headings = [line for line in guide.text.splitlines() if line.startswith("#")]
    assert headings[0] == f"# {guide.title}"
    assert headings[-1] == "## In the program"
    assert "!" not in guide.text.replace("![", "")
    assert LINK.search(guide.text.split("## In the program")[1])


@pytest.mark.parametrize("day", [TODAY, date(2025, 3, 1), date(2031, 1, 1)])
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_and_source_is_filled_in_on_any_day(name, day) -> None:
    """Rules end: what none of them covers is said to be unknown, and nothing breaks."""
    guide, figures = guide_of(name), resources.guide_figures(day)
    text = filled(guide, figures)
    assert not FIGURE.search(text)
    for item in guide_items(guide, {}, figures):
        assert not FIGURE.search(item.title + item.why)


def test_figures_are_those_of_the_rules_on_the_day() -> None:
    now, then = (resources.guide_figures(day) for day in (TODAY, date(2025, 3, 1)))
    wages = resources.wage_rules()
    assert now["apprentice_rate"].says == f"£{wages.rates_on(TODAY).apprentice} an hour"
    assert then["apprentice_rate"].says == f"£{wages.rates_on(date(2025, 3, 1)).apprentice} an hour"
    assert now["review_weeks"].says == f"{resources.review_rules().interval_days(TODAY) // 7} weeks"
    assert now["least_months"].says != then["least_months"].says
    later = resources.guide_figures(date(2031, 1, 1))
    assert later["apprentice_rate"].says == "(not known for 1 Jan 2031)"
    assert not later["apprentice_rate"].is_verified


def test_every_figure_is_named_by_a_guide_and_has_a_source() -> None:
    every = " ".join(
        [guide.text for guide in GUIDES]
        + [item.says + item.why for guide in GUIDES for item in guide.items]
    )
    figures = resources.guide_figures(TODAY)
    assert set(figures) == set(resources.figure_names())
    assert [name for name in figures if f"{{{name}}}" not in every] == []
    assert [name for name, told in figures.items() if not told.says or not told.source] == []


def test_every_source_of_a_guide_is_named_in_its_text_and_says_when() -> None:
    for guide in GUIDES:
        for key, told in guide.sources.items():
            assert f"{{from:{key}}}" in guide.text, f"{guide.name}: {key}"
            says_when = re.search(r"\b20\d\d\b|from memory", told.source)
            assert says_when, f"{guide.name}: {key} does not say of when it is"


RULED = ("£", "%")


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_that_the_rules_know_is_typed(name) -> None:
    """What is typed would not change with the rules."""
    figures = resources.guide_figures(TODAY)
    typed = FIGURE.sub("", guide_of(name).text)
    short = {told.says for told in figures.values() if len(told.says.split()) < 4}
    known = {each for each in short if any(sign in each for sign in RULED)}
    known |= {
        each for each in short if re.fullmatch(r"\d+ (hours|months|weeks|days|working days)", each)
    }
    assert known
    assert [each for each in known if each in typed] == []


def test_checklists_are_short_and_their_lines_fit() -> None:
    for guide in GUIDES:
        assert 5 <= len(guide.items) <= 10, guide.name
        for item in guide.items:
            assert len(item.says) <= 60, item.key
            assert not item.says.endswith("."), item.key
            assert item.why.endswith((".", "?")), item.key
            assert words_of_item(guide, item.says, resources.guide_figures(TODAY))


def test_the_key_of_an_item_is_its_own_and_stays() -> None:
    """Ticks are kept by it: a key that is changed would lose what people ticked off."""
    keys = [item.key for guide in GUIDES for item in guide.items]
    assert len(set(keys)) == len(keys)
    kept = KEPT.read_text(encoding="utf-8").split()
    assert sorted(set(keys) - set(kept)) == [], f"write what is new into {KEPT.name}"
    assert kept == sorted(kept)
    missing = set(kept) - set(keys)
    assert missing == set(), "a key was changed, or an item taken out: see the head of index.toml"


# --- a file that is wrong -------------------------------------------------------------------------

ITEM = {"key": "a", "says": "Do it", "why": "So."}
WHOLE = {
    "name": "one", "title": "One", "about": "When", "words": "w", "goes_on": "apprentice",
    "item": [ITEM],
}  # fmt: skip


def read(*guides: dict[str, object], **more: object):
    file = Entry({"guide": list(guides), **more}, "index.toml")
    return resources.read_guides(file, lambda name: f"# {name}")


def test_a_guide_is_read_with_its_text() -> None:
    (guide,) = read(WHOLE)
    assert (guide.name, guide.text, guide.items[0].link, guide.sources) == ("one", "# one", "", {})


WRONG = {
    "two of a name": ((WHOLE, WHOLE | {"item": [ITEM | {"key": "b"}]}), "guide has two"),
    "two of a key": ((WHOLE, WHOLE | {"name": "two"}), "item has two of the same name"),
    "a long key": ((WHOLE | {"item": [ITEM | {"key": "k" * 61}]},), "more than 60 characters"),
    "no items": ((WHOLE | {"item": []},), "item is not a list"),
    "another thing to go on": ((WHOLE | {"goes_on": "lamp"},), "goes_on is “lamp”"),
    "a key that is not known": ((WHOLE | {"wort": "x"},), "wort is not a key"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_wrong_is_refused_by_name(case) -> None:
    guides, says = WRONG[case]
    with pytest.raises(Problem, match=says):
        read(*guides)
