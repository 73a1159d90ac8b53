"""What may be kept as evidence, and the name that a file of evidence gets."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apprentice_desk.domain import evidence
from apprentice_desk.domain.evidence import LONGEST_NAME, MEGABYTE, safe_file_name

NAMES = {
    "notes.pdf": "notes.pdf",
    "Ada’s  notes  (1).PDF": "Ada’s notes (1).PDF",
    "/etc/passwd": "passwd",
    "../../notes.pdf": "notes.pdf",
    "C:\\Users\\ada\\notes.pdf": "notes.pdf",
    "C:notes.pdf": "C_notes.pdf",
    "notes.pdf:hidden": "notes.pdf_hidden",
    'a<b>c"d|e?f*.txt': "a_b_c_d_e_f_.txt",
    "no\0tes\n.pdf": "notes.pdf",
    "cv\u202efdp.exe": "cvfdp.exe",
    "a\u2066b\u2069\u200f\ufeff.txt": "ab.txt",
    "a\u2028b\u2029.txt": "ab.txt",
    "half\ud83d.txt": "half.txt",
    "CON": "_CON",
    "con.txt": "_con.txt",
    "Nul .tar.gz": "_Nul .tar.gz",
    "com1.pdf": "_com1.pdf",
    "LPT³.pdf": "_LPT³.pdf",
    "CONIN$": "_CONIN$",
    "console.txt": "console.txt",
    "COM10.txt": "COM10.txt",
    "notes.pdf. . ": "notes.pdf",
    ".htaccess": "htaccess",
    "...": "file",
    "": "file",
    "/": "file",
    "\u202e": "file",
    "👩\u200d💻.png": "👩\u200d💻.png",
    "e\u0301.txt": "é.txt",
    "شهادة.pdf": "شهادة.pdf",
}


@pytest.mark.parametrize("given", NAMES)
def test_a_name_is_kept_without_folder_and_without_danger(given):
    assert safe_file_name(given) == NAMES[given]


@pytest.mark.parametrize(
    ("stem", "ending"), [("x" * 5_000, ".pdf"), ("👩" * 300, ".png"), ("é" * 149, ".xlsx")]
)
def test_a_long_name_keeps_its_ending(stem, ending):
    made = safe_file_name(stem + ending)
    assert made.endswith(ending)
    assert made.startswith(stem[:40])
    assert len(made) < LONGEST_NAME
    assert len(made.encode()) <= 200


def test_what_is_too_long_for_an_ending_is_none():
    assert safe_file_name("a." + "x" * 500) == "a." + "x" * 147


SIGNS = st.one_of(
    st.characters(),
    st.sampled_from('/\\:*?"<>|. \0\u202e\u200dCONcon1'),
)


@given(st.text(SIGNS, max_size=300))
@example("con" + "x" * 400 + ".")
@example(("x" * 149) + " .pdf")
@example("CON" + " " * 200 + ".pdf")
@example("a" * 148 + ".b")
def test_every_name_is_safe_and_stays_as_it_is_when_made_safe_again(name):
    made = safe_file_name(name)
    assert made
    assert len(made) <= LONGEST_NAME
    assert len(made.encode()) <= 201
    assert not set(made) & set('/\\:*?"<>|')
    assert made == made.strip(" .")
    assert made.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1"}
    kinds = {unicodedata.category(letter) for letter in made if letter not in "\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe_file_name(made) == made


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "photo.jpeg", "b.tar.docx", "n.txt"])
def test_documents_and_pictures_may_be_opened(name):
    assert evidence.may_be_opened(name)


@pytest.mark.parametrize(
    "name", ["a.exe", "a.pdf.exe", "a.html", "a.svg", "a.docm", "a.lnk", "a", "", "a.js", "a.zip"]
)
def test_programs_and_what_holds_scripts_may_not(name):
    assert not evidence.may_be_opened(name)


def codes(findings):
    return [(each.code, each.place.field) for each in findings]


def test_a_file_is_neither_empty_nor_over_ten_megabytes():
    assert evidence.check_file("a.pdf", 1) == []
    assert evidence.check_file("a.pdf", 10 * MEGABYTE) == []
    assert codes(evidence.check_file("a.pdf", 0)) == [("ED001", "file")]
    (large,) = evidence.check_file("x/a\u202e.pdf", 10 * MEGABYTE + 1)
    assert large.code == "ED002"
    assert large.message == "“a.pdf” has 10.1 MB; a file in a desk has 10 MB at most."


def test_all_files_together_have_a_limit_that_is_said():
    room = evidence.LONGEST_TOTAL_BYTES
    assert evidence.check_total("a.pdf", 5, room - 5) == []
    (full,) = evidence.check_total("a.pdf", 6, room - 5)
    assert codes([full]) == [("ED003", "file")]
    assert full.message == (
        "“a.pdf” does not fit: this desk keeps 1,024 MB of files, and 1,024 MB is the most."
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://www.gov.uk/",
        " http://exampleton.example/a?b=c#d ",
        "HTTPS://EXAMPLETON.EXAMPLE",
        "https://[::1]:8080/x",
        "https://bücher.example/größe",
        "https://exampleton.example/" + string.ascii_letters * 20,
    ],
)
def test_addresses_of_web_pages_are_links(link):
    assert evidence.check_link(link) == []


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("", "ED004"),
        ("  ", "ED004"),
        ("https://a.example/b c", "ED005"),
        ("https://a.example/\u202ecod.exe", "ED005"),
        ("https://a.example/\0", "ED005"),
        ("https://a.example\n.b.example", "ED005"),
        ("javascript:alert(1)", "ED006"),
        ("file:///etc/passwd", "ED006"),
        ("\\\\server\\share", "ED006"),
        ("ftp://a.example/", "ED006"),
        ("www.gov.uk", "ED006"),
        ("https://", "ED006"),
        ("https:///path", "ED006"),
        ("https://[::1", "ED006"),
        ("https://www.gov.uk@evil.example/", "ED007"),
        ("https://@evil.example/", "ED007"),
    ],
)
def test_anything_else_is_none(link, code):
    assert codes(evidence.check_link(link)) == [(code, "link")]


def test_words_of_evidence_say_something():
    assert evidence.check_words("Showed the team.") == []
    assert codes(evidence.check_words(" \n")) == [("ED008", "words")]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (340, "340 bytes"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (1023 * 1024, "1023 KB"),
        (1023 * 1024 + 1, "1 MB"),
        (10 * MEGABYTE, "10 MB"),
    ],
)
def test_a_size_is_said_in_a_few_signs(size, words):
    assert evidence.show_size(size) == words
