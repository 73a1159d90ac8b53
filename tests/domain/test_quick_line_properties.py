"""What holds of every quick line: nothing raised, nothing swallowed, and what is written reads."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from apprentice_desk.domain.calendar import monday_of
from apprentice_desk.domain.hours_rules import Activity
from apprentice_desk.domain.quick_line import (
    ChipKind,
    Hours,
    Known,
    QuickLine,
    complete,
    read,
    write,
)
from apprentice_desk.domain.quick_signs import without_edges
from apprentice_desk.domain.searching import plain
from apprentice_desk.domain.typed_days import parse_typed_day
from quick_people import NAMES, TEAM, TODAY, known, person

KNOWN = known(recent=(3, 0))
BETWEEN = re.compile(
    r"(?:[\s,;&+|\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb]|[-–—−/:·•]+(?=[\s,;\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060-\u206f\ufeff]|$)"
    r"|and)*",
    re.IGNORECASE,
)
"""What may stand between chips without belonging to one."""

BITS = (
    "ada", "noor", "may", "sun", "ad", "everyone", "all", "@ada", "ada obi", "zed", "3", "7.5",
    "3:30", "90m", "9-12:30", "9-5", "25", "tue", "last tue", "17 nov", "17/11", "-2", "31/02",
    "mon-wed", "may 3", "workshop", "work", "webi", "site visit", "K7", "K4-7", "k7,s3", "K99",
    "AWS", "R&D", '"quoted 3"', '"open', "“curled”", "and", "&", ",", "-", "–", "on", "for",
    "except", "7:3", "\u200f", "👩\u200d💻", "أحمد", "É", "İ", "ﬀ", "\x00", "\ufeff", "/S3",
)  # fmt: skip

GOOD = (
    "3", "3:30", "9-12:30", "tue", "-2", "17/11", "workshop", "site visit", "K7", "s3", "AWS",
    '"quoted 3"', "cloud", "mon-wed", ",",
    ", ada", ", noor", "1/12/2026", "1/1/2100", "31/12",
)  # fmt: skip
good = st.builds(
    "{} {} {}".format,
    st.sampled_from(("ada", "noor, ada", "everyone", "@may and mei")),
    st.sampled_from(("3", "90m", "9-12:30")),
    st.lists(st.sampled_from(GOOD[3:]), max_size=3, unique=True).map(" ".join),
)
anything = st.text(max_size=80)
likely = st.lists(st.sampled_from(BITS) | st.text(max_size=4), max_size=12).map(" ".join)
glued = st.lists(st.sampled_from(BITS), max_size=8).map("".join)


@settings(max_examples=200)
@given(anything | likely | glued | good)
def test_every_sign_belongs_to_exactly_one_chip(text):
    line = read(text, KNOWN, TODAY)
    event("has findings" if line.findings else "has none")
    end = 0
    for chip in line.chips:
        if chip.is_assumed:
            assert chip.start == chip.end == len(text)
            continue
        assert chip.start >= end
        assert chip.end > chip.start
        assert BETWEEN.fullmatch(text, end, chip.start), text[end : chip.start]
        end = chip.end
    assert BETWEEN.fullmatch(text, end), text[end:]


@settings(max_examples=150)
@given(anything | likely | glued | good)
def test_every_unread_chip_has_the_finding_that_says_why(text):
    line = read(text, KNOWN, TODAY)
    unread = [(chip.start, chip.end) for chip in line.chips if chip.kind is ChipKind.UNREAD]
    about = [(each.start, each.end) for each in line.findings if each.start < each.end]
    assert unread == sorted(about)
    assert all(each.start == len(text) for each in line.findings if each.start == each.end)
    assert all(each.message.endswith((".", "?")) and each.remedy for each in line.findings)


@settings(max_examples=300)
@given(good | good | good | likely)
def test_a_line_is_complete_or_says_what_is_missing(text):
    line = read(text, KNOWN, TODAY)
    event("complete" if line.is_complete else "not complete")
    blank = BETWEEN.fullmatch(text.replace("and", "x")) is not None
    assert line.is_complete or bool(line.findings) or (blank and not line.chips)
    if line.is_complete:
        assert len(line.hours) == len(line.people) == len({each.id for each in line.people})
        assert all(0 < each.minutes <= 24 * 60 for each in line.hours)
        assert len(line.entries) == len(line.people) * len(line.days)
        assert all(day <= TODAY for day in line.days)


# --- nothing typed is lost ------------------------------------------------------------------------

FREE = (
    "online", "SQL", "course", "module", "project", "reading", "lab", "site", "visit", "webinar",
    "work", "works", "onli", "about", "in", "K", "C++", "R&D", "workshop", "the", "exam", "video",
)  # fmt: skip
SEPARATORS = (" ", " ", " ", ", ", " - ", "; ", " & ")
free = st.lists(st.tuples(st.sampled_from(FREE), st.sampled_from(SEPARATORS)), min_size=1,
                max_size=8)  # fmt: skip
fronts = st.sampled_from(("ada 2h", "ada, noor 3:30 tue", "ada 2h K7 tue", "2h @ada mon, wed"))


def words_of(text: str) -> list[str]:
    return [
        word for word in re.split(r"[\s,;()]+|(?<=\s)[&-](?=\s)", text) if word not in ("", "-")
    ]


@settings(max_examples=300)
@given(fronts, free, st.sampled_from(("", " K7", " tue", " wed")))
def test_every_word_is_in_what_was_learned_or_shown_as_the_activity_or_asked_about(
    front, words, behind
):
    assume(not (behind and "tue" in front and behind != " K7"))
    text = "".join(word + separator for word, separator in words[:-1]) + words[-1][0]
    line = read(f"{front} {text}{behind}", KNOWN, TODAY)
    shown = [chip.shown for chip in line.chips if chip.kind is ChipKind.ACTIVITY]
    unread = [chip.shown for chip in line.chips if chip.kind is ChipKind.UNREAD]
    kept = words_of(" ".join((line.what, *shown, *unread)).lower())
    event("asked about" if unread else "with a hint" if line.hint else "plain")
    left = list(kept)
    for word in words_of(text.lower()):
        assert word in left or plain(word) in plain(" ".join(shown)), (word, line.chips)
        if word in left:
            left.remove(word)
    learned = words_of(line.what)
    there = iter(words_of(text))
    assert all(any(word == other for other in there) for word in learned), "in their order"
    activities = [chip for chip in line.chips if chip.kind is ChipKind.ACTIVITY]
    assert len(activities) == 1 or unread


@given(fronts, free)
def test_without_an_activity_named_what_was_learned_is_what_was_typed(front, words):
    text = "".join(word + separator for word, separator in words[:-1]) + words[-1][0]
    line = read(f"{front} {text}", KNOWN, TODAY)
    (*_, last) = line.chips
    assume(not line.findings and last.is_assumed and last.kind is ChipKind.ACTIVITY)
    event("among the words" if line.hint else "no word of an activity")
    assert " ".join(line.what.split()) == " ".join(text.split())


# --- days -----------------------------------------------------------------------------------------

a_day = st.dates(date(1950, 1, 1), date(2090, 12, 31))
NAMES_OF_DAYS = ("mon", "tues", "Wednesday", "thu", "FRI", "sat", "sunday")


@given(a_day, st.integers(1, 3_000), st.integers(0, 6), st.sampled_from(("", "on ")))
def test_a_weekday_is_the_one_of_the_week_shown_and_the_chip_says_so(today, ago, number, on):
    week = monday_of(today) - timedelta(weeks=ago)
    line = read(f"ada 2h {on}{NAMES_OF_DAYS[number]}", KNOWN, today, week)
    assert line.days == (week + timedelta(days=number),)
    (chip,) = [each for each in line.chips if each.kind is ChipKind.DAY]
    assert chip.shown.endswith(", the week shown")
    assert str(line.days[0].day) in chip.shown
    assert (str(line.days[0].year) in chip.shown) == (line.days[0].year != today.year)
    present = read(f"ada 2h {NAMES_OF_DAYS[number]}", KNOWN, today, monday_of(today))
    assert present == read(f"ada 2h {NAMES_OF_DAYS[number]}", KNOWN, today)
    assert timedelta(0) <= today - present.days[0] < timedelta(days=7)


UNDATED = ("today", "yesterday", "-2", "last tue", "17 nov", "17/11", "1/2/2020", "", "nov 3")


@given(a_day, st.integers(0, 3_000), st.sampled_from(UNDATED))
def test_all_other_days_mean_the_same_whatever_week_is_shown(today, ago, day):
    week = monday_of(today) - timedelta(weeks=ago)
    text = f"ada 2h {day}"
    assert read(text, KNOWN, today, week) == read(text, KNOWN, today)


WRITTEN = (
    "tue", "last fri", "yesterday", "today", "-2", "17 nov", "17/11", "thu 5 nov", "29 feb",
    "nov 3", "on mon", "3 march", "sun 1st of may",
)  # fmt: skip


def typed_day(text: str, today: date, *, is_past: bool) -> date | None:
    try:
        return parse_typed_day(text, today, is_past=is_past).day
    except ValueError:
        return None


@given(a_day, st.sampled_from(WRITTEN))
def test_a_field_of_days_that_have_been_reads_a_day_as_the_quick_line_does(today, text):
    line = read(f"ada 2h {text}", KNOWN, today)
    day = typed_day(text, today, is_past=True)
    event("refused" if line.findings else "read")
    assert line.days == (() if day is None else (day,))


@given(a_day, st.sampled_from(WRITTEN))
def test_any_other_field_takes_such_a_day_only_where_it_can_be_no_other(today, text):
    past, day = typed_day(text, today, is_past=True), typed_day(text, today, is_past=False)
    event("taken" if day else "refused")
    if day is None or day != past:
        is_near = text.startswith(("last", "yesterday", "today", "-"))
        assert not is_near
    if day is not None and day > today:
        assert past is None, "it would be the last such day as well"


@given(a_day, a_day, st.integers(0, 6))
def test_a_weekday_before_a_date_must_be_its_own(today, day, number):
    text = f"{NAMES_OF_DAYS[number]} {day.day}/{day.month}/{day.year}"
    for is_past in (True, False):
        read_ = typed_day(text, today, is_past=is_past)
        assert read_ == (day if day.weekday() == number else None)


begun = st.builds("{}, {}{}".format, good, st.sampled_from(("no", "ad", "m", "may s")), glued)


@given(likely | glued | begun, st.data())
def test_what_is_offered_replaces_a_part_and_is_not_there_already(text, data):
    ends = [at for at in range(1, len(text) + 1) if text[at - 1].isalpha()]
    cursor = data.draw(st.integers(0, len(text)) | st.sampled_from(ends or [0]))
    offered = complete(text, cursor, KNOWN, TODAY)
    event("offers" if offered else "offers nothing")
    for each in offered:
        assert 0 <= each.start <= cursor <= each.end <= len(text)
        assert each.text
        if each.kind is ChipKind.PERSON and each.shown != "Everyone":
            name = each.shown.split(" (")[0]
            rest = read(text[: each.start] + " " + text[each.end :], KNOWN, TODAY)
            assert name not in {other.name for other in rest.people}
    assert len(offered) == len({each.text for each in offered})


# --- what is written reads back -----------------------------------------------------------------

AWKWARD = (
    "May Sun", "Sat Work", "Zoë O’Brien", "José Smith-Jones", "Sun", "All Mighty", "Everyone Else",
    "Thu Nguyen", "Łukasz Nowak", "王 伟", "عمر فاروق", "Ann-Marie Le Roux", "Theory Class",
    "Jo Last", "Ada Obi", "Ada Obi", "Ada", "Adaeze Obi", "And Rew", "An Na", "K7 Smith",
    "Ann, Lee", "😀 Kim", "Lee - Park", "Mon Tue", "Everyone", "O U", "On The Job", "I", "March 3",
    "Half & Co",
)  # fmt: skip
letters = st.characters(categories=("Lu", "Ll", "Lo", "Mn", "Nd", "Zs", "Pd", "Po", "Cf"))
names = st.sampled_from((*AWKWARD, *NAMES)) | st.text(letters, min_size=1, max_size=12)


@st.composite
def teams(draw):
    chosen = [name for name in draw(st.lists(names, min_size=1, max_size=8)) if plain(name)]
    assume(chosen and all(len(plain(name).split()) <= 6 for name in chosen))
    return tuple(person(number, name, f"XMP-{number}-0") for number, name in enumerate(chosen, 1))


@st.composite
def spans_of_time(draw):
    minutes = draw(st.integers(1, 24 * 60))
    if draw(st.booleans()):
        return Hours(minutes)
    began = draw(st.integers(0, 24 * 60 - minutes))
    return Hours(minutes, f"{began // 60:02d}:{began % 60:02d}")


@st.composite
def lines(draw, team):
    people = tuple(draw(st.lists(st.sampled_from(team), min_size=1, unique=True)))
    if draw(st.booleans()):
        hours = (draw(spans_of_time()),) * len(people)
    else:
        hours = tuple(draw(spans_of_time()) for _ in people)
    ago = draw(st.sets(st.integers(0, 40_000), min_size=1, max_size=5))
    codes = st.builds("{}{}".format, st.sampled_from("KSB"), st.integers(1, 99))
    chosen = draw(st.sets(codes, max_size=6))
    what = without_edges(draw(st.text(max_size=60)))
    return QuickLine(
        "",
        people=people,
        hours=hours,
        days=tuple(sorted(TODAY - timedelta(days=each) for each in ago)),
        activity=draw(st.sampled_from(Activity)),
        ksbs=tuple(sorted(chosen, key=lambda code: ("KSB".index(code[0]), int(code[1:])))),
        what=what,
    )


def said(line: QuickLine) -> object:
    return line.people, line.hours, line.days, line.activity, line.ksbs, line.what


@settings(max_examples=200)
@given(st.data())
def test_what_is_written_reads_back_as_the_same(data):
    team = data.draw(teams())
    everybody = Known(team, KNOWN.activity_words, {})
    line = data.draw(lines(team))
    text = write(line, everybody, TODAY)
    again = read(text, everybody, TODAY)
    assert again.findings == (), text
    assert said(again) == said(line), text
    later = read(text, everybody, date(2030, 3, 1))
    assert later.days == line.days


WAYS = {
    "who": ("ada, noor", "@ada & rhys", "ada o, noor", "noor and mei"),
    "long": ("3:30", "9:00-12:30", "90m", "1h 30m", "7.5", "2 hours"),
    "day": ("tue", "last tue", "17 nov", "17/11", "-2", "yesterday", "mon, tue", "mon-wed"),
    "activity": ("workshop", "site visit", "e-learning"),
    "codes": ("K7 S3", "k7,s3", "K7"),
    "what": ('"AWS cloud essentials"', '"3 tue Noor workshop K9"', "“2 (two)”",
             "AWS cloud essentials", "R&D and testing"),
}  # fmt: skip
every_part = st.fixed_dictionaries({key: st.sampled_from(ways) for key, ways in WAYS.items()})


def in_some_order(parts, data) -> str:
    """Return the parts with commas between, the people before words that are not quoted."""
    keys = data.draw(st.permutations(list(parts)))
    # Words right behind a name and a comma are taken for a name that is not known.
    assume(parts["what"][0] in '"“' or keys.index("who") < keys.index("what") - 1)
    event("who comes first" if keys[0] == "who" else "who comes later")
    return ", ".join(parts[key] for key in keys)


@given(every_part, st.data())
def test_the_order_of_the_parts_does_not_matter(parts, data):
    straight = read(" ".join(parts[key] for key in WAYS), KNOWN, TODAY)
    assert straight.is_complete
    text = in_some_order(parts, data)
    shuffled = read(text, KNOWN, TODAY)
    assert said(shuffled) == said(straight), text
    assert shuffled.findings == ()


@given(every_part, st.data())
def test_a_line_that_is_being_typed_never_logs_for_more_people_than_the_whole(parts, data):
    text = in_some_order(parts, data)
    whole = {each.id for each in read(text, KNOWN, TODAY).people}
    assert whole
    for end in range(len(text)):
        ids = {each.person.id for each in read(text[:end], KNOWN, TODAY).entries}
        event(f"some beginning logs for {len(ids)}")
        assert ids <= whole, text[:end]


@given(st.permutations(("3:30", "tue", "workshop AWS cloud essentials")))
def test_people_behind_the_words_are_the_same_people(rest):
    front = read(" ".join(("ada, noor", *rest)), KNOWN, TODAY)
    words = next(at for at, part in enumerate(rest) if part.startswith("workshop"))
    behind = read(" ".join((*rest[: words + 1], "ada, noor", *rest[words + 1 :])), KNOWN, TODAY)
    assert said(front) == said(behind)
    assert len(front.people) == 2


def test_the_likely_lines_are_not_all_refused():
    """The properties above say little if nearly every line stops at its first finding."""
    found = [
        read(" ".join(bits), KNOWN, TODAY)
        for bits in itertools.product(
            ("ada", "noor, ada", "sun", "zed"), ("3", "9-12:30", "9-5"), ("tue", "-2", "31/02"),
            ("workshop AWS", "K7", ""),
        )
    ]  # fmt: skip
    complete_ones = [line for line in found if line.is_complete]
    assert len(found) == 108
    assert len(complete_ones) == 2 * 2 * 2 * 3
    assert {len(line.entries) for line in complete_ones} == {1, 2}
    assert {each.code for line in found for each in line.findings} == {
        "name-or-word", "unknown-person", "duration-unread", "day-unread",
    }  # fmt: skip


def test_two_million_signs_are_refused_in_words_and_not_looked_into():
    text = "ada, noor 3:30 tue " * 105_264
    line = read(text, KNOWN, TODAY)
    assert len(text) > 2_000_000
    assert [each.message for each in line.findings] == [
        "The line has 2,000,016 characters; 5,000 are the most."
    ]
    assert [(chip.kind, chip.start, chip.end) for chip in line.chips] == [
        (ChipKind.UNREAD, 0, len(text))
    ]
    assert line.entries == ()
    assert complete(text, 3, KNOWN, TODAY) == ()


def test_the_longest_line_is_looked_into():
    text = "ada 3 tue " + "x" * 3_990
    line = read(text, KNOWN, TODAY)
    assert len(text) == 4_000
    assert len(line.what) == 3_990
    assert line.is_complete
    assert line.people == TEAM[:1]
