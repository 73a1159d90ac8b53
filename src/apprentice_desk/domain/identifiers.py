"""Numbers and codes that name people, providers, standards and boroughs, and our own codes.

Every check returns the value in its one normal form, or raises ValueError with a sentence fit for
a person.  Spaces of any kind that a spreadsheet added are left off.
"""

from __future__ import annotations

import random
import re

TEMPORARY_ULN = "9999999999"
"""Stands for a number that has not been given out yet."""

TECHNOLOGY_EMPLOYER = "technology employer"
HOSTS = ("LOTI", TECHNOLOGY_EMPLOYER)
"""Where a secondment can be, besides a borough."""

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread or make words."""

CODE_BODY_LENGTH = 8

_INVENTED_UKPRN = "1999"
_STANDARD = re.compile(r"(?:ST|FA|AU)[0-9]{4}")
_LARS = re.compile(r"0*([1-9][0-9]{0,4})|(Z[A-Z]{2}[0-9]{5})")
_VERSION = re.compile(r"V?([0-9]{1,2})(?:\.([0-9]{1,2}))?")
_GSS = re.compile(r"[EKNSW][0-9]{8}")
_CODE = re.compile(rf"([A-Z]{{3}})-([{CODE_ALPHABET}ILO]{{8}})-([{CODE_ALPHABET}ILO])")
_LETTERS = re.compile(r"[A-Z]{3}")
# Typed by hand, I and L are meant as 1 and O as 0: none of them is in the alphabet.
_MEANT = str.maketrans("ILO", "110")
_ONLY_IN_LETTERS = "OILU"  # in the order of their values, 0 to 3; see _check_character
_VALUES = {
    character: value
    for characters in (CODE_ALPHABET, _ONLY_IN_LETTERS)
    for value, character in enumerate(characters)
}
_DOUBLED = tuple((twice := 2 * element) ^ (0b100101 if twice > 31 else 0) for element in range(32))


def check_uln(text: str) -> str:
    """Return the unique learner number: ten digits, the last one a check digit.

    The check (mod 11: the first nine digits weighted 10 down to 2; remainder 0 is never issued;
    check digit = 10 less remainder) is the one of the ILR specification, rule DD01.  The
    temporary number 9999999999 is let through.
    """
    number = _bare(text)
    if not _digits(number, 10):
        raise ValueError(f"“{text}” is not a ULN: it has ten digits.")
    if number[0] == "0":
        raise ValueError(f"“{text}” is not a ULN: the first digit is never 0.")
    if number == TEMPORARY_ULN:
        return number
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9])) % 11
    if remainder == 0 or int(number[9]) != 10 - remainder:
        raise ValueError(
            f"“{text}” is not a ULN: its last digit does not fit the others."
            " Check it against the provider's record."
        )
    return number


def is_temporary_uln(uln: str) -> bool:
    """Return whether *uln* only stands for a number that has not been given out yet."""
    return uln == TEMPORARY_ULN


def check_ukprn(text: str) -> str:
    """Return the provider's reference number: eight digits, the first of them 1."""
    number = _bare(text)
    if not _digits(number, 8) or number[0] != "1":
        raise ValueError(f"“{text}” is not a UKPRN: it has eight digits and begins with 1.")
    return number


def is_invented_ukprn(ukprn: str) -> bool:
    """Return whether a UKPRN is one of those kept for invented providers of samples and tests."""
    return ukprn.startswith(_INVENTED_UKPRN)


def check_standard_code(text: str) -> str:
    """Return the reference of a standard, foundation apprenticeship or unit: "ST0116"."""
    code = _bare(text).upper()
    if not _STANDARD.fullmatch(code):
        raise ValueError(
            f"“{text}” is not a standard: write ST, FA or AU and four digits, such as ST0116."
        )
    return code


def check_lars_code(text: str) -> str:
    """Return a course's code in the LARS, the register that bulk uploads take their codes from.

    Standards have whole numbers there ("91"), units a Z, two letters and five digits ("ZSC00009").
    """
    found = _LARS.fullmatch(_bare(text).upper())
    if found is None:
        raise ValueError(f"“{text}” is not a LARS code: write its number, such as 91.")
    return found[1] or found[2]


