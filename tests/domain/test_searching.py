"""What is found, in which order, and what of it is emphasised."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentice_desk.domain.searching import (
    Hit,
    Hits,
    Line,
    Match,
    Shelf,
    found_by,
    plain,
    spans,
    words_of,
)


def person(name: str, *, past: bool = False, **more: str) -> Line:
    given_names, _, family = name.rpartition(" ")
    return Line(
        name,
        name,
        "Data analyst  ·  On programme",
        (f"{family} {given_names}",),
        tuple(more.items()),
        tuple(value for key, value in more.items() if key in ("ULN", "Code")),
        past,
    )


PEOPLE = Shelf(
    [  # not in the order of equally good ones: by family name, those who have ended last
        person("Ada Abara", past=True),
        person("José Smith-Jones", Code="XMP-K1-2"),
        person("Kim Adeyemi", ULN="1000000043", Email="kim.adeyemi@exampleton.gov.uk"),
        person("Adaeze Brown", Manager="Grace Park"),
        person("Łukasz Nowak", ULN="1000000051", Code="XMP-7Q2M-4"),
        person("Ada Obi", Code="XMP-7Q2M-41", Manager="Łucja Kowalska"),
        person("Siobhán O’Brien", Standard="Software developer"),
        person("Lena Park", Manager="Ada Obi"),
    ]
)


def names(typed: str, limit: int = 8) -> list[str]:
    return [hit.line.title for hit in PEOPLE.search(typed, limit).best]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # the beginning of a name, then of a word of it, then of anything, then any part
        ("ada", ["Adaeze Brown", "Ada Obi", "Ada Abara", "Lena Park"]),
        ("park", ["Lena Park", "Adaeze Brown"]),
        ("nowak", ["Łukasz Nowak"]),
        ("ab", ["Ada Abara"]),
        ("bri", ["Siobhán O’Brien"]),
        ("ye", ["Kim Adeyemi"]),
        # on programme before ended, where both match alike
        ("ad", ["Kim Adeyemi", "Adaeze Brown", "Ada Obi", "Ada Abara", "Lena Park"]),
        # a code or ULN that is whole comes first, however it is spaced
        ("XMP-7Q2M-4", ["Łukasz Nowak", "Ada Obi"]),
        ("xmp7q2m41", ["Ada Obi"]),
        ("1000 0000 43", ["Kim Adeyemi"]),
        ("10000", ["Kim Adeyemi", "Łukasz Nowak"]),
        ("51", ["Łukasz Nowak"]),
        # neither case nor accents nor apostrophes nor hyphens matter
        ("lukasz", ["Łukasz Nowak"]),
        ("ŁUKASZ", ["Łukasz Nowak"]),
        ("luc", ["Ada Obi"]),
        ("obrien", ["Siobhán O’Brien"]),
        ("o'brien", ["Siobhán O’Brien"]),
        ("jose", ["José Smith-Jones"]),
        ("jones", ["José Smith-Jones"]),
        ("smith jo", ["José Smith-Jones"]),
        ("Smith-Jones", ["José Smith-Jones"]),
        # several words, in any order and from different fields
        ("obi ada", ["Ada Obi", "Lena Park"]),
        ("ada obi", ["Ada Obi", "Lena Park"]),
        ("brien siob", ["Siobhán O’Brien"]),
        ("soft sio", ["Siobhán O’Brien"]),
        ("adeyemi@example", ["Kim Adeyemi"]),
        # what is shown only is not searched; nothing and signs find nothing
        ("programme", []),
        ("ada nowak", []),
        ("zzz", []),
        ("", []),
        ("  ", []),
        ("-", []),
    ],
)
def test_what_is_found_and_in_which_order(typed, found):
    assert names(typed) == found


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("XMP-7Q2M-41", Match.CODE),
        ("ada ob", Match.NAME),
        ("obi a", Match.NAME),
        ("ob ad", Match.WORD_OF_NAME),
        ("obi xmp", Match.WORD),
        ("bi", Match.PART_OF_NAME),
        ("wals", Match.PART),
    ],
)
def test_how_well_it_matches(typed, match):
    hits = [hit for hit in PEOPLE.search(typed, 8).best if hit.line.title == "Ada Obi"]
    assert [hit.match for hit in hits] == [match]


def test_each_word_may_begin_another_word_of_the_name():
    shelf = Shelf([person("Maria del Carmen Ruiz")])
    assert shelf.search("carm mar", 8).best[0].match is Match.WORD_OF_NAME


def test_only_the_best_are_given_and_all_are_counted():
    hits = PEOPLE.search("ad", 2)
    assert [hit.line.title for hit in hits.best] == ["Kim Adeyemi", "Adaeze Brown"]
    assert hits.total == 5
    assert PEOPLE.search("XMP-7Q2M-4", 1).total == 2
    assert PEOPLE.search("xmp7q2m4", 8).total == 1  # typed without gaps it is that code only


def test_a_shelf_knows_its_lines_by_key():
    assert len(PEOPLE) == 8
    line = PEOPLE.line("Ada Obi")
    assert line is not None
    assert line.title == "Ada Obi"
    assert PEOPLE.line("Bob") is None
    assert Shelf([]).search("ada", 8) == Hits()


def test_lines_come_back_as_they_were_put_in():
    lines = [
        Line(2, "Two", "two", ("Zwei", "Deux"), (("ULN", "1"), ("Code", "X-2")), ("X-2", "1")),
        Line(1, "One", is_past=True),
        Line(3, "A three"),
    ]
    assert list(Shelf(lines)) == [lines[2], lines[0], lines[1]]
    assert list(Shelf(lines, in_order=True)) == lines


def test_two_lines_may_share_a_code():
    shelf = Shelf([Line(n, f"Contract {n}", codes=("C-1",), is_past=n == 1) for n in (1, 2)])
    assert [hit.line.key for hit in shelf.search("c1", 8).best] == [2, 1]


def test_a_line_break_inside_a_field_harms_nothing():
    line = Line(1, "Autumn\nlink-up", names=("Link-up",))
    assert Shelf([line]).search("link", 8) == Hits((Hit(line, Match.NAME),), 1)


@pytest.mark.parametrize(
    ("text", "typed", "emphasised"),
    [
        ("Ada Obi", "ob", ["Ob"]),
        ("Ada Obi", "ada obi", ["Ada", "Obi"]),
        ("Ada Obi", "ad ada", ["Ada"]),
        ("Banana Ana", "ana", ["Ana"]),  # the beginning of a word before a part of another
        ("Łukasz Nowak", "lukasz", ["Łukasz"]),
        ("Siobhán O’Brien", "obrien", ["O’Brien"]),
        ("Zoe\N{COMBINING DIAERESIS} King", "zoe", ["Zoe\N{COMBINING DIAERESIS}"]),
        ("Strauß", "auss", ["auß"]),
        ("  XMP-2025-014", "2025 014", ["2025", "014"]),
        ("XMP--2025-014", "xmp-2025", ["XMP--2025"]),
        ("Ada Obi", "zz", []),
        ("Ada Obi", "", []),
    ],
)
def test_what_is_emphasised(text, typed, emphasised):
    assert [text[start:end] for start, end in spans(text, words_of(typed))] == emphasised


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 6))
def test_any_part_of_a_text_is_found_in_it_and_emphasised_somewhere(text, start, length):
    part = unicodedata.normalize("NFC", text)[start : start + length]
    text = unicodedata.normalize("NFC", text)
    words = words_of(part)
    hits = Shelf([Line(1, text)]).search(part, 8)
    if not words:
        assert hits == Hits()
        return
    if all(word in plain(text) for word in words):
        assert hits.total == 1
    for first, last in spans(text, words):
        assert 0 <= first < last <= len(text)


def test_what_it_was_found_by_is_said_only_where_it_cannot_be_seen():
    line = person("Ada Obi", ULN="1000000043", Manager="Grace Park")
    assert found_by(line, words_of("grac")) == ("Manager", "Grace Park")
    assert found_by(line, words_of("obi 1000")) == ("ULN", "1000000043")
    assert found_by(line, words_of("ada analyst")) is None
    assert found_by(line, words_of("zzz")) is None


def test_words_of_the_detail_that_are_not_searched_are_no_reason():
    line = Line(1, "Rhys Evans", "Data analyst  ·  On programme", more=(("Provider", "Prospect"),))
    assert found_by(line, words_of("pro")) == ("Provider", "Prospect")
    shown = Line(
        1, "Rhys Evans", "Data analyst  ·  On programme", more=(("Standard", "Data analyst"),)
    )
    assert found_by(shown, words_of("ana")) is None
