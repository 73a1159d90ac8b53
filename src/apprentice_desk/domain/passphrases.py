"""What a passphrase must be to keep a desk closed, in plain words.

Whoever has a copy of the file may try passphrases at home, as fast as their computers go, and no
growing delay holds them up.  So length counts, and words that nobody would think of together; signs
and figures are not asked for.  The rules follow the advice of the National Cyber Security Centre
(three random words) and NIST SP 800-63B, section 5.1.1 (length, nothing that is often used, nothing
that belongs to the place); the length is the project's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from apprentice_desk.domain.findings import Finding, Level, Place

SHORTEST = 10
LONGEST = 500
_FEWEST_DIFFERENT = 5
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "01234567890123456789",
    "1q2w3e4r5t6y7u8i9o0p",
)
_OFTEN_USED = (
    "password", "passphrase", "passwort", "letmein", "welcome", "iloveyou", "sunshine", "football",
    "liverpool", "arsenal", "chelsea", "monkey", "dragon", "superman", "princess", "charlie",
    "apprentice", "apprentices", "apprenticeship", "apprenticeships", "desk", "council", "borough",
    "london", "secret", "admin", "administrator", "changeme", "qwerty", "qwertyuiop", "trustno",
    "summer", "winter", "spring", "autumn", "monday", "january", "november", "december",
)  # fmt: skip
_ADDED = re.compile(r"[\W\d_]+")
_LIKE_LETTERS = str.maketrans("013457$@!", "oieastsai")
_THREE_WORDS = (
    "Three or four words that have nothing to do with each other are easy to keep in mind."
)
PLACE = Place(field="passphrase")


def check_passphrase(passphrase: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with *passphrase*, the first thing first; nothing where it will do.

    *names* are those that anybody would try: the desk's, the borough's, the person's.  A space at
    its beginning or end is a note only: it counts, and is easily lost.
    """
    spelt = unicodedata.normalize("NFC", passphrase)
    if not spelt.strip():
        return (_refused("PP001", "There is no passphrase yet.", _THREE_WORDS),)
    if len(spelt) > LONGEST:
        return (
            _refused("PP002", f"This passphrase has more than {LONGEST} signs.", "Shorten it."),
        )
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"} for sign in spelt):
        return (
            _refused(
                "PP003",
                "There is a sign in this passphrase that cannot be seen.",
                "Type it with the keyboard rather than pasting it.",
            ),
        )
    if len(spelt) < SHORTEST:
        return (
            _refused(
                "PP004",
                f"This passphrase has {len(spelt)} of the {SHORTEST} letters that it needs.",
                _THREE_WORDS,
            ),
        )
    if len(set(spelt.casefold())) < _FEWEST_DIFFERENT:
        return (
            _refused(
                "PP005", "This passphrase is a few letters again and again.", "Use more of them."
            ),
        )
    if (rest := _without_what_is_known(spelt, names)) is not None:
        return (
            _refused(
                "PP006",
                f"“{rest}” is among the first things that anybody would try.",
                "Choose words that say nothing of you, the desk or the borough.",
            ),
        )
    if spelt != spelt.strip():
        return (
            Finding(
                Level.NOTE,
                "PP007",
                "This passphrase begins or ends with a space, which counts.",
                "Leave it out unless you mean it.",
                PLACE,
            ),
        )
    return ()


def check_again(passphrase: str, again: str) -> tuple[Finding, ...]:
    """Return what is wrong where a passphrase was typed twice; nothing where both are the same."""
    if passphrase == again:
        return ()
    return (
        Finding(
            Level.ROW,
            "PP008",
            "This is not the same passphrase as above.",
            "Type both again; the letters can be shown.",
            Place(field="again"),
        ),
    )


def not_current(name: str) -> Finding:
    """Return that what was typed is not the passphrase that the desk called *name* has now."""
    return Finding(
        Level.ROW,
        "PP009",
        f"This passphrase does not open {name}.",
        "Check Caps Lock and the keyboard's language.",
        Place(field="current"),
    )


def too_soon(seconds: int) -> Finding:
    """Return that nothing was tried, since wrong ones were given before: not for *seconds* yet."""
    return Finding(
        Level.ROW,
        "PP010",
        f"It was not tried: after a wrong one you can try again in {seconds} s.",
        "Wait so long, then confirm again.",
        Place(field="current"),
    )


def _refused(code: str, message: str, remedy: str) -> Finding:
    return Finding(Level.ROW, code, message, remedy, PLACE)


def _without_what_is_known(spelt: str, names: Iterable[str]) -> str | None:
    """Return the known word that *spelt* is made of, where little else is in it; else None."""
    plain = _letters(spelt)
    known = {_letters(part): part for name in names for part in (name, *re.split(r"\W+", name))}
    known |= {word: word for word in _OFTEN_USED}
    left, met = plain, ""
    for word in sorted((word for word in known if len(word) > 2), key=len, reverse=True):
        if word in left:
            left, met = left.replace(word, ""), met or known[word]
    run = _run_in(spelt.casefold())
    if not met and run:
        left, met = spelt.casefold().replace(run, ""), run
    return met if met and len(left) < _FEWEST_DIFFERENT else None


def _letters(text: str) -> str:
    """Return the letters of *text*, with figures and signs that stand for letters read as those."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded.translate(_LIKE_LETTERS) if sign.isalpha())


def _run_in(text: str) -> str:
    """Return the longest run along the alphabet, the figures or a keyboard, of six or more."""
    longest = ""
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(text)):
            end = start + max(6, len(longest) + 1)
            while end <= len(text) and text[start:end] in row:
                longest = text[start:end]
                end += 1
    return longest
