"""What the word under the cursor may become, and in which order."""

from __future__ import annotations

from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_line import ChipKind, Known, complete, read
from quick_people import TEAM, TODAY, known, person

KNOWN = known(recent=(3, 8, 0))


def offered(text: str, to: Known = KNOWN) -> list[str]:
    """Return what may be put where the | stands in *text*."""
    before, _, after = text.partition("|")
    return [each.text for each in complete(before + after, len(before), to, TODAY)]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        # people by any word of the name, the latest used first, but a whole word before all
        ("no|", ["Noor Rahman", "Tomasz Nowak", "normal work"]),
        ("ad|", ["Adaeze Brown", "Ada Obi", "admin"]),
        ("ada|", ["Ada Obi", "Adaeze Brown"]),
        ("ada ob|", ["Ada Obi", "observing a colleague"]),
        ("@su|", ["@May Sun"]),
        ("every|", ["everyone"]),
        ("zzz|", []),
        ("😀|", []),
        # nobody twice, and a second one behind a comma or "and" only
        ("ada, noor, no| 3:30", ["Tomasz Nowak", "normal work"]),
        ("ada and no|", ["Noor Rahman", "Tomasz Nowak", "normal work"]),
        ("ada 3, no|", ["Noor Rahman", "Tomasz Nowak", "normal work"]),
        ("ada 3 noo|", []),
        ("ada 3 @noo|", ["Noor Rahman"]),
        ("ada, every|", []),
        ("ada 3 workshop AWS, noo|", []),
        ("3 tue noo|", ["Noor Rahman"]),
        ('"AWS" noo|', ["Noor Rahman"]),
        # where a name is due and nothing was typed, those of last time
        ("|", ["Mei Lin", "Adaeze Brown", "Ada Obi"]),
        ("mei, |", ["Adaeze Brown", "Ada Obi"]),
        ("mei |", []),
        # days, unless there is one
        ("ada 3 tu|", ["tuesday", "tutorial"]),
        ("ada 3 yes|", ["yesterday"]),
        ("ada 3 last tue AWS yes|", []),
        # activities, each once, by their own name or else the shortest word; unless there is one
        ("ada 3 works|", ["workshop"]),
        ("ada 3 lec|", ["lecture"]),
        ("ada 3 rev|", ["revision", "review"]),
        ("ada 3 shadowi|", ["shadowing"]),
        ("ada 3 workshop AWS cours|", []),
        # among words with the comma that sets it apart, and not where a word goes on
        ("ada 3 AWS webin|", [", webinar"]),
        ("ada 3 AWS & webin| tue", [", webinar"]),
        ("ada 3 AWS, webin|", ["webinar"]),
        ("ada 3 AWS tue webin|", ["webinar"]),
        ("ada 3 AWS webin| design", []),
        ("ada 3 webin| design", ["webinar"]),
        # codes that the standards of all in the line have
        ("ada 3 k|", ["K4", "K5", "K6", "K7", "K9"]),
        ("ada, noor 3 S|", ["S3", "saturday", "sunday", "seminar", "skills training", "shadow",
                            "study", "simulation"]),
        ("ada, noor 3 K|", ["K7"]),
        ("ada, noor 3 K7 K|", []),
        ("ada, mei 3 B1|", []),
        ("ada 3 K10|", []),
        ("mei 3 K|", []),
        # nothing within quotation marks, or for a word that is whole
        ('ada 3 "wor|', []),
        ('ada 3 "|', []),
        ('ada 3 "wor|k"', []),
        ("ada 3 “wor|k”", []),
        ('ada 3 "AWS" wo|', ["work shadowing", "workshop", "work"]),
        ("ada 3 workshop|", []),
    ],
)  # fmt: skip
def test_what_is_offered(text, texts):
    assert offered(text) == texts


