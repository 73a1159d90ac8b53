"""How a quick line is read: each part by examples, and the page of help word for word."""

from __future__ import annotations

import re
from datetime import date

import pytest

from apprentice_desk import resources
from apprentice_desk.domain.calendar import day_with_weekday
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_known import listed
from apprentice_desk.domain.quick_line import Chip, ChipKind, Hours, Known, read, write
from apprentice_desk.domain.typed_days import parse_typed_day
from quick_people import CODES, TEAM, TODAY, known, person

KNOWN = known()
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


def names(text: str, to: Known = KNOWN) -> list[str]:
    return [each.name for each in read(text, to, TODAY).people]


def codes(text: str, to: Known = KNOWN) -> list[tuple[str, str]]:
    """Return each finding as its code and the word that it stands under."""
    return [(each.code, text[each.start : each.end]) for each in read(text, to, TODAY).findings]


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


# --- hours --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "minutes", "began_at"),
    [
        ("1.5", 90, ""),
        ("1,5", 90, ""),
        (".5", 30, ""),
        ("7", 420, ""),
        ("24", 1440, ""),
        ("24:00", 1440, ""),
        ("1:30", 90, ""),
        ("1h30", 90, ""),
        ("1h30m", 90, ""),
        ("1h 30m", 90, ""),
        ("1 hour and 30 minutes", 90, ""),
        ("2 HRS", 120, ""),
        ("1.5h", 90, ""),
        ("90m", 90, ""),
        ("90 min", 90, ""),
        ("for 90 min", 90, ""),
        ("9:00-12:30", 210, "09:00"),
        ("9.00-12.30", 210, "09:00"),
        ("9-12:30", 210, "09:00"),
        ("9 - 12:30", 210, "09:00"),
        ("9–12:30", 210, "09:00"),
        ("from 9 to 12:30", 210, "09:00"),
        ("9am-12.30pm", 210, "09:00"),
        ("9 am to 12.30 PM", 210, "09:00"),
        ("9-1pm", 240, "09:00"),
        ("1-4pm", 180, "13:00"),
        ("11-1pm", 120, "11:00"),
        ("10-11pm", 60, "22:00"),
        ("9am-5", 480, "09:00"),
        ("2pm-4", 120, "14:00"),
        ("11am-12", 60, "11:00"),
        ("12-1pm", 60, "12:00"),
        ("12am-1am", 60, "00:00"),
        ("01:30-3:30", 120, "01:30"),
        ("20-24", 240, "20:00"),
        ("7-8", 60, "07:00"),
    ],
)
def test_lengths_of_time(typed, minutes, began_at):
    line = read(f"ada {typed} tue", KNOWN, TODAY)
    assert line.findings == ()
    assert (line.minutes, line.began_at, line.what) == (minutes, began_at, "")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0", "“0” is no time at all"),
        ("0m", "“0m” is no time at all"),
        ("25", "25 h does not fit"),
        ("24:01", "24 h 1 m does not fit"),
        ("1441m", "24 h 1 m does not fit"),
        ("7:60", "“7:60” is not a length of time"),
        ("1h 75m", "“1h 75m” is not a length of time"),
        ("9999h 59m", "9,999 h 59 m|not a length"),
        ("22:00-1:00", "goes past midnight"),
        ("9-5", "goes past midnight"),
        ("5pm-9am", "goes past midnight"),
        ("9-9", "ends before it begins"),
        ("1-4", "in the morning or in the afternoon"),
        ("6:30-7:30", "in the morning or in the afternoon"),
        ("9-13pm", "no clock shows"),
        ("9:75-10", "no clock shows"),
        ("9-25", "no clock shows"),
        ("24-25", "no clock shows"),
        ("24:00-24:00", "no clock shows"),
        ("0am-3", "no clock shows"),
        ("12:30:15", "neither a length of time nor a day"),
    ],
)
def test_what_is_no_length_of_time_is_said_under_the_word(typed, says):
    line = read(f"ada {typed}", KNOWN, TODAY)
    assert re.search(says, line.findings[0].message)
    assert line.findings[0].start == 4
    assert line.findings[0].end == 4 + len(typed)
    assert line.minutes is None


