"""How a quick line is read: the page of help word for word, the whole, the people named in it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import day_with_weekday
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_line import Chip, ChipKind, Hours, Known, read, write
from apprentice_desk.domain.typed_days import parse_typed_day
from domain.quick_lines import KNOWN, codes, names
from quick_people import TEAM, TODAY, known, person

HELP = resources.read_text("help", "quick-line.md")
_ROW = re.compile(r"\| `(.+?)` \| (.+?) \|(?: (.+?) \|)?")
WEEK_SHOWN, IN_FORMS = "### While another week is shown", "### In the fields of forms"
SHOWN = date(2026, 11, 2)
"""The Monday of the week that is shown in the examples of WEEK_SHOWN."""


def rows(columns: int, under: str = "") -> list[tuple[str, ...]]:
    """Return the examples of so many columns; those under a heading of its own only with it."""
    heading, lines = "", []
    for line in HELP.splitlines():
        heading = line if line.startswith("#") else heading
        own = heading if heading in (WEEK_SHOWN, IN_FORMS) else ""
        if line.startswith("| `") and own == under:
            lines.append(line)
    found = [_ROW.fullmatch(line) for line in lines]
    assert all(found)
    cells = [tuple(cell for cell in row.groups() if cell) for row in found if row]
    return [each for each in cells if len(each) == columns]


# --- the page of help ---------------------------------------------------------------------------


def test_the_page_of_help_has_examples_of_both_kinds():
    assert len(rows(2)) > 45
    assert len(rows(3)) > 20
    assert len(rows(2, WEEK_SHOWN)) > 5
    assert len(rows(3, IN_FORMS)) > 7


@pytest.mark.parametrize(("text", "shown"), rows(2))
def test_every_example_of_the_help_is_read_as_it_says(text, shown):
    line = read(text, KNOWN, TODAY)
    assert line.findings == ()
    chips = [chip.shown + (" (assumed)" if chip.is_assumed else "") for chip in line.chips]
    assert " · ".join(chips) == shown
    assert line.is_complete


@pytest.mark.parametrize(("text", "shown"), rows(2, WEEK_SHOWN))
def test_every_example_beside_another_week_is_read_as_the_help_says(text, shown):
    line = read(text, KNOWN, TODAY, SHOWN)
    chips = [chip.shown + (" (assumed)" if chip.is_assumed else "") for chip in line.chips]
    assert " · ".join(chips) == shown
    assert line.is_complete


@pytest.mark.parametrize(("text", "been", "other"), rows(3, IN_FORMS))
def test_every_example_of_a_field_of_forms_is_read_as_the_help_says(text, been, other):
    def said(*, is_past: bool) -> str:
        try:
            return day_with_weekday(parse_typed_day(text, TODAY, is_past=is_past).day)
        except ValueError as wrong:
            return str(wrong)

    assert (said(is_past=True), said(is_past=False)) == (been, other)


@pytest.mark.parametrize(("text", "word", "said"), rows(3))
def test_every_example_that_is_unclear_says_so_under_its_word(text, word, said):
    line = read(text, KNOWN, TODAY)
    first = line.findings[0]
    assert (f"`{text[first.start : first.end]}`" if first.end > first.start else "the end") == word
    assert f"{first.message} {first.remedy}" == said
    assert line.entries == ()


def test_the_help_names_the_limits_and_the_team():
    assert "at most 5,000 characters" in HELP
    assert "at most 1,000 entries" in HELP
    assert all(each.name in HELP for each in TEAM)


# --- the whole ----------------------------------------------------------------------------------


def test_one_line_logs_for_many_people():
    text = "ada, noor 3:30 tue workshop AWS cloud essentials K7 S3"
    line = read(text, KNOWN, TODAY)
    assert line.chips == (
        Chip(ChipKind.PERSON, 0, 3, "Ada Obi"),
        Chip(ChipKind.PERSON, 5, 9, "Noor Rahman"),
        Chip(ChipKind.DURATION, 10, 14, "3 h 30 m"),
        Chip(ChipKind.DAY, 15, 18, "Tue 17 Nov"),
        Chip(ChipKind.ACTIVITY, 19, 27, "Workshop"),
        Chip(ChipKind.WHAT, 28, 48, "AWS cloud essentials"),
        Chip(ChipKind.KSB, 49, 51, "K7"),
        Chip(ChipKind.KSB, 52, 54, "S3"),
    )
    assert [each.person.name for each in line.entries] == ["Ada Obi", "Noor Rahman"]
    for entry in line.entries:
        assert (entry.done_on, entry.minutes, entry.began_at) == (date(2026, 11, 17), 210, "")
        assert (entry.activity, entry.ksbs) == (Activity.WORKSHOP, ("K7", "S3"))
        assert entry.what == "AWS cloud essentials"
    assert (line.minutes, line.began_at, line.done_on) == (210, "", date(2026, 11, 17))


@pytest.mark.parametrize("text", ["", "   ", "\u200f\ufeff", ", ; -", "\n"])
def test_nothing_is_said_against_a_blank_line(text):
    line = read(text, KNOWN, TODAY)
    assert (line.chips, line.findings, line.people, line.days) == ((), (), (), ())
    assert (line.activity, line.minutes, line.began_at, line.done_on) == (None, None, "", None)
    assert not line.is_complete
    assert write(line, KNOWN, TODAY) == ""


def test_what_nobody_typed_is_marked_as_assumed():
    chips = read("ada 2", KNOWN, TODAY).chips
    assumed = [chip for chip in chips if chip.is_assumed]
    assert [(chip.kind, chip.shown, chip.start) for chip in assumed] == [
        (ChipKind.DAY, "Today, Fri 20 Nov", 5),
        (ChipKind.ACTIVITY, "Other training", 5),
    ]
    assert all(chip.note for chip in assumed)


def test_hours_may_differ():
    line = read("ada 3, noor 9-12:30 tue, wed", KNOWN, TODAY)
    assert line.hours == (Hours(180), Hours(210, "09:00"))
    assert (line.minutes, line.began_at) == (None, "")
    assert [(each.person.name, each.done_on.day, each.minutes) for each in line.entries] == [
        ("Ada Obi", 17, 180),
        ("Noor Rahman", 17, 210),
        ("Ada Obi", 18, 180),
        ("Noor Rahman", 18, 210),
    ]


def test_a_line_is_limited_in_entries_words_and_codes():
    crowd = tuple(person(number, f"P{number} Qu") for number in range(1, 101))
    many = Known(crowd, KNOWN.activity_words, {}, tuple(each.id for each in crowd))
    assert codes("everyone 1 1/11-10/11", many) == []
    assert codes("everyone 1 1/11-11/11", many) == [("too-many-entries", "")]
    assert codes(f"ada 2 {'x' * 4000}") == []
    assert codes(f"ada 2 {'x' * 4001}") == [("what-too-long", "")]
    assert codes("mei 2 K1-60") == []
    assert codes("mei 2 K1-60 S1") == [("too-many-codes", "S1")]


# --- people -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ADA", ["Ada Obi"]),
        ("obi ada", ["Ada Obi"]),
        ("adae", ["Adaeze Brown"]),
        ("ada brown", ["Adaeze Brown"]),
        ("ada b", ["Adaeze Brown"]),
        ("noor,noor", ["Noor Rahman"]),  # twice is a finding, and counts once
        ("ada&noor", ["Ada Obi", "Noor Rahman"]),
        ("ada + noor", ["Ada Obi", "Noor Rahman"]),
        ("ada; noor; mei", ["Ada Obi", "Noor Rahman", "Mei Lin"]),
        ("ada And @noor", ["Ada Obi", "Noor Rahman"]),
        ("\u200fada\u200e", ["Ada Obi"]),
        ("may", ["May Sun"]),
        ("may sun", ["May Sun"]),
        ("ab", ["Adaeze Brown"]),  # initials
        ("a obi", ["Ada Obi"]),
        ("XM 4", []),
        ("xm-4", ["Mei Lin"]),
        ("mei xm-4", ["Mei Lin"]),
        ("mei xm-5", ["Mei Lin"]),  # and a word
        ("everybody", [each.name for each in TEAM[:7]]),
        ("all", [each.name for each in TEAM[:7]]),
    ],
)
def test_people_are_named_by_any_part_of_their_names(typed, expected):
    assert names(f"{typed} 2h") == expected


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë O’Brien", "zoe"),
        ("Zoë O’Brien", "obrien"),
        ("Zoë O’Brien", "O'BRI"),
        ("José Smith-Jones", "jones"),
        ("José Smith-Jones", "smith-jo"),
        ("Łukasz Nowak", "lukasz"),
        ("王 伟", "王"),
        ("عمر فاروق", "\u200fعمر"),
    ],
)
def test_accents_case_and_signs_do_not_matter(name, typed):
    assert names(f"{typed} 2", known((person(1, name), *TEAM[1:]))) == [name]


def test_a_name_that_fits_two_people_is_said_under_the_word_with_both():
    namesakes = known((person(1, "Ada Obi", "XM-1"), person(2, "Ada Obi", "XM-2"), TEAM[8]))
    (finding,) = read("ada 2", namesakes, TODAY).findings
    assert finding.code == "several-people"
    assert finding.message == "“ada” could be Ada Obi (XM-1) or Ada Obi (XM-2)."
    assert [(each.text, each.shown) for each in finding.choices] == [
        ("Ada Obi XM-1", "Ada Obi (XM-1)"),
        ("Ada Obi XM-2", "Ada Obi (XM-2)"),
    ]
    for choice, expected in zip(finding.choices, namesakes.people, strict=False):
        line = read(f"{choice.text} 2", namesakes, TODAY)
        assert line.people == (expected,)
        assert line.is_complete


def test_people_of_one_name_and_without_codes_cannot_be_told_apart():
    twins = known((person(1, "Ada Obi"), person(2, "Ada Obi")))
    (finding,) = read("ada 2", twins, TODAY).findings
    assert [each.text for each in finding.choices] == ["@Ada Obi", "@Ada Obi"]
    assert codes("@Ada Obi 2", twins) == [("several-people", "@Ada Obi")]


def test_a_name_that_begins_with_all_is_not_everybody():
    team = known((*TEAM, person(20, "Allan Reed")))
    assert codes("all 2", team) == [("several-people", "all")]
    (finding,) = read("all 2", team, TODAY).findings
    assert finding.message == "“all” could be everyone or Allan Reed."
    assert names("everyone 2", team) == [each.name for each in TEAM[:7]]
    assert names("@all 2", team) == ["Allan Reed"]
    assert codes("all hands meeting 2") == [("unknown-person", "all")]
    assert names("2 all") == []


def test_everyone_needs_people_whom_it_means():
    assert codes("everyone 2", known(everyone=0)) == [("nobody-meant", "everyone")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ada noor 2", [("name-without-comma", "noor")]),
        ("ada 3 noor 2:30", [("name-without-comma", "noor")]),
        ("ada and zed 2", [("unknown-person", "zed")]),
        ("@zed 2", [("unknown-person", "@zed")]),
        ("@ 2", [("unknown-person", "@")]),
        ("ada except noor 2", [("nobody-left-out", "except"),
                                ("name-without-comma", "noor")]),
        ("ada, not noor 2", [("nobody-left-out", "not"), ("name-without-comma", "noor")]),
        ("noor, ada, noor 2", [("person-twice", "noor")]),
        ("everyone, ada, noor 2", [("person-twice", "ada"), ("person-twice", "noor")]),
        ("everyone, all 2", [("person-twice", "all")]),
        ("Ada ada, noor 2", [("person-twice", "ada")]),
        ('"ada" 2', [("no-person", "")]),
        ("IT support 2", [("unknown-person", "IT")]),
        ("the 2", [("unknown-person", "the")]),
        ("7:3 2", [("no-person", ""), ("duration-unread", "7:3"), ("several-durations", "2")]),
        ("zed, noor 2", [("unknown-person", "zed")]),
        ("2 zed, noor", [("no-person", "")]),
        ("sun 2", [("name-or-word", "sun")]),
        ("ada sun 2", []),
        ("ada, sunday 2", []),
    ],
)  # fmt: skip
def test_nobody_is_guessed(text, found):
    assert sorted(codes(text)) == sorted(found)


def test_a_name_that_is_an_activity_or_its_beginning_is_asked_about():
    team = known((*TEAM, person(20, "Theory Class"), person(21, "Shadi Worksop")))
    (finding,) = read("theory 2", team, TODAY).findings
    assert finding.message == "“theory” could be Theory Class or the activity Teaching of theory."
    assert [each.text for each in finding.choices] == ["@Theory Class"]
    assert names("@theory 2", team) == ["Theory Class"]
    assert names("theory class 2", team) == ["Theory Class"]
    assert codes("shad 2", team) == [("name-or-word", "shad")]
    assert names("shadi 2", team) == ["Shadi Worksop"]
    assert names("ada 2, class 3", team) == ["Ada Obi"]


def test_an_activity_goes_before_the_beginning_of_a_name():
    team = known((person(20, "Labeeb Courser"),))
    assert codes("lab 2", team) == [("no-person", "")]
    assert names("labe 2 lab", team) == ["Labeeb Courser"]


def test_a_name_goes_on_only_with_whole_words_where_they_say_something_else():
    team = known((person(20, "Ada Workman"), person(21, "Ben Tue")))
    line = read("ada work 2", team, TODAY)
    assert [chip.shown for chip in line.chips[:3]] == ["Ada Workman", "On the job (work)", "2 h"]
    assert names("ben tue 2", team) == ["Ben Tue"]
    assert read("ada w 2", team, TODAY).what == ""
    assert read("ben t&d 2", team, TODAY).what == "t&d"
    assert names("ben tue&ada 2", team) == ["Ben Tue", "Ada Workman"]
    assert read("ada with me 2", team, TODAY).what == "with me"


def test_whole_names_behind_the_words_are_taken_where_nobody_stands_first():
    assert names("2 workshop with Ada Obi and noor") == ["Ada Obi", "Noor Rahman"]
    assert names("2 workshop reviews ada, and noor, mei") == ["Ada Obi", "Noor Rahman", "Mei Lin"]
    assert names("2 workshop reviews everyone") == [each.name for each in TEAM[:7]]
    assert names("2 workshop reviews ad, noor") == []
    assert names("2 workshop reviews no") == []
    assert names("2 workshop reviews ada noor") == ["Noor Rahman"]
    assert names("2 workshop reviews of ada today") == ["Ada Obi"]
    assert codes("2 workshop reviews with adaeze, ada, ada") == [("person-twice", "ada")]


def test_somebody_with_one_name_is_told_from_who_shares_it_by_an_at():
    team = known((person(1, "Ada"), person(2, "Ada Obi"), person(3, "Everyone Else")))
    assert codes("ada 2", team) == [("several-people", "ada")]
    assert names("@ada 2", team) == ["Ada"]
    assert names("@ada obi 2", team) == ["Ada Obi"]
    assert names("@everyone 2", team) == ["Everyone Else"]
    for each in team.people:
        assert read(
            write(read(f"@{each.name} 2", team, TODAY), team, TODAY), team, TODAY
        ).people == (each,)


def test_a_name_may_have_a_great_many_words():
    long_name = " ".join(f"na{letter}" for letter in "abcdefghijklmnopqrst")
    line = read(f"{long_name} 2", known((person(1, long_name),)), TODAY)
    assert [each.name for each in line.people] == [long_name]
    assert line.is_complete


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("ad 2", ["Ada Obi 2", "Adaeze Brown 2"]),
        ("ada noor 2", ["ada, Noor Rahman 2"]),
        ("ada 3 noor 2:30", ["ada 3, Noor Rahman 2:30"]),
        ("sun 2", ["@May Sun 2"]),
        ("all 2", ["everybody 2", "Allan Reed 2"]),
        ("everyone 2", ["everybody 2", "@Everyone Else 2"]),
    ],
)
def test_each_choice_of_a_finding_settles_it(text, wholes):
    others = (person(20, "Allan Reed"), person(21, "Everyone Else"))
    team = known((*TEAM, *others))
    finding = read(text, team, TODAY).findings[0]
    made = [text[: each.start] + each.text + text[each.end :] for each in finding.choices]
    assert made == wholes
    assert all(read(each, team, TODAY).is_complete for each in made)
