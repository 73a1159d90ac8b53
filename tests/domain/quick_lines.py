"""What tests of quick lines share: the team, and what is read of a line."""

from __future__ import annotations

from apprentice_desk.domain.quick_line import Known, read
from quick_people import TODAY, known

KNOWN = known()


def names(text: str, to: Known = KNOWN) -> list[str]:
    return [each.name for each in read(text, to, TODAY).people]


def codes(text: str, to: Known = KNOWN) -> list[tuple[str, str]]:
    """Return each finding as its code and the word that it stands under."""
    return [(each.code, text[each.start : each.end]) for each in read(text, to, TODAY).findings]
