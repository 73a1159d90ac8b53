"""Keeping names of people out of what leaves the borough."""

from __future__ import annotations

import re
from collections.abc import Iterable

from apprentice_desk.domain.findings import Finding
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.recording.kind import people, wrong

NO_NAMES = (
    "Write about the work, not about a person: nobody may be named here, and nothing may point to"
    " one person."
)


def known_names(desk: Desk) -> set[str]:
    """Return the names of people that this desk knows; a single word may be any word."""
    return {
        name
        for row in people(desk)
        for name in (row.name, row.line_manager, row.mentor)
        if len(name.split()) > 1
    }


def about_names(field: str, text: str, known: Iterable[str]) -> list[Finding]:
    """Return a finding that holds the form back where names of people stand in *text*."""
    named = names_in(text, known)
    if not named:
        return []
    return [
        wrong(
            "FORM5",
            field,
            f"{', '.join(named)} of this desk stands here.",
            "Take the name out and say it without.",
        )
    ]


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return which of *names* stand in *text* as whole words, in any case."""
    plain = " ".join(text.split()).casefold()
    return sorted(
        name
        for name in names
        if re.search(rf"\b{re.escape(' '.join(name.split()).casefold())}\b", plain)
    )