def check_version(text: str) -> str:
    """Return a standard's version with its point: "1.2"; "1" and "v1" are 1.0.

    Spreadsheets drop the ".0", so both must mean the same version.
    """
    found = _VERSION.fullmatch(_bare(text).upper())
    if found is None:
        raise ValueError(f"“{text}” is not a version: write it as 1.2.")
    return f"{int(found[1])}.{int(found[2] or 0)}"


def check_gss(text: str) -> str:
    """Return the statistical code of a place: a letter and eight digits, "E09000012".

    Whether there is a borough with that code is for the list of boroughs to say.
    """
    code = _bare(text).upper()
    if not _GSS.fullmatch(code):
        raise ValueError(
            f"“{text}” is not a borough's GSS code: write a letter and eight digits,"
            " such as E09000012."
        )
    return code


def check_host(text: str) -> str:
    """Return where a secondment is: LOTI, a borough's GSS code, or "technology employer"."""
    word = " ".join(text.split())
    for host in HOSTS:
        if word.casefold() == host.casefold():
            return host
    try:
        return check_gss(word)
    except ValueError:
        raise ValueError(
            f"“{text}” is no host: write LOTI, a borough's GSS code such as E09000012,"
            f" or {TECHNOLOGY_EMPLOYER}."
        ) from None


def make_code(letters: str, random_body: str) -> str:
    """Return our own code, "HCK-7F3KQ2WD-5", from a borough's letters and eight characters.

    The last character makes a weighted sum over the field of 32 elements zero.  Every place has
    a different weight, so each single wrong character and each swap of two characters shows.
    Raises ValueError if *letters* or *random_body* cannot be part of a code.
    """
    body = random_body.upper()
    if not _LETTERS.fullmatch(letters):
        raise ValueError(f"“{letters}” is not three capital letters.")
    if len(body) != CODE_BODY_LENGTH or any(letter not in CODE_ALPHABET for letter in body):
        raise ValueError(f"“{random_body}” is not {CODE_BODY_LENGTH} characters of a code.")
    return f"{letters}-{body}-{_check_character(letters + body)}"


def new_code(letters: str, rng: random.Random) -> str:
    """Return a code drawn from *rng*, which in the program is secrets.SystemRandom()."""
    return make_code(letters, "".join(rng.choice(CODE_ALPHABET) for _ in range(CODE_BODY_LENGTH)))


def check_code(text: str) -> str:
    """Return our own code in its normal form; I and L are read as 1, O as 0 after the letters."""
    found = _CODE.fullmatch(text) or _CODE.fullmatch(_bare(text).upper().replace("–", "-"))
    if found is None:
        raise ValueError(
            f"“{text}” is not a code of this program: it is three letters, eight characters and"
            " one more, such as HCK-7F3KQ2WD-5."
        )
    letters, body, check = found[1], found[2].translate(_MEANT), found[3].translate(_MEANT)
    if check != _check_character(letters + body):
        raise ValueError(
            f"“{text}” has a wrong or swapped character. Copy the code again from the desk."
        )
    return f"{letters}-{body}-{check}"


def _check_character(characters: str) -> str:
    """The check character for *characters*: their sum, each place weighted by a power of 2.

    Addition is exclusive or and multiplication modulo x^5 + x^2 + 1, whose powers of 2 only
    repeat after 31 places.  Letters that the alphabet lacks (only a borough's letters have them)
    take the values of digits, which in turn cannot stand among those letters.  Which digit matters:
    swapped across the dash an I, L or O is read as 1 or 0, and with these values the sum then only
    comes out where a digit would stand among the letters.
    """
    total = 0
    for character in characters:
        total = _DOUBLED[total ^ _VALUES[character]]
    return CODE_ALPHABET[total]


def _bare(text: str) -> str:
    return "".join(text.split())


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
