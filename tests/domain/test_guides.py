"""Guides: figures and sources filled in, and the checklist as it stands."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk.domain.checklist import ItemState, Mark
from apprentice_desk.domain.guides import (
    CHECKLIST_TITLE,
    SOURCES_TITLE,
    UNREAD,
    GoesOn,
    Guide,
    GuideItem,
    Told,
    filled,
    find_guide,
    for_page,
    guide_items,
    words_of_item,
)
from apprentice_desk.domain.problems import Problem

FIGURES = {
    "weeks": Told("12 weeks", "Rules, P59"),
    "days": Told("84 days", "Rules, P59."),
    "pay": Told("£8.00 an hour", "A copy", is_verified=False),
}
ITEMS = (
    GuideItem("one", "Agree a day", "Within {weeks}.", "record/reviews"),
    GuideItem("two", "Look at pay", "It is {pay} or more."),
)


def guide(text: str, name: str = "reviews", items=ITEMS, sources=None) -> Guide:
    return Guide(
        name, "Reviews", "How often", "meeting", GoesOn.APPRENTICE, text, items,
        sources or {"law": Told("", "The Act"), "hearsay": Told("", "A page", is_verified=False)},
    )  # fmt: skip


def test_figures_are_filled_in_with_a_number_that_says_where_they_come_from() -> None:
    text = filled(guide("Every {weeks}, that is {weeks}.\n\nPay: {pay} {from:law}.\n"), FIGURES)
    assert text.replace("\u00a0", " ") == (
        "Every 12 weeks [1], that is 12 weeks [1].\n\nPay: £8.00 an hour [2, check] [3].\n\n"
        f"## {CHECKLIST_TITLE}\n\n"
        "- **Agree a day.** Within 12 weeks [1].\n"
        "- **Look at pay.** It is £8.00 an hour [2, check] or more.\n\n"
        f"## {SOURCES_TITLE}\n\n{UNREAD}\n\n1. Rules, P59.\n2. Check: A copy.\n3. The Act."
    )


def test_one_source_has_one_number_and_a_full_stop_is_not_written_twice() -> None:
    again = GuideItem("one", "Agree a day", "Within {days}.")
    text = filled(guide("{days} {from:law} {days}", items=(again,)), FIGURES)
    assert text.endswith("1. Rules, P59.\n2. The Act.")
    assert UNREAD not in text


def test_a_source_alone_is_only_its_number() -> None:
    text = filled(guide("So it is {from:hearsay}."), FIGURES)
    assert text.startswith("So it is [1,\u00a0check].")


def test_a_text_without_figures_says_nothing_of_sources() -> None:
    plain = GuideItem("one", "Be kind", "Always.")
    assert filled(guide("Be kind.\n", items=(plain,)), FIGURES) == (
        f"Be kind.\n\n## {CHECKLIST_TITLE}\n\n- **Be kind.** Always."
    )


@pytest.mark.parametrize("text", ["{never}", "{from:never}", "{from:weeks}", "{law}"])
def test_what_nothing_fills_in_is_a_problem(text) -> None:
    with pytest.raises(Problem, match=r"The guide “Reviews” names “\{"):
        filled(guide(text), FIGURES)


def test_words_of_an_item_have_their_figures_and_say_what_to_check() -> None:
    one = guide("")
    assert words_of_item(one, "Within {weeks}", FIGURES) == "Within 12 weeks"
    assert words_of_item(one, "It is {pay}", FIGURES) == "It is £8.00 an hour (check)"
    with pytest.raises(Problem):
        words_of_item(one, "{never}", FIGURES)


def test_a_checklist_says_what_was_said_and_what_is_open() -> None:
    marks = {
        "two": Mark("two", date(2026, 9, 1), "Bo"),
        "gone": Mark("gone", date(2026, 9, 1)),
    }
    first, second = guide_items(guide(""), marks, FIGURES)
    assert (first.id, first.state, first.why) == ("one", ItemState.NOT_MET, "Within 12 weeks.")
    assert first.source == "The guide “Reviews”"
    assert (second.state, second.why) == (ItemState.MET, "Done on 1 Sep 2026 by Bo.")


def test_guides_are_found_by_name_and_those_that_are_gone_left_out() -> None:
    one, two = guide("", "one"), guide("", "two")
    assert find_guide((one, two), "two") is two
    assert find_guide((one, two), "three") is None
    assert for_page((one, two), ("two", "three", "one")) == (two, one)