@pytest.mark.parametrize(
    ("text", "what", "minutes"),
    [
        ("ada 2:30 Python 3 basics", "Python 3 basics", 150),
        ("ada AWS 101 2", "AWS 101", 120),
        ("ada 2h Python 3.11", "Python 3.11", 120),
        ("ada 2h level 99", "level 99", 120),
        ("ada 1,000 users 2", "1,000 users", 120),
        ("ada Python 3", "Python", 180),
        ("ada 2:30, 3 tiers", "tiers", None),
        ("ada 3 2 AWS", "AWS", None),
        ("ada 3, noor, mei 2:30", "", None),
        ("everyone 3, adaeze 2", "", None),
        ("ada, 3, noor, 2", "", None),
        ("ada 25 AWS 2h 3h", "AWS", None),
    ],
)
def test_a_number_is_taken_only_where_it_can_be_nothing_else(text, what, minutes):
    line = read(text, KNOWN, TODAY)
    assert (line.what, line.minutes) == (what, minutes)
    assert line.is_complete == (minutes is not None)


def test_one_wrong_length_among_those_of_each_person_is_the_only_finding():
    assert codes("ada 25, noor 2") == [("duration-unread", "25")]


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fri", ["2026-11-20"]),
        ("sat", ["2026-11-14"]),
        ("thurs", ["2026-11-19"]),
        ("Wednesday", ["2026-11-18"]),
        ("on tues", ["2026-11-17"]),
        ("today", ["2026-11-20"]),
        ("yesterday", ["2026-11-19"]),
        ("last fri", ["2026-11-13"]),
        ("last sun", ["2026-11-15"]),
        ("-1", ["2026-11-19"]),
        ("−2", ["2026-11-18"]),
        ("-999", ["2024-02-25"]),
        ("17 nov", ["2026-11-17"]),
        ("17th of November", ["2026-11-17"]),
        ("17nov", ["2026-11-17"]),
        ("17-nov-26", ["2026-11-17"]),
        ("17 nov 2025", ["2025-11-17"]),
        ("nov 17", ["2026-11-17"]),
        ("1st sept", ["2026-09-01"]),
        ("17/11", ["2026-11-17"]),
        ("21/11", ["2025-11-21"]),
        ("29/2", ["2024-02-29"]),
        ("17-11-2026", ["2026-11-17"]),
        ("17.11.26", ["2026-11-17"]),
        ("2026/11/17", ["2026-11-17"]),
        ("1/1/1900", ["1900-01-01"]),
        ("tue 17/11", ["2026-11-17"]),
        ("mon, wed", ["2026-11-16", "2026-11-18"]),
        ("wed,mon", ["2026-11-16", "2026-11-18"]),
        ("mon and wed & thu", ["2026-11-16", "2026-11-18", "2026-11-19"]),
        ("tue, tue", ["2026-11-17"]),
        ("tue-thu", ["2026-11-17", "2026-11-18", "2026-11-19"]),
        ("sat to mon", ["2026-11-14", "2026-11-15", "2026-11-16"]),
        ("last mon-wed", ["2026-11-09", "2026-11-10", "2026-11-11"]),
        ("last mon - last tue", ["2026-11-09", "2026-11-10"]),
        ("16/11-17/11", ["2026-11-16", "2026-11-17"]),
        ("31/12-1/1", ["2025-12-31", "2026-01-01"]),
        ("16 to 17 nov", ["2026-11-16", "2026-11-17"]),
        ("tue -3", None),
    ],
)
def test_days(typed, expected):
    line = read(f"ada 2h {typed}", KNOWN, TODAY)
    if expected is None:
        assert [each.code for each in line.findings] == ["several-days", "several-days"]
        return
    assert line.findings == ()
    assert [day.isoformat() for day in line.days] == expected
    assert line.what == ""


