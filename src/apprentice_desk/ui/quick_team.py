"""Whom a quick line can name, read behind the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.needs_of_people import is_theirs
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.quick_line import Known, Person
from apprentice_desk.records.standard_versions import known_ksbs
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk

TEAM_TABLES = ("apprentice", "apprenticeship", "standard_version", "standard_ksb")
"""What it depends on whom a line can name, and with which codes."""


@dataclass(frozen=True, slots=True)
class Team:
    """Whom a line can name, and the facts by which their hours are judged."""

    known: Known
    rows: tuple[ApprenticeRow, ...]


Codes = Mapping[UUID, tuple[str, ...]]
"""The codes of each apprenticeship's standard, where its version is loaded."""


def read_codes(session: Any, rows: Sequence[ApprenticeRow]) -> Codes:
    """Return the codes that may be named for each of *rows* who is on programme."""
    live = [row.id for row in rows if row.status in LIVE]
    made: dict[int, tuple[str, ...]] = {}  # those who follow the same share what they are given
    codes = {}
    for key, ksbs in known_ksbs(session, live).items():
        if id(ksbs) not in made:
            made[id(ksbs)] = tuple(each.code for each in ksbs)
        codes[key] = made[id(ksbs)]
    return codes


def team_of(
    rows: Sequence[ApprenticeRow], manager: str, codes: Codes, *, only_theirs: bool
) -> Team:
    """Return whom lines can name: everybody on programme, and whom "everyone" means.

    Those are the people of the line *manager* where *only_theirs*, if there are any.
    """
    live = tuple(row for row in rows if row.status in LIVE)
    theirs = [row for row in live if is_theirs(row, manager)]
    meant = theirs if only_theirs and theirs else live
    people = tuple(
        Person(row.id, row.name, row.given_names, row.family_name, row.code) for row in live
    )
    return Team(
        Known(people, resources.activity_words(), codes, tuple(row.id for row in meant)),
        tuple(rows),
    )


def reading_team(desk: Desk) -> Callable[[Progress], Team]:
    """Return the work of reading whom a line can name."""
    store, lists, today, chosen = desk.store, desk.lists, desk.clock.today(), desk.settings

    def read(session: Any) -> Team:
        rows = apprentice_rows(session, today, lists.hours_rules, lists.role_families)
        codes = read_codes(session, rows)
        return team_of(rows, chosen.my_name, codes, only_theirs=not chosen.shows_everyone)

    return lambda _progress: store.read(read)
