"""A borough's own wording: how far a version is, who approves it, what it is called by.

One person writes a version and another approves it; both are named.  Where nobody else can, who
approves says so, and that stays on record.  An approved version is never edited.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apprentice_desk.domain.findings import Finding, Level, Place


class Standing(StrEnum):
    """How far a version of a borough's own wording is."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approves a version, as what, on which day, and that they have read it.

    *is_alone* says that nobody else can: without it nobody approves what they wrote themselves.
    """

    by: str
    job_title: str
    on: date
    is_read: bool = False
    is_alone: bool = False


_NAMED = re.compile(
    r"(?:clauses/[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[1-9][0-9]{0,3}\.md"
    r"|documents/[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[1-9][0-9]{0,3}\.toml)"
)
_DASHES = re.compile(r"[^a-z0-9]+")
LONGEST_ID = 60
REVIEW_NEAR_DAYS = 60
"""So many days before wording is to be read again it is said."""


def is_name_of_wording(named: str) -> bool:
    """Say whether *named* is the place of a file within a library: "clauses/exb-parking.1.md"."""
    return _NAMED.fullmatch(named) is not None


def fingerprint(text: str) -> str:
    """Return the fingerprint of a file's *text*; how its lines end makes no difference."""
    same = "\n".join(text.splitlines())
    return hashlib.sha256(same.encode()).hexdigest()


def prefix_of(letters: str) -> str:
    """Return how the ids of a borough's own wording begin: "exb-" of its letters EXB.

    They never meet those of wording that comes later with the program or in a pack.
    """
    return f"{_DASHES.sub('', letters.casefold())}-"


def id_for(letters: str, title: str) -> str:
    """Return an id for a borough's own clause called *title*; empty where it has no letter."""
    words = _DASHES.sub("-", title.casefold()).strip("-")
    return f"{prefix_of(letters)}{words}"[:LONGEST_ID].rstrip("-") if words else ""


def is_same_person(one: str, other: str) -> bool:
    """Say whether two names, as they were typed, are of the same person; blank is nobody."""
    names = [" ".join(each.split()).casefold() for each in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def check_approval(approval: Approval, written_by: str) -> list[Finding]:
    """Return why a version cannot be approved so; *written_by* is its author, blank if unknown."""
    found = []

    def wrong(code: str, field: str, message: str, remedy: str = "") -> None:
        found.append(Finding(Level.ROW, code, message, remedy, Place(field=field)))

    if not approval.by.strip():
        wrong("OW001", "by", "Enter the name of who approves it.", "Wording has a named approver.")
    elif is_same_person(approval.by, written_by) and not approval.is_alone:
        wrong(
            "OW002",
            "by",
            f"{approval.by.strip()} wrote it, so another person approves it.",
            "If nobody else can, say so.",
        )
    if not approval.job_title.strip():
        wrong("OW003", "job_title", "Enter the job title of who approves it.")
    if not approval.is_read:
        wrong("OW004", "is_read", "Whoever approves it has read it: say so.")
    return found