@pytest.mark.parametrize(
    ("typed", "expected", "shown"),
    [
        ("tue", ["2025-12-30"], "Tue 30 Dec 2025, the week shown"),
        ("on Sunday", ["2026-01-04"], "Sun 4 Jan, the week shown"),
        ("wed-thu", ["2025-12-31", "2026-01-01"],
         "Wed 31 Dec 2025 to Thu 1 Jan, 2 days, the week shown"),
        ("29/12-tue", ["2025-12-29", "2025-12-30"],
         "Mon 29 Dec 2025 to Tue 30 Dec 2025, 2 days, the week shown"),
        ("last tue", ["2026-11-10"], "Tue 10 Nov"),
        ("tue 17/11", ["2026-11-17"], "Tue 17 Nov"),
        ("-2", ["2026-11-18"], "Wed 18 Nov"),
    ],
)  # fmt: skip
def test_a_weekday_is_of_the_week_shown(typed, expected, shown):
    line = read(f"ada 2h {typed}", KNOWN, TODAY, date(2025, 12, 29))
    assert line.findings == ()
    assert [day.isoformat() for day in line.days] == expected
    assert [chip.shown for chip in line.chips if chip.kind is ChipKind.DAY] == [shown]


@pytest.mark.parametrize(
    ("typed", "week", "says"),
    [
        ("sat to mon", date(2025, 12, 29), "“sat to mon” ends before it begins."),
        ("sat", date(2026, 11, 23), "Sat 28 Nov is still to come."),
    ],
)
def test_what_is_no_day_of_the_week_shown_is_said_under_the_word(typed, week, says):
    line = read(f"ada 2h {typed}", KNOWN, TODAY, week)
    assert [finding.message for finding in line.findings] == [says]
    assert line.entries == ()


def test_in_the_present_week_a_weekday_is_the_last_one_up_to_today():
    line = read("ada 2h sat", KNOWN, TODAY, date(2026, 11, 16))
    assert [chip.shown for chip in line.chips if chip.kind is ChipKind.DAY] == ["Sat 14 Nov"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02", "February has no day 31"),
        ("0/2", "February has no day 0"),
        ("29/02/2026", "does not exist"),
        ("17/13", "There is no month 13"),
        ("31 nov", "November has no day 31"),
        ("1/1/1899", "outside the years 1900 to 2100"),
        ("1/1/2101", "outside the years 1900 to 2100"),
        ("21/11/2026", "Sat 21 Nov is still to come"),
        ("1/1/2100", "Fri 1 Jan 2100 is still to come"),
        ("wed 17/11", "is a Tuesday, not a Wednesday"),
        ("0-17 nov", "November has no day 0"),
        ("18-17 nov", "has no day|ends before it begins"),
        ("17/11/26-16/11/26", "ends before it begins"),
        ("1/1-17/11", "more than 31 days"),
        ("20-21/11/26", "still to come|neither"),
        ("17/11-45", "neither a length of time nor a day"),
    ],
)
def test_what_is_no_day_is_said_under_the_word(typed, says):
    line = read(f"ada 2h {typed}", KNOWN, TODAY)
    assert re.search(says, line.findings[0].message), line.findings[0]
    assert line.findings[0].start == 7
    assert line.entries == ()


def test_a_day_before_the_calendar_begins_is_refused():
    line = read("ada 2h -999", KNOWN, date(2, 1, 1))
    assert [each.message for each in line.findings] == ["“-999” is no day."]


def test_the_days_of_a_line_stand_together_and_are_at_most_31():
    assert codes("ada tue 2h wed") == [("several-days", "tue"), ("several-days", "wed")]
    assert codes("ada 2h tue AWS 31/02") == [("several-days", "tue"), ("day-unread", "31/02")]
    assert codes("ada 2h 1/10-31/10") == []
    assert codes("ada 2h 1/10-31/10, tue") == [
        ("too-many-days", "1/10-31/10"),
        ("too-many-days", "tue"),
    ]


def test_a_month_first_day_gives_way_to_a_name():
    assert names("may 3 workshop") == ["May Sun"]
    line = read("ada 2h may 3", KNOWN, TODAY)
    assert [day.isoformat() for day in line.days] == ["2026-05-03"]


