"""Whom a quick line can name, read behind the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.needs_of_people import is_theirs
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.quick_line import Known, Person
from apprentice_desk.records.ksb_progress import known_codes
from apprentice_desk.records.standing import ApprenticeRow, apprentice_rows
from apprentice_desk.ui.desk import Desk

TEAM_TABLES = ("apprentice", "apprenticeship", "standard_version", "standard_ksb")
"""What it depends on whom a line can name, and with which codes."""


@dataclass(frozen=True, slots=True)
class Team:
    """Whom a line can name, and the facts by which their hours are judged."""

    known: Known
    rows: tuple[ApprenticeRow, ...]


def team_of(
    rows: Sequence[ApprenticeRow],
    manager: str,
    *,
    only_theirs: bool,
    ksbs: Mapping[UUID, tuple[str, ...]] | None = None,
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
        Known(people, resources.activity_words(), ksbs or {}, tuple(row.id for row in meant)),
        tuple(rows),
    )


def reading_team(desk: Desk) -> Callable[[Progress], Team]:
    """Return the work of reading whom a line can name."""
    store, lists, today, chosen = desk.store, desk.lists, desk.clock.today(), desk.settings

    def work(_progress: Progress) -> Team:
        rows = store.read(apprentice_rows, today, lists.hours_rules, lists.role_families)
        ksbs = store.read(known_codes, [row.id for row in rows if row.status in LIVE])
        return team_of(rows, chosen.my_name, only_theirs=not chosen.shows_everyone, ksbs=ksbs)

    return work
