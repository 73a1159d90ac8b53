"""The characteristic totals as plain values: what is typed, what it adds up to, what leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apprentice_desk.domain.apprenticeship import LIVE
from apprentice_desk.domain.calendar import FinancialYear
from apprentice_desk.domain.reference import Categories
from apprentice_desk.domain.vocabulary import Characteristic
from apprentice_desk.records.organisation import CharacteristicRow
from apprentice_desk.records.standing import ApprenticeRow
from apprentice_desk.returns.suppression import SMALL, suppressed
from apprentice_desk.ui.kit.theme import Tone

Key = tuple[Characteristic, str]
"""A characteristic and one of its categories."""

Counts = tuple[int | None, int | None]
"""On programme, and started in the year; None is not known."""

NOTHING: Counts = (None, None)
MOST = 9999
COLUMNS = ("on_programme", "started_in_year")
COLUMN_WORDS = ("On programme", "Started in year")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of one row in the return, in words; *tone* colours them."""

    words: str
    tone: Tone = ""


def categories(
    stored: Iterable[CharacteristicRow], listed: Categories
) -> dict[Characteristic, tuple[str, ...]]:
    """Return the categories of each characteristic: those in force, then older ones with totals."""
    found = {each: list(listed.by_characteristic[each]) for each in Characteristic}
    for row in stored:
        if row.category not in found[row.characteristic]:
            found[row.characteristic].append(row.category)
    return {characteristic: tuple(names) for characteristic, names in found.items()}


def counts_of(stored: Iterable[CharacteristicRow]) -> dict[Key, Counts]:
    """Return the totals that are kept; a row that is blank altogether is as none."""
    return {
        (row.characteristic, row.category): (row.on_programme, row.started_in_year)
        for row in stored
        if (row.on_programme, row.started_in_year) != NOTHING
    }


def ids_of(stored: Iterable[CharacteristicRow]) -> dict[Key, UUID]:
    """Return the key of the record behind each category."""
    return {(row.characteristic, row.category): row.id for row in stored}


def leaving(group: Sequence[Counts]) -> list[Leaving]:
    """Return what becomes of each row of one characteristic in the return, and why."""
    blank = suppressed(group)
    said = []
    for number, counts in enumerate(group):
        if counts == NOTHING:
            said.append(Leaving("Blank: not known"))
        elif number not in blank:
            said.append(Leaving("Leaves as typed"))
        elif any(count in SMALL for count in counts):
            said.append(Leaving("Left blank: 1 to 4 people", "warning"))
        else:
            said.append(Leaving("Left blank too, or the small numbers could be worked out", "note"))
    return said


def total(group: Sequence[Counts], column: int) -> int | None:
    """Return what one column adds up to; None where nothing is typed in it."""
    known = [counts[column] for counts in group if counts[column] is not None]
    return sum(count or 0 for count in known) if known else None


def in_the_desk(rows: Iterable[ApprenticeRow], today: date) -> tuple[int, int]:
    """Return how many the desk itself counts: on programme, and started in the financial year."""
    year = FinancialYear.containing(today).period
    on_programme = started = 0
    for row in rows:
        on_programme += row.status in LIVE
        day = row.course.training_started_on
        started += day is not None and day <= today and day in year
    return on_programme, started


def changed(before: Mapping[Key, Counts], after: Mapping[Key, Counts]) -> list[Key]:
    """Return the categories in which two versions differ."""
    keys = dict.fromkeys((*before, *after))
    return [key for key in keys if before.get(key, NOTHING) != after.get(key, NOTHING)]