# --- activity -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "activity", "what"),
    [
        ("ada 2 workshop", Activity.WORKSHOP, ""),
        ("ada 2 E-Learning", Activity.ONLINE_LEARNING, ""),
        ("ada 2 self_study", Activity.SELF_STUDY, ""),
        ("ada 2 12 week review", Activity.PROGRESS_REVIEW, ""),
        ("ada 2 coaching and mentoring Linux", Activity.MENTORING, "coaching and mentoring Linux"),
        ("ada 2 Mentoring Linux", Activity.MENTORING, "Linux"),
        ("ada 2 project & planning", Activity.ASSIGNMENT, "project & planning"),
        ("ada 2 project, planning", Activity.ASSIGNMENT, "planning"),
        ("ada 2 college course, module", Activity.PROVIDER_DAY, "college course, module"),
        ("ada 2h SQL course 3", Activity.OTHER_TRAINING, "SQL course 3"),
        ("ada 2h AWS, course 3", Activity.OTHER_TRAINING, "AWS, course 3"),
        ("ada 2h SQL, course, module 4", Activity.TEACHING, "SQL module 4"),
        ("ada 2 AWS tue course", Activity.TEACHING, "AWS"),
        ("ada 2 AWS course tue", Activity.OTHER_TRAINING, "AWS course"),
        ("ada 2 AWS & course", Activity.OTHER_TRAINING, "AWS & course"),
        ("ada 2 visited the lab in Leeds", Activity.OTHER_TRAINING, "visited the lab in Leeds"),
        ("ada 2 AWS, project course", Activity.OTHER_TRAINING, "AWS, project course"),
        ("2 SQL course ada", Activity.OTHER_TRAINING, "SQL course"),
        ("ada 2 on the job", Activity.ON_THE_JOB, ""),
        ("ada 2 visiting other departments", Activity.INDUSTRY_VISIT, ""),
        ("ada 2 workshop, course design", Activity.WORKSHOP, "course design"),
        ("ada 2 AWS course, class", Activity.TEACHING, "AWS course"),
        ("ada 2 AWS, class, lecture", Activity.TEACHING, "AWS lecture"),
        ("ada 2 works", Activity.WORKSHOP, ""),
        ("ada 2 works K7", Activity.WORKSHOP, ""),
        ("ada 2 works well", Activity.OTHER_TRAINING, "works well"),
        ("ada 2 lear", Activity.OTHER_TRAINING, "lear"),
        ("ada 2 wor", Activity.OTHER_TRAINING, "wor"),
        ("ada 2 AWS webi", Activity.OTHER_TRAINING, "AWS webi"),
        ('ada 2 "workshop" visit', Activity.INDUSTRY_VISIT, "workshop"),
        ('ada 2 workshop "["', Activity.WORKSHOP, "["),
        ("ada 2 a site, visit", Activity.INDUSTRY_VISIT, "a site"),
    ],
)
def test_activities(text, activity, what):
    line = read(text, KNOWN, TODAY)
    assert line.findings == ()
    assert (line.activity, line.what) == (activity, what)


def test_two_activities_apart_from_the_words_are_asked_about():
    assert codes("ada 2 AWS, project, course") == [
        ("several-activities", "project"),
        ("several-activities", "course"),
    ]
    assert read("ada 2 AWS, project, course", KNOWN, TODAY).activity is None


def test_a_word_among_the_words_that_may_be_the_activity_is_named_where_none_was():
    line = read("ada 2h SQL course, module 4 of the video", KNOWN, TODAY)
    assert line.hint == (
        "“course” is one of the words; before them, or behind a comma by itself, it is the"
        " activity."
    )
    (assumed,) = [c for c in line.chips if c.is_assumed and c.kind is ChipKind.ACTIVITY]
    assert (assumed.shown, assumed.note) == ("Other training", line.hint)
    assert line.is_complete
    assert read("ada 2h workshop SQL course", KNOWN, TODAY).hint == ""
    assert read("ada 2h SQL", KNOWN, TODAY).hint == ""


def test_without_words_for_activities_none_is_read():
    silent = Known(TEAM, {}, {})
    line = read("ada 2 workshop", silent, TODAY)
    assert (line.activity, line.what) == (Activity.OTHER_TRAINING, "workshop")
    assert write(read("ada 2", silent, TODAY), silent, TODAY) == "Ada Obi 2:00 2026-11-20"


def test_an_activity_is_written_by_its_own_name_or_else_its_shortest_word():
    words = {"talk": Activity.TEACHING, "big lecture": Activity.TEACHING}
    few = Known(TEAM, words, {})
    assert write(read("ada 2 big lecture", few, TODAY), few, TODAY).endswith("2026-11-20 talk")


