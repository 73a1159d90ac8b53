"""Which passphrases keep a desk closed, and what is said of those that do not."""

from __future__ import annotations

import pytest

from apprentice_desk.domain.findings import Level, refuses
from apprentice_desk.domain.passphrases import check_again, check_passphrase, not_current, too_soon

NAMES = ("hackney.desk", "London Borough of Hackney", "Priya Raman")


@pytest.mark.parametrize(
    "passphrase",
    [
        "three brown horses",
        "a kettle on the roof",
        "Grün-Tee & Müsli",
        "hackney marsh kettle",
        "correct horse battery staple",
        "tr0ub4dor&3 pony",
        "дом у озера синий",
    ],
)
def test_words_that_do_not_belong_together_will_do(passphrase):
    assert check_passphrase(passphrase, NAMES) == ()


@pytest.mark.parametrize(
    ("passphrase", "code", "says"),
    [
        ("", "PP001", "There is no passphrase yet."),
        (" " * 12, "PP001", "There is no passphrase yet."),
        ("kettle " * 80, "PP002", "This passphrase has more than 500 signs."),
        ("brown\thorses", "PP003", "There is a sign in this passphrase that cannot be seen."),
        ("brown\u200bhorses", "PP003", "There is a sign in this passphrase that cannot be seen."),
        ("nine nine", "PP004", "This passphrase has 9 of the 10 letters that it needs."),
        ("abababababab", "PP005", "This passphrase is a few letters again and again."),
        ("Hackney2026!", "PP006", "“Hackney” is among the first things that anybody would try."),
        (
            "hackney.desk",
            "PP006",
            "“hackney.desk” is among the first things that anybody would try.",
        ),
        (
            "PriyaRaman99",
            "PP006",
            "“Priya Raman” is among the first things that anybody would try.",
        ),
        ("P@ssw0rd-2026", "PP006", "“password” is among the first things that anybody would try."),
        ("qwertyuiop12", "PP006", "“qwertyuiop” is among the first things that anybody would try."),
        ("abcdefghijkl", "PP006", "“abcdefghijkl” is among the first things that anybody would"),
        ("098765432109", "PP006", "“09876543210” is among the first things that anybody would"),
        (" three brown horses", "PP007", "begins or ends with a space, which counts."),
    ],
)
def test_what_is_wrong_is_said_in_words(passphrase, code, says):
    (finding,) = check_passphrase(passphrase, NAMES)
    assert finding.code == code
    assert says in finding.message
    assert finding.remedy
    assert finding.place.field == "passphrase"
    assert passphrase.strip() == "" or passphrase not in finding.message or code == "PP006"


def test_a_space_at_the_end_is_a_note_and_all_else_is_refused():
    (note,) = check_passphrase("three brown horses ", NAMES)
    assert note.level is Level.NOTE
    assert not refuses(check_passphrase("three brown horses ", NAMES))
    assert refuses(check_passphrase("short", NAMES))


def test_what_is_typed_twice_is_the_same():
    assert check_again("three odd words", "three odd words") == ()
    (found,) = check_again("three odd words", "three odd word")
    assert (found.code, found.place.field) == ("PP008", "again")
    assert refuses((found,))


def test_a_passphrase_that_is_not_the_current_one_is_said_with_the_desk():
    found = not_current("hackney.desk")
    assert (found.code, found.level) == ("PP009", Level.ROW)
    assert "hackney.desk" in found.message


def test_a_passphrase_that_comes_too_soon_after_a_wrong_one_is_told_when():
    found = too_soon(4)
    assert (found.code, found.level, found.place.field) == ("PP010", Level.ROW, "current")
    assert "again in 4 s" in found.message