def test_people_come_before_all_else_and_in_the_order_of_last_use():
    assert offered("a|")[:2] == ["Adaeze Brown", "Ada Obi"]
    kinds = [each.kind for each in complete("ad", 2, KNOWN, TODAY)]
    assert kinds == [ChipKind.PERSON, ChipKind.PERSON, ChipKind.ACTIVITY]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("no| 3:30", "Noor Rahman 3:30"),
        ("ada o| 3:30", "Ada Obi 3:30"),
        ("a|da 3", "Adaeze Brown 3"),
        ("ada, le| tue", "ada, Leila Haddad tue"),
        ("ada 3 wor| AWS", "ada 3 workshop AWS"),
        ("ada 3 tu| AWS", "ada 3 tuesday AWS"),
        ("ada 3 S|", "ada 3 S3"),
    ],
)
def test_what_is_offered_replaces_the_whole_word(text, whole):
    before, _, after = text.partition("|")
    line = {
        (before + after)[: each.start] + each.text + (before + after)[each.end :]
        for each in complete(before + after, len(before), KNOWN, TODAY)
    }
    assert whole in line, line


@pytest.mark.parametrize(
    "text",
    ["ada 3 AWS lec", "ada 3 AWS, lec", "ada 3 lec", "ada 3 AWS tue lec", "ada 3 K7 AWS lec"],
)
def test_an_activity_that_is_offered_is_understood(text):
    (each,) = complete(text, len(text), KNOWN, TODAY)
    line = read(text[: each.start] + each.text, KNOWN, TODAY)
    assert (line.activity, line.what) == (Activity.TEACHING, "AWS" if "AWS" in text else "")


def test_a_day_of_the_week_shown_says_so():
    (each, *_) = complete("ada 3 wednes", 12, KNOWN, TODAY, date(2026, 11, 2))
    assert (each.text, each.shown) == ("wednesday", "Wednesday, Wed 4 Nov, the week shown")


def test_a_name_that_is_offered_is_understood():
    awkward = tuple(
        person(number, name, f"XM-{number}")
        for number, name in enumerate(("Sun", "Ada Obi", "Ada Obi", "Theory Class"), 1)
    )
    team = Known(awkward, resources.activity_words(), {})
    for each, typed in zip(awkward, ("su", "ada", "obi", "the"), strict=True):
        found = [
            done
            for done in complete(typed, len(typed), team, TODAY)
            if done.kind is ChipKind.PERSON
        ]
        assert any(read(f"{done.text} 3", team, TODAY).people == (each,) for done in found)


def test_a_day_is_shown_with_its_date_and_an_activity_with_its_name():
    shown = {each.text: each.shown for each in complete("ada 3 tu", 8, KNOWN, TODAY)}
    assert shown["tuesday"] == "Tuesday, Tue 17 Nov"
    shown = {each.text: each.shown for each in complete("ada 3 lec", 9, KNOWN, TODAY)}
    assert shown == {"lecture": "Teaching of theory (lecture)"}
    shown = {each.text: each.shown for each in complete("le", 2, KNOWN, TODAY)}
    assert shown["Leila Haddad"] == "Leila Haddad (XM-6)"


def test_people_without_codes_are_shown_by_their_names():
    team = known((person(1, "Ada Obi"),))
    assert complete("ad", 2, team, TODAY)[0].shown == "Ada Obi"


def test_at_most_eight_are_offered():
    crowd = known(tuple(person(number, f"Pat Q{number}") for number in range(1, 30)))
    assert len(complete("pa", 2, crowd, TODAY)) == 8


@pytest.mark.parametrize("cursor", [-1, 4])
def test_a_cursor_beside_the_text_is_offered_nothing(cursor):
    assert complete("ada", cursor, KNOWN, TODAY) == ()


def test_those_of_last_time_who_have_gone_are_not_offered():
    gone = Known(TEAM[:2], {}, {}, (), (TEAM[5].id, TEAM[1].id))
    assert offered("|", gone) == ["Noor Rahman"]