# --- codes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("K7", ("K7",)),
        ("k7,s3", ("K7", "S3")),
        ("S3 K7 K7", ("K7", "S3")),
        ("K07", ("K7",)),
        ("K4-7", ("K4", "K5", "K6", "K7")),
        ("K4-K7", ("K4", "K5", "K6", "K7")),
        ("K4 - 7", ("K4", "K5", "K6", "K7")),
        ("K7,9", ("K7", "K9")),
        ("K7/9/10", ("K7", "K9", "K10")),
        ("K7/S3", ("K7", "S3")),
        ("K7 and B1", ("K7", "B1")),
        ("K0", ()),
        ("K100", ()),
        ("KSB", ()),
    ],
)
def test_codes(typed, expected):
    line = read(f"mei 2 tue {typed}", KNOWN, TODAY)
    assert line.findings == ()
    assert line.ksbs == expected


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("K4-7", "K4-7"), ("K7,9,11", "K7, K9, K11"), ("k4-5,9", "K4-5, K9")],
)
def test_codes_in_a_row_are_shown_as_they_run(typed, shown):
    chips = read(f"mei 2 {typed}", KNOWN, TODAY).chips
    assert [chip.shown for chip in chips if chip.kind is ChipKind.KSB] == [shown]


@pytest.mark.parametrize("typed", ["K7-4", "K4-S7"])
def test_codes_that_do_not_run_upwards_are_asked_about(typed):
    assert codes(f"ada 2 {typed}") == [("ksb-unread", typed)]


def test_codes_are_checked_against_the_standard_of_each_person():
    assert codes("ada 2 B1") == []
    assert codes("ada, noor 2 B1 K7 K9") == [
        ("code-not-in-standard", "B1"),
        ("code-not-in-standard", "K9"),
    ]
    (finding,) = read("ada, noor 2 K11-12", KNOWN, TODAY).findings
    assert finding.message == "K11-12 are not in the standard of Ada Obi and Noor Rahman."


def test_codes_that_cannot_be_checked_say_so():
    chips = read("ada, mei 2 K7", KNOWN, TODAY).chips
    notes = {chip.shown: chip.note for chip in chips if chip.kind is ChipKind.KSB}
    assert notes == {"K7": "Not checked for Mei Lin: the codes of the standard are not known."}
    assert CODES[TEAM[0].id]


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("AWS  cloud\tessentials", "AWS cloud essentials"),
        ("AWS, tue, cloud", "AWS cloud"),
        ("AWS, cloud", "AWS, cloud"),
        ("- AWS - cloud -", "AWS - cloud"),
        ("networks and security", "networks and security"),
        ("and", "and"),
        ('"3 tue noor"', "3 tue noor"),
        ('"open 3', "open 3"),
        ("“curled” AWS", "curled AWS"),
        ('"a ""b"" c"', 'a "b" c'),
        ('""', ""),
        ('15" screens', '15" screens'),
        ("24", None),
        ("R&D", "R&D"),
        ("C++", "C++"),
        ('" \u200f a \u200f "', "a"),
        ("👩\u200d💻 emoji", "👩\u200d💻 emoji"),
    ],
)
def test_all_else_is_what_was_learned(typed, what):
    line = read(f"ada 2h {typed}", KNOWN, TODAY)
    if what is None:
        assert [each.code for each in line.findings] == ["several-durations"] * 2
        return
    assert line.findings == ()
    assert line.what == what


# --- writing ------------------------------------------------------------------------------------


def test_a_line_is_written_so_that_it_says_the_same_on_any_day():
    line = read('ada 3, may 9-12:30 tue, wed workshop "a ""b""" K7', KNOWN, TODAY)
    text = write(line, KNOWN, TODAY)
    assert text == (
        'Ada Obi 3:00, @May Sun 09:00-12:30 2026-11-17, 2026-11-18 workshop K7 "a ""b"""'
    )
    assert read(text, KNOWN, date(2027, 3, 1)).entries == line.entries


@pytest.mark.parametrize(
    ("names_", "shown"),
    [
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_names_are_listed_as_a_sentence_does(names_, shown):
    assert listed(names_) == shown
