"""A key written down by a person: letters in groups, each with a letter that proves it.

The alphabet leaves out 0 and O, 1 and I.  Each group is five letters of the key and a sixth that
any wrong letter, and any two that changed places, makes wrong: the sum of the five and the group's
number, each weighted by another power, in the field of 32 elements (as bech32 and ISO/IEC 7064 do
for codes that people copy).  So the group that was misread can be named.  Two bytes over the whole
find what happens to more letters at once.
"""

from __future__ import annotations

import hashlib
import re

from apprentice_desk.domain.problems import Problem

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUP = 6
_PROVES_BYTES = 2
_BITS = 5
_FIELD = 0b100101  # x^5 + x^2 + 1
_BETWEEN = re.compile(r"[\s\-–—.,:;/]+")


class WrongRecoveryCode(Problem):
    """What was typed is not what is printed on a recovery sheet; *group* says where, from 1."""

    def __init__(self, what: str, remedy: str, group: int | None = None) -> None:
        super().__init__(what, remedy)
        self.group = group


def written(secret: bytes) -> str:
    """Return *secret* as groups of six letters with spaces between.

    With the two bytes that prove it, it must fill whole groups: ValueError otherwise.
    """
    proved = secret + _proof(secret)
    bits = len(proved) * 8
    if bits % (_BITS * (GROUP - 1)):
        raise ValueError("This many bytes do not fill whole groups.")
    number = int.from_bytes(proved, "big")
    signs = [number >> shift & 31 for shift in range(bits - _BITS, -1, -_BITS)]
    groups = [signs[at : at + GROUP - 1] for at in range(0, len(signs), GROUP - 1)]
    return " ".join(
        "".join(ALPHABET[sign] for sign in (*group, _check_sign(at, group)))
        for at, group in enumerate(groups, 1)
    )


def read(text: str, length: int) -> bytes:
    """Return the *length* bytes that *text* was made of.

    Capitals do not matter, nor what stands between the groups, nor whether anything does.  Raises
    WrongRecoveryCode that names the first group that is wrong.
    """
    wanted = (length + _PROVES_BYTES) * 8 // (_BITS * (GROUP - 1))
    groups = _groups(text, wanted)
    signs: list[int] = []
    for at, group in enumerate(groups, 1):
        strange = next((letter for letter in group if letter not in ALPHABET), None)
        if strange is not None:
            raise WrongRecoveryCode(
                f"Group {at}, {group}, has “{strange}” in it, which no recovery sheet has.",
                "Look at that group on the sheet again: there is no O, I, 0 or 1 on it.",
                at,
            )
        if len(group) != GROUP:
            raise WrongRecoveryCode(
                f"Group {at}, {group}, has {len(group)} letters instead of {GROUP}.",
                "Look at that group on the sheet again.",
                at,
            )
        values = [ALPHABET.index(letter) for letter in group]
        if _check_sign(at, values[:-1]) != values[-1]:
            raise WrongRecoveryCode(
                f"Group {at}, {group}, is not as it was printed.",
                "Look at that group on the sheet again, and at whether a line was left out.",
                at,
            )
        signs += values[:-1]
    if len(groups) != wanted:
        raise WrongRecoveryCode(
            f"There are {len(groups)} groups, and a recovery sheet has {wanted}.",
            "Type all of them, line after line.",
            min(len(groups), wanted) + 1,
        )
    number = 0
    for sign in signs:
        number = number << _BITS | sign
    proved = number.to_bytes(length + _PROVES_BYTES, "big")
    secret, proof = proved[:length], proved[length:]
    if proof != _proof(secret):
        raise WrongRecoveryCode(
            "These groups do not belong together.",
            "Check that all of them are from one sheet.",
        )
    return secret


def _groups(text: str, wanted: int) -> list[str]:
    """Return the groups as typed; letters without anything between are cut into groups."""
    parts = [part for part in _BETWEEN.split(text.upper()) if part]
    together = "".join(parts)
    if len(together) == wanted * GROUP or len(parts) == 1:
        return [together[at : at + GROUP] for at in range(0, len(together), GROUP)]
    return parts


def _proof(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()[:_PROVES_BYTES]


def _check_sign(at: int, values: list[int]) -> int:
    """Return the sixth sign of group number *at*."""
    total, weight = 0, 1
    for value in (*values, at % 32):
        weight = _times(weight, 2)
        total ^= _times(weight, value)
    return total


def _times(one: int, other: int) -> int:
    """Multiply in the field of 32 elements."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= _FIELD
        other >>= 1
    return product
