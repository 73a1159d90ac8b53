"""What is said of the codes that are typed for an entry: whether the standard has them."""

from __future__ import annotations

from collections.abc import Sequence

from apprentice_desk.domain.standards import Ksb
from apprentice_desk.domain.standards_text import read_codes, write_codes

UNCHECKED = "Taken as typed: the version of the standard is not loaded."


def codes_in_words(typed: str, known: Sequence[Ksb] | None) -> str:
    """Return what to say below the codes *typed*; "" where nothing is wrong.

    *known* is what the standard asks; empty where its version is not loaded, None while that is
    still being read.
    """
    if not typed.strip() or known is None:
        return ""
    try:
        codes = read_codes(typed)
    except ValueError as error:
        return str(error)
    if not known:
        return UNCHECKED
    lacking = set(codes) - {each.code for each in known}
    return f"Not in this standard: {write_codes(lacking)}." if lacking else ""
